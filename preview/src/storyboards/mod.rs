//! The flows as pictures in their order. Which step follows which event is asked of the rules, so that a storyboard cannot tell of
//! another flow than the product's: a step or an event more does not compile here before it has a picture and words.

mod page;

use crate::text::events;
use rules::flow::{
    EnrolEvent, EnrolStep, FlowEvent, FlowStep as _, InquiryEvent, InquiryStep, ProcedureEvent, ProcedureStep,
    ResetEvent, ResetStep, SignInEvent, SignInStep,
};

rules::words! {
    /// The storyboards. Their words stand in addresses.
    Storyboard {
        Enrolment = "enrolment",
        UserId = "user-id",
        PasswordReset = "password-reset",
        SignIn = "sign-in",
        Renewal = "renewal",
        Change = "contract-change",
    }
}

/// A step with its picture, and all that can happen there.
pub(crate) struct Scene {
    pub(crate) step: &'static str,
    /// The entry that shows it.
    pub(crate) entry: &'static str,
    pub(crate) over: bool,
    pub(crate) ways: Vec<Way>,
}

/// An event and what it leads to.
pub(crate) struct Way {
    pub(crate) telling: Telling,
    pub(crate) to: &'static str,
    /// Whether it leads from an end to the beginning or to another end, which every end does.
    pub(crate) aside: bool,
}

/// An event in words.
pub(crate) struct Telling {
    pub(crate) words: &'static str,
    /// What is seen or arrives on the way: entries.
    pub(crate) between: &'static [&'static str],
    /// The flow that follows.
    pub(crate) goes_on: Option<Storyboard>,
}

impl Telling {
    const fn of(words: &'static str) -> Self {
        Self { words, between: &[], goes_on: None }
    }

    const fn by(self, between: &'static [&'static str]) -> Self {
        Self { between, ..self }
    }

    const fn then(self, goes_on: Storyboard) -> Self {
        Self { goes_on: Some(goes_on), ..self }
    }
}

impl Storyboard {
    /// Its steps, each after one that leads to it.
    pub(crate) fn scenes(self) -> Vec<Scene> {
        match self {
            Self::Enrolment => scenes(EnrolEvent::ALL, enrol_entry, enrol),
            Self::UserId => scenes(InquiryEvent::ALL, inquiry_entry, inquiry),
            Self::PasswordReset => scenes(ResetEvent::ALL, reset_entry, reset),
            Self::SignIn => scenes(SignInEvent::ALL, sign_in_entry, sign_in),
            Self::Renewal => scenes(ProcedureEvent::ALL, renewal_entry, renewal),
            Self::Change => scenes(ProcedureEvent::ALL, change_entry, change),
        }
    }
}

/// Goes through a flow from its first step.
fn scenes<E: FlowEvent>(events: &[E], entry: fn(E::Step) -> &'static str, telling: fn(E) -> Telling) -> Vec<Scene> {
    let mut steps = vec![E::Step::FIRST];
    let mut scenes = Vec::new();
    while let Some(step) = steps.get(scenes.len()).copied() {
        let mut ways = Vec::new();
        for event in events {
            let Some(to) = event.after(step) else { continue };
            if !steps.contains(&to) {
                steps.push(to);
            }
            ways.push(Way {
                telling: telling(*event),
                to: to.word(),
                aside: step.has_ended() && (to.has_ended() || to == E::Step::FIRST),
            });
        }
        scenes.push(Scene { step: step.word(), entry: entry(step), over: step.has_ended(), ways });
    }
    scenes
}

pub(crate) const fn enrol_entry(step: EnrolStep) -> &'static str {
    match step {
        EnrolStep::Identity => "screens/identity/empty",
        EnrolStep::AlreadyRegistered => "screens/already-registered/usual",
        EnrolStep::NoEmail => "screens/no-email/usual",
        EnrolStep::Password => "screens/choose-password/usual",
        EnrolStep::Mail => "screens/mail-sent/accepted",
        EnrolStep::Created => "screens/created/usual",
        EnrolStep::Done => "ends/done/enrolment",
        EnrolStep::Abandoned => "ends/abandoned/enrolment",
        EnrolStep::Expired => "ends/idle/enrolment",
        EnrolStep::Superseded => "ends/superseded/enrolment",
        EnrolStep::Disowned => "ends/disowned/enrolment",
        EnrolStep::LinkExpired => "ends/link-expired/enrolment",
        EnrolStep::RegistrationChanged => "ends/registration-changed/enrolment",
    }
}

pub(crate) const fn inquiry_entry(step: InquiryStep) -> &'static str {
    match step {
        InquiryStep::Identity => "screens/identity/inquiry",
        InquiryStep::Shown => "screens/user-id-shown/usual",
        InquiryStep::NotEnrolled => "screens/not-enrolled/usual",
        InquiryStep::NoEmail => "screens/no-email/usual",
        InquiryStep::Done => "ends/went-on/inquiry",
        InquiryStep::Abandoned => "ends/abandoned/inquiry",
        InquiryStep::Expired => "ends/idle/inquiry",
    }
}

pub(crate) const fn reset_entry(step: ResetStep) -> &'static str {
    match step {
        ResetStep::UserId => "screens/reset-user-id/usual",
        ResetStep::Sent => "screens/reset-sent/usual",
        ResetStep::Done => "ends/done/reset",
        ResetStep::Abandoned => "ends/abandoned/reset",
        ResetStep::Expired => "ends/idle/reset",
    }
}

