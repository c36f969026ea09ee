//! The texts of the guide, which is the first page. It is for people who do not know, or do not have yet, a user ID and password.

pub mod tour;

use crate::text::time::span;
use crate::wire::Brand;
use rules::limits::Limits;
use std::borrow::Cow;

pub const HEADING: &str = "ユーザーID/パスワードがわからない";
pub const LEAD: &str = "ログインに必要なユーザーIDとパスワードの、登録と確認の方法をご案内します。";

pub const CHANGED_TWICE: &str = "ログインは2段階です。パスワードの次に、メールに届く6桁の認証番号を入力します。";
pub const CHANGED_AGAIN: &str = "すべての方に、ユーザーIDとパスワードの登録をもう一度お願いしています。";
pub const CHANGED_ID: &str = "新しいユーザーIDは、ご契約に登録されたメールアドレスです。";

pub const CHOOSE: &str = "あてはまるものをお選びください";
pub const FIRST_TIME: &str = "はじめてのログイン";
pub const FIRST_TIME_GIVES: &str = "ユーザーIDを確かめて、パスワードを登録します。";
pub const ID_UNKNOWN: &str = "ユーザーIDの確認";
pub const ID_UNKNOWN_GIVES: &str = "ご本人を確認して、ユーザーIDを画面に表示します。";
pub const PASSWORD_UNKNOWN: &str = "パスワードの再設定";
pub const PASSWORD_UNKNOWN_GIVES: &str = "メールのリンクから、新しいパスワードを登録します。";
pub const KNOWN: &str = "ユーザーIDとパスワードの両方がわかる方は、そのままログインできます。";

pub const PREPARE: &str = "手続きの前にご用意ください";
pub const PREPARED: [&str; 3] = [
    "証券番号・継続契約番号・見積番号のうち、どれか1つ。",
    "ご契約時に登録された電話番号。",
    "ご契約に登録されたメールアドレスのメールを読める端末。",
];
pub const WHERE_NUMBERS: &str = "証券番号などが書いてある場所を見る";

pub const CARE: &str = "ご注意ください";
pub const NO_MAIL_HEAD: &str = "当社からのメールが届いていない方";
pub const NO_MAIL: &str = "メールアドレスを登録していない方や、登録のあとにアドレスが変わった方は、この画面からの手続きができません。先にカスタマーサービスセンターへお電話で、メールアドレスの登録をお申し付けください。";

/// Behind the number of a flow's steps.
pub const SHOTS: &str = "図は、画面の見本です。";

pub const TROUBLE: &str = "お困りのときは";
pub const CENTRE: &str = "お電話でのお問い合わせ";

/// What a password reset alone needs.
#[must_use]
pub const fn prepare_for_reset(phone: bool) -> &'static str {
    if phone {
        "パスワードの再設定だけなら、ユーザーID、メールを読める端末、ご契約時に登録された電話番号があれば手続きできます。"
    } else {
        "パスワードの再設定だけなら、ユーザーIDとメールを読める端末があれば手続きできます。"
    }
}

/// The warnings, before anybody starts.
#[must_use]
pub fn cares(limits: &Limits) -> [Cow<'static, str>; 4] {
    [
        "手続きは、途中で保存できません。".into(),
        "手続きの途中で、画面を閉じないでください。".into(),
        "手続きの途中で、前の画面に戻らないでください。".into(),
        format!("操作をしないまま{}が過ぎると、手続きは終了します。", span(limits.flow_idle_ms)).into(),
    ]
}

/// Never signed in since the renewal date.
#[must_use]
pub fn first_time(brand: &Brand) -> String {
    format!("{}以降、一度もログインしていない", brand.renewal_date)
}

/// Signed in before, user ID unknown.
#[must_use]
pub fn id_unknown(brand: &Brand) -> String {
    format!("{}以降にログインしたが、ユーザーIDがわからない", brand.renewal_date)
}

/// Signed in before, password unknown.
#[must_use]
pub fn password_unknown(brand: &Brand) -> String {
    format!("{}以降にログインしたが、パスワードがわからない", brand.renewal_date)
}

/// What opens the steps of a choice.
#[must_use]
pub fn see_steps(flow: &str) -> String {
    format!("「{flow}」の流れを見る")
}

/// The link below a flow's steps.
#[must_use]
pub fn start(flow: &str) -> String {
    format!("「{flow}」をはじめる")
}

/// The heading above what changed.
#[must_use]
pub fn changed(brand: &Brand) -> String {
    format!("{}に、ログインの方法が変わりました", brand.renewal_date)
}

/// What no longer works.
#[must_use]
pub fn changed_old(brand: &Brand) -> String {
    format!("{}より前のユーザーIDとパスワードでは、ログインできません。", brand.renewal_date)
}

/// What the portal was called before.
#[must_use]
pub fn renamed(brand: &Brand) -> String {
    format!("サービスの名前が「{}」から「{}」に変わりました。", brand.former_service, brand.service)
}

/// What a picture shows.
#[must_use]
pub fn picture(heading: &str) -> String {
    format!("「{heading}」の画面")
}
