//! The password profile `long`: the same ways, other rules (spec section 5).

use crate::support::*;
use rules::password::{PasswordProfile, PasswordRule};
use server::config::Settings as Shipped;

const PHRASE: &str = "うみべの みちを はしる あさ";

fn long(settings: &mut Shipped) {
    settings.password.profile = PasswordProfile::Long;
}

on_both!(the_whole_way_in_works_with_the_long_profile, with | settings | long(settings), async |app| {
    let browser = app.browser();
    browser.identify("enrol", TARO).await;
    assert_eq!(step(&browser.choose(PHRASE).await), "mail");
    browser.open(&app.link(TARO.email, "confirm-enrolment").await).await;
    assert_eq!(step(&browser.confirm().await), "link-done");
    app.sign_in_as(&browser, TARO, PHRASE).await;
    assert_eq!(browser.get("/portal").await.status, 200);
    let longest = format!("{PHRASE}{}", "か-".repeat(64)).chars().take(128).collect::<String>();
    let page =
        browser.call("account", &[("step", "change-password"), ("password", PHRASE), ("new_password", &longest)]).await;
    assert_eq!((page.redirect_to.as_deref(), problems(&page)), (Some("/portal/account?changed"), vec![]));
    app.browser().forget_password(TARO.email).await;
    let other = app.browser();
    other.open(&app.link(TARO.email, "reset-password").await).await;
    assert_eq!(step(&other.renew("kawa no nagare no youni").await), "link-done");
    app.sign_in_as(&other, TARO, "kawa no nagare no youni").await;
});

on_both!(
    asvs_6_2_9_the_long_profile_takes_8_to_128_characters_of_any_kind,
    with | settings | long(settings),
    async |app| {
        let browser = app.browser();
        browser.identify("enrol", TARO).await;
        let unmet = async |password: &str| match problem(&browser.choose(password).await) {
            Problem::Rules { unmet, .. } => unmet,
            other => panic!("{other:?}"),
        };
        let filler = "みずうみ-やま-".repeat(20);
        assert_eq!(unmet(&filler.chars().take(129).collect::<String>()).await, [PasswordRule::Length]);
        assert_eq!(unmet("mizuumi").await, [PasswordRule::Length]);
        assert_eq!(unmet("password").await, [PasswordRule::NotCommon]);
        assert_eq!(step(&browser.choose(&filler.chars().take(128).collect::<String>()).await), "mail");
    }
);
