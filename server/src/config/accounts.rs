//! Settings of passwords and accounts.

use rules::password::PasswordProfile;
use serde::Deserialize;

/// Which passwords are accepted.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PasswordSettings {
    #[serde(deserialize_with = "profile")]
    pub profile: PasswordProfile,
}

fn profile<'de, D: serde::Deserializer<'de>>(from: D) -> Result<PasswordProfile, D::Error> {
    word(from, PasswordProfile::parse, "must be \"standard\" or \"long\"")
}

fn proof<'de, D: serde::Deserializer<'de>>(from: D) -> Result<ResetProof, D::Error> {
    word(from, ResetProof::parse, "must be \"none\" or \"phone\"")
}

fn word<'de, D: serde::Deserializer<'de>, T>(
    from: D,
    parse: impl Fn(&str) -> Option<T>,
    why: &'static str,
) -> Result<T, D::Error> {
    parse(&String::deserialize(from)?).ok_or_else(|| serde::de::Error::custom(why))
}

/// What an installation may choose about accounts.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AccountSettings {
    /// Flow B shows a masked user ID and mails the full one.
    pub mask_user_id: bool,
    /// What a reset asks for besides the link.
    #[serde(deserialize_with = "proof")]
    pub reset_proof: ResetProof,
}

rules::words! {
    /// What a reset asks for besides the link.
    ResetProof {
        /// Nothing.
        None = "none",
        /// One of the customer's phone numbers.
        Phone = "phone",
    }
}
