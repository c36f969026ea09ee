//! Whether the time tells which user IDs exist: Welch's t between known user IDs and others, where |t| < 4.5 tells nothing.

use crate::client::{get, password, post};
use crate::people::{Set, sets};
use std::net::SocketAddr;
use std::path::Path;
use std::time::Instant;

const SAMPLES: usize = 2_000;
/// Requests after the one that matters: the server may still be at work for it.
const AFTER: usize = 4;

/// Times in microseconds of the request itself and of those that follow.
type Times = [Vec<f64>; AFTER + 1];

pub fn timing(address: SocketAddr, folder: &Path) {
    let sets = sets(folder);
    for set in &sets {
        lock(address, folder, &set.locked);
    }
    for (name, path, step) in [("sign-in", "/sign-in", "sign-in"), ("reset", "/password-reset", "user-id")] {
        let kinds: Vec<_> = sets.iter().flat_map(kinds_of).collect();
        let mut times: Vec<Times> = kinds.iter().map(|_| Times::default()).collect();
        let mut random = Random(1);
        for _ in 0..SAMPLES {
            for at in random.order(kinds.len()) {
                let body = format!("step={step}&user_id={}&password=wrong-Password9", kinds[at].1.replace('@', "%40"));
                let begun = Instant::now();
                let answer = post(address, path, &body);
                times[at][0].push(begun.elapsed().as_secs_f64() * 1e6);
                assert_eq!(answer.status, 303, "{name} of {}", kinds[at].0);
                for after in &mut times[at][1..] {
                    let begun = Instant::now();
                    get(address, path, &answer.cookies);
                    after.push(begun.elapsed().as_secs_f64() * 1e6);
                }
            }
        }
        for (at_set, set) in sets.iter().enumerate() {
            let known = at_set * kinds.len() / sets.len();
            for at in known + 1..known + kinds.len() / sets.len() {
                let t: Vec<_> = times[known]
                    .iter()
                    .zip(&times[at])
                    .map(|(one, other)| format!("{:+.2}", welch(one, other)))
                    .collect();
                let (itself, after) = t.split_first().expect("the request itself");
                println!(
                    "Welch's t, {name}, {}, known against {} ({SAMPLES} samples each): {itself}; the {AFTER} requests after: {}",
                    set.name,
                    kinds[at].0,
                    after.join(", ")
                );
            }
        }
    }
}

fn kinds_of(set: &Set) -> [(&'static str, &str); 4] {
    [("known", &set.known), ("unknown", &set.unknown), ("unconfirmed", &set.unconfirmed), ("locked", &set.locked)]
}

/// Locks one user ID: its one wrong password counts as very many, so that it stays locked while the others never are.
fn lock(address: SocketAddr, folder: &Path, user_id: &str) {
    tokio::runtime::Runtime::new().expect("a runtime").block_on(async {
        sqlx::any::install_default_drivers();
        let url = format!("sqlite://{}/bench.db", folder.display());
        let mut store = <sqlx::AnyConnection as sqlx::Connection>::connect(&url).await.expect("the store");
        let now = server::clock::Clock::now(&server::clock::SystemClock::default());
        tokio::time::sleep(std::time::Duration::from_millis(5)).await;
        password(address, user_id);
        let done = sqlx::query(
            "UPDATE counters SET n = 1000000000 WHERE key LIKE 'wrong-passwords:%:strangers' AND since >= $1",
        )
        .bind(now)
        .execute(&mut store)
        .await
        .expect("a lock");
        assert_eq!(done.rows_affected(), 1, "{user_id}");
    });
}

/// A fixed pseudo-random sequence, so that no kind always comes first.
struct Random(u64);

impl Random {
    fn order(&mut self, of: usize) -> Vec<usize> {
        let mut order: Vec<_> = (0..of).collect();
        for last in (1..of).rev() {
            self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            order.swap(last, (self.0 >> 33) as usize % (last + 1));
        }
        order
    }
}

fn welch(a: &[f64], b: &[f64]) -> f64 {
    let moments = |samples: &[f64]| {
        let n = samples.len() as f64;
        let mean = samples.iter().sum::<f64>() / n;
        (mean, samples.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / (n - 1.0) / n)
    };
    let ((mean_a, var_a), (mean_b, var_b)) = (moments(a), moments(b));
    (mean_a - mean_b) / (var_a + var_b).sqrt()
}
