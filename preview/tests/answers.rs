//! What the gallery answers to what its documents post, with script and without.

#![expect(clippy::expect_used, reason = "a test that cannot go on has failed")]

use app::fault::Fault;
use app::wire::{Action, Field, Flow, Form, LinkKind, Notice, Page, Problem, Screen, StepName};
use axum::Extension;
use axum::body::{Body, to_bytes};
use axum::http::{Method, Request, Response, StatusCode};
use preview::{AS_SHIPPED, Nonce, Preview, Skin, StyleSource, Workshop, answers, router};
use rules::limits::Limits;
use serde::Serialize;
use std::path::PathBuf;
use tower::ServiceExt as _;

const RIGHT_PASSWORD: &str = "Tsubame-42-Kumo!";
const IDENTITY: [(&str, &str); 3] = [("number", "NR10000001"), ("kana", "ニリン タロウ"), ("phone", "090-0000-0001")];

fn preview() -> Preview {
    let style = StyleSource::Sources("../style".into());
    let (own, other) = (Skin::default(), Skin::example().expect("the example"));
    let workshop = Workshop::default();
    Preview { own, other, limits: Limits::default(), chosen: AS_SHIPPED, style, site: PathBuf::new(), workshop }
}

async fn ask(request: Request<Body>) -> Response<Body> {
    let shown = router::<()>(preview()).merge(answers(preview())).layer(Extension(Nonce::default()));
    shown.oneshot(request).await.expect("an answer")
}

fn bare(entry: &str) -> String {
    format!("/preview/bare/{entry}")
}

/// The address of an entry's document, as a browser names it.
fn referer(entry: &str) -> String {
    format!("http://127.0.0.1:3100{}", bare(entry))
}

/// Calls a server function as the script does.
async fn call(name: &str, argument: &impl Serialize, referer: Option<&str>) -> Result<Page, Fault> {
    let request = Request::post(format!("/api/{name}")).header("content-type", "application/x-postcard");
    let request = referer.iter().fold(request, |request, referer| request.header("referer", *referer));
    let body = postcard::to_allocvec(argument).expect("an argument");
    let answer = ask(request.body(Body::from(body)).expect("a request")).await;
    let is_page = answer.status().is_success();
    let answer = to_bytes(answer.into_body(), usize::MAX).await.expect("a body");
    if is_page {
        Ok(postcard::from_bytes(&answer).expect("a page"))
    } else {
        Err(postcard::from_bytes(&answer).expect("a fault"))
    }
}

fn form(step: StepName, action: Action, fields: &[(&str, &str)]) -> Form {
    let hidden = [(Form::STEP, step.as_str()), (Form::ACTION, action.as_str())];
    Form(hidden.iter().chain(fields).map(|(name, typed)| ((*name).to_owned(), (*typed).to_owned())).collect())
}

async fn post(flow: Flow, entry: &str, form: &Form) -> Page {
    call(flow.as_str(), form, Some(&referer(entry))).await.expect("a page")
}

async fn submit(flow: Flow, entry: &str, step: StepName, fields: &[(&str, &str)]) -> Page {
    post(flow, entry, &form(step, Action::Submit, fields)).await
}

fn wrong_fields(page: &Page) -> Vec<Option<Field>> {
    page.problems.iter().map(|found| found.field).collect()
}

/// Whether the browser is led to this entry, which is there.
async fn leads_to(page: &Page, entry: &str) -> bool {
    let request = Request::get(bare(entry)).body(Body::empty()).expect("a request");
    page.redirect_to.as_deref() == Some(&bare(entry)) && ask(request).await.status() == StatusCode::OK
}

