//! What people do, step by step, as the script does it (one server function a flow).

use super::browser::Browser;
use super::people::{PASSWORD, Person};
use super::{Page, Problem, Screen, TestApp};

/// The step a page shows.
pub fn step(page: &Page) -> &'static str {
    page.screen.step().as_str()
}

/// What was wrong with the last post.
pub fn problems(page: &Page) -> Vec<Problem> {
    page.problems.iter().map(|found| found.problem.clone()).collect()
}

/// The one thing that was wrong.
#[track_caller]
pub fn problem(page: &Page) -> Problem {
    let found = problems(page);
    assert_eq!(found.len(), 1, "{found:?} at {}", step(page));
    found.into_iter().next().expect("one")
}

/// Digits that none of these codes are.
pub fn wrong_code(codes: &[&str]) -> String {
    (0..)
        .map(|number| format!("{number:0width$}", width = rules::AuthCode::LENGTH))
        .find(|code| !codes.contains(&code.as_str()))
        .expect("one of a million")
}

impl Browser {
    /// The identity check of a flow (`enrol` or `user-id`).
    pub async fn identify(&self, flow: &str, who: Person) -> Page {
        self.call(flow, &[("step", "identity"), ("number", who.number), ("kana", who.kana), ("phone", who.phone)]).await
    }

    /// A2: chooses a password; the mail goes out.
    pub async fn choose(&self, password: &str) -> Page {
        self.call("enrol", &[("step", "password"), ("new_password", password)]).await
    }

    /// A1 and A2: up to the mail screen.
    pub async fn enrol(&self, who: Person) -> Page {
        self.identify("enrol", who).await;
        self.choose(PASSWORD).await
    }

    /// Opens a mailed link and follows the redirect.
    pub async fn open(&self, link: &str) -> Page {
        let answer = self.get(link).await;
        assert_eq!((answer.status, answer.header("location")), (303, "/link"));
        self.look(super::Flow::Link).await
    }

    /// The link's button.
    pub async fn confirm(&self) -> Page {
        self.call("link", &[("step", "confirm")]).await
    }

    /// The new password of a reset link.
    pub async fn renew(&self, password: &str) -> Page {
        self.call("link", &[("step", "new-password"), ("new_password", password)]).await
    }

    /// C up to the mail.
    pub async fn forget_password(&self, user_id: &str) -> Page {
        self.call("password-reset", &[("step", "user-id"), ("user_id", user_id)]).await
    }

    /// The first step of sign-in.
    pub async fn password(&self, user_id: &str, password: &str) -> Page {
        self.call("sign-in", &[("step", "sign-in"), ("user_id", user_id), ("password", password)]).await
    }

    /// The second step of sign-in.
    pub async fn type_code(&self, code: &str) -> Page {
        self.call("sign-in", &[("step", "code"), ("code", code)]).await
    }

    /// Another button of the present step.
    pub async fn press(&self, flow: &str, step: &str, act: &str) -> Page {
        self.call(flow, &[("step", step), ("act", act)]).await
    }
}

impl TestApp {
    /// How many sessions there have been.
    pub async fn sessions(&self) -> i64 {
        self.number("SELECT COUNT(*) FROM sessions").await
    }

    /// Signs in with the usual password.
    pub async fn sign_in(&self, browser: &Browser, who: Person) {
        self.sign_in_as(browser, who, PASSWORD).await;
    }

    pub async fn sign_in_as(&self, browser: &Browser, who: Person, password: &str) {
        // So that of two codes one is the newer.
        self.clock.forward(1);
        let page = browser.password(who.email, password).await;
        assert!(matches!(page.screen, Screen::Code(_)), "{} {:?}", step(&page), problems(&page));
        let page = browser.type_code(&self.code(who.email).await).await;
        assert_eq!(page.redirect_to.as_deref(), Some("/portal"), "{:?}", problems(&page));
    }

    /// A browser that is signed in to a new account.
    pub async fn signed_in(&self, who: Person) -> Browser {
        self.account(who).await;
        let browser = self.browser();
        self.sign_in(&browser, who).await;
        browser
    }

    /// One more browser that is signed in to an account there is.
    pub async fn signed_in_again(&self, who: Person) -> Browser {
        self.clock.forward(super::MINUTE);
        let browser = self.browser();
        self.sign_in(&browser, who).await;
        browser
    }

    /// A browser at the code step of a new account, with the code that was mailed.
    pub async fn at_code(&self, who: Person) -> (Browser, String) {
        self.account(who).await;
        let browser = self.browser();
        browser.password(who.email, PASSWORD).await;
        let code = self.code(who.email).await;
        (browser, code)
    }
}
