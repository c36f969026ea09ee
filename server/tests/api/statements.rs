//! What the steps cost the database: statements, transactions and commits of each. A step that takes more fails here.

use crate::support::*;
use server::store::WorkDone;

/// What one step may take.
struct Most {
    step: &'static str,
    statements: u64,
    transactions: u64,
    commits: u64,
}

const fn most(step: &'static str, statements: u64, transactions: u64, commits: u64) -> Most {
    Most { step, statements, transactions, commits }
}

/// Steps in the order in which people take them. Whoever takes one down lowers its numbers.
const MOST: [Most; 15] = [
    most("the first form", 0, 1, 0),
    most("identity", 23, 1, 1),
    most("password chosen", 19, 2, 1),
    most("the waiting screen", 2, 1, 0),
    most("the waiting screen, all asked for together", 1, 1, 0),
    most("link opened", 3, 1, 0),
    most("link confirmed", 11, 2, 1),
    most("on to sign-in", 4, 1, 1),
    most("wrong password", 11, 4, 3),
    most("password", 19, 3, 3),
    most("wrong code", 10, 1, 1),
    most("code", 17, 1, 1),
    most("portal", 12, 6, 1),
    most("password again, in the same browser", 20, 3, 3),
    most("reset asked for", 5, 1, 1),
];

/// Counts what happens between two looks.
struct Count<'a> {
    app: &'a TestApp,
    before: WorkDone,
    over: Vec<String>,
    steps: std::slice::Iter<'static, Most>,
}

impl Count<'_> {
    fn step(&mut self, name: &str) {
        let now = self.app.store.work_done();
        let took = WorkDone {
            statements: now.statements - self.before.statements,
            transactions: now.transactions - self.before.transactions,
            commits: now.commits - self.before.commits,
        };
        let most = self.steps.next().expect("a step of the table");
        assert_eq!(most.step, name);
        if took.statements > most.statements || took.transactions > most.transactions || took.commits > most.commits {
            self.over.push(format!("{name}: {took:?}"));
        }
        self.leave_out();
    }

    /// What was done since the last step is nobody's.
    fn leave_out(&mut self) {
        self.before = self.app.store.work_done();
    }
}

on_both!(no_step_takes_more_statements_transactions_or_commits_than_it_is_known_to, async |app| {
    let mut count = Count { app, before: app.store.work_done(), over: Vec::new(), steps: MOST.iter() };
    let browser = app.browser();
    browser.get("/enrol").await;
    count.step("the first form");
    browser.identify("enrol", TARO).await;
    count.step("identity");
    browser.choose(PASSWORD).await;
    count.step("password chosen");
    browser.look(Flow::Enrol).await;
    count.step("the waiting screen");
    let waiting: Vec<_> = (0..512).map(|n| format!("{n:064}").into()).collect();
    assert!(app.use_cases.standings(&waiting).await.expect("the store").is_empty());
    count.step("the waiting screen, all asked for together");
    let link = app.link(TARO.email, "confirm-enrolment").await;
    count.leave_out();
    browser.open(&link).await;
    count.step("link opened");
    browser.confirm().await;
    count.step("link confirmed");
    browser.press("enrol", "created", "submit").await;
    count.step("on to sign-in");
    browser.password(TARO.email, WRONG_PASSWORD).await;
    count.step("wrong password");
    let page = browser.password(TARO.email, PASSWORD).await;
    assert!(matches!(page.screen, Screen::Code(_)), "{:?}", problems(&page));
    count.step("password");
    let code = app.code(TARO.email).await;
    count.leave_out();
    browser.type_code(&wrong_code(&[&code])).await;
    count.step("wrong code");
    assert_eq!(browser.type_code(&code).await.redirect_to.as_deref(), Some("/portal"));
    count.step("code");
    assert_eq!(browser.get("/portal").await.status, 200);
    count.step("portal");
    browser.post_form("/sign-out", &[]).await;
    count.leave_out();
    let page = browser.password(TARO.email, PASSWORD).await;
    assert!(matches!(page.screen, Screen::Code(_)), "{:?}", problems(&page));
    count.step("password again, in the same browser");
    app.browser().forget_password(TARO.email).await;
    count.step("reset asked for");
    assert!(count.steps.as_slice().is_empty(), "every step of the table");
    assert_eq!(count.over, Vec::<String>::new(), "more than it was");
});
