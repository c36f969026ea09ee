//! Password hashes: parameters that were raised, slots that are taken (spec section 7, OWASP ASVS 11).

use crate::support::*;
use futures::future::join_all;

on_both!(asvs_11_hashes_are_phc_strings_and_made_anew_when_parameters_are_raised, async |app| {
    app.account(TARO).await;
    let hash = || app.text("SELECT password_hash FROM accounts");
    let old = hash().await;
    assert!(old.starts_with("$argon2id$v=19$m=64,t=1,p=1$"), "{old}");
    app.sign_in(&app.browser(), TARO).await;
    assert_eq!(hash().await, old, "the same parameters: left as it is");
    let raised = app.another(|settings| settings.limits.hash_memory_kib = 128).await;
    assert_eq!(problem(&raised.browser().password(TARO.email, WRONG_PASSWORD).await), Problem::WrongPassword);
    assert_eq!(hash().await, old, "a wrong password is not hashed anew");
    let page = raised.browser().password(TARO.email, PASSWORD).await;
    assert_eq!(step(&page), "code");
    assert!(hash().await.starts_with("$argon2id$v=19$m=128,t=1,p=1$"));
    raised.end().await;
    assert_eq!(step(&app.browser().password(TARO.email, PASSWORD).await), "code", "the other node still reads it");
});

on_both!(
    beyond_the_queue_a_password_is_answered_503_with_retry_after_and_not_counted,
    with | settings | {
        settings.limits.hashes_at_once = 1;
        settings.limits.hash_queue = 1;
        settings.limits.hash_memory_kib = 64 * 1024;
        settings.limits.hash_passes = 4;
    },
    async |app| {
        app.account(TARO).await;
        let fields = [("step", "sign-in"), ("user_id", TARO.email), ("password", PASSWORD)];
        let browsers: Vec<_> = (0..6).map(|_| app.browser()).collect();
        let answers =
            join_all(browsers.iter().map(async |browser| browser.post_form("/sign-in", &fields).await.first)).await;
        let busy: Vec<_> = answers.iter().filter(|answer| answer.status == 503).collect();
        assert!(
            !busy.is_empty() && busy.len() < answers.len(),
            "{:?}",
            answers.iter().map(|answer| answer.status).collect::<Vec<_>>()
        );
        for answer in &busy {
            assert!(answer.header("retry-after").parse::<u32>().is_ok_and(|seconds| seconds > 0));
            assert!(answer.helps());
        }
        let answers = join_all(browsers.iter().map(|_| async { app.browser().ask("sign-in", &fields).await })).await;
        let busy: Vec<_> = answers.iter().filter(|answer| answer.status == 503).collect();
        assert!(!busy.is_empty());
        for answer in &busy {
            assert!(matches!(answer.fault(), Fault::Busy { .. }));
            assert!(answer.header("retry-after").parse::<u32>().is_ok_and(|seconds| seconds > 0));
        }
        assert_eq!(
            app.number("SELECT CAST(COALESCE(SUM(n), 0) AS BIGINT) FROM counters WHERE key LIKE 'wrong-passwords:%'")
                .await,
            0
        );
    }
);

/// The Argon2 blocks that a hash of the tests' accounts fills, and one of a node whose numbers were raised.
const CHEAP: u64 = 64;
const RAISED: u64 = 128 * 3;

/// The Argon2 blocks that the answer to a wrong password took.
async fn blocks(app: &TestApp, user_id: &str) -> u64 {
    let before = app.use_cases.passwords().blocks_filled();
    let page = app.browser().password(user_id, WRONG_PASSWORD).await;
    assert_eq!(problem(&page), Problem::WrongPassword);
    app.use_cases.passwords().blocks_filled() - before
}

fn raise(settings: &mut server::config::Settings) {
    settings.limits.hash_memory_kib = 128;
    settings.limits.hash_passes = 3;
}

on_both!(an_unknown_user_id_takes_the_work_that_the_accounts_take_after_the_numbers_were_raised, async |app| {
    let raised = app.another(raise).await;
    assert_eq!(blocks(&raised, "nobody@example.jp").await, RAISED, "no account yet: the numbers of the next one");
    raised.end().await;
    app.account(TARO).await;
    let raised = app.another(raise).await;
    for user_id in [TARO.email, "nobody@example.jp", "nemo@example.jp", KAZUO.email] {
        assert_eq!(blocks(&raised, user_id).await, CHEAP, "{user_id}: as the only account's own");
    }
    let page = raised.browser().password(TARO.email, PASSWORD).await;
    assert_eq!(step(&page), "code", "hashed anew with the raised numbers");
    app.clock.forward(10 * MINUTE);
    for user_id in [TARO.email, "nobody@example.jp", "nemo@example.jp", KAZUO.email] {
        assert_eq!(blocks(&raised, user_id).await, RAISED, "{user_id}");
    }
    raised.end().await;
});

on_both!(with_two_parameter_sets_unknown_user_ids_have_one_each_and_keep_it_over_a_restart, async |app| {
    app.account(TARO).await;
    let raised = app.another(raise).await;
    raised.account(NOBU).await;
    assert_eq!((blocks(&raised, TARO.email).await, blocks(&raised, NOBU.email).await), (CHEAP, RAISED));
    // As many as make one set alone all but impossible: a chance of one in 2^47.
    let unknown: Vec<_> = (0..48).map(|n| format!("nobody-{n}@example.jp")).collect();
    let mut seen = Vec::new();
    for user_id in &unknown {
        seen.push(blocks(&raised, user_id).await);
    }
    assert!(seen.iter().all(|blocks| [CHEAP, RAISED].contains(blocks)), "{seen:?}");
    assert!(seen.contains(&CHEAP) && seen.contains(&RAISED), "{seen:?}");
    raised.end().await;
    let restarted = app.another(raise).await;
    for (user_id, before) in unknown.iter().zip(seen) {
        assert_eq!(blocks(&restarted, user_id).await, before, "{user_id}");
    }
    restarted.end().await;
});
