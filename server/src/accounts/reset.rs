//! Flow C up to the mail: the same answer, in the same time, whether or not the user ID exists. Who it is, is found out
//! by the outbox worker; what the link does is in `link.rs`.

use super::mails::{RESET_REQUEST, ResetResolver};
use super::progress::{Turn, entry};
use super::{Accounts, stored};
use crate::mail::{Letter, Priority};
use crate::secret::token_hash;
use crate::store::{AuditEntry, FlowRow, LinkRow, StoreError, Tx};
use app::fault::Fault;
use app::port::Visitor;
use app::wire::{Field, Flow, Form, Notice, Over, Page, Problem, Screen};
use rules::flow::{ResetEvent, ResetStep};
use rules::limits::{Limit, resend_wait_ms};
use rules::user_id::UserId;
use serde::{Deserialize, Serialize};

const FIRST: &str = ResetStep::UserId.as_str();

/// What the worker has to find out about.
#[derive(Serialize, Deserialize)]
struct ResetAsked {
    user_id: String,
    flow_id: String,
    device: String,
    at: i64,
}

impl Accounts {
    pub(super) async fn look_reset(&self, visitor: &Visitor) -> Result<Page, Fault> {
        let now = self.clock.now();
        let mut tx = self.store.look().await.map_err(stored)?;
        let row = self.flow_row(&mut tx, visitor, Flow::PasswordReset, now).await?;
        Ok(self.reset_page(row.as_ref(), now))
    }

    pub(super) async fn act_reset(&self, visitor: &Visitor, form: &Form) -> Result<Page, Fault> {
        let mut turn = self.turn(visitor, Flow::PasswordReset, FIRST, form).await?;
        match (form.step(), form.act()) {
            _ if !turn.takes(form) => return self.stale_reset(turn, visitor, form).await,
            (_, "restart") if turn.anew || turn.on(ResetEvent::Restarted) => {
                self.restart(&mut turn, visitor, Flow::PasswordReset).await?
            }
            (_, "abandon") if turn.on(ResetEvent::Abandoned) => {}
            (step, "extend") if step == turn.row.step && !turn.anew => turn.flash.notice = Some(Notice::Extended),
            ("user-id", "") if turn.row.step == "user-id" => self.ask_reset(&mut turn, visitor, form).await?,
            // A user ID that was mistyped is typed anew: as a procedure of its own.
            ("sent", "again") if turn.anew || (turn.row.step == "sent" && turn.on(ResetEvent::Abandoned)) => {
                self.restart(&mut turn, visitor, Flow::PasswordReset).await?
            }
            ("sent", "resend") if turn.row.step == "sent" => self.resend_reset(&mut turn, visitor).await?,
            _ => return self.stale_reset(turn, visitor, form).await,
        }
        let now = turn.now;
        let row = self.finish(turn, visitor, Flow::PasswordReset).await?;
        Ok(self.reset_page(Some(&row), now))
    }

    async fn stale_reset(&self, turn: Turn, visitor: &Visitor, form: &Form) -> Result<Page, Fault> {
        let now = turn.now;
        let row = self.stale(turn, visitor, Flow::PasswordReset, form).await?;
        Ok(self.reset_page(Some(&row), now))
    }

    async fn ask_reset(&self, turn: &mut Turn, visitor: &Visitor, form: &Form) -> Result<(), Fault> {
        turn.keep(form, &[Field::UserId]);
        match UserId::parse(form.field(Field::UserId)) {
            Ok(user_id) => {
                turn.flash.kept.clear();
                turn.row.user_id = Some(user_id.as_str().to_owned());
                self.write_request(turn, visitor).await?;
                turn.on(ResetEvent::Requested);
            }
            Err(fault) => turn.problem(Some(Field::UserId), super::sign_in::user_id_problem(&fault)),
        }
        Ok(())
    }

    async fn resend_reset(&self, turn: &mut Turn, visitor: &Visitor) -> Result<(), Fault> {
        let wait = resend_wait_ms(turn.row.sent_at.unwrap_or(0), turn.now, &self.limits);
        if wait > 0 {
            turn.problem(None, Problem::ResendAt(turn.now + wait));
            return Ok(());
        }
        self.write_request(turn, visitor).await?;
        turn.on(ResetEvent::Resent);
        turn.flash.notice = Some(Notice::Resent(turn.now));
        Ok(())
    }

