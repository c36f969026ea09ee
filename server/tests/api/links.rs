//! Mailed links (spec section 6): opening changes nothing, one post consumes it, and each state has its page.

use crate::support::*;
use futures::future::join_all;

/// The link of a new enrolment, and the browser that waits for it.
async fn mailed(app: &TestApp, who: Person) -> (Browser, String) {
    let browser = app.browser();
    assert_eq!(step(&browser.enrol(who).await), "mail");
    (browser, app.link(who.email, "confirm-enrolment").await)
}

on_both!(an_account_comes_into_being_only_by_the_link, async |app| {
    let (browser, link) = mailed(app, TARO).await;
    assert!(app.rows("accounts").await.is_empty());
    assert_eq!(step(&browser.open(&link).await), "confirm");
    assert!(app.rows("accounts").await.is_empty());
    let page = browser.confirm().await;
    assert!(matches!(page.screen, Screen::LinkDone { kind: LinkKind::Enrolment, .. }));
    assert_eq!(app.rows("accounts").await.len(), 1);
    app.sign_in(&browser, TARO).await;
});

on_both!(a_hundred_gets_and_heads_of_a_link_change_nothing, async |app| {
    let (_, link) = mailed(app, TARO).await;
    let before = app.all_rows().await;
    let flashes = app.rows("flows").await;
    for _ in 0..50 {
        let scanner = app.browser();
        let opened = scanner.get(&link).await;
        assert_eq!((opened.status, opened.header("location")), (303, "/link"));
        assert!(!opened.text().contains(link.trim_start_matches("/link/")));
        assert_eq!(scanner.get("/link").await.status, 200);
        assert_eq!(scanner.head(&link).await.status, 303);
        assert_eq!(scanner.head("/link").await.status, 200);
    }
    assert_eq!(app.all_rows().await, before);
    assert_eq!(app.rows("flows").await, flashes);
    let person = app.browser();
    assert_eq!(step(&person.open(&link).await), "confirm");
    person.confirm().await;
    assert_eq!(app.rows("accounts").await.len(), 1);
});

on_both!(asvs_2_3_4_of_64_consumers_of_one_link_exactly_one_wins, async |app| {
    let (_, link) = mailed(app, TARO).await;
    let browsers: Vec<_> = (0..64).map(|_| app.browser()).collect();
    for browser in &browsers {
        browser.open(&link).await;
    }
    let pages = join_all(browsers.iter().map(Browser::confirm)).await;
    let won = pages.iter().filter(|page| matches!(page.screen, Screen::LinkDone { .. })).count();
    let late = pages.iter().filter(|page| page.screen == Screen::Ended(EndReason::LinkUsed)).count();
    assert_eq!((won, late), (1, 63));
    assert_eq!(app.rows("accounts").await.len(), 1);
    assert_eq!(app.kinds(TARO.email).await.iter().filter(|kind| *kind == "account-created").count(), 1);
});

on_both!(asvs_2_3_4_of_64_consumers_of_one_reset_link_exactly_one_wins, async |app| {
    app.account(TARO).await;
    app.browser().forget_password(TARO.email).await;
    let link = app.link(TARO.email, "reset-password").await;
    let browsers: Vec<_> = (0..64).map(|_| app.browser()).collect();
    for browser in &browsers {
        browser.open(&link).await;
    }
    let pages = join_all(browsers.iter().map(|browser| browser.renew(NEW_PASSWORD))).await;
    assert_eq!(pages.iter().filter(|page| matches!(page.screen, Screen::LinkDone { .. })).count(), 1);
    assert_eq!(app.kinds(TARO.email).await.iter().filter(|kind| *kind == "password-changed").count(), 1);
});

on_both!(a_link_confirmed_in_a_second_browser_moves_the_first, async |app| {
    let (first, link) = mailed(app, TARO).await;
    let second = app.browser();
    second.open(&link).await;
    second.confirm().await;
    let page = first.look(Flow::Enrol).await;
    assert_eq!(page.screen, Screen::Created { user_id: TARO.email.into() });
    let page = first.call("enrol", &[("step", "created")]).await;
    assert_eq!(page.redirect_to.as_deref(), Some("/sign-in"));
    let page = first.look(Flow::SignIn).await;
    assert_eq!(page.screen, Screen::SignIn { user_id: TARO.email.into(), enrolling: true });
});

