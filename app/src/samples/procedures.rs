//! The procedures of the portal and the requests that come of them, in every state.

use super::kinds::{EntryProblemKind, ProcedureKind};
use super::states::States;
use super::{NOW, REFERENCE, Words};
use crate::port::{
    Contract, EntryProblem, ItemChange, ItemEntry, Procedure, ProcedureNotice, ProcedureScreen, Renewal, Request,
    RequestDetails, RequestMoved,
};
use rules::calendar::days_of;
use rules::plate::PlateFault;
use rules::{ChangeFault, ChangeItem, Offer, PaymentChoice, PhoneFault, RequestKind, RequestState};

/// A contract whose renewal is due.
pub(super) fn due(words: Words) -> Contract {
    Contract {
        starts_on: "2025-12-15".into(),
        ends_on: "2026-12-15".into(),
        days_left: 22,
        offer: Offer::Open { days_left: 22 },
        ..super::contract(words)
    }
}

/// A request that has come to this state.
pub(super) fn request(kind: RequestKind, state: RequestState, words: Words) -> Request {
    let details = match kind {
        RequestKind::Renewal => RequestDetails::Renewal(renewal(PaymentChoice::AsBefore, words)),
        RequestKind::Change => changes(words),
    };
    let moved = |state| RequestMoved { state, at: NOW - 3_600_000, reason: None };
    let ended = |state, reason: Option<&str>| RequestMoved { state, at: NOW, reason: reason.map(Into::into) };
    let mut history = vec![moved(RequestState::Received)];
    match state {
        RequestState::Received => {}
        RequestState::InProgress => history.push(moved(state)),
        RequestState::Done => history.extend([moved(RequestState::InProgress), ended(state, None)]),
        RequestState::Declined => {
            history.extend([moved(RequestState::InProgress), ended(state, Some(words.declined()))])
        }
        RequestState::Withdrawn => history.push(ended(state, None)),
    }
    Request {
        reference: REFERENCE.into(),
        kind,
        state,
        made_at: NOW - 3_600_000,
        contract_id: due(words).id,
        term_ends_on: due(words).ends_on,
        details: Some(details),
        history,
    }
}

/// Every state of one kind of a procedure's page.
pub(super) fn states(kind: ProcedureKind, words: Words) -> States<Procedure> {
    match kind {
        ProcedureKind::RenewalEntry => renewal_entry(words),
        ProcedureKind::ChangeEntry => change_entry(words),
        ProcedureKind::Confirm => {
            let by_phone = RequestDetails::Renewal(renewal(PaymentChoice::ByPhone, words));
            let as_before = RequestDetails::Renewal(renewal(PaymentChoice::AsBefore, words));
            let of = |kind, details| under_way(kind, words, ProcedureScreen::Confirm(details));
            States::one("renewal", of(RequestKind::Renewal, as_before))
                .and("renewal-paid-otherwise", of(RequestKind::Renewal, by_phone))
                .and("change", of(RequestKind::Change, changes(words)))
                .and(
                    "from-another-tab",
                    Procedure { notice: Some(ProcedureNotice::Stale), ..of(RequestKind::Change, changes(words)) },
                )
                .and(
                    "changed-meanwhile",
                    Procedure { notice: Some(ProcedureNotice::Changed), ..of(RequestKind::Change, changes(words)) },
                )
        }
        ProcedureKind::Receipt => receipts(words),
        ProcedureKind::NotOffered => {
            let later = Offer::From(days_of("2027-06-02").unwrap_or_default());
            let of = |offer| procedure(RequestKind::Renewal, words, ProcedureScreen::NotOffered(offer));
            States::one("later", of(later)).and("over", of(Offer::Over)).and("never", of(Offer::None))
        }
        ProcedureKind::NotChangeable => {
            States::one("usual", procedure(RequestKind::Change, words, ProcedureScreen::NotChangeable))
        }
    }
}

/// A kind of problem at the first step, with every problem of this kind that can stand beside the others.
pub(super) fn problem(kind: EntryProblemKind, words: Words) -> States<Procedure> {
    let at_renewal = |consent, problems| at_renewal(consent, problems, words);
    let at_change = |problems| at_change(problems, words);
    match kind {
        EntryProblemKind::NoChoice => States::one("alone", at_renewal(true, vec![EntryProblem::NoChoice])),
        EntryProblemKind::NoConsent => States::one("alone", at_renewal(false, vec![EntryProblem::NoConsent]))
            .and("no-choice-either", at_renewal(false, vec![EntryProblem::NoChoice, EntryProblem::NoConsent])),
        EntryProblemKind::NothingChanged => States::one("alone", at_change(vec![EntryProblem::NothingChanged])),
        EntryProblemKind::Item => {
            let of = |faults: &[(ChangeItem, ChangeFault)]| {
                at_change(faults.iter().map(|(item, fault)| EntryProblem::Item(*item, *fault)).collect())
            };
            let (phone, plate) = (ChangeItem::Phone, ChangeItem::Plate);
            States::one(
                "phone-and-plate",
                of(&[
                    (phone, ChangeFault::Phone(PhoneFault::NoLeadingZero)),
                    (plate, ChangeFault::Plate(PlateFault::Area)),
                ]),
            )
            .and(
                "length-and-digits",
                of(&[(phone, ChangeFault::Phone(PhoneFault::Length)), (plate, ChangeFault::Plate(PlateFault::Digits))]),
            )
            .and(
                "characters",
                of(&[
                    (phone, ChangeFault::Phone(PhoneFault::Character('x'))),
                    (plate, ChangeFault::Plate(PlateFault::Character('♪'))),
                    (ChangeItem::Vehicle, ChangeFault::Character('\u{7}')),
                    (ChangeItem::Usage, ChangeFault::Character('\u{7}')),
                ]),
            )
            .and(
                "too-long",
                of(&[(plate, ChangeFault::Plate(PlateFault::TooLong)), (ChangeItem::Vehicle, ChangeFault::TooLong)]),
            )
        }
    }
}

