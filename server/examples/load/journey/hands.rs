//! What somebody's hands do: they press buttons and open pages, again where no answer comes.

use super::{Journey, LONGEST_WAIT, Walked};
use crate::browser::NoPage;
use crate::record::Timed;
use app::wire::{Action, Field, Form, Page, Problem};
use std::time::{Duration, Instant};

impl Journey {
    /// The page's state, read again; the page itself where nobody answers.
    pub(super) async fn look(&mut self, page: Page) -> Page {
        let begun = Instant::now();
        match self.tab.look(page.flow).await {
            Ok(page) => {
                self.world.record.took(Timed::Look, begun.elapsed());
                page
            }
            Err(_) => page,
        }
    }

    /// Presses a button of the form that is shown, again and again where no answer comes.
    pub(super) async fn press(
        &mut self,
        page: &Page,
        act: Action,
        typed: &[(Field, &str)],
        what: Timed,
    ) -> Walked<Page> {
        let field = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        let mut form = vec![field(Form::STEP, page.screen.step().as_str())];
        form.extend(page.reference.as_deref().map(|reference| field(Form::REFERENCE, reference)));
        form.push(field(Form::ACTION, act.as_str()));
        form.extend(typed.iter().map(|(name, typed)| field(name.as_str(), typed)));
        let form = Form(form);
        self.presses += 1;
        if self.habits.loses == Some(self.presses - 1) && self.tab.submit_in_vain(page.flow, &form).await.is_ok() {
            self.world.record.lost();
            self.think().await;
        }
        let first = Instant::now();
        loop {
            let begun = Instant::now();
            let why = match self.tab.submit(page.flow, &form).await {
                Ok(page) => {
                    self.world.record.took(what, begun.elapsed());
                    if page
                        .problems
                        .iter()
                        .any(|found| matches!(found.problem, Problem::WaitUntil(_) | Problem::LockedUntil(_)))
                    {
                        return Err(format!("{}: {:?}", what.as_str(), page.problems));
                    }
                    return Ok(page);
                }
                Err(NoPage::Lost(why)) => why,
                Err(NoPage::Fault(fault)) => format!("{fault:?}"),
            };
            self.again(&format!("{}: {why}", what.as_str()), first).await?;
        }
    }

    /// Opens an address, and where that leads to. Returns the page that the script begins with.
    pub(super) async fn open(&mut self, path: &str, what: Timed) -> Walked<Page> {
        let first = Instant::now();
        loop {
            let begun = Instant::now();
            let mut answer = self.tab.get(path).await;
            if let Ok(moved) = &answer
                && moved.status == 303
            {
                let path = moved.location().to_owned();
                answer = self.tab.get(&path).await;
            }
            let why = match answer {
                Ok(answer) if answer.status == 200 => {
                    self.world.record.took(what, begun.elapsed());
                    return answer.boot().ok_or_else(|| format!("no flow at {path}"));
                }
                Ok(answer) => answer.status.to_string(),
                Err(found) => found.to_string(),
            };
            self.again(&format!("{}: {why}", what.as_str()), first).await?;
        }
    }

    pub(super) async fn get(&mut self, path: &str) -> Walked<(u16, String)> {
        let first = Instant::now();
        loop {
            let why = match self.tab.get(path).await {
                Ok(answer) if answer.status < 500 => return Ok((answer.status, path.to_owned())),
                Ok(answer) => answer.status.to_string(),
                Err(found) => found.to_string(),
            };
            self.again(&format!("{path}: {why}"), first).await?;
        }
    }

    /// Nobody answered: the person tries again in a moment, and gives up in the end.
    pub(super) async fn again(&mut self, why: &str, first: Instant) -> Walked<()> {
        let phase = *self.world.phase.lock().expect("the phase");
        self.world.record.again(format!("{phase}: {why}"));
        if first.elapsed() > LONGEST_WAIT {
            return Err(format!("{phase}: {why}, for {:.0} s", first.elapsed().as_secs_f64()));
        }
        tokio::time::sleep(Duration::from_secs(1)).await;
        Ok(())
    }

    pub(super) async fn fetch_assets(&mut self) -> Walked<()> {
        if self.habits.fetches {
            let begun = Instant::now();
            for asset in self.world.assets.clone().iter() {
                self.get(asset).await?;
            }
            self.world.record.took(Timed::Assets, begun.elapsed());
        }
        Ok(())
    }

    pub(super) async fn think(&mut self) {
        self.screens += 1;
        if !self.habits.thinks.1.is_zero() {
            tokio::time::sleep(self.habits.thought(self.screens)).await;
        }
    }
}
