//! `nirin requests`: what people have asked for in the portal. A change of state is one transaction with its history, audit line and
//! mail. What was asked for is shown, because staff carries it out; nothing else of the person is.

use super::Failure;
use super::context::{About, AdminContext, fact, jst, line};
use crate::secret::Keys;
use crate::store::{AuditEvent, Reference, RequestFilter, RequestRow};
use crate::use_cases::requests::{RequestDesk, details};
use app::port::RequestDetails;
use clap::Subcommand;
use rules::RequestEvent;
use rules::calendar::{beginning_of, days_of};
use std::io::Write;

/// Requests that are read at once.
const PAGE: i64 = 500;

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// The requests that are open, the oldest first.
    List {
        /// Those at their end too.
        #[arg(long)]
        all: bool,
    },
    /// Everything about one request.
    Show {
        /// As on the screen or in the mail, for instance 7K2M-4XQ9.
        reference: String,
    },
    /// Begins to work on a request: the person cannot withdraw it any more.
    Take { reference: String },
    /// Says that a request is carried out.
    Done { reference: String },
    /// Declines a request. The person is told the reason.
    Decline {
        reference: String,
        /// In the words that the person reads.
        #[arg(long)]
        reason: String,
    },
    /// Writes requests as CSV for the contract system.
    Export {
        /// Those that were made on this day or later, as 2026-04-01.
        #[arg(long)]
        since: String,
    },
}

pub(super) async fn run(
    context: &AdminContext<'_>,
    keys: Keys,
    command: Command,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    match command {
        Command::List { all } => list(context, all, out).await,
        Command::Show { reference } => show(context, &keys, &reference, out).await,
        Command::Take { reference } => move_on(context, &keys, &reference, RequestEvent::Taken, None, out).await,
        Command::Done { reference } => move_on(context, &keys, &reference, RequestEvent::Completed, None, out).await,
        Command::Decline { reference, reason } => {
            move_on(context, &keys, &reference, RequestEvent::Declined, Some(reason.trim()), out).await
        }
        Command::Export { since } => export(context, &keys, &since, out).await,
    }
}

/// All requests that the filter lets through, page by page.
async fn all(context: &AdminContext<'_>, filter: RequestFilter) -> Result<Vec<RequestRow>, Failure> {
    let mut found: Vec<RequestRow> = Vec::new();
    loop {
        let after = found.last().map_or((0, ""), |row| (row.created_at, row.id.as_str()));
        let page = context.store.begin_read().await?.requests(filter, after, PAGE).await?;
        let last = page.len() < usize::try_from(PAGE)?;
        found.extend(page);
        if last {
            return Ok(found);
        }
    }
}

async fn list(context: &AdminContext<'_>, everything: bool, out: &mut dyn Write) -> Result<(), Failure> {
    let rows = all(context, RequestFilter { open: !everything, ..RequestFilter::default() }).await?;
    for row in &rows {
        let (kind, state, made) = (row.kind.as_str(), row.state.as_str(), jst(row.created_at));
        let RequestRow { reference, contract_id, customer_id, .. } = row;
        line(
            out,
            &format!("{reference}  {kind}  {state}  contract {contract_id}  customer {customer_id}  made {made}"),
        )?;
    }
    if rows.is_empty() {
        line(out, "No request.")?;
    }
    Ok(())
}

async fn show(context: &AdminContext<'_>, keys: &Keys, reference: &str, out: &mut dyn Write) -> Result<(), Failure> {
    let mut tx = context.store.begin_read().await?;
    let row = tx.request_by_reference(&Reference::typed(reference)).await?.ok_or(UNKNOWN)?;
    fact(out, "Request", row.reference.as_str())?;
    fact(out, "Kind", row.kind.as_str())?;
    fact(out, "State", row.state.as_str())?;
    fact(out, "Contract", &row.contract_id)?;
    fact(out, "Customer", row.customer_id.as_str())?;
    fact(out, "Term ends on", &row.term_ends_on)?;
    for (name, before, after) in changes(details(keys, &row).ok_or(NO_KEY)?) {
        fact(out, name, &format!("{before} -> {after}"))?;
    }
    for moved in tx.request_history(&row.id).await? {
        let reason = keys.open_sealed(&moved.reason).map(|reason| format!(", {reason}")).unwrap_or_default();
        fact(out, "", &format!("{} {}{reason}", jst(moved.at), moved.state.as_str()))?;
    }
    Ok(())
}

