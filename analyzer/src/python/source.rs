//! Bytes to text as Python does it: byte order mark, encoding cookie (PEP 263), line ends; and the
//! nesting guard that runs before the parser, which recurses, may descend.

use std::cell::OnceCell;

use encoding_rs::Encoding;

use crate::map::File;

/// Deepest nesting of brackets, operators, lambdas and blocks together that the parser is given.
/// Real code stays below 60; the parser needs about 10 KB of stack a level.
pub const NESTING_MAX: usize = 1_000;

/// A source text.
#[derive(Debug)]
pub struct Source {
    /// The file as the map prints it: relative, or `<catalogue>/...`, `<library>/...`.
    pub file: File,
    /// The text.
    pub text: String,
    lines: OnceCell<Vec<u32>>,
}

impl Source {
    /// A source text.
    pub fn new(file: String, text: String) -> Self {
        Self { file: file.into(), text, lines: OnceCell::new() }
    }

    /// Line of a byte offset, from 1.
    pub fn line(&self, offset: u32) -> u32 {
        let starts = self.lines.get_or_init(|| {
            let newlines = self.text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
            newlines.map(|(at, _)| u32::try_from(at).unwrap_or(u32::MAX)).collect()
        });
        let before = starts.partition_point(|newline| *newline < offset);
        u32::try_from(before).unwrap_or(u32::MAX).saturating_add(1)
    }
}

/// Text and what was wrong with the bytes, in plain words.
pub fn decode(bytes: &[u8]) -> (String, Option<String>) {
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        let text = "it is UTF-16, which Python does not accept as source";
        return (String::new(), Some(text.to_owned()));
    }
    let bytes = bytes.strip_prefix(&[0xef, 0xbb, 0xbf]).unwrap_or(bytes);
    let (text, problem) = match cookie(bytes) {
        None => utf8(bytes),
        Some(name) => by_name(bytes, &name),
    };
    if text.contains('\0') {
        return (text.replace('\0', " "), Some("it contains NUL bytes".to_owned()));
    }
    (unix_lines(text), problem)
}

fn utf8(bytes: &[u8]) -> (String, Option<String>) {
    match std::str::from_utf8(bytes) {
        Ok(text) => (text.to_owned(), None),
        Err(error) => {
            let at = error.valid_up_to();
            let line = 1 + bytes.iter().take(at).filter(|b| **b == b'\n').count();
            let why = format!("invalid UTF-8 in line {line}; the broken bytes were replaced");
            (String::from_utf8_lossy(bytes).into_owned(), Some(why))
        }
    }
}

fn by_name(bytes: &[u8], name: &str) -> (String, Option<String>) {
    let plain = name.to_ascii_lowercase().replace('_', "-");
    match plain.as_str() {
        "utf-8" | "utf8" | "utf-8-sig" | "u8" | "ascii" | "us-ascii" => utf8(bytes),
        "latin-1" | "latin1" | "iso-8859-1" | "iso8859-1" | "iso-latin-1" | "l1" | "8859" => {
            (bytes.iter().map(|b| char::from(*b)).collect(), None)
        }
        other => {
            let label = other.strip_prefix("cp125").map(|n| format!("windows-125{n}"));
            let label = label.unwrap_or_else(|| other.to_owned());
            if let Some(encoding) = Encoding::for_label(label.as_bytes()) {
                let (text, broken) = encoding.decode_without_bom_handling(bytes);
                let why = broken.then(|| format!("bytes that are not {name} were replaced"));
                (text.into_owned(), why)
            } else {
                let (text, _) = utf8(bytes);
                (text, Some(format!("unknown encoding {name:?}; read as UTF-8")))
            }
        }
    }
}

/// The encoding named by a comment in one of the first two lines.
fn cookie(bytes: &[u8]) -> Option<String> {
    for line in bytes.split(|b| *b == b'\n').take(2) {
        let line = String::from_utf8_lossy(line.get(..line.len().min(200)).unwrap_or(line));
        let trimmed = line.trim_start_matches([' ', '\t', '\x0c']);
        if let Some(comment) = trimmed.strip_prefix('#') {
            if let Some((_, rest)) = comment.split_once("coding")
                && let Some(rest) = rest.strip_prefix([':', '='])
            {
                let name: String = rest
                    .trim_start_matches([' ', '\t'])
                    .chars()
                    .take_while(|c| c.is_ascii_alphanumeric() || "-_.".contains(*c))
                    .collect();
                return (!name.is_empty()).then_some(name);
            }
        } else if !trimmed.trim().is_empty() {
            return None;
        }
    }
    None
}

fn unix_lines(text: String) -> String {
    if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n") } else { text }
}

/// Line of the first place that nests deeper than [`NESTING_MAX`], if any.
///
/// An upper bound made of one pass over the text: open brackets, the chain of operators, dots and
/// calls at each of them since its last comma, lambdas of the logical line, and indentation.
pub fn too_deep(text: &str) -> Option<usize> {
    let mut scan =
        Nesting { text: text.as_bytes(), at: 0, line: 1, open: vec![0], sum: 0, words: 0 };
    scan.run()
}

