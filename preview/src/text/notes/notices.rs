use super::{Note, note};
use app::samples::kinds::NoticeKind;

pub(super) const fn of(kind: NoticeKind) -> Note {
    match kind {
        NoticeKind::Stale => {
            note("3. The rule", "済んだ画面のボタンをもう一度押したときに出ます。何も変わらず、今の画面を示します。")
        }
        NoticeKind::Gone => note("3. The rule", "手続きの記録が残っていないときに出ます。最初の画面から始めます。"),
        NoticeKind::Anew => {
            note("3. The rule", "記録は残っていないが、入力がそろっていたので新しく始めたときに出ます。")
        }
        NoticeKind::Resumed => {
            note("3. The rule", "前回の結果が届いていなかったときに出ます。二重には処理していないことを伝えます。")
        }
        NoticeKind::AnswerLost => {
            note("3. The rule", "前回の結果が届いておらず、同じ入力がもう一度必要なときに出ます。")
        }
        NoticeKind::Resent => {
            note("A. Enrolment", "メールを再送したあとに出ます。送った時刻を示し、二度押しの不安をなくします。")
        }
        NoticeKind::Extended => note("3. The rule", "時間切れの前に、続けることを選ぶと出ます。"),
        NoticeKind::NoAnswer => note("8. Without WASM", "サーバーから返事がないときに出ます。入力は残っています。"),
        NoticeKind::Failed => note("8. Without WASM", "サーバーで障害が起きたときに出ます。入力は残っています。"),
        NoticeKind::Busy => {
            note("7. Limits", "混み合ってパスワードを確かめられないときに出ます。間違いとは数えません。")
        }
        NoticeKind::LastMiss => {
            note("7. Limits", "本人確認の間違いが上限に達したときに出ます。いつから試せるかを示します。")
        }
        NoticeKind::SessionEnded => {
            note("7. Limits", "ログインの有効時間が過ぎた、または別の端末で終了させたときに出ます。")
        }
        NoticeKind::SignedOut => note("In the portal", "ログアウトしたあとに出ます。この端末だけのことです。"),
        NoticeKind::PasswordChanged => {
            note("In the portal", "パスワードを変更したあとに出ます。ほかの端末がログアウトしたことも伝えます。")
        }
    }
}
