//! Flow B, the user ID inquiry (spec, section 4 B).

use super::Stale;
use crate::words;

words! {
    /// What `/user-id` shows.
    InquiryStep {
        /// Contract number, kana name, phone.
        Identity = "identity",
        /// The user ID.
        Shown = "shown",
        /// The customer has no account yet. Enrolment follows, without a second identity check.
        NotEnrolled = "not-enrolled",
        /// Ended: the customer has no address, or shares one with an account. The contact centre has to help.
        NoEmail = "no-email",
        /// Ended: the person has gone on to sign-in or to enrolment.
        Done = "done",
        /// Ended by the person.
        Abandoned = "abandoned",
        /// Ended because nobody acted for too long.
        Expired = "expired",
    }
}

words! {
    /// What happens to an inquiry.
    InquiryEvent {
        /// The identity check found a customer who has an account.
        Matched = "matched",
        /// The identity check found a customer who has an address and no account.
        MatchedWithoutAccount = "matched-without-account",
        /// The identity check found a customer who has no address of their own.
        MatchedWithoutEmail = "matched-without-email",
        /// The person went on to enrolment, which begins at its second step.
        ContinuedToEnrolment = "continued-to-enrolment",
        /// The person went on to sign-in.
        Finished = "finished",
        /// The person pressed 中止する.
        Abandoned = "abandoned",
        /// Nobody acted for too long.
        IdleTooLong = "idle-too-long",
        /// The registered address that the procedure went by is no longer the customer's.
        RegistrationChanged = "registration-changed",
        /// The person starts again after an end.
        Restarted = "restarted",
        /// The person signed out in this browser, which ends all that was begun in it.
        SignedOut = "signed-out",
    }
}

impl InquiryStep {
    /// Returns the step that follows `event`.
    ///
    /// # Errors
    /// [`Stale`] if the event does not belong to this step. The step stays as it is.
    pub fn on(self, event: InquiryEvent) -> Result<Self, Stale> {
        use InquiryEvent as E;
        use InquiryStep::*;
        Ok(match (self, event) {
            (Identity, E::Matched) => Shown,
            (Identity, E::MatchedWithoutAccount) => NotEnrolled,
            (Identity, E::MatchedWithoutEmail) => NoEmail,
            (Shown, E::Finished) | (NotEnrolled, E::ContinuedToEnrolment) => Done,
            (Identity | Shown | NotEnrolled, E::Abandoned) => Abandoned,
            // The user ID must not stay on an unattended screen.
            (Identity | Shown | NotEnrolled, E::IdleTooLong) => Expired,
            (Shown | NotEnrolled, E::RegistrationChanged) => Expired,
            (over, E::Restarted) if over.is_over() => Identity,
            // Whatever was shown, its page says nothing of anybody any more.
            (_, E::SignedOut) => Abandoned,
            _ => return Err(Stale),
        })
    }

    /// Returns whether the flow has ended. After that only a restart or a sign-out is possible.
    pub const fn is_over(self) -> bool {
        match self {
            Self::Identity | Self::Shown | Self::NotEnrolled => false,
            Self::NoEmail | Self::Done | Self::Abandoned | Self::Expired => true,
        }
    }
}
