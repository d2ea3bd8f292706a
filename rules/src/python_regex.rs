//! A regular expression of Python's `re`, said in the syntax of the Rust engine.
//!
//! Only the language matters here, the set of paths that match: groups lose their names, lazy and
//! greedy are the same. What has no equal in a finite automaton (look-around, back-references,
//! `\b` ...) is named, and replaced by something that matches more, never less. Such a pattern can
//! only send requests to legacy: taking too many there is safe, anywhere else it is not.

use std::fmt::Write as _;
use std::iter::Peekable;
use std::str::Chars;

use regex_syntax::hir::{Class, Hir, HirKind};

/// Length of one expression. Unit: characters; the longest in the monoliths we read has 412.
pub(crate) const REGEX_CHARS_MAX: usize = 4_096;

/// Size of one expression once its repeats are written out. Unit: states, roughly; `\w{100}` is
/// 80,000 and the largest pattern of the monoliths we read 15,000.
pub(crate) const REGEX_WEIGHT_MAX: u64 = 200_000;

/// Nesting of groups in one expression. Unit: levels.
pub(crate) const REGEX_DEPTH_MAX: usize = 50;

/// A text that is not a regular expression of Python.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a regular expression: {0}")]
pub struct RegexError(String);

/// An expression in Rust's syntax.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Translated {
    pub(crate) rust: String,
    /// What has no equal outside Python; then `rust` matches more than Python does.
    pub(crate) python_only: Option<&'static str>,
}

/// What Django does with the expression.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Use {
    /// The last part of a URL: `fullmatch` if the text ends in `$`, else `search`.
    Endpoint,
    /// The regex of a path converter: a part of something longer.
    Part,
}

/// Matches everything: the last resort of a translation that may only match too much.
const ANYTHING: &str = "(?s:.*)";

const DOLLAR_INSIDE: &str = "`$` before the end of the expression";

/// Translates; the result is to be searched anchored at the start.
pub(crate) fn translate(python: &str, usage: Use) -> Result<Translated, RegexError> {
    if python.chars().count() > REGEX_CHARS_MAX {
        return Err(RegexError(format!("it is longer than {REGEX_CHARS_MAX} characters")));
    }
    let whole = usage == Use::Endpoint && python.ends_with('$');
    // Under fullmatch nothing may follow, so `$` cannot mean "before the last newline".
    let dollar = if whole { r"\z" } else { r"(?:\n?\z)" };
    let mut translation = Translation::new(python, Some(dollar));
    translation.run()?;
    if translation.python_only == Some(DOLLAR_INSIDE) {
        translation = Translation::new(python, None);
        translation.run()?;
    }
    let Translation { rust, python_only, .. } = translation;
    let rust = match usage {
        Use::Part => format!("(?:{rust})"),
        Use::Endpoint if whole => format!(r"(?:{rust})\z"),
        Use::Endpoint if starts_anchored(python) => format!("(?:{rust})"),
        Use::Endpoint => format!("(?s:.)*?(?:{rust})"),
    };
    match regex_syntax::Parser::new().parse(&rust) {
        Ok(hir) if weight(&hir) > REGEX_WEIGHT_MAX => {
            Err(RegexError("its repeats multiply to more than a machine can hold".to_owned()))
        }
        Ok(_) => Ok(Translated { rust, python_only }),
        Err(error) => Err(RegexError(last_line(&error.to_string()))),
    }
}

/// About how many states the expression compiles to, without compiling it.
fn weight(hir: &Hir) -> u64 {
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) | HirKind::Class(Class::Bytes(_)) => 1,
        HirKind::Literal(literal) => u64::try_from(literal.0.len()).unwrap_or(u64::MAX),
        HirKind::Class(Class::Unicode(class)) => u64::try_from(class.ranges().len()).unwrap_or(1),
        HirKind::Repetition(repeat) => {
            let times = repeat.max.unwrap_or_else(|| repeat.min.saturating_add(1));
            weight(&repeat.sub).saturating_mul(u64::from(times.max(1)))
        }
        HirKind::Capture(capture) => weight(&capture.sub),
        HirKind::Concat(parts) | HirKind::Alternation(parts) => {
            parts.iter().map(weight).fold(1, u64::saturating_add)
        }
    }
}

/// Whether the whole expression only matches at the start: `^` in front and no alternative of it.
pub(crate) fn starts_anchored(python: &str) -> bool {
    (python.starts_with('^') || python.starts_with(r"\A")) && !has_top_level_alternation(python)
}

