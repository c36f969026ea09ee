//! SVG files of a brand. Browsers would run no script of them where they are shown, but they have an address of the product's own.

/// A drawing of which everything is known to be harmless.
#[derive(Clone, Debug, PartialEq)]
pub struct Drawing {
    pub svg: String,
    /// Its width for a height of 1.
    pub ratio: f64,
}

/// The reason why a file is not taken as a drawing.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DrawingError {
    #[error("must be an SVG file that begins with <svg")]
    NoSvg,
    #[error("must have a viewBox with a width and a height")]
    NoViewBox,
    #[error("may have at most {MOST_BYTES} bytes")]
    TooLarge,
    #[error("may not have the element <{0}>")]
    Element(String),
    #[error("may not have the attribute {0}")]
    Attribute(String),
    #[error("may not refer to what is outside of it ({0})")]
    Outside(String),
}

/// More than a drawing of a header needs.
const MOST_BYTES: usize = 32_768;

/// What drawings are made of. All else is refused, so that nobody has to know every way in which a file can do something.
const ELEMENTS: [&str; 21] = [
    "svg",
    "g",
    "path",
    "circle",
    "rect",
    "ellipse",
    "line",
    "polyline",
    "polygon",
    "defs",
    "linearGradient",
    "radialGradient",
    "stop",
    "clipPath",
    "mask",
    "title",
    "desc",
    "use",
    "symbol",
    "text",
    "tspan",
];

impl Drawing {
    /// Reads an SVG file.
    ///
    /// # Errors
    /// It has something in it that a drawing does not need.
    pub fn read(svg: &str) -> Result<Self, DrawingError> {
        if svg.len() > MOST_BYTES {
            return Err(DrawingError::TooLarge);
        }
        let svg = svg.trim_start_matches('\u{feff}').trim();
        let svg = match svg.strip_prefix("<?xml") {
            Some(rest) => rest.split_once("?>").ok_or(DrawingError::NoSvg)?.1.trim_start(),
            None => svg,
        };
        if !svg.starts_with("<svg") {
            return Err(DrawingError::NoSvg);
        }
        let mut ratio = None;
        for tag in svg.split('<').skip(1) {
            let tag = tag.split('>').next().unwrap_or_default().trim_end_matches('/');
            if tag.starts_with('/') {
                continue;
            }
            let (element, mut rest) = tag.split_once(char::is_whitespace).unwrap_or((tag, ""));
            if !ELEMENTS.contains(&element) {
                return Err(DrawingError::Element(element.to_owned()));
            }
            while let Some((name, value, after)) = attribute(rest) {
                allowed(name, value)?;
                if element == "svg" && name == "viewBox" && ratio.is_none() {
                    ratio = ratio_of(value);
                }
                rest = after;
            }
            if !rest.trim().is_empty() {
                return Err(DrawingError::Attribute(rest.trim().chars().take(20).collect()));
            }
        }
        Ok(Self { svg: svg.to_owned(), ratio: ratio.ok_or(DrawingError::NoViewBox)? })
    }
}

/// Splits the first attribute off: its name, its value, what comes after it.
fn attribute(tag: &str) -> Option<(&str, &str, &str)> {
    let (name, rest) = tag.split_once('=')?;
    let rest = rest.trim_start();
    let quote = rest.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
    let (value, rest) = rest.get(1..)?.split_once(quote)?;
    Some((name.trim(), value, rest))
}

fn allowed(name: &str, value: &str) -> Result<(), DrawingError> {
    let plain = name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | ':'));
    let lower = name.to_ascii_lowercase();
    if !plain || lower.starts_with("on") || lower == "style" || lower == "base" || lower.ends_with(":base") {
        return Err(DrawingError::Attribute(name.to_owned()));
    }
    let refers = lower == "href" || lower.ends_with(":href") || lower == "src";
    let outside = refers && !value.starts_with('#');
    let value = value.to_ascii_lowercase();
    // A character reference or an escape could spell what is looked for.
    let hidden = !lower.starts_with("xmlns") && (value.contains('&') || value.contains('\\') || value.contains("//"));
    let fetched = value.split("url(").skip(1).any(|rest| !rest.trim_start_matches(['\'', '"', ' ']).starts_with('#'));
    match outside || hidden || fetched {
        true => Err(DrawingError::Outside(name.to_owned())),
        false => Ok(()),
    }
}

fn ratio_of(view_box: &str) -> Option<f64> {
    let parts: Vec<f64> = view_box.split([' ', ',']).filter_map(|part| part.parse().ok()).collect();
    match *parts.as_slice() {
        [_, _, width, height] if width > 0.0 && height > 0.0 => Some(width / height),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(inside: &str) -> Result<Drawing, DrawingError> {
        Drawing::read(&format!("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 64 16\">{inside}</svg>"))
    }

    #[test]
    fn the_shipped_drawings_are_taken() {
        for svg in [include_str!("../../public/icon.svg"), include_str!("../../public/logo.svg")] {
            assert_eq!(Drawing::read(svg).map(|drawing| drawing.ratio), Ok(1.0));
        }
    }

    #[test]
    fn a_drawing_says_how_wide_it_is() {
        let gradient = "<defs><linearGradient id=\"a\"><stop offset='0'/></linearGradient></defs><path fill=\"url(#a)\" d=\"M0 0\"/>";
        assert_eq!(with(gradient).unwrap().ratio, 4.0);
        assert_eq!(Drawing::read("<svg><path d=\"M0 0\"/></svg>"), Err(DrawingError::NoViewBox));
        assert_eq!(Drawing::read("<svg viewBox=\"0 0 0 0\"></svg>"), Err(DrawingError::NoViewBox));
    }

    #[test]
    fn what_runs_or_fetches_is_refused() {
        for (inside, found) in [
            ("<script>alert(1)</script>", DrawingError::Element("script".into())),
            ("<foreignObject/>", DrawingError::Element("foreignObject".into())),
            ("<style>@import 'x'</style>", DrawingError::Element("style".into())),
            ("<image href=\"#a\"/>", DrawingError::Element("image".into())),
            ("<animate attributeName=\"href\"/>", DrawingError::Element("animate".into())),
            ("<!-- <script> -->", DrawingError::Element("!--".into())),
            ("<g onload=\"alert(1)\"/>", DrawingError::Attribute("onload".into())),
            ("<g ONLOAD = 'alert(1)'/>", DrawingError::Attribute("ONLOAD".into())),
            ("<g style=\"fill:red\"/>", DrawingError::Attribute("style".into())),
            ("<g onload=alert(1)>", DrawingError::Attribute("onload=alert(1)".into())),
            ("<use href=\"https://example.org/a.svg#b\"/>", DrawingError::Outside("href".into())),
            ("<use xlink:href='data:image/svg+xml,x'/>", DrawingError::Outside("xlink:href".into())),
            ("<path fill=\"url(https://example.org)\"/>", DrawingError::Outside("fill".into())),
            ("<path fill=\"u&#114;l(x)\"/>", DrawingError::Outside("fill".into())),
        ] {
            assert_eq!(with(inside), Err(found), "{inside}");
        }
        assert_eq!(
            Drawing::read("<!DOCTYPE svg [<!ENTITY a \"b\">]><svg viewBox=\"0 0 1 1\"/>"),
            Err(DrawingError::NoSvg)
        );
        assert_eq!(Drawing::read(&" ".repeat(MOST_BYTES + 1)), Err(DrawingError::TooLarge));
    }
}
