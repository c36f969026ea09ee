//! TLS and signing in at the mail server.

use super::{delivery, reason, with_settings, worker};
use crate::support::*;
use server::config::SmtpSecurity;
use server::mail::Step;

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
