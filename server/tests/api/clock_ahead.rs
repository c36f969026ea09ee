//! A clock that was ahead by a day and has been put right: what it wrote counts as written now, and lasts no longer.

use crate::support::*;
use server::store::Claim;

/// Does something a day ahead, and comes back.
async fn ahead<Done>(app: &TestApp, act: impl AsyncFnOnce() -> Done) -> Done {
    let noon = app.now();
    app.clock.at(noon + DAY);
    let done = act().await;
    app.clock.at(noon);
    done
}

on_both!(a_session_of_a_clock_that_was_ahead_ends_after_thirty_idle_minutes, async |app| {
    let noon = app.now();
    let (used, seen) = ahead(app, async || (app.signed_in(TARO).await, app.signed_in_again(TARO).await)).await;
    assert_eq!(used.get("/portal").await.status, 200, "it counts as now");
    let page = seen.look(Flow::Session).await;
    assert_eq!((page.redirect_to, page.ends_at), (None, Some(noon + 30 * MINUTE)));
    app.clock.at(noon + 30 * MINUTE - 1);
    assert_eq!(seen.look(Flow::Session).await.ends_at, Some(noon + 30 * MINUTE), "a look does not use it");
    app.clock.at(noon + 30 * MINUTE);
    assert_eq!(used.get("/portal").await.status, 303);
    assert!(seen.look(Flow::Session).await.redirect_to.is_some());
});

on_both!(a_session_of_a_clock_that_was_ahead_ends_after_twelve_hours, async |app| {
    let noon = app.now();
    let browser = ahead(app, async || app.signed_in(TARO).await).await;
    for turn in 0..36 {
        app.clock.at(noon + turn * 20 * MINUTE);
        assert_eq!(browser.get("/portal").await.status, 200, "{turn}");
    }
    app.clock.at(noon + 12 * HOUR);
    assert_eq!(browser.get("/portal").await.status, 303);
});

on_both!(a_session_that_was_used_while_the_clock_was_ahead_ends_after_thirty_idle_minutes, async |app| {
    let browser = app.signed_in(TARO).await;
    let noon = app.now();
    app.clock.at(noon + 20 * MINUTE);
    browser.get("/portal").await;
    app.clock.at(noon);
    assert_eq!(browser.get("/portal").await.status, 200);
    app.clock.at(noon + 30 * MINUTE);
    assert_eq!(browser.get("/portal").await.status, 303);
});

on_both!(a_wait_after_wrong_passwords_of_a_clock_that_was_ahead_is_one_from_now, async |app| {
    app.account(TARO).await;
    let noon = app.now();
    let stranger = app.browser();
    ahead(app, async || {
        for _ in 0..5 {
            stranger.password(TARO.email, WRONG_PASSWORD).await;
        }
    })
    .await;
    assert_eq!(problem(&stranger.password(TARO.email, PASSWORD).await), Problem::LockedUntil(noon + MINUTE));
    app.clock.at(noon + 30 * SECOND);
    assert_eq!(problem(&stranger.password(TARO.email, PASSWORD).await), Problem::LockedUntil(noon + MINUTE));
    app.clock.at(noon + MINUTE);
    assert_eq!(step(&stranger.password(TARO.email, PASSWORD).await), "code");
});

on_both!(a_lock_after_wrong_codes_of_a_clock_that_was_ahead_is_one_from_now, async |app| {
    app.account(TARO).await;
    let noon = app.now();
    ahead(app, async || {
        for _ in 0..2 {
            app.clock.forward(MINUTE);
            let browser = app.browser();
            browser.password(TARO.email, PASSWORD).await;
            let wrong = wrong_code(&[&app.code(TARO.email).await]);
            for _ in 0..5 {
                browser.type_code(&wrong).await;
            }
        }
    })
    .await;
    for at in [noon, noon + 10 * MINUTE] {
        app.clock.at(at);
        let page = app.browser().password(TARO.email, PASSWORD).await;
        assert_eq!(page.screen, Screen::Ended(EndReason::AccountWait(noon + 30 * MINUTE)));
    }
    app.clock.at(noon + 30 * MINUTE);
    assert_eq!(step(&app.browser().password(TARO.email, PASSWORD).await), "code");
});

on_both!(mails_that_a_clock_counted_which_was_ahead_are_counted_for_an_hour_from_now, async |app| {
    app.account(TARO).await;
    let noon = app.now();
    let resets = async || app.kinds(TARO.email).await.iter().filter(|kind| *kind == "reset-password").count();
    ahead(app, async || {
        for _ in 0..3 {
            app.browser().forget_password(TARO.email).await;
            app.work().await;
        }
    })
    .await;
    app.browser().forget_password(TARO.email).await;
    assert_eq!(resets().await, 3);
    app.clock.at(noon + HOUR);
    app.browser().forget_password(TARO.email).await;
    assert_eq!(resets().await, 4);
});

