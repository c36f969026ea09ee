//! The second step of sign-in (spec section 4): five answers, earlier codes, one use.

use crate::support::*;
use futures::future::join_all;

on_both!(a_sign_in_whose_password_was_replaced_mails_no_further_code, async |app| {
    app.account(TARO).await;
    let browser = app.browser();
    browser.password(TARO.email, PASSWORD).await;
    app.clock.forward(MINUTE);
    let owner = app.browser();
    owner.forget_password(TARO.email).await;
    owner.open(&app.link(TARO.email, "reset-password").await).await;
    owner.renew(NEW_PASSWORD).await;
    let page = browser.press("sign-in", "code", "resend").await;
    assert_eq!(page.screen, Screen::Ended(EndReason::TimedOut));
    assert_eq!(app.kinds(TARO.email).await.iter().filter(|kind| *kind == "auth-code").count(), 1);
});

on_both!(the_five_answers_are_distinct, async |app| {
    let (browser, code) = app.at_code(TARO).await;
    assert_eq!(problem(&browser.type_code("12345").await), Problem::NotSixDigits);
    assert_eq!(problem(&browser.type_code("").await), Problem::Empty);
    assert_eq!(
        problem(&browser.type_code(&wrong_code(&[&code])).await),
        Problem::WrongCode { left: 4 },
        "what is not a code is not a try"
    );
    let expired_at = app.now() + 5 * MINUTE;
    app.clock.at(expired_at + SECOND);
    let page = browser.type_code(&code).await;
    assert_eq!(problem(&page), Problem::ExpiredCode { expired_at, sent_at: Some(app.now()) });
    let newer = app.code(TARO.email).await;
    let other = wrong_code(&[&code, &newer]);
    assert_eq!(problem(&browser.type_code(&other).await), Problem::WrongCode { left: 2 });
    assert_eq!(problem(&browser.type_code(&other).await), Problem::WrongCode { left: 1 });
    assert_eq!(browser.type_code(&other).await.screen, Screen::Ended(EndReason::TooManyTries));
    assert_eq!(step(&browser.press("sign-in", "over", "restart").await), "sign-in");
});

on_both!(a_code_that_has_signed_in_is_told_to_be_used, async |app| {
    let (browser, code) = app.at_code(TARO).await;
    let other_tab = browser.copy();
    browser.type_code(&code).await;
    assert_eq!(browser.get("/portal").await.status, 200);
    assert_eq!(problem(&other_tab.type_code(&code).await), Problem::UsedCode);
    assert_eq!(app.sessions().await, 1);
});

on_both!(a_code_typed_twice_works_once, async |app| {
    let (browser, code) = app.at_code(TARO).await;
    assert_eq!(browser.type_code(&code).await.redirect_to.as_deref(), Some("/portal"));
    assert_eq!(browser.type_code(&code).await.redirect_to.as_deref(), Some("/portal"), "a double click goes on too");
    assert_eq!(app.sessions().await, 1);
});

on_both!(asvs_2_3_4_of_64_consumers_of_one_code_exactly_one_opens_a_session_and_all_see_that_one, async |app| {
    let (browser, code) = app.at_code(TARO).await;
    let tabs: Vec<_> = (0..64).map(|_| browser.copy()).collect();
    let pages = join_all(tabs.iter().map(|tab| tab.type_code(&code))).await;
    assert!(pages.iter().all(|page| page.redirect_to.as_deref() == Some("/portal")));
    let sessions: std::collections::BTreeSet<_> = tabs.iter().map(|tab| tab.cookie("__Host-session")).collect();
    assert!(sessions.len() == 1 && !sessions.contains(&None));
    assert_eq!(app.sessions().await, 1);
    assert_eq!(app.number("SELECT COUNT(*) FROM codes WHERE used_at IS NOT NULL").await, 1);
    assert_eq!(app.number("SELECT COUNT(*) FROM audit WHERE event = 'authn_login_success'").await, 1);
});

on_both!(many_wrong_codes_at_once_get_no_more_than_five_tries, async |app| {
    let (browser, code) = app.at_code(TARO).await;
    let other = wrong_code(&[&code]);
    let pages = join_all((0..20).map(|_| browser.type_code(&other))).await;
    let answered = pages.iter().filter(|page| matches!(problems(page)[..], [Problem::WrongCode { .. }])).count();
    assert_eq!(answered, 4);
    assert_eq!(app.number("SELECT MAX(tries) FROM flows").await, 5);
    assert_eq!(browser.type_code(&code).await.redirect_to, None);
});

