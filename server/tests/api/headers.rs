//! What every answer carries, errors and assets included (OWASP ASVS 3.3 and 3.4, standards "Web").

use crate::support::*;
use reqwest::Method;

/// One answer of every kind.
async fn every_kind(app: &TestApp) -> Vec<(String, Answer)> {
    let browser = app.signed_in(TARO).await;
    let guest = app.browser();
    let mut all = Vec::new();
    let style = {
        let text = guest.get("/").await.text();
        let at = text.find("/assets/").expect("an asset");
        text[at..].split('"').next().expect("an address").to_owned()
    };
    for path in [
        "/",
        "/help",
        "/help/mail",
        "/enrol",
        "/user-id",
        "/password-reset",
        "/sign-in",
        "/link",
        "/healthz",
        "/readyz",
        "/robots.txt",
        "/.well-known/security.txt",
        "/.well-known/change-password",
        "/nowhere",
        "/portal",
        "/link/x",
        &style,
        "/assets/nothing",
        "/api/nothing",
        "/live/portal",
        "/help/%FF",
    ] {
        all.push((path.to_owned(), guest.get(path).await));
        all.push((format!("HEAD {path}"), guest.head(path).await));
    }
    for path in ["/portal", "/portal/contracts/k-001", "/portal/contracts/k-999", "/portal/account"] {
        all.push((path.to_owned(), browser.get(path).await));
    }
    all.push(("303".into(), guest.post_form("/enrol", &[("step", "identity")]).await.first));
    all.push(("400".into(), guest.post_raw("/enrol", "application/x-www-form-urlencoded", "a=1&a=2").await));
    all.push(("api".into(), guest.ask("enrol", &[("step", "identity")]).await));
    all.push(("api 400".into(), guest.post_raw("/api/enrol", CALL, "{").await));
    all.push(("api 415".into(), guest.post_raw("/api/enrol", "text/plain", "{").await));
    all.push(("401".into(), guest.ask("account", &[]).await));
    all.push(("403".into(), guest.post_with("/enrol", &[], &[]).await));
    all.push(("405".into(), guest.send(guest.request(Method::PUT, "/enrol")).await));
    all.push(("413".into(), guest.post_raw("/enrol", CALL, "9".repeat(17_000)).await));
    all.push(("422".into(), browser.post_form("/portal/account", &[("step", "change-password")]).await.first));
    all.push(("csp".into(), guest.post_raw("/csp-report", "application/csp-report", "{}").await));
    app.sql("ALTER TABLE counters RENAME TO counters_away").await;
    all.push((
        "503".into(),
        guest.post_form("/password-reset", &[("step", "user-id"), ("user_id", TARO.email)]).await.first,
    ));
    all.push(("sign-out".into(), browser.post_form("/sign-out", &[]).await.first));
    all
}

on_both!(asvs_3_4_every_answer_carries_the_security_headers, async |app| {
    let fixed = [
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "same-origin"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
        ("cross-origin-embedder-policy", "require-corp"),
        ("x-frame-options", "DENY"),
    ];
    let mut ids = Vec::new();
    for (what, answer) in every_kind(app).await {
        for (name, value) in fixed {
            assert_eq!(answer.header(name), value, "{what}: {name}");
        }
        assert!(answer.header("permissions-policy").contains("camera=()"), "{what}");
        let policy = answer.header("content-security-policy");
        for part in [
            "default-src 'none'",
            "'strict-dynamic'",
            "'wasm-unsafe-eval'",
            "object-src 'none'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
            "form-action 'self'",
            "report-uri ",
        ] {
            assert!(policy.contains(part), "{what}: {part}");
        }
        for word in ["'unsafe-inline'", "'unsafe-eval'", "'unsafe-hashes'", "*", "http:", "https:", "data:", "blob:"] {
            let found = policy.split([' ', ';']).any(|found| found == word);
            assert!(!found, "{what}: {word} in {policy}");
        }
        assert!(answer.header("server").is_empty() && answer.header("x-powered-by").is_empty(), "{what}");
        assert!(answer.header("strict-transport-security").is_empty(), "off on plain loopback: {what}");
        ids.push(answer.header("x-request-id").to_owned());
    }
    let count = ids.len();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), count, "a request id each");
});

