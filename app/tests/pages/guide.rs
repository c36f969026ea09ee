//! The guide, and its pictures of screens.

use crate::drawn::{guide_as, guide_page};
use crate::html::{count, text, values};
use app::pages::guide::Chosen;
use rules::limits::Limits;
use rules::password::PasswordProfile;

#[test]
fn the_guide_offers_three_choices_and_the_way_in() {
    let page = guide_page();
    let links = values(&page, "href");
    for address in ["/enrol", "/user-id", "/password-reset", "/sign-in", "/help/environment"] {
        assert!(links.contains(&address), "{address}");
    }
    assert_eq!(page.matches("class=\"choice\"").count(), 3);
    assert!(page.contains("ニリンネット"), "the former name is told");
    assert!(page.contains("2022年9月6日"), "the renewal date is told");
}

#[test]
fn pictures_of_screens_are_the_screens_and_hold_nothing_to_operate() {
    let page = guide_page();
    assert_eq!(count(&page, "figure"), 14, "every screen of the three flows");
    for element in ["input", "label", "form", "button"] {
        assert_eq!(count(&page, element), 0, "{element}");
    }
    let frames: Vec<_> = page.split("class=\"shot-frame\"").skip(1).collect();
    assert_eq!(frames.len(), 14);
    for frame in frames {
        let screen = frame.split("<figcaption").next().unwrap_or_default();
        for what in ["<a ", " id=", " href=", " name=", " tabindex=", " aria-describedby=", " role="] {
            assert!(!screen.contains(what), "{what}");
        }
    }
    assert_eq!(page.matches("<div aria-hidden=\"true\" class=\"shot-frame\">").count(), 14);
    // Words that only the real screens have.
    for words in ["NR10000001", "英小文字・英大文字・数字・記号のうち3種類以上", "t***@e***.jp", "心当たりがない"]
    {
        assert!(text(&page).contains(words), "{words}");
    }
}

#[test]
fn pictures_show_the_screens_as_they_are_configured() {
    let page = text(&guide_as(
        &Limits::default(),
        Chosen { profile: PasswordProfile::Long, mask_user_id: true, phone: true, through_relay: false },
    ));
    assert!(page.contains("8文字以上128文字以下"));
    assert!(!page.contains("8文字以上17文字以下"));
    assert!(page.contains("ユーザーIDの一部を隠して表示しています"));
}
