//! What the switches are called.

use crate::switches::{BrandChoice, Keys, Script, Theme};

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
