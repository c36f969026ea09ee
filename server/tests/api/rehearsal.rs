//! What only rehearsal builds have (spec section 8): a build without the feature has none of these routes.

use crate::support::*;
use reqwest::Method;

#[cfg(not(feature = "rehearsal"))]
const PATHS: [&str; 8] = [
    "/rehearsal",
    "/rehearsal/",
    "/rehearsal/mailbox",
    "/rehearsal/mailbox.json",
    "/rehearsal/mailbox/x",
    "/rehearsal/clock",
    "/preview",
    "/preview/",
];

#[cfg(not(feature = "rehearsal"))]
on_both!(no_rehearsal_route_exists_in_a_build_without_the_feature, async |app| {
    app.browser().enrol(TARO).await;
    app.work().await;
    let browser = app.browser();
    for path in PATHS {
        for method in [Method::GET, Method::HEAD, Method::POST] {
            let answer = browser.send(browser.request(method.clone(), path)).await;
            assert_eq!(answer.status, 404, "{method} {path}");
            assert!(method == Method::HEAD || answer.helps(), "{path}");
        }
    }
});

#[cfg(feature = "rehearsal")]
on_both!(rehearsal_builds_show_the_mailbox, async |app| {
    app.browser().enrol(TARO).await;
    let mail = app.mail(TARO.email, "confirm-enrolment").await;
    let browser = app.browser();
    assert!(browser.get("/rehearsal/mailbox").await.text().contains(&mail.subject));
    let json: serde_json::Value =
        serde_json::from_slice(&browser.get("/rehearsal/mailbox.json?to=taro@example.jp").await.body).unwrap();
    assert_eq!(json[0]["subject"], mail.subject);
    assert!(browser.get(&format!("/rehearsal/mailbox/{}", mail.id)).await.text().contains("/link/"));
    assert_eq!(browser.get("/rehearsal/mailbox/x").await.status, 404);
});

#[cfg(feature = "rehearsal")]
on_both!(a_clock_that_cannot_be_turned_says_so, async |app| {
    let browser = app.browser();
    assert_eq!(browser.get("/rehearsal/clock").await.status, 200);
    let before = app.now();
    assert_eq!(browser.post_form("/rehearsal/clock", &[("seconds", "300")]).await.first.status, 404);
    assert_eq!(browser.send(browser.bare(Method::POST, "/rehearsal/clock")).await.status, 403);
    assert_eq!(app.now(), before);
});
