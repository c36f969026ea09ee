use super::{Note, note};
use app::samples::kinds::EndKind;

pub(super) const fn of(kind: EndKind) -> Note {
    match kind {
        EndKind::Done => note("3. The rule", "完了した手続きに戻ってきたときに出ます。入力欄は二度と出しません。"),
        EndKind::WentOn => {
            note("B. User ID inquiry", "確認から登録へ進んだあとに、確認の画面へ戻ると出ます。進んだ先へ案内します。")
        }
        EndKind::Abandoned => {
            note("3. The rule", "「中止する」を選ぶと出ます。何も登録されていないことを、はっきり伝えます。")
        }
        EndKind::Idle => note(
            "3. The rule",
            "操作がないまま30分が過ぎると出ます。本人を責めない言い方にし、やり直しの入口を置きます。",
        ),
        EndKind::IdleLinkLives => {
            note("3. The rule", "時間切れでも、送ったメールのリンクはまだ使えます。いつまで使えるかを示します。")
        }
        EndKind::IdleResetLives => {
            note("C. Password reset", "再設定の時間切れです。メールを送ったかどうかは、ここでも明かしません。")
        }
        EndKind::Superseded => {
            note("A. Enrolment", "同じ人が新しく登録を始めると、古いほうに出ます。新しいほうを続けるよう案内します。")
        }
        EndKind::LinkReplaced => note("6. Mails", "リンクが、あとの手続きによって使えなくなったときに出ます。"),
        EndKind::LinkNewer => note(
            "6. Mails",
            "新しいメールを送ったあとに、古いメールのリンクを開くと出ます。新しいメールを探してもらいます。",
        ),
        EndKind::RegistrationChanged => note("A. Enrolment", "手続きの途中で、登録の内容が変わったときに出ます。"),
        EndKind::Disowned => {
            note("6. Mails", "メールを受け取った人が「心当たりがない」を選ぶと、待っている画面に出ます。")
        }
        EndKind::LinkExpired => note("6. Mails", "有効期限の切れたリンクです。同じ手続きをやり直す入口を置きます。"),
        EndKind::LinkUsed => {
            note("6. Mails", "使い終わったリンクです。済んでいることを先に伝え、ログインへ案内します。")
        }
        EndKind::LinkUnknown => note(
            "6. Mails",
            "存在しないリンク、またはリンクを開いていないブラウザーです。アドレスが途中で切れた場合の手立ても示します。",
        ),
        EndKind::TooManyTries => {
            note("Sign-in", "1回のログインで、認証番号を5回間違えると出ます。ログインをやり直せます。")
        }
        EndKind::AccountWait => {
            note("7. Limits", "認証番号の間違いが重なり、しばらく待つ必要があるときに出ます。時刻で示します。")
        }
        EndKind::ResetRequired => {
            note("7. Limits", "認証番号の間違いが多すぎるときに出ます。パスワードの再設定だけが先へ進む道です。")
        }
        EndKind::TimedOut => note("Sign-in", "パスワードのあと、10分以内に認証番号が入力されなかったときに出ます。"),
    }
}