#[tokio::test]
async fn an_enrolment_goes_on_with_what_is_right_and_says_what_is_not() {
    let identity = "screens/identity/empty";
    let page = submit(Flow::Enrol, identity, StepName::Identity, &[]).await;
    assert_eq!(wrong_fields(&page), [Some(Field::Number), Some(Field::Kana), Some(Field::Phone)]);
    assert_eq!((&page.screen, &page.redirect_to), (&Screen::Identity, &None));
    let page = submit(Flow::Enrol, identity, StepName::Identity, &[("kana", "山田"), ("phone", "12")]).await;
    let found: Vec<_> = page.problems.iter().map(|found| found.problem.clone()).collect();
    assert_eq!(found, [Problem::Empty, Problem::Kanji('山'), Problem::NoLeadingZero]);
    assert_eq!(page.old_input(Field::Kana), "山田");
    let page = submit(Flow::Enrol, identity, StepName::Identity, &IDENTITY).await;
    assert!(matches!(page.screen, Screen::ChoosePassword(_)) && page.problems.is_empty());
    assert!(leads_to(&page, "screens/choose-password/usual").await);

    let password = "screens/choose-password/usual";
    let page = submit(Flow::Enrol, password, StepName::Password, &[("new_password", "090")]).await;
    assert!(matches!(page.problems.first().map(|found| &found.problem), Some(Problem::Rules { length: 3, .. })));
    assert!(page.old_input.is_empty(), "a password is never shown again");
    let page = submit(Flow::Enrol, password, StepName::Password, &[("new_password", RIGHT_PASSWORD)]).await;
    assert!(leads_to(&page, "screens/mail-sent/accepted").await, "{page:?}");
    let page = submit(Flow::Enrol, "screens/created/usual", StepName::Created, &[]).await;
    assert!(leads_to(&page, "screens/sign-in/enrolling").await);
}

#[tokio::test]
async fn an_inquiry_shows_the_user_id_and_leads_to_sign_in() {
    let entry = "screens/identity/inquiry";
    let page = submit(Flow::UserId, entry, StepName::Identity, &[]).await;
    assert_eq!(page.problems.len(), 3);
    let page = submit(Flow::UserId, entry, StepName::Identity, &IDENTITY).await;
    assert!(leads_to(&page, "screens/user-id-shown/usual").await);
    let page = submit(Flow::UserId, "screens/user-id-shown/usual", StepName::Shown, &[]).await;
    assert!(leads_to(&page, "screens/sign-in/filled-in").await);
    let page = submit(Flow::UserId, "screens/not-enrolled/usual", StepName::NotEnrolled, &[]).await;
    assert!(leads_to(&page, "screens/choose-password/usual").await);
}

#[tokio::test]
async fn a_reset_asks_for_a_user_id_and_its_link_for_a_password() {
    let entry = "screens/reset-user-id/usual";
    let page = submit(Flow::PasswordReset, entry, StepName::UserId, &[("user_id", "taro")]).await;
    assert_eq!(page.problems.first().map(|found| found.problem.clone()), Some(Problem::NoAt));
    let page = submit(Flow::PasswordReset, entry, StepName::UserId, &[("user_id", "taro@example.jp")]).await;
    assert!(leads_to(&page, "screens/reset-sent/usual").await);
    let page = post(Flow::PasswordReset, "screens/reset-sent/usual", &form(StepName::Sent, Action::Again, &[])).await;
    assert!(leads_to(&page, entry).await);

    let link = "screens/link-new-password/with-phone";
    let page = submit(Flow::Link, link, StepName::NewPassword, &[]).await;
    assert_eq!(wrong_fields(&page), [Some(Field::Phone)]);
    let page = submit(Flow::Link, link, StepName::NewPassword, &[("phone", "09000000001")]).await;
    assert_eq!(wrong_fields(&page), [Some(Field::NewPassword)]);
    let fields = [("phone", "09000000001"), ("new_password", RIGHT_PASSWORD)];
    let page = submit(Flow::Link, link, StepName::NewPassword, &fields).await;
    assert!(matches!(page.screen, Screen::LinkDone { kind: LinkKind::Reset, .. }));
    assert!(leads_to(&page, "screens/link-done/reset").await);
    let page = post(Flow::Link, link, &form(StepName::NewPassword, Action::Abandon, &[])).await;
    assert!(leads_to(&page, "pages/guide/usual").await);
}

#[tokio::test]
async fn an_enrolment_link_is_confirmed_or_disowned() {
    let entry = "screens/link-confirm/usual";
    let page = submit(Flow::Link, entry, StepName::Confirm, &[]).await;
    assert!(leads_to(&page, "screens/link-done/enrolment-elsewhere").await);
    let page = post(Flow::Link, entry, &form(StepName::Confirm, Action::Disown, &[])).await;
    assert!(leads_to(&page, "screens/link-disowned/enrolment").await);
}

