//! A mail server that refuses everybody, or is down: it is asked seldom, and nothing is lost.

use super::{delivery, worker};
use crate::support::*;
use server::config::SmtpSecurity;
use server::mail::{MailContent, OutboxItem, Step, Worker};
use server::rng::{Rng, SystemRng};
use server::use_cases::{Envelope, add_item};
use std::collections::HashSet;

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
    let (rng, now): (&(dyn Rng + 'static), _) = (&SystemRng, app.now());
    let mut tx = app.store.begin().await.unwrap();
    for nth in 0..count {
        let mail = OutboxItem::Mail(MailContent::ConfirmEnrolment {
            token: rng.token(),
            asked_at: now,
            expires_at: now + DAY,
            device: "iPhone".into(),
        });
        let recipient = format!("waiting{nth}@example.jp");
        let envelope = Envelope { recipient: &recipient, reference: &rng.reference(), pause_ms: 0 };
        add_item(&mut tx, &worker.keys, rng, &mail, &envelope, now).await.unwrap();
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
