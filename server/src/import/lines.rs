//! Cuts a CSV file into rows: one line is one row.
//!
//! A value with a line break in it is not taken. In return a quote that was left open spoils its own row only, not the
//! rest of the file, and a row never needs more memory than [`LINE_BYTES`].

use super::report::Fault;
use csv::StringRecord;
use std::io::{self, BufRead as _, BufReader, Read};

/// The longest line, in bytes. A row of usual data has about 600.
const LINE_BYTES: usize = 64 * 1024;

/// The lines of a file that are not blank.
pub(super) struct Lines<R> {
    from: BufReader<R>,
    number: u64,
    buffer: Vec<u8>,
}

/// One line.
pub(super) struct Line {
    /// Its number in the file, from 1.
    pub number: u64,
    /// Its values without spaces around them, or why it has none.
    pub values: Result<StringRecord, Fault>,
}

impl<R: Read> Lines<R> {
    pub fn new(from: R) -> Self {
        Self { from: BufReader::new(from), number: 0, buffer: Vec::new() }
    }

    /// The next line that is not blank. Lines of nothing but commas, as spreadsheets leave them, count as blank.
    pub fn next(&mut self) -> io::Result<Option<Line>> {
        loop {
            self.buffer.clear();
            let longest = LINE_BYTES as u64 + 1;
            if self.from.by_ref().take(longest).read_until(b'\n', &mut self.buffer)? == 0 {
                return Ok(None);
            }
            self.number += 1;
            let whole = self.buffer.len() <= LINE_BYTES || self.buffer.ends_with(b"\n");
            if !whole {
                self.from.skip_until(b'\n')?;
            }
            let bytes = match self.number {
                1 => self.buffer.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&self.buffer),
                _ => &self.buffer,
            };
            let values = if whole { split(bytes) } else { Err(Fault::new(Fault::ROW, "is too long for one contract")) };
            if values.as_ref().is_ok_and(|values| values.iter().all(str::is_empty)) {
                continue;
            }
            return Ok(Some(Line { number: self.number, values }));
        }
    }
}

fn split(line: &[u8]) -> Result<StringRecord, Fault> {
    let bad = |why: &str| Fault::new(Fault::ROW, why);
    let text = str::from_utf8(line).map_err(|_| bad("is not in UTF-8: save the file as “CSV UTF-8”"))?;
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .trim(csv::Trim::All)
        .buffer_capacity(line.len().max(1))
        .from_reader(text.as_bytes());
    let mut values = StringRecord::new();
    reader.read_record(&mut values).map_err(|_| bad("cannot be split into values"))?;
    Ok(values)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &[u8]) -> Vec<(u64, Result<Vec<String>, String>)> {
        let mut lines = Lines::new(text);
        let mut read = Vec::new();
        while let Some(line) = lines.next().unwrap() {
            let values =
                line.values.map(|values| values.iter().map(str::to_owned).collect()).map_err(|fault| fault.why);
            read.push((line.number, values));
        }
        read
    }

    fn good(number: u64, values: &[&str]) -> (u64, Result<Vec<String>, String>) {
        (number, Ok(values.iter().map(|value| (*value).to_owned()).collect()))
    }

    #[test]
    fn lines_are_numbered_as_in_an_editor_and_blank_ones_are_skipped() {
        let read = read("\u{feff}a,b\r\n\r\n 1 ,\u{3000}2\r\n,,,\n\"3,000\",4".as_bytes());
        assert_eq!(read, [good(1, &["a", "b"]), good(3, &["1", "2"]), good(5, &["3,000", "4"])]);
    }

    #[test]
    fn a_mark_of_utf8_before_a_quoted_name_does_no_harm() {
        assert_eq!(read("\u{feff}\"a\",b".as_bytes()), [good(1, &["a", "b"])]);
    }

    #[test]
    fn an_open_quote_spoils_its_own_line_only() {
        let read = read(b"1,\"2,3\n4,5,6\n");
        assert_eq!(read[1], good(2, &["4", "5", "6"]));
    }

    #[test]
    fn a_line_in_another_encoding_is_told_and_the_next_one_is_read() {
        let read = read(b"\x83\x6A\x83\x8A,1\n2,3\n");
        assert!(read[0].1.as_ref().is_err_and(|why| why.contains("UTF-8")));
        assert_eq!(read[1], good(2, &["2", "3"]));
    }

    #[test]
    fn an_endless_line_is_not_kept_in_memory() {
        let mut text = vec![b'x'; 5 * LINE_BYTES];
        text.extend_from_slice(b"\n1,2\n");
        let mut lines = Lines::new(&text[..]);
        assert!(lines.next().unwrap().unwrap().values.is_err());
        assert!(lines.buffer.capacity() <= 4 * LINE_BYTES);
        assert_eq!(lines.next().unwrap().unwrap().number, 2);
    }

    #[test]
    fn the_longest_line_is_still_taken() {
        let mut text = vec![b'x'; LINE_BYTES];
        text.push(b'\n');
        assert!(read(&text)[0].1.is_ok());
    }
}