on_both!(a_mail_of_a_clock_that_was_ahead_goes_at_once_and_so_does_one_that_waited_or_was_on_its_way, async |app| {
    app.account(TARO).await;
    ahead(app, async || {
        app.browser().forget_password(TARO.email).await;
    })
    .await;
    assert_eq!(app.kinds(TARO.email).await, ["reset-password"], "written, not yet due");
    for change in [
        "state = 'queued', next_at = next_at + 86400000",
        "state = 'sending', lease_until = lease_until + 86400000",
        "state = 'sending', next_at = next_at + 86400000, lease_until = lease_until + 86400000",
    ] {
        app.clock.forward(HOUR);
        app.browser().forget_password(TARO.email).await;
        let before = app.number("SELECT COUNT(*) FROM mailbox").await;
        app.sql(&format!("UPDATE outbox SET {change} WHERE settled_at IS NULL")).await;
        app.sql("UPDATE outbox SET lease_until = next_at + 86400000 WHERE state = 'sending'").await;
        app.work().await;
        assert_eq!(app.number("SELECT COUNT(*) FROM mailbox").await, before + 1, "{change}");
    }
});

on_both!(a_mail_on_its_way_is_not_taken_by_a_node_whose_clock_is_behind_by_a_minute, async |app| {
    app.account(TARO).await;
    app.clock.forward(MINUTE);
    app.browser().password(TARO.email, PASSWORD).await;
    let mut tx = app.store.begin().await.unwrap();
    assert_eq!(
        tx.claim_mails(Claim { most: 9, lease_until: app.now() + 2 * MINUTE, now: app.now() }).await.unwrap().len(),
        1
    );
    tx.commit().await.unwrap();
    app.sql("UPDATE outbox SET next_at = 0").await;
    app.clock.forward(-MINUTE);
    app.work().await;
    assert_eq!(app.number("SELECT COUNT(*) FROM mailbox").await, 0);
});

on_both!(a_code_of_a_clock_that_was_ahead_works_for_five_minutes_from_now, async |app| {
    let noon = app.now();
    let (browser, code) = ahead(app, async || app.at_code(TARO).await).await;
    assert_eq!(problem(&browser.type_code(&wrong_code(&[&code])).await), Problem::WrongCode { left: 4 });
    app.clock.at(noon + 5 * MINUTE);
    assert!(matches!(problem(&browser.type_code(&code).await), Problem::ExpiredCode { .. }));

    let (browser, code) = ahead(app, async || {
        let browser = app.browser();
        browser.password(TARO.email, PASSWORD).await;
        (browser, app.code(TARO.email).await)
    })
    .await;
    assert_eq!(browser.type_code(&code).await.redirect_to.as_deref(), Some("/portal"), "it counts as sent now");
});

on_both!(a_link_of_a_clock_that_was_ahead_works_for_a_day_from_now, async |app| {
    app.account(TARO).await;
    let noon = app.now();
    let link = ahead(app, async || {
        app.browser().forget_password(TARO.email).await;
        app.link(TARO.email, "reset-password").await
    })
    .await;
    let browser = app.browser();
    let page = browser.open(&link).await;
    let Screen::LinkNewPassword { request, .. } = page.screen else { panic!("{}", step(&page)) };
    assert_eq!((request.asked_at, request.expires_at), (noon, noon + DAY));
    assert!(matches!(problem(&browser.renew("short").await), Problem::Rules { .. }));
    app.clock.at(noon + DAY - 1);
    assert!(matches!(problem(&browser.renew("short").await), Problem::Rules { .. }));
    app.clock.at(noon + DAY);
    assert_eq!(browser.renew(NEW_PASSWORD).await.screen, Screen::Ended(EndReason::LinkExpired));
});

on_both!(a_mail_that_a_clock_which_was_ahead_sent_was_sent_now_on_the_screen, async |app| {
    let browser = app.browser();
    ahead(app, async || {
        browser.enrol(TARO).await;
        app.work().await;
    })
    .await;
    app.clock.forward(MINUTE + 7 * SECOND);
    let shown = browser.look(Flow::Enrol).await.screen.delivery();
    assert!(
        matches!(shown, Some(Delivery::Sent(at) | Delivery::Accepted(at)) if at <= app.now() && at > app.now() - MINUTE),
        "{shown:?}"
    );
    app.clock.forward(SECOND);
    assert_eq!(browser.look(Flow::Enrol).await.screen.delivery(), shown, "no event of the live stream each second");
});
