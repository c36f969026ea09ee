//! Wrong passwords (spec section 7): waits that double, a reset at fifty, and nobody locks the owner out.

use crate::support::*;
use futures::future::join_all;

const UNKNOWN: &str = "nobody@example.jp";

/// Types a wrong password as often as it takes to reach a count, waiting where one has to.
async fn wrong(app: &TestApp, browser: &Browser, user_id: &str, times: u32) -> Problem {
    let mut last = Problem::Empty;
    for _ in 0..times {
        last = problem(&browser.password(user_id, WRONG_PASSWORD).await);
        if let Problem::LockedUntil(until) = last {
            app.clock.at(until);
        }
    }
    last
}

on_both!(asvs_6_3_1_five_wrong_passwords_wait_a_minute_and_the_wait_doubles_to_30, async |app| {
    app.account(TARO).await;
    for user_id in [TARO.email, UNKNOWN] {
        let stranger = app.browser();
        for _ in 0..4 {
            assert_eq!(problem(&stranger.password(user_id, WRONG_PASSWORD).await), Problem::WrongPassword, "{user_id}");
        }
        for minutes in [1, 2, 4, 8, 16, 30, 30] {
            let until = app.now() + minutes * MINUTE;
            assert_eq!(
                problem(&stranger.password(user_id, WRONG_PASSWORD).await),
                Problem::LockedUntil(until),
                "{user_id}"
            );
            app.clock.at(until - 1);
            for password in [WRONG_PASSWORD, PASSWORD] {
                assert_eq!(
                    problem(&app.browser().password(user_id, password).await),
                    Problem::LockedUntil(until),
                    "{user_id}: right or wrong"
                );
            }
            app.clock.at(until);
        }
    }
    app.sign_in(&app.browser(), TARO).await;
});

on_both!(four_wrong_passwords_do_not_lock_and_a_right_one_clears_them, async |app| {
    app.account(TARO).await;
    for _ in 0..2 {
        let browser = app.browser();
        assert_eq!(wrong(app, &browser, TARO.email, 4).await, Problem::WrongPassword);
        let page = browser.password(TARO.email, PASSWORD).await;
        assert_eq!(step(&page), "code");
    }
});

on_both!(asvs_6_3_1_fifty_wrong_passwords_in_a_row_need_a_reset, async |app| {
    app.account(TARO).await;
    for user_id in [TARO.email, UNKNOWN] {
        let stranger = app.browser();
        assert!(matches!(wrong(app, &stranger, user_id, 49).await, Problem::LockedUntil(_)), "{user_id}");
        assert_eq!(wrong(app, &stranger, user_id, 1).await, Problem::ResetRequired, "{user_id}");
        app.clock.forward(7 * DAY);
        assert_eq!(
            problem(&app.browser().password(user_id, PASSWORD).await),
            Problem::ResetRequired,
            "{user_id}: waiting does not help"
        );
    }
    let owner = app.browser();
    owner.forget_password(TARO.email).await;
    owner.open(&app.link(TARO.email, "reset-password").await).await;
    assert_eq!(step(&owner.renew(NEW_PASSWORD).await), "link-done");
    app.sign_in_as(&owner, TARO, NEW_PASSWORD).await;
});

on_both!(forty_nine_wrong_passwords_and_a_right_one_sign_in, async |app| {
    app.account(TARO).await;
    let browser = app.browser();
    wrong(app, &browser, TARO.email, 49).await;
    assert_eq!(step(&browser.password(TARO.email, PASSWORD).await), "code");
    assert_eq!(wrong(app, &app.browser(), TARO.email, 1).await, Problem::WrongPassword, "and the count begins anew");
});

on_both!(asvs_6_3_1_a_stranger_cannot_lock_the_owner_out, async |app| {
    let owner = app.signed_in(TARO).await;
    owner.post_form("/sign-out", &[]).await;
    let stranger = app.browser();
    assert_eq!(wrong(app, &stranger, TARO.email, 50).await, Problem::ResetRequired);
    assert_eq!(
        problem(&app.browser().password(TARO.email, PASSWORD).await),
        Problem::ResetRequired,
        "any unknown browser"
    );
    app.sign_in(&owner, TARO).await;
    assert_eq!(owner.get("/portal").await.status, 200);
});

