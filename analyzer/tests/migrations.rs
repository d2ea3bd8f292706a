//! Migrations, with Django's own `MigrationLoader` as the judge: the order in which they run, and
//! the tables with their columns that they build.

#![expect(clippy::print_stdout, reason = "the figures are for people, on the test's own output")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;

use analyzer::map::{Certainty, Map};
use analyzer::{Options, analyze};
use serde_json::Value;

use crate::oracle::{prepared, repository};
use crate::skip::skip;

/// Columns of a thousand that may differ, as for the models.
const WRONG_PER_MILLE_MAX: usize = 5;

/// What Django says of a project's own migrations.
struct Truth {
    settings: String,
    order: Vec<String>,
    edges: Vec<(String, String)>,
    tables: BTreeMap<String, Vec<String>>,
}

/// What Django answers to a command that runs `corpus/migrated.py`.
fn ask(command: &mut Command) -> Truth {
    let output = command.output().expect("the interpreter starts");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let answer: Value = serde_json::from_slice(&output.stdout).expect("the answer is JSON");
    let key = |value: &Value| {
        let parts = value.as_array().expect("a pair").iter();
        parts.map(|part| part.as_str().expect("a text")).collect::<Vec<_>>().join(".")
    };
    let list = |name: &str| answer[name].as_array().expect("a list").clone();
    Truth {
        settings: answer["settings"].as_str().expect("a module").to_owned(),
        order: list("migrations").iter().map(key).collect(),
        edges: list("edges").iter().map(|edge| (key(&edge[0]), key(&edge[1]))).collect(),
        tables: serde_json::from_value(answer["tables"].clone()).expect("tables with columns"),
    }
}

/// Migrations that only one side knows, or that run too early.
fn misses(truth: &Truth, map: &Map) -> Vec<String> {
    let mut misses = Vec::new();
    // Django starts with one set of apps; what another environment would install does not count.
    let sure: BTreeSet<&str> = map
        .apps
        .iter()
        .filter(|app| app.certainty == Certainty::Certain)
        .map(|app| app.label.as_str())
        .collect();
    let certain = map.migrations.iter().filter(|migration| sure.contains(&*migration.app));
    let order: Vec<String> = certain.map(|m| format!("{}.{}", m.app, m.name)).collect();
    let (theirs, ours): (BTreeSet<&String>, BTreeSet<&String>) =
        (truth.order.iter().collect(), order.iter().collect());
    misses.extend(theirs.symmetric_difference(&ours).map(|name| format!("migration {name}")));
    let place: BTreeMap<&String, usize> = order.iter().enumerate().map(|(n, m)| (m, n)).collect();
    for (parent, child) in &truth.edges {
        if place.get(parent) > place.get(child) {
            misses.push(format!("{parent} must run before {child}"));
        }
    }
    misses
}

/// Columns that both know, and those that only one of them does.
fn columns(truth: &Truth, map: &Map) -> (usize, Vec<String>) {
    let owner = |label: &str| label.split_once('.').map(|(app, _)| app.to_owned());
    let sure = |app: &Option<String>| {
        let found = map.apps.iter().find(|known| app.as_deref() == Some(&*known.label));
        found.is_some_and(|app| app.certainty == Certainty::Certain)
    };
    let theirs: BTreeSet<String> = truth
        .tables
        .iter()
        .flat_map(|(table, columns)| columns.iter().map(move |column| format!("{table}.{column}")))
        .collect();
    let ours: BTreeSet<String> = map
        .migrated
        .iter()
        .filter(|table| sure(&owner(&table.owner)))
        .flat_map(|table| table.columns.iter().map(|column| format!("{}.{column}", table.name)))
        .collect();
    let missing = theirs.difference(&ours).map(|column| format!("missing {column}"));
    let extra = ours.difference(&theirs).map(|column| format!("extra {column}"));
    (theirs.intersection(&ours).count(), missing.chain(extra).collect())
}

fn judge(name: &str, truth: &Truth, map: &Map) -> Vec<String> {
    let mut failures = misses(truth, map);
    let (right, wrong) = columns(truth, map);
    let (migrations, tables) = (truth.order.len(), truth.tables.len());
    let of = right + wrong.len();
    println!("{name}: {migrations} migrations in order but for {} misses", failures.len());
    println!("{name}: {tables} tables, {right} of {of} columns, {} drifts", map.drift.len());
    for wrong in &wrong {
        println!("  {wrong}");
    }
    for drift in &map.drift {
        println!("  {}:{}: {} {}", drift.at.file, drift.at.line, drift.code, drift.message);
    }
    // Of a thousand columns, those that are known to one side alone.
    if wrong.len() * 1000 > of * WRONG_PER_MILLE_MAX {
        failures.extend(wrong);
    }
    failures.into_iter().map(|miss| format!("{name}: {miss}")).collect()
}

#[test]
fn the_example_is_migrated_as_django_migrates_it() {
    let Some(python) = std::env::var_os("OUTGROW_EXAMPLE_PYTHON") else {
        return skip("OUTGROW_EXAMPLE_PYTHON names no interpreter with Django");
    };
    let source = repository().join("examples/django-monolith");
    let script = repository().join("analyzer/tests/corpus/migrated.py");
    let truth = ask(Command::new(python)
        .arg(script)
        .args(["config.settings", ".", "."])
        .current_dir(&source)
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .env_remove("DATABASE_URL"));
    assert!(truth.tables.len() > 5, "Django knows the example's tables");
    let map = analyze(&source, &Options::default()).expect("the example can be analyzed");
    let misses = judge("the example", &truth, &map);
    assert!(misses.is_empty(), "{}", misses.join("\n"));
    assert_eq!(map.drift, [], "the example's migrations are complete");
}

/// Every project that is prepared and named by `OUTGROW_CORPUS`, as in the oracle.
#[test]
fn public_projects_are_migrated_as_django_migrates_them() {
    let Some(folder) = std::env::var_os("OUTGROW_CORPUS_DIR") else {
        return skip("OUTGROW_CORPUS_DIR names no folder with prepared projects");
    };
    let mut failures = Vec::new();
    for (name, project) in prepared(Path::new(&folder)) {
        let corpus = repository().join("analyzer/tests/corpus");
        let script = corpus.join("migrated.sh");
        let truth = ask(Command::new("sh").arg(script).arg(&name).arg(&project));
        let options = Options { settings: Some(truth.settings.clone()), ..Options::default() };
        let map = analyze(&project.join("src"), &options).expect("the project can be analyzed");
        failures.extend(judge(&name, &truth, &map));
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}
