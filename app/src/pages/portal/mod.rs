//! The portal. Only the account page carries script, for the rules of its password form; the others are sent without any.

mod account;
mod addresses;
mod change;
mod contract;
mod home;
mod menu;
mod procedure;
mod procedure_form;
mod renewal;
mod request;

pub use account::render as account;
pub use addresses::{contract_address, procedure_address, request_address};
pub use contract::render as contract;
pub(super) use home::content as home_content;
pub use home::render as home;
pub use procedure::render as procedure;
