//! A session whose cookie was lost with the answer that carried it. The form of the code stays in the page then, with all of its
//! buttons, and each of them has to do what it says.

use super::SignIn;
use super::state::Proven;
use crate::store::{AuditEvent, FlowRow, SessionEnd, SessionId, SessionRow, Tx};
use crate::use_cases::flow::{FlowPost, FlowTransaction, entry};
use crate::use_cases::{UseCaseError, cookies};
use app::form_checks;
use app::wire::{Action, Form, Problem};
use rules::flow::{SignInEvent, SignInStep};
use rules::limits::Limit;

/// What a code comes to that is typed for a sign-in that is done.
pub(super) enum CodeAgain {
    /// The browser has the session now.
    Opened,
    /// It was right once.
    Used,
    Wrong(Problem),
}

impl SignIn<'_> {
    /// A code for a sign-in that is done. The one that opened the session opens the same session again while it lives and as long as
    /// the session's cookie has never come back: the answer that carried it was lost. Wrong ones count as tries.
    pub(super) async fn code_again(
        &self,
        flow_tx: &mut FlowTransaction,
        form: &Form,
    ) -> Result<CodeAgain, UseCaseError> {
        let code = match form_checks::code(form) {
            Ok(code) => code,
            Err(problem) => return Ok(CodeAgain::Wrong(problem)),
        };
        let rows = self.settled_codes(flow_tx).await?;
        let used: Vec<_> = rows.iter().filter(|row| row.used_at.is_some()).cloned().collect();
        let Some(row) = self.matching(&flow_tx.row.id, &used, &code).and_then(|at| used.get(at)) else {
            // An earlier one of the same sign-in is of no more use, and no guess.
            if self.matching(&flow_tx.row.id, &rows, &code).is_some() {
                return Ok(CodeAgain::Used);
            }
            flow_tx.row.tries += 1;
            // The right one was a try as well.
            let wrong = u32::try_from(flow_tx.row.tries - 1).unwrap_or(u32::MAX);
            let left = self.context.limits.code_tries.saturating_sub(wrong);
            return Ok(CodeAgain::Wrong(Problem::WrongCode { left }));
        };
        if flow_tx.row.tries > i64::from(self.context.limits.code_tries) || row.expires_at <= flow_tx.now {
            return Ok(CodeAgain::Used);
        }
        let tokens = self.tokens_of_code(flow_tx, &row.id);
        let session = flow_tx.tx.session(&SessionId::of_token(&tokens.session)).await?;
        if session.is_none_or(|session| {
            session.arrived_at.is_some() || !self.context.sessions().is_open(&session, flow_tx.now)
        }) {
            return Ok(CodeAgain::Used);
        }
        flow_tx.cookies.push(cookies::session_cookie(&tokens.session));
        flow_tx.cookies.push(cookies::browser_cookie(&tokens.browser));
        Ok(CodeAgain::Opened)
    }

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
