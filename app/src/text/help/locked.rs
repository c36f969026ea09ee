//! How long each lock lasts, and the way around it.

pub const LEAD: &str =
    "間違いが続くと、他人による操作を防ぐために、しばらく受け付けを止めます。画面に、次に試せる時刻が表示されます。";

pub const PASSWORD_HEAD: &str = "パスワードを間違えたとき";
pub const PASSWORD: [&str; 3] = [
    "5回続けて間違えると、1分間ログインできません。",
    "そのあとも間違えるたびに、待ち時間が2倍になります。いちばん長くて30分です。",
    "50回続けて間違えると、パスワードを再設定するまでログインできません。",
];
pub const WAITS: &str = "続けて間違えた回数と待ち時間";
pub const TIMES: &str = "回数";
pub const WAIT: &str = "待ち時間";
pub const AT_ONCE_HEAD: &str = "待たずにログインする方法";
pub const AT_ONCE: &str =
    "パスワードを再設定すると、待ち時間はなくなります。新しいパスワードで、すぐにログインできます。";
pub const RESET: &str = "パスワードを再設定する";
pub const KNOWN_BROWSER: &str = "前にログインしたことのあるブラウザーでは、間違いの回数を別に数えます。ほかの人がどこかで間違えても、そのブラウザーからはログインできます。";

pub const CODE_HEAD: &str = "認証番号を間違えたとき";
pub const CODE: [&str; 2] = [
    "1回のログインで5回間違えると、そのログインは終了します。すぐに、はじめからやり直せます。",
    "24時間に10回間違えると、30分間ログインできません。",
];

pub const IDENTITY_HEAD: &str = "本人確認の入力が一致しないとき";
pub const IDENTITY: [&str; 2] = [
    "同じブラウザーで5回一致しないと、15分間受け付けを止めます。",
    "同じ番号で24時間に10回一致しないと、画面からは確認できません。カスタマーサービスセンターへお電話ください。",
];
pub const NUMBERS: &str = "証券番号などが書いてある場所を見る";

pub const MAIL_HEAD: &str = "メールを送れる回数を超えたとき";
pub const MAIL: &str =
    "登録や再設定のメールは、1時間に3通までお送りできます。画面に表示された時刻を過ぎてから、もう一度お試しください。";

pub const NOTICE_HEAD: &str = "心当たりのないお知らせが届いたとき";
pub const NOTICE: &str =
    "ログインの間違いが続くと、メールでお知らせします。ご自身の操作でないときは、パスワードを再設定してください。";

/// A row of the table: how many wrong passwords in a row, and how long one waits then.
#[must_use]
pub fn row(wrong: u32, wait_ms: i64, longest: bool) -> (String, String) {
    let times = if longest { format!("{wrong}回から") } else { format!("{wrong}回") };
    (times, format!("{}分", wait_ms / 60_000))
}
