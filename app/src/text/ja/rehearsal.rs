//! The pages of rehearsal builds.

use crate::text::time;
use crate::wire::Millis;

pub const BAR: &str = "リハーサル用の画面です　";
pub const GAP: &str = "　";
pub const MAILBOX: &str = "メールボックス";
pub const CLOCK: &str = "時計";
pub const GUIDE: &str = "ログインのご案内";
pub const EMPTY: &str = "まだメールは届いていません。届くまで数秒かかることがあります。";
pub const PARTS: &str = "HTMLと並べて見る";
pub const RELOAD: &str = "更新する";

/// How far the clock can be turned at once, and in how many seconds.
pub const TURNS: [(&str, u32); 7] = [
    ("30秒進める", 30),
    ("2分進める", 120),
    ("5分進める", 300),
    ("10分進める", 600),
    ("30分進める", 1_800),
    ("1時間進める", 3_600),
    ("24時間進める", 86_400),
];

/// Whom a mail went to, and when.
#[must_use]
pub fn received(recipient: &str, at: Millis) -> String {
    format!("{recipient}　{}", time::date_and_clock(at))
}
