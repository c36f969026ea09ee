//! How to renew a contract.

use rules::renewal::{OFFERED_DAYS, REMINDER_DAYS};
use std::borrow::Cow;

pub const HOW_HEAD: &str = "手続きの進め方";
pub const HOW: [&str; 4] = [
    "ログインして、マイページのご契約にある「継続の手続きをする」を押します。",
    "変わる内容と変わらない内容を確かめます。お支払いの方法を選び、継続への同意にチェックを入れます。",
    "内容をもう一度確かめて、「この内容で申し込む」を押します。",
    "受け付けた画面に、お問い合わせ番号が出ます。同じ内容をメールでもお知らせします。",
];
pub const TO_PORTAL: &str = "マイページを開く";

pub const AFTER_HEAD: &str = "お申し込みのあと";
pub const AFTER: [&str; 3] = [
    "担当者の手続きの状況は、マイページのご契約に出ます。変わったときは、メールでもお知らせします。",
    "担当者が手続きを始めるまでは、受け付けた画面で取り下げることができます。",
    "継続のお申し込みは、1つの保険期間に1回です。取り下げのあとや、お受けできなかったあとは、もう一度お申し込みいただけます。",
];

pub const NOT_HEAD: &str = "「継続の手続きをする」が出ていないとき";

/// When it can be done.
#[must_use]
pub fn lead() -> String {
    format!("満期日の{OFFERED_DAYS}日前から満期日まで、マイページで継続をお申し込みいただけます。")
}

/// Why there may be no button.
#[must_use]
pub fn reasons() -> [Cow<'static, str>; 3] {
    [
        format!("満期日の{OFFERED_DAYS}日前になると出ます。それまでは、いつからできるかを「くわしい内容を見る」の画面でお知らせします。").into(),
        "満期日を過ぎたときや、お見積りの段階では、画面からはお申し込みいただけません。お電話ください。".into(),
        "すでにお申し込みが済んでいるときは、その状況が出ています。".into(),
    ]
}

pub const REMINDER_HEAD: &str = "満期のお知らせメール";

/// When a mail reminds, and how to stop it.
#[must_use]
pub fn reminders() -> String {
    let days = REMINDER_DAYS.map(|day| format!("{day}日前")).join("、");
    format!(
        "お申し込みがまだのときは、満期日の{days}にメールでお知らせします。このメールは、アカウントの画面で止められます。"
    )
}
