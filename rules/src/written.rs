//! How the language is read: one small trait, and the macro that makes a record of the language.
//!
//! Reading never stops at a wrong value: it reports it and goes on, so one run finds everything.
//! The same record that is read also describes itself for the JSON Schema, so the two cannot drift.

use crate::code::Code;
use crate::load::Source;
use crate::node::{Key, Node, Span, Value};
use crate::problem::{Problem, did_you_mean, one_of};

/// What a value of the language looks like, for the schema and for messages.
#[derive(Debug, Clone)]
pub(crate) enum Shape {
    /// Any text.
    Text,
    /// A text that follows a pattern (ECMA regular expression).
    Pattern(&'static str),
    /// A whole or decimal number.
    Number { whole: bool },
    /// `true` or `false`.
    Flag,
    /// One of some words, each with its documentation.
    Words(&'static [(&'static str, &'static str)]),
    /// A list of one shape.
    List(Box<Shape>),
    /// A mapping from free names to one shape.
    Keyed(Box<Shape>),
    /// A record, by name.
    Record(fn() -> Record),
}

/// The description of a record of the language.
#[derive(Debug, Clone)]
pub(crate) struct Record {
    pub(crate) name: &'static str,
    pub(crate) doc: &'static str,
    pub(crate) fields: Vec<Field>,
}

/// The description of one key of a record.
#[derive(Debug, Clone)]
pub(crate) struct Field {
    pub(crate) name: &'static str,
    pub(crate) doc: &'static str,
    pub(crate) required: bool,
    pub(crate) shape: Shape,
}

/// Where reading reports to.
pub(crate) struct Reader<'a> {
    pub(crate) source: &'a Source,
    pub(crate) problems: Vec<Problem>,
}

impl Reader<'_> {
    pub(crate) fn report(&mut self, at: Span, problem: Problem) {
        self.problems.push(problem.at(at.place(self.source)));
    }

    fn wrong_type(&mut self, node: &Node, expected: &str) {
        let came = match &node.value {
            Value::Null => "nothing",
            Value::Text { .. } => "a text",
            Value::List(_) => "a list",
            Value::Map(_) => "a mapping",
        };
        let message = format!("{expected} was expected here, and {came} came");
        self.report(node.at, Problem::error(Code::WRONG_TYPE, message));
    }
}

/// A value of the language.
pub(crate) trait Written: Sized {
    /// Whether a record without this key is incomplete.
    const REQUIRED: bool = true;

    /// Reads the value; `None` when it is wrong, and then it has been reported.
    fn read(node: &Node, reader: &mut Reader<'_>) -> Option<Self>;

    /// The value of a key that is not there.
    fn absent() -> Option<Self> {
        None
    }

    /// What it looks like.
    fn shape() -> Shape;
}

/// One scalar of the language, from its text.
pub(crate) trait Scalar: Sized {
    /// The code to report a wrong text under.
    const CODE: Code;

    /// Whether it stands without quotes: numbers and flags.
    const IS_PLAIN: bool = false;

    /// Reads the text; the error is the message.
    fn parse(text: &str) -> Result<Self, String>;

    /// What it looks like.
    fn shape() -> Shape;
}

/// A scalar and where it stands.
#[derive(Debug, Clone, Copy)]
pub(crate) struct At<T> {
    pub(crate) value: T,
    pub(crate) at: Span,
}

/// A mapping from free names, in the order of the file.
#[derive(Debug, Clone)]
pub(crate) struct Keyed<T>(pub(crate) Vec<(Key, T)>);

impl<T> Default for Keyed<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T: Scalar> Written for At<T> {
    fn read(node: &Node, reader: &mut Reader<'_>) -> Option<Self> {
        let text = match &node.value {
            Value::Text { text, quoted } if !(*quoted && T::IS_PLAIN) => text,
            _ if T::IS_PLAIN => {
                reader.wrong_type(node, "a number, `true` or `false`");
                return None;
            }
            _ => {
                reader.wrong_type(node, "a single value");
                return None;
            }
        };
        match T::parse(text) {
            Ok(value) => Some(Self { value, at: node.at }),
            Err(message) => {
                let help = match T::shape() {
                    Shape::Words(words) => Some(words_help(text, words)),
                    _ => None,
                };
                reader.report(node.at, Problem::error(T::CODE, message).help_if(help));
                None
            }
        }
    }