on_both!(a_code_lives_five_minutes_and_then_a_new_one_is_sent_at_once, async |app| {
    let (browser, code) = app.at_code(TARO).await;
    let sent_at = app.now();
    app.clock.at(sent_at + 5 * MINUTE);
    assert_eq!(
        problem(&browser.type_code(&code).await),
        Problem::ExpiredCode { expired_at: sent_at + 5 * MINUTE, sent_at: Some(app.now()) }
    );
    let page = browser.look(Flow::SignIn).await;
    let Screen::Code(wait) = page.screen else { panic!("{}", step(&page)) };
    assert_eq!((wait.nth, wait.sent_at, wait.valid_until), (2, app.now(), app.now() + 5 * MINUTE));
    let new = app.code(TARO.email).await;
    assert_eq!(browser.type_code(&new).await.redirect_to.as_deref(), Some("/portal"));
});

on_both!(a_code_works_until_the_last_millisecond_of_its_five_minutes, async |app| {
    let (browser, code) = app.at_code(TARO).await;
    app.clock.forward(5 * MINUTE - 1);
    assert_eq!(browser.type_code(&code).await.redirect_to.as_deref(), Some("/portal"));
});

on_both!(asvs_6_5_a_code_is_read_in_any_width_with_spaces_and_dashes, async |app| {
    let (browser, code) = app.at_code(TARO).await;
    let wide: String = code.chars().map(|digit| char::from_u32(u32::from(digit) - 0x30 + 0xFF10).unwrap()).collect();
    let (left, right) = wide.split_at(9);
    assert_eq!(browser.type_code(&format!(" {left}－{right}　")).await.redirect_to.as_deref(), Some("/portal"));
});

on_both!(an_old_code_works_after_a_resend_within_its_own_five_minutes, async |app| {
    let (browser, first) = app.at_code(TARO).await;
    app.clock.forward(4 * MINUTE);
    let page = browser.press("sign-in", "code", "resend").await;
    assert_eq!(page.notice, Some(Notice::Resent(app.now())));
    let second = app.mail(TARO.email, "auth-code").await;
    assert!(second.text.contains("2通目"), "says which mail of this sign-in it is");
    app.clock.forward(MINUTE - 1);
    assert_eq!(browser.type_code(&first).await.redirect_to.as_deref(), Some("/portal"));
});

on_both!(at_most_three_codes_live_at_a_time, async |app| {
    let (browser, first) = app.at_code(TARO).await;
    for _ in 0..3 {
        app.clock.forward(30 * SECOND);
        browser.press("sign-in", "code", "resend").await;
    }
    let displaced_at = app.now();
    let fourth = app.code(TARO.email).await;
    assert_eq!(
        problem(&browser.type_code(&first).await),
        Problem::ExpiredCode { expired_at: displaced_at, sent_at: Some(displaced_at) }
    );
    assert_eq!(app.mails(TARO.email).await.len(), 4, "one was sent just before: no further one");
    assert_eq!(browser.type_code(&fourth).await.redirect_to.as_deref(), Some("/portal"));
});

on_both!(the_last_of_five_tries_still_counts_when_it_is_right, async |app| {
    let (browser, code) = app.at_code(TARO).await;
    for _ in 0..4 {
        browser.type_code(&wrong_code(&[&code])).await;
    }
    assert_eq!(browser.type_code(&code).await.redirect_to.as_deref(), Some("/portal"));
});

on_both!(asvs_6_6_2_a_code_works_only_in_the_attempt_it_was_made_for, async |app| {
    let (_, code) = app.at_code(TARO).await;
    let other = app.browser();
    other.password(TARO.email, PASSWORD).await;
    assert_eq!(problem(&other.type_code(&code).await), Problem::WrongCode { left: 4 });
    app.account(KAZUO).await;
    let stranger = app.browser();
    stranger.password(KAZUO.email, PASSWORD).await;
    assert_eq!(problem(&stranger.type_code(&code).await), Problem::WrongCode { left: 4 });
});

on_both!(asvs_6_5_a_code_stands_in_the_database_only_as_an_hmac, async |app| {
    let (browser, code) = app.at_code(TARO).await;
    let rows = app.rows("codes").await;
    assert_eq!(rows.len(), 1);
    assert!(rows[0].contains("mac=k1:") && !rows[0].contains(&code));
    let mail = app.mail(TARO.email, "auth-code").await;
    assert!(!mail.subject.contains(&code), "never in the subject");
    let page = browser.look(Flow::SignIn).await;
    assert!(
        matches!(page.screen, Screen::Code(CodeWait { ref masked_address, .. }) if masked_address == "t***@e***.jp")
    );
});
