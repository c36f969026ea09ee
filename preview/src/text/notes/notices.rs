use super::Note;
use app::samples::kinds::NoticeKind;

pub(super) const fn of(kind: NoticeKind) -> Note {
    match kind {
        NoticeKind::Stale => Note {
            section: "3. The rule",
            words: "済んだ画面のボタンをもう一度押したときに出ます。何も変わらず、今の画面を示します。",
        },
        NoticeKind::Gone => Note {
            section: "3. The rule",
            words: "手続きの記録が残っていないときに出ます。最初の画面から始めます。",
        },
        NoticeKind::Anew => Note {
            section: "3. The rule",
            words: "記録は残っていないが、入力がそろっていたので新しく始めたときに出ます。",
        },
        NoticeKind::Resumed => Note {
            section: "3. The rule",
            words: "前回の結果が届いていなかったときに出ます。二重には処理していないことを伝えます。",
        },
        NoticeKind::AnswerLost => Note {
            section: "3. The rule",
            words: "前回の結果が届いておらず、同じ入力がもう一度必要なときに出ます。",
        },
        NoticeKind::Resent => Note {
            section: "A. Enrolment",
            words: "メールを再送したあとに出ます。送った時刻を示し、二度押しの不安をなくします。",
        },
        NoticeKind::Extended => {
            Note { section: "3. The rule", words: "時間切れの前に、続けることを選ぶと出ます。" }
        }
        NoticeKind::NoAnswer => Note {
            section: "8. Without WASM",
            words: "サーバーから返事がないときに出ます。入力は残っています。",
        },
        NoticeKind::Failed => Note {
            section: "8. Without WASM",
            words: "サーバーで障害が起きたときに出ます。入力は残っています。",
        },
        NoticeKind::Busy => Note {
            section: "7. Limits",
            words: "混み合ってパスワードを確かめられないときに出ます。間違いとは数えません。",
        },
        NoticeKind::LastMiss => Note {
            section: "7. Limits",
            words: "本人確認の間違いが上限に達したときに出ます。いつから試せるかを示します。",
        },
        NoticeKind::SessionEnded => Note {
            section: "7. Limits",
            words: "ログインの有効時間が過ぎた、または別の端末で終了させたときに出ます。",
        },
        NoticeKind::SignedOut => Note {
            section: "In the portal",
            words: "ログアウトしたあとに出ます。この端末だけのことです。",
        },
        NoticeKind::PasswordChanged => Note {
            section: "In the portal",
            words: "パスワードを変更したあとに出ます。ほかの端末がログアウトしたことも伝えます。",
        },
    }
}
