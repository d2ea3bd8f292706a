//! What a route matches: the text of a `path()` or a `re_path()`, and its one regular expression.
//!
//! Django resolves a URL segment by segment; a rule has one text. [`join`] turns the segments of a
//! resolver into one equal text, or says why there is none.

use std::collections::BTreeMap;
use std::fmt;
use std::fmt::Write as _;

use serde::Serialize;

use crate::language;
use crate::python_regex::{self, RegexError, Translated, Use, push_literal, translate};

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
    known: BTreeMap<String, Known>,
}

/// A converter, and its expression: translated once, for most routes use one.
#[derive(Debug, Clone)]
struct Known {
    converter: Converter,
    part: Result<Translated, RegexError>,
}

impl Known {
    fn new(converter: Converter) -> Self {
        let mut part = translate(&converter.regex, Use::Part);
        if let (true, Ok(part)) = (converter.refuses, &mut part) {
            part.python_only.get_or_insert(REFUSES);
        }
        Self { converter, part }
    }
}

/// A path converter.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Converter {
    /// The regex its class declares, in Python's words.
    pub regex: String,
    /// Whether its `to_python` refuses texts that the regex takes, as a date does with
    /// `9999-99-99`. Django goes on to the next pattern then, which no expression can say.
    pub refuses: bool,
}

impl Default for Converters {
    fn default() -> Self {
        let exact = |(name, regex): (&str, &str)| {
            let converter = Converter { regex: regex.to_owned(), refuses: false };
            (name.to_owned(), Known::new(converter))
        };
        Self { known: CONVERTERS.map(exact).into() }
    }
}

impl Converters {
    /// Adds a custom converter, or replaces one.
    pub fn insert(&mut self, name: &str, converter: Converter) {
        self.known.insert(name.to_owned(), Known::new(converter));
    }

    /// The names, sorted.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.known.keys().map(String::as_str)
    }

    /// The converter of that name.
    pub fn get(&self, name: &str) -> Option<&Converter> {
        self.known.get(name).map(|known| &known.converter)
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
    /// No single text is equal to what the resolver does, so only the monolith can match it.
    LegacyOnly {
        /// A regex as in [`MatchText::RePath`] that takes these paths and more. It keeps routes
        /// behind it from getting what is not theirs.
        superset: String,
        /// Why there is no equal text.
        reason: String,
    },
}

impl fmt::Display for MatchText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Django(text) | Self::RePath(text) => f.write_str(text),
            Self::LegacyOnly { superset, .. } => f.write_str(superset),
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

const REFUSES: &str = "a converter whose `to_python` refuses some texts";

/// The expression of a `path()` text without its end: what a prefix matches.
fn django_part(text: &str, converters: &Converters) -> Result<Translated, PatternError> {
    let mut python_only = None;
    let mut rust = String::with_capacity(text.len() * 2);
    for piece in pieces(text)? {
        match piece {
            Piece::Literal(literal) => literal.chars().for_each(|c| push_literal(&mut rust, c)),
            Piece::Converter { name, .. } => {
                let known = converters
                    .known
                    .get(name)
                    .ok_or_else(|| PatternError::UnknownConverter { name: name.to_owned() })?;
                let part = known.part.as_ref().map_err(|e| PatternError::Regex(e.clone()))?;
                python_only = python_only.or(part.python_only);
                rust.push_str(&part.rust);
            }
        }
    }
    Ok(Translated { rust, python_only })
}

