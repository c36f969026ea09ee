//! A customer's registered address has changed: what hangs on the old mailbox changes with it. The same whether a member of
//! staff or an import changed it.

use super::flow::flow_move;
use crate::store::{AccountRow, CustomerId, SessionEnd, Stored, Tx};
use rules::flow::{EnrolEvent, EnrolStep, InquiryEvent, InquiryStep, LinkKind, SignInEvent, SignInStep};
use rules::user_id::UserId;

/// What was ended.
pub(crate) struct Ended {
    pub links: u64,
    pub flows: u64,
    pub sessions: u64,
}

/// Whether another customer's account has this address as its user ID already.
pub(crate) async fn is_taken(tx: &mut Tx, customer_id: &CustomerId, address: &UserId) -> Stored<bool> {
    let holder = tx.account_by_key(&address.key()).await?;
    Ok(holder.is_some_and(|other| &other.customer_id != customer_id))
}

/// The account's user ID becomes the address; links that were mailed, procedures under way and sessions end. To be asked
/// before: [`is_taken`].
pub(crate) async fn apply_email_change(
    tx: &mut Tx,
    customer_id: &CustomerId,
    account: Option<&AccountRow>,
    address: &UserId,
    now: i64,
) -> Stored<Ended> {
    // In the order in which the use cases hold them: flows, account, links.
    let flows = end_flows(tx, customer_id, now).await?;
    let mut sessions = 0;
    if let Some(account) = account {
        tx.set_user_id(&account.id, address).await?;
        sessions = tx.end_sessions_of(&account.id, None, SessionEnd::UserIdChanged, now).await?;
    }
    let mut links = 0;
    for kind in LinkKind::ALL {
        links += tx.revoke_links_of(customer_id, *kind, now).await?;
    }
    Ok(Ended { links, flows, sessions })
}

/// Ends what a customer has under way, as the address it goes to is no longer theirs. A reset request is nobody's yet.
pub async fn end_flows(tx: &mut Tx, customer_id: &CustomerId, now: i64) -> Stored<u64> {
    let enrolments = EnrolStep::ALL.iter().filter_map(|step| flow_move(*step, EnrolEvent::RegistrationChanged));
    let inquiries = InquiryStep::ALL.iter().filter_map(|step| flow_move(*step, InquiryEvent::RegistrationChanged));
    let sign_ins = SignInStep::ALL.iter().filter_map(|step| flow_move(*step, SignInEvent::RegistrationChanged));
    let mut ended = 0;
    for ending in enrolments.chain(inquiries).chain(sign_ins) {
        ended += tx.move_flows_of(customer_id, None, ending, now).await?;
    }
    Ok(ended)
}
