//! Django itself as the judge: what the analyzer read is compared with what the running project
//! says about itself (`companion/src/outgrow_django/inventory.py`).
//!
//! The example monolith is asked here, with the interpreter that `OUTGROW_EXAMPLE_PYTHON` names.
//! The public projects were asked by `corpus/prepare.sh`; their folders lie below
//! `OUTGROW_CORPUS_DIR`. `./dev` sets both. Run with `--nocapture` to see every figure and miss.
//!
//! Each public project is read twice: from its repository and the shipped catalogue alone, where
//! its own facts count, and with its installed libraries beside it, where all facts count.

#![expect(clippy::print_stdout, reason = "the figures are for people, on the test's own output")]

mod compare;
mod truth;

use std::path::{Path, PathBuf};
use std::process::Command;

use analyzer::map::Map;
use compare::{Bars, Report, Whose};
use truth::Truth;

use crate::skip::skip;

const EXACT: Bars = Bars {
    tables: 100.0,
    relations: 100.0,
    endpoints: 100.0,
    others: Some(100.0),
    whose: Whose::All,
};
const PUBLIC: Bars =
    Bars { tables: 99.5, relations: 99.0, endpoints: 99.0, others: None, whose: Whose::Own };

/// The project that is compared on every run.
const ALWAYS: &str = "django-oscar";

#[test]
fn the_example_is_read_as_django_reads_it() {
    let Some(python) = std::env::var_os("OUTGROW_EXAMPLE_PYTHON") else {
        return skip("OUTGROW_EXAMPLE_PYTHON names no interpreter with Django");
    };
    let root = repository().join("examples/django-monolith");
    let output = Command::new(python)
        .arg(repository().join("companion/src/outgrow_django/inventory.py"))
        .args(["--settings", "config.settings", "--path", ".", "--root", "."])
        .current_dir(&root)
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .env_remove("DATABASE_URL")
        .output()
        .expect("the interpreter starts");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let truth = Truth::parse(&output.stdout);
    let map = read(&root, &analyzer::Options::default());
    let failures = judge("the example", &truth, &map, &EXACT);
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

/// Every folder of `corpus/` is a project; `OUTGROW_CORPUS` is `all`, or the names of some.
#[test]
fn public_projects_are_read_as_django_reads_them() {
    let Some(folder) = std::env::var_os("OUTGROW_CORPUS_DIR") else {
        return skip("OUTGROW_CORPUS_DIR names no folder with prepared projects");
    };
    let mut failures = Vec::new();
    for (name, project) in prepared(Path::new(&folder)) {
        let answer = std::fs::read(project.join("truth.json")).expect("a prepared project has it");
        failures.extend(corpus(&name, &project, &Truth::parse(&answer)));
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

/// The projects to be compared that are prepared, with their folders.
pub(crate) fn prepared(folder: &Path) -> Vec<(String, PathBuf)> {
    let wanted = std::env::var_os("OUTGROW_CORPUS").unwrap_or_else(|| ALWAYS.into());
    let wanted = wanted.to_string_lossy();
    let mut found = Vec::new();
    for name in projects() {
        if wanted != "all" && !wanted.split_whitespace().any(|other| other == name) {
            continue;
        }
        let project = folder.join(&name);
        if project.join("truth.json").is_file() {
            found.push((name, project));
        } else {
            skip(&format!("{name} is not prepared (analyzer/tests/corpus/prepare.sh)"));
        }
    }
    found
}

fn projects() -> Vec<String> {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus");
    let entries = corpus.read_dir().expect("the corpus is part of the crate");
    let mut names: Vec<String> = entries
        .map(|entry| entry.expect("the corpus can be listed"))
        .filter(|entry| entry.path().join("recipe").is_file())
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

fn corpus(name: &str, project: &Path, truth: &Truth) -> Vec<String> {
    let source = project.join("src");
    let alone = analyzer::Options { settings: Some(truth.settings.clone()), ..Default::default() };
    let mut failures = judge(name, truth, &read(&source, &alone), &PUBLIC);
    let beside = analyzer::Options { site_packages: vec![site_packages(project)], ..alone };
    let all = Bars { whose: Whose::All, ..PUBLIC };
    let name = format!("{name} with its libraries");
    failures.extend(judge(&name, truth, &read(&source, &beside), &all));
    failures
}

fn site_packages(project: &Path) -> PathBuf {
    let versions = project.join("venv/lib").read_dir().expect("a prepared project has a venv");
    let mut folders = versions.filter_map(|entry| Some(entry.ok()?.path().join("site-packages")));
    folders.find(|folder| folder.is_dir()).expect("a venv has site-packages")
}

fn read(root: &Path, options: &analyzer::Options) -> Map {
    analyzer::analyze(root, options).expect("the project can be analyzed")
}

fn judge(name: &str, truth: &Truth, map: &Map, bars: &Bars) -> Vec<String> {
    let report = Report::new(truth, map);
    println!("{}", report.text(name));
    report.failures(bars).into_iter().map(|failure| format!("{name}: {failure}")).collect()
}

pub(crate) fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("the crate lies in the workspace")
        .to_path_buf()
}
