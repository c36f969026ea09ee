//! Pages that the server alone renders, read as HTML.
#![cfg(feature = "ssr")]

mod drawn;
mod every_page;
mod flow_style;
mod guide;
mod help;
mod html;
mod portal;
mod sentences;