on_both!(the_page_of_a_link_says_what_was_asked_for_when_and_from_where, async |app| {
    let (_, link) = mailed(app, TARO).await;
    let asked_at = app.now();
    app.clock.forward(HOUR);
    let page = app.browser().open(&link).await;
    let Screen::LinkConfirm(request) = page.screen else { panic!("{}", step(&page)) };
    assert_eq!(
        (request.user_id.as_str(), request.asked_at, request.device.as_str()),
        (TARO.email, asked_at, "iPhone（Safari）")
    );
    assert_eq!(request.expires_at, asked_at + DAY);
});

on_both!(a_link_lives_24_hours_and_not_a_millisecond_longer, async |app| {
    let (first, link) = mailed(app, TARO).await;
    let browser = app.browser();
    app.clock.forward(DAY - 1);
    assert_eq!(step(&browser.open(&link).await), "confirm");
    app.clock.forward(1);
    assert_eq!(browser.confirm().await.screen, Screen::Ended(EndReason::LinkExpired));
    app.clock.forward(MINUTE);
    assert_eq!(browser.open(&link).await.screen, Screen::Ended(EndReason::LinkExpired));
    assert!(browser.get("/link").await.text().contains("href=\"/enrol\""), "offers a new start");
    assert!(app.rows("accounts").await.is_empty());
    assert_eq!(first.look(Flow::Enrol).await.screen, Screen::Ended(EndReason::LinkExpired));
    assert_eq!(step(&first.press("enrol", "over", "restart").await), "identity");
});

on_both!(the_newest_link_alone_works, async |app| {
    let (first, old) = mailed(app, TARO).await;
    app.clock.forward(MINUTE);
    let (second, new) = mailed(app, TARO).await;
    assert_ne!(old, new);
    let browser = app.browser();
    assert_eq!(browser.open(&old).await.screen, Screen::Ended(EndReason::LinkNewer));
    assert_eq!(browser.confirm().await.screen, Screen::Ended(EndReason::LinkNewer));
    assert_eq!(first.look(Flow::Enrol).await.screen, Screen::Ended(EndReason::Superseded));
    assert!(app.rows("accounts").await.is_empty());
    browser.open(&new).await;
    assert_eq!(step(&browser.confirm().await), "link-done");
    assert_eq!(step(&second.look(Flow::Enrol).await), "created");
});

on_both!(a_link_that_was_sent_again_voids_the_one_before, async |app| {
    let (browser, old) = mailed(app, TARO).await;
    app.clock.forward(30 * SECOND);
    let page = browser.press("enrol", "mail", "resend").await;
    assert_eq!(page.notice, Some(Notice::Resent(app.now())));
    let new = app.link(TARO.email, "confirm-enrolment").await;
    assert_eq!(app.browser().open(&old).await.screen, Screen::Ended(EndReason::LinkNewer));
    assert_eq!(step(&app.browser().open(&new).await), "confirm");
});

on_both!(a_link_that_its_reader_disowns_is_void_everywhere, async |app| {
    let (first, link) = mailed(app, TARO).await;
    let reader = app.browser();
    reader.open(&link).await;
    assert_eq!(
        reader.press("link", "confirm", "disown").await.screen,
        Screen::LinkDisowned { kind: LinkKind::Enrolment }
    );
    assert_eq!(first.look(Flow::Enrol).await.screen, Screen::Ended(EndReason::Disowned));
    let late = app.browser();
    late.open(&link).await;
    assert_eq!(late.confirm().await.screen, Screen::LinkDisowned { kind: LinkKind::Enrolment });
    assert!(app.rows("accounts").await.is_empty());
    assert!(app.rows("links").await.iter().all(|row| row.contains("password_hash=-")), "the hash went with it");
});

on_both!(a_used_link_says_so_to_whoever_comes_later, async |app| {
    let (_, link) = mailed(app, TARO).await;
    let browser = app.browser();
    browser.open(&link).await;
    browser.confirm().await;
    assert_eq!(step(&browser.look(Flow::Link).await), "link-done", "a reload shows the same");
    assert_eq!(step(&browser.open(&link).await), "link-done");
    let other = app.browser();
    assert_eq!(other.open(&link).await.screen, Screen::Ended(EndReason::LinkUsed));
    assert_eq!(other.press("link", "confirm", "disown").await.screen, Screen::Ended(EndReason::LinkUsed));
    app.clock.forward(DAY + MINUTE);
    assert_eq!(other.look(Flow::Link).await.screen, Screen::Ended(EndReason::LinkUsed), "used goes before expired");
});

