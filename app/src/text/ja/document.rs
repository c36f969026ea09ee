//! What frames every page: the language itself, titles, header and footer.

use crate::wire::Brand;

/// The language of the pages, for `lang` and for machines that ask.
pub const LANGUAGE: &str = "ja";
pub const SKIP: &str = "本文へ進む";
pub const GUIDANCE: &str = "ご案内";
pub const HELP: &str = "ヘルプ";
pub const SIGN_OUT: &str = "ログアウト";
/// The contact centre, with its number after it.
pub const CENTRE_CALL: &str = "カスタマーサービスセンター　";

/// What search engines show below a page's title.
#[must_use]
pub fn description(brand: &Brand) -> String {
    format!("{}のご契約者さま専用ページ「{}」です。", brand.product, brand.service)
}

/// A document's title, the narrowest name first.
#[must_use]
pub fn title(names: &[&str]) -> String {
    let mut names = names.to_vec();
    names.dedup();
    names.join("｜")
}
