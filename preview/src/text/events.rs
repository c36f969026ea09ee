//! What happens in a flow, as its storyboard says it.

use rules::flow::{EnrolEvent, InquiryEvent, ProcedureEvent, ResetEvent, SignInEvent};

pub(crate) const fn enrol(event: EnrolEvent) -> &'static str {
    match event {
        EnrolEvent::Matched => "入力が契約と一致し、メールアドレスの登録がある",
        EnrolEvent::MatchedWithAccount => "ユーザーIDがすでに登録されている",
        EnrolEvent::MatchedWithoutEmail => "本人だけのメールアドレスの登録がない",
        EnrolEvent::PasswordChosen => "パスワードを決めて、メールを送る",
        EnrolEvent::Resent => "メールをもう一度送る",
        EnrolEvent::LinkConfirmed => "メールのリンクを開き、その画面で登録を完了する",
        EnrolEvent::Proceeded => "ログインへ進む",
        EnrolEvent::Abandoned => ABANDONED,
        EnrolEvent::IdleTooLong => IDLE,
        EnrolEvent::Superseded => "同じ人が、別の場所で登録を始める",
        EnrolEvent::Disowned => "メールのリンクの画面で「心当たりがない」を選ぶ",
        EnrolEvent::LinkTimedOut => "有効期限までにリンクが開かれない",
        EnrolEvent::RegistrationChanged => "登録のメールアドレスが変わる、または別の場所で登録が済む",
        EnrolEvent::Restarted => RESTARTED,
        EnrolEvent::SignedOut => SIGNED_OUT,
    }
}

pub(crate) const fn inquiry(event: InquiryEvent) -> &'static str {
    match event {
        InquiryEvent::Matched => "入力が契約と一致し、ユーザーIDがある",
        InquiryEvent::MatchedWithoutAccount => "入力が契約と一致するが、ユーザーIDの登録はまだない",
        InquiryEvent::MatchedWithoutEmail => "本人だけのメールアドレスの登録がない",
        InquiryEvent::ContinuedToEnrolment => "本人確認を済ませたまま、登録へ進む",
        InquiryEvent::Finished => "ログインへ進む",
        InquiryEvent::Abandoned => ABANDONED,
        InquiryEvent::IdleTooLong => IDLE,
        InquiryEvent::RegistrationChanged => "登録のメールアドレスが変わる",
        InquiryEvent::Restarted => RESTARTED,
        InquiryEvent::SignedOut => SIGNED_OUT,
    }
}

pub(crate) const fn reset(event: ResetEvent) -> &'static str {
    match event {
        ResetEvent::Requested => "ユーザーIDを入力する。登録の有無は、この画面ではわからない",
        ResetEvent::Resent => "メールをもう一度送る",
        ResetEvent::PasswordChanged => "メールのリンクの画面で、新しいパスワードを決める",
        ResetEvent::Abandoned => ABANDONED,
        ResetEvent::IdleTooLong => IDLE,
        ResetEvent::Restarted => RESTARTED,
        ResetEvent::SignedOut => SIGNED_OUT,
    }
}

pub(crate) const fn sign_in(event: SignInEvent) -> &'static str {
    match event {
        SignInEvent::PasswordAccepted => "パスワードが正しい。認証番号をメールで送る",
        SignInEvent::CodeAccepted => "認証番号が正しい",
        SignInEvent::TriesExhausted => "最後の1回も間違える",
        SignInEvent::TimedOut => "認証番号の入力がないまま時間が過ぎる",
        SignInEvent::RegistrationChanged => "認証番号を送ったメールアドレスの登録がなくなる",
        SignInEvent::PasswordReplaced => "パスワードが別の場所で変更される",
        SignInEvent::Abandoned => ABANDONED,
        SignInEvent::SessionNeverArrived => "通信が切れて、ログインの結果が届かなかった",
        SignInEvent::Restarted => RESTARTED,
        SignInEvent::SignedOut => SIGNED_OUT,
    }
}

pub(crate) const fn procedure(event: ProcedureEvent) -> &'static str {
    match event {
        ProcedureEvent::Entered => "入力がそろい、確認へ進む",
        ProcedureEvent::WentBack => "戻って直す",
        ProcedureEvent::EntriesVoid => "契約の内容が変わり、入力が合わなくなる",
        ProcedureEvent::Sent => "申し込む",
    }
}

const ABANDONED: &str = "「中止する」を選ぶ";
const IDLE: &str = "操作がないまま時間が過ぎる";
const RESTARTED: &str = "はじめからやり直す";
const SIGNED_OUT: &str = "同じブラウザーでログアウトする";
