//! A posted form, which is the same with and without script.

use super::{Action, Field, StepName};
use serde::{Deserialize, Serialize};

/// A posted form: names with what was typed, in order.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Form(pub Vec<(String, String)>);

impl Form {
    /// The hidden field with the step that the form was made for.
    pub const STEP: &str = "step";
    /// The field with what the pressed button asks for.
    pub const ACTION: &str = "act";
    /// The hidden field with the procedure's reference number.
    pub const REFERENCE: &str = "reference";

    /// Returns the value of `name`, or an empty text.
    #[must_use]
    pub fn get(&self, name: &str) -> &str {
        self.0.iter().find(|(given, _)| given == name).map_or("", |(_, typed)| typed.as_str())
    }

    /// Returns what was typed into `field`, or an empty text.
    #[must_use]
    pub fn field(&self, field: Field) -> &str {
        self.get(field.as_str())
    }

    /// Returns the step that the form was made for, or `None` if it names none of ours.
    #[must_use]
    pub fn step(&self) -> Option<StepName> {
        StepName::parse(self.get(Self::STEP))
    }

    /// Returns whether the form was made for the procedure with this reference number. A form without a number was made before there
    /// was a procedure, and fits any.
    #[must_use]
    pub fn is_for(&self, reference: &str) -> bool {
        let named = self.get(Self::REFERENCE);
        named.is_empty() || named == reference
    }

    /// Returns whether the form was made before there was a procedure.
    #[must_use]
    pub fn names_none(&self) -> bool {
        self.get(Self::REFERENCE).is_empty()
    }

    /// Returns what the pressed button asks for, or `None` if it is not one of ours.
    #[must_use]
    pub fn action(&self) -> Option<Action> {
        Action::parse(self.get(Self::ACTION))
    }

    /// Returns whether the pressed button asks for this.
    #[must_use]
    pub fn asks_for(&self, action: Action) -> bool {
        self.get(Self::ACTION) == action.as_str()
    }

    /// Returns whether a name occurs more than once. No form of ours sends that.
    #[must_use]
    pub fn has_duplicates(&self) -> bool {
        let mut seen = std::collections::BTreeSet::new();
        self.0.iter().any(|(name, _)| !seen.insert(name))
    }
}

/// Prints only the names, because what was typed may be a password.
impl core::fmt::Debug for Form {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_list().entries(self.0.iter().map(|(name, _)| name)).finish()
    }
}
