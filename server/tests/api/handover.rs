//! Mails are handed over in a real SMTP conversation: what each reply at each step means for the person who waits.

use crate::support::*;
use server::config::{SmtpSecurity, TransportKind};
use server::mail::{MailContent, SmtpTransport, Step, Worker};
use server::rng::{Rng, SystemRng};
use server::store::{MailState, OutboxRow};
use std::collections::HashSet;
use std::sync::Arc;

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

/// A worker that hands over to this server.
fn worker(app: &TestApp, server: &MailServer, security: SmtpSecurity) -> Worker {
    let mut worker = app.worker.clone();
    worker.settings.transport = TransportKind::Smtp;
    worker.settings.smtp = server.settings(&app.settings.mail.smtp, security);
    with_settings(app, worker)
}

fn with_settings(app: &TestApp, mut worker: Worker) -> Worker {
    worker.transport = Arc::new(SmtpTransport::new(&worker.settings.smtp, app.clock.clone()).expect("a transport"));
    worker
}

async fn delivery(browser: &Browser) -> Delivery {
    browser.look(Flow::Enrol).await.screen.delivery().expect("a screen that waits for a mail")
}

async fn reason(app: &TestApp, who: Person) -> String {
    app.text(&format!("SELECT reply FROM outbox WHERE recipient = '{}' AND state IN ('queued', 'refused') ORDER BY created_at DESC LIMIT 1", who.email)).await
}

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

on_both!(without_tls_that_can_be_trusted_nothing_is_said_of_the_mail_and_the_reason_is_named, async |app| {
    let folder = app.settings.secrets.key_file.parent().unwrap();
    let good = Certificate::make(folder, "IP:127.0.0.1", "2");
    let other_name = Certificate::make(folder, "DNS:other.example", "2");
    let expired = Certificate::make(folder, "IP:127.0.0.1", "-1");
    let (required, tls) = (SmtpSecurity::Required, SmtpSecurity::Tls);
    let starttls = || vec!["STARTTLS"];
    let refused = Some((Step::StartTls, Act::Say("454 4.7.0 no TLS today")));
    for (security, certificate, authority, offers, fault, why) in [
        (required, Some(&good), Some(&good), vec![], None, "starttls: not offered by the server"),
        (required, Some(&good), Some(&good), starttls(), refused, "starttls: 454 4.7.0"),
        (required, Some(&good), None, starttls(), None, "starttls: certificate of an unknown authority"),
        (required, Some(&other_name), Some(&other_name), starttls(), None, "starttls: certificate for another name"),
        (required, Some(&expired), Some(&expired), starttls(), None, "starttls: certificate expired"),
        (required, None, Some(&good), starttls(), None, "starttls: connection closed"),
        (tls, None, Some(&good), vec![], None, "tls: TLS handshake failed"),
        (
            required,
            Some(&good),
            Some(&good),
            starttls(),
            Some((Step::StartTls, Act::Say("220 go on\n250 and more"))),
            "starttls: data in clear after the reply",
        ),
    ] {
        app.clock.forward(3 * HOUR);
        let server = MailServer::start(certificate).await;
        server.script().offers = offers;
        server.fault(fault);
        let mut worker = worker(app, &server, security);
        worker.settings.smtp.ca_file = authority.map(Certificate::authority).unwrap_or_default();
        let worker = with_settings(app, worker);
        let browser = app.browser();
        browser.enrol(TARO).await;
        worker.run_once().await.unwrap();
        assert_eq!(reason(app, TARO).await, why);
        assert_eq!(delivery(&browser).await, Delivery::Delayed, "{why}");
        assert_eq!(server.heard("MAIL"), 0, "{why}");
    }
});

on_both!(mails_leave_over_tls_when_the_certificate_is_good, async |app| {
    let folder = app.settings.secrets.key_file.parent().unwrap();
    let good = Certificate::make(folder, "IP:127.0.0.1", "2");
    let server = MailServer::start(Some(&good)).await;
    server.script().offers = vec!["STARTTLS"];
    let mut worker = worker(app, &server, SmtpSecurity::Required);
    worker.settings.smtp.ca_file = good.authority();
    let worker = with_settings(app, worker);
    app.browser().enrol(TARO).await;
    worker.run_once().await.unwrap();
    assert_eq!((server.mails(), server.heard("STARTTLS"), server.heard("EHLO")), (1, 1, 2));
});

