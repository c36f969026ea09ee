//! What a reset link does: the new password, with a second proof where that is configured.

use super::MailedLink;
use super::browser::{began_here, browser_of};
use crate::config::ResetProof;
use crate::mail::MailContent;
use crate::store::{AuditEvent, LinkRow, SessionEnd, TokenHash};
use crate::use_cases::counters::Refused;
use crate::use_cases::{UseCaseError, cookies};
use app::form_checks;
use app::port::{Answer, Visitor};
use app::wire::{Field, FieldProblem, Form, Page, PasswordAbout, Problem};
use rules::flow::{LinkKind, LinkState, ResetEvent, ResetStep};
use rules::limits::Limit;

impl MailedLink<'_> {
    /// Sets the new password: all sessions end, nobody is signed in, a notice goes out.
    pub(super) async fn reset_password(
        &self,
        visitor: &Visitor,
        token: &str,
        form: &Form,
    ) -> Result<Answer<Page>, UseCaseError> {
        let now = self.context.clock.now();
        let hash_of_token = TokenHash::of_token(token);
        let mut tx = self.context.store.begin_read().await?;
        let link = tx.link(&hash_of_token).await?;
        let Some(link) = link.filter(|link| link.kind == LinkKind::Reset && link.state(now) == LinkState::Live) else {
            drop(tx);
            return Ok(self.unchanged(visitor, now).await?.into());
        };
        let about = self.context.password_about(&mut tx, Some(&link.customer_id), Some(&link.user_id)).await?;
        drop(tx);
        // The password is judged only once the phone is proven: its rules know the phones, and would tell them.
        let problem = match self.context.account_settings.reset_proof {
            ResetProof::Phone => self.prove_phone(&link, form, &about.phones, now).await?,
            ResetProof::None => None,
        };
        let problem = match problem {
            Some(problem) => Some(FieldProblem { field: Some(Field::Phone), problem }),
            None => self.refuse_password(&link, form, &about, now).await?,
        };
        if let Some(problem) = problem {
            let mut page = self.after(visitor, &link, now).await?;
            page.problems = vec![problem];
            page.old_input = vec![(Field::Phone, form.field(Field::Phone).to_owned())];
            return Ok(page.into());
        }
        let password = form.field(Field::NewPassword).to_owned();
        let hash = self.context.passwords.hash(password, &*self.context.rng).await?;
        let mut tx = self.context.store.begin().await?;
        self.lock_before_link(&mut tx, token).await?;
        // Before the link: every change of an account holds it first, and what counts its codes before that. A reset lifts that
        // lock too.
        let held = match &link.account_id {
            Some(account_id) => {
                self.context.counter(Limit::WrongCodes, account_id).clear(&mut tx).await?;
                tx.lock_account(account_id).await?
            }
            None => None,
        };
        // The registered address may have changed while the link was written: then this mailbox proves nothing any more.
        let Some(account) = held.filter(|account| account.user_key == link.user_key) else {
            drop(tx);
            return Ok(self.supersede(visitor, token, now).await?.into());
        };
        let browsers = tx.known_browsers(&account.id).await?;
        // Not before the account is held: whoever passed the first step meanwhile came with the old password.
        let now = self.context.clock.now();
        let Some(link) = tx.consume_link(&hash_of_token, LinkKind::Reset, &browser_of(visitor), now).await? else {
            drop(tx);
            return Ok(self.unchanged(visitor, now).await?.into());
        };
        tx.set_password(&account.id, &hash, now).await?;
        tx.end_sessions_of(&account.id, None, SessionEnd::PasswordReset, now).await?;
        tx.revoke_links_of(&link.customer_id, LinkKind::Reset, now).await?;
        for counter in self.context.counter(Limit::WrongPasswords, &link.user_key).parts(&browsers) {
            counter.clear(&mut tx).await?;
        }
        // Only in this browser: to anybody else who asked for a reset it would tell that there is an account.
        if began_here(visitor, &link) {
            self.context
                .flows()
                .move_on(&mut tx, &link.flow_id, ResetStep::Sent, ResetEvent::PasswordChanged, now)
                .await?;
        }
        let content = MailContent::PasswordChanged { at: now, device: visitor.device.clone(), everywhere: true };
        self.context.write(&mut tx, &content, &link.user_id, &link.reference, now).await?;
        self.audit_link(&mut tx, AuditEvent::PasswordChanged, &link, Some(&account.id), now).await?;
        let page = self.page_of_link(&mut tx, visitor, &link, now).await?;
        tx.commit().await?;
        self.context.outbox_wakeup.notify_one();
        Ok(Answer { value: page, cookies: vec![cookies::deleted(cookies::SESSION_COOKIE)] })
    }

    /// What is wrong with the new password. Refusals are counted: asked often enough, the rules would tell what is on file.
    async fn refuse_password(
        &self,
        link: &LinkRow,
        form: &Form,
        about: &PasswordAbout,
        now: i64,
    ) -> Result<Option<FieldProblem>, UseCaseError> {
        let Some(problem) = form_checks::new_password(form.field(Field::NewPassword), about) else { return Ok(None) };
        let mut tx = self.context.store.begin().await?;
        let counted =
            self.context.counter(Limit::LinkPasswords, &link.id).count(&mut tx, &self.context.limits, now).await;
        let problem = counted?.map_or_else(Refused::problem, |_| problem);
        tx.commit().await?;
        Ok(Some(FieldProblem { field: Some(Field::NewPassword), problem }))
    }

    /// The second proof, where it is configured. Counted like a wrong identity check of the link's account.
    async fn prove_phone(
        &self,
        link: &LinkRow,
        form: &Form,
        phones: &[String],
        now: i64,
    ) -> Result<Option<Problem>, UseCaseError> {
        let phone = match form_checks::phone(form) {
            Ok(phone) => phone,
            Err(problem) => return Ok(Some(problem)),
        };
        let counter = self.context.counter(Limit::LinkPhones, &link.id);
        let right = phones.iter().any(|known| known == phone.as_str());
        let mut tx = self.context.store.begin().await?;
        let counted = counter.count(&mut tx, &self.context.limits, now).await?;
        if right && counted.is_ok() {
            counter.undo(&mut tx).await?;
        }
        tx.commit().await?;
        Ok(match counted {
            Err(refused) => Some(refused.problem()),
            Ok(_) if right => None,
            Ok(_) => Some(Problem::WrongPhone),
        })
    }
}
