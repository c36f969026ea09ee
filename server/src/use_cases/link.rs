//! The page of a mailed link. Opening it changes nothing; one post consumes it.

mod browser;
mod enrolment;
mod reset;

use self::browser::{began_here, used_here};
use super::context::Context;
use super::cookies::OpenedLink;
use super::{UseCaseError, cookies};
use crate::config::ResetProof;
use crate::store::{AccountId, Actor, AuditEntry, AuditEvent, LinkRow, Revocation, TokenHash, Tx};
use app::port::{Answer, Visitor};
use app::wire::{Action, EndReason, Flow, Form, LinkKind, LinkSubject, Notice, Page, Screen, StepName};
use rules::flow::{EnrolEvent, EnrolStep, LinkState, SignInStep};
use rules::limits::Limit;

/// The page of a mailed link.
pub(super) struct MailedLink<'a> {
    context: &'a Context,
}

impl Context {
    pub(super) const fn mailed_link(&self) -> MailedLink<'_> {
        MailedLink { context: self }
    }
}

impl MailedLink<'_> {
    pub(super) async fn view(&self, visitor: &Visitor) -> Result<Page, UseCaseError> {
        let now = self.context.clock.now();
        let mut tx = self.context.store.begin_read().await?;
        self.link_page(&mut tx, visitor, now).await
    }

    pub(super) async fn submit(&self, visitor: &Visitor, form: &Form) -> Result<Answer<Page>, UseCaseError> {
        let Some(token) = cookies::link_token(visitor).map(ToOwned::to_owned) else {
            return Ok(self.view(visitor).await?.into());
        };
        if self.is_other_link(&token, form).await? {
            let mut page = self.view(visitor).await?;
            page.notice = Some(Notice::Stale);
            return Ok(page.into());
        }
        match (form.step(), form.action()) {
            (Some(StepName::Confirm), Some(Action::Submit)) => {
                Ok(self.confirm_enrolment(visitor, &token).await?.into())
            }
            (Some(StepName::NewPassword), Some(Action::Submit)) => self.reset_password(visitor, &token, form).await,
            (Some(StepName::Confirm | StepName::NewPassword), Some(Action::Disown)) => {
                Ok(self.disown(visitor, &token).await?.into())
            }
            // Nothing was begun: the link stays what it is.
            (Some(StepName::NewPassword), Some(Action::Abandon)) => {
                let mut page = self.view(visitor).await?;
                page.redirect_to = Some("/".to_owned());
                Ok(page.into())
            }
            (Some(StepName::LinkDone), Some(Action::Submit)) => self.link_to_sign_in(visitor, &token).await,
            _ => {
                let mut page = self.view(visitor).await?;
                page.notice = Some(Notice::Stale);
                Ok(page.into())
            }
        }
    }

    /// Whether the form was made for another link than the one this browser opened last.
    async fn is_other_link(&self, token: &str, form: &Form) -> Result<bool, UseCaseError> {
        let mut tx = self.context.store.begin_read().await?;
        let link = tx.link(&TokenHash::of_token(token)).await?;
        drop(tx);
        let now = self.context.clock.now();
        if link.as_ref().is_some_and(|link| link.created_at > now) {
            let mut tx = self.context.store.begin().await?;
            tx.settle_link(&TokenHash::of_token(token), now).await?;
            tx.commit().await?;
        }
        Ok(link.is_some_and(|link| !form.is_for(link.reference.as_str())))
    }

    async fn link_page(&self, tx: &mut Tx, visitor: &Visitor, now: i64) -> Result<Page, UseCaseError> {
        let link = match cookies::link_token(visitor) {
            Some(token) => tx.link(&TokenHash::of_token(token)).await?,
            None => None,
        };
        let Some(mut link) = link else {
            return Ok(Page::new(Flow::Link, Screen::Ended(EndReason::LinkUnknown), now));
        };
        link.settle(now);
        self.page_of_link(tx, visitor, &link, now).await
    }

    async fn page_of_link(
        &self,
        tx: &mut Tx,
        visitor: &Visitor,
        link: &LinkRow,
        now: i64,
    ) -> Result<Page, UseCaseError> {
        let kind = link.kind;
        let screen = match link.state(now) {
            LinkState::Live => {
                let request = LinkSubject {
                    kind,
                    user_id: link.user_id.clone(),
                    asked_at: link.created_at,
                    expires_at: link.expires_at,
                    device: link.device.clone(),
                };
                // What is on file about the customer is not for whoever holds the mailbox: the server alone judges by it.
                let mut about = self.context.password_about(tx, Some(&link.customer_id), Some(&link.user_id)).await?;
                about.kana.clear();
                about.phones.clear();
                match kind {
                    LinkKind::Enrolment => Screen::LinkConfirm(request),
                    LinkKind::Reset => Screen::LinkNewPassword {
                        request,
                        about,
                        phone: self.context.account_settings.reset_proof == ResetProof::Phone,
                    },
                }
            }
            LinkState::Used if used_here(visitor, link) && self.is_recent(link, now) => {
                Screen::LinkDone { kind, user_id: link.user_id.clone(), here: began_here(visitor, link) }
            }
            LinkState::Used => Screen::Ended(EndReason::LinkUsed),
            LinkState::Expired => Screen::Ended(EndReason::LinkExpired),
            LinkState::Superseded => {
                let newer = tx.has_newer_link(&link.customer_id, link.kind, link.created_at).await?;
                Screen::Ended(if newer { EndReason::LinkNewer } else { EndReason::LinkReplaced })
            }
            LinkState::Disowned => Screen::LinkDisowned { kind },
        };
        let mut page = Page::new(Flow::Link, screen, now);
        page.reference = Some(link.reference.to_string());
        page.link = Some(kind);
        Ok(page)
    }

    /// Whether a link did its work so lately that its page may still say for whom.
    fn is_recent(&self, link: &LinkRow, now: i64) -> bool {
        link.used_at.is_some_and(|used_at| now < used_at + self.context.limits.flow_idle_ms)
    }

    /// The page of a link that stays what it is.
    async fn after(&self, visitor: &Visitor, link: &LinkRow, now: i64) -> Result<Page, UseCaseError> {
        let mut tx = self.context.store.begin_read().await?;
        self.page_of_link(&mut tx, visitor, link, now).await
    }

    /// After a post that changed nothing: the link's page says why. Where it did its work before in this browser, the answer to
    /// that press did not arrive.
    async fn unchanged(&self, visitor: &Visitor, now: i64) -> Result<Page, UseCaseError> {
        let mut tx = self.context.store.begin_read().await?;
        let mut page = self.link_page(&mut tx, visitor, now).await?;
        page.notice = matches!(page.screen, Screen::LinkDone { .. }).then_some(Notice::Resumed);
        Ok(page)
    }

    /// From the link that did its work here on to sign-in, with the user ID filled in. Where the enrolment began in this
    /// browser too, it is complete.
    async fn link_to_sign_in(&self, visitor: &Visitor, token: &str) -> Result<Answer<Page>, UseCaseError> {
        let now = self.context.clock.now();
        let mut tx = self.context.store.begin().await?;
        let link = tx.link(&TokenHash::of_token(token)).await?;
        let done = link.filter(|link| used_here(visitor, link) && self.is_recent(link, now));
        let Some(link) = done else {
            drop(tx);
            let mut page = self.view(visitor).await?;
            page.notice = Some(Notice::Stale);
            return Ok(page.into());
        };
        if began_here(visitor, &link) {
            self.context
                .flows()
                .move_on(&mut tx, &link.flow_id, EnrolStep::Created, EnrolEvent::Proceeded, now)
                .await?;
        }
        let cookie = self.context.rng.token();
        let mut row = self.context.flows().new_row(visitor, Flow::SignIn, SignInStep::Password, &cookie, now);
        row.user_id = Some(link.user_id.clone());
        row.enrolling = link.kind == LinkKind::Enrolment;
        // What they came here for is done: counted, and never refused.
        self.context.flows().count_flow(&mut tx, visitor, now).await?;
        tx.put_flow(&row).await?;
        let mut page = self.page_of_link(&mut tx, visitor, &link, now).await?;
        tx.commit().await?;
        page.redirect_to = Some(Flow::SignIn.address().to_owned());
        let cookies = vec![
            cookies::flow_token_cookie(Flow::SignIn, &cookie),
            // From here on its page does not say any more for whom it was.
            OpenedLink { token, browser: "" }.cookie(),
        ];
        Ok(Answer { value: page, cookies })
    }

    /// 「心当たりがない」: the link stops working, and the screen that asked for it says so.
    async fn disown(&self, visitor: &Visitor, token: &str) -> Result<Page, UseCaseError> {
        let now = self.context.clock.now();
        let mut tx = self.context.store.begin().await?;
        let named = self.lock_before_link(&mut tx, token).await?;
        let mails = named.map(|link| {
            let limit = match link.kind {
                LinkKind::Enrolment => Limit::EnrolmentMails,
                LinkKind::Reset => Limit::ResetMails,
            };
            self.context.counter(limit, &link.user_key)
        });
        if let Some(mails) = &mails {
            // Whoever writes such a mail holds this before the links.
            mails.hold(&mut tx, now).await?;
        }
        let revoked = tx.revoke_link(&TokenHash::of_token(token), Revocation::Disowned, now).await?;
        if let (Some(link), Some(mails)) = (&revoked, &mails) {
            self.context.flows().move_on(&mut tx, &link.flow_id, EnrolStep::Mail, EnrolEvent::Disowned, now).await?;
            self.audit_link(&mut tx, AuditEvent::LinkDisowned, link, link.account_id.as_ref(), now).await?;
            // What somebody else asked for does not use up the owner's mails.
            mails.undo(&mut tx).await?;
        }
        self.revoked(tx, visitor, revoked, now).await
    }

    /// Revokes a link that was mailed to an address which is not the person's any more. The screen that waits for it says so too.
    async fn supersede(&self, visitor: &Visitor, token: &str, now: i64) -> Result<Page, UseCaseError> {
        let mut tx = self.context.store.begin().await?;
        self.lock_before_link(&mut tx, token).await?;
        let revoked = tx.revoke_link(&TokenHash::of_token(token), Revocation::Superseded, now).await?;
        if let Some(link) = &revoked {
            let event = EnrolEvent::RegistrationChanged;
            self.context.flows().move_on(&mut tx, &link.flow_id, EnrolStep::Mail, event, now).await?;
        }
        self.revoked(tx, visitor, revoked, now).await
    }

    /// Commits after a link was revoked, if one was.
    async fn revoked(
        &self,
        mut tx: Tx,
        visitor: &Visitor,
        revoked: Option<LinkRow>,
        now: i64,
    ) -> Result<Page, UseCaseError> {
        let page = match &revoked {
            Some(link) => Some(self.page_of_link(&mut tx, visitor, link, now).await?),
            None => None,
        };
        tx.commit().await?;
        match page {
            Some(page) => Ok(page),
            None => self.unchanged(visitor, now).await,
        }
    }

    /// Locks what the link belongs to, before the link itself: the flow that asked for it, and before that the customer who enrols, so
    /// that no other address is registered meanwhile. Posts of that flow take them in the same order, so that neither waits for the
    /// other for ever. Returns the link as it was found.
    async fn lock_before_link(&self, tx: &mut Tx, token: &str) -> Result<Option<LinkRow>, UseCaseError> {
        let link = tx.link(&TokenHash::of_token(token)).await?;
        if let Some(link) = &link {
            if link.kind == LinkKind::Enrolment {
                tx.lock_customer(&link.customer_id).await?;
            }
            tx.lock_flow(&link.flow_id).await?;
        }
        Ok(link)
    }

    async fn audit_link(
        &self,
        tx: &mut Tx,
        event: AuditEvent,
        link: &LinkRow,
        account_id: Option<&AccountId>,
        now: i64,
    ) -> Result<(), UseCaseError> {
        let entry = AuditEntry {
            event,
            actor: Actor::Customer,
            customer_id: Some(&link.customer_id),
            account_id,
            reference: &link.reference,
            detail: link.kind.as_str(),
        };
        tx.audit(&self.context.rng.id(), &entry, now).await.map_err(UseCaseError::from)
    }
}