/// The one regular expression of a rule, to be searched anchored on the decoded path without its
/// leading slash, and why only the monolith can match the path, if so.
pub(crate) fn compile(
    text: &MatchText,
    converters: &Converters,
) -> Result<(String, Option<String>), PatternError> {
    let why = |translated: &Translated| {
        translated.python_only.map(|what| format!("{what} has no equal outside Python"))
    };
    match text {
        MatchText::Django(text) => {
            let translated = django_part(text, converters)?;
            let why = why(&translated);
            Ok((translated.rust + r"\z", why))
        }
        MatchText::RePath(text) => {
            let translated = translate(text, Use::Endpoint).map_err(PatternError::Regex)?;
            let why = why(&translated);
            Ok((translated.rust, why))
        }
        MatchText::LegacyOnly { superset, reason } => {
            let translated = translate(superset, Use::Endpoint).map_err(PatternError::Regex)?;
            Ok((translated.rust, Some(reason.clone())))
        }
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
    Joiner::new(converters).join(segments)
}

/// Joins many resolvers. Routes share prefixes, and a proof that a prefix matches in one way costs
/// an automaton: each is made once.
#[derive(Debug)]
pub struct Joiner<'c> {
    converters: &'c Converters,
    /// Proofs by the prefix, as it is written and as a Python regex.
    proved: BTreeMap<(String, String), Result<(), String>>,
}

impl<'c> Joiner<'c> {
    /// Joins with these converters.
    pub fn new(converters: &'c Converters) -> Self {
        Self { converters, proved: BTreeMap::new() }
    }

    /// As the function [`join`].
    pub fn join(&mut self, segments: &[(SegmentKind, &str)]) -> MatchText {
        let Some((last, prefixes)) = segments.split_last() else {
            return MatchText::Django(String::new());
        };
        let used: Vec<&(SegmentKind, &str)> =
            prefixes.iter().filter(|(kind, text)| !is_empty_prefix(*kind, text)).collect();
        match last {
            (SegmentKind::RePath, text) if used.is_empty() => {
                return MatchText::RePath((*text).to_owned());
            }
            (SegmentKind::Path, text) if used.iter().all(|(kind, text)| is_plain(*kind, text)) => {
                let texts: Vec<&str> = used.iter().map(|(_, text)| *text).chain([*text]).collect();
                return MatchText::Django(texts.concat());
            }
            _ => {}
        }
        let mut joined = Joined::default();
        for (kind, text) in used.iter().copied() {
            self.prefix(&mut joined, *kind, text);
        }
        joined.end(last.0, last.1, self.converters);
        match joined.reason {
            Some(reason) => MatchText::LegacyOnly { superset: joined.python, reason },
            None if used.iter().all(|(kind, _)| *kind == SegmentKind::Path)
                && last.0 == SegmentKind::Path =>
            {
                let texts: Vec<&str> = used.iter().map(|(_, text)| *text).chain([last.1]).collect();
                MatchText::Django(texts.concat())
            }
            None => MatchText::RePath(unique_names(&joined.python)),
        }
    }

    fn prefix(&mut self, joined: &mut Joined, kind: SegmentKind, text: &str) {
        let before = joined.python.len();
        match kind {
            SegmentKind::Path => joined.path(text, self.converters),
            SegmentKind::Language => joined.language(text),
            SegmentKind::RePath => joined.re_path_prefix(text),
        }
        if joined.reason.is_none() && !is_plain(kind, text) {
            let added = joined.python.get(before..).unwrap_or_default();
            let key = (text.to_owned(), added.to_owned());
            let proof =
                self.proved.entry(key).or_insert_with_key(|(text, added)| one_way(text, added));
            joined.reason = proof.clone().err();
        }
    }
}

fn is_empty_prefix(kind: SegmentKind, text: &str) -> bool {
    match kind {
        SegmentKind::Path => text.is_empty(),
        SegmentKind::RePath => text.is_empty() || text == "^",
        SegmentKind::Language => false,
    }
}

/// A prefix that is compared as text, so there is only one way to match it.
fn is_plain(kind: SegmentKind, text: &str) -> bool {
    kind == SegmentKind::Path && !text.contains('<')
}

/// A regex under construction: equal to the segments so far, or a superset and the reason.
#[derive(Debug)]
struct Joined {
    python: String,
    reason: Option<String>,
}

impl Default for Joined {
    fn default() -> Self {
        Self { python: String::from("^"), reason: None }
    }
}

impl Joined {
    fn inexact(&mut self, superset: &str, reason: String) {
        self.python.push_str(superset);
        self.reason.get_or_insert(reason);
    }

