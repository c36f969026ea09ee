//! Procedures of the portal: from a contract to a request, once and only by its holder (spec section 14).

use crate::support::*;
use rules::RequestState;

pub const RENEWAL: &str = "/portal/contracts/k-002/renewal";
pub const CHANGE: &str = "/portal/contracts/k-002/change";

/// The number of the procedure that a page names in its forms.
pub fn reference(page: &str) -> String {
    let rest = page.split("name=\"reference\" value=\"").nth(1).expect("a form");
    rest.split('"').next().expect("a value").to_owned()
}

pub async fn choose(browser: &Browser) -> String {
    let fields = [("step", "entry"), ("reference", ""), ("act", ""), ("choice", "as-before"), ("consent", "yes")];
    let posted = browser.post_form(RENEWAL, &fields).await;
    assert_eq!((posted.first.status, posted.first.header("location")), (303, RENEWAL));
    posted.then.text()
}

pub async fn send(browser: &Browser, address: &str, reference: &str) -> String {
    let posted = browser.post_form(address, &[("step", "confirm"), ("reference", reference), ("act", "")]).await;
    assert_eq!(posted.first.status, 303);
    browser.followed(posted.then).await.text()
}

on_both!(a_renewal_leads_from_the_contract_to_a_receipt_and_a_mail_and_is_made_once, async |app| {
    let browser = app.signed_in(TARO).await;
    assert!(browser.get("/portal").await.text().contains(RENEWAL), "the home page leads to it");
    let page = choose(&browser).await;
    assert!(page.contains("2027年12月15日"), "the next term");
    assert_eq!(app.number("SELECT COUNT(*) FROM requests").await, 0, "nothing is sent before it was confirmed");
    let number = reference(&page);
    let receipt = send(&browser, RENEWAL, &number).await;
    assert!(receipt.contains("受け付けました") && receipt.contains(&number));
    assert!(send(&browser, RENEWAL, &number).await.contains(&number), "pressed twice");
    choose(&browser).await;
    assert_eq!(app.number("SELECT COUNT(*) FROM requests").await, 1);
    assert_eq!(app.kinds(TARO.email).await.iter().filter(|kind| *kind == "request-received").count(), 1);
    assert!(!app.text("SELECT sealed FROM requests").await.contains("as-before"), "kept sealed");
});

on_both!(of_many_presses_at_once_one_request_is_made, async |app| {
    let browser = app.signed_in(TARO).await;
    let number = reference(&choose(&browser).await);
    let presses = (0..8).map(|_| send(&browser, RENEWAL, &number));
    for receipt in futures::future::join_all(presses).await {
        assert!(receipt.contains("受け付けました"));
    }
    assert_eq!(app.number("SELECT COUNT(*) FROM requests").await, 1);
});

on_both!(a_renewal_is_offered_on_the_days_of_its_window_alone, async |app| {
    let browser = app.signed_in(TARO).await;
    let k_001 = browser.get("/portal/contracts/k-001/renewal").await;
    assert!(k_001.status == 200 && !k_001.text().contains("name=\"choice\""), "it ends in eight months");
    for (ends_on, offered) in [("2026-11-22", false), ("2026-11-23", true), ("2027-01-22", true), ("2027-01-23", false)]
    {
        app.sql(&format!("UPDATE contracts SET ends_on = '{ends_on}' WHERE id = 'k-002'")).await;
        assert_eq!(browser.get(RENEWAL).await.text().contains("name=\"choice\""), offered, "{ends_on}");
    }
});

on_both!(asvs_8_a_procedure_for_somebody_elses_contract_is_not_found, async |app| {
    let browser = app.signed_in(TARO).await;
    for address in ["/portal/contracts/k-008/renewal", "/portal/contracts/k-008/change", "/portal/contracts/k-002/sell"]
    {
        assert_eq!(browser.get(address).await.status, 404, "{address}");
        assert_eq!(browser.post_form(address, &[("step", "entry")]).await.first.status, 404, "{address}");
    }
    for reference in ["X", "", "\0", "7K2M\0"] {
        let posted = browser.post_form("/portal/requests/withdraw", &[("reference", reference)]).await;
        assert_eq!(posted.first.status, 404, "{reference:?}");
    }
});

on_both!(a_change_is_folded_as_typed_and_one_that_changes_nothing_says_so, async |app| {
    let browser = app.signed_in(TARO).await;
    let same = browser.post_form(CHANGE, &[("step", "entry"), ("plate", "西宮市ウ１２８４")]).await;
    assert_eq!(same.then.status, 422);
    assert!(same.then.text().contains("変更する内容がありません"));
    let wrong = browser.post_form(CHANGE, &[("step", "entry"), ("phone", "12"), ("vehicle", "コチ400")]).await.then;
    assert!(
        wrong.text().contains("電話番号は、0から始まる") && wrong.text().contains("コチ400"),
        "nothing typed is lost"
    );
    let fields = [("step", "entry"), ("plate", "１品川ア５６ー７８"), ("phone", "+81 90 1111 2222")];
    let page = browser.post_form(CHANGE, &fields).await.then.text();
    for shown in ["西宮市 う 12-84", "1品川 あ 56-78", "09011112222", "*******0001"] {
        assert!(page.contains(shown), "{shown}");
    }
    let receipt = send(&browser, CHANGE, &reference(&page)).await;
    assert!(receipt.contains("受け付けました"));
});

