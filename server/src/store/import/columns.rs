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
/// A column of values.
#[derive(Clone, Copy)]
pub struct Column {
    pub name: &'static str,
    kind: &'static str,
    /// Whether a file may leave it out.
    pub is_optional: bool,
}

const fn text(name: &'static str) -> Column {
    Column { name, kind: "TEXT", is_optional: false }
}

const fn number(name: &'static str) -> Column {
    Column { name, kind: "BIGINT", is_optional: false }
}

impl Column {
    const fn optional(self) -> Self {
        Self { is_optional: true, ..self }
    }
}

/// What says whose a row is, and who that is.
const CUSTOMER: [Column; 9] = [
    text("contract_id"),
    text("customer_id"),
    text("kana"),
    text("kana_key"),
    text(PHONES[0]),
    text(PHONES[1]),
    text(PHONES[2]),
    text("email"),
    text("email_key"),
];

/// The values of a contract besides its ids and its numbers, which have the same columns in a file.
pub const CONTRACT: [Column; 20] = [
    text("product"),
    text("status"),
    text("starts_on"),
    text("ends_on"),
    text("vehicle"),
    text("plate"),
    number("displacement_cc"),
    text("first_registered"),
    text("usage"),
    text("rider_scope"),
    number("grade"),
    text("bodily_injury"),
    text("property_damage"),
    text("personal_injury"),
    text("vehicle_cover"),
    text("roadside"),
    number("premium_yen"),
    text("payment"),
    number("next_premium_yen").optional(),
    text("next_starts_on").optional(),
];

/// The numbers of a contract and its other values.
fn of_contract() -> impl Iterator<Item = Column> {
    ContractRow::NUMBERS.into_iter().map(text).chain(CONTRACT)
}

/// All columns of a row besides its line, in the order of [`StagedRow::values`].
fn of_row() -> impl Iterator<Item = Column> {
    CUSTOMER.into_iter().chain(of_contract())
}

/// Returns the columns with their types, for a table of rows.
pub(super) fn declared() -> String {
    of_row().map(|column| format!("{} {}", column.name, column.kind)).collect::<Vec<_>>().join(", ")
}

/// Returns the names of all columns.
pub(super) fn all() -> String {
    of_row().map(|column| column.name).collect::<Vec<_>>().join(", ")
}

/// Returns something for each value of a contract, put together.
pub(super) fn each_contract_value(text: impl Fn(&str) -> String, between: &str) -> String {
    of_contract().map(|column| text(column.name)).collect::<Vec<_>>().join(between)
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
    pub(super) fn values(&self) -> impl Iterator<Item = Value<'_>> {
        let text = |value| Value::Text(Some(value));
        let number = |value| Value::Number(Some(value));
        let phone = |nth: usize| Value::Text(self.phones.get(nth).map(String::as_str));
        let (who, contract) = (&self.customer, &self.contract);
        let customer: [Value<'_>; CUSTOMER.len()] = [
            text(&contract.id),
            text(who.id.as_str()),
            text(&who.kana),
            text(&who.kana_key),
            phone(0),
            phone(1),
            phone(2),
            Value::Text(who.email.as_deref()),
            Value::Text(who.email_key.as_deref()),
        ];
        let values: [Value<'_>; CONTRACT.len()] = [
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
        ];
        customer.into_iter().chain(contract.numbers().map(Value::Text)).chain(values)
    }
}