on_both!(the_owners_browser_has_a_count_of_its_own, async |app| {
    let owner = app.signed_in(TARO).await;
    owner.post_form("/sign-out", &[]).await;
    for _ in 0..4 {
        owner.password(TARO.email, WRONG_PASSWORD).await;
    }
    let until = app.now() + MINUTE;
    assert_eq!(problem(&owner.password(TARO.email, WRONG_PASSWORD).await), Problem::LockedUntil(until));
    assert_eq!(problem(&owner.password(TARO.email, PASSWORD).await), Problem::LockedUntil(until));
    assert_eq!(step(&app.browser().password(TARO.email, PASSWORD).await), "code", "others are not concerned");
    app.account(KAZUO).await;
    assert_eq!(step(&owner.password(KAZUO.email, PASSWORD).await), "code", "nor are other accounts in this browser");
});

on_both!(knowing_one_account_makes_a_browser_no_friend_of_another, async |app| {
    let taro = app.signed_in(TARO).await;
    taro.post_form("/sign-out", &[]).await;
    app.account(KAZUO).await;
    wrong(app, &app.browser(), KAZUO.email, 4).await;
    let page = taro.password(KAZUO.email, WRONG_PASSWORD).await;
    assert!(matches!(problem(&page), Problem::LockedUntil(_)), "counted with the other strangers'");
});

on_both!(asvs_6_3_1_many_wrong_passwords_at_once_cannot_outrun_the_count, async |app| {
    app.account(TARO).await;
    let browsers: Vec<_> = (0..32).map(|_| app.browser()).collect();
    join_all(browsers.iter().map(|browser| browser.password(TARO.email, WRONG_PASSWORD))).await;
    let counted = app.number("SELECT MAX(n) FROM counters WHERE key LIKE 'wrong-passwords:%'").await;
    assert_eq!(counted, 5, "the sixth was not looked at");
});

on_both!(a_user_id_is_counted_in_every_spelling, async |app| {
    app.account(TARO).await;
    for user_id in ["taro@example.jp", "TARO@example.jp", " taro@Example.JP", "Taro@EXAMPLE.jp"] {
        assert_eq!(problem(&app.browser().password(user_id, WRONG_PASSWORD).await), Problem::WrongPassword);
    }
    assert!(matches!(
        problem(&app.browser().password("tarO@example.jp", WRONG_PASSWORD).await),
        Problem::LockedUntil(_)
    ));
});

on_both!(counts_survive_a_restart_and_hold_on_every_node, async |app| {
    app.account(TARO).await;
    wrong(app, &app.browser(), TARO.email, 4).await;
    let other = app.another(|_| {}).await;
    assert!(matches!(problem(&other.browser().password(TARO.email, WRONG_PASSWORD).await), Problem::LockedUntil(_)));
    other.end().await;
});

on_both!(asvs_6_3_1_the_owners_sign_in_gives_strangers_no_try_back_and_tells_once, async |app| {
    let owner = app.signed_in(TARO).await;
    owner.post_form("/sign-out", &[]).await;
    assert_eq!(wrong(app, &app.browser(), TARO.email, 50).await, Problem::ResetRequired);
    for _ in 0..2 {
        app.sign_in(&owner, TARO).await;
        owner.post_form("/sign-out", &[]).await;
        app.clock.forward(MINUTE);
        assert_eq!(problem(&app.browser().password(TARO.email, PASSWORD).await), Problem::ResetRequired);
    }
    let told = app.kinds(TARO.email).await.into_iter().filter(|kind| kind == "sign-in-after-failures").count();
    assert_eq!(told, 1, "of the same failures the owner is told once");
});

/// How often the owner was told of wrong passwords with a sign-in.
async fn told(app: &TestApp) -> usize {
    app.kinds(TARO.email).await.into_iter().filter(|kind| kind == "sign-in-after-failures").count()
}

on_both!(whoever_guesses_a_password_and_has_no_code_hides_no_wrong_ones_from_the_owner, async |app| {
    let owner = app.signed_in(TARO).await;
    owner.post_form("/sign-out", &[]).await;
    for _ in 0..2 {
        wrong(app, &app.browser(), TARO.email, 3).await;
        assert_eq!(step(&app.browser().password(TARO.email, PASSWORD).await), "code");
    }
    app.clock.forward(MINUTE);
    app.sign_in(&owner, TARO).await;
    assert_eq!(told(app).await, 1);
    owner.post_form("/sign-out", &[]).await;
    app.clock.forward(MINUTE);
    app.sign_in(&owner, TARO).await;
    assert_eq!(told(app).await, 1, "of the same ones once");
});

