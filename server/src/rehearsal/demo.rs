//! Demo contracts whose days move along, so that what ends in three weeks does so whenever a rehearsal begins.

use super::PrepareError;
use crate::store::{CustomerId, FileColumn, Store};
use app::text::portal::Term;
use csv::{ByteRecord, ReaderBuilder, WriterBuilder};
use rules::calendar::{days_of, iso_day};

/// A contracts file whose days can be moved.
pub(super) struct DemoFile {
    header: ByteRecord,
    rows: Vec<ByteRecord>,
}

impl DemoFile {
    /// # Errors
    /// The file is not CSV.
    pub fn read(file: &[u8]) -> Result<Self, csv::Error> {
        let mut reader = ReaderBuilder::new().flexible(true).from_reader(file);
        let header = reader.byte_headers()?.clone();
        Ok(Self { header, rows: reader.byte_records().collect::<Result<_, _>>()? })
    }

    /// Returns by how many days the file's days are moved: as far as they are in the database, which may have been filled a while ago,
    /// or else from the day that the file was written for to `today`.
    ///
    /// # Errors
    /// The database fails.
    pub async fn days_to_move(&self, store: &Store, as_of: i64, today: i64) -> Result<i64, PrepareError> {
        let since = today - as_of;
        let Some(first) = self.rows.first() else { return Ok(since) };
        let [Some(customer), Some(contract), Some(ends_on)] =
            [FileColumn::CustomerId, FileColumn::ContractId, FileColumn::EndsOn].map(|column| self.text(first, column))
        else {
            return Ok(since);
        };
        let customer = CustomerId::from(customer.to_owned());
        let stored = store.begin_read().await?.contracts_of(&customer).await?;
        let stored = stored.iter().find(|row| row.id == contract).and_then(|row| days_of(&row.ends_on));
        Ok(stored.zip(days_of(ends_on)).map_or(since, |(stored, written)| stored - written))
    }

    /// Returns the file with its days moved. Whatever is not a day stays as it is, for the import to report.
    ///
    /// # Errors
    /// The file cannot be written as CSV.
    pub fn moved(&self, days: i64) -> Result<Vec<u8>, PrepareError> {
        let mut writer = WriterBuilder::new().flexible(true).from_writer(Vec::new());
        writer.write_byte_record(&self.header)?;
        for row in &self.rows {
            let [starts_on, ends_on] =
                [FileColumn::StartsOn, FileColumn::EndsOn].map(|column| self.text(row, column).unwrap_or_default());
            let cells = self.header.iter().zip(row).map(|(column, cell)| {
                let text = std::str::from_utf8(cell).unwrap_or_default();
                let day = match std::str::from_utf8(column).ok().and_then(FileColumn::parse) {
                    Some(FileColumn::StartsOn) => moved_start(Term { starts_on, ends_on }, days),
                    Some(FileColumn::EndsOn | FileColumn::NextStartsOn) => moved(text, days),
                    // The month of a vehicle's first registration stays as it is.
                    _ => None,
                };
                day.map_or_else(|| cell.to_vec(), String::into_bytes)
            });
            writer.write_record(cells)?;
        }
        writer.into_inner().map_err(|found| PrepareError::Csv(found.into_error().into()))
    }

    fn text<'a>(&self, row: &'a ByteRecord, column: FileColumn) -> Option<&'a str> {
        let at = self.header.iter().position(|name| name == column.as_str().as_bytes())?;
        row.get(at).and_then(|cell| std::str::from_utf8(cell).ok())
    }
}

fn moved(day: &str, days: i64) -> Option<String> {
    days_of(day).map(|day| iso_day(day + days))
}

