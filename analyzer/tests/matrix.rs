//! The judge of the matrix: what each endpoint reads and writes, beside what the recorder of
//! `companion/` saw while the project's own tests ran.
//!
//! A cell is (endpoint, method, table). Recall: of the cells that were seen, how many the map has.
//! Precision: of the map's cells under endpoints and methods that were exercised, how many were
//! seen. A test suite does not take every branch, so a cell that was not seen may still be right.
//! Every miss is printed, and must be announced: the endpoint lists where it was lost sight of.

use std::fs::File;
use std::io::BufReader;
use std::path::{Path, PathBuf};
use std::process::Command;

use analyzer::evidence::{Comparison, Difference, Evidence, compare};
use analyzer::map::{Endpoint, Map};

use crate::skip::skip;

/// Shares in percent that must be reached.
struct Bars {
    writes: f64,
    reads: f64,
    precision: f64,
}

/// Projects whose recipes say how their own tests are recorded, with their settings.
const RECORDED: [(&str, &str); 6] = [
    ("coldfront", "coldfront.config.settings"),
    ("label-studio", "label_studio.core.settings.label_studio"),
    ("pretalx", "pretalx.settings"),
    ("pretix", "pretix.testutils.settings"),
    ("wagtail", "wagtail.test.settings"),
    ("wger", "project.settings"),
];

const BARS: Bars = Bars { writes: 95.0, reads: 90.0, precision: 80.0 };

