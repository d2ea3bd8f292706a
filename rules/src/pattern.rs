//! What a route matches: the text of a `path()` or a `re_path()`, and its one regular expression.
//!
//! Django resolves a URL segment by segment; a rule has one text. [`join`] turns the segments of a
//! resolver into one equal text, or says why there is none.

use std::collections::BTreeMap;
use std::fmt;

use serde::Serialize;

use crate::language;
use crate::python_regex::{self, RegexError, Use, push_literal, translate};

/// The regexes of the converters that every Django project has.
const CONVERTERS: [(&str, &str); 5] = [
    ("int", "[0-9]+"),
    ("path", ".+"),
    ("slug", "[-a-zA-Z0-9_]+"),
    ("str", "[^/]+"),
    ("uuid", "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"),
];

/// The path converters a text may name: Django's five and those a project declares.
#[derive(Debug, Clone)]
pub struct Converters {
    regexes: BTreeMap<String, String>,
}

impl Default for Converters {
    fn default() -> Self {
        let regexes = CONVERTERS.map(|(name, regex)| (name.to_owned(), regex.to_owned()));
        Self { regexes: BTreeMap::from(regexes) }
    }
}

impl Converters {
    /// Adds a custom converter by the regex that its class declares, or replaces one.
    pub fn insert(&mut self, name: &str, regex: &str) {
        self.regexes.insert(name.to_owned(), regex.to_owned());
    }

    /// The names, sorted.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.regexes.keys().map(String::as_str)
    }

    /// The regex of a converter, in Python's words.
    pub fn regex(&self, name: &str) -> Option<&str> {
        self.regexes.get(name).map(String::as_str)
    }
}

/// How a rule says which paths it takes.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum MatchText {
    /// The text of a `path()`, all prefixes joined, without leading slash.
    Django(String),
    /// A regex as in a `re_path()` at the root, without leading slash.
    RePath(String),
    /// No single text is equal to what the resolver does; the reason.
    LegacyOnly(String),
}

impl fmt::Display for MatchText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Django(text) | Self::RePath(text) => f.write_str(text),
            Self::LegacyOnly(reason) => write!(f, "(legacy only: {reason})"),
        }
    }
}

/// One piece of a `path()` text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Piece<'t> {
    Literal(&'t str),
    Converter { name: &'t str, parameter: &'t str },
}

/// Why a `path()` text cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PatternError {
    /// No converter of that name.
    #[error("`{name}` is not a path converter")]
    UnknownConverter {
        /// The name as written.
        name: String,
    },
    /// Django would refuse the text.
    #[error("{0}")]
    Invalid(String),
    /// The regex of a converter, or of a `re_path`, cannot be used.
    #[error("{0}")]
    Regex(RegexError),
}

/// Splits a `path()` text as Django does.
pub(crate) fn pieces(text: &str) -> Result<Vec<Piece<'_>>, PatternError> {
    let mut pieces = Vec::new();
    let (mut rest, mut literal) = (text, 0);
    while let Some(open) = rest.get(literal..).and_then(|tail| tail.find('<')) {
        let open = literal + open;
        let inside = rest.get(open + 1..).unwrap_or_default();
        let Some((inside, after)) = inside.split_once('>').filter(|(inside, _)| !inside.is_empty())
        else {
            // No bracket pair here: Django's expression finds nothing and `<` is a character.
            literal = open + 1;
            continue;
        };
        if open > 0 {
            pieces.push(Piece::Literal(rest.get(..open).unwrap_or_default()));
        }
        pieces.push(converter_piece(inside)?);
        (rest, literal) = (after, 0);
    }
    if !rest.is_empty() {
        pieces.push(Piece::Literal(rest));
    }
    Ok(pieces)
}

