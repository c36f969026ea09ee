//! Under which token a flow begins and goes on. Where an answer gets lost, the browser is left with the token from before: then one
//! more press of the same form leads to the same row. Why nobody else gains by it: docs/security.md.

use super::{Flash, RETRY_AFTER, Turn};
use crate::accounts::{Accounts, cookies, stored};
use crate::secret::token_hash;
use crate::store::FlowRow;
use app::fault::Fault;
use app::port::Visitor;
use app::wire::{Flow, Notice};
use rules::flow::SignInStep;

impl Accounts {
    /// A new row under this token.
    pub(in crate::accounts) fn new_row(
        &self,
        visitor: &Visitor,
        flow: Flow,
        step: &str,
        token: &str,
        now: i64,
    ) -> FlowRow {
        FlowRow {
            id: token_hash(token),
            kind: flow.name().to_owned(),
            step: step.to_owned(),
            reference: self.dice.reference(),
            device: visitor.device.clone(),
            stepped_at: now,
            acted_at: now,
            created_at: now,
            ..FlowRow::default()
        }
    }

    /// Begins the flow anew in this turn: a new row under a new token, the old one stays what it is. One in which nothing has
    /// happened is used again, under a new token too.
    pub(in crate::accounts) async fn restart(
        &self,
        turn: &mut Turn,
        visitor: &Visitor,
        flow: Flow,
    ) -> Result<(), Fault> {
        turn.flash = Flash::default();
        // What was only just made is new enough.
        if turn.anew {
            return Ok(());
        }
        if turn.row.is_empty() {
            turn.tx.forget_flow(&turn.row.id).await.map_err(stored)?;
            turn.named = None;
        } else if self.count_flow(&mut turn.tx, visitor, turn.now).await? {
            return Err(Fault::Busy { retry_after: RETRY_AFTER });
        }
        turn.token = self.dice.token();
        turn.row = self.new_row(visitor, flow, turn.first, &turn.token, turn.now);
        turn.untold = true;
        Ok(())
    }

    /// The line of a row at its first step that says that something got lost before. Forms from then may still come, and are
    /// taken: what they say is proven by what is typed into them alone.
    pub(in crate::accounts) fn lost(&self, row: &FlowRow, first: &str) -> Option<Notice> {
        let notice = self.flash(row).notice.filter(|_| row.step == first);
        notice.filter(|notice| matches!(notice, Notice::Gone | Notice::Anew | Notice::AnswerLost))
    }

    /// The token that a flow goes on under: it follows from the one before, what is kept in the row left behind, and the key.
    fn renewed_token(&self, token: &str, renewal: &str) -> String {
        self.keys.derived_token("flow", &format!("{token}:{renewal}"))
    }

    /// Goes on under a new token: whoever knew the one from before has no part in what has been proven now. The row of that
    /// one stays at the step where it was, so that a press whose answer gets lost can be made again (see [`Self::resume`]).
    pub(in crate::accounts) async fn renew(&self, turn: &mut Turn) -> Result<(), Fault> {
        // Nobody knows the token of a row that was only just made.
        let Some((token, mut left)) = turn.named.clone() else { return Ok(()) };
        if !left.renewal.is_empty() && left.reference == turn.row.reference {
            // What went on from here before bears that number.
            turn.row.reference = self.dice.reference();
        }
        if left.step == turn.row.step {
            left.flash = self.sealed(&Flash { notice: Some(Notice::AnswerLost), ..Flash::default() })?;
        }
        left.renewal = self.dice.id();
        turn.tx.put_flow(&left).await.map_err(stored)?;
        turn.token = self.renewed_token(&token, &left.renewal);
        turn.row.id = token_hash(&turn.token);
        turn.row.renewal = String::new();
        turn.untold = true;
        Ok(())
    }

    /// Goes on where an earlier press of the same form led to, if its row is `wanted`: the answer to it did not arrive. Only
    /// for a post that has proven the same again. Says whether there was one.
    pub(in crate::accounts) async fn resume(
        &self,
        turn: &mut Turn,
        flow: Flow,
        wanted: impl Fn(&FlowRow) -> bool,
    ) -> Result<bool, Fault> {
        let Some((token, left)) = turn.named.as_ref().filter(|(_, left)| !left.renewal.is_empty()) else {
            return Ok(false);
        };
        let token = self.renewed_token(token, &left.renewal);
        let found = turn.tx.hold_flow(&token_hash(&token)).await.map_err(stored)?;
        let Some(row) = found.map(|row| self.timed(flow, row, turn.now)).filter(wanted) else { return Ok(false) };
        turn.row = row;
        turn.token = token;
        turn.untold = true;
        turn.flash = Flash { notice: Some(Notice::Resumed), ..Flash::default() };
        Ok(true)
    }

    /// Whether the row has reached this end so lately that the answer to it may be asked for again.
    pub(in crate::accounts) fn ended_lately(&self, turn: &Turn, end: &str) -> bool {
        turn.row.step == end && turn.now < turn.row.stepped_at + self.limits.flow_idle_ms
    }

    /// A sign-in for this user ID in the browser; `again` says that the same press may have begun one before.
    pub(in crate::accounts) async fn lead_to_sign_in(
        &self,
        turn: &mut Turn,
        visitor: &Visitor,
        user_id: Option<String>,
        enrolling: bool,
        again: bool,
    ) -> Result<(), Fault> {
        if again {
            let there = self.flow_row(&mut turn.tx, visitor, Flow::SignIn, turn.now).await?;
            if there.is_some_and(|row| row.created_at >= turn.row.stepped_at) {
                return Ok(());
            }
        }
        // What they came here for is done: counted, and never refused.
        self.count_flow(&mut turn.tx, visitor, turn.now).await?;
        let token = self.dice.token();
        let row = self.new_row(visitor, Flow::SignIn, SignInStep::Password.as_str(), &token, turn.now);
        let row = FlowRow { user_id, enrolling, ..row };
        turn.tx.put_flow(&row).await.map_err(stored)?;
        visitor.jar.set(cookies::session_lifetime_cookie(cookies::flow_cookie(Flow::SignIn), &token));
        Ok(())
    }
}