on_both!(
    asvs_3_4_1_over_https_every_answer_carries_hsts,
    with | settings | settings.http.public_url = "https://portal.example".into(),
    async |app| {
        for (what, answer) in every_kind(app).await {
            assert_eq!(answer.header("strict-transport-security"), "max-age=63072000; includeSubDomains", "{what}");
        }
    }
);

on_both!(asvs_14_3_2_nothing_but_assets_may_be_stored, async |app| {
    for (what, answer) in every_kind(app).await {
        let expected = if what.ends_with("style.css") { "public, max-age=31536000, immutable" } else { "no-store" };
        assert_eq!(answer.header("cache-control"), expected, "{what}");
    }
});

on_both!(asvs_3_4_3_the_nonce_is_new_each_time_and_the_one_in_the_page, async |app| {
    let mut nonces = Vec::new();
    for _ in 0..5 {
        let answer = app.browser().get("/enrol").await;
        let policy = answer.header("content-security-policy").to_owned();
        let nonce =
            policy.split("'nonce-").nth(1).and_then(|rest| rest.split('\'').next()).expect("a nonce").to_owned();
        assert!(nonce.len() >= 22, "128 bits");
        let text = answer.text();
        assert!(text.contains(&format!("nonce=\"{nonce}\"")));
        assert!(!text.contains(" style=\"") && !text.contains(" onclick="), "nothing inline");
        nonces.push(nonce);
    }
    nonces.sort();
    nonces.dedup();
    assert_eq!(nonces.len(), 5);
    for path in ["/", "/help", "/help/mail"] {
        assert!(!app.browser().get(path).await.text().contains("<script"), "{path} is sent without any script");
    }
});

on_both!(asvs_3_3_every_cookie_is_host_bound_secure_and_out_of_reach_of_script, async |app| {
    let browser = app.browser();
    let mut lines = browser.get("/enrol").await.cookies();
    lines.extend(
        browser
            .ask("enrol", &[("step", "identity"), ("number", TARO.number), ("kana", TARO.kana), ("phone", TARO.phone)])
            .await
            .cookies(),
    );
    browser.choose(PASSWORD).await;
    let link = app.link(TARO.email, "confirm-enrolment").await;
    lines.extend(browser.get(&link).await.cookies());
    lines.extend(browser.ask("link", &[("step", "confirm")]).await.cookies());
    lines.extend(browser.ask("enrol", &[("step", "created")]).await.cookies());
    browser.password(TARO.email, PASSWORD).await;
    let code = app.code(TARO.email).await;
    lines.extend(browser.ask("sign-in", &[("step", "code"), ("code", &code)]).await.cookies());
    lines.extend(browser.post_form("/sign-out", &[]).await.first.cookies());
    lines.extend(app.browser().ask("password-reset", &[("step", "user-id"), ("user_id", TARO.email)]).await.cookies());
    lines.extend(app.browser().ask("user-id", &[("step", "identity")]).await.cookies());
    let names: std::collections::BTreeSet<_> =
        lines.iter().map(|line| line.split('=').next().unwrap().to_owned()).collect();
    for name in ["enrol", "user-id", "password-reset", "sign-in", "link", "session", "browser"] {
        assert!(names.contains(&format!("__Host-{name}")), "{name} in {names:?}");
    }
    for line in lines {
        assert!(line.starts_with("__Host-") && line.contains("; Path=/;"), "{line}");
        assert!(line.contains("; Secure") && line.contains("; HttpOnly") && !line.contains("Domain"), "{line}");
        let strict = line.starts_with("__Host-session=") && !line.contains("Max-Age=0");
        assert!(line.contains(if strict { "SameSite=Strict" } else { "SameSite=Lax" }), "{line}");
        // Nothing but the browser's mark outlives the browser session; what is taken back lives no longer at all.
        let lifetimes: Vec<_> = line.split("; ").filter(|part| part.starts_with("Max-Age")).collect();
        let expected: &[&str] = match line.split(';').next() {
            Some(pair) if pair.starts_with("__Host-browser=") => &["Max-Age=31536000"],
            Some(pair) if pair.ends_with('=') => &["Max-Age=0"],
            _ => &[],
        };
        assert_eq!(lifetimes, expected, "{line}");
        assert!(!line.to_ascii_lowercase().contains("expires"), "{line}");
    }
});

