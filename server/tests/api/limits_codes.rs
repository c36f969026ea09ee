//! The limits of the second step (spec section 7): resends, tries over all codes, ten wrong ones a day, ten minutes.

use crate::support::*;

on_both!(asvs_6_3_1_codes_are_resent_30_seconds_apart_and_five_times_at_most, async |app| {
    let (browser, _) = app.at_code(TARO).await;
    let mut sent_at = app.now();
    for _ in 0..5 {
        app.clock.at(sent_at + 30 * SECOND - 1);
        assert_eq!(
            problem(&browser.press("sign-in", "code", "resend").await),
            Problem::ResendAt(sent_at + 30 * SECOND)
        );
        app.clock.forward(1);
        let page = browser.press("sign-in", "code", "resend").await;
        assert_eq!(problems(&page), []);
        sent_at = app.now();
        app.work().await;
    }
    app.clock.forward(MINUTE);
    let page = browser.press("sign-in", "code", "resend").await;
    assert_eq!(problem(&page), Problem::ResendOver);
    assert!(matches!(page.screen, Screen::Code(CodeWait { resend_at: None, nth: 6, .. })));
    assert_eq!(app.mails(TARO.email).await.len(), 6);
});

on_both!(asvs_6_3_1_a_resend_never_gives_tries_back, async |app| {
    let (browser, first) = app.at_code(TARO).await;
    let mut codes = vec![first];
    for left in [4, 3, 2, 1] {
        let known: Vec<_> = codes.iter().map(String::as_str).collect();
        assert_eq!(problem(&browser.type_code(&wrong_code(&known)).await), Problem::WrongCode { left });
        app.clock.forward(30 * SECOND);
        browser.press("sign-in", "code", "resend").await;
        codes.push(app.code(TARO.email).await);
    }
    let known: Vec<_> = codes.iter().map(String::as_str).collect();
    assert_eq!(browser.type_code(&wrong_code(&known)).await.screen, Screen::Ended(EndReason::TooManyTries));
    let page = browser.type_code(codes.last().unwrap()).await;
    assert_eq!((page.redirect_to, page.notice), (None, Some(Notice::Stale)));
    assert_eq!(app.sessions().await, 0);
});

on_both!(asvs_6_3_1_ten_wrong_codes_lock_the_second_step_for_30_minutes, async |app| {
    let (browser, code) = app.at_code(TARO).await;
    let other = wrong_code(&[&code]);
    for _ in 0..5 {
        browser.type_code(&other).await;
    }
    let again = app.browser();
    app.clock.forward(HOUR);
    again.password(TARO.email, PASSWORD).await;
    let code = app.code(TARO.email).await;
    for _ in 0..4 {
        again.type_code(&wrong_code(&[&code])).await;
    }
    assert_eq!(step(&app.browser().password(TARO.email, PASSWORD).await), "code", "nine are not ten");
    assert_eq!(
        again.type_code(&wrong_code(&[&code])).await.screen,
        Screen::Ended(EndReason::AccountWait(app.now() + 30 * MINUTE))
    );
    let until = app.now() + 30 * MINUTE;
    let mails = app.mails(TARO.email).await.len();
    app.clock.at(until - 1);
    let waiting = app.browser();
    assert_eq!(waiting.password(TARO.email, PASSWORD).await.screen, Screen::Ended(EndReason::AccountWait(until)));
    assert_eq!(app.mails(TARO.email).await.len(), mails, "no code while it is locked");
    app.clock.at(until);
    app.sign_in(&app.browser(), TARO).await;
});

on_both!(asvs_6_3_1_a_locked_second_step_is_locked_in_every_attempt_under_way, async |app| {
    let (open, first) = app.at_code(TARO).await;
    let open_too = app.browser();
    open_too.password(TARO.email, PASSWORD).await;
    let second = app.code(TARO.email).await;
    for _ in 0..2 {
        let browser = app.browser();
        browser.password(TARO.email, PASSWORD).await;
        let code = app.code(TARO.email).await;
        for _ in 0..5 {
            browser.type_code(&wrong_code(&[&code])).await;
        }
    }
    let until = app.now() + 30 * MINUTE;
    assert_eq!(
        open.type_code(&wrong_code(&[&first])).await.screen,
        Screen::Ended(EndReason::AccountWait(until)),
        "a wrong one does not lift the lock"
    );
    assert_eq!(
        open_too.type_code(&second).await.screen,
        Screen::Ended(EndReason::AccountWait(until)),
        "nor does a right one pass"
    );
    assert_eq!(app.browser().password(TARO.email, PASSWORD).await.screen, Screen::Ended(EndReason::AccountWait(until)));
    assert_eq!(app.sessions().await, 0);
});

