//! What follows from a mail: a link that is opened, a new password, a code that is typed.

use super::{Asked, Journey, LONGEST_WAIT, Walked};
use crate::browser::Browser;
use crate::people::NEW_PASSWORD;
use crate::record::Timed;
use crate::relay::Mail;
use crate::screen::WaitingScreen;
use app::wire::{Action, EndReason, Field, Flow, Notice, Page, Screen};
use std::time::{Duration, Instant};

/// After so long without a mail another one is asked for.
const MAIL_AWAITED: Duration = Duration::from_secs(15);
/// Where the device is on which links are opened elsewhere.
const ELSEWHERE: &str = "100.127.0.1";

impl Journey {
    /// Waits for the link's mail, opens it, and waits until this screen has heard of it.
    pub(super) async fn await_link(&mut self, mut page: Page, begun: Instant) -> Walked<Page> {
        if !matches!(page.screen, Screen::MailSent(_)) {
            return Ok(page);
        }
        let screen = WaitingScreen::open(self.tab.tab(), page.flow, self.world.record.clone());
        let mut after = begun;
        if std::mem::take(&mut self.habits.resends) {
            self.think().await;
            let asked = Instant::now();
            page = self.press(&page, Action::Resend, &[], Timed::Resend).await?;
            if matches!(page.notice, Some(Notice::Resent(_))) {
                after = asked;
            }
        }
        loop {
            let Some((link, at)) = self.mail(&screen, &mut page, after, Mail::link).await? else { return Ok(page) };
            if after == begun {
                self.world.record.took(Timed::LinkMail, at.saturating_duration_since(begun));
            }
            self.think().await;
            if self.confirm(&link).await? {
                break;
            }
            // A newer mail is on its way.
            after = at + Duration::from_micros(1);
        }
        let confirmed = Instant::now();
        if !self.habits.elsewhere {
            // The tab of the link leads on by itself.
            drop(screen);
            return self.open(page.flow.address(), Timed::FirstForm).await;
        }
        while matches!(page.screen, Screen::MailSent(_)) {
            if confirmed.elapsed() > LONGEST_WAIT {
                return Err("the waiting screen does not hear of the confirmed link".to_owned());
            }
            screen.told().await;
            page = self.look(page).await;
        }
        self.world.record.took(Timed::LinkSeen, confirmed.elapsed());
        Ok(page)
    }

    /// Opens a link and presses its button, here or on another device. Returns whether that was the newest link.
    async fn confirm(&mut self, link: &str) -> Walked<bool> {
        let mut other = match self.habits.elsewhere {
            true => Browser::new(self.world.portal, ELSEWHERE.to_owned()),
            false => self.tab.tab(),
        };
        std::mem::swap(&mut self.tab, &mut other);
        let confirmed = self.press_confirm(link).await;
        std::mem::swap(&mut self.tab, &mut other);
        confirmed
    }

    async fn press_confirm(&mut self, link: &str) -> Walked<bool> {
        let mut page = self.open(link, Timed::LinkOpened).await?;
        if matches!(page.screen, Screen::LinkConfirm(_)) {
            self.think().await;
            page = self.press(&page, Action::Submit, &[], Timed::LinkConfirmed).await?;
        }
        match page.screen {
            Screen::LinkDone { .. } => Ok(true),
            Screen::Ended(EndReason::LinkNewer | EndReason::LinkReplaced) => Ok(false),
            other => Err(format!("the link shows {other:?}")),
        }
    }

    /// Waits for a reset's link, and chooses the new password. Returns a page that leads to sign-in.
    pub(super) async fn renew(&mut self, mut after: Instant) -> Walked<Page> {
        loop {
            let found = self.world.relay.find(&self.person.email, after, Mail::link);
            let Ok((link, at)) = tokio::time::timeout(LONGEST_WAIT, found).await else {
                return Err("no mail with a reset's link".into());
            };
            self.think().await;
            let mut page = self.open(&link, Timed::LinkOpened).await?;
            if matches!(page.screen, Screen::LinkNewPassword { .. }) {
                self.think().await;
                let typed = [(Field::NewPassword, NEW_PASSWORD)];
                page = self.press(&page, Action::Submit, &typed, Timed::ResetDone).await?;
            }
            match page.screen {
                Screen::LinkDone { .. } => {
                    self.password = NEW_PASSWORD;
                    page.redirect_to = Some(Flow::SignIn.address().to_owned());
                    return Ok(page);
                }
                Screen::Ended(EndReason::LinkNewer | EndReason::LinkReplaced) => after = at + Duration::from_micros(1),
                other => return Err(format!("the reset's link shows {other:?} {:?}", page.problems)),
            }
        }
    }

    /// Types the code once it has arrived. `asked`: when it was asked for, unless this is another try.
    pub(super) async fn type_code(&mut self, mut page: Page, asked: Option<Asked>) -> Walked<Page> {
        if !matches!(page.screen, Screen::Code(_)) || page.redirect_to.is_some() {
            return Ok(page);
        }
        let screen = WaitingScreen::open(self.tab.tab(), page.flow, self.world.record.clone());
        let after = asked.as_ref().map_or_else(|| Instant::now() - LONGEST_WAIT, |asked| asked.begun);
        let Some((code, at)) = self.mail(&screen, &mut page, after, Mail::code).await? else { return Ok(page) };
        if let Some(Asked { begun, answered }) = asked {
            self.world.record.took(Timed::CodeMail, at.saturating_duration_since(begun));
            self.world.record.took(Timed::CodeAccepted, at.saturating_duration_since(answered));
        }
        self.think().await;
        if std::mem::take(&mut self.habits.wrong_code) {
            let wrong = if code == "000000" { "000001" } else { "000000" };
            page = self.press(&page, Action::Submit, &[(Field::Code, wrong)], Timed::Code).await?;
        }
        self.press(&page, Action::Submit, &[(Field::Code, &code)], Timed::Code).await
    }

    /// Waits for a mail while the screen looks whenever it is told to. Returns nothing if the screen has gone on without.
    async fn mail(
        &mut self,
        screen: &WaitingScreen,
        page: &mut Page,
        begun: Instant,
        read: fn(&Mail) -> Option<String>,
    ) -> Walked<Option<(String, Instant)>> {
        let (relay, to, step) = (self.world.relay.clone(), self.person.email.clone(), page.screen.step());
        let mut found = Box::pin(relay.find(&to, begun, read));
        let mut asked = Instant::now();
        loop {
            tokio::select! {
                found = &mut found => return Ok(Some(found)),
                () = screen.told() => *page = self.look(page.clone()).await,
                () = tokio::time::sleep_until((asked + MAIL_AWAITED).into()) => {
                    asked = Instant::now();
                    *page = self.press(page, Action::Resend, &[], Timed::Resend).await?;
                }
            }
            if page.screen.step() != step {
                return Ok(None);
            }
            if begun.elapsed() > LONGEST_WAIT * 3 {
                return Err(format!("no mail for {to}"));
            }
        }
    }
}
