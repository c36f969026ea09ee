//! What the switches are called.

use crate::switches::{BrandChoice, Keys, Script, Switch, TextSize, Theme, Vision, YesNo};
use app::samples::Words;
use rules::password::PasswordProfile;

/// What a switch is called.
pub(crate) const fn name(switch: Switch) -> &'static str {
    match switch {
        Switch::Width => "幅",
        Switch::Theme => "配色",
        Switch::Text => "文字の大きさ",
        Switch::Words => "名前や金額",
        Switch::Script => "スクリプト",
        Switch::Vision => "色の見え方（目安）",
        Switch::Profile => "パスワードの決まり",
        Switch::Masked => "ユーザーIDを伏せる",
        Switch::Phone => "再設定で電話番号を聞く",
        Switch::Brand => "ブランド",
        Switch::Keys => "キー操作",
    }
}

/// The choice that leaves a setting as the configuration has it.
pub(crate) const AS_CONFIGURED: &str = "設定のまま";

pub(crate) const fn words(words: Words) -> &'static str {
    match words {
        Words::Usual => "ふつう",
        Words::Long => "長い",
    }
}

pub(crate) const fn profile(profile: PasswordProfile) -> &'static str {
    match profile {
        PasswordProfile::Standard => "標準",
        PasswordProfile::Long => "長いもの",
    }
}

impl TextSize {
    pub(crate) const fn label(self) -> &'static str {
        match self {
            Self::Usual => "100%",
            Self::Double => "200%",
        }
    }
}

impl Vision {
    pub(crate) const fn label(self) -> &'static str {
        match self {
            Self::Usual => "そのまま",
            Self::Protanopia => "1型（赤）",
            Self::Deuteranopia => "2型（緑）",
            Self::Tritanopia => "3型（青）",
            Self::Achromatopsia => "色の区別なし",
        }
    }
}

impl YesNo {
    pub(crate) const fn label(self) -> &'static str {
        match self {
            Self::No => "いいえ",
            Self::Yes => "はい",
        }
    }
}

impl Theme {
    pub(crate) const fn label(self) -> &'static str {
        match self {
            Self::Light => "明るい",
            Self::Dark => "暗い",
        }
    }
}

impl BrandChoice {
    pub(crate) const fn label(self) -> &'static str {
        match self {
            Self::Own => "この設定",
            Self::Other => "別の例",
        }
    }
}

impl Script {
    pub(crate) const fn label(self) -> &'static str {
        match self {
            Self::Off => "なし",
            Self::On => "あり",
        }
    }
}

impl Keys {
    pub(crate) const fn label(self) -> &'static str {
        match self {
            Self::On => "使えます",
            Self::Off => "止めています",
        }
    }
}
