//! Flow C: one answer for every user ID, a link, a new password (spec section 4 C).

use crate::support::*;
use server::config::ResetProof;

/// Asks for a reset and opens the link in another browser.
async fn opened(app: &TestApp, who: Person) -> Browser {
    app.clock.forward(SECOND);
    app.browser().forget_password(who.email).await;
    let browser = app.browser();
    assert_eq!(step(&browser.open(&app.link(who.email, "reset-password").await).await), "new-password");
    browser
}

on_both!(asvs_6_3_8_a_reset_answers_the_same_for_unknown_known_locked_and_unconfirmed, async |app| {
    app.account(TARO).await;
    app.account(NOBU).await;
    let stranger = app.browser();
    for _ in 0..5 {
        stranger.password(NOBU.email, WRONG_PASSWORD).await;
    }
    app.browser().enrol(CHIE).await;
    let mut seen = Vec::new();
    // All of one length, for the page also carries it encoded.
    for user_id in ["none@example.jp", TARO.email, NOBU.email, CHIE.email, "rei@example.com"] {
        assert_eq!(user_id.len(), 15);
        let browser = app.browser();
        let posted = browser.post_form("/password-reset", &[("step", "user-id"), ("user_id", user_id)]).await;
        let names = |answer: &Answer| {
            answer
                .headers
                .keys()
                .map(|name| name.as_str().to_owned())
                .filter(|name| name != "content-length")
                .collect::<Vec<_>>()
        };
        let text = posted.then.text();
        assert!(text.contains(user_id));
        let shape = (
            posted.first.status,
            posted.first.body.len(),
            names(&posted.first),
            posted.then.status,
            names(&posted.then),
        );
        seen.push((shape, text.len()));
        let page = app.browser().forget_password(user_id).await;
        assert!(
            matches!(page.screen, Screen::ResetSent { .. })
                && page.problems.is_empty()
                && page.screen.delivery().is_none()
        );
    }
    assert!(seen.windows(2).all(|pair| pair[0] == pair[1]), "{seen:?}");
});

on_both!(what_arrives_depends_on_who_it_is, async |app| {
    app.account(TARO).await;
    for (user_id, kinds) in
        [(TARO.email, vec!["reset-password"]), (SABURO.email, vec!["not-enrolled"]), ("nobody@example.jp", vec![])]
    {
        app.browser().forget_password(user_id).await;
        assert_eq!(app.kinds(user_id).await, kinds, "{user_id}");
    }
    assert!(app.rows("outbox").await.iter().all(|row| row.contains("sealed=;")), "nothing sealed is left");
});

on_both!(asvs_6_4_3_a_reset_sets_the_password_ends_all_sessions_and_signs_nobody_in, async |app| {
    let signed_in = app.signed_in(TARO).await;
    let also = app.browser();
    app.clock.forward(MINUTE);
    app.sign_in(&also, TARO).await;
    let browser = opened(app, TARO).await;
    let page = browser.renew(NEW_PASSWORD).await;
    assert_eq!(page.screen, Screen::LinkDone { kind: LinkKind::Reset, user_id: TARO.email.into(), here: false });
    for ended in [&signed_in, &also, &browser] {
        assert_eq!(ended.get("/portal").await.status, 303);
    }
    assert_eq!(app.number("SELECT COUNT(*) FROM sessions WHERE ended_at IS NULL").await, 0);
    assert_eq!(app.kinds(TARO.email).await.iter().filter(|kind| *kind == "password-changed").count(), 1);
    assert_eq!(problem(&app.browser().password(TARO.email, PASSWORD).await), Problem::WrongPassword);
    app.sign_in_as(&browser, TARO, NEW_PASSWORD).await;
});

on_both!(the_screen_that_asked_for_the_reset_is_over_when_it_is_done, async |app| {
    app.account(TARO).await;
    let asking = app.browser();
    asking.forget_password(TARO.email).await;
    asking.open(&app.link(TARO.email, "reset-password").await).await;
    asking.renew(NEW_PASSWORD).await;
    assert_eq!(asking.look(Flow::PasswordReset).await.screen, Screen::Ended(EndReason::Done));
});

