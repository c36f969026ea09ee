//! Sample data of one customer at one moment, and everything that people see made of it (`register`). The guide's pictures, the
//! tests and the gallery use the same.

mod ends;
pub mod kinds;
mod notices;
mod pages;
pub mod parts;
mod problems;
mod procedures;
pub mod register;
mod screens;
pub mod states;
mod words;

pub use words::Words;

use crate::port::{Account, Contract, Portal, Session, SignInAttempt};
use crate::wire::{
    Brand, CodeWait, Delivery, Field, Flow, LinkKind, LinkSubject, MailWait, Millis, Page, PasswordAbout, Screen,
    Timeouts,
};
use rules::calendar::days_of;
use rules::password::PasswordProfile;
use rules::renewal::ReminderChoice;
use rules::{ContractStatus, Offer};

/// 2026-11-23 14:05 in Japan.
pub const NOW: Millis = 1_795_410_300_000;
/// The number that a person reads to the contact centre.
pub const REFERENCE: &str = "7K2M-4XQ9";
pub const USER_ID: &str = "taro@example.jp";
pub const NUMBER: &str = "NR10000001";
pub const KANA: &str = "ニリン　タロウ";
pub const PHONE: &str = "09000000001";
/// Why a request was declined, as staff writes it.
pub const DECLINED: &str = "登録番号を確認できませんでした。";
pub const DEVICE: &str = "iPhone（Safari）";

/// The names of an insurer.
#[must_use]
pub fn brand() -> Brand {
    Brand {
        service: "二輪ポータル".into(),
        former_service: "ニリンネット".into(),
        insurer: "ニリン損害保険株式会社".into(),
        product: "バイク保険".into(),
        centre_phone: "0120-000-216".into(),
        centre_hours: "受付時間　9:00〜18:00（年末年始を除く）".into(),
        renewal_date: "2022年9月6日".into(),
        public_url: "https://portal.nirin.example".into(),
        mail_from: "no-reply@nirin.example".into(),
    }
}

/// A page of a flow that shows `screen`.
#[must_use]
pub fn page(flow: Flow, screen: Screen) -> Page {
    Page::new(flow, screen, NOW)
}

/// The identity check, filled in.
#[must_use]
pub fn identity(flow: Flow, words: Words) -> Page {
    let mut page = page(flow, Screen::Identity);
    page.old_input =
        vec![(Field::Number, words.number().into()), (Field::Kana, words.kana().into()), (Field::Phone, PHONE.into())];
    page
}

/// What a new password is judged against.
#[must_use]
pub fn password_about(profile: PasswordProfile, words: Words) -> PasswordAbout {
    PasswordAbout {
        profile,
        user_id: words.user_id().into(),
        kana: words.kana().into(),
        phones: vec![PHONE.into()],
        brand: vec!["nirin".into()],
    }
}

/// A mail with a link, just accepted by the recipient's server.
#[must_use]
pub fn mail_wait(timeouts: &Timeouts, words: Words) -> MailWait {
    MailWait {
        address: words.user_id().into(),
        since: NOW,
        sent_at: NOW,
        expires_at: NOW + timeouts.link_life,
        resend_at: Some(NOW),
        delivery: Delivery::Accepted(NOW),
    }
}

/// The same for a code.
#[must_use]
pub fn code_wait(enrolling: bool, words: Words) -> CodeWait {
    CodeWait {
        masked_address: words.masked_user_id().into(),
        nth: 1,
        sent_at: NOW,
        valid_until: NOW + 5 * 60_000,
        resend_at: Some(NOW),
        delivery: Delivery::Accepted(NOW),
        enrolling,
    }
}

/// The request that a mailed link belongs to.
#[must_use]
pub fn request(kind: LinkKind, timeouts: &Timeouts, words: Words) -> LinkSubject {
    LinkSubject {
        kind,
        user_id: words.user_id().into(),
        asked_at: NOW,
        expires_at: NOW + timeouts.link_life,
        device: words.device().into(),
    }
}

#[must_use]
pub fn contract(words: Words) -> Contract {
    words.in_contract(Contract {
        id: "k-001".into(),
        policy_number: Some(NUMBER.into()),
        renewal_number: Some("KE20000001".into()),
        quote_number: None,
        product: "バイク保険 スタンダード".into(),
        status: ContractStatus::Active,
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
        offer: Offer::From(days_of("2027-06-02").unwrap_or_default()),
        can_change: true,
        requests: Vec::new(),
    })
}

/// The portal's home; `last_sign_in` is nothing right after enrolment.
#[must_use]
pub fn portal(contracts: Vec<Contract>, last_sign_in: Option<Millis>, words: Words) -> Portal {
    Portal { kana: words.kana().into(), last_sign_in, contracts }
}

/// A person who is signed in here and on another device, with one failed attempt.
#[must_use]
pub fn account(words: Words) -> Account {
    let session = |public_id: &str, device: &str, current| Session {
        public_id: public_id.into(),
        device: device.into(),
        created_at: NOW - 3_600_000,
        seen_at: NOW,
        current,
    };
    Account {
        user_id: words.user_id().into(),
        sessions: vec![session("s-1", "Windows（Edge）", true), session("s-2", words.device(), false)],
        history: vec![
            SignInAttempt { at: NOW, device: "Windows（Edge）".into(), succeeded: true },
            SignInAttempt { at: NOW - 60_000, device: "Windows（Edge）".into(), succeeded: false },
        ],
        reminders: ReminderChoice::On,
    }
}

/// The account page's form.
#[must_use]
pub fn password_page(profile: PasswordProfile, words: Words) -> Page {
    page(Flow::Account, Screen::ChangePassword(password_about(profile, words)))
}
