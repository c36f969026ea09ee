use serde::{Deserialize, Serialize};

/// Who speaks: from the brand part of the configuration (spec section 9).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Brand {
    /// The portal's name.
    pub service: String,
    /// What the portal was called before the renewal date.
    pub former_service: String,
    /// The insurance company.
    pub insurer: String,
    /// What is insured, as customers say it.
    pub product: String,
    /// The contact centre's telephone number as printed.
    pub centre_phone: String,
    /// The contact centre's hours as printed.
    pub centre_hours: String,
    /// The day the present sign-in began, as printed.
    pub renewal_date: String,
    /// The address that browsers open, without a slash at the end.
    pub public_url: String,
    /// The address that mails come from, so that people can let it through their filters.
    pub mail_from: String,
}
