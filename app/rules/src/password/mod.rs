//! What a new password must be (spec, section 5). The same function judges in the live list and on the server.
//!
//! A password is judged exactly as typed: nothing is trimmed, cut or converted, and length is counted in characters
//! (Unicode scalar values). Passwords typed at sign-in are not judged here: they are only compared.

mod common;
mod look_alike;
mod personal;
mod romaji;
mod word_list;

pub use common::samples as common_samples;
pub use personal::{KEEP as KEEP_BESIDES_PERSONAL, PasswordContext};

use crate::flow::words;

words! {
    /// Which rules hold; chosen in the configuration.
    PasswordProfile {
        /// 8–17 characters of printable ASCII from at least three classes. The default.
        Standard = "standard",
        /// 8–128 characters of any kind. No classes.
        Long = "long",
    }
}

words! {
    /// The lines of the rule list.
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

/// How one rule stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RuleState {
    /// Kept.
    Met,
    /// Broken.
    Unmet,
    /// The field is empty: nothing to judge yet.
    Idle,
}

/// The classes of characters found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Classes {
    /// a–z.
    pub lower: bool,
    /// A–Z.
    pub upper: bool,
    /// 0–9.
    pub digit: bool,
    /// Any other printable ASCII, the space included.
    pub symbol: bool,
}

impl Classes {
    fn of(password: &str) -> Self {
        let has = |test: fn(char) -> bool| password.chars().any(test);
        Self {
            lower: has(|c| c.is_ascii_lowercase()),
            upper: has(|c| c.is_ascii_uppercase()),
            digit: has(|c| c.is_ascii_digit()),
            symbol: has(|c| c == ' ' || c.is_ascii_punctuation()),
        }
    }

    /// How many of the four.
    pub fn count(self) -> usize {
        [self.lower, self.upper, self.digit, self.symbol].into_iter().filter(|found| *found).count()
    }
}

impl PasswordProfile {
    /// Characters, at least.
    pub const fn min(self) -> usize {
        8
    }

    /// Characters, at most.
    pub const fn max(self) -> usize {
        match self {
            Self::Standard => 17,
            Self::Long => 128,
        }
    }

    /// The rules that hold, in the order of the list.
    pub const fn rules(self) -> &'static [PasswordRule] {
        use PasswordRule::*;
        match self {
            Self::Standard => &[Length, Classes, Characters, NotCommon, NotPersonal],
            Self::Long => &[Length, NotCommon, NotPersonal],
        }
    }
}

/// Classes asked for by [`PasswordProfile::Standard`].
pub const CLASSES_NEEDED: usize = 3;

/// How a password stands against every rule at once. Holds nothing of the password itself but its measures.
#[derive(Clone, Debug, PartialEq)]
pub struct PasswordReport {
    states: Vec<(PasswordRule, RuleState)>,
    profile: PasswordProfile,
    length: usize,
    classes: Classes,
    full_width: bool,
}

impl PasswordReport {
    /// The rules of the profile in the order of the list, each with its state.
    pub fn states(&self) -> &[(PasswordRule, RuleState)] {
        &self.states
    }

    /// Whether the password may be taken. False for an empty one.
    pub fn is_ok(&self) -> bool {
        self.states.iter().all(|(_, state)| *state == RuleState::Met)
    }

    /// The broken rules. None for an empty password, which is a missing one.
    pub fn unmet(&self) -> impl Iterator<Item = PasswordRule> {
        self.states.iter().filter(|(_, state)| *state == RuleState::Unmet).map(|(rule, _)| *rule)
    }

    /// More characters than allowed.
    pub fn too_long(&self) -> bool {
        self.length > self.profile.max()
    }

    /// Fewer characters than needed.
    pub fn too_short(&self) -> bool {
        self.length < self.profile.min()
    }

    /// A full-width character was typed where only ASCII is taken: it has a message of its own, as people do not see
    /// the difference. Never in [`PasswordProfile::Long`].
    pub fn full_width(&self) -> bool {
        self.full_width
    }

    /// The classes found.
    pub fn classes(&self) -> Classes {
        self.classes
    }

    /// Characters.
    pub fn length(&self) -> usize {
        self.length
    }
}

/// Judges a new password against every rule of the profile at once.
pub fn assess(password: &str, profile: PasswordProfile, ctx: &PasswordContext<'_>) -> PasswordReport {
    let length = password.chars().count();
    let classes = Classes::of(password);
    // One that is too long is refused anyway: what it is made of is judged by as much of it as any profile takes, so that a
    // posted book costs no more than a password.
    let head: String = password.chars().take(PasswordProfile::Long.max()).collect();
    let keeps = |rule| match rule {
        PasswordRule::Length => (profile.min()..=profile.max()).contains(&length),
        PasswordRule::Classes => classes.count() >= CLASSES_NEEDED,
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
        profile,
        length,
        classes,
        full_width: profile == PasswordProfile::Standard && password.chars().any(is_full_width),
    }
}

/// Wide in a Japanese font: full-width forms, kana, kanji, and the symbols of Japanese character sets; not half-width
/// katakana.
fn is_full_width(c: char) -> bool {
    c >= '\u{2010}' && !matches!(c, '\u{FF61}'..='\u{FFDC}' | '\u{FFE8}'..='\u{FFEE}')
}

/// The `passwordrules` attribute: tells password managers to make something that is taken. Three classes are asked for
/// by name, as the attribute cannot say "three of four".
pub const fn passwordrules_attribute(profile: PasswordProfile) -> &'static str {
    match profile {
        PasswordProfile::Standard => {
            "minlength: 8; maxlength: 17; required: lower; required: upper; required: digit; allowed: ascii-printable;"
        }
        PasswordProfile::Long => "minlength: 8; maxlength: 128; allowed: unicode;",
    }
}
