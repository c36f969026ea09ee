//! The mailbox: what arrived, with code and link taken out, and the next mail, which is waited for.

use super::{Answered, ApiError, ErrorCode, answer};
use crate::http::Site;
use crate::store::{ArrivedMail, MailFilter, MailId, MailboxRow, OutboxKind, Stored};
use app::text::time;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use mails::MailKind;
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// Mails in one answer, unless fewer are asked for.
const MOST: i64 = 50;
/// How long the next mail is waited for at most, in seconds.
const LONGEST_WAIT: u64 = 60;
/// How often the mailbox is looked at meanwhile.
const LOOKS_A_SECOND: u64 = 20;
const PAUSE: Duration = Duration::from_millis(1_000 / LOOKS_A_SECOND);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Which {
    #[serde(default)]
    to: String,
    #[serde(default)]
    kind: String,
    limit: Option<i64>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NextOf {
    to: String,
    #[serde(default)]
    kind: String,
    /// The mail that was read last.
    #[serde(default)]
    after: String,
    /// In seconds.
    wait: Option<u64>,
}

#[derive(Serialize)]
pub(super) struct Mails {
    mails: Vec<Mail>,
}

#[derive(Serialize)]
pub(super) struct OneMail {
    mail: Mail,
}

#[derive(Serialize)]
struct Mail {
    id: MailId,
    kind: &'static str,
    to: String,
    subject: String,
    text: String,
    html: String,
    /// The whole message, as it would be sent.
    source: String,
    /// Milliseconds since 1970, by the server's clock.
    at_ms: i64,
    at: String,
    /// The six digits, where it carries some.
    code: Option<String>,
    /// The mailed link, where it carries one.
    link: Option<String>,
}

impl Mail {
    fn of(arrived: ArrivedMail, public_url: &str) -> Self {
        let ArrivedMail { mail, kind } = arrived;
        let link = first_link(&mail, public_url);
        let code = (kind == OutboxKind::Mail(MailKind::AuthCode)).then(|| first_digits(&mail.text));
        Self {
            id: mail.id,
            kind: kind.as_str(),
            to: mail.recipient,
            subject: mail.subject,
            code: code.flatten(),
            link,
            text: mail.text,
            html: mail.html,
            source: mail.source,
            at_ms: mail.received_at,
            at: time::date_and_clock(mail.received_at),
        }
    }
}

/// A code stands first, on a line of its own.
fn first_digits(text: &str) -> Option<String> {
    let line = text.lines().map(str::trim).find(|line| !line.is_empty())?;
    rules::AuthCode::parse(line).is_ok().then(|| line.to_owned())
}

fn first_link(mail: &MailboxRow, public_url: &str) -> Option<String> {
    let links = format!("{}/link/", public_url.trim_end_matches('/'));
    mail.text.split_whitespace().find(|word| word.starts_with(&links)).map(ToOwned::to_owned)
}

/// A kind that no mail has would be waited for in vain.
fn known(kind: &str) -> Result<(), ApiError> {
    if kind.is_empty() || MailKind::parse(kind).is_some() {
        return Ok(());
    }
    let words: Vec<_> = MailKind::ALL.iter().map(|kind| kind.as_str()).collect();
    Err(ApiError::new(ErrorCode::NotAllowed, format!("kind is not one of: {}", words.join(", "))))
}

pub(super) async fn list(State(site): State<Site>, which: Result<Query<Which>, QueryRejection>) -> Answered<Mails> {
    let Query(which) = which?;
    known(&which.kind)?;
    let filter = MailFilter { to: &which.to, kind: &which.kind };
    let limit = which.limit.unwrap_or(MOST).clamp(1, MOST);
    let arrived = site.store.begin_read().await?.arrived_mails(filter, limit).await?;
    answer(Mails { mails: arrived.into_iter().map(|mail| Mail::of(mail, &site.settings.public_url)).collect() })
}

pub(super) async fn next(State(site): State<Site>, of: Result<Query<NextOf>, QueryRejection>) -> Answered<OneMail> {
    let Query(of) = of?;
    known(&of.kind)?;
    let after = MailId::from(of.after);
    if !after.as_str().is_empty() && !site.store.begin_read().await?.has_arrived(&after).await? {
        return Err(ApiError::new(ErrorCode::NotFound, "after is not a mail of this mailbox"));
    }
    let seconds = of.wait.unwrap_or(10).min(LONGEST_WAIT);
    let filter = MailFilter { to: &of.to, kind: &of.kind };
    let looks = 1 + seconds * LOOKS_A_SECOND;
    if let Some(mail) = wait_for(&site, filter, &after, looks).await? {
        return answer(OneMail { mail: Mail::of(mail, &site.settings.public_url) });
    }
    if site.stop.is_cancelled() {
        return Err(ApiError::new(ErrorCode::Unavailable, "the server stops"));
    }
    let kind = if of.kind.is_empty() { "mail" } else { &of.kind };
    Err(ApiError::new(ErrorCode::NoMail, format!("no {kind} to {} arrived within {seconds} s", of.to)))
}

/// Looks until the mail is there, so many times. Nothing where it does not come, or the server stops.
async fn wait_for(site: &Site, filter: MailFilter<'_>, after: &MailId, looks: u64) -> Stored<Option<ArrivedMail>> {
    for look in 0..looks {
        if look > 0 {
            tokio::time::sleep(PAUSE).await;
        }
        let found = site.store.begin_read().await?.next_mail(filter, after).await?;
        if found.is_some() || site.stop.is_cancelled() {
            return Ok(found);
        }
    }
    Ok(None)
}
