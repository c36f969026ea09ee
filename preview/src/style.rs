//! The product's style in one scheme and one size of text. A browser can be told which it prefers only from outside, so the sheet
//! is rewritten: the dark block is opened or dropped, and the size of text is set. That holds in every browser and in a file.

use crate::StyleSource;
use crate::switches::{Switches, TextSize, Theme};
use std::io;
use std::path::Path;
use std::time::SystemTime;

/// Returns the sheet for one scheme, size of text and brand. `brand` is what a brand has behind the shipped style.
pub(crate) fn sheet(source: &StyleSource, switches: Switches, brand: &str) -> io::Result<String> {
    let css = match source {
        StyleSource::Bundle(file) => std::fs::read_to_string(file)?,
        StyleSource::Sources(folder) => bundle(folder)?,
    };
    // All lengths follow the root's, as they do when somebody chooses larger text in a browser.
    let text = match switches.text {
        TextSize::Usual => String::new(),
        TextSize::Double => format!("\nhtml{{font-size:{}%}}\n", TextSize::Double.as_str()),
    };
    Ok(in_scheme(&(css + brand + &text), switches.theme))
}

/// Returns when a file of the style's sources was last saved.
pub(crate) fn saved(folder: &Path) -> io::Result<SystemTime> {
    let mut newest = SystemTime::UNIX_EPOCH;
    for entry in std::fs::read_dir(folder)? {
        let (path, data) = entry.and_then(|entry| Ok((entry.path(), entry.metadata()?)))?;
        newest = newest.max(if data.is_dir() { saved(&path)? } else { data.modified()? });
    }
    Ok(newest)
}

/// Returns the files that `index.css` names, in its order: each with its name and what is in it.
pub(crate) fn bundled(folder: &Path) -> io::Result<Vec<(String, String)>> {
    let index = std::fs::read_to_string(folder.join("index.css"))?;
    let names = index.lines().filter_map(|line| line.strip_prefix("@import \"./")?.strip_suffix("\";"));
    names.map(|name| Ok((name.to_owned(), std::fs::read_to_string(folder.join(name))?))).collect()
}

/// Puts them behind each other.
fn bundle(folder: &Path) -> io::Result<String> {
    Ok(bundled(folder)?.into_iter().map(|(_, css)| css).collect())
}

/// Opens or drops the dark block of a sheet, or of a document that has one inside.
pub(crate) fn in_scheme(css: &str, theme: Theme) -> String {
    let css = css.replace("(prefers-color-scheme: dark)", "(prefers-color-scheme:dark)");
    let css = css.replace("color-scheme: light dark", "color-scheme:light dark");
    let mut rest = css.replace("color-scheme:light dark", &format!("color-scheme:{}", theme.as_str()));
    let mut written = String::new();
    while let Some((before, body, after)) = dark_block(&rest) {
        written.push_str(before);
        if theme == Theme::Dark {
            written.push_str(body);
        }
        rest = after.to_owned();
    }
    written + &rest
}

/// Splits at the first dark block: what is before it, inside of it and after it.
fn dark_block(css: &str) -> Option<(&str, &str, &str)> {
    let begin = css.find("(prefers-color-scheme:")?;
    let start = css.get(..begin)?.rfind("@media")?;
    let open = begin + css.get(begin..)?.find('{')?;
    let mut depth = 0_usize;
    for (at, c) in css.get(open..)?.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 1 => {
                return Some((css.get(..start)?, css.get(open + 1..open + at)?, css.get(open + at + 1..)?));
            }
            '}' => depth -= 1,
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    const CSS: &str =
        ":root{color-scheme: light dark;--a:1}\n@media (prefers-color-scheme: dark) {\n:root{--a:2}\n}\np{color:red}";

    #[test]
    fn the_dark_block_is_opened_or_dropped() {
        let dark = in_scheme(CSS, Theme::Dark);
        assert!(
            dark.contains("--a:2") && dark.contains("color-scheme:dark") && dark.ends_with("p{color:red}"),
            "{dark}"
        );
        let light = in_scheme(CSS, Theme::Light);
        assert!(!light.contains("--a:2") && light.contains("color-scheme:light;") && light.ends_with("p{color:red}"));
        assert!(!dark.contains("@media") && !light.contains("@media"));
    }

    #[test]
    fn the_product_has_its_dark_colours_in_one_block_and_the_gallery_finds_it() {
        let sources = Path::new("../style");
        let css = bundle(sources).unwrap();
        assert_eq!(css.matches("prefers-color-scheme").count(), 1);
        let brand = crate::Skin::example().unwrap().assets.style(&design::shipped());
        let in_theme = |theme| {
            let switches = Switches { theme, ..Switches::default() };
            sheet(&StyleSource::Sources(sources.into()), switches, &brand).unwrap()
        };
        let dark = in_theme(Theme::Dark);
        assert!(dark.contains("--ground: #14161b") && dark.contains("--fill:#7fd6c6"), "the brand's comes last");
        let light = in_theme(Theme::Light);
        assert!(!light.contains("--ground: #14161b") && light.contains("--fill:#00594f"));
        assert!(!dark.contains("prefers-color-scheme") && !light.contains("prefers-color-scheme"));
    }
}
