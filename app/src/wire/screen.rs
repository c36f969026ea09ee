use super::{Millis, Over};
use rules::password::PasswordProfile;
use serde::{Deserialize, Serialize};

/// Every step of every flow, with what it shows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Screen {
    /// Who are you? The first step of enrolment and of user ID inquiry.
    Identity,
    /// There is an account already.
    AlreadyRegistered { user_id: String, masked: bool },
    /// No mail address to write to: the contact centre has to register one first.
    NoEmail,
    /// Choose a password.
    ChoosePassword(PasswordAbout),
    /// A mail is on its way.
    MailSent(MailWait),
    /// The account exists.
    Created { user_id: String },
    /// The user ID that was asked for; masked when configuration says so.
    UserIdShown { user_id: String, masked: bool },
    /// Identified, but never enrolled.
    NotEnrolled { user_id: String, masked: bool },
    /// Which account's password is to be reset?
    ResetUserId,
    /// "If it is registered, a mail is on its way."
    ResetSent { user_id: String, sent_at: Millis, resend_at: Option<Millis> },
    /// User ID and password.
    SignIn { user_id: String, enrolling: bool },
    /// The mailed code.
    Code(CodeWait),
    /// What a mailed link would do, before it does it.
    LinkConfirm(Request),
    /// A reset link: the new password.
    LinkNewPassword { request: Request, about: PasswordAbout, phone: bool },
    /// The link did its work in this browser.
    LinkDone {
        kind: LinkKind,
        user_id: String,
        /// The procedure began in this browser too: it goes on here.
        here: bool,
    },
    /// The link was voided by the person who received it.
    LinkDisowned { kind: LinkKind },
    /// Inside the portal: current and new password.
    ChangePassword(PasswordAbout),
    /// Signed in: nothing to see but the warning before it ends.
    Session,
    /// The flow is over.
    Over(Over),
}

impl Screen {
    /// The step's code name: posted with each form, so that a post of an old step is recognised.
    #[must_use]
    pub const fn step(&self) -> &'static str {
        match self {
            Self::Identity => "identity",
            Self::AlreadyRegistered { .. } => "already-registered",
            Self::NoEmail => "no-email",
            Self::ChoosePassword(_) => "password",
            Self::MailSent(_) => "mail",
            Self::Created { .. } => "created",
            Self::UserIdShown { .. } => "shown",
            Self::NotEnrolled { .. } => "not-enrolled",
            Self::ResetUserId => "user-id",
            Self::ResetSent { .. } => "sent",
            Self::SignIn { .. } => "sign-in",
            Self::Code(_) => "code",
            Self::LinkConfirm(_) => "confirm",
            Self::LinkNewPassword { .. } => "new-password",
            Self::LinkDone { .. } => "link-done",
            Self::LinkDisowned { .. } => "link-disowned",
            Self::ChangePassword(_) => "change-password",
            Self::Session => "session",
            Self::Over(_) => "over",
        }
    }

    /// What may change while the step stays: how far the mail has come.
    #[must_use]
    pub const fn delivery(&self) -> Option<Delivery> {
        match self {
            Self::MailSent(wait) => Some(wait.delivery),
            Self::Code(wait) => Some(wait.delivery),
            _ => None,
        }
    }

    /// Whether the step can change without this browser doing anything.
    #[must_use]
    pub const fn waits(&self) -> bool {
        matches!(self, Self::MailSent(_) | Self::Code(_) | Self::Over(Over::IdleLinkLives(_)))
    }

    /// Whether a procedure is under way, which cannot be saved and which back would leave.
    #[must_use]
    pub const fn in_progress(&self) -> bool {
        self.can_be_lost() || matches!(self, Self::ResetUserId | Self::ResetSent { .. } | Self::UserIdShown { .. })
    }

    /// Whether there is something to lose when the page is closed here.
    #[must_use]
    pub const fn can_be_lost(&self) -> bool {
        matches!(
            self,
            Self::Identity
                | Self::ChoosePassword(_)
                | Self::MailSent(_)
                | Self::Created { .. }
                | Self::Code(_)
                | Self::LinkNewPassword { .. }
                | Self::NotEnrolled { .. }
        )
    }
}

/// What the live password rules need to know besides the password.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PasswordAbout {
    pub profile: PasswordProfile,
    pub user_id: String,
    pub kana: String,
    pub phones: Vec<String>,
    /// Words of the brand that a password must not be built from.
    pub brand: Vec<String>,
}

/// How far a mail has come. Only what is known is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Delivery {
    /// Not handed over yet.
    Queued,
    /// The receiving side was not reachable; it is tried again.
    Delayed,
    /// The customer's mail provider took it at this time.
    Accepted(Millis),
    /// The customer's mail provider refused it.
    Refused,
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
    /// Which mail of this sign-in is the newest, from 1.
    pub nth: u32,
    pub sent_at: Millis,
    pub valid_until: Millis,
    pub resend_at: Option<Millis>,
    pub delivery: Delivery,
    /// Part of an enrolment: steps 5 and 6 of six.
    pub enrolling: bool,
}

/// What a mailed link is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum LinkKind {
    Enrolment,
    Reset,
}

/// What was asked for, when, and from what kind of device.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Request {
    pub kind: LinkKind,
    pub user_id: String,
    pub asked_at: Millis,
    pub expires_at: Millis,
    pub device: String,
}
