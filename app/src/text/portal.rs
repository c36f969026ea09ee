//! What the portal says.

pub const CONTRACTS: &str = "ご契約";
pub const HOME: &str = "マイページ";
pub const NO_CONTRACTS: &str = "表示できるご契約がありません。お心当たりがあるときは、カスタマーサービスセンターへお電話ください。";

/// The line below the greeting.
#[must_use]
pub fn greeting(last_sign_in: Option<String>) -> String {
    last_sign_in.map_or_else(
        || "ログインの登録が済みました。ご契約の内容をご確認ください。".into(),
        |at| format!("前回のログイン：{at}"),
    )
}

/// A contract's status as imported.
#[must_use]
pub fn status(code: &str) -> &'static str {
    match code {
        "active" => "ご契約中",
        "renewal" => "継続手続き中",
        "quote" => "お見積り",
        _ => "終了",
    }
}

/// 「2026年4月1日から2027年4月1日まで」 from two ISO dates.
#[must_use]
pub fn period(starts_on: &str, ends_on: &str) -> String {
    format!("{}から{}まで", iso_date(starts_on), iso_date(ends_on))
}

/// 「2026年4月1日」 from an ISO date; anything else is shown as it is.
#[must_use]
pub fn iso_date(date: &str) -> String {
    let mut parts = date.splitn(3, '-').map(|part| part.trim_start_matches('0'));
    match (parts.next(), parts.next(), parts.next()) {
        (Some(year), Some(month), Some(day)) => format!("{year}年{month}月{day}日"),
        _ => date.to_owned(),
    }
}

/// Days to expiry.
#[must_use]
pub fn days_left(days: i64) -> String {
    match days {
        0 => "本日が満期日です".into(),
        1.. => format!("満期日まであと{days}日"),
        _ => "満期日を過ぎています".into(),
    }
}