    fn shape() -> Shape {
        T::shape()
    }
}

fn words_help(text: &str, words: &[(&str, &str)]) -> String {
    let known: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
    did_you_mean(text, known.iter().copied())
        .unwrap_or_else(|| format!("it is one of {}", one_of(&known)))
}

impl<T: Written> Written for Option<T> {
    const REQUIRED: bool = false;

    fn read(node: &Node, reader: &mut Reader<'_>) -> Option<Self> {
        match node.value {
            Value::Null => Some(None),
            _ => T::read(node, reader).map(Some),
        }
    }

    fn absent() -> Option<Self> {
        Some(None)
    }

    fn shape() -> Shape {
        T::shape()
    }
}

/// A value that must be there. When it is missing or wrong, that is reported, and the record around
/// it is still read, so that the mistakes in its other keys are found in the same run.
#[derive(Debug, Clone)]
pub(crate) struct Must<T>(pub(crate) Option<T>);

impl<T: Written> Written for Must<T> {
    fn read(node: &Node, reader: &mut Reader<'_>) -> Option<Self> {
        Some(Self(T::read(node, reader)))
    }

    fn absent() -> Option<Self> {
        Some(Self(None))
    }

    fn shape() -> Shape {
        T::shape()
    }
}

/// A record, where it begins, and whether all of it could be read.
#[derive(Debug, Clone)]
pub(crate) struct Located<T> {
    pub(crate) value: T,
    pub(crate) at: Span,
    pub(crate) is_whole: bool,
}

impl<T: Written> Written for Located<T> {
    fn read(node: &Node, reader: &mut Reader<'_>) -> Option<Self> {
        let before = reader.problems.len();
        let value = T::read(node, reader)?;
        Some(Self { value, at: node.at, is_whole: reader.problems.len() == before })
    }

    fn shape() -> Shape {
        T::shape()
    }
}

/// A list: wrong items are reported and left out. An absent one is empty.
impl<T: Written> Written for Vec<T> {
    const REQUIRED: bool = false;

    fn read(node: &Node, reader: &mut Reader<'_>) -> Option<Self> {
        match &node.value {
            Value::List(items) => {
                Some(items.iter().filter_map(|item| T::read(item, reader)).collect())
            }
            Value::Null => Some(Self::new()),
            _ => {
                reader.wrong_type(node, "a list");
                None
            }
        }
    }

    fn absent() -> Option<Self> {
        Some(Self::new())
    }

    fn shape() -> Shape {
        Shape::List(Box::new(T::shape()))
    }
}

/// A mapping: wrong values are reported and left out. An absent one is empty.
impl<T: Written> Written for Keyed<T> {
    const REQUIRED: bool = false;

    fn read(node: &Node, reader: &mut Reader<'_>) -> Option<Self> {
        match &node.value {
            Value::Map(entries) => {
                let read = |(key, value): &(Key, Node)| {
                    T::read(value, reader).map(|value| (key.clone(), value))
                };
                Some(Self(entries.iter().filter_map(read).collect()))
            }
            Value::Null => Some(Self::default()),
            _ => {
                reader.wrong_type(node, "a mapping");
                None
            }
        }
    }

    fn absent() -> Option<Self> {
        Some(Self::default())
    }

    fn shape() -> Shape {
        Shape::Keyed(Box::new(T::shape()))
    }
}

impl Scalar for String {
    const CODE: Code = Code::WRONG_TYPE;

    fn parse(text: &str) -> Result<Self, String> {
        Ok(text.to_owned())
    }

    fn shape() -> Shape {
        Shape::Text
    }
}

impl Scalar for u32 {
    const CODE: Code = Code::WRONG_TYPE;
    const IS_PLAIN: bool = true;

    fn parse(text: &str) -> Result<Self, String> {
        text.parse().map_err(|_| format!("`{text}` is not a whole number from 0 to 4294967295"))
    }

    fn shape() -> Shape {
        Shape::Number { whole: true }
    }
}

impl Scalar for f64 {
    const CODE: Code = Code::BAD_COMPARISON;
    const IS_PLAIN: bool = true;