fn procedure(kind: RequestKind, words: Words, screen: ProcedureScreen) -> Procedure {
    Procedure { kind, contract: due(words), screen, reference: None, notice: None, problems: Vec::new() }
}

/// A procedure that has a row already.
fn under_way(kind: RequestKind, words: Words, screen: ProcedureScreen) -> Procedure {
    Procedure { reference: Some(REFERENCE.into()), ..procedure(kind, words, screen) }
}

fn renewal(choice: PaymentChoice, words: Words) -> Renewal {
    let contract = due(words);
    Renewal {
        choice,
        payment: contract.payment,
        starts_on: contract.starts_on,
        ends_on: contract.ends_on,
        next_starts_on: "2026-12-15".into(),
        next_ends_on: "2027-12-15".into(),
        premium_yen: contract.premium_yen,
        next_premium_yen: Some(words.next_premium_yen()),
    }
}

fn changes(words: Words) -> RequestDetails {
    let contract = due(words);
    let change = |item, before: &str, after: &str| ItemChange { item, before: before.into(), after: after.into() };
    RequestDetails::Change(vec![
        change(ChangeItem::Phone, "*******0001", "09011112222"),
        change(ChangeItem::Plate, &contract.plate, "西宮市 う 56-78"),
        change(ChangeItem::Payment, &contract.payment, words.other_payment()),
    ])
}

fn renewal_entry(words: Words) -> States<Procedure> {
    let of = |choice, consent, renewal| {
        procedure(RequestKind::Renewal, words, ProcedureScreen::RenewalEntry { choice, consent, renewal })
    };
    let first = || of(None, false, renewal(PaymentChoice::AsBefore, words));
    let later = Renewal { next_premium_yen: None, ..renewal(PaymentChoice::AsBefore, words) };
    States::one("usual", first())
        .and("premium-later", of(None, false, later))
        .and("chosen", of(Some(PaymentChoice::ByPhone), true, renewal(PaymentChoice::ByPhone, words)))
        .and("gone", Procedure { notice: Some(ProcedureNotice::Gone), ..first() })
}

fn at_renewal(consent: bool, problems: Vec<EntryProblem>, words: Words) -> Procedure {
    let choice = (!problems.contains(&EntryProblem::NoChoice)).then_some(PaymentChoice::AsBefore);
    let screen = ProcedureScreen::RenewalEntry { choice, consent, renewal: renewal(PaymentChoice::AsBefore, words) };
    Procedure { problems, ..under_way(RequestKind::Renewal, words, screen) }
}

fn entries(words: Words, typed: impl Fn(ChangeItem) -> &'static str) -> ProcedureScreen {
    let contract = due(words);
    let entry = |item: &ChangeItem| {
        let present = match item {
            ChangeItem::Phone => "*******0001".into(),
            ChangeItem::Plate => contract.plate.clone(),
            ChangeItem::Vehicle => contract.vehicle.clone(),
            ChangeItem::Usage => contract.usage.clone(),
            ChangeItem::RiderScope => contract.rider_scope.clone(),
            ChangeItem::Payment => contract.payment.clone(),
        };
        ItemEntry { item: *item, present, typed: typed(*item).into() }
    };
    ProcedureScreen::ChangeEntry(ChangeItem::ALL.iter().map(entry).collect())
}

fn change_entry(words: Words) -> States<Procedure> {
    let typed = |item| match item {
        ChangeItem::Phone => "090-1111-2222",
        ChangeItem::Usage => "通勤・通学",
        _ => "",
    };
    States::one("usual", procedure(RequestKind::Change, words, entries(words, |_| "")))
        .and("typed", under_way(RequestKind::Change, words, entries(words, typed)))
}

fn at_change(problems: Vec<EntryProblem>, words: Words) -> Procedure {
    let screen = entries(words, |item| match item {
        ChangeItem::Phone => "12",
        ChangeItem::Plate => "12-34",
        _ => "",
    });
    Procedure { problems, ..under_way(RequestKind::Change, words, screen) }
}

/// Each kind of request in each state, and one whose key is gone.
fn receipts(words: Words) -> States<Procedure> {
    let of = |request: Request| procedure(request.kind, words, ProcedureScreen::Receipt(request));
    let unreadable = Request { details: None, ..request(RequestKind::Renewal, RequestState::Done, words) };
    let mut states = States::one("unreadable", of(unreadable));
    for state in RequestState::ALL {
        states = states.and(state.as_str(), of(request(RequestKind::Renewal, *state, words)));
    }
    states.and("change", of(request(RequestKind::Change, RequestState::Received, words)))
}
