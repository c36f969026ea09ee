//! Sentences that follow from a state: notices, ends of flows, how far a mail has come, titles.

use super::time;
use crate::wire::{Brand, Delivery, EndReason, Flow, Millis, Notice, Page, Screen, Timeouts};

/// The person's position in the enrolment, which has six steps to the portal.
pub const STEPS: [&str; 6] = ["本人確認", "パスワード登録", "メール確認", "ログイン", "認証番号", "完了"];

/// What the indicator of the steps is.
pub const PROGRESS: &str = "手続きの進み具合";

/// The position `at`, from 1, in words.
#[inline]
#[must_use]
pub fn step_of(at: usize) -> String {
    format!("全{}ステップ中 {at}　{}", STEPS.len(), STEPS.get(at.saturating_sub(1)).copied().unwrap_or_default())
}

#[must_use]
pub fn notice(notice: Notice, timeouts: &Timeouts) -> String {
    match notice {
        Notice::Stale => "この送信は受け付けませんでした。手続きの今の画面を表示しています。".into(),
        Notice::Gone => "この手続きの情報が見つかりませんでした。Cookieが削除されたか、時間がたったためです。はじめから入力してください。".into(),
        Notice::Anew => "前の手続きの情報が見つからなかったため、新しい手続きとして受け付けました。".into(),
        Notice::Resumed => "前の送信を受け付けていました。その続きを表示しています。".into(),
        Notice::AnswerLost => "前の送信の結果が届いていません。もう一度入力して、送信してください。".into(),
        Notice::Resent(at) => format!("メールの再送を、{}に受け付けました。", time::clock(at)),
        Notice::Extended => format!("時間を延長しました。あと{}続けられます。", time::span(timeouts.flow_idle)),
        Notice::NoAnswer => {
            "通信できませんでした。入力した内容はそのまま残っています。電波の状態を確かめて、もう一度押してください。"
                .into()
        }
        Notice::Busy => {
            "ただいま混み合っています。入力した内容はそのままで、少し待ってからもう一度押してください。".into()
        }
        Notice::Failed => {
            "問題が発生しました。入力した内容はそのまま残っています。少し待ってから、もう一度押してください。".into()
        }
        Notice::LastMiss(at) => format!(
            "一致しない入力が続いたため、{}まで受け付けを止めています。お急ぎのときは、カスタマーサービスセンターへお電話ください。",
            time::clock(at + 59_999)
        ),
        Notice::SessionEnded => {
            "ログインの有効な時間が過ぎたか、ほかの端末での操作により、ログアウトしました。もう一度ログインしてください。".into()
        }
        Notice::SignedOut => "ログアウトしました。".into(),
        Notice::PasswordChanged => "パスワードを変更しました。ほかの端末ではログアウトされました。".into(),
    }
}

/// The state of the mail's delivery, as far as it is known.
#[must_use]
pub fn delivery(delivery: Delivery, now: Millis) -> String {
    match delivery {
        Delivery::Queued => "送信の順番を待っています".into(),
        Delivery::Delayed => "まだお送りできていません。自動でもう一度お送りします".into(),
        Delivery::Sent(at) => format!("{}に送信しました", time::short(at, now)),
        Delivery::Accepted(at) => format!("{}に、宛先のメールサーバーが受け取りました", time::short(at, now)),
        Delivery::Refused => "このアドレスでは受け取れないと、メールサーバーから回答がありました".into(),
        Delivery::Failed => "お送りできませんでした".into(),
        Delivery::Dropped => "有効期限までにお送りできませんでした".into(),
    }
}

/// What to do where the mail does not arrive: it stands above the step.
#[must_use]
pub const fn undelivered(delivery: Delivery) -> Option<&'static str> {
    match delivery {
        Delivery::Queued | Delivery::Delayed | Delivery::Sent(_) | Delivery::Accepted(_) => None,
        Delivery::Refused => Some(
            "ご登録のアドレスにメールをお届けできませんでした。カスタマーサービスセンターへお電話で、アドレスをご確認ください。",
        ),
        Delivery::Failed | Delivery::Dropped => Some("メールをお送りできませんでした。再送のボタンを押してください。"),
    }
}

/// The heading of a flow's end.
#[must_use]
pub const fn ended(over: EndReason) -> &'static str {
    match over {
        EndReason::Done => "この手続きは完了しています",
        EndReason::WentOn => "ユーザーIDの確認は終わりました",
        EndReason::Abandoned => "手続きを中止しました",
        EndReason::Idle => "時間切れのため、手続きを終了しました",
        EndReason::IdleLinkLives(_) => "時間切れのため、画面を終了しました",
        EndReason::Superseded => "新しい手続きが始まっています",
        EndReason::Disowned => "この手続きは取り消されました",
        EndReason::RegistrationChanged => "登録の内容が変わりました",
        EndReason::LinkReplaced | EndReason::LinkNewer => "このリンクは、もう使えません",
        EndReason::IdleResetLives(_) => "時間切れのため、画面を終了しました",
        EndReason::LinkExpired => "リンクの有効期限が切れています",
        EndReason::LinkUsed => "このリンクは、すでに使われています",
        EndReason::LinkUnknown => "このリンクは使えません",
        EndReason::TooManyTries => "認証番号を確認できませんでした",
        EndReason::AccountWait(_) => "しばらくログインできません",
        EndReason::ResetRequired => "パスワードの再設定が必要です",
        EndReason::TimedOut => "時間切れのため、ログインを終了しました",
    }
}

