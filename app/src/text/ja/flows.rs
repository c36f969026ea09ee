//! Labels, supports and sentences of the flow pages. Button and field labels in 「」 of the specification are fixed.

use super::time::{clock, span};
use crate::wire::{Brand, Millis, Timeouts};

pub const NEXT: &str = "次へ進む";
pub const SEND: &str = "送信する";
pub const NEXT_SIGN_IN: &str = "次へ";
pub const SIGN_IN: &str = "ログイン";
pub const REQUIRED: &str = "※必須";
pub const SHOW: &str = "パスワードを表示する";
pub const CONTINUE: &str = "続ける";
pub const ABANDON: &str = "中止する";
pub const RESTART: &str = "はじめから手続きする";
pub const COPY: &str = "コピーする";
pub const COPIED: &str = "コピーしました";
pub const CHANGE_PASSWORD: &str = "パスワード変更";

/// At a flow's first step.
pub const CANNOT_SAVE: &str =
    "この手続きは、途中で保存できません。画面を閉じたり、前の画面に戻ったりせずに、最後まで進めてください。";
/// At the steps behind it.
pub const STILL_CANNOT_SAVE: &str = "この手続きは、途中で保存できません。";
pub const SUMMARY_HEAD: &str = "入力内容をご確認ください";
pub const SUMMARY_HEAD_RESEND: &str = "まだ再送できません";
pub const SUMMARY_HEAD_PLAIN: &str = "次へ進めませんでした";
/// The reference, with the number after it.
pub const REFERENCE: &str = "お問い合わせ番号：";
pub const CENTRE: &str = "カスタマーサービスセンター";

/// The page's own helpers have stopped; forms go on.
pub const GOES_ON_PLAIN: &str = "画面の補助機能が止まりました。入力と送信は、このまま続けられます。";
pub const BACK_HEAD: &str = "手続きを中止しますか？";
pub const BACK_BODY: &str =
    "前の画面には戻れません。中止すると、ここまでの入力は保存されず、はじめからやり直しになります。";
pub const IDLE_HEAD: &str = "まもなく時間切れになります";
pub const SESSION_HEAD: &str = "まもなくログアウトします";
pub const SESSION_BODY: &str =
    "操作がないため、安全のためにまもなくログアウトします。続ける場合は、下のボタンを押してください。";
pub const CLOSE: &str = "閉じる";
pub const SESSION_EXTEND: &str = "ログインを続ける";
pub const IDLE_EXTEND: &str = "時間を延長する";

pub const IDENTITY_LEAD: &str = "ご契約者さまご本人であることを確認します。保険証券などをご用意ください。";
pub const NUMBER_HINT: &str = "3つの番号のうち、どれか1つを入力してください。ハイフンや全角のままでもかまいません。";
pub const NUMBER_HELP: &str = "番号はどこに書いてありますか？";
pub const KANA_HINT: &str = "例：ヤマダ　タロウ。法人の例：カ）ニリン。半角カタカナやひらがなでも入力できます。";
pub const PHONE_HINT: &str = "ご契約時に登録された番号を入力してください。固定電話でも携帯電話でもかまいません。";

pub const ALREADY_LEAD: &str = "下のユーザーIDでログインしてください。";
pub const ALREADY_MASKED: &str = "ユーザーIDは、一部を隠して表示しています。ユーザーIDの全体は、「ユーザーIDの確認」の手続きで、ご登録のメールアドレスにお送りします。";
pub const USER_ID: &str = "ユーザーID";
pub const FORGOT_PASSWORD: &str = "パスワードがわからない方はこちら";
pub const FORGOT_USER_ID: &str = "ユーザーIDがわからない方はこちら";
pub const FIRST_TIME: &str = "はじめてログインする方はこちら";
pub const GUIDE: &str = "ログインのご案内";

pub const NO_EMAIL_LEAD: &str = "ログインには、ご契約者さまお一人だけがお使いのメールアドレスの登録が必要です。今は、そのようなアドレスが登録されていません。";
pub const NO_EMAIL_DO: &str = "先に、カスタマーサービスセンターへお電話で、メールアドレスの登録をお申し付けください。登録のあとに、もう一度この手続きをしてください。";

pub const YOUR_USER_ID: &str = "お客さまのユーザーID";
pub const USER_ID_CHANGE: &str = "ユーザーIDは、ご契約に登録されたメールアドレスです。変更したいときや、このアドレスでメールを受け取れないときは、カスタマーサービスセンターへお電話ください。";
pub const PASSWORD_LABEL: &str = "登録するパスワード";
pub const RULES_HEAD: &str = "パスワードの決まり";
pub const RULE_MET: &str = "合っています";
pub const RULE_UNMET: &str = "まだです";
pub const RULE_BROKEN: &str = "使えません";
pub const RULES_WHY: &str = "同じパスワードを、ほかのサービスと使い回さないでください。";