/// Types wrong codes, in as many sign-ins as that takes, until the last answer is the end of one; returns it.
async fn wrong_codes(app: &TestApp, times: u32) -> Page {
    let browser = app.browser();
    let mut page = browser.password(TARO.email, PASSWORD).await;
    for _ in 0..times {
        if let Screen::Ended(EndReason::AccountWait(until)) = page.screen {
            app.clock.at(until);
        }
        if step(&page) != "code" {
            app.clock.forward(HOUR);
            browser.password(TARO.email, PASSWORD).await;
        }
        let code = app.code(TARO.email).await;
        page = browser.type_code(&wrong_code(&[&code])).await;
    }
    page
}

on_both!(asvs_6_3_1_each_further_wrong_code_doubles_the_lock_to_eight_hours_and_fifty_need_a_reset, async |app| {
    app.account(TARO).await;
    wrong_codes(app, 9).await;
    for minutes in [30, 60, 120, 240, 480, 480] {
        let page = wrong_codes(app, 1).await;
        assert_eq!(page.screen, Screen::Ended(EndReason::AccountWait(app.now() + minutes * MINUTE)));
        app.clock.forward(minutes * MINUTE);
    }
    wrong_codes(app, 34).await;
    app.clock.forward(8 * HOUR);
    assert_eq!(wrong_codes(app, 1).await.screen, Screen::Ended(EndReason::ResetRequired));
    app.clock.forward(400 * DAY);
    let owner = app.browser();
    let page = owner.password(TARO.email, PASSWORD).await;
    assert_eq!(page.screen, Screen::Ended(EndReason::ResetRequired), "waiting does not help");
    let shown = owner.get("/sign-in").await.text();
    assert!(shown.contains("パスワードの再設定が必要です") && shown.contains("href=\"/password-reset\""));
    let kinds = app.kinds(TARO.email).await;
    let told = |kind: &str| kinds.iter().filter(|found| *found == kind).count();
    assert_eq!((told("sign-in-locked"), told("sign-in-closed")), (5, 1), "one for each lock, not one for each try");
    owner.forget_password(TARO.email).await;
    owner.open(&app.link(TARO.email, "reset-password").await).await;
    assert_eq!(step(&owner.renew(NEW_PASSWORD).await), "link-done");
    app.sign_in_as(&owner, TARO, NEW_PASSWORD).await;
});

on_both!(asvs_6_3_1_a_pause_gives_no_wrong_code_back_and_a_sign_in_gives_all, async |app| {
    app.account(TARO).await;
    for _ in 0..9 {
        wrong_codes(app, 1).await;
        app.clock.forward(40 * DAY);
    }
    assert!(
        matches!(wrong_codes(app, 1).await.screen, Screen::Ended(EndReason::AccountWait(_))),
        "the tenth in a year"
    );
    app.clock.forward(HOUR);
    app.sign_in(&app.browser(), TARO).await;
    app.clock.forward(MINUTE);
    assert_eq!(step(&wrong_codes(app, 1).await), "code", "the count begins anew");
});

on_both!(asvs_6_3_1_who_knows_only_the_password_gets_no_hundred_guesses_however_long_they_try, async |app| {
    app.account(TARO).await;
    let mut judged = 0;
    for _ in 0..150 {
        let before = app.number("SELECT COUNT(*) FROM audit WHERE event = 'authn_login_fail'").await;
        let page = wrong_codes(app, 1).await;
        judged += app.number("SELECT COUNT(*) FROM audit WHERE event = 'authn_login_fail'").await - before;
        if page.screen == Screen::Ended(EndReason::ResetRequired) {
            break;
        }
        app.clock.forward(9 * HOUR);
    }
    assert_eq!(judged, 50);
    assert_eq!(app.browser().password(TARO.email, PASSWORD).await.screen, Screen::Ended(EndReason::ResetRequired));
});

