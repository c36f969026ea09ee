//! What requests and their states say, and where the portal leads to them.

use super::portal::{self, yen};
use super::time::date_and_clock;
use crate::port::{Contract, Renewal};
use rules::calendar::year_month_day;
use rules::{ChangeItem, Offer, PaymentChoice, RequestKind, RequestState};

pub const WITHDRAW: &str = "申し込みを取り下げる";
pub const BACK_TO_CONTRACT: &str = "ご契約の内容へ戻る";

pub const TO_RENEWAL: &str = "継続の手続きをする";
pub const TO_CHANGE: &str = "ご契約内容の変更を申し込む";
pub const REQUESTS: &str = "お申し込みの状況";
pub const BEFORE: &str = "今の内容";
pub const AFTER: &str = "変更後";
pub const NEXT_TERM: &str = "継続後";
pub const ITEM: &str = "項目";
pub const PREMIUM_LATER: &str = "書面でお知らせします";
pub const RECEIVED_AT: &str = "受付日時";
pub const REFERENCE: &str = "お問い合わせ番号";
pub const STATE: &str = "状況";
pub const REASON: &str = "お受けできない理由";
pub const ASKED_FOR: &str = "お申し込みの内容";
pub const HISTORY: &str = "これまでの経過";
pub const MAIL_SENT: &str =
    "受付のお知らせを、ご登録のメールアドレスへお送りします。状況が変わったときも、メールでお知らせします。";
pub const DECLINED_FURTHER: &str = "理由やこれからの手続きについては、カスタマーサービスセンターへお電話ください。";
pub const WITHDRAW_HINT: &str = "担当者が手続きを始めるまでは、取り下げることができます。";
pub const CANNOT_WITHDRAW: &str =
    "担当者が手続きを始めているため、この画面では取り下げられません。カスタマーサービスセンターへお電話ください。";

/// The motorcycle that a procedure is about.
#[must_use]
pub fn which(Contract { vehicle, plate, .. }: &Contract) -> String {
    format!("{vehicle}（{plate}）")
}

/// One state in the history of a request.
#[must_use]
pub fn moved(to: RequestState, at: i64) -> String {
    format!("{}　{}", date_and_clock(at), state(to))
}

/// Why a request was declined, in the list.
#[must_use]
pub fn declined_because(reason: &str) -> String {
    format!("{REASON}：{reason}")
}

/// What a kind of request is called.
#[must_use]
pub const fn kind(kind: RequestKind) -> &'static str {
    match kind {
        RequestKind::Renewal => "ご契約の継続",
        RequestKind::Change => "ご契約内容の変更",
    }
}

/// The heading of a request's own page.
#[must_use]
pub const fn receipt_heading(kind: RequestKind, state: RequestState) -> &'static str {
    match (kind, state) {
        (RequestKind::Renewal, RequestState::Received) => "継続のお申し込みを受け付けました",
        (RequestKind::Renewal, RequestState::InProgress) => "継続の手続きを進めています",
        (RequestKind::Renewal, RequestState::Done) => "継続の手続きが完了しました",
        (RequestKind::Renewal, _) => "継続のお申し込み",
        (RequestKind::Change, RequestState::Received) => "変更のお申し込みを受け付けました",
        (RequestKind::Change, RequestState::InProgress) => "変更の手続きを進めています",
        (RequestKind::Change, RequestState::Done) => "変更の手続きが完了しました",
        (RequestKind::Change, _) => "変更のお申し込み",
    }
}

/// How far a request has come.
#[must_use]
pub const fn state(state: RequestState) -> &'static str {
    match state {
        RequestState::Received => "受付済み",
        RequestState::InProgress => "手続き中",
        RequestState::Done => "完了",
        RequestState::Declined => "お受けできません",
        RequestState::Withdrawn => "取り下げ",
    }
}

/// What follows from the state, for the person.
#[must_use]
pub const fn next(state: RequestState) -> &'static str {
    match state {
        RequestState::Received => "担当者が内容を確認し、手続きを始めます。",
        RequestState::InProgress => "担当者が手続きを進めています。完了まで、もうしばらくお待ちください。",
        RequestState::Done => "手続きは完了しています。",
        RequestState::Declined => "お申し込みをお受けできませんでした。",
        RequestState::Withdrawn => "お申し込みを取り下げました。",
    }
}

/// The name of a part of a contract.
#[must_use]
pub const fn item(item: ChangeItem) -> &'static str {
    match item {
        ChangeItem::Phone => "電話番号",
        ChangeItem::Plate => portal::PLATE,
        ChangeItem::Vehicle => portal::VEHICLE_NAME,
        ChangeItem::Usage => portal::USAGE,
        ChangeItem::RiderScope => portal::RIDER_SCOPE,
        ChangeItem::Payment => portal::PAYMENT_WAY,
    }
}

/// A way of paying for the next term.
#[must_use]
pub fn payment(choice: PaymentChoice, before: &str) -> String {
    match choice {
        PaymentChoice::AsBefore => format!("これまでと同じ：{before}"),
        PaymentChoice::ByPhone => "別の方法にする（担当者がお電話します）".into(),
    }
}

/// What changes with the next term: name, now, then.
#[must_use]
pub fn renewal_changes(renewal: &Renewal) -> Vec<(&'static str, String, String)> {
    vec![
        (
            portal::PERIOD,
            portal::period(portal::Term { starts_on: &renewal.starts_on, ends_on: &renewal.ends_on }),
            portal::period(portal::Term { starts_on: &renewal.next_starts_on, ends_on: &renewal.next_ends_on }),
        ),
        (
            portal::PREMIUM,
            yen(renewal.premium_yen),
            renewal.next_premium_yen.map_or_else(|| PREMIUM_LATER.to_owned(), yen),
        ),
    ]
}

/// What can be done about the renewal of a contract, in a line.
#[must_use]
pub fn offer(offer: Offer) -> Option<String> {
    match offer {
        Offer::None => None,
        Offer::From(day) => Some(format!("継続の手続きは、{}から、この画面でできます。", day_of(day))),
        Offer::Open { days_left: 0 } => Some("継続のお申し込みは、本日までです。".into()),
        Offer::Open { .. } => Some("満期日までに、継続の手続きをお願いします。".into()),
        Offer::Over => {
            Some("満期日を過ぎたため、この画面では継続できません。カスタマーサービスセンターへお電話ください。".into())
        }
    }
}

fn day_of(days: i64) -> String {
    let (year, month, day) = year_month_day(days);
    format!("{year}年{month}月{day}日")
}

/// The link from a contract's card to its renewal. It names the plate, so that it makes sense when read on its own.
#[must_use]
pub fn renew(plate: &str) -> String {
    format!("{TO_RENEWAL}（{plate}）")
}

/// When a request was received, beside what it asks for.
#[must_use]
pub fn received(made_at: i64) -> String {
    format!("（{}受付）", date_and_clock(made_at))
}
