//! The rules for a new password (spec, section 5). The live list in the browser and the server use the same function.
//!
//! A password is judged exactly as it was typed. It is not trimmed, cut or converted, and its length is counted in characters
//! (Unicode scalar values). Passwords at sign-in are not judged, only compared with the stored hash.

mod common;
mod look_alike;
mod personal;
mod romaji;
mod word_list;

pub use common::samples as common_samples;
pub use personal::{KEEP as KEEP_BESIDES_PERSONAL, PasswordContext};

use crate::words;

words! {
    /// The set of rules, which the configuration chooses.
    #[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
    PasswordProfile {
        /// 8–17 characters of printable ASCII from at least three classes. The default.
        Standard = "standard",
        /// 8–128 characters of any kind. No classes.
        Long = "long",
    }
}

words! {
    /// The rules, each of which is a line of the list on the screen.
    #[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
    PasswordRule {
        /// The number of characters, between [`PasswordProfile::min`] and [`PasswordProfile::max`].
        Length = "length",
        /// At least three of lower case, upper case, digits, symbols. `Standard` only.
        Classes = "classes",
        /// Printable ASCII only, the space included. `Standard` only.
        Characters = "characters",
        /// Not one of the passwords everybody uses: a known word, keyboard walk or run with a usual decoration, or a few
        /// characters over and over. See `common`.
        NotCommon = "not-common",
        /// Not built from the user ID, the name, the phone number or the brand. See `personal`.
        NotPersonal = "not-personal",
    }
}

/// The state of one rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RuleState {
    /// The password keeps the rule.
    Met,
    /// The password breaks the rule.
    Unmet,
    /// The field is empty, so there is nothing to judge yet.
    Idle,
}

/// Returns how many of the four classes of characters a password contains: a–z, A–Z, 0–9, and any other printable ASCII, the space
/// included.
fn count_classes(password: &str) -> usize {
    let has = |test: fn(char) -> bool| usize::from(password.chars().any(test));
    has(|c| c.is_ascii_lowercase())
        + has(|c| c.is_ascii_uppercase())
        + has(|c| c.is_ascii_digit())
        + has(|c| c == ' ' || c.is_ascii_punctuation())
}

impl PasswordProfile {
    /// Returns the fewest characters.
    pub const fn min(self) -> usize {
        8
    }

    /// Returns the most characters.
    pub const fn max(self) -> usize {
        match self {
            Self::Standard => 17,
            Self::Long => 128,
        }
    }

    /// Returns the rules of this profile, in the order of the list.
    pub const fn rules(self) -> &'static [PasswordRule] {
        use PasswordRule::*;
        match self {
            Self::Standard => &[Length, Classes, Characters, NotCommon, NotPersonal],
            Self::Long => &[Length, NotCommon, NotPersonal],
        }
    }
}

/// The fewest classes of characters in [`PasswordProfile::Standard`].
pub const CLASSES_NEEDED: usize = 3;

/// The state of every rule for one password. It contains nothing of the password but its length.
#[derive(Clone, Debug, PartialEq)]
pub struct PasswordReport {
    states: Vec<(PasswordRule, RuleState)>,
    length: usize,
    full_width: bool,
}

impl PasswordReport {
    /// Returns the rules of the profile in the order of the list, each with its state.
    pub fn states(&self) -> &[(PasswordRule, RuleState)] {
        &self.states
    }

    /// Returns whether the password is acceptable. An empty one is not.
    pub fn is_ok(&self) -> bool {
        self.states.iter().all(|(_, state)| *state == RuleState::Met)
    }

    /// Returns the broken rules. There are none for an empty password, since that one is missing rather than wrong.
    pub fn unmet(&self) -> impl Iterator<Item = PasswordRule> {
        self.states.iter().filter(|(_, state)| *state == RuleState::Unmet).map(|(rule, _)| *rule)
    }

    /// Returns whether a full-width character was typed where only ASCII is accepted. It has its own message, because people
    /// do not see the difference. Always false in [`PasswordProfile::Long`].
    pub fn full_width(&self) -> bool {
        self.full_width
    }

    /// Returns the number of characters.
    pub fn length(&self) -> usize {
        self.length
    }
}

/// Judges a new password against every rule of the profile at once.
pub fn assess(password: &str, profile: PasswordProfile, ctx: &PasswordContext<'_>) -> PasswordReport {
    let length = password.chars().count();
    // A password that is too long is refused anyway. The other rules look only at as much of it as any profile accepts, so that
    // posting a whole book costs no more than posting a password.
    let head: String = password.chars().take(PasswordProfile::Long.max()).collect();
    let keeps = |rule| match rule {
        PasswordRule::Length => (profile.min()..=profile.max()).contains(&length),
        PasswordRule::Classes => count_classes(password) >= CLASSES_NEEDED,
        PasswordRule::Characters => password.chars().all(|c| matches!(c, ' '..='~')),
        PasswordRule::NotCommon => !common::is_common(&head),
        PasswordRule::NotPersonal => !personal::is_personal(&head, ctx),
    };
    let state = |rule| match keeps(rule) {
        _ if password.is_empty() => RuleState::Idle,
        true => RuleState::Met,
        false => RuleState::Unmet,
    };
    PasswordReport {
        states: profile.rules().iter().map(|rule| (*rule, state(*rule))).collect(),
        length,
        full_width: profile == PasswordProfile::Standard && password.chars().any(is_full_width),
    }
}

/// Returns whether `c` is wide in a Japanese font: a full-width form, kana, kanji, or a symbol of a Japanese character set.
/// Half-width katakana are not wide.
fn is_full_width(c: char) -> bool {
    c >= '\u{2010}' && !matches!(c, '\u{FF61}'..='\u{FFDC}' | '\u{FFE8}'..='\u{FFEE}')
}

/// Returns the `passwordrules` attribute, by which password managers make an acceptable password. It requires three classes
/// by name, because the attribute cannot say "three of four".
pub const fn passwordrules_attribute(profile: PasswordProfile) -> &'static str {
    match profile {
        PasswordProfile::Standard => {
            "minlength: 8; maxlength: 17; required: lower; required: upper; required: digit; allowed: ascii-printable;"
        }
        PasswordProfile::Long => "minlength: 8; maxlength: 128; allowed: unicode;",
    }
}
