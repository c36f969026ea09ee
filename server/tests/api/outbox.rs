//! The outbox: at least once, never too late, whoever is killed when (spec section 6).

use crate::support::*;
use async_trait::async_trait;
use server::mail::{Outgoing, SendError, Transport, Verdict, Worker, back_off_ms};
use server::store::{Claim, MailState, Postponement};
use std::sync::Arc;
use std::sync::Mutex;

/// Answers as it is told, and remembers what it was handed.
struct Told {
    answer: Result<(), SendError>,
    seen: Mutex<Vec<(String, Vec<u8>)>>,
}

impl Told {
    fn new(answer: Result<(), SendError>) -> Arc<Self> {
        Arc::new(Self { answer, seen: Mutex::default() })
    }

    fn seen(&self) -> Vec<(String, Vec<u8>)> {
        self.seen.lock().unwrap().clone()
    }
}

#[async_trait]
impl Transport for Told {
    async fn send(&self, message: &Outgoing) -> Result<(), SendError> {
        self.seen.lock().unwrap().push((message.id.to_string(), message.bytes.clone()));
        self.answer.clone()
    }
}

fn through(app: &TestApp, transport: &Arc<Told>) -> Worker {
    Worker { transport: transport.clone(), ..app.worker.clone() }
}

async fn claimed(app: &TestApp) -> server::store::OutboxRow {
    let mut tx = app.store.begin().await.unwrap();
    let mail =
        tx.claim_mails(Claim { most: 1, lease_until: app.now() + 2 * MINUTE, now: app.now() }).await.unwrap().remove(0);
    tx.commit().await.unwrap();
    mail
}

on_both!(a_mail_whose_worker_was_killed_between_claim_and_send_is_sent_by_another, async |app| {
    app.browser().enrol(TARO).await;
    let dead = claimed(app).await;
    assert!(!app.worker.run_once().await.unwrap(), "as long as the lease runs nobody else takes it");
    app.clock.forward(2 * MINUTE - 1);
    assert!(app.mails(TARO.email).await.is_empty());
    app.clock.forward(1);
    let mails = app.mails(TARO.email).await;
    assert_eq!((mails.len(), mails[0].id.as_str()), (1, dead.id.as_str()));
    let mut tx = app.store.begin().await.unwrap();
    assert!(
        !tx.settle_mail(&dead.id, dead.attempts, MailState::Refused, "late", app.now()).await.unwrap(),
        "the dead one's word no longer counts"
    );
});

on_both!(a_mail_whose_worker_was_killed_after_sending_goes_again_as_the_same_message, async |app| {
    app.browser().enrol(TARO).await;
    let transport = Told::new(Ok(()));
    let worker = through(app, &transport);
    let sealed = app.text("SELECT sealed FROM outbox").await;
    worker.run_once().await.unwrap();
    app.sql(&format!("UPDATE outbox SET state = 'sending', settled_at = NULL, sealed = '{sealed}'")).await;
    app.clock.forward(2 * MINUTE);
    worker.run_once().await.unwrap();
    let seen = transport.seen();
    assert_eq!(seen.len(), 2);
    let id_of = |bytes: &[u8]| {
        let text = String::from_utf8_lossy(bytes).into_owned();
        text.lines().find(|line| line.to_ascii_lowercase().starts_with("message-id:")).expect("a Message-ID").to_owned()
    };
    assert_eq!(id_of(&seen[0].1), id_of(&seen[1].1));
});

on_both!(a_code_that_expired_before_it_could_be_sent_is_never_sent, async |app| {
    app.account(TARO).await;
    app.browser().password(TARO.email, PASSWORD).await;
    app.clock.forward(5 * MINUTE);
    assert!(app.mails(TARO.email).await.is_empty());
    assert_eq!(app.number("SELECT COUNT(*) FROM outbox WHERE state = 'dropped' AND sealed = ''").await, 1);
});

