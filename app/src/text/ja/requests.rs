//! What the procedures of the portal say.

use super::document;
use super::portal::{self, iso_date, yen};
use super::time::{civil, date_and_clock};
use crate::port::{EntryProblem, ProcedureNotice, Renewal};
use rules::plate::PlateFault;
use rules::{ChangeFault, ChangeItem, Offer, PaymentChoice, PhoneFault, RequestKind, RequestState};

pub const TO_CONFIRM: &str = "確認へ進む";
pub const SEND: &str = "この内容で申し込む";
pub const CORRECT: &str = "戻って直す";
pub const ABANDON: &str = "中止する";
pub const WITHDRAW: &str = "申し込みを取り下げる";
pub const BACK_TO_CONTRACT: &str = "ご契約の内容へ戻る";
pub const SUMMARY_HEAD: &str = "入力内容をご確認ください";

pub const TO_RENEWAL: &str = "継続の手続きをする";
pub const TO_CHANGE: &str = "ご契約内容の変更を申し込む";
pub const REQUESTS: &str = "お申し込みの状況";
pub const CONFIRM_LEAD: &str = "まだ申し込みは済んでいません。内容をお確かめのうえ、お申し込みください。";
pub const BEFORE: &str = "いま";
pub const AFTER: &str = "変更後";
pub const NEXT_TERM: &str = "継続後";
pub const ITEM: &str = "項目";
pub const STAYS: &str = "変わらない内容";
pub const CHANGES: &str = "変わる内容";
pub const PREMIUM_LATER: &str = "書面でお知らせします";
pub const PAYMENT: &str = "次の保険期間のお支払い";
pub const CONSENT: &str = "変わる内容と変わらない内容を確かめ、ご契約の継続に同意します";
pub const CHANGE_LEAD: &str = "変更したい項目だけ入力してください。空欄の項目は変わりません。";
pub const CHANGE_EMAIL: &str =
    "メールアドレス（ユーザーID）の変更は、この画面ではできません。カスタマーサービスセンターへお電話ください。";
pub const REQUIRED: &str = "※必須";
pub const PLATE_HINT: &str = "例：1品川 あ 12-34。全角やハイフンなしでも入力できます。";
pub const PHONE_HINT: &str = "ハイフンや全角のままでもかまいません。";
pub const RECEIVED_AT: &str = "受付日時";
pub const REFERENCE: &str = "お問い合わせ番号";
pub const STATE: &str = "状況";
pub const REASON: &str = "お断りの理由";
pub const HISTORY: &str = "これまでの経過";
pub const MAIL_SENT: &str =
    "受付のお知らせを、ご登録のメールアドレスへお送りします。状況が変わったときも、メールでお知らせします。";
pub const WITHDRAW_HINT: &str = "担当者が手続きを始めるまでは、取り下げることができます。";
pub const CANNOT_WITHDRAW: &str =
    "担当者が手続きを始めているため、この画面では取り下げられません。カスタマーサービスセンターへお電話ください。";

/// A document's title, which says first that something was wrong.
#[must_use]
pub fn title(error: bool, heading: &str, service: &str) -> String {
    format!("{}{}", if error { "エラー：" } else { "" }, document::title(&[heading, service]))
}

/// The motorcycle that a procedure is about.
#[must_use]
pub fn which(vehicle: &str, plate: &str) -> String {
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

/// The heading of the last look before a request is sent.
#[must_use]
pub const fn confirm_heading(kind: RequestKind) -> &'static str {
    match kind {
        RequestKind::Renewal => "継続のお申し込み内容の確認",
        RequestKind::Change => "変更のお申し込み内容の確認",
    }
}

/// The heading of a request's own page.
#[must_use]
pub const fn receipt_heading(kind: RequestKind, state: RequestState) -> &'static str {
    match (kind, state) {
        (RequestKind::Renewal, RequestState::Received) => "継続のお申し込みを受け付けました",
        (RequestKind::Renewal, RequestState::InProgress) => "継続のお手続きを進めています",
        (RequestKind::Renewal, RequestState::Done) => "継続のお手続きが完了しました",
        (RequestKind::Renewal, _) => "継続のお申し込み",
        (RequestKind::Change, RequestState::Received) => "変更のお申し込みを受け付けました",
        (RequestKind::Change, RequestState::InProgress) => "変更のお手続きを進めています",
        (RequestKind::Change, RequestState::Done) => "変更のお手続きが完了しました",
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
        RequestState::Declined => "お断り",
        RequestState::Withdrawn => "取り下げ",
    }
}

/// What follows from the state, for the person.
#[must_use]
pub const fn next(state: RequestState) -> &'static str {
    match state {
        RequestState::Received => "担当者が内容を確認し、手続きを始めます。",
        RequestState::InProgress => "担当者が手続きを進めています。完了まで、もうしばらくお待ちください。",
        RequestState::Done => "お手続きは完了しています。",
        RequestState::Declined => "お申し込みをお受けできませんでした。",
        RequestState::Withdrawn => "お申し込みは取り下げられています。",
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

/// The label of the field for a new value.
#[must_use]
pub fn new_value(of: ChangeItem) -> String {
    format!("新しい{}", item(of))
}

/// The present value beside the field, in words.
#[must_use]
pub fn present(value: &str) -> String {
    format!("いま：{value}")
}

/// What can be chosen as a new value; nothing where it is typed.
#[must_use]
pub const fn options(item: ChangeItem) -> &'static [&'static str] {
    match item {
        ChangeItem::Usage => &["日常・レジャー", "通勤・通学", "業務"],
        ChangeItem::RiderScope => &[
            "本人限定・26歳以上",
            "本人・配偶者限定・26歳以上",
            "家族限定・26歳以上",
            "家族限定・21歳以上",
            "限定なし・全年齢",
        ],
        ChangeItem::Payment => &[
            "年払（クレジットカード）",
            "年払（コンビニ払）",
            "年払（口座振替）",
            "月払（クレジットカード）",
            "月払（口座振替）",
        ],
        ChangeItem::Phone | ChangeItem::Plate | ChangeItem::Vehicle => &[],
    }
}

