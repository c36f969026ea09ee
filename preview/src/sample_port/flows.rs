//! What a post to a flow comes to. The rules say which step follows; only what leads to another flow is told here.

use super::Outcome;
use crate::storyboards::{enrol_entry, inquiry_entry, reset_entry, sign_in_entry};
use app::form_checks::{self, TEXT_FIELDS, at};
use app::wire::{Action, Field, FieldProblem, Flow, Form, LinkKind, Notice, Page, Problem, Screen, StepName};
use rules::flow::{
    EnrolEvent, EnrolStep, FlowEvent, FlowStep, InquiryEvent, InquiryStep, ResetEvent, ResetStep, SignInEvent,
    SignInStep,
};

/// The sign-in that an enrolment leads to, and the one that follows other flows.
const SIGN_IN_ENROLLING: &str = "screens/sign-in/enrolling";
const SIGN_IN: &str = "screens/sign-in/filled-in";
/// The code of a sign-in that an enrolment has led to.
const CODE_ENROLLING: &str = "screens/code/enrolling";
const GUIDE: &str = "pages/guide/usual";
const PASSWORD_CHANGED: &str = "notices/password-changed/usual";

/// Takes a post at the step that a page shows.
pub(super) fn outcome(page: Page, form: &Form) -> Outcome<Page> {
    let page = Page { notice: None, problems: Vec::new(), old_input: typed(form), ..page };
    let action = form.action().filter(|_| form.step() == Some(page.screen.step()));
    match action {
        Some(Action::Submit) => {
            let problems = problems(&page.screen, form);
            if problems.is_empty() { go_on(page, Action::Submit) } else { Outcome::Stays(Page { problems, ..page }) }
        }
        Some(Action::Resend) => resend(page),
        Some(Action::Extend) => Outcome::Stays(Page { notice: Some(Notice::Extended), ..page }),
        Some(action) => go_on(page, action),
        None => Outcome::Stays(stale(page)),
    }
}

/// What stands in the fields again.
fn typed(form: &Form) -> Vec<(Field, String)> {
    let typed = TEXT_FIELDS.iter().map(|field| (*field, form.field(*field).to_owned()));
    typed.filter(|(_, typed)| !typed.is_empty()).collect()
}

fn stale(page: Page) -> Page {
    Page { notice: Some(Notice::Stale), ..page }
}

/// What is wrong with what was typed at a step. Whether it is somebody's is not known here: what is written rightly is right.
fn problems(screen: &Screen, form: &Form) -> Vec<FieldProblem> {
    let password = |about| form_checks::new_password(form.field(Field::NewPassword), about);
    let one = |field, problem: Option<Problem>| problem.map(|problem| at(field, problem)).into_iter().collect();
    match screen {
        Screen::Identity => form_checks::identity(form).err().unwrap_or_default(),
        Screen::ChoosePassword(about) => one(Field::NewPassword, password(about)),
        Screen::ResetUserId => one(Field::UserId, form_checks::user_id(form).err()),
        Screen::SignIn { .. } => form_checks::sign_in(form).err().unwrap_or_default(),
        Screen::Code(_) => one(Field::Code, form_checks::code(form).err()),
        // The password is judged only once the phone is right.
        Screen::LinkNewPassword { about, phone, .. } => match form_checks::phone(form) {
            Err(problem) if *phone => one(Field::Phone, Some(problem)),
            _ => one(Field::NewPassword, password(about)),
        },
        Screen::ChangePassword(about) => form_checks::password_change(form, about),
        Screen::AlreadyRegistered { .. }
        | Screen::NoEmail
        | Screen::MailSent(_)
        | Screen::Created { .. }
        | Screen::UserIdShown { .. }
        | Screen::NotEnrolled { .. }
        | Screen::ResetSent { .. }
        | Screen::LinkConfirm(_)
        | Screen::LinkDone { .. }
        | Screen::LinkDisowned { .. }
        | Screen::Session
        | Screen::Ended(_) => Vec::new(),
    }
}

/// Another mail, when it may be sent.
fn resend(page: Page) -> Outcome<Page> {
    let resend_at = match &page.screen {
        Screen::MailSent(wait) => wait.resend_at,
        Screen::Code(wait) => wait.resend_at,
        Screen::ResetSent { resend_at, .. } => *resend_at,
        _ => return Outcome::Stays(stale(page)),
    };
    let problem = match resend_at {
        None => Problem::ResendOver,
        Some(later) if later > page.now => Problem::ResendAt(later),
        Some(_) => return Outcome::Stays(Page { notice: Some(Notice::Resent(page.now)), ..page }),
    };
    Outcome::Stays(Page { problems: vec![FieldProblem { field: None, problem }], ..page })
}

