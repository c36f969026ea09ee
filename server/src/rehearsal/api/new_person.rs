//! A customer whom nobody had before: accounts are for ever, so a test that makes one takes somebody new. They come by the same
//! import as the insurer's file, and whatever that refuses is told in its words.

use super::people::{OnePerson, find};
use super::{Answered, ApiError, ErrorCode, answer};
use crate::http::Site;
use crate::import::{Importer, Unwatched};
use crate::rng::Rng;
use crate::store::{Actor, ContractRow, CustomerId, FileColumn};
use axum::Extension;
use axum::Json;
use axum::extract::State;
use axum::extract::rejection::JsonRejection;
use csv::StringRecord;
use rules::calendar::{day_in_japan, iso_day};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::ops::RangeInclusive;
use std::sync::Arc;
use tokio::sync::Mutex;

/// What a new customer's row has where nothing else is asked for: the first one of the demo file, with its header.
const PATTERN: &str = include_str!("../../../demo/contracts.csv");
/// Syllables of the names.
const SYLLABLES: [&str; 20] = [
    "ア", "イ", "ウ", "エ", "カ", "キ", "ク", "ケ", "サ", "シ", "ス", "セ", "タ", "チ", "ツ", "テ", "ナ", "ニ", "ヌ",
    "ネ",
];
/// A term in days.
const TERM: i64 = 365;

/// How many days a contract may have left.
const DAYS: RangeInclusive<i64> = -36_500..=36_500;

/// One import at a time.
#[derive(Default)]
pub(super) struct Registration(Mutex<()>);

#[derive(Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct NewPerson {
    /// Days from today until the last day of the contract.
    days_left: i64,
    /// Values of columns of the contracts file (`docs/contracts.md`) in place of the invented ones.
    columns: BTreeMap<String, String>,
    /// With a password the account exists already, as if the person had enrolled.
    password: Option<String>,
}

impl Default for NewPerson {
    fn default() -> Self {
        Self { days_left: 200, columns: BTreeMap::new(), password: None }
    }
}

pub(super) async fn add(
    State(site): State<Site>,
    Extension(registration): Extension<Arc<Registration>>,
    wanted: Result<Json<NewPerson>, JsonRejection>,
) -> Answered<OnePerson> {
    let Json(wanted) = wanted?;
    if !DAYS.contains(&wanted.days_left) {
        let why = format!("days_left is not between {} and {}", DAYS.start(), DAYS.end());
        return Err(ApiError::new(ErrorCode::NotAllowed, why));
    }
    let (file, id) = file(&wanted, day_in_japan(site.clock.now()), &*site.rng)?;
    {
        let _alone = registration.0.lock().await;
        let (store, clock, rng) = (&site.store, &*site.clock, &*site.rng);
        let actor = Actor::Staff("rehearsal");
        let importer = Importer { store, clock, rng, keys: Some(site.use_cases.keys()), actor, progress: &Unwatched };
        let report = importer.run(std::io::Cursor::new(file), false).await?;
        if let Some(bad) = report.bad.first() {
            let faults: Vec<_> = bad.faults.iter().map(ToString::to_string).collect();
            return Err(ApiError::new(ErrorCode::NotAllowed, faults.join("; ")));
        }
    }
    if let Some(password) = wanted.password {
        let opened = site.use_cases.open_account(&id, password).await?;
        opened.map_err(|why| ApiError::new(ErrorCode::NotAllowed, why.to_string()))?;
    }
    answer(find(&site, &id).await?)
}

/// Returns a file with one row, and the id of its customer.
fn file(wanted: &NewPerson, today: i64, rng: &(dyn Rng + 'static)) -> Result<(Vec<u8>, CustomerId), ApiError> {
    let mut lines = csv::ReaderBuilder::new().has_headers(false).from_reader(PATTERN.as_bytes()).into_records();
    let (Some(Ok(header)), Some(Ok(pattern))) = (lines.next(), lines.next()) else {
        return Err(ApiError::new(ErrorCode::Internal, "the demo file has no row"));
    };
    let mut row: BTreeMap<String, String> = pairs(&header, &pattern).collect();
    row.extend(
        invented(wanted.days_left, today, rng).into_iter().map(|(column, value)| (column.as_str().to_owned(), value)),
    );
    row.extend(wanted.columns.clone());
    let id = row.get(FileColumn::CustomerId.as_str()).cloned().unwrap_or_default();
    let mut writer = csv::Writer::from_writer(Vec::new());
    let written = writer.write_record(row.keys()).and_then(|()| writer.write_record(row.values()));
    let file = writer.into_inner().ok().filter(|_| written.is_ok());
    let file = file.ok_or_else(|| ApiError::new(ErrorCode::Internal, "the row cannot be written"))?;
    Ok((file, id.into()))
}

fn pairs(header: &StringRecord, row: &StringRecord) -> impl Iterator<Item = (String, String)> {
    let owned = |text: &str| text.to_owned();
    header.iter().map(owned).zip(row.iter().map(owned)).collect::<Vec<_>>().into_iter()
}

/// What is somebody's own.
fn invented(days_left: i64, today: i64, rng: &(dyn Rng + 'static)) -> Vec<(FileColumn, String)> {
    let number = format!("{:05}{:05}", rng.below(100_000), rng.below(100_000));
    let syllable = || SYLLABLES.get(rng.below(20) as usize).copied().unwrap_or_default();
    let last_day = today + days_left;
    // The pattern's numbers are somebody else's.
    let mut values: Vec<_> = ContractRow::NUMBERS.map(|column| (column, String::new())).into();
    values.extend([
        (FileColumn::ContractId, format!("rehearsal-{number}")),
        (FileColumn::CustomerId, format!("rehearsal-{number}")),
        (FileColumn::Kana, format!("タメシノ {}{}{}ミ", syllable(), syllable(), syllable())),
        (FileColumn::Phones, format!("080{:08}", rng.below(100_000_000))),
        (FileColumn::Email, format!("rehearsal-{number}@example.jp")),
        (FileColumn::PolicyNumber, format!("RH{number}")),
        (FileColumn::StartsOn, iso_day(last_day - TERM)),
        (FileColumn::EndsOn, iso_day(last_day)),
    ]);
    values
}
