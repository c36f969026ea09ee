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
    let name = String::deserialize(from)?;
    match name.as_str() {
        "standard" => Ok(PasswordProfile::Standard),
        "long" => Ok(PasswordProfile::Long),
        _ => Err(serde::de::Error::custom("must be \"standard\" or \"long\"")),
    }
}

/// What an installation may choose about accounts.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AccountSettings {
    /// Flow B shows a masked user ID and mails the full one.
    pub mask_user_id: bool,
    /// What a reset asks for besides the link.
    pub reset_proof: ResetProof,
}

/// What a reset asks for besides the link.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ResetProof {
    None,
    /// One of the customer's phone numbers.
    Phone,
}
