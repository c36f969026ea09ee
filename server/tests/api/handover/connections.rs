//! One connection takes many mails, and what happens to it costs no mail.

use super::{delivery, with_settings, worker};
use crate::support::*;
use server::config::SmtpSecurity;
use server::mail::Step;
use std::sync::Arc;

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
    // The connection that is kept is asked whether it still listens, and busy with it until another mail wants one of its own.
    app.clock.forward(SECOND);
    server.script().busy_until_too_many = true;
    let (log, _guard) = Log::hear("info");
    let people = [TARO, KAZUO, DOTKO, TENSUKE, JIRO];
    for who in people {
        app.browser().enrol(who).await;
    }
    while worker.run_once().await.unwrap() {}
    assert!(server.heard("RSET") > 0 && server.script().too_many > 0);
    assert!(worker.relay.places(app.now()) < app.settings.mail.smtp.connections);
    for _ in 0..4 {
        app.clock.forward(20 * SECOND);
        while worker.run_once().await.unwrap() {}
    }
    assert_eq!(server.mails(), people.len() + 1);
    assert!(log.of("mail_relay_refuses").is_empty(), "it takes mails: {}", log.text());
});
