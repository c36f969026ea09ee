//! What the pages under test show.

use app::pages::shell::Sheet;
use app::port::{Account, Contract, Portal, Session, SignedIn};
use app::wire::{Brand, Flow, Page, PasswordAbout, Screen};
use rules::password::PasswordProfile;

/// 2026-11-23 14:05 in Japan.
pub const NOW: i64 = 1_795_410_300_000;

pub fn brand() -> Brand {
    Brand {
        service: "二輪ポータル".into(),
        former_service: "ニリンネット".into(),
        insurer: "ニリン損害保険株式会社".into(),
        product: "バイク保険".into(),
        centre_phone: "0120-000-216".into(),
        centre_hours: "受付時間　9:00〜18:00".into(),
        renewal_date: "2022年9月6日".into(),
        public_url: "https://nirin.example".into(),
        mail_from: "no-reply@nirin.example".into(),
    }
}

pub fn sheet() -> Sheet {
    Sheet { nonce: "nonce".into(), assets: "/assets/1a2b3c".into(), ..Sheet::default() }
}

pub fn contract() -> Contract {
    Contract {
        id: "k-001".into(),
        policy_number: Some("NR10000001".into()),
        renewal_number: Some("KE20000001".into()),
        quote_number: None,
        product: "バイク保険 スタンダード".into(),
        status: "active".into(),
        starts_on: "2026-08-01".into(),
        ends_on: "2027-08-01".into(),
        days_left: 251,
        vehicle: "アキツ リンドウ250".into(),
        plate: "1品川 あ 12-34".into(),
        displacement_cc: 249,
        first_registered: "2021-03".into(),
        usage: "日常・レジャー".into(),
        rider_scope: "本人限定・26歳以上".into(),
        grade: 12,
        bodily_injury: "無制限".into(),
        property_damage: "1億円".into(),
        personal_injury: "3,000万円".into(),
        vehicle_cover: "50万円（免責5万円）".into(),
        roadside: "あり（100kmまで搬送無料）".into(),
        premium_yen: 23_400,
        payment: "年払（クレジットカード）".into(),
    }
}

pub fn portal(contracts: Vec<Contract>) -> Portal {
    Portal { kana: "ニリン タロウ".into(), last_sign_in: Some(NOW), contracts }
}

/// Signed in here and on another device; one try failed.
pub fn account() -> Account {
    let session = |public_id: &str, device: &str, current| Session {
        public_id: public_id.into(),
        device: device.into(),
        created_at: NOW - 3_600_000,
        seen_at: NOW,
        current,
    };
    Account {
        user_id: "taro@example.jp".into(),
        sessions: vec![session("s-1", "Windows の Edge", true), session("s-2", "iPhone の Safari", false)],
        history: vec![
            SignedIn { at: NOW, device: "Windows の Edge".into(), succeeded: true },
            SignedIn { at: NOW - 60_000, device: "Windows の Edge".into(), succeeded: false },
        ],
    }
}

pub fn password_page() -> Page {
    let about = PasswordAbout {
        profile: PasswordProfile::Standard,
        user_id: "taro@example.jp".into(),
        kana: "ニリン タロウ".into(),
        phones: Vec::new(),
        brand: Vec::new(),
    };
    Page::new(Flow::Account, Screen::ChangePassword(about), NOW)
}
