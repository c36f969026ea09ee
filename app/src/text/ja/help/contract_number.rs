//! Where the three numbers are printed.

use crate::text::portal::{POLICY_NUMBER, QUOTE_NUMBER, RENEWAL_NUMBER};

pub const LEAD: &str = "本人確認では、次の3つの番号のうち、どれか1つを使います。お手元の書類でご確認ください。";
pub const EXAMPLE: &str = "図の中の番号は、見本です。";

/// A printed paper: its name, the number on it and where to find it.
pub struct Paper {
    /// The id, unique on the page, which connects the picture with its title and description.
    pub id: &'static str,
    pub name: &'static str,
    pub number: &'static str,
    pub sample: &'static str,
    /// Where to look, as a sentence.
    pub place: &'static str,
    /// What the picture shows, for those who do not see it.
    pub picture: &'static str,
    pub when: &'static str,
}

pub const CERTIFICATE: Paper = Paper {
    id: "certificate",
    name: "保険証券",
    number: POLICY_NUMBER,
    sample: "NR10000001",
    place: "「証券番号」は、保険証券の右上にあります。",
    picture: "保険証券の図です。いちばん上の中央に「保険証券」という題があります。その右下の枠の中に、証券番号が書いてあります。枠の下には、ご契約者のお名前と補償内容の表があります。",
    when: "ご契約のあとにお送りしている書類です。",
};

pub const RENEWAL: Paper = Paper {
    id: "renewal",
    name: "継続のご案内",
    number: RENEWAL_NUMBER,
    sample: "KE20000001",
    place: "「継続契約番号」は、継続のご案内の左側、宛名のすぐ下にあります。",
    picture: "継続のご案内の図です。左上に宛名があります。宛名のすぐ下の枠の中に、継続契約番号が書いてあります。枠の下には、ご案内の文があります。",
    when: "満期日が近づいたときにお送りしている書類です。",
};

pub const QUOTE: Paper = Paper {
    id: "quote",
    name: "お見積書",
    number: QUOTE_NUMBER,
    sample: "MT30000001",
    place: "「見積番号」は、お見積書の左上、題のすぐ下にあります。",
    picture: "お見積書の図です。左上に「お見積書」という題があります。題のすぐ下の枠の中に、見積番号が書いてあります。枠の下には、保険料の表があります。",
    when: "お見積りのときに、画面やメールでお渡ししている書類です。",
};

pub const TYPING_HEAD: &str = "番号を入力するとき";
pub const TYPING: [&str; 4] = [
    "3つのうち、どれか1つで手続きできます。番号の種類を選ぶ必要はありません。",
    "英字と数字は、全角でも半角でもかまいません。大文字と小文字も区別しません。",
    "ハイフンや空白は、あってもなくてもかまいません。",
    "数字の0（ゼロ）と英字のO（オー）、数字の1（いち）と英字のI（アイ）を、ご確認ください。",
];

pub const LOST_HEAD: &str = "書類が見つからないとき";
pub const LOST: &str = "カスタマーサービスセンターへお電話ください。ご本人を確認したうえで、ご案内します。";

pub const BACK: &str = "手続きへ進む";
pub const WAYS: [(&str, &str); 2] = [("/enrol", "はじめてのログイン"), ("/user-id", "ユーザーIDの確認")];