on_both!(an_unknown_link_and_none_have_a_page_of_their_own, async |app| {
    let browser = app.browser();
    assert_eq!(browser.look(Flow::Link).await.screen, Screen::Ended(EndReason::LinkUnknown));
    let unknown = [
        "/link/abc",
        "/link/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "/link/%E3%81%82",
        "/link/..%2F..%2Fetc",
        "/link/%00",
    ];
    for link in unknown {
        assert_eq!(browser.open(link).await.screen, Screen::Ended(EndReason::LinkUnknown), "{link}");
        assert_eq!(browser.confirm().await.screen, Screen::Ended(EndReason::LinkUnknown), "{link}");
        assert_eq!(browser.renew(NEW_PASSWORD).await.screen, Screen::Ended(EndReason::LinkUnknown), "{link}");
    }
});

on_both!(a_link_works_with_the_marks_that_mail_clients_take_along, async |app| {
    let (_, link) = mailed(app, TARO).await;
    let token = link.trim_start_matches("/link/");
    let closing = [
        "",
        ".",
        ",",
        ")",
        "]",
        "}",
        "*",
        "_",
        "__",
        "-",
        "~",
        "'",
        ";",
        ":",
        "!",
        "?",
        "?utm_source=mail",
        "/",
        "//",
        "/.",
        "/>",
        "%3E",
        "%3e",
        "%20",
        "%22",
        "&gt;",
        "&gt",
        "=",
        "=3D",
        "。",
        "、",
        "」",
        "』",
        "）",
        "》",
        "＞",
        "です。",
        "%E3%80%82",
        "%E3%80",
        "%",
        "%2",
        "%253E",
        "%0D%0A",
        ")%20次の文",
        "@",
    ];
    let opening = ["", "%20", "%3C", "(", "「", "&lt;", "%E3%80%8C", "*", "/"];
    for mark in closing {
        for open in opening {
            let address = format!("/link/{open}{token}{mark}");
            assert_eq!(step(&app.browser().open(&address).await), "confirm", "{address}");
        }
    }
    let cut = &token[..42];
    for other in
        [format!("/link/{token}x"), format!("/link/{token}x."), format!("/link/{cut}"), format!("/link/{cut}.")]
    {
        assert_eq!(app.browser().open(&other).await.screen, Screen::Ended(EndReason::LinkUnknown), "{other}");
    }
    let browser = app.browser();
    browser.open(&format!("{link}」")).await;
    assert_eq!(step(&browser.confirm().await), "link-done");
});

on_both!(a_link_of_one_kind_does_nothing_of_the_other, async |app| {
    let (_, link) = mailed(app, TARO).await;
    let browser = app.browser();
    browser.open(&link).await;
    let before = app.all_rows().await;
    assert_eq!(step(&browser.renew(NEW_PASSWORD).await), "confirm");
    assert_eq!(app.all_rows().await, before);
    app.account(KAZUO).await;
    app.browser().forget_password(KAZUO.email).await;
    let reset = app.link(KAZUO.email, "reset-password").await;
    let before = app.all_rows().await;
    browser.open(&reset).await;
    assert_eq!(step(&browser.confirm().await), "new-password");
    assert_eq!(app.all_rows().await, before);
});

on_both!(a_mailbox_that_is_no_longer_registered_confirms_nothing, async |app| {
    let (first, link) = mailed(app, TARO).await;
    app.sql("UPDATE customers SET email = 'new@example.jp', email_key = 'new@example.jp' WHERE id = 'c-001'").await;
    let browser = app.browser();
    browser.open(&link).await;
    assert_eq!(browser.confirm().await.screen, Screen::Ended(EndReason::LinkReplaced));
    assert!(app.rows("accounts").await.is_empty());
    assert_eq!(first.look(Flow::Enrol).await.screen, Screen::Ended(EndReason::RegistrationChanged));
});

