//! Flow A, the first sign-in: from the identity check to the account (spec, section 4 A).
//!
//! The sign-in that completes it is `SignInStep`; the mailed link has a life of its own (`LinkState`), and only what
//! this browser shows of it is here.

use super::{Stale, words};

words! {
    /// What `/enrol` shows.
    EnrolStep {
        /// Contract number, kana name, phone.
        Identity = "identity",
        /// Ended: there is an account already.
        AlreadyRegistered = "already-registered",
        /// Ended: no address, or a shared one; the contact centre helps.
        NoEmail = "no-email",
        /// Choosing the password.
        Password = "password",
        /// Waiting for the mailed link to be confirmed.
        Mail = "mail",
        /// The account exists; sign-in is next.
        Created = "created",
        /// Ended: gone on to sign-in.
        Done = "done",
        /// Ended by its person.
        Abandoned = "abandoned",
        /// Ended by 30 minutes without action.
        Expired = "expired",
        /// Ended by a newer enrolment of the same customer.
        Superseded = "superseded",
        /// Ended by 「心当たりがない」 on the link's page.
        Disowned = "disowned",
        /// Ended because nobody pressed the link in time.
        LinkExpired = "link-expired",
        /// Ended because the address or the account it was for has changed meanwhile.
        RegistrationChanged = "registration-changed",
    }
}

words! {
    /// What happens to an enrolment.
    EnrolEvent {
        /// The identity check found a customer with an address and without an account.
        Matched = "matched",
        /// … with an account. Also later, when one came into being meanwhile.
        MatchedWithAccount = "matched-with-account",
        /// … without an address of their own. Also later, when it was taken away meanwhile.
        MatchedWithoutEmail = "matched-without-email",
        /// A password that meets the rules was stored (as a hash) and the mail written.
        PasswordChosen = "password-chosen",
        /// The mail was written once more.
        Resent = "resent",
        /// The link of this enrolment was confirmed, in whatever browser.
        LinkConfirmed = "link-confirmed",
        /// On to sign-in.
        Proceeded = "proceeded",
        /// 中止する.
        Abandoned = "abandoned",
        /// 30 minutes without action.
        IdleTooLong = "idle-too-long",
        /// A newer enrolment of the same customer has begun.
        Superseded = "superseded",
        /// 「心当たりがない」.
        Disowned = "disowned",
        /// 24 hours without anybody confirming.
        LinkTimedOut = "link-timed-out",
        /// The address is registered no more, or an account came into being.
        RegistrationChanged = "registration-changed",
        /// Begin anew after an end.
        Restarted = "restarted",
    }
}

impl EnrolStep {
    /// The step after an event.
    ///
    /// # Errors
    /// [`Stale`] for an event that does not belong here; the step stays what it is.
    pub fn on(self, event: EnrolEvent) -> Result<Self, Stale> {
        use EnrolEvent as E;
        use EnrolStep::*;
        Ok(match (self, event) {
            (Identity, E::Matched) => Password,
            (Identity | Password, E::MatchedWithAccount) => AlreadyRegistered,
            (Identity | Password, E::MatchedWithoutEmail) => NoEmail,
            (Password, E::PasswordChosen) => Mail,
            (Mail, E::Resent) => Mail,
            (Mail, E::LinkConfirmed) => Created,
            (Mail, E::LinkTimedOut) => LinkExpired,
            (Mail, E::Disowned) => Disowned,
            (Password | Mail, E::RegistrationChanged) => RegistrationChanged,
            (Password | Mail, E::Superseded) => Superseded,
            // Once the account exists there is nothing left to give up: leaving is done.
            (Created, E::Proceeded | E::Abandoned | E::IdleTooLong) => Done,
            (Identity | Password | Mail, E::Abandoned) => Abandoned,
            (Identity | Password | Mail, E::IdleTooLong) => Expired,
            (over, E::Restarted) if over.is_over() => Identity,
            _ => return Err(Stale),
        })
    }

    /// Whether the flow has ended: nothing follows but beginning anew.
    pub const fn is_over(self) -> bool {
        !matches!(self, Self::Identity | Self::Password | Self::Mail | Self::Created)
    }
}
