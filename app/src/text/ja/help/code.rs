//! What to do when a code is refused.

use crate::text::time::{during, span};
use rules::limits::Limits;
use std::borrow::Cow;

pub const LEAD: &str = "認証番号は、ログインのたびにメールでお送りする6桁の数字です。次のことをご確認ください。";

pub const NEWEST_HEAD: &str = "今回のログインのメールですか";
pub const NEWEST: [&str; 3] = [
    "メールの本文のはじめに、番号が書いてあります。",
    "前のログインで届いた番号は使えません。メールが届いた時刻を、画面の時刻と比べてください。",
    "同じログインで再送したときは、いちばん新しいメールの番号をお使いください。",
];

pub const TYPED_HEAD: &str = "6桁を入力していますか";
pub const TYPED: [&str; 2] =
    ["数字は6桁です。全角でも半角でもかまいません。", "途中に空白やハイフンがあっても、そのまま入力できます。"];

pub const USED_HEAD: &str = "「すでに使われています」と表示されたときは";
pub const USED: &str = "1つの番号は、1回だけ使えます。もう一度ログインすると、新しい番号をお送りします。";

pub const RESEND_HEAD: &str = "番号を再送するときは";

pub const NOT_ARRIVED: &str = "メールが届かないときのご案内を見る";
pub const AGAIN: &str = "はじめからログインする";

pub const SAFE_HEAD: &str = "番号は誰にも伝えないでください";
pub const SAFE: [&str; 2] = [
    "当社の者が、電話やメールで番号をお聞きすることはありません。",
    "ログインしていないのに番号が届いたときは、誰かがお客さまのパスワードを知っているおそれがあります。すぐにパスワードを再設定してください。",
];
pub const RESET: &str = "パスワードを再設定する";

/// The question above [`time`].
#[must_use]
pub fn time_head(limits: &Limits) -> String {
    format!("{}を過ぎていませんか", span(limits.code_life_ms))
}

/// How long a code works.
#[must_use]
pub fn time(limits: &Limits) -> [Cow<'static, str>; 3] {
    [
        format!(
            "番号は、お送りしてから{}使えます。画面とメールに、有効期限の時刻があります。",
            during(limits.code_life_ms)
        )
        .into(),
        "期限が切れた番号を入力すると、新しい番号をお送りします。そのメールの番号を入力してください。".into(),
        format!(
            "パスワードの入力から{}が過ぎると、ログインは終了します。もう一度、はじめからログインしてください。",
            span(limits.code_step_ms)
        )
        .into(),
    ]
}

/// The heading above [`tries`].
#[must_use]
pub fn tries_head(limits: &Limits) -> String {
    format!("{}回間違えたときは", limits.code_tries)
}

/// How many tries there are.
#[must_use]
pub fn tries(limits: &Limits) -> [Cow<'static, str>; 3] {
    [
        format!(
            "1回のログインで、認証番号は{}回まで入力できます。再送しても、回数は元に戻りません。",
            limits.code_tries
        )
        .into(),
        format!(
            "{}回間違えると、そのログインは終了します。ユーザーIDとパスワードの入力から、やり直してください。",
            limits.code_tries
        )
        .into(),
        format!(
            "ログインできないまま{}回間違えると、安全のため{}ログインできません。そのあとも間違えるたびに2倍になります。",
            limits.code_wrong_before_lock,
            during(limits.code_lock_first_ms)
        )
        .into(),
    ]
}

/// How often a code can be sent again.
#[must_use]
pub fn resend(limits: &Limits) -> [Cow<'static, str>; 2] {
    [
        super::resend_gap(limits).into(),
        format!(
            "1回のログインで、{}回まで再送できます。それでも届かないときは、はじめからログインしてください。",
            limits.code_resends
        )
        .into(),
    ]
}
