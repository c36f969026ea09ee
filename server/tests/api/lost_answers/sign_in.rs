//! Sign-in: of whoever presses again one code is mailed and one session opened; who merely knew a token gains nothing.

use super::{WAYS, at_first_step, identity, press, press_in_vain};
use crate::support::*;
use futures::future::join_all;

const OPEN_SESSIONS: &str = "SELECT COUNT(*) FROM sessions WHERE ended_at IS NULL";

on_both!(who_merely_knew_the_token_before_has_no_part_in_what_was_proven_with_it, async |app| {
    app.account(KAZUO).await;
    let (browser, page) = at_first_step(app, Flow::Enrol, true).await;
    let thief = browser.copy();
    press_in_vain(&browser, &page, true, &identity(TARO)).await;
    let gone_on = press(&browser, &page, true, &identity(TARO)).await;
    for fields in [[("step", "password"), ("new_password", NEW_PASSWORD)], [("step", "mail"), ("act", "resend")]] {
        let page = thief.call("enrol", &fields).await;
        assert_eq!((step(&page), page.notice), ("identity", Some(Notice::Stale)));
        assert!(page.old_input.is_empty());
    }
    // With the data of somebody else it is a procedure of its own, under a number of its own.
    let other = press(&thief, &thief.look(Flow::Enrol).await, true, &identity(NOBU)).await;
    let Screen::ChoosePassword(about) = &other.screen else { panic!("{}", step(&other)) };
    assert_eq!(about.user_id, NOBU.email);
    assert_ne!(other.reference, gone_on.reference);
    assert_eq!(browser.look(Flow::Enrol).await.reference, gone_on.reference);

    let (browser, page) = at_first_step(app, Flow::SignIn, true).await;
    let thief = browser.copy();
    let right = [("user_id", KAZUO.email), ("password", PASSWORD)];
    assert_eq!(step(&press(&browser, &page, true, &right).await), "code");
    assert_ne!(browser.cookie("__Host-sign-in"), thief.cookie("__Host-sign-in"), "renewed with the password");
    let code = app.code(KAZUO.email).await;
    let page = thief.type_code(&code).await;
    assert_eq!((step(&page), page.redirect_to), ("sign-in", None));
    assert_eq!(step(&thief.password(KAZUO.email, WRONG_PASSWORD).await), "sign-in");
    assert_eq!(app.sessions().await, 0);
    assert_eq!(browser.type_code(&code).await.redirect_to.as_deref(), Some("/portal"));
});

on_both!(when_the_answer_to_the_right_password_is_lost_one_more_press_goes_on_and_one_code_is_mailed, async |app| {
    app.account(TARO).await;
    let right = [("user_id", TARO.email), ("password", PASSWORD)];
    for (script, after_an_error) in WAYS.into_iter().flat_map(|way| WAYS.map(|error| (way, error))) {
        app.sql("DELETE FROM mailbox").await;
        let (browser, page) = at_first_step(app, Flow::SignIn, after_an_error).await;
        press_in_vain(&browser, &page, script, &right).await;
        let page = press(&browser, &page, script, &right).await;
        assert_eq!((step(&page), page.notice), ("code", Some(Notice::Resumed)), "{script} {after_an_error}");
        assert_eq!(app.mails(TARO.email).await.len(), 1);
        assert_eq!(browser.type_code(&app.code(TARO.email).await).await.redirect_to.as_deref(), Some("/portal"));
        app.clock.forward(MINUTE);
    }
});

on_both!(a_double_press_of_the_password_button_mails_one_code_and_both_answers_can_be_used, async |app| {
    app.account(TARO).await;
    let right = [("user_id", TARO.email), ("password", PASSWORD)];
    for after_an_error in WAYS {
        app.sql("DELETE FROM mailbox").await;
        let (browser, page) = at_first_step(app, Flow::SignIn, after_an_error).await;
        // Five at once would be five tries under way.
        let tabs: Vec<_> = (0..4).map(|_| browser.copy()).collect();
        let pages = join_all(tabs.iter().map(|tab| press(tab, &page, true, &right))).await;
        let steps: Vec<_> = pages.iter().map(|page| (step(page), problems(page))).collect();
        assert!(steps.iter().all(|(step, _)| *step == "code"), "{steps:?}");
        assert_eq!(app.mails(TARO.email).await.len(), 1);
        let code = app.code(TARO.email).await;
        for tab in &tabs {
            assert_eq!(tab.type_code(&code).await.redirect_to.as_deref(), Some("/portal"), "the same sign-in in each");
        }
        assert_eq!(app.number("SELECT COUNT(*) FROM sessions WHERE arrived_at IS NULL").await, 1);
        tabs[0].get("/portal").await;
        app.clock.forward(MINUTE);
    }
});

on_both!(when_the_answer_to_the_right_code_is_lost_the_same_code_opens_the_same_session, async |app| {
    app.account(TARO).await;
    for script in WAYS {
        let browser = app.browser();
        let page = browser.password(TARO.email, PASSWORD).await;
        let code = app.code(TARO.email).await;
        let before = app.sessions().await;
        press_in_vain(&browser, &page, script, &[("code", &code)]).await;
        let page = press(&browser, &page, script, &[("code", &code)]).await;
        assert_eq!(page.redirect_to.as_deref(), Some("/portal"), "{script}");
        assert_eq!(app.sessions().await, before + 1);
        assert_eq!(browser.get("/portal").await.status, 200);
        // The mark that came with the lost answer came with this one: this browser is known.
        let mark = browser.cookie("__Host-browser").unwrap();
        let known =
            format!("SELECT COUNT(*) FROM known_browsers WHERE browser = '{}'", server::secret::token_hash(&mark));
        assert_eq!(app.number(&known).await, 1);
        app.clock.forward(MINUTE);
    }
});

