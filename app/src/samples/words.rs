//! The names, addresses and amounts of samples: as most people have them, and as long as they get. Nothing may break or run over
//! with either.

use super::{DECLINED, DEVICE, KANA, NUMBER, USER_ID};
use crate::port::Contract;
use crate::wire::Brand;

rules::words! {
    /// How long the names, addresses and amounts of samples are. The words stand in addresses of the gallery.
    #[derive(Default)]
    Words {
        /// As most people have them.
        #[default]
        Usual = "usual",
        /// As long as they get.
        Long = "long",
    }
}

impl Words {
    #[must_use]
    pub const fn user_id(self) -> &'static str {
        match self {
            Self::Usual => USER_ID,
            Self::Long => "takahashi-matsumoto.kazunosuke@mail.long-company-name.example.jp",
        }
    }

    /// The same as a screen shows it that anyone might see.
    #[must_use]
    pub const fn masked_user_id(self) -> &'static str {
        match self {
            Self::Usual => "t***@e***.jp",
            Self::Long => "t***@m***.jp",
        }
    }

    #[must_use]
    pub const fn number(self) -> &'static str {
        match self {
            Self::Usual => NUMBER,
            Self::Long => "NR100000012026000001",
        }
    }

    /// Family name and first name.
    #[must_use]
    pub const fn kana(self) -> &'static str {
        match self {
            Self::Usual => KANA,
            Self::Long => "ヴァンデルワイデンブルックハーゼンシュタイナーズ　アレクサンドリーナ",
        }
    }

    /// What somebody signs in with.
    #[must_use]
    pub const fn device(self) -> &'static str {
        match self {
            Self::Usual => DEVICE,
            Self::Long => "Chromebook（Samsung Internet）",
        }
    }

    /// Why a request was declined, as staff writes it.
    #[must_use]
    pub const fn declined(self) -> &'static str {
        match self {
            Self::Usual => DECLINED,
            Self::Long => {
                "お申し込みの登録番号を、運輸支局の記録で確認できませんでした。標識交付証明書の写しを、カスタマーサービスセンターへお送りください。届きしだい、手続きを進めます。"
            }
        }
    }

    /// How a premium is paid after a change.
    #[must_use]
    pub const fn other_payment(self) -> &'static str {
        match self {
            Self::Usual => "月払（口座振替）",
            Self::Long => "月払（口座振替・ゆうちょ銀行を含む全国の金融機関の普通預金口座または当座預金口座）",
        }
    }

    /// The premium of the next term.
    #[must_use]
    pub const fn next_premium_yen(self) -> i64 {
        match self {
            Self::Usual => 22_150,
            Self::Long => 987_650,
        }
    }

    /// A contract with the names and amounts of these words.
    #[must_use]
    pub(super) fn in_contract(self, usual: Contract) -> Contract {
        match self {
            Self::Usual => usual,
            Self::Long => Contract {
                product: "バイク保険 プレミアム（ロードサービス・弁護士費用・日常生活賠償つき長期契約）".into(),
                vehicle: "アキツ リンドウ1000ツアラー スペシャルエディション 2026年式".into(),
                plate: "1習志野 あ 12-34".into(),
                displacement_cc: 1_832,
                usage: "通勤・通学（往復40km以上）・業務・日常・レジャー".into(),
                rider_scope: "本人・配偶者・同居の親族限定・26歳以上（ただし別居の未婚の子は年齢を問わない）".into(),
                property_damage: "無制限（免責10万円・示談代行サービスつき）".into(),
                personal_injury: "1億5,000万円（搭乗者傷害特約1,000万円を含む）".into(),
                vehicle_cover: "350万円（免責15万円・車両全損時諸費用特約つき）".into(),
                roadside: "あり（500kmまで搬送無料・宿泊と帰宅の費用を含む）".into(),
                premium_yen: 1_234_560,
                payment: "一時払（クレジットカード・ボーナス月の2回分割）".into(),
                policy_number: usual.policy_number.map(|_| self.number().into()),
                ..usual
            },
        }
    }

    /// A brand with names of this length. Addresses stay: a mail's links and its sender are the installation's.
    #[must_use]
    pub fn in_brand(self, brand: &Brand) -> Brand {
        match self {
            Self::Usual => brand.clone(),
            Self::Long => Brand {
                service: "ニリン二輪自動車保険ご契約者さま専用ポータルサイト".into(),
                former_service: "ニリンインターネットお客さまサービスネットワーク".into(),
                insurer: "ニリン・ヨーロピアン・アンド・パシフィック損害保険株式会社 日本支店".into(),
                product: "二輪自動車・原動機付自転車総合補償保険".into(),
                centre_phone: "0120-0000-00216".into(),
                centre_hours:
                    "受付時間　平日 9:00〜20:00、土曜・日曜・祝日 9:00〜17:00（12月31日から1月3日までを除く）".into(),
                renewal_date: "2022年12月26日".into(),
                ..brand.clone()
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples::{brand, contract};
    use rules::{ContractNumber, KanaName, UserId};

    #[test]
    fn every_sample_is_something_that_people_can_type() {
        for words in Words::ALL {
            let user_id = UserId::parse(words.user_id()).ok().map(|id| id.masked());
            assert_eq!(user_id.as_deref(), Some(words.masked_user_id()));
            assert!(KanaName::parse(words.kana()).is_ok(), "{}", words.kana());
            assert!(ContractNumber::parse(words.number()).is_ok(), "{}", words.number());
        }
    }

    #[test]
    fn long_words_are_as_long_as_they_get() {
        let (usual, long) = (Words::Usual, Words::Long);
        assert_eq!(long.user_id().len(), 64);
        assert_eq!(long.kana().split('　').next().map(|family| family.chars().count()), Some(24));
        assert_eq!(long.number().len(), ContractNumber::MAX);
        // More than a line of a phone, which has room for some 20 characters.
        let Contract { product, vehicle, premium_yen, .. } = contract(long);
        assert!(product.chars().count() > 20 && vehicle.chars().count() > 20);
        assert_eq!((long.next_premium_yen().to_string().len(), premium_yen.to_string().len()), (6, 7));
        let (long_brand, shipped) = (long.in_brand(&brand()), usual.in_brand(&brand()));
        for (long, usual) in long_brand.words().into_iter().zip(shipped.words()).take(7) {
            assert!(long.chars().count() > usual.chars().count(), "{long}");
        }
        assert_eq!((long_brand.public_url, long_brand.mail_from), (shipped.public_url, shipped.mail_from));
    }
}