pub const MAIL_LEAD: &str = "メールのリンクを開いてください";
pub const MAIL_ADDRESS: &str = "宛先";
pub const MAIL_SENT_AT: &str = "受付時刻";
pub const MAIL_STATE: &str = "配信の状況";
pub const MAIL_UNTIL: &str = "リンクの有効期限";
pub const MAIL_STAY: &str = "リンクは、別の端末やメールアプリで開いてもかまいません。";
pub const MAIL_MOVES: &str = "確認が済むと、この画面は自動で次へ進みます。";
pub const MAIL_RELOAD: &str = "確認が済んだら、ここを押して次へ進む";
pub const MAIL_NOT_YET: &str = "リンクでの確認が済むまでは、同じ画面が表示されます。";
pub const MAIL_RESEND: &str = "メールを再送する";
pub const MAIL_HELP: &str = "メールが届かないとき";
pub const MAIL_HELP_LINK: &str = "くわしい確かめ方を見る";

pub const CREATED_LEAD: &str = "アカウントを作成しました。続けて、ログインしてください。";
pub const TO_SIGN_IN: &str = "ログインへ進む";

pub const PASSWORD: &str = "パスワード";
pub const PRESENT_PASSWORD: &str = "今のパスワード";
pub const NEW_PASSWORD: &str = "新しいパスワード";
pub const SIGN_IN_ENROLLING: &str =
    "登録したパスワードを入力してください。次の画面で、メールに届く認証番号を入力します。";
pub const SIGN_IN_LEAD: &str = "パスワードを入力すると、6桁の認証番号をメールでお送りします。";
pub const CODE_LEAD: &str = "メールに書かれた認証番号を入力してください。";
pub const CODE_HINT: &str = "6桁の数字です。全角でも入力できます。";
pub const CODE_UNTIL: &str = "この番号の有効期限";
pub const ENROL_AGAIN: &str = "はじめてのログインをやり直す";
pub const RESET_AGAIN: &str = "パスワードの再設定をやり直す";
pub const RESET_PASSWORD: &str = "パスワードを再設定する";
pub const SIGN_IN_AGAIN: &str = "はじめからログインする";
pub const CODE_RELOAD: &str = "最新の状況を表示する";
pub const CODE_RESEND: &str = "認証番号を再送する";
pub const CODE_NTH: &str = "今回のログインのメール";
pub const CODE_HELP: &str = "認証番号が届かない・使えないとき";
pub const CODE_HELP_LINK: &str = "くわしい確かめ方を見る";
pub const CODE_MINUTE: &str = "認証番号の有効期限まで、あと1分です。";
pub const CODE_SAFE: &str = "認証番号は、電話やメールで誰かに伝えないでください。当社からお聞きすることはありません。";

pub const RESET_LEAD: &str = "ユーザーIDを入力してください。パスワードを再設定するためのメールをお送りします。";
pub const RESET_SENT_LEAD: &str = "入力されたユーザーIDが登録されている場合は、メールをお送りします。リンクを開くと、新しいパスワードを登録できます。";
pub const RESET_THEN: &str = "パスワードの変更が済んだら、";
pub const RESET_CHECK_ID: &str =
    "ユーザーIDに間違いがないか、もう一度ご確認ください。登録のないアドレスには、メールは届きません。";
pub const RESET_TYPE_AGAIN: &str = "ユーザーIDを入力し直す";

pub const SHOWN_LEAD: &str =
    "お客さまのユーザーIDは、次のとおりです。確認のお知らせを、このアドレスにメールでお送りします。";
pub const SHOWN_MASKED: &str = "ユーザーIDの一部を隠して表示しています。ユーザーIDの全体は、ご登録のメールアドレスにお送りするメールでご確認ください。";
pub const ENROLS_WITH: &str = "登録に使うユーザーID";
pub const TO_PASSWORD: &str = "パスワードの登録へ進む";

/// The time until when a code is valid.
#[inline]
#[must_use]
pub fn code_until(at: Millis) -> String {
    format!("{}まで", clock(at))
}

/// Which mail of this sign-in it is, and when it was sent.
#[inline]
#[must_use]
pub fn code_nth(nth: u32, at: Millis) -> String {
    format!("{nth}通目（{}）", clock(at))
}

/// How long the resend button has to wait.
#[inline]
#[must_use]
pub fn resend_in(seconds: i64) -> String {
    format!("あと{seconds}秒で再送できます")
}

/// For a customer whom an inquiry identified but who has no account yet.
#[must_use]
pub fn not_enrolled(brand: &Brand) -> String {
    format!("{}以降のログインには、登録が必要です。このまま、パスワードの登録へ進めます。", brand.renewal_date)
}

/// The warning before a flow ends because nobody acts.
#[must_use]
pub fn idle_body(timeouts: &Timeouts) -> String {
    format!(
        "操作がないまま{}が過ぎると、安全のために手続きを終了します。続ける場合は、下のボタンを押してください。",
        span(timeouts.flow_idle)
    )
}

/// The warning before a session ends because it has reached its longest life.
#[must_use]
pub fn session_over_body(timeouts: &Timeouts) -> String {
    format!(
        "ログインから{}になるため、まもなくログアウトします。引き続きご利用のときは、もう一度ログインしてください。",
        span(timeouts.session_life)
    )
}

/// How to find the mail among others.
#[must_use]
pub fn what_to_look_for(brand: &Brand) -> String {
    format!("{} から、件名が【{}】で始まるメールをお送りしています。", brand.mail_from, brand.service)
}

/// What to do about a mail that is late.
#[must_use]
pub fn mail_late(timeouts: &Timeouts) -> String {
    format!(
        "{}たっても届かないときは、迷惑メールの設定をご確認のうえ、カスタマーサービスセンターへお電話ください。",
        span(timeouts.mail_help)
    )
}
