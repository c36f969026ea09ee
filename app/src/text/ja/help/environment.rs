//! Browsers and settings.

pub const LEAD: &str = "スマートフォン、タブレット、パソコンの、いつものブラウザーでご利用いただけます。";

pub const BROWSERS_HEAD: &str = "ブラウザー";
pub const BROWSERS_LEAD: &str = "次のブラウザーの、最新の版をお使いください。";
pub const BROWSERS: [(&str, &str); 4] = [
    ("iPhone・iPad", "Safari、Chrome"),
    ("Android", "Chrome"),
    ("Windows", "Edge、Chrome、Firefox"),
    ("Mac", "Safari、Chrome、Firefox"),
];
/// The oldest versions that have everything that the pages use; `make check` holds the list to it.
pub const OLDEST: [(&str, &str); 4] = [("Safari", "16.4"), ("Chrome", "105"), ("Edge", "105"), ("Firefox", "121")];

/// Which versions are supported, and what becomes of older ones.
#[must_use]
pub fn oldest() -> String {
    let versions = OLDEST.map(|(browser, version)| format!("{browser} {version}")).join("、");
    format!(
        "対応しているのは、{versions}と、それより新しい版です。これより古い版では、表示が崩れたり、手続きできなかったりすることがあります。"
    )
}

pub const COOKIE_HEAD: &str = "Cookie（クッキー）が必要です";
pub const COOKIE: [&str; 3] = [
    "手続きがどこまで進んだかを確かめるために、Cookieを使います。ブラウザーの設定で、有効にしてください。",
    "広告や、ほかのサイトでの行動を調べるためには使いません。",
    "プライベートブラウズでも手続きできます。ウィンドウを閉じると、手続きは終了します。",
];

pub const SCRIPT_HEAD: &str = "JavaScriptはなくてもかまいません";
pub const SCRIPT: [&str; 2] = [
    "JavaScriptを無効にしていても、すべての手続きができます。",
    "有効にすると、パスワードの決まりを入力中に確かめたり、確認が済んだ画面が自動で進んだりします。",
];

pub const IN_APP_HEAD: &str = "アプリの中のブラウザー";
pub const IN_APP: [&str; 3] = [
    "メールやSNSのアプリの中で開くと、アプリを切り替えたときに画面が消えることがあります。",
    "手続きは、SafariやChromeなどのブラウザーではじめてください。",
    "メールのリンクは、メールアプリの中で開いてもかまいません。",
];
pub const LINK: &str = "メールのリンクを開くときのご案内を見る";

pub const SIGHT_HEAD: &str = "見やすさと使いやすさ";
pub const SIGHT: [&str; 3] = [
    "ブラウザーの設定で、文字を大きくできます。端末の設定に合わせて、暗い配色でも表示します。",
    "キーボードだけで操作できます。",
    "画面を読み上げるソフトでもご利用いただけます。",
];

pub const BACK_HEAD: &str = "ブラウザーの「戻る」について";
pub const BACK: &str = "手続きの途中で「戻る」を使うと、手続きを続けられないことがあります。進むときは、画面の中のボタンを押してください。";
