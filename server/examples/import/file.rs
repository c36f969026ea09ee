//! A contracts file of any size. It is written in the form in which it is stored, so that a plain load needs no rules.

use std::fs::File;
use std::io::{BufRead as _, BufReader, BufWriter, Result, Write as _};
use std::path::Path;

const HEADER: &str = "contract_id,customer_id,kana,phones,email,policy_number,renewal_number,quote_number,product,status,starts_on,\
    ends_on,vehicle,plate,displacement_cc,first_registered,usage,rider_scope,grade,bodily_injury,property_damage,personal_injury,\
    vehicle_cover,roadside,premium_yen,payment";
const NAMES: [&str; 8] = ["サトウ", "スズキ", "タカハシ", "タナカ", "イトウ", "ワタナベ", "ヤマモト", "ナカムラ"];

/// What the holder of a contract types at the identity check.
pub struct Person {
    pub number: String,
    pub kana_key: String,
    pub phone: String,
}

/// Returns the holder of a row.
pub fn person(nth: usize) -> Person {
    let customer = customer(nth);
    let (family, given) = name(customer);
    Person {
        number: format!("NR{:08}", number(nth)),
        kana_key: format!("{family}{given}"),
        phone: format!("09{:09}", customer % 1_000_000_000),
    }
}

/// Every tenth customer has two contracts.
const fn customer(nth: usize) -> usize {
    nth - nth / 11
}

fn name(customer: usize) -> (&'static str, &'static str) {
    (NAMES[customer % 8], NAMES[customer / 8 % 8])
}

/// In no order, as numbers of a contract system are.
const fn number(nth: usize) -> u64 {
    (nth as u64).wrapping_mul(7_368_787) % 100_000_000
}

/// Writes the file.
pub fn write(file: &Path, rows: usize) -> Result<()> {
    let mut out = BufWriter::new(File::create(file)?);
    writeln!(out, "{HEADER}")?;
    for nth in 0..rows {
        let (customer, number) = (customer(nth), number(nth));
        let (family, given) = name(customer);
        writeln!(
            out,
            "k-{nth},c-{customer},{family}　{given},09{:09},user{customer}@example.jp,NR{number:08},KE{number:08},,バイク保険 スタンダード,active,\
             2026-04-01,2027-04-01,アキツ リンドウ250,品川 あ {:02}-{:02},249,2021-03,日常・レジャー,本人限定・26歳以上,{},無制限,1億円,\
             3000万円,50万円（免責5万円）,あり（100kmまで搬送無料）,{},年払（クレジットカード）",
            customer % 1_000_000_000,
            nth / 100 % 100,
            nth % 100,
            1 + nth % 20,
            10_000 + nth % 30_000,
        )?;
    }
    out.flush()
}

/// Copies a file with another premium in one row of a hundred.
pub fn change(from: &Path, to: &Path) -> Result<()> {
    let mut out = BufWriter::new(File::create(to)?);
    for (nth, line) in BufReader::new(File::open(from)?).lines().enumerate() {
        let line = line?;
        writeln!(out, "{}", if nth % 100 == 50 { line.replace(",年払", "7,年払") } else { line })?;
    }
    out.flush()
}