#[test]
fn the_example_is_told_as_its_own_tests_use_it() {
    let Some(python) = std::env::var_os("OUTGROW_EXAMPLE_PYTHON") else {
        return skip("OUTGROW_EXAMPLE_PYTHON names no interpreter with Django");
    };
    let folder = tempfile::tempdir().expect("a folder");
    let evidence = folder.path().join("evidence.jsonl");
    let root = repository().join("examples/django-monolith");
    let output = Command::new(python)
        .args(["-m", "outgrow_django", "--evidence"])
        .arg(&evidence)
        .args(["manage.py", "test"])
        .current_dir(&root)
        .env("PYTHONPATH", repository().join("companion/src"))
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .env_remove("DATABASE_URL")
        .output()
        .expect("the interpreter starts");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let failures = judge("the example", &root, None, &evidence, &BARS);
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn public_projects_are_told_as_their_own_tests_use_them() {
    let Some(wanted) = std::env::var_os("OUTGROW_CORPUS") else {
        println!("left to ./dev check-corpus (OUTGROW_CORPUS=all, or the names of some)");
        return;
    };
    let wanted = wanted.to_string_lossy();
    let Some(folder) = std::env::var_os("OUTGROW_CORPUS_DIR") else {
        return skip("OUTGROW_CORPUS_DIR names no folder with prepared projects");
    };
    let mut failures = Vec::new();
    for (name, settings) in RECORDED {
        if wanted != "all" && !wanted.split_whitespace().any(|other| other == name) {
            continue;
        }
        let project = Path::new(&folder).join(name);
        let evidence = project.join("evidence.jsonl");
        if !evidence.exists() {
            skip(&format!("{name} has no evidence (analyzer/tests/corpus/record.sh)"));
            continue;
        }
        failures.extend(judge(name, &project.join("src"), Some(settings), &evidence, &BARS));
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn a_method_that_a_view_refuses_is_no_cell_of_the_matrix() {
    let root = tempfile::tempdir().expect("a folder");
    let files = [
        ("manage.py", "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'settings')\n"),
        ("settings.py", "ROOT_URLCONF = 'urls'\nINSTALLED_APPS = ['django.contrib.auth']\n"),
        (
            "urls.py",
            "from django.urls import path\n\
             from django.views.decorators.http import require_GET\n\n\n\
             @require_GET\ndef look(request):\n    request.user\n\n\n\
             urlpatterns = [path('look/', look)]\n",
        ),
    ];
    for (name, text) in files {
        std::fs::write(root.path().join(name), text).expect("a file");
    }
    let lines = ["GET", "POST"].map(|method| {
        format!(
            "{{\"method\":\"{method}\",\"route\":\"look/\",\"view\":\"urls.look\",\
             \"reads\":[\"auth_user\"],\"writes\":[]}}"
        )
    });
    let text = format!("{{\"schema\":\"outgrow.evidence/1\"}}\n{}\n", lines.join("\n"));
    let evidence = Evidence::read(text.as_bytes()).expect("the recorder's own format");
    let map = analyzer::analyze(root.path(), &analyzer::Options::default()).expect("a map");
    let comparison = compare(&map, &evidence);
    assert_eq!(comparison.refused, ["POST look/"]);
    assert_eq!((comparison.exercised, comparison.reads.both, comparison.reads.missed), (1, 1, 0));
}

/// Compares, prints, and says which bars are missed.
fn judge(
    name: &str,
    root: &Path,
    settings: Option<&str>,
    evidence: &Path,
    bars: &Bars,
) -> Vec<String> {
    let file = File::open(evidence).expect("the recorder wrote a file");
    let evidence = Evidence::read(BufReader::new(file)).expect("the recorder's own format");
    let options =
        analyzer::Options { settings: settings.map(str::to_owned), ..analyzer::Options::default() };
    let map = analyzer::analyze(root, &options).expect("the project can be analyzed");
    let comparison = compare(&map, &evidence);
    report(name, &map, &comparison);
    assert!(comparison.exercised > 0, "{name}: nothing was exercised");
    let mut failures = failures(&comparison, bars);
    let unannounced = unannounced(&map, &comparison);
    if !unannounced.is_empty() {
        failures.push(format!("not listed as opaque: {}", unannounced.join(", ")));
    }
    failures.into_iter().map(|failure| format!("{name}: {failure}")).collect()
}

fn both(comparison: &Comparison) -> f64 {
    let (reads, writes) = (comparison.reads, comparison.writes);
    let told = reads.both + writes.both;
    100.0 * f64::from(told) / f64::from((told + reads.unseen + writes.unseen).max(1))
}

/// Misses under endpoints of which the map does not say that it lost sight of them.
fn unannounced(map: &Map, comparison: &Comparison) -> Vec<String> {
    let silent = |miss: &&Difference| map.endpoints[miss.endpoint].opaque.is_empty();
    let told = |miss: &Difference| {
        let endpoint = &map.endpoints[miss.endpoint];
        format!("{} {} {} of {}", miss.method, endpoint.route, miss.access, miss.table)
    };
    comparison.missed.iter().filter(silent).map(told).collect()
}

fn report(name: &str, map: &Map, comparison: &Comparison) {
    println!(
        "{name}: {} endpoints with a method exercised; writes recall {:.1} %, reads recall \
         {:.1} %, precision {:.1} % (writes {:.1} %, reads {:.1} %; of what lies behind no \
         undecided test {:.1} % of {}); {} routes not in the map, \
         {} methods that a view refuses",
        comparison.exercised,
        comparison.writes.recall(),
        comparison.reads.recall(),
        both(comparison),
        comparison.writes.precision(),
        comparison.reads.precision(),
        comparison.always.precision(),
        comparison.always.both + comparison.always.unseen,
        comparison.strangers.len(),
        comparison.refused.len(),
    );
    for request in &comparison.refused {
        println!("  refused {request}");
    }
    for (what, differences) in [("missed", &comparison.missed), ("unseen", &comparison.unseen)] {
        for Difference { access, method, endpoint, table } in differences {
            let endpoint = &map.endpoints[*endpoint];
            print!("  {what} {access} {method} {} ({}) {table}", endpoint.route, endpoint.view);
            println!("{}", whence(endpoint, access, table));
        }
    }
}

/// Where the map has an access from, or else where it lost sight of the endpoint.
fn whence(endpoint: &Endpoint, access: &str, table: &str) -> String {
    let accesses = if access == "read" { &endpoint.reads } else { &endpoint.writes };
    let told = accesses.iter().find(|access| access.table == table);
    let (by, places) = match told {
        Some(access) => (" by", &access.path),
        None => (" opaque", &endpoint.opaque),
    };
    let places = places.iter().map(|at| format!(" {}:{}", at.file, at.line));
    let test = told.and_then(|access| access.only_if.as_ref());
    let test = test.map(|at| format!(" only if {}:{}", at.file, at.line)).unwrap_or_default();
    format!("{by}{}{test}", places.collect::<String>())
}

fn failures(comparison: &Comparison, bars: &Bars) -> Vec<String> {
    let figures = [
        ("writes recall", comparison.writes.recall(), bars.writes),
        ("reads recall", comparison.reads.recall(), bars.reads),
        ("precision", both(comparison), bars.precision),
    ];
    figures
        .into_iter()
        .filter(|(_, figure, bar)| figure < bar)
        .map(|(what, figure, bar)| format!("{what} {figure:.1} % is below {bar} %"))
        .collect()
}

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("the crate lies in the workspace")
        .to_path_buf()
}