on_both!(confirming_and_sending_again_at_once_never_ends_in_an_error, async |app| {
    for who in [TARO, KAZUO, JIRO, SABURO, DOTKO, TENSUKE] {
        let (first, link) = mailed(app, who).await;
        let second = app.browser();
        second.open(&link).await;
        app.clock.forward(MINUTE);
        let resend = [("step", "mail"), ("act", "resend")];
        let (again, confirmed) = tokio::join!(first.ask("enrol", &resend), second.ask("link", &[("step", "confirm")]));
        assert_eq!((again.status, confirmed.status), (200, 200));
    }
});

on_both!(giving_up_at_the_mail_step_voids_the_mailed_link_too, async |app| {
    let (browser, link) = mailed(app, TARO).await;
    assert_eq!(browser.press("enrol", "mail", "abandon").await.screen, Screen::Ended(EndReason::Abandoned));
    let reader = app.browser();
    assert_eq!(reader.open(&link).await.screen, Screen::Ended(EndReason::LinkReplaced));
    assert_eq!(reader.confirm().await.screen, Screen::Ended(EndReason::LinkReplaced));
    assert!(app.rows("accounts").await.is_empty());
});

on_both!(giving_up_on_the_page_of_a_reset_link_leads_away_and_leaves_the_link_as_it_is, async |app| {
    app.account(TARO).await;
    app.browser().forget_password(TARO.email).await;
    let link = app.link(TARO.email, "reset-password").await;
    let browser = app.browser();
    browser.open(&link).await;
    let before = app.all_rows().await;
    assert_eq!(browser.press("link", "new-password", "abandon").await.redirect_to.as_deref(), Some("/"));
    assert_eq!(app.all_rows().await, before);
    assert_eq!(step(&browser.renew(NEW_PASSWORD).await), "link-done");
});

on_both!(from_a_confirmed_link_sign_in_begins_with_the_user_id_filled_in, async |app| {
    let (first, link) = mailed(app, TARO).await;
    first.open(&link).await;
    first.confirm().await;
    let page = first.call("link", &[("step", "link-done")]).await;
    assert_eq!(page.redirect_to.as_deref(), Some("/sign-in"));
    let page = first.look(Flow::SignIn).await;
    assert_eq!(page.screen, Screen::SignIn { user_id: TARO.email.into(), enrolling: true });
    assert_eq!(first.look(Flow::Enrol).await.screen, Screen::Ended(EndReason::Done));
    assert_eq!(
        first.look(Flow::Link).await.screen,
        Screen::Ended(EndReason::LinkUsed),
        "it does not say for whom any more"
    );
    // Who has only the address of the link's page gets nothing of it.
    let stranger = app.browser();
    stranger.open(&link).await;
    let page = stranger.call("link", &[("step", "link-done")]).await;
    assert_eq!((page.notice, page.redirect_to), (Some(Notice::Stale), None));
});

on_both!(a_link_that_did_its_work_half_an_hour_ago_does_not_lead_on_with_its_user_id, async |app| {
    let (first, link) = mailed(app, TARO).await;
    first.open(&link).await;
    first.confirm().await;
    app.clock.forward(31 * MINUTE);
    let page = first.call("link", &[("step", "link-done")]).await;
    assert_eq!((page.notice, page.redirect_to), (Some(Notice::Stale), None));
    assert_eq!(first.look(Flow::SignIn).await.screen, Screen::SignIn { user_id: String::new(), enrolling: false });
});

on_both!(a_reset_link_that_was_written_beside_a_change_of_address_changes_nothing, async |app| {
    app.account(TARO).await;
    app.browser().forget_password(TARO.email).await;
    let browser = app.browser();
    browser.open(&app.link(TARO.email, "reset-password").await).await;
    // As a change does that did not see the link yet, or it would have revoked it.
    app.sql("UPDATE accounts SET user_id = 'new@example.jp', user_key = 'new@example.jp'").await;
    let before = app.rows("accounts").await;
    assert_eq!(browser.renew(NEW_PASSWORD).await.screen, Screen::Ended(EndReason::LinkReplaced));
    assert_eq!(app.rows("accounts").await, before);
    assert_eq!(browser.renew(NEW_PASSWORD).await.screen, Screen::Ended(EndReason::LinkReplaced), "for good");
});