#[tokio::test]
async fn a_sign_in_leads_to_the_code_and_the_code_to_the_portal() {
    let page = submit(Flow::SignIn, "screens/sign-in/empty", StepName::SignIn, &[]).await;
    assert_eq!(wrong_fields(&page), [Some(Field::UserId), Some(Field::Password)]);
    let fields = [("user_id", "taro@example.jp"), ("password", "x")];
    let page = submit(Flow::SignIn, "screens/sign-in/empty", StepName::SignIn, &fields).await;
    assert!(leads_to(&page, "screens/code/accepted").await);
    let page = submit(Flow::SignIn, "screens/sign-in/enrolling", StepName::SignIn, &fields).await;
    assert!(leads_to(&page, "screens/code/enrolling").await);
    let page = submit(Flow::SignIn, "screens/code/accepted", StepName::Code, &[("code", "12345")]).await;
    assert_eq!(page.problems.first().map(|found| found.problem.clone()), Some(Problem::NotSixDigits));
    let page = submit(Flow::SignIn, "screens/code/accepted", StepName::Code, &[("code", "１２３ ４５６")]).await;
    assert!(leads_to(&page, "pages/portal/one-contract").await);
}

#[tokio::test]
async fn a_password_change_is_judged_by_the_rules() {
    let entry = "screens/change-password/usual";
    let page = submit(Flow::Account, entry, StepName::ChangePassword, &[]).await;
    assert_eq!(wrong_fields(&page), [Some(Field::Password), Some(Field::NewPassword)]);
    let same = [("password", RIGHT_PASSWORD), ("new_password", RIGHT_PASSWORD)];
    let page = submit(Flow::Account, entry, StepName::ChangePassword, &same).await;
    assert_eq!(page.problems.first().map(|found| found.problem.clone()), Some(Problem::SamePassword));
    let right = [("password", "x"), ("new_password", RIGHT_PASSWORD)];
    let page = submit(Flow::Account, entry, StepName::ChangePassword, &right).await;
    assert!(leads_to(&page, "notices/password-changed/usual").await);
}

#[tokio::test]
async fn other_buttons_do_what_they_say() {
    let resend = form(StepName::Mail, Action::Resend, &[]);
    let page = post(Flow::Enrol, "screens/mail-sent/accepted", &resend).await;
    assert!(matches!(page.notice, Some(Notice::Resent(_))) && page.redirect_to.is_none());
    let page = post(Flow::Enrol, "screens/mail-sent/must-wait", &resend).await;
    assert!(matches!(page.problems.first().map(|found| &found.problem), Some(Problem::ResendAt(_))));
    let page = post(Flow::Enrol, "screens/mail-sent/no-more", &resend).await;
    assert_eq!(page.problems.first().map(|found| found.problem.clone()), Some(Problem::ResendOver));
    let abandon = form(StepName::Identity, Action::Abandon, &[]);
    let page = post(Flow::Enrol, "screens/identity/empty", &abandon).await;
    assert!(leads_to(&page, "ends/abandoned/enrolment").await);
    let page = post(Flow::Enrol, "ends/idle/enrolment", &form(StepName::Ended, Action::Restart, &[])).await;
    assert!(leads_to(&page, "screens/identity/empty").await);
    let other_step = submit(Flow::Enrol, "screens/identity/empty", StepName::Password, &IDENTITY).await;
    assert_eq!((other_step.notice, other_step.redirect_to), (Some(Notice::Stale), None));
}

#[tokio::test]
async fn a_look_finds_the_page_of_the_entry_and_the_stream_has_nothing_to_say() {
    let page = call("view", &Flow::Enrol, Some(&referer("screens/mail-sent/refused"))).await.expect("a page");
    assert!(matches!(page.screen, Screen::MailSent(_)) && page.redirect_to.is_none());
    let request = Request::get("/live/enrol").body(Body::empty()).expect("a request");
    assert_eq!(ask(request).await.status(), StatusCode::NO_CONTENT);
}

#[tokio::test]
async fn what_comes_next_is_looked_at_in_the_same_way() {
    let from = referer("screens/sign-in/empty?theme=dark&words=long&script=on");
    let form = form(StepName::SignIn, Action::Submit, &[("user_id", "taro@example.jp"), ("password", "x")]);
    let page = call("sign-in", &form, Some(&from)).await.expect("a page");
    let next = bare("screens/code/accepted?theme=dark&words=long&script=on");
    assert_eq!(page.redirect_to.as_deref(), Some(next.as_str()));
}

