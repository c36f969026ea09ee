use super::Note;
use mails::MailKind;

pub(super) const fn of(kind: MailKind) -> Note {
    match kind {
        MailKind::ConfirmEnrolment => Note {
            section: "6. Mails",
            words: "登録の2番目のあとに送ります。ボタン1つと、その有効期限が主役です。",
        },
        MailKind::AccountCreated => Note {
            section: "6. Mails",
            words: "登録が済むと送ります。心当たりのない人のための連絡先があります。",
        },
        MailKind::UserIdNotice => {
            Note { section: "6. Mails", words: "ユーザーIDが確認されるたびに送ります。" }
        }
        MailKind::AuthCode => Note {
            section: "6. Mails",
            words: "認証番号です。番号は本文の先頭にあり、件名には入れません。",
        },
        MailKind::ResetPassword => Note {
            section: "6. Mails",
            words: "再設定のリンクです。有効期限は24時間で、1度だけ使えます。",
        },
        MailKind::NotEnrolled => Note {
            section: "6. Mails",
            words: "再設定を求められたが、登録がまだの人に送ります。登録へ案内します。",
        },
        MailKind::PasswordChanged => {
            Note { section: "6. Mails", words: "パスワードが変わると送ります。" }
        }
        MailKind::SignInLocked => Note {
            section: "7. Limits",
            words: "間違いが続いて、しばらくログインできなくなると送ります。",
        },
        MailKind::SignInClosed => Note {
            section: "7. Limits",
            words: "間違いが多すぎて、再設定が必要になると送ります。",
        },
        MailKind::SignInAfterFailures => Note {
            section: "7. Limits",
            words: "多くの失敗のあとにログインできたときに送ります。",
        },
        MailKind::RequestReceived => {
            Note { section: "14. Procedures", words: "申し込みを受け付けると送ります。" }
        }
        MailKind::RequestMoved => Note {
            section: "14. Procedures",
            words: "申し込みの状態が変わると送ります。断るときは、理由を書きます。",
        },
        MailKind::RenewalReminder => Note {
            section: "14. Procedures",
            words: "満期が近く、継続がまだのときに送ります。止め方も書きます。",
        },
    }
}
