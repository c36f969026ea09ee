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