fn converter_piece(inside: &str) -> Result<Piece<'_>, PatternError> {
    if inside.contains(|c: char| c.is_ascii_whitespace() || c == '\x0b') {
        let said = format!("`<{inside}>` contains white space, which Django refuses");
        return Err(PatternError::Invalid(said));
    }
    let (name, parameter) = match inside.split_once(':') {
        Some((name, parameter)) if !name.is_empty() && !parameter.is_empty() => (name, parameter),
        _ => ("str", inside),
    };
    let mut chars = parameter.chars();
    let starts = chars.next().is_some_and(|c| c == '_' || c.is_alphabetic());
    if !starts || !chars.all(|c| c == '_' || c.is_alphanumeric()) {
        let said = format!("`{parameter}` in `<{inside}>` is not a Python identifier");
        return Err(PatternError::Invalid(said));
    }
    Ok(Piece::Converter { name, parameter })
}

/// The expression of a `path()` text without its end: what a prefix matches.
fn django_part(text: &str, converters: &Converters) -> Result<String, PatternError> {
    let mut rust = String::with_capacity(text.len() * 2);
    for piece in pieces(text)? {
        match piece {
            Piece::Literal(literal) => literal.chars().for_each(|c| push_literal(&mut rust, c)),
            Piece::Converter { name, .. } => {
                let regex = converters
                    .regex(name)
                    .ok_or_else(|| PatternError::UnknownConverter { name: name.to_owned() })?;
                rust.push_str(&translate(regex, Use::Part).map_err(PatternError::Regex)?);
            }
        }
    }
    Ok(rust)
}

/// The one regular expression of a rule, to be searched anchored on the decoded path without its
/// leading slash; `None` for [`MatchText::LegacyOnly`].
pub(crate) fn compile(
    text: &MatchText,
    converters: &Converters,
) -> Result<Option<String>, PatternError> {
    match text {
        MatchText::Django(text) => Ok(Some(django_part(text, converters)? + r"\z")),
        MatchText::RePath(text) => {
            translate(text, Use::Endpoint).map(Some).map_err(PatternError::Regex)
        }
        MatchText::LegacyOnly(_) => Ok(None),
    }
}

/// What kind of pattern a segment of the resolver is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SegmentKind {
    /// `path()`.
    Path,
    /// `re_path()`.
    RePath,
    /// The prefix of `i18n_patterns`; the text is the language codes, separated by `|`. Empty when
    /// they are not known, or when one language goes without prefix.
    Language,
}

/// Joins the segments of a resolver, outermost first, into one text that matches the same paths.
///
/// Django cuts off what a prefix matched and never comes back to it, while one joined expression
/// would try every cut. The two are the same exactly if a prefix can match in only one way; where
/// it can match in two, there is no equal text and the answer is [`MatchText::LegacyOnly`].
pub fn join(segments: &[(SegmentKind, &str)], converters: &Converters) -> MatchText {
    let Some(((last_kind, last), prefixes)) = segments.split_last() else {
        return MatchText::Django(String::new());
    };
    let used: Vec<&(SegmentKind, &str)> =
        prefixes.iter().filter(|(kind, text)| !is_empty_prefix(*kind, text)).collect();
    if used.is_empty() && *last_kind == SegmentKind::RePath {
        return MatchText::RePath((*last).to_owned());
    }
    for (kind, text) in used.iter().copied() {
        if let Err(reason) = one_way(*kind, text, converters) {
            return MatchText::LegacyOnly(reason);
        }
    }
    if *last_kind == SegmentKind::Path && used.iter().all(|(kind, _)| *kind == SegmentKind::Path) {
        let texts: Vec<&str> = used.iter().map(|(_, text)| *text).chain([*last]).collect();
        return MatchText::Django(texts.concat());
    }
    joined_regex(&used, (*last_kind, last), converters)
        .map_or_else(MatchText::LegacyOnly, MatchText::RePath)
}

fn is_empty_prefix(kind: SegmentKind, text: &str) -> bool {
    match kind {
        SegmentKind::Path => text.is_empty(),
        SegmentKind::RePath => text.is_empty() || text == "^",
        SegmentKind::Language => false,
    }
}

/// Whether a prefix can match the start of a path in one way alone.
fn one_way(kind: SegmentKind, text: &str, converters: &Converters) -> Result<(), String> {
    if kind == SegmentKind::Path && !text.contains('<') {
        return Ok(());
    }
    let python = python_prefix(kind, text, converters)?;
    let rust = translate(&python, Use::Part).map_err(|error| error.to_string())?;
    match language::prefix_free(&rust) {
        Some(true) => Ok(()),
        Some(false) => Err(format!("the prefix `{text}` can match in more than one way")),
        None => Err(format!("the prefix `{text}` is too large to prove that it matches one way")),
    }
}

