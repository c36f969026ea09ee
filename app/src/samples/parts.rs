//! Every part that screens are put together from, by itself in its states.

use super::NOW;
use super::screens::DELIVERIES;
use super::states::{SampleContext, States};
use crate::flow_context::{FlowContext, flow_context};
use crate::pages::shell::{DocumentProps, document};
use crate::parts::{
    ActionButton, BackDialog, ContactCentre, CopyValue, CurrentPassword, DeliveryLine, Fact, Facts, IdleDialog,
    LateContactCentre, NewPassword, Notices, Ordered, Points, Resend, StepForm, Steps, Submit, TextField,
};
use crate::text::document::title;
use crate::text::help::{contract_change, environment};
use crate::text::{flows, link, time};
use crate::wire::{Action, Brand, Field, FieldProblem, Flow, MailWait, Notice, Page, Problem, Screen, Timeouts};
use leptos::prelude::*;
use rules::password::PasswordRule;

rules::words! {
    /// The parts, by their components' names as they stand in addresses.
    PartKind {
        Submit = "submit",
        ActionButton = "action-button",
        StepForm = "step-form",
        TextField = "text-field",
        CurrentPassword = "current-password",
        NewPassword = "new-password",
        Notices = "notices",
        Facts = "facts",
        Fact = "fact",
        CopyValue = "copy-value",
        DeliveryLine = "delivery-line",
        Resend = "resend",
        ContactCentre = "contact-centre",
        LateContactCentre = "late-contact-centre",
        BackDialog = "back-dialog",
        IdleDialog = "idle-dialog",
        Steps = "steps",
        Points = "points",
        Ordered = "ordered",
    }
}

impl PartKind {
    /// The heading above the part: a document has one.
    const fn heading(self) -> &'static str {
        match self {
            Self::Submit => "主なボタン",
            Self::ActionButton => "ほかのボタン",
            Self::StepForm => "手順のフォーム",
            Self::TextField => "入力欄",
            Self::CurrentPassword => "今のパスワードの欄",
            Self::NewPassword => "新しいパスワードの欄",
            Self::Notices => "手順の上のお知らせ",
            Self::Facts => "項目の一覧",
            Self::Fact => "1つの項目",
            Self::CopyValue => "コピーできる値",
            Self::DeliveryLine => "メールの配達の状況",
            Self::Resend => "再送のボタン",
            Self::ContactCentre => "電話の窓口",
            Self::LateContactCentre => "メールが届かないときの窓口",
            Self::BackDialog => "「戻る」の確認",
            Self::IdleDialog => "時間切れの前の確認",
            Self::Steps => "手順の目印",
            Self::Points => "箇条書き",
            Self::Ordered => "番号つきの一覧",
        }
    }
}

/// A part in one state, and the page that it asks for its values.
pub struct Part {
    heading: &'static str,
    page: Page,
    draw: Box<dyn Fn() -> AnyView>,
}

impl Part {
    /// Renders the part in the product's own document.
    pub(super) fn document(&self, brand: &Brand, timeouts: Timeouts, props: DocumentProps) -> String {
        let props = DocumentProps { title: title(&[self.heading, &brand.service]), ..props };
        let html = document(brand, props, || {
            provide_context(FlowContext::new(self.page.clone(), brand.clone(), timeouts));
            view! { <div class="wizard"><h1>{self.heading}</h1>{(self.draw)()}</div> }.into_any()
        });
        // Script alone opens a dialog, and puts it above the page. By itself one stands in the page.
        let html = html.replace("<dialog ", "<div role=\"dialog\" ").replace("</dialog>", "</div>");
        // Parts are shown as they are where script runs, although here none does.
        html.replacen("class=\"plain\"", "class=\"scripted\"", 1)
    }
}

