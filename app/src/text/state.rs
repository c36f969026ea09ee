//! Sentences that follow from a state: notices, ends of flows, how far a mail has come, titles.

use super::time;
use crate::wire::{Brand, Delivery, Flow, Millis, Notice, Over, Page, Screen};

/// Where one is in enrolment, six steps to the portal.
pub const STEPS: [&str; 6] = ["本人確認", "パスワード登録", "メール確認", "ログイン", "認証番号", "完了"];

#[must_use]
pub fn notice(notice: Notice) -> String {
    match notice {
        Notice::Stale => "手続きはすでに先へ進んでいます。送信された内容は使わずに、今の画面を表示しています。".into(),
        Notice::Resent(at) => format!("メールを{}に再送しました。", time::clock(at)),
        Notice::Extended => "時間を延長しました。あと30分続けられます。".into(),
        Notice::NoAnswer => {
            "通信できませんでした。入力した内容はそのまま残っています。電波の状態を確かめて、もう一度押してください。"
                .into()
        }
        Notice::Busy => {
            "ただいま混み合っています。入力した内容はそのままで、少し待ってからもう一度押してください。".into()
        }
        Notice::SessionEnded => "しばらく操作がなかったため、ログアウトしました。もう一度ログインしてください。".into(),
        Notice::SignedOut => "ログアウトしました。".into(),
        Notice::PasswordChanged => "パスワードを変更しました。ほかの端末ではログアウトされました。".into(),
    }
}

/// How far the mail has come. Only what is known is said.
#[must_use]
pub fn delivery(delivery: Delivery, now: Millis) -> String {
    match delivery {
        Delivery::Queued => "送信の順番を待っています".into(),
        Delivery::Delayed => "宛先のメールサーバーにつながりません。自動でもう一度送ります".into(),
        Delivery::Accepted(at) => format!("{}に、宛先のメールサーバーが受け取りました", time::short(at, now)),
        Delivery::Refused => "宛先のメールサーバーに受け取りを断られました".into(),
        Delivery::Dropped => "送信が間に合わなかったため、取りやめました".into(),
    }
}

/// Heading and explanation of a flow's end.
#[must_use]
pub fn over(over: Over, now: Millis) -> (&'static str, String) {
    match over {
        Over::Done => ("この手続きは完了しています", "前の画面に戻って、もう一度操作する必要はありません。".into()),
        Over::Abandoned => ("手続きを中止しました", "入力された内容は保存していません。もう一度手続きするときは、はじめからお願いします。".into()),
        Over::Idle => ("時間切れのため、手続きを終了しました", "30分間操作がなかったため、安全のために手続きを終了しました。入力された内容は保存していません。".into()),
        Over::IdleLinkLives(until) => ("時間切れのため、この画面を終了しました", format!("30分間操作がなかったため、安全のために画面を終了しました。お送りしたメールのリンクは、{}まで使えます。リンクを開くと、登録を完了できます。", time::short(until, now))),
        Over::Superseded => ("新しい手続きが始まっています", "同じご契約者さまの新しい手続きが始まったため、この手続きは無効になりました。新しい手続きの画面とメールをお使いください。".into()),
        Over::Disowned => ("この手続きは取り消されました", "メールを受け取った方が「心当たりがない」を選んだため、この手続きは取り消されました。".into()),
        Over::LinkExpired => ("リンクの有効期限が切れています", "メールのリンクは、送信から24時間で使えなくなります。お手数ですが、はじめから手続きしてください。".into()),
        Over::LinkUsed => ("このリンクは、すでに使われています", "メールのリンクは1回だけ使えます。手続きは完了していますので、ログインへお進みください。".into()),
        Over::LinkUnknown => ("このリンクは使えません", "リンクが途中で切れているか、正しくありません。メールのリンクをもう一度押すか、リンク全体をブラウザーに貼り付けてください。".into()),
        Over::TooManyTries => ("認証番号を確認できませんでした", "認証番号の間違いが続いたため、このログインを終了しました。もう一度ログインしてください。".into()),
        Over::AccountWait(at) => ("しばらくログインできません", format!("認証番号の間違いが続いたため、安全のためにログインを止めています。{}以降に、もう一度ログインしてください。", time::short(at, now))),
        Over::TimedOut => ("時間切れのため、ログインを終了しました", "パスワードの入力から10分が過ぎました。お手数ですが、もう一度ログインしてください。".into()),
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
        Screen::UserIdShown { .. } => "あなたのユーザーID",
        Screen::NotEnrolled { .. } => "ログインの登録がまだ済んでいません",
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
        Screen::Over(end) => over(*end, page.now).0,
    }
}

/// The document's title: heading, place, service; 「エラー：」 first when something was wrong.
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
