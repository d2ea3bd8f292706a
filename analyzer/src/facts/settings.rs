//! The settings module: which one it is, and its values.

use std::path::PathBuf;
use std::rc::Rc;

use crate::Error;
use crate::python::{Evaluator, Module, Span, Value};

/// The variable that names the settings module.
const VARIABLE: &str = "DJANGO_SETTINGS_MODULE";

/// Scripts that put the variable into the environment, the most telling first.
const SCRIPTS: &[&str] = &["manage.py", "wsgi.py", "asgi.py"];

/// Configuration files in which test runners are told the settings.
const FILES: &[&str] = &["pytest.ini", "pyproject.toml", "tox.ini", "setup.cfg"];

/// Finds and evaluates the settings module.
///
/// # Errors
/// [`Error::NoSettings`] if none is named anywhere, or the one named has no source here.
pub fn read(ev: &mut Evaluator, requested: Option<&str>) -> Result<Rc<Module>, Error> {
    let mut tried = Vec::new();
    let candidates = match requested {
        Some(name) => vec![name.to_owned()],
        None => candidates(ev),
    };
    for name in candidates {
        ev.registry.environment.insert(VARIABLE.to_owned(), Value::str(&name));
        if let Some(module) = ev.import(&name)
            && module.ast.is_some()
        {
            ev.registry.settings = Some(module.clone());
            return Ok(module);
        }
        tried.push(name);
    }
    Err(Error::NoSettings { root: ev.repo().root().to_path_buf(), tried })
}

/// Names of settings modules, the likeliest first.
fn candidates(ev: &mut Evaluator) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    let mut add = |name: String| {
        if !name.is_empty() && !names.contains(&name) {
            names.push(name);
        }
    };
    for script in SCRIPTS {
        for path in files_named(ev, script) {
            named_by_script(ev, &path).into_iter().for_each(&mut add);
        }
    }
    for file in FILES {
        named_by_file(ev, file).into_iter().for_each(&mut add);
    }
    for path in settings_files(ev) {
        add(path);
    }
    names
}

/// Files of the repository with the name, the shallowest first.
fn files_named(ev: &Evaluator, name: &str) -> Vec<PathBuf> {
    let repo = ev.repo();
    let mut found: Vec<PathBuf> = repo
        .files()
        .filter(|path| path.file_name().is_some_and(|n| n == name))
        .map(|path| repo.root().join(path))
        .collect();
    found.sort_by_key(|path| (path.components().count(), path.clone()));
    found
}

/// What a script sets the variable to when it is run.
fn named_by_script(ev: &mut Evaluator, path: &std::path::Path) -> Vec<String> {
    ev.registry.environment.clear();
    ev.run_script(path);
    let value = ev.registry.environment.remove(VARIABLE);
    let alternatives = value.map(|v| v.alternatives()).unwrap_or_default();
    alternatives.iter().filter_map(|a| a.value.as_str().map(str::to_owned)).collect()
}

/// What a test runner's configuration sets the variable to: `DJANGO_SETTINGS_MODULE = x`.
fn named_by_file(ev: &Evaluator, file: &str) -> Vec<String> {
    let path = ev.repo().root().join(file);
    if ev.repo().exists(&path) != Some(true) {
        return Vec::new();
    }
    let text = ev.repo().read(&path).unwrap_or_default();
    String::from_utf8_lossy(&text)
        .lines()
        .filter_map(|line| line.trim().strip_prefix(VARIABLE))
        .filter_map(|rest| rest.trim_start().strip_prefix(['=', ':']))
        .map(|value| value.trim().trim_matches(['"', '\'']).to_owned())
        .collect()
}

/// Modules called `settings` that name installed apps or the root `URLconf`.
fn settings_files(ev: &mut Evaluator) -> Vec<String> {
    let repo = ev.repo().clone();
    let mut names: Vec<(usize, String)> = Vec::new();
    for file in repo.files() {
        let module = file.with_extension("");
        let module = if module.ends_with("__init__") { module.parent() } else { Some(&*module) };
        let Some(module) = module.filter(|m| m.ends_with("settings")) else { continue };
        let full = repo.root().join(module);
        let name = repo.roots().filter_map(|root| full.strip_prefix(root).ok()).last();
        let parts = name.map(|n| n.iter().map(|p| p.to_string_lossy()).collect::<Vec<_>>());
        if let Some(parts) = parts {
            names.push((parts.len(), parts.join(".")));
        }
    }
    names.sort();
    names
        .into_iter()
        .map(|(_, name)| name)
        .filter(|name| {
            ev.import(name).is_some_and(|m| {
                m.scope.get("INSTALLED_APPS").is_some() && m.scope.get("ROOT_URLCONF").is_some()
            })
        })
        .collect()
}

/// The value of a setting, Django's default included.
pub fn setting(ev: &mut Evaluator, name: &str) -> Value {
    let settings = Value::external("django.conf.settings");
    ev.attribute(&settings, &Rc::from(name), Span::default()).unwrap_or(Value::None)
}

/// A setting that is a text; of several possible ones the first.
pub fn text(ev: &mut Evaluator, name: &str) -> String {
    let alternatives = setting(ev, name).alternatives();
    let text = alternatives.iter().find_map(|a| a.value.as_str());
    text.unwrap_or_default().to_owned()
}
