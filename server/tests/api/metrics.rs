//! What the server tells those who watch it (spec section 10b), over HTTP.

use crate::support::*;

/// The value of a series, or 0 where it is not told.
fn value(text: &str, series: &str) -> f64 {
    let line = text.lines().find(|line| line.strip_prefix(series).is_some_and(|rest| rest.starts_with(' ')));
    line.and_then(|line| line.rsplit(' ').next()?.parse().ok()).unwrap_or_default()
}

on_both!(
    whoever_watches_sees_requests_steps_mails_slots_and_limits,
    with | settings | settings.http.metrics_listen = Some(([127, 0, 0, 1], 0).into()),
    async |app| {
        let (requests, moved, wrong, limited) = (
            r#"nirin_http_requests_total{method="POST",route="/api/enrol",status="200"}"#,
            r#"nirin_flow_posts_total{flow="enrol",outcome="moved-on",reason=""}"#,
            r#"nirin_flow_posts_total{flow="enrol",outcome="refused",reason="no-match"}"#,
            r#"nirin_limit_refusals_total{limit="identity-of-browser"}"#,
        );
        let before = app.metrics().await;
        let browser = app.browser();
        for _ in 0..8 {
            browser
                .call(
                    "enrol",
                    &[("step", "identity"), ("number", "NR99999999"), ("kana", TARO.kana), ("phone", TARO.phone)],
                )
                .await;
        }
        app.browser().enrol(TARO).await;
        let after = app.metrics().await;
        for series in [requests, moved, wrong, limited] {
            assert!(value(&after, series) > value(&before, series), "{series}\n{after}");
        }
        let waiting = r#"nirin_mails_waiting{kind="confirm-enrolment",state="queued"}"#;
        assert!(value(&after, waiting) >= 1.0, "{after}");
        app.clock.forward(MINUTE);
        let oldest = r#"nirin_mails_oldest_seconds{kind="confirm-enrolment",state="queued"}"#;
        assert!(value(&app.metrics().await, oldest) >= 60.0);
        app.work().await;
        let after = app.metrics().await;
        assert!(
            value(&after, r#"nirin_mails_settled_total{kind="confirm-enrolment",state="accepted"}"#) >= 1.0,
            "{after}"
        );
        assert_eq!((value(&after, waiting), value(&after, "nirin_ready")), (0.0, 1.0));
        assert!(value(&after, "nirin_hash_slots") >= 1.0 && after.contains("nirin_live_streams 0"), "{after}");
        assert!(after.contains(r#"nirin_import_state{state="done"} 1"#), "the demo contracts were imported");
    }
);

on_both!(
    asvs_16_2_5_no_label_says_who_somebody_is,
    with | settings | settings.http.metrics_listen = Some(([127, 0, 0, 1], 0).into()),
    async |app| {
        let browser = app.browser();
        browser.enrol(TARO).await;
        let link = app.link(TARO.email, "confirm-enrolment").await;
        browser.open(&link).await;
        browser.get("/some/unknown/taro@example.jp").await;
        browser.post_raw("/api/taro@example.jp", CALL, Vec::new()).await;
        let text = app.metrics().await;
        for secret in
            ["taro@", "ニリン", "09000000001", "NR10000001", "c-001", "k-001", link.rsplit('/').next().unwrap()]
        {
            assert!(!text.contains(secret), "{secret}");
        }
        assert!(
            text.contains(r#"route="/link/{*token}""#) && text.contains(r#"route="none""#),
            "patterns instead of addresses"
        );
        for call in ["enrol", "{*function}"] {
            assert!(
                text.contains(&format!(r#"route="/api/{call}""#)),
                "calls by their flow, unknown ones by none: {call}"
            );
        }
    }
);

on_both!(metrics_are_not_told_where_everybody_asks_and_not_at_all_by_default, async |app| {
    assert_eq!(app.browser().get("/metrics").await.status, 404);
    assert!(app.settings.http.metrics_listen.is_none());
});

#[test]
fn alert_rules_and_dashboard_name_only_metrics_that_there_are() {
    let metrics = include_str!("../../src/metrics.rs").to_owned() + include_str!("../../src/http/metrics/scrape.rs");
    let files = [
        include_str!("../../../deploy/monitoring/alerts.yml"),
        include_str!("../../../deploy/monitoring/dashboard.json"),
    ];
    for file in files {
        let named: Vec<&str> = file.split("nirin_").skip(1).collect();
        assert!(named.len() > 10);
        for rest in named {
            let end = rest.find(|c: char| !c.is_ascii_lowercase() && c != '_').unwrap_or(rest.len());
            let name = rest[..end].trim_end_matches("_bucket");
            assert!(metrics.contains(&format!("\"nirin_{name}\"")), "{name}");
        }
    }
}

on_both!(
    whoever_watches_sees_guessing_and_what_posts_to_links_the_account_and_procedures_come_to,
    with | settings | settings.http.metrics_listen = Some(([127, 0, 0, 1], 0).into()),
    async |app| {
        let refused = |limit: &str| format!(r#"nirin_limit_refusals_total{{limit="{limit}"}}"#);
        let posts = |flow: &str, outcome: &str, reason: &str| {
            format!(r#"nirin_flow_posts_total{{flow="{flow}",outcome="{outcome}",reason="{reason}"}}"#)
        };
        let series = [
            refused("wrong-passwords"),
            refused("wrong-codes"),
            refused("wrong-present-passwords"),
            posts("link", "ended", ""),
            posts("account", "refused", "wrong-current-password"),
            posts("account", "moved-on", ""),
            posts("change", "refused", ""),
            posts("change", "moved-on", ""),
            posts("change", "ended", ""),
        ];
        let before = app.metrics().await;
        let browser = app.signed_in(TARO).await;
        let change = async |current: &str| {
            let fields = [("step", "change-password"), ("password", current), ("new_password", NEW_PASSWORD)];
            browser.call("account", &fields).await
        };
        for _ in 0..6 {
            change(WRONG_PASSWORD).await;
        }
        app.clock.forward(10 * MINUTE);
        change(PASSWORD).await;
        let address = "/portal/contracts/k-002/change";
        for plate in ["西宮市う1284", "1品川あ1111"] {
            browser.post_form(address, &[("step", "entry"), ("plate", plate)]).await;
        }
        let page = browser.get(address).await.text();
        crate::requests::send(&browser, address, &crate::requests::reference(&page)).await;
        app.account(NOBU).await;
        let stranger = app.browser();
        for _ in 0..6 {
            stranger.password(NOBU.email, WRONG_PASSWORD).await;
        }
        app.clock.forward(HOUR);
        for _ in 0..2 {
            let guesser = app.browser();
            guesser.password(NOBU.email, PASSWORD).await;
            let code = app.code(NOBU.email).await;
            for _ in 0..5 {
                guesser.type_code(&wrong_code(&[&code])).await;
            }
            app.clock.forward(MINUTE);
        }
        app.browser().enrol(KAZUO).await;
        let reader = app.browser();
        reader.open(&app.link(KAZUO.email, "confirm-enrolment").await).await;
        reader.confirm().await;
        let after = app.metrics().await;
        for series in &series {
            assert!(value(&after, series) > value(&before, series), "{series}\n{after}");
        }
    }
);
