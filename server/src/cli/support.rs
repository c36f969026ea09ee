//! `nirin support`: shows what is known about a reference number that a person reads out. It shows times and states, but no secrets
//! and no full addresses.

use super::context::{AdminContext, fact, jst, line, masked};
use super::{Failure, mail};
use crate::store::{AuditRow, FlowRow, LinkRow, Reference};
use std::io::{self, Write};

pub(super) async fn support(context: &AdminContext<'_>, typed: &str, out: &mut dyn Write) -> Result<(), Failure> {
    let reference = Reference::typed(typed);
    if reference.as_str().is_empty() {
        return Err("a reference number consists of letters and digits, for instance 7K2M-4XQ9".into());
    }
    let now = context.clock.now();
    let mut tx = context.store.begin_read().await?;
    let flows = tx.flows_by_reference(&reference).await?;
    let links = tx.links_by_reference(&reference).await?;
    let mails = tx.mails_by_reference(&reference).await?;
    let lines = tx.audit_by_reference(&reference).await?;
    if flows.is_empty() && links.is_empty() && mails.is_empty() && lines.is_empty() {
        line(out, &format!("Nothing is stored under {reference}."))?;
        line(
            out,
            "The number on an error page is the request_id in the log. A procedure is kept for two days after its last action.",
        )?;
        return Ok(());
    }
    fact(out, "Reference", reference.as_str())?;
    for flow in &flows {
        tell_flow(out, flow)?;
    }
    for link in links.iter().filter(|link| !link.is_stand_in()) {
        tell_link(out, link, now)?;
    }
    for one in &mails {
        fact(out, "Mail", &mail::told(one))?;
    }
    for one in &lines {
        fact(out, "Audit", &audit_line(one))?;
    }
    Ok(())
}

fn tell_flow(out: &mut dyn Write, flow: &FlowRow) -> io::Result<()> {
    fact(out, "Procedure", &format!("{}, step {} since {}", flow.kind, flow.step, jst(flow.stepped_at)))?;
    fact(out, "  started", &format!("{} on {}", jst(flow.created_at), flow.device))?;
    fact(out, "  last action", &jst(flow.acted_at))?;
    if let Some(customer) = &flow.customer_id {
        fact(out, "  customer", customer.as_str())?;
    }
    if let Some(at) = flow.sent_at {
        // A reset that nothing was mailed for counts here too; what became of each is told below.
        fact(out, "  mails asked for", &format!("{}, the last one {}", flow.sends, jst(at)))?;
    }
    if flow.tries > 0 {
        fact(out, "  codes tried", &flow.tries.to_string())?;
    }
    Ok(())
}

fn tell_link(out: &mut dyn Write, link: &LinkRow, now: i64) -> io::Result<()> {
    let since = link.used_at.or(link.revoked_at).map(|at| format!(" since {}", jst(at))).unwrap_or_default();
    fact(
        out,
        "Link",
        &format!("{} to {}, {}{since}", link.kind.as_str(), masked(&link.user_id), link.state(now).as_str()),
    )?;
    fact(out, "  requested", &format!("{} on {}", jst(link.created_at), link.device))?;
    fact(out, "  valid until", &jst(link.expires_at))
}

fn audit_line(row: &AuditRow) -> String {
    let AuditRow { at, event, actor, detail, .. } = row;
    let customer = row.customer_id.as_ref().map(|id| format!("  customer {id}")).unwrap_or_default();
    format!("{}  {event}  by {actor}{customer}  {detail}", jst(*at)).trim_end().to_owned()
}
