//! How many mails with links may go: three an hour to an account, and 600 resets an hour from an address (section 7).

use crate::support::*;

async fn count(app: &TestApp, to: &str, kind: &str) -> usize {
    app.kinds(to).await.iter().filter(|found| *found == kind).count()
}

on_both!(asvs_6_3_1_three_enrolment_mails_an_hour_are_the_most, async |app| {
    let browser = app.browser();
    let began = app.now();
    browser.enrol(TARO).await;
    app.work().await;
    for _ in 0..2 {
        app.clock.forward(MINUTE);
        assert_eq!(problems(&browser.press("enrol", "mail", "resend").await), []);
        app.work().await;
    }
    app.clock.forward(MINUTE);
    assert_eq!(problem(&browser.press("enrol", "mail", "resend").await), Problem::MailsUntil(began + HOUR));
    let other = app.browser();
    assert_eq!(problem(&other.enrol(TARO).await), Problem::MailsUntil(began + HOUR), "beginning anew gains nothing");
    assert_eq!(count(app, TARO.email, "confirm-enrolment").await, 3);
    assert_eq!(
        step(&app.browser().open(&app.link(TARO.email, "confirm-enrolment").await).await),
        "confirm",
        "the last one still works"
    );
    app.clock.at(began + HOUR - 1);
    let other = app.browser();
    assert_eq!(problem(&other.enrol(TARO).await), Problem::MailsUntil(began + HOUR));
    app.clock.at(began + HOUR);
    assert_eq!(step(&other.choose(PASSWORD).await), "mail");
});

on_both!(asvs_6_3_1_three_reset_mails_an_hour_are_the_most_and_the_answer_stays_the_same, async |app| {
    app.account(TARO).await;
    let began = app.now();
    for sent in [1, 2, 3, 3, 3] {
        let page = app.browser().forget_password(TARO.email).await;
        assert_eq!((step(&page), problems(&page)), ("sent", vec![]));
        assert_eq!(count(app, TARO.email, "reset-password").await, sent);
        app.clock.forward(MINUTE);
    }
    assert_eq!(
        step(&app.browser().open(&app.link(TARO.email, "reset-password").await).await),
        "new-password",
        "the third still works"
    );
    app.clock.at(began + HOUR - 1);
    app.browser().forget_password(TARO.email).await;
    assert_eq!(count(app, TARO.email, "reset-password").await, 3);
    app.clock.at(began + HOUR);
    app.browser().forget_password(TARO.email).await;
    assert_eq!(count(app, TARO.email, "reset-password").await, 4);
});

on_both!(mails_that_point_to_enrolment_are_limited_alike, async |app| {
    for sent in [1, 2, 3, 3] {
        app.browser().forget_password(TARO.email).await;
        assert_eq!(count(app, TARO.email, "not-enrolled").await, sent);
    }
});

on_both!(
    asvs_6_3_1_resets_of_one_address_have_an_end_that_is_logged_and_nothing_goes_without_a_trace,
    with | settings | settings.limits.resets_per_address = 3,
    async |app| {
        app.account(TARO).await;
        let began = app.now();
        for number in 0..2 {
            app.browser().forget_password(&format!("nobody{number}@example.jp")).await;
        }
        app.browser().forget_password(TARO.email).await;
        assert_eq!(count(app, TARO.email, "reset-password").await, 1, "the last one that may go");
        for user_id in [TARO.email, "nobody@example.jp"] {
            let page = app.browser().forget_password(user_id).await;
            assert_eq!((step(&page), problems(&page)), ("sent", vec![]), "{user_id}: the answer stays the same");
            let reference = page.reference.expect("a reference number");
            let told = format!(
                "SELECT COUNT(*) FROM audit WHERE reference = '{reference}' AND event = 'password_reset_not_sent'"
            );
            assert_eq!(app.number(&told).await, 1, "{user_id}: the contact centre sees what became of it");
        }
        assert_eq!(count(app, TARO.email, "reset-password").await, 1);
        assert_eq!(step(&app.browser().enrol(KAZUO).await), "mail", "who has proven who they are is not concerned");
        app.browser().at("198.51.100.8").forget_password(TARO.email).await;
        assert_eq!(count(app, TARO.email, "reset-password").await, 2, "elsewhere goes on");
        app.clock.at(began + HOUR);
        app.browser().forget_password(TARO.email).await;
        assert_eq!(count(app, TARO.email, "reset-password").await, 3);
    }
);

on_both!(twenty_resets_of_a_stranger_take_no_mail_from_a_neighbour, async |app| {
    app.account(TARO).await;
    for number in 0..40 {
        app.browser().forget_password(&format!("nobody{number}@example.jp")).await;
    }
    app.browser().forget_password(TARO.email).await;
    assert_eq!(count(app, TARO.email, "reset-password").await, 1);
    for who in [KAZUO, KEIKO] {
        assert_eq!(step(&app.browser().enrol(who).await), "mail");
    }
});
