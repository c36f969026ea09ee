//! What samples are put together from. The files of samples fill it, and the register lists what they return.

use super::Words;
use super::parts::Part;
use crate::pages::guide::Chosen;
use crate::port::{Account, Contract, Portal, Procedure};
use crate::text::help::Topic;
use crate::wire::{Page, Timeouts};

/// The states of one kind: there is at least one.
pub struct States<T> {
    first: (&'static str, T),
    more: Vec<(&'static str, T)>,
}

impl<T> States<T> {
    /// A kind with one state so far.
    #[must_use]
    pub const fn one(name: &'static str, value: T) -> Self {
        Self { first: (name, value), more: Vec::new() }
    }

    /// Adds a state.
    #[must_use]
    pub fn and(mut self, name: &'static str, value: T) -> Self {
        self.more.push((name, value));
        self
    }

    /// Every state with its name.
    pub fn all(self) -> impl Iterator<Item = (&'static str, T)> {
        std::iter::once(self.first).chain(self.more)
    }
}

/// What decides how samples look besides their state.
#[derive(Clone, Copy, Debug)]
pub struct SampleContext {
    /// What the configuration decides about screens.
    pub chosen: Chosen,
    /// The lifetimes that screens mention.
    pub timeouts: Timeouts,
    /// How long names and amounts are.
    pub words: Words,
}

/// The data of one sample.
pub enum Content {
    /// A page of a flow. It is boxed because it is much larger than the others.
    Flow(Box<Page>),
    Guide,
    HelpIndex,
    Help(Topic),
    Home(Portal),
    Contract(Box<Contract>),
    Account(Account, Box<Page>),
    Procedure(Box<Procedure>),
    Error(u16),
    Part(Box<Part>),
}