pub(crate) const fn sign_in_entry(step: SignInStep) -> &'static str {
    match step {
        SignInStep::Password => "screens/sign-in/empty",
        SignInStep::Code => "screens/code/accepted",
        SignInStep::Done => "pages/portal/one-contract",
        SignInStep::TooManyTries => "ends/too-many-tries/sign-in",
        SignInStep::TimedOut => "ends/timed-out/sign-in",
        SignInStep::Abandoned => "ends/abandoned/sign-in",
    }
}

pub(crate) const fn renewal_entry(step: ProcedureStep) -> &'static str {
    match step {
        ProcedureStep::Entry => "procedures/renewal-entry/usual",
        ProcedureStep::Confirm => "procedures/confirm/renewal",
        ProcedureStep::Receipt => "procedures/receipt/received",
    }
}

pub(crate) const fn change_entry(step: ProcedureStep) -> &'static str {
    match step {
        ProcedureStep::Entry => "procedures/change-entry/usual",
        ProcedureStep::Confirm => "procedures/confirm/change",
        ProcedureStep::Receipt => "procedures/receipt/change",
    }
}

const fn enrol(event: EnrolEvent) -> Telling {
    let telling = Telling::of(events::enrol(event));
    match event {
        EnrolEvent::PasswordChosen | EnrolEvent::Resent => telling.by(&["mails/confirm-enrolment/usual"]),
        EnrolEvent::LinkConfirmed => telling.by(&[
            "screens/link-confirm/usual",
            "screens/link-done/enrolment-elsewhere",
            "mails/account-created/usual",
        ]),
        EnrolEvent::Disowned => telling.by(&["screens/link-confirm/usual", "screens/link-disowned/enrolment"]),
        EnrolEvent::Proceeded => telling.then(Storyboard::SignIn),
        _ => telling,
    }
}

const fn inquiry(event: InquiryEvent) -> Telling {
    let telling = Telling::of(events::inquiry(event));
    match event {
        InquiryEvent::Matched => telling.by(&["mails/user-id-notice/usual"]),
        InquiryEvent::ContinuedToEnrolment => telling.then(Storyboard::Enrolment),
        InquiryEvent::Finished => telling.then(Storyboard::SignIn),
        _ => telling,
    }
}

const fn reset(event: ResetEvent) -> Telling {
    let telling = Telling::of(events::reset(event));
    match event {
        ResetEvent::Requested | ResetEvent::Resent => {
            telling.by(&["mails/reset-password/usual", "mails/not-enrolled/usual"])
        }
        ResetEvent::PasswordChanged => telling.by(&[
            "screens/link-new-password/usual",
            "screens/link-done/reset",
            "mails/password-changed/everywhere",
        ]),
        _ => telling,
    }
}

const fn sign_in(event: SignInEvent) -> Telling {
    let telling = Telling::of(events::sign_in(event));
    match event {
        SignInEvent::PasswordAccepted => telling.by(&["mails/auth-code/first"]),
        SignInEvent::TriesExhausted => telling.by(&["mails/sign-in-locked/code"]),
        _ => telling,
    }
}

const fn renewal(event: ProcedureEvent) -> Telling {
    procedure(event, &["mails/request-received/renewal"])
}

const fn change(event: ProcedureEvent) -> Telling {
    procedure(event, &["mails/request-received/change"])
}

const fn procedure(event: ProcedureEvent, received: &'static [&'static str]) -> Telling {
    let telling = Telling::of(events::procedure(event));
    match event {
        ProcedureEvent::Sent => telling.by(received),
        _ => telling,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entries::all;
    use std::collections::HashSet;

    #[test]
    fn every_step_of_the_rules_stands_on_its_storyboard() {
        for (board, steps) in [
            (Storyboard::Enrolment, EnrolStep::ALL.len()),
            (Storyboard::UserId, InquiryStep::ALL.len()),
            (Storyboard::PasswordReset, ResetStep::ALL.len()),
            (Storyboard::SignIn, SignInStep::ALL.len()),
            (Storyboard::Renewal, ProcedureStep::ALL.len()),
            (Storyboard::Change, ProcedureStep::ALL.len()),
        ] {
            assert_eq!(board.scenes().len(), steps, "{}", board.as_str());
        }
    }

    #[test]
    fn every_event_of_the_rules_leads_from_somewhere() {
        let told: HashSet<_> =
            Storyboard::Enrolment.scenes().iter().flat_map(|scene| &scene.ways).map(|way| way.telling.words).collect();
        assert_eq!(told.len(), EnrolEvent::ALL.len());
        let told: HashSet<_> =
            Storyboard::SignIn.scenes().iter().flat_map(|scene| &scene.ways).map(|way| way.telling.words).collect();
        assert_eq!(told.len(), SignInEvent::ALL.len());
    }

    #[test]
    fn every_picture_of_a_storyboard_is_an_entry_of_the_gallery() {
        let entries: HashSet<_> = all(&crate::fixture::from_sources()).iter().map(crate::entries::Entry::id).collect();
        for scene in Storyboard::ALL.iter().flat_map(|board| board.scenes()) {
            let shown = scene.ways.iter().flat_map(|way| way.telling.between).chain([&scene.entry]);
            for id in shown {
                assert!(entries.contains(*id), "{id}");
            }
        }
    }
}