on_both!(wrong_passwords_that_follow_those_the_owner_was_told_of_are_told_too, async |app| {
    let owner = app.signed_in(TARO).await;
    owner.post_form("/sign-out", &[]).await;
    for round in 1..=3 {
        wrong(app, &app.browser(), TARO.email, 6).await;
        app.clock.forward(HOUR);
        app.sign_in(&owner, TARO).await;
        owner.post_form("/sign-out", &[]).await;
        assert_eq!(told(app).await, round, "by a browser that is known");
        app.clock.forward(MINUTE);
        app.sign_in(&app.browser(), TARO).await;
        assert_eq!(told(app).await, round, "a new browser sets the count back, and finds nothing that is new");
    }
});

on_both!(a_password_from_a_form_of_another_procedure_is_not_counted, async |app| {
    app.account(TARO).await;
    let browser = app.browser();
    let first = browser.password(TARO.email, WRONG_PASSWORD).await.reference.expect("a reference number");
    browser.password(TARO.email, PASSWORD).await;
    browser.press("sign-in", "code", "abandon").await;
    browser.password(TARO.email, WRONG_PASSWORD).await;
    let before = app.all_rows().await;
    for password in [WRONG_PASSWORD, PASSWORD] {
        let fields = [("step", "sign-in"), ("reference", &first), ("user_id", TARO.email), ("password", password)];
        assert_eq!(browser.call("sign-in", &fields).await.notice, Some(Notice::Stale));
    }
    assert_eq!(app.all_rows().await, before);
});

on_both!(
    a_right_password_is_let_in_whatever_its_address_has_done,
    with | settings | settings.limits.sign_in_per_address = 6,
    async |app| {
        let owner = app.signed_in(TARO).await;
        owner.post_form("/sign-out", &[]).await;
        app.account(KAZUO).await;
        for nth in 0..12 {
            let user_id = format!("nobody{nth}@example.jp");
            assert_eq!(problem(&app.browser().password(&user_id, WRONG_PASSWORD).await), Problem::WrongPassword);
        }
        assert_eq!(step(&app.browser().password(KAZUO.email, PASSWORD).await), "code");
        assert_eq!(problem(&app.browser().password(KAZUO.email, WRONG_PASSWORD).await), Problem::WrongPassword);
        app.sign_in(&owner, TARO).await;
    }
);

on_both!(the_owner_is_told_again_when_the_account_is_closed_to_strangers, async |app| {
    let owner = app.signed_in(TARO).await;
    owner.post_form("/sign-out", &[]).await;
    assert_eq!(wrong(app, &app.browser(), TARO.email, 50).await, Problem::ResetRequired);
    for _ in 0..3 {
        app.browser().password(TARO.email, WRONG_PASSWORD).await;
    }
    let mails = app.mails(TARO.email).await;
    let told: Vec<_> = mails.iter().filter(|mail| mail.kind.starts_with("sign-in-")).map(|mail| &*mail.kind).collect();
    assert_eq!(told.iter().filter(|kind| **kind == "sign-in-locked").count(), 1, "{told:?}");
    assert_eq!(told.iter().filter(|kind| **kind == "sign-in-closed").count(), 1, "{told:?}");
    let closed = mails.iter().find(|mail| mail.kind == "sign-in-closed").expect("the second notice");
    assert!(closed.text.contains("/password-reset") && closed.text.contains("これまでどおりログインできます"));
    app.sign_in(&owner, TARO).await;
});

on_both!(a_password_typed_into_the_wrong_field_is_nowhere_in_the_clear, async |app| {
    let browser = app.browser();
    let page = browser.password("MySecretPassw0rd-77", "x").await;
    assert_eq!(problem(&page), Problem::NoAt);
    assert_eq!(page.old_input(Field::UserId), "MySecretPassw0rd-77", "it is shown again");
    assert!(!app.rows("flows").await.join("").contains("MySecret"));
});
