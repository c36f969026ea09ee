//! A3: the mail with the link, written, written again, and waited for.

use crate::mail::MailContent;
use crate::store::{CustomerRow, FlowRow, LinkRow, TokenHash, Tx};
use crate::use_cases::UseCaseError;
use crate::use_cases::enrolment::Enrolment;
use crate::use_cases::flow::{FlowTransaction, flow_move, required};
use app::port::Visitor;
use app::wire::{MailWait, Notice, Problem, Screen};
use rules::flow::{EnrolEvent, EnrolStep, LinkKind};
use rules::limits::{Limit, resend_wait_ms};

impl Enrolment<'_> {
    pub(super) async fn resend(&self, flow_tx: &mut FlowTransaction, visitor: &Visitor) -> Result<(), UseCaseError> {
        let wait =
            resend_wait_ms(required(&flow_tx.row, "sent_at", flow_tx.row.sent_at)?, flow_tx.now, &self.context.limits);
        if wait > 0 {
            flow_tx.problem(None, Problem::ResendAt(flow_tx.now + wait));
            return Ok(());
        }
        let link = match &flow_tx.row.link_id {
            Some(id) => flow_tx.tx.link_by_id(id).await?,
            None => None,
        };
        let (Some(hash), Some(customer)) = (link.and_then(|link| link.password_hash), self.customer_of(flow_tx).await?)
        else {
            // Its link was revoked by something newer: this procedure leads nowhere any more.
            flow_tx.on(EnrolEvent::Superseded);
            return Ok(());
        };
        let found = self.context.identity_check().identity_match(&mut flow_tx.tx, customer).await?;
        let same = found.address.as_ref().is_some_and(|(_, key)| Some(key) == flow_tx.row.user_key.as_ref());
        if found.account.is_some() || !same {
            flow_tx.tx.revoke_links_of(&found.customer.id, LinkKind::Enrolment, flow_tx.now).await?;
            flow_tx.on(EnrolEvent::RegistrationChanged);
            return Ok(());
        }
        if self.mail_link(flow_tx, visitor, &found.customer, hash).await? {
            flow_tx.on(EnrolEvent::Resent);
            flow_tx.flash.notice = Some(Notice::Resent(flow_tx.now));
        }
        Ok(())
    }

    /// Makes the newest link and its mail; older ones of the same customer stop working. Says whether one may go now.
    pub(super) async fn mail_link(
        &self,
        flow_tx: &mut FlowTransaction,
        visitor: &Visitor,
        customer: &CustomerRow,
        password_hash: String,
    ) -> Result<bool, UseCaseError> {
        let now = flow_tx.now;
        let row = &flow_tx.row;
        let user_id = required(row, "user_id", row.user_id.clone())?;
        let user_key = required(row, "user_key", row.user_key.clone())?;
        // Not by client address: who asks has just proven who they are.
        let counter = self.context.counter(Limit::EnrolmentMails, &user_key);
        if let Err(refused) = counter.count(&mut flow_tx.tx, &self.context.limits, now).await? {
            flow_tx.problem(None, refused.problem());
            return Ok(false);
        }
        // Flows before links, as everywhere: two at once wait for each other instead of for ever.
        if let Some(to) = flow_move(EnrolStep::Mail, EnrolEvent::Superseded) {
            flow_tx.tx.move_flows_of(&customer.id, Some(&flow_tx.row), to, now).await?;
        }
        flow_tx.tx.revoke_links_of(&customer.id, LinkKind::Enrolment, now).await?;
        let token = self.context.rng.token();
        let link = LinkRow {
            id: self.context.rng.id().into(),
            token_hash: TokenHash::of_token(&token),
            kind: LinkKind::Enrolment,
            reference: flow_tx.row.reference.clone(),
            customer_id: customer.id.clone(),
            account_id: None,
            user_id: user_id.clone(),
            user_key,
            flow_id: flow_tx.row.id.clone(),
            device: visitor.device.clone(),
            password_hash: Some(password_hash),
            created_at: now,
            expires_at: now + self.context.limits.link_life_ms,
            used_at: None,
            revoked_at: None,
            revocation: None,
            used_by: None,
        };
        flow_tx.tx.add_link(&link).await?;
        let content =
            MailContent::ConfirmEnrolment { token, asked_at: now, expires_at: link.expires_at, device: link.device };
        let reference = flow_tx.row.reference.clone();
        let mail_id = self.context.write(&mut flow_tx.tx, &content, &user_id, &reference, now).await?;
        flow_tx.row.link_id = Some(link.id);
        flow_tx.row.mail_id = Some(mail_id);
        flow_tx.row.sends += 1;
        flow_tx.row.sent_at = Some(now);
        Ok(true)
    }

    pub(super) async fn mail_screen(
        &self,
        tx: &mut Tx,
        row: &FlowRow,
        address: &str,
        sent_at: i64,
    ) -> Result<Screen, UseCaseError> {
        Ok(Screen::MailSent(MailWait {
            address: address.to_owned(),
            since: row.stepped_at,
            sent_at,
            expires_at: sent_at + self.context.limits.link_life_ms,
            resend_at: Some(sent_at + self.context.limits.resend_gap_ms),
            delivery: self.context.delivery(tx, row.mail_id.as_ref()).await?,
        }))
    }
}