on_both!(signing_in_at_the_mail_server_works_both_ways_and_its_refusal_is_named, async |app| {
    for (offers, fault, why) in [
        (vec!["AUTH PLAIN LOGIN"], None, ""),
        (vec!["AUTH LOGIN"], None, ""),
        (vec![], None, "auth: not offered by the server"),
        (vec!["AUTH PLAIN"], Some((Step::Auth, Act::Say("535 5.7.8 wrong password"))), "auth: 535 5.7.8"),
        (vec!["AUTH LOGIN"], Some((Step::Auth, Act::Say("535 5.7.8 wrong password"))), "auth: 535 5.7.8"),
        (vec!["AUTH PLAIN"], Some((Step::Auth, Act::Say("454 4.7.0 no directory"))), "auth: 454 4.7.0"),
        (vec!["AUTH PLAIN"], Some((Step::Auth, Act::Hang)), "auth: time-out"),
    ] {
        app.clock.forward(3 * HOUR);
        let server = MailServer::start(None).await;
        server.script().offers = offers;
        server.fault(fault);
        let mut worker = worker(app, &server, SmtpSecurity::None);
        worker.settings.smtp.username = "nirin".into();
        worker.settings.smtp.password = "secret".into();
        let worker = with_settings(app, worker);
        let browser = app.browser();
        browser.enrol(TARO).await;
        let (log, _guard) = Log::hear("trace");
        worker.run_once().await.unwrap();
        let told = delivery(&browser).await;
        if why.is_empty() {
            assert_eq!(told, Delivery::Sent(app.now()), "{:?}", server.script().heard);
        } else {
            assert_eq!((reason(app, TARO).await.as_str(), told), (why, Delivery::Delayed));
        }
        assert!(!log.text().contains("secret") && !log.text().contains("c2VjcmV0"), "the password is not logged");
    }
});

on_both!(where_no_server_is_the_reason_says_so, async |app| {
    let server = MailServer::start(None).await;
    for (host, port, why) in
        [("127.0.0.1", 1, "connect: no connection"), ("nowhere.invalid", server.port, "connect: host name not found")]
    {
        app.clock.forward(3 * HOUR);
        let mut worker = worker(app, &server, SmtpSecurity::None);
        (worker.settings.smtp.host, worker.settings.smtp.port) = (host.into(), port);
        let worker = with_settings(app, worker);
        app.browser().enrol(TARO).await;
        worker.run_once().await.unwrap();
        assert_eq!(reason(app, TARO).await, why);
    }
});

on_both!(while_the_server_refuses_us_one_mail_tries_and_all_others_wait, async |app| {
    let server = MailServer::start(None).await;
    let worker = worker(app, &server, SmtpSecurity::None);
    let (log, _guard) = Log::hear("info");
    server.fault(Some((Step::Greeting, Act::Say("554 5.7.1 you are on a list"))));
    let waiting: Vec<_> = [TARO, KAZUO, DOTKO, TENSUKE, JIRO].map(|who| (app.browser(), who)).into();
    for (browser, who) in &waiting {
        browser.enrol(*who).await;
        worker.run_once().await.unwrap();
        assert_eq!(delivery(browser).await, Delivery::Delayed, "also of a mail that was not tried yet");
    }
    assert_eq!(server.connections(), 1);
    for pause in [2, 4, 8] {
        app.clock.forward(pause * SECOND - 1);
        assert!(!worker.run_once().await.unwrap());
        app.clock.forward(1);
        while worker.run_once().await.unwrap() {}
    }
    assert_eq!(server.connections(), 4, "one mail a pause");
    server.fault(None);
    app.clock.forward(16 * SECOND);
    while worker.run_once().await.unwrap() {}
    assert_eq!(server.mails(), waiting.len(), "then all at once");
    let lines = (log.of("mail_relay_refuses").len(), log.of("mail_relay_recovered").len());
    assert_eq!(lines, (1, 1), "{}", log.text());
    assert!(log.of("mail_relay_recovered")[0].contains("\"refusals\":4"));
});

/// Mails with a link that wait for the worker.
async fn put_links(app: &TestApp, worker: &Worker, count: usize) {
    let (rng, now): (&dyn Rng, _) = (&SystemRng, app.now());
    let expires_at = now + DAY;
    let mut tx = app.store.begin().await.unwrap();
    for nth in 0..count {
        let content =
            MailContent::ConfirmEnrolment { token: rng.token(), asked_at: now, expires_at, device: "iPhone".into() };
        let mail = OutboxRow {
            id: rng.id().into(),
            kind: content.kind().into(),
            reference: rng.reference(),
            recipient: format!("waiting{nth}@example.jp"),
            sealed: worker.keys.seal(rng, &serde_json::to_string(&content).unwrap()),
            state: MailState::Queued,
            attempts: 0,
            next_at: now,
            lease_until: 0,
            useless_at: Some(expires_at),
            created_at: now,
            settled_at: None,
            reply: String::new(),
            priority: content.priority() as i64,
        };
        tx.add_mail(&mail).await.unwrap();
    }
    tx.commit().await.unwrap();
}

