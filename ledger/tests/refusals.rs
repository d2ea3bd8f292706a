//! Files the ledger does not take, and writes that fail: values, never a panic, nothing lost.

use ledger::{Ledger, LedgerError, SCHEMA_VERSION};
use rusqlite::Connection;
use shadow::Verdict;

use crate::world::{World, seen};

#[test]
fn a_newer_file_is_refused() {
    let world = World::new();
    drop(world.open());
    let other = Connection::open(world.path()).expect("opens");
    other.pragma_update(None, "user_version", SCHEMA_VERSION + 1).expect("set");
    for result in [Ledger::open(&world.path()), Ledger::open_to_read(&world.path())] {
        let error = result.expect_err("refused");
        assert!(matches!(error, LedgerError::Newer { .. }), "{error}");
    }
}

#[test]
fn other_databases_are_refused_and_left_alone() {
    let world = World::new();
    let other = Connection::open(world.path()).expect("opens");
    other.execute_batch("CREATE TABLE theirs (a)").expect("made");
    let error = Ledger::open(&world.path()).expect_err("refused");
    assert!(matches!(error, LedgerError::Foreign { .. }), "{error}");
    let tables: u64 = other
        .query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))
        .expect("counted");
    assert_eq!(tables, 1);
}

#[test]
fn files_that_are_no_database_are_refused() {
    let world = World::new();
    std::fs::write(world.path(), "route,verdict\n".repeat(500)).expect("written");
    let error = Ledger::open(&world.path()).expect_err("refused");
    assert!(matches!(error, LedgerError::Foreign { .. }), "{error:?}");
    let missing = world.path().join("no/such/folder");
    let error = Ledger::open(&missing).expect_err("refused");
    assert!(matches!(error, LedgerError::Open { .. }), "{error:?}");
}

#[test]
fn a_reader_cannot_record() {
    let world = World::new();
    world.open().record(&seen("/a/", Verdict::Same)).expect("recorded");
    let mut reader = Ledger::open_to_read(&world.path()).expect("opens");
    let error = reader.record(&seen("/a/", Verdict::Same)).expect_err("refused");
    assert!(matches!(error, LedgerError::ReadOnly(_)), "{error:?}");
    assert_eq!(reader.status().expect("read")[0].counts.same, 1);
}

#[test]
fn the_file_itself_refuses_a_wrong_balance() {
    let world = World::new();
    world.open().record(&seen("/a/", Verdict::Same)).expect("recorded");
    let other = Connection::open(world.path()).expect("opens");
    let wrong = other.execute("UPDATE endpoint SET expected = expected + 1", []);
    assert!(wrong.is_err());
}
