//! Procedures of the portal: when a renewal is offered, what a change may be, and the states of a request (spec section 14).

use proptest::prelude::*;
use rules::ContractStatus::{Active, Ended, Quote, Renewal};
use rules::change::{ChangeItem, MAX_TEXT};
use rules::plate::{Plate, PlateFault};
use rules::renewal::{OFFERED_DAYS, Offer, REMINDER_DAYS, one_year_later, reminder_days, reminder_due};
use rules::{ChangeFault, PhoneFault, ProcedureEvent, ProcedureStep, RequestEvent, RequestState};

fn plate(typed: &str) -> Result<String, PlateFault> {
    Plate::parse(typed).map(|plate| plate.as_str().to_owned())
}

#[test]
fn a_renewal_is_offered_from_sixty_days_before_the_last_day_until_it_and_not_a_day_longer() {
    let offer = |today| Offer::of(Active, 1_000, today);
    assert_eq!(offer(939), Offer::From(940));
    assert_eq!(offer(940), Offer::Open { days_left: OFFERED_DAYS });
    assert_eq!(offer(1_000), Offer::Open { days_left: 0 });
    assert_eq!(offer(1_001), Offer::Over);
}

#[test]
fn a_renewal_that_the_insurer_began_is_offered_early_but_never_late() {
    assert_eq!(Offer::of(Renewal, 1_000, 800), Offer::Open { days_left: 200 });
    assert_eq!(Offer::of(Renewal, 1_000, 1_001), Offer::Over);
    for status in [Ended, Quote] {
        assert_eq!(Offer::of(status, 1_000, 990), Offer::None);
    }
}

#[test]
fn a_reminder_is_due_on_its_day_and_on_every_day_until_the_next_one() {
    let due = [61, 60, 31, 30, 8, 7, 0, -1].map(reminder_due);
    assert_eq!(due, [None, Some(60), Some(60), Some(30), Some(30), Some(7), Some(7), None]);
    assert_eq!(REMINDER_DAYS.map(reminder_days), [31..=60, 8..=30, 0..=7]);
}

#[test]
fn a_term_from_a_leap_day_ends_on_the_last_day_of_february() {
    assert_eq!(one_year_later((2028, 2, 29)), (2029, 2, 28));
    assert_eq!(one_year_later((2027, 2, 28)), (2028, 2, 28));
    assert_eq!(one_year_later((2026, 12, 31)), (2027, 12, 31));
}

#[test]
fn a_plate_is_folded_however_it_is_typed() {
    for typed in ["1品川 あ 12-34", "１品川あ１２ー３４", "1品川　ア　12‐34", "1品川ｱ1234", "1品川・あ・12一34"]
    {
        assert_eq!(plate(typed).as_deref(), Ok("1品川 あ 12-34"), "{typed}");
    }
    for (typed, shown) in [
        ("西宮市う７", "西宮市 う 7"),
        ("なにわ え ・・13", "なにわ え 13"),
        ("1一宮 あ 12-34", "1一宮 あ 12-34"),
        ("品川区 c 123", "品川区 C 123"),
        ("横浜市 1234", "横浜市 12-34"),
    ] {
        assert_eq!(plate(typed).as_deref(), Ok(shown), "{typed}");
    }
}

#[test]
fn what_is_no_plate_says_why() {
    assert_eq!(plate(" - "), Err(PlateFault::Empty));
    assert_eq!(plate("品川 あ"), Err(PlateFault::Digits));
    assert_eq!(plate("品川 あ 12345"), Err(PlateFault::Digits));
    assert_eq!(plate("1234"), Err(PlateFault::Area));
    assert_eq!(plate("品川@1234"), Err(PlateFault::Character('@')));
    assert_eq!(plate("あいうえおかきくけこさしすせそ1"), Err(PlateFault::TooLong));
}

#[test]
fn a_change_folds_by_its_item_and_nothing_typed_is_no_change() {
    assert_eq!(ChangeItem::Phone.fold("＋８１ ９０ １２３４ ５６７８"), Ok(Some("09012345678".into())));
    assert_eq!(ChangeItem::Phone.fold("12"), Err(ChangeFault::Phone(PhoneFault::NoLeadingZero)));
    assert_eq!(ChangeItem::Vehicle.fold("  ソラネ　 コチ400 "), Ok(Some("ソラネ コチ400".into())));
    assert_eq!(ChangeItem::Vehicle.fold("a\u{7}b"), Err(ChangeFault::Character('\u{7}')));
    assert_eq!(ChangeItem::Usage.fold(&"あ".repeat(MAX_TEXT + 1)), Err(ChangeFault::TooLong));
    for item in ChangeItem::ALL {
        assert_eq!(item.fold(" \u{3000}\t"), Ok(None), "{item:?}");
    }
}

