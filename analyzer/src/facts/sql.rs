//! Raw SQL: which tables a text reads, writes and defines.
//!
//! The text is cut into statements by a scanner that knows dollar quotes. Queries and changes go
//! through sqlparser with our own scopes and verbs, definitions are read off their tokens, bodies
//! of routines are read again as SQL. What no parser accepts is guessed from its tokens; what is
//! left is opaque. No statement is dropped.

mod change;
mod definition;
mod guess;
mod lexer;
mod names;
mod procedure;
mod query;

use std::collections::BTreeSet;

pub use change::{Change, changes};
use lexer::{Token, plain, split, tokens};

/// Longest text that is read, in bytes; a longer one is data, not statements.
const SQL_BYTES_MAX: usize = 4 * 1024 * 1024;

/// Longest statement that the recursive parser is given, in tokens; a longer one is a list of
/// rows, and its head says what it writes.
const TOKENS_MAX: usize = 20_000;

/// Words that start a query or a change of rows.
const ROWS: [&str; 8] =
    ["SELECT", "WITH", "INSERT", "UPDATE", "DELETE", "MERGE", "REPLACE", "VALUES"];

/// The tables of one SQL text, by their own names without schema, folded as PostgreSQL does.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tables {
    /// Tables that are read.
    pub reads: BTreeSet<String>,
    /// Tables whose rows are written.
    pub writes: BTreeSet<String>,
    /// Tables, views, sequences and indexes that are made, changed or dropped; tables that get or
    /// lose an index, a trigger, a rule or a policy.
    pub defines: BTreeSet<String>,
    /// Tables that are named without being touched: `REFERENCES`, `COMMENT`, `GRANT`, `LOCK`.
    pub refers: BTreeSet<String>,
    /// Whether a part was guessed from its tokens.
    pub guessed: bool,
    /// Why a part of it could not be seen.
    pub opaque: Option<&'static str>,
}

impl Tables {
    /// Whether it names no table at all.
    pub fn is_empty(&self) -> bool {
        [&self.reads, &self.writes, &self.defines, &self.refers].iter().all(|set| set.is_empty())
    }

    fn join(&mut self, other: Self) {
        self.reads.extend(other.reads);
        self.writes.extend(other.writes);
        self.defines.extend(other.defines);
        self.refers.extend(other.refers);
        self.guessed |= other.guessed;
        self.opaque = self.opaque.or(other.opaque);
    }
}

/// The tables that `text` touches.
pub fn tables(text: &str) -> Tables {
    let mut found = Tables::default();
    for statement in statements(text) {
        found.join(statement);
    }
    found
}

/// The tables of each statement of the text, in order.
pub fn statements(text: &str) -> Vec<Tables> {
    if text.len() > SQL_BYTES_MAX {
        return vec![Tables { opaque: Some("the text is too long"), ..Tables::default() }];
    }
    split(&tokens(text)).into_iter().map(|statement| read_statement(statement, 0)).collect()
}

/// One statement, inside `depth` bodies of routines.
fn read_statement(statement: &[Token<'_>], depth: usize) -> Tables {
    let head = statement.iter().find(|token| !token.is_mark(b'('));
    let rows = head.is_some_and(|token| token.is_one_of(&ROWS))
        || statement.first().is_some_and(|token| token.is("TABLE"));
    if !rows {
        if let Some(found) = definition::read(statement, depth) {
            return found;
        }
    } else if statement.len() <= TOKENS_MAX
        && let Some(found) = query::read(&plain(statement))
    {
        return found;
    }
    let mut found = guess::read(statement);
    if !rows && found.is_empty() {
        found.opaque = Some("it cannot be parsed");
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(sql: &str, reads: &[&str], writes: &[&str]) {
        let found = tables(sql);
        assert!(!found.guessed && found.opaque.is_none(), "{sql}: {found:?}");
        assert_eq!(found.reads.iter().collect::<Vec<_>>(), reads, "{sql}");
        assert_eq!(found.writes.iter().collect::<Vec<_>>(), writes, "{sql}");
    }

    #[test]
    fn verbs() {
        check("SELECT * FROM a JOIN s.b ON a.id = b.a_id WHERE a.x = %s", &["a", "b"], &[]);
        check("INSERT INTO a (x) SELECT x FROM b", &["b"], &["a"]);
        check("UPDATE a SET x = b.x FROM b WHERE a.id = b.id", &["b"], &["a"]);
        check("UPDATE a SET x = a2.x FROM a a2 WHERE a.id = a2.id", &["a"], &["a"]);
        check("DELETE FROM a WHERE id IN (SELECT a_id FROM b)", &["b"], &["a"]);
        check("UPDATE a SET x = (SELECT max(x) FROM a)", &["a"], &["a"]);
        check("TRUNCATE a, ONLY b CASCADE", &[], &["a", "b"]);
        check("COPY a (x) FROM STDIN; COPY (SELECT * FROM b) TO STDOUT", &["b"], &["a"]);
        check("SELECT * INTO a FROM b", &["b"], &["a"]);
        check("TABLE \"B\"; TABLE b", &["B", "b"], &[]);
    }

    #[test]
    fn names_that_are_no_tables() {
        check("WITH recent AS (SELECT * FROM a) SELECT * FROM recent, b", &["a", "b"], &[]);
        check("WITH a AS (SELECT * FROM a) SELECT * FROM a", &["a"], &[]);
        check("WITH RECURSIVE t AS (SELECT 1 UNION SELECT * FROM t) SELECT * FROM t", &[], &[]);
        check("SELECT (WITH c AS (SELECT 1) SELECT * FROM c) FROM c", &["c"], &[]);
        check("SELECT * FROM a, jsonb_array_elements(a.rows) AS r", &["a"], &[]);
        check(
            "WITH d AS (DELETE FROM a RETURNING *) INSERT INTO b SELECT * FROM d",
            &[],
            &["a", "b"],
        );
    }

    #[test]
    fn placeholders() {
        check("SELECT 1 FROM a WHERE x LIKE '10%%' AND y = %(why)s", &["a"], &[]);
        check("SELECT 1 FROM a WHERE x IN %s LIMIT %s", &["a"], &[]);
    }

    #[test]
    fn routines_are_read() {
        let body = "BEGIN SELECT x INTO STRICT y FROM a; IF EXISTS (SELECT 1 FROM b) THEN \
                    UPDATE c SET z = 1; END IF; FOR r IN SELECT * FROM d LOOP \
                    PERFORM f(r.id) FROM e; END LOOP; RETURN NEW; END";
        check(
            &format!("CREATE FUNCTION f() RETURNS trigger AS $$ {body} $$ LANGUAGE plpgsql"),
            &["a", "b", "d", "e"],
            &["c"],
        );
        check(&format!("DO $x$ {body} $x$"), &["a", "b", "d", "e"], &["c"]);
    }

    #[test]
    fn what_is_no_sql_is_opaque() {
        assert_eq!(tables("SELEKT").opaque, Some("it cannot be parsed"));
        assert!(tables("DO $$ BEGIN EXECUTE 'DROP TABLE ' || name; END $$").opaque.is_some());
        let guessed = tables("SELECT ~~ FROM a JOIN b USING (x), c WHERE !!");
        assert!(guessed.guessed && guessed.reads.len() == 3, "{guessed:?}");
    }
}
