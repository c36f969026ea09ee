//! What an enrolment link does: the account is made.

use super::MailedLink;
use super::browser::browser_of;
use crate::mail::MailContent;
use crate::store::{AccountRow, AuditEvent, TokenHash};
use crate::use_cases::UseCaseError;
use app::port::Visitor;
use app::wire::{LinkKind, Page};
use rules::flow::{EnrolEvent, EnrolStep};

impl MailedLink<'_> {
    /// Creates the account: link, account, flow, notice and audit line in one transaction. Of many at once exactly one wins.
    pub(super) async fn confirm_enrolment(&self, visitor: &Visitor, token: &str) -> Result<Page, UseCaseError> {
        let now = self.context.clock.now();
        let mut tx = self.context.store.begin().await?;
        self.lock_before_link(&mut tx, token).await?;
        let used_by = browser_of(visitor);
        let consumed = tx.consume_link(&TokenHash::of_token(token), LinkKind::Enrolment, &used_by, now).await?;
        let Some(link) = consumed else {
            drop(tx);
            return self.unchanged(visitor, now).await;
        };
        let customer = tx.customer(&link.customer_id).await?;
        // The registered address may have changed since the mail was sent: then this mailbox proves nothing any more.
        let still_theirs =
            customer.as_ref().is_some_and(|customer| customer.email_key.as_deref() == Some(link.user_key.as_str()));
        let account = AccountRow {
            id: self.context.rng.id().into(),
            customer_id: link.customer_id.clone(),
            user_id: link.user_id.clone(),
            user_key: link.user_key.clone(),
            password_hash: link.password_hash.clone().unwrap_or_default(),
            created_at: now,
            password_at: now,
        };
        if !still_theirs || account.password_hash.is_empty() || !tx.add_account(&account).await? {
            drop(tx);
            return self.supersede(visitor, token, now).await;
        }
        tx.erase_link_password(&link.id).await?;
        self.context.flows().move_on(&mut tx, &link.flow_id, EnrolStep::Mail, EnrolEvent::LinkConfirmed, now).await?;
        self.context
            .write(&mut tx, &MailContent::AccountCreated { at: now }, &account.user_id, &link.reference, now)
            .await?;
        self.audit_link(&mut tx, AuditEvent::UserCreated, &link, Some(&account.id), now).await?;
        let page = self.page_of_link(&mut tx, visitor, &link, now).await?;
        tx.commit().await?;
        self.context.outbox_wakeup.notify_one();
        Ok(page)
    }
}
