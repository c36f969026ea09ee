//! Bad input anywhere gets a 4xx and a page that helps, never a 500, and changes nothing.

use crate::support::*;
use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;
use reqwest::Method;
use reqwest::header::{CONTENT_TYPE, COOKIE, HeaderValue};
use std::time::Duration;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

const FORM: &str = "application/x-www-form-urlencoded";
const FORMS: [&str; 7] =
    ["/enrol", "/user-id", "/password-reset", "/sign-in", "/link", "/portal/account", "/portal/sessions"];
const FUNCTIONS: [&str; 8] = ["session", "enrol", "user-id", "password-reset", "sign-in", "link", "account", "view"];

/// Holds a refusal of a page to what it must be.
#[track_caller]
fn refused(answer: &Answer, status: u16, what: &str) {
    assert_eq!(answer.status, status, "{what}");
    assert!(answer.helps(), "{what}: {}", answer.text());
}

on_both!(an_oversized_body_is_413_and_16_kib_are_not, async |app| {
    let browser = app.browser();
    let before = app.all_rows().await;
    for path in FORMS {
        let body = format!("step=x&number={}", "9".repeat(16 * 1024));
        refused(&browser.post_raw(path, FORM, body).await, 413, path);
    }
    for function in FUNCTIONS {
        let answer = browser.ask(function, &[("step", &"9".repeat(16 * 1024))]).await;
        assert_eq!((answer.status, answer.fault()), (413, Fault::BadRequest), "{function}");
    }
    assert_eq!(app.all_rows().await, before);
    let start = "step=identity&number=";
    let body = format!("{start}{}", "9".repeat(16 * 1024 - start.len()));
    assert_eq!(browser.post_raw("/enrol", FORM, body).await.status, 303);
});

on_both!(asvs_15_3_7_duplicate_fields_are_400, async |app| {
    let browser = app.browser();
    let before = app.all_rows().await;
    for path in FORMS {
        refused(&browser.post_raw(path, FORM, "step=identity&step=password").await, 400, path);
    }
    for function in &FUNCTIONS[..7] {
        let answer = browser.ask(function, &[("step", "identity"), ("user_id", "a"), ("user_id", "b")]).await;
        assert_eq!((answer.status, answer.fault()), (400, Fault::BadRequest), "{function}");
    }
    assert_eq!(app.all_rows().await, before);
});

on_both!(a_wrong_content_type_is_refused, async |app| {
    let browser = app.browser();
    let before = app.all_rows().await;
    for kind in [
        "application/json",
        "text/plain",
        "multipart/form-data; boundary=x",
        "application/x-www-form-urlencoded-not",
        "",
    ] {
        for path in FORMS {
            let answer = browser.post_raw(path, kind, "step=identity").await;
            assert!(matches!(answer.status, 400 | 415), "{path} {kind}: {}", answer.status);
            assert!(answer.helps(), "{path} {kind}");
        }
    }
    for kind in [FORM, "text/plain", "application/json", ""] {
        for function in FUNCTIONS {
            let answer = browser.post_raw(&format!("/api/{function}"), kind, encoded(&Form::default())).await;
            assert_eq!((answer.status, answer.fault()), (415, Fault::BadRequest), "{function} {kind}");
        }
    }
    assert_eq!(app.all_rows().await, before);
});

on_both!(text_that_is_no_utf_8_is_400, async |app| {
    let browser = app.browser();
    let before = app.all_rows().await;
    for path in FORMS {
        refused(&browser.post_raw(path, FORM, b"step=identity&kana=\xff\xfe".to_vec()).await, 400, path);
        refused(&browser.post_raw(path, FORM, "step=identity&kana=%FF%FE").await, 400, path);
        refused(&browser.post_raw(path, FORM, "st%C3ep=identity").await, 400, path);
    }
    for function in &FUNCTIONS[..7] {
        // One field, its name of two bytes.
        let answer = browser.post_raw(&format!("/api/{function}"), CALL, b"\x01\x02\xff\xfe\x00".to_vec()).await;
        assert_eq!((answer.status, answer.fault()), (400, Fault::BadRequest), "{function}");
    }
    for path in ["/help/%FF", "/portal/contracts/%FF", "/live/%FF", "/link/%FF"] {
        let answer = browser.get(path).await;
        assert!((300..500).contains(&answer.status), "{path}: {}", answer.status);
        assert!(answer.status < 400 || answer.helps(), "{path}");
    }
    assert_eq!(app.all_rows().await, before);
});

