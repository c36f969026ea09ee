//! Turns a rendered screen into a picture: the same elements with the same look, but with nothing left that could be operated,
//! focused, read out or referred to. So a picture in the guide is the screen itself and cannot differ from it.

use lol_html::html_content::{ContentType, Element};
use lol_html::{HandlerResult, RewriteStrSettings, element, rewrite_str};

/// Parts that nobody sees, or that replace script.
const UNSEEN: [&str; 4] = ["visually-hidden", "for-managers", "without-script", "late"];

/// Returns the picture of a rendered screen, or nothing if the HTML cannot be read.
#[must_use]
pub fn still(screen: &str) -> String {
    let settings =
        RewriteStrSettings { element_content_handlers: vec![element!("*", quieten)], ..RewriteStrSettings::default() };
    rewrite_str(screen, settings).unwrap_or_default()
}

fn quieten(element: &mut Element) -> HandlerResult {
    let class = element.get_attribute("class").unwrap_or_default();
    let unseen = class.split_whitespace().any(|name| UNSEEN.contains(&name));
    if unseen || element.has_attribute("hidden") || element.get_attribute("type").as_deref() == Some("hidden") {
        element.remove();
        return Ok(());
    }
    let (tag, looks) = match element.tag_name().as_str() {
        "input" => {
            control(element, &class);
            return Ok(());
        }
        "a" if !class.contains("button") => ("span", "as-link"),
        "a" | "button" | "label" => ("span", ""),
        "h1" => ("div", "as-h1"),
        "h2" => ("div", "as-h2"),
        "h3" => ("div", "as-h3"),
        "form" | "nav" => ("div", ""),
        _ => ("", ""),
    };
    let names: Vec<_> = element.attributes().iter().map(lol_html::html_content::Attribute::name).collect();
    // `data-status` colours a contract's status.
    for name in names.iter().filter(|name| *name != "data-status") {
        element.remove_attribute(name);
    }
    // A picture also shows the parts that exist only with script.
    let classes: Vec<_> = class.split_whitespace().filter(|name| *name != "needs-script").chain([looks]).collect();
    let class = classes.join(" ");
    if !class.trim().is_empty() {
        element.set_attribute("class", class.trim())?;
    }
    if !tag.is_empty() {
        element.set_tag_name(tag)?;
    }
    Ok(())
}

/// The frame of a control, with its content.
fn control(element: &mut Element, class: &str) {
    let kind = element.get_attribute("type");
    if kind.as_deref() == Some("checkbox") {
        element.replace("<span class=\"as-check\"></span>", ContentType::Html);
        return;
    }
    let code = element.get_attribute("autocomplete").as_deref() == Some("one-time-code");
    // This is already escaped, because it comes from rendered HTML.
    let value = element.get_attribute("value").unwrap_or_default();
    let frame = format!("<span class=\"{class}{}\">{value}</span>", if code { " as-code" } else { "" });
    element.replace(&frame, ContentType::Html);
}