on_both!(a_code_that_expired_in_a_dead_workers_hands_is_never_sent, async |app| {
    app.account(TARO).await;
    app.browser().password(TARO.email, PASSWORD).await;
    claimed(app).await;
    app.clock.forward(6 * MINUTE);
    assert!(app.mails(TARO.email).await.is_empty());
    assert_eq!(app.number("SELECT COUNT(*) FROM outbox WHERE state = 'dropped'").await, 1);
});

on_both!(what_a_mail_says_is_sealed_at_rest_and_erased_after_sending, async |app| {
    app.browser().enrol(TARO).await;
    let sealed = app.text("SELECT sealed FROM outbox").await;
    assert!(sealed.starts_with("k1:") && !sealed.contains("token") && !sealed.contains('{'));
    let link = app.link(TARO.email, "confirm-enrolment").await;
    assert_eq!(app.text("SELECT sealed FROM outbox").await, "");
    let token = link.trim_start_matches("/link/");
    assert_eq!(token.len(), 43, "asvs 6.4.1: 256 bits");
    for table in ["links", "outbox", "flows", "audit", "counters"] {
        assert!(app.rows(table).await.iter().all(|row| !row.contains(token)), "{table}");
    }
});

on_both!(a_mail_says_once_who_it_is_and_that_it_is_automatic, async |app| {
    app.browser().enrol(TARO).await;
    let mail = app.mail(TARO.email, "confirm-enrolment").await;
    let heads = mail.source.split("\r\n\r\n").next().unwrap().to_ascii_lowercase();
    assert_eq!(heads.matches("message-id:").count(), 1);
    assert!(heads.contains(&format!("message-id: <{}@nirin.example>", mail.id.to_ascii_lowercase())));
    assert!(heads.contains("auto-submitted: auto-generated"));
    assert!(
        mail.html.contains("<html") && mail.text.contains("http://127.0.0.1:3000/link/"),
        "text and HTML; the address is the configured one"
    );
});

on_both!(a_mail_that_cannot_go_now_waits_longer_each_time_until_it_is_of_no_use, async |app| {
    let browser = app.browser();
    browser.enrol(TARO).await;
    let transport = Told::new(Err(SendError::new(Verdict::NotNow, "rcpt: 450")));
    let worker = through(app, &transport);
    let useless_at = app.number("SELECT useless_at FROM outbox").await;
    for attempt in 1.. {
        assert!(worker.run_once().await.unwrap());
        let next_at = app.number("SELECT next_at FROM outbox").await;
        if app.text("SELECT state FROM outbox").await == "dropped" {
            break;
        }
        assert!(!worker.run_once().await.unwrap(), "not before its time");
        assert_eq!(next_at - app.now(), back_off_ms(attempt));
        if attempt == 1 {
            assert_eq!(browser.look(Flow::Enrol).await.screen.delivery(), Some(Delivery::Delayed));
        }
        app.clock.at(next_at);
    }
    assert!(app.now() >= useless_at && app.now() < useless_at + back_off_ms(99), "tried for as long as the link works");
    assert!(transport.seen().len() > 90);
});

on_both!(a_notice_is_tried_for_three_days, async |app| {
    app.signed_in(TARO).await;
    app.work().await;
    let owner = app.browser();
    for _ in 0..5 {
        owner.password(TARO.email, WRONG_PASSWORD).await;
    }
    let written = app.now();
    let transport = Told::new(Err(SendError::new(Verdict::NotNow, "rcpt: 450")));
    let worker = through(app, &transport);
    let state = "SELECT state FROM outbox WHERE kind = 'sign-in-locked'";
    while app.text(state).await != "failed" {
        worker.run_once().await.unwrap();
        assert!(app.now() <= written + 3 * DAY + 15 * MINUTE);
        let next_at = app.number("SELECT next_at FROM outbox WHERE kind = 'sign-in-locked'").await;
        if next_at > app.now() {
            app.clock.at(next_at);
        }
    }
    assert!(app.now() >= written + 3 * DAY);
});

