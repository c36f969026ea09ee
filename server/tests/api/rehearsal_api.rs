//! The interface of rehearsal builds for test suites (spec section 13): documented in `end2end/README.md`, which is held to it here.

use crate::support::*;
use reqwest::Method;
use serde_json::{Value, json};

const API: &str = "/rehearsal/api";
const JSON: &str = "application/json";

impl Answer {
    /// The JSON of an answer, which always bears the version.
    #[track_caller]
    fn json(&self) -> Value {
        assert_eq!(self.header("content-type"), JSON, "{}", self.text());
        let value: Value = serde_json::from_slice(&self.body).unwrap();
        assert_eq!(value["version"], 1);
        value
    }

    /// The error of this status.
    #[track_caller]
    fn error(&self, status: u16, code: &str) -> String {
        let value = self.json();
        assert_eq!((self.status, value["error"]["code"].as_str()), (status, Some(code)), "{value}");
        value["error"]["message"].as_str().unwrap().to_owned()
    }
}

async fn ask(app: &TestApp, path: &str) -> Answer {
    app.browser().get(&format!("{API}{path}")).await
}

async fn post(app: &TestApp, path: &str, body: Value) -> Answer {
    app.browser().post_raw(&format!("{API}{path}"), JSON, body.to_string()).await
}

async fn person(app: &TestApp, wanted: Value) -> Value {
    let answer = post(app, "/people", wanted).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    answer.json()["person"].clone()
}

/// The next mail that is there already.
async fn next_mail(app: &TestApp, query: &str) -> Value {
    app.work().await;
    let answer = ask(app, &format!("/mails/next?wait=0&{query}")).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    answer.json()["mail"].clone()
}

fn text<'v>(value: &'v Value, field: &str) -> &'v str {
    value[field].as_str().unwrap_or_else(|| panic!("no {field} in {value}"))
}

async fn identify(browser: &Browser, who: &Value) -> Page {
    let (number, kana, phone) = (text(who, "number"), text(who, "kana"), text(who, "phone"));
    browser.call("enrol", &[("step", "identity"), ("number", number), ("kana", kana), ("phone", phone)]).await
}

on_both!(a_suite_finds_out_what_it_talks_to, async |app| {
    let about = ask(app, "").await.json();
    assert_eq!(about["public_url"], app.settings.http.public_url);
    assert_eq!(about["service"], app.settings.brand.service);
    assert_eq!(about["password_profile"], "standard");
    assert_eq!(about["lifetimes"]["code_seconds"], 300);
    assert_eq!(about["lifetimes"]["link_seconds"], 86_400);
});

on_both!(the_demo_customers_are_told_with_what_gets_them_through_the_identity_check, async |app| {
    let people = ask(app, "/people").await.json()["people"].clone();
    let taro = people.as_array().unwrap().iter().find(|person| person["id"] == TARO.customer).unwrap();
    assert_eq!(taro["number"], TARO.number);
    assert_eq!(taro["kana"], "ニリン　タロウ");
    assert_eq!(taro["phone"], TARO.phone.replace('-', ""));
    assert_eq!((&taro["email"], &taro["account"]), (&json!(TARO.email), &json!(false)));
    assert_eq!(taro["contracts"].as_array().unwrap().len(), 2);
    assert!(matches!(identify(&app.browser(), taro).await.screen, Screen::ChoosePassword(_)));
    let hanako = ask(app, &format!("/people/{}", HANAKO.customer)).await.json()["person"].clone();
    assert_eq!(hanako["email"], Value::Null);
});

on_both!(the_list_of_people_is_read_page_by_page_and_by_who_has_an_account, async |app| {
    app.account(TARO).await;
    let (mut ids, mut after) = (Vec::new(), String::new());
    loop {
        let page = ask(app, &format!("/people?limit=20&after={after}")).await.json();
        ids.extend(page["people"].as_array().unwrap().iter().map(|person| text(person, "id").to_owned()));
        let Some(next) = page["next"].as_str() else { break };
        next.clone_into(&mut after);
    }
    assert_eq!(ids.len(), 48);
    let of = async |query: &str| ask(app, query).await.json()["people"].as_array().unwrap().clone();
    let with = of("/people?account=true").await;
    assert_eq!((with.len(), &with[0]["id"]), (1, &json!(TARO.customer)));
    assert_eq!(of("/people?account=false").await.len(), 47);
});

