//! What to know about the mailed link.

use crate::text::state::ended;
use crate::text::time::span;
use crate::wire::EndReason;
use rules::limits::Limits;

pub const LEAD: &str = "登録や再設定のメールには、手続きを続けるためのリンクがあります。";

pub const WHERE_HEAD: &str = "どの端末でも開けます";
pub const WHERE: [&str; 3] = [
    "スマートフォンでも、パソコンでも開けます。手続きをはじめた端末と違っていてもかまいません。",
    "登録のリンクでボタンを押すと、手続きをはじめた端末の画面は、自動で次へ進みます。進まないときは、その画面のボタンを押してください。",
    "リンクを開いただけでは、何も変わりません。内容を確かめて、ボタンを押すと手続きが進みます。",
];

pub const PHONE_HEAD: &str = "スマートフォンで開くとき";
pub const PHONE: [&str; 4] = [
    "メールの中のリンクを、1回押します。",
    "開いた画面で、手続きの内容、日時、端末を確かめます。",
    "ご自身の手続きなら、画面の案内に沿ってボタンを押します。",
    "手続きをはじめた画面があるときは、その画面に戻ります。",
];

pub const IN_APP_HEAD: &str = "メールアプリの中で開いたとき";
pub const IN_APP: [&str; 3] = [
    "メールアプリによっては、アプリの中の小さなブラウザーで開きます。そのまま手続きできます。",
    "終わったら、手続きをはじめた元の画面に戻ってください。",
    "元の画面がないときは、表示されるログインのアドレスをコピーして、いつものブラウザーで開いてください。",
];

pub const BROKEN_HEAD: &str = "リンクを押しても開かないとき";
pub const BROKEN: [&str; 3] = [
    "リンクが、途中の改行で切れていることがあります。",
    "「https」から終わりまでをすべてコピーして、ブラウザーのアドレス欄に貼り付けてください。",
    "受信したメールを、文字だけの表示に切り替えると、リンク全体が見えることがあります。",
];

pub const REFUSED_HEAD: &str = "リンクが使えないと表示されたとき";

pub const IDLE_HEAD: &str = "手続きの画面が終了していたとき";

pub const NOT_ME_HEAD: &str = "手続きした覚えがないとき";
pub const NOT_ME: [&str; 2] = [
    "リンクを開いて「心当たりがない」を押すと、その手続きを取り消せます。",
    "何も押さなければ、手続きは進みません。同じようなメールが続くときは、カスタマーサービスセンターへお電話ください。",
];

pub const AGAIN: [(&str, &str); 3] = [
    ("/enrol", "はじめてのログインをやり直す"),
    ("/password-reset", "パスワードの再設定をやり直す"),
    ("/sign-in", "ログインする"),
];

/// What a link's page says, and what to do.
#[must_use]
pub fn refusals(limits: &Limits) -> [(&'static str, String); 4] {
    [
        (
            ended(EndReason::LinkExpired),
            format!("リンクは、お送りしてから{}使えます。お手数ですが、はじめから手続きしてください。", span(limits.link_life_ms)),
        ),
        (
            ended(EndReason::LinkUsed),
            "リンクは1回だけ使えます。手続きは済んでいますので、ログインしてください。".into(),
        ),
        (
            ended(EndReason::LinkNewer),
            "メールの再送や手続きのやり直し、ログインなどのあとでは、前のリンクは使えなくなります。いちばん新しいメールのリンクを開いてください。".into(),
        ),
        (
            ended(EndReason::LinkUnknown),
            "リンクの文字が足りないことがあります。上の「リンクを押しても開かないとき」をお試しください。".into(),
        ),
    ]
}

/// The screen that waited for the link has ended, but the link still works.
#[must_use]
pub fn idle(limits: &Limits) -> String {
    format!(
        "元の画面が時間切れで終了していても、{}以内ならリンクは使えます。リンクを開いて登録を済ませてから、ログインしてください。",
        span(limits.link_life_ms)
    )
}
