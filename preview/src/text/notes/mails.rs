use super::{Note, note};
use mails::MailKind;

pub(super) const fn of(kind: MailKind) -> Note {
    match kind {
        MailKind::ConfirmEnrolment => {
            note("6. Mails", "登録の2番目のあとに送ります。ボタン1つと、その有効期限が主役です。")
        }
        MailKind::AccountCreated => {
            note("6. Mails", "登録が済むと送ります。心当たりのない人のための連絡先があります。")
        }
        MailKind::UserIdNotice => note("6. Mails", "ユーザーIDが確認されるたびに送ります。"),
        MailKind::AuthCode => note("6. Mails", "認証番号です。番号は本文の先頭にあり、件名には入れません。"),
        MailKind::ResetPassword => note("6. Mails", "再設定のリンクです。有効期限は24時間で、1度だけ使えます。"),
        MailKind::NotEnrolled => note("6. Mails", "再設定を求められたが、登録がまだの人に送ります。登録へ案内します。"),
        MailKind::PasswordChanged => note("6. Mails", "パスワードが変わると送ります。"),
        MailKind::SignInLocked => note("7. Limits", "間違いが続いて、しばらくログインできなくなると送ります。"),
        MailKind::SignInClosed => note("7. Limits", "間違いが多すぎて、再設定が必要になると送ります。"),
        MailKind::SignInAfterFailures => note("7. Limits", "多くの失敗のあとにログインできたときに送ります。"),
        MailKind::RequestReceived => note("14. Procedures", "申し込みを受け付けると送ります。"),
        MailKind::RequestMoved => {
            note("14. Procedures", "申し込みの状態が変わると送ります。断るときは、理由を書きます。")
        }
        MailKind::RenewalReminder => {
            note("14. Procedures", "満期が近く、継続がまだのときに送ります。止め方も書きます。")
        }
    }
}
