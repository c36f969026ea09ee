//! What the server's replies mean, whenever it gives them.

use super::{delivery, reason, worker};
use crate::support::*;
use server::config::SmtpSecurity;
use server::mail::{Step, Worker};

/// What the person is told, and whether operators are.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Told {
    /// It is tried again; nothing has to be done.
    Delayed,
    /// It is tried again; operators hear of it once.
    DelayedByUs,
    /// The address takes no mail.
    Refused,
}
use Told::*;

/// One thing after another goes wrong, for two people each, and is well again.
async fn goes_wrong(app: &TestApp, server: &MailServer, worker: &Worker, cases: &[(Step, Act, &str, Told)]) {
    for (step, act, why, told) in cases {
        let what = format!("{}: {why}", step.as_str());
        // Past the limits of the case before, and past the hour for which a reason is remembered.
        app.clock.forward(3 * HOUR);
        let (log, _guard) = Log::hear("info");
        server.fault(Some((*step, *act)));
        let (first, second) = (app.browser(), app.browser());
        first.enrol(TARO).await;
        worker.run_once().await.unwrap();
        assert_eq!(reason(app, TARO).await, what);
        second.enrol(KAZUO).await;
        worker.run_once().await.unwrap();
        let wrong = if *told == Refused { Delivery::Refused } else { Delivery::Delayed };
        assert_eq!((delivery(&first).await, delivery(&second).await), (wrong, wrong), "{what}");
        let loud = log.of("mail_relay_refuses");
        assert_eq!(loud.len(), usize::from(*told == DelayedByUs), "{what}: once, not for each mail: {loud:?}");
        assert!(loud.iter().all(|line| line.contains(&what)), "{loud:?}");
        server.fault(None);
        let before = server.mails();
        app.clock.forward(2 * SECOND);
        while worker.run_once().await.unwrap() {}
        let taken = server.mails() - before;
        if *told == Refused {
            assert_eq!(taken, 0, "{what}: not tried again");
            continue;
        }
        assert_eq!(taken, 2, "{what}");
        let sent = Delivery::Sent(app.now());
        assert_eq!((delivery(&first).await, delivery(&second).await), (sent, sent), "{what}");
        assert_eq!(log.of("mail_relay_refuses").len(), loud.len(), "{what}");
    }
}

const BEFORE_THE_RECIPIENT: &[(Step, Act, &str, Told)] = &[
    (Step::Greeting, Act::Say("554 5.7.1 you are on a list"), "554 5.7.1", DelayedByUs),
    (Step::Greeting, Act::Say("554 no service"), "554", DelayedByUs),
    (Step::Greeting, Act::Say("421 busy"), "421", DelayedByUs),
    (Step::Greeting, Act::Say("550-5.7.1 first line\n550-5.7.1 second\n550 5.7.1 third"), "550 5.7.1", DelayedByUs),
    (Step::Greeting, Act::Say("hello"), "unreadable reply", DelayedByUs),
    (Step::Greeting, Act::Hang, "time-out", DelayedByUs),
    (Step::Greeting, Act::Drop, "connection closed", DelayedByUs),
    (Step::Ehlo, Act::Say("502 5.5.1 unknown"), "502 5.5.1", DelayedByUs),
    (Step::Ehlo, Act::Say("550 5.1.1 who are you"), "550 5.1.1", DelayedByUs),
    (Step::Ehlo, Act::Hang, "time-out", DelayedByUs),
    (Step::Sender, Act::Say("550 5.7.1 not from here"), "550 5.7.1", DelayedByUs),
    (Step::Sender, Act::Say("550 5.1.1 no such sender"), "550 5.1.1", DelayedByUs),
    (Step::Sender, Act::Say("530 5.7.0 sign in first"), "530 5.7.0", DelayedByUs),
    (Step::Sender, Act::Say("451 4.3.0 later"), "451 4.3.0", DelayedByUs),
    (Step::Sender, Act::Say("452 4.3.1 full"), "452 4.3.1", DelayedByUs),
    (Step::Sender, Act::Hang, "time-out", DelayedByUs),
];

