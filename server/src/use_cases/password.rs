//! Changing the password inside the portal: the present one as proof, the other sessions end, a notice goes out.

use super::context::Context;
use super::{UseCaseError, cookies};
use crate::mail::MailContent;
use crate::metrics;
use crate::secret::Purpose;
use crate::store::{AccountRow, AuditEvent, CounterRow, SessionEnd, SessionId, SessionRow};
use app::fault::Fault;
use app::form_checks;
use app::port::{Answer, Visitor};
use app::wire::{Action, Field, FieldProblem, Flow, Form, Notice, PASSWORD_CHANGED, Page, Problem, Screen, StepName};
use rules::flow::LinkKind;
use rules::limits::{Limit, password_wait_ms};

/// What comparing with the account's password came to.
enum Tried {
    /// It is the one; the count as it was before.
    Right(CounterRow),
    Wrong,
    /// Not looked at: no try before this time.
    Wait(i64),
}

/// The password change in the portal.
pub(super) struct PasswordChange<'a> {
    context: &'a Context,
}

impl Context {
    pub(super) const fn password_change(&self) -> PasswordChange<'_> {
        PasswordChange { context: self }
    }
}

impl PasswordChange<'_> {
    pub(super) async fn view(&self, visitor: &Visitor) -> Result<Page, UseCaseError> {
        let now = self.context.clock.now();
        // The page looks by itself: that is not a sign that anybody is there.
        let found = self.context.sessions().signed_in(visitor, now).await?.ok_or(Fault::SignedOut)?;
        let mut tx = self.context.store.begin_read().await?;
        let about = self
            .context
            .password_about(&mut tx, Some(&found.account.customer_id), Some(&found.account.user_id))
            .await?;
        let mut page = Page::new(Flow::Account, Screen::ChangePassword(about), now);
        self.context.sessions().tell_end(&mut page, &found.session);
        Ok(page)
    }

    pub(super) async fn submit(&self, visitor: &Visitor, form: &Form) -> Result<Answer<Page>, UseCaseError> {
        if form.asks_for(Action::Extend) {
            self.context.sessions().extend(visitor).await?;
            return Ok(self.view(visitor).await?.into());
        }
        let change = (form.step(), form.action()) == (Some(StepName::ChangePassword), Some(Action::Submit));
        let found = match self.context.sessions().require(visitor, self.context.clock.now()).await {
            Err(UseCaseError::Fault(Fault::SignedOut)) if change => return self.changed_before(visitor, form).await,
            found => found?,
        };
        let mut page = self.view(visitor).await?;
        if !change {
            page.notice = Some(Notice::Stale);
            return Ok(page.into());
        }
        let Screen::ChangePassword(about) = &page.screen else { return Err(Fault::Internal.into()) };
        let now = page.now;
        let current = form.field(Field::Password);
        let chosen = form.field(Field::NewPassword);
        let problems = form_checks::password_change(form, about);
        if !problems.is_empty() {
            page.problems = problems;
            return Ok(page.into());
        }
        let counter = self.context.counter(Limit::WrongPresentPasswords, &found.account.id);
        let before = match self.try_current(&found.account, current, now).await? {
            Tried::Right(before) => before,
            Tried::Wrong => {
                let problem = Problem::WrongCurrentPassword;
                page.problems.push(FieldProblem { field: Some(Field::Password), problem });
                return Ok(page.into());
            }
            Tried::Wait(until) => {
                page.problems.push(FieldProblem { field: Some(Field::Password), problem: Problem::WaitUntil(until) });
                return Ok(page.into());
            }
        };
        let hash = match self.context.passwords.hash(chosen.to_owned(), &*self.context.rng).await {
            Ok(hash) => hash,
            Err(fault) => {
                self.context.uncount(&counter, before).await?;
                return Err(fault.into());
            }
        };
        let mut tx = self.context.store.begin().await?;
        // A reset, or 「ほかの端末をログアウト」, may have come between.
        let held = tx.lock_account(&found.account.id).await?;
        let open =
            tx.session(&found.session.id).await?.is_some_and(|session| self.context.sessions().is_open(&session, now));
        // Not before the account is held: whoever passed the first step meanwhile came with the old password.
        let now = self.context.clock.now();
        if !open || held.is_none_or(|held| held.password_at != found.account.password_at) {
            drop(tx);
            return self.changed_before(visitor, form).await;
        }
        tx.set_password(&found.account.id, &hash, now).await?;
        tx.end_sessions_of(&found.account.id, None, SessionEnd::PasswordChanged, now).await?;
        // The session at hand goes on under a new token.
        let token = self.token_after_change(visitor, &found.session);
        self.context.sessions().open(&mut tx, visitor, &found.account.id, &token, now).await?;
        tx.revoke_links_of(&found.account.customer_id, LinkKind::Reset, now).await?;
        counter.clear(&mut tx).await?;
        let reference = self.context.rng.reference();
        let content = MailContent::PasswordChanged { at: now, device: visitor.device.clone(), everywhere: false };
        self.context.write(&mut tx, &content, &found.account.user_id, &reference, now).await?;
        self.context
            .sessions()
            .audit(&mut tx, AuditEvent::PasswordChanged, &found.account, &reference, &visitor.device, now)
            .await?;
        tx.commit().await?;
        self.context.outbox_wakeup.notify_one();
        // The list of sessions around the form has changed too.
        page.redirect_to = Some(PASSWORD_CHANGED.to_owned());
        let cookies = vec![cookies::session_cookie(&token), cookies::deleted(cookies::flow_cookie(Flow::SignIn))];
        Ok(Answer { value: page, cookies })
    }

    /// The token that a session goes on under when its password is changed: it follows from the one before, so that the same press
    /// can be answered once more.
    fn token_after_change(&self, visitor: &Visitor, session: &SessionRow) -> String {
        let token = visitor.cookie(cookies::SESSION_COOKIE).unwrap_or_default();
        self.context.keys.derived_token(Purpose::Session, &format!("{token}:{}", session.public_id))
    }

    /// The same press once more, as the answer that carried the session's new token did not arrive: whoever names the new password
    /// gets it, as long as it has never come back.
    async fn changed_before(&self, visitor: &Visitor, form: &Form) -> Result<Answer<Page>, UseCaseError> {
        let now = self.context.clock.now();
        let Some(token) = visitor.cookie(cookies::SESSION_COOKIE) else { return Err(Fault::SignedOut.into()) };
        let mut tx = self.context.store.begin_read().await?;
        let before = tx.session(&SessionId::of_token(token)).await?;
        let before = before.filter(|session| session.end == Some(SessionEnd::PasswordChanged));
        let Some(before) = before else { return Err(Fault::SignedOut.into()) };
        let token = self.token_after_change(visitor, &before);
        let session = tx.session(&SessionId::of_token(&token)).await?;
        let session =
            session.filter(|session| session.arrived_at.is_none() && self.context.sessions().is_open(session, now));
        let account = tx.account(&before.account_id).await?;
        drop(tx);
        let (Some(_), Some(account)) = (session, account) else { return Err(Fault::SignedOut.into()) };
        let chosen = form.field(Field::NewPassword);
        let Tried::Right(_) = self.try_current(&account, chosen, now).await? else {
            return Err(Fault::SignedOut.into());
        };
        let mut tx = self.context.store.begin().await?;
        self.context.counter(Limit::WrongPresentPasswords, &account.id).clear(&mut tx).await?;
        tx.commit().await?;
        let mut page = Page::new(Flow::Account, Screen::Session, now);
        page.redirect_to = Some(PASSWORD_CHANGED.to_owned());
        Ok(Answer { value: page, cookies: vec![cookies::session_cookie(&token)] })
    }

    /// Compares what was typed with the account's password. Counted before it is looked at.
    async fn try_current(&self, account: &AccountRow, typed: &str, now: i64) -> Result<Tried, UseCaseError> {
        let counter = self.context.counter(Limit::WrongPresentPasswords, &account.id);
        let mut tx = self.context.store.begin().await?;
        let before = counter.hold(&mut tx, now).await?;
        // Who is signed in needs no reset: after the longest wait there is another try.
        let wait = before.last.saturating_add(password_wait_ms(before.count(), &self.context.limits));
        if wait > now {
            metrics::refused_by(Limit::WrongPresentPasswords);
            return Ok(Tried::Wait(wait));
        }
        counter.add(&mut tx, &self.context.limits, now).await?;
        tx.commit().await?;
        match self
            .context
            .passwords
            .verify(typed.to_owned(), Some(&account.password_hash), self.context.passwords.hashing())
            .await
        {
            Ok(true) => Ok(Tried::Right(before)),
            Ok(false) => Ok(Tried::Wrong),
            Err(fault) => {
                self.context.uncount(&counter, before).await?;
                Err(fault.into())
            }
        }
    }
}
