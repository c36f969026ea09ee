//! Each flow's numbered steps, with a picture of each screen.

use super::shots;
use crate::parts::ScreenPicture;
use crate::text::guide::{self, tour};
use crate::text::state::STEPS;
use crate::wire::Flow;
use leptos::prelude::*;

/// One step: its name, what to do, and its screens.
struct Step {
    name: &'static str,
    says: &'static [&'static str],
    shots: Vec<shots::Shot>,
}

/// The three flows.
#[component]
pub(super) fn Tour() -> impl IntoView {
    view! {
        <section class="tour">
            <h2>{guide::FLOWS}</h2>
            <p>{guide::FLOWS_LEAD}</p>
            <FlowSteps flow=Flow::Enrol name=guide::FIRST_TIME size=tour::ENROL_SIZE steps=enrolment()/>
            <FlowSteps flow=Flow::UserId name=guide::ID_UNKNOWN size=tour::INQUIRY_SIZE steps=inquiry()/>
            <FlowSteps flow=Flow::PasswordReset name=guide::PASSWORD_UNKNOWN size=tour::RESET_SIZE steps=reset()/>
        </section>
    }
}

#[component]
fn FlowSteps(flow: Flow, name: &'static str, size: &'static str, steps: Vec<Step>) -> impl IntoView {
    let steps = steps.into_iter().map(|step| view! { <OneStep step/> }).collect_view();
    view! {
        <section class="tour-flow" id=format!("{}-steps", flow.name())>
            <h3>{name}</h3>
            <p>{size}</p>
            <ol class="steps-list">{steps}</ol>
            <p><a class="button" href=flow.address()>{guide::start(name)}</a></p>
        </section>
    }
}

#[component]
fn OneStep(step: Step) -> impl IntoView {
    let says = step.says.iter().map(|line| view! { <p>{*line}</p> }).collect_view();
    let shots = step
        .shots
        .into_iter()
        .map(|shot| {
            let caption = guide::picture(shot.heading);
            view! { <ScreenPicture heading=shot.heading caption at=shot.at content=shot.content/> }
        })
        .collect_view();
    view! {
        <li>
            <h4>{step.name}</h4>
            {says}
            <div class="thumbs">{shots}</div>
        </li>
    }
}

/// The names are those of the step indicator.
fn enrolment() -> Vec<Step> {
    let [identity, password, mail, sign_in, code, end] = STEPS;
    vec![
        Step { name: identity, says: &[tour::ENROL_IDENTITY], shots: vec![shots::identity(Flow::Enrol)] },
        Step { name: password, says: &[tour::ENROL_PASSWORD], shots: vec![shots::choose_password()] },
        Step {
            name: mail,
            says: &[tour::ENROL_MAIL, tour::ENROL_MAIL_MOVES],
            shots: vec![shots::mail_sent(), shots::link_confirm()],
        },
        Step { name: sign_in, says: &[tour::ENROL_SIGN_IN], shots: vec![shots::created(), shots::sign_in()] },
        Step { name: code, says: &[tour::ENROL_CODE], shots: vec![shots::code()] },
        Step { name: end, says: &[tour::ENROL_END], shots: vec![shots::home()] },
    ]
}

fn inquiry() -> Vec<Step> {
    vec![
        Step { name: STEPS[0], says: &[tour::ENROL_IDENTITY], shots: vec![shots::identity(Flow::UserId)] },
        Step {
            name: tour::INQUIRY_SHOWN_NAME,
            says: &[tour::INQUIRY_SHOWN, tour::INQUIRY_NOT_ENROLLED],
            shots: vec![shots::user_id_shown()],
        },
    ]
}

fn reset() -> Vec<Step> {
    vec![
        Step { name: tour::RESET_ID_NAME, says: &[tour::RESET_ID], shots: vec![shots::reset_user_id()] },
        Step { name: tour::RESET_MAIL_NAME, says: &[tour::RESET_MAIL], shots: vec![shots::reset_sent()] },
        Step { name: tour::RESET_PASSWORD_NAME, says: &[tour::RESET_PASSWORD], shots: vec![shots::new_password()] },
        Step { name: tour::RESET_END_NAME, says: &[tour::RESET_END], shots: vec![shots::reset_done()] },
    ]
}
