//! An answer that gets lost between server and browser, cookies that are deleted, rows that are purged: nobody is ever caught in a
//! step. One more press leads to the step that is right, with a line that says what happened. Each with script and without.

mod flows;
mod gone;
mod links_and_portal;
mod sign_in;

use crate::support::*;

/// How a form is posted.
const WAYS: [bool; 2] = [true, false];

/// The form that `page` shows, with what is typed into it.
fn form<'typed>(page: &'typed Page, fields: &[(&'typed str, &'typed str)]) -> Vec<(&'typed str, &'typed str)> {
    let mut form = vec![("step", step(page)), ("reference", page.reference.as_deref().unwrap_or_default())];
    form.extend_from_slice(fields);
    form
}

/// Presses a button of the form that `page` shows, and tells what the browser shows then.
async fn press(browser: &Browser, page: &Page, script: bool, fields: &[(&str, &str)]) -> Page {
    if script {
        return browser.call(page.flow.as_str(), &form(page, fields)).await;
    }
    let answer = browser.post_form(page.flow.address(), &form(page, fields)).await.first;
    assert!(matches!(answer.status, 200 | 303), "{}", answer.status);
    let mut then = browser.post_raw("/api/view", CALL, encoded(&page.flow)).await;
    if answer.status == 303 && answer.header("location") != page.flow.address() {
        let mut left = Page::new(page.flow, page.screen.clone(), page.now);
        left.redirect_to = Some(answer.header("location").to_owned());
        then.status = 200;
        then.body = encoded(&left);
    }
    then.page()
}

/// The same, but the answer is lost: the browser keeps the cookies that it had, and opens nothing.
async fn press_in_vain(browser: &Browser, page: &Page, script: bool, fields: &[(&str, &str)]) {
    let answer = if script {
        browser.copy().ask(page.flow.as_str(), &form(page, fields)).await
    } else {
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(form(page, fields)).finish();
        browser.copy().post_raw(page.flow.address(), "application/x-www-form-urlencoded", body).await
    };
    assert!(matches!(answer.status, 200 | 303), "{}", answer.status);
}

fn identity(who: Person) -> [(&'static str, &'static str); 3] {
    [("number", who.number), ("kana", who.kana), ("phone", who.phone)]
}

/// A browser with the first form of a flow before it: just opened, or after a typing error.
async fn at_first_step(app: &TestApp, flow: Flow, after_an_error: bool) -> (Browser, Page) {
    let browser = app.browser();
    browser.get(flow.address()).await;
    let page = browser.look(flow).await;
    if !after_an_error {
        return (browser, page);
    }
    let wrong = [("number", "NR1"), ("kana", "Taro"), ("phone", "090"), ("user_id", "taro"), ("password", "x")];
    let page = press(&browser, &page, true, &wrong).await;
    assert!(!page.problems.is_empty());
    (browser, page)
}