on_both!(a_new_person_enrols_with_what_the_interface_says, async |app| {
    let (one, other) = (person(app, json!({})).await, person(app, json!({})).await);
    assert_ne!(one["id"], other["id"]);
    let browser = app.browser();
    assert!(matches!(identify(&browser, &one).await.screen, Screen::ChoosePassword(_)));
    browser.choose(PASSWORD).await;
    let mail = next_mail(app, &format!("kind=confirm-enrolment&to={}", text(&one, "email"))).await;
    assert_eq!(mail["code"], Value::Null);
    let link = text(&mail, "link").strip_prefix(app.settings.http.public_url.as_str()).unwrap();
    browser.open(link).await;
    browser.confirm().await;
    let one = ask(app, &format!("/people/{}", text(&one, "id"))).await.json()["person"].clone();
    assert_eq!(one["account"], true);
});

on_both!(a_new_person_can_have_an_account_a_contract_that_ends_soon_and_columns_of_the_contracts_file, async |app| {
    let wanted =
        json!({ "password": PASSWORD, "days_left": 40, "columns": { "product": "原付保険", "kana": "ﾔﾏﾄﾞﾘ ｺﾞﾛｳ" } });
    let who = person(app, wanted).await;
    assert_eq!((&who["account"], &who["kana"]), (&json!(true), &json!("ヤマドリ　ゴロウ")));
    let contract = &who["contracts"][0];
    assert_eq!((&contract["product"], &contract["renewable"]), (&json!("原付保険"), &json!(true)));
    let browser = app.browser();
    let page = browser.password(text(&who, "email"), PASSWORD).await;
    assert!(matches!(page.screen, Screen::Code(_)));
    let mail = next_mail(app, &format!("kind=auth-code&to={}", text(&who, "email"))).await;
    let page = browser.type_code(text(&mail, "code")).await;
    assert_eq!(page.redirect_to.as_deref(), Some("/portal"));
    // The same customer and contract once more: the contract is brought up to date.
    let columns = json!({ "customer_id": who["id"], "contract_id": contract["id"], "policy_number": who["number"],
        "email": who["email"], "kana": who["kana"], "phones": who["phone"], "plate": "品川 あ 99-99" });
    let again = person(app, json!({ "columns": columns })).await;
    assert_eq!((&again["id"], &again["account"]), (&who["id"], &json!(true)));
    assert_eq!(again["contracts"].as_array().unwrap().len(), 1);
});

on_both!(a_person_who_cannot_be_is_refused_in_the_words_of_the_import_and_nobody_is_added, async |app| {
    let refused = async |wanted: Value, status: u16, code: &str, names: &str| {
        let message = post(app, "/people", wanted).await.error(status, code);
        assert!(message.contains(names), "{message}");
    };
    refused(json!({ "columns": { "kana": "山田" } }), 422, "not-allowed", "kana").await;
    refused(json!({ "columns": { "colour": "red" } }), 422, "not-allowed", "colour").await;
    refused(json!({ "columns": { "policy_number": TARO.number } }), 422, "not-allowed", "policy_number").await;
    refused(json!({ "days_left": 99_999_999 }), 422, "not-allowed", "days_left").await;
    refused(json!({ "days": 1 }), 400, "bad-request", "days").await;
    assert_eq!(ask(app, "/people?after=c-048").await.json()["people"], json!([]));
    refused(json!({ "password": "password" }), 422, "not-allowed", "password").await;
    refused(json!({ "password": PASSWORD, "columns": { "email": "" } }), 422, "not-allowed", "address").await;
});