/// What happened, and what to do next.
#[must_use]
pub fn explanation(over: EndReason, now: Millis, timeouts: &Timeouts) -> String {
    match over {
        EndReason::Done => "前の画面の操作は、もう必要ありません。".into(),
        EndReason::WentOn => "続けて、パスワードを登録してください。".into(),
        EndReason::Abandoned => "入力された内容は保存していません。もう一度手続きするときは、はじめからお願いします。".into(),
        EndReason::Idle => format!("安全のため、{}操作がないと終了します。入力された内容は保存していません。", time::during(timeouts.flow_idle)),
        EndReason::IdleLinkLives(until) => format!("安全のため、{}操作がないと終了します。メールのリンクは、{}まで使えます。リンクを開くと、登録を完了できます。", time::during(timeouts.flow_idle), time::short(until, now)),
        EndReason::Superseded => "同じご契約者さまの新しい手続きが始まったため、この手続きは無効になりました。新しい手続きの画面とメールをお使いください。".into(),
        EndReason::Disowned => "メールを受け取った方が「心当たりがない」を選んだため、この手続きは取り消されました。".into(),
        EndReason::RegistrationChanged => "手続きの途中で、ご契約に登録されたメールアドレスか、アカウントの状態が変わりました。お手数ですが、はじめから手続きしてください。".into(),
        EndReason::LinkNewer => "新しいメールのリンクに替わったため、このリンクは使えなくなりました。いちばん新しいメールのリンクを開いてください。".into(),
        EndReason::LinkReplaced => "手続きを中止したか、ログインやパスワードの変更が済んだか、登録の内容が変わったため、このリンクは使えなくなりました。".into(),
        EndReason::IdleResetLives(until) => format!("安全のため、{}操作がないと終了します。メールが届いているときは、そのリンクを{}まで使えます。リンクを開くと、新しいパスワードを登録できます。", time::during(timeouts.flow_idle), time::short(until, now)),
        EndReason::LinkExpired => format!("メールのリンクは、送信から{}で使えなくなります。お手数ですが、はじめから手続きしてください。", time::span(timeouts.link_life)),
        EndReason::LinkUsed => "メールのリンクは1回だけ使えます。手続きは完了していますので、ログインへお進みください。".into(),
        EndReason::LinkUnknown => "リンクが途中で切れているか、正しくありません。メールのリンクをもう一度押すか、リンク全体をブラウザーに貼り付けてください。".into(),
        EndReason::TooManyTries => "認証番号の間違いが続いたため、このログインを終了しました。もう一度ログインしてください。".into(),
        EndReason::AccountWait(at) => format!("認証番号の間違いが続いたため、安全のためにログインを止めています。{}以降に、もう一度ログインしてください。パスワードを再設定すると、すぐにログインできます。", time::from(at, now)),
        EndReason::ResetRequired => "認証番号の間違いがたいへん多く続いたため、安全のためにログインを止めています。パスワードを再設定すると、すぐにログインできます。".into(),
        EndReason::TimedOut => format!("パスワードの入力から{}が過ぎました。お手数ですが、もう一度ログインしてください。", time::span(timeouts.code_step)),
    }
}

/// The step's heading.
#[must_use]
pub fn heading(page: &Page) -> &'static str {
    match &page.screen {
        Screen::Identity => match page.flow {
            Flow::UserId => "ユーザーIDの確認",
            _ => "ご本人の確認",
        },
        Screen::AlreadyRegistered { .. } => "すでに登録されています",
        Screen::NoEmail => "メールアドレスの登録が必要です",
        Screen::ChoosePassword(_) => "パスワードの登録",
        Screen::MailSent(_) => "メールをご確認ください",
        Screen::Created { .. } => "アカウント作成完了",
        Screen::UserIdShown { .. } => "お客さまのユーザーID",
        Screen::NotEnrolled { .. } => "アカウントの登録がまだ済んでいません",
        Screen::ResetUserId => "パスワードの再設定",
        Screen::ResetSent { .. } => "メールをご確認ください",
        Screen::SignIn { .. } => "ログイン",
        Screen::Code(_) => "認証番号の入力",
        Screen::LinkConfirm(_) => "メールアドレスの確認",
        Screen::LinkNewPassword { .. } => "新しいパスワードの登録",
        Screen::LinkDone { kind, .. } => match kind {
            crate::wire::LinkKind::Enrolment => "アカウント作成完了",
            crate::wire::LinkKind::Reset => "パスワード変更完了",
        },
        Screen::LinkDisowned { .. } => "手続きを取り消しました",
        Screen::ChangePassword(_) => "パスワードの変更",
        Screen::Session => "",
        Screen::Ended(end) => ended(*end),
    }
}

/// The document's title: heading, flow and service, with 「エラー：」 in front if something was wrong.
#[must_use]
pub fn title(page: &Page, brand: &Brand) -> String {
    let error = if page.problems.is_empty() { "" } else { "エラー：" };
    let place = match page.flow {
        Flow::Enrol => "｜はじめてのログイン",
        Flow::UserId => "｜ユーザーIDの確認",
        Flow::PasswordReset => "｜パスワードの再設定",
        Flow::SignIn | Flow::Link | Flow::Account | Flow::Session => "",
    };
    format!("{error}{}{place}｜{}", heading(page), brand.service)
}
