//! The plain load: the file into a table of its own, and from there by one statement a table, in one transaction.

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};
use tokio::time::Instant;

const STAGED: &str = "contract_id TEXT, customer_id TEXT, kana TEXT, phones TEXT, email TEXT, policy_number TEXT, renewal_number TEXT, \
    quote_number TEXT, product TEXT, status TEXT, starts_on TEXT, ends_on TEXT, vehicle TEXT, plate TEXT, displacement_cc BIGINT, \
    first_registered TEXT, usage TEXT, rider_scope TEXT, grade BIGINT, bodily_injury TEXT, property_damage TEXT, personal_injury TEXT, \
    vehicle_cover TEXT, roadside TEXT, premium_yen BIGINT, payment TEXT";

const LOAD: &str = "INSERT INTO customers (id, kana, kana_key, email, email_key, updated_at) \
    SELECT DISTINCT customer_id, kana, replace(kana, '　', ''), email, lower(email), 1 FROM staged WHERE true \
    ON CONFLICT (id) DO UPDATE SET kana = excluded.kana, kana_key = excluded.kana_key, email = excluded.email, \
    email_key = excluded.email_key, updated_at = excluded.updated_at;
    INSERT INTO customer_phones (customer_id, phone) SELECT DISTINCT customer_id, phones FROM staged WHERE true ON CONFLICT DO NOTHING;
    INSERT INTO contracts (id, customer_id, policy_number, renewal_number, quote_number, product, status, starts_on, ends_on, vehicle, \
    plate, displacement_cc, first_registered, usage, rider_scope, grade, bodily_injury, property_damage, personal_injury, vehicle_cover, \
    roadside, premium_yen, payment, updated_at) SELECT contract_id, customer_id, policy_number, renewal_number, \
    NULLIF(quote_number, ''), product, status, starts_on, ends_on, vehicle, plate, displacement_cc, first_registered, usage, rider_scope, \
    grade, bodily_injury, property_damage, personal_injury, vehicle_cover, roadside, premium_yen, payment, 1 FROM staged WHERE true \
    ON CONFLICT (id) DO UPDATE SET premium_yen = excluded.premium_yen, updated_at = excluded.updated_at;
    INSERT INTO contract_numbers (number, contract_id) SELECT policy_number, contract_id FROM staged \
    UNION ALL SELECT renewal_number, contract_id FROM staged WHERE true \
    ON CONFLICT (number) DO UPDATE SET contract_id = excluded.contract_id;";

/// Returns the seconds that sqlite3 takes.
pub fn sqlite(database: &Path, csv: &Path) -> f64 {
    let script = format!(
        "PRAGMA journal_mode = WAL;\nPRAGMA synchronous = FULL;\nPRAGMA foreign_keys = ON;\nCREATE TEMP TABLE staged ({STAGED});\n\
         .import --csv --skip 1 --schema temp {} staged\nBEGIN;\n{LOAD}\nCOMMIT;\n",
        csv.display()
    );
    let began = Instant::now();
    fed(Command::new("sqlite3").arg("-bail").arg(database), &script);
    began.elapsed().as_secs_f64()
}

/// Returns the seconds that psql takes.
pub fn postgres(url: &str, csv: &Path) -> f64 {
    let script = format!(
        "CREATE TEMP TABLE staged ({STAGED});\n\\copy staged FROM '{}' WITH (FORMAT csv, HEADER true)\nANALYZE staged;\nBEGIN;\n{LOAD}\nCOMMIT;\n",
        csv.display()
    );
    let began = Instant::now();
    psql(url, &script);
    began.elapsed().as_secs_f64()
}

/// Runs a script.
pub fn psql(url: &str, script: &str) {
    fed(Command::new("psql").args(["-q", "-v", "ON_ERROR_STOP=1", url]), script);
}

fn fed(command: &mut Command, script: &str) {
    let mut child =
        command.stdin(Stdio::piped()).stdout(Stdio::null()).spawn().expect("psql and sqlite3 are installed");
    child.stdin.take().expect("its input").write_all(script.as_bytes()).expect("the script");
    assert!(child.wait().expect("its end").success(), "the plain load failed");
}