on_both!(a_mail_is_waited_for_and_found_by_address_kind_and_the_one_before, async |app| {
    let (browser, code) = app.at_code(TARO).await;
    let of = format!("kind=auth-code&to={}", TARO.email.to_uppercase());
    let first = next_mail(app, &of).await;
    assert_eq!((&first["code"], &first["link"], &first["to"]), (&json!(code), &Value::Null, &json!(TARO.email)));
    assert!(text(&first, "source").contains("Auto-Submitted") && text(&first, "html").contains(&code));
    let after = format!("{of}&after={}", text(&first, "id"));
    let message = ask(app, &format!("/mails/next?wait=0&{after}")).await.error(404, "no-mail");
    assert!(message.contains("auth-code"), "{message}");

    app.clock.forward(31 * SECOND);
    browser.press("sign-in", "code", "resend").await;
    let next = format!("/mails/next?wait=30&{after}");
    let (arrived, ()) = futures::join!(ask(app, &next), app.work());
    let second = arrived.json()["mail"].clone();
    assert_ne!((&second["id"], &second["code"]), (&first["id"], &first["code"]));
    let all = ask(app, &format!("/mails?{of}")).await.json()["mails"].clone();
    assert_eq!((&all[0]["id"], &all[1]["id"]), (&second["id"], &first["id"]));

    let message = ask(app, "/mails?kind=postcard").await.error(422, "not-allowed");
    assert!(message.contains("auth-code"), "{message}");
    ask(app, &format!("/mails/next?after=x&{of}")).await.error(404, "not-found");
    ask(app, "/mails/next").await.error(400, "bad-request");
});

on_both!(a_fault_of_mail_holds_for_its_address_until_it_is_taken_back, async |app| {
    let fault = async |to: &str, fault: &str| post(app, "/faults", json!({ "to": to, "fault": fault })).await;
    let delivery = async |browser: &Browser| match browser.look(Flow::Enrol).await.screen {
        Screen::MailSent(mail) => mail.delivery,
        other => panic!("{other:?}"),
    };
    fault(TARO.email, "refused").await;
    let faults = fault(DOTKO.email, "delayed").await.json()["faults"].clone();
    assert_eq!(faults.as_array().unwrap().len(), 2);
    let (taro, dotko) = (app.browser(), app.browser());
    taro.enrol(TARO).await;
    dotko.enrol(DOTKO).await;
    app.work().await;
    assert!(matches!(delivery(&taro).await, Delivery::Refused), "{:?}", delivery(&taro).await);
    assert!(matches!(delivery(&dotko).await, Delivery::Delayed), "{:?}", delivery(&dotko).await);
    assert_eq!(fault(DOTKO.email, "none").await.json()["faults"].as_array().unwrap().len(), 1);
    app.clock.forward(MINUTE);
    assert!(next_mail(app, &format!("to={}", DOTKO.email)).await["link"].is_string());
    let message = fault(TARO.email, "lost").await.error(422, "not-allowed");
    assert!(message.contains("refused, delayed, none"), "{message}");
});

