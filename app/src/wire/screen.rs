//! What each step of each flow shows, as data: a variant a screen, so that no screen can show what its step does not have.

use super::{EndReason, Millis, StepName};
use rules::flow::LinkKind;
use rules::password::PasswordProfile;
use serde::{Deserialize, Serialize};

/// Every step of every flow, with the data that it shows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Screen {
    /// The identity check: the first step of enrolment and of the user ID inquiry.
    Identity,
    /// The customer already has an account.
    AlreadyRegistered { user_id: String, masked: bool },
    /// The customer has no address of their own. The contact centre has to register one first.
    NoEmail,
    /// The person chooses a password.
    ChoosePassword(PasswordAbout),
    /// A mail is on its way.
    MailSent(MailWait),
    /// The account exists.
    Created { user_id: String },
    /// The user ID of the inquiry. It is masked if the configuration says so.
    UserIdShown { user_id: String, masked: bool },
    /// The customer was identified but has no account yet.
    NotEnrolled { user_id: String, masked: bool },
    /// The reset asks for the user ID.
    ResetUserId,
    /// The answer to every reset request: "If it is registered, a mail is on its way."
    ResetSent { user_id: String, sent_at: Millis, resend_at: Option<Millis> },
    /// The first step of sign-in: user ID and password.
    SignIn { user_id: String, enrolling: bool },
    /// The second step of sign-in: the mailed code.
    Code(CodeWait),
    /// What an enrolment's link will do once the button is pressed.
    LinkConfirm(LinkSubject),
    /// The page of a reset link, which asks for the new password.
    LinkNewPassword { request: LinkSubject, about: PasswordAbout, phone: bool },
    /// The link did its work in this browser.
    LinkDone {
        kind: LinkKind,
        user_id: String,
        /// Whether the procedure began in this browser, so that it continues here.
        here: bool,
    },
    /// The link was voided by the person who received it.
    LinkDisowned { kind: LinkKind },
    /// The password change inside the portal: present and new password.
    ChangePassword(PasswordAbout),
    /// The session. It shows nothing but the warning before its end.
    Session,
    /// The flow is over.
    Ended(EndReason),
}

impl Screen {
    /// Returns the step's name. Each form posts it, so that a post of an old step is recognised.
    #[must_use]
    pub const fn step(&self) -> StepName {
        match self {
            Self::Identity => StepName::Identity,
            Self::AlreadyRegistered { .. } => StepName::AlreadyRegistered,
            Self::NoEmail => StepName::NoEmail,
            Self::ChoosePassword(_) => StepName::Password,
            Self::MailSent(_) => StepName::Mail,
            Self::Created { .. } => StepName::Created,
            Self::UserIdShown { .. } => StepName::Shown,
            Self::NotEnrolled { .. } => StepName::NotEnrolled,
            Self::ResetUserId => StepName::UserId,
            Self::ResetSent { .. } => StepName::Sent,
            Self::SignIn { .. } => StepName::SignIn,
            Self::Code(_) => StepName::Code,
            Self::LinkConfirm(_) => StepName::Confirm,
            Self::LinkNewPassword { .. } => StepName::NewPassword,
            Self::LinkDone { .. } => StepName::LinkDone,
            Self::LinkDisowned { .. } => StepName::LinkDisowned,
            Self::ChangePassword(_) => StepName::ChangePassword,
            Self::Session => StepName::Session,
            Self::Ended(_) => StepName::Ended,
        }
    }

    /// Returns the state of the mail's delivery, which may change while the step stays the same.
    #[must_use]
    pub const fn delivery(&self) -> Option<Delivery> {
        match self {
            Self::MailSent(wait) => Some(wait.delivery),
            Self::Code(wait) => Some(wait.delivery),
            _ => None,
        }
    }

    /// Returns whether the step can change without an action in this browser.
    #[must_use]
    pub const fn waits(&self) -> bool {
        matches!(self, Self::MailSent(_) | Self::Code(_) | Self::Ended(EndReason::IdleLinkLives(_)))
    }

    /// Returns whether a procedure is under way. It cannot be saved, and "back" would leave it.
    #[must_use]
    pub const fn in_progress(&self) -> bool {
        !matches!(self.at_stake(), Stake::Nothing)
    }

    /// Returns whether something is lost if the page is closed at this step.
    #[must_use]
    pub const fn can_be_lost(&self) -> bool {
        matches!(self.at_stake(), Stake::Input)
    }

    const fn at_stake(&self) -> Stake {
        match self {
            Self::Identity
            | Self::ChoosePassword(_)
            | Self::MailSent(_)
            | Self::Created { .. }
            | Self::Code(_)
            | Self::LinkNewPassword { .. }
            | Self::NotEnrolled { .. } => Stake::Input,
            Self::ResetUserId | Self::ResetSent { .. } | Self::UserIdShown { .. } => Stake::Place,
            Self::AlreadyRegistered { .. }
            | Self::NoEmail
            | Self::SignIn { .. }
            | Self::LinkConfirm(_)
            | Self::LinkDone { .. }
            | Self::LinkDisowned { .. }
            | Self::ChangePassword(_)
            | Self::Session
            | Self::Ended(_) => Stake::Nothing,
        }
    }
}

/// What a person who leaves the page loses.
enum Stake {
    Nothing,
    /// The place in a procedure, which is soon reached again.
    Place,
    /// What was typed or proven.
    Input,
}

/// What the live password rules need besides the password.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PasswordAbout {
    pub profile: PasswordProfile,
    pub user_id: String,
    pub kana: String,
    pub phones: Vec<String>,
    /// Words of the brand that a password must not be built from.
    pub brand: Vec<String>,
}

/// The state of a mail's delivery, as far as it is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Delivery {
    /// Not handed over yet.
    Queued,
    /// It could not be handed over yet; it is tried again.
    Delayed,
    /// A relay of our own took it at this time: whether it has arrived is not known.
    Sent(Millis),
    /// The customer's mail provider took it at this time.
    Accepted(Millis),
    /// The address takes no mail, as the provider or the relay says.
    Refused,
    /// Given up for another reason than the address.
    Failed,
    /// Not sent any more because it would have come too late.
    Dropped,
}

/// The mail step of enrolment.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MailWait {
    pub address: String,
    /// When the first mail was written.
    pub since: Millis,
    pub sent_at: Millis,
    pub expires_at: Millis,
    /// When another mail may be asked for; `None`: no more in this flow.
    pub resend_at: Option<Millis>,
    pub delivery: Delivery,
}

/// The code step of sign-in.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CodeWait {
    pub masked_address: String,
    /// The number of the newest mail of this sign-in, from 1.
    pub nth: u32,
    pub sent_at: Millis,
    pub valid_until: Millis,
    pub resend_at: Option<Millis>,
    pub delivery: Delivery,
    /// Whether the sign-in belongs to an enrolment, as its steps 5 and 6 of 6.
    pub enrolling: bool,
}

/// What was requested, when, and from what kind of device.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LinkSubject {
    pub kind: LinkKind,
    pub user_id: String,
    pub asked_at: Millis,
    pub expires_at: Millis,
    pub device: String,
}
