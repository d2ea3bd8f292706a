//! The literate fixtures in `pages/`: prose, fenced files, and the facts that are expected.
//!
//! Each `## heading` of a page is one case: its fenced files (```` ```python shop/models.py ````)
//! make a repository; the lines of its ```` ```facts ```` block must be all facts of the kinds
//! that it mentions. A page without `config/settings.py` gets one that installs every folder with
//! a `models.py`; what lies in `.venv/site-packages` is installed. The pages are
//! at the same time the documentation of what is understood.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use analyzer::map::{At, Certainty, Endpoint, Field, Map, Model, Relation, RelationKind};
use analyzer::{Options, analyze};

#[test]
fn settings() {
    check(include_str!("pages/settings.md"));
}

#[test]
fn apps() {
    check(include_str!("pages/apps.md"));
}

#[test]
fn models() {
    check(include_str!("pages/models.md"));
}

#[test]
fn inheritance() {
    check(include_str!("pages/inheritance.md"));
}

#[test]
fn relations() {
    check(include_str!("pages/relations.md"));
}

#[test]
fn conditions() {
    check(include_str!("pages/conditions.md"));
}

#[test]
fn migrations() {
    check(include_str!("pages/migrations.md"));
}

#[test]
fn tasks() {
    check(include_str!("pages/tasks.md"));
}

#[test]
fn python() {
    check(include_str!("pages/python.md"));
}

#[test]
fn queries() {
    check(include_str!("pages/queries.md"));
}

#[test]
fn views() {
    check(include_str!("pages/views.md"));
}

#[test]
fn libraries() {
    check(include_str!("pages/libraries.md"));
}

#[test]
fn columns() {
    check(include_str!("pages/columns.md"));
}

#[test]
fn requests() {
    check(include_str!("pages/requests.md"));
}

#[test]
fn templates() {
    check(include_str!("pages/templates.md"));
}

/// One case of a page.
#[derive(Default)]
struct Case {
    heading: String,
    files: Vec<(String, String)>,
    facts: Option<String>,
}

