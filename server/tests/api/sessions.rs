//! Sessions (spec section 7, OWASP ASVS 7): idle and absolute limits at the server, five at once, rotation, ending.

use crate::support::*;

async fn is_in(browser: &Browser) -> bool {
    browser.get("/portal").await.status == 200
}

on_both!(asvs_7_3_1_a_session_ends_after_30_idle_minutes, async |app| {
    let browser = app.signed_in(TARO).await;
    for _ in 0..3 {
        app.clock.forward(30 * MINUTE - 1);
        assert!(is_in(&browser).await, "used in time");
    }
    app.clock.forward(30 * MINUTE);
    assert!(!is_in(&browser).await);
    assert_eq!(browser.ask("account", &[("step", "change-password")]).await.status, 401);
});

on_both!(asvs_7_3_2_a_session_ends_after_twelve_hours_however_much_it_is_used, async |app| {
    let browser = app.signed_in(TARO).await;
    let until = app.now() + 12 * HOUR;
    while app.now() + 20 * MINUTE < until {
        app.clock.forward(20 * MINUTE);
        assert!(is_in(&browser).await);
    }
    app.clock.at(until - 1);
    assert!(is_in(&browser).await);
    app.clock.at(until);
    assert!(!is_in(&browser).await);
});

on_both!(asvs_7_five_sessions_at_once_are_the_most_and_the_oldest_goes, async |app| {
    app.account(TARO).await;
    let mut browsers = Vec::new();
    for _ in 0..5 {
        let browser = app.browser();
        app.sign_in(&browser, TARO).await;
        browsers.push(browser);
        app.clock.forward(MINUTE);
    }
    for browser in &browsers {
        assert!(is_in(browser).await, "five fit");
    }
    app.sign_in(&app.browser(), TARO).await;
    assert!(!is_in(&browsers[0]).await);
    for browser in &browsers[1..] {
        assert!(is_in(browser).await);
    }
});