const UNKNOWN: &str = "there is no request with this reference number";

async fn move_on(
    context: &AdminContext<'_>,
    keys: &Keys,
    reference: &str,
    event: RequestEvent,
    reason: Option<&str>,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    if reason.is_some_and(str::is_empty) {
        return Err("--reason is empty; the person is to read why".into());
    }
    let now = context.clock.now();
    let mut tx = context.store.begin().await?;
    let row = tx.request_by_reference(&Reference::typed(reference)).await?.ok_or(UNKNOWN)?;
    let desk = RequestDesk { keys, rng: context.rng, actor: context.actor };
    let Some(state) = desk.move_on(&mut tx, &row, event, reason, now).await? else {
        return Err(format!("this request is {}; nothing was changed", row.state.as_str()).into());
    };
    tx.commit().await?;
    Ok(line(out, &format!("The request {} is {} now; the person gets a mail.", row.reference, state.as_str()))?)
}

const NO_KEY: &str = "what was asked for cannot be opened: its key is not in secrets.key_file";

/// What a request asks for: name, value of before, value of after.
fn changes(asked: RequestDetails) -> Vec<(&'static str, String, String)> {
    match asked {
        RequestDetails::Renewal(renewal) => vec![
            ("term", renewal.ends_on, renewal.next_ends_on),
            ("payment", renewal.payment, renewal.choice.as_str().to_owned()),
        ],
        RequestDetails::Change(items) => {
            items.into_iter().map(|change| (change.item.as_str(), change.before, change.after)).collect()
        }
    }
}

async fn export(context: &AdminContext<'_>, keys: &Keys, since: &str, out: &mut dyn Write) -> Result<(), Failure> {
    let day = days_of(since).ok_or("--since is not a date like 2026-04-01")?;
    let rows = all(context, RequestFilter { since: beginning_of(day), ..RequestFilter::default() }).await?;
    // First, since what was written to a file or a pipe cannot be taken back.
    let now = context.clock.now();
    let mut tx = context.store.begin().await?;
    let detail = format!("{} requests since {since}", rows.len());
    context.audit(&mut tx, AuditEvent::RequestsExported, About::default(), &detail, now).await?;
    tx.commit().await?;
    line(out, "reference,kind,state,contract_id,customer_id,made_at,item,before,after")?;
    let mut unreadable = Vec::new();
    for row in &rows {
        let Some(asked) = details(keys, row) else {
            unreadable.push(row.reference.as_str());
            continue;
        };
        let (kind, state, made) = (row.kind.as_str(), row.state.as_str(), jst(row.created_at));
        for (item, before, after) in changes(asked) {
            let values: [&str; 9] = [
                row.reference.as_str(),
                kind,
                state,
                &row.contract_id,
                row.customer_id.as_str(),
                &made,
                item,
                &before,
                &after,
            ];
            line(out, &values.map(csv_value).join(","))?;
        }
    }
    if unreadable.is_empty() {
        return Ok(());
    }
    Err(format!("left out, since {NO_KEY}: {}", unreadable.join(", ")).into())
}

/// A value of a CSV file. What a spreadsheet would take for a formula gets an apostrophe in front, and is text then; what holds a
/// separator, a quotation mark or a line break stands in quotation marks.
fn csv_value(value: &str) -> String {
    let formula = value.starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠']);
    let text = if formula { format!("'{value}") } else { value.to_owned() };
    if text.contains([',', '"', '\n', '\r', '\'']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_that_a_spreadsheet_would_calculate_is_text() {
        assert_eq!(csv_value("=1+1"), "\"'=1+1\"");
        assert_eq!(csv_value("＝SUM(A1)"), "\"'＝SUM(A1)\"");
        assert_eq!(csv_value("@x,\"y\""), "\"'@x,\"\"y\"\"\"");
        assert_eq!(csv_value("1品川 あ 12-34"), "1品川 あ 12-34");
    }
}
