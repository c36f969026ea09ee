//! Where two procedures, or a procedure and an attacker, cross: none opens what the other closed, none acts for the other.

use crate::support::*;
use rules::user_id::UserId;

on_both!(
    the_page_of_a_reset_link_tells_neither_name_nor_phones_of_its_owner,
    with | settings | settings.accounts.reset_proof = server::config::ResetProof::Phone,
    async |app| {
        app.account(TARO).await;
        app.clock.forward(SECOND);
        app.browser().forget_password(TARO.email).await;
        let browser = app.browser();
        let page = browser.open(&app.link(TARO.email, "reset-password").await).await;
        let Screen::LinkNewPassword { about, phone, .. } = page.screen else { panic!("{:?}", page.screen) };
        assert!(phone && about.kana.is_empty() && about.phones.is_empty());
    }
);

on_both!(asvs_7_a_sign_in_that_waits_for_its_code_does_not_outlive_a_reset, async |app| {
    let (intruder, code) = app.at_code(TARO).await;
    app.clock.forward(SECOND);
    app.browser().forget_password(TARO.email).await;
    let owner = app.browser();
    owner.open(&app.link(TARO.email, "reset-password").await).await;
    assert_eq!(step(&owner.renew(NEW_PASSWORD).await), "link-done");
    assert_eq!(step(&intruder.type_code(&code).await), "over");
    assert_eq!(app.sessions().await, 0);
});

on_both!(a_form_made_for_one_link_does_nothing_to_another_that_was_opened_since, async |app| {
    app.browser().enrol(TARO).await;
    app.browser().enrol(NOBU).await;
    let browser = app.browser();
    let first = browser.open(&app.link(TARO.email, "confirm-enrolment").await).await;
    browser.open(&app.link(NOBU.email, "confirm-enrolment").await).await;
    let reference = first.reference.unwrap();
    let page = browser.call("link", &[("step", "confirm"), ("reference", &reference)]).await;
    assert_eq!((step(&page), page.notice), ("confirm", Some(Notice::Stale)));
    assert_eq!(app.number("SELECT COUNT(*) FROM accounts").await, 0);
});

on_both!(
    asvs_6_3_8_with_masking_enrolment_hides_the_user_id_of_an_account_too,
    with | settings | settings.accounts.mask_user_id = true,
    async |app| {
        app.account(TARO).await;
        let page = app.browser().identify("enrol", TARO).await;
        assert_eq!(page.screen, Screen::AlreadyRegistered { user_id: "t***@e***.jp".into(), masked: true });
    }
);

on_both!(many_codes_at_once_on_an_ended_sign_in_keep_nobody_else_waiting, async |app| {
    let browser = app.signed_in(TARO).await;
    let presses = (0..30).map(|_| browser.call("sign-in", &[("step", "code"), ("code", "123456")]));
    let someone = app.browser();
    let (answers, other) = futures::join!(futures::future::join_all(presses), someone.get("/enrol"));
    assert!(answers.iter().all(|page| page.redirect_to.as_deref() == Some("/portal")));
    assert_eq!(other.status, 200);
});

on_both!(
    two_enrolments_of_one_customer_that_write_mails_at_once_never_wait_for_each_other_for_ever,
    with | settings | (settings.limits.mails_per_account, settings.limits.resets_per_address) = (1_000, 1_000),
    async |app| {
        let (first, second) = (app.browser(), app.browser());
        first.enrol(TARO).await;
        second.identify("enrol", TARO).await;
        for _ in 0..15 {
            app.clock.forward(MINUTE);
            let chosen = [("step", "password"), ("new_password", PASSWORD)];
            let (one, other) = futures::join!(
                first.ask("enrol", &[("step", "mail"), ("act", "resend")]),
                second.ask("enrol", &chosen),
            );
            assert_eq!((one.status, other.status), (200, 200));
            // Whoever came second is the one whose link works.
            assert_eq!(app.number("SELECT COUNT(*) FROM links WHERE void_at IS NULL").await, 1);
            second.press("enrol", "mail", "abandon").await;
            second.press("enrol", "over", "restart").await;
            second.identify("enrol", TARO).await;
            let again = first.look(Flow::Enrol).await;
            if step(&again) == "over" {
                first.press("enrol", "over", "restart").await;
                first.enrol(TARO).await;
            }
        }
    }
);

