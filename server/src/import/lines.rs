//! Cuts a CSV file into rows: one line is one row. A line ends with LF, CRLF or CR, mixed as they come.
//!
//! A value with a line break in it is not taken. In return a quote that was left open spoils its own row only, not the
//! rest of the file, and a row never needs more memory than [`LINE_BYTES`].

use super::report::RowFault;
use csv::StringRecord;
use csv_core::ReadRecordResult;
use std::io::{self, BufRead as _, BufReader, ErrorKind, Read};

/// The longest line, in bytes. A row of usual data has about 600.
const LINE_BYTES: usize = 64 * 1024;

/// The lines of a file that are not blank.
pub(super) struct Lines<R> {
    from: BufReader<R>,
    number: u64,
    buffer: Vec<u8>,
    /// Whether the last line ended with CR: an LF that follows belongs to it.
    after_cr: bool,
    splitter: Splitter,
}

/// One line.
pub(super) struct Line {
    /// Its number in the file, from 1.
    pub number: u64,
    /// Its values without spaces around them, or why it has none.
    pub values: Result<StringRecord, RowFault>,
}

impl<R: Read> Lines<R> {
    pub fn new(from: R) -> Self {
        Self { from: BufReader::new(from), number: 0, buffer: Vec::new(), after_cr: false, splitter: Splitter::new() }
    }

    /// The next line that is not blank. Lines of nothing but commas, as spreadsheets leave them, count as blank.
    pub fn next(&mut self) -> io::Result<Option<Line>> {
        loop {
            let Some(end) = self.read()? else { return Ok(None) };
            self.number += 1;
            let whole = self.buffer.len() <= LINE_BYTES;
            if end == End::OfFile {
                // What closes a file on a mainframe.
                let kept = self.buffer.iter().rposition(|byte| !matches!(byte, 0 | 0x1A)).map_or(0, |last| last + 1);
                self.buffer.truncate(kept);
            }
            let bytes = match self.number {
                1 => self.buffer.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&self.buffer),
                _ => &self.buffer,
            };
            let values =
                if whole { self.splitter.split(bytes) } else { Err(RowFault::of_row("is too long for one contract")) };
            if values.as_ref().is_ok_and(|values| values.iter().all(str::is_empty)) {
                continue;
            }
            return Ok(Some(Line { number: self.number, values }));
        }
    }

    /// Reads up to the end of a line into the buffer, which keeps at most one byte more than [`LINE_BYTES`]. Returns nothing at the end
    /// of the file.
    fn read(&mut self) -> io::Result<Option<End>> {
        self.buffer.clear();
        let mut any = false;
        loop {
            let bytes = match self.from.fill_buf() {
                Ok(bytes) => bytes,
                Err(found) if found.kind() == ErrorKind::Interrupted => continue,
                Err(found) => return Err(found),
            };
            if bytes.is_empty() {
                return Ok(any.then_some(End::OfFile));
            }
            if std::mem::take(&mut self.after_cr) && bytes.starts_with(b"\n") {
                self.from.consume(1);
                continue;
            }
            any = true;
            let end = bytes.iter().position(|byte| matches!(byte, b'\n' | b'\r'));
            let line = &bytes[..end.unwrap_or(bytes.len())];
            let room = (LINE_BYTES + 1).saturating_sub(self.buffer.len());
            self.buffer.extend_from_slice(&line[..line.len().min(room)]);
            let used = line.len() + usize::from(end.is_some());
            self.after_cr = end.is_some_and(|end| bytes[end] == b'\r');
            self.from.consume(used);
            if end.is_some() {
                return Ok(Some(End::OfLine));
            }
        }
    }
}

/// Where reading stopped.
#[derive(PartialEq, Eq)]
enum End {
    OfLine,
    OfFile,
}

/// Cuts lines into values. What takes long to make is kept from line to line.
struct Splitter {
    core: csv_core::Reader,
    text: Vec<u8>,
    /// Where each value ends in the text.
    ends: Vec<usize>,
}

