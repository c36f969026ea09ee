//! What the steps of renewal and change request say until they are sent.

use super::document;
use super::portal::iso_date;
use super::requests::{item, offer};
use crate::port::{EntryProblem, ProcedureNotice};
use crate::wire::Brand;
use rules::plate::PlateFault;
use rules::{ChangeFault, ChangeItem, Offer, PhoneFault, RequestKind};

pub const TO_CONFIRM: &str = "確認へ進む";
pub const SEND: &str = "この内容で申し込む";
pub const CORRECT: &str = "戻って直す";
pub const ABANDON: &str = "中止する";
pub const SUMMARY_HEAD: &str = "入力内容をご確認ください";
pub const CONFIRM_LEAD: &str = "まだお申し込みは済んでいません。内容をご確認のうえ、お申し込みください。";
pub const STAYS: &str = "変わらない内容";
pub const CHANGES: &str = "変わる内容";
pub const PAYMENT: &str = "次の保険期間のお支払い";
pub const CONSENT: &str = "変わる内容と変わらない内容を確かめ、ご契約の継続に同意します";
/// What is kept and for how long, at the first step. Unlike in the flows, going back is part of a procedure.
pub const CANNOT_SAVE: &str = "この手続きは、途中で保存できません。ログアウトしたときや、長いあいだ操作しなかったときは、入力した内容は消えます。";
/// At the last look.
pub const STILL_CANNOT_SAVE: &str = "この手続きは、途中で保存できません。お申し込みの前なら、戻って直せます。";
pub const CHANGE_LEAD: &str = "変更したい項目だけ入力してください。空欄の項目は変わりません。";
pub const CHANGE_EMAIL: &str =
    "メールアドレス（ユーザーID）の変更は、この画面ではできません。カスタマーサービスセンターへお電話ください。";
pub const REQUIRED: &str = "※必須";
pub const PLATE_HINT: &str = "例：1品川 あ 12-34。全角やハイフンなしでも入力できます。";
pub const PHONE_HINT: &str = "ハイフンや全角のままでもかまいません。";

/// The title of the page with this heading. It says first that something was wrong.
#[must_use]
pub fn title(error: bool, heading: &str, brand: &Brand) -> String {
    format!("{}{}", if error { "エラー：" } else { "" }, document::title(&[heading, &brand.service]))
}

/// The heading of the last look before a request is sent.
#[must_use]
pub const fn confirm_heading(kind: RequestKind) -> &'static str {
    match kind {
        RequestKind::Renewal => "継続のお申し込み内容の確認",
        RequestKind::Change => "変更のお申し込み内容の確認",
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
    format!("今の内容：{value}")
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

/// The line above a renewal.
#[must_use]
pub fn renewal_lead(ends_on: &str) -> String {
    format!("満期日は{}です。満期日までにお申し込みください。", iso_date(ends_on))
}

/// The page of a renewal that is not offered.
#[must_use]
pub fn not_offered(found: Offer) -> String {
    offer(found).unwrap_or_else(|| "このご契約は、この画面では継続できません。".into())
}

/// The page of a contract that cannot be changed.
pub const NOT_CHANGEABLE: &str =
    "このご契約の内容は、この画面では変更できません。カスタマーサービスセンターへお電話ください。";

/// The line above a step.
#[must_use]
pub const fn notice(notice: ProcedureNotice) -> &'static str {
    match notice {
        ProcedureNotice::Changed => {
            "ご契約の内容が新しくなりました。今の内容をご確認のうえ、もう一度お申し込みください。"
        }
        ProcedureNotice::Stale => "手続きは、すでに次の画面へ進んでいます。今の画面を表示しています。",
        ProcedureNotice::Gone => {
            "前の手続きは終わっているため、送られた内容は申し込まれていません。お手数ですが、もう一度入力してください。"
        }
    }
}

/// A problem as a sentence.
#[must_use]
pub fn problem(problem: &EntryProblem) -> String {
    match problem {
        EntryProblem::NoChoice => "お支払いの方法を選んでください。".into(),
        EntryProblem::NoConsent => "継続に同意いただける場合は、チェックを入れてください。".into(),
        EntryProblem::NothingChanged => {
            "変更する内容がありません。今のご契約と違う内容を、1つ以上入力してください。".into()
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
                "登録番号の最後は、1桁から4桁の数字で入力してください。例：1品川 あ 12-34".into()
            }
            ChangeFault::Plate(PlateFault::Area) => "登録番号は、地名から入力してください。例：1品川 あ 12-34".into(),
        },
    }
}
