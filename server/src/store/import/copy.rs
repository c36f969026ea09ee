//! The text format of PostgreSQL's `COPY`: a line a row, values between tabs.

use super::columns::Value;
use super::connection::Values;
use std::io::Write as _;

/// Encodes rows.
pub(super) fn encoded(rows: &[Values<'_>]) -> Vec<u8> {
    let mut text = Vec::new();
    for row in rows {
        for (nth, value) in row.iter().enumerate() {
            if nth > 0 {
                text.push(b'\t');
            }
            match value {
                Value::Text(Some(value)) => escape(value, &mut text),
                Value::Number(Some(value)) => push_number(*value, &mut text),
                Value::Text(None) | Value::Number(None) => text.extend_from_slice(b"\\N"),
            }
        }
        text.push(b'\n');
    }
    text
}

fn push_number(value: i64, text: &mut Vec<u8>) {
    // Writing into memory does not fail.
    if write!(text, "{value}").is_err() {
        text.extend_from_slice(b"\\N");
    }
}

/// A NUL cannot be in a text of PostgreSQL; only the reason why a row is bad may name one.
fn escape(value: &str, text: &mut Vec<u8>) {
    for byte in value.bytes() {
        match byte {
            b'\\' => text.extend_from_slice(b"\\\\"),
            b'\t' => text.extend_from_slice(b"\\t"),
            b'\n' => text.extend_from_slice(b"\\n"),
            b'\r' => text.extend_from_slice(b"\\r"),
            0 => {}
            other => text.push(other),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_told_apart_whatever_is_in_them() {
        let row =
            vec![Value::Text(Some("a\tb\\c\nd\re\0")), Value::Text(None), Value::Number(Some(-7)), Value::Number(None)];
        assert_eq!(String::from_utf8(encoded(&[row])).unwrap(), "a\\tb\\\\c\\nd\\re\t\\N\t-7\t\\N\n");
        assert_eq!(encoded(&[vec![Value::Text(Some("\\N"))]]), b"\\\\N\n", "a text is not a missing value");
    }
}