/// Whether a `|` stands outside every group and class.
pub(crate) fn has_top_level_alternation(python: &str) -> bool {
    top_level(python).any(|(_, c)| c == '|')
}

/// The characters outside of every group and class that no backslash stands before, each with its
/// place in bytes.
pub(crate) fn top_level(python: &str) -> impl Iterator<Item = (usize, char)> {
    let (mut depth, mut in_class, mut escaped) = (0_usize, false, false);
    python.char_indices().filter(move |(_, c)| {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '[' if !in_class => in_class = true,
            ']' if in_class => in_class = false,
            _ if in_class => {}
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ => return depth == 0,
        }
        false
    })
}

fn last_line(text: &str) -> String {
    let line = text.lines().last().unwrap_or(text);
    line.strip_prefix("error: ").unwrap_or(line).to_owned()
}

/// Python's Unicode `\w`, `\d`, `\s` as members of a class. They differ from Rust's: Python counts
/// every number and no combining mark as a word character, and four more separators as space.
const WORD: &str = r"\p{L}\p{N}_";
const SPACE: &str = r"\s\x1c-\x1f";

struct Translation<'p> {
    rest: Peekable<Chars<'p>>,
    rust: String,
    groups: Vec<Group>,
    /// What `$` becomes; `None` when it only says that something else matches too much.
    dollar: Option<&'static str>,
    /// A `$` was just written: only the end, an alternative or the end of groups may follow.
    tail_only: bool,
    python_only: Option<&'static str>,
}

/// What becomes of a group when it closes.
enum Group {
    Kept,
    /// What it held was written from here on and is replaced.
    Replaced {
        from: usize,
        by: &'static str,
    },
}

impl<'p> Translation<'p> {
    fn new(python: &'p str, dollar: Option<&'static str>) -> Self {
        Self {
            rest: python.chars().peekable(),
            rust: String::with_capacity(python.len() * 2),
            groups: Vec::new(),
            dollar,
            tail_only: false,
            python_only: dollar.is_none().then_some(DOLLAR_INSIDE),
        }
    }

    fn run(&mut self) -> Result<(), RegexError> {
        while let Some(c) = self.rest.next() {
            if self.tail_only && !matches!(c, '|' | ')') {
                self.tail_only = false;
                self.only_python(DOLLAR_INSIDE);
            }
            match c {
                '\\' => self.escape()?,
                '[' => self.class()?,
                '(' => self.group()?,
                ')' => self.close()?,
                '|' => {
                    self.tail_only = false;
                    self.rust.push('|');
                }
                '$' => self.end(self.dollar),
                '^' | '.' => self.rust.push(c),
                '*' | '+' | '?' => self.quantifier(c)?,
                '{' => self.counted()?,
                literal => push_literal(&mut self.rust, literal),
            }
        }
        if self.groups.is_empty() { Ok(()) } else { Err(invalid("a `(` is not closed")) }
    }

    fn only_python(&mut self, what: &'static str) {
        // `$` inside wins: it asks for a second translation.
        if self.python_only != Some(DOLLAR_INSIDE) {
            self.python_only = Some(what);
        }
    }

    /// The end of the path, as `$` and `\Z` mean it.
    fn end(&mut self, written: Option<&str>) {
        self.rust.push_str(written.unwrap_or("(?:)"));
        self.tail_only = self.dollar.is_some();
    }

    fn close(&mut self) -> Result<(), RegexError> {
        match self.groups.pop().ok_or_else(|| invalid("a `)` was never opened"))? {
            Group::Kept => self.rust.push(')'),
            Group::Replaced { from, by } => {
                self.tail_only = false;
                self.rust.truncate(from);
                self.rust.push_str(by);
            }
        }
        Ok(())
    }

    fn group(&mut self) -> Result<(), RegexError> {
        if self.groups.len() >= REGEX_DEPTH_MAX {
            return Err(RegexError(format!("more than {REGEX_DEPTH_MAX} nested groups")));
        }
        if self.rest.peek() != Some(&'?') {
            self.keep("(?:");
            return Ok(());
        }
        self.rest.next();
        match self.rest.next() {
            Some(':') => self.keep("(?:"),
            Some('P') => self.named_group()?,
            Some('=' | '!') => self.replace("a look-ahead", "(?:)"),
            Some('<') => {
                self.rest.next_if(|c| matches!(c, '=' | '!'));
                self.replace("a look-behind", "(?:)");
            }
            Some('>') => {
                self.only_python("an atomic group");
                self.keep("(?:");
            }
            Some('(') => {
                self.rest.by_ref().find(|c| *c == ')');
                self.replace("a conditional group", ANYTHING);
            }
            Some('#') => return self.comment(),
            Some(flag) => self.flags(flag)?,
            None => return Err(invalid("a `(` is not closed")),
        }
        Ok(())
    }

