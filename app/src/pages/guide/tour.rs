//! Each flow's numbered steps, with a picture of each screen.

use super::shots::{Camera, Shot};
use crate::text::guide::{self, tour};
use crate::text::state::STEPS;
use crate::wire::Flow;
use leptos::prelude::*;
use rules::limits::Limits;
use std::borrow::Cow;

/// One step: its name, what to do, and its screens.
struct Step {
    name: &'static str,
    says: Vec<Cow<'static, str>>,
    shots: Vec<Shot>,
}

/// The three flows.
pub(super) fn tour(camera: &Camera<'_>, limits: &Limits) -> AnyView {
    view! {
        <section class="tour">
            <h2>{guide::FLOWS}</h2>
            <p>{guide::FLOWS_LEAD}</p>
            <FlowSteps flow=Flow::Enrol name=guide::FIRST_TIME size=tour::ENROL_SIZE steps=enrolment(camera, limits)/>
            <FlowSteps flow=Flow::UserId name=guide::ID_UNKNOWN size=tour::INQUIRY_SIZE steps=inquiry(camera)/>
            <FlowSteps flow=Flow::PasswordReset name=guide::PASSWORD_UNKNOWN size=tour::RESET_SIZE steps=reset(camera, limits)/>
        </section>
    }
    .into_any()
}

#[component]
fn FlowSteps(flow: Flow, name: &'static str, size: &'static str, steps: Vec<Step>) -> impl IntoView {
    let steps = steps.into_iter().map(|step| view! { <OneStep step/> }).collect_view();
    view! {
        <section class="tour-flow" id=format!("{}-steps", flow.as_str())>
            <h3>{name}</h3>
            <p>{size}</p>
            <ol class="steps-list">{steps}</ol>
            <p><a class="button" href=flow.address()>{guide::start(name)}</a></p>
        </section>
    }
}

#[component]
fn OneStep(step: Step) -> impl IntoView {
    let says = step.says.into_iter().map(|line| view! { <p>{line}</p> }).collect_view();
    let shots = step.shots.into_iter().map(|shot| view! { <Picture shot/> }).collect_view();
    view! {
        <li>
            <h4>{step.name}</h4>
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
