//! The fallback for what no parser accepts: names after the words that introduce a relation. What
//! it finds is a guess, and said to be one.

use std::collections::BTreeSet;

use super::Tables;
use super::lexer::{Kind, Token};
use super::names::Cursor;

/// Words after which a comma goes on with the next relation, until one of these ends the list.
const ENDS: [&str; 12] = [
    "WHERE",
    "SET",
    "GROUP",
    "ORDER",
    "HAVING",
    "LIMIT",
    "ON",
    "RETURNING",
    "UNION",
    "VALUES",
    "SELECT",
    "WINDOW",
];

/// Words that look like the name of a relation where one could stand.
const NO_NAMES: [&str; 9] =
    ["SELECT", "SET", "OF", "NOWAIT", "SKIP", "LATERAL", "ONLY", "VALUES", "UNNEST"];

/// What the tokens of one statement seem to touch.
pub(super) fn read(tokens: &[Token<'_>]) -> Tables {
    let mut found = Tables { guessed: true, ..Tables::default() };
    let ctes = ctes(tokens);
    // How deep in brackets a list of relations goes on, if one does.
    let mut list = None;
    let mut open = 0_usize;
    for (at, token) in tokens.iter().enumerate() {
        let before = |n: usize| at.checked_sub(n).and_then(|at| tokens.get(at));
        let after = |words: &[&str]| before(1).is_some_and(|token| token.is_one_of(words));
        open = match token.kind {
            Kind::Other(b'(') => open + 1,
            Kind::Other(b')') => open.saturating_sub(1),
            _ => open,
        };
        let writes = if token.is("FROM") && !after(&["DISTINCT"]) {
            list = Some(open);
            after(&["DELETE"])
        } else if token.is_one_of(&["JOIN", "USING"]) {
            list = Some(open);
            false
        } else if token.is("INTO") || (token.is("UPDATE") && !after(&["DO", "FOR", "ON", "KEY"])) {
            true
        } else if list == Some(open) && token.is_mark(b',') {
            false
        } else {
            list = list.filter(|depth| *depth <= open && !token.is_one_of(&ENDS));
            continue;
        };
        let mut cursor = Cursor::new(tokens.get(at + 1..).unwrap_or_default());
        cursor.skip_words(&["ONLY", "LATERAL", "IGNORE", "TABLE"]);
        if cursor.peek().is_none_or(|token| token.is_one_of(&NO_NAMES)) {
            continue;
        }
        let Some(name) = cursor.name() else { continue };
        let call = cursor.peek().is_some_and(|token| token.is_mark(b'('));
        if writes {
            found.writes.insert(name);
        } else if !call && !ctes.contains(&name) {
            found.reads.insert(name);
        }
    }
    found
}

/// Names in front of `AS (`, `AS MATERIALIZED (`: those of CTEs.
fn ctes(tokens: &[Token<'_>]) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    if !tokens.iter().any(|token| token.is("WITH")) {
        return found;
    }
    for (at, token) in tokens.iter().enumerate() {
        let mut body = Cursor::new(tokens.get(at + 1..).unwrap_or_default());
        body.skip_words(&["NOT", "MATERIALIZED"]);
        if !token.is("AS") || !body.peek().is_some_and(|token| token.is_mark(b'(')) {
            continue;
        }
        let mut head = tokens.get(..at).unwrap_or_default();
        if head.last().is_some_and(|token| token.is_mark(b')')) {
            let open = head.iter().rposition(|token| token.is_mark(b'(')).unwrap_or(0);
            head = head.get(..open).unwrap_or_default();
        }
        found.extend(head.last().and_then(Token::name));
    }
    found
}