    fn keep(&mut self, opening: &str) {
        self.rust.push_str(opening);
        self.groups.push(Group::Kept);
    }

    fn replace(&mut self, what: &'static str, by: &'static str) {
        self.only_python(what);
        self.groups.push(Group::Replaced { from: self.rust.len(), by });
    }

    fn named_group(&mut self) -> Result<(), RegexError> {
        match self.rest.next() {
            Some('<') => {}
            Some('=') => {
                self.replace("a back-reference", ANYTHING);
                return Ok(());
            }
            _ => return Err(invalid("after `(?P` comes `<name>`")),
        }
        let mut name = String::new();
        loop {
            match self.rest.next() {
                Some('>') => break,
                Some(c) if c == '_' || c.is_alphanumeric() => name.push(c),
                _ => return Err(invalid("the name of a group is not closed by `>`")),
            }
        }
        if name.is_empty() || name.starts_with(|c: char| c.is_numeric()) {
            return Err(invalid("the name of a group is an identifier"));
        }
        self.keep("(?:");
        Ok(())
    }

    fn comment(&mut self) -> Result<(), RegexError> {
        match self.rest.find(|c| *c == ')') {
            Some(_) => Ok(()),
            None => Err(invalid("a comment is not closed")),
        }
    }

    /// `(?i)` and `(?i:...)`. The other flags change what `^`, `$`, `\w` or blanks mean.
    fn flags(&mut self, first: char) -> Result<(), RegexError> {
        let mut flags = String::from(first);
        let end = loop {
            match self.rest.next() {
                Some(c @ (':' | ')')) => break c,
                Some(c) => flags.push(c),
                None => return Err(invalid("a `(` is not closed")),
            }
        };
        if end == ')' && !self.rust.is_empty() {
            return Err(invalid("global flags stand at the start"));
        }
        if flags.chars().any(|flag| !matches!(flag, 'i' | 's' | 'u')) {
            return self.strange_flags(end);
        }
        let flags = flags.replace('u', "");
        match (flags.as_str(), end) {
            ("", ')') => {}
            ("", _) => self.keep("(?:"),
            (flags, ')') => _ = write!(self.rust, "(?{flags})"),
            (flags, _) => self.keep(&format!("(?{flags}:")),
        }
        Ok(())
    }

    /// `(?m)`, `(?x)`, `(?a)` ...: what follows means something else, so anything may match.
    fn strange_flags(&mut self, end: char) -> Result<(), RegexError> {
        self.replace("a flag other than `i` and `s`", ANYTHING);
        if end == ')' {
            self.rest.by_ref().for_each(drop);
            return self.close();
        }
        Ok(())
    }

    fn quantifier(&mut self, quantifier: char) -> Result<(), RegexError> {
        self.rust.push(quantifier);
        self.after_quantifier()
    }

    /// `?` makes it lazy, which changes no language; `+` makes it possessive, which does.
    fn after_quantifier(&mut self) -> Result<(), RegexError> {
        match self.rest.peek() {
            Some('+') => {
                self.rest.next();
                self.only_python("a possessive quantifier");
                self.no_more_repeats()
            }
            Some('*') => Err(invalid("multiple repeat")),
            Some('?') => {
                self.rest.next();
                self.rust.push('?');
                self.no_more_repeats()
            }
            _ => Ok(()),
        }
    }

    fn no_more_repeats(&mut self) -> Result<(), RegexError> {
        match self.rest.peek() {
            Some('*' | '+' | '?') => Err(invalid("multiple repeat")),
            _ => Ok(()),
        }
    }

    /// `{2}`, `{2,}`, `{,3}`, `{2,3}`; any other `{` is itself.
    fn counted(&mut self) -> Result<(), RegexError> {
        let ahead: String = self.rest.clone().take_while(|c| *c != '}').take(24).collect();
        let closed = self.rest.clone().nth(ahead.chars().count()) == Some('}');
        let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
        let (low, high) = ahead.split_once(',').unwrap_or((&ahead, &ahead));
        if !closed || ahead.is_empty() || !digits(low) || !digits(high) {
            push_literal(&mut self.rust, '{');
            return Ok(());
        }
        let low = if low.is_empty() { "0" } else { low };
        if ahead.contains(',') {
            _ = write!(self.rust, "{{{low},{high}}}");
        } else {
            _ = write!(self.rust, "{{{low}}}");
        }
        self.rest.nth(ahead.chars().count());
        self.after_quantifier()
    }

