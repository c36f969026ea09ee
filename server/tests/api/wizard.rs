//! The rule of the wizard (spec section 3): the step belongs to the server, and a post for another step changes nothing.

use crate::support::*;
use app::wire::{Action, StepName};

/// The word of every step that a form can be made for, and words of other things: what a forged form could say.
fn steps() -> impl Iterator<Item = &'static str> {
    StepName::ALL.iter().map(|step| step.as_str()).chain(["done", "expired", "superseded", "abandoned", ""])
}

/// The word of every button, and one that there is not.
fn actions() -> impl Iterator<Item = &'static str> {
    Action::ALL.iter().map(|action| action.as_str()).chain(["proceed"])
}

/// Fields that would be right for every step at once.
fn everything(code: &str) -> Vec<(&'static str, String)> {
    let fields = [
        ("number", TARO.number),
        ("kana", TARO.kana),
        ("phone", TARO.phone),
        ("user_id", TARO.email),
        ("password", PASSWORD),
        ("new_password", NEW_PASSWORD),
        ("code", code),
    ];
    fields.into_iter().map(|(name, typed)| (name, typed.to_owned())).collect()
}

/// Posts every step and button that does not belong to the present step, and finds the database unchanged.
async fn nothing_else_moves(app: &TestApp, browser: &Browser, flow: Flow, allowed: &[(&str, &str)], code: &str) {
    let before = app.all_rows().await;
    let present = browser.look(flow).await;
    for posted in steps() {
        for act in actions() {
            // These two end or begin a flow wherever it stands, which is their meaning.
            if allowed.contains(&(posted, act)) || allowed.contains(&("*", act)) {
                continue;
            }
            let mut fields = everything(code);
            fields.extend([("step", posted.to_owned()), ("act", act.to_owned())]);
            let fields: Vec<_> = fields.iter().map(|(name, typed)| (*name, typed.as_str())).collect();
            let page = browser.call(flow.as_str(), &fields).await;
            assert_eq!((&page.screen, page.notice), (&present.screen, Some(Notice::Stale)), "{posted}/{act}");
            let raw = browser.post_form(flow.address(), &fields).await;
            assert!(matches!(raw.first.status, 303 | 422), "{posted}/{act}: {}", raw.first.status);
        }
    }
    assert_eq!(app.all_rows().await, before);
}

on_both!(asvs_2_3_1_no_step_of_an_enrolment_can_be_skipped_or_repeated, async |app| {
    let browser = app.browser();
    // Makes the row, so that nothing but its line changes afterwards.
    browser.call("enrol", &[("step", "identity")]).await;
    nothing_else_moves(
        app,
        &browser,
        Flow::Enrol,
        &[("identity", ""), ("identity", "extend"), ("*", "abandon")],
        "123456",
    )
    .await;
    browser.identify("enrol", TARO).await;
    nothing_else_moves(
        app,
        &browser,
        Flow::Enrol,
        &[("password", ""), ("password", "extend"), ("*", "abandon")],
        "123456",
    )
    .await;
    browser.choose(PASSWORD).await;
    nothing_else_moves(
        app,
        &browser,
        Flow::Enrol,
        &[("mail", "resend"), ("mail", "extend"), ("*", "abandon")],
        "123456",
    )
    .await;
    let other = app.browser();
    other.open(&app.link(TARO.email, "confirm-enrolment").await).await;
    other.confirm().await;
    nothing_else_moves(
        app,
        &browser,
        Flow::Enrol,
        &[("created", ""), ("created", "extend"), ("*", "abandon")],
        "123456",
    )
    .await;
    browser.call("enrol", &[("step", "created")]).await;
    nothing_else_moves(app, &browser, Flow::Enrol, &[("done", "extend"), ("created", ""), ("*", "restart")], "123456")
        .await;
    assert_eq!(browser.look(Flow::Enrol).await.screen, Screen::Ended(EndReason::Done));
});

on_both!(asvs_2_3_1_no_step_of_an_inquiry_can_be_skipped_or_repeated, async |app| {
    app.account(KAZUO).await;
    let browser = app.browser();
    browser.call("user-id", &[("step", "identity")]).await;
    nothing_else_moves(app, &browser, Flow::UserId, &[("identity", ""), ("identity", "extend"), ("*", "abandon")], "")
        .await;
    browser.identify("user-id", KAZUO).await;
    nothing_else_moves(app, &browser, Flow::UserId, &[("shown", ""), ("shown", "extend"), ("*", "abandon")], "").await;
});

on_both!(asvs_2_3_1_no_step_of_a_reset_can_be_skipped_or_repeated, async |app| {
    app.account(TARO).await;
    let browser = app.browser();
    browser.call("password-reset", &[("step", "user-id")]).await;
    nothing_else_moves(
        app,
        &browser,
        Flow::PasswordReset,
        &[("user-id", ""), ("user-id", "extend"), ("*", "abandon")],
        "",
    )
    .await;
    browser.forget_password(TARO.email).await;
    nothing_else_moves(
        app,
        &browser,
        Flow::PasswordReset,
        &[("sent", "resend"), ("sent", "again"), ("sent", "extend"), ("*", "abandon")],
        "",
    )
    .await;
});

