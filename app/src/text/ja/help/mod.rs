//! The texts of the help pages. This file has the list of topics, and each topic has a file.

pub mod change;
pub mod code;
pub mod contract_change;
pub mod contract_number;
pub mod environment;
pub mod link;
pub mod locked;
pub mod mail;
pub mod renewal;

use super::time::span;
use rules::limits::Limits;

pub const HELP: &str = "ヘルプ";
pub const INDEX_LEAD: &str = "お困りのことに近いものをお選びください。";
pub const WAYS: &str = "手続きの画面へ";
pub const OTHERS: &str = "ほかのヘルプ";
pub const UNSOLVED: &str = "解決しないときは";
pub const UNSOLVED_DO: &str =
    "お電話でご案内します。画面に「お問い合わせ番号」が出ているときは、その番号をお伝えください。";
pub const TRAIL: &str = "現在の位置";

/// How soon a mail can be sent again.
fn resend_gap(limits: &Limits) -> String {
    format!("再送は、前の送信から{}たつとできます。", span(limits.resend_gap_ms))
}

rules::words! {
    /// A help page, in the order of a person's way through a flow. Its word is the last part of its address.
    Topic {
        ContractNumber = "contract-number",
        Mail = "mail",
        Link = "link",
        Code = "code",
        Locked = "locked",
        Change = "change",
        Renewal = "renewal",
        ContractChange = "contract-change",
        Environment = "environment",
    }
}

impl Topic {
    /// The page's address.
    #[must_use]
    pub fn address(self) -> String {
        format!("/help/{}", self.as_str())
    }

    /// The page's heading, and what links to it are called.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::ContractNumber => "証券番号などが書いてある場所",
            Self::Mail => "メールが届かないとき",
            Self::Link => "メールのリンクを開くとき",
            Self::Code => "認証番号が使えないとき",
            Self::Locked => "間違いが続いて、先へ進めないとき",
            Self::Change => "ユーザーIDやパスワードを変更したいとき",
            Self::Renewal => "ご契約を継続したいとき",
            Self::ContractChange => "ご契約の内容を変更したいとき",
            Self::Environment => "ご利用いただける環境",
        }
    }

    /// One line that helps to choose.
    #[must_use]
    pub const fn about(self) -> &'static str {
        match self {
            Self::ContractNumber => "証券番号・継続契約番号・見積番号の見つけ方を、図でご案内します。",
            Self::Mail => "確認していただきたいことを、当てはまりやすい順にご案内します。",
            Self::Link => "スマートフォンや別の端末での開き方と、リンクが使えないときの進め方です。",
            Self::Code => "6桁の番号を入力しても進めないときの、確かめ方です。",
            Self::Locked => "待ち時間の長さと、待たずに進める方法です。",
            Self::Change => "変更の方法は、ユーザーIDとパスワードで違います。",
            Self::Renewal => "お申し込みいただける期間と進め方、お申し込みのあとのことです。",
            Self::ContractChange => "画面で変更できる内容と進め方、お申し込みのあとのことです。",
            Self::Environment => "ブラウザー、Cookie、JavaScriptについてご案内します。",
        }
    }
}