    fn escape(&mut self) -> Result<(), RegexError> {
        let c = self.rest.next().ok_or_else(|| invalid("a `\\` stands at the end"))?;
        match c {
            'w' => _ = write!(self.rust, "[{WORD}]"),
            'W' => _ = write!(self.rust, "[^{WORD}]"),
            's' => _ = write!(self.rust, "[{SPACE}]"),
            'S' => _ = write!(self.rust, "[^{SPACE}]"),
            'd' => self.rust.push_str(r"\d"),
            'D' => self.rust.push_str(r"\D"),
            'A' => self.rust.push_str(r"\A"),
            'Z' => self.end(self.dollar.map(|_| r"\z")),
            'b' | 'B' => {
                self.only_python("a word boundary");
                self.rust.push_str("(?:)");
            }
            '0'..='9' => {
                self.only_python("a back-reference or octal escape");
                while self.rest.next_if(char::is_ascii_digit).is_some() {}
                self.rust.push_str(ANYTHING);
            }
            other => {
                let literal = self.character(other)?;
                push_literal(&mut self.rust, literal);
            }
        }
        Ok(())
    }

    /// An escape that stands for one character, the same inside and outside a class.
    fn character(&mut self, c: char) -> Result<char, RegexError> {
        let digits = match c {
            'n' => return Ok('\n'),
            'r' => return Ok('\r'),
            't' => return Ok('\t'),
            'f' => return Ok('\x0c'),
            'v' => return Ok('\x0b'),
            'a' => return Ok('\x07'),
            'x' => 2,
            'u' => 4,
            'U' => 8,
            c if c.is_ascii_alphabetic() => {
                return Err(RegexError(format!("`\\{c}` is not an escape")));
            }
            c => return Ok(c),
        };
        let hex: String = self.rest.by_ref().take(digits).collect();
        let wrong = || RegexError(format!("`\\{c}{hex}` is not a character"));
        let code = u32::from_str_radix(&hex, 16).map_err(|_| wrong())?;
        char::from_u32(code).filter(|_| hex.len() == digits).ok_or_else(wrong)
    }

    fn class(&mut self) -> Result<(), RegexError> {
        self.rust.push('[');
        if self.rest.peek() == Some(&'^') {
            self.rest.next();
            self.rust.push('^');
        }
        let mut first = true;
        loop {
            let c = self.rest.next().ok_or_else(|| invalid("a `[` is not closed"))?;
            match c {
                ']' if !first => break,
                // A `-` between two members is a range, at the edges itself; both sides of the
                // decision are the same in the two languages, so it is passed on as it is.
                '-' if first || self.rest.peek() == Some(&']') => self.rust.push_str(r"\-"),
                '-' => self.range_dash()?,
                '\\' => self.escape_in_class()?,
                literal => push_literal(&mut self.rust, literal),
            }
            first = false;
        }
        self.rust.push(']');
        Ok(())
    }

    /// A range of Python ends in a character; `\w-x` and `a-\d` are errors there and stay errors.
    fn range_dash(&mut self) -> Result<(), RegexError> {
        if self.rust.ends_with(SPACE) || self.rust.ends_with(WORD) || self.rust.ends_with(r"\d") {
            return Err(invalid("a range starts with a class"));
        }
        self.rust.push('-');
        Ok(())
    }

    fn escape_in_class(&mut self) -> Result<(), RegexError> {
        let c = self.rest.next().ok_or_else(|| invalid("a `[` is not closed"))?;
        match c {
            'w' => self.rust.push_str(WORD),
            's' => self.rust.push_str(SPACE),
            'd' => self.rust.push_str(r"\d"),
            'W' => _ = write!(self.rust, "[^{WORD}]"),
            'S' => _ = write!(self.rust, "[^{SPACE}]"),
            'D' => self.rust.push_str(r"\D"),
            'b' => push_literal(&mut self.rust, '\x08'),
            '0'..='9' => {
                self.only_python("an octal escape");
                while self.rest.next_if(char::is_ascii_digit).is_some() {}
                self.rust.push_str(r"\x00-\u{10ffff}");
            }
            other => {
                let literal = self.character(other)?;
                push_literal(&mut self.rust, literal);
            }
        }
        Ok(())
    }
}

fn invalid(said: &str) -> RegexError {
    RegexError(said.to_owned())
}

/// A character that means itself, inside and outside a class.
pub(crate) fn push_literal(rust: &mut String, c: char) {
    if regex_syntax::is_meta_character(c) {
        rust.push('\\');
    }
    rust.push(c);
}
