//! The parts of a template's text.

use std::rc::Rc;

use super::super::value::{Span, Text, Value};

/// Pieces (a count) of one template; a longer one is generated.
const PIECES_MAX: usize = 20_000;

/// What stands in a template beside plain text.
#[derive(Debug)]
pub(super) enum Piece {
    /// `{{ text }}`.
    Variable { text: Text, at: Span },
    /// `{% name words %}`.
    Tag { name: Text, words: Vec<Text>, at: Span },
}

/// A template.
#[derive(Debug)]
pub(crate) struct Template {
    /// Number of its source.
    pub(super) file: u32,
    /// Its parts, in order.
    pub(super) pieces: Vec<Piece>,
    /// Names of tags that another tag closes, sorted.
    closed: Vec<Text>,
    /// Whether it shows a block of its parent inside its own.
    pub(super) text_uses_super: bool,
}

impl Template {
    /// Whether a tag of this name is closed by another.
    pub(super) fn closes(&self, name: &Text) -> bool {
        self.closed.binary_search(name).is_ok()
    }
}

/// Finds the parts of a text.
pub(super) fn parse(file: u32, text: &str) -> Template {
    let mut pieces = Vec::new();
    let mut from = 0;
    let mut verbatim: Option<&str> = None;
    while let Some(open) = text[from..].find('{').map(|found| from + found) {
        let rest = &text[open..];
        let close = match rest.as_bytes().get(1) {
            Some(b'{') => "}}",
            Some(b'%') => "%}",
            Some(b'#') => "#}",
            _ => {
                from = open + 1;
                continue;
            }
        };
        let Some(end) = rest.find(close) else { break };
        let inside = rest.get(2..end).unwrap_or_default().trim();
        let at = Span { file, start: u32::try_from(open).unwrap_or(u32::MAX) };
        from = open + end + 2;
        if let Some(closing) = verbatim {
            if close == "%}" && inside.split_whitespace().next() == Some(closing) {
                verbatim = None;
            }
            continue;
        }
        if pieces.len() >= PIECES_MAX {
            break;
        }
        match close {
            "}}" => pieces.push(Piece::Variable { text: Rc::from(inside), at }),
            "%}" => {
                let mut words = split(inside, ' ').into_iter().filter(|word| !word.is_empty());
                let Some(name) = words.next() else { continue };
                match &*name {
                    "comment" => verbatim = Some("endcomment"),
                    "verbatim" => verbatim = Some("endverbatim"),
                    _ => pieces.push(Piece::Tag {
                        name: Rc::from(name),
                        words: words.map(Rc::from).collect(),
                        at,
                    }),
                }
            }
            _ => {}
        }
    }
    let mut closed: Vec<Text> = pieces.iter().filter_map(closing).collect();
    closed.sort();
    closed.dedup();
    Template { file, pieces, closed, text_uses_super: text.contains("block.super") }
}

/// The name of the tag that a piece closes.
fn closing(piece: &Piece) -> Option<Text> {
    match piece {
        Piece::Tag { name, .. } => name.strip_prefix("end").map(Text::from),
        Piece::Variable { .. } => None,
    }
}

/// Splits at a mark that does not stand in quotes.
pub(super) fn split(text: &str, mark: char) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut quote = None;
    for c in text.chars() {
        match quote {
            Some(open) if c == open => quote = None,
            None if c == '"' || c == '\'' => quote = Some(c),
            None if c == mark || (mark == ' ' && c.is_whitespace()) => {
                parts.push(String::new());
                continue;
            }
            _ => {}
        }
        if let Some(last) = parts.last_mut() {
            last.push(c);
        }
    }
    parts
}

/// A text or a number as written.
pub(super) fn literal(text: &str) -> Option<Value> {
    let inner = text.strip_prefix("_(").and_then(|t| t.strip_suffix(')')).unwrap_or(text);
    for quote in ['"', '\''] {
        if let Some(inner) = inner.strip_prefix(quote).and_then(|t| t.strip_suffix(quote)) {
            return Some(Value::str(inner));
        }
    }
    if let Ok(number) = text.parse::<i64>() {
        return Some(Value::Int(number));
    }
    match text {
        "True" => Some(Value::Bool(true)),
        "False" => Some(Value::Bool(false)),
        "None" => Some(Value::None),
        _ => None,
    }
}