/// A prefix as a Python regex without its anchor.
fn python_prefix(kind: SegmentKind, text: &str, converters: &Converters) -> Result<String, String> {
    match kind {
        SegmentKind::Path => python_of_path(text, converters),
        SegmentKind::Language if text.split('|').any(str::is_empty) => {
            Err("the language prefix depends on the language of the request".to_owned())
        }
        SegmentKind::Language => {
            let codes: Vec<String> = text.split('|').map(python_escape).collect();
            Ok(format!("(?:{})/", codes.join("|")))
        }
        SegmentKind::RePath => match text.strip_prefix('^') {
            _ if python_regex::has_top_level_alternation(text) => {
                Err(format!("the prefix `{text}` has alternatives outside a group"))
            }
            None => Err(format!("the prefix `{text}` has no `^`, so Django searches it anywhere")),
            Some(_) if text.ends_with('$') => {
                Err(format!("the prefix `{text}` ends in `$`, so nothing can follow it"))
            }
            Some(body) => Ok(body.to_owned()),
        },
    }
}

fn python_of_path(text: &str, converters: &Converters) -> Result<String, String> {
    let mut python = String::new();
    for piece in pieces(text).map_err(|error| error.to_string())? {
        match piece {
            Piece::Literal(literal) => python.push_str(&python_escape(literal)),
            Piece::Converter { name, parameter } => {
                let regex = converters
                    .regex(name)
                    .ok_or_else(|| format!("the regex of the converter `{name}` is not known"))?;
                python.push_str(&format!("(?P<{parameter}>{regex})"));
            }
        }
    }
    Ok(python)
}

fn python_escape(literal: &str) -> String {
    let mut python = String::with_capacity(literal.len());
    for c in literal.chars() {
        if !c.is_ascii_alphanumeric() && !matches!(c, '_' | '-' | '/' | ' ') && c.is_ascii() {
            python.push('\\');
        }
        python.push(c);
    }
    python
}

fn joined_regex(
    prefixes: &[&(SegmentKind, &str)],
    (last_kind, last): (SegmentKind, &str),
    converters: &Converters,
) -> Result<String, String> {
    let mut python = String::from("^");
    for (kind, text) in prefixes.iter().copied() {
        python.push_str(&python_prefix(*kind, text, converters)?);
    }
    match last_kind {
        SegmentKind::Path => python.push_str(&format!("{}$", python_of_path(last, converters)?)),
        SegmentKind::Language => {
            return Err("a language prefix with nothing behind it".to_owned());
        }
        SegmentKind::RePath if python_regex::has_top_level_alternation(last) => {
            return Err(format!("`{last}` has alternatives outside a group"));
        }
        SegmentKind::RePath => match last.strip_prefix('^') {
            Some(body) => python.push_str(body),
            // Ends in `$`: Django uses fullmatch, which is anchored by itself.
            None if last.ends_with('$') => python.push_str(last),
            None => python.push_str(&format!(r"[\s\S]*?{last}")),
        },
    }
    match translate(&python, Use::Endpoint) {
        Ok(_) => Ok(unique_names(&python)),
        Err(error) => Err(error.to_string()),
    }
}

/// Python refuses a group name used twice; an include and its child may well both say `pk`.
fn unique_names(python: &str) -> String {
    let mut seen = Vec::new();
    let mut unique = String::with_capacity(python.len());
    let mut rest = python;
    while let Some(at) = rest.find("(?P<") {
        let (before, group) = rest.split_at(at);
        unique.push_str(before);
        let end = group.find('>').map_or(group.len(), |end| end + 1);
        let (opening, after) = group.split_at(end);
        if seen.contains(&opening) {
            unique.push('(');
        } else {
            seen.push(opening);
            unique.push_str(opening);
        }
        rest = after;
    }
    unique + rest
}
