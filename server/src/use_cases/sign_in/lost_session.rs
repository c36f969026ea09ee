//! A session whose cookie was lost with the answer that carried it. The form of the code stays in the page then, with all of its
//! buttons, and each of them has to do what it says.

use super::SignIn;
use super::state::Proven;
use crate::store::{AuditEvent, FlowRow, SessionEnd, SessionRow, Tx};
use crate::use_cases::UseCaseError;
use crate::use_cases::flow::{FlowPost, FlowTransaction, entry};
use app::wire::Action;
use rules::flow::{SignInEvent, SignInStep};
use rules::limits::Limit;

impl SignIn<'_> {
    /// The session that a code of this sign-in would open once more: no request has brought its cookie back, so the answer that
    /// carried it may be lost. Until then the form of the code has to stay in the page, whatever makes it look again.
    pub(super) async fn lost_session(
        &self,
        tx: &mut Tx,
        row: &FlowRow,
        now: i64,
    ) -> Result<Option<SessionRow>, UseCaseError> {
        let Some(account_id) = row.account_id.as_ref() else { return Ok(None) };
        let codes = tx.codes_of(&row.id).await?;
        let used_at = codes.iter().filter(|code| now < code.expires_at).find_map(|code| code.used_at);
        let tries_left = row.tries <= i64::from(self.context.limits.code_tries);
        let Some(used_at) = used_at.filter(|_| tries_left) else { return Ok(None) };
        let sessions = self.context.sessions().open_of(tx, account_id, now).await?;
        Ok(sessions.into_iter().find(|session| session.arrived_at.is_none() && session.created_at == used_at))
    }

    /// Whoever gives up or asks for another code does so without that session: it ends, and the sign-in is at its code again.
    pub(super) async fn go_on_without_session(
        &self,
        flow_tx: &mut FlowTransaction,
        post: &FlowPost<'_, SignInStep>,
    ) -> Result<(), UseCaseError> {
        let end = match (post.step, post.action) {
            (Some(SignInStep::Code), Some(Action::Abandon)) => SessionEnd::SignedOut,
            (Some(SignInStep::Code), Some(Action::Resend)) => SessionEnd::Rotated,
            _ => return Ok(()),
        };
        let Some(session) = self.lost_session(&mut flow_tx.tx, &flow_tx.row, flow_tx.now).await? else {
            return Ok(());
        };
        // What counts the codes is locked before any session, as where a right code opens one.
        let Proven { account_id, .. } = Proven::read(&flow_tx.row)?;
        self.context.counter(Limit::WrongCodes, &account_id).hold(&mut flow_tx.tx, flow_tx.now).await?;
        // Its cookie may have come back at this moment: then somebody is signed in, and stays so.
        if !flow_tx.tx.end_lost_session(&session.id, end, flow_tx.now).await? {
            return Ok(());
        }
        let line = entry(&flow_tx.row, AuditEvent::SessionEnded, end.as_str());
        flow_tx.tx.audit(&self.context.rng.id(), &line, flow_tx.now).await?;
        flow_tx.on(SignInEvent::SessionNeverArrived);
        Ok(())
    }
}
