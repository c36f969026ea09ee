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