on_both!(
    after_a_lost_answer_to_the_right_code_its_form_stays_until_the_session_comes_back_or_the_code_expires,
    async |app| {
        for (who, comes_back) in [(TARO, true), (KAZUO, false)] {
            let (browser, code) = app.at_code(who).await;
            let lost = browser.copy();
            assert_eq!(browser.type_code(&code).await.redirect_to.as_deref(), Some("/portal"));
            assert_eq!(step(&lost.look(Flow::SignIn).await), "code", "what follows the flow reads no other step");
            assert_eq!(step(&lost.type_code(&wrong_code(&[&code])).await), "code", "a slip");
            if comes_back {
                let again = lost.copy();
                assert_eq!(again.type_code(&code).await.redirect_to.as_deref(), Some("/portal"));
                assert_eq!(again.get("/portal").await.status, 200);
            } else {
                app.clock.forward(5 * MINUTE);
            }
            assert_eq!(step(&lost.look(Flow::SignIn).await), "sign-in", "{comes_back}");
        }
    }
);

on_both!(after_a_lost_answer_to_the_right_code_giving_up_ends_the_sign_in_and_its_session, async |app| {
    app.account(TARO).await;
    for script in WAYS {
        let browser = app.browser();
        let page = browser.password(TARO.email, PASSWORD).await;
        let code = app.code(TARO.email).await;
        press_in_vain(&browser, &page, script, &[("code", &code)]).await;
        let page = press(&browser, &page, script, &[("act", "abandon")]).await;
        assert_eq!((step(&page), page.notice), ("sign-in", None), "{script}");
        assert_eq!(app.number(OPEN_SESSIONS).await, 0, "nobody is left signed in");
        assert_eq!(step(&browser.type_code(&code).await), "sign-in", "the code is of no more use");
        app.clock.forward(MINUTE);
    }
});

on_both!(after_a_lost_answer_to_the_right_code_another_one_is_sent_and_opens_the_only_session, async |app| {
    app.account(TARO).await;
    for script in WAYS {
        let browser = app.browser();
        let page = browser.password(TARO.email, PASSWORD).await;
        let code = app.code(TARO.email).await;
        press_in_vain(&browser, &page, script, &[("code", &code)]).await;
        app.clock.forward(MINUTE);
        let again = press(&browser, &page, script, &[("act", "resend")]).await;
        assert_eq!((step(&again), again.notice), ("code", Some(Notice::Resent(app.now()))), "{script}");
        assert_eq!(app.number(OPEN_SESSIONS).await, 0);
        assert_eq!(problem(&browser.type_code(&code).await), Problem::UsedCode);
        let newer = app.code(TARO.email).await;
        assert_eq!(browser.type_code(&newer).await.redirect_to.as_deref(), Some("/portal"));
        assert_eq!(browser.get("/portal").await.status, 200);
        assert_eq!(app.number(OPEN_SESSIONS).await, 1);
        app.sql("UPDATE sessions SET ended_at = 1, ended_why = 'signed_out'").await;
        app.clock.forward(MINUTE);
    }
});

on_both!(after_a_lost_answer_to_the_right_code_a_slip_is_told_with_the_tries_that_are_left, async |app| {
    let (browser, code) = app.at_code(TARO).await;
    let lost = browser.copy();
    assert_eq!(browser.type_code(&code).await.redirect_to.as_deref(), Some("/portal"));
    assert_eq!(problem(&lost.type_code("12").await), Problem::NotSixDigits);
    let wrong = wrong_code(&[&code]);
    for left in (1..5).rev() {
        assert_eq!(problem(&lost.type_code(&wrong).await), Problem::WrongCode { left });
    }
    assert_eq!(lost.type_code(&code).await.redirect_to.as_deref(), Some("/portal"), "the last one");
});

on_both!(a_used_code_opens_its_session_only_in_its_browser_in_its_time_and_before_the_session_was_used, async |app| {
    let (browser, code) = app.at_code(TARO).await;
    let stranger = app.browser();
    stranger.password(TARO.email, PASSWORD).await;
    let sent_at = app.now();
    let lost = browser.copy();
    browser.copy().type_code(&code).await;
    assert_eq!(stranger.type_code(&code).await.redirect_to, None, "another sign-in");
    // Wrong ones count as tries, right ones do not.
    for _ in 0..10 {
        assert_eq!(lost.copy().type_code(&code).await.redirect_to.as_deref(), Some("/portal"));
    }
    app.clock.at(sent_at + 5 * MINUTE);
    assert_eq!(problem(&lost.copy().type_code(&code).await), Problem::UsedCode, "its five minutes are over");
    app.clock.at(sent_at + 4 * MINUTE);
    let other = wrong_code(&[&code]);
    for _ in 0..5 {
        assert_eq!(lost.copy().type_code(&other).await.redirect_to, None);
    }
    assert_eq!(problem(&lost.copy().type_code(&code).await), Problem::UsedCode, "no more guesses than for any code");
    assert_eq!(app.sessions().await, 1);
});

on_both!(a_used_code_does_not_open_a_session_that_is_over, async |app| {
    let (browser, code) = app.at_code(TARO).await;
    let lost = browser.copy();
    assert_eq!(browser.type_code(&code).await.redirect_to.as_deref(), Some("/portal"));
    app.sql("UPDATE sessions SET ended_at = 1, ended_why = 'ended_by_owner'").await;
    assert_eq!(problem(&lost.type_code(&code).await), Problem::UsedCode);
});
