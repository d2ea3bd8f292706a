//! Text to syntax tree. Never fails: the parser recovers, and what it could not read is a problem.

use ruff_python_ast::{Expr, Stmt, StmtFunctionDef};
use ruff_python_parser::{Mode, ParseOptions, parse_unchecked};
use ruff_text_size::{Ranged, TextSize};

use super::source::{NESTING_MAX, Source, too_deep};

/// A syntax tree.
#[derive(Debug, Default)]
pub struct Ast {
    /// The statements of the module.
    pub body: Vec<Stmt>,
}

/// Something the parser could not read.
#[derive(Debug, Clone)]
pub struct Broken {
    /// Line, from 1.
    pub line: u32,
    /// Problem code.
    pub code: &'static str,
    /// Plain words.
    pub message: String,
}

/// The tree of `source`, and the first thing that is wrong with it.
pub fn parse(source: &Source) -> (Ast, Option<Broken>) {
    if let Some(line) = too_deep(&source.text) {
        let line = u32::try_from(line).unwrap_or(u32::MAX);
        let message = format!("nests deeper than {NESTING_MAX} levels; the file was skipped");
        return (Ast::default(), Some(Broken { line, code: "AN004", message }));
    }
    let parsed = parse_unchecked(&source.text, ParseOptions::from(Mode::Module));
    let broken = parsed.errors().first().map(|error| Broken {
        line: source.line(error.location.start().to_u32()),
        code: "AN003",
        message: format!("syntax error: {}; the rest of the file was read", error.error),
    });
    let body = match parsed.try_into_module() {
        Some(module) => module.into_suite().into_iter().collect(),
        None => Vec::new(),
    };
    (Ast { body }, broken)
}

impl Ast {
    /// The `def` statement that starts at `offset`.
    ///
    /// Functions keep a place instead of a copy of their tree: most are never called, and a walk
    /// down to one costs a few binary searches.
    pub fn function(&self, offset: u32) -> Option<&StmtFunctionDef> {
        find(&self.body, TextSize::new(offset))
    }
}

fn find(suite: &[Stmt], offset: TextSize) -> Option<&StmtFunctionDef> {
    let after = suite.partition_point(|stmt| stmt.start() <= offset);
    let stmt = suite.get(after.checked_sub(1)?)?;
    match stmt {
        Stmt::FunctionDef(def) if def.range.start() == offset => Some(def),
        Stmt::FunctionDef(def) => find(&def.body, offset),
        Stmt::ClassDef(def) => find(&def.body, offset),
        Stmt::For(s) => find(&s.body, offset).or_else(|| find(&s.orelse, offset)),
        Stmt::While(s) => find(&s.body, offset).or_else(|| find(&s.orelse, offset)),
        Stmt::With(s) => find(&s.body, offset),
        Stmt::If(s) => find(&s.body, offset)
            .or_else(|| s.elif_else_clauses.iter().find_map(|c| find(&c.body, offset))),
        Stmt::Try(s) => find(&s.body, offset)
            .or_else(|| {
                s.handlers.iter().find_map(|handler| {
                    let ruff_python_ast::ExceptHandler::ExceptHandler(handler) = handler;
                    find(&handler.body, offset)
                })
            })
            .or_else(|| find(&s.orelse, offset))
            .or_else(|| find(&s.finalbody, offset)),
        Stmt::Match(s) => s.cases.iter().find_map(|case| find(&case.body, offset)),
        _ => None,
    }
}

/// Text of the expression as written, shortened to `max` characters, on one line.
pub fn excerpt(source: &Source, expr: &Expr, max: usize) -> String {
    let range = expr.range();
    let text = source.text.get(range.start().to_usize()..range.end().to_usize()).unwrap_or("");
    let mut words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if let Some((cut, _)) = words.char_indices().nth(max) {
        words.truncate(cut);
        words.push_str("...");
    }
    words
}