/// Returns the states of a part.
pub(super) fn states(kind: PartKind, context: SampleContext) -> States<Part> {
    let words = context.words;
    let identity = || super::identity(Flow::Enrol, words);
    let empty = || super::page(Flow::Enrol, Screen::Identity);
    let wait = || super::mail_wait(&context.timeouts, words);
    let mail = |wait: MailWait| super::page(Flow::Enrol, Screen::MailSent(wait));
    let about = move || super::password_about(context.chosen.profile, words);
    let part = |page, draw: Box<dyn Fn() -> AnyView>| Part { heading: kind.heading(), page, draw };
    macro_rules! draw {
        ($($view:tt)*) => { Box::new(move || view! { $($view)* }.into_any()) };
    }
    match kind {
        PartKind::Submit => States::one("usual", part(empty(), draw!(<Submit label=flows::NEXT/>))).and(
            "busy",
            part(
                empty(),
                Box::new(|| {
                    flow_context().busy.set(true);
                    view! { <Submit label=flows::NEXT/> }.into_any()
                }),
            ),
        ),
        PartKind::ActionButton => States::one(
            "quiet",
            part(empty(), draw!(<ActionButton action=Action::Disown label=link::NOT_ME/>)),
        )
        .and("main", part(empty(), draw!(<ActionButton action=Action::Restart label=flows::RESTART class="button"/>))),
        PartKind::StepForm => States::one(
            "usual",
            part(identity(), draw!(<StepForm><TextField field=Field::Kana/><Submit label=flows::NEXT/></StepForm>)),
        ),
        PartKind::TextField => {
            let bare = || draw!(<TextField field=Field::Number/>);
            let hinted = || draw!(<TextField field=Field::Number hint=flows::NUMBER_HINT/>);
            let wrong = || with(identity(), Some(Field::Number), Problem::TooShort);
            States::one("empty", part(empty(), bare()))
                .and("filled-in", part(identity(), bare()))
                .and("hint", part(empty(), hinted()))
                .and("error", part(wrong(), bare()))
                .and("hint-and-error", part(wrong(), hinted()))
        }
        PartKind::CurrentPassword => {
            let draw = || draw!(<CurrentPassword label=flows::PASSWORD/>);
            States::one("usual", part(empty(), draw()))
                .and("error", part(with(empty(), Some(Field::Password), Problem::Empty), draw()))
        }
        PartKind::NewPassword => {
            let draw = || draw!(<NewPassword label=flows::NEW_PASSWORD about=about()/>);
            let short = Problem::Rules { unmet: vec![PasswordRule::Length], full_width: false, length: 3 };
            States::one("usual", part(empty(), draw()))
                .and("error", part(with(empty(), Some(Field::NewPassword), short), draw()))
        }
        PartKind::Notices => {
            let draw = || draw!(<Notices/>);
            let said = Page { notice: Some(Notice::Resumed), ..identity() };
            let both =
                with(with(identity(), Some(Field::Number), Problem::TooShort), Some(Field::Phone), Problem::Empty);
            let refused = MailWait { delivery: crate::wire::Delivery::Refused, ..wait() };
            States::one("notice", part(said, draw()))
                .and("problems", part(both, draw()))
                .and("problem-of-no-field", part(with(identity(), None, Problem::NoMatch), draw()))
                .and("warning", part(mail(refused), draw()))
        }
        PartKind::Facts => States::one(
            "usual",
            part(
                empty(),
                Box::new(move || {
                    let wait = super::mail_wait(&context.timeouts, words);
                    view! {
                        <Facts>
                            <Fact name=flows::MAIL_ADDRESS value=wait.address/>
                            <Fact name=flows::MAIL_SENT_AT value=time::short(wait.sent_at, NOW)/>
                        </Facts>
                    }
                    .into_any()
                }),
            ),
        ),
        PartKind::Fact => States::one(
            "usual",
            part(empty(), draw!(<Facts><Fact name=flows::MAIL_ADDRESS value=words.user_id()/></Facts>)),
        ),
        PartKind::CopyValue => States::one(
            "usual",
            part(empty(), draw!(<CopyValue name=flows::USER_ID value=words.user_id().to_owned()/>)),
        ),
        PartKind::DeliveryLine => {
            let state = |delivery| part(mail(MailWait { delivery, ..wait() }), draw!(<Facts><DeliveryLine/></Facts>));
            let [(first, delivery), others @ ..] = DELIVERIES;
            others
                .into_iter()
                .fold(States::one(first, state(delivery)), |states, (name, delivery)| states.and(name, state(delivery)))
        }
        PartKind::Resend => {
            let at =
                |resend_at| part(mail(wait()), draw!(<Resend label=flows::MAIL_RESEND resend_at=Some(resend_at)/>));
            States::one("usual", at(NOW)).and("must-wait", at(NOW + 60_000))
        }
        PartKind::ContactCentre => States::one("usual", part(empty(), draw!(<ContactCentre/>))),
        PartKind::LateContactCentre => {
            let since = |since| part(mail(wait()), draw!(<LateContactCentre since/>));
            States::one("late", since(NOW - context.timeouts.mail_help)).and("not-yet", since(NOW))
        }
        PartKind::BackDialog => States::one("usual", part(identity(), draw!(<BackDialog/>))),
        PartKind::IdleDialog => {
            let draw = || draw!(<IdleDialog/>);
            let session = |ends_for_good| Page { ends_for_good, ..super::page(Flow::Session, Screen::Session) };
            States::one("flow", part(identity(), draw()))
                .and("session", part(session(false), draw()))
                .and("session-over", part(session(true), draw()))
        }
        PartKind::Steps => {
            let at = |at| part(empty(), draw!(<Steps at/>));
            States::one("first", at(1)).and("third", at(3)).and("last", at(6))
        }
        PartKind::Points => States::one("usual", part(empty(), draw!(<Points items=&environment::COOKIE/>))),
        PartKind::Ordered => States::one("usual", part(empty(), draw!(<Ordered items=&contract_change::HOW/>))),
    }
}

fn with(mut page: Page, field: Option<Field>, problem: Problem) -> Page {
    page.problems.push(FieldProblem { field, problem });
    page
}

#[cfg(test)]
mod tests {
    use super::PartKind;
    use crate::samples::kinds::kebab;
    use std::collections::BTreeSet;
    use std::fs;

    /// The components without a sample of their own, and why.
    const WITHOUT: [(&str, &str); 5] = [
        ("field-error", "stands below a field, whose states show it"),
        ("live-text", "has no look of its own"),
        ("password-input", "is the control of both password fields"),
        ("rule", "is a line of the new password's field"),
        ("step-fields", "is fields that nobody sees"),
    ];

    /// The names behind each `#[component]` of the folder.
    fn components() -> BTreeSet<String> {
        let files = fs::read_dir("src/parts").unwrap().map(|file| fs::read_to_string(file.unwrap().path()).unwrap());
        let names = |source: String| -> Vec<String> {
            let parts = source.split("#[component]\n").skip(1);
            let names = parts.filter_map(|part| part.split_once("fn ")?.1.split(['(', '<']).next().map(kebab));
            names.collect()
        };
        files.flat_map(names).collect()
    }

    #[test]
    fn every_part_has_a_sample_or_a_reason_why_not() {
        let shown: BTreeSet<_> = PartKind::ALL.iter().map(|kind| kind.as_str().to_owned()).collect();
        let all = components();
        assert_eq!(shown.difference(&all).next(), None, "no such component");
        let without: Vec<_> = all.difference(&shown).map(String::as_str).collect();
        assert_eq!(without, WITHOUT.map(|(name, _)| name));
    }
}
