//! The gallery: every screen and every mail in every state, for those who design and word them. All it shows are samples: it has
//! no database, no keys and no customers. `make preview` runs it alone; rehearsal builds of the server have the same router.
//! What is posted in an entry is answered where the gallery runs alone (`sample_port`): in a rehearsal the product does that.
//!
//! A page of the gallery is a function of its address. Switches are closed lists, and a value that is not in one is 400 and is
//! not shown back.

mod access;
mod changes;
pub mod entries;
mod entry_page;
pub mod export;
mod group_page;
mod lan;
mod links;
mod mail_checks;
mod mail_page;
mod pages;
mod phone;
mod router;
mod rows;
mod sample_port;
mod sentences;
pub mod size;
mod skin;
mod sources;
mod storyboards;
mod style;
mod switches;
mod text;
mod tokens;
mod words;

pub use entries::Nonce;
pub use lan::{HOME, Lan, guard, own_address};
pub use mail_page::{ReceivedMail, received_html};
pub use phone::in_letters;
pub use router::{headers, router};
pub use sample_port::answers;
pub use skin::{Skin, SkinError};
pub use switches::Theme;

use app::pages::guide::Chosen;
use rules::limits::Limits;
use rules::password::PasswordProfile;
use sources::Sources;
use std::path::PathBuf;
use std::time::{SystemTime, UNIX_EPOCH};

/// Where the product's style comes from.
#[derive(Clone, Debug)]
pub enum StyleSource {
    /// The bundled file of a build.
    Bundle(PathBuf),
    /// The folder of its sources. They are read anew each time, so that a saved style is seen at the next load.
    Sources(PathBuf),
}

/// What the gallery shows, besides the samples.
#[derive(Clone)]
pub struct Preview {
    /// The installation's brand.
    pub own: Skin,
    /// Another one, to be looked at beside it.
    pub other: Skin,
    pub limits: Limits,
    pub chosen: Chosen,
    pub style: StyleSource,
    /// The folder with the product's script, WASM and icon.
    pub site: PathBuf,
    pub workshop: Workshop,
}

/// What other commands of a checkout have left, for the panels of an entry. A rehearsal has none of it.
#[derive(Clone, Debug, Default)]
pub struct Workshop {
    /// The folder of axe-core, which judges whether a page can be used by everybody.
    pub axe: Option<PathBuf>,
    /// The folder of what `make preview-changes` has drawn.
    pub changes: Option<PathBuf>,
}

impl Preview {
    /// When the style and the program itself were last made, if the style is read from its sources: open pages ask for it, and
    /// load again what has changed.
    pub(crate) fn stamp(&self) -> Option<String> {
        let StyleSource::Sources(style) = &self.style else { return None };
        let program = std::env::current_exe().and_then(std::fs::metadata).and_then(|data| data.modified()).ok()?;
        let since = |time: SystemTime| time.duration_since(UNIX_EPOCH).map_or(0, |since| since.as_millis());
        Some(format!("{} {}", since(style::saved(style).ok()?), since(program)))
    }

    /// Where the product's sentences are written, if it is shown from its sources.
    pub(crate) fn sources(&self) -> Sources {
        match &self.style {
            StyleSource::Sources(style) => style.parent().map(Sources::read).unwrap_or_default(),
            StyleSource::Bundle(_) => Sources::default(),
        }
    }
}

/// The screens as they are shipped.
pub const AS_SHIPPED: Chosen =
    Chosen { profile: PasswordProfile::Standard, mask_user_id: false, phone: false, through_relay: true };

#[cfg(test)]
mod fixture {
    use super::{AS_SHIPPED, Preview, Skin, StyleSource, Workshop};
    use rules::limits::Limits;
    use std::path::PathBuf;

    /// A gallery of the checkout's own style.
    pub(crate) fn from_sources() -> Preview {
        let style = StyleSource::Sources("../style".into());
        let (own, other, limits) = (Skin::default(), Skin::example().unwrap(), Limits::default());
        Preview { own, other, limits, chosen: AS_SHIPPED, style, site: PathBuf::new(), workshop: Workshop::default() }
    }
}
