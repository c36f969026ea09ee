//! The contracts file and what it means for people who use the portal.

use crate::support::*;
use rules::RequestState;
use server::import::{Importer, Report, Unwatched};
use server::rng::SystemRng;
use server::store::Actor;

const DEMO: &str = include_str!("../../demo/contracts.csv");
const RENEWAL: &str = "/portal/contracts/k-002/renewal";
const CHANGE: &str = "/portal/contracts/k-002/change";

/// Imports a file as the command does.
async fn import(app: &TestApp, file: &str) -> Report {
    let importer = Importer {
        store: &app.store,
        clock: &*app.clock,
        rng: &SystemRng,
        keys: Some(&app.worker.keys),
        actor: Actor::Staff("test"),
        progress: &Unwatched,
    };
    let report = importer.run(std::io::Cursor::new(file.to_owned()), false).await.unwrap();
    assert_eq!(report.bad_total, 0, "{:?}", report.bad);
    report
}

/// The demo file in which the row of `k-002` is changed.
fn with(changes: &[(&str, &str)]) -> String {
    let change = |line: &str| changes.iter().fold(line.to_owned(), |line, (from, to)| line.replace(from, to));
    DEMO.lines().map(|line| if line.starts_with("k-002,") { change(line) } else { line.to_owned() } + "\n").collect()
}

/// The demo file with columns for the next term, which only `k-002` has.
fn with_offer(next_premium_yen: &str, next_starts_on: &str) -> String {
    let offer = format!(",{next_premium_yen},{next_starts_on}\n");
    let end = |line: &str| match line {
        header if header.starts_with("contract_id,") => ",next_premium_yen,next_starts_on\n".to_owned(),
        row if row.starts_with("k-002,") => offer.clone(),
        _ => ",,\n".to_owned(),
    };
    DEMO.lines().map(|line| line.to_owned() + &end(line)).collect()
}

/// Asks for a renewal or a change of `k-002`, and returns its number.
async fn request(app: &TestApp, browser: &Browser, address: &str, entry: &[(&str, &str)]) -> String {
    let page = browser.post_form(address, &[&[("step", "entry")], entry].concat()).await.then.text();
    let number = page.split("name=\"reference\" value=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap();
    let confirm = [("step", "confirm"), ("reference", number), ("act", "")];
    let receipt = browser.followed(browser.post_form(address, &confirm).await.then).await;
    assert!(receipt.text().contains("受け付けました"));
    app.work().await;
    number.to_owned()
}

async fn request_renewal(app: &TestApp, browser: &Browser) -> String {
    request(app, browser, RENEWAL, &[("choice", "as-before"), ("consent", "yes")]).await
}

async fn state(app: &TestApp, number: &str) -> String {
    app.text(&format!("SELECT state FROM requests WHERE reference = '{number}'")).await
}

async fn mails_of_moves(app: &TestApp) -> usize {
    app.kinds(TARO.email).await.iter().filter(|kind| *kind == "request-moved").count()
}

on_both!(what_the_insurer_offers_for_the_next_term_stands_in_the_renewal, async |app| {
    let browser = app.signed_in(TARO).await;
    assert!(browser.get(RENEWAL).await.text().contains("書面でお知らせします"), "before it is told");
    import(app, &with_offer("10980", "2026-12-20")).await;
    let page = browser.get(RENEWAL).await.text();
    assert!(page.contains("10,980") && page.contains("2026年12月20日") && page.contains("2027年12月20日"), "{page}");
    import(app, DEMO).await;
    assert!(!browser.get(RENEWAL).await.text().contains("10,980"), "a file without the columns takes it back");
});

on_both!(a_renewal_that_the_file_shows_is_done_with_a_mail_and_an_audit_line, async |app| {
    let browser = app.signed_in(TARO).await;
    let number = request_renewal(app, &browser).await;
    let report = import(app, DEMO).await;
    assert_eq!((report.requests_done, state(app, &number).await), (0, RequestState::Received.as_str().into()));
    let renewed = with(&[("2026-12-15", "2027-12-15"), ("2025-12-15", "2026-12-15")]);
    assert_eq!(import(app, &renewed).await.requests_done, 1);
    assert_eq!(state(app, &number).await, RequestState::Done.as_str());
    assert_eq!(mails_of_moves(app).await, 1);
    let moves = format!("FROM audit WHERE event = 'request_moved' AND reference = '{number}'");
    assert_eq!(app.text(&format!("SELECT actor {moves}")).await, "server");
    assert_eq!(import(app, &renewed).await.requests_done, 0, "it is done once");
    assert_eq!((mails_of_moves(app).await, app.number(&format!("SELECT COUNT(*) {moves}")).await), (1, 1));
});

on_both!(a_change_is_done_when_the_file_has_every_value_of_it, async |app| {
    let browser = app.signed_in(TARO).await;
    let entry = [("plate", "1品川あ5678"), ("phone", "090-1111-2222")];
    let number = request(app, &browser, CHANGE, &entry).await;
    app.sql(&format!("UPDATE requests SET state = 'in-progress' WHERE reference = '{number}'")).await;
    let plate_only = with(&[("西宮市 う 12-84", "１品川 あ ５６－７８")]);
    assert_eq!(import(app, &plate_only).await.requests_done, 0);
    assert_eq!(state(app, &number).await, RequestState::InProgress.as_str());
    let both = plate_only.replace("タロウ,090-0000-0001", "タロウ,090-1111-2222;090-0000-0001");
    assert_eq!(import(app, &both).await.requests_done, 1);
    assert_eq!(state(app, &number).await, RequestState::Done.as_str());
});

on_both!(a_request_that_has_come_to_its_end_is_left_alone, async |app| {
    let browser = app.signed_in(TARO).await;
    let number = request_renewal(app, &browser).await;
    app.sql("UPDATE requests SET state = 'declined'").await;
    let renewed = with(&[("2026-12-15", "2027-12-15"), ("2025-12-15", "2026-12-15")]);
    assert_eq!(import(app, &renewed).await.requests_done, 0);
    assert_eq!((state(app, &number).await, mails_of_moves(app).await), (RequestState::Declined.as_str().into(), 0));
});

on_both!(an_import_that_rewrites_the_contract_of_an_open_request_keeps_both_right, async |app| {
    let browser = app.signed_in(TARO).await;
    let page = browser.post_form(CHANGE, &[("step", "entry"), ("plate", "1品川あ5678")]).await.then.text();
    let number = page.split("name=\"reference\" value=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap();
    let confirm = [("step", "confirm"), ("reference", number), ("act", "")];
    let rewritten = with(&[("ソラネ ミナモ125", "ソラネ ミナモ155"), ("11890", "12340")]);
    let (sent, report) = futures::join!(browser.post_form(CHANGE, &confirm), import(app, &rewritten));
    assert!(browser.followed(sent.then).await.text().contains("受け付けました"));
    assert_eq!((report.requests_done, app.number("SELECT COUNT(*) FROM requests").await), (0, 1));
    assert_eq!(state(app, number).await, RequestState::Received.as_str());
    let shown = browser.followed(browser.get(CHANGE).await).await.text();
    assert!(shown.contains("西宮市 う 12-84") && shown.contains("1品川 あ 56-78"), "the request says what it said");
    let contract = browser.get("/portal/contracts/k-002").await.text();
    assert!(contract.contains("ソラネ ミナモ155") && contract.contains("12,340"), "{contract}");
    import(app, &rewritten.replace("西宮市 う 12-84", "1品川 あ 56-78")).await;
    assert_eq!((state(app, number).await, mails_of_moves(app).await), (RequestState::Done.as_str().into(), 1));
});