fn check(page: &str) {
    let cases = cases(page);
    assert!(!cases.is_empty(), "the page has no case");
    let mut failures = Vec::new();
    for case in &cases {
        let folder = tempfile::tempdir().expect("a temporary folder");
        write(folder.path(), case);
        let installed = folder.path().join(".venv/site-packages");
        let site_packages = installed.is_dir().then_some(installed).into_iter().collect();
        let options = Options { site_packages, ..Options::default() };
        let map = analyze(folder.path(), &options).expect("the case can be analyzed");
        let expected = lines(case.facts.as_deref().expect("every case has facts"));
        let kinds: BTreeSet<&str> = expected.iter().filter_map(|l| l.split(' ').next()).collect();
        let found: Vec<String> = render(&map)
            .into_iter()
            .filter(|line| kinds.contains(line.split(' ').next().unwrap_or_default()))
            .collect();
        if found != expected {
            let text = |lines: &[String]| lines.join("\n    ");
            failures.push(format!(
                "{}\n  expected:\n    {}\n  found:\n    {}",
                case.heading,
                text(&expected),
                text(&found)
            ));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n\n"));
}

fn lines(text: &str) -> Vec<String> {
    let mut lines: Vec<String> =
        text.lines().map(|l| l.trim().to_owned()).filter(|l| !l.is_empty()).collect();
    lines.sort();
    lines
}

fn cases(page: &str) -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    let mut fence: Option<(String, String)> = None;
    for line in page.lines() {
        match (&mut fence, line.strip_prefix("```")) {
            (Some((info, text)), Some(_)) => {
                let case = cases.last_mut().expect("a file stands below a heading");
                match info.split_once(' ') {
                    Some((_, path)) => case.files.push((path.to_owned(), std::mem::take(text))),
                    None => case.facts = Some(std::mem::take(text)),
                }
                fence = None;
            }
            (Some((_, text)), None) => {
                text.push_str(line);
                text.push('\n');
            }
            (None, Some(info)) => fence = Some((info.to_owned(), String::new())),
            (None, None) => {
                if let Some(heading) = line.strip_prefix("## ") {
                    cases.push(Case { heading: heading.to_owned(), ..Case::default() });
                }
            }
        }
    }
    cases
}

fn write(root: &Path, case: &Case) {
    let mut files = case.files.clone();
    let has = |files: &[(String, String)], path: &str| files.iter().any(|(p, _)| p == path);
    if !has(&files, "manage.py") {
        let text =
            "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'config.settings')\n";
        files.push(("manage.py".to_owned(), text.to_owned()));
    }
    if !has(&files, "config/settings.py") && !has(&files, "config/settings/__init__.py") {
        let apps: BTreeSet<String> = files
            .iter()
            .filter_map(|(path, _)| path.strip_suffix("/models.py"))
            .map(|app| format!("'{}'", app.replace('/', ".")))
            .collect();
        let apps: Vec<String> = apps.into_iter().collect();
        let text = format!(
            "INSTALLED_APPS = ['django.contrib.contenttypes', 'django.contrib.auth', {}]\n\
             DEFAULT_AUTO_FIELD = 'django.db.models.BigAutoField'\n",
            apps.join(", ")
        );
        files.push(("config/settings.py".to_owned(), text));
    }
    for (path, text) in files {
        let path = root.join(path);
        let folder = path.parent().expect("a file stands in a folder");
        fs::create_dir_all(folder).expect("a folder");
        let mut package = folder;
        while package != root {
            let init = package.join("__init__.py");
            if !init.exists() {
                fs::write(init, "").expect("an empty file");
            }
            package = package.parent().expect("below the root");
        }
        fs::write(path, text).expect("a file");
    }
}

/// The project's own facts, one a line, sorted.
fn render(map: &Map) -> Vec<String> {
    let mut lines = Vec::new();
    for app in map.apps.iter().filter(|app| app.own) {
        lines.push(format!("app {} {}{}", app.label, app.name, certainty(app.certainty)));
    }
    for model in map.models.iter().filter(|model| model.own) {
        lines.push(render_model(model));
        lines.extend(model.fields.iter().map(|field| render_field(model, field)));
    }
    for model in map.abstract_models.iter().filter(|model| model.own) {
        lines.push(format!("abstract {}", model.label));
    }
    let own = |label: &str| map.models.iter().any(|m| m.own && m.label == label);
    for table in map.tables.iter().filter(|table| own(&table.owner)) {
        let of = table.auto_m2m_of.as_ref().map(|of| format!(" of {of}")).unwrap_or_default();
        lines.push(format!("table {} ({}){of}", table.name, table.columns.join(", ")));
    }
    let own_relations = map.relations.iter().filter(|relation| own(&relation.from));
    lines.extend(own_relations.map(render_relation));
    let seen = |at: &At| !at.file.starts_with('<');
    let shown = map.endpoints.iter().filter(|e| e.view_at.as_ref().is_some_and(seen));
    lines.extend(shown.map(render_endpoint));
    for endpoint in &map.endpoints {
        for (kind, accesses) in [("reads", &endpoint.reads), ("writes", &endpoint.writes)] {
            for access in accesses {
                let methods = access.methods.iter().map(|method| format!(" {method}"));
                let methods = methods.collect::<String>();
                let later = if access.deferred { " later" } else { "" };
                lines.push(format!("{kind} {}{methods} {}{later}", endpoint.route, access.table));
                let test = access.only_if.as_ref();
                let test = test.map(|at| format!("{}:{}", at.file, at.line));
                let test = test.unwrap_or_else(|| "always".to_owned());
                lines.push(format!("test {kind} {} {} {test}", endpoint.route, access.table));
            }
        }
    }
    for join in &map.joins {
        let route = |order: &u32| map.endpoints[*order as usize].route.clone();
        let routes = join.endpoints.iter().map(route).collect::<Vec<_>>().join(" ");
        let (from, to, lookup, at) = (&join.from, &join.to, &join.lookup, &join.at);
        lines.push(format!("join {from} -> {to} {lookup} {}:{} {routes}", at.file, at.line));
    }
    for region in &map.transactions {
        let (at, writes) = (&region.at, region.writes.join(", "));
        lines.push(format!("transaction {}:{} ({writes})", at.file, at.line));
    }
    for task in &map.scheduled {
        let writes: Vec<&str> = task.writes.iter().map(|access| access.table.as_str()).collect();
        lines.push(format!("scheduled {} {} ({})", task.name, task.task, writes.join(", ")));
    }
    for migration in &map.migrations {
        let tables = migration.tables.join(", ");
        lines.push(format!("migration {}.{} ({tables})", migration.app, migration.name));
    }
    for table in &map.migrated {
        lines.push(format!("migrated {} ({})", table.name, table.columns.join(", ")));
    }
    for drift in &map.drift {
        let (at, code) = (&drift.at, &drift.code);
        lines.push(format!("drift {code} {}:{} {}", at.file, at.line, drift.message));
    }
    for opaque in &map.opaque {
        lines.push(format!("opaque {}:{} {}", opaque.at.file, opaque.at.line, opaque.what));
    }
    for problem in &map.coverage.problems {
        lines.push(format!("problem {}:{} {}", problem.at.file, problem.at.line, problem.code));
    }
    lines.sort();
    lines
}

/// Route, methods and name of an endpoint whose view is the project's.
fn render_endpoint(endpoint: &Endpoint) -> String {
    let methods = endpoint.methods.join(",");
    let or = |text: &str, none: &str| if text.is_empty() { none } else { text }.to_owned();
    let (methods, name) = (or(&methods, "any"), or(&endpoint.name, "-"));
    format!("endpoint {} {methods} {name}", endpoint.route)
}

fn render_relation(relation: &Relation) -> String {
    let kind = match relation.kind {
        RelationKind::Fk => "fk",
        RelationKind::OneToOne => "one_to_one",
        RelationKind::M2m => "m2m",
        RelationKind::Generic => "generic",
        RelationKind::Parent => "parent",
    };
    let through = relation.through.as_ref().map(|t| format!(" through {t}"));
    let delete = relation.on_delete.as_ref().map(|d| format!(" {d}"));
    let free = if relation.db_constraint { "" } else { " unconstrained" };
    format!(
        "relation {}.{} {kind} {}{}{}{free}",
        relation.from,
        relation.field,
        relation.to,
        delete.unwrap_or_default(),
        through.unwrap_or_default(),
    )
}

fn render_model(model: &Model) -> String {
    let mut line = format!("model {} {}", model.label, model.table);
    for (flag, word) in [(model.proxy, " proxy"), (!model.managed, " unmanaged")] {
        line.push_str(if flag { word } else { "" });
    }
    line.push_str(certainty(model.certainty));
    line
}

fn render_field(model: &Model, field: &Field) -> String {
    let mut line = format!("field {}.{} {}", model.label, field.name, field.kind);
    if let Some(column) = &field.column {
        line.push(' ');
        line.push_str(column);
    }
    let flags = [(field.primary_key, " key"), (field.unique && !field.primary_key, " unique")];
    for (flag, word) in flags.into_iter().chain([(field.null, " null")]) {
        line.push_str(if flag { word } else { "" });
    }
    line
}

fn certainty(certainty: Certainty) -> &'static str {
    match certainty {
        Certainty::Certain => "",
        Certainty::Conditional => " sometimes",
        Certainty::Guessed => " guessed",
    }
}
