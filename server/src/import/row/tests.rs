//! Rows of the contracts file, right and wrong.

use super::*;

#[rustfmt::skip]
const GOOD: [&str; 26] = [
    "k-1", "c-1", "ニリン タロウ", "090-0000-0001", "taro@example.jp", "NR10000001", "", "",
    "バイク保険", "active", "2026-04-01", "2027-04-01", "リンドウ250", "品川 あ 12-34", "249", "2021-03",
    "日常・レジャー", "本人限定", "12", "無制限", "無制限", "3,000万円", "なし", "あり", "23400", "年払",
];

/// The columns that a file must have.
fn needed() -> Vec<&'static str> {
    FileColumn::ALL.iter().filter(|column| !column.is_optional()).map(|column| column.as_str()).collect()
}

fn header(names: &[&str]) -> Result<Columns, ImportError> {
    Columns::read(&names.iter().copied().collect())
}

/// The good row with other values in these columns.
fn parse(changes: &[(FileColumn, &str)]) -> Result<Row, Vec<RowFault>> {
    let names = needed();
    let values = names.iter().zip(GOOD).map(|(name, good)| {
        changes.iter().find(|(column, _)| column.as_str() == *name).map_or(good, |(_, value)| value)
    });
    Row::parse(&header(&names).unwrap(), &values.collect())
}

fn columns(changes: &[(FileColumn, &str)]) -> Vec<FileColumn> {
    parse(changes).unwrap_err().iter().filter_map(|fault| fault.column).collect()
}

#[test]
fn a_good_row_is_brought_into_its_stored_form() {
    let row = parse(&[(FileColumn::Email, "Taro@Example.jp")]).unwrap();
    assert_eq!(row.customer.kana, "ニリン　タロウ");
    assert_eq!(row.customer.kana_key, "ニリンタロウ");
    assert_eq!(row.customer.email.as_deref(), Some("Taro@Example.jp"));
    assert_eq!(row.customer.email_key.as_deref(), Some("taro@example.jp"));
    assert_eq!(row.phones, ["09000000001"]);
    assert_eq!((row.contract.grade, row.contract.premium_yen, row.contract.displacement_cc), (12, 23_400, 249));
    assert_eq!(row.contract.customer_id, "c-1");
    assert_eq!(row.numbers().collect::<Vec<_>>(), [(FileColumn::PolicyNumber, "NR10000001")]);
}

/// The good row with what the insurer offers for the next term.
fn parse_offer(next_premium_yen: &str, next_starts_on: &str) -> Result<Row, Vec<RowFault>> {
    let all: Vec<_> = FileColumn::ALL.iter().map(|column| column.as_str()).collect();
    Row::parse(&header(&all).unwrap(), &GOOD.into_iter().chain([next_premium_yen, next_starts_on]).collect())
}

#[test]
fn a_file_may_say_what_the_next_term_costs_and_when_it_begins() {
    let offer = |row: Row| (row.contract.next_premium_yen, row.contract.next_starts_on);
    assert_eq!(parse_offer("21800", "2027-04-01").map(offer), Ok((Some(21_800), Some("2027-04-01".to_owned()))));
    assert_eq!(parse_offer("", "").map(offer), Ok((None, None)));
    assert_eq!(parse(&[]).map(offer), Ok((None, None)), "a file without these columns");
}

#[test]
fn the_next_terms_columns_are_checked_like_the_others() {
    for (premium, start, column) in [
        ("21,800", "2027-04-01", FileColumn::NextPremiumYen),
        ("-1", "2027-04-01", FileColumn::NextPremiumYen),
        ("21800", "2027/04/01", FileColumn::NextStartsOn),
        ("21800", "2027-03-31", FileColumn::NextStartsOn),
    ] {
        let faults = parse_offer(premium, start).unwrap_err();
        assert_eq!(faults.iter().map(|fault| fault.column).collect::<Vec<_>>(), [Some(column)]);
    }
}

