//! Statements that define, maintain or describe: which tables they concern, by their first words.
//!
//! Their grammar is regular enough to be read off the tokens, where sqlparser knows about half of
//! what PostgreSQL has.

use super::lexer::{Kind, Token};
use super::names::Cursor;
use super::{Tables, procedure, read_statement};

/// Statements that concern no table.
const SILENT: [&str; 33] = [
    "ABORT",
    "BEGIN",
    "CALL",
    "CHECKPOINT",
    "CLOSE",
    "COMMIT",
    "DEALLOCATE",
    "DELIMITER",
    "DISCARD",
    "END",
    "EXEC",
    "FETCH",
    "IMPORT",
    "LISTEN",
    "LOAD",
    "MOVE",
    "NOTIFY",
    "PRAGMA",
    "REASSIGN",
    "RELEASE",
    "RESET",
    "ROLLBACK",
    "SAVEPOINT",
    "SECURITY",
    "SET",
    "SHOW",
    "START",
    "UNLISTEN",
    "USE",
    "DESCRIBE",
    "ATTACH",
    "DETACH",
    "KILL",
];

/// Words between `CREATE`, `ALTER` or `DROP` and the kind of the object.
const MODIFIERS: [&str; 18] = [
    "OR",
    "REPLACE",
    "TEMP",
    "TEMPORARY",
    "UNLOGGED",
    "GLOBAL",
    "LOCAL",
    "FOREIGN",
    "UNIQUE",
    "MATERIALIZED",
    "RECURSIVE",
    "CONSTRAINT",
    "EVENT",
    "TRUSTED",
    "VIRTUAL",
    "FULLTEXT",
    "SPATIAL",
    "PROCEDURAL",
];

const EXISTENCE: [&str; 5] = ["IF", "NOT", "EXISTS", "ONLY", "CONCURRENTLY"];

/// Objects that belong to the table after `ON`.
const ON_A_TABLE: [&str; 5] = ["TRIGGER", "RULE", "POLICY", "INDEX", "CONSTRAINT"];

/// Objects that are relations themselves, or are addressed like them.
const RELATIONS: [&str; 4] = ["TABLE", "VIEW", "SEQUENCE", "INDEX"];

/// Objects that concern no table.
const NO_TABLE: [&str; 23] = [
    "ACCESS",
    "AGGREGATE",
    "CAST",
    "COLLATION",
    "CONVERSION",
    "DATABASE",
    "DEFAULT",
    "DOMAIN",
    "EXTENSION",
    "FUNCTION",
    "GROUP",
    "LANGUAGE",
    "OPERATOR",
    "OWNED",
    "PROCEDURE",
    "ROLE",
    "ROUTINE",
    "SCHEMA",
    "SERVER",
    "SYSTEM",
    "TEXT",
    "TYPE",
    "USER",
];