struct Nesting<'a> {
    text: &'a [u8],
    at: usize,
    line: usize,
    /// Length of the chain at each open bracket.
    open: Vec<usize>,
    /// Sum of `open`.
    sum: usize,
    /// Keywords that nest, in this logical line.
    words: usize,
}

impl Nesting<'_> {
    fn run(&mut self) -> Option<usize> {
        let mut indents: Vec<usize> = Vec::new();
        self.indent(&mut indents);
        while let Some(byte) = self.text.get(self.at).copied() {
            self.at += 1;
            match byte {
                b'\n' => self.newline(&mut indents),
                b'#' => self.skip_comment(),
                b'"' | b'\'' => self.skip_string(byte),
                b'(' | b'[' | b'{' => {
                    self.link();
                    self.open.push(0);
                }
                b')' | b']' | b'}' => self.close(),
                b',' | b';' => self.reset(),
                b'.' | b'+' | b'-' | b'*' | b'/' | b'%' | b'~' | b'@' | b'&' | b'|' | b'^' => {
                    self.link();
                }
                b'a'..=b'z' | b'A'..=b'Z' | b'_' => self.word(),
                _ => {}
            }
            if self.open.len() + self.sum + self.words + indents.len() > NESTING_MAX {
                return Some(self.line);
            }
        }
        None
    }

    fn link(&mut self) {
        if let Some(last) = self.open.last_mut() {
            *last += 1;
            self.sum += 1;
        }
    }

    fn reset(&mut self) {
        if let Some(last) = self.open.last_mut() {
            self.sum -= *last;
            *last = 0;
        }
    }

    fn close(&mut self) {
        if self.open.len() > 1 {
            self.reset();
            self.open.pop();
        }
    }

    fn newline(&mut self, indents: &mut Vec<usize>) {
        self.line += 1;
        if self.open.len() == 1 {
            self.reset();
            self.words = 0;
            self.indent(indents);
        }
    }

    fn indent(&mut self, indents: &mut Vec<usize>) {
        let start = self.at;
        while matches!(self.text.get(self.at), Some(b' ' | b'\t' | b'\x0c')) {
            self.at += 1;
        }
        if matches!(self.text.get(self.at), None | Some(b'\n' | b'#')) {
            return;
        }
        let width = self.at - start;
        while indents.last().is_some_and(|outer| *outer >= width) {
            indents.pop();
        }
        indents.push(width);
    }

    fn skip_comment(&mut self) {
        while self.text.get(self.at).is_some_and(|b| *b != b'\n') {
            self.at += 1;
        }
    }

    /// What stands in the braces of an f-string nests as well, within the string; counted as a
    /// bracket.
    fn skip_string(&mut self, quote: u8) {
        let formatted = self.is_formatted();
        let outside = self.open.len();
        let triple = self.text.get(self.at..self.at + 2) == Some(&[quote, quote]);
        if triple {
            self.at += 2;
        }
        while let Some(byte) = self.text.get(self.at).copied() {
            self.at += 1;
            match byte {
                b'\\' => {
                    self.line += usize::from(self.text.get(self.at) == Some(&b'\n'));
                    self.at += 1;
                }
                b'\n' if !triple => {
                    self.at -= 1;
                    break;
                }
                b'\n' => self.line += 1,
                b'{' if formatted => self.open.push(0),
                b'}' if self.open.len() > outside => self.close(),
                _ if byte != quote => {}
                _ if !triple => break,
                _ if self.text.get(self.at..self.at + 2) == Some(&[quote, quote]) => {
                    self.at += 2;
                    break;
                }
                _ => {}
            }
            if self.open.len() > NESTING_MAX {
                return;
            }
        }
        while self.open.len() > outside {
            self.close();
        }
    }

    /// Whether the string whose quote was just read is an f-string or a t-string.
    fn is_formatted(&self) -> bool {
        let before = self.text.get(..self.at - 1).unwrap_or_default().iter().rev();
        before
            .take_while(|byte| byte.is_ascii_alphabetic())
            .take(2)
            .any(|byte| matches!(byte, b'f' | b'F' | b't' | b'T'))
    }

    fn word(&mut self) {
        let start = self.at - 1;
        while self.text.get(self.at).is_some_and(|b| b.is_ascii_alphanumeric() || *b == b'_') {
            self.at += 1;
        }
        if let Some(b"lambda" | b"not" | b"await" | b"else" | b"and" | b"or" | b"for") =
            self.text.get(start..self.at)
        {
            self.words += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{NESTING_MAX, too_deep};

    #[test]
    fn brackets_in_plain_strings_do_not_nest() {
        let lines = ["x = \"{\"\n", "x = r'''{\n{'''\n", "def f(): return \"}\" % {}\n"];
        for line in lines {
            assert_eq!(too_deep(&line.repeat(NESTING_MAX * 2)), None, "{line}");
        }
        assert_eq!(too_deep(&"{".repeat(NESTING_MAX * 2).replace('{', "'{'\n")), None);
    }

    #[test]
    fn braces_of_an_f_string_nest_until_it_ends() {
        assert!(too_deep(&format!("f'{}", "{".repeat(NESTING_MAX * 2))).is_some());
        assert_eq!(too_deep(&"x = f'{a'\n".repeat(NESTING_MAX * 2)), None);
    }
}
