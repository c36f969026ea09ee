//! Mails are handed over in a real SMTP conversation: what each reply at each step means for the person who waits.

mod connections;
mod outage;
mod refusals;
mod security;

use crate::support::*;
use server::config::{SmtpSecurity, TransportKind};
use server::mail::{SmtpTransport, Worker};
use std::sync::Arc;

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
