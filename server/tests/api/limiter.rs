//! A limiter that cannot answer refuses (OWASP ASVS 16.5.3).

use crate::support::*;

on_both!(asvs_16_5_3_without_its_counters_every_limited_way_is_refused, async |app| {
    let portal = app.signed_in(TARO).await;
    let (coding, code) = app.at_code(KAZUO).await;
    let wrong = if code == "000000" { "000001" } else { "000000" };
    app.sql("ALTER TABLE counters RENAME TO counters_away").await;
    let identity = [("step", "identity"), ("number", JIRO.number), ("kana", JIRO.kana), ("phone", JIRO.phone)];
    let password = [("step", "sign-in"), ("user_id", TARO.email), ("password", PASSWORD)];
    let change = [("step", "change-password"), ("password", PASSWORD), ("new_password", NEW_PASSWORD)];
    let fresh = app.browser();
    let refused = [
        (&fresh, "/enrol", identity.to_vec()),
        (&fresh, "/user-id", identity.to_vec()),
        (&fresh, "/password-reset", vec![("step", "user-id"), ("user_id", TARO.email)]),
        (&fresh, "/sign-in", password.to_vec()),
        (&coding, "/sign-in", vec![("step", "code"), ("code", wrong)]),
        (&portal, "/portal/account", change.to_vec()),
    ];
    for (browser, path, fields) in refused {
        let answer = browser.post_form(path, &fields).await.first;
        assert_eq!(answer.status, 503, "{path}");
        assert!(answer.helps(), "{path}");
        let answer = browser.ask(path.trim_start_matches("/portal").trim_start_matches('/'), &fields).await;
        assert_eq!((answer.status, answer.fault()), (503, Fault::Unavailable), "{path}");
    }
    app.sql("ALTER TABLE counters_away RENAME TO counters").await;
    assert_eq!(app.number("SELECT COUNT(*) FROM links").await, 0);
    assert_eq!(app.kinds(TARO.email).await, ["auth-code"], "no mail went");
    assert_eq!(
        coding.type_code(&code).await.redirect_to.as_deref(),
        Some("/portal"),
        "and it goes on when they are back"
    );
});

on_both!(readiness_follows_the_database_and_liveness_does_not, async |app| {
    let browser = app.browser();
    assert_eq!((browser.get("/healthz").await.status, browser.get("/readyz").await.status), (200, 200));
    app.store.close().await;
    assert_eq!(browser.get("/healthz").await.status, 200);
    // One answer may hold for a second.
    let seen = tokio::time::timeout(std::time::Duration::from_secs(5), async {
        while browser.get("/readyz").await.status != 503 {
            tokio::time::sleep(std::time::Duration::from_millis(100)).await;
        }
    });
    assert!(seen.await.is_ok(), "not ready within 5 s");
    let answer = browser
        .post_form("/sign-in", &[("step", "sign-in"), ("user_id", TARO.email), ("password", PASSWORD)])
        .await
        .first;
    assert_eq!(answer.status, 503);
    assert!(answer.helps());
});
