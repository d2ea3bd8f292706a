//! Django itself as the judge: what the analyzer read is compared with what the running project
//! says about itself (`companion/src/outgrow_django/inventory.py`).
//!
//! The example monolith is asked here, with the interpreter that `OUTGROW_EXAMPLE_PYTHON` names.
//! The public projects were asked by `corpus/prepare.sh`; their folders lie below
//! `OUTGROW_CORPUS_DIR`. `./dev` sets both. Run with `--nocapture` to see every figure and miss.

#![expect(clippy::print_stdout, reason = "the figures are for people, on the test's own output")]

mod compare;
mod truth;

use std::path::{Path, PathBuf};
use std::process::Command;

use analyzer::map::Map;
use compare::{Bars, Report};
use truth::Truth;

use crate::skip::skip;

const EXACT: Bars =
    Bars { models: 100.0, relations: 100.0, endpoints: 100.0, exact: true, columns: 100.0 };
const PUBLIC: Bars =
    Bars { models: 99.0, relations: 98.0, endpoints: 95.0, exact: false, columns: 99.0 };

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
    judge("the example", &truth, &read(&root, None), &EXACT);
}

#[test]
fn a_shop_framework_with_forkable_apps_is_read_as_django_reads_it() {
    corpus("django-oscar", "settings", true);
}

#[test]
fn a_content_system_with_hooks_is_read_as_django_reads_it() {
    corpus("wagtail", "wagtail.test.settings", false);
}

#[test]
fn a_ticket_shop_with_plugins_is_read_as_django_reads_it() {
    corpus("pretix", "pretix.testutils.settings", false);
}

fn corpus(name: &str, settings: &str, always: bool) {
    if !always && std::env::var_os("OUTGROW_CORPUS").is_none_or(|value| value != "all") {
        println!("{name}: left to ./dev check-corpus (OUTGROW_CORPUS=all)");
        return;
    }
    let Some(folder) = std::env::var_os("OUTGROW_CORPUS_DIR") else {
        return skip("OUTGROW_CORPUS_DIR names no folder with prepared projects");
    };
    let project = Path::new(&folder).join(name);
    let Ok(answer) = std::fs::read(project.join("truth.json")) else {
        return skip(&format!("{name} is not prepared (analyzer/tests/corpus/prepare.sh)"));
    };
    judge(name, &Truth::parse(&answer), &read(&project.join("src"), Some(settings)), &PUBLIC);
}

fn read(root: &Path, settings: Option<&str>) -> Map {
    let options =
        analyzer::Options { settings: settings.map(str::to_owned), ..analyzer::Options::default() };
    analyzer::analyze(root, &options).expect("the project can be analyzed")
}

fn judge(name: &str, truth: &Truth, map: &Map, bars: &Bars) {
    let report = Report::new(truth, map);
    println!("{}", report.text(name));
    let failures = report.failures(bars);
    assert!(failures.is_empty(), "{name}: {}", failures.join("; "));
}

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("the crate lies in the workspace")
        .to_path_buf()
}
