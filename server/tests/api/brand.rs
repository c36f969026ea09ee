//! A brand of one's own: its colours and drawings, in the place of those of the build.

use crate::support::*;
use design::Colour;
use server::config::Settings;

fn another_brand(settings: &mut Settings) {
    let look = &mut settings.brand.look;
    (look.accent, look.fill) = (Colour::parse("#7a2e0b").ok(), Colour::parse("#00594f").ok());
    look.logo = Some("../deploy/brand/midori-logo.svg".into());
}

/// Where a page has an asset of that name.
fn address(page: &str, name: &str) -> String {
    let before = page.split(name).next().unwrap();
    format!("{}{name}", before.rsplit('"').next().unwrap())
}

on_both!(a_brand_has_its_colours_and_its_logo_on_every_page_also_of_another_node, async |app| {
    let branded = app.another(another_brand).await;
    let browser = branded.browser();
    let page = browser.get("/sign-in").await.text();
    let style = address(&page, "style.css");
    let answer = browser.get(&style).await;
    assert_eq!(answer.header("cache-control"), "public, max-age=31536000, immutable");
    assert_eq!(answer.header("content-type"), "text/css");
    let css = answer.text();
    assert!(css.starts_with("main{}") && css.contains("--fill:#00594f") && css.contains("--accent:#7a2e0b"), "{css}");
    assert!(css.contains("aspect-ratio:3"), "{css}");
    let logo = browser.get(&address(&page, "logo.svg")).await;
    assert_eq!(logo.header("content-type"), "image/svg+xml");
    assert!(logo.text().contains("viewBox=\"0 0 96 32\""));
    // Nodes without the brand have another address, and answer for the branded one out of the database.
    let shipped = app.browser();
    assert_ne!(address(&shipped.get("/sign-in").await.text(), "style.css"), style);
    assert_eq!(shipped.get(&style).await.text(), css);
    branded.end().await;
});

on_both!(a_mail_has_the_brands_colour_in_its_header, with | settings | another_brand(settings), async |app| {
    app.browser().enrol(TARO).await;
    let mail = app.mail(TARO.email, "confirm-enrolment").await;
    assert!(mail.html.contains("bgcolor=\"#00594f\"") && !mail.html.contains("#0017c1"), "{}", mail.html);
});
