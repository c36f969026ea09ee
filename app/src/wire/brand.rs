//! The brand's words, which cross with a flow's page.

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

impl Brand {
    /// Returns the words, in the order of [`Brand::from_words`].
    #[must_use]
    pub fn words(&self) -> [&str; 9] {
        let Self {
            service,
            former_service,
            insurer,
            product,
            centre_phone,
            centre_hours,
            renewal_date,
            public_url,
            mail_from,
        } = self;
        [service, former_service, insurer, product, centre_phone, centre_hours, renewal_date, public_url, mail_from]
    }

    /// Reads the words. Returns nothing if there are too few.
    pub fn from_words<'a>(mut words: impl Iterator<Item = &'a str>) -> Option<Self> {
        let mut next = || words.next().map(str::to_owned);
        Some(Self {
            service: next()?,
            former_service: next()?,
            insurer: next()?,
            product: next()?,
            centre_phone: next()?,
            centre_hours: next()?,
            renewal_date: next()?,
            public_url: next()?,
            mail_from: next()?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_read_as_they_were_written() {
        let brand = Brand {
            service: "a".into(),
            former_service: String::new(),
            insurer: "c ".into(),
            product: "d".into(),
            centre_phone: "e".into(),
            centre_hours: "f　".into(),
            renewal_date: "g".into(),
            public_url: "h".into(),
            mail_from: "i".into(),
        };
        assert_eq!(Brand::from_words(brand.words().into_iter()), Some(brand.clone()));
        assert_eq!(Brand::from_words(brand.words().into_iter().skip(1)), None);
    }
}
