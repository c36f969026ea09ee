//! How to change the user ID or the password.

use crate::text::time::span;
use rules::limits::Limits;
use std::borrow::Cow;

pub const LEAD: &str = "ユーザーIDの変更はお電話で、パスワードの変更は画面で承ります。";

pub const USER_ID_HEAD: &str = "ユーザーIDを変更する";
pub const USER_ID: [&str; 3] = [
    "ユーザーIDは、ご契約に登録されたメールアドレスです。画面から変更することはできません。",
    "カスタマーサービスセンターへお電話で、メールアドレスの変更をお申し付けください。",
    "変更が済んだら、新しいメールアドレスがユーザーIDになります。",
];
pub const USER_ID_EARLY: &str = "メールアドレスを変える予定のあるときは、前もってお電話ください。古いアドレスでメールを受け取れなくなると、ログインの認証番号も届きません。";

pub const KNOWN_HEAD: &str = "パスワードを変更する（今のパスワードがわかる方）";
pub const KNOWN: [&str; 3] = [
    "ログインして、メニューの「アカウント」を開きます。",
    "今のパスワードと、新しいパスワードを入力します。",
    "「パスワード変更」を押します。ほかの端末は、自動でログアウトされます。",
];
pub const TO_ACCOUNT: &str = "アカウントの画面を開く";

pub const UNKNOWN_HEAD: &str = "パスワードを変更する（今のパスワードがわからない方）";
pub const TO_RESET: &str = "パスワードを再設定する";

pub const NOTICE: &str = "パスワードを変更すると、メールでお知らせします。心当たりのないお知らせが届いたときは、すぐにパスワードを再設定して、カスタマーサービスセンターへお電話ください。";

pub const GOOD_HEAD: &str = "よいパスワードの決め方";
pub const GOOD: [&str; 3] = [
    "ほかのサービスと同じパスワードは、使わないでください。",
    "お名前、電話番号、メールアドレスから作らないでください。",
    "ブラウザーや専用のアプリに、作成と保存を任せることもできます。",
];

/// How to set a password that is not known.
#[must_use]
pub fn unknown(limits: &Limits) -> [Cow<'static, str>; 3] {
    [
        "パスワードの再設定の画面で、ユーザーIDを入力します。".into(),
        format!("届いたメールのリンクを、{}以内に開きます。", span(limits.link_life_ms)).into(),
        "新しいパスワードを登録します。すべての端末で、ログアウトします。".into(),
    ]
}
