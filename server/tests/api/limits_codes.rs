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
    assert_eq!(browser.type_code(&wrong_code(&known)).await.screen, Screen::Over(Over::TooManyTries));
    let page = browser.type_code(codes.last().unwrap()).await;
    assert_eq!((page.leave, page.notice), (None, Some(Notice::Stale)));
    assert_eq!(app.sessions().await, 0);
});

on_both!(asvs_6_3_1_ten_wrong_codes_in_a_day_lock_the_second_step_for_30_minutes, async |app| {
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
        Screen::Over(Over::AccountWait(app.now() + 30 * MINUTE))
    );
    let until = app.now() + 30 * MINUTE;
    let mails = app.mails(TARO.email).await.len();
    app.clock.at(until - 1);
    let waiting = app.browser();
    assert_eq!(waiting.password(TARO.email, PASSWORD).await.screen, Screen::Over(Over::AccountWait(until)));
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
        Screen::Over(Over::AccountWait(until)),
        "a wrong one does not lift the lock"
    );
    assert_eq!(
        open_too.type_code(&second).await.screen,
        Screen::Over(Over::AccountWait(until)),
        "nor does a right one pass"
    );
    assert_eq!(app.browser().password(TARO.email, PASSWORD).await.screen, Screen::Over(Over::AccountWait(until)));
    assert_eq!(app.sessions().await, 0);
});

on_both!(asvs_6_3_1_wrong_codes_are_forgotten_after_a_day, async |app| {
    app.account(TARO).await;
    for round in 0..2 {
        let browser = app.browser();
        browser.password(TARO.email, PASSWORD).await;
        let code = app.code(TARO.email).await;
        for _ in 0..5 - round {
            browser.type_code(&wrong_code(&[&code])).await;
        }
        app.clock.forward(12 * HOUR);
    }
    let browser = app.browser();
    browser.password(TARO.email, PASSWORD).await;
    let code = app.code(TARO.email).await;
    assert_eq!(problem(&browser.type_code(&wrong_code(&[&code])).await), Problem::WrongCode { left: 4 });
    app.sign_in(&app.browser(), TARO).await;
});

on_both!(between_password_and_code_there_are_ten_minutes, async |app| {
    let (browser, _) = app.at_code(TARO).await;
    let began = app.now();
    app.clock.at(began + 10 * MINUTE - 1);
    browser.press("sign-in", "code", "resend").await;
    let code = app.code(TARO.email).await;
    app.clock.at(began + 10 * MINUTE);
    assert_eq!(browser.look(Flow::SignIn).await.screen, Screen::Over(Over::TimedOut));
    assert_eq!(browser.type_code(&code).await.screen, Screen::Over(Over::TimedOut));
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
    assert!(matches!(page.screen, Screen::Over(Over::AccountWait(_))), "{}", step(&page));
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