#[tokio::test]
async fn without_an_entry_to_come_from_there_is_an_error_and_no_guess() {
    let form = form(StepName::Identity, Action::Submit, &IDENTITY);
    let unread = [
        None,
        Some("http://127.0.0.1:3100/".to_owned()),
        Some(referer("screens/identity/none")),
        Some(referer("screens/identity/empty?theme=blue")),
        Some(referer("mails/auth-code/first")),
        // A step of another flow, and a page that posts nothing.
        Some(referer("screens/sign-in/empty")),
        Some(referer("pages/guide/usual")),
    ];
    for from in unread {
        assert_eq!(call("enrol", &form, from.as_deref()).await, Err(Fault::NotFound), "{from:?}");
        assert_eq!(call("view", &Flow::Enrol, from.as_deref()).await, Err(Fault::NotFound), "{from:?}");
    }
    assert_eq!(posted("/enrol", None, &[]).await.status(), StatusCode::NOT_FOUND);
}

/// A form that the browser posts itself.
async fn posted(address: &str, from: Option<&str>, fields: &[(&str, &str)]) -> Response<Body> {
    let body: Vec<_> = fields.iter().map(|(name, typed)| format!("{name}={typed}")).collect();
    let request = Request::builder().method(Method::POST).uri(address);
    let request = request.header("content-type", "application/x-www-form-urlencoded");
    let request = from.iter().fold(request, |request, from| request.header("referer", *from));
    ask(request.body(Body::from(body.join("&"))).expect("a request")).await
}

fn location(answer: &Response<Body>) -> (u16, &str) {
    let to = answer.headers().get("location").and_then(|to| to.to_str().ok()).unwrap_or_default();
    (answer.status().as_u16(), to)
}

#[tokio::test]
async fn without_script_a_form_is_answered_at_the_address_of_its_document() {
    let entry = "screens/sign-in/empty?w=320&theme=dark";
    for flow in Flow::ALL.iter().filter(|flow| **flow != Flow::Session) {
        let answer = posted(flow.address(), Some(&referer(entry)), &[]).await;
        assert_eq!(location(&answer), (307, bare(entry).as_str()), "{}", flow.as_str());
    }
    let answer = posted(&bare(entry), None, &[("step", "sign-in"), ("user_id", "taro")]).await;
    assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let html = String::from_utf8(to_bytes(answer.into_body(), usize::MAX).await.expect("a body").into()).expect("text");
    assert!(html.contains("value=\"taro\"") && html.contains("aria-invalid=\"true\""));
    let right = [("step", "sign-in"), ("user_id", "taro%40example.jp"), ("password", "x")];
    let answer = posted(&bare(entry), None, &right).await;
    assert_eq!(location(&answer), (303, bare("screens/code/accepted?w=320&theme=dark").as_str()));
}

#[tokio::test]
async fn a_procedure_is_judged_confirmed_and_sent() {
    let renewal = bare("procedures/renewal-entry/usual");
    assert_eq!(posted(&renewal, None, &[("step", "entry")]).await.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let by_phone = [("step", "entry"), ("choice", "by-phone"), ("consent", "yes")];
    let answer = posted(&renewal, None, &by_phone).await;
    assert_eq!(location(&answer), (303, bare("procedures/confirm/renewal-paid-otherwise").as_str()));
    let change = bare("procedures/change-entry/usual");
    let answer = posted(&change, None, &[("step", "entry"), ("phone", "12")]).await;
    assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let answer = posted(&change, None, &[("step", "entry"), ("phone", "09011112222")]).await;
    assert_eq!(location(&answer), (303, bare("procedures/confirm/change").as_str()));
    let answer = posted(&bare("procedures/confirm/change"), None, &[("step", "confirm"), ("act", "back")]).await;
    assert_eq!(location(&answer), (303, change.as_str()));
    let answer = posted(&bare("procedures/confirm/renewal"), None, &[("step", "confirm")]).await;
    assert_eq!(location(&answer), (303, bare("procedures/receipt/received").as_str()));
    let from = referer("procedures/receipt/received");
    let answer = posted("/portal/requests/withdraw", Some(&from), &[("reference", "7K2M-4XQ9")]).await;
    assert_eq!(location(&answer), (303, bare("procedures/receipt/withdrawn").as_str()));
}

#[tokio::test]
async fn a_form_that_belongs_to_no_step_leads_back_into_the_gallery() {
    let account = referer("pages/account/usual");
    for (address, entry) in [
        ("/sign-out", "notices/signed-out/usual"),
        ("/portal/sessions", "pages/account/usual"),
        ("/portal/reminders", "pages/account/usual"),
    ] {
        let answer = posted(address, Some(&account), &[]).await;
        assert_eq!(location(&answer), (303, bare(entry).as_str()), "{address}");
        assert_eq!(posted(address, None, &[]).await.status(), StatusCode::NOT_FOUND, "{address}");
    }
}
