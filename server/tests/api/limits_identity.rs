//! The limits of the identity check at their edges (spec section 7).

use crate::support::*;

const MISS: Person = Person { phone: "090-9999-9999", ..TARO };

async fn miss(browser: &Browser, who: Person) -> Problem {
    problem(&browser.identify("enrol", who).await)
}

on_both!(asvs_6_3_1_five_misses_of_a_browser_lock_it_for_15_minutes, async |app| {
    let browser = app.browser();
    for _ in 0..4 {
        assert_eq!(miss(&browser, MISS).await, Problem::NoMatch);
    }
    let fourth = browser.copy();
    let until = app.now() + 15 * MINUTE;
    let page = browser.identify("enrol", MISS).await;
    assert_eq!((problem(&page), page.notice), (Problem::NoMatch, Some(Notice::LastMiss(until))), "told at once");
    assert_eq!(miss(&browser, TARO).await, Problem::WaitUntil(until), "not even a right one");
    assert_eq!(miss(&fourth, TARO).await, Problem::WaitUntil(until), "the count is the server's, not the cookie's");
    app.clock.at(until - 1);
    assert_eq!(miss(&browser, TARO).await, Problem::WaitUntil(until), "trying does not prolong it");
    app.clock.at(until);
    assert_eq!(step(&browser.identify("enrol", TARO).await), "password");
});

on_both!(four_misses_do_not_lock_and_a_match_clears_them, async |app| {
    let browser = app.browser();
    for _ in 0..2 {
        for _ in 0..4 {
            miss(&browser, MISS).await;
        }
        assert_eq!(step(&browser.identify("enrol", TARO).await), "password");
        browser.press("enrol", "password", "abandon").await;
        browser.press("enrol", "over", "restart").await;
    }
});

on_both!(after_a_lock_a_browser_has_five_misses_again, async |app| {
    let browser = app.browser();
    for _ in 0..5 {
        miss(&browser, MISS).await;
    }
    app.clock.forward(15 * MINUTE);
    for _ in 0..5 {
        assert_eq!(miss(&browser, Person { number: "NR18888888", ..MISS }).await, Problem::NoMatch);
    }
    assert!(matches!(miss(&browser, TARO).await, Problem::WaitUntil(_)));
});

on_both!(both_flows_share_one_count, async |app| {
    let browser = app.browser();
    for flow in ["enrol", "user-id", "enrol", "user-id", "enrol"] {
        assert_eq!(problem(&browser.identify(flow, MISS).await), Problem::NoMatch);
    }
    assert!(matches!(problem(&browser.identify("user-id", TARO).await), Problem::WaitUntil(_)));
});

on_both!(asvs_6_3_1_ten_misses_of_a_number_and_name_in_a_day_lead_to_the_contact_centre, async |app| {
    let began = app.now();
    for _ in 0..9 {
        assert_eq!(miss(&app.browser(), MISS).await, Problem::NoMatch);
    }
    let browser = app.browser();
    assert_eq!(step(&browser.identify("enrol", TARO).await), "password", "a right one after nine misses");
    assert_eq!(miss(&app.browser(), MISS).await, Problem::NoMatch);
    assert_eq!(miss(&app.browser(), TARO).await, Problem::CallCentre);
    assert_eq!(miss(&app.browser(), MISS).await, Problem::CallCentre);
    assert_eq!(step(&app.browser().identify("enrol", KAZUO).await), "password", "another number is not concerned");
    app.clock.at(began + DAY - 1);
    assert_eq!(miss(&app.browser(), TARO).await, Problem::CallCentre);
    app.clock.at(began + DAY);
    assert_eq!(step(&app.browser().identify("enrol", TARO).await), "password");
});

on_both!(a_number_that_does_not_exist_is_counted_alike, async |app| {
    let unknown = Person { number: "NR19999999", ..TARO };
    for _ in 0..10 {
        assert_eq!(miss(&app.browser(), unknown).await, Problem::NoMatch);
    }
    assert_eq!(miss(&app.browser(), unknown).await, Problem::CallCentre);
});

