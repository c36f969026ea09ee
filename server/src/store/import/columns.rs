//! The columns of a row of the file, in the order in which they are staged, and their values.

use crate::store::{ContractRow, CustomerRow};

/// A row that is right in itself, with its line in the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StagedRow {
    pub line: i64,
    pub customer: CustomerRow,
    /// Different ones, sorted, digits only; at most [`PHONES`].
    pub phones: Vec<String>,
    pub contract: ContractRow,
}

/// Phones of a customer, a column each.
pub(super) const PHONES: [&str; 3] = ["phone_1", "phone_2", "phone_3"];
/// The numbers by which a contract is found.
pub(super) const NUMBERS: [&str; 3] = ["policy_number", "renewal_number", "quote_number"];

/// A column and whether it holds a number.
type Column = (&'static str, bool);

/// What says whose a row is, and who that is.
const CUSTOMER: [Column; 9] = [
    ("contract_id", false),
    ("customer_id", false),
    ("kana", false),
    ("kana_key", false),
    (PHONES[0], false),
    (PHONES[1], false),
    (PHONES[2], false),
    ("email", false),
    ("email_key", false),
];

/// The values of a contract besides its id and its customer's.
const CONTRACT: [Column; 23] = [
    (NUMBERS[0], false),
    (NUMBERS[1], false),
    (NUMBERS[2], false),
    ("product", false),
    ("status", false),
    ("starts_on", false),
    ("ends_on", false),
    ("vehicle", false),
    ("plate", false),
    ("displacement_cc", true),
    ("first_registered", false),
    ("usage", false),
    ("rider_scope", false),
    ("grade", true),
    ("bodily_injury", false),
    ("property_damage", false),
    ("personal_injury", false),
    ("vehicle_cover", false),
    ("roadside", false),
    ("premium_yen", true),
    ("payment", false),
    ("next_premium_yen", true),
    ("next_starts_on", false),
];

/// Columns of a row besides its line.
pub(super) const COUNT: usize = CUSTOMER.len() + CONTRACT.len();

/// Returns the columns with their types, for a table of rows.
pub(super) fn declared() -> String {
    let typed = |(name, number): &Column| format!("{name} {}", if *number { "BIGINT" } else { "TEXT" });
    CUSTOMER.iter().chain(&CONTRACT).map(typed).collect::<Vec<_>>().join(", ")
}

/// Returns the names of all columns.
pub(super) fn all() -> String {
    CUSTOMER.iter().chain(&CONTRACT).map(|(name, _)| *name).collect::<Vec<_>>().join(", ")
}

/// Returns something for each value of a contract, put together.
pub(super) fn each_contract_value(text: impl Fn(&str) -> String, between: &str) -> String {
    CONTRACT.iter().map(|(name, _)| text(name)).collect::<Vec<_>>().join(between)
}

/// Returns a condition that is true where any value of two rows differs; missing is a value too.
pub(super) fn any_contract_value_differs(one: &str, other: &str) -> String {
    each_contract_value(|name| format!("{one}.{name} IS DISTINCT FROM {other}.{name}"), " OR ")
}

/// A value of a row.
#[derive(Clone, Copy)]
pub(super) enum Value<'a> {
    Text(Option<&'a str>),
    Number(Option<i64>),
}

impl StagedRow {
    /// Returns the values, in the order of [`all`].
    pub(super) fn values(&self) -> [Value<'_>; COUNT] {
        let text = |value| Value::Text(Some(value));
        let number = |value| Value::Number(Some(value));
        let phone = |nth: usize| Value::Text(self.phones.get(nth).map(String::as_str));
        let (who, contract) = (&self.customer, &self.contract);
        [
            text(&contract.id),
            text(who.id.as_str()),
            text(&who.kana),
            text(&who.kana_key),
            phone(0),
            phone(1),
            phone(2),
            Value::Text(who.email.as_deref()),
            Value::Text(who.email_key.as_deref()),
            Value::Text(contract.policy_number.as_deref()),
            Value::Text(contract.renewal_number.as_deref()),
            Value::Text(contract.quote_number.as_deref()),
            text(&contract.product),
            text(contract.status.as_str()),
            text(&contract.starts_on),
            text(&contract.ends_on),
            text(&contract.vehicle),
            text(&contract.plate),
            number(contract.displacement_cc),
            text(&contract.first_registered),
            text(&contract.usage),
            text(&contract.rider_scope),
            number(contract.grade),
            text(&contract.bodily_injury),
            text(&contract.property_damage),
            text(&contract.personal_injury),
            text(&contract.vehicle_cover),
            text(&contract.roadside),
            number(contract.premium_yen),
            text(&contract.payment),
            Value::Number(contract.next_premium_yen),
            Value::Text(contract.next_starts_on.as_deref()),
        ]
    }
}