/// Returns the first day of a moved term. A term of whole years stays one, whatever leap days it meets.
fn moved_start(term: Term<'_>, days: i64) -> Option<String> {
    let end = moved(term.ends_on, days)?;
    match (term.starts_on.split_once('-'), term.ends_on.split_once('-'), end.split_once('-')) {
        (Some((first, start)), Some((last, ending)), Some((year, date))) if start == ending => {
            let years = last.parse::<i64>().ok()? - first.parse::<i64>().ok()?;
            let day = format!("{:04}-{date}", year.parse::<i64>().ok()? - years);
            // 29 February of a year that has none is the 1st of March by this.
            days_of(&day).map(iso_day)
        }
        _ => moved(term.starts_on, days),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::SystemClock;
    use crate::config::StoreSettings;
    use crate::import::{Importer, Unwatched};
    use crate::rng::{Rng, SystemRng};
    use crate::store::Actor;

    const HEADER: &str = "contract_id,customer_id,starts_on,ends_on,first_registered,next_starts_on\n";

    fn after(row: &str, days: i64) -> String {
        let file = DemoFile::read(format!("{HEADER}{row}\n").as_bytes()).unwrap();
        let moved = String::from_utf8(file.moved(days).unwrap()).unwrap();
        moved.strip_prefix(HEADER).unwrap().trim_end().to_owned()
    }

    #[test]
    fn days_move_and_everything_else_stays() {
        let row = "k-1,c-1,2026-08-01,2027-08-01,2021-03,2027-08-01";
        assert_eq!(after(row, 0), row);
        assert_eq!(after(row, 31), "k-1,c-1,2026-09-01,2027-09-01,2021-03,2027-09-01");
        assert_eq!(after("k-1,c-1,2026-11-20,2027-02-01,2021-03,", 12), "k-1,c-1,2026-12-02,2027-02-13,2021-03,");
    }

    #[test]
    fn a_term_of_whole_years_stays_one_across_a_leap_day() {
        for days in 0..1_500 {
            let row = after("k-1,c-1,2026-08-01,2027-08-01,2021-03,", days);
            let (starts_on, ends_on) = (&row[8..18], &row[19..29]);
            let length = days_of(ends_on).unwrap() - days_of(starts_on).unwrap();
            assert!(length == 365 || length == 366, "{row}");
            assert!(starts_on[5..] == ends_on[5..] || ends_on.ends_with("-02-29"), "{row}");
        }
    }

    #[tokio::test]
    async fn a_database_that_was_filled_a_while_ago_keeps_its_days() {
        let folder = std::env::temp_dir().join(format!("nirin-demo-{}", (&SystemRng as &dyn Rng).id()));
        std::fs::create_dir(&folder).unwrap();
        let url = format!("sqlite://{}", folder.join("demo.db").display());
        let store = Store::open(&StoreSettings { url, connections: 2 }).await.unwrap();
        store.migrate().await.unwrap();
        let file = DemoFile::read(include_bytes!("../../demo/contracts.csv")).unwrap();
        let as_of = days_of("2026-11-23").unwrap();
        let first = as_of + 400;
        assert_eq!(file.days_to_move(&store, as_of, first).await.unwrap(), 400);
        let (clock, actor) = (&SystemClock::ahead(0), Actor::Staff("test"));
        let importer = Importer { store: &store, clock, rng: &SystemRng, keys: None, actor, progress: &Unwatched };
        let report = importer.run(std::io::Cursor::new(file.moved(400).unwrap()), false).await.unwrap();
        assert!(report.bad.is_empty() && report.changes > 0);
        assert_eq!(file.days_to_move(&store, as_of, first + 30).await.unwrap(), 400);
        let report = importer.run(std::io::Cursor::new(file.moved(400).unwrap()), false).await.unwrap();
        assert_eq!(report.changes, 0, "a start a month later writes nothing");
        std::fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn what_is_not_a_day_is_left_to_the_import() {
        let row = "k-1,c-1,soon,never,2021-03,";
        assert_eq!(after(row, 5), row);
        assert_eq!(after("k-1,c-1,2026-08-01", 5), "k-1,c-1,2026-08-01");
    }
}
