//! Flow A: the four outcomes of the identity check, the password, the mail (spec section 4 A).

use crate::support::*;
use rules::password::PasswordRule;

on_both!(a_customer_with_an_address_and_no_account_goes_on_to_the_password, async |app| {
    let page = app.browser().identify("enrol", TARO).await;
    let Screen::ChoosePassword(about) = page.screen else { panic!("{}", step(&page)) };
    assert_eq!(about.user_id, TARO.email);
});

on_both!(a_customer_with_an_account_is_told_so_with_the_user_id, async |app| {
    app.account(TARO).await;
    let page = app.browser().identify("enrol", TARO).await;
    assert_eq!(page.screen, Screen::AlreadyRegistered { user_id: TARO.email.into(), masked: false });
    assert!(app.mails(TARO.email).await.is_empty(), "no mail for that");
});

on_both!(a_customer_without_an_address_is_sent_to_the_contact_centre, async |app| {
    assert_eq!(app.browser().identify("enrol", HANAKO).await.screen, Screen::NoEmail);
});

on_both!(an_address_shared_with_another_customers_account_leads_to_the_contact_centre, async |app| {
    assert_eq!(step(&app.browser().identify("enrol", HIROSHI).await), "password", "as long as nobody has taken it");
    app.account(KEIKO).await;
    assert_eq!(app.browser().identify("enrol", HIROSHI).await.screen, Screen::NoEmail);
});

on_both!(no_match_says_the_same_whichever_field_was_wrong, async |app| {
    let wrong = [
        Person { number: "NR19999999", ..TARO },
        Person { kana: "ニリン ジロウ", ..TARO },
        Person { phone: "090-0000-0099", ..TARO },
        Person { number: KAZUO.number, ..TARO },
        Person { number: HANAKO.number, kana: HANAKO.kana, ..TARO },
    ];
    let mut bodies = Vec::new();
    for who in wrong {
        let browser = app.browser();
        let page = browser.identify("enrol", who).await;
        assert_eq!((step(&page), problem(&page)), ("identity", Problem::NoMatch));
        assert_eq!(page.problems[0].field, None, "no field is pointed at");
        assert_eq!(page.old_input(Field::Number), who.number, "what was typed is kept");
        let text = browser.get("/enrol").await.text();
        let start = text.find("ご契約が見つかりませんでした").expect("the sentence");
        bodies.push(text[..start].len() - text.find("<main").expect("main"));
    }
    assert!(bodies.windows(2).all(|pair| pair[0] == pair[1]), "{bodies:?}");
});

on_both!(any_of_the_three_numbers_identifies_a_contract, async |app| {
    for number in ["NR10000001", "KE20000001", "MT30000001", "NR10000101"] {
        assert_eq!(step(&app.browser().identify("enrol", Person { number, ..TARO }).await), "password", "{number}");
    }
});

on_both!(inputs_are_folded_rather_than_refused, async |app| {
    let spellings = [
        ("ＮＲ－１００００００１", "ﾆﾘﾝ ﾀﾛｳ", "０９０－００００－０００１"),
        ("nr 1000 0001", "にりん たろう", "+81 90 0000 0001"),
        ("NR–1000—0001", "ニリンタロウ", "(090)0000-0001"),
        ("NR1000ー0001", "ニリン・タロウ", "09000000001"),
        ("ＮⓇ①⓪⓪⓪⓪⓪⓪❶", "ニリンタロウ", "⓪⑨⓪一0000ㅡ0001"),
    ];
    for (number, kana, phone) in spellings {
        let page = app.browser().identify("enrol", Person { number, kana, phone, ..TARO }).await;
        assert_eq!(step(&page), "password", "{number} {kana} {phone}: {:?}", problems(&page));
    }
    let browser = app.browser();
    let fields = [
        ("step", "identity"),
        ("number", "ｎｒ－１００００００１"),
        ("kana", "にりん　たろう"),
        ("phone", "＋８１ ９０－００００－０００１"),
    ];
    let posted = browser.post_form("/enrol", &fields).await;
    assert_eq!((posted.first.status, posted.first.header("location")), (303, "/enrol"));
    assert_eq!(step(&browser.look(Flow::Enrol).await), "password");
});