on_both!(asvs_7_2_4_the_token_changes_at_sign_in, async |app| {
    let browser = app.signed_in(TARO).await;
    let before = browser.cookie("__Host-session").expect("a session");
    let old = browser.copy();
    app.clock.forward(MINUTE);
    app.sign_in(&browser, TARO).await;
    assert_ne!(browser.cookie("__Host-session").expect("a session"), before);
    assert!(is_in(&browser).await && !is_in(&old).await);
    let planted = app.browser();
    planted.set_cookie("__Host-session", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");
    app.clock.forward(MINUTE);
    app.sign_in(&planted, TARO).await;
    assert_ne!(planted.cookie("__Host-session").expect("a session"), "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");
});

on_both!(asvs_7_2_3_the_database_knows_only_a_hash_of_the_token, async |app| {
    let browser = app.signed_in(TARO).await;
    let token = browser.cookie("__Host-session").expect("a session");
    assert_eq!(token.len(), 43, "256 bits");
    assert!(app.rows("sessions").await.iter().all(|row| !row.contains(&token)));
    let stolen = app.browser();
    stolen.set_cookie("__Host-session", &app.text("SELECT id FROM sessions").await);
    assert!(!is_in(&stolen).await);
});

on_both!(asvs_7_4_1_signing_out_ends_the_session_at_the_server, async |app| {
    let browser = app.signed_in(TARO).await;
    let kept = browser.copy();
    let answer = browser.post_form("/sign-out", &[]).await.first;
    assert_eq!((answer.status, answer.header("location")), (303, "/sign-in?signed-out"));
    assert!(
        answer.header("clear-site-data").contains("\"cache\"")
            && answer.header("clear-site-data").contains("\"storage\"")
    );
    assert!(browser.cookie("__Host-session").is_none());
    assert!(!is_in(&kept).await, "the cookie alone is worth nothing");
    assert_eq!(browser.post_form("/sign-out", &[]).await.first.status, 303, "once more does no harm");
});

on_both!(asvs_14_3_1_signing_out_ends_every_procedure_of_the_browser, async |app| {
    app.account(KAZUO).await;
    let browser = app.signed_in(TARO).await;
    browser.identify("user-id", KAZUO).await;
    browser.forget_password(KAZUO.email).await;
    browser.enrol(NOBU).await;
    let link = app.link(NOBU.email, "confirm-enrolment").await;
    browser.open(&link).await;
    let kept = browser.copy();
    let pages = ["/enrol", "/user-id", "/password-reset", "/sign-in", "/link"];
    let told = async |browser: &Browser, path: &str| {
        let text = browser.get(path).await.text();
        [TARO, KAZUO, NOBU].iter().any(|who| text.contains(who.email))
    };
    assert!(told(&browser, "/user-id").await && told(&browser, "/password-reset").await);
    assert!(told(&browser, "/enrol").await && told(&browser, "/link").await);
    let answer = browser.post_form("/sign-out", &[]).await.first;
    for name in ["session", "enrol", "user-id", "password-reset", "sign-in", "link"] {
        assert!(answer.cookies().iter().any(|line| line.starts_with(&format!("__Host-{name}=;"))), "{name}");
    }
    for path in pages {
        assert!(!told(&browser, path).await, "{path}");
        assert!(path == "/link" || !told(&kept, path).await, "{path}: nor by the cookies of before");
    }
    for (flow, shown) in [("user-id", "shown"), ("user-id", "not-enrolled"), ("enrol", "created")] {
        assert_eq!(kept.call(flow, &[("step", shown)]).await.redirect_to, None, "{flow} {shown}");
    }
    assert_eq!(kept.look(Flow::UserId).await.screen, Screen::Ended(EndReason::Abandoned));
    let reader = app.browser();
    reader.open(&link).await;
    assert_eq!(step(&reader.confirm().await), "link-done", "the mailbox is not the browser's");
});

on_both!(asvs_7_5_2_sessions_are_listed_and_ended_one_by_one_or_all_others, async |app| {
    let mine = app.signed_in(TARO).await;
    let mut others = Vec::new();
    for _ in 0..3 {
        app.clock.forward(MINUTE);
        let mut other = app.browser();
        other.agent = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Safari/537.36".into();
        app.sign_in(&other, TARO).await;
        others.push(other);
    }
    let text = mine.get("/portal/account").await.text();
    assert!(text.contains("Windows（Chrome）") && text.contains("iPhone（Safari）"));
    let public = app.text("SELECT public_id FROM sessions WHERE ended_at IS NULL AND device LIKE 'Windows%' ORDER BY created_at LIMIT 1").await;
    assert!(text.contains(&public));
    let posted = mine.post_form("/portal/sessions", &[("session", &public)]).await;
    assert_eq!((posted.first.status, posted.first.header("location")), (303, "/portal/account"));
    assert!(!is_in(&others[0]).await && is_in(&others[1]).await);
    mine.post_form("/portal/sessions", &[]).await;
    assert!(!is_in(&others[1]).await && !is_in(&others[2]).await && is_in(&mine).await);
    let ended = "SELECT COUNT(*) FROM audit WHERE event = 'session_ended'";
    let before = app.number(ended).await;
    mine.post_form("/portal/sessions", &[]).await;
    assert_eq!((before, app.number(ended).await), (2, 2), "there is nobody left to end, and nothing to note");
});

on_both!(nobody_ends_somebody_elses_session, async |app| {
    let taro = app.signed_in(TARO).await;
    let kazuo = app.signed_in(KAZUO).await;
    let public = app.text("SELECT public_id FROM sessions ORDER BY created_at, account_id LIMIT 1").await;
    let other = app.text(&format!("SELECT public_id FROM sessions WHERE public_id <> '{public}'")).await;
    for named in [&public, &other] {
        for browser in [&taro, &kazuo] {
            // Another's, and one's own, which is ended by signing out: there is nothing to end.
            let answer = browser.post_form("/portal/sessions", &[("session", named)]).await.first;
            assert_eq!((answer.status, answer.header("location")), (303, "/portal/account"));
        }
    }
    assert!(is_in(&taro).await && is_in(&kazuo).await);
});

on_both!(without_a_session_the_portal_leads_to_sign_in, async |app| {
    let browser = app.browser();
    for path in ["/portal", "/portal/contracts/k-001", "/portal/account"] {
        let answer = browser.get(path).await;
        assert_eq!((answer.status, answer.header("location")), (303, "/sign-in"), "{path}");
    }
    for path in ["/portal/account", "/portal/sessions"] {
        let posted = browser.post_form(path, &[("step", "change-password")]).await;
        assert_eq!((posted.first.status, posted.first.header("location")), (303, "/sign-in?ended"), "{path}");
        assert!(posted.then.text().contains("もう一度ログインしてください"), "{path}: it says why");
    }
    assert_eq!(browser.ask("account", &[("step", "change-password")]).await.fault(), Fault::SignedOut);
});

on_both!(an_account_that_is_gone_has_no_session, async |app| {
    let browser = app.signed_in(TARO).await;
    app.sql("DELETE FROM accounts").await;
    assert!(!is_in(&browser).await);
});

on_both!(asvs_7_3_one_press_extends_a_session_but_never_past_twelve_hours, async |app| {
    let browser = app.signed_in(TARO).await;
    let began = app.now();
    assert_eq!(browser.look(Flow::Session).await.ends_at, Some(began + 30 * MINUTE));
    app.clock.forward(29 * MINUTE);
    assert_eq!(browser.look(Flow::Session).await.ends_at, Some(began + 30 * MINUTE), "looking does not extend it");
    let page = browser.press("session", "session", "extend").await;
    assert_eq!((page.ends_at, page.redirect_to), (Some(app.now() + 30 * MINUTE), None));
    while app.now() < began + 12 * HOUR - 25 * MINUTE {
        app.clock.forward(25 * MINUTE);
        browser.press("session", "session", "extend").await;
    }
    assert_eq!(browser.look(Flow::Session).await.ends_at, Some(began + 12 * HOUR));
    app.clock.at(began + 12 * HOUR);
    let page = browser.press("session", "session", "extend").await;
    assert_eq!((page.ends_at, page.redirect_to.as_deref()), (None, Some("/sign-in?ended")), "too late");
    assert!(!is_in(&browser).await);
    assert_eq!(
        app.browser().look(Flow::Session).await.redirect_to.as_deref(),
        Some("/sign-in?ended"),
        "nor for a guest"
    );
});

on_both!(the_page_says_whether_an_end_can_be_put_off, async |app| {
    let browser = app.signed_in(TARO).await;
    let page = browser.look(Flow::Session).await;
    assert_eq!((page.ends_at, page.ends_for_good), (Some(app.now() + 30 * MINUTE), false));
    let life = app.now() + 12 * HOUR;
    while app.now() < life - 30 * MINUTE {
        app.clock.forward(25 * MINUTE);
        browser.press("session", "session", "extend").await;
    }
    let page = browser.look(Flow::Session).await;
    assert_eq!((page.ends_at, page.ends_for_good), (Some(life), true));
    assert_eq!(browser.press("session", "session", "extend").await.ends_at, Some(life));
});

on_both!(asvs_7_3_1_the_account_page_that_looks_by_itself_does_not_extend_the_session, async |app| {
    let browser = app.signed_in(TARO).await;
    app.clock.forward(20 * MINUTE);
    assert_eq!(browser.get("/portal/account").await.status, 200);
    let end = app.now() + 30 * MINUTE;
    for _ in 0..2 {
        assert_eq!(
            browser.look(Flow::Account).await.ends_at,
            Some(end),
            "opening it was a sign of somebody being there"
        );
        app.clock.at(end - 1);
    }
    app.clock.at(end);
    let answer = browser.post_raw("/api/view", CALL, encoded(&Flow::Account)).await;
    assert_eq!((answer.status, answer.fault()), (401, Fault::SignedOut));
});

on_both!(a_browser_that_signs_in_stays_known_for_another_year, async |app| {
    let (browser, code) = app.at_code(TARO).await;
    let mark = browser.cookie("__Host-browser").expect("a mark");
    let answer = browser.ask("sign-in", &[("step", "code"), ("code", &code)]).await;
    let renewed = answer.cookies().into_iter().find(|line| line.starts_with("__Host-browser=")).expect("the mark");
    assert!(!renewed.contains(&mark) && renewed.contains("Max-Age=31536000"), "{renewed}");
});

on_both!(who_saw_a_browsers_mark_before_it_signed_in_is_not_taken_for_it, async |app| {
    let owner = app.signed_in(TARO).await;
    owner.post_form("/sign-out", &[]).await;
    let seen = owner.cookie("__Host-browser").expect("a mark");
    app.account(KAZUO).await;
    app.clock.forward(MINUTE);
    app.sign_in(&owner, KAZUO).await;
    owner.post_form("/sign-out", &[]).await;
    let thief = app.browser();
    thief.set_cookie("__Host-browser", &seen);
    for _ in 0..5 {
        thief.password(TARO.email, WRONG_PASSWORD).await;
    }
    app.sign_in(&owner, TARO).await;
});