#[test]
fn each_column_has_a_rule_of_its_own() {
    for column in FileColumn::ALL.iter().copied().filter(|column| !column.is_optional()) {
        let wrong = if column == FileColumn::Email { "taro" } else { "\u{7}" };
        assert!(columns(&[(column, wrong)]).contains(&column), "{column:?}");
    }
}

#[test]
fn all_that_is_wrong_with_a_row_is_told_at_once() {
    assert_eq!(
        columns(&[(FileColumn::Kana, "二輪"), (FileColumn::Grade, "21"), (FileColumn::Status, "")]),
        [FileColumn::Kana, FileColumn::Status, FileColumn::Grade]
    );
}

#[test]
fn a_contract_needs_one_number_whichever() {
    assert_eq!(columns(&[(FileColumn::PolicyNumber, "")]), [FileColumn::PolicyNumber]);
    assert!(parse(&[(FileColumn::PolicyNumber, ""), (FileColumn::QuoteNumber, "MT30000001")]).is_ok());
    assert!(parse(&[(FileColumn::PolicyNumber, ""), (FileColumn::RenewalNumber, "KE20000001")]).is_ok());
}

#[test]
fn the_same_number_in_two_columns_is_told_however_it_is_written() {
    assert_eq!(columns(&[(FileColumn::QuoteNumber, "nr-10000001")]), [FileColumn::QuoteNumber]);
}

#[test]
fn a_contract_starts_before_it_ends() {
    assert_eq!(columns(&[(FileColumn::EndsOn, "2026-04-01")]), [FileColumn::EndsOn]);
    assert_eq!(columns(&[(FileColumn::StartsOn, "tomorrow")]), [FileColumn::StartsOn]);
}

#[test]
fn a_comma_without_quotes_is_told_as_a_wrong_count_of_values() {
    let mut values: Vec<&str> = GOOD.to_vec();
    values.push("more");
    let faults = Row::parse(&header(&needed()).unwrap(), &values.into_iter().collect()).unwrap_err();
    assert_eq!(faults[0].column, None);
    assert!(faults[0].why.contains("27 values instead of 26"));
}

#[test]
fn empty_columns_at_the_end_do_no_harm() {
    let with_empty = |values: &[&str]| values.iter().copied().chain(["", ""]).collect::<StringRecord>();
    let columns = Columns::read(&with_empty(&needed())).unwrap();
    assert!(Row::parse(&columns, &with_empty(&GOOD)).is_ok());
    assert!(Row::parse(&columns, &GOOD.iter().copied().collect()).is_ok());
}

#[test]
fn columns_stand_in_any_order_but_all_of_them_once_and_no_other() {
    let mut names = needed();
    names.reverse();
    assert_eq!(header(&names).unwrap().place(FileColumn::Payment), Some(0));
    assert!(matches!(header(&names[1..]), Err(ImportError::MissingColumns(missing)) if missing == "payment"));
    names[0] = "colour";
    assert!(matches!(header(&names), Err(ImportError::UnknownColumn(unknown)) if unknown == "colour"));
    names[0] = "kana";
    assert!(matches!(header(&names), Err(ImportError::ColumnTwice(FileColumn::Kana))));
}

#[test]
fn the_documents_tell_every_column_in_its_order() {
    let documents = include_str!("../../../../docs/contracts.md");
    let table = documents.split("\n## The columns").nth(1).unwrap().split("\n## ").next().unwrap();
    let told: Vec<_> = table.lines().filter_map(|line| line.strip_prefix("| `")?.split_once('`')).collect();
    assert_eq!(
        told.iter().map(|(name, _)| *name).collect::<Vec<_>>(),
        FileColumn::ALL.iter().map(|column| column.as_str()).collect::<Vec<_>>()
    );
    for (column, (name, rule)) in FileColumn::ALL.iter().zip(told) {
        assert_eq!(rule.contains("left out"), column.is_optional(), "{name}");
    }
}