on_both!(asvs_6_3_8_who_asks_for_anothers_reset_never_learns_that_it_was_done, async |app| {
    app.account(TARO).await;
    let (stranger, unknown) = (app.browser(), app.browser());
    stranger.forget_password(TARO.email).await;
    unknown.forget_password("none@example.jp").await;
    let owner = app.browser();
    owner.open(&app.link(TARO.email, "reset-password").await).await;
    assert_eq!(step(&owner.renew(NEW_PASSWORD).await), "link-done");
    for browser in [stranger, unknown] {
        assert_eq!(step(&browser.look(Flow::PasswordReset).await), "sent");
    }
});

on_both!(a_disowned_reset_gives_the_owner_the_mail_back, async |app| {
    app.account(TARO).await;
    for _ in 0..3 {
        app.browser().forget_password(TARO.email).await;
        app.work().await;
        app.clock.forward(SECOND);
    }
    let owner = app.browser();
    owner.open(&app.link(TARO.email, "reset-password").await).await;
    owner.press("link", "new-password", "disown").await;
    owner.forget_password(TARO.email).await;
    assert_eq!(app.kinds(TARO.email).await, vec!["reset-password"; 4]);
});

on_both!(
    asvs_6_4_3_the_rules_of_the_new_password_tell_nothing_of_the_phone_that_is_to_be_proven,
    with | settings | settings.accounts.reset_proof = server::config::ResetProof::Phone,
    async |app| {
        let browser = {
            app.account(TARO).await;
            opened(app, TARO).await
        };
        for phone in ["x", "090-9999-9999"] {
            for password in ["Qz#09000000001", "Qz#08012345678"] {
                let fields = [("step", "new-password"), ("phone", phone), ("new_password", password)];
                let page = browser.call("link", &fields).await;
                assert_eq!(page.problems.len(), 1);
                assert_eq!(page.problems[0].field, Some(Field::Phone), "{phone} {password}");
            }
        }
    }
);

on_both!(
    refusals_of_the_new_password_are_counted_so_that_the_rules_cannot_be_asked_without_an_end,
    with | settings | settings.limits.password_wrong_before_reset = 6,
    async |app| {
        app.account(TARO).await;
        let browser = opened(app, TARO).await;
        for _ in 0..6 {
            assert!(matches!(problem(&browser.renew("abc").await), Problem::Rules { .. }));
        }
        assert_eq!(problem(&browser.renew("abc").await), Problem::LinkLocked);
    }
);

on_both!(a_new_password_of_a_reset_obeys_the_same_rules, async |app| {
    app.account(TARO).await;
    let browser = opened(app, TARO).await;
    for password in ["short", "Aozora+2718km-abcd", "taro.example.1A", ""] {
        let page = browser.renew(password).await;
        assert_eq!((step(&page), page.problems[0].field), ("new-password", Some(Field::NewPassword)), "{password}");
    }
    let posted = browser.post_form("/link", &[("step", "new-password"), ("new_password", "short")]).await;
    assert_eq!(posted.first.status, 422);
    assert!(!posted.first.text().contains("value=\"short\""));
    assert_eq!(step(&browser.renew(NEW_PASSWORD).await), "link-done", "the link is used up by success only");
});

on_both!(a_reset_link_is_voided_by_a_newer_one, async |app| {
    app.account(TARO).await;
    let old = opened(app, TARO).await;
    app.clock.forward(MINUTE);
    let new = opened(app, TARO).await;
    assert_eq!(old.renew(NEW_PASSWORD).await.screen, Screen::Ended(EndReason::LinkNewer));
    assert_eq!(step(&new.renew(NEW_PASSWORD).await), "link-done");
});

on_both!(a_reset_link_is_voided_by_any_sign_in, async |app| {
    app.account(TARO).await;
    let link = opened(app, TARO).await;
    app.sign_in(&app.browser(), TARO).await;
    assert_eq!(link.renew(NEW_PASSWORD).await.screen, Screen::Ended(EndReason::LinkReplaced));
    app.clock.forward(MINUTE);
    app.sign_in(&app.browser(), TARO).await;
});

