//! The entry point: reads the state from the page and hydrates the wizard's element. There is no client router;
//! the server picked the flow by the address.

use crate::wire::Boot;
use crate::wizard::Wizard;
use any_spawner::Executor;
use leptos::prelude::*;
use leptos::tachys::hydration::Cursor;
use leptos::tachys::view::{PositionState, RenderHtml};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen(start)]
fn start() {
    let document = document();
    let (Some(root), Some(boot)) = (document.get_element_by_id("wizard"), read_boot()) else { return };
    super::timers::set_clock(boot.page.now);
    let _ = Executor::init_wasm_bindgen();
    // As `leptos::mount::hydrate_from`, without the shared context for resources, of which there are none.
    let owner = Owner::new_root(None);
    let state = owner.with(|| {
        view! { <Wizard boot/> }.hydrate::<true>(&Cursor::new(root.unchecked_into()), &PositionState::default())
    });
    // Lives as long as the page.
    std::mem::forget((owner, state));
    if let Some(html) = document.document_element() {
        let _ = html.class_list().add_1("live");
    }
}

/// The state as the server wrote it: postcard in base64.
fn read_boot() -> Option<Boot> {
    let text = document().get_element_by_id("boot")?.text_content()?;
    let bytes: Vec<u8> =
        window().atob(&text).ok()?.chars().filter_map(|letter| u8::try_from(u32::from(letter)).ok()).collect();
    postcard::from_bytes(&bytes).ok()
}
