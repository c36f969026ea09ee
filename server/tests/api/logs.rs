//! Logs carry no secrets and nothing that people typed (OWASP ASVS 14.2.1, 16.2.5).

use crate::support::*;
use server::config::Settings;

/// How a test's settings differ from the shipped ones.
type Change = fn(&mut Settings);

/// Runs something on one thread, so that the subscriber of this thread hears all of it.
fn heard<Said>(kind: Kind, change: Change, body: impl AsyncFn(&TestApp) -> Said) -> (String, Said) {
    let (log, _guard) = Log::hear("info,server=trace,app=trace,sqlx=warn");
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let said = runtime.block_on(async {
        let app = TestApp::start(kind, change).await;
        let said = body(&app).await;
        app.end().await;
        said
    });
    (log.text(), said)
}

/// The whole life of an account, with mistakes. Answers what must not be in a log.
async fn journey(app: &TestApp) -> Vec<String> {
    let browser = app.browser();
    browser.identify("enrol", Person { phone: "090-9999-9999", ..TARO }).await;
    browser.enrol(TARO).await;
    let mut secrets = vec![app.link(TARO.email, "confirm-enrolment").await];
    browser.open(&secrets[0]).await;
    browser.confirm().await;
    browser.password(TARO.email, WRONG_PASSWORD).await;
    browser.password(TARO.email, PASSWORD).await;
    secrets.push(app.code(TARO.email).await);
    browser.type_code("9999999").await;
    browser.type_code(&secrets[1]).await;
    browser.get("/portal").await;
    browser.get("/portal/contracts/k-001?taro@example.jp").await;
    browser
        .call("account", &[("step", "change-password"), ("password", PASSWORD), ("new_password", NEW_PASSWORD)])
        .await;
    let tokens = ["session", "enrol", "sign-in", "link", "browser"]
        .into_iter()
        .filter_map(|name| browser.cookie(&format!("__Host-{name}")));
    secrets.extend(tokens);
    browser.post_form("/sign-out", &[]).await;
    app.browser().identify("user-id", TARO).await;
    app.clock.forward(MINUTE);
    let other = app.browser();
    other.forget_password(TARO.email).await;
    secrets.push(app.link(TARO.email, "reset-password").await);
    other.open(secrets.last().unwrap()).await;
    other.renew("Minato$1618xy").await;
    other.get("/nowhere/taro@example.jp").await;
    other.post_raw("/api/enrol", CALL, "taro@example.jp").await;
    app.sql("ALTER TABLE counters RENAME TO counters_away").await;
    app.browser().post_form("/sign-in", &[("step", "sign-in"), ("user_id", TARO.email), ("password", PASSWORD)]).await;
    let known = [
        TARO.email,
        TARO.phone,
        "09000000001",
        "9000000001",
        TARO.kana,
        "ニリン",
        "タロウ",
        TARO.number,
        PASSWORD,
        NEW_PASSWORD,
        WRONG_PASSWORD,
        "Minato$1618xy",
    ];
    secrets.extend(known.map(str::to_owned));
    secrets.into_iter().map(|secret| secret.trim_start_matches("/link/").to_owned()).collect()
}

fn check(kind: Kind) {
    let (log, secrets) = heard(kind, |_| {}, journey);
    for expected in [
        "\"event\":\"request\"",
        "\"event\":\"mail_settled\"",
        "\"event\":\"store_unavailable\"",
        "\"event\":\"error_page\"",
        "\"route\":\"/link/{*token}\"",
        "\"request_id\":",
    ] {
        assert!(log.contains(expected), "{expected} is missing: the journey was not heard\n{log}");
    }
    for line in log.lines() {
        let line: serde_json::Value = serde_json::from_str(line).expect("one JSON object a line");
        assert!(line["timestamp"].as_str().is_some_and(|at| at.ends_with('Z')), "UTC");
    }
    assert!(secrets.len() > 15);
    for secret in secrets {
        assert!(!log.contains(&secret), "{secret} is in the log");
    }
}

#[test]
fn asvs_16_2_5_a_whole_journey_leaves_no_secret_in_the_log_on_sqlite() {
    check(Kind::Sqlite);
}

#[test]
fn asvs_16_2_5_a_whole_journey_leaves_no_secret_in_the_log_on_postgres() {
    check(Kind::Postgres);
}

/// How many lines tell of this event.
fn lines(log: &str, event: &str) -> usize {
    log.lines().filter(|line| line.contains(&format!("\"event\":\"{event}\""))).count()
}

#[test]
fn a_full_count_of_an_address_is_one_line_and_not_one_for_each_request() {
    let change: Change = |settings| {
        settings.limits.resets_per_address = 3;
        settings.limits.sign_in_per_address = 3;
        settings.limits.identity_per_address = 3;
        settings.limits.flows_per_address = 36;
    };
    for kind in [Kind::Sqlite, Kind::Postgres] {
        let (log, ()) = heard(kind, change, async |app| {
            for nth in 0..9 {
                let nobody = format!("nobody{nth}@example.jp");
                app.browser().forget_password(&nobody).await;
                app.browser().password(&nobody, WRONG_PASSWORD).await;
                app.browser().identify("enrol", Person { number: "NR28888888", ..TARO }).await;
                app.browser().identify("enrol", TARO).await;
            }
            for _ in 0..3 {
                assert_eq!(app.browser().ask("enrol", &[("step", "identity")]).await.status, 503);
            }
        });
        for limit in ["resets-from-address", "passwords-from-address", "identity-from-address", "flows-from-address"] {
            assert_eq!(log.matches(&format!("\"limit\":\"{limit}\"")).count(), 1, "{limit}");
        }
        assert_eq!(lines(&log, "limit_reached"), 4);
    }
}

#[test]
fn many_numbers_that_close_within_an_hour_are_one_line_for_staff() {
    let change: Change = |settings| {
        settings.limits.identity_misses_per_contract = 2;
        settings.limits.identity_closed_numbers = 4;
    };
    for kind in [Kind::Sqlite, Kind::Postgres] {
        let (log, ()) = heard(kind, change, async |app| {
            for nth in 0..6 {
                let number = format!("NR2{nth:07}");
                for _ in 0..3 {
                    let guess =
                        [("step", "identity"), ("number", &*number), ("kana", TARO.kana), ("phone", TARO.phone)];
                    app.browser().call("enrol", &guess).await;
                }
            }
        });
        assert_eq!(lines(&log, "many_numbers_closed"), 1, "{log}");
    }
}

#[test]
fn many_people_behind_one_address_without_a_trusted_proxy_are_one_loud_line() {
    let https: Change = |settings| {
        settings.http.public_url = "https://portal.nirin.example".into();
        settings.http.trusted_proxies.clear();
    };
    let proxied: Change = |settings| settings.http.public_url = "https://portal.nirin.example".into();
    for (change, told) in [(https, 1), (proxied, 0)] {
        let (log, ()) = heard(Kind::Sqlite, change, async |app| {
            for _ in 0..120 {
                app.browser().call("enrol", &[("step", "identity")]).await;
            }
        });
        assert_eq!(lines(&log, "shared_address"), told);
    }
}