on_both!(a_firm_enrols_however_it_writes_its_name, async |app| {
    let name = rules::KanaName::parse("カ）ホウジンモータース２４").unwrap();
    let mut tx = app.store.begin().await.unwrap();
    let customer = tx.customer_by_number(KAZUO.number).await.unwrap().unwrap();
    let firm = server::store::CustomerRow { kana: name.as_str().into(), kana_key: name.key(), ..customer };
    tx.put_customer(&firm, &["09000000007".into()], 1).await.unwrap();
    tx.commit().await.unwrap();
    let spellings = [
        "ｶ)ﾎｳｼﾞﾝﾓｰﾀｰｽ24",
        "ホウジンモータース24（カ",
        "ホウジンモータース（カ）２４",
        "㈱ホウジンモータース24",
        "カブシキガイシャ　ホウジンモータース24",
        "ほうじんもーたーす24 かぶしきかいしゃ",
        "[カ]ホウジン・モータース24",
    ];
    for kana in spellings {
        let page = app.browser().identify("enrol", Person { kana, ..KAZUO }).await;
        assert_eq!(step(&page), "password", "{kana}: {:?}", problems(&page));
    }
    for (kana, due) in [
        ("カ）ホウジンモータース25", Problem::NoMatch),
        ("カ）ホウジン", Problem::NoMatch),
        ("ホウジンモータース24", Problem::Digit('2')),
    ] {
        let page = app.browser().identify("enrol", Person { kana, ..KAZUO }).await;
        assert_eq!((step(&page), problem(&page)), ("identity", due), "{kana}");
    }
    let who = Person { kana: spellings[0], ..KAZUO };
    let browser = app.browser();
    assert_eq!(step(&browser.enrol(who).await), "mail");
});

on_both!(every_field_that_cannot_be_read_is_told_at_once, async |app| {
    let page = app
        .browser()
        .call("enrol", &[("step", "identity"), ("number", "NR1_"), ("kana", "二輪"), ("phone", "12")])
        .await;
    let fields: Vec<_> = page.problems.iter().map(|found| found.field).collect();
    assert_eq!(fields, [Some(Field::Number), Some(Field::Kana), Some(Field::Phone)]);
    let page = app.browser().call("enrol", &[("step", "identity")]).await;
    assert_eq!(problems(&page), [Problem::Empty, Problem::Empty, Problem::Empty]);
    assert_eq!(
        app.number("SELECT COUNT(*) FROM counters WHERE key NOT LIKE 'flows-from-address:%'").await,
        0,
        "unreadable input is not a miss"
    );
});

on_both!(asvs_6_2_8_a_password_of_18_characters_is_refused_by_name_and_not_cut, async |app| {
    let browser = app.browser();
    browser.identify("enrol", TARO).await;
    let long = "Aozora+2718km-abcd";
    assert_eq!(long.len(), 18);
    let page = browser.choose(long).await;
    let Problem::Rules { unmet, length, .. } = problem(&page) else { panic!("{:?}", problems(&page)) };
    assert_eq!((unmet, length), (vec![PasswordRule::Length], 18));
    assert_eq!(step(&page), "password");
    assert!(app.rows("links").await.is_empty() && app.rows("outbox").await.is_empty());
    assert_eq!(step(&browser.choose(&long[..17]).await), "mail");
    let link = app.link(TARO.email, "confirm-enrolment").await;
    browser.open(&link).await;
    browser.confirm().await;
    assert_eq!(problem(&browser.password(TARO.email, long).await), Problem::WrongPassword);
    app.sign_in_as(&browser, TARO, &long[..17]).await;
});

on_both!(asvs_6_2_every_unmet_rule_of_a_password_is_named_at_once, async |app| {
    let browser = app.browser();
    browser.identify("enrol", TARO).await;
    let unmet = async |password: &str| match problems(&browser.choose(password).await).pop() {
        Some(Problem::Rules { unmet, .. }) => unmet,
        other => panic!("{password}: {other:?}"),
    };
    assert_eq!(unmet("vmqzt").await, [PasswordRule::Length, PasswordRule::Classes]);
    assert!(unmet("Password1!").await.contains(&PasswordRule::NotCommon));
    assert!(unmet("Taro.Nirin1").await.contains(&PasswordRule::NotPersonal));
    assert!(unmet("Ａｏｚｏｒａ+2718").await.contains(&PasswordRule::Characters));
    assert_eq!(problem(&browser.choose("").await), Problem::Empty);
    assert!(app.rows("links").await.is_empty());
});

