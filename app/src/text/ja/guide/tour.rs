//! What the guide says about each flow's steps.

use crate::text::time::{during, span};
use rules::limits::Limits;

pub const ENROL_SIZE: &str = "ログインが終わるまで、全部で6ステップです。";
pub const ENROL_IDENTITY: &str =
    "番号、お名前、電話番号を入力して「次へ進む」を押します。番号の種類を選ぶ必要はありません。";
pub const ENROL_PASSWORD: &str = "表示されたユーザーIDを確かめます。新しいパスワードを入力して「送信する」を押します。";
pub const ENROL_MAIL_MOVES: &str = "リンクは、別の端末で開いてもかまいません。元の画面は、自動で次へ進みます。進まないときは、画面のボタンを押してください。";
pub const ENROL_SIGN_IN: &str =
    "アカウントができたら、ログインへ進みます。登録したパスワードを入力して「次へ」を押します。";
pub const ENROL_END: &str = "マイページが開きます。ご契約の内容をご覧いただけます。";

pub const INQUIRY_SIZE: &str = "全部で2ステップです。";
pub const INQUIRY_SHOWN_NAME: &str = "ユーザーIDの表示";
pub const INQUIRY_SHOWN: &str = "ユーザーIDが表示されます。確認のお知らせを、そのアドレスにメールでお送りします。";
pub const INQUIRY_NOT_ENROLLED: &str = "「はじめてのログイン」がまだの方は、そのままパスワードの登録へ進めます。";

pub const RESET_SIZE: &str = "全部で4ステップです。";
pub const RESET_ID_NAME: &str = "ユーザーIDの入力";
pub const RESET_ID: &str = "ユーザーIDを入力して「送信する」を押します。";
pub const RESET_MAIL_NAME: &str = "メールの確認";
pub const RESET_PASSWORD_NAME: &str = "新しいパスワードの登録";
pub const RESET_END_NAME: &str = "完了";
pub const RESET_END: &str = "すべての端末でログアウトします。新しいパスワードでログインしてください。";

/// The mail of an enrolment and its link.
#[must_use]
pub fn enrol_mail(limits: &Limits) -> String {
    format!(
        "ユーザーIDのアドレスにメールが届きます。{}以内にメールのリンクを開いて、「確認して登録を完了する」を押します。",
        span(limits.link_life_ms)
    )
}

/// The code by mail.
#[must_use]
pub fn enrol_code(limits: &Limits) -> String {
    format!(
        "メールで届く6桁の認証番号を入力して「次へ進む」を押します。番号は{}使えます。",
        during(limits.code_life_ms)
    )
}

/// The mail of a reset and its link.
#[must_use]
pub fn reset_mail(limits: &Limits) -> String {
    format!(
        "登録のあるユーザーIDのときは、メールが届きます。{}以内に、メールのリンクを開きます。",
        span(limits.link_life_ms)
    )
}

/// The new password of a reset.
#[must_use]
pub const fn reset_password(phone: bool) -> &'static str {
    if phone {
        "ご登録の電話番号と新しいパスワードを入力して「パスワード変更」を押します。"
    } else {
        "新しいパスワードを入力して「パスワード変更」を押します。"
    }
}
