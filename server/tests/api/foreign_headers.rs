//! Headers that other programs have had a hand in: one bad part never spoils the whole.

use crate::support::*;
use reqwest::Method;
use reqwest::header::{COOKIE, HeaderValue};

/// What other sites and programs leave in a header.
const JUNK: [&[u8]; 9] = [
    "lastname=山田".as_bytes(),
    b"name=Andr\xE9",
    b"shift_jis=\x8E\xA9\x93\x5C",
    b"quoted=\"a b",
    b"=; ;;=",
    b"\xFF\xFE",
    b"a==b",
    b"\t",
    &[b'x'; 60_000],
];

/// A request of the browser's with a form, its cookies among others in one header, or in several.
async fn post_among(browser: &Browser, junk: &[u8], in_one: bool, names: &[&str], fields: &[(&str, &str)]) -> Answer {
    let ours: Vec<_> =
        names.iter().filter_map(|name| browser.cookie(name).map(|value| format!("{name}={value}"))).collect();
    let stranger = app_browser(browser);
    let form = Form(fields.iter().map(|(name, typed)| ((*name).to_owned(), (*typed).to_owned())).collect());
    let flow =
        if fields.contains(&("step", "code")) || fields.contains(&("step", "sign-in")) { "sign-in" } else { "enrol" };
    let mut request = stranger.request(Method::POST, &format!("/api/{flow}")).header("content-type", CALL);
    let lines = if in_one {
        vec![[junk, b"; ", ours.join("; ").as_bytes(), b"; ", junk].concat()]
    } else {
        let mut lines = vec![junk.to_vec()];
        lines.extend(ours.into_iter().map(String::into_bytes));
        lines.push(junk.to_vec());
        lines
    };
    for line in lines {
        request = request.header(COOKIE, HeaderValue::from_bytes(&line).unwrap());
    }
    browser.send(request.body(encoded(&form))).await
}

/// The same browser with an empty jar, for requests whose cookies are written by hand.
fn app_browser(browser: &Browser) -> Browser {
    let stranger = browser.copy();
    for name in ["enrol", "user-id", "password-reset", "sign-in", "link", "session", "browser"] {
        stranger.forget(&format!("__Host-{name}"));
    }
    stranger
}

on_both!(an_enrolment_goes_on_whatever_cookies_of_other_sites_come_along, async |app| {
    for (nth, junk) in JUNK.iter().enumerate() {
        for in_one in [true, false] {
            let browser = app.browser();
            browser.identify("enrol", Person { kana: "ダレカ", ..TARO }).await;
            let names = ["__Host-enrol", "__Host-browser"];
            let fields = [("step", "identity"), ("number", TARO.number), ("kana", TARO.kana), ("phone", TARO.phone)];
            let page = post_among(&browser, junk, in_one, &names, &fields).await.page();
            assert_eq!((step(&page), page.notice), ("password", None), "{nth} {in_one}");
            let chosen = [("step", "password"), ("new_password", "short")];
            let page = post_among(&browser, junk, in_one, &names, &chosen).await.page();
            assert!(matches!(problem(&page), Problem::Rules { .. }), "{nth} {in_one}: the step is found");
            app.clock.forward(DAY);
        }
    }
});

on_both!(a_sign_in_goes_on_whatever_cookies_of_other_sites_come_along, async |app| {
    app.account(TARO).await;
    for (nth, junk) in JUNK.iter().enumerate() {
        let browser = app.browser();
        let names = ["__Host-sign-in", "__Host-browser", "__Host-session"];
        let fields = [("step", "sign-in"), ("user_id", TARO.email), ("password", PASSWORD)];
        assert_eq!(step(&post_among(&browser, junk, nth % 2 == 0, &names, &fields).await.page()), "code", "{nth}");
        let code = app.code(TARO.email).await;
        let fields = [("step", "code"), ("code", code.as_str())];
        let page = post_among(&browser, junk, nth % 2 == 0, &names, &fields).await.page();
        assert_eq!(page.redirect_to.as_deref(), Some("/portal"), "{nth}");
        app.clock.forward(HOUR);
    }
});

on_both!(no_header_of_any_bytes_keeps_a_page_or_an_asset_away, async |app| {
    let browser = app.signed_in(TARO).await;
    let text = browser.get("/").await.text();
    let at = text.find("/assets/").unwrap();
    let style = text[at..].split('"').next().unwrap();
    let names = [
        "accept",
        "accept-charset",
        "accept-encoding",
        "accept-language",
        "content-type",
        "forwarded",
        "if-modified-since",
        "if-none-match",
        "origin",
        "priority",
        "range",
        "referer",
        "sec-ch-ua",
        "sec-fetch-dest",
        "sec-fetch-mode",
        "sec-fetch-site",
        "user-agent",
        "x-forwarded-for",
        "x-forwarded-proto",
        "x-request-id",
    ];
    for name in names {
        for junk in JUNK.into_iter().step_by(4).chain([b"bytes=zz".as_slice(), b"bytes=9-1", b"gzip;q=\xFF, br"]) {
            for path in ["/", "/enrol", "/portal", style] {
                let request = browser.bare(Method::GET, path).header(name, HeaderValue::from_bytes(junk).unwrap());
                let answer = browser.send(request).await;
                assert_eq!(
                    answer.status,
                    200,
                    "{name}: {} {path}",
                    String::from_utf8_lossy(&junk[..junk.len().min(20)])
                );
                assert!(!answer.body.is_empty(), "{name} {path}");
            }
        }
    }
});

on_both!(a_device_is_named_by_what_can_be_read_of_it, async |app| {
    app.browser().identify("enrol", TARO).await;
    let browser = app.browser();
    let agent = HeaderValue::from_bytes(b"Mozilla/5.0 (iPhone; \xE9\xFF) Version/18.0 Safari/604.1").unwrap();
    let form = Form(vec![("step".into(), "identity".into())]);
    let request = browser.request(Method::POST, "/api/enrol").header("content-type", CALL).body(encoded(&form));
    let mut request = request.build().unwrap();
    request.headers_mut().insert("user-agent", agent);
    browser.execute(request).await;
    assert_eq!(app.number("SELECT COUNT(*) FROM flows WHERE device = 'iPhone（Safari）'").await, 2);
});

on_both!(a_form_is_read_whatever_stands_behind_its_type, async |app| {
    let browser = app.browser();
    for kind in [
        b"application/x-www-form-urlencoded; charset=\xFF".as_slice(),
        b"APPLICATION/x-www-form-urlencoded ;",
        b"application/x-www-form-urlencoded;\"",
    ] {
        let request =
            browser.request(Method::POST, "/enrol").header("content-type", HeaderValue::from_bytes(kind).unwrap());
        assert_eq!(browser.send(request.body("step=identity")).await.status, 303);
    }
});

on_both!(asvs_3_5_a_second_header_never_makes_a_post_one_of_ours, async |app| {
    let browser = app.browser();
    for lines in [["same-origin", "cross-site"], ["cross-site", "same-origin"], ["same-origin", ""]] {
        let mut request =
            browser.bare(Method::POST, "/enrol").header("content-type", "application/x-www-form-urlencoded");
        for line in lines {
            request = request.header("sec-fetch-site", line);
        }
        assert_eq!(browser.send(request.body("step=identity")).await.status, 403, "{lines:?}");
    }
});