on_both!(asvs_7_a_code_is_of_no_use_once_the_password_that_asked_for_it_is_not_the_accounts_any_more, async |app| {
    let (intruder, code) = app.at_code(TARO).await;
    // As a node would write it whose clock is behind, or a change that was verified before and written after.
    app.sql("UPDATE accounts SET password_at = password_at - 5000").await;
    assert_eq!(intruder.type_code(&code).await.screen, Screen::Ended(EndReason::TimedOut));
    assert_eq!(app.sessions().await, 0);
});

on_both!(a_clock_that_is_set_back_locks_nobody_out_and_lets_nobody_in, async |app| {
    let noon = app.now();
    let (browser, code) = app.at_code(TARO).await;
    app.browser().enrol(NOBU).await;
    let link = app.link(NOBU.email, "confirm-enrolment").await;
    for _ in 0..4 {
        app.browser().password(TARO.email, WRONG_PASSWORD).await;
    }
    app.clock.at(noon - 2 * HOUR);
    let page = browser.press("sign-in", "code", "resend").await;
    assert!(
        matches!(problem(&page), Problem::ResendAt(at) if at <= app.now() + 30 * SECOND),
        "no longer than the pause"
    );
    assert_eq!(browser.type_code(&wrong_code(&[&code])).await.problems.len(), 1);
    assert_eq!(browser.type_code(&code).await.redirect_to.as_deref(), Some("/portal"));
    assert_eq!(browser.get("/portal").await.status, 200);
    let reader = app.browser();
    reader.open(&link).await;
    assert_eq!(step(&reader.confirm().await), "link-done");
    app.clock.at(noon);
    assert_eq!(browser.get("/portal").await.status, 303, "two hours without action, by the clock as it is");
    app.clock.forward(DAY);
    app.sign_in(&app.browser(), TARO).await;
});

/// Waits until somebody waits for a row. On SQLite whoever writes waits for the database, and nothing tells it.
async fn somebody_waits(app: &TestApp) {
    let waiting =
        "SELECT COUNT(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";
    while app.kind == Kind::Postgres && app.number(waiting).await == 0 {
        tokio::task::yield_now().await;
    }
}

on_both!(an_account_is_not_made_under_an_address_that_staff_replaces_at_this_moment, async |app| {
    app.browser().enrol(TARO).await;
    let browser = app.browser();
    browser.open(&app.link(TARO.email, "confirm-enrolment").await).await;
    let mut staff = app.store.begin().await.unwrap();
    staff.lock_customer(&TARO.customer.into()).await.unwrap();
    let confirm = browser.confirm();
    tokio::pin!(confirm);
    let early = tokio::select! {
        page = &mut confirm => Some(page),
        () = somebody_waits(app) => None,
    };
    staff.set_email(&TARO.customer.into(), &UserId::parse("new@example.jp").unwrap(), app.now()).await.unwrap();
    staff.commit().await.unwrap();
    let page = match early {
        Some(page) => page,
        None => confirm.await,
    };
    assert_eq!(page.screen, Screen::Ended(EndReason::LinkReplaced));
    assert_eq!(app.number("SELECT COUNT(*) FROM accounts").await, 0);
});

on_both!(
    whoever_disowns_a_link_and_whoever_asks_for_the_next_one_never_wait_for_each_other_for_ever,
    with | settings | (settings.limits.mails_per_account, settings.limits.resets_per_address) = (1_000, 1_000),
    async |app| {
        for _ in 0..12 {
            let (asks, reader) = (app.browser(), app.browser());
            app.browser().enrol(TARO).await;
            reader.open(&app.link(TARO.email, "confirm-enrolment").await).await;
            asks.identify("enrol", TARO).await;
            app.clock.forward(MINUTE);
            let (disowned, asked) = futures::join!(
                reader.ask("link", &[("step", "confirm"), ("act", "disown")]),
                asks.ask("enrol", &[("step", "password"), ("new_password", PASSWORD)]),
            );
            assert_eq!((disowned.status, asked.status), (200, 200));
        }
        app.account(NOBU).await;
        for _ in 0..12 {
            let reader = app.browser();
            app.browser().forget_password(NOBU.email).await;
            reader.open(&app.link(NOBU.email, "reset-password").await).await;
            app.browser().forget_password(NOBU.email).await;
            app.clock.forward(MINUTE);
            let (disowned, ()) =
                futures::join!(reader.ask("link", &[("step", "new-password"), ("act", "disown")]), app.work());
            assert_eq!(disowned.status, 200);
            let waiting = "SELECT COUNT(*) FROM outbox WHERE settled_at IS NULL";
            assert_eq!(app.number(waiting).await, 0, "what was asked for is mailed");
        }
    }
);
