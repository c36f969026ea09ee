//! A3: the mail with the link, written, written again, and waited for.

use crate::accounts::progress::Turn;
use crate::accounts::{Accounts, stored};
use crate::mail::Letter;
use crate::secret::token_hash;
use crate::store::{CustomerRow, FlowRow, LinkRow, Tx};
use app::fault::Fault;
use app::port::Visitor;
use app::wire::{MailWait, Notice, Problem, Screen};
use rules::flow::{EnrolEvent, EnrolStep};
use rules::limits::{Limit, resend_wait_ms};

impl Accounts {
    pub(super) async fn enrol_resend(&self, turn: &mut Turn, visitor: &Visitor) -> Result<(), Fault> {
        let wait = resend_wait_ms(turn.row.sent_at.unwrap_or(0), turn.now, &self.limits);
        if wait > 0 {
            turn.problem(None, Problem::ResendAt(turn.now + wait));
            return Ok(());
        }
        let link = match &turn.row.link_id {
            Some(id) => turn.tx.link_by_id(id).await.map_err(stored)?,
            None => None,
        };
        let (Some(hash), Some(customer)) = (link.and_then(|link| link.password_hash), self.customer_of(turn).await?)
        else {
            // Its link was voided by something newer: this procedure leads nowhere any more.
            turn.on(EnrolEvent::Superseded);
            return Ok(());
        };
        let found = self.standing(&mut turn.tx, customer).await?;
        let same = found.address.as_ref().is_some_and(|(_, key)| Some(key) == turn.row.user_key.as_ref());
        if found.account.is_some() || !same {
            turn.tx.void_links_of(&found.customer.id, "enrolment", turn.now).await.map_err(stored)?;
            turn.on(EnrolEvent::RegistrationChanged);
            return Ok(());
        }
        if self.mail_enrolment(turn, visitor, &found.customer, hash).await? {
            turn.on(EnrolEvent::Resent);
            turn.flash.notice = Some(Notice::Resent(turn.now));
        }
        Ok(())
    }

    /// Makes the newest link and its mail; older ones of the same customer stop working. Says whether one may go now.
    pub(super) async fn mail_enrolment(
        &self,
        turn: &mut Turn,
        visitor: &Visitor,
        customer: &CustomerRow,
        password_hash: String,
    ) -> Result<bool, Fault> {
        let now = turn.now;
        let (Some(user_id), Some(user_key)) = (turn.row.user_id.clone(), turn.row.user_key.clone()) else {
            return Err(Fault::Internal);
        };
        // Not by client address: who asks has just proven who they are.
        let counter = self.counter(Limit::EnrolmentMails, &user_key);
        if let Err(refused) = counter.count(&mut turn.tx, &self.limits, now).await.map_err(stored)? {
            turn.problem(None, refused.problem());
            return Ok(false);
        }
        // Flows before links, as everywhere: two at once wait for each other instead of for ever.
        let (mail, superseded) = (EnrolStep::Mail.as_str(), EnrolStep::Superseded.as_str());
        turn.tx.move_flows_of(&customer.id, &turn.row.id, mail, superseded, now).await.map_err(stored)?;
        turn.tx.void_links_of(&customer.id, "enrolment", now).await.map_err(stored)?;
        let token = self.dice.token();
        let link = LinkRow {
            id: self.dice.id(),
            token_hash: token_hash(&token),
            kind: "enrolment".to_owned(),
            reference: turn.row.reference.clone(),
            customer_id: Some(customer.id.clone()),
            account_id: None,
            user_id: user_id.clone(),
            user_key,
            flow_id: turn.row.id.clone(),
            device: visitor.device.clone(),
            password_hash: Some(password_hash),
            created_at: now,
            expires_at: now + self.limits.link_life_ms,
            used_at: None,
            void_at: None,
            void_why: None,
            used_by: None,
        };
        turn.tx.add_link(&link).await.map_err(stored)?;
        let letter =
            Letter::ConfirmEnrolment { token, asked_at: now, expires_at: link.expires_at, device: link.device };
        let reference = turn.row.reference.clone();
        let mail_id = self.write(&mut turn.tx, &letter, &user_id, &reference, now).await?;
        turn.row.link_id = Some(link.id);
        turn.row.mail_id = Some(mail_id);
        turn.row.sends += 1;
        turn.row.sent_at = Some(now);
        Ok(true)
    }

    pub(super) async fn mail_screen(&self, tx: &mut Tx, row: &FlowRow, address: String) -> Result<Screen, Fault> {
        let sent_at = row.sent_at.unwrap_or(row.stepped_at);
        Ok(Screen::MailSent(MailWait {
            address,
            since: row.stepped_at,
            sent_at,
            expires_at: sent_at + self.limits.link_life_ms,
            resend_at: Some(sent_at + self.limits.resend_gap_ms),
            delivery: self.delivery(tx, row.mail_id.as_deref()).await?,
        }))
    }
}
