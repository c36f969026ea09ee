//! `nirin purge`: forgets what nobody needs any more. Run it once a day. Accounts, contracts and the audit log stay.

use super::Failure;
use super::context::{About, AdminContext, fact, line};
use crate::store::{AuditEvent, Stored, Tx};
use rules::limits::{Limit, Limits, Window};
use std::io::Write;

const DAY_MS: i64 = 86_400_000;

// How long each kind of row is kept, in milliseconds; docs/security.md has the same table. What a limit still needs is
// kept longer where the configuration makes it last longer.

/// Flows, after the last action.
const FLOWS_MS: i64 = 2 * DAY_MS;
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

/// Forgets all of it in one transaction, or none with `dry_run`.
pub(super) async fn purge(
    context: &AdminContext<'_>,
    limits: &Limits,
    dry_run: bool,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    let now = context.clock.now();
    let mut tx = context.store.begin().await?;
    let counts = forget(&mut tx, limits, now).await?;
    for (what, n) in &counts {
        fact(out, what, &n.to_string())?;
    }
    if dry_run {
        return Ok(line(out, "Nothing was forgotten: this was a dry run.")?);
    }
    let detail: Vec<_> = counts.iter().map(|(what, n)| format!("{what} {n}")).collect();
    let reference = context.audit(&mut tx, AuditEvent::DataPurged, About::default(), &detail.join(", "), now).await?;
    tx.commit().await?;
    Ok(line(out, &format!("Forgotten. Reference number: {reference}"))?)
}

async fn forget(tx: &mut Tx, limits: &Limits, now: i64) -> Stored<[(&'static str, u64); 10]> {
    let before = |kept: i64, needed: i64| now - kept.max(needed);
    Ok([
        ("passwords of links", tx.erase_expired_link_passwords(now).await?),
        ("flows", tx.purge_flows(before(FLOWS_MS, limits.flow_idle_ms.max(limits.link_life_ms))).await?),
        ("codes", tx.purge_codes(before(CODES_MS, limits.code_life_ms.max(limits.code_step_ms))).await?),
        ("links", tx.purge_links(before(LINKS_MS, limits.link_life_ms)).await?),
        ("sessions", tx.purge_sessions(before(SESSIONS_MS, limits.session_life_ms)).await?),
        ("counters", forget_counters(tx, limits, now).await?),
        ("mails", tx.purge_mails(before(MAILS_MS, limits.link_life_ms)).await?),
        ("mailbox", tx.purge_mailbox(now - MAILS_MS).await?),
        ("known browsers", tx.purge_known_browsers(now - BROWSERS_MS).await?),
        ("audit lines", tx.purge_audit(now - NOBODYS_AUDIT_MS).await?),
    ])
}

/// What each limit has counted, once it does not need it any more.
async fn forget_counters(tx: &mut Tx, limits: &Limits, now: i64) -> Stored<u64> {
    let mut forgotten = 0;
    for limit in Limit::ALL {
        let prefix = format!("{}:", limit.as_str());
        let (from, kept_ms) = match limit.window(limits) {
            Window::Fixed(ms) => (i64::MAX, ms),
            Window::Streak { from, kept_ms } => (from.into(), kept_ms),
        };
        forgotten += tx.purge_counters(&prefix, from, now - limit.needed_ms(limits)).await?;
        forgotten += tx.purge_counters(&prefix, i64::MAX, now - limit.needed_ms(limits).max(kept_ms)).await?;
    }
    Ok(forgotten)
}
