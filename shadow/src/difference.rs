//! One difference between two answers: where, of what kind, and both sides in short.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Most differences one verdict carries. The first few tell what is wrong; a list page with a
/// changed field would otherwise fill a megabyte with the same news.
pub const DIFFERENCES_MAX: usize = 32;

/// Most bytes of one side's value kept in a difference (UTF-8 bytes, cut at a character).
pub const VALUE_BYTES_MAX: usize = 160;

/// Most bytes of a path kept in a difference; a key of a megabyte is cut like a value.
pub const PATH_BYTES_MAX: usize = 256;

/// One respect in which two answers differ.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Difference {
    /// `status`, a header's name in small letters, `body`, or a JSON pointer (`/results/0/price`;
    /// the empty pointer is the whole document).
    pub path: String,
    /// In what way.
    pub kind: Kind,
    /// Legacy's side, cut to [`VALUE_BYTES_MAX`]; `(absent)` where it has nothing.
    pub legacy: String,
    /// Native's side, likewise.
    pub native: String,
}

/// What a side shows in a [`Difference`] when it has nothing there.
pub const ABSENT: &str = "(absent)";

/// The kinds of difference. Each has a code and a page that explains it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Another status code.
    Status,
    /// Another media type or charset.
    ContentType,
    /// A header with another value, or on one side only.
    Header,
    /// Cookies of other names are set.
    Cookie,
    /// JSON: native lacks a member.
    Missing,
    /// JSON: native has a member too many.
    Extra,
    /// JSON: another type (`"1"` for `1`).
    Type,
    /// JSON: another value of the same type.
    Value,
    /// JSON: an array of another length.
    Length,
    /// JSON: the same elements in another order.
    Order,
    /// Only one side is readable as JSON although both say they are.
    Malformed,
    /// Text that is not JSON differs.
    Text,
    /// Binary bodies differ.
    Bytes,
}

impl Kind {
    /// Every kind, in the order of the enum.
    pub const ALL: [Self; 13] = [
        Self::Status,
        Self::ContentType,
        Self::Header,
        Self::Cookie,
        Self::Missing,
        Self::Extra,
        Self::Type,
        Self::Value,
        Self::Length,
        Self::Order,
        Self::Malformed,
        Self::Text,
        Self::Bytes,
    ];

    /// The problem code whose page explains this kind.
    pub fn code(self) -> &'static str {
        match self {
            Self::Status => "SH001",
            Self::ContentType => "SH002",
            Self::Header => "SH003",
            Self::Cookie => "SH004",
            Self::Missing => "SH005",
            Self::Extra => "SH006",
            Self::Type => "SH007",
            Self::Value => "SH008",
            Self::Length => "SH009",
            Self::Order => "SH010",
            Self::Malformed => "SH011",
            Self::Text => "SH012",
            Self::Bytes => "SH013",
        }
    }

    /// The kind in one word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Status => "status",
            Self::ContentType => "content type",
            Self::Header => "header",
            Self::Cookie => "cookie",
            Self::Missing => "missing",
            Self::Extra => "extra",
            Self::Type => "type",
            Self::Value => "value",
            Self::Length => "length",
            Self::Order => "order",
            Self::Malformed => "malformed",
            Self::Text => "text",
            Self::Bytes => "bytes",
        }
    }
}

impl Difference {
    /// A difference with everything cut to its limit.
    pub fn new(path: &str, kind: Kind, legacy: &str, native: &str) -> Self {
        Self {
            path: cut(path, PATH_BYTES_MAX),
            kind,
            legacy: cut(legacy, VALUE_BYTES_MAX),
            native: cut(native, VALUE_BYTES_MAX),
        }
    }
}

impl fmt::Display for Difference {
    /// The stable text form: `SH008 value at /price: legacy "1.50", native "1.5"`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let place = if self.path.is_empty() { "(the document)" } else { &self.path };
        write!(
            f,
            "{} {} at {place}: legacy {}, native {}",
            self.kind.code(),
            self.kind.word(),
            self.legacy,
            self.native
        )
    }
}

/// At most `limit` bytes of `text`, cut between characters, with a mark where it was cut.
fn cut(text: &str, limit: usize) -> String {
    if text.len() <= limit {
        return text.to_owned();
    }
    let mark = "…";
    let end = (0..=limit - mark.len()).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0);
    let mut short = text.get(..end).unwrap_or_default().to_owned();
    short.push_str(mark);
    short
}
