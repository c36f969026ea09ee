//! What is wrong with a form as it was typed, before anything is looked up: what the rules find, as problems at their fields. The
//! server's use cases judge by it, and so does the gallery when it answers in their place.

use crate::port::{EntryProblem, Renewal};
use crate::wire::{Field, FieldProblem, Form, PasswordAbout, Problem};
use rules::auth_code::{AuthCode, AuthCodeFault};
use rules::contract_number::ContractNumber;
use rules::kana::KanaName;
use rules::password::{PasswordContext, assess};
use rules::phone::PhoneNumber;
use rules::user_id::{UserId, UserIdFault};
use rules::{ChangeItem, ContractNumberFault, KanaFault, PaymentChoice, PhoneFault};

/// The fields whose text is shown again when a form comes back. What they hold is no secret.
pub const TEXT_FIELDS: [Field; 4] = [Field::Number, Field::Kana, Field::Phone, Field::UserId];

/// The fields of the identity check.
pub const IDENTITY_FIELDS: [Field; 3] = [Field::Number, Field::Kana, Field::Phone];

/// What was typed into the identity check.
pub struct TypedIdentity {
    pub number: ContractNumber,
    pub kana: KanaName,
    pub phone: PhoneNumber,
}

/// Reads the identity check.
///
/// # Errors
/// What is wrong, every field at once.
pub fn identity(form: &Form) -> Result<TypedIdentity, Vec<FieldProblem>> {
    let number = ContractNumber::parse(form.field(Field::Number)).map_err(|fault| number_problem(&fault));
    let kana = KanaName::parse(form.field(Field::Kana)).map_err(|fault| kana_problem(&fault));
    match (number, kana, phone(form)) {
        (Ok(number), Ok(kana), Ok(phone)) => Ok(TypedIdentity { number, kana, phone }),
        (number, kana, phone) => {
            let found = [(Field::Number, number.err()), (Field::Kana, kana.err()), (Field::Phone, phone.err())];
            Err(found.into_iter().filter_map(|(field, problem)| Some(at(field, problem?))).collect())
        }
    }
}

/// Reads a phone number.
///
/// # Errors
/// What is wrong with it.
pub fn phone(form: &Form) -> Result<PhoneNumber, Problem> {
    PhoneNumber::parse(form.field(Field::Phone)).map_err(|fault| match fault {
        PhoneFault::Empty => Problem::Empty,
        PhoneFault::Character(character) => Problem::Character(character),
        PhoneFault::NoLeadingZero => Problem::NoLeadingZero,
        PhoneFault::Length => Problem::PhoneLength,
    })
}

/// Reads a user ID.
///
/// # Errors
/// What is wrong with it.
pub fn user_id(form: &Form) -> Result<UserId, Problem> {
    UserId::parse(form.field(Field::UserId)).map_err(|fault| match fault {
        UserIdFault::Empty => Problem::Empty,
        UserIdFault::NoAt => Problem::NoAt,
        UserIdFault::Space => Problem::Space,
        UserIdFault::Control => Problem::Shape,
        UserIdFault::Character(character) => Problem::Character(character),
        UserIdFault::TooLong => Problem::TooLong,
        UserIdFault::Shape => Problem::Shape,
    })
}

/// Reads the first step of sign-in. Whether the password is the right one is not looked at.
///
/// # Errors
/// What is wrong, every field at once.
pub fn sign_in(form: &Form) -> Result<UserId, Vec<FieldProblem>> {
    let no_password = form.field(Field::Password).is_empty().then(|| at(Field::Password, Problem::Empty));
    match (user_id(form), no_password) {
        (Ok(user_id), None) => Ok(user_id),
        (user_id, no_password) => {
            let wrong = user_id.err().map(|problem| at(Field::UserId, problem));
            Err(wrong.into_iter().chain(no_password).collect())
        }
    }
}

/// Reads a mailed code.
///
/// # Errors
/// What is wrong with how it is written.
pub fn code(form: &Form) -> Result<AuthCode, Problem> {
    AuthCode::parse(form.field(Field::Code)).map_err(|fault| match fault {
        AuthCodeFault::Empty => Problem::Empty,
        AuthCodeFault::NotSixDigits => Problem::NotSixDigits,
    })
}