on_both!(
    a_server_that_was_down_for_ten_minutes_is_asked_seldom_and_then_gets_all_that_waited_once_codes_first,
    async |app| {
        const WAITING: usize = 10_000;
        let server = MailServer::start(None).await;
        let worker = worker(app, &server, SmtpSecurity::None);
        app.account(KAZUO).await;
        server.fault(Some((Step::Greeting, Act::Drop)));
        put_links(app, &worker, WAITING).await;
        app.browser().password(KAZUO.email, PASSWORD).await;
        for _ in 0..10 * 60 {
            while worker.run_once().await.unwrap() {}
            app.clock.forward(SECOND);
        }
        assert!((15..30).contains(&server.connections()), "one mail a minute in the end: {}", server.connections());
        let again = app.browser();
        again.password(KAZUO.email, PASSWORD).await;
        server.fault(None);
        app.clock.forward(MINUTE);
        while worker.run_once().await.unwrap() {}
        let script = server.script();
        let ids = script.mails.iter().filter_map(|mail| mail.lines().find(|line| line.starts_with("Message-ID:")));
        let different: HashSet<_> = ids.collect();
        assert_eq!(
            (script.mails.len(), different.len()),
            (WAITING + 1, WAITING + 1),
            "without the code that had expired"
        );
        assert!(script.mails[0].contains(KAZUO.email), "the code is the first to go");
    }
);

on_both!(what_our_own_relay_took_was_sent_and_what_the_recipients_server_took_has_arrived, async |app| {
    for (relay, state) in [(true, "sent"), (false, "accepted")] {
        app.clock.forward(3 * HOUR);
        let server = MailServer::start(None).await;
        let mut worker = worker(app, &server, SmtpSecurity::None);
        worker.settings.smtp.relay = relay;
        let browser = app.browser();
        browser.enrol(TARO).await;
        worker.run_once().await.unwrap();
        let now = app.now();
        let taken = if relay { Delivery::Sent(now) } else { Delivery::Accepted(now) };
        assert_eq!(delivery(&browser).await, taken);
        let said = browser.get("/enrol").await.text();
        assert_eq!(said.contains("宛先のメールサーバーが受け取りました"), !relay);
        assert_eq!(said.contains("に送信しました"), relay);
        assert_eq!(
            app.number(&format!("SELECT COUNT(*) FROM outbox WHERE state = '{state}' AND sealed = ''")).await,
            1
        );
    }
});

on_both!(many_mails_go_over_one_connection, async |app| {
    let server = MailServer::start(None).await;
    let mut worker = worker(app, &server, SmtpSecurity::None);
    worker.relay = Arc::new(server::mail::Relay::new(1));
    for who in [TARO, KAZUO, DOTKO, TENSUKE, JIRO] {
        app.browser().enrol(who).await;
    }
    while worker.run_once().await.unwrap() {}
    assert_eq!((server.mails(), server.connections(), server.heard("RSET")), (5, 1, 0), "one right after the other");
    let heard = server.script().heard.join(" | ");
    assert!(
        heard.contains("RCPT TO:<\"a..b\"@docomo.ne.jp>") && heard.contains("RCPT TO:<\"x.\"@ezweb.ne.jp>"),
        "{heard}"
    );
    app.clock.forward(SECOND);
    app.browser().enrol(NAOMI).await;
    worker.run_once().await.unwrap();
    assert_eq!((server.mails(), server.connections(), server.heard("RSET")), (6, 1, 1), "whether it still listens");
    server.fault(Some((Step::Recipient, Act::Say("550 5.1.1 no such user"))));
    app.browser().enrol(NOBU).await;
    worker.run_once().await.unwrap();
    server.fault(None);
    app.browser().enrol(CHIE).await;
    worker.run_once().await.unwrap();
    assert_eq!(
        (server.mails(), server.connections(), server.heard("RSET")),
        (7, 1, 2),
        "what was refused is taken back"
    );
    app.clock.forward(30 * SECOND);
    app.browser().enrol(SABURO).await;
    worker.run_once().await.unwrap();
    assert_eq!((server.mails(), server.connections()), (8, 2), "one that was long unused is not trusted");
});

on_both!(a_kept_connection_that_the_server_closed_costs_the_next_mail_no_try, async |app| {
    for fault in [Act::Drop, Act::Say("421 4.4.2 idle for too long"), Act::Say("502 what?")] {
        app.clock.forward(3 * HOUR);
        let server = MailServer::start(None).await;
        let worker = worker(app, &server, SmtpSecurity::None);
        app.browser().enrol(TARO).await;
        worker.run_once().await.unwrap();
        app.clock.forward(SECOND);
        server.fault(Some((Step::Reset, fault)));
        let browser = app.browser();
        browser.enrol(KAZUO).await;
        worker.run_once().await.unwrap();
        assert_eq!(delivery(&browser).await, Delivery::Sent(app.now()));
        assert_eq!((server.mails(), server.connections()), (2, 2));
    }
});

