//! `INSTALLED_APPS` to app configurations, exactly as Django's `AppConfig.create` resolves
//! an entry.

use std::path::Path;
use std::rc::Rc;

use super::settings::setting;
use crate::map::{App, Certainty};
use crate::python::object::Origin;
use crate::python::registry::InstalledApp;
use crate::python::{Args, Class, Evaluator, Item, Span, Text, Value};

/// Dotted path of the base class.
const APP_CONFIG: &str = "django.apps.config.AppConfig";

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
    let app = create(ev, entry, item);
    // What another environment would install gives way to what this one does.
    if !app.cond.is_unlikely() {
        ev.registry.apps.retain(|known| known.label != app.label || !known.cond.is_unlikely());
    }
    // The source of a library is not here and its label is a guess: another app proves it wrong.
    if !app.config.is_unknown() {
        for known in &mut ev.registry.apps {
            if known.label == app.label && known.config.is_unknown() && known.name != app.name {
                known.label = Rc::from(known.name.replace('.', "_"));
            }
        }
    }
    // Django refuses a second app with the same name or label; the first one stands.
    if !ev.registry.apps.iter().any(|known| known.label == app.label) {
        ev.registry.apps.push(app);
    }
}

fn create(ev: &mut Evaluator, entry: &str, item: &Item) -> InstalledApp {
    let module = ev.import(entry);
    let mut class = None;
    let mut name = None;
    if module.is_some() {
        let apps = format!("{entry}.apps");
        if ev.has_module(&apps) {
            class = declared_config(ev, &apps);
        }
        if class.is_none() {
            class = ev.resolve(APP_CONFIG).as_class().cloned();
            name = Some(entry.to_owned());
        }
    } else if let Value::Class(found) = ev.resolve(entry)
        && found.descends_from(APP_CONFIG)
    {
        class = Some(found);
    }
    let known = class.is_some();
    let name = name
        .or_else(|| class_text(ev, class.as_ref()?, "name"))
        .unwrap_or_else(|| guessed_name(entry));
    let label = class.as_ref().and_then(|class| class_text(ev, class, "label"));
    let label = label.unwrap_or_else(|| name.rsplit('.').next().unwrap_or(&name).to_owned());
    if !known {
        ev.note(
            item.at,
            "app",
            &format!("the source of {entry} is not here; its label is a guess"),
        );
    }
    let config = instantiate(ev, class.as_ref(), &name, &label, item.at);
    InstalledApp {
        label: Rc::from(label),
        name: Rc::from(name),
        config,
        at: item.at,
        cond: item.cond.clone(),
    }
}

/// The one `AppConfig` that an `apps` module offers, if it offers one.
fn declared_config(ev: &mut Evaluator, apps: &str) -> Option<Rc<Class>> {
    let module = ev.import(apps)?;
    let mut classes: Vec<(Text, Rc<Class>)> = Vec::new();
    for (name, binding) in module.scope.names.borrow().iter() {
        for alternative in binding.value.alternatives() {
            if let Value::Class(class) = alternative.value
                && class.descends_from(APP_CONFIG)
                && *class.path() != *APP_CONFIG
            {
                classes.push((name.clone(), class));
            }
        }
    }
    let default = |class: &Class| class.lookup("default").map(|(_, b)| b.value);
    let allowed: Vec<_> = classes
        .into_iter()
        .filter(|(_, class)| default(class).is_none_or(|v| ev.truth(&v) != Some(false)))
        .collect();
    if let [(_, only)] = allowed.as_slice() {
        return Some(only.clone());
    }
    let chosen = allowed
        .into_iter()
        .find(|(_, class)| default(class).is_some_and(|v| ev.truth(&v) == Some(true)));
    chosen.map(|(_, class)| class)
}

/// A text attribute of an app configuration's class.
fn class_text(ev: &mut Evaluator, class: &Rc<Class>, name: &str) -> Option<String> {
    let (_, binding) = class.lookup(name)?;
    let alternatives = binding.value.alternatives();
    let _ = ev;
    alternatives.iter().find_map(|a| a.value.as_str().map(str::to_owned))
}

/// `shop.apps.ShopConfig` without source: the app is most likely `shop`.
fn guessed_name(entry: &str) -> String {
    match entry.rsplit_once('.') {
        Some((owner, last)) if last.starts_with(|c: char| c.is_ascii_uppercase()) => {
            owner.strip_suffix(".apps").unwrap_or(owner).to_owned()
        }
        _ => entry.to_owned(),
    }
}

fn instantiate(
    ev: &mut Evaluator,
    class: Option<&Rc<Class>>,
    name: &str,
    label: &str,
    at: Span,
) -> Value {
    let module = ev.resolve(name);
    let args = Args::of([Value::str(name), module.clone()], at);
    let config = match class {
        Some(class) => ev.call(&Value::Class(class.clone()), args, at),
        None => Ok(Value::unknown("an app configuration whose source is not here", at)),
    };
    let config = config.unwrap_or_else(|_| Value::unknown("an app configuration that raises", at));
    let folder = match &module {
        Value::Module(module) => match module.scope.get("__file__") {
            Some(Value::Str(file)) => Path::new(&*file).parent().map(|p| p.display().to_string()),
            _ => None,
        },
        _ => None,
    };
    ev.set_attribute(&config, &Rc::from("name"), Value::str(name), at);
    ev.set_attribute(&config, &Rc::from("label"), Value::str(label), at);
    if let Some(folder) = folder {
        ev.set_attribute(&config, &Rc::from("path"), Value::str(&folder), at);
    }
    config
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
    } else if app.config.is_unknown() {
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
