//! From what the rules find wrong with a field to what the page is told. The rules know no page, so this is the server's part.

use app::wire::Problem;
use rules::{ContractNumberFault, KanaFault, PhoneFault};

pub(super) fn number_problem(fault: &ContractNumberFault) -> Problem {
    match fault {
        ContractNumberFault::Empty => Problem::Empty,
        ContractNumberFault::Character(character) => Problem::Character(*character),
        ContractNumberFault::TooShort => Problem::TooShort,
        ContractNumberFault::TooLong => Problem::TooLong,
    }
}

pub(super) fn kana_problem(fault: &KanaFault) -> Problem {
    match fault {
        KanaFault::Empty => Problem::Empty,
        KanaFault::Kanji(character) => Problem::Kanji(*character),
        KanaFault::Latin(character) => Problem::Latin(*character),
        KanaFault::Digit(character) => Problem::Digit(*character),
        KanaFault::Character(character) => Problem::Character(*character),
        KanaFault::TooLong => Problem::TooLong,
    }
}

pub(super) fn phone_problem(fault: &PhoneFault) -> Problem {
    match fault {
        PhoneFault::Empty => Problem::Empty,
        PhoneFault::Character(character) => Problem::Character(*character),
        PhoneFault::NoLeadingZero => Problem::NoLeadingZero,
        PhoneFault::Length => Problem::PhoneLength,
    }
}