impl Splitter {
    fn new() -> Self {
        Self { core: csv_core::Reader::new(), text: vec![0; 1024], ends: vec![0; 64] }
    }

    fn split(&mut self, line: &[u8]) -> Result<StringRecord, RowFault> {
        let bad = |why: &str| RowFault::of_row(why);
        if str::from_utf8(line).is_err() {
            return Err(bad("is not in UTF-8: save the file as “CSV UTF-8”"));
        }
        self.core.reset();
        let (mut rest, mut length, mut count) = (line, 0, 0);
        loop {
            let (result, read, written, ended) =
                self.core.read_record(rest, &mut self.text[length..], &mut self.ends[count..]);
            (rest, length, count) = (&rest[read..], length + written, count + ended);
            match result {
                // The next turn has nothing left to read, which the reader takes for the end of the line.
                ReadRecordResult::InputEmpty => {}
                ReadRecordResult::OutputFull => self.text.resize(self.text.len() * 2, 0),
                ReadRecordResult::OutputEndsFull => self.ends.resize(self.ends.len() * 2, 0),
                ReadRecordResult::Record | ReadRecordResult::End => break,
            }
        }
        let text = str::from_utf8(&self.text[..length]).map_err(|_| bad("cannot be split into values"))?;
        let mut values = StringRecord::with_capacity(length, count);
        let mut start = 0;
        for end in &self.ends[..count] {
            values.push_field(text.get(start..*end).ok_or_else(|| bad("cannot be split into values"))?.trim());
            start = *end;
        }
        Ok(values)
    }
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
    fn a_line_ends_with_lf_crlf_or_cr_mixed_as_they_come() {
        assert_eq!(read(b"a,b\r1,2\r3,4\r"), [good(1, &["a", "b"]), good(2, &["1", "2"]), good(3, &["3", "4"])]);
        assert_eq!(
            read(b"a\n1\r2\r\n3\n\r4"),
            [good(1, &["a"]), good(2, &["1"]), good(3, &["2"]), good(4, &["3"]), good(6, &["4"])]
        );
    }

    #[test]
    fn what_closes_a_mainframe_file_is_not_a_row_and_in_the_middle_it_is_not_passed_over() {
        assert_eq!(read(b"a,b\r\n1,2\r\n\x1A\0\0"), [good(1, &["a", "b"]), good(2, &["1", "2"])]);
        assert_eq!(read(b"a,b\r\n1,2\x1A"), [good(1, &["a", "b"]), good(2, &["1", "2"])]);
        assert_eq!(read(b"a\n\x1A\nb").len(), 3);
    }

    proptest::proptest! {
        #[test]
        fn any_rows_with_any_line_ends_read_back_as_the_same_rows(
            rows in proptest::collection::vec(("[a-z0-9]{1,8}", "[a-zア-ン,]{0,8}", 0..3_usize), 0..40),
        ) {
            let text: String =
                rows.iter().map(|(a, b, end)| format!("{a},\"{b}\"{}", ["\n", "\r\n", "\r"][*end])).collect();
            let found: Vec<_> = read(text.as_bytes()).into_iter().map(|(_, values)| values.unwrap()).collect();
            let due: Vec<_> = rows.iter().map(|(a, b, _)| vec![a.clone(), b.clone()]).collect();
            proptest::prop_assert_eq!(found, due);
        }

        #[test]
        fn whatever_the_bytes_every_line_that_is_not_blank_is_accounted_for(
            bytes in proptest::collection::vec(proptest::prop_oneof![proptest::num::u8::ANY, proptest::sample::select(b"\r\n\",a\0\x1A".to_vec())], 0..300),
        ) {
            let due = bytes
                .split(|byte| matches!(byte, b'\n' | b'\r'))
                .filter(|line| line.iter().any(u8::is_ascii_alphanumeric))
                .count();
            proptest::prop_assert!(read(&bytes).len() >= due);
        }
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
