//! Renewal reminders (spec section 14): to whoever has an account and has not renewed, each once, and to nobody who wants none.

use crate::support::*;
use async_trait::async_trait;
use rules::calendar::{beginning_of, days_of};
use server::mail::ReminderWriter;
use server::store::StoreError;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

const KIND: &str = "renewal-reminder";

/// Turns the clock to this hour of a day in Japan.
fn turn(app: &TestApp, day: &str, hour: i64) {
    app.clock.at(beginning_of(days_of(day).expect("a day")) + hour * HOUR);
}

/// Writes what is due; returns how many.
async fn remind(app: &TestApp) -> u64 {
    app.worker.reminders.write_due().await.expect("the store")
}

/// The reminders that have arrived at an address.
async fn reminders(app: &TestApp, to: &str) -> Vec<String> {
    let mails = app.mails(to).await;
    mails.into_iter().filter(|mail| mail.kind == KIND).map(|mail| mail.text).collect()
}

/// How many are written on each of these days, asked three times a day.
async fn written_on(app: &TestApp, days: &[&str]) -> Vec<u64> {
    let mut written = Vec::new();
    for day in days {
        let mut of_day = 0;
        for hour in [9, 12, 19] {
            turn(app, day, hour);
            of_day += remind(app).await;
        }
        written.push(of_day);
    }
    written
}

on_both!(a_reminder_goes_out_sixty_thirty_and_seven_days_before_the_last_day_and_on_no_other, async |app| {
    app.account(TARO).await;
    // The last day of k-002 is 2026-12-15.
    let days = [
        "2026-10-15",
        "2026-10-16",
        "2026-10-17",
        "2026-11-14",
        "2026-11-15",
        "2026-11-16",
        "2026-12-07",
        "2026-12-08",
        "2026-12-09",
        "2026-12-15",
        "2026-12-16",
    ];
    assert_eq!(written_on(app, &days).await, [0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 0]);
    turn(app, "2026-10-16", 12);
    let told = reminders(app, TARO.email).await;
    assert_eq!(told.len(), 3);
    for part in ["ソラネ ミナモ125", "満期日：2026年12月15日", "/portal/account", "「満期のお知らせメール」"]
    {
        assert!(told.iter().all(|mail| mail.contains(part)), "{part}: {}", told[0]);
    }
    assert_eq!(app.number("SELECT COUNT(*) FROM audit WHERE event = 'renewal_reminded' AND actor = 'server'").await, 3);
});

on_both!(a_term_that_ends_on_a_leap_day_is_reminded_of_by_the_calendar, async |app| {
    app.account(TARO).await;
    app.sql("UPDATE contracts SET ends_on = '2028-02-29' WHERE id = 'k-002'").await;
    let days = [
        "2027-12-30",
        "2027-12-31",
        "2028-01-29",
        "2028-01-30",
        "2028-02-21",
        "2028-02-22",
        "2028-02-29",
        "2028-03-01",
    ];
    assert_eq!(written_on(app, &days).await, [0, 1, 0, 1, 0, 1, 0, 0]);
});

on_both!(after_a_standstill_only_the_nearest_reminder_goes_out_even_if_the_clock_goes_back, async |app| {
    app.account(TARO).await;
    turn(app, "2026-12-12", 12);
    assert_eq!((remind(app).await, remind(app).await), (1, 0));
    assert_eq!(app.number("SELECT days FROM renewal_reminders").await, 7);
    for day in ["2026-12-01", "2026-10-20", "2026-12-13"] {
        turn(app, day, 12);
        assert_eq!(remind(app).await, 0, "{day}");
    }
    app.sql("UPDATE contracts SET starts_on = '2026-12-15', ends_on = '2027-12-15' WHERE id = 'k-002'").await;
    assert_eq!(written_on(app, &["2027-10-15", "2027-10-16"]).await, [0, 1], "the next term has reminders of its own");
});

on_both!(nobody_is_reminded_at_night, async |app| {
    app.account(TARO).await;
    for (hour, written) in [(0, 0), (8, 0), (20, 0), (23, 0), (9, 1)] {
        turn(app, "2026-11-20", hour);
        assert_eq!(remind(app).await, written, "{hour} o'clock");
    }
});

