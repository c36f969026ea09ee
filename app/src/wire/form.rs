use super::Field;
use serde::{Deserialize, Serialize};

/// A posted form: names and what was typed, in order.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Form(pub Vec<(String, String)>);

impl Form {
    /// What stands in `name`, or nothing.
    #[must_use]
    pub fn get(&self, name: &str) -> &str {
        self.0.iter().find(|(given, _)| given == name).map_or("", |(_, typed)| typed.as_str())
    }

    /// What was typed into `field`, or nothing.
    #[must_use]
    pub fn field(&self, field: Field) -> &str {
        self.get(field.name())
    }

    /// The step that the form was made for.
    #[must_use]
    pub fn step(&self) -> &str {
        self.get("step")
    }

    /// Whether the form was made for the procedure with this reference number; one that names none was made before there was one.
    #[must_use]
    pub fn is_for(&self, reference: &str) -> bool {
        let named = self.get("reference");
        named.is_empty() || named == reference
    }

    /// Whether the form was made before there was a procedure.
    #[must_use]
    pub fn names_none(&self) -> bool {
        self.get("reference").is_empty()
    }

    /// Which button was pressed; empty for the main one.
    #[must_use]
    pub fn act(&self) -> &str {
        self.get("act")
    }

    /// Whether a name stands more than once, which no form of ours sends.
    #[must_use]
    pub fn has_duplicates(&self) -> bool {
        let mut seen = std::collections::BTreeSet::new();
        self.0.iter().any(|(name, _)| !seen.insert(name))
    }
}

/// Names only: what was typed may be a password.
impl core::fmt::Debug for Form {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_list().entries(self.0.iter().map(|(name, _)| name)).finish()
    }
}
