//! Procedures of the portal under the wizard's rule: days that end meanwhile, clocks, tabs, lost answers, imports (spec sections 3
//! and 14).

use crate::requests::{CHANGE, RENEWAL, choose, reference, send};
use crate::support::*;
use reqwest::{Method, Response};
use rules::calendar::{beginning_of, days_of};
use std::time::Duration;

/// Turns the clock to ten minutes before the end of a day in Japan.
fn late_on(app: &TestApp, day: &str) {
    app.clock.at(beginning_of(days_of(day).expect("a day") + 1) - 10 * MINUTE);
}

async fn requests(app: &TestApp) -> i64 {
    app.number("SELECT COUNT(*) FROM requests").await
}

/// Enters a new plate; returns the page to confirm.
async fn enter_plate(browser: &Browser, plate: &str) -> String {
    browser.post_form(CHANGE, &[("step", "entry"), ("plate", plate)]).await.then.text()
}

async fn go_back(browser: &Browser, address: &str, reference: &str) -> String {
    let fields = [("step", "confirm"), ("reference", reference), ("act", "back")];
    browser.followed(browser.post_form(address, &fields).await.then).await.text()
}

const IS_ELSEWHERE: &str = "すでに次の画面へ進んでいます";
const RECEIVED: &str = "受け付けました";

on_both!(a_renewal_that_was_begun_on_the_last_day_is_not_sent_on_the_next, async |app| {
    late_on(app, "2026-12-15");
    let browser = app.signed_in(TARO).await;
    let number = reference(&choose(&browser).await);
    app.clock.forward(11 * MINUTE);
    let page = send(&browser, RENEWAL, &number).await;
    assert!(!page.contains(RECEIVED) && !page.contains("name=\"choice\""), "{page}");
    assert_eq!(requests(app).await, 0);
});

on_both!(a_term_that_ends_on_a_leap_day_is_renewed_until_the_last_day_of_february, async |app| {
    app.sql("UPDATE contracts SET ends_on = '2028-02-29' WHERE id = 'k-002'").await;
    late_on(app, "2027-12-30");
    let browser = app.signed_in(TARO).await;
    assert!(!browser.get(RENEWAL).await.text().contains("name=\"choice\""), "61 days before");
    app.clock.forward(11 * MINUTE);
    assert!(choose(&browser).await.contains("2029年2月28日"), "60 days before");
});

on_both!(a_clock_that_is_put_back_takes_nothing_from_a_procedure, async |app| {
    let browser = app.signed_in(TARO).await;
    let number = reference(&choose(&browser).await);
    app.clock.forward(-2 * DAY);
    assert!(send(&browser, RENEWAL, &number).await.contains(RECEIVED));
    assert_eq!(requests(app).await, 1);
});

on_both!(whoever_says_in_time_that_they_are_still_there_loses_nothing_of_a_procedure, async |app| {
    let browser = app.signed_in(TARO).await;
    let number = reference(&choose(&browser).await);
    for _ in 0..3 {
        app.clock.forward(28 * MINUTE);
        browser.press("session", "session", "extend").await;
    }
    assert!(browser.get(RENEWAL).await.text().contains(&number), "a reload shows what was entered");
    assert!(send(&browser, RENEWAL, &number).await.contains(RECEIVED));
    assert_eq!(requests(app).await, 1);
});

on_both!(a_procedure_ends_with_its_session, async |app| {
    let browser = app.signed_in(TARO).await;
    let number = reference(&choose(&browser).await);
    app.clock.forward(30 * MINUTE);
    let fields = [("step", "confirm"), ("reference", number.as_str()), ("act", "")];
    assert!(browser.post_form(RENEWAL, &fields).await.first.header("location").starts_with("/sign-in"));
    app.sign_in(&browser, TARO).await;
    let page = send(&browser, RENEWAL, &number).await;
    assert!(page.contains("もう一度入力してください") && page.contains("name=\"choice\""));
    assert_eq!(requests(app).await, 0);
});

