//! A JSON reader for comparing: bounded depth, duplicate keys kept, numbers kept as written.
//!
//! Our own on purpose. The usual tree turns 2^70 and 2^70+1 into the same float, drops the first of
//! two equal keys, and distinguishes 10 from 10.0. It also reads what Python's `json` writes
//! beyond the standard: `NaN`, `Infinity`, `-Infinity` and lone surrogates.

use std::borrow::Cow;

/// Deepest nesting read, in arrays and objects. Python's own reader gives up near 1,000; answers
/// of real APIs stay below 20. The reader recurses, so this also bounds its stack.
pub const JSON_DEPTH_MAX: usize = 128;

/// One JSON value, borrowing from the text where it can.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Json<'a> {
    Null,
    Bool(bool),
    /// The number as written.
    Number(&'a str),
    /// The string, its escapes decoded.
    Text(Cow<'a, str>),
    Array(Vec<Json<'a>>),
    /// Members in the order written, duplicates included.
    Object(Vec<(Cow<'a, str>, Json<'a>)>),
}

/// Why a text is not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
    /// Not JSON from this byte on.
    Syntax { at: usize },
    /// Nested deeper than [`JSON_DEPTH_MAX`].
    TooDeep,
}

impl Json<'_> {
    /// The type in JSON's own word.
    pub(crate) fn type_word(&self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Bool(_) => "boolean",
            Self::Number(_) => "number",
            Self::Text(_) => "string",
            Self::Array(_) => "array",
            Self::Object(_) => "object",
        }
    }

    /// The value as compact JSON, cut off once `limit` bytes are reached.
    pub(crate) fn write(&self, out: &mut String, limit: usize) {
        if out.len() > limit {
            return;
        }
        match self {
            Self::Null => out.push_str("null"),
            Self::Bool(true) => out.push_str("true"),
            Self::Bool(false) => out.push_str("false"),
            Self::Number(text) => out.push_str(text),
            Self::Text(text) => write_text(text, out),
            Self::Array(items) => {
                out.push('[');
                for (at, item) in items.iter().enumerate() {
                    if at > 0 {
                        out.push(',');
                    }
                    item.write(out, limit);
                }
                out.push(']');
            }
            Self::Object(members) => {
                out.push('{');
                for (at, (key, value)) in members.iter().enumerate() {
                    if at > 0 {
                        out.push(',');
                    }
                    write_text(key, out);
                    out.push(':');
                    value.write(out, limit);
                }
                out.push('}');
            }
        }
    }
}

fn write_text(text: &str, out: &mut String) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if c.is_control() => out.extend(escape(u32::from(c))),
            c => out.push(c),
        }
    }
    out.push('"');
}

/// `\uXXXX` for one 16-bit unit.
fn escape(unit: u32) -> impl Iterator<Item = char> {
    let digit = move |place: u32| char::from_digit((unit >> (4 * place)) & 0xf, 16).unwrap_or('0');
    "\\u".chars().chain((0..4).rev().map(digit))
}

/// Reads one document; a byte order mark and white space around it are allowed.
pub(crate) fn read(text: &str) -> Result<Json<'_>, Fault> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut reader = Reader { text, bytes: text.as_bytes(), at: 0 };
    reader.space();
    let value = reader.value(0)?;
    reader.space();
    if reader.at == reader.bytes.len() { Ok(value) } else { Err(reader.fault()) }
}

