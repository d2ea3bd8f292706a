//! Django itself is asked: which URL pattern takes which path. The router must say the same.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use rules::pattern::join;
use rules::write::{self, NewFile, NewRoute};
use rules::{Converter, Converters, Head, MatchText, Reason, Router, SegmentKind, Source, load};
use serde_json::Value;

use crate::skip;

/// Paths per project. Together the projects see well over 100,000.
const PATHS: &str = "120000";

struct Project {
    name: String,
    python: PathBuf,
    folder: PathBuf,
    settings: String,
}

/// The example, and whatever `OUTGROW_PARITY_PROJECTS` lists as `name=python,folder,settings;...`.
#[expect(clippy::disallowed_methods, reason = "the environment says where Python and projects are")]
fn projects() -> Vec<Project> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut projects = Vec::new();
    if let Ok(python) = std::env::var("OUTGROW_EXAMPLE_PYTHON") {
        projects.push(Project {
            name: "example".to_owned(),
            python: PathBuf::from(python),
            folder: root.join("examples/django-monolith"),
            settings: "config.settings".to_owned(),
        });
    }
    for listed in std::env::var("OUTGROW_PARITY_PROJECTS").unwrap_or_default().split(';') {
        let Some((name, rest)) = listed.split_once('=') else { continue };
        let parts: Vec<&str> = rest.split(',').collect();
        assert_eq!(parts.len(), 3, "{listed} is not name=python,folder,settings");
        let [python, folder, settings] = parts.as_slice() else { continue };
        projects.push(Project {
            name: name.to_owned(),
            python: PathBuf::from(python),
            folder: PathBuf::from(folder),
            settings: (*settings).to_owned(),
        });
    }
    projects
}

#[test]
fn the_router_says_what_django_says() {
    let projects = projects();
    if projects.is_empty() {
        return skip("OUTGROW_EXAMPLE_PYTHON names no Python with Django");
    }
    for project in projects {
        compare(&project);
    }
}

/// What Django said, line by line.
fn ask(project: &Project) -> Vec<Value> {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/parity/resolve.py");
    let output = Command::new(&project.python)
        .arg(script)
        .arg(&project.folder)
        .args([project.settings.as_str(), PATHS, "7"])
        .output()
        .expect("the Python of the project starts");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{}: {said}", project.name);
    let lines = String::from_utf8(output.stdout).expect("JSON is UTF-8");
    lines.lines().map(|line| serde_json::from_str(line).expect("a JSON line")).collect()
}

#[derive(Default)]
struct Tally {
    matched: usize,
    unmatched: usize,
    ambiguous: usize,
    guarded: usize,
    wrong: Vec<String>,
}

fn compare(project: &Project) {
    let lines = ask(project);
    let mut converters = Converters::default();
    let declared: Vec<(String, Converter)> = lines[0]["converters"]
        .as_object()
        .expect("converters by name")
        .iter()
        .map(|(name, written)| (name.clone(), converter(written)))
        .collect();
    for (name, converter) in &declared {
        converters.insert(name, converter.clone());
    }
    let texts: Vec<MatchText> = lines
        .iter()
        .filter_map(|line| line.get("segments"))
        .map(|segments| join(&read_segments(segments), &converters))
        .collect();
    let router = router(&texts, &declared);
    let mut tally = Tally::default();
    for line in lines.iter().filter(|line| line.is_array()) {
        let target = line[0].as_str().expect("a target");
        judge(&router, target, line[1].as_u64(), &mut tally);
    }
    let only = texts.iter().filter(|text| matches!(text, MatchText::LegacyOnly { .. })).count();
    let said = format!(
        "parity {}: Django {}, {} patterns ({only} legacy only), {} paths met a pattern, {} met \
         none, {} ambiguous, {} guarded, {} disagreements",
        project.name,
        lines[0]["django"],
        texts.len(),
        tally.matched,
        tally.unmatched,
        tally.ambiguous,
        tally.guarded,
        tally.wrong.len()
    );
    writeln!(std::io::stderr(), "{said}").expect("stderr is open");
    for text in texts.iter().filter(|text| matches!(text, MatchText::LegacyOnly { .. })) {
        writeln!(std::io::stderr(), "  legacy only: {text:?}").expect("stderr is open");
    }
    let shown = tally.wrong.iter().take(20).cloned().collect::<Vec<_>>().join("\n");
    assert!(tally.wrong.is_empty(), "{said}\n{shown}");
    assert!(tally.matched > 10_000, "too few paths met a pattern: {said}");
}

fn converter(written: &Value) -> Converter {
    let regex = written["regex"].as_str().expect("a regex").to_owned();
    Converter { regex, refuses: written["refuses"].as_bool().expect("a flag") }
}

fn read_segments(segments: &Value) -> Vec<(SegmentKind, &str)> {
    let read = |segment: &'_ Value| match segment[0].as_str() {
        Some("path") => SegmentKind::Path,
        Some("language") => SegmentKind::Language,
        _ => SegmentKind::RePath,
    };
    let list = segments.as_array().expect("a list of segments");
    list.iter().map(|segment| (read(segment), segment[1].as_str().expect("a text"))).collect()
}

/// The patterns take the way of a real skeleton: written as YAML, loaded, compiled.
fn router(texts: &[MatchText], converters: &[(String, Converter)]) -> Router {
    let route = |(number, text): (usize, &MatchText)| NewRoute {
        name: format!("e{number}"),
        context: None,
        order: None,
        path: text.clone(),
        methods: Vec::new(),
        comment: None,
    };
    let text = write::file(&NewFile {
        comment: Vec::new(),
        upstreams: vec![("legacy".to_owned(), "127.0.0.1:8000".to_owned())],
        contexts: Vec::new(),
        converters: converters.to_vec(),
        routes: texts.iter().enumerate().map(route).collect(),
    });
    let ruleset = load(&[Source::new("all.yaml", text)]).expect("what was written loads");
    Router::new(ruleset).expect("the patterns of one project fit")
}

fn judge(router: &Router, target: &str, django: Option<u64>, tally: &mut Tally) {
    let decision = router.decide(&Head::new("GET", target.as_bytes()));
    if matches!(decision.reason, Reason::Ambiguous(_)) {
        tally.ambiguous += 1;
        return;
    }
    let ours = decision.route.map(|route| route.name.strip_prefix('e').expect("named here"));
    if ours == django.map(|number| number.to_string()).as_deref() {
        match ours {
            Some(_) => tally.matched += 1,
            None => tally.unmatched += 1,
        }
        return;
    }
    // A pattern that only Python can match exactly takes more, at legacy, where that is safe.
    if decision.route.is_some_and(|route| route.matching.legacy_only.is_some()) {
        tally.guarded += 1;
        return;
    }
    tally.wrong.push(format!("  {target}: Django {django:?}, here {ours:?}"));
}