on_both!(what_the_former_holder_of_a_contract_asked_for_keeps_the_new_one_from_nothing, async |app| {
    let taro = app.signed_in(TARO).await;
    let number = reference(&enter_plate(&taro, "1品川あ1111").await);
    send(&taro, CHANGE, &number).await;
    let renewal = reference(&choose(&taro).await);
    send(&taro, RENEWAL, &renewal).await;
    app.sql("UPDATE requests SET state = 'done' WHERE kind = 'renewal'").await;
    app.sql(&format!("UPDATE contracts SET customer_id = '{}' WHERE id = 'k-002'", NOBU.customer)).await;
    let nobu = app.signed_in(NOBU).await;
    let receipt = send(&nobu, CHANGE, &reference(&enter_plate(&nobu, "1品川あ2222").await)).await;
    assert!(receipt.contains(RECEIVED) && receipt.contains("22-22") && !receipt.contains("11-11"), "{receipt}");
    assert!(send(&nobu, RENEWAL, &reference(&choose(&nobu).await)).await.contains(RECEIVED));
    assert_eq!(requests(app).await, 4);
});

on_both!(a_tab_cannot_send_what_another_tab_has_entered_since, async |app| {
    let browser = app.signed_in(TARO).await;
    let first = reference(&enter_plate(&browser, "1品川あ1111").await);
    go_back(&browser, CHANGE, &first).await;
    let page = enter_plate(&browser, "1品川あ2222").await;
    let seen_there = send(&browser, CHANGE, &first).await;
    assert!(seen_there.contains(IS_ELSEWHERE) && seen_there.contains("22-22"), "the first tab shows what there is now");
    assert_eq!(requests(app).await, 0);
    let receipt = send(&browser, CHANGE, &reference(&page)).await;
    assert!(receipt.contains(RECEIVED) && receipt.contains("22-22") && !receipt.contains("11-11"));
});

on_both!(another_session_of_the_same_person_has_procedures_of_its_own, async |app| {
    let browser = app.signed_in(TARO).await;
    let number = reference(&choose(&browser).await);
    let other = app.signed_in_again(TARO).await;
    assert!(other.get(RENEWAL).await.text().contains("name=\"choice\""));
    assert!(!send(&other, RENEWAL, &number).await.contains(RECEIVED));
    assert!(send(&browser, RENEWAL, &number).await.contains(RECEIVED));
    let standing = other.followed(other.get(RENEWAL).await).await;
    assert!(standing.text().contains(&number), "the request is the person's");
});

on_both!(whoever_got_no_answer_presses_again_and_nothing_is_done_twice, async |app| {
    let browser = app.signed_in(TARO).await;
    let first = reference(&choose(&browser).await);
    assert_eq!(reference(&choose(&browser).await), first, "the entries");
    for _ in 0..2 {
        assert!(go_back(&browser, RENEWAL, &first).await.contains("name=\"choice\""), "back");
    }
    let number = reference(&choose(&browser).await);
    for _ in 0..2 {
        assert!(send(&browser, RENEWAL, &number).await.contains(&number), "the last press");
    }
    for _ in 0..2 {
        let page = browser.post_form("/portal/requests/withdraw", &[("reference", &number)]).await;
        assert_eq!(page.first.status, 303, "taking it back");
    }
    let kinds = app.kinds(TARO.email).await;
    let mails = |wanted: &str| kinds.iter().filter(|kind| *kind == wanted).count();
    assert_eq!((mails("request-received"), mails("request-moved")), (1, 1));
    assert_eq!((requests(app).await, app.number("SELECT COUNT(*) FROM request_history").await), (1, 2));
});

