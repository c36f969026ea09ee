//! Addresses, as a server and as an export have them.

use crate::storyboards::Storyboard;
use crate::switches::{BrandChoice, SEARCH, Switches, TextSize, Theme};
use crate::tokens::{File, Flavour};
use form_urlencoded::byte_serialize;

/// From where links are written.
#[derive(Clone, Debug)]
pub(crate) enum Links {
    /// A server: absolute paths, switches in the query.
    Server,
    /// A file of an export, so many folders below its root: relative paths that need no server. Each file exists once for a
    /// scheme.
    File { depth: usize },
}

impl Links {
    fn root(&self) -> String {
        match self {
            Self::Server => "/preview".to_owned(),
            Self::File { depth: 0 } => ".".to_owned(),
            Self::File { depth } => vec![".."; *depth].join("/"),
        }
    }

    /// The overview.
    pub(crate) fn overview(&self, switches: Switches) -> String {
        match self {
            Self::Server => format!("{}{}", self.root(), switches.query()),
            Self::File { .. } => format!("{}/index.html", self.root()),
        }
    }

    /// One group by itself. Only a server has it: an export is kept small, and its overview has the same pictures.
    pub(crate) fn group(&self, group: &str, switches: Switches) -> String {
        format!("{}/{group}{}", self.root(), switches.query())
    }

    /// An entry with its panels.
    pub(crate) fn entry(&self, id: &str, switches: Switches) -> String {
        match self {
            Self::Server => format!("{}/{id}{}", self.root(), switches.query()),
            Self::File { .. } => format!("{}/{id}.html", self.root()),
        }
    }

    /// The product's own document of an entry.
    pub(crate) fn bare(&self, id: &str, switches: Switches) -> String {
        match self {
            Self::Server => format!("{}/bare/{id}{}", self.root(), switches.query()),
            Self::File { .. } => format!("{}/bare/{}/{id}.html", self.root(), style_folder(switches)),
        }
    }

    /// The document of an entry that measures itself. Only a server has it.
    pub(crate) fn measured(&self, id: &str, switches: Switches) -> String {
        format!("{}/access/{id}{}", self.root(), switches.query())
    }

    /// A picture of the last run of `make preview-changes`. Only a server has it.
    pub(crate) fn changed(&self, file: &str) -> String {
        format!("{}/changes/{file}", self.root())
    }

    /// The page that brings an entry to a phone. Only a server has it.
    pub(crate) fn phone(&self, id: &str, switches: Switches) -> String {
        format!("{}/phone/{id}{}", self.root(), switches.query())
    }

    /// The page of tokens.
    pub(crate) fn tokens(&self, switches: Switches) -> String {
        match self {
            Self::Server => format!("{}/tokens{}", self.root(), switches.query()),
            Self::File { .. } => format!("{}/tokens.html", self.root()),
        }
    }

    /// The page of what was decided about the design.
    pub(crate) fn decisions(&self, switches: Switches) -> String {
        match self {
            Self::Server => format!("{}/decisions{}", self.root(), switches.query()),
            Self::File { .. } => format!("{}/decisions.html", self.root()),
        }
    }

    /// The storyboard of a flow.
    pub(crate) fn storyboard(&self, board: Storyboard, switches: Switches) -> String {
        match self {
            Self::Server => format!("{}/flows/{}{}", self.root(), board.as_str(), switches.query()),
            Self::File { .. } => format!("{}/flows/{}.html", self.root(), board.as_str()),
        }
    }

    /// Every sentence, or those that have `query` in them.
    pub(crate) fn sentences(&self, switches: Switches, query: &str) -> String {
        match self {
            Self::Server => format!("{}/sentences{}", self.root(), with_search(switches, query)),
            Self::File { .. } => format!("{}/sentences.html", self.root()),
        }
    }

    /// The overview of what has `query` in a sentence. An export has no search.
    pub(crate) fn search(&self, switches: Switches, query: &str) -> String {
        match self {
            Self::Server => format!("{}{}", self.root(), with_search(switches, query)),
            Self::File { .. } => self.overview(switches),
        }
    }

    /// The tokens as a file for design programs.
    pub(crate) fn tokens_file(&self, flavour: Flavour, file: File) -> String {
        format!("{}/tokens/{}/{}", self.root(), flavour.word(), file.name())
    }

    /// A mail's whole message, as a file for mail programs.
    pub(crate) fn message(&self, id: &str) -> String {
        match self {
            Self::Server => format!("{}/message/{id}", self.root()),
            Self::File { .. } => format!("{}/{id}.eml", self.root()),
        }
    }

    /// Where the style of a page without pictures is: text is enlarged in what is looked at, and not around it.
    pub(crate) fn page_assets(&self, switches: Switches) -> String {
        self.assets(Switches { text: TextSize::default(), ..switches })
    }

    /// Where the style of these switches is.
    pub(crate) fn assets(&self, switches: Switches) -> String {
        format!("{}/assets/{}", self.root(), style_folder(switches))
    }
}

/// The query of a search, which stands behind the switches.
fn with_search(switches: Switches, query: &str) -> String {
    let written = switches.query();
    if query.is_empty() {
        return written;
    }
    let mark = if written.is_empty() { '?' } else { '&' };
    format!("{written}{mark}{SEARCH}={}", byte_serialize(query.as_bytes()).collect::<String>())
}

/// A scheme, a brand and a size of text as the name of the folder of their style: `dark-own`, `dark-own-200`.
pub(crate) fn style_folder(switches: Switches) -> String {
    let name = format!("{}-{}", switches.theme.as_str(), switches.brand.as_str());
    if switches.text == TextSize::default() { name } else { format!("{name}-{}", switches.text.as_str()) }
}

/// Reads such a name.
pub(crate) fn parse_style_folder(name: &str) -> Option<Switches> {
    let (theme, rest) = name.split_once('-')?;
    let (brand, text) = rest.split_once('-').map_or((rest, None), |(brand, text)| (brand, Some(text)));
    Some(Switches {
        theme: Theme::parse(theme)?,
        brand: BrandChoice::parse(brand)?,
        text: text.map_or(Some(TextSize::default()), TextSize::parse)?,
        ..Switches::default()
    })
}
