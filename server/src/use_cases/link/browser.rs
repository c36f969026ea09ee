//! What the browser that opens a link has to do with it.

use crate::secret::token_hash;
use crate::store::{FlowId, LinkRow};
use crate::use_cases::cookies;
use app::port::Visitor;
use app::wire::{Flow, LinkKind};

/// Whether the procedure that asked for the link is this browser's.
pub(super) fn began_here(visitor: &Visitor, link: &LinkRow) -> bool {
    let flow = if link.kind == LinkKind::Reset { Flow::PasswordReset } else { Flow::Enrol };
    visitor.cookie(cookies::flow_cookie(flow)).map(FlowId::of_token).as_ref() == Some(&link.flow_id)
}

/// What tells this browser from others that opened the same link, as the link remembers it.
pub(super) fn browser_of(visitor: &Visitor) -> String {
    visitor.cookie(cookies::LINK_COOKIE).map(token_hash).unwrap_or_default()
}

/// Whether the link did its work in this browser.
pub(super) fn used_here(visitor: &Visitor, link: &LinkRow) -> bool {
    link.used_by.as_ref() == Some(&browser_of(visitor))
}
