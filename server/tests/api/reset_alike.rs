//! What the database does for a reset does not depend on whether the user ID has an account (spec section 7).

use crate::support::*;
use futures::FutureExt as _;

/// By table, how many rows came and how many changed.
type Work = Vec<(&'static str, usize, usize)>;

/// All tables but the one in which the rehearsal shows what has arrived.
async fn rows(app: &TestApp) -> Vec<(&'static str, Vec<String>)> {
    app.all_rows().await.into_iter().filter(|(table, _)| *table != "mailbox").collect()
}

fn compare(before: &[(&'static str, Vec<String>)], after: &[(&'static str, Vec<String>)]) -> Work {
    before
        .iter()
        .zip(after)
        .map(|((table, before), (_, after))| {
            let changed = before.iter().filter(|row| !after.contains(row)).count();
            (*table, after.len() - before.len(), changed)
        })
        .collect()
}

/// What a reset of this user ID, the worker's part of it, and a second one do to the rows.
async fn work(app: &TestApp, user_id: &str) -> Vec<Work> {
    let browser = app.browser();
    let mut steps = Vec::new();
    let mut before = rows(app).await;
    for turn in 0..2 {
        app.clock.forward(MINUTE);
        let page = match turn {
            0 => browser.forget_password(user_id).await,
            _ => browser.press("password-reset", "sent", "resend").await,
        };
        assert_eq!(step(&page), "sent");
        for asked in [true, false] {
            if !asked {
                app.work().await;
            }
            let after = rows(app).await;
            steps.push(compare(&before, &after));
            before = after;
        }
    }
    steps
}

/// Somebody of each kind: known, without an account, locked, signed in, and unknown twice.
async fn everybody(app: &TestApp) -> [&'static str; 6] {
    for who in [TARO, NOBU] {
        app.account(who).await;
    }
    for _ in 0..5 {
        app.browser().password(NOBU.email, WRONG_PASSWORD).await;
    }
    app.signed_in(KAZUO).await;
    app.browser().enrol(CHIE).await;
    // The first reset from the address makes the row that counts them.
    app.browser().forget_password("first@example.jp").await;
    app.work().await;
    [TARO.email, NOBU.email, KAZUO.email, CHIE.email, "nobody@example.jp", "none@example.jp"]
}

on_both!(asvs_6_3_8_a_reset_writes_and_changes_as_many_rows_for_unknown_user_ids_as_for_accounts, async |app| {
    let people = everybody(app).await;
    let known = work(app, people[0]).await;
    assert!(known[1].contains(&("links", 1, 0)) && known[3].contains(&("links", 1, 1)), "{known:?}");
    for user_id in &people[1..] {
        assert_eq!(work(app, user_id).await, known, "{user_id}");
    }
});

on_both!(asvs_6_3_8_a_reset_that_is_not_needed_any_more_writes_as_much_as_another, async |app| {
    app.account(TARO).await;
    app.account(NOBU).await;
    app.browser().forget_password("first@example.jp").await;
    let mut seen = Vec::new();
    for who in [TARO, NOBU] {
        let browser = app.browser();
        browser.password(who.email, PASSWORD).await;
        let code = app.code(who.email).await;
        app.browser().forget_password(who.email).await;
        app.clock.forward(SECOND);
        if who.email == NOBU.email {
            browser.type_code(&code).await;
        }
        let before = rows(app).await;
        app.work().await;
        seen.push(compare(&before, &rows(app).await));
    }
    assert_eq!(seen[0], seen[1]);
    assert!(!app.kinds(NOBU.email).await.contains(&"reset-password".to_owned()));
});

on_both!(
    a_reset_is_looked_into_after_a_pause_drawn_at_random_and_wakes_no_worker,
    with | settings | {
        settings.limits.reset_pause_min_ms = SECOND;
        settings.limits.reset_pause_max_ms = 5 * SECOND;
    },
    async |app| {
        app.account(TARO).await;
        let mut pauses = Vec::new();
        for number in 0..12 {
            app.browser().forget_password(&format!("nobody{number}@example.jp")).await;
        }
        assert!(app.worker.outbox_wakeup.notified().now_or_never().is_none(), "nobody knocked");
        for row in app.rows("outbox").await {
            let next_at = row.split("next_at=").nth(1).and_then(|rest| rest.split(';').next()).unwrap();
            pauses.push(next_at.parse::<i64>().unwrap() - app.now());
        }
        assert_eq!(pauses.len(), 12);
        assert!(pauses.iter().all(|pause| (SECOND..=5 * SECOND).contains(pause)), "{pauses:?}");
        pauses.dedup();
        assert!(pauses.len() > 1, "a random pause");
        app.browser().forget_password(TARO.email).await;
        app.clock.forward(SECOND - 1);
        assert!(app.kinds(TARO.email).await.is_empty());
        app.clock.forward(4 * SECOND + 1);
        assert_eq!(app.kinds(TARO.email).await, ["reset-password"]);
        app.browser().password(TARO.email, PASSWORD).await;
        assert!(app.worker.outbox_wakeup.notified().now_or_never().is_some(), "a code goes at once");
    }
);
