//! How many procedures may be begun (spec section 7): what is posted does not fill the database.

use crate::support::*;

on_both!(
    what_is_posted_does_not_fill_the_database,
    with | settings | settings.limits.flows_per_address = 4,
    async |app| {
        let long = "A".repeat(7_000);
        for _ in 0..4 {
            let page = app.browser().call("enrol", &[("step", "identity"), ("number", &long), ("kana", &long)]).await;
            assert_eq!(problems(&page), [Problem::TooLong, Problem::Latin('A'), Problem::Empty]);
        }
        assert!(
            app.number("SELECT MAX(length(flash)) FROM flows").await < 3_000,
            "no more is kept than shows what was wrong"
        );
        let answer = app.browser().ask("enrol", &[("step", "identity"), ("number", &long)]).await;
        assert_eq!((answer.status, app.number("SELECT COUNT(*) FROM flows").await), (503, 4));
        assert!(answer.header("retry-after").parse::<u32>().is_ok());
        assert_eq!(
            step(&app.browser().at("198.51.100.8").identify("enrol", TARO).await),
            "password",
            "elsewhere goes on"
        );
        app.clock.forward(HOUR);
        assert_eq!(step(&app.browser().identify("enrol", TARO).await), "password");
    }
);

on_both!(
    beginning_anew_makes_no_row_that_is_not_counted,
    with | settings | settings.limits.flows_per_address = 3,
    async |app| {
        let browser = app.browser();
        for (flow, first) in [("enrol", "identity"), ("user-id", "identity"), ("password-reset", "user-id")] {
            browser.call(flow, &[("step", first)]).await;
            for _ in 0..30 {
                browser.press(flow, first, "abandon").await;
                assert_eq!(step(&browser.press(flow, "over", "restart").await), first);
            }
        }
        assert_eq!(app.number("SELECT COUNT(*) FROM flows").await, 3, "an empty one is used again");
        assert_eq!(browser.ask("sign-in", &[("step", "sign-in"), ("user_id", "x")]).await.status, 503);
        app.clock.forward(HOUR);
        let browser = app.browser();
        browser.identify("enrol", TARO).await;
        for _ in 0..2 {
            browser.press("enrol", "password", "abandon").await;
            assert_eq!(step(&browser.press("enrol", "over", "restart").await), "identity");
            browser.identify("enrol", TARO).await;
        }
        browser.press("enrol", "password", "abandon").await;
        let answer = browser.ask("enrol", &[("step", "over"), ("act", "restart")]).await;
        assert_eq!(answer.status, 503, "one in which something happened stays, and the new one counts");
    }
);

on_both!(
    at_an_address_that_began_too_many_procedures_whoever_proves_who_they_are_goes_on,
    with | settings | settings.limits.flows_per_address = 8,
    async |app| {
        app.account(TARO).await;
        let full = async || {
            while app.browser().ask("user-id", &[("step", "identity")]).await.status != 503 {}
        };
        full().await;
        let rows = app.number("SELECT COUNT(*) FROM flows").await;
        app.sign_in(&app.browser(), TARO).await;
        assert_eq!(step(&app.browser().identify("enrol", KAZUO).await), "password");
        assert_eq!(step(&app.browser().identify("user-id", TARO).await), "shown");
        assert!(app.number("SELECT COUNT(*) FROM flows").await > rows);
        let mails = app.mails(TARO.email).await.len();
        let rows = app.number("SELECT COUNT(*) FROM flows").await;
        let nobody = Person { phone: "09099999999", ..KAZUO };
        for fields in [
            vec![("step", "sign-in"), ("user_id", TARO.email), ("password", WRONG_PASSWORD)],
            vec![("step", "sign-in"), ("user_id", "nobody@example.jp"), ("password", PASSWORD)],
            vec![("step", "code"), ("code", "123456")],
            vec![("step", "sign-in"), ("act", "restart")],
        ] {
            assert_eq!(app.browser().ask("sign-in", &fields).await.status, 503, "{fields:?}");
        }
        for flow in ["enrol", "user-id"] {
            let typed =
                [("step", "identity"), ("number", nobody.number), ("kana", nobody.kana), ("phone", nobody.phone)];
            assert_eq!(app.browser().ask(flow, &typed).await.status, 503, "{flow}");
        }
        let reset = app.browser().ask("password-reset", &[("step", "user-id"), ("user_id", TARO.email)]).await;
        assert_eq!(reset.status, 503);
        app.work().await;
        assert_eq!(app.mails(TARO.email).await.len(), mails, "what is refused mails nothing");
        assert_eq!(app.number("SELECT COUNT(*) FROM flows").await, rows, "and leaves no row");
    }
);

on_both!(
    what_is_refused_at_a_full_address_counts_as_a_try_all_the_same,
    with | settings | settings.limits.flows_per_address = 1,
    async |app| {
        app.account(TARO).await;
        app.browser().ask("user-id", &[("step", "identity")]).await;
        for _ in 0..5 {
            let typed = [("step", "sign-in"), ("user_id", TARO.email), ("password", WRONG_PASSWORD)];
            assert_eq!(app.browser().ask("sign-in", &typed).await.status, 503);
        }
        let locked = app.browser().at("198.51.100.8").password(TARO.email, PASSWORD).await;
        assert!(matches!(problem(&locked), Problem::LockedUntil(_)), "{locked:?}");
        for nth in 0..10 {
            let phone = format!("0909999{nth:04}");
            let typed = [("step", "identity"), ("number", KAZUO.number), ("kana", KAZUO.kana), ("phone", &phone)];
            assert_eq!(app.browser().ask("enrol", &typed).await.status, 503);
        }
        assert_eq!(problem(&app.browser().at("198.51.100.9").identify("enrol", KAZUO).await), Problem::CallCentre);
    }
);
