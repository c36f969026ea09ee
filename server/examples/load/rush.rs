//! Many at the same time without a pause: how many whole journeys the machine takes.

use crate::goals::Goals;
use crate::hashes::{self, Hash};
use crate::people::Habits;
use crate::postgres::{forget_statements, print_statements};
use crate::record::Record;
use crate::stage::Stage;
use std::time::{Duration, Instant};

/// Runs so many clients, each of which walks one journey after the other. Returns journeys a second.
pub async fn rush(stage: &Stage, clients: usize, during: Duration, hash: &Hash, goals: &mut Goals) -> f64 {
    println!("{clients} clients at the same time, nobody thinks, through the proxy");
    let record = Record::default();
    let world = stage.world(&record);
    let rate = hashes::rate(Duration::from_secs(2));
    forget_statements(&stage.pool).await;
    let before = stage.meter().await;
    let begun = Instant::now();
    let walks = (0..clients).map(async |_| {
        while begun.elapsed() < during {
            record.ended(stage.enrolment(&world, |_| Habits::default()).enrols().await);
        }
    });
    let all = async {
        futures::future::join_all(walks).await;
    };
    let counted = async {
        tokio::time::sleep(during).await;
        record.journeys() as f64 / begun.elapsed().as_secs_f64()
    };
    let ((), a_second) = futures::future::join(all, counted).await;
    let rate = rate.max(hashes::rate(Duration::from_secs(2)));
    record.print();
    stage.meter().await.print_since(&before, record.journeys(), hash);
    print_statements(&stage.pool, record.journeys()).await;
    let limit = rate / 2.0;
    println!(
        "  {a_second:.1} whole journeys a second = {:.2} of the limit of {limit:.1} ({rate:.0} hashes a second ÷ 2)",
        a_second / limit
    );
    goals.at_least("whole journeys a second at 64 clients", "of (Argon2id rate ÷ 2)", a_second / limit, 0.45);
    goals.none("journeys failed at 64 clients", record.failed());
    a_second
}
