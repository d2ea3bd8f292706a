//! YAML text to a tree that knows where every piece stands. The only file that names the reader.
//!
//! A typed `Deserialize` would stop at the first wrong shape of a file. The tree lets `written.rs`
//! go on and report all of them; its price is one small allocation per value.

use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, SeqAccess, Visitor};
use serde_saphyr::{Location, Options, Spanned};

use crate::code::Code;
use crate::load::Source;
use crate::problem::{Place, Problem};

/// Values in one file after aliases are expanded. Unit: YAML nodes; about 19,000 routes, ten times
/// the largest folder we know of.
pub(crate) const FILE_NODES_MAX: usize = 250_000;

/// Nesting of one file. Unit: levels; the language itself needs seven.
pub(crate) const DEPTH_MAX: usize = 64;

/// One value of a file.
#[derive(Debug, Clone)]
pub(crate) struct Node {
    pub(crate) value: Value,
    pub(crate) at: Span,
}

/// Where a value or key stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Span {
    pub(crate) line: usize,
    pub(crate) column: usize,
    pub(crate) start: usize,
    pub(crate) end: usize,
}

/// What a value is. Numbers and booleans are kept as written: the language decides what they mean.
#[derive(Debug, Clone)]
pub(crate) enum Value {
    Null,
    Text(String),
    /// A plain scalar that YAML would read as a number or a boolean.
    Plain,
    List(Vec<Node>),
    Map(Vec<(Key, Node)>),
}

/// A key of a mapping.
#[derive(Debug, Clone)]
pub(crate) struct Key {
    pub(crate) name: String,
    pub(crate) at: Span,
}

/// Reads one file.
pub(crate) fn read(source: &Source) -> Result<Node, Problem> {
    serde_saphyr::from_str_with_options::<Node>(&source.text, options())
        .map_err(|error| problem(source, &error))
}

fn options() -> Options {
    serde_saphyr::options! {
        budget: serde_saphyr::budget! {
            max_nodes: FILE_NODES_MAX,
            max_depth: DEPTH_MAX,
            // Five hundred routes that merge one `&defaults` are good style here, not an attack;
            // what an alias can cost is bounded by the nodes it expands to.
            enforce_alias_anchor_ratio: false,
        },
        with_snippet: false,
    }
}

fn problem(source: &Source, error: &serde_saphyr::Error) -> Problem {
    let place = error.location().map(|at| place_of_error(source, at)).unwrap_or(source.start());
    let said = error.to_string();
    let said = said.split(" at line ").next().unwrap_or_default();
    match error {
        serde_saphyr::Error::DuplicateMappingKey { key, .. } => {
            let key = key.as_deref().unwrap_or("this key");
            Problem::error(Code::DUPLICATE_KEY, format!("`{key}` stands twice in one mapping"))
                .help("keep one of the two; YAML has no order in which one of them would win")
        }
        serde_saphyr::Error::Budget { .. }
        | serde_saphyr::Error::AliasReplayLimitExceeded { .. }
        | serde_saphyr::Error::AliasReplayStackDepthExceeded { .. } => too_large(),
        // Inside an alias the reader wraps its errors, and only the words remain.
        _ if said.contains("recursion limit") || said.contains("budget breached") => too_large(),
        serde_saphyr::Error::MultipleDocuments { .. } => Problem::error(
            Code::SYNTAX,
            "a rules file is one YAML document, and here starts another",
        )
        .help("put the second one into a file of its own"),
        _ => Problem::error(Code::SYNTAX, format!("this is not YAML: {said}")),
    }
    .at(place)
}

fn too_large() -> Problem {
    Problem::error(Code::TOO_LARGE, "the file is too large or too deep to be rules").help(format!(
        "a file holds at most {FILE_NODES_MAX} values after aliases are expanded, {DEPTH_MAX} deep"
    ))
}

/// The reader counts characters and knows bytes only for values; a syntax error has no value.
fn place_of_error(source: &Source, at: Location) -> Place {
    let number = |n: u64| usize::try_from(n).unwrap_or(usize::MAX);
    let (line, column) = (number(at.line()).max(1), number(at.column()).max(1));
    let line_start: usize = source.text.split_inclusive('\n').take(line - 1).map(str::len).sum();
    let rest = source.text.get(line_start..).unwrap_or_default();
    let start = rest.char_indices().nth(column - 1).map_or(rest.len(), |(offset, _)| offset);
    let start = line_start + start;
    let marked = source.text.get(start..).unwrap_or_default();
    let end = start + marked.chars().next().filter(|c| *c != '\n').map_or(0, char::len_utf8);
    Place { path: source.path.clone(), line, column, start, end }
}

impl From<Location> for Span {
    fn from(at: Location) -> Self {
        let number = |n: u64| usize::try_from(n).unwrap_or(usize::MAX);
        let bytes = at.span();
        let start = bytes.byte_offset().map_or(0, number);
        let end = start.saturating_add(bytes.byte_len().map_or(0, number));
        Self { line: number(at.line()), column: number(at.column()), start, end }
    }
}

impl Span {
    pub(crate) fn place(self, source: &Source) -> Place {
        let Self { line, column, start, end } = self;
        Place { path: source.path.clone(), line, column, start, end }
    }
}

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let spanned = Spanned::<Value>::deserialize(deserializer)?;
        Ok(Self { value: spanned.value, at: spanned.defined.into() })
    }
}

impl<'de> Deserialize<'de> for Key {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let spanned = Spanned::<String>::deserialize(deserializer)?;
        Ok(Self { name: spanned.value, at: spanned.defined.into() })
    }
}

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AnyValue)
    }
}

struct AnyValue;

impl<'de> Visitor<'de> for AnyValue {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a YAML value")
    }

    fn visit_bool<E>(self, _: bool) -> Result<Value, E> {
        Ok(Value::Plain)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Value, E> {
        Ok(Value::Plain)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Value, E> {
        Ok(Value::Plain)
    }

    fn visit_i128<E>(self, _: i128) -> Result<Value, E> {
        Ok(Value::Plain)
    }

    fn visit_u128<E>(self, _: u128) -> Result<Value, E> {
        Ok(Value::Plain)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Value, E> {
        Ok(Value::Plain)
    }

    fn visit_str<E>(self, text: &str) -> Result<Value, E> {
        Ok(Value::Text(text.to_owned()))
    }

    fn visit_string<E>(self, text: String) -> Result<Value, E> {
        Ok(Value::Text(text))
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_none<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, inner: D) -> Result<Value, D::Error> {
        Value::deserialize(inner)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(Value::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        let mut map = Vec::new();
        while let Some(entry) = entries.next_entry()? {
            map.push(entry);
        }
        Ok(Value::Map(map))
    }
}
