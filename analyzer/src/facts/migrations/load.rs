//! The migration files of the project's own apps, evaluated.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::rc::Rc;

use super::graph::{Key, Node};
use crate::facts::settings::setting;
use crate::map::At;
use crate::python::object::Origin;
use crate::python::{Class, Evaluator, Item, Span, Value};

/// Migrations of one app; more are generated, not written.
const MIGRATIONS_MAX: usize = 5_000;

/// A migration as its file declares it.
#[derive(Debug)]
pub(super) struct Loaded {
    pub(super) node: Node,
    pub(super) operations: Vec<Item>,
    pub(super) at: At,
}

/// Every migration of the repository's own apps, and the labels of those apps for which a setting
/// switches them off.
pub(super) fn all(ev: &mut Evaluator) -> (BTreeMap<Key, Loaded>, BTreeSet<String>) {
    let mut found = BTreeMap::new();
    let mut off = BTreeSet::new();
    let moved = setting(ev, "MIGRATION_MODULES");
    let apps: Vec<(String, String)> =
        ev.registry.apps.iter().map(|app| (app.label.to_string(), app.name.to_string())).collect();
    for (label, name) in apps {
        let package = match ev.subscript_value(&moved, &Value::str(&label), Span::default()) {
            Some(Value::Str(package)) => package.to_string(),
            // As test settings do; the files are there all the same.
            Some(Value::None) => {
                off.insert(label.clone());
                format!("{name}.migrations")
            }
            _ => format!("{name}.migrations"),
        };
        for module in modules(ev, &package) {
            let Some(class) = migration_class(ev, &format!("{package}.{module}")) else { continue };
            let loaded = load(ev, &class);
            found.insert((label.clone(), module), loaded);
        }
    }
    (found, off)
}

/// Names of the modules in a migrations package, if it is part of the repository.
fn modules(ev: &mut Evaluator, package: &str) -> Vec<String> {
    let Some(module) = ev.import(package).filter(|module| module.origin == Origin::Own) else {
        return Vec::new();
    };
    let text = |name: &str| module.scope.get(name).and_then(|v| v.as_str().map(PathBuf::from));
    let folder = match text("__file__") {
        Some(init) if module.package => init.parent().map(Path::to_path_buf),
        _ => text("__path__"),
    };
    let names = folder.and_then(|folder| ev.repo().list(&folder)).unwrap_or_default().into_iter();
    let mut names: Vec<String> = names
        .filter(|name| !name.starts_with(['_', '~']))
        .filter_map(|name| name.strip_suffix(".py").map(str::to_owned))
        .collect();
    names.sort();
    names.truncate(MIGRATIONS_MAX);
    names
}

fn migration_class(ev: &mut Evaluator, dotted: &str) -> Option<Rc<Class>> {
    let module = ev.import(dotted)?;
    if let Some(Value::Class(class)) = module.scope.get("Migration") {
        return Some(class);
    }
    let at = Span { file: module.file, start: 0 };
    ev.note(at, "migration", "it declares no class Migration");
    None
}

fn load(ev: &mut Evaluator, class: &Rc<Class>) -> Loaded {
    let node = Node {
        dependencies: keys(ev, class, "dependencies"),
        run_before: keys(ev, class, "run_before"),
        replaces: keys(ev, class, "replaces"),
    };
    let operations = items(ev, class, "operations");
    Loaded { node, operations, at: ev.at(class.at) }
}

/// The elements of a class attribute; those that cannot be seen are noted.
fn items(ev: &mut Evaluator, class: &Rc<Class>, name: &str) -> Vec<Item> {
    let Some((_, binding)) = class.lookup(name) else { return Vec::new() };
    let Some(items) = ev.elements(&binding.value) else {
        ev.note(binding.at, "migration", &format!("its {name} cannot be read"));
        let rest = Item { rest: true, ..Item::new(binding.value, binding.at) };
        return vec![rest];
    };
    items
}

/// Pairs of app label and name.
fn keys(ev: &mut Evaluator, class: &Rc<Class>, name: &str) -> Vec<Key> {
    let mut keys = Vec::new();
    for item in items(ev, class, name) {
        // Which user model counts may depend on the environment; the first one is the usual one.
        match item.value.alternatives().iter().find_map(|a| pair(ev, &a.value)) {
            Some(key) => keys.push(key),
            None => ev.note(item.at, "migration", &format!("one of its {name} cannot be read")),
        }
    }
    keys
}

fn pair(ev: &mut Evaluator, value: &Value) -> Option<Key> {
    let parts = ev.elements(value)?;
    let text = |part: &Item| {
        let alternatives = part.value.alternatives();
        alternatives.iter().find_map(|a| a.value.as_str().map(str::to_owned))
    };
    match parts.as_slice() {
        [app, name] => Some((text(app)?, text(name)?)),
        _ => None,
    }
}
