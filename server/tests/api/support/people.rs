//! Some of the demo customers (docs/contracts.md), as a person would type them.

/// Somebody with a contract.
#[derive(Clone, Copy)]
pub struct Person {
    pub customer: &'static str,
    pub number: &'static str,
    pub kana: &'static str,
    pub phone: &'static str,
    pub email: &'static str,
}

const fn person(
    customer: &'static str,
    number: &'static str,
    kana: &'static str,
    phone: &'static str,
    email: &'static str,
) -> Person {
    Person { customer, number, kana, phone, email }
}

/// The demo customer: two contracts.
pub const TARO: Person = person("c-001", "NR10000001", "ニリン タロウ", "090-0000-0001", "taro@example.jp");
/// No address registered.
pub const HANAKO: Person = person("c-002", "NR10000002", "ニリン ハナコ", "090-0000-0002", "");
/// Shares an address with [`HIROSHI`].
pub const KEIKO: Person = person("c-003", "NR10000003", "ミドリカワ ケイコ", "090-0000-0003", "family@example.jp");
pub const HIROSHI: Person = person("c-004", "NR10000004", "ミドリカワ ヒロシ", "090-0000-0004", "family@example.jp");
/// An old carrier address: two dots in a row.
pub const DOTKO: Person = person("c-005", "NR10000005", "フルカワ ドットコ", "090-0000-0005", "a..b@docomo.ne.jp");
/// An old carrier address: a dot before the @.
pub const TENSUKE: Person = person("c-006", "NR10000006", "フルカワ テンスケ", "090-0000-0006", "x.@ezweb.ne.jp");
/// Four contracts.
pub const KAZUO: Person = person("c-007", "NR10000007", "ヨツモト カズオ", "090-0000-0007", "kazuo@example.jp");
/// Two phones: a mobile and this one's landline, 03-0000-0017.
pub const NAOMI: Person = person("c-017", "NR10000017", "フタツギ ナオミ", "090-0000-0017", "naomi@example.jp");
/// Upper-case letters in the address.
pub const JIRO: Person = person("c-022", "NR10000022", "オオモジ ジロウ", "090-0000-0022", "Jiro.Oomoji@Example.JP");
/// Half-width kana and full-width digits in the imported file.
pub const SABURO: Person = person("c-024", "NR10000024", "ハンカク サブロウ", "090-0000-0024", "saburo@example.jp");

pub const NOBU: Person = person("c-040", "NR10000040", "キュウソク ノブ", "090-0000-0040", "nobu@example.jp");
pub const CHIE: Person = person("c-042", "NR10000042", "ツヅキ ヂエ", "090-0000-0042", "chie@example.jp");

/// Satisfies both password profiles and is built from nobody's name.
pub const PASSWORD: &str = "Aozora+2718km";
pub const NEW_PASSWORD: &str = "Kaigan#3141pq";
pub const WRONG_PASSWORD: &str = "Zutto-9999-zz";