on_both!(conventional_addresses_answer_as_expected, async |app| {
    let browser = app.browser();
    assert_eq!(browser.get("/.well-known/change-password").await.header("location"), "/portal/account");
    let security = browser.get("/.well-known/security.txt").await;
    assert!(security.text().contains("Contact: ") && security.text().contains("Expires: 2027-05-22T00:00:00Z"));
    assert!(browser.get("/robots.txt").await.text().contains("User-agent"));
    let asset = browser.get("/").await.text();
    let at = asset.find("/assets/").unwrap();
    let style = browser.get(asset[at..].split('"').next().unwrap()).await;
    assert_eq!((style.status, style.header("content-type")), (200, "text/css"));
});

on_both!(an_asset_that_has_not_changed_keeps_its_own_cache_headers, async |app| {
    let browser = app.browser();
    let page = browser.get("/").await.text();
    let at = page.find("/assets/").unwrap();
    let style = page[at..].split('"').next().unwrap();
    let first = browser.get(style).await;
    let again = browser.request(Method::GET, style).header("if-modified-since", first.header("last-modified"));
    let again = browser.send(again).await;
    assert_eq!((first.status, again.status), (200, 304));
    for answer in [&first, &again] {
        assert_eq!(answer.header("cache-control"), "public, max-age=31536000, immutable");
    }
});

on_both!(the_first_page_of_a_browser_has_its_style_inside_and_others_name_the_file, async |app| {
    let browser = app.browser();
    for (path, style) in [("/", "main{}"), ("/sign-in", "form{}"), ("/help", "main{}"), ("/nothing", "main{}")] {
        for from in [None, Some("none"), Some("cross-site"), Some("same-site"), Some("same-origin")] {
            let mut request = browser.bare(Method::GET, path);
            if let Some(from) = from {
                request = request.header("sec-fetch-site", from);
            }
            let answer = browser.send(request).await;
            let (page, policy) = (answer.text(), answer.header("content-security-policy"));
            let nonce =
                policy.split("style-src 'self' 'nonce-").nth(1).and_then(|rest| rest.split('\'').next()).unwrap();
            let inside = page.contains(&format!("<style nonce=\"{nonce}\">{style}</style>"));
            assert_eq!(inside, from.is_some_and(|from| from != "same-origin"), "{path} from {from:?}");
            assert_eq!(page.contains("media=\"print\""), inside, "{path} from {from:?}");
        }
    }
});

on_both!(pages_are_compressed_and_short_answers_to_the_script_are_not, async |app| {
    let browser = app.browser();
    let offered = "gzip, deflate, br";
    let page = browser.request(Method::GET, "/enrol").header("accept-encoding", offered);
    assert_eq!(browser.send(page).await.header("content-encoding"), "br");
    let call = browser.request(Method::POST, "/api/view").header("content-type", CALL).body(encoded(&Flow::Enrol));
    let answer = browser.send(call.header("accept-encoding", offered)).await;
    assert_eq!((answer.status, answer.header("content-encoding")), (200, ""), "{} bytes", answer.body.len());
});
