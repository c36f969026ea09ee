//! How the gallery, and the mailbox of rehearsal builds, look at a mail.

pub const LIGHT: &str = "明るい配色";
pub const DARK: &str = "暗い配色";
pub const INVERTED: &str = "メールソフトによる反転（近似）";

pub const SHORT_SUBJECT: &str = "件名は30文字以内";
pub const NO_CODE_IN_SUBJECT: &str = "件名に認証番号がない";
pub const INBOX_LINE: &str = "受信箱の1行がある";
pub const SMALL_HTML: &str = "HTMLは102KB未満";
pub const LOADS_NOTHING: &str = "外部のファイルを読み込まない";
pub const OWN_LINKS: &str = "リンク先は自社のページだけ";
pub const TELLING_LINKS: &str = "リンクの文言で行き先がわかる";
pub const LINKS_IN_TEXT: &str = "リンク先はテキストにもある";
pub const ONE_BUTTON: &str = "ボタンは1つまで";
pub const SHORT_LINES: &str = "テキストの1行は全角38文字以内";

/// Words of a link that say nothing where they stand alone.
pub const VAGUE: [&str; 3] = ["こちら", "ここ", "クリック"];

#[must_use]
pub fn characters(count: usize) -> String {
    format!("{count}文字")
}

#[must_use]
pub fn half_width(columns: usize) -> String {
    format!("半角{columns}文字")
}

#[must_use]
pub fn bytes(count: usize) -> String {
    format!("{count}バイト")
}

#[must_use]
pub fn things(count: usize) -> String {
    format!("{count}件")
}

#[must_use]
pub fn missing(count: usize) -> String {
    format!("{count}件が不足")
}

#[must_use]
pub fn pieces(count: usize) -> String {
    format!("{count}個")
}

/// How many links lead elsewhere.
#[must_use]
pub fn foreign(all: usize, elsewhere: usize) -> String {
    format!("{all}件中{elsewhere}件が外部")
}
