//! The entry point: reads the state from the page and takes over the wizard's element. There is no client router;
//! the server picked the flow by the address.

use crate::pages::wizard;
use crate::wire::{Boot, Brand};
use any_spawner::Executor;
use leptos::prelude::*;
use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen(start)]
fn start() {
    let document = document();
    let (Some(root), Some(boot)) = (document.get_element_by_id("wizard"), read_boot()) else { return };
    super::timers::set_clock(boot.page.now);
    let _ = Executor::init_wasm_bindgen();
    // Without the shared context for resources, of which there are none.
    let owner = Owner::new_root(None);
    let shape = boot.shape;
    let context = owner.with(|| wizard::provide(boot));
    super::timers::start();
    super::mount::take_over(root, owner.clone(), wizard::content, shape);
    owner.with(|| {
        super::events::watch(context);
        super::guard::watch(context);
    });
    // From here on forms are posted in place. Whatever fails before this line leaves them to the browser.
    super::post::take_forms();
    if let Some(html) = document.document_element() {
        html.set_class_name("live");
    }
}

/// Reads the state as the server wrote it.
fn read_boot() -> Option<Boot> {
    let text = document().get_element_by_id("boot")?.text_content()?;
    let (words, rest) = text.rsplit_once('\n')?;
    let brand = Brand::from_words(words.split('\n'))?;
    let bytes: Vec<u8> =
        window().atob(rest).ok()?.chars().filter_map(|letter| u8::try_from(u32::from(letter)).ok()).collect();
    Some(Boot { brand, ..postcard::from_bytes(&bytes).ok()? })
}
