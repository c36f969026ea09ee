//! Flow A, the first sign-in: from the identity check to the account (spec, section 4 A).
//!
//! The sign-in that completes the enrolment is a `SignInStep`. The mailed link has its own state, `LinkState`; this module
//! only knows what the browser that waits for it shows.

use super::Stale;
use crate::words;

words! {
    /// What `/enrol` shows.
    EnrolStep {
        /// Contract number, kana name, phone.
        Identity = "identity",
        /// Ended: the customer already has an account.
        AlreadyRegistered = "already-registered",
        /// Ended: the customer has no address, or shares one with an account. The contact centre has to help.
        NoEmail = "no-email",
        /// Choosing the password.
        Password = "password",
        /// Waiting until the mailed link is confirmed.
        Mail = "mail",
        /// The account exists; sign-in is next.
        Created = "created",
        /// Ended: the person has gone on to sign-in.
        Done = "done",
        /// Ended by the person.
        Abandoned = "abandoned",
        /// Ended because nobody acted for too long.
        Expired = "expired",
        /// Ended by a newer enrolment of the same customer.
        Superseded = "superseded",
        /// Ended by 「心当たりがない」 on the link's page.
        Disowned = "disowned",
        /// Ended because nobody confirmed the link in time.
        LinkExpired = "link-expired",
        /// Ended because the address or the account that it was for has changed in the meantime.
        RegistrationChanged = "registration-changed",
    }
}

words! {
    /// What happens to an enrolment.
    EnrolEvent {
        /// The identity check found a customer who has an address and no account.
        Matched = "matched",
        /// The customer has an account. This also happens at the password step, if the account was created in the meantime.
        MatchedWithAccount = "matched-with-account",
        /// The customer has no address of their own. This also happens at the password step, if the address was removed in the
        /// meantime.
        MatchedWithoutEmail = "matched-without-email",
        /// A password that meets the rules was stored as a hash, and the mail was written.
        PasswordChosen = "password-chosen",
        /// The mail was written again.
        Resent = "resent",
        /// The link of this enrolment was confirmed, in this or another browser.
        LinkConfirmed = "link-confirmed",
        /// The person went on to sign-in.
        Proceeded = "proceeded",
        /// The person pressed 中止する.
        Abandoned = "abandoned",
        /// Nobody acted for too long.
        IdleTooLong = "idle-too-long",
        /// A newer enrolment of the same customer has begun.
        Superseded = "superseded",
        /// Somebody pressed 「心当たりがない」 on the link's page.
        Disowned = "disowned",
        /// Nobody confirmed the link within its lifetime.
        LinkTimedOut = "link-timed-out",
        /// The address is no longer registered, or an account was created.
        RegistrationChanged = "registration-changed",
        /// The person starts again after an end.
        Restarted = "restarted",
        /// The person signed out in this browser, which ends all that was begun in it.
        SignedOut = "signed-out",
    }
}

impl EnrolStep {
    /// Returns the step that follows `event`.
    ///
    /// # Errors
    /// [`Stale`] if the event does not belong to this step. The step stays as it is.
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
            // Once the account exists nothing can be abandoned any more, so leaving counts as done.
            (Created, E::Proceeded | E::Abandoned | E::IdleTooLong) => Done,
            (Identity | Password | Mail, E::Abandoned) => Abandoned,
            (Identity | Password | Mail, E::IdleTooLong) => Expired,
            (over, E::Restarted) if over.is_over() => Identity,
            // Whatever was shown, its page says nothing of anybody any more.
            (_, E::SignedOut) => Abandoned,
            _ => return Err(Stale),
        })
    }

    /// Returns whether the flow has ended. After that only a restart or a sign-out is possible.
    pub const fn is_over(self) -> bool {
        match self {
            Self::Identity | Self::Password | Self::Mail | Self::Created => false,
            Self::AlreadyRegistered
            | Self::NoEmail
            | Self::Done
            | Self::Abandoned
            | Self::Expired
            | Self::Superseded
            | Self::Disowned
            | Self::LinkExpired
            | Self::RegistrationChanged => true,
        }
    }
}
