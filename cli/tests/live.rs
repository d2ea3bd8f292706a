//! `outgrow analyze --database`: the example monolith, migrated by Django into a real PostgreSQL,
//! and what is done to that database behind Django's back.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use crate::world::{World, repository};

#[path = "../../reference-services/market-data/tests/world/postgres.rs"]
mod postgres;

use postgres::Cluster;

/// The interpreter with Django and the folder of PostgreSQL's programs, or a skip.
fn tools() -> Option<(PathBuf, PathBuf)> {
    let found = |name| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    let tools = found("OUTGROW_EXAMPLE_PYTHON").zip(found("OUTGROW_PG_BIN"));
    if tools.is_none() {
        let line = "SKIP: a live database: no Python with Django or no PostgreSQL\n";
        // Past the harness, which swallows what a passing test prints.
        std::io::stderr().write_all(line.as_bytes()).expect("stderr is open");
    }
    tools
}

/// A cluster with the example's tables, as `manage.py migrate` makes them.
fn migrated(python: &Path, bin: &Path) -> Cluster {
    let cluster = Cluster::start(bin);
    let done = Command::new(python)
        .current_dir(repository().join("examples/django-monolith"))
        .args(["manage.py", "migrate", "-v0"])
        .env("DATABASE_URL", cluster.url())
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .status()
        .expect("Python runs");
    assert!(done.success(), "manage.py migrate");
    cluster
}

/// The findings and the whole map, with the exit code that is expected.
fn analyzed(cluster: &Cluster, code: i32) -> (Vec<String>, Value) {
    let world = World::new();
    let example = repository().join("examples/django-monolith");
    let example = example.to_str().expect("a readable path");
    let url = cluster.url();
    world.run(&["analyze", example, "--quiet", "--database", &url]).exits(code);
    let map: Value = serde_json::from_str(&world.read("out/map.json")).expect("a map");
    let drift = map["drift"].as_array().cloned().unwrap_or_default();
    let told = |drift: &Value| {
        let text = |key: &str| drift[key].as_str().expect("a text").to_owned();
        format!("{} {}", text("code"), text("message"))
    };
    (drift.iter().map(told).collect(), map)
}

#[test]
fn a_migrated_database_agrees_and_every_change_of_it_is_found() {
    let Some((python, bin)) = tools() else { return };
    let cluster = migrated(&python, &bin);
    let (drift, map) = analyzed(&cluster, 0);
    assert_eq!(drift, [""; 0]);
    let relations = map["database"]["relations"].as_array().expect("relations");
    let view = relations.iter().find(|r| r["name"] == "portfolio_position_view").expect("a view");
    assert_eq!(view["kind"], "view");
    assert!(view["reads"].as_array().is_some_and(|reads| !reads.is_empty()), "{view}");

    cluster.sql(
        "CREATE TABLE leftovers (id int PRIMARY KEY, order_id bigint REFERENCES trading_order);
         ALTER TABLE trading_order ADD COLUMN legacy_note text;
         ALTER TABLE trading_execution DROP COLUMN price CASCADE;
         ALTER TABLE django_session DROP COLUMN session_data;
         CREATE FUNCTION audit() RETURNS trigger LANGUAGE plpgsql AS
           $$ BEGIN INSERT INTO leftovers SELECT id FROM trading_execution; RETURN NEW; END $$;
         CREATE TRIGGER watch AFTER UPDATE ON trading_order FOR EACH ROW EXECUTE FUNCTION audit();",
    );
    let (drift, map) = analyzed(&cluster, 1);
    let expected = [
        "AN030 the database has the column trading_order.legacy_note; no migration makes it, no \
         model declares it",
        "AN030 the database has the table leftovers; no migration makes it, no model owns it",
        "AN031 the database lacks the column django_session.session_data",
        "AN031 the database lacks the column trading_execution.price; a migration makes it",
    ];
    let mut drift = drift;
    drift.sort();
    assert_eq!(drift, expected);
    let trigger = &map["database"]["triggers"][0];
    assert_eq!(trigger["table"], "trading_order");
    assert_eq!(trigger["writes"], serde_json::json!(["leftovers"]));
    assert_eq!(trigger["reads"], serde_json::json!(["trading_execution"]));
}

#[test]
fn nullability_and_references_are_compared() {
    let Some((python, bin)) = tools() else { return };
    let cluster = migrated(&python, &bin);
    cluster.sql(
        "ALTER TABLE trading_order ALTER COLUMN status DROP NOT NULL;
         DO $$ DECLARE name text; BEGIN
           SELECT conname INTO name FROM pg_constraint
             WHERE conrelid = 'trading_order'::regclass AND contype = 'f' ORDER BY 1 LIMIT 1;
           EXECUTE 'ALTER TABLE trading_order DROP CONSTRAINT ' || quote_ident(name);
         END $$;",
    );
    let (drift, _) = analyzed(&cluster, 1);
    assert_eq!(drift.len(), 2, "{drift:?}");
    let said = drift.join("\n");
    assert!(said.contains("AN032 trading_order.status: may not be NULL, in the database may be"));
    assert!(said.contains("and the database does not enforce it"), "{said}");
}

#[test]
fn what_was_executed_is_counted_and_nothing_is_written() {
    let Some((python, bin)) = tools() else { return };
    let cluster = migrated(&python, &bin);
    if !bin.with_file_name("lib").join("pg_stat_statements.so").is_file() {
        return;
    }
    cluster.sql("CREATE EXTENSION pg_stat_statements");
    cluster.sql(
        "SELECT 1 FROM trading_order o JOIN trading_execution f ON true /*route='api%2Ffills'*/",
    );
    let (drift, map) = analyzed(&cluster, 0);
    assert_eq!(drift, [""; 0]);
    let statements = map["database"]["statements"].as_array().expect("statements");
    let pair = serde_json::json!(["trading_execution", "trading_order"]);
    let joined = statements.iter().find(|s| s["reads"] == pair).expect("the join was executed");
    assert_eq!(joined["routes"], serde_json::json!(["api/fills"]));
    let text = serde_json::to_string(&map).expect("JSON");
    assert!(!text.contains("\"SELECT"), "no text of a statement is kept");
}

#[test]
fn what_cannot_be_reached_is_said_without_the_password() {
    let world = World::new();
    fs::create_dir_all(world.path().join("shop")).expect("a folder");
    fs::write(world.path().join("shop/settings.py"), "INSTALLED_APPS = []\nROOT_URLCONF = 'x'\n")
        .expect("a file");
    let refused = ["analyze", ".", "--database", "postgres://u:hush@127.0.0.1:1/x"];
    let run = world.run(&refused).exits(3).says("cannot connect to the database");
    assert!(!run.stderr.contains("hush"), "{}", run.stderr);
    let run = world.run(&["analyze", ".", "--database", "postgres://u:hush@h:x/x"]).exits(2);
    assert!(!run.stderr.contains("hush"), "{}", run.stderr);
    let tls = ["analyze", ".", "--database", "postgres://u@h/x?sslmode=require"];
    world.run(&tls).exits(2).says("tunnel");
}
