//! What a request for a reset comes to, found out by the outbox worker.

use crate::mail::{MailContent, OutboxItem, ResetRequest, ResetResolver};
use crate::store::{
    AccountId, AccountRow, Actor, AuditEntry, AuditEvent, CustomerId, CustomerRow, LinkRow, Reference, StoreError,
    TokenHash, Tx,
};
use crate::use_cases::context::Context;
use crate::use_cases::mails::Envelope;
use async_trait::async_trait;
use rules::flow::LinkKind;
use rules::limits::Limit;
use rules::user_id::UserId;

/// What a request comes to. The words are those of the audit log.
enum Found {
    /// A link is mailed.
    Account(AccountRow),
    /// A contract, and no account yet: a mail says so.
    NotEnrolled(CustomerRow),
    /// Nobody is written to.
    Nobody,
    /// The owner has signed in or chosen a password since: it is not needed any more.
    NotNeeded(AccountRow),
}

impl Found {
    const fn event(&self) -> AuditEvent {
        match self {
            Self::Account(_) => AuditEvent::ResetRequested,
            Self::NotEnrolled(_) | Self::Nobody | Self::NotNeeded(_) => AuditEvent::ResetNotSent,
        }
    }

    const fn detail(&self) -> &'static str {
        match self {
            Self::Account(_) => "",
            Self::NotEnrolled(_) => "not-enrolled",
            Self::Nobody => "no-account",
            Self::NotNeeded(_) => "not-needed",
        }
    }

    /// Customer and account that it is about.
    fn about(&self) -> (Option<&CustomerId>, Option<&AccountId>) {
        match self {
            Self::Account(account) | Self::NotNeeded(account) => (Some(&account.customer_id), Some(&account.id)),
            Self::NotEnrolled(customer) => (Some(&customer.id), None),
            Self::Nobody => (None, None),
        }
    }
}

/// Answers the reset requests that wait in the outbox.
#[derive(Clone)]
pub struct ResetRequests {
    context: Context,
}

impl ResetRequests {
    pub(in crate::use_cases) const fn new(context: Context) -> Self {
        Self { context }
    }

    /// Finds out what a request comes to. Everything is read for every user ID.
    async fn find(&self, tx: &mut Tx, user_key: &str, asked_at: i64, now: i64) -> Result<Found, StoreError> {
        let account = tx.account_by_key(user_key).await?;
        let customer = tx.customer_without_account(user_key).await?;
        let account_id = account.as_ref().map(|account| account.id.clone()).unwrap_or_default();
        let signed_in = tx.audit_of(&account_id, AuditEvent::SignedIn, 1).await?;
        // What bears a time that is still to come was written by a clock that was ahead, and says nothing about the order.
        let since = |at: i64| at > asked_at && at <= now;
        Ok(match (account, customer) {
            (Some(account), _)
                if since(account.password_at) || signed_in.first().is_some_and(|line| since(line.at)) =>
            {
                Found::NotNeeded(account)
            }
            (Some(account), _) => Found::Account(account),
            (None, Some(customer)) => Found::NotEnrolled(customer),
            (None, None) => Found::Nobody,
        })
    }
}

#[async_trait]
impl ResetResolver for ResetRequests {
    /// Whoever it is, the same statements change the same number of rows: a link, a mail and an audit line are written, and the
    /// link before is revoked. Without an account the link belongs to nobody, its token is thrown away, and no mail goes out.
    async fn resolve(&self, tx: &mut Tx, asked: ResetRequest, reference: &Reference) -> Result<(), StoreError> {
        let Ok(user_id) = UserId::parse(&asked.user_id) else { return Ok(()) };
        let now = self.context.clock.now();
        let asked = ResetRequest { at: asked.at.min(now), ..asked };
        // By the user ID alone, whether or not it exists.
        let counter = self.context.counter(Limit::ResetMails, &user_id.key());
        if counter.count(tx, &self.context.limits, now).await?.is_err() {
            return Ok(());
        }
        let found = self.find(tx, &user_id.key(), asked.at, now).await?;
        let (token, nobody) = (self.context.rng.token(), self.context.keys.pseudonym(&user_id.key()));
        let mut link = LinkRow {
            id: self.context.rng.id().into(),
            token_hash: TokenHash::of_token(&token),
            kind: LinkKind::Reset,
            reference: reference.clone(),
            customer_id: CustomerId::from(nobody.as_str()),
            account_id: None,
            user_id: nobody.clone(),
            user_key: nobody.clone(),
            flow_id: asked.flow_id,
            device: asked.device.clone(),
            password_hash: None,
            created_at: asked.at,
            expires_at: asked.at + self.context.limits.link_life_ms,
            used_at: None,
            revoked_at: None,
            revocation: None,
            used_by: None,
        };
        if let Found::Account(account) = &found {
            link.customer_id = account.customer_id.clone();
            link.account_id = Some(account.id.clone());
            link.user_id.clone_from(&account.user_id);
            link.user_key.clone_from(&account.user_key);
        }
        tx.revoke_links_of(&link.customer_id, LinkKind::Reset, now).await?;
        tx.add_link(&link).await?;
        let reset =
            MailContent::ResetPassword { token, asked_at: asked.at, expires_at: link.expires_at, device: asked.device };
        let (item, recipient) = match &found {
            Found::Account(account) => (OutboxItem::Mail(reset), account.user_id.as_str()),
            Found::NotEnrolled(CustomerRow { email: Some(address), .. }) => {
                (OutboxItem::Mail(MailContent::NotEnrolled { asked_at: asked.at }), address.as_str())
            }
            Found::NotEnrolled(_) | Found::Nobody | Found::NotNeeded(_) => (OutboxItem::NoMail(reset), ""),
        };
        self.context.write_item(tx, &item, &Envelope { recipient, reference, pause_ms: 0 }, now).await?;
        let (customer_id, account_id) = found.about();
        let (event, detail) = (found.event(), found.detail());
        let entry = AuditEntry { event, actor: Actor::Customer, customer_id, account_id, reference, detail };
        tx.audit(&self.context.rng.id(), &entry, now).await
    }
}