on_both!(two_nodes_write_each_reminder_once, async |app| {
    let people = [TARO, KAZUO, NAOMI, SABURO];
    for who in people {
        app.account(who).await;
    }
    app.sql("UPDATE contracts SET ends_on = '2026-12-20' WHERE status = 'active' AND customer_id IN ('c-001', 'c-007', 'c-017', 'c-024')").await;
    let other = app.another(|_| {}).await;
    let many =
        (0..8).map(|n| if n % 2 == 0 { &app.worker } else { &other.worker }).map(|node| node.reminders.write_due());
    let written: u64 =
        futures::future::join_all(many).await.into_iter().map(|written| written.expect("the store")).sum();
    let due = app.number("SELECT COUNT(*) FROM contracts c JOIN accounts a ON a.customer_id = c.customer_id WHERE c.ends_on LIKE '2026-12%' AND c.status <> 'quote'").await;
    assert!(due > 5 && written == due.unsigned_abs(), "{written} of {due}");
    assert_eq!(app.number("SELECT COUNT(*) FROM renewal_reminders").await, due);
    let mut arrived = 0;
    for who in people {
        arrived += reminders(app, who.email).await.len();
    }
    assert_eq!(arrived, due as usize);
    other.end().await;
});

on_both!(who_has_renewed_is_not_reminded_and_who_took_it_back_is, async |app| {
    let browser = app.signed_in(TARO).await;
    assert_eq!(remind(app).await, 1);
    let reference = renew(&browser, "/portal/contracts/k-002/renewal").await;
    assert!(reminders(app, TARO.email).await.is_empty(), "one that waited to be sent is dropped");
    for day in ["2026-12-08", "2026-12-15"] {
        turn(app, day, 12);
        assert_eq!(remind(app).await, 0, "{day}");
    }
    turn(app, "2026-11-24", 12);
    app.sign_in(&browser, TARO).await;
    browser.post_form("/portal/requests/withdraw", &[("reference", &reference)]).await;
    turn(app, "2026-12-08", 12);
    assert_eq!(remind(app).await, 1);
    assert_eq!(reminders(app, TARO.email).await.len(), 1);
});

/// Renews a contract; returns the reference number.
async fn renew(browser: &Browser, address: &str) -> String {
    let choices = [("step", "entry"), ("reference", ""), ("choice", "as-before"), ("consent", "yes")];
    let page = browser.post_form(address, &choices).await.then.text();
    let reference =
        page.split("name=\"reference\" value=\"").nth(1).expect("a form").split('"').next().expect("a value");
    let sent = browser.post_form(address, &[("step", "confirm"), ("reference", reference)]).await.then;
    let receipt = browser.followed(sent).await;
    assert!(receipt.text().contains("受け付けました"));
    reference.to_owned()
}

on_both!(who_wants_no_reminders_gets_none_and_can_change_their_mind, async |app| {
    let browser = app.signed_in(TARO).await;
    let page = browser.get("/portal/account").await.text();
    assert!(page.contains("60日前、30日前、7日前") && page.contains("value=\"off\""));
    assert_eq!(remind(app).await, 1);
    for _ in 0..2 {
        let posted = browser.post_form("/portal/reminders", &[("reminders", "off")]).await;
        assert_eq!((posted.first.status, posted.first.header("location")), (303, "/portal/account#reminders"));
        assert!(posted.then.text().contains("受け取らない"));
    }
    assert!(reminders(app, TARO.email).await.is_empty(), "one that waited to be sent is dropped");
    turn(app, "2026-12-08", 12);
    assert_eq!(remind(app).await, 0);
    app.sign_in(&browser, TARO).await;
    assert_eq!(browser.post_form("/portal/reminders", &[("reminders", "maybe")]).await.first.status, 400);
    browser.post_form("/portal/reminders", &[("reminders", "on")]).await;
    assert_eq!((remind(app).await, reminders(app, TARO.email).await.len()), (1, 1));
    assert_eq!(
        app.number("SELECT COUNT(*) FROM audit WHERE event = 'reminders_chosen'").await,
        2,
        "each change is noted"
    );
});

