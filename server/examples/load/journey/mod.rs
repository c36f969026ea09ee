//! One person's way through the flows. What a screen shows decides what is done next, as it does for people.

mod hands;
mod mails;

use crate::browser::Browser;
use crate::people::{Habits, PASSWORD, Person};
use crate::record::{Record, Timed};
use crate::relay::Relay;
use app::wire::{Action, Field, Flow, Page, Screen};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// For how long somebody presses again and again while nobody answers.
const LONGEST_WAIT: Duration = Duration::from_secs(150);
/// Nobody sees so many screens.
const MOST_SCREENS: usize = 60;

/// What all journeys share.
#[derive(Clone)]
pub struct World {
    pub portal: SocketAddr,
    pub relay: Relay,
    pub record: Record,
    /// The build's files.
    pub assets: Arc<[String]>,
    /// What is being done to the service at this moment.
    pub phase: Arc<std::sync::Mutex<&'static str>>,
}

pub type Walked<T> = Result<T, String>;

/// When a code was asked for, and when the answer came, before which it was committed.
struct Asked {
    begun: Instant,
    answered: Instant,
}

/// Somebody at their device.
pub struct Journey {
    pub world: World,
    pub person: Person,
    pub habits: Habits,
    password: &'static str,
    pub tab: Browser,
    presses: usize,
    screens: u32,
}

impl Journey {
    pub fn new(world: &World, person: &Person, nth: usize, habits: Habits) -> Self {
        // From an address of their own, as far as there are so many.
        let from = format!("100.{}.{}.{}", 64 + nth / 65_536 % 64, nth / 256 % 256, nth % 256);
        let tab = Browser::new(world.portal, from);
        Self {
            world: world.clone(),
            person: person.clone(),
            habits,
            password: PASSWORD,
            tab,
            presses: 0,
            screens: nth as u32,
        }
    }

    /// Enrolment, then sign-in, to the portal.
    pub async fn enrols(mut self) -> Walked<()> {
        self.fetch_assets().await?;
        let page = self.open(Flow::Enrol.address(), Timed::FirstForm).await?;
        let page = self.walk(page).await?;
        self.signs_in_from(page).await
    }

    /// Sign-in, to the portal.
    pub async fn signs_in(mut self) -> Walked<()> {
        self.fetch_assets().await?;
        let page = self.open(Flow::SignIn.address(), Timed::FirstForm).await?;
        self.signs_in_from(page).await
    }

    /// The user ID inquiry, then sign-in.
    pub async fn inquires(mut self) -> Walked<()> {
        let page = self.open(Flow::UserId.address(), Timed::FirstForm).await?;
        let page = self.walk(page).await?;
        self.signs_in_from(page).await
    }

    /// A reset, then sign-in with the new password.
    pub async fn resets(mut self) -> Walked<()> {
        let page = self.open(Flow::PasswordReset.address(), Timed::FirstForm).await?;
        let page = self.walk(page).await?;
        self.signs_in_from(page).await
    }

    async fn signs_in_from(&mut self, page: Page) -> Walked<()> {
        let begun = Instant::now();
        self.walk(page).await?;
        self.world.record.took(Timed::WholeSignIn, begun.elapsed());
        let begun = Instant::now();
        let answer = self.get(Flow::Session.address()).await?;
        self.world.record.took(Timed::Portal, begun.elapsed());
        if answer.0 == 200 { Ok(()) } else { Err(format!("the portal answers {} to {}", answer.0, answer.1)) }
    }

    /// Goes from screen to screen until the flow leads to another address. Returns the first page of that.
    async fn walk(&mut self, mut page: Page) -> Walked<Page> {
        for _ in 0..MOST_SCREENS {
            if let Some(address) = page.redirect_to.take() {
                // The portal is opened by whoever wanted to get there.
                return if address == Flow::Session.address() {
                    Ok(page)
                } else {
                    self.open(&address, Timed::FirstForm).await
                };
            }
            page = self.act(page).await?;
        }
        Err(format!("turns in circles at {}", page.screen.step().as_str()))
    }

    /// Does what the screen asks for.
    async fn act(&mut self, page: Page) -> Walked<Page> {
        self.think().await;
        let person = self.person.clone();
        match &page.screen {
            Screen::Identity => {
                let typed =
                    [(Field::Number, &*person.number), (Field::Kana, &person.kana), (Field::Phone, &person.phone)];
                self.press(&page, Action::Submit, &typed, Timed::Identity).await
            }
            Screen::ChoosePassword(_) => {
                let begun = Instant::now();
                let typed = [(Field::NewPassword, self.password)];
                let page = self.press(&page, Action::Submit, &typed, Timed::Password).await?;
                self.await_link(page, begun).await
            }
            Screen::MailSent(_) => self.await_link(page, Instant::now()).await,
            Screen::Created { .. } | Screen::UserIdShown { .. } => {
                self.press(&page, Action::Submit, &[], Timed::Onward).await
            }
            Screen::ResetUserId => {
                let begun = Instant::now();
                let typed = [(Field::UserId, &*person.email)];
                self.press(&page, Action::Submit, &typed, Timed::ResetAsked).await?;
                self.renew(begun).await
            }
            Screen::SignIn { .. } => {
                if std::mem::take(&mut self.habits.wrong_password) {
                    let typed = [(Field::UserId, &*person.email), (Field::Password, "Zutto-9999-zz")];
                    return self.press(&page, Action::Submit, &typed, Timed::SignIn).await;
                }
                let begun = Instant::now();
                let typed = [(Field::UserId, &*person.email), (Field::Password, self.password)];
                let page = self.press(&page, Action::Submit, &typed, Timed::SignIn).await?;
                let asked = Asked { begun, answered: Instant::now() };
                self.type_code(page, Some(asked)).await
            }
            Screen::Code(_) => self.type_code(page, None).await,
            other => Err(format!(
                "{} stands at {other:?} of {}: {:?} {:?}",
                person.email,
                page.flow.as_str(),
                page.problems,
                page.notice
            )),
        }
    }
}
