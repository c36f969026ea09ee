//! How to ask for a change of a contract.

use crate::text::requests::item;
use rules::ChangeItem;

pub const LEAD: &str = "ご契約期間中の変更は、マイページでお申し込みいただけます。";

pub const WHAT_HEAD: &str = "画面で変更できる内容";
pub const WHAT_NOT: &str =
    "メールアドレス（ユーザーID）の変更は、お電話で承ります。ご契約の名義や補償内容の変更も、お電話ください。";

pub const HOW_HEAD: &str = "手続きの進め方";
pub const HOW: [&str; 4] = [
    "ログインして、マイページのご契約にある「くわしい内容を見る」を押します。",
    "「ご契約内容の変更を申し込む」を押し、変更したい項目だけを入力します。",
    "今の内容と新しい内容を見比べて、「この内容で申し込む」を押します。",
    "受け付けた画面に、お問い合わせ番号が出ます。同じ内容をメールでもお知らせします。",
];
pub const TO_PORTAL: &str = "マイページを開く";

pub const AFTER_HEAD: &str = "お申し込みのあと";
pub const AFTER: [&str; 3] = [
    "変更は、担当者の手続きが済んだときに、ご契約の内容に反映されます。",
    "担当者が手続きを始めるまでは、受け付けた画面で取り下げることができます。",
    "次の変更は、前の変更の手続きが終わってからお申し込みください。",
];

/// What can be changed, in a sentence.
#[must_use]
pub fn what() -> String {
    let names: Vec<_> = ChangeItem::ALL.iter().map(|each| item(*each)).collect();
    format!("{}を変更できます。", names.join("、"))
}
