use crate::text::flows;
use crate::text::state::STEPS;
use leptos::prelude::*;

/// What stands on a pictured screen, from top to bottom.
#[derive(Clone, Copy)]
pub enum Drawn {
    /// A line of text.
    Line(&'static str),
    /// A name and what it says.
    Fact(&'static str, &'static str),
    /// A label above an empty control.
    Field(&'static str),
    /// A label above a control in which something stands.
    Filled(&'static str, &'static str),
    /// A list of this many lines whose words do not matter here.
    List(&'static str, usize),
    /// The main button.
    Button(&'static str),
    /// A way on besides the button.
    Link(&'static str),
}

/// A screen as a picture: the words of the real one, none of its elements. A copy of the real elements would bring their
/// ids, labels and names a second time; this has nothing that a keyboard or a screen reader could meet. The caption says
/// what it shows.
#[component]
pub fn ScreenPicture(
    heading: &'static str,
    caption: String,
    /// Where on the step indicator the screen stands, from 1; without it the screen has none.
    at: Option<usize>,
    content: &'static [Drawn],
) -> impl IntoView {
    let steps = at.map(|at| {
        let marks = (1..=STEPS.len())
            .map(|step| view! { <span class="thumb-step" class:now=step == at></span> })
            .collect_view();
        view! { <div class="thumb-steps">{marks}</div> }
    });
    let content = content.iter().copied().map(drawn).collect_view();
    view! {
        <figure class="thumb">
            <div class="thumb-screen" aria-hidden="true">
                <div class="thumb-bar"></div>
                {steps}
                <div class="thumb-heading">{heading}</div>
                {content}
            </div>
            <figcaption class="thumb-caption">{caption}</figcaption>
        </figure>
    }
}

fn drawn(what: Drawn) -> AnyView {
    match what {
        Drawn::Line(text) => view! { <div class="thumb-line">{text}</div> }.into_any(),
        Drawn::Fact(name, value) => view! {
            <div class="thumb-fact"><span class="thumb-name">{name}</span><span class="thumb-value">{value}</span></div>
        }
        .into_any(),
        Drawn::Field(label) => control(label, ""),
        Drawn::Filled(label, value) => control(label, value),
        Drawn::List(label, lines) => {
            let lines = (0..lines).map(|_| view! { <span class="thumb-rule"></span> }).collect_view();
            view! { <div class="thumb-list"><span class="thumb-name">{label}</span>{lines}</div> }.into_any()
        }
        Drawn::Button(label) => view! { <div class="thumb-button">{label}</div> }.into_any(),
        Drawn::Link(label) => view! { <div class="thumb-link">{label}</div> }.into_any(),
    }
}

fn control(label: &'static str, value: &'static str) -> AnyView {
    view! {
        <div class="thumb-field">
            <span class="thumb-label">{label}<span class="thumb-required">{flows::REQUIRED}</span></span>
            <span class="thumb-input">{value}</span>
        </div>
    }
    .into_any()
}
