//! The lifetimes that screens name. They come with the page, since the configuration may change them.

use super::Millis;
use serde::{Deserialize, Serialize};

/// The lifetimes that the flows' screens mention or act on, in milliseconds. They come from the server's limits, so that no
/// screen contains such a number itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Timeouts {
    /// How long a flow lives without action.
    pub flow_idle: Millis,
    /// How long before that its end is announced.
    pub flow_warning: Millis,
    /// How long before a session's end it is announced.
    pub session_warning: Millis,
    /// How long a session can live in all.
    pub session_life: Millis,
    /// How long a mailed link works.
    pub link_life: Millis,
    /// The time between the password and the code of one sign-in.
    pub code_step: Millis,
    /// When a screen that waits for a mail begins to show the contact centre.
    pub mail_help: Millis,
}

#[cfg(feature = "ssr")]
impl From<&rules::limits::Limits> for Timeouts {
    fn from(limits: &rules::limits::Limits) -> Self {
        Self {
            flow_idle: limits.flow_idle_ms,
            flow_warning: limits.flow_warning_ms,
            session_warning: limits.session_warning_ms,
            session_life: limits.session_life_ms,
            link_life: limits.link_life_ms,
            code_step: limits.code_step_ms,
            mail_help: limits.mail_help_after_ms,
        }
    }
}
