//! Flow B: the user ID on screen, a notice by mail, or on to enrolment (spec section 4 B).

use crate::support::*;

on_both!(the_user_id_is_shown_and_a_notice_goes_out_each_time, async |app| {
    app.account(TARO).await;
    for times in 1..=2 {
        let page = app.browser().identify("user-id", TARO).await;
        assert_eq!(page.screen, Screen::UserIdShown { user_id: TARO.email.into(), masked: false });
        assert_eq!(app.kinds(TARO.email).await, vec!["user-id-notice"; times]);
        app.clock.forward(MINUTE);
    }
    assert!(app.mail(TARO.email, "user-id-notice").await.text.contains(TARO.email));
});

on_both!(
    asvs_6_3_8_with_masking_the_screen_hides_what_the_mail_tells,
    with | settings | settings.accounts.mask_user_id = true,
    async |app| {
        app.account(TARO).await;
        let browser = app.browser();
        let page = browser.identify("user-id", TARO).await;
        assert_eq!(page.screen, Screen::UserIdShown { user_id: "t***@e***.jp".into(), masked: true });
        assert!(!browser.get("/user-id").await.text().contains(TARO.email));
        assert!(app.mail(TARO.email, "user-id-notice").await.text.contains(TARO.email));
        let page = browser.call("user-id", &[("step", "shown")]).await;
        assert_eq!(page.redirect_to.as_deref(), Some("/sign-in"));
        assert!(!browser.get("/sign-in").await.text().contains(TARO.email), "nor does the sign-in page tell");
        let other = app.browser();
        other.identify("user-id", KAZUO).await;
        let text = other.get("/user-id").await.text();
        assert!(text.contains("k***@e***.jp") && !text.contains(KAZUO.email));
    }
);

on_both!(from_the_user_id_it_goes_on_to_sign_in_with_the_field_filled, async |app| {
    app.account(TARO).await;
    let browser = app.browser();
    browser.identify("user-id", TARO).await;
    let page = browser.call("user-id", &[("step", "shown")]).await;
    assert_eq!(page.redirect_to.as_deref(), Some("/sign-in"));
    assert_eq!(
        browser.look(Flow::SignIn).await.screen,
        Screen::SignIn { user_id: TARO.email.into(), enrolling: false }
    );
    assert_eq!(browser.look(Flow::UserId).await.screen, Screen::Ended(EndReason::Done));
    assert!(!browser.get("/user-id").await.text().contains(TARO.email));
});

on_both!(whoever_has_no_account_goes_on_to_the_password_without_being_asked_again, async |app| {
    let browser = app.browser();
    let page = browser.identify("user-id", TARO).await;
    assert_eq!(page.screen, Screen::NotEnrolled { user_id: TARO.email.into(), masked: false });
    let page = browser.call("user-id", &[("step", "not-enrolled")]).await;
    assert_eq!(page.redirect_to.as_deref(), Some("/enrol"));
    assert_eq!(step(&browser.look(Flow::Enrol).await), "password");
    assert_eq!(
        browser.look(Flow::UserId).await.screen,
        Screen::Ended(EndReason::WentOn),
        "there is nothing to sign in with yet"
    );
    assert_eq!(step(&browser.choose(PASSWORD).await), "mail");
    browser.open(&app.link(TARO.email, "confirm-enrolment").await).await;
    browser.confirm().await;
    app.sign_in(&browser, TARO).await;
});

on_both!(no_address_and_no_match_are_answered_as_in_enrolment, async |app| {
    assert_eq!(app.browser().identify("user-id", HANAKO).await.screen, Screen::NoEmail);
    let page = app.browser().identify("user-id", Person { kana: "ダレカ", ..TARO }).await;
    assert_eq!((step(&page), problem(&page)), ("identity", Problem::NoMatch));
});

on_both!(the_user_id_does_not_stay_on_an_unattended_screen, async |app| {
    app.account(TARO).await;
    let browser = app.browser();
    browser.identify("user-id", TARO).await;
    app.clock.forward(30 * MINUTE - 1);
    assert_eq!(step(&browser.look(Flow::UserId).await), "shown");
    app.clock.forward(1);
    assert_eq!(browser.look(Flow::UserId).await.screen, Screen::Ended(EndReason::Idle));
    assert!(!browser.get("/user-id").await.text().contains(TARO.email));
});

on_both!(asvs_6_3_1_ten_times_an_hour_a_user_id_is_told_and_then_not_until_the_hour_is_over, async |app| {
    app.account(TARO).await;
    let began = app.now();
    for _ in 0..10 {
        assert_eq!(step(&app.browser().identify("user-id", TARO).await), "shown");
        app.clock.forward(SECOND);
    }
    let page = app.browser().identify("user-id", TARO).await;
    assert_eq!((step(&page), problem(&page)), ("identity", Problem::ToldUntil(began + HOUR)));
    assert_eq!(app.kinds(TARO.email).await.len(), 10, "each time a notice");
    app.clock.at(began + HOUR);
    assert_eq!(step(&app.browser().identify("user-id", TARO).await), "shown");
});