on_both!(a_reset_link_is_voided_by_a_password_change, async |app| {
    let portal = app.signed_in(TARO).await;
    let link = opened(app, TARO).await;
    let page = portal
        .call("account", &[("step", "change-password"), ("password", PASSWORD), ("new_password", NEW_PASSWORD)])
        .await;
    assert_eq!(page.redirect_to.as_deref(), Some("/portal/account?changed"));
    assert_eq!(link.renew("Minato$1618xy").await.screen, Screen::Ended(EndReason::LinkReplaced));
});

on_both!(a_reset_link_that_is_disowned_or_expired_changes_nothing, async |app| {
    app.account(TARO).await;
    let browser = opened(app, TARO).await;
    assert_eq!(
        browser.press("link", "new-password", "disown").await.screen,
        Screen::LinkDisowned { kind: LinkKind::Reset }
    );
    assert_eq!(browser.renew(NEW_PASSWORD).await.screen, Screen::LinkDisowned { kind: LinkKind::Reset });
    let browser = opened(app, TARO).await;
    app.clock.forward(DAY);
    assert_eq!(browser.renew(NEW_PASSWORD).await.screen, Screen::Ended(EndReason::LinkExpired));
    app.sign_in(&app.browser(), TARO).await;
});

on_both!(asking_again_waits_30_seconds_and_voids_the_link_before, async |app| {
    app.account(TARO).await;
    let asking = app.browser();
    asking.forget_password(TARO.email).await;
    let old = app.link(TARO.email, "reset-password").await;
    assert_eq!(
        problem(&asking.press("password-reset", "sent", "resend").await),
        Problem::ResendAt(app.now() + 30 * SECOND)
    );
    app.clock.forward(30 * SECOND);
    assert_eq!(asking.press("password-reset", "sent", "resend").await.notice, Some(Notice::Resent(app.now())));
    let new = app.link(TARO.email, "reset-password").await;
    assert_eq!(app.browser().open(&old).await.screen, Screen::Ended(EndReason::LinkNewer));
    assert_eq!(step(&app.browser().open(&new).await), "new-password");
});

on_both!(
    with_the_phone_as_second_proof_the_link_alone_is_not_enough,
    with | settings | settings.accounts.reset_proof = ResetProof::Phone,
    async |app| {
        app.account(TARO).await;
        let browser = opened(app, TARO).await;
        let page = browser.look(Flow::Link).await;
        assert!(matches!(page.screen, Screen::LinkNewPassword { phone: true, .. }));
        let renew = async |phone: &str, password: &str| {
            browser.call("link", &[("step", "new-password"), ("phone", phone), ("new_password", password)]).await
        };
        assert_eq!(problem(&renew("", NEW_PASSWORD).await), Problem::Empty);
        assert_eq!(problem(&renew("090-0000-0002", NEW_PASSWORD).await), Problem::WrongPhone);
        assert_eq!(problem(&renew("090-0000-0002", "short").await), Problem::WrongPhone, "the phone first");
        for _ in 0..5 {
            assert!(
                matches!(problem(&renew("090-0000-0001", "short").await), Problem::Rules { .. }),
                "a right phone is not a miss"
            );
        }
        for _ in 0..3 {
            assert_eq!(problem(&renew("090-0000-0002", NEW_PASSWORD).await), Problem::WrongPhone);
        }
        assert_eq!(problem(&renew("090-0000-0001", NEW_PASSWORD).await), Problem::LinkLocked, "after five misses");
        let again = opened(app, TARO).await;
        let page = again
            .call(
                "link",
                &[("step", "new-password"), ("phone", "０９０ ００００ ０００１"), ("new_password", NEW_PASSWORD)],
            )
            .await;
        assert_eq!(step(&page), "link-done");
    }
);

