//! What a person can ask to have changed in a contract (spec, section 14), and when two values are the same.

use crate::phone::{PhoneFault, PhoneNumber};
use crate::plate::{Plate, PlateFault};
use crate::width::{is_invisible, is_space, narrow};
use crate::words;

words! {
    /// The parts of a contract that a change request may name. The registered address is not one of them: the contact centre sees to
    /// that, because the user ID follows it.
    #[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
    ChangeItem {
        /// A phone number of the policyholder.
        Phone = "phone",
        /// The registration number.
        Plate = "plate",
        /// The motorcycle itself.
        Vehicle = "vehicle",
        /// What it is used for.
        Usage = "usage",
        /// Who may ride it.
        RiderScope = "rider-scope",
        /// How the premium is paid.
        Payment = "payment",
    }
}

/// Why a new value cannot be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ChangeFault {
    Phone(PhoneFault),
    Plate(PlateFault),
    /// A control character, as it was typed.
    Character(char),
    TooLong,
}

/// The most characters of a value that is free text.
pub const MAX_TEXT: usize = 60;

impl ChangeItem {
    /// Folds what was typed as the new value. Returns `None` if nothing was typed: that is not a change.
    ///
    /// # Errors
    /// [`ChangeFault`], by the rules of the item.
    pub fn fold(self, typed: &str) -> Result<Option<String>, ChangeFault> {
        if typed.chars().all(|c| is_space(c) || is_invisible(c)) {
            return Ok(None);
        }
        match self {
            Self::Phone => match PhoneNumber::parse(typed) {
                Ok(phone) => Ok(Some(phone.as_str().to_owned())),
                Err(PhoneFault::Empty) => Ok(None),
                Err(fault) => Err(ChangeFault::Phone(fault)),
            },
            Self::Plate => match Plate::parse(typed) {
                Ok(plate) => Ok(Some(plate.as_str().to_owned())),
                Err(PlateFault::Empty) => Ok(None),
                Err(fault) => Err(ChangeFault::Plate(fault)),
            },
            Self::Vehicle | Self::Usage | Self::RiderScope | Self::Payment => text(typed).map(Some),
        }
    }

    /// Returns whether two values say the same, in whatever way each of them is written.
    #[must_use]
    pub fn is_same(self, one: &str, other: &str) -> bool {
        match self {
            // Spaces and widths differ between the insurer's systems, and tell nothing apart.
            Self::Vehicle | Self::Usage | Self::RiderScope | Self::Payment => bare(one) == bare(other),
            Self::Phone | Self::Plate => {
                let folded = |value| self.fold(value).ok().flatten();
                folded(one).is_some_and(|one| folded(other) == Some(one))
            }
        }
    }
}

/// Free text: one line, runs of spaces as one.
fn text(typed: &str) -> Result<String, ChangeFault> {
    let mut line = String::new();
    for c in typed.trim().chars().filter(|c| !is_invisible(*c)) {
        if is_space(c) {
            if !line.ends_with(' ') {
                line.push(' ');
            }
        } else if c.is_control() {
            return Err(ChangeFault::Character(c));
        } else {
            line.push(c);
        }
    }
    if line.chars().count() > MAX_TEXT { Err(ChangeFault::TooLong) } else { Ok(line) }
}

fn bare(value: &str) -> String {
    value.chars().map(narrow).filter(|c| !is_space(*c) && !is_invisible(*c)).flat_map(char::to_lowercase).collect()
}
