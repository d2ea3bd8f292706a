//! The problem codes of the rules language: one table, and the page behind each row.

use std::fmt;

use serde::{Serialize, Serializer};

/// What kind of problem it is. The number never changes its meaning; a code that is no longer used
/// is left out of the table and its number is not given again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code {
    number: u16,
}

macro_rules! codes {
    ($($(#[doc = $doc:literal])* $name:ident = $number:literal, $text:literal;)*) => {
        impl Code {
            $($(#[doc = $doc])* pub const $name: Self = Self { number: $number };)*

            /// Every code, ascending.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// `RU001` and so on.
            pub fn as_str(self) -> &'static str {
                match self.number { $($number => $text,)* _ => "RU" }
            }

            /// The page that explains the code: what it means, why it matters, an example, what
            /// to do.
            pub fn page(self) -> &'static str {
                match self.number {
                    $($number => include_str!(concat!("../codes/", $text, ".md")),)*
                    _ => "",
                }
            }
        }
    };
}

codes! {
    /// The text is not YAML.
    SYNTAX = 1, "RU001";
    /// One key stands twice in one mapping.
    DUPLICATE_KEY = 2, "RU002";
    /// A key the language does not know.
    UNKNOWN_KEY = 3, "RU003";
    /// A list where a text belongs, and the like.
    WRONG_TYPE = 4, "RU004";
    /// A key that must be there is not.
    MISSING_KEY = 5, "RU005";
    /// A stage that does not exist.
    UNKNOWN_STAGE = 6, "RU006";
    /// A percentage that is none.
    BAD_SHARE = 7, "RU007";
    /// A duration that is none.
    BAD_DURATION = 8, "RU008";
    /// A route at canary without a share.
    CANARY_WITHOUT_SHARE = 9, "RU009";
    /// A route names a context that nobody defined.
    UNKNOWN_CONTEXT = 10, "RU010";
    /// A context names an upstream that nobody defined, or a route beyond legacy has none.
    UNKNOWN_UPSTREAM = 11, "RU011";
    /// No file says where the monolith is.
    NO_LEGACY_UPSTREAM = 12, "RU012";
    /// Two things of one kind have the same name.
    NAME_TAKEN = 13, "RU013";
    /// A `django:` pattern that Django would not take.
    BAD_DJANGO_PATTERN = 14, "RU014";
    /// A regular expression that cannot be read.
    BAD_REGEX = 15, "RU015";
    /// A regular expression only Python can match, on a route beyond legacy.
    LEGACY_ONLY = 16, "RU016";
    /// A match with no path or with two.
    MATCH_WITHOUT_PATH = 17, "RU017";
    /// A value out of a short list of words, and this is none of them.
    UNKNOWN_WORD = 18, "RU018";
    /// An address that is not host:port.
    BAD_ADDRESS = 19, "RU019";
    /// A file, a text or the whole set is larger than the language allows.
    TOO_LARGE = 20, "RU020";
    /// Two files can match the same request.
    CONFLICT = 21, "RU021";
    /// A route that no request can reach.
    UNREACHABLE = 22, "RU022";
    /// A team's file holds a route of another team's context.
    FOREIGN_CONTEXT = 23, "RU023";
    /// An endpoint of the map that no rule covers.
    UNCOVERED_ENDPOINT = 24, "RU024";
    /// A view that the map does not know.
    UNKNOWN_VIEW = 25, "RU025";
    /// `order` contradicts the order of the list.
    ORDER_CONTRADICTION = 26, "RU026";
    /// A place in JSON, or a number, that is none.
    BAD_COMPARISON = 27, "RU027";
    /// A test that names what does not exist, or that failed.
    BAD_TEST = 28, "RU028";
    /// A name or host that cannot be one.
    BAD_NAME = 29, "RU029";
    /// A file or folder that cannot be read.
    UNREADABLE = 30, "RU030";
    /// A policy that cannot hold, such as a health check of 0 seconds.
    BAD_POLICY = 31, "RU031";
    /// A route that behaves differently after a change of the rules.
    ROUTE_CHANGED = 32, "RU032";
    /// The route, stage and side that a request meets.
    WHERE_IT_GOES = 33, "RU033";
    /// A scalar that a command changed: a stage or a share.
    STAGE_MOVED = 34, "RU034";
    /// A context that nobody owns.
    NO_OWNER = 35, "RU035";
    /// Something that an export has no words for.
    LOST_IN_EXPORT = 36, "RU036";
}

impl Code {
    /// The code of that name, `RU001` and so on.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|code| code.as_str() == text)
    }

    /// The first line of the page without the code: a title of a few words.
    pub fn title(self) -> &'static str {
        let line = self.page().lines().next().unwrap_or_default();
        line.split_once(": ").map_or(line, |(_, title)| title)
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for Code {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}
