//! The names of the storyboards.

use crate::storyboards::Storyboard;

impl Storyboard {
    pub(crate) const fn title(self) -> &'static str {
        match self {
            Self::Enrolment => "はじめての登録",
            Self::UserId => "ユーザーIDの確認",
            Self::PasswordReset => "パスワードの再設定",
            Self::SignIn => "ログイン",
            Self::Renewal => "継続の手続き",
            Self::Change => "契約内容の変更",
        }
    }
}
