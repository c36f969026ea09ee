//! The whole of flow A by forms and 303s alone (spec section 8).

use crate::support::*;

on_both!(the_whole_way_in_works_by_forms_and_303_alone, async |app| {
    let browser = app.browser();
    assert!(browser.get("/enrol").await.text().contains("<form"));
    let seen = async |path: &str, fields: &[(&str, &str)], to: &str| {
        let posted = browser.post_form(path, fields).await;
        assert_eq!((posted.first.status, posted.first.header("location")), (303, to), "{fields:?}");
        assert_eq!(posted.then.status, 200, "{fields:?}");
        posted.then.text()
    };
    let identity = [("step", "identity"), ("number", TARO.number), ("kana", TARO.kana), ("phone", TARO.phone)];
    assert!(seen("/enrol", &identity, "/enrol").await.contains("name=\"new_password\""));
    assert!(seen("/enrol", &[("step", "password"), ("new_password", PASSWORD)], "/enrol").await.contains(TARO.email));
    let link = app.link(TARO.email, "confirm-enrolment").await;
    assert_eq!(browser.get(&link).await.header("location"), "/link");
    assert!(browser.get("/link").await.text().contains("心当たりがない"));
    seen("/link", &[("step", "confirm")], "/link").await;
    assert!(browser.get("/enrol").await.text().contains("アカウント作成完了"));
    assert!(seen("/enrol", &[("step", "created")], "/sign-in").await.contains(TARO.email));
    seen("/sign-in", &[("step", "sign-in"), ("user_id", TARO.email), ("password", PASSWORD)], "/sign-in").await;
    let code = app.code(TARO.email).await;
    let portal = seen("/sign-in", &[("step", "code"), ("code", &code)], "/portal").await;
    for shown in ["ニリン", "タロウ", "アキツ リンドウ250", "ソラネ ミナモ125"] {
        assert!(portal.contains(shown), "{shown}");
    }
    let out = seen("/sign-out", &[], "/sign-in?signed-out").await;
    assert!(out.contains("name=\"password\""));
});

on_both!(typed_values_are_kept_over_a_303_but_never_passwords_and_codes, async |app| {
    app.account(TARO).await;
    let browser = app.browser();
    let identity = [("step", "identity"), ("number", "NR1"), ("kana", "ニリン <b>"), ("phone", "090")];
    let text = browser.post_form("/enrol", &identity).await.then.text();
    assert!(text.contains("value=\"NR1\"") && text.contains("value=\"090\""));
    assert!(!text.contains("<b>"), "escaped");
    let text = browser
        .post_form("/sign-in", &[("step", "sign-in"), ("user_id", TARO.email), ("password", WRONG_PASSWORD)])
        .await
        .then
        .text();
    assert!(text.contains(&format!("value=\"{}\"", TARO.email)));
    assert!(!text.contains(WRONG_PASSWORD));
    let text =
        browser.post_form("/sign-in", &[("step", "sign-in"), ("user_id", "taro"), ("password", "x")]).await.then.text();
    assert!(text.contains("value=\"taro\""), "also what cannot be a user ID");
    browser.password(TARO.email, PASSWORD).await;
    let text = browser.post_form("/sign-in", &[("step", "code"), ("code", "12345x")]).await.then.text();
    assert!(!text.contains("12345x"));
    assert!(!text.contains(PASSWORD));
});

on_both!(a_reload_keeps_the_step_and_nothing_outlives_the_browser_session, async |app| {
    let browser = app.browser();
    browser.identify("enrol", TARO).await;
    for _ in 0..3 {
        assert!(browser.get("/enrol").await.text().contains("name=\"new_password\""));
    }
    assert!(
        app.browser().get("/enrol").await.text().contains("name=\"number\""),
        "another browser begins at the beginning"
    );
    let answer = app.browser().ask("enrol", &[("step", "identity")]).await;
    let cookie = answer.cookies().into_iter().find(|line| line.starts_with("__Host-enrol=")).expect("a flow cookie");
    assert!(!cookie.contains("Max-Age") && !cookie.contains("Expires"), "{cookie}");
});
