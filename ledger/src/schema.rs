//! The tables, their version, and the refusal of files this program does not understand.

use std::path::Path;

use rusqlite::Connection;

use crate::LedgerError;

/// The version of the tables. A file with a higher one is refused, a lower one would be upgraded.
pub const SCHEMA_VERSION: i64 = 1;

/// What marks a SQLite file as ours: "outg" in ASCII.
const APPLICATION_ID: i64 = 0x6f75_7467;

/// Version 1. The balance of every endpoint is the table's own CHECK: a program that counts wrong
/// is refused by the file.
const TABLES: &str = "
CREATE TABLE endpoint (
    id           INTEGER PRIMARY KEY,
    context      TEXT    NOT NULL,
    route        TEXT    NOT NULL,
    method       TEXT    NOT NULL,
    expected     INTEGER NOT NULL DEFAULT 0,
    same         INTEGER NOT NULL DEFAULT 0,
    tolerated    INTEGER NOT NULL DEFAULT 0,
    different    INTEGER NOT NULL DEFAULT 0,
    shed         INTEGER NOT NULL DEFAULT 0,
    timed_out    INTEGER NOT NULL DEFAULT 0,
    incomparable INTEGER NOT NULL DEFAULT 0,
    samples      INTEGER NOT NULL DEFAULT 0,
    first_ms     INTEGER NOT NULL,
    last_ms      INTEGER NOT NULL,
    UNIQUE (context, route, method),
    CHECK (expected = same + tolerated + different + shed + timed_out + incomparable)
) STRICT;
CREATE TABLE void (
    endpoint INTEGER NOT NULL REFERENCES endpoint,
    word     TEXT    NOT NULL,
    count    INTEGER NOT NULL,
    PRIMARY KEY (endpoint, word)
) STRICT, WITHOUT ROWID;
CREATE TABLE difference (
    endpoint INTEGER NOT NULL REFERENCES endpoint,
    code     TEXT    NOT NULL,
    place    TEXT    NOT NULL,
    count    INTEGER NOT NULL,
    PRIMARY KEY (endpoint, code, place)
) STRICT, WITHOUT ROWID;
CREATE TABLE latency (
    endpoint INTEGER NOT NULL REFERENCES endpoint,
    side     TEXT    NOT NULL CHECK (side IN ('legacy', 'native')),
    bucket   INTEGER NOT NULL,
    count    INTEGER NOT NULL,
    PRIMARY KEY (endpoint, side, bucket)
) STRICT, WITHOUT ROWID;
CREATE TABLE sample (
    endpoint INTEGER NOT NULL REFERENCES endpoint,
    slot     INTEGER NOT NULL,
    at_ms    INTEGER NOT NULL,
    verdict  TEXT    NOT NULL,
    seen     TEXT    NOT NULL,
    PRIMARY KEY (endpoint, slot)
) STRICT, WITHOUT ROWID;
";

/// Makes the tables in a new file; refuses foreign and newer ones.
pub(crate) fn prepare(connection: &mut Connection, path: &Path) -> Result<(), LedgerError> {
    // Immediate: of two programs that open a new file at once, one makes the tables, one waits.
    let transaction = connection
        .transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)
        .map_err(|source| LedgerError::opening(path, source))?;
    if is_empty(&transaction)? {
        transaction.execute_batch(TABLES)?;
        transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
        transaction.pragma_update(None, "user_version", SCHEMA_VERSION)?;
    }
    check(&transaction, path)?;
    Ok(transaction.commit()?)
}

/// Refuses foreign and newer files.
pub(crate) fn check(connection: &Connection, path: &Path) -> Result<(), LedgerError> {
    let pragma = |name: &str| connection.pragma_query_value(None, name, |row| row.get::<_, i64>(0));
    if pragma("application_id")? != APPLICATION_ID {
        return Err(LedgerError::Foreign { path: path.to_owned() });
    }
    let found = pragma("user_version")?;
    if found > SCHEMA_VERSION {
        let known = SCHEMA_VERSION;
        return Err(LedgerError::Newer { path: path.to_owned(), found, known });
    }
    Ok(())
}

fn is_empty(connection: &Connection) -> Result<bool, LedgerError> {
    Ok(connection.query_row("SELECT count(*) = 0 FROM sqlite_schema", [], |row| row.get(0))?)
}
