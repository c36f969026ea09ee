//! The cases and their flows: each flow's numbered steps, with a picture of each screen.

use super::shots::{Camera, Shot};
use crate::text::guide::{self, tour};
use crate::text::state::STEPS;
use crate::wire::Flow;
use leptos::prelude::*;
use rules::limits::Limits;
use std::borrow::Cow;

/// One case with its flow: whom it fits, what it gives, how many steps it has, and each of them.
pub(super) struct Tour {
    flow: Flow,
    case: String,
    name: &'static str,
    gives: &'static str,
    size: &'static str,
    steps: Vec<Step>,
}

/// One step: its name, what to do, and its screens.
struct Step {
    name: &'static str,
    says: Vec<Cow<'static, str>>,
    shots: Vec<Shot>,
}

/// The three cases, one of which fits each reader.
pub(super) fn tours(camera: &Camera<'_>, limits: &Limits) -> [Tour; 3] {
    let brand = camera.brand;
    [
        Tour {
            flow: Flow::Enrol,
            case: guide::first_time(brand),
            name: guide::FIRST_TIME,
            gives: guide::FIRST_TIME_GIVES,
            size: tour::ENROL_SIZE,
            steps: enrolment(camera, limits),
        },
        Tour {
            flow: Flow::UserId,
            case: guide::id_unknown(brand),
            name: guide::ID_UNKNOWN,
            gives: guide::ID_UNKNOWN_GIVES,
            size: tour::INQUIRY_SIZE,
            steps: inquiry(camera),
        },
        Tour {
            flow: Flow::PasswordReset,
            case: guide::password_unknown(brand),
            name: guide::PASSWORD_UNKNOWN,
            gives: guide::PASSWORD_UNKNOWN_GIVES,
            size: tour::RESET_SIZE,
            steps: reset(camera, limits),
        },
    ]
}

/// A case: the way into its flow, and the flow's steps with their pictures for those who want to see them first.
#[component]
pub(super) fn Choice(tour: Tour) -> impl IntoView {
    let Tour { flow, case, name, gives, size, steps } = tour;
    let steps = steps.into_iter().map(|step| view! { <OneStep step/> }).collect_view();
    view! {
        <li class="choice">
            <a class="choice-link" href=flow.address()>
                <span class="choice-case">{case}</span>
                <span class="choice-flow">{name}</span>
                <span class="choice-gives">{gives}</span>
            </a>
            <details class="tour">
                <summary>{guide::see_steps(name)}</summary>
                <p>{size}{guide::SHOTS}</p>
                <ol class="steps-list">{steps}</ol>
                <p><a class="button" href=flow.address()>{guide::start(name)}</a></p>
            </details>
        </li>
    }
}

#[component]
fn OneStep(step: Step) -> impl IntoView {
    let says = step.says.into_iter().map(|line| view! { <p>{line}</p> }).collect_view();
    let shots = step.shots.into_iter().map(|shot| view! { <Picture shot/> }).collect_view();
    view! {
        <li>
            <h3>{step.name}</h3>
            {says}
            <div class="shots">{shots}</div>
        </li>
    }
}

/// A screen at thumbnail size. The caption says what it shows.
#[component]
fn Picture(shot: Shot) -> impl IntoView {
    view! {
        <figure class="shot">
            <div class="shot-frame" aria-hidden="true"><div class="shot-screen" inner_html=shot.html></div></div>
            <figcaption class="shot-caption">{guide::picture(shot.heading)}</figcaption>
        </figure>
    }
}

/// The names are those of the step indicator.
fn enrolment(camera: &Camera<'_>, limits: &Limits) -> Vec<Step> {
    let [identity, password, mail, sign_in, code, end] = STEPS;
    vec![
        Step { name: identity, says: vec![tour::ENROL_IDENTITY.into()], shots: vec![camera.identity(Flow::Enrol)] },
        Step { name: password, says: vec![tour::ENROL_PASSWORD.into()], shots: vec![camera.choose_password()] },
        Step {
            name: mail,
            says: vec![tour::enrol_mail(limits).into(), tour::ENROL_MAIL_MOVES.into()],
            shots: vec![camera.mail_sent(), camera.link_confirm()],
        },
        Step { name: sign_in, says: vec![tour::ENROL_SIGN_IN.into()], shots: vec![camera.created(), camera.sign_in()] },
        Step { name: code, says: vec![tour::enrol_code(limits).into()], shots: vec![camera.code()] },
        Step { name: end, says: vec![tour::ENROL_END.into()], shots: vec![camera.home()] },
    ]
}

fn inquiry(camera: &Camera<'_>) -> Vec<Step> {
    vec![
        Step { name: STEPS[0], says: vec![tour::ENROL_IDENTITY.into()], shots: vec![camera.identity(Flow::UserId)] },
        Step {
            name: tour::INQUIRY_SHOWN_NAME,
            says: vec![tour::INQUIRY_SHOWN.into(), tour::INQUIRY_NOT_ENROLLED.into()],
            shots: vec![camera.user_id_shown()],
        },
    ]
}

fn reset(camera: &Camera<'_>, limits: &Limits) -> Vec<Step> {
    vec![
        Step { name: tour::RESET_ID_NAME, says: vec![tour::RESET_ID.into()], shots: vec![camera.reset_user_id()] },
        Step {
            name: tour::RESET_MAIL_NAME,
            says: vec![tour::reset_mail(limits).into()],
            shots: vec![camera.reset_sent()],
        },
        Step {
            name: tour::RESET_PASSWORD_NAME,
            says: vec![tour::reset_password(camera.chosen.phone).into()],
            shots: vec![camera.new_password()],
        },
        Step { name: tour::RESET_END_NAME, says: vec![tour::RESET_END.into()], shots: vec![camera.reset_done()] },
    ]
}
