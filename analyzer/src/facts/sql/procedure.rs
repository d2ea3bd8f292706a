//! Bodies of routines (PL/pgSQL and plain SQL): the statements embedded in them, read again.

use super::lexer::{Kind, Token};
use super::names::Cursor;
use super::{Tables, read_statement};

/// Bodies in bodies that are read; a routine that creates a routine has two.
const DEPTH_MAX: usize = 4;

/// Words that start an embedded statement.
const STARTS: [&str; 17] = [
    "SELECT", "WITH", "INSERT", "UPDATE", "DELETE", "MERGE", "TRUNCATE", "CREATE", "ALTER", "DROP",
    "PERFORM", "COPY", "LOCK", "REFRESH", "COMMENT", "GRANT", "REVOKE",
];

/// Words after which a statement may start.
const OPENERS: [&str; 9] = ["BEGIN", "THEN", "ELSE", "LOOP", "IN", "QUERY", "FOR", "DO", "ATOMIC"];

/// What the statements of a body touch.
pub(super) fn read(tokens: &[Token<'_>], depth: usize) -> Tables {
    let mut found = Tables::default();
    if depth >= DEPTH_MAX {
        found.opaque = Some("bodies nested too deep");
        return found;
    }
    let mut at = 0;
    let mut may_start = true;
    while let Some(token) = tokens.get(at) {
        let rest = tokens.get(at..).unwrap_or_default();
        if may_start && token.is_one_of(&STARTS) {
            let end = end(rest);
            let statement = without_variables(rest.get(..end).unwrap_or_default());
            found.join(read_statement(&statement, depth + 1));
            at += end;
            continue;
        }
        if may_start && token.is("EXECUTE") && !is_trigger_action(rest) {
            found.opaque = Some("a statement is put together in the database");
        }
        let query = token.is_mark(b'(')
            && rest.get(1).is_some_and(|token| token.is_one_of(&["SELECT", "WITH"]));
        if query && let Some(inner) = Cursor::new(rest).bracket() {
            found.join(read_statement(inner, depth + 1));
            at += inner.len();
        }
        may_start = token.is_mark(b';') || token.is_mark(b'(') || token.is_one_of(&OPENERS);
        at += 1;
    }
    found
}

/// `EXECUTE FUNCTION f()`: what a trigger calls.
fn is_trigger_action(tokens: &[Token<'_>]) -> bool {
    tokens.get(1).is_some_and(|token| token.is_one_of(&["FUNCTION", "PROCEDURE"]))
}

/// Where an embedded statement ends: at a semicolon, at the bracket around it, or at the body of
/// the loop over it.
fn end(tokens: &[Token<'_>]) -> usize {
    let mut open = 0_usize;
    let close = tokens.iter().position(|token| match token.kind {
        Kind::Other(b'(') => {
            open += 1;
            false
        }
        Kind::Other(b')') if open == 0 => true,
        Kind::Other(b')') => {
            open -= 1;
            false
        }
        Kind::Other(b';') => true,
        Kind::Word => open == 0 && token.is("LOOP"),
        _ => false,
    });
    close.unwrap_or(tokens.len())
}

/// `SELECT a INTO b FROM c` assigns to a variable here, and `PERFORM` is a query.
fn without_variables<'a>(statement: &[Token<'a>]) -> Vec<Token<'a>> {
    let mut kept: Vec<Token<'a>> = Vec::with_capacity(statement.len());
    let mut at = Cursor::new(statement);
    let assigns = statement
        .first()
        .is_some_and(|t| t.is_one_of(&["SELECT", "WITH", "INSERT", "UPDATE", "DELETE"]));
    while let Some(token) = at.peek() {
        let target = token.is("INTO")
            && !kept.last().is_some_and(|before| before.is_one_of(&["INSERT", "MERGE", "REPLACE"]));
        at.skip();
        if assigns && target {
            at.skip_words(&["STRICT"]);
            at.names();
        } else if token.is("PERFORM") && kept.is_empty() {
            kept.push(Token { text: "SELECT", ..*token });
        } else {
            kept.push(*token);
        }
    }
    kept
}
