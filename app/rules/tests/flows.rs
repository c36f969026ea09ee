//! No order of events reaches an account or a session without every proof (ASVS 2.3.1).
#![cfg(not(target_arch = "wasm32"))]

use proptest::{collection::vec, prelude::*, sample::select};
use rules::*;

fn events<E: Copy + core::fmt::Debug + 'static>(all: &'static [E]) -> impl Strategy<Value = Vec<E>> {
    vec(select(all), 0..60)
}

/// Walks through the events like the server: what is stale changes nothing.
fn walk<S: Copy, E: Copy>(first: S, events: &[E], on: fn(S, E) -> Result<S, Stale>) -> Vec<(E, S)> {
    let mut step = first;
    let mut taken = Vec::new();
    for event in events {
        if let Ok(next) = on(step, *event) {
            step = next;
            taken.push((*event, step));
        }
    }
    taken
}

/// Whether `proofs` occur in this order among the events taken since the last beginning.
fn in_order<E: Copy + PartialEq, S>(taken: &[(E, S)], restarted: E, proofs: &[E]) -> bool {
    let since = taken.iter().rposition(|(e, _)| *e == restarted).map_or(0, |at| at + 1);
    let mut proofs = proofs.iter().peekable();
    for (event, _) in &taken[since..] {
        if proofs.peek() == Some(&event) {
            proofs.next();
        }
    }
    proofs.peek().is_none()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4_000))]

    #[test]
    fn no_account_without_identity_password_and_mailbox(events in events(EnrolEvent::ALL)) {
        use EnrolEvent::*;
        let taken = walk(EnrolStep::Identity, &events, EnrolStep::on);
        for (at, (_, step)) in taken.iter().enumerate() {
            if matches!(step, EnrolStep::Created | EnrolStep::Done) {
                prop_assert!(in_order(&taken[..=at], Restarted, &[Matched, PasswordChosen, LinkConfirmed]));
            }
        }
    }

    #[test]
    fn no_session_without_password_and_code(events in events(SignInEvent::ALL)) {
        use SignInEvent::*;
        let taken = walk(SignInStep::Password, &events, SignInStep::on);
        for (at, (_, step)) in taken.iter().enumerate() {
            if *step == SignInStep::Done {
                prop_assert!(in_order(&taken[..=at], Restarted, &[PasswordAccepted, CodeAccepted]));
            }
        }
    }

    #[test]
    fn no_user_id_is_shown_without_identity(events in events(InquiryEvent::ALL)) {
        let taken = walk(InquiryStep::Identity, &events, InquiryStep::on);
        for (at, (_, step)) in taken.iter().enumerate() {
            if *step == InquiryStep::Shown {
                prop_assert!(in_order(&taken[..=at], InquiryEvent::Restarted, &[InquiryEvent::Matched]));
            }
        }
    }
}

/// For each machine: an ended flow only begins anew, but for what is listed; a running one never does; signing out ends it at any step;
/// words read back as what they were.
macro_rules! every_machine {
    ($($test:ident: $step:ident, $event:ident, $first:ident $(, but $ended:ident $lost:ident $leads_to:ident)?;)+) => { $(
        #[test]
        fn $test() {
            for step in $step::ALL {
                assert_eq!($step::parse(step.as_str()), Some(*step));
                for event in $event::ALL {
                    let next = step.on(*event);
                    if *event == $event::SignedOut {
                        assert_eq!(next, Ok($step::Abandoned), "{step:?}");
                        continue;
                    }
                    let restarts = *event == $event::Restarted;
                    assert_eq!(restarts && step.is_over(), restarts && next == Ok($step::$first), "{step:?} {event:?}");
                    $(if (*step, *event) == ($step::$ended, $event::$lost) {
                        assert_eq!(next, Ok($step::$leads_to));
                        continue;
                    })?
                    if step.is_over() != restarts {
                        assert_eq!(next, Err(Stale), "{step:?} {event:?}");
                    }
                }
            }
            for event in $event::ALL {
                assert_eq!($event::parse(event.as_str()), Some(*event));
            }
            assert_eq!($step::parse("no such step"), None);
        }
    )+ };
}

every_machine! {
    an_ended_enrolment_only_begins_anew: EnrolStep, EnrolEvent, Identity;
    an_ended_sign_in_only_begins_anew: SignInStep, SignInEvent, Password, but Done SessionNeverArrived Code;
    an_ended_inquiry_only_begins_anew: InquiryStep, InquiryEvent, Identity;
    an_ended_reset_only_begins_anew: ResetStep, ResetEvent, UserId;
}

#[test]
fn the_straight_way_leads_to_a_session() {
    use EnrolEvent::*;
    let mut enrol = EnrolStep::Identity;
    for event in [Matched, PasswordChosen, LinkConfirmed, Proceeded] {
        enrol = enrol.on(event).unwrap();
    }
    assert_eq!(enrol, EnrolStep::Done);
    let code = SignInStep::Password.on(SignInEvent::PasswordAccepted).unwrap();
    assert_eq!(code.on(SignInEvent::CodeAccepted), Ok(SignInStep::Done));
}

#[test]
fn a_posted_step_that_is_not_current_changes_nothing() {
    assert_eq!(EnrolStep::Identity.on(EnrolEvent::PasswordChosen), Err(Stale));
    assert_eq!(EnrolStep::Mail.on(EnrolEvent::PasswordChosen), Err(Stale), "no step repeats");
    assert_eq!(EnrolStep::Created.on(EnrolEvent::LinkConfirmed), Err(Stale));
    assert_eq!(SignInStep::Password.on(SignInEvent::CodeAccepted), Err(Stale));
    assert_eq!(InquiryStep::Identity.on(InquiryEvent::Finished), Err(Stale));
    assert_eq!(ResetStep::UserId.on(ResetEvent::PasswordChanged), Err(Stale));
    assert_eq!(EnrolEvent::PasswordChosen.after(EnrolStep::Mail), None);
    assert_eq!(EnrolEvent::PasswordChosen.after(EnrolStep::Password), Some(EnrolStep::Mail));
}

#[test]
fn every_word_of_every_machine_reads_back() {
    for state in LinkState::ALL {
        assert_eq!(LinkState::parse(state.as_str()), Some(*state));
    }
    for profile in PasswordProfile::ALL {
        assert_eq!(PasswordProfile::parse(profile.as_str()), Some(*profile));
    }
}