struct Reader<'a> {
    text: &'a str,
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Reader<'a> {
    fn fault(&self) -> Fault {
        Fault::Syntax { at: self.at }
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\n' | b'\r' | b'\t')) {
            self.at += 1;
        }
    }

    fn expect(&mut self, byte: u8) -> Result<(), Fault> {
        if self.peek() == Some(byte) {
            self.at += 1;
            Ok(())
        } else {
            Err(self.fault())
        }
    }

    fn literal(&mut self, word: &str) -> bool {
        let found = self.bytes.get(self.at..).is_some_and(|rest| rest.starts_with(word.as_bytes()));
        if found {
            self.at += word.len();
        }
        found
    }

    fn value(&mut self, depth: usize) -> Result<Json<'a>, Fault> {
        match self.peek() {
            Some(b'{' | b'[') if depth >= JSON_DEPTH_MAX => Err(Fault::TooDeep),
            Some(b'{') => self.object(depth + 1),
            Some(b'[') => self.array(depth + 1),
            Some(b'"') => self.string().map(Json::Text),
            Some(b'n') if self.literal("null") => Ok(Json::Null),
            Some(b't') if self.literal("true") => Ok(Json::Bool(true)),
            Some(b'f') if self.literal("false") => Ok(Json::Bool(false)),
            Some(b'N') if self.literal("NaN") => Ok(Json::Number("NaN")),
            Some(b'I') if self.literal("Infinity") => Ok(Json::Number("Infinity")),
            Some(b'-') if self.literal("-Infinity") => Ok(Json::Number("-Infinity")),
            Some(b'-' | b'0'..=b'9') => self.number(),
            _ => Err(self.fault()),
        }
    }

    fn array(&mut self, depth: usize) -> Result<Json<'a>, Fault> {
        self.expect(b'[')?;
        self.space();
        let mut items = Vec::new();
        if self.peek() == Some(b']') {
            self.at += 1;
            return Ok(Json::Array(items));
        }
        loop {
            self.space();
            items.push(self.value(depth)?);
            self.space();
            if self.peek() != Some(b',') {
                self.expect(b']')?;
                return Ok(Json::Array(items));
            }
            self.at += 1;
        }
    }

    fn object(&mut self, depth: usize) -> Result<Json<'a>, Fault> {
        self.expect(b'{')?;
        self.space();
        let mut members = Vec::new();
        if self.peek() == Some(b'}') {
            self.at += 1;
            return Ok(Json::Object(members));
        }
        loop {
            self.space();
            let key = self.string()?;
            self.space();
            self.expect(b':')?;
            self.space();
            members.push((key, self.value(depth)?));
            self.space();
            if self.peek() != Some(b',') {
                self.expect(b'}')?;
                return Ok(Json::Object(members));
            }
            self.at += 1;
        }
    }

    fn number(&mut self) -> Result<Json<'a>, Fault> {
        let start = self.at;
        self.at += usize::from(self.peek() == Some(b'-'));
        if self.peek() == Some(b'0') {
            self.at += 1;
        } else {
            self.digits()?;
        }
        if self.peek() == Some(b'.') {
            self.at += 1;
            self.digits()?;
        }
        if matches!(self.peek(), Some(b'e' | b'E')) {
            self.at += 1;
            self.at += usize::from(matches!(self.peek(), Some(b'+' | b'-')));
            self.digits()?;
        }
        self.text.get(start..self.at).map(Json::Number).ok_or_else(|| self.fault())
    }

    fn digits(&mut self) -> Result<(), Fault> {
        let start = self.at;
        while matches!(self.peek(), Some(b'0'..=b'9')) {
            self.at += 1;
        }
        if self.at > start { Ok(()) } else { Err(self.fault()) }
    }

    fn string(&mut self) -> Result<Cow<'a, str>, Fault> {
        self.expect(b'"')?;
        let mut owned: Option<String> = None;
        loop {
            let start = self.at;
            while !matches!(self.peek(), None | Some(b'"' | b'\\' | 0..=0x1f)) {
                self.at += 1;
            }
            let plain = self.text.get(start..self.at).ok_or_else(|| self.fault())?;
            match self.peek() {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(match owned {
                        None => Cow::Borrowed(plain),
                        Some(text) => Cow::Owned(text + plain),
                    });
                }
                Some(b'\\') => {
                    self.at += 1;
                    let text = owned.get_or_insert_default();
                    text.push_str(plain);
                    self.escape(text)?;
                }
                _ => return Err(self.fault()),
            }
        }
    }

    fn escape(&mut self, out: &mut String) -> Result<(), Fault> {
        let letter = self.peek().ok_or_else(|| self.fault())?;
        self.at += 1;
        out.push(match letter {
            b'"' => '"',
            b'\\' => '\\',
            b'/' => '/',
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => return self.unicode(out),
            _ => return Err(self.fault()),
        });
        Ok(())
    }

    /// `\uXXXX`, with the second half of a surrogate pair if there is one. A lone surrogate has no
    /// place in a Rust string: it is kept as its escape, so two different ones stay different.
    fn unicode(&mut self, out: &mut String) -> Result<(), Fault> {
        let unit = self.four_hex()?;
        if let Some(c) = char::from_u32(unit) {
            out.push(c);
            return Ok(());
        }
        let after_first = self.at;
        if (0xd800..0xdc00).contains(&unit) && self.literal("\\u") {
            let second = self.four_hex()?;
            if (0xdc00..0xe000).contains(&second) {
                let joined = 0x10000 + ((unit - 0xd800) << 10) + (second - 0xdc00);
                out.extend(char::from_u32(joined));
                return Ok(());
            }
            self.at = after_first;
        }
        out.extend(escape(unit));
        Ok(())
    }

    fn four_hex(&mut self) -> Result<u32, Fault> {
        let digits = self.text.get(self.at..self.at + 4).ok_or_else(|| self.fault())?;
        if !digits.bytes().all(|b| b.is_ascii_hexdigit()) {
            return Err(self.fault());
        }
        self.at += 4;
        u32::from_str_radix(digits, 16).map_err(|_| self.fault())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn depth_is_bounded_and_never_a_crash() {
        let deep = "[".repeat(20_000);
        assert_eq!(read(&deep), Err(Fault::TooDeep));
        let at_limit = "[".repeat(JSON_DEPTH_MAX) + &"]".repeat(JSON_DEPTH_MAX);
        assert!(read(&at_limit).is_ok());
    }

    #[test]
    fn escapes_and_surrogates() {
        assert_eq!(read(r#""\u00e9\ud83d\ude00\n""#), Ok(Json::Text("é😀\n".into())));
        assert_ne!(read(r#""\ud800""#), read(r#""\ud801""#));
    }

    #[test]
    fn what_is_not_json() {
        for text in
            ["", "{", "[1,]", "01", "1.", "\"\u{1}\"", "{\"a\" 1}", "nul", "1 2", "\"\\u12é\""]
        {
            assert!(matches!(read(text), Err(Fault::Syntax { .. })), "{text}");
        }
    }
}
