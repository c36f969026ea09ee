//! The sentence for each problem. It is the same at the field and in the summary.

use super::time;
use crate::wire::{Field, FieldProblem, Millis, Problem};
use rules::password::PasswordRule;

/// The field's label.
#[must_use]
pub const fn label(field: Field) -> &'static str {
    match field {
        Field::Number => "証券番号・継続契約番号・見積番号のいずれか",
        Field::Kana => "ご契約者のお名前（カナ）",
        Field::Phone => "ご契約者の電話番号",
        Field::UserId => "ユーザーID（メールアドレス）",
        Field::Password => "パスワード",
        Field::NewPassword => "新しいパスワード",
        Field::Code => "認証番号",
    }
}

/// The field as sentences name it.
const fn name(field: Field) -> &'static str {
    match field {
        Field::Number => "番号",
        Field::Kana => "お名前（カナ）",
        Field::Phone => "電話番号",
        Field::UserId => "ユーザーID",
        Field::Password => "パスワード",
        Field::NewPassword => "新しいパスワード",
        Field::Code => "認証番号",
    }
}

/// Returns one problem as a sentence or two. `now` decides whether a time needs its date.
#[must_use]
pub fn sentence(problem: &FieldProblem, now: Millis) -> String {
    let what = problem.field.map_or("入力内容", name);
    match &problem.problem {
        Problem::Empty => format!("{what}を入力してください。"),
        Problem::Character(character) => {
            format!("{what}に使えない文字{}が入っています。{}", shown(*character), look_alike(*character))
        }
        Problem::TooShort => format!("{what}の桁数が足りません。もう一度ご確認ください。"),
        Problem::TooLong => format!("{what}が長すぎます。もう一度ご確認ください。"),
        Problem::Kanji(character) => {
            format!("漢字「{character}」が入っています。お名前はカタカナで入力してください。")
        }
        Problem::Latin(character) => {
            format!("英字「{character}」が入っています。お名前はカタカナで入力してください。")
        }
        Problem::Digit(character) => {
            format!("数字「{character}」が入っています。お名前はカタカナで入力してください。")
        }
        Problem::NoLeadingZero => "電話番号は、0から始まる番号を入力してください。".into(),
        Problem::PhoneLength => "電話番号は、10桁または11桁で入力してください。".into(),
        Problem::NoAt => "ユーザーIDはメールアドレスです。「@」を含めて入力してください。".into(),
        Problem::Space => "ユーザーIDの途中に空白が入っています。空白を取り除いてください。".into(),
        Problem::Shape => "メールアドレスの形になっていません。もう一度ご確認ください。".into(),
        Problem::Rules { unmet, full_width, length } => rules(unmet, *full_width, *length),
        Problem::SamePassword => "今のパスワードとは違うものを入力してください。".into(),
        Problem::NotSixDigits => "認証番号は、メールに書かれた6桁の数字を入力してください。".into(),
        Problem::NoMatch => "入力された内容では、ご契約が見つかりませんでした。番号、お名前、電話番号をもう一度ご確認ください。".into(),
        Problem::WaitUntil(at) => format!("入力が続けて一致しなかったため、しばらく受け付けを止めています。{}以降に、もう一度お試しください。", time::from(*at, now)),
        Problem::BusyAddress => "入力された内容では、ご契約が見つかりませんでした。お使いの回線からは、一致しない入力が続いています。番号、お名前、電話番号をご確認のうえ、それでも見つからないときは、カスタマーサービスセンターへお電話ください。".into(),
        Problem::ToldUntil(at) => format!("このご契約のユーザーIDを確認できる回数を超えました。{}以降に、もう一度お試しください。", time::from(*at, now)),
        Problem::CallCentre => "入力された内容での確認は、安全のため受け付けを止めています。お手数ですが、カスタマーサービスセンターへお電話ください。".into(),
        Problem::LinkLocked => "このリンクでの手続きは、安全のため受け付けを止めています。お手数ですが、カスタマーサービスセンターへお電話ください。".into(),
        Problem::WrongPassword => "ユーザーIDまたはパスワードが正しくありません。".into(),
        Problem::LockedUntil(at) => format!("パスワードの間違いが続いたため、ログインを一時的に止めています。{}以降に、もう一度お試しください。パスワードを再設定すると、すぐにログインできます。", time::from(*at, now)),
        Problem::ResetRequired => "パスワードの間違いが続いたため、このままではログインできません。「パスワードがわからない方はこちら」から、パスワードを再設定してください。".into(),
        Problem::WrongCurrentPassword => "今のパスワードが正しくありません。".into(),
        Problem::WrongCode { left } => format!("認証番号が正しくありません。あと{left}回入力できます。"),
        Problem::ExpiredCode { expired_at, sent_at: Some(sent_at) } => format!("その認証番号は{}に有効期限が切れました。新しい認証番号をメールでお送りします（{}受付）。", time::clock(*expired_at), time::clock(*sent_at)),
        Problem::ExpiredCode { expired_at, sent_at: None } => format!("その認証番号は{}に有効期限が切れました。新しい番号をお送りできる回数を超えたため、はじめからログインしてください。", time::clock(*expired_at)),
        Problem::UsedCode => "その認証番号は、すでに使われています。ユーザーIDとパスワードの入力から、もう一度ログインしてください。新しい認証番号をお送りします。".into(),
        Problem::ResendAt(at) => format!("メールは{}以降に再送できます。", time_with_seconds(*at)),
        Problem::ResendOver => "メールを再送できる回数を超えました。はじめからやり直すか、カスタマーサービスセンターへお電話ください。".into(),
        Problem::MailsUntil(at) => format!("短い時間にお送りできるメールの数を超えました。迷惑メールのフォルダーをご確認ください。届いていないときは、カスタマーサービスセンターへお電話ください。{}以降は、もう一度お送りできます。", time::from(*at, now)),
        Problem::WrongPhone => "電話番号が、ご登録の番号と一致しません。".into(),
    }
}

