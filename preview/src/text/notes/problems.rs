use super::Note;
use app::samples::kinds::ProblemKind;

/// What is wrong with a field stands at the field and, in the same words, in the summary above the form.
pub(super) const fn of(kind: ProblemKind) -> Note {
    match kind {
        ProblemKind::Empty => Note {
            section: "5. Fields",
            words: "必須の欄が空のときに出ます。欄の名前から始め、一覧だけを読んでもわかるようにします。",
        },
        ProblemKind::Character => Note {
            section: "5. Fields",
            words: "使えない文字が入っているときに出ます。その文字を引用して示します。",
        },
        ProblemKind::TooShort => Note {
            section: "5. Fields",
            words: "番号が短すぎるときに出ます。何桁かは番号の種類によるので言いません。",
        },
        ProblemKind::TooLong => Note {
            section: "5. Fields",
            words: "長すぎるときに出ます。入力を途中で切り捨てないので、必ず気づけます。",
        },
        ProblemKind::Kanji => Note {
            section: "5. Fields",
            words: "カナの欄に漢字が入っているときに出ます。ひらがなや半角は、直さずに受け付けます。",
        },
        ProblemKind::Latin => Note {
            section: "5. Fields",
            words: "カナの欄に英字が入っているときに出ます。法人名の英字は受け付けます。",
        },
        ProblemKind::Digit => {
            Note { section: "5. Fields", words: "カナの欄に数字が入っているときに出ます。" }
        }
        ProblemKind::NoLeadingZero => Note {
            section: "5. Fields",
            words: "電話番号が0から始まらないときに出ます。+81は0に読み替えます。",
        },
        ProblemKind::PhoneLength => {
            Note { section: "5. Fields", words: "電話番号が10桁でも11桁でもないときに出ます。" }
        }
        ProblemKind::NoAt => Note {
            section: "5. Fields",
            words: "ユーザーIDに@がないときに出ます。ユーザーIDがメールアドレスであることを伝えます。",
        },
        ProblemKind::Space => Note {
            section: "5. Fields",
            words: "ユーザーIDの途中に空白があるときに出ます。前後の空白は黙って取り除きます。",
        },
        ProblemKind::Shape => {
            Note { section: "5. Fields", words: "メールアドレスの形でないときに出ます。" }
        }
        ProblemKind::Rules => Note {
            section: "5. Fields",
            words: "パスワードの決まりを満たさないときに出ます。足りないものを、一度に全部示します。",
        },
        ProblemKind::SamePassword => Note {
            section: "In the portal",
            words: "今と同じパスワードに変えようとしたときに出ます。",
        },
        ProblemKind::NotSixDigits => Note {
            section: "Sign-in",
            words: "認証番号が6桁の数字でないときに出ます。間違いの回数には数えません。",
        },
        ProblemKind::NoMatch => Note {
            section: "A. Enrolment",
            words: "契約が見つからないときに出ます。どの欄が違うかは明かしません。",
        },
        ProblemKind::WaitUntil => Note {
            section: "7. Limits",
            words: "本人確認の間違いが続いたときに出ます。試せるようになる時刻を示します。",
        },
        ProblemKind::BusyAddress => Note {
            section: "7. Limits",
            words: "同じ接続元からの間違いが多いときに出ます。本人のせいではない場合があります。",
        },
        ProblemKind::ToldUntil => Note {
            section: "B. User ID inquiry",
            words: "ユーザーIDの確認が続いたときに出ます。知らせのメールを送りすぎないためです。",
        },
        ProblemKind::CallCentre => Note {
            section: "7. Limits",
            words: "その番号と名前での間違いが多すぎるときに出ます。お問い合わせ先へ案内します。",
        },
        ProblemKind::WrongPassword => Note {
            section: "Sign-in",
            words: "ユーザーIDとパスワードの組み合わせが違うときに出ます。どちらが違うかは明かしません。",
        },
        ProblemKind::LockedUntil => Note {
            section: "7. Limits",
            words: "パスワードの間違いが続いたときに出ます。正しくても、この時刻までは入れません。",
        },
        ProblemKind::LinkLocked => Note {
            section: "7. Limits",
            words: "再設定の画面で、電話番号の間違いが続いたときに出ます。",
        },
        ProblemKind::ResetRequired => Note {
            section: "7. Limits",
            words: "パスワードの間違いが多すぎるときに出ます。再設定へ案内します。",
        },
        ProblemKind::WrongCurrentPassword => Note {
            section: "In the portal",
            words: "変更の画面で、今のパスワードが違うときに出ます。",
        },
        ProblemKind::WrongCode => Note {
            section: "Sign-in",
            words: "認証番号が違うときに出ます。残りの回数を示します。",
        },
        ProblemKind::ExpiredCode => Note {
            section: "Sign-in",
            words: "有効な時刻を過ぎた認証番号です。新しい番号を送ったことを、時刻とともに伝えます。",
        },
        ProblemKind::UsedCode => Note { section: "Sign-in", words: "使い終わった認証番号です。" },
        ProblemKind::ResendAt => Note {
            section: "7. Limits",
            words: "再送の間隔が短いときに出ます。送れる時刻を示します。",
        },
        ProblemKind::ResendOver => {
            Note { section: "7. Limits", words: "再送が上限に達したときに出ます。" }
        }
        ProblemKind::MailsUntil => {
            Note { section: "7. Limits", words: "1時間に送れるメールの数に達したときに出ます。" }
        }
        ProblemKind::WrongPhone => Note {
            section: "C. Password reset",
            words: "再設定の画面で、登録の電話番号と違うときに出ます。",
        },
    }
}