on_both!(thirty_idle_minutes_end_the_screen_of_a_reset_but_say_that_a_link_lives_on, async |app| {
    for user_id in [TARO.email, "nobody@example.jp"] {
        let browser = app.browser();
        let asked = app.now();
        browser.forget_password(user_id).await;
        app.clock.forward(30 * MINUTE);
        let until = asked + DAY;
        assert_eq!(browser.look(Flow::PasswordReset).await.screen, Screen::Ended(EndReason::IdleResetLives(until)));
        app.clock.at(until);
        assert_eq!(browser.look(Flow::PasswordReset).await.screen, Screen::Ended(EndReason::Idle));
    }
});

on_both!(a_reset_for_an_address_that_belongs_to_an_account_of_another_user_id_sends_nothing_untrue, async |app| {
    app.account(TARO).await;
    app.sql("UPDATE customers SET email = 'new@example.jp', email_key = 'new@example.jp' WHERE id = 'c-001'").await;
    app.browser().forget_password("new@example.jp").await;
    assert!(app.kinds("new@example.jp").await.is_empty(), "not that there was no account");
});

on_both!(a_reset_asked_for_before_a_sign_in_or_a_new_password_makes_no_link_afterwards, async |app| {
    app.account(TARO).await;
    let browser = app.browser();
    browser.password(TARO.email, PASSWORD).await;
    let code = app.code(TARO.email).await;
    app.browser().forget_password(TARO.email).await;
    app.clock.forward(SECOND);
    assert_eq!(browser.type_code(&code).await.redirect_to.as_deref(), Some("/portal"));
    assert!(!app.kinds(TARO.email).await.contains(&"reset-password".to_owned()), "the worker came to it too late");
    assert_eq!(app.number("SELECT COUNT(*) FROM links WHERE account_id IS NOT NULL").await, 0);
});

on_both!(a_reset_is_mailed_although_a_clock_was_ahead_when_the_person_signed_in, async |app| {
    let noon = app.now();
    app.account(TARO).await;
    app.clock.at(noon + 2 * HOUR);
    let browser = app.browser();
    app.sign_in(&browser, TARO).await;
    browser.get("/portal").await;
    app.clock.at(noon);
    app.browser().forget_password(TARO.email).await;
    assert!(app.kinds(TARO.email).await.contains(&"reset-password".to_owned()), "after a sign-in");

    app.clock.at(noon + 2 * HOUR);
    let change = [("step", "change-password"), ("password", PASSWORD), ("new_password", NEW_PASSWORD)];
    assert!(browser.call("account", &change).await.redirect_to.is_some());
    app.clock.at(noon + HOUR);
    let before = app.kinds(TARO.email).await.iter().filter(|kind| *kind == "reset-password").count();
    app.browser().forget_password(TARO.email).await;
    let after = app.kinds(TARO.email).await.iter().filter(|kind| *kind == "reset-password").count();
    assert_eq!(after, before + 1, "after a password change");
    let reader = app.browser();
    assert_eq!(step(&reader.open(&app.link(TARO.email, "reset-password").await).await), "new-password");
    assert_eq!(step(&reader.renew("Minato$1618xy").await), "link-done");
});

on_both!(a_reset_asked_for_by_a_clock_that_was_ahead_lives_no_longer_than_another, async |app| {
    app.account(TARO).await;
    let noon = app.now();
    app.clock.at(noon + 3 * HOUR);
    app.browser().forget_password(TARO.email).await;
    app.clock.at(noon);
    app.link(TARO.email, "reset-password").await;
    assert_eq!(app.number("SELECT expires_at FROM links").await, noon + DAY);
});

on_both!(a_mistyped_user_id_can_be_typed_anew, async |app| {
    app.account(TARO).await;
    let browser = app.browser();
    browser.forget_password("taro@exmaple.jp").await;
    let page = browser.press("password-reset", "sent", "again").await;
    assert_eq!(step(&page), "user-id");
    assert_eq!(step(&browser.forget_password(TARO.email).await), "sent");
    assert_eq!(app.kinds(TARO.email).await, ["reset-password"]);
});