#[test]
fn the_same_value_in_another_form_changes_nothing() {
    assert!(ChangeItem::Phone.is_same("090-1234-5678", "09012345678"));
    assert!(ChangeItem::Plate.is_same("1品川あ1234", "1品川 あ 12-34"));
    assert!(ChangeItem::Vehicle.is_same("ソラネ　コチ４００", "ソラネ コチ400"));
    assert!(!ChangeItem::Vehicle.is_same("ソラネ コチ400", "ソラネ コチ401"));
    assert!(!ChangeItem::Plate.is_same("", "1品川 あ 12-34"));
}

fn any_of<T: Copy + std::fmt::Debug + 'static>(all: &'static [T]) -> impl Strategy<Value = T> {
    prop::sample::select(all)
}

proptest! {
    #[test]
    fn an_offer_is_open_exactly_in_its_window(last in -40_000_i64..80_000, before in -100_i64..200) {
        let offer = Offer::of(Active, last, last - before);
        prop_assert_eq!(offer.is_open(), (0..=OFFERED_DAYS).contains(&before));
        if let Offer::From(day) = offer {
            prop_assert!(Offer::of(Active, last, day).is_open());
            prop_assert!(!Offer::of(Active, last, day - 1).is_open());
        }
    }

    #[test]
    fn each_reminder_is_due_once_in_a_term_and_only_while_the_offer_is_open(last in 0_i64..40_000) {
        let due: Vec<_> = (last - 100..last + 10).filter_map(|today| reminder_due(last - today)).collect();
        let mut kinds = due.clone();
        kinds.dedup();
        prop_assert_eq!(kinds, REMINDER_DAYS.to_vec());
        prop_assert_eq!(due.len() as i64, OFFERED_DAYS + 1);
    }

    #[test]
    fn a_folded_plate_folds_to_itself(typed in "[0-9]{0,3}[品川西宮市なにわー・ -]{1,6}[あ-んア-ンA-Z]?[ ・-]{0,2}[0-9０-９]{1,4}") {
        if let Ok(plate) = Plate::parse(&typed) {
            prop_assert_eq!(Plate::parse(plate.as_str()), Ok(plate));
        }
    }

    #[test]
    fn whatever_is_typed_is_folded_to_something_that_is_the_same_or_refused(typed in any::<String>(), item in any_of(ChangeItem::ALL)) {
        if let Ok(Some(folded)) = item.fold(&typed) {
            prop_assert_eq!(item.fold(&folded), Ok(Some(folded.clone())));
            prop_assert!(item.is_same(&typed, &folded));
        }
    }

    #[test]
    fn a_request_that_has_ended_stays_what_it_is(events in prop::collection::vec(any_of(RequestEvent::ALL), 0..8)) {
        let mut state = RequestState::Received;
        let mut ends = 0;
        for event in events {
            if let Ok(next) = state.on(event) {
                prop_assert!(state.is_open());
                ends += u32::from(!next.is_open());
                state = next;
            }
        }
        prop_assert!(ends <= 1);
    }
}

#[test]
fn what_staff_has_taken_cannot_be_withdrawn() {
    let taken = RequestState::Received.on(RequestEvent::Taken);
    assert_eq!(taken, Ok(RequestState::InProgress));
    assert!(RequestState::InProgress.on(RequestEvent::Withdrawn).is_err());
    assert!(RequestState::InProgress.on(RequestEvent::Taken).is_err());
}

#[test]
fn a_procedure_is_sent_from_its_last_look_alone() {
    for step in ProcedureStep::ALL {
        for event in ProcedureEvent::ALL {
            let next = step.on(*event);
            assert_eq!(
                next == Ok(ProcedureStep::Receipt),
                (*step, *event) == (ProcedureStep::Confirm, ProcedureEvent::Sent)
            );
            assert!(!step.is_over() || next.is_err());
        }
    }
}