on_both!(a_call_that_is_no_form_of_ours_is_400, async |app| {
    let browser = app.browser();
    let before = app.all_rows().await;
    let bodies: [&[u8]; 7] = [
        b"",
        b"{\"form\":[]}",
        b"\xff\xff\xff\xff\x0f",
        b"\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff",
        b"\x01",
        b"\x01\x7f\x00",
        b"\x02\x01a\x01b\x05",
    ];
    for body in bodies {
        for function in FUNCTIONS {
            let answer = browser.post_raw(&format!("/api/{function}"), CALL, body.to_vec()).await;
            // The one that reads a flow's name takes the first byte for it.
            if function == "view" && matches!(body, [1 | 2, ..]) {
                continue;
            }
            assert_eq!((answer.status, answer.fault()), (400, Fault::BadRequest), "{function} {body:?}");
            assert_eq!(answer.header("content-type"), CALL);
        }
    }
    assert_eq!(app.all_rows().await, before);
});

on_both!(a_server_function_never_leads_to_where_the_request_says_it_came_from, async |app| {
    let browser = app.browser();
    for function in FUNCTIONS {
        let (kinds, form) = ([FORM, CALL], encoded(&Form::default()));
        let body = if function == "view" { encoded(&Flow::Enrol) } else { form };
        for (kind, accept) in
            kinds.into_iter().flat_map(|kind| ["text/html", "*/*", "text/html, */*"].map(|accept| (kind, accept)))
        {
            let request = browser.request(Method::POST, &format!("/api/{function}")).header(CONTENT_TYPE, kind);
            let request = request.header("accept", accept).header("referer", "https://elsewhere.example/");
            let answer = browser.send(request.body(body.clone())).await;
            assert!(answer.header("location").is_empty(), "{function} {kind} {accept}");
            let expected = if kind == FORM {
                415
            } else if function == "account" {
                401
            } else {
                200
            };
            assert_eq!(answer.status, expected, "{function} {kind} {accept}");
        }
    }
});