on_both!(asvs_2_3_1_no_step_of_a_sign_in_can_be_skipped_or_repeated, async |app| {
    app.account(TARO).await;
    let browser = app.browser();
    browser.call("sign-in", &[("step", "sign-in")]).await;
    nothing_else_moves(app, &browser, Flow::SignIn, &[("sign-in", ""), ("*", "abandon")], "123456").await;
    browser.password(TARO.email, PASSWORD).await;
    let code = app.code(TARO.email).await;
    nothing_else_moves(app, &browser, Flow::SignIn, &[("code", ""), ("code", "resend"), ("*", "abandon")], &code).await;
    assert_eq!(browser.type_code(&code).await.redirect_to.as_deref(), Some("/portal"));
});

on_both!(asvs_2_3_1_a_link_does_only_what_it_was_mailed_for, async |app| {
    app.browser().enrol(TARO).await;
    let browser = app.browser();
    browser.open(&app.link(TARO.email, "confirm-enrolment").await).await;
    let before = app.all_rows().await;
    for posted in steps() {
        if posted != "confirm" {
            let page = browser.call("link", &[("step", posted), ("new_password", NEW_PASSWORD)]).await;
            assert_eq!(step(&page), "confirm", "{posted}");
        }
    }
    assert_eq!(app.all_rows().await, before);
});

on_both!(an_inquiry_cannot_be_carried_into_another_flow_by_its_cookie, async |app| {
    let browser = app.browser();
    browser.identify("user-id", TARO).await;
    let token = browser.cookie("__Host-user-id").expect("a flow");
    let other = app.browser();
    for name in ["__Host-enrol", "__Host-sign-in", "__Host-password-reset"] {
        other.set_cookie(name, &token);
    }
    assert_eq!(step(&other.look(Flow::Enrol).await), "identity");
    assert_eq!(step(&other.look(Flow::SignIn).await), "sign-in");
    assert_eq!(step(&other.look(Flow::PasswordReset).await), "user-id");
    assert_eq!(step(&other.choose(PASSWORD).await), "identity");
});

on_both!(two_tabs_share_one_flow_and_the_slower_one_is_told, async |app| {
    let first = app.browser();
    first.call("enrol", &[("step", "x")]).await;
    let second = first.clone();
    first.identify("enrol", TARO).await;
    let page = second.identify("enrol", KAZUO).await;
    assert_eq!(page.notice, Some(Notice::Stale));
    let Screen::ChoosePassword(about) = page.screen else { panic!("{}", step(&page)) };
    assert_eq!(about.user_id, TARO.email, "still the first one's");
});

on_both!(thirty_minutes_without_action_end_a_flow_and_one_press_extends_it, async |app| {
    let browser = app.browser();
    let page = browser.identify("enrol", TARO).await;
    assert_eq!(page.ends_at, Some(app.now() + 30 * MINUTE));
    app.clock.forward(28 * MINUTE);
    let page = browser.press("enrol", "password", "extend").await;
    assert_eq!((page.notice, page.ends_at), (Some(Notice::Extended), Some(app.now() + 30 * MINUTE)));
    app.clock.forward(30 * MINUTE - 1);
    assert_eq!(step(&browser.look(Flow::Enrol).await), "password");
    app.clock.forward(1);
    assert_eq!(browser.look(Flow::Enrol).await.screen, Screen::Ended(EndReason::Idle));
    assert_eq!(browser.choose(PASSWORD).await.screen, Screen::Ended(EndReason::Idle));
    assert_eq!(
        browser.press("enrol", "password", "extend").await.screen,
        Screen::Ended(EndReason::Idle),
        "too late to extend"
    );
    assert!(app.rows("links").await.is_empty());
    assert_eq!(step(&browser.press("enrol", "over", "restart").await), "identity");
});

on_both!(looking_does_not_extend_a_flow, async |app| {
    let browser = app.browser();
    browser.identify("enrol", TARO).await;
    for _ in 0..3 {
        app.clock.forward(10 * MINUTE);
        browser.get("/enrol").await;
        browser.look(Flow::Enrol).await;
    }
    assert_eq!(browser.look(Flow::Enrol).await.screen, Screen::Ended(EndReason::Idle));
});

on_both!(a_mail_screen_that_idled_still_goes_on_when_the_link_is_confirmed, async |app| {
    let browser = app.browser();
    browser.enrol(TARO).await;
    let until = app.now() + DAY;
    app.clock.forward(30 * MINUTE);
    assert_eq!(browser.look(Flow::Enrol).await.screen, Screen::Ended(EndReason::IdleLinkLives(until)));
    app.clock.forward(HOUR);
    let other = app.browser();
    other.open(&app.link(TARO.email, "confirm-enrolment").await).await;
    assert_eq!(step(&other.confirm().await), "link-done");
    assert_eq!(step(&browser.look(Flow::Enrol).await), "created");
});

on_both!(every_flow_can_be_given_up_and_begun_anew, async |app| {
    app.account(KAZUO).await;
    let browser = app.browser();
    browser.enrol(TARO).await;
    assert_eq!(browser.press("enrol", "mail", "abandon").await.screen, Screen::Ended(EndReason::Abandoned));
    assert_eq!(step(&browser.press("enrol", "over", "restart").await), "identity");
    browser.identify("user-id", KAZUO).await;
    assert_eq!(browser.press("user-id", "shown", "abandon").await.screen, Screen::Ended(EndReason::Abandoned));
    browser.forget_password(KAZUO.email).await;
    assert_eq!(browser.press("password-reset", "sent", "abandon").await.screen, Screen::Ended(EndReason::Abandoned));
    browser.password(KAZUO.email, PASSWORD).await;
    let code = app.code(KAZUO.email).await;
    assert_eq!(step(&browser.press("sign-in", "code", "abandon").await), "sign-in");
    assert_eq!(browser.type_code(&code).await.redirect_to, None, "its code went with it");
});
