//! The drawings. Colours come from classes; the attributes say where things stand, and what the drawing looks like where
//! no style sheet reaches it: without them each paper would be a black block.

use crate::text::help::contract_number::Paper;
use leptos::prelude::*;

/// Where things stand on a paper of 320 by 220.
#[derive(Clone, Copy)]
pub(super) struct Drawing {
    /// The title's left end.
    title: (u16, u16),
    /// The upper left corner of the frame around the number.
    mark: (u16, u16),
    /// Grey bars for text that does not matter here: left, top, width.
    lines: &'static [(u16, u16, u16)],
    /// Where the table at the bottom begins, if there is one.
    table: Option<u16>,
}

pub(super) const CERTIFICATE: Drawing = Drawing {
    title: (124, 36),
    mark: (170, 50),
    lines: &[(20, 62, 96), (20, 78, 120), (20, 94, 72)],
    table: Some(124),
};

pub(super) const RENEWAL: Drawing = Drawing {
    title: (196, 36),
    mark: (20, 84),
    lines: &[(20, 30, 84), (20, 46, 110), (20, 62, 64), (20, 146, 280), (20, 162, 280), (20, 178, 220), (20, 194, 160)],
    table: None,
};

pub(super) const QUOTE: Drawing = Drawing {
    title: (20, 36),
    mark: (20, 50),
    lines: &[(190, 62, 110), (190, 78, 90), (190, 94, 100)],
    table: Some(124),
};

const MARK_WIDTH: u16 = 130;
const MARK_HEIGHT: u16 = 48;

/// The paper as one image with a name and a description.
pub(super) fn draw(paper: &'static Paper, drawing: Drawing) -> AnyView {
    let title = format!("{}-title", paper.id);
    let description = format!("{}-description", paper.id);
    let (named, described) = (title.clone(), description.clone());
    let lines = drawing
        .lines
        .iter()
        .map(|(left, top, width)| {
            view! { <rect class="paper-line" fill="currentColor" fill-opacity="0.2" x=left.to_string() y=top.to_string() width=width.to_string() height="6" rx="3"/> }
        })
        .collect_view();
    let (left, top) = drawing.mark;
    view! {
        <svg class="paper-picture" viewBox="0 0 320 220" role="img" aria-labelledby=named aria-describedby=described>
            <title id=title>{paper.name}</title>
            <desc id=description>{paper.picture}</desc>
            <rect fill="none" stroke="currentColor" x="4" y="4" width="312" height="212" rx="6"/>
            <text class="paper-title" fill="currentColor" font-size="18" x=drawing.title.0.to_string() y=drawing.title.1.to_string()>{paper.name}</text>
            {lines}
            {drawing.table.map(table)}
            <rect class="paper-mark" fill="none" stroke="currentColor" stroke-width="3" x=left.to_string() y=top.to_string() width=MARK_WIDTH.to_string() height=MARK_HEIGHT.to_string() rx="4"/>
            <text class="paper-label" fill="currentColor" font-size="13" x=(left + 10).to_string() y=(top + 19).to_string()>{paper.number}</text>
            <text class="paper-number" fill="currentColor" font-size="17" x=(left + 10).to_string() y=(top + 39).to_string()>{paper.sample}</text>
        </svg>
    }
    .into_any()
}

/// A table of three rows from `top` on.
fn table(top: u16) -> AnyView {
    let rows = (0..3)
        .map(|row| {
            let y = top + row * 26;
            view! {
                <rect class="paper-cell" fill="none" stroke="currentColor" stroke-opacity="0.3" x="20" y=y.to_string() width="90" height="26"/>
                <rect class="paper-cell" fill="none" stroke="currentColor" stroke-opacity="0.3" x="110" y=y.to_string() width="190" height="26"/>
                <rect class="paper-line" fill="currentColor" fill-opacity="0.2" x="30" y=(y + 10).to_string() width="56" height="6" rx="3"/>
                <rect class="paper-line" fill="currentColor" fill-opacity="0.2" x="122" y=(y + 10).to_string() width=(130 - row * 24).to_string() height="6" rx="3"/>
            }
        })
        .collect_view();
    view! { <g>{rows}</g> }.into_any()
}
