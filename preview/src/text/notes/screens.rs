use super::Note;
use app::samples::kinds::ScreenKind;

pub(super) const fn of(kind: ScreenKind) -> Note {
    match kind {
        ScreenKind::Identity => Note {
            section: "A. Enrolment",
            words: "登録とユーザーIDの確認の最初の画面です。3種類の番号を1つの欄で受け付けるので、どの番号かを選ばせません。",
        },
        ScreenKind::AlreadyRegistered => Note {
            section: "A. Enrolment",
            words: "本人確認のあと、登録がすでに済んでいるときに出ます。覚えている人と忘れた人の、両方の行き先を示します。",
        },
        ScreenKind::NoEmail => Note {
            section: "A. Enrolment",
            words: "本人だけのメールアドレスが登録されていないときに出ます。画面では解決できないので、電話番号を主役にします。",
        },
        ScreenKind::ChoosePassword => Note {
            section: "A. Enrolment",
            words: "登録の2番目の画面です。決まりは、入力の前から全部見せます。欄は1つで、表示の切り替えがあります。",
        },
        ScreenKind::MailSent => Note {
            section: "A. Enrolment",
            words: "登録の3番目の画面です。別の端末でリンクを開いても、この画面は自動で先へ進みます。届かないときの手立てを、待つあいだに読めるようにします。",
        },
        ScreenKind::Created => Note {
            section: "A. Enrolment",
            words: "リンクの確認が済むと出ます。まだログインはしていないので、次の行動はログイン1つだけです。",
        },
        ScreenKind::UserIdShown => Note {
            section: "B. User ID inquiry",
            words: "ユーザーIDの確認の答えです。コピーとログインの2つができます。設定により、伏せた形で出します。",
        },
        ScreenKind::NotEnrolled => Note {
            section: "B. User ID inquiry",
            words: "契約はあるが登録がまだのときに出ます。本人確認を繰り返さずに、登録の2番目へ進めます。",
        },
        ScreenKind::ResetUserId => Note {
            section: "C. Password reset",
            words: "パスワードの再設定の最初の画面です。登録の有無によって、答えも時間も変わりません。",
        },
        ScreenKind::ResetSent => Note {
            section: "C. Password reset",
            words: "ユーザーIDを入力したあとに必ず出ます。「登録されている場合は」と書き、登録の有無を明かしません。",
        },
        ScreenKind::SignIn => Note {
            section: "Sign-in",
            words: "ログインの1番目の画面です。登録から続けて来た人には、ユーザーIDを入れておきます。",
        },
        ScreenKind::Code => Note {
            section: "Sign-in",
            words: "ログインの2番目の画面です。認証番号の欄が主役です。有効な時刻、再送、配信の状況は、その下に置きます。",
        },
        ScreenKind::LinkConfirm => Note {
            section: "6. Mails",
            words: "登録のメールのリンクを開くと出ます。開いただけでは何も起きません。何を、いつ、どの端末で申し込んだかを見て、本人が決めます。",
        },
        ScreenKind::LinkNewPassword => Note {
            section: "C. Password reset",
            words: "再設定のメールのリンクを開くと出ます。設定により、登録の電話番号もたずねます。",
        },
        ScreenKind::LinkDone => Note {
            section: "6. Mails",
            words: "リンクの画面で済ませたあとに出ます。メールアプリの中で開いた人のために、ログインのアドレスをコピーできます。",
        },
        ScreenKind::LinkDisowned => Note {
            section: "6. Mails",
            words: "「心当たりがない」を選んだあとに出ます。リンクは使えなくなり、何も変わっていないことを伝えます。",
        },
        ScreenKind::ChangePassword => Note {
            section: "In the portal",
            words: "ログイン後に、今のパスワードを確かめて変更します。ほかの端末はログアウトします。",
        },
        ScreenKind::Session => Note {
            section: "7. Limits",
            words: "ログイン中のページの後ろにある、時間切れの知らせです。切れる2分前に、続けるかどうかをたずねます。",
        },
        ScreenKind::Ended => Note {
            section: "3. The rule",
            words: "終わった手続きに戻ってきたときに出ます。終わり方ごとの画面は、endsにあります。",
        },
    }
}
