use super::{Note, note};
use app::samples::kinds::ScreenKind;

pub(super) const fn of(kind: ScreenKind) -> Note {
    match kind {
        ScreenKind::Identity => note(
            "A. Enrolment",
            "登録とユーザーIDの確認の最初の画面です。3種類の番号を1つの欄で受け付けるので、どの番号かを選ばせません。",
        ),
        ScreenKind::AlreadyRegistered => note(
            "A. Enrolment",
            "本人確認のあと、登録がすでに済んでいるときに出ます。覚えている人と忘れた人の、両方の行き先を示します。",
        ),
        ScreenKind::NoEmail => note(
            "A. Enrolment",
            "本人だけのメールアドレスが登録されていないときに出ます。画面では解決できないので、電話番号を主役にします。",
        ),
        ScreenKind::ChoosePassword => note(
            "A. Enrolment",
            "登録の2番目の画面です。決まりは、入力の前から全部見せます。欄は1つで、表示の切り替えがあります。",
        ),
        ScreenKind::MailSent => note(
            "A. Enrolment",
            "登録の3番目の画面です。別の端末でリンクを開いても、この画面は自動で先へ進みます。届かないときの手立てを、待つあいだに読めるようにします。",
        ),
        ScreenKind::Created => note(
            "A. Enrolment",
            "リンクの確認が済むと出ます。まだログインはしていないので、次の行動はログイン1つだけです。",
        ),
        ScreenKind::UserIdShown => note(
            "B. User ID inquiry",
            "ユーザーIDの確認の答えです。コピーとログインの2つができます。設定により、伏せた形で出します。",
        ),
        ScreenKind::NotEnrolled => note(
            "B. User ID inquiry",
            "契約はあるが登録がまだのときに出ます。本人確認を繰り返さずに、登録の2番目へ進めます。",
        ),
        ScreenKind::ResetUserId => note(
            "C. Password reset",
            "パスワードの再設定の最初の画面です。登録の有無によって、答えも時間も変わりません。",
        ),
        ScreenKind::ResetSent => note(
            "C. Password reset",
            "ユーザーIDを入力したあとに必ず出ます。「登録されている場合は」と書き、登録の有無を明かしません。",
        ),
        ScreenKind::SignIn => {
            note("Sign-in", "ログインの1番目の画面です。登録から続けて来た人には、ユーザーIDを入れておきます。")
        }
        ScreenKind::Code => note(
            "Sign-in",
            "ログインの2番目の画面です。認証番号の欄が主役です。有効な時刻、再送、配信の状況は、その下に置きます。",
        ),
        ScreenKind::LinkConfirm => note(
            "6. Mails",
            "登録のメールのリンクを開くと出ます。開いただけでは何も起きません。何を、いつ、どの端末で申し込んだかを見て、本人が決めます。",
        ),
        ScreenKind::LinkNewPassword => {
            note("C. Password reset", "再設定のメールのリンクを開くと出ます。設定により、登録の電話番号もたずねます。")
        }
        ScreenKind::LinkDone => note(
            "6. Mails",
            "リンクの画面で済ませたあとに出ます。メールアプリの中で開いた人のために、ログインのアドレスをコピーできます。",
        ),
        ScreenKind::LinkDisowned => note(
            "6. Mails",
            "「心当たりがない」を選んだあとに出ます。リンクは使えなくなり、何も変わっていないことを伝えます。",
        ),
        ScreenKind::ChangePassword => {
            note("In the portal", "ログイン後に、今のパスワードを確かめて変更します。ほかの端末はログアウトします。")
        }
        ScreenKind::Session => note(
            "7. Limits",
            "ログイン中のページの後ろにある、時間切れの知らせです。切れる2分前に、続けるかどうかをたずねます。",
        ),
        ScreenKind::Ended => {
            note("3. The rule", "終わった手続きに戻ってきたときに出ます。終わり方ごとの画面は、endsにあります。")
        }
    }
}
