//! Posts from elsewhere are refused (OWASP ASVS 3.5.1–3.5.3).

use crate::support::*;

const PATHS: [&str; 10] = [
    "/enrol",
    "/user-id",
    "/password-reset",
    "/sign-in",
    "/link",
    "/portal/account",
    "/portal/sessions",
    "/sign-out",
    "/api/enrol",
    "/api/view",
];
const OURS: &str = "http://127.0.0.1:3000";

async fn post(browser: &Browser, path: &str, headers: &[(&'static str, &str)]) -> Answer {
    browser.post_with(path, headers, &[("step", "identity")]).await
}

on_both!(asvs_3_5_1_a_post_from_another_site_is_403_wherever_it_goes, async |app| {
    let browser = app.signed_in(TARO).await;
    let before = app.all_rows().await;
    for path in PATHS {
        for site in ["cross-site", "same-site", "none", "SAME-ORIGIN", "same-origin, cross-site", ""] {
            let answer = post(&browser, path, &[("sec-fetch-site", site)]).await;
            assert_eq!(answer.status, 403, "{path} {site:?}");
            assert!(path.starts_with("/api/") || answer.helps(), "{path}");
        }
        let both = [("sec-fetch-site", "cross-site"), ("origin", OURS)];
        assert_eq!(post(&browser, path, &both).await.status, 403, "{path}: Fetch Metadata goes before Origin");
    }
    assert_eq!(app.all_rows().await, before);
    assert_eq!(browser.get("/portal").await.status, 200, "still signed in");
});

on_both!(asvs_3_5_2_without_fetch_metadata_the_origin_decides, async |app| {
    let browser = app.browser();
    for origin in [
        "https://evil.example",
        "null",
        "http://127.0.0.1:3001",
        "https://127.0.0.1:3000",
        "http://127.0.0.1:3000.evil.example",
        "",
    ] {
        for path in PATHS {
            assert_eq!(post(&browser, path, &[("origin", origin)]).await.status, 403, "{path} {origin}");
        }
    }
    assert_eq!(post(&browser, "/enrol", &[("origin", OURS)]).await.status, 303);
});

on_both!(asvs_3_5_3_with_neither_a_post_is_403, async |app| {
    let browser = app.browser();
    for path in PATHS {
        assert_eq!(post(&browser, path, &[]).await.status, 403, "{path}");
        assert_eq!(post(&browser, path, &[("referer", OURS), ("host", "127.0.0.1:3000")]).await.status, 403, "{path}");
    }
    assert!(app.rows("flows").await.is_empty());
});

on_both!(asvs_3_5_no_get_changes_anything, async |app| {
    let browser = app.signed_in(TARO).await;
    // Being there is noted, the first time at once and then once a minute.
    browser.get("/portal").await;
    browser.enrol(KAZUO).await;
    app.work().await;
    let before = app.all_rows().await;
    let pages = [
        "/",
        "/enrol",
        "/user-id",
        "/password-reset",
        "/sign-in",
        "/link",
        "/link/x",
        "/portal",
        "/portal/contracts/k-001",
        "/portal/account",
        "/help",
        "/help/mail",
        "/healthz",
        "/readyz",
    ];
    for path in pages {
        for query in ["", "?step=identity&act=restart", "?step=code&code=123456"] {
            browser.get(&format!("{path}{query}")).await;
            browser.head(&format!("{path}{query}")).await;
        }
    }
    assert_eq!(app.all_rows().await, before);
});
