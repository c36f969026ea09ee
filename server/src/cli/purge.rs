//! `nirin purge`: forgets what nobody needs any more. Run it once a day. Accounts, contracts and what the audit log says of
//! accounts and staff stay.

use super::Failure;
use super::context::{About, AdminContext, fact, line};
use crate::store::{AuditEvent, NamedCounter, Purgeable, Store, Stored};
use rules::calendar::DAY_MS;
use rules::limits::{Limit, Limits, Window};
use std::io::Write;
use std::time::Duration;

// How long each kind of row is kept, in milliseconds; docs/security.md has the same table. What a limit still needs is
// kept longer where the configuration makes it last longer.

/// Flows, after the last action.
const FLOWS_MS: i64 = 2 * DAY_MS;
/// Requests of the portal, after they came to their end: longer than the term in which one stands in the way of another.
const REQUESTS_MS: i64 = 400 * DAY_MS;
/// Renewal reminders, after they were written: longer than the time in which one may not be written again.
const REMINDERS_MS: i64 = 90 * DAY_MS;
/// Links, after they were made. The password hash in one is erased as soon as it is used, void or too old.
const LINKS_MS: i64 = 30 * DAY_MS;
/// Codes, after they were sent.
const CODES_MS: i64 = DAY_MS;
/// Sessions, after they were last used.
const SESSIONS_MS: i64 = 30 * DAY_MS;
/// Mails that were accepted, refused or dropped, and those the mailbox keeps.
const MAILS_MS: i64 = 90 * DAY_MS;
/// Browsers, after they last signed in to an account. Their cookie lives for a year.
const BROWSERS_MS: i64 = 400 * DAY_MS;

/// Audit lines of people about nobody's account, such as wrong passwords for user IDs that do not exist: anybody can make them.
const NOBODYS_AUDIT_MS: i64 = 90 * DAY_MS;

/// Rows that one transaction deletes at most: people who sign in meanwhile wait for none of them.
const BATCH: i64 = 1_000;
/// How long others may write between two transactions.
const PAUSE: Duration = Duration::from_millis(20);

/// One kind of row with what makes it old.
#[derive(Clone, Copy)]
enum Old {
    LinkPasswords { now: i64 },
    Rows { what: Purgeable, before: i64 },
}

/// Forgets what is past its retention, in short transactions; with `dry_run` it is only counted, and nobody is locked out for it. A
/// run that is interrupted has forgotten a part, and the next one the rest.
pub(super) async fn purge(
    context: &AdminContext<'_>,
    limits: &Limits,
    dry_run: bool,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    let now = context.clock.now();
    let before = |kept: i64, needed: i64| now - kept.max(needed);
    let rows = |what, before| Old::Rows { what, before };
    let kinds = [
        ("passwords of links", Old::LinkPasswords { now }),
        ("flows", rows(Purgeable::Flows, before(FLOWS_MS, limits.flow_idle_ms.max(limits.link_life_ms)))),
        ("codes", rows(Purgeable::Codes, before(CODES_MS, limits.code_life_ms.max(limits.code_step_ms)))),
        ("links", rows(Purgeable::Links, before(LINKS_MS, limits.link_life_ms))),
        ("unsent requests", rows(Purgeable::RequestDrafts, before(FLOWS_MS, limits.session_life_ms))),
        ("ended requests", rows(Purgeable::EndedRequests, now - REQUESTS_MS)),
        ("reminders", rows(Purgeable::Reminders, now - REMINDERS_MS)),
        ("sessions", rows(Purgeable::Sessions, before(SESSIONS_MS, limits.session_life_ms))),
        ("mails", rows(Purgeable::Mails, before(MAILS_MS, limits.link_life_ms))),
        ("mailbox", rows(Purgeable::Mailbox, now - MAILS_MS)),
        ("known browsers", rows(Purgeable::KnownBrowsers, now - BROWSERS_MS)),
        ("audit lines", rows(Purgeable::AuditOfNobody, now - NOBODYS_AUDIT_MS)),
    ];
    if !dry_run {
        // First, so that a run that is interrupted leaves no change without a line.
        let mut tx = context.store.begin().await?;
        context.audit(&mut tx, AuditEvent::DataPurged, About::default(), "begun", now).await?;
        tx.commit().await?;
    }
    let mut counts = Vec::new();
    for (what, old) in kinds {
        counts.push((what, forget(context.store, old, dry_run).await?));
    }
    counts.push(("counters", forget_counters(context.store, limits, now, dry_run).await?));
    for (what, n) in &counts {
        fact(out, what, &n.to_string())?;
    }
    if dry_run {
        return Ok(line(out, "Dry run: nothing was deleted.")?);
    }
    let detail: Vec<_> = counts.iter().map(|(what, n)| format!("{what} {n}")).collect();
    let mut tx = context.store.begin().await?;
    let reference = context.audit(&mut tx, AuditEvent::DataPurged, About::default(), &detail.join(", "), now).await?;
    tx.commit().await?;
    Ok(line(out, &format!("Purged. Reference number: {reference}"))?)
}

/// Deletes all rows of a kind batch by batch, or counts them; returns how many there are.
async fn forget(store: &Store, old: Old, dry_run: bool) -> Stored<u64> {
    if dry_run {
        let mut tx = store.begin_read().await?;
        return match old {
            Old::LinkPasswords { now } => tx.count_expired_link_passwords(now).await,
            Old::Rows { what, before } => tx.count_purgeable(what, before).await,
        };
    }
    let mut forgotten = 0;
    loop {
        let mut tx = store.begin().await?;
        let n = match old {
            Old::LinkPasswords { now } => tx.erase_expired_link_passwords(now, BATCH).await?,
            Old::Rows { what, before } => tx.purge(what, before, BATCH).await?,
        };
        tx.commit().await?;
        forgotten += n;
        if n < BATCH.unsigned_abs() {
            return Ok(forgotten);
        }
        tokio::time::sleep(PAUSE).await;
    }
}

/// Deletes the counters that their limits need no more, or counts them; returns how many there are. All counters are read for it, page by
/// page, which keeps nobody waiting.
async fn forget_counters(store: &Store, limits: &Limits, now: i64, dry_run: bool) -> Stored<u64> {
    let (mut forgotten, mut after) = (0, String::new());
    loop {
        let page = store.begin_read().await?.counters_after(&after, BATCH).await?;
        let Some(last) = page.last() else { return Ok(forgotten) };
        after.clone_from(&last.key);
        let old: Vec<_> = page.iter().filter(|counter| is_needed_no_more(counter, limits, now)).collect();
        if dry_run || old.is_empty() {
            forgotten += old.len() as u64;
            continue;
        }
        let mut tx = store.begin().await?;
        for counter in old {
            forgotten += u64::from(tx.forget_counter(counter).await?);
        }
        tx.commit().await?;
        tokio::time::sleep(PAUSE).await;
    }
}

/// Returns whether a counter can be forgotten: what its limit lets it lead to is over.
fn is_needed_no_more(counter: &NamedCounter, limits: &Limits, now: i64) -> bool {
    // A limit that is not known here is counted by a newer build.
    let Some(limit) = counter.key.split(':').next().and_then(Limit::parse) else { return false };
    let needed_ms = limit.needed_ms(limits);
    let (below, kept_ms) = match limit.window(limits) {
        Window::Fixed(_) => return counter.last < now - needed_ms,
        Window::Streak { from, kept_ms } => (i64::from(from), kept_ms),
    };
    let kept_ms = if counter.n < below { needed_ms } else { needed_ms.max(kept_ms) };
    counter.last < now - kept_ms
}