    /// Hands the request to the worker. With too many from one client address nothing is handed over: the answer is the same, and
    /// the contact centre finds under the reference number that it came to nothing.
    async fn write_request(&self, turn: &mut Turn, visitor: &Visitor) -> Result<(), Fault> {
        let now = turn.now;
        let asked = ResetAsked {
            user_id: turn.row.user_id.clone().unwrap_or_default(),
            flow_id: turn.row.id.clone(),
            device: visitor.device.clone(),
            at: now,
        };
        let counted = self.count_address(&mut turn.tx, Limit::ResetsFromAddress, visitor, now).await.map_err(stored)?;
        counted.log();
        if counted.refused.is_some() {
            let line = entry(&turn.row, "password_reset_not_sent", Limit::ResetsFromAddress.as_str());
            turn.tx.audit(&self.dice.id(), &line, now).await.map_err(stored)?;
        } else {
            let text = serde_json::to_string(&asked).map_err(|_| Fault::Internal)?;
            let reference = turn.row.reference.clone();
            self.write_sealed(&mut turn.tx, RESET_REQUEST, Priority::Link, &text, "", &reference, None, now)
                .await
                .map_err(stored)?;
        }
        turn.row.sends += 1;
        turn.row.sent_at = Some(now);
        Ok(())
    }

    fn reset_page(&self, row: Option<&FlowRow>, now: i64) -> Page {
        let step = row.and_then(|row| ResetStep::parse(&row.step)).unwrap_or(ResetStep::UserId);
        let screen = match (step, row) {
            (ResetStep::Sent, Some(row)) => {
                let sent_at = row.sent_at.unwrap_or(row.stepped_at);
                Screen::ResetSent {
                    user_id: row.user_id.clone().unwrap_or_default(),
                    sent_at,
                    resend_at: Some(sent_at + self.limits.resend_gap_ms),
                }
            }
            (ResetStep::UserId | ResetStep::Sent, _) => Screen::ResetUserId,
            (ResetStep::Done, _) => Screen::Over(Over::Done),
            (ResetStep::Abandoned, _) => Screen::Over(Over::Abandoned),
            (ResetStep::Expired, row) => {
                let until = row.and_then(|row| row.sent_at).map(|sent| sent + self.limits.link_life_ms);
                Screen::Over(until.filter(|until| *until > now).map_or(Over::Idle, Over::IdleResetLives))
            }
        };
        self.page(Flow::PasswordReset, row, screen, now)
    }
}

impl Accounts {
    /// The registered address, as it is registered, of somebody who has no account yet.
    async fn not_enrolled(&self, tx: &mut Tx, email_key: &str) -> Result<Option<String>, StoreError> {
        for customer in tx.customers_by_email(email_key).await? {
            if tx.account_of(&customer.id).await?.is_none() {
                return Ok(customer.email);
            }
        }
        Ok(None)
    }
}

#[async_trait::async_trait]
impl ResetResolver for Accounts {
    async fn resolve(&self, tx: &mut Tx, request: &str, reference: &str) -> Result<(), StoreError> {
        let Ok(asked) = serde_json::from_str::<ResetAsked>(request) else { return Ok(()) };
        let Ok(user_id) = UserId::parse(&asked.user_id) else { return Ok(()) };
        let now = self.clock.now();
        let asked = ResetAsked { at: asked.at.min(now), ..asked };
        let counter = self.counter(Limit::ResetMails, &user_id.key());
        if counter.count(tx, &self.limits, now).await?.is_err() {
            return Ok(());
        }
        let Some(account) = tx.account_by_key(&user_id.key()).await? else {
            if let Some(address) = self.not_enrolled(tx, &user_id.key()).await? {
                self.write_stored(tx, &Letter::NotEnrolled { asked_at: asked.at }, &address, reference, now).await?;
            }
            return Ok(());
        };
        // Asked for before the person got in, or got a new password: it is not needed any more. What bears a time that is still to
        // come was written by a clock that was ahead, and says nothing about the order.
        let newest = tx.audit_of(&account.id, "authn_login_success", 1).await?;
        let since = |at: i64| at > asked.at && at <= now;
        if since(account.password_at) || newest.first().is_some_and(|signed_in| since(signed_in.at)) {
            return Ok(());
        }
        tx.void_links_of(&account.customer_id, "reset", now).await?;
        let token = self.dice.token();
        let link = LinkRow {
            id: self.dice.id(),
            token_hash: token_hash(&token),
            kind: "reset".to_owned(),
            reference: reference.to_owned(),
            customer_id: Some(account.customer_id.clone()),
            account_id: Some(account.id.clone()),
            user_id: account.user_id.clone(),
            user_key: account.user_key.clone(),
            flow_id: asked.flow_id,
            device: asked.device.clone(),
            password_hash: None,
            created_at: asked.at,
            expires_at: asked.at + self.limits.link_life_ms,
            used_at: None,
            void_at: None,
            void_why: None,
            used_by: None,
        };
        tx.add_link(&link).await?;
        let letter =
            Letter::ResetPassword { token, asked_at: asked.at, expires_at: link.expires_at, device: asked.device };
        self.write_stored(tx, &letter, &account.user_id, reference, now).await?;
        let entry = AuditEntry {
            event: "password_reset_requested",
            actor: "customer",
            customer_id: Some(&account.customer_id),
            account_id: Some(&account.id),
            reference,
            detail: "",
        };
        tx.audit(&self.dice.id(), &entry, now).await
    }
}