on_both!(asvs_6_3_1_a_hundred_misses_an_hour_of_one_address_are_the_most, async |app| {
    let began = app.now();
    for number in 0..100 {
        let number = format!("NR2{number:07}");
        let page = app
            .browser()
            .call("enrol", &[("step", "identity"), ("number", &number), ("kana", TARO.kana), ("phone", TARO.phone)])
            .await;
        assert_eq!(problem(&page), Problem::NoMatch, "{number}");
    }
    let until = began + HOUR;
    let other = Person { number: "NR29999999", ..TARO };
    assert_eq!(miss(&app.browser(), other).await, Problem::BusyAddress);
    for _ in 0..3 {
        assert_eq!(step(&app.browser().identify("enrol", TARO).await), "password", "all of it right: let in");
    }
    assert_eq!(miss(&app.browser().at("198.51.100.8"), other).await, Problem::NoMatch, "elsewhere");
    app.clock.at(until - 1);
    assert_eq!(miss(&app.browser(), other).await, Problem::BusyAddress);
    app.clock.at(until);
    assert_eq!(miss(&app.browser(), other).await, Problem::NoMatch);
});

on_both!(matches_do_not_use_an_address_up, with | settings | settings.limits.identity_per_address = 3, async |app| {
    for _ in 0..6 {
        assert_eq!(
            step(&app.browser().identify("enrol", TARO).await),
            "password",
            "many customers behind one carrier's address"
        );
    }
});

on_both!(
    asvs_4_1_3_the_address_is_what_a_trusted_proxy_says_and_nobody_else,
    with | settings | settings.limits.identity_per_address = 1,
    async |app| {
        assert_eq!(miss(&app.browser().at("203.0.113.9, 198.51.100.1"), MISS).await, Problem::NoMatch);
        assert!(
            matches!(miss(&app.browser().at("192.0.2.77, 198.51.100.1"), MISS).await, Problem::BusyAddress),
            "what the client itself wrote does not count"
        );
        assert_eq!(miss(&app.browser().at("2001:db8:1:2::1"), MISS).await, Problem::NoMatch);
        assert!(
            matches!(miss(&app.browser().at("2001:db8:1:2:ffff::9"), MISS).await, Problem::BusyAddress),
            "one household is one /64"
        );
        assert_eq!(miss(&app.browser().at("2001:db8:1:3::1"), MISS).await, Problem::NoMatch);
    }
);

on_both!(many_misses_at_once_cannot_outrun_the_count, async |app| {
    let browser = app.browser();
    miss(&browser, MISS).await;
    let flow = browser.cookie("__Host-browser").expect("a mark");
    let tabs: Vec<_> = (0..16)
        .map(|_| {
            let tab = app.browser();
            tab.set_cookie("__Host-browser", &flow);
            tab
        })
        .collect();
    let pages = futures::future::join_all(tabs.iter().map(|tab| tab.identify("enrol", MISS))).await;
    let judged = pages.iter().filter(|page| problem(page) == Problem::NoMatch).count();
    assert_eq!(judged, 4);
});

/// What a page without script says about the whole form.
async fn said(browser: &Browser, path: &str, who: Person) -> String {
    let fields = [("step", "identity"), ("number", who.number), ("kana", who.kana), ("phone", who.phone)];
    browser.post_form(path, &fields).await.then.text()
}

