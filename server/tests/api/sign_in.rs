//! The first step of sign-in: what is answered to whom (spec section 4, Sign-in).

use crate::support::*;

on_both!(password_then_code_leads_to_the_portal, async |app| {
    app.account(TARO).await;
    let browser = app.browser();
    let page = browser.password(TARO.email, PASSWORD).await;
    let Screen::Code(wait) = page.screen else { panic!("{}", step(&page)) };
    assert_eq!(
        (wait.nth, wait.valid_until, wait.resend_at),
        (1, app.now() + 5 * MINUTE, Some(app.now() + 30 * SECOND))
    );
    assert_eq!(browser.get("/portal").await.status, 303, "the password alone opens nothing");
    let code = app.code(TARO.email).await;
    assert_eq!(browser.type_code(&code).await.redirect_to.as_deref(), Some("/portal"));
    assert_eq!(browser.get("/portal").await.status, 200);
    assert_eq!(browser.get("/sign-in").await.header("location"), "/portal", "who is in needs no form");
});

/// What a browser without script gets to see: statuses, headers, length of the page, and the problem.
async fn answered(app: &TestApp, user_id: &str, password: &str) -> (u16, Vec<String>, u16, Vec<String>, usize) {
    let browser = app.browser();
    let fields = [("step", "sign-in"), ("user_id", user_id), ("password", password)];
    let posted = browser.post_form("/sign-in", &fields).await;
    assert!(posted.then.text().contains("value=\""));
    let names = |answer: &Answer| answer.headers.keys().map(|name| name.as_str().to_owned()).collect::<Vec<_>>();
    let length = posted.then.text().len();
    (posted.first.status, names(&posted.first), posted.then.status, names(&posted.then), length)
}

on_both!(asvs_6_3_8_known_unknown_unconfirmed_and_not_enrolled_look_the_same_open_and_locked, async |app| {
    app.account(TARO).await;
    app.browser().enrol(NOBU).await;
    // As long as each other, as the page shows what was typed.
    let ids = [TARO.email, "none@example.jp", NOBU.email, CHIE.email];
    assert!(ids.iter().all(|id| id.len() == TARO.email.len()));
    let mut open = Vec::new();
    for (user_id, password) in ids.into_iter().zip([WRONG_PASSWORD, WRONG_PASSWORD, PASSWORD, PASSWORD]) {
        open.push(answered(app, user_id, password).await);
    }
    assert!(open.windows(2).all(|pair| pair[0] == pair[1]), "{open:?}");
    for user_id in ids {
        for _ in 0..4 {
            app.browser().password(user_id, WRONG_PASSWORD).await;
        }
    }
    let mut locked = Vec::new();
    for user_id in ids {
        let page = app.browser().password(user_id, PASSWORD).await;
        assert_eq!(problem(&page), Problem::LockedUntil(app.now() + MINUTE), "{user_id}");
        locked.push(answered(app, user_id, PASSWORD).await);
    }
    assert!(locked.windows(2).all(|pair| pair[0] == pair[1]), "{locked:?}");
});

on_both!(what_cannot_be_a_user_id_is_told_at_its_field, async |app| {
    let browser = app.browser();
    let fields = |page: &Page| {
        page.problems.iter().map(|found| (found.field.unwrap(), found.problem.clone())).collect::<Vec<_>>()
    };
    assert_eq!(
        fields(&browser.password("", "").await),
        [(Field::UserId, Problem::Empty), (Field::Password, Problem::Empty)]
    );
    assert_eq!(fields(&browser.password("taro", "x").await), [(Field::UserId, Problem::NoAt)]);
    assert_eq!(fields(&browser.password("ta ro@example.jp", "x").await), [(Field::UserId, Problem::Space)]);
    assert_eq!(
        app.number("SELECT COUNT(*) FROM counters WHERE key NOT LIKE 'flows-from-address:%'").await,
        0,
        "and is not a wrong password"
    );
    let page = browser.password("a\u{0}b@example.jp", "x").await;
    assert_eq!(fields(&page), [(Field::UserId, Problem::Shape)], "NUL, which PostgreSQL cannot keep");
});

on_both!(a_second_press_of_the_password_button_sends_no_second_code, async |app| {
    app.account(TARO).await;
    let browser = app.browser();
    browser.password(TARO.email, PASSWORD).await;
    let page = browser.password(TARO.email, PASSWORD).await;
    assert_eq!((step(&page), page.notice), ("code", Some(Notice::Stale)));
    assert_eq!(app.kinds(TARO.email).await, ["auth-code"]);
});

on_both!(signing_in_anew_after_the_end_needs_both_steps_again, async |app| {
    let browser = app.signed_in(TARO).await;
    browser.post_form("/sign-out", &[]).await;
    assert_eq!(browser.look(Flow::SignIn).await.screen, Screen::SignIn { user_id: String::new(), enrolling: false });
    assert_eq!(browser.get("/portal").await.header("location"), "/sign-in");
    app.clock.forward(MINUTE);
    app.sign_in(&browser, TARO).await;
    assert_eq!(browser.get("/portal").await.status, 200);
});

on_both!(asvs_6_3_5_the_owner_is_told_of_a_lock_and_of_a_sign_in_after_it, async |app| {
    app.account(TARO).await;
    let stranger = app.browser();
    for _ in 0..4 {
        stranger.password(TARO.email, WRONG_PASSWORD).await;
    }
    assert!(app.kinds(TARO.email).await.is_empty());
    stranger.password(TARO.email, WRONG_PASSWORD).await;
    assert_eq!(app.kinds(TARO.email).await, ["sign-in-locked"]);
    for _ in 0..3 {
        stranger.password(TARO.email, WRONG_PASSWORD).await;
    }
    assert_eq!(app.kinds(TARO.email).await, ["sign-in-locked"], "one notice a lock");
    app.clock.forward(MINUTE);
    app.sign_in(&app.browser(), TARO).await;
    assert_eq!(app.kinds(TARO.email).await.iter().filter(|kind| *kind == "sign-in-after-failures").count(), 1);
});

on_both!(the_history_shows_sign_ins_and_failures, async |app| {
    let browser = app.signed_in(TARO).await;
    app.browser().password(TARO.email, WRONG_PASSWORD).await;
    let count = app.number("SELECT COUNT(*) FROM audit WHERE event = 'authn_login_success'").await;
    assert_eq!((count, app.number("SELECT COUNT(*) FROM audit WHERE event = 'authn_login_fail'").await), (1, 1));
    assert!(browser.get("/portal/account").await.text().contains("iPhone"));
});

on_both!(a_stale_password_is_not_even_looked_at, async |app| {
    let (browser, code) = app.at_code(TARO).await;
    browser.call("sign-in", &[("step", "x")]).await;
    let before = app.all_rows().await;
    for password in [WRONG_PASSWORD, PASSWORD] {
        let page = browser.password(TARO.email, password).await;
        assert_eq!((step(&page), page.notice), ("code", Some(Notice::Stale)));
    }
    assert_eq!(app.all_rows().await, before);
    assert_eq!(browser.type_code(&code).await.redirect_to.as_deref(), Some("/portal"));
});
