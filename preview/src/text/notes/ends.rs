use super::Note;
use app::samples::kinds::EndKind;

pub(super) const fn of(kind: EndKind) -> Note {
    match kind {
        EndKind::Done => Note {
            section: "3. The rule",
            words: "完了した手続きに戻ってきたときに出ます。入力欄は二度と出しません。",
        },
        EndKind::WentOn => Note {
            section: "B. User ID inquiry",
            words: "確認から登録へ進んだあとに、確認の画面へ戻ると出ます。進んだ先へ案内します。",
        },
        EndKind::Abandoned => Note {
            section: "3. The rule",
            words: "「中止する」を選ぶと出ます。何も登録されていないことを、はっきり伝えます。",
        },
        EndKind::Idle => Note {
            section: "3. The rule",
            words: "操作がないまま30分が過ぎると出ます。本人を責めない言い方にし、やり直しの入口を置きます。",
        },
        EndKind::IdleLinkLives => Note {
            section: "3. The rule",
            words: "時間切れでも、送ったメールのリンクはまだ使えます。いつまで使えるかを示します。",
        },
        EndKind::IdleResetLives => Note {
            section: "C. Password reset",
            words: "再設定の時間切れです。メールを送ったかどうかは、ここでも明かしません。",
        },
        EndKind::Superseded => Note {
            section: "A. Enrolment",
            words: "同じ人が新しく登録を始めると、古いほうに出ます。新しいほうを続けるよう案内します。",
        },
        EndKind::LinkReplaced => Note {
            section: "6. Mails",
            words: "リンクが、あとの手続きによって使えなくなったときに出ます。",
        },
        EndKind::LinkNewer => Note {
            section: "6. Mails",
            words: "新しいメールを送ったあとに、古いメールのリンクを開くと出ます。新しいメールを探してもらいます。",
        },
        EndKind::RegistrationChanged => Note {
            section: "A. Enrolment",
            words: "手続きの途中で、登録の内容が変わったときに出ます。",
        },
        EndKind::Disowned => Note {
            section: "6. Mails",
            words: "メールを受け取った人が「心当たりがない」を選ぶと、待っている画面に出ます。",
        },
        EndKind::LinkExpired => Note {
            section: "6. Mails",
            words: "有効期限の切れたリンクです。同じ手続きをやり直す入口を置きます。",
        },
        EndKind::LinkUsed => Note {
            section: "6. Mails",
            words: "使い終わったリンクです。済んでいることを先に伝え、ログインへ案内します。",
        },
        EndKind::LinkUnknown => Note {
            section: "6. Mails",
            words: "存在しないリンク、またはリンクを開いていないブラウザーです。アドレスが途中で切れた場合の手立ても示します。",
        },
        EndKind::TooManyTries => Note {
            section: "Sign-in",
            words: "1回のログインで、認証番号を5回間違えると出ます。ログインをやり直せます。",
        },
        EndKind::AccountWait => Note {
            section: "7. Limits",
            words: "認証番号の間違いが重なり、しばらく待つ必要があるときに出ます。時刻で示します。",
        },
        EndKind::ResetRequired => Note {
            section: "7. Limits",
            words: "認証番号の間違いが多すぎるときに出ます。パスワードの再設定だけが先へ進む道です。",
        },
        EndKind::TimedOut => Note {
            section: "Sign-in",
            words: "パスワードのあと、10分以内に認証番号が入力されなかったときに出ます。",
        },
    }
}