on_both!(asvs_6_3_1_many_wrong_codes_at_once_cannot_outrun_the_lock, async |app| {
    app.account(TARO).await;
    let browsers: Vec<_> = (0..12).map(|_| app.browser()).collect();
    let mut codes = Vec::new();
    for browser in &browsers {
        browser.password(TARO.email, PASSWORD).await;
        codes.push(app.code(TARO.email).await);
    }
    let known: Vec<_> = codes.iter().map(String::as_str).collect();
    let wrong = wrong_code(&known);
    for _ in 0..4 {
        futures::future::join_all(browsers.iter().map(|browser| browser.type_code(&wrong))).await;
    }
    assert_eq!(app.number("SELECT MAX(n) FROM counters WHERE key LIKE 'wrong-codes:%'").await, 10);
    assert_eq!(app.kinds(TARO.email).await.iter().filter(|kind| *kind == "sign-in-locked").count(), 1);
});

on_both!(between_password_and_code_there_are_ten_minutes, async |app| {
    let (browser, _) = app.at_code(TARO).await;
    let began = app.now();
    app.clock.at(began + 10 * MINUTE - 1);
    browser.press("sign-in", "code", "resend").await;
    let code = app.code(TARO.email).await;
    app.clock.at(began + 10 * MINUTE);
    assert_eq!(browser.look(Flow::SignIn).await.screen, Screen::Ended(EndReason::TimedOut));
    assert_eq!(browser.type_code(&code).await.screen, Screen::Ended(EndReason::TimedOut));
    assert_eq!(app.sessions().await, 0);
    assert_eq!(step(&browser.press("sign-in", "over", "restart").await), "sign-in");
    app.sign_in(&browser, TARO).await;
});

on_both!(a_reset_lifts_the_lock_of_wrong_codes, async |app| {
    app.account(TARO).await;
    for _ in 0..2 {
        let browser = app.browser();
        browser.password(TARO.email, PASSWORD).await;
        let wrong = wrong_code(&[&app.code(TARO.email).await]);
        for _ in 0..5 {
            browser.type_code(&wrong).await;
        }
        app.clock.forward(SECOND);
    }
    let page = app.browser().password(TARO.email, PASSWORD).await;
    assert!(matches!(page.screen, Screen::Ended(EndReason::AccountWait(_))), "{}", step(&page));
    let owner = app.browser();
    owner.forget_password(TARO.email).await;
    owner.open(&app.link(TARO.email, "reset-password").await).await;
    assert_eq!(step(&owner.renew(NEW_PASSWORD).await), "link-done");
    app.sign_in_as(&owner, TARO, NEW_PASSWORD).await;
});

on_both!(asvs_6_3_1_twenty_codes_an_hour_are_mailed_to_an_account_over_all_its_sign_ins, async |app| {
    app.account(TARO).await;
    let began = app.now();
    for _ in 0..20 {
        assert_eq!(step(&app.browser().password(TARO.email, PASSWORD).await), "code");
    }
    let browser = app.browser();
    let page = browser.password(TARO.email, PASSWORD).await;
    assert_eq!((step(&page), problem(&page)), ("sign-in", Problem::MailsUntil(began + HOUR)));
    assert_eq!(app.kinds(TARO.email).await, vec!["auth-code"; 20]);
    app.clock.at(began + HOUR);
    assert_eq!(step(&browser.password(TARO.email, PASSWORD).await), "code");
});

on_both!(asvs_6_3_5_the_owner_is_told_when_wrong_codes_lock_the_account, async |app| {
    app.account(TARO).await;
    for _ in 0..2 {
        let browser = app.browser();
        browser.password(TARO.email, PASSWORD).await;
        let wrong = wrong_code(&[&app.code(TARO.email).await]);
        assert!(!app.kinds(TARO.email).await.contains(&"sign-in-locked".to_owned()));
        for _ in 0..5 {
            browser.type_code(&wrong).await;
        }
        app.clock.forward(SECOND);
    }
    assert_eq!(app.kinds(TARO.email).await.iter().filter(|kind| *kind == "sign-in-locked").count(), 1);
});
