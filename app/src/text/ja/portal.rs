//! What the portal says.

use crate::port::Contract;
use rules::ContractStatus;
use rules::renewal::ReminderChoice;

pub const MENU: &str = "メニュー";
pub const HOME: &str = "マイページ";
pub const ACCOUNT: &str = "アカウント";
pub const BACK_HOME: &str = "マイページへ戻る";

pub const CONTRACTS: &str = "ご契約";
pub const NO_CONTRACTS: &str =
    "表示できるご契約がありません。お心当たりがあるときは、カスタマーサービスセンターへお電話ください。";
pub const CONTRACT_DETAILS: &str = "くわしい内容を見る";
pub const CONTRACT_CHANGE: &str =
    "メールアドレスの変更など、この画面でできない手続きは、カスタマーサービスセンターへお電話ください。";

pub const POLICY_NUMBER: &str = "証券番号";
pub const RENEWAL_NUMBER: &str = "継続契約番号";
pub const QUOTE_NUMBER: &str = "見積番号";

pub const TERMS: &str = "ご契約内容";
pub const PRODUCT: &str = "商品名";
pub const PERIOD: &str = "保険期間";
pub const GRADE: &str = "ノンフリート等級";

pub const VEHICLE: &str = "ご契約のバイク";
pub const VEHICLE_NAME: &str = "車名";
pub const PLATE: &str = "登録番号";
pub const DISPLACEMENT: &str = "総排気量";
pub const FIRST_REGISTERED: &str = "初度登録年月";
pub const USAGE: &str = "使用目的";

pub const COVER: &str = "補償内容";
pub const RIDER_SCOPE: &str = "運転者の範囲";
pub const BODILY_INJURY: &str = "対人賠償";
pub const PROPERTY_DAMAGE: &str = "対物賠償";
pub const PERSONAL_INJURY: &str = "人身傷害";
pub const VEHICLE_COVER: &str = "車両保険";
pub const ROADSIDE: &str = "ロードサービス";

pub const PAYMENT: &str = "お支払い";
pub const PREMIUM: &str = "保険料";
pub const PAYMENT_WAY: &str = "お支払い方法";

pub const SESSIONS: &str = "ログイン中の端末";
pub const SESSIONS_WHY: &str =
    "心当たりのない端末があるときは、その端末をログアウトして、すぐにパスワードを変更してください。";
pub const THIS_DEVICE: &str = "お使いの端末";
pub const SIGNED_IN_AT: &str = "ログインした日時";
pub const SEEN_AT: &str = "最後に使った日時";
pub const SIGN_OUT: &str = "ログアウト";
pub const END_SESSION: &str = "この端末をログアウト";
pub const END_OTHERS: &str = "ほかの端末をすべてログアウト";

pub const REMINDERS: &str = "満期のお知らせメール";
pub const REMINDERS_NOW: &str = "今の設定";

pub const HISTORY: &str = "ログインの履歴";
pub const HISTORY_WHY: &str =
    "心当たりのないログインがあるときは、パスワードを変更して、カスタマーサービスセンターへお電話ください。";
pub const NO_HISTORY: &str = "表示できる履歴がありません。";
pub const HISTORY_AT: &str = "日時";
pub const HISTORY_DEVICE: &str = "端末";
pub const HISTORY_OUTCOME: &str = "結果";

/// The account page's title, with 「エラー：」 in front if something was wrong.
#[must_use]
pub fn account_title(error: bool, service: &str) -> String {
    format!("{}{ACCOUNT}｜{service}", if error { "エラー：" } else { "" })
}

/// The policyholder's name as a form of address.
#[must_use]
pub fn name(kana: &str) -> String {
    format!("{kana} 様")
}

/// When the mails come that remind of a renewal.
#[must_use]
pub fn reminders_why(days: &[i64]) -> String {
    let days: Vec<_> = days.iter().map(|days| format!("{days}日前")).collect();
    format!(
        "受け取る設定のときは、継続の手続きがまだのご契約について、満期日の{}に、メールでお知らせします。",
        days.join("、")
    )
}

/// Whether somebody is reminded.
#[must_use]
pub const fn reminders_state(choice: ReminderChoice) -> &'static str {
    match choice {
        ReminderChoice::On => "受け取る",
        ReminderChoice::Off => "受け取らない",
    }
}

/// The button that leads to this choice.
#[must_use]
pub const fn choose_reminders(choice: ReminderChoice) -> &'static str {
    match choice {
        ReminderChoice::On => "お知らせメールを受け取る",
        ReminderChoice::Off => "お知らせメールを止める",
    }
}

/// The result of an attempt to sign in.
#[must_use]
pub const fn outcome(succeeded: bool) -> &'static str {
    if succeeded { "ログインしました" } else { "ログインできませんでした" }
}

/// The numbers that a contract carries, each with its name.
#[must_use]
pub fn numbers(contract: &Contract) -> Vec<(&'static str, String)> {
    [
        (POLICY_NUMBER, &contract.policy_number),
        (RENEWAL_NUMBER, &contract.renewal_number),
        (QUOTE_NUMBER, &contract.quote_number),
    ]
    .into_iter()
    .filter_map(|(name, number)| number.clone().map(|number| (name, number)))
    .collect()
}

/// 「12等級」
#[must_use]
pub fn grade(grade: i64) -> String {
    format!("{grade}等級")
}

/// 「249cc」. An electric motorcycle has no displacement.
#[must_use]
pub fn displacement(cc: i64) -> String {
    if cc > 0 { format!("{cc}cc") } else { "なし（電動）".into() }
}

/// 「23,400円」
#[must_use]
pub fn yen(amount: i64) -> String {
    let digits = amount.unsigned_abs().to_string();
    let mut grouped = String::from(if amount < 0 { "-" } else { "" });
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped + "円"
}

/// 「2021年3月」 from an ISO month; anything else is shown as it is.
#[must_use]
pub fn iso_month(month: &str) -> String {
    match month.split_once('-') {
        Some((year, month)) => format!("{year}年{}月", month.trim_start_matches('0')),
        None => month.to_owned(),
    }
}

/// The line below the greeting.
#[must_use]
pub fn greeting(last_sign_in: Option<String>) -> String {
    last_sign_in.map_or_else(
        || "アカウントの登録が済みました。ご契約の内容をご確認ください。".into(),
        |at| format!("前回のログイン：{at}"),
    )
}

/// The link from a contract's card to its page. It names the plate, so that it makes sense when read on its own.
#[must_use]
pub fn see_contract(plate: &str) -> String {
    format!("{CONTRACT_DETAILS}（{plate}）")
}

/// How a contract stands.
#[must_use]
pub const fn status(status: ContractStatus) -> &'static str {
    match status {
        ContractStatus::Active => "ご契約中",
        ContractStatus::Renewal => "継続のご案内中",
        ContractStatus::Ended => "終了",
        ContractStatus::Quote => "お見積り",
    }
}

/// The first and the last day of a term, as ISO dates.
#[derive(Clone, Copy)]
pub struct Term<'a> {
    pub starts_on: &'a str,
    pub ends_on: &'a str,
}

/// 「2026年4月1日から2027年4月1日まで」
#[must_use]
pub fn period(Term { starts_on, ends_on }: Term<'_>) -> String {
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

/// The days until expiry. A quote is not a contract yet.
#[must_use]
pub fn days_left(status: ContractStatus, days: i64) -> String {
    match days {
        _ if status == ContractStatus::Quote => "まだご契約は成立していません".into(),
        0 => "本日が満期日です".into(),
        1.. => format!("満期日まであと{days}日"),
        _ => "満期日を過ぎています".into(),
    }
}