fn go_on(page: Page, action: Action) -> Outcome<Page> {
    let step = page.screen.step();
    let next = match page.flow {
        Flow::Enrol => enrol(step, action),
        Flow::UserId => inquiry(step, action),
        Flow::PasswordReset => reset(step, action),
        Flow::SignIn => sign_in(&page.screen, action),
        Flow::Link => link(&page.screen, action),
        Flow::Account => (action == Action::Submit).then_some(PASSWORD_CHANGED),
        Flow::Session => None,
    };
    next.map_or_else(|| Outcome::Stays(stale(page)), Outcome::LeadsTo)
}

/// Returns the picture of the step that an event leads to. An end has no step of its own in a form: `over` is one of the flow's.
fn after<E: FlowEvent>(
    name: StepName,
    event: E,
    over: E::Step,
    entry: fn(E::Step) -> &'static str,
) -> Option<&'static str> {
    let step = E::Step::of_word(name.as_str()).unwrap_or(over);
    event.after(step).map(entry)
}

fn enrol(step: StepName, action: Action) -> Option<&'static str> {
    let event = match (step, action) {
        (StepName::Identity, Action::Submit) => EnrolEvent::Matched,
        (StepName::Password, Action::Submit) => EnrolEvent::PasswordChosen,
        (StepName::Created, Action::Submit) => return Some(SIGN_IN_ENROLLING),
        (_, Action::Abandon) => EnrolEvent::Abandoned,
        (_, Action::Restart) => EnrolEvent::Restarted,
        _ => return None,
    };
    after(step, event, EnrolStep::Done, enrol_entry)
}

fn inquiry(step: StepName, action: Action) -> Option<&'static str> {
    let event = match (step, action) {
        (StepName::Identity, Action::Submit) => InquiryEvent::Matched,
        (StepName::Shown, Action::Submit) => return Some(SIGN_IN),
        (StepName::NotEnrolled, Action::Submit) => return Some(enrol_entry(EnrolStep::Password)),
        (_, Action::Abandon) => InquiryEvent::Abandoned,
        (_, Action::Restart) => InquiryEvent::Restarted,
        _ => return None,
    };
    after(step, event, InquiryStep::Done, inquiry_entry)
}

fn reset(step: StepName, action: Action) -> Option<&'static str> {
    let event = match (step, action) {
        (StepName::UserId, Action::Submit) => ResetEvent::Requested,
        // A user ID that was mistyped is typed anew, as a procedure of its own.
        (StepName::Sent, Action::Again) => return Some(reset_entry(ResetStep::FIRST)),
        (_, Action::Abandon) => ResetEvent::Abandoned,
        (_, Action::Restart) => ResetEvent::Restarted,
        _ => return None,
    };
    after(step, event, ResetStep::Done, reset_entry)
}

fn sign_in(screen: &Screen, action: Action) -> Option<&'static str> {
    match (screen, action) {
        (Screen::SignIn { enrolling: true, .. }, Action::Submit) => Some(CODE_ENROLLING),
        (Screen::SignIn { .. }, Action::Submit) => {
            SignInEvent::PasswordAccepted.after(SignInStep::Password).map(sign_in_entry)
        }
        (Screen::Code(_), Action::Submit) => SignInEvent::CodeAccepted.after(SignInStep::Code).map(sign_in_entry),
        // Whoever gives a sign-in up, or begins again, finds its form.
        (_, Action::Abandon | Action::Restart) => Some(sign_in_entry(SignInStep::FIRST)),
        _ => None,
    }
}

fn link(screen: &Screen, action: Action) -> Option<&'static str> {
    match (screen, action) {
        (Screen::LinkConfirm(_), Action::Submit) => Some("screens/link-done/enrolment-elsewhere"),
        (Screen::LinkNewPassword { .. }, Action::Submit) => Some("screens/link-done/reset"),
        (Screen::LinkConfirm(_), Action::Disown) => Some("screens/link-disowned/enrolment"),
        (Screen::LinkNewPassword { .. }, Action::Disown) => Some("screens/link-disowned/reset"),
        // Nothing was begun.
        (Screen::LinkNewPassword { .. }, Action::Abandon) => Some(GUIDE),
        (Screen::LinkDone { kind: LinkKind::Enrolment, .. }, Action::Submit) => Some(SIGN_IN_ENROLLING),
        (Screen::LinkDone { kind: LinkKind::Reset, .. }, Action::Submit) => Some(SIGN_IN),
        _ => None,
    }
}