on_both!(a_connection_that_the_server_closed_right_after_a_mail_costs_the_next_one_no_try, async |app| {
    for fault in [Act::Drop, Act::Say("421 4.4.2 enough")] {
        app.clock.forward(3 * HOUR);
        let server = MailServer::start(None).await;
        let worker = worker(app, &server, SmtpSecurity::None);
        app.browser().enrol(TARO).await;
        worker.run_once().await.unwrap();
        server.fault_once(Step::Sender, fault);
        let browser = app.browser();
        browser.enrol(KAZUO).await;
        worker.run_once().await.unwrap();
        assert_eq!(delivery(&browser).await, Delivery::Sent(app.now()));
        assert_eq!((server.mails(), server.connections(), server.heard("RSET")), (2, 2, 0));
    }
});

on_both!(a_connection_that_was_given_up_half_way_is_not_used_again, async |app| {
    let server = MailServer::start(None).await;
    let worker = worker(app, &server, SmtpSecurity::None);
    for (nth, step) in [Step::Recipient, Step::Data, Step::Message].into_iter().enumerate() {
        app.clock.forward(3 * HOUR);
        server.fault(Some((step, Act::Hang)));
        app.browser().enrol(TARO).await;
        worker.run_once().await.unwrap();
        server.fault(None);
        app.clock.forward(2 * SECOND);
        while worker.run_once().await.unwrap() {}
        assert_eq!((server.mails(), server.connections()), (nth + 1, 2 * (nth + 1)), "{step:?}");
    }
});

on_both!(a_server_that_takes_few_connections_gets_few_and_no_mail_is_lost, async |app| {
    let server = MailServer::start(None).await;
    server.script().most = Some(1);
    let mut worker = worker(app, &server, SmtpSecurity::None);
    // Nothing hangs here: on a busy machine a time-out would be another fault than the one that is looked at.
    worker.settings.smtp.timeout_ms = 30_000;
    let worker = with_settings(app, worker);
    app.browser().enrol(SABURO).await;
    worker.run_once().await.unwrap();
    // The connection that is kept is busy for long enough that the other mails need one of their own.
    server.script().far = std::time::Duration::from_millis(100);
    let (log, _guard) = Log::hear("info");
    let people = [TARO, KAZUO, DOTKO, TENSUKE, JIRO];
    for who in people {
        app.browser().enrol(who).await;
    }
    while worker.run_once().await.unwrap() {}
    assert!(worker.relay.places(app.now()) < app.settings.mail.smtp.connections);
    for _ in 0..4 {
        app.clock.forward(20 * SECOND);
        while worker.run_once().await.unwrap() {}
    }
    assert_eq!(server.mails(), people.len() + 1);
    assert!(log.of("mail_relay_refuses").is_empty(), "it takes mails: {}", log.text());
});

on_both!(
    codes_leave_before_links_and_links_before_notices,
    with | settings | settings.mail.smtp.connections = 1,
    async |app| {
        let server = MailServer::start(None).await;
        app.account(KAZUO).await;
        app.browser().identify("user-id", KAZUO).await;
        app.browser().enrol(TARO).await;
        app.browser().password(KAZUO.email, PASSWORD).await;
        let worker = worker(app, &server, SmtpSecurity::None);
        let mut order = Vec::new();
        for _ in 0..3 {
            worker.run_once().await.unwrap();
            order.push(app.text("SELECT kind FROM outbox WHERE state = 'sent'").await);
            app.sql("UPDATE outbox SET state = 'accepted' WHERE state = 'sent'").await;
        }
        assert_eq!(order, ["auth-code", "confirm-enrolment", "user-id-notice"]);
    }
);

on_both!(a_mail_whose_key_is_gone_is_no_fault_of_the_address, async |app| {
    let server = MailServer::start(None).await;
    let worker = worker(app, &server, SmtpSecurity::None);
    let browser = app.browser();
    browser.enrol(TARO).await;
    app.sql("UPDATE outbox SET sealed = 'k9:gone'").await;
    worker.run_once().await.unwrap();
    assert_eq!(delivery(&browser).await, Delivery::Failed);
    assert_eq!(server.connections(), 0);
    app.clock.forward(MINUTE);
    browser.press("enrol", "mail", "resend").await;
    worker.run_once().await.unwrap();
    assert_eq!(delivery(&browser).await, Delivery::Sent(app.now()));
});
