//! Whom the insurer knows, and how each of them behaves.

use std::path::Path;
use std::time::Duration;

/// Everybody's password, and the one after a reset.
pub const PASSWORD: &str = "Aozora+2718km";
pub const NEW_PASSWORD: &str = "Kaigan#3141pq";

/// A customer with a contract, as a person types their data.
#[derive(Clone)]
pub struct Person {
    pub customer: String,
    pub number: String,
    pub kana: String,
    pub phone: String,
    pub email: String,
}

impl Person {
    /// The customers of a file of contracts, each once.
    pub fn all(contracts: &Path) -> Vec<Self> {
        let text = std::fs::read_to_string(contracts).expect("the contracts");
        let mut people: Vec<Self> = Vec::new();
        for line in text.lines().skip(1) {
            let fields: Vec<_> = line.split(',').collect();
            let field = |nth: usize| fields.get(nth).map_or_else(String::new, |field| (*field).to_owned());
            let person =
                Self { customer: field(1), kana: field(2), phone: field(3), email: field(4), number: field(5) };
            if people.last().is_none_or(|last| last.customer != person.customer) {
                people.push(person);
            }
        }
        people
    }
}

/// What somebody does besides what has to be done.
#[derive(Clone, Copy, Default)]
pub struct Habits {
    /// How long a screen is looked at, at least and at most.
    pub thinks: (Duration, Duration),
    /// Opens the mailed link on another device, so that the waiting screen has to hear of it.
    pub elsewhere: bool,
    /// Mistypes the password once.
    pub wrong_password: bool,
    /// Mistypes the code once.
    pub wrong_code: bool,
    /// Asks for another mail once.
    pub resends: bool,
    /// The press, counted from 0, whose answer is lost on the way.
    pub loses: Option<usize>,
    /// Fetches script, WASM, style and drawings first, as a browser that has never been here.
    pub fetches: bool,
}

impl Habits {
    /// Those of the evening: everybody thinks, and some do each of the rest.
    pub fn of_the_evening(nth: usize) -> Self {
        let one_in = |many: usize, of: usize| {
            (nth.wrapping_mul(2_654_435_761).wrapping_add(of * 40_503) / 64).is_multiple_of(many)
        };
        Self {
            thinks: (Duration::from_millis(300), Duration::from_millis(3_000)),
            elsewhere: nth.is_multiple_of(2),
            wrong_password: one_in(8, 1),
            wrong_code: one_in(6, 2),
            resends: one_in(8, 3),
            loses: one_in(4, 4).then_some(nth / 4 % 6),
            fetches: true,
        }
    }

    /// How long the `nth` screen is looked at.
    pub fn thought(&self, nth: u32) -> Duration {
        let (least, most) = self.thinks;
        // Spread evenly, and the same in each run.
        least + (most - least).mul_f64(f64::from(nth.wrapping_mul(2_654_435_761) >> 16) / 65_536.0)
    }
}