on_both!(a_mail_whose_link_was_replaced_while_it_was_sent_is_not_tried_again, async |app| {
    let browser = app.browser();
    browser.enrol(TARO).await;
    let hanging = claimed(app).await;
    app.clock.forward(MINUTE);
    browser.press("enrol", "mail", "resend").await;
    let mut tx = app.store.begin().await.unwrap();
    let due_again = Postponement { attempts: hanging.attempts, next_at: app.now() };
    tx.postpone_mail(&hanging.id, due_again, "time-out").await.unwrap();
    tx.commit().await.unwrap();
    let mails = app.mails(TARO.email).await;
    assert_eq!(mails.len(), 1, "the newer one alone");
    assert_ne!(mails[0].id, hanging.id.as_str());
});

on_both!(codes_that_have_not_gone_when_a_sign_in_ends_are_not_sent, async |app| {
    let (browser, code) = app.at_code(TARO).await;
    app.clock.forward(MINUTE);
    browser.press("sign-in", "code", "resend").await;
    assert_eq!(browser.type_code(&code).await.redirect_to.as_deref(), Some("/portal"), "by the earlier one");
    assert_eq!(app.kinds(TARO.email).await.iter().filter(|kind| *kind == "auth-code").count(), 1);
    assert_eq!(app.number("SELECT COUNT(*) FROM outbox WHERE state = 'dropped' AND kind = 'auth-code'").await, 1);
});

on_both!(a_refused_mail_is_told_at_once_and_not_tried_again, async |app| {
    let browser = app.browser();
    browser.enrol(TARO).await;
    let transport = Told::new(Err(SendError::new(Verdict::AddressRefused, "rcpt: 550 5.1.1")));
    let worker = through(app, &transport);
    assert!(worker.run_once().await.unwrap());
    assert_eq!(browser.look(Flow::Enrol).await.screen.delivery(), Some(Delivery::Refused));
    app.clock.forward(DAY);
    assert!(!worker.run_once().await.unwrap());
});

on_both!(what_a_newer_build_wrote_is_left_for_its_nodes_and_keeps_nothing_back, async |app| {
    app.browser().enrol(TARO).await;
    app.browser().enrol(KAZUO).await;
    app.sql(&format!("UPDATE outbox SET kind = 'of-a-newer-build' WHERE recipient = '{}'", TARO.email)).await;
    assert_eq!((app.mails(KAZUO.email).await.len(), app.mails(TARO.email).await.len()), (1, 0));
    assert_eq!(app.text("SELECT state FROM outbox WHERE kind = 'of-a-newer-build'").await, "queued");
});

on_both!(many_workers_send_each_mail_once, async |app| {
    app.account(TARO).await;
    for _ in 0..15 {
        app.browser().password(TARO.email, PASSWORD).await;
    }
    let transport = Told::new(Ok(()));
    let workers: Vec<_> = (0..8).map(|_| through(app, &transport)).collect();
    futures::future::join_all(workers.iter().map(async |worker| while worker.run_once().await.unwrap() {})).await;
    let mut ids: Vec<_> = transport.seen().into_iter().map(|(id, _)| id).collect();
    ids.sort();
    let sent = ids.len();
    ids.dedup();
    assert_eq!((sent, ids.len()), (15, 15));
});

on_both!(asvs_2_3_3_state_token_and_mail_are_one_transaction, async |app| {
    let browser = app.browser();
    browser.identify("enrol", TARO).await;
    app.account(KAZUO).await;
    let before = app.all_rows().await;
    app.sql("ALTER TABLE outbox RENAME TO outbox_away").await;
    let answer = browser.ask("enrol", &[("step", "password"), ("new_password", PASSWORD)]).await;
    assert_eq!((answer.status, answer.fault()), (503, Fault::Unavailable));
    let other = app.browser();
    let answer = other.ask("sign-in", &[("step", "sign-in"), ("user_id", KAZUO.email), ("password", PASSWORD)]).await;
    assert_eq!(answer.status, 503);
    app.sql("ALTER TABLE outbox_away RENAME TO outbox").await;
    let after = app.all_rows().await;
    for table in ["links", "codes", "outbox", "flows"] {
        assert_eq!(after[table], before[table], "{table}");
    }
    assert_eq!(step(&browser.choose(PASSWORD).await), "mail", "and it goes on where it was");
});
