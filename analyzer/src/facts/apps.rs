//! `INSTALLED_APPS` to installed apps: each entry names an app or its configuration, or is a
//! configuration that the project made itself.

use std::path::Path;
use std::rc::Rc;

use super::settings::setting;
use crate::map::{App, Certainty};
use crate::python::object::{Instance, Origin};
use crate::python::registry::InstalledApp;
use crate::python::{APP_CONFIG, Args, Evaluator, Item, Span, Value, create_app};

/// Entries of `INSTALLED_APPS`; more are a mistake of ours.
const APPS_MAX: usize = 5_000;

/// Resolves the entries, puts the apps into the registry and loads their models.
pub fn read(ev: &mut Evaluator) -> Vec<App> {
    let installed = setting(ev, "INSTALLED_APPS");
    let entries = ev.elements(&installed).unwrap_or_else(|| {
        let at = ev
            .registry
            .settings
            .as_ref()
            .map_or(Span::default(), |m| Span { file: m.file, start: 0 });
        ev.note(at, "installed apps", &format!("INSTALLED_APPS could not be read: {installed:?}"));
        Vec::new()
    });
    for entry in entries.into_iter().take(APPS_MAX) {
        match &entry.value {
            Value::Str(text) => {
                let text = text.clone();
                install(ev, &text, &entry);
            }
            Value::Choice(_) => {
                for alternative in entry.value.alternatives() {
                    if let Value::Str(text) = &alternative.value {
                        let cond = alternative.cond.clone();
                        let entry = Item { cond, ..entry.clone() };
                        install(ev, text, &entry);
                    }
                }
            }
            Value::Instance(config) if config.class.descends_from(APP_CONFIG) => {
                let made = made_config(ev, config, &entry);
                add(ev, made);
            }
            other => {
                let why = match other {
                    Value::Unknown(unknown) => unknown.why.to_string(),
                    other => format!("an entry that is no text: {other:?}"),
                };
                ev.note(entry.at, "installed app", &why);
            }
        }
    }
    load_models(ev);
    ev.registry.apps.clone().iter().map(|app| describe(ev, app)).collect()
}

fn install(ev: &mut Evaluator, entry: &str, item: &Item) {
    let app = create_app(ev, entry, item);
    if app.guessed {
        let why = format!("the source of {entry} is not here; its label is a guess");
        ev.note(item.at, "app", &why);
    }
    add(ev, app);
}

/// An app whose configuration the settings made.
fn made_config(ev: &mut Evaluator, config: &Rc<Instance>, item: &Item) -> InstalledApp {
    let config = Value::Instance(config.clone());
    let mut text = |name: &str| {
        let name = ev.intern(name);
        let value = ev.attribute(&config, &name, item.at).ok()?;
        value.as_str().map(str::to_owned)
    };
    let name = text("name").unwrap_or_default();
    let label = text("label");
    let label = label.unwrap_or_else(|| name.rsplit('.').next().unwrap_or(&name).to_owned());
    let (label, name) = (Rc::from(label), Rc::from(name));
    InstalledApp { label, name, config, guessed: false, at: item.at, cond: item.cond.clone() }
}

fn add(ev: &mut Evaluator, app: InstalledApp) {
    // What another environment would install gives way to what this one does.
    if !app.cond.is_unlikely() {
        ev.registry.apps.retain(|known| known.label != app.label || !known.cond.is_unlikely());
    }
    // The source of a library is not here and its label is a guess: another app proves it wrong.
    if !app.guessed {
        for known in &mut ev.registry.apps {
            if known.label == app.label && known.guessed && known.name != app.name {
                known.label = Rc::from(known.name.replace('.', "_"));
            }
        }
    }
    // Django refuses a second app with the same name or label; the first one stands.
    if !ev.registry.apps.iter().any(|known| known.label == app.label) {
        ev.registry.apps.push(app);
    }
}

/// Imports the models module of every app, in order, then lets the apps get ready: both may
/// register models.
fn load_models(ev: &mut Evaluator) {
    let apps = ev.registry.apps.clone();
    for app in &apps {
        let models = format!("{}.models", app.name);
        if ev.has_module(&models)
            && let Some(module) = ev.import(&models)
        {
            let name = Rc::from("models_module");
            ev.set_attribute(&app.config, &name, Value::Module(module), app.at);
        }
    }
    ev.registry.models_loaded = true;
    for app in &apps {
        if let Value::Instance(config) = &app.config
            && config.class.lookup("ready").is_some()
            && let Ok(ready) = ev.attribute(&app.config, &Rc::from("ready"), app.at)
        {
            ev.begin();
            // What it raises only ends it.
            drop(ev.call(&ready, Args::default(), app.at));
        }
    }
}

fn describe(ev: &mut Evaluator, app: &InstalledApp) -> App {
    let module = ev.import(&app.name);
    let own = module.as_ref().is_some_and(|m| m.origin == Origin::Own);
    let path = match (own, &module) {
        (true, Some(module)) => {
            match module.scope.get("__path__").or_else(|| module.scope.get("__file__")) {
                Some(Value::Str(file)) => {
                    folder_of(ev, &file, module.package && module.ast.is_none())
                }
                _ => String::new(),
            }
        }
        _ => String::new(),
    };
    let certainty = if !app.cond.is_always() {
        Certainty::Conditional
    } else if app.guessed {
        Certainty::Guessed
    } else {
        Certainty::Certain
    };
    App { label: app.label.to_string(), name: app.name.to_string(), path, own, certainty }
}

fn folder_of(ev: &Evaluator, file: &str, is_folder: bool) -> String {
    let path = Path::new(file);
    let folder = if is_folder { Some(path) } else { path.parent() };
    let inside = folder.and_then(|f| f.strip_prefix(ev.repo().root()).ok());
    inside.map(|p| p.to_string_lossy().replace('\\', "/")).unwrap_or_default()
}
