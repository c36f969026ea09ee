//! Enrolment, inquiry and reset: the answer to a press is lost, and the press is made again.

use super::{WAYS, at_first_step, identity, press, press_in_vain};
use crate::support::*;
use futures::future::join_all;

on_both!(when_the_answer_to_the_right_identity_is_lost_one_more_press_goes_on, async |app| {
    app.account(KAZUO).await;
    for (nth, (script, after_an_error)) in WAYS.into_iter().flat_map(|way| WAYS.map(|error| (way, error))).enumerate() {
        let (browser, page) = at_first_step(app, Flow::Enrol, after_an_error).await;
        press_in_vain(&browser, &page, script, &identity(TARO)).await;
        let page = press(&browser, &page, script, &identity(TARO)).await;
        assert_eq!((step(&page), page.notice), ("password", Some(Notice::Resumed)), "{script} {after_an_error}");
        assert!(browser.get("/enrol").await.text().contains("前の送信を受け付けていました"));
        assert_eq!(step(&press(&browser, &page, script, &[("new_password", PASSWORD)]).await), "mail");
        app.clock.forward(HOUR);

        let (browser, page) = at_first_step(app, Flow::UserId, after_an_error).await;
        press_in_vain(&browser, &page, script, &identity(KAZUO)).await;
        let page = press(&browser, &page, script, &identity(KAZUO)).await;
        assert_eq!((step(&page), page.notice), ("shown", Some(Notice::Resumed)), "{script} {after_an_error}");
        let notices = app.kinds(KAZUO.email).await.into_iter().filter(|kind| kind == "user-id-notice").count();
        assert_eq!(notices, nth + 1, "one press, one notice");
        app.clock.forward(HOUR);
    }
});

on_both!(when_that_answer_is_lost_and_the_page_is_opened_anew_it_says_so, async |app| {
    let (browser, page) = at_first_step(app, Flow::Enrol, true).await;
    press_in_vain(&browser, &page, true, &identity(TARO)).await;
    let page = browser.look(Flow::Enrol).await;
    assert_eq!((step(&page), page.notice), ("identity", Some(Notice::AnswerLost)));
    assert!(page.old_input.is_empty(), "what was typed before is not shown to whoever merely knows the old token");
    assert_eq!(step(&press(&browser, &page, true, &identity(TARO)).await), "password");
});

on_both!(of_many_presses_of_the_identity_button_at_once_all_lead_to_the_same_procedure, async |app| {
    for after_an_error in WAYS {
        let (browser, page) = at_first_step(app, Flow::Enrol, after_an_error).await;
        let tabs: Vec<_> = (0..16).map(|_| browser.copy()).collect();
        let fields = identity(TARO);
        let pages = join_all(tabs.iter().map(|tab| press(tab, &page, true, &fields))).await;
        let references: std::collections::BTreeSet<_> = pages.iter().map(|page| page.reference.clone()).collect();
        assert!(pages.iter().all(|page| step(page) == "password") && references.len() == 1, "{references:?}");
        for tab in &tabs {
            assert_eq!(step(&tab.look(Flow::Enrol).await), "password");
        }
        app.clock.forward(HOUR);
    }
});

on_both!(when_the_answer_at_a_later_step_of_an_enrolment_is_lost_one_more_press_shows_the_step_reached, async |app| {
    for (who, script) in [(TARO, true), (NOBU, false)] {
        let browser = app.browser();
        let page = browser.identify("enrol", who).await;
        press_in_vain(&browser, &page, script, &[("new_password", PASSWORD)]).await;
        let page = press(&browser, &page, script, &[("new_password", PASSWORD)]).await;
        assert_eq!((step(&page), page.notice), ("mail", Some(Notice::Stale)));
        assert_eq!(app.kinds(who.email).await, ["confirm-enrolment"]);
        app.clock.forward(MINUTE);
        press_in_vain(&browser, &page, script, &[("act", "resend")]).await;
        let page = press(&browser, &page, script, &[("act", "resend")]).await;
        assert_eq!(problem(&page), Problem::ResendAt(app.now() + 30 * SECOND));
        assert_eq!(app.kinds(who.email).await.len(), 2);
        let other = app.browser();
        other.open(&app.link(who.email, "confirm-enrolment").await).await;
        other.confirm().await;
        let page = browser.look(Flow::Enrol).await;
        press_in_vain(&browser, &page, script, &[]).await;
        let page = press(&browser, &page, script, &[]).await;
        assert_eq!(page.redirect_to.as_deref(), Some("/sign-in"));
        let sign_in = browser.look(Flow::SignIn).await;
        assert_eq!(sign_in.screen, Screen::SignIn { user_id: who.email.into(), enrolling: true });
        let rows = app.number("SELECT COUNT(*) FROM flows WHERE kind = 'sign-in'").await;
        browser.call("enrol", &[("step", "created")]).await;
        assert_eq!(app.number("SELECT COUNT(*) FROM flows WHERE kind = 'sign-in'").await, rows, "it is there");
    }
});

on_both!(when_the_answer_that_leads_on_from_an_inquiry_is_lost_one_more_press_leads_on, async |app| {
    app.account(KAZUO).await;
    for script in WAYS {
        let browser = app.browser();
        let page = browser.identify("user-id", KAZUO).await;
        press_in_vain(&browser, &page, script, &[]).await;
        assert_eq!(press(&browser, &page, script, &[]).await.redirect_to.as_deref(), Some("/sign-in"));
        let screen = browser.look(Flow::SignIn).await.screen;
        assert_eq!(screen, Screen::SignIn { user_id: KAZUO.email.into(), enrolling: false });
        let page = browser.identify("user-id", KAZUO).await;
        assert_eq!(step(&page), "over", "it is done");

        let browser = app.browser();
        let page = browser.identify("user-id", TARO).await;
        press_in_vain(&browser, &page, script, &[]).await;
        assert_eq!(press(&browser, &page, script, &[]).await.redirect_to.as_deref(), Some("/enrol"));
        assert_eq!(step(&browser.look(Flow::Enrol).await), "password");
        let rows = app.number("SELECT COUNT(*) FROM flows WHERE kind = 'enrol'").await;
        browser.call("user-id", &[("step", "not-enrolled")]).await;
        assert_eq!(app.number("SELECT COUNT(*) FROM flows WHERE kind = 'enrol'").await, rows, "it is there");
        app.clock.forward(30 * MINUTE);
        assert_eq!(browser.call("user-id", &[("step", "not-enrolled")]).await.redirect_to, None, "not for ever");
    }
});

on_both!(when_the_answer_to_a_reset_request_is_lost_one_more_press_shows_that_it_was_taken, async |app| {
    app.account(TARO).await;
    for (nth, (script, after_an_error)) in WAYS.into_iter().flat_map(|way| WAYS.map(|error| (way, error))).enumerate() {
        let (browser, page) = at_first_step(app, Flow::PasswordReset, after_an_error).await;
        press_in_vain(&browser, &page, script, &[("user_id", TARO.email)]).await;
        let page = press(&browser, &page, script, &[("user_id", TARO.email)]).await;
        assert_eq!((step(&page), page.notice), ("sent", Some(Notice::Stale)));
        assert_eq!(app.kinds(TARO.email).await.len(), nth + 1, "one mail");
        app.clock.forward(HOUR);
    }
});