on_both!(garbage_cookies_are_passed_over, async |app| {
    let browser = app.browser();
    let before = app.all_rows().await;
    let long = format!("__Host-session={}", "A".repeat(4_000));
    let lines: [&[u8]; 7] = [
        b"\xff\xfe",
        b"=; ;;=;",
        b"__Host-session=%00; __Host-enrol=\"x\"",
        b"__Host-enrol=' OR 1=1 --",
        b"__Host-link=../../x",
        b"__Host-session",
        long.as_bytes(),
    ];
    for line in lines {
        let cookie = HeaderValue::from_bytes(line).unwrap();
        for (path, status) in [
            ("/enrol", 200),
            ("/user-id", 200),
            ("/sign-in", 200),
            ("/link", 200),
            ("/portal", 303),
            ("/portal/account", 303),
        ] {
            let answer = app.browser().send(browser.bare(Method::GET, path).header(COOKIE, &cookie)).await;
            assert_eq!(answer.status, status, "{path} {line:?}");
        }
    }
    assert_eq!(app.all_rows().await, before);
    let mangled = app.browser();
    mangled.set_cookie("__Host-enrol", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");
    assert_eq!(step(&mangled.identify("enrol", TARO).await), "password", "an unknown flow begins anew");
    assert_ne!(mangled.cookie("__Host-enrol").unwrap(), "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");
});

on_both!(unknown_addresses_functions_and_methods_are_4xx, async |app| {
    let browser = app.browser();
    for path in [
        "/nowhere",
        "/enrol/",
        "/enrol/x",
        "/portal/x",
        "/help/nowhere",
        "/live/portal",
        "/link/a/b",
        "/.env",
        "/assets/../nirin.toml",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/assets/x/style.css",
        "/assets/%00/style.css",
        "/assets/x/%00.css",
    ] {
        refused(&browser.get(path).await, 404, path);
    }
    for path in ["/api/nothing", "/api/", "/api/enrol/x"] {
        let answer = browser.post_raw(path, CALL, encoded(&Form::default())).await;
        assert_eq!((answer.status, answer.fault()), (404, Fault::NotFound), "{path}");
    }
    for function in FUNCTIONS {
        let answer = browser.get(&format!("/api/{function}")).await;
        assert!(matches!(answer.status, 404 | 405), "{function}");
        assert_eq!(answer.fault(), Fault::NotFound);
    }
    for (method, path) in [
        (Method::PUT, "/enrol"),
        (Method::DELETE, "/portal"),
        (Method::PATCH, "/sign-in"),
        (Method::POST, "/help"),
        (Method::POST, "/link/x"),
        (Method::POST, "/"),
    ] {
        refused(&browser.send(browser.request(method.clone(), path).header(CONTENT_TYPE, FORM)).await, 405, path);
    }
    assert!(matches!(browser.get("/sign-out").await.status, 404 | 405), "no state change on GET");
    assert!(matches!(browser.get("/portal/sessions").await.status, 404 | 405));
});

on_both!(a_form_of_any_text_whatever_is_never_a_500, async |app| {
    app.account(TARO).await;
    let browsers = [app.browser(), app.browser()];
    browsers[0].password(TARO.email, PASSWORD).await;
    browsers[1].identify("enrol", TARO).await;
    let text = prop_oneof![
        any::<String>(),
        "[\\x00-\\x1f]{0,9}",
        "[ァ-ー゛゜ｦ-ﾟ\\u{200b}-\\u{202e}]{0,9}",
        "[0-9０-９ー－-]{4,24}",
        "[a-z.]{1,9}@[a-z\\x00.]{1,9}"
    ];
    let names = prop::sample::select(vec![
        "number",
        "kana",
        "phone",
        "user_id",
        "password",
        "new_password",
        "code",
        "session",
        "x",
    ]);
    let steps = prop::sample::select(vec![
        "identity",
        "password",
        "mail",
        "sign-in",
        "code",
        "user-id",
        "confirm",
        "new-password",
        "change-password",
        "\u{0}",
    ]);
    let forms = (steps, prop::collection::btree_map(names, text, 0..7), prop::sample::select(vec![0_usize, 1]));
    let mut runner = TestRunner::deterministic();
    for _ in 0..120 {
        let (step, fields, which) = forms.new_tree(&mut runner).unwrap().current();
        let mut fields: Vec<_> = fields.iter().map(|(name, typed)| (*name, typed.as_str())).collect();
        fields.push(("step", step));
        let path = FORMS[fields.len() % FORMS.len()];
        let answer = browsers[which].post_form(path, &fields).await;
        assert!(answer.first.status < 500 && answer.then.status < 500, "{path} {fields:?}: {}", answer.first.status);
        let function = FUNCTIONS[fields.len() % 7];
        let answer = browsers[which].ask(function, &fields).await;
        assert!(answer.status < 500, "{function} {fields:?}: {}", answer.status);
    }
});

/// Half a request costs a socket for a while, and no more.
#[test]
fn a_head_that_comes_too_slowly_is_cut_off() {
    run(
        Kind::Sqlite,
        |_| {},
        async |app: &TestApp| {
            let address = app.base.trim_start_matches("http://");
            let mut stream = tokio::net::TcpStream::connect(address).await.unwrap();
            stream.write_all(b"GET /enrol HTTP/1.1\r\nhost: x\r\nx-slow: ").await.unwrap();
            let mut answer = Vec::new();
            let read = tokio::time::timeout(Duration::from_secs(30), stream.read_to_end(&mut answer)).await;
            read.expect("cut off in time").unwrap();
            assert!(!String::from_utf8_lossy(&answer).contains("200"));
        },
    );
}

/// A body that does not arrive is given up after ten seconds; the database has no part in that.
#[test]
fn a_body_that_comes_too_slowly_is_408() {
    run(
        Kind::Sqlite,
        |_| {},
        async |app: &TestApp| {
            let address = app.base.trim_start_matches("http://");
            let mut stream = tokio::net::TcpStream::connect(address).await.unwrap();
            let head = "POST /enrol HTTP/1.1\r\nhost: x\r\nsec-fetch-site: same-origin\r\ncontent-type: application/x-www-form-urlencoded\r\ncontent-length: 100\r\n\r\nstep=";
            stream.write_all(head.as_bytes()).await.unwrap();
            let mut answer = vec![0; 65_536];
            let read = tokio::time::timeout(Duration::from_secs(20), stream.read(&mut answer))
                .await
                .expect("an answer in time")
                .unwrap();
            let text = String::from_utf8_lossy(&answer[..read]);
            assert!(text.starts_with("HTTP/1.1 408"), "{text:.60}");
            assert!(text.contains("text/html"));
            assert!(app.rows("flows").await.is_empty());
        },
    );
}
