//! What the tests stand on: the server on a database of its own, browsers, a clock, and verbs for what people do.

mod app;
mod browser;
mod clock;
mod collector;
mod database;
mod journeys;
mod log;
mod mail_server;
mod node;
mod people;
mod postgres;
mod rows;
mod sources;

pub use app::{TestApp, run};
pub use browser::{Answer, Browser, CALL, encoded};
pub use clock::{DAY, HOUR, MINUTE, SECOND};
pub use collector::Collector;
pub use database::Kind;
pub use journeys::{problem, problems, step, wrong_code};
pub use log::Log;
pub use mail_server::{Act, Certificate, MailServer};
pub use node::Node;
pub use people::*;
pub use postgres::{OwnPostgres, Postgres, is_root};
pub use sources::{named_sources, sources};

// What nearly every test names.
pub use ::app::fault::Fault;
pub use ::app::wire::{CodeWait, Delivery, EndReason, Field, Flow, Form, LinkKind, Notice, Page, Problem, Screen};

/// Runs a test on SQLite and on PostgreSQL: `on_both!(what_holds, async |app| { … })`. Settings that differ from the
/// shipped ones come before the body: `with |settings| …,`.
macro_rules! on_both {
    ($name:ident, async |$app:ident| $body:block) => {
        $crate::support::on_both!($name, with |_settings| {}, async |$app| $body);
    };
    ($name:ident, with |$settings:ident| $change:expr, async |$app:ident| $body:block) => {
        mod $name {
            #[expect(clippy::allow_attributes, reason = "what a test names differs")]
            #[allow(unused_imports, reason = "what a test names differs")]
            use super::*;

            async fn tested($app: &$crate::support::TestApp) $body

            fn settings_of_the_test($settings: &mut server::config::Settings) {
                $change;
            }

            #[test]
            fn sqlite() {
                $crate::support::run($crate::support::Kind::Sqlite, settings_of_the_test, tested);
            }

            #[test]
            fn postgres() {
                $crate::support::run($crate::support::Kind::Postgres, settings_of_the_test, tested);
            }
        }
    };
}
pub(crate) use on_both;