/// The first entry of a list of new values.
pub const UNCHANGED: &str = "変更しない";

/// A way of paying for the next term.
#[must_use]
pub fn payment(choice: PaymentChoice, before: &str) -> String {
    match choice {
        PaymentChoice::AsBefore => format!("これまでと同じ（{before}）"),
        PaymentChoice::ByPhone => "別の方法にする（担当者がお電話します）".into(),
    }
}

/// What changes with the next term: name, now, then.
#[must_use]
pub fn renewal_changes(renewal: &Renewal) -> Vec<(&'static str, String, String)> {
    vec![
        (
            portal::PERIOD,
            portal::period(&renewal.starts_on, &renewal.ends_on),
            portal::period(&renewal.next_starts_on, &renewal.next_ends_on),
        ),
        (
            portal::PREMIUM,
            yen(renewal.premium_yen),
            renewal.next_premium_yen.map_or_else(|| PREMIUM_LATER.to_owned(), yen),
        ),
    ]
}

/// The line above a renewal.
#[must_use]
pub fn renewal_lead(ends_on: &str) -> String {
    format!("満期日は{}です。満期日までにお申し込みください。", iso_date(ends_on))
}

/// What can be done about the renewal of a contract, in a line.
#[must_use]
pub fn offer(offer: Offer) -> Option<String> {
    match offer {
        Offer::None => None,
        Offer::From(day) => Some(format!("継続のお手続きは、{}から、この画面でできます。", day_of(day))),
        Offer::Open { days_left: 0 } => Some("継続のお申し込みは、本日までです。".into()),
        Offer::Open { days_left } => Some(format!("継続のお申し込みは、あと{days_left}日で締め切ります。")),
        Offer::Over => {
            Some("満期日を過ぎたため、この画面では継続できません。カスタマーサービスセンターへお電話ください。".into())
        }
    }
}

/// The page of a renewal that is not offered.
#[must_use]
pub fn not_offered(found: Offer) -> String {
    offer(found).unwrap_or_else(|| "このご契約は、この画面では継続できません。".into())
}

/// The page of a contract that cannot be changed.
pub const NOT_CHANGEABLE: &str =
    "このご契約の内容は、この画面では変更できません。カスタマーサービスセンターへお電話ください。";

fn day_of(days: i64) -> String {
    let (year, month, day) = civil(days);
    format!("{year}年{month}月{day}日")
}

/// The link from a contract's card to its renewal. It names the plate, so that it makes sense when read on its own.
#[must_use]
pub fn renew(plate: &str) -> String {
    format!("{TO_RENEWAL}（{plate}）")
}

/// One request in a line.
#[must_use]
pub fn line(of: RequestKind, made_at: i64) -> String {
    format!("{}（{}受付）", kind(of), date_and_clock(made_at))
}

/// The line above a step.
#[must_use]
pub const fn notice(notice: ProcedureNotice) -> &'static str {
    match notice {
        ProcedureNotice::Stale => "手続きは、すでに次の画面へ進んでいます。いまの内容を表示しています。",
        ProcedureNotice::Gone => {
            "前の手続きは終わっているため、送られた内容は申し込まれていません。お手数ですが、もう一度入力してください。"
        }
    }
}

/// The field that a problem is at.
#[must_use]
pub fn problem_field(problem: &EntryProblem) -> &'static str {
    match problem {
        EntryProblem::NoChoice => "choice-as-before",
        EntryProblem::NoConsent => "consent",
        EntryProblem::NothingChanged => ChangeItem::Phone.as_str(),
        EntryProblem::Item(item, _) => item.as_str(),
    }
}

/// A problem as a sentence.
#[must_use]
pub fn problem(problem: &EntryProblem) -> String {
    match problem {
        EntryProblem::NoChoice => "お支払いの方法を選んでください。".into(),
        EntryProblem::NoConsent => "継続に同意いただける場合は、チェックを入れてください。".into(),
        EntryProblem::NothingChanged => {
            "変更する内容がありません。いまのご契約と違う内容を、1つ以上入力してください。".into()
        }
        EntryProblem::Item(of, fault) => match fault {
            ChangeFault::Character(_)
            | ChangeFault::Phone(PhoneFault::Character(_))
            | ChangeFault::Plate(PlateFault::Character(_)) => {
                format!("{}に使えない文字が入っています。", item(*of))
            }
            ChangeFault::TooLong | ChangeFault::Plate(PlateFault::TooLong) => format!("{}が長すぎます。", item(*of)),
            ChangeFault::Phone(PhoneFault::NoLeadingZero) => "電話番号は、0から始まる番号を入力してください。".into(),
            ChangeFault::Phone(PhoneFault::Length | PhoneFault::Empty) => {
                "電話番号は、10桁または11桁で入力してください。".into()
            }
            ChangeFault::Plate(PlateFault::Digits | PlateFault::Empty) => {
                "登録番号は、最後の1桁から4桁の数字まで入力してください。".into()
            }
            ChangeFault::Plate(PlateFault::Area) => "登録番号は、地名から入力してください。例：1品川 あ 12-34".into(),
        },
    }
}
