//! JSON as Python's `json` writes and reads it: ASCII only out; `NaN` and halves of surrogate
//! pairs in.

use std::io;

use serde::Serialize as _;
use serde_json::{Value, ser::Formatter};

/// `json.dumps(value, separators=(",", ":"))`: Django reads it back as Latin-1, so everything
/// beyond ASCII is escaped.
pub(crate) fn write(value: &Value) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut serializer = serde_json::Serializer::with_formatter(&mut bytes, Ascii);
    value.serialize(&mut serializer).expect("a JSON value is written to memory without errors");
    bytes
}

struct Ascii;

impl Formatter for Ascii {
    fn write_string_fragment<W: io::Write + ?Sized>(
        &mut self,
        writer: &mut W,
        fragment: &str,
    ) -> io::Result<()> {
        for character in fragment.chars() {
            if character.is_ascii() {
                write!(writer, "{character}")?;
            } else {
                for unit in character.encode_utf16(&mut [0; 2]) {
                    write!(writer, "\\u{unit:04x}")?;
                }
            }
        }
        Ok(())
    }
}

/// `json.loads(bytes.decode("latin-1"))`. What Python keeps and a Rust string cannot, half a
/// surrogate pair, becomes U+FFFD; `NaN` and the infinities become null.
pub(crate) fn read(bytes: &[u8]) -> Option<Value> {
    let text: String = bytes.iter().map(|byte| char::from(*byte)).collect();
    match serde_json::from_str(&text) {
        Ok(value) => Some(value),
        Err(_) => serde_json::from_str(&without_python(&text)).ok(),
    }
}

/// The same text without what only Python reads.
fn without_python(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    let mut in_string = false;
    while let Some(first) = rest.chars().next() {
        let (taken, given) = match first {
            '"' => {
                in_string = !in_string;
                (1, None)
            }
            '\\' if in_string => escape(rest),
            '-' if !in_string && rest.starts_with("-Infinity") => (9, Some("null")),
            'I' if !in_string && rest.starts_with("Infinity") => (8, Some("null")),
            'N' if !in_string && rest.starts_with("NaN") => (3, Some("null")),
            _ => (first.len_utf8(), None),
        };
        let (piece, after) = rest.split_at_checked(taken).unwrap_or((rest, ""));
        out.push_str(given.unwrap_or(piece));
        rest = after;
    }
    out
}

/// Bytes of the escape that a text begins with, and what stands for it if it is half a pair.
fn escape(text: &str) -> (usize, Option<&'static str>) {
    match (unit(text), text.get(6..).and_then(unit)) {
        (Some(0xd800..=0xdbff), Some(0xdc00..=0xdfff)) => (12, None),
        (Some(0xd800..=0xdfff), _) => (6, Some("\\ufffd")),
        _ => (2, None),
    }
}

fn unit(text: &str) -> Option<u16> {
    let digits = text.strip_prefix("\\u")?.get(..4)?;
    u16::from_str_radix(digits, 16).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn beyond_ascii_is_escaped() {
        assert_eq!(write(&json!({"é": "a\"\n😀"})), br#"{"\u00e9":"a\"\n\ud83d\ude00"}"#);
        assert_eq!(read(&write(&json!("é😀"))), Some(json!("é😀")));
    }

    #[test]
    fn what_only_python_reads() {
        let lone = br#"{"a":"\ud83d!\\ud83d","b":[NaN,-Infinity,"NaN"],"c":"\ud83d\ude00"}"#;
        let value = read(lone).unwrap();
        assert_eq!(value["a"], "\u{fffd}!\\ud83d");
        assert_eq!(value["b"], json!([null, null, "NaN"]));
        assert_eq!(value["c"], "😀");
        assert!(read(b"[Na]").is_none() && read(br#""\ud83d"#).is_none());
    }
}
