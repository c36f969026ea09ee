//! The portal: a customer's own contracts and nobody else's, and the password change (spec section 4, In the portal).

use crate::support::*;
use rules::password::PasswordRule;

async fn change(browser: &Browser, current: &str, new: &str) -> Page {
    browser.call("account", &[("step", "change-password"), ("password", current), ("new_password", new)]).await
}

on_both!(the_home_page_greets_and_shows_every_contract_of_the_customer, async |app| {
    let browser = app.signed_in(KAZUO).await;
    let text = browser.get("/portal").await.text();
    for shown in ["ヨツモト", "トキワ オオルリ1000", "トキワ ハルカ110", "ソラネ コチ400", "カイヒン マチノリe"]
    {
        assert!(text.contains(shown), "{shown}");
    }
    assert!(!text.contains("アキツ リンドウ250"), "nobody else's");
});

on_both!(a_contracts_page_shows_everything_that_was_imported, async |app| {
    let browser = app.signed_in(TARO).await;
    let answer = browser.get("/portal/contracts/k-001").await;
    assert_eq!(answer.status, 200);
    let text = answer.text();
    for shown in [
        "NR10000001",
        "KE20000001",
        "MT30000001",
        "バイク保険 スタンダード",
        "アキツ リンドウ250",
        "1品川 あ 12-34",
        "249",
        "日常・レジャー",
        "本人限定・26歳以上",
        "無制限",
        "3,000万円",
        "50万円（免責5万円）",
        "あり（100kmまで搬送無料）",
        "23,400",
        "年払（クレジットカード）",
    ] {
        assert!(text.contains(shown), "{shown}");
    }
    let other = browser.get("/portal/contracts/k-002").await.text();
    assert!(other.contains("22日"), "days from 2026-11-23 to 2026-12-15");
});

on_both!(asvs_8_another_customers_contract_is_not_found, async |app| {
    let browser = app.signed_in(TARO).await;
    for id in ["k-008", "k-003", "k-999", "K-001", "k-001%20", "..%2F..", "%00"] {
        let answer = browser.get(&format!("/portal/contracts/{id}")).await;
        assert_eq!(answer.status, 404, "{id}");
        assert!(answer.helps(), "{id}");
    }
});

on_both!(a_password_change_needs_the_present_one_and_ends_other_sessions, async |app| {
    let browser = app.signed_in(TARO).await;
    let other = app.browser();
    app.clock.forward(MINUTE);
    app.sign_in(&other, TARO).await;
    let token = browser.cookie("__Host-session").expect("a session");
    let old = browser.copy();
    let page = change(&browser, PASSWORD, NEW_PASSWORD).await;
    assert_eq!((page.redirect_to.as_deref(), problems(&page)), (Some("/portal/account?changed"), vec![]));
    assert_ne!(browser.cookie("__Host-session").expect("a session"), token, "asvs 7.2.4: a new token");
    assert_eq!(browser.get("/portal").await.status, 200);
    assert_eq!(other.get("/portal").await.status, 303);
    assert_eq!(old.get("/portal").await.status, 303);
    assert_eq!(app.kinds(TARO.email).await.iter().filter(|kind| *kind == "password-changed").count(), 1);
    app.clock.forward(MINUTE);
    assert_eq!(problem(&app.browser().password(TARO.email, PASSWORD).await), Problem::WrongPassword);
    app.sign_in_as(&app.browser(), TARO, NEW_PASSWORD).await;
});

on_both!(a_password_change_that_breaks_a_rule_changes_nothing, async |app| {
    let browser = app.signed_in(TARO).await;
    let hash = app.text("SELECT password_hash FROM accounts").await;
    assert_eq!(problem(&change(&browser, WRONG_PASSWORD, NEW_PASSWORD).await), Problem::WrongCurrentPassword);
    assert_eq!(problem(&change(&browser, PASSWORD, PASSWORD).await), Problem::SamePassword);
    assert_eq!(problem(&change(&browser, "", NEW_PASSWORD).await), Problem::Empty);
    assert!(
        matches!(problem(&change(&browser, PASSWORD, "Aozora+2718km-abcd").await), Problem::Rules { unmet, .. } if unmet == [PasswordRule::Length])
    );
    let page =
        browser.call("account", &[("step", "code"), ("password", PASSWORD), ("new_password", NEW_PASSWORD)]).await;
    assert_eq!(page.notice, Some(Notice::Stale));
    let posted = browser
        .post_form(
            "/portal/account",
            &[("step", "change-password"), ("password", WRONG_PASSWORD), ("new_password", NEW_PASSWORD)],
        )
        .await;
    assert_eq!(posted.first.status, 422);
    assert_eq!(app.text("SELECT password_hash FROM accounts").await, hash);
    let posted = browser
        .post_form(
            "/portal/account",
            &[("step", "change-password"), ("password", PASSWORD), ("new_password", NEW_PASSWORD)],
        )
        .await;
    assert_eq!((posted.first.status, posted.then.status), (303, 200));
    assert_ne!(app.text("SELECT password_hash FROM accounts").await, hash);
});

on_both!(guessing_the_present_password_inside_the_portal_is_slowed_down, async |app| {
    let browser = app.signed_in(TARO).await;
    for _ in 0..5 {
        assert_eq!(problem(&change(&browser, WRONG_PASSWORD, NEW_PASSWORD).await), Problem::WrongCurrentPassword);
    }
    let until = app.now() + MINUTE;
    assert_eq!(problem(&change(&browser, PASSWORD, NEW_PASSWORD).await), Problem::WaitUntil(until));
    app.clock.at(until);
    assert!(change(&browser, PASSWORD, NEW_PASSWORD).await.redirect_to.is_some());
});

on_both!(a_strangers_failures_never_push_the_owners_sign_ins_out_of_the_history, async |app| {
    let browser = app.signed_in(TARO).await;
    for _ in 0..15 {
        app.clock.forward(31 * MINUTE);
        app.browser().password(TARO.email, WRONG_PASSWORD).await;
    }
    app.clock.forward(31 * MINUTE);
    let owner = app.signed_in_again(TARO).await;
    let told = owner.get("/portal/account").await.text();
    assert_eq!(told.matches("class=\"signed-in\"").count(), 2);
    assert_eq!(told.matches("class=\"refused\"").count(), 10);
    drop(browser);
});

on_both!(what_ends_next_comes_first_and_a_quote_is_no_contract, async |app| {
    let browser = app.signed_in(KAZUO).await;
    let page = browser.get("/portal").await.text();
    let shown: Vec<_> = page.split("data-status=\"").skip(1).map(|card| card.split('"').next().unwrap()).collect();
    let rank = |status: &str| {
        ["active", "renewal", "quote"].iter().position(|known| *known == status).map_or(3, |at| at.max(1))
    };
    assert!(shown.len() == 4 && shown.is_sorted_by_key(|status| rank(status)), "{shown:?}");
    let quote = page.split("data-status=\"quote\"").nth(1).expect("a quote");
    let quote = quote.split("data-status").next().unwrap();
    assert!(quote.contains("まだご契約は成立していません") && !quote.contains("満期日"));
});