const FROM_THE_RECIPIENT_ON: &[(Step, Act, &str, Told)] = &[
    (Step::Recipient, Act::Say("550 5.1.1 no such user"), "550 5.1.1", Refused),
    (Step::Recipient, Act::Say("550-5.1.1 no such user\n550 5.1.1 really"), "550 5.1.1", Refused),
    (Step::Recipient, Act::Say("550 5.2.1 disabled"), "550 5.2.1", Refused),
    (Step::Recipient, Act::Say("550 no such user"), "550", Refused),
    (Step::Recipient, Act::Say("553 no such name"), "553", Refused),
    (Step::Recipient, Act::Say("550 5.7.1 relay access denied"), "550 5.7.1", DelayedByUs),
    (Step::Recipient, Act::Say("554 5.7.1 relay access denied"), "554 5.7.1", DelayedByUs),
    (Step::Recipient, Act::Say("550 5.4.5 quota of today"), "550 5.4.5", DelayedByUs),
    (Step::Recipient, Act::Say("550 5.3.2 not now"), "550 5.3.2", DelayedByUs),
    (Step::Recipient, Act::Say("553 5.1.8 bad sender"), "553 5.1.8", DelayedByUs),
    (Step::Recipient, Act::Say("554 no"), "554", DelayedByUs),
    (Step::Recipient, Act::Say("552 5.2.2 mailbox full"), "552 5.2.2", Delayed),
    (Step::Recipient, Act::Say("552 mailbox full"), "552", Delayed),
    (Step::Recipient, Act::Say("450 4.2.1 later"), "450 4.2.1", Delayed),
    (Step::Recipient, Act::Say("450 later"), "450", Delayed),
    (Step::Recipient, Act::Say("421 4.7.0 goodbye"), "421 4.7.0", DelayedByUs),
    (Step::Recipient, Act::Hang, "time-out", DelayedByUs),
    (Step::Data, Act::Say("554 5.5.1 no recipients"), "554 5.5.1", DelayedByUs),
    (Step::Data, Act::Drop, "connection closed", DelayedByUs),
    (Step::Message, Act::Say("554 5.7.1 spam"), "554 5.7.1", DelayedByUs),
    (Step::Message, Act::Say("550 policy"), "550", DelayedByUs),
    (Step::Message, Act::Say("552 5.3.4 too big"), "552 5.3.4", DelayedByUs),
    (Step::Message, Act::Say("550 5.1.1 no such user after all"), "550 5.1.1", Refused),
    (Step::Message, Act::Say("451 4.7.1 greylisted"), "451 4.7.1", Delayed),
    (Step::Message, Act::Drop, "connection closed", DelayedByUs),
    (Step::Message, Act::Hang, "time-out", DelayedByUs),
];

on_both!(what_the_server_says_before_the_recipient_is_about_us_and_never_about_the_address, async |app| {
    let server = MailServer::start(None).await;
    let worker = worker(app, &server, SmtpSecurity::None);
    for chunk in BEFORE_THE_RECIPIENT.chunks(1) {
        // A kept connection would not be greeted again.
        app.clock.forward(MINUTE);
        goes_wrong(app, &server, &worker, chunk).await;
    }
});

on_both!(what_the_server_says_from_the_recipient_on_is_read_by_its_enhanced_code, async |app| {
    let server = MailServer::start(None).await;
    goes_wrong(app, &server, &worker(app, &server, SmtpSecurity::None), FROM_THE_RECIPIENT_ON).await;
});

on_both!(commands_sent_together_are_told_apart_by_their_replies, async |app| {
    let server = MailServer::start(None).await;
    server.script().offers = vec!["SIZE 1000000", "PIPELINING", "8BITMIME"];
    server.script().far = std::time::Duration::from_millis(5);
    let worker = worker(app, &server, SmtpSecurity::None);
    let at_once = |cases: &[(Step, Act, &'static str, Told)]| -> Vec<_> {
        cases.iter().copied().filter(|(step, ..)| *step >= Step::Sender).collect()
    };
    goes_wrong(app, &server, &worker, &at_once(BEFORE_THE_RECIPIENT)).await;
    goes_wrong(app, &server, &worker, &at_once(FROM_THE_RECIPIENT_ON)).await;
    assert!(server.script().together);
});
