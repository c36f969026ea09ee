//! The switches as links: each leads to the same page, looked at otherwise.

use crate::Preview;
use crate::links::Links;
use crate::switches::{BrandChoice, Keys, Script, Switch, Switches, TextSize, Theme, Vision, Width, YesNo};
use crate::text::switches as text;
use app::samples::Words;
use rules::password::PasswordProfile;

/// A link to the same page with one switch set otherwise.
pub(crate) struct Choice {
    pub(crate) name: &'static str,
    pub(crate) address: String,
    pub(crate) chosen: bool,
}

/// A switch with its choices.
pub(crate) struct Row {
    pub(crate) switch: Switch,
    pub(crate) choices: Vec<Choice>,
}

impl Row {
    pub(crate) const fn name(&self) -> &'static str {
        text::name(self.switch)
    }
}

/// Every switch that a page has, in two parts: those that are used all the time, and the others.
pub(crate) struct Rows {
    pub(crate) first: Vec<Row>,
    pub(crate) more: Vec<Row>,
}

const FIRST: [Switch; 6] = [Switch::Width, Switch::Theme, Switch::Text, Switch::Words, Switch::Script, Switch::Brand];
const MORE: [Switch; 4] = [Switch::Vision, Switch::Profile, Switch::Masked, Switch::Phone];

impl Rows {
    fn new(switches: Switches, address: impl Fn(Switches) -> String) -> Self {
        let row = |switch: Switch| {
            let choice =
                |(name, set): (&'static str, Switches)| Choice { name, address: address(set), chosen: set == switches };
            Row { switch, choices: choices(switches, switch).into_iter().map(choice).collect() }
        };
        Self { first: FIRST.map(row).into(), more: MORE.map(row).into() }
    }

    /// Whether one of the others is set, and has to be seen.
    pub(crate) fn unfolded(&self) -> bool {
        self.more.iter().any(|row| row.choices.first().is_some_and(|usual| !usual.chosen))
    }
}

/// Every choice of a switch: what it is called, and the switches with it. The first is the usual one.
fn choices(switches: Switches, switch: Switch) -> Vec<(&'static str, Switches)> {
    /// Each value of a list.
    fn each<T: Copy>(
        all: &[T],
        label: fn(T) -> &'static str,
        set: impl Fn(T) -> Switches,
    ) -> Vec<(&'static str, Switches)> {
        all.iter().map(|value| (label(*value), set(*value))).collect()
    }
    /// The same for what the configuration decides otherwise.
    fn configured<T: Copy>(
        all: &[T],
        label: fn(T) -> &'static str,
        set: impl Fn(Option<T>) -> Switches,
    ) -> Vec<(&'static str, Switches)> {
        let others = all.iter().map(|value| (label(*value), set(Some(*value))));
        std::iter::once((text::AS_CONFIGURED, set(None))).chain(others).collect()
    }
    match switch {
        Switch::Width => each(Width::ALL, Width::as_str, |width| Switches { width, ..switches }),
        Switch::Theme => each(Theme::ALL, Theme::label, |theme| Switches { theme, ..switches }),
        Switch::Text => each(TextSize::ALL, TextSize::label, |text| Switches { text, ..switches }),
        Switch::Words => each(Words::ALL, text::words, |words| Switches { words, ..switches }),
        Switch::Script => each(Script::ALL, Script::label, |script| Switches { script, ..switches }),
        Switch::Vision => each(Vision::ALL, Vision::label, |vision| Switches { vision, ..switches }),
        Switch::Profile => configured(PasswordProfile::ALL, text::profile, |profile| Switches { profile, ..switches }),
        Switch::Masked => configured(YesNo::ALL, YesNo::label, |masked| Switches { masked, ..switches }),
        Switch::Phone => configured(YesNo::ALL, YesNo::label, |phone| Switches { phone, ..switches }),
        Switch::Brand => each(BrandChoice::ALL, BrandChoice::label, |brand| Switches { brand, ..switches }),
        Switch::Keys => each(Keys::ALL, Keys::label, |keys| Switches { keys, ..switches }),
    }
}

impl Preview {
    /// The switches of a page. `address` makes its address. An export has none: both schemes stand side by side.
    pub(crate) fn rows_for(
        &self,
        links: &Links,
        switches: Switches,
        address: impl Fn(Switches) -> String,
    ) -> Option<Rows> {
        match links {
            Links::Server => Some(Rows::new(switches, address)),
            Links::File { .. } => None,
        }
    }
}
