//! Sessions: opened by sign-in, ended by sign-out, another device, time, or a new password. Limits hold at the server.

use super::context::Context;
use super::flow::{EventOfFlow, step_of};
use super::{UseCaseError, cookies};
use crate::store::{
    AccountId, AccountRow, Actor, AuditEntry, AuditEvent, FlowId, FlowRow, MailKind, Reference, SessionEnd, SessionId,
    SessionRow, Tx,
};
use app::fault::Fault;
use app::port::{Answer, PublicSessionId, SetCookie, Visitor};
use app::wire::{Action, Flow, Form, Page, SESSION_ENDED, Screen};
use rules::flow::{EnrolEvent, FlowStep as _, InquiryEvent, ResetEvent, SignInEvent};

/// How stale "last seen" may be before it is written again, in milliseconds: not every page view is a write.
const SEEN_EVERY_MS: i64 = 60_000;

/// Who is signed in.
pub(super) struct SignedIn {
    pub session: SessionRow,
    pub account: AccountRow,
}

/// The sessions of those who are signed in.
pub(super) struct Sessions<'a> {
    context: &'a Context,
}

impl Context {
    pub(super) const fn sessions(&self) -> Sessions<'_> {
        Sessions { context: self }
    }
}

impl Sessions<'_> {
    /// Returns who is signed in with this browser, if anybody. A time that is still to come was written by a clock that was ahead: it is
    /// set to now. Nothing else is changed.
    pub(super) async fn signed_in(&self, visitor: &Visitor, now: i64) -> Result<Option<SignedIn>, UseCaseError> {
        let Some(token) = visitor.cookie(cookies::SESSION_COOKIE) else { return Ok(None) };
        let mut tx = self.context.store.begin_read().await?;
        let Some(mut session) =
            tx.session(&SessionId::of_token(token)).await?.filter(|session| self.is_open(session, now))
        else {
            return Ok(None);
        };
        let account = tx.account(&session.account_id).await?;
        drop(tx);
        if session.seen_at > now || session.created_at > now {
            self.see(&mut session, now).await?;
        }
        Ok(account.map(|account| SignedIn { session, account }))
    }

    /// Who is signed in, noting that they are still there.
    ///
    /// # Errors
    /// [`Fault::SignedOut`] when nobody is.
    pub(super) async fn require(&self, visitor: &Visitor, now: i64) -> Result<SignedIn, UseCaseError> {
        let mut found = self.signed_in(visitor, now).await?.ok_or(Fault::SignedOut)?;
        if found.session.seen_at + SEEN_EVERY_MS <= now || found.session.arrived_at.is_none() {
            self.see(&mut found.session, now).await?;
        }
        Ok(found)
    }

    /// Notes that the session was used.
    async fn see(&self, session: &mut SessionRow, now: i64) -> Result<(), UseCaseError> {
        let mut tx = self.context.store.begin().await?;
        tx.see_session(&session.id, now).await?;
        tx.commit().await?;
        session.seen_at = now;
        session.created_at = session.created_at.min(now);
        Ok(())
    }

    /// Tells the page when its session ends if nothing is done, and whether that end comes all the same.
    pub(super) fn tell_end(&self, page: &mut Page, session: &SessionRow) {
        let (idle, life) = (
            session.seen_at + self.context.limits.session_idle_ms,
            session.created_at + self.context.limits.session_life_ms,
        );
        page.ends_at = Some(idle.min(life));
        page.ends_for_good = life <= idle;
    }

    pub(super) async fn view(&self, visitor: &Visitor) -> Result<Page, UseCaseError> {
        let now = self.context.clock.now();
        let mut page = Page::new(Flow::Session, Screen::Session, now);
        match self.signed_in(visitor, now).await? {
            Some(found) => self.tell_end(&mut page, &found.session),
            None => page.redirect_to = Some(SESSION_ENDED.to_owned()),
        }
        Ok(page)
    }

    /// One press extends the session's idle time; the twelve hours stay.
    pub(super) async fn submit(&self, visitor: &Visitor, form: &Form) -> Result<Page, UseCaseError> {
        if form.asks_for(Action::Extend) {
            self.extend(visitor).await?;
        }
        self.view(visitor).await
    }

    pub(super) async fn extend(&self, visitor: &Visitor) -> Result<(), UseCaseError> {
        let now = self.context.clock.now();
        if let Some(mut found) = self.signed_in(visitor, now).await? {
            self.see(&mut found.session, now).await?;
        }
        Ok(())
    }

    pub(super) fn is_open(&self, session: &SessionRow, now: i64) -> bool {
        session.ended_at.is_none() && self.lives(session.seen_at, session.created_at, now)
    }

    /// Returns whether a session that was made and last used at these times is still open.
    pub(super) fn lives(&self, seen_at: i64, created_at: i64, now: i64) -> bool {
        now < seen_at + self.context.limits.session_idle_ms && now < created_at + self.context.limits.session_life_ms
    }

    pub(super) async fn open_of(
        &self,
        tx: &mut Tx,
        account_id: &AccountId,
        now: i64,
    ) -> Result<Vec<SessionRow>, UseCaseError> {
        tx.open_sessions(
            account_id,
            now - self.context.limits.session_idle_ms,
            now - self.context.limits.session_life_ms,
        )
        .await
        .map_err(UseCaseError::from)
    }

    /// Opens a session under this new token, which the browser has yet to be given; the one this browser had ends, and the oldest beyond five.
    pub(super) async fn open(
        &self,
        tx: &mut Tx,
        visitor: &Visitor,
        account_id: &AccountId,
        token: &str,
        now: i64,
    ) -> Result<(), UseCaseError> {
        if let Some(before) = visitor.cookie(cookies::SESSION_COOKIE) {
            tx.end_session(&SessionId::of_token(before), SessionEnd::Rotated, now).await?;
        }
        let open = self.open_of(tx, account_id, now).await?;
        let most = self.context.limits.sessions_at_once.saturating_sub(1) as usize;
        for oldest in open.iter().skip(most) {
            tx.end_session(&oldest.id, SessionEnd::TooMany, now).await?;
        }
        tx.add_session(&SessionRow {
            id: SessionId::of_token(token),
            public_id: self.context.rng.id(),
            account_id: account_id.to_owned(),
            device: visitor.device.clone(),
            created_at: now,
            seen_at: now,
            ended_at: None,
            end: None,
            arrived_at: None,
        })
        .await?;
        Ok(())
    }

    /// Signs out: ended at the server, the cookie taken back.
    pub(super) async fn sign_out(&self, visitor: &Visitor) -> Result<Answer<()>, UseCaseError> {
        let now = self.context.clock.now();
        if let Some(found) = self.signed_in(visitor, now).await? {
            let mut tx = self.context.store.begin().await?;
            tx.end_session(&found.session.id, SessionEnd::SignedOut, now).await?;
            let (reference, end) = (self.context.rng.reference(), SessionEnd::SignedOut.as_str());
            self.audit(&mut tx, AuditEvent::SessionEnded, &found.account, &reference, end, now).await?;
            tx.commit().await?;
        }
        let mut forgotten = vec![cookies::deleted(cookies::SESSION_COOKIE), cookies::deleted(cookies::LINK_COOKIE)];
        for flow in Flow::ALL.iter().copied().filter(|flow| flow.has_row()) {
            forgotten.extend(self.end_flow(visitor, flow, now).await?);
        }
        Ok(Answer { value: (), cookies: forgotten })
    }

    /// Ends this browser's procedure in a flow, so that its page says nothing of anybody any more. A link that was mailed for it
    /// still works: it belongs to whoever holds the mailbox.
    async fn end_flow(&self, visitor: &Visitor, flow: Flow, now: i64) -> Result<Option<SetCookie>, UseCaseError> {
        let cookie = cookies::flow_cookie(flow);
        let Some(token) = visitor.cookie(cookie) else { return Ok(None) };
        let forgotten = Some(cookies::deleted(cookie));
        // Each in a transaction of its own: flows of one browser are held in no order.
        let mut tx = self.context.store.begin().await?;
        let held = tx.lock_flow(&FlowId::of_token(token)).await?;
        let Some(row) = held.filter(|row| row.kind == flow.as_str()) else { return Ok(forgotten) };
        let step = match flow {
            Flow::Enrol => step_after(&row, EnrolEvent::SignedOut),
            Flow::UserId => step_after(&row, InquiryEvent::SignedOut),
            Flow::PasswordReset => step_after(&row, ResetEvent::SignedOut),
            Flow::SignIn => step_after(&row, SignInEvent::SignedOut),
            Flow::Link | Flow::Account | Flow::Session => None,
        };
        let Some(step) = step else { return Ok(forgotten) };
        if flow == Flow::SignIn {
            tx.drop_mails(&row.reference, MailKind::AuthCode, now).await?;
        }
        let ended = FlowRow {
            step: step.to_owned(),
            stepped_at: now,
            user_id: None,
            user_key: None,
            phone: String::new(),
            flash: String::new(),
            renewal: String::new(),
            ..row
        };
        tx.put_flow(&ended).await?;
        tx.commit().await?;
        Ok(forgotten)
    }

    /// Ends one other session of the account, or all others.
    pub(super) async fn end_other(
        &self,
        visitor: &Visitor,
        public_id: Option<&PublicSessionId>,
    ) -> Result<(), UseCaseError> {
        let now = self.context.clock.now();
        let found = self.require(visitor, now).await?;
        let mut tx = self.context.store.begin().await?;
        match public_id {
            Some(public_id) => {
                let open = self.open_of(&mut tx, &found.account.id, now).await?;
                let named =
                    open.iter().find(|session| session.public_id == public_id.0 && session.id != found.session.id);
                // One that is over already, or never was theirs: there is nothing to end.
                let Some(named) = named else { return Ok(()) };
                tx.end_session(&named.id, SessionEnd::EndedByOwner, now).await?;
            }
            None => {
                let own = Some(&found.session.id);
                if tx.end_sessions_of(&found.account.id, own, SessionEnd::EndedByOwner, now).await? == 0 {
                    return Ok(());
                }
            }
        }
        let (reference, end) = (self.context.rng.reference(), SessionEnd::EndedByOwner.as_str());
        self.audit(&mut tx, AuditEvent::SessionEnded, &found.account, &reference, end, now).await?;
        tx.commit().await.map_err(UseCaseError::from)
    }

    pub(super) async fn audit(
        &self,
        tx: &mut Tx,
        event: AuditEvent,
        account: &AccountRow,
        reference: &Reference,
        detail: &str,
        now: i64,
    ) -> Result<(), UseCaseError> {
        let entry = AuditEntry {
            event,
            actor: Actor::Customer,
            customer_id: Some(&account.customer_id),
            account_id: Some(&account.id),
            reference,
            detail,
        };
        tx.audit(&self.context.rng.id(), &entry, now).await.map_err(UseCaseError::from)
    }
}

/// Returns the word of the step to which an event leads a row.
fn step_after<Event: EventOfFlow>(row: &FlowRow, event: Event) -> Option<&'static str> {
    event.after(step_of(row)).map(|step| step.word())
}