    fn parse(text: &str) -> Result<Self, String> {
        let number: Option<Self> = text.parse().ok();
        number
            .filter(|number| number.is_finite() && *number >= 0.0)
            .ok_or_else(|| format!("`{text}` is not a number of 0 or more"))
    }

    fn shape() -> Shape {
        Shape::Number { whole: false }
    }
}

impl Scalar for bool {
    const CODE: Code = Code::WRONG_TYPE;
    const IS_PLAIN: bool = true;

    fn parse(text: &str) -> Result<Self, String> {
        text.parse().map_err(|_| format!("`{text}` is neither `true` nor `false`"))
    }

    fn shape() -> Shape {
        Shape::Flag
    }
}

/// Takes the entries of a record apart: reports unknown keys, hands out the known ones.
pub(crate) struct Entries<'n> {
    entries: &'n [(Key, Node)],
    at: Span,
}

impl<'n> Entries<'n> {
    pub(crate) fn of(
        node: &'n Node,
        record: &str,
        known: &[&'static str],
        reader: &mut Reader<'_>,
    ) -> Option<Self> {
        let Value::Map(entries) = &node.value else {
            reader.wrong_type(node, "a mapping");
            return None;
        };
        for (key, _) in entries {
            if !known.contains(&&*key.name) {
                let help = did_you_mean(&key.name, known.iter().copied())
                    .unwrap_or_else(|| format!("a key here is one of {}", one_of(known)));
                let message = format!("`{}` is not a key of {record}", key.name);
                reader.report(key.at, Problem::error(Code::UNKNOWN_KEY, message).help(help));
            }
        }
        Some(Self { entries, at: node.at })
    }

    pub(crate) fn field<T: Written>(&self, name: &str, reader: &mut Reader<'_>) -> Option<T> {
        if let Some((_, node)) = self.entries.iter().find(|(key, _)| &*key.name == name) {
            return T::read(node, reader).or_else(T::absent);
        }
        if T::REQUIRED {
            let problem = Problem::error(Code::MISSING_KEY, format!("`{name}:` is missing"));
            reader.report(self.at, problem);
        }
        T::absent()
    }
}

/// Declares records of the language: the struct, how it is read, and how it is described.
///
/// A field that is wrong and has no sensible absence makes its record unreadable; an optional one
/// is taken as absent, after its problem was reported, so that the rest is still looked at.
macro_rules! written {
    ($($(#[doc = $doc:literal])+ $title:literal $name:ident {
        $($(#[doc = $field_doc:literal])+ $field:ident $(as $key:literal)? : $type:ty,)*
    })*) => {$(
        $(#[doc = $doc])+
        #[derive(Debug, Clone)]
        pub(crate) struct $name {
            $($(#[doc = $field_doc])+ pub(crate) $field: $type,)*
        }

        impl $name {
            const KEYS: &'static [&'static str] = &[$(written!(@key $field $($key)?)),*];

            pub(crate) fn record() -> $crate::written::Record {
                $crate::written::Record {
                    name: stringify!($name),
                    doc: concat!($($doc, "\n"),+),
                    fields: vec![$($crate::written::Field {
                        name: written!(@key $field $($key)?),
                        doc: concat!($($field_doc, "\n"),+),
                        required: <$type as $crate::written::Written>::REQUIRED,
                        shape: <$type as $crate::written::Written>::shape(),
                    }),*],
                }
            }
        }

        impl $crate::written::Written for $name {
            fn read(
                node: &$crate::node::Node,
                reader: &mut $crate::written::Reader<'_>,
            ) -> Option<Self> {
                let entries = $crate::written::Entries::of(node, $title, Self::KEYS, reader)?;
                $(let $field =
                    entries.field::<$type>(written!(@key $field $($key)?), reader);)*
                Some(Self { $($field: $field?,)* })
            }

            fn shape() -> $crate::written::Shape {
                $crate::written::Shape::Record(Self::record)
            }
        }
    )*};
    (@key $field:ident $key:literal) => { $key };
    (@key $field:ident) => { stringify!($field) };
}

pub(crate) use written;
