use serde::{Deserialize, Serialize};

/// The names and the contact details of the installation, from the brand part of the configuration (spec, section 9).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Brand {
    /// The portal's name.
    pub service: String,
    /// What the portal was called before the renewal date.
    pub former_service: String,
    /// The insurance company.
    pub insurer: String,
    /// The name of the insured product, as customers use it.
    pub product: String,
    /// The contact centre's telephone number as printed.
    pub centre_phone: String,
    /// The contact centre's hours as printed.
    pub centre_hours: String,
    /// The day on which the present way of signing in began, as printed.
    pub renewal_date: String,
    /// The address that browsers open, without a slash at the end.
    pub public_url: String,
    /// The sender address of mails, so that people can allow it in their filters.
    pub mail_from: String,
}