/// Returns what is wrong with a new password, every unmet rule at once.
#[must_use]
pub fn new_password(password: &str, about: &PasswordAbout) -> Option<Problem> {
    if password.is_empty() {
        return Some(Problem::Empty);
    }
    let context =
        PasswordContext { user_id: &about.user_id, kana: &about.kana, phones: &about.phones, brand: &about.brand };
    let report = assess(password, about.profile, &context);
    (!report.is_ok()).then(|| Problem::Rules {
        unmet: report.unmet().collect(),
        full_width: report.full_width(),
        length: u32::try_from(report.length()).unwrap_or(u32::MAX),
    })
}

/// Returns what is wrong with a change of the password. Whether the present one is right is not looked at.
#[must_use]
pub fn password_change(form: &Form, about: &PasswordAbout) -> Vec<FieldProblem> {
    let (current, chosen) = (form.field(Field::Password), form.field(Field::NewPassword));
    let no_current = current.is_empty().then(|| at(Field::Password, Problem::Empty));
    let unfit = new_password(chosen, about).or_else(|| (current == chosen).then_some(Problem::SamePassword));
    no_current.into_iter().chain(unfit.map(|problem| at(Field::NewPassword, problem))).collect()
}

/// Reads how a renewal is to be paid for, and the consent. `typed` returns what was posted in a field.
///
/// # Errors
/// What is wrong, everything at once.
pub fn renewal<'a>(typed: impl Fn(&str) -> &'a str) -> Result<PaymentChoice, Vec<EntryProblem>> {
    let choice = PaymentChoice::parse(typed(Renewal::CHOICE)).ok_or(EntryProblem::NoChoice);
    let no_consent = typed(Renewal::CONSENT).is_empty().then_some(EntryProblem::NoConsent);
    match (choice, no_consent) {
        (Ok(choice), None) => Ok(choice),
        (choice, no_consent) => Err(choice.err().into_iter().chain(no_consent).collect()),
    }
}

/// Reads the new values of a change; what is as it is already is left out. `typed` returns what was posted for an item, `is_present`
/// whether a value is the one on file.
///
/// # Errors
/// What is wrong, every item at once.
pub fn changes<'a>(
    typed: impl Fn(ChangeItem) -> &'a str,
    is_present: impl Fn(ChangeItem, &str) -> bool,
) -> Result<Vec<(ChangeItem, String)>, Vec<EntryProblem>> {
    let (mut changes, mut problems) = (Vec::new(), Vec::new());
    for item in ChangeItem::ALL.iter().copied() {
        match item.fold(typed(item)) {
            Ok(Some(after)) if !is_present(item, &after) => changes.push((item, after)),
            Ok(_) => {}
            Err(fault) => problems.push(EntryProblem::Item(item, fault)),
        }
    }
    if changes.is_empty() && problems.is_empty() {
        problems.push(EntryProblem::NothingChanged);
    }
    if problems.is_empty() { Ok(changes) } else { Err(problems) }
}

/// A problem with this field.
#[must_use]
pub const fn at(field: Field, problem: Problem) -> FieldProblem {
    FieldProblem { field: Some(field), problem }
}

const fn number_problem(fault: &ContractNumberFault) -> Problem {
    match fault {
        ContractNumberFault::Empty => Problem::Empty,
        ContractNumberFault::Character(character) => Problem::Character(*character),
        ContractNumberFault::TooShort => Problem::TooShort,
        ContractNumberFault::TooLong => Problem::TooLong,
    }
}

const fn kana_problem(fault: &KanaFault) -> Problem {
    match fault {
        KanaFault::Empty => Problem::Empty,
        KanaFault::Kanji(character) => Problem::Kanji(*character),
        KanaFault::Latin(character) => Problem::Latin(*character),
        KanaFault::Digit(character) => Problem::Digit(*character),
        KanaFault::Character(character) => Problem::Character(*character),
        KanaFault::TooLong => Problem::TooLong,
    }
}