on_both!(of_many_presses_at_once_one_change_is_made_and_one_takes_it_back, async |app| {
    let browser = app.signed_in(TARO).await;
    let number = reference(&enter_plate(&browser, "1品川あ1111").await);
    for receipt in futures::future::join_all((0..8).map(|_| send(&browser, CHANGE, &number))).await {
        assert!(receipt.contains(RECEIVED));
    }
    let fields = [("reference", number.as_str())];
    futures::future::join_all((0..8).map(|_| browser.post_form("/portal/requests/withdraw", &fields))).await;
    assert_eq!((requests(app).await, app.number("SELECT COUNT(*) FROM request_history").await), (1, 2));
    assert_eq!(app.kinds(TARO.email).await.iter().filter(|kind| *kind == "request-moved").count(), 1);
});

on_both!(what_an_import_changes_before_the_last_press_is_shown_before_it_is_sent, async |app| {
    let browser = app.signed_in(TARO).await;
    let number = reference(&choose(&browser).await);
    app.sql("UPDATE contracts SET next_premium_yen = 19870 WHERE id = 'k-002'").await;
    let page = send(&browser, RENEWAL, &number).await;
    assert!(page.contains("もう一度お申し込みください") && page.contains("19,870"), "{page}");
    assert_eq!(browser.get(RENEWAL).await.status, 200);
    assert_eq!(requests(app).await, 0);
    let again = send(&browser, RENEWAL, &number).await;
    assert!(again.contains("もう一度お申し込みください"), "a second press of the same page still shows it");
    assert_eq!(requests(app).await, 0, "what was shown before the import cannot be sent");
    assert!(send(&browser, RENEWAL, &reference(&again)).await.contains(RECEIVED));
});

on_both!(what_an_import_makes_void_is_entered_again_by_whoever_loads_the_page_before_the_last_press, async |app| {
    let browser = app.signed_in(TARO).await;
    let number = reference(&enter_plate(&browser, "1品川あ1111").await);
    app.sql("UPDATE contracts SET plate = '1品川 あ 11-11' WHERE id = 'k-002'").await;
    assert!(browser.get(CHANGE).await.text().contains("name=\"plate\""));
    let fields = [("step", "entry"), ("reference", number.as_str()), ("plate", "1品川あ2222")];
    let page = browser.post_form(CHANGE, &fields).await.then.text();
    assert!(page.contains("22-22") && !page.contains(IS_ELSEWHERE), "{page}");
    assert!(send(&browser, CHANGE, &reference(&page)).await.contains(RECEIVED));
});

on_both!(a_tab_cannot_give_up_what_another_tab_has_entered_since, async |app| {
    let browser = app.signed_in(TARO).await;
    let first = reference(&enter_plate(&browser, "1品川あ1111").await);
    go_back(&browser, CHANGE, &first).await;
    let second = reference(&enter_plate(&browser, "1品川あ2222").await);
    for seen in [first.as_str(), ""] {
        let fields = [("step", "confirm"), ("reference", seen), ("act", "abandon")];
        let page = browser.post_form(CHANGE, &fields).await;
        assert_eq!(page.first.header("location"), CHANGE);
        let shown = page.then.text();
        assert!(shown.contains(IS_ELSEWHERE) && shown.contains("22-22"), "{shown}");
    }
    let fields = [("step", "confirm"), ("reference", second.as_str()), ("act", "abandon")];
    for _ in 0..2 {
        let given_up = browser.post_form(CHANGE, &fields).await.first;
        assert_eq!(given_up.header("location"), "/portal/contracts/k-002", "twice, as the first answer may be lost");
    }
    assert!(browser.get(CHANGE).await.text().contains("name=\"plate\""));
});

on_both!(entries_that_cannot_be_read_any_more_are_asked_for_again, async |app| {
    let browser = app.signed_in(TARO).await;
    let number = reference(&choose(&browser).await);
    app.sql("UPDATE request_drafts SET sealed = 'k9:gone'").await;
    for page in [browser.get(RENEWAL).await.text(), send(&browser, RENEWAL, &number).await] {
        assert!(page.contains("もう一度入力してください") && page.contains("name=\"choice\""), "{page}");
    }
    assert!(choose(&browser).await.contains("2027年12月15日"));
});

