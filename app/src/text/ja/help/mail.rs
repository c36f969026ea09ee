//! What to do when a mail does not arrive, the likeliest reason first.

use crate::text::time::span;
use rules::limits::Limits;
use std::borrow::Cow;

pub const LEAD: &str = "メールは、ふつう1分ほどで届きます。届かないときは、上から順にご確認ください。";

pub const WAIT: [&str; 2] =
    ["混み合っているときは、届くまでに時間がかかることがあります。", "お待ちの間、手続きの画面は閉じないでください。"];

pub const JUNK_HEAD: &str = "迷惑メールのフォルダーを見てください";
pub const JUNK: [&str; 2] = [
    "「迷惑メール」や「プロモーション」などのフォルダーに入っていることがあります。",
    "携帯電話会社のメールでは、電話会社のサーバーに「迷惑メールフォルダー」があることもあります。",
];

pub const ADDRESS_HEAD: &str = "メールアドレスを確かめてください";
pub const ADDRESS: [&str; 2] = [
    "手続きの画面に、送信先のアドレスが表示されます。今もお使いのアドレスか、ご確認ください。",
    "パスワードの再設定では、入力したユーザーIDに間違いがないか、ご確認ください。登録のないアドレスには、メールは届きません。",
];
pub const OLD_ADDRESS: &str =
    "使っていないアドレスのときは、この画面では変更できません。カスタマーサービスセンターへお電話ください。";

pub const FILTER_HEAD: &str = "受信の設定を確かめてください";
pub const FILTER: &str = "携帯電話会社のメールでは、パソコンからのメールやリンクのあるメールを断る設定になっていることがあります。次のアドレスからのメールを、受信できるように設定してください。";
pub const SENDER: &str = "送信元のアドレス";
pub const FILTER_HOW: [&str; 3] = [
    "携帯電話会社のサイトやアプリで、「迷惑メールフィルター」の設定を開きます。",
    "「受信リスト」や「許可リスト」に、上のアドレスを登録します。",
    "「リンク（URL）のあるメールを断る」設定があるときは、解除します。",
];
pub const FULL: &str = "メールボックスがいっぱいのときも、メールは届きません。不要なメールを削除してください。";

pub const RESEND_HEAD: &str = "メールを再送してください";
pub const NEWEST: &str = "リンクのあるメールを再送したときは、いちばん新しいメールのリンクをお使いください。前のメールのリンクは使えません。";

pub const STATE_HEAD: &str = "「配信の状況」の見方";
pub const STATE: &str = "手続きの画面の「配信の状況」は、当社からわかることだけを表示しています。";

/// A relay took the mail.
const SENT: (&str, &str) = (
    "送信しました",
    "当社からの送信は済みました。お使いのメールサービスに届いたかどうかは、当社ではわかりません。数分待っても受信箱に見えないときは、迷惑メールのフォルダーか、受信の設定をご確認ください。",
);
/// The recipient's server took the mail.
const ACCEPTED: (&str, &str) = (
    "宛先のメールサーバーが受け取りました",
    "メールは、お使いのメールサービスまで届いています。受信箱に見えないときは、迷惑メールのフォルダーか、受信の設定をご確認ください。",
);
const QUEUED: (&str, &str) = ("送信の順番を待っています", "まもなくお送りします。そのままお待ちください。");
/// What went wrong.
const WRONG: [(&str, &str); 4] = [
    (
        "まだお送りできていません",
        "お使いのメールサービスか当社の送信の設備が、一時的に使えない状態です。自動でもう一度お送りします。",
    ),
    (
        "このアドレスでは受け取れないと、メールサーバーから回答がありました",
        "アドレスが変わっているか、使えなくなっています。カスタマーサービスセンターへお電話ください。",
    ),
    ("お送りできませんでした", "当社の都合で、このメールをお送りできませんでした。再送のボタンを押してください。"),
    (
        "有効期限までにお送りできませんでした",
        "期限の切れた番号やリンクは、お送りしません。再送のボタンを押してください。",
    ),
];
pub const NO_STATE: &str = "パスワードの再設定では、安全のため、配信の状況を表示していません。";

/// What a delivery state says on the flow's screen, and what it means.
#[must_use]
pub fn states(through_relay: bool) -> [(&'static str, &'static str); 6] {
    let [delayed, refused, failed, dropped] = WRONG;
    [QUEUED, if through_relay { SENT } else { ACCEPTED }, delayed, refused, failed, dropped]
}

/// The heading of the first check.
#[must_use]
pub fn wait_head(limits: &Limits) -> String {
    format!("{}ほどお待ちください", span(limits.mail_help_after_ms))
}

/// Sending once more.
#[must_use]
pub fn resend(limits: &Limits) -> [Cow<'static, str>; 3] {
    [
        "設定を変えたあとは、手続きの画面で再送のボタンを押してください。前のメールは、あとからは届きません。".into(),
        super::resend_gap(limits).into(),
        format!(
            "登録や再設定のメールをお送りできるのは、{}に{}通までです。",
            span(limits.mails_account_window_ms),
            limits.mails_per_account
        )
        .into(),
    ]
}