on_both!(a_password_counts_exactly_as_typed, async |app| {
    let browser = app.browser();
    browser.identify("enrol", TARO).await;
    let spaced = " Aozora+2718 ";
    assert_eq!(step(&browser.choose(spaced).await), "mail");
    let link = app.link(TARO.email, "confirm-enrolment").await;
    browser.open(&link).await;
    browser.confirm().await;
    for other in [spaced.trim(), " aozora+2718 ", " Aozora+2718"] {
        assert_eq!(problem(&browser.password(TARO.email, other).await), Problem::WrongPassword);
    }
    app.sign_in_as(&browser, TARO, spaced).await;
});

on_both!(the_mail_can_be_sent_again_after_30_seconds, async |app| {
    let browser = app.browser();
    let page = browser.enrol(TARO).await;
    let sent_at = app.now();
    let Screen::MailSent(wait) = page.screen else { panic!("{}", step(&page)) };
    assert_eq!(
        (wait.address.as_str(), wait.sent_at, wait.resend_at),
        (TARO.email, sent_at, Some(sent_at + 30 * SECOND))
    );
    app.clock.forward(30 * SECOND - 1);
    assert_eq!(problem(&browser.press("enrol", "mail", "resend").await), Problem::ResendAt(sent_at + 30 * SECOND));
    app.clock.forward(1);
    let page = browser.press("enrol", "mail", "resend").await;
    assert_eq!((problems(&page), page.notice), (vec![], Some(Notice::Resent(app.now()))));
    assert_eq!(app.kinds(TARO.email).await, ["confirm-enrolment"], "the first was not sent yet and is useless now");
});

on_both!(the_screen_tells_how_far_the_mail_has_come, async |app| {
    let browser = app.browser();
    let delivery = |page: &Page| page.screen.delivery().expect("a waiting screen");
    assert_eq!(delivery(&browser.enrol(TARO).await), Delivery::Queued);
    app.clock.forward(5 * SECOND);
    app.work().await;
    assert_eq!(delivery(&browser.look(Flow::Enrol).await), Delivery::Accepted(app.now()));
    app.sql("UPDATE outbox SET state = 'refused'").await;
    assert_eq!(delivery(&browser.look(Flow::Enrol).await), Delivery::Refused);
    app.sql("UPDATE outbox SET state = 'queued', attempts = 1").await;
    assert_eq!(delivery(&browser.look(Flow::Enrol).await), Delivery::Delayed);
});

on_both!(whoever_was_enrolled_meanwhile_is_told_so_at_the_password, async |app| {
    let browser = app.browser();
    browser.identify("enrol", TARO).await;
    app.account(TARO).await;
    assert_eq!(
        browser.choose(PASSWORD).await.screen,
        Screen::AlreadyRegistered { user_id: TARO.email.into(), masked: false }
    );
    let browser = app.browser();
    browser.identify("enrol", KAZUO).await;
    app.sql("UPDATE customers SET email = NULL, email_key = NULL WHERE id = 'c-007'").await;
    assert_eq!(browser.choose(PASSWORD).await.screen, Screen::NoEmail);
});

on_both!(old_carrier_addresses_and_capitals_enrol_and_sign_in, async |app| {
    for who in [DOTKO, TENSUKE, JIRO, SABURO] {
        let browser = app.browser();
        assert_eq!(step(&browser.enrol(who).await), "mail", "{}", who.email);
        browser.open(&app.link(who.email, "confirm-enrolment").await).await;
        browser.confirm().await;
        app.sign_in(&browser, who).await;
        assert!(browser.get("/portal").await.text().contains(who.kana.split(' ').next().unwrap()), "{}", who.email);
    }
    let page = app.browser().password("jiro.oomoji@example.jp", PASSWORD).await;
    assert_eq!(step(&page), "code", "case makes no difference");
});