on_both!(a_reminder_goes_to_the_address_of_today_and_to_nobody_without_an_account, async |app| {
    assert_eq!(remind(app).await, 0, "nobody has an account");
    app.account(TARO).await;
    app.sql("UPDATE accounts SET user_id = 'taro-new@example.jp', user_key = 'taro-new@example.jp'").await;
    assert_eq!(remind(app).await, 1);
    assert_eq!((reminders(app, TARO.email).await.len(), reminders(app, "taro-new@example.jp").await.len()), (0, 1));
    app.sql("DELETE FROM accounts").await;
    turn(app, "2026-12-08", 12);
    assert_eq!(remind(app).await, 0, "the account is gone");
});

on_both!(only_a_contract_in_force_is_reminded_of, async |app| {
    app.account(TARO).await;
    for (status, written) in [("ended", 0), ("quote", 0), ("renewal", 1)] {
        app.sql(&format!("UPDATE contracts SET status = '{status}' WHERE id = 'k-002'")).await;
        assert_eq!(remind(app).await, written, "{status}");
    }
});

on_both!(a_reminder_that_could_not_be_sent_is_given_up_on_the_last_day_and_after_three_days, async |app| {
    app.account(TARO).await;
    for (day, useless_from) in [("2026-11-20", "2026-11-23"), ("2026-12-14", "2026-12-16")] {
        turn(app, day, 12);
        assert_eq!(remind(app).await, 1, "{day}");
        let useless_at = app.number("SELECT MAX(useless_at) FROM outbox").await;
        assert!((days_of(useless_from).map(beginning_of).expect("a day")..=app.now() + 3 * DAY).contains(&useless_at));
        app.clock.at(useless_at);
        assert!(reminders(app, TARO.email).await.is_empty(), "{day}");
    }
});

/// Waits until so many mails have arrived. The clock goes on meanwhile, because the worker times its next tries by it.
async fn arrive(app: &TestApp, mails: i64) {
    let arrived = async {
        while app.number("SELECT COUNT(*) FROM mailbox").await < mails {
            app.clock.forward(100);
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(120), arrived).await.expect("the reminders arrive");
}

on_both!(the_worker_asks_by_the_clock_who_is_to_be_reminded, async |app| {
    app.account(TARO).await;
    turn(app, "2026-11-20", 8);
    let stop = tokio_util::sync::CancellationToken::new();
    let running = tokio::spawn(app.worker.clone().run(stop.clone()));
    for (day, arrived) in [("2026-11-20", 1), ("2026-12-08", 2)] {
        turn(app, day, 10);
        arrive(app, arrived).await;
    }
    stop.cancel();
    running.await.expect("it ends when it is told to");
    assert_eq!(reminders(app, TARO.email).await.len(), 2);
});

/// A database that does not answer the first question.
struct FailsFirst {
    failed: AtomicBool,
    then: Arc<dyn ReminderWriter>,
}

#[async_trait]
impl ReminderWriter for FailsFirst {
    async fn write_due(&self) -> Result<u64, StoreError> {
        if self.failed.swap(true, Ordering::SeqCst) {
            self.then.write_due().await
        } else {
            Err(StoreError::Database(sqlx::Error::PoolTimedOut))
        }
    }
}

on_both!(a_database_that_did_not_answer_is_asked_again_soon_whatever_the_clock_says, async |app| {
    app.account(TARO).await;
    turn(app, "2026-11-20", 10);
    let mut worker = app.worker.clone();
    worker.reminders = Arc::new(FailsFirst { failed: AtomicBool::new(false), then: worker.reminders });
    let stop = tokio_util::sync::CancellationToken::new();
    let running = tokio::spawn(worker.run(stop.clone()));
    let written = async {
        while app.number("SELECT COUNT(*) FROM renewal_reminders").await < 1 {
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(60), written)
        .await
        .expect("it is asked again while the clock stands still");
    stop.cancel();
    running.await.expect("it ends when it is told to");
});