/// What the statement touches; none where its first words are not known.
pub(super) fn read(tokens: &[Token<'_>], depth: usize) -> Option<Tables> {
    let mut found = Tables::default();
    let mut at = Cursor::new(tokens);
    let first = at.peek()?;
    at.skip();
    if first.is_one_of(&SILENT) {
        return Some(found);
    }
    match first.text.to_ascii_uppercase().as_str() {
        "CREATE" => create(&mut at, &mut found, depth)?,
        "ALTER" | "DROP" => change(&mut at, &mut found)?,
        "COMMENT" => described(&mut at, &mut found),
        "GRANT" | "REVOKE" => granted(&mut at, &mut found),
        "TRUNCATE" => {
            at.take("TABLE");
            found.writes.extend(at.names());
        }
        "COPY" => copy(&mut at, &mut found, depth),
        "LOCK" | "REINDEX" | "CLUSTER" | "VACUUM" | "ANALYZE" | "ANALYSE" => {
            at.bracket();
            let words = ["TABLE", "FULL", "VERBOSE", "FREEZE", "ANALYZE", "ANALYSE", "INDEX"];
            at.skip_words(&words);
            at.skip_words(&["CONCURRENTLY"]);
            let whole = at.peek().is_some_and(|t| t.is_one_of(&["DATABASE", "SYSTEM", "SCHEMA"]));
            found.refers.extend(if whole { Vec::new() } else { at.names() });
        }
        "REFRESH" => {
            at.skip_words(&["MATERIALIZED", "VIEW", "CONCURRENTLY"]);
            found.writes.extend(at.name());
        }
        "DO" => body(at.rest(), &mut found, depth),
        "EXPLAIN" => {
            at.bracket();
            at.skip_words(&["ANALYZE", "ANALYSE", "VERBOSE", "QUERY", "PLAN"]);
            found.join(read_statement(at.rest(), depth));
        }
        "PREPARE" | "DECLARE" => {
            let word = if first.is("PREPARE") { "AS" } else { "FOR" };
            if at.find(word) {
                found.join(read_statement(at.rest(), depth));
            }
        }
        "EXECUTE" => found.opaque = Some("a prepared statement"),
        _ => return None,
    }
    Some(found)
}

fn create(at: &mut Cursor<'_, '_>, found: &mut Tables, depth: usize) -> Option<()> {
    at.skip_words(&MODIFIERS);
    let kind = at.peek()?.text.to_ascii_uppercase();
    at.skip();
    match kind.as_str() {
        "TABLE" => {
            at.skip_words(&EXISTENCE);
            found.defines.extend(at.name());
            references(at.rest(), found);
            let mut query = *at;
            if query.find("AS") {
                found.join(read_statement(query.rest(), depth));
            }
        }
        "VIEW" => {
            at.skip_words(&EXISTENCE);
            found.defines.extend(at.name());
            if at.find("AS") {
                found.join(read_statement(at.rest(), depth));
            }
        }
        "SEQUENCE" => {
            at.skip_words(&EXISTENCE);
            found.defines.extend(at.name());
            owner(at, found);
        }
        "FUNCTION" | "PROCEDURE" => body(at.rest(), found, depth),
        "PUBLICATION" => {
            if at.find("TABLE") {
                found.refers.extend(at.names());
            }
        }
        "STATISTICS" => {
            if at.find("FROM") {
                found.refers.extend(at.name());
            }
        }
        "TRIGGER" | "RULE" | "POLICY" | "INDEX" => {
            let rule = kind == "RULE" && at.find("TO");
            if rule || at.find("ON") {
                at.take("ONLY");
                found.defines.extend(at.name());
            }
            if kind == "RULE" || kind == "TRIGGER" {
                // What a trigger of other databases does stands in it, not in a function.
                found.join(procedure::read(at.rest(), depth));
            }
        }
        kind if NO_TABLE.contains(&kind) => {}
        _ => return None,
    }
    Some(())
}

/// `ALTER` and `DROP`.
fn change(at: &mut Cursor<'_, '_>, found: &mut Tables) -> Option<()> {
    at.skip_words(&MODIFIERS);
    let kind = at.peek()?.text.to_ascii_uppercase();
    at.skip();
    match kind.as_str() {
        "TRIGGER" | "RULE" | "POLICY" => {
            if at.find("ON") {
                found.defines.extend(at.name());
            }
        }
        kind if RELATIONS.contains(&kind) => {
            at.skip_words(&EXISTENCE);
            found.defines.extend(at.names());
            references(at.rest(), found);
            owner(at, found);
        }
        "PUBLICATION" | "STATISTICS" | "SUBSCRIPTION" | "TRANSFORM" | "TABLESPACE" => {}
        kind if NO_TABLE.contains(&kind) => {}
        _ => return None,
    }
    Some(())
}

/// Other tables in the definition of one.
fn references(tokens: &[Token<'_>], found: &mut Tables) {
    for at in 0..tokens.len() {
        let mut cursor = Cursor::new(tokens.get(at..).unwrap_or_default());
        let named = cursor.take("REFERENCES")
            || (cursor.take("INHERIT") || cursor.take("LIKE"))
            || (cursor.take("PARTITION") && cursor.take("OF"))
            || (cursor.take("ATTACH") && cursor.take("PARTITION"))
            || (cursor.take("DETACH") && cursor.take("PARTITION"))
            || (cursor.take("RENAME") && cursor.take("TO"));
        if named {
            found.refers.extend(cursor.name());
        } else if cursor.take("INHERITS") {
            let parents = cursor.bracket().unwrap_or_default();
            found.refers.extend(Cursor::new(parents).names());
        }
    }
}

/// `OWNED BY table.column`.
fn owner(at: &mut Cursor<'_, '_>, found: &mut Tables) {
    if at.find("OWNED") && at.take("BY") {
        found.refers.extend(at.table_of_column());
    }
}

fn described(at: &mut Cursor<'_, '_>, found: &mut Tables) {
    at.take("ON");
    at.skip_words(&["MATERIALIZED", "FOREIGN", "EVENT"]);
    let Some(kind) = at.peek() else { return };
    at.skip();
    if kind.is("COLUMN") {
        found.refers.extend(at.table_of_column());
    } else if kind.is_one_of(&ON_A_TABLE) && at.find("ON") {
        at.take("DOMAIN");
        found.refers.extend(at.name());
    } else if kind.is_one_of(&RELATIONS) {
        found.refers.extend(at.name());
    }
}

fn granted(at: &mut Cursor<'_, '_>, found: &mut Tables) {
    if at.find("ON") {
        let other = |token: &Token<'_>| token.is("ALL") || token.is("LARGE") || token.is("FOREIGN");
        let object = |token: &Token<'_>| NO_TABLE.iter().any(|word| token.is(word));
        at.skip_words(&["TABLE", "SEQUENCE"]);
        if at.peek().is_none_or(|token| !other(token) && !object(token)) {
            found.refers.extend(at.names());
        }
    }
}

fn copy(at: &mut Cursor<'_, '_>, found: &mut Tables, depth: usize) {
    if let Some(query) = at.bracket() {
        found.join(read_statement(query, depth));
    } else if let Some(name) = at.name() {
        at.bracket();
        let tables = if at.take("FROM") { &mut found.writes } else { &mut found.reads };
        tables.insert(name);
    }
}

/// The body of a routine: the string that holds it, or what stands between `BEGIN` and `END`.
fn body(tokens: &[Token<'_>], found: &mut Tables, depth: usize) {
    let mut at = Cursor::new(tokens);
    let language = if at.find("LANGUAGE") { at.name() } else { None };
    let known = language.is_none_or(|name| name == "sql" || name == "plpgsql");
    let quoted = tokens.iter().find(|token| token.kind == Kind::Dollar).or_else(|| {
        let pairs = tokens.iter().zip(tokens.iter().skip(1));
        pairs.filter(|(before, _)| before.is("AS")).map(|(_, body)| body).next()
    });
    if !known {
        found.opaque = Some("a routine in a language that is not SQL");
    } else if let Some(text) = quoted.and_then(Token::content) {
        found.join(procedure::read(&super::lexer::tokens(&text), depth));
    } else {
        found.join(procedure::read(tokens, depth));
    }
}