/// A rule of the password policy, as the list on the screen words it.
#[must_use]
pub fn rule(rule: PasswordRule, profile: rules::password::PasswordProfile) -> String {
    match rule {
        PasswordRule::Length => format!("{}文字以上{}文字以下", profile.min(), profile.max()),
        PasswordRule::Classes => "英小文字・英大文字・数字・記号のうち3種類以上".into(),
        PasswordRule::Characters => "半角の英数字と記号だけ".into(),
        PasswordRule::NotCommon => "よく使われるパスワードではない".into(),
        PasswordRule::NotPersonal => "ユーザーID・お名前・電話番号・サービス名から作ったものではない".into(),
    }
}

/// How many rules are met. Screen readers announce it while a password is typed.
#[must_use]
pub fn rules_met(met: usize, of: usize) -> String {
    format!("パスワードの決まり{of}件のうち、{met}件に合っています。")
}

fn rules(unmet: &[PasswordRule], full_width: bool, length: u32) -> String {
    let mut sentences = String::new();
    for rule in unmet {
        // One line each: the screens keep the line breaks of a problem.
        if !sentences.is_empty() {
            sentences.push('\n');
        }
        sentences.push_str(match rule {
            PasswordRule::Length if length < 8 => "パスワードが短すぎます。8文字以上にしてください。",
            PasswordRule::Length => "パスワードが長すぎます。文字数を減らしてください。",
            PasswordRule::Classes => "英小文字・英大文字・数字・記号のうち、3種類以上を組み合わせてください。",
            PasswordRule::Characters if full_width => "全角の文字が入っています。半角で入力してください。",
            PasswordRule::Characters => "使えない文字が入っています。半角の英数字と記号だけにしてください。",
            PasswordRule::NotCommon => "よく使われるパスワードのため、使えません。別のものにしてください。",
            PasswordRule::NotPersonal => "ユーザーID・お名前・電話番号・サービス名から作ったパスワードは使えません。",
        });
        if matches!(rule, PasswordRule::Length) {
            sentences.push_str(&format!("（今の文字数：{length}）"));
        }
    }
    sentences
}

/// The character as it looks; one that looks like another or like nothing bears its code point.
fn shown(character: char) -> String {
    let code = u32::from(character);
    if character.is_control() || character.is_whitespace() {
        format!("「U+{code:04X}」")
    } else if is_familiar(character) {
        format!("「{character}」")
    } else {
        format!("「{character}」（U+{code:04X}）")
    }
}

fn look_alike(character: char) -> &'static str {
    if is_familiar(character) {
        ""
    } else {
        "形が似ている別の文字かもしれません。もう一度入力し直してください。"
    }
}

/// What people type on purpose: ASCII in both widths, kana, kanji.
fn is_familiar(character: char) -> bool {
    matches!(character, ' '..='~' | '\u{3000}'..='\u{30FF}' | '\u{4E00}'..='\u{9FFF}' | '\u{FF01}'..='\u{FF9F}')
}

fn time_with_seconds(at: Millis) -> String {
    format!("{}:{:02}", time::clock(at), at.rem_euclid(60_000) / 1_000)
}
