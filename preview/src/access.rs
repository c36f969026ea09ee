//! What a browser finds out about an entry: its size, its smallest target, and what axe says. It is measured while somebody looks,
//! by the browser and the style of that moment, so it cannot be out of date. The tests hold the same of every entry.

use crate::Preview;
use crate::entries::{Entry, Nonce};
use crate::links::Links;
use crate::switches::{Script, Switches, Theme, Width};
use std::fs;

/// An entry's document that measures itself at one width and in one scheme.
pub(crate) struct Measurement {
    pub(crate) width: &'static str,
    pub(crate) theme: Theme,
    pub(crate) address: String,
}

/// The widths and schemes in which every entry is measured, as the tests do.
const MEASURED: [(Width, Theme); 4] = [
    (Width::Narrow, Theme::Light),
    (Width::Phone, Theme::Light),
    (Width::Phone, Theme::Dark),
    (Width::Desktop, Theme::Light),
];

impl Preview {
    /// axe with its Japanese words, where a checkout has it.
    pub(crate) fn axe(&self) -> Option<String> {
        let folder = self.workshop.axe.as_ref()?;
        let script = fs::read_to_string(folder.join("axe.min.js")).ok()?;
        let words = fs::read_to_string(folder.join("locales/ja.json")).ok()?;
        // Its summaries are programs in texts, which the policy of the document does not let run. Nobody reads them here.
        Some(format!("{script};axe.configure({{locale:{{...{words},failureSummaries:undefined}}}})"))
    }

    /// Every measurement of an entry.
    pub(crate) fn measurements(&self, id: &str, switches: Switches) -> Vec<Measurement> {
        let measurement = |(width, theme): (Width, Theme)| Measurement {
            width: width.as_str(),
            theme,
            address: Links::Server.measured(id, Switches { theme, width: Width::default(), ..switches }),
        };
        MEASURED.map(measurement).into()
    }

    /// An entry's own document with the script that measures it. The product's own script would change it meanwhile.
    pub(crate) fn measured(&self, entry: &Entry, switches: Switches, nonce: &Nonce) -> String {
        let switches = Switches { script: Script::Off, ..switches };
        let assets = Links::Server.assets(switches);
        let script = |file| format!("<script nonce=\"{}\" src=\"{assets}/{file}\"></script>", nonce.0);
        let axe = if self.workshop.axe.is_some() { script("axe.js") } else { String::new() };
        let scripts = format!("{axe}{}</body>", script("measure.js"));
        self.document(entry, switches, &assets, nonce).replacen("</body>", &scripts, 1)
    }
}
