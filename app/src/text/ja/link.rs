//! What the page of a mailed link says.

use crate::wire::LinkKind;

pub const ASKED_AT: &str = "手続きした日時";
pub const DEVICE: &str = "手続きした端末";
pub const UNTIL: &str = "リンクの有効期限";
pub const SIGN_IN_ADDRESS: &str = "ログインのアドレス";
pub const NOT_ME: &str = "心当たりがない";
pub const NOT_ME_WHY: &str = "手続きした覚えがないときは、次のボタンを押してください。この手続きを取り消します。";
pub const ORIGINAL_MOVED: &str = "手続きをしていた元の画面は、すでに次へ進んでいます。元の画面に戻って続けてください。";
pub const OR_HERE: &str = "元の画面がないときは、次のアドレスからログインできます。";
pub const ELSEWHERE: &str = "別のブラウザーでログインするときは、次のアドレスをお使いください。";
pub const RESET_DONE: &str =
    "パスワードを変更しました。安全のため、すべての端末でログアウトしました。新しいパスワードでログインしてください。";
pub const DISOWNED: &str = "このメールのリンクは、もう使えません。";
pub const DISOWNED_CARE: &str = "同じようなメールが何度も届くときは、カスタマーサービスセンターへお電話ください。";

/// What pressing the button will do.
#[must_use]
pub const fn lead(kind: LinkKind, phone: bool) -> &'static str {
    match kind {
        LinkKind::Enrolment => {
            "次の手続きを確認してください。ご自身の手続きでしたら、ボタンを押してください。アカウントが作成されます。"
        }
        LinkKind::Reset if phone => {
            "次の手続きを確認してください。ご自身の手続きでしたら、ご登録の電話番号と新しいパスワードを入力してください。"
        }
        LinkKind::Reset => "次の手続きを確認してください。ご自身の手続きでしたら、新しいパスワードを入力してください。",
    }
}

pub const CONFIRM: &str = "確認して登録を完了する";
