//! Cookies deleted, rows purged, forms of something else: at every step of every flow.

use super::{WAYS, at_first_step, identity, press};
use crate::support::*;

/// A browser at each step of each flow, with what its main button posts there.
async fn everywhere(app: &TestApp) -> Vec<(Browser, Page, Vec<(&'static str, String)>)> {
    let mut all = Vec::new();
    let own = |fields: &[(&'static str, &str)]| {
        fields.iter().map(|(name, typed)| (*name, (*typed).to_owned())).collect::<Vec<_>>()
    };
    for flow in [Flow::Enrol, Flow::UserId] {
        let (browser, page) = at_first_step(app, flow, true).await;
        all.push((browser, page, own(&identity(TARO))));
    }
    let browser = app.browser();
    let page = browser.identify("enrol", TARO).await;
    all.push((browser, page, own(&[("new_password", PASSWORD)])));
    let browser = app.browser();
    let page = browser.enrol(CHIE).await;
    all.push((browser, page, own(&[("act", "resend")])));
    let browser = app.browser();
    browser.enrol(NOBU).await;
    let link = app.link(NOBU.email, "confirm-enrolment").await;
    let other = app.browser();
    other.open(&link).await;
    other.confirm().await;
    let page = browser.look(Flow::Enrol).await;
    all.push((browser, page, own(&[])));
    let browser = app.browser();
    let page = browser.identify("user-id", KAZUO).await;
    all.push((browser, page, own(&[])));
    let browser = app.browser();
    let page = browser.identify("user-id", SABURO).await;
    all.push((browser, page, own(&[])));
    let (browser, page) = at_first_step(app, Flow::PasswordReset, true).await;
    all.push((browser, page, own(&[("user_id", KAZUO.email)])));
    for act in ["resend", "again"] {
        let browser = app.browser();
        let page = browser.forget_password(KAZUO.email).await;
        all.push((browser, page, own(&[("act", act)])));
    }
    let (browser, page) = at_first_step(app, Flow::SignIn, true).await;
    all.push((browser, page, own(&[("user_id", KAZUO.email), ("password", PASSWORD)])));
    for act in ["", "resend"] {
        let browser = app.browser();
        let page = browser.password(KAZUO.email, PASSWORD).await;
        let code = app.code(KAZUO.email).await;
        all.push((browser, page, own(&[("act", act), ("code", &code)])));
    }
    all
}

/// One press where nothing is left of the procedure; then what the browser shows leads all the way on.
async fn goes_on(app: &TestApp, script: bool, browser: &Browser, page: &Page, fields: &[(&'static str, String)]) {
    let fields: Vec<_> = fields.iter().map(|(name, typed)| (*name, typed.as_str())).collect();
    let what = format!("{:?} {} {fields:?} {script}", page.flow, step(page));
    let first = matches!(step(page), "identity" | "user-id" | "sign-in");
    app.clock.forward(HOUR);
    let then = press(browser, page, script, &fields).await;
    if first {
        assert!(matches!(step(&then), "password" | "not-enrolled" | "sent" | "code"), "{what}: {}", step(&then));
        assert_eq!(then.notice, Some(Notice::Anew), "{what}");
        return;
    }
    assert!(matches!(step(&then), "identity" | "user-id" | "sign-in"), "{what}: {}", step(&then));
    let again = fields.contains(&("act", "again"));
    assert_eq!(then.notice, if again { None } else { Some(Notice::Gone) }, "{what}");
    if !again {
        let text = browser.get(page.flow.address()).await.text();
        assert!(text.contains("手続きの情報が見つかりませんでした"), "{what}");
    }
    let right: &[(&str, &str)] = match step(&then) {
        "identity" => &identity(SABURO),
        _ => &[("user_id", KAZUO.email), ("password", PASSWORD)],
    };
    // The form of the page before, as in another tab, is as good where it has been said that the procedure is gone.
    let before = if again { then.clone() } else { page.clone() };
    for shown in [before, then] {
        let shown = Page { screen: browser.look(page.flow).await.screen, ..shown };
        if matches!(step(&shown), "identity" | "user-id" | "sign-in") {
            let on = press(browser, &shown, script, right).await;
            assert!(
                matches!(step(&on), "password" | "not-enrolled" | "sent" | "code" | "over"),
                "{what}: {}",
                step(&on)
            );
        }
    }
}

on_both!(with_all_cookies_deleted_every_step_goes_on_in_one_press, async |app| {
    app.account(KAZUO).await;
    for script in WAYS {
        for (browser, page, fields) in everywhere(app).await {
            for flow in Flow::ALL.iter().copied() {
                browser.forget(server::use_cases::flow_cookie(flow));
            }
            browser.forget("__Host-browser");
            goes_on(app, script, &browser, &page, &fields).await;
        }
        app.sql("DELETE FROM accounts WHERE customer_id = 'c-040'; DELETE FROM counters").await;
        app.clock.forward(HOUR);
    }
});

on_both!(with_every_row_purged_every_step_goes_on_in_one_press, async |app| {
    app.account(KAZUO).await;
    for script in WAYS {
        for (browser, page, fields) in everywhere(app).await {
            app.sql("DELETE FROM flows; DELETE FROM codes").await;
            goes_on(app, script, &browser, &page, &fields).await;
        }
        app.sql("DELETE FROM accounts WHERE customer_id = 'c-040'; DELETE FROM counters").await;
        app.clock.forward(HOUR);
    }
});

on_both!(what_was_typed_into_a_first_step_stays_even_where_its_form_belonged_to_something_else, async |app| {
    let (browser, page) = at_first_step(app, Flow::Enrol, true).await;
    browser.press("enrol", "identity", "abandon").await;
    browser.press("enrol", "over", "restart").await;
    for script in WAYS {
        let then = press(&browser, &page, script, &identity(TARO)).await;
        assert_eq!((step(&then), then.notice), ("identity", Some(Notice::Stale)));
        assert_eq!(then.old_input(Field::Kana), TARO.kana);
        assert_eq!(then.old_input(Field::Phone), TARO.phone);
    }
});

on_both!(a_page_that_is_merely_opened_makes_no_row, async |app| {
    let browser = app.browser();
    let before = app.all_rows().await;
    for flow in [Flow::Enrol, Flow::UserId, Flow::PasswordReset, Flow::SignIn] {
        browser.get(flow.address()).await;
        let token = browser.cookie(server::use_cases::flow_cookie(flow)).expect("the flow's token");
        assert_eq!(token.len(), 43);
        browser.get(flow.address()).await;
        assert_eq!(browser.cookie(server::use_cases::flow_cookie(flow)), Some(token), "it stays");
    }
    assert_eq!(app.all_rows().await, before);
});