    fn re_path_prefix(&mut self, text: &str) {
        if python_regex::has_top_level_alternation(text) {
            let said = format!("the prefix `{text}` has alternatives outside a group");
            return self.inexact(r"[\s\S]*", said);
        }
        match text.strip_prefix('^') {
            Some(body) if text.ends_with('$') => {
                let said = format!("the prefix `{text}` ends in `$`, so nothing can follow it");
                self.inexact(body.trim_end_matches('$'), said);
            }
            Some(body) => self.python.push_str(body),
            // `(?P<kwarg>[_]{0})`, which projects use to pass a keyword argument: found at once.
            None if is_only_empty(text) => {}
            None => {
                let said = format!("the prefix `{text}` has no `^`: Django searches it anywhere");
                self.inexact(&format!(r"[\s\S]*?{text}"), said);
            }
        }
    }

    fn language(&mut self, text: &str) {
        if text.split('|').any(str::is_empty) {
            let said = "the language prefix depends on the language of the request".to_owned();
            return self.inexact("(?:[^/]+/)?", said);
        }
        let codes: Vec<String> = text.split('|').map(python_escape).collect();
        _ = write!(self.python, "(?:{})/", codes.join("|"));
    }

    fn path(&mut self, text: &str, converters: &Converters) {
        let pieces = match pieces(text) {
            Ok(pieces) => pieces,
            Err(error) => return self.inexact(r"[\s\S]*", error.to_string()),
        };
        for piece in pieces {
            match piece {
                Piece::Literal(literal) => self.python.push_str(&python_escape(literal)),
                Piece::Converter { name, parameter } => match converters.get(name) {
                    Some(Converter { regex, refuses: false }) => {
                        _ = write!(self.python, "(?P<{parameter}>{regex})");
                    }
                    Some(Converter { regex, refuses: true }) => {
                        let said = format!("{REFUSES} has no equal outside Python");
                        self.inexact(&format!("(?P<{parameter}>{regex})"), said);
                    }
                    None => {
                        let said = format!("the regex of the converter `{name}` is not known");
                        self.inexact(r"[\s\S]+", said);
                    }
                },
            }
        }
    }

    fn end(&mut self, kind: SegmentKind, text: &str, converters: &Converters) {
        match kind {
            SegmentKind::Path => {
                self.path(text, converters);
                self.python.push('$');
            }
            SegmentKind::Language => {
                self.language(text);
                self.python.push('$');
            }
            SegmentKind::RePath if python_regex::has_top_level_alternation(text) => {
                let said = format!("`{text}` has alternatives outside a group");
                self.inexact(r"[\s\S]*", said);
            }
            SegmentKind::RePath => match text.strip_prefix('^') {
                Some(body) => self.python.push_str(body),
                // Ends in `$`: Django uses fullmatch, which is anchored by itself.
                None if text.ends_with('$') => self.python.push_str(text),
                None => _ = write!(self.python, r"[\s\S]*?{text}"),
            },
        }
    }
}

/// Whether an expression matches the empty text and nothing else.
fn is_only_empty(python: &str) -> bool {
    let translated = translate(python, Use::Part).ok().filter(|part| part.python_only.is_none());
    let hir = translated.and_then(|part| regex_syntax::Parser::new().parse(&part.rust).ok());
    hir.is_some_and(|hir| hir.properties().maximum_len() == Some(0))
}

/// Whether a prefix, as a Python regex, can match the start of a path in one way alone.
fn one_way(text: &str, python: &str) -> Result<(), String> {
    let translated = translate(python, Use::Part).map_err(|error| error.to_string())?;
    if let Some(what) = translated.python_only {
        return Err(format!("{what} has no equal outside Python"));
    }
    match language::prefix_free(&translated.rust) {
        Some(true) => Ok(()),
        Some(false) => Err(format!("the prefix `{text}` can match in more than one way")),
        None => Err(format!("the prefix `{text}` is too large to prove that it matches one way")),
    }
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