on_both!(
    nobody_is_told_of_mismatches_whose_entries_matched,
    with | settings | (settings.limits.identity_per_address, settings.limits.inquiries_per_account) = (3, 1),
    async |app| {
        app.account(TARO).await;
        for path in ["/enrol", "/user-id"] {
            said(&app.browser(), path, TARO).await;
            let text = said(&app.browser(), path, TARO).await;
            assert!(text.contains("ユーザーIDを確認できる回数を超えました") && !text.contains("一致"), "{path}");
        }
        for _ in 0..3 {
            miss(&app.browser(), MISS).await;
        }
        let text = said(&app.browser(), "/enrol", MISS).await;
        assert!(text.contains("お使いの回線からは、一致しない入力が続いています"), "behind a busy address");
        let text = said(&app.browser(), "/enrol", KAZUO).await;
        assert!(!text.contains("一致しない") && text.contains("new_password"), "who matches goes on there too");
    }
);

on_both!(who_knows_only_a_number_cannot_close_it_for_its_holder, async |app| {
    for names in [["ヤマダ ハナコ", "ヤマダ ハナコ"], ["サトウ イチロウ", "スズキ ジロウ"]] {
        for nth in 0..12 {
            let phone = format!("090-8888-{nth:04}");
            let guess =
                [("step", "identity"), ("number", TARO.number), ("kana", names[nth % 2]), ("phone", phone.as_str())];
            app.browser().call("enrol", &guess).await;
        }
    }
    assert_eq!(
        miss(&app.browser(), Person { kana: "ヤマダ ハナコ", ..MISS }).await,
        Problem::CallCentre,
        "that name's tries are used up"
    );
    assert_eq!(step(&app.browser().identify("enrol", TARO).await), "password", "the holder's are not");
});

on_both!(
    asvs_6_3_1_who_knows_two_of_the_three_has_no_endless_tries_at_the_third,
    with | settings | settings.limits.identity_misses_per_pair = 3,
    async |app| {
        for nth in 0..3 {
            let number = format!("NR2{nth:07}");
            let guess = [("step", "identity"), ("number", &number), ("kana", TARO.kana), ("phone", TARO.phone)];
            assert_eq!(problem(&app.browser().call("enrol", &guess).await), Problem::NoMatch);
        }
        assert_eq!(miss(&app.browser(), Person { number: "NR29999999", ..TARO }).await, Problem::CallCentre);
        for kana in ["アア アア", "イイ イイ", "ウウ ウウ"] {
            assert_eq!(miss(&app.browser(), Person { kana, ..KAZUO }).await, Problem::NoMatch);
        }
        assert_eq!(miss(&app.browser(), Person { kana: "エエ エエ", ..KAZUO }).await, Problem::CallCentre);
    }
);

on_both!(
    an_ipv6_provider_network_has_an_end_to_its_misses_too_and_right_entries_are_let_in,
    with | settings | (settings.limits.identity_per_address, settings.limits.ipv6_site_factor) = (2, 3),
    async |app| {
        for nth in 0..6 {
            let browser = app.browser().at(&format!("2001:db8:7:{nth:x}::1"));
            assert_eq!(miss(&browser, Person { number: "NR28888888", ..MISS }).await, Problem::NoMatch, "{nth}");
        }
        let fresh = app.browser().at("2001:db8:7:ff::1");
        assert_eq!(miss(&fresh, MISS).await, Problem::BusyAddress, "a /64 never seen, of the same /48");
        assert_eq!(miss(&app.browser().at("2001:db8:8:ff::1"), MISS).await, Problem::NoMatch, "another /48");
        assert_eq!(step(&app.browser().at("2001:db8:7:fe::1").identify("enrol", TARO).await), "password");
    }
);

on_both!(ten_misses_at_once_close_a_number_and_name_exactly_once, async |app| {
    let browsers: Vec<_> = (0..16).map(|_| app.browser()).collect();
    let pages = futures::future::join_all(browsers.iter().map(|browser| browser.identify("enrol", MISS))).await;
    let judged = pages.iter().filter(|page| problem(page) == Problem::NoMatch).count();
    assert_eq!(judged, 10);
    assert_eq!(app.number("SELECT MAX(n) FROM counters WHERE key LIKE 'closed-numbers:%'").await, 1);
});
