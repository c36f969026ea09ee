//! Flow B, the user ID inquiry (spec, section 4 B).

use super::{Stale, words};

words! {
    /// What `/user-id` shows.
    InquiryStep {
        /// Contract number, kana name, phone.
        Identity = "identity",
        /// The user ID.
        Shown = "shown",
        /// No account yet: on to enrolment without asking again.
        NotEnrolled = "not-enrolled",
        /// Ended: no address, or a shared one; the contact centre helps.
        NoEmail = "no-email",
        /// Ended: gone on to sign-in or to enrolment.
        Done = "done",
        /// Ended by its person.
        Abandoned = "abandoned",
        /// Ended by 30 minutes without action.
        Expired = "expired",
    }
}

words! {
    /// What happens to an inquiry.
    InquiryEvent {
        /// The identity check found a customer with an account.
        Matched = "matched",
        /// … without an account.
        MatchedWithoutAccount = "matched-without-account",
        /// … without an address of their own.
        MatchedWithoutEmail = "matched-without-email",
        /// On to enrolment, which begins at its second step.
        ContinuedToEnrolment = "continued-to-enrolment",
        /// On to sign-in.
        Finished = "finished",
        /// 中止する.
        Abandoned = "abandoned",
        /// 30 minutes without action.
        IdleTooLong = "idle-too-long",
        /// Begin anew after an end.
        Restarted = "restarted",
    }
}

impl InquiryStep {
    /// The step after an event.
    ///
    /// # Errors
    /// [`Stale`] for an event that does not belong here; the step stays what it is.
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
            (over, E::Restarted) if over.is_over() => Identity,
            _ => return Err(Stale),
        })
    }

    /// Whether the flow has ended: nothing follows but beginning anew.
    pub const fn is_over(self) -> bool {
        !matches!(self, Self::Identity | Self::Shown | Self::NotEnrolled)
    }
}