on_both!(a_clock_that_cannot_be_turned_is_told_and_one_that_can_is_turned_forward_only, async |app| {
    let clock = ask(app, "/clock").await.json();
    assert_eq!((&clock["now_ms"], &clock["can_be_turned"]), (&json!(app.now()), &json!(false)));
    assert_eq!((&clock["today"], &clock["time"]), (&json!("2026-11-23"), &json!("2026年11月23日 10:00")));
    post(app, "/clock", json!({ "forward_seconds": 60 })).await.error(409, "clock-fixed");

    let node = Node::start(app, &app.settings.store.url);
    let browser = node.browser(app);
    let at = format!("{API}/clock");
    let turn = async |body: &str| browser.post_raw(&at, JSON, body.to_owned()).await;
    let before = browser.get(&at).await.json()["now_ms"].as_i64().unwrap();
    let after = turn(r#"{"forward_seconds":86400}"#).await.json()["now_ms"].as_i64().unwrap();
    assert!((DAY..DAY + MINUTE).contains(&(after - before)), "{before} {after}");
    assert!(browser.get(&at).await.json()["now_ms"].as_i64().unwrap() >= after);
    for body in [r#"{"forward_seconds":-1}"#, r#"{"forward_seconds":99999999999}"#] {
        turn(body).await.error(422, "not-allowed");
    }
    for body in ["", "{}", r#"{"forward_seconds":"60"}"#, r#"{"forward_seconds":60,"back":1}"#] {
        turn(body).await.error(400, "bad-request");
    }
});

on_both!(what_the_interface_refuses_is_json_with_a_sentence, async |app| {
    let browser = app.browser();
    let send = async |method: Method, path: &str| browser.send(browser.request(method, path)).await;
    send(Method::GET, "/rehearsal/api/unheard-of").await.error(404, "not-found");
    send(Method::GET, "/rehearsal/api/people/nobody").await.error(404, "not-found");
    let wrong = send(Method::DELETE, "/rehearsal/api/people").await;
    wrong.error(405, "method");
    assert!(wrong.header("allow").contains("POST"));
    for path in ["/people", "/clock", "/faults"] {
        let at = format!("{API}{path}");
        let bare = browser.bare(Method::POST, &at).header("content-type", JSON).body("{}");
        let message = browser.send(bare).await.error(403, "foreign-origin");
        assert!(message.contains(&app.settings.http.public_url), "{message}");
        let foreign = [("origin", "https://elsewhere.example"), ("content-type", JSON)];
        assert_eq!(browser.post_with(&at, &foreign, &[]).await.status, 403);
    }
    // A form, which a page of another origin could send without asking, is not read.
    let form =
        browser.post_raw("/rehearsal/api/clock", "application/x-www-form-urlencoded", "forward_seconds=60").await;
    form.error(400, "bad-request");
    let large = browser.post_raw("/rehearsal/api/people", JSON, "x".repeat(20_000)).await;
    large.error(413, "bad-request");
    assert_eq!(ask(app, "/people").await.header("cache-control"), "no-store");
});

const GUIDE: &str = include_str!("../../../end2end/README.md");

/// What a source writes behind `before`, up to the next quotation mark.
fn literals<'s>(source: &'s str, before: &'s str) -> impl Iterator<Item = &'s str> {
    source.split(before).skip(1).filter_map(|rest| rest.split('"').next())
}

/// The words of the one enum in a source.
fn words_of(source: &str) -> impl Iterator<Item = &str> {
    let words = source.split("rules::words! {").nth(1).and_then(|rest| rest.split("\n}").next()).unwrap();
    literals(words, " = \"")
}

#[test]
fn the_guide_names_every_field_kind_of_mail_and_error() {
    let fields = Field::ALL.iter().map(|field| field.as_str());
    let kinds = server::store::MailKind::ALL.iter().map(|kind| kind.as_str());
    let errors = words_of(include_str!("../../src/rehearsal/api/error.rs"));
    let faults = words_of(include_str!("../../src/rehearsal/faults.rs"));
    for word in fields.chain(kinds).chain(errors).chain(faults) {
        let table = GUIDE.lines().any(|line| line.starts_with('|') && line.contains(&format!("`{word}`")));
        assert!(table, "no table of the guide has `{word}`");
    }
}

#[test]
fn every_button_and_heading_that_the_guide_promises_is_one_of_the_product() {
    let texts = named_sources("../app/src/text").into_iter().map(|(_, text)| text).collect::<String>();
    let promised = GUIDE.lines().filter(|line| line.starts_with('|'));
    let promised: Vec<_> =
        promised.flat_map(|line| line.split('「').skip(1)).filter_map(|rest| rest.split('」').next()).collect();
    assert!(promised.len() > 20);
    for words in promised {
        assert!(texts.contains(&format!("\"{words}\"")), "no sentence of the product is 「{words}」");
    }
}

on_both!(the_server_names_every_address_of_its_interface_and_the_guide_explains_it, async |app| {
    let about = ask(app, "").await.json();
    let named: Vec<_> =
        about["addresses"].as_array().unwrap().iter().map(|address| address.as_str().unwrap()).collect();
    let router = include_str!("../../src/rehearsal/api/mod.rs");
    let registered: Vec<_> = literals(router, ".route(\"").filter(|route| *route != API).collect();
    assert_eq!(named, registered);
    for address in named {
        assert!(GUIDE.contains(address), "{address}");
    }
});
