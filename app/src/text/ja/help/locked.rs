//! How long each lock lasts, and the way around it.

use crate::text::time::{during, span};
use rules::limits::Limits;
use std::borrow::Cow;

pub const LEAD: &str =
    "間違いが続くと、他人による操作を防ぐために、しばらく受け付けを止めます。画面に、次に試せる時刻が表示されます。";

pub const PASSWORD_HEAD: &str = "パスワードを間違えたとき";
pub const WAITS: &str = "続けて間違えた回数と待ち時間";
pub const TIMES: &str = "回数";
pub const WAIT: &str = "待ち時間";
pub const AT_ONCE_HEAD: &str = "待たずにログインする方法";
pub const AT_ONCE: &str =
    "パスワードを再設定すると、待ち時間はなくなります。新しいパスワードで、すぐにログインできます。";
pub const RESET: &str = "パスワードを再設定する";
pub const KNOWN_BROWSER: &str = "前にログインしたことのあるブラウザーでは、間違いの回数を別に数えます。ほかの人がどこかで間違えても、そのブラウザーからはログインできます。";

pub const CODE_HEAD: &str = "認証番号を間違えたとき";

pub const IDENTITY_HEAD: &str = "本人確認の入力が一致しないとき";
pub const NUMBERS: &str = "証券番号などが書いてある場所を見る";

pub const MAIL_HEAD: &str = "メールを送れる回数を超えたとき";

pub const NOTICE_HEAD: &str = "心当たりのないお知らせが届いたとき";
pub const NOTICE: &str =
    "ログインの間違いが続くと、メールでお知らせします。ご自身の操作でないときは、パスワードを再設定してください。";

/// A row of the table: how many wrong passwords in a row, and how long one waits then.
#[must_use]
pub fn row(wrong: u32, wait_ms: i64, longest: bool) -> (String, String) {
    let times = if longest { format!("{wrong}回から") } else { format!("{wrong}回") };
    (times, span(wait_ms))
}

/// Wrong passwords.
#[must_use]
pub fn password(limits: &Limits) -> [Cow<'static, str>; 3] {
    [
        format!(
            "{}回続けて間違えると、{}ログインできません。",
            limits.password_wrong_before_wait,
            during(limits.password_wait_first_ms)
        )
        .into(),
        format!(
            "そのあとも間違えるたびに、待ち時間が2倍になります。いちばん長くて{}です。",
            span(limits.password_wait_max_ms)
        )
        .into(),
        format!(
            "{}回続けて間違えると、パスワードを再設定するまでログインできません。",
            limits.password_wrong_before_reset
        )
        .into(),
    ]
}

/// Wrong codes.
#[must_use]
pub fn code(limits: &Limits) -> [Cow<'static, str>; 4] {
    [
        format!(
            "1回のログインで{}回間違えると、そのログインは終了します。すぐに、はじめからやり直せます。",
            limits.code_tries
        )
        .into(),
        format!(
            "ログインできないまま{}回間違えると、{}ログインできません。そのあとも間違えるたびに2倍になり、いちばん長くて{}です。",
            limits.code_wrong_before_lock,
            during(limits.code_lock_first_ms),
            span(limits.code_lock_max_ms)
        )
        .into(),
        format!(
            "{}回間違えると、パスワードを再設定するまでログインできません。",
            limits.code_wrong_before_reset
        )
        .into(),
        "パスワードを再設定すると、待たずにログインできます。".into(),
    ]
}

/// Missed identity checks.
#[must_use]
pub fn identity(limits: &Limits) -> [Cow<'static, str>; 2] {
    [
        format!(
            "同じブラウザーで{}回一致しないと、{}受け付けを止めます。",
            limits.identity_misses_per_browser,
            during(limits.identity_browser_lock_ms)
        )
        .into(),
        format!(
            "同じ番号とお名前で{}に{}回一致しないと、画面からは確認できません。カスタマーサービスセンターへお電話ください。",
            span(limits.identity_contract_window_ms),
            limits.identity_misses_per_contract
        )
        .into(),
    ]
}

/// Mails with a link.
#[must_use]
pub fn mail(limits: &Limits) -> String {
    format!(
        "登録や再設定のメールは、{}に{}通までお送りできます。画面に表示された時刻を過ぎてから、もう一度お試しください。",
        span(limits.mails_account_window_ms),
        limits.mails_per_account
    )
}
