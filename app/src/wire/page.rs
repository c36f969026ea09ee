//! A flow's page as data: what the server renders, and what the browser side draws a step anew from.

use super::{Brand, Field, FieldProblem, LinkKind, Millis, Notice, Screen, Timeouts};
use serde::{Deserialize, Serialize};

rules::words! {
    /// The flows, each under one address. Server function, cookie and live events use their words.
    #[derive(Serialize, Deserialize)]
    #[serde(rename_all = "kebab-case")]
    Flow {
        /// Flow A, enrolment.
        Enrol = "enrol",
        /// Flow B, user ID inquiry.
        UserId = "user-id",
        /// Flow C, password reset.
        PasswordReset = "password-reset",
        /// Password, then code.
        SignIn = "sign-in",
        /// The page that a mailed link leads to.
        Link = "link",
        /// The password change inside the portal.
        Account = "account",
        /// The session, which every page of the portal watches.
        Session = "session",
    }
}

impl Flow {
    /// Returns the one address of the flow.
    #[must_use]
    pub const fn address(self) -> &'static str {
        match self {
            Self::Enrol => "/enrol",
            Self::UserId => "/user-id",
            Self::PasswordReset => "/password-reset",
            Self::SignIn => "/sign-in",
            Self::Link => "/link",
            Self::Account => "/portal/account",
            Self::Session => "/portal",
        }
    }

    /// Returns whether the server keeps a row for each browser that goes through the flow, which the browser names by a cookie.
    #[must_use]
    pub const fn has_row(self) -> bool {
        match self {
            Self::Enrol | Self::UserId | Self::PasswordReset | Self::SignIn => true,
            Self::Link | Self::Account | Self::Session => false,
        }
    }
}

/// Everything that a flow's address shows at one moment.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Page {
    /// Which flow this is.
    pub flow: Flow,
    /// The current step and what it shows.
    pub screen: Screen,
    /// A line above the step.
    pub notice: Option<Notice>,
    /// What was wrong with the last post.
    pub problems: Vec<FieldProblem>,
    /// What was typed before, to be shown again. It never contains a password or a code.
    pub old_input: Vec<(Field, String)>,
    /// The number to give to the contact centre.
    pub reference: Option<String>,
    /// When the flow or the session ends if nobody acts.
    pub ends_at: Option<Millis>,
    /// Whether that end comes even if somebody acts.
    pub ends_for_good: bool,
    /// When the page was made.
    pub now: Millis,
    /// What the mailed link of this page was for, where it is known.
    pub link: Option<LinkKind>,
    /// Where to go instead of showing this page.
    pub redirect_to: Option<String>,
}

impl Page {
    /// Returns a page that shows only `screen`.
    #[must_use]
    pub fn new(flow: Flow, screen: Screen, now: Millis) -> Self {
        Self {
            flow,
            screen,
            notice: None,
            problems: Vec::new(),
            old_input: Vec::new(),
            reference: None,
            ends_at: None,
            ends_for_good: false,
            now,
            link: None,
            redirect_to: None,
        }
    }

    /// Returns what was typed into `field` before, or an empty text.
    #[must_use]
    pub fn old_input(&self, field: Field) -> String {
        self.old_input
            .iter()
            .find(|(old_input, _)| *old_input == field)
            .map(|(_, typed)| typed.clone())
            .unwrap_or_default()
    }
}

/// What the browser side starts with. The server writes it into the page: the brand's words a line each, as the page says them too, so
/// that they compress to next to nothing; then all the rest, as postcard in base64.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Boot {
    /// The page as the server rendered it.
    pub page: Page,
    /// The installation's names and contact details, which stand beside the rest.
    #[serde(skip)]
    pub brand: Brand,
    /// The lifetimes that screens mention.
    pub timeouts: Timeouts,
    /// The shape of the markup that the server rendered of it (`shape.rs`).
    pub shape: u32,
}
