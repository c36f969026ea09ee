//! The columns of the contracts file: what they are called there, and in which columns their values are staged.

use crate::store::{ContractRow, CustomerRow};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

rules::words! {
    /// A column of the file, in the order in which they are told and staged.
    FileColumn {
        ContractId = "contract_id",
        CustomerId = "customer_id",
        Kana = "kana",
        Phones = "phones",
        Email = "email",
        PolicyNumber = "policy_number",
        RenewalNumber = "renewal_number",
        QuoteNumber = "quote_number",
        Product = "product",
        Status = "status",
        StartsOn = "starts_on",
        EndsOn = "ends_on",
        Vehicle = "vehicle",
        Plate = "plate",
        DisplacementCc = "displacement_cc",
        FirstRegistered = "first_registered",
        Usage = "usage",
        RiderScope = "rider_scope",
        Grade = "grade",
        BodilyInjury = "bodily_injury",
        PropertyDamage = "property_damage",
        PersonalInjury = "personal_injury",
        VehicleCover = "vehicle_cover",
        Roadside = "roadside",
        PremiumYen = "premium_yen",
        Payment = "payment",
        NextPremiumYen = "next_premium_yen",
        NextStartsOn = "next_starts_on",
    }
}

/// Phones of a customer, a staged column each.
pub(super) const PHONES: [&str; 3] = ["phone_1", "phone_2", "phone_3"];

impl FileColumn {
    /// Returns whether a file may leave it out.
    #[must_use]
    pub const fn is_optional(self) -> bool {
        matches!(self, Self::NextPremiumYen | Self::NextStartsOn)
    }

    /// Returns whether it is a value of the contract, besides the ids: these have the same column in `contracts`.
    const fn is_of_contract(self) -> bool {
        !matches!(self, Self::ContractId | Self::CustomerId | Self::Kana | Self::Phones | Self::Email)
    }

    const fn kind(self) -> &'static str {
        match self {
            Self::DisplacementCc | Self::Grade | Self::PremiumYen | Self::NextPremiumYen => "BIGINT",
            _ => "TEXT",
        }
    }

    /// Returns the names of the columns in which it is staged.
    fn staged(self) -> impl Iterator<Item = &'static str> {
        let [phone, other_phones @ ..] = &PHONES;
        let (first, others): (&'static str, &'static [&'static str]) = match self {
            Self::Kana => (self.as_str(), &["kana_key"]),
            Self::Phones => (phone, other_phones),
            Self::Email => (self.as_str(), &["email_key"]),
            _ => (self.as_str(), &[]),
        };
        std::iter::once(first).chain(others.iter().copied())
    }
}

/// Returns the columns with their types, for a table of rows.
pub(super) fn declared() -> String {
    let typed = |column: &FileColumn| {
        let kind = column.kind();
        column.staged().map(move |name| format!("{name} {kind}")).collect::<Vec<_>>()
    };
    FileColumn::ALL.iter().flat_map(typed).collect::<Vec<_>>().join(", ")
}

/// Returns the names of all staged columns besides the line, in the order of [`StagedRow::each_value`].
pub(super) fn all() -> String {
    FileColumn::ALL.iter().flat_map(|column| column.staged()).collect::<Vec<_>>().join(", ")
}

/// Returns something for each value of a contract, put together.
pub(super) fn each_contract_value(text: impl Fn(&str) -> String, between: &str) -> String {
    let values = FileColumn::ALL.iter().filter(|column| column.is_of_contract());
    values.map(|column| text(column.as_str())).collect::<Vec<_>>().join(between)
}

/// Returns a condition that is true where any value of two rows differs; missing is a value too.
pub(super) fn any_contract_value_differs(one: &str, other: &str) -> String {
    each_contract_value(|name| format!("{one}.{name} IS DISTINCT FROM {other}.{name}"), " OR ")
}

/// A row that is right in itself, with its line in the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StagedRow {
    pub line: i64,
    pub customer: CustomerRow,
    /// Different ones, sorted, digits only; at most [`PHONES`].
    pub phones: Vec<String>,
    pub contract: ContractRow,
}

/// A value of a row.
#[derive(Clone, Copy)]
pub(super) enum Value<'a> {
    Text(Option<&'a str>),
    Number(Option<i64>),
}

impl<'a> Value<'a> {
    pub const fn text(value: &'a str) -> Self {
        Self::Text(Some(value))
    }

    pub const fn number(value: i64) -> Self {
        Self::Number(Some(value))
    }
}

impl StagedRow {
    /// Returns a number that is another one where rows of a customer say different things about them. It is compared within one run.
    pub(super) fn customer_digest(&self) -> i64 {
        let mut hasher = DefaultHasher::new();
        (&self.customer.kana, &self.phones, &self.customer.email_key).hash(&mut hasher);
        hasher.finish().cast_signed()
    }

    /// Gives the values, in the order of [`all`].
    pub(super) fn each_value<'a>(&'a self, mut give: impl FnMut(Value<'a>)) {
        let (who, contract) = (&self.customer, &self.contract);
        for column in FileColumn::ALL {
            let value = match column {
                FileColumn::ContractId => Value::text(&contract.id),
                FileColumn::CustomerId => Value::text(who.id.as_str()),
                FileColumn::Kana => {
                    give(Value::text(&who.kana));
                    Value::text(&who.kana_key)
                }
                FileColumn::Phones => {
                    let phone = |nth: usize| Value::Text(self.phones.get(nth).map(String::as_str));
                    give(phone(0));
                    give(phone(1));
                    phone(2)
                }
                FileColumn::Email => {
                    give(Value::Text(who.email.as_deref()));
                    Value::Text(who.email_key.as_deref())
                }
                FileColumn::PolicyNumber => Value::Text(contract.policy_number.as_deref()),
                FileColumn::RenewalNumber => Value::Text(contract.renewal_number.as_deref()),
                FileColumn::QuoteNumber => Value::Text(contract.quote_number.as_deref()),
                FileColumn::Product => Value::text(&contract.product),
                FileColumn::Status => Value::text(contract.status.as_str()),
                FileColumn::StartsOn => Value::text(&contract.starts_on),
                FileColumn::EndsOn => Value::text(&contract.ends_on),
                FileColumn::Vehicle => Value::text(&contract.vehicle),
                FileColumn::Plate => Value::text(&contract.plate),
                FileColumn::DisplacementCc => Value::number(contract.displacement_cc),
                FileColumn::FirstRegistered => Value::text(&contract.first_registered),
                FileColumn::Usage => Value::text(&contract.usage),
                FileColumn::RiderScope => Value::text(&contract.rider_scope),
                FileColumn::Grade => Value::number(contract.grade),
                FileColumn::BodilyInjury => Value::text(&contract.bodily_injury),
                FileColumn::PropertyDamage => Value::text(&contract.property_damage),
                FileColumn::PersonalInjury => Value::text(&contract.personal_injury),
                FileColumn::VehicleCover => Value::text(&contract.vehicle_cover),
                FileColumn::Roadside => Value::text(&contract.roadside),
                FileColumn::PremiumYen => Value::number(contract.premium_yen),
                FileColumn::Payment => Value::text(&contract.payment),
                FileColumn::NextPremiumYen => Value::Number(contract.next_premium_yen),
                FileColumn::NextStartsOn => Value::Text(contract.next_starts_on.as_deref()),
            };
            give(value);
        }
    }
}