on_both!(a_post_for_another_step_changes_nothing_and_says_so, async |app| {
    let browser = app.signed_in(TARO).await;
    let page = send(&browser, RENEWAL, "7K2M-4XQ9").await;
    assert!(page.contains("もう一度入力してください") && page.contains("name=\"choice\""));
    choose(&browser).await;
    assert!(choose(&browser).await.contains("すでに次の画面へ進んでいます"), "from another tab");
    let page = send(&browser, RENEWAL, "7K2M-4XQ9").await;
    assert!(page.contains("すでに次の画面へ進んでいます"), "the form of another procedure");
    assert_eq!(app.number("SELECT COUNT(*) FROM requests").await, 0);
});

on_both!(after_signing_out_in_the_middle_a_procedure_begins_again, async |app| {
    let browser = app.signed_in(TARO).await;
    let number = reference(&choose(&browser).await);
    browser.post_form("/sign-out", &[]).await;
    let posted = browser.post_form(RENEWAL, &[("step", "confirm"), ("reference", &number)]).await;
    assert!(posted.first.header("location").starts_with("/sign-in"));
    app.clock.forward(MINUTE);
    app.sign_in(&browser, TARO).await;
    assert!(browser.get(RENEWAL).await.text().contains("name=\"choice\""));
});

on_both!(a_request_that_is_at_its_end_can_still_be_opened_by_its_own_person_alone, async |app| {
    let browser = app.signed_in(TARO).await;
    let number = reference(&choose(&browser).await);
    send(&browser, RENEWAL, &number).await;
    let address = format!("/portal/requests/{number}");
    for (state, told) in [
        ("received", "受け付けました"),
        ("declined", "お受けできませんでした"),
        ("withdrawn", "お申し込みを取り下げました"),
    ] {
        app.sql(&format!("UPDATE requests SET state = '{state}'")).await;
        assert!(browser.get("/portal/contracts/k-002").await.text().contains(&address), "{state}");
        let page = browser.get(&address).await;
        assert!(page.status == 200 && page.text().contains(told), "{state}");
        let home = browser.get("/portal").await.text();
        assert_eq!(home.contains(&address), state != "withdrawn", "the home says how things are now: {state}");
    }
    let stranger = app.signed_in(KAZUO).await;
    assert_eq!(stranger.get(&address).await.status, 404);
    assert_eq!(browser.get("/portal/requests/7K2M-4XQ9").await.status, 404);
});

on_both!(a_request_is_withdrawn_by_its_own_person_until_staff_takes_it, async |app| {
    let browser = app.signed_in(TARO).await;
    let number = reference(&choose(&browser).await);
    send(&browser, RENEWAL, &number).await;
    let stranger = app.signed_in(KAZUO).await;
    let withdraw = [("reference", number.as_str())];
    assert_eq!(stranger.post_form("/portal/requests/withdraw", &withdraw).await.first.status, 404);
    let page = browser.post_form("/portal/requests/withdraw", &withdraw).await.then.text();
    assert!(page.contains("取り下げ"));
    assert_eq!(app.text("SELECT state FROM requests").await, RequestState::Withdrawn.as_str());
    assert_eq!(app.kinds(TARO.email).await.last().map(String::as_str), Some("request-moved"));
    let again = reference(&choose(&browser).await);
    send(&browser, RENEWAL, &again).await;
    app.sql(&format!("UPDATE requests SET state = 'in-progress' WHERE reference = '{again}'")).await;
    let late = browser.post_form("/portal/requests/withdraw", &[("reference", &again)]).await.then.text();
    assert!(late.contains("この画面では取り下げられません"), "{late}");
    assert_eq!(app.number("SELECT COUNT(*) FROM requests WHERE state = 'in-progress'").await, 1);
    let page = browser.followed(browser.get(RENEWAL).await).await.text();
    assert!(page.contains("手続きを進めています"));
});

on_both!(an_import_in_the_middle_of_a_renewal_does_not_renew_the_new_term, async |app| {
    let browser = app.signed_in(TARO).await;
    let number = reference(&choose(&browser).await);
    app.sql("UPDATE contracts SET starts_on = '2026-12-15', ends_on = '2027-12-15' WHERE id = 'k-002'").await;
    let page = send(&browser, RENEWAL, &number).await;
    assert!(!page.contains("受け付けました") && page.contains("2027年10月16日"), "when it is offered next");
    assert_eq!(app.number("SELECT COUNT(*) FROM requests").await, 0);
});
