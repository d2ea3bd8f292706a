//! What of a file an analysis depends on: its statements, without comments and blank lines between
//! them, without what docstrings say, and without the bodies of functions that nobody entered.
//! Where two texts have the same shape, an analysis of the one tells of the other, too, but for the
//! lines.

use std::collections::{BTreeMap, BTreeSet};

use ruff_python_ast::{ExceptHandler, Stmt};
use ruff_text_size::{Ranged, TextRange, TextSize};
use serde::{Deserialize, Serialize};

use super::parse::Ast;
use super::source::Source;
use crate::repo::inputs::digest;

/// The shape of a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Shape {
    /// Digest of all that counts.
    sum: String,
    /// First and last line of each piece of it.
    lines: Vec<(u32, u32)>,
    /// Functions that nobody entered, by their place among all that were looked at.
    closed: BTreeSet<u32>,
}

impl Shape {
    /// The shape of a file; `entered` holds the places of functions whose bodies were looked at.
    pub(crate) fn of(source: &Source, ast: &Ast, entered: &BTreeSet<u32>) -> Self {
        Self::drawn(source, ast, |_, at| entered.contains(&at))
    }

    /// The shape of another text of the file, where the same functions do not count.
    pub(crate) fn again(&self, source: &Source, ast: &Ast) -> Self {
        Self::drawn(source, ast, |number, _| !self.closed.contains(&number))
    }

    fn drawn(source: &Source, ast: &Ast, enters: impl Fn(u32, u32) -> bool) -> Self {
        let mut drawing = Drawing {
            source,
            enters,
            functions: 0,
            parts: Vec::new(),
            lines: Vec::new(),
            closed: BTreeSet::new(),
        };
        drawing.suite(&ast.body);
        let Drawing { parts, lines, closed, .. } = drawing;
        Self { sum: digest(parts), lines, closed }
    }

    /// The lines of this text as lines of the other, if both have the same shape.
    pub(crate) fn moved(&self, other: &Self) -> Option<BTreeMap<u32, u32>> {
        if self.sum != other.sum || self.lines.len() != other.lines.len() {
            return None;
        }
        let mut moved = BTreeMap::new();
        for ((first, last), (to, end)) in self.lines.iter().zip(&other.lines) {
            // The same text has as many lines; what was kept may say anything.
            if last.checked_sub(*first) != end.checked_sub(*to) {
                return None;
            }
            for line in *first..=*last {
                let now = line - first + to;
                // Statements that shared a line and no longer do: a line alone cannot tell them.
                if *moved.entry(line).or_insert(now) != now {
                    return None;
                }
            }
        }
        // Lines that have become one: a map that named both would name it once.
        let now: BTreeSet<&u32> = moved.values().collect();
        (now.len() == moved.len()).then_some(moved)
    }
}

struct Drawing<'a, F> {
    source: &'a Source,
    /// Whether the function with this number, at this place, counts.
    enters: F,
    functions: u32,
    parts: Vec<&'a [u8]>,
    lines: Vec<(u32, u32)>,
    closed: BTreeSet<u32>,
}

impl<F: Fn(u32, u32) -> bool> Drawing<'_, F> {
    fn piece(&mut self, kind: &'static str, start: TextSize, end: TextSize) {
        let text = self.source.text.get(start.to_usize()..end.to_usize()).unwrap_or_default();
        self.parts.extend([kind.as_bytes(), text.as_bytes()]);
        let last = end.to_u32().saturating_sub(1).max(start.to_u32());
        self.lines.push((self.source.line(start.to_u32()), self.source.line(last)));
    }

    fn whole(&mut self, kind: &'static str, range: TextRange) {
        self.piece(kind, range.start(), range.end());
    }

    fn suite(&mut self, suite: &[Stmt]) {
        self.parts.push(b"{");
        for stmt in suite {
            self.statement(stmt);
        }
        self.parts.push(b"}");
    }

    fn statement(&mut self, stmt: &Stmt) {
        let start = stmt.start();
        match stmt {
            Stmt::FunctionDef(def) => {
                let end = def.returns.as_ref().map_or(def.parameters.end(), |told| told.end());
                self.piece("def", start, end);
                let number = self.functions;
                self.functions += 1;
                if (self.enters)(number, start.to_u32()) {
                    self.suite(&def.body);
                } else {
                    self.closed.insert(number);
                }
            }
            Stmt::ClassDef(def) => {
                let params = def.type_params.as_ref().map_or(def.name.end(), |told| told.end());
                self.piece("class", start, def.arguments.as_ref().map_or(params, |a| a.end()));
                self.suite(&def.body);
            }
            Stmt::For(s) => {
                self.piece("for", start, s.iter.end());
                self.suite(&s.body);
                self.suite(&s.orelse);
            }
            Stmt::While(s) => {
                self.piece("while", start, s.test.end());
                self.suite(&s.body);
                self.suite(&s.orelse);
            }
            Stmt::With(s) => {
                self.piece("with", start, s.items.last().map_or(start, Ranged::end));
                self.suite(&s.body);
            }
            Stmt::If(s) => {
                self.piece("if", start, s.test.end());
                self.suite(&s.body);
                for clause in &s.elif_else_clauses {
                    match &clause.test {
                        Some(test) => self.whole("elif", test.range()),
                        None => self.parts.push(b"else"),
                    }
                    self.suite(&clause.body);
                }
            }
            Stmt::Try(s) => {
                self.parts.push(if s.is_star { b"try*" } else { b"try" });
                self.suite(&s.body);
                for ExceptHandler::ExceptHandler(handler) in &s.handlers {
                    let name = handler.name.as_ref().map(Ranged::end);
                    let end = name.or(handler.type_.as_ref().map(|kind| kind.end()));
                    self.piece("except", handler.start(), end.unwrap_or(handler.start()));
                    self.suite(&handler.body);
                }
                self.suite(&s.orelse);
                self.suite(&s.finalbody);
            }
            Stmt::Match(s) => {
                self.piece("match", start, s.subject.end());
                for case in &s.cases {
                    let guard = case.guard.as_ref().map(|guard| guard.end());
                    self.piece("case", case.start(), guard.unwrap_or(case.pattern.end()));
                    self.suite(&case.body);
                }
            }
            // A docstring is evaluated, and what it says is dropped. No fact stands in it.
            Stmt::Expr(s) if s.value.is_string_literal_expr() => self.parts.push(b"text"),
            plain => self.whole("", plain.range()),
        }
    }
}