on_both!(asvs_14_2_6_of_the_phones_on_file_a_browser_sees_the_one_it_typed, async |app| {
    app.sql("UPDATE customer_phones SET phone = '0352816497' WHERE phone = '0300000017'").await;
    let browser = app.browser();
    let page = browser.identify("enrol", NAOMI).await;
    let Screen::ChoosePassword(about) = page.screen else { panic!("{}", step(&page)) };
    assert_eq!(about.phones, ["09000000017"]);
    let page = browser.choose("Aa+09000000017").await;
    assert!(matches!(problem(&page), Problem::Rules { unmet, .. } if unmet == [PasswordRule::NotPersonal]));
    // Nor do the rules tell the other one.
    let page = browser.choose("Kaze+0352816497").await;
    assert_eq!((step(&page), problems(&page)), ("mail", vec![]));
});

on_both!(a_token_that_was_known_before_the_identity_check_is_of_no_use_after_it, async |app| {
    let browser = app.browser();
    browser.identify("enrol", Person { kana: "ダレカ", ..TARO }).await;
    let thief = browser.copy();
    assert_eq!(step(&browser.identify("enrol", TARO).await), "password");
    assert_eq!(step(&thief.look(Flow::Enrol).await), "identity");
    assert_eq!(thief.choose(NEW_PASSWORD).await.notice, Some(Notice::Stale));
    assert_eq!(step(&browser.choose(PASSWORD).await), "mail");
});

on_both!(asvs_6_3_1_enrolment_shows_the_user_id_of_an_account_no_more_than_ten_times_an_hour, async |app| {
    app.account(TARO).await;
    let began = app.now();
    for nth in 0..10 {
        let flow = if nth % 2 == 0 { "enrol" } else { "user-id" };
        assert!(matches!(step(&app.browser().identify(flow, TARO).await), "already-registered" | "shown"));
        app.clock.forward(SECOND);
    }
    assert_eq!(problem(&app.browser().identify("enrol", TARO).await), Problem::ToldUntil(began + HOUR));
    app.clock.at(began + HOUR);
    assert_eq!(step(&app.browser().identify("enrol", TARO).await), "already-registered");
});

on_both!(an_address_that_changed_while_the_mail_was_awaited_ends_the_procedure_and_its_link, async |app| {
    let browser = app.browser();
    browser.enrol(TARO).await;
    let link = app.link(TARO.email, "confirm-enrolment").await;
    app.sql("UPDATE customers SET email = 'new@example.jp', email_key = 'new@example.jp' WHERE id = 'c-001'").await;
    app.clock.forward(MINUTE);
    let page = browser.press("enrol", "mail", "resend").await;
    assert_eq!(page.screen, Screen::Ended(EndReason::RegistrationChanged));
    assert_eq!(app.browser().open(&link).await.screen, Screen::Ended(EndReason::LinkReplaced));
    assert!(app.kinds("new@example.jp").await.is_empty());
    browser.press("enrol", "over", "restart").await;
    let page = browser.identify("enrol", TARO).await;
    let Screen::ChoosePassword(about) = page.screen else { panic!("{}", step(&page)) };
    assert_eq!(about.user_id, "new@example.jp");
});

on_both!(of_two_who_share_an_address_neither_disturbs_the_other_until_one_has_confirmed, async |app| {
    let (keiko, hiroshi) = (app.browser(), app.browser());
    keiko.enrol(KEIKO).await;
    let first = app.link(KEIKO.email, "confirm-enrolment").await;
    app.clock.forward(MINUTE);
    hiroshi.enrol(HIROSHI).await;
    let second = app.link(HIROSHI.email, "confirm-enrolment").await;
    assert_ne!(first, second);
    let reader = app.browser();
    reader.open(&first).await;
    assert_eq!(step(&reader.confirm().await), "link-done");
    assert_eq!(step(&keiko.look(Flow::Enrol).await), "created");
    let other = app.browser();
    other.open(&second).await;
    assert_eq!(other.confirm().await.screen, Screen::Ended(EndReason::LinkReplaced));
    assert_eq!(hiroshi.look(Flow::Enrol).await.screen, Screen::Ended(EndReason::RegistrationChanged));
});