on_both!(what_is_as_wished_after_an_import_is_no_change_any_more, async |app| {
    let browser = app.signed_in(TARO).await;
    let number = reference(&enter_plate(&browser, "1品川あ1111").await);
    app.sql("UPDATE contracts SET plate = '1品川 あ 11-11' WHERE id = 'k-002'").await;
    let page = send(&browser, CHANGE, &number).await;
    assert!(page.contains("変更する内容がありません") && page.contains("name=\"plate\""), "{page}");
    assert_eq!(requests(app).await, 0);
});

/// Opens the stream that tells of requests.
async fn follow(browser: &Browser) -> Response {
    browser.request(Method::GET, "/live/requests").send().await.expect("an answer")
}

/// The person's request comes to another state, in the very moment of the one before.
async fn take(app: &TestApp, id: &str) {
    let line = "SELECT '{id}', id, moved_at, 'in-progress', '' FROM requests";
    app.sql(&format!("INSERT INTO request_history (id, request_id, at, state, reason) {}", line.replace("{id}", id)))
        .await;
    app.sql("UPDATE requests SET state = 'in-progress'").await;
}

/// The address of the stream that a page opens.
fn stream_of(page: &str) -> String {
    let rest = page.split("new EventSource('").nth(1).expect("a page that follows requests");
    rest.split('\'').next().expect("an address").to_owned()
}

/// Reads a stream to its end.
async fn heard(mut stream: Response) -> String {
    let told = tokio::time::timeout(Duration::from_secs(20), async {
        let mut told = String::new();
        while let Some(bytes) = stream.chunk().await.expect("the stream") {
            told.push_str(&String::from_utf8_lossy(&bytes));
        }
        told
    });
    told.await.expect("it ends")
}

on_both!(what_moves_between_a_page_and_its_stream_is_told, async |app| {
    let browser = app.signed_in(TARO).await;
    let number = reference(&choose(&browser).await);
    send(&browser, RENEWAL, &number).await;
    for (nth, address) in ["/portal".to_owned(), "/portal/contracts/k-002".into(), format!("/portal/requests/{number}")]
        .into_iter()
        .enumerate()
    {
        let page = browser.get(&address).await.text();
        take(app, &format!("h{nth}")).await;
        let stream = browser.request(Method::GET, &stream_of(&page)).send().await.expect("an answer");
        assert_eq!(heard(stream).await.matches("data: look").count(), 1, "{address}");
    }
});

on_both!(a_page_hears_once_of_a_request_that_comes_to_another_state, async |app| {
    let browser = app.signed_in(TARO).await;
    let number = reference(&choose(&browser).await);
    send(&browser, RENEWAL, &number).await;
    let stream = follow(&browser).await;
    take(app, "h1").await;
    assert_eq!(heard(stream).await.matches("data: look").count(), 1);
    browser.post_form("/sign-out", &[]).await;
    assert_eq!(follow(&browser).await.status(), 204, "a guest has nothing to follow");
});

on_both!(five_pages_of_a_session_hear_of_requests_and_nobody_takes_the_places_of_others, async |app| {
    let browser = app.signed_in(TARO).await;
    let mut open = Vec::new();
    for _ in 0..5 {
        open.push(follow(&browser).await);
    }
    assert!(open.iter().all(|stream| stream.status() == 200));
    assert_eq!(follow(&browser).await.status(), 503);
    let other = app.signed_in(KAZUO).await;
    assert_eq!(follow(&other).await.status(), 200, "somebody else");
    open.pop();
    let again = tokio::time::timeout(Duration::from_secs(20), async {
        while follow(&browser).await.status() != 200 {
            tokio::task::yield_now().await;
        }
    });
    assert!(again.await.is_ok(), "a page that was closed leaves its place");
});
