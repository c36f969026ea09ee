//! Puts a step into the page: hydrated where the markup is as the server wrote it, drawn anew everywhere else.
//!
//! Each answer replaces the whole content of `#wizard`. Other programs may have changed what stands there (translators put
//! their own elements in the place of texts), so nothing is updated inside of it that belongs to the step.

use super::elements::element;
use crate::shape;
use leptos::prelude::*;
use leptos::tachys::hydration::Cursor;
use leptos::tachys::view::any_view::AnyViewState;
use leptos::tachys::view::{Mountable, PositionState, Render, RenderHtml};
use std::cell::RefCell;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlInputElement};

/// What is shown: the element that holds it, the owner of the page and of the step, the step's nodes.
struct Mounted {
    root: Element,
    page: Owner,
    step: Owner,
    nodes: AnyViewState,
    content: fn() -> AnyView,
}

thread_local! {
    static MOUNTED: RefCell<Option<Mounted>> = const { RefCell::new(None) };
}

/// Takes over what the server rendered of `content` into `root`. `expected` is the shape of it.
pub(super) fn take_over(root: Element, page: Owner, content: fn() -> AnyView, expected: u32) {
    let step = page.child();
    let nodes = step.with(|| {
        if shape::of_children(&root) == expected {
            let cursor = Cursor::new(root.clone().unchecked_into());
            content().hydrate::<true>(&cursor, &PositionState::default())
        } else {
            let typed = Typed::of(&root);
            let nodes = draw(&root, content);
            typed.put_back(true);
            nodes
        }
    });
    MOUNTED.set(Some(Mounted { root, page, step, nodes, content }));
}

/// Shows the step that the context holds now. `keep_typed`: it is the same step, and what is being typed stays.
pub(super) fn swap(keep_typed: bool) {
    let Some(Mounted { root, page, step, nodes, content }) = MOUNTED.take() else { return };
    let typed = keep_typed.then(|| Typed::of(&root));
    step.cleanup();
    drop(nodes);
    let step = page.child();
    let nodes = step.with(|| draw(&root, content));
    if let Some(typed) = typed {
        typed.put_back(false);
    }
    MOUNTED.set(Some(Mounted { root, page, step, nodes, content }));
}

/// Draws the step into `root`, in the place of whatever is there.
fn draw(root: &Element, content: fn() -> AnyView) -> AnyViewState {
    let mut nodes = content().build();
    root.set_text_content(None);
    nodes.mount(root, None);
    nodes
}

/// What somebody has typed, by the id of the field, and where the focus is.
struct Typed {
    values: Vec<(String, String)>,
    focus: Option<String>,
}

impl Typed {
    fn of(root: &Element) -> Self {
        let mut values = Vec::new();
        if let Ok(found) = root.query_selector_all("input[id]") {
            for at in 0..found.length() {
                if let Some(input) = found.get(at).and_then(|node| node.dyn_into::<HtmlInputElement>().ok()) {
                    values.push((input.id(), input.value()));
                }
            }
        }
        let focus =
            document().active_element().filter(|focused| root.contains(Some(focused))).map(|focused| focused.id());
        Self { values, focus }
    }

    fn put_back(self, with_focus: bool) {
        for (id, value) in self.values {
            if let Some(input) = element::<HtmlInputElement>(&id) {
                input.set_value(&value);
            }
        }
        if with_focus && let Some(focused) = self.focus.and_then(|id| element::<HtmlElement>(&id)) {
            let _ = focused.focus();
        }
    }
}
