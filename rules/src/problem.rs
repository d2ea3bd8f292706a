//! What is wrong with the rules, said so that one run is enough: every problem of every file.

use std::cmp::Ordering;
use std::fmt;

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use serde::Serialize;

use crate::code::Code;
use crate::load::Source;

/// How bad a problem is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The rules are refused.
    Error,
    /// The rules are taken; somebody should look.
    Warning,
    /// An answer, not a problem: what a command was asked for.
    Notice,
}

/// A place in a file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Place {
    /// The file, as its source named it.
    pub path: String,
    /// 1-based line.
    pub line: usize,
    /// 1-based column, in characters.
    pub column: usize,
    /// First byte of the marked text.
    pub start: usize,
    /// One past the last byte of the marked text.
    pub end: usize,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}", self.path, self.line, self.column)
    }
}

/// A second place that belongs to the problem.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Related {
    /// Where.
    pub place: Place,
    /// What is there, in a few words.
    pub message: String,
}

/// One problem.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// What kind, with a page that explains it.
    pub code: Code,
    /// Whether the rules are refused because of it.
    pub severity: Severity,
    /// What was expected and what came.
    pub message: String,
    /// Where; `None` only when there is no place, as for a missing upstream.
    pub place: Option<Place>,
    /// What to do now.
    pub help: Option<String>,
    /// Other places that belong to it.
    pub related: Vec<Related>,
}

impl Problem {
    /// An error without place, help or related places.
    pub fn error(code: Code, message: impl Into<String>) -> Self {
        let (severity, message) = (Severity::Error, message.into());
        Self { code, severity, message, place: None, help: None, related: Vec::new() }
    }

    /// A warning without place, help or related places.
    pub fn warning(code: Code, message: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, ..Self::error(code, message) }
    }

    /// An answer without place, help or related places.
    pub fn notice(code: Code, message: impl Into<String>) -> Self {
        Self { severity: Severity::Notice, ..Self::error(code, message) }
    }

    /// The same problem, at a place.
    #[must_use]
    pub fn at(mut self, place: Place) -> Self {
        self.place = Some(place);
        self
    }

    /// The same problem, at a place if there is one.
    #[must_use]
    pub fn at_if(mut self, place: Option<&Place>) -> Self {
        self.place = place.cloned().or(self.place);
        self
    }

    /// The same problem, with what to do now.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The same problem, with help only if there is some.
    #[must_use]
    pub fn help_if(mut self, help: Option<String>) -> Self {
        self.help = help.or(self.help);
        self
    }

    /// The same problem, with one more place that belongs to it.
    #[must_use]
    pub fn related(mut self, place: Place, message: impl Into<String>) -> Self {
        self.related.push(Related { place, message: message.into() });
        self
    }

    /// One line: place, code, message.
    pub fn concise(&self) -> String {
        match &self.place {
            Some(place) => format!("{place}: {} {}", self.code, self.message),
            None => format!("{} {}", self.code, self.message),
        }
    }

    fn sort_key(&self, other: &Self) -> Ordering {
        let key = |p: &Self| {
            let at = p.place.as_ref().map(|place| (place.path.clone(), place.start));
            (at, p.code, p.message.clone())
        };
        key(self).cmp(&key(other))
    }
}

/// Every problem of one run, with the texts they point into.
#[derive(Debug, Clone, Default)]
pub struct Problems {
    list: Vec<Problem>,
    sources: Vec<Source>,
}

impl Problems {
    /// Sorts the problems by place and keeps the sources to print lines from.
    pub fn new(mut list: Vec<Problem>, sources: Vec<Source>) -> Self {
        list.sort_by(Problem::sort_key);
        list.dedup();
        Self { list, sources }
    }

    /// The problems, by file and place.
    pub fn as_slice(&self) -> &[Problem] {
        &self.list
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether one of them refuses the rules.
    pub fn has_errors(&self) -> bool {
        self.list.iter().any(|problem| problem.severity == Severity::Error)
    }

    /// Each problem with its source line and a caret, ready to print; `colour` for terminals.
    pub fn render(&self, colour: bool) -> String {
        let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
        let mut text = String::new();
        for problem in &self.list {
            text.push_str(&renderer.render(&[self.group(problem)]));
            text.push_str("\n\n");
        }
        text
    }

    fn group<'a>(&'a self, problem: &'a Problem) -> Group<'a> {
        let level = match problem.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
            Severity::Notice => Level::NOTE,
        };
        let title = level.primary_title(problem.message.as_str()).id(problem.code.as_str());
        let mut group = Group::with_title(title);
        if let Some(snippet) = problem.place.as_ref().and_then(|place| self.snippet(place, None)) {
            group = group.element(snippet);
        }
        for related in &problem.related {
            if let Some(snippet) = self.snippet(&related.place, Some(&related.message)) {
                group = group.element(snippet);
            }
        }
        match &problem.help {
            Some(help) => group.element(Level::HELP.message(help.as_str())),
            None => group,
        }
    }

    fn snippet<'a>(
        &'a self,
        place: &Place,
        label: Option<&'a str>,
    ) -> Option<Snippet<'a, annotate_snippets::Annotation<'a>>> {
        let source = self.sources.iter().find(|source| source.path == place.path)?;
        let end = place.end.min(source.text.len());
        let kind = match label {
            None => AnnotationKind::Primary,
            Some(_) => AnnotationKind::Context,
        };
        let mark = kind.span(place.start.min(end)..end).label(label);
        Some(Snippet::source(source.text.as_str()).path(source.path.as_str()).annotation(mark))
    }
}

impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.render(false))
    }
}

impl std::error::Error for Problems {}

impl Serialize for Problems {
    /// The list alone: the sources are the reader's own files.
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.list.serialize(serializer)
    }
}

/// The words nearest to `word`, best first, for a did-you-mean; empty when none is near.
pub(crate) fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    let word = word.to_lowercase();
    let mut scored: Vec<(f64, &str)> = known
        .into_iter()
        .map(|known| (strsim::jaro_winkler(&word, &known.to_lowercase()), known))
        .filter(|(score, _)| *score >= NEAR)
        .collect();
    scored.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(b.1)));
    scored.into_iter().map(|(_, candidate)| candidate).take(SUGGESTIONS_MAX).collect()
}

/// Below this similarity (0..1, Jaro-Winkler) a suggestion confuses more than it helps.
const NEAR: f64 = 0.78;

/// Suggestions in one did-you-mean. Unit: words; more is a list to search, not an answer.
const SUGGESTIONS_MAX: usize = 3;

/// `did you mean `a` or `b`?`, or `None` when nothing is near.
pub fn did_you_mean<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<String> {
    let near = nearest(word, known);
    (!near.is_empty()).then(|| format!("did you mean {}?", one_of(&near)))
}

/// `` `a`, `b` or `c` ``.
pub(crate) fn one_of(words: &[&str]) -> String {
    let quoted: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
    match quoted.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} or {last}", rest.join(", ")),
        None => String::new(),
    }
}
