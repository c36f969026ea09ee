//! A mailed link and the password change in the portal.

use super::{press, press_in_vain};
use crate::support::*;

on_both!(when_the_answer_to_a_links_button_is_lost_one_more_press_shows_that_it_is_done, async |app| {
    for (who, script) in [(TARO, true), (NOBU, false)] {
        app.browser().enrol(who).await;
        let browser = app.browser();
        let link = app.link(who.email, "confirm-enrolment").await;
        let page = browser.open(&link).await;
        let other = app.browser();
        other.open(&link).await;
        press_in_vain(&browser, &page, script, &[]).await;
        let again = press(&browser, &page, script, &[]).await;
        assert_eq!(step(&again), "link-done");
        assert!(!script || again.notice == Some(Notice::Resumed));
        assert_eq!(
            other.confirm().await.screen,
            Screen::Ended(EndReason::LinkUsed),
            "not where somebody else opened it"
        );
        let done = browser.look(Flow::Link).await;
        press_in_vain(&browser, &done, script, &[]).await;
        assert_eq!(press(&browser, &done, script, &[]).await.redirect_to.as_deref(), Some("/sign-in"));
        assert_eq!(browser.look(Flow::Link).await.screen, Screen::Ended(EndReason::LinkUsed));

        app.clock.forward(MINUTE);
        app.browser().forget_password(who.email).await;
        let browser = app.browser();
        let page = browser.open(&app.link(who.email, "reset-password").await).await;
        press_in_vain(&browser, &page, script, &[("new_password", NEW_PASSWORD)]).await;
        assert_eq!(step(&press(&browser, &page, script, &[("new_password", NEW_PASSWORD)]).await), "link-done");
        assert_eq!(app.kinds(who.email).await.iter().filter(|kind| *kind == "password-changed").count(), 1);
        app.sign_in_as(&app.browser(), who, NEW_PASSWORD).await;
    }
});

on_both!(when_the_answer_to_a_password_change_is_lost_one_more_press_goes_on_in_the_portal, async |app| {
    app.account(TARO).await;
    let mut old = PASSWORD;
    for (script, new) in [(true, NEW_PASSWORD), (false, "Minato$1618xy")] {
        let browser = app.browser();
        app.sign_in_as(&browser, TARO, old).await;
        browser.get("/portal").await;
        let thief = browser.copy();
        let page = browser.look(Flow::Account).await;
        let change = [("password", old), ("new_password", new)];
        press_in_vain(&browser, &page, script, &change).await;
        // Who merely knew the session's token has no part in it.
        let guess = [("step", "change-password"), ("password", old), ("new_password", WRONG_PASSWORD)];
        assert_eq!(thief.ask("account", &guess).await.status, 401);
        let sessions = app.sessions().await;
        assert_eq!(
            press(&browser, &page, script, &change).await.redirect_to.as_deref(),
            Some("/portal/account?changed")
        );
        assert_eq!(app.sessions().await, sessions);
        assert_eq!(browser.get("/portal/account?changed").await.status, 200);
        let known = [("step", "change-password"), ("password", old), ("new_password", new)];
        assert_eq!(thief.ask("account", &known).await.status, 401, "once it has come back it is nobody else's");
        old = new;
        app.clock.forward(MINUTE);
    }
});

on_both!(guesses_of_a_changed_password_are_counted, async |app| {
    let browser = app.signed_in(TARO).await;
    browser.get("/portal").await;
    let page = browser.look(Flow::Account).await;
    press_in_vain(&browser, &page, true, &[("password", PASSWORD), ("new_password", NEW_PASSWORD)]).await;
    let post = async |new: &str| {
        let form = [("step", "change-password"), ("password", PASSWORD), ("new_password", new)];
        browser.copy().ask("account", &form).await.status
    };
    for _ in 0..5 {
        assert_eq!(post(WRONG_PASSWORD).await, 401);
    }
    assert_eq!(post(NEW_PASSWORD).await, 401, "it has to wait");
    app.clock.forward(MINUTE);
    assert_eq!(post(NEW_PASSWORD).await, 200);
});
