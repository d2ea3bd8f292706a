//! `AppConfig.create`: what an entry of `INSTALLED_APPS` stands for, resolved exactly as Django
//! does it.

use std::path::Path;
use std::rc::Rc;

use crate::python::evaluator::Evaluator;
use crate::python::object::{Args, Class, Module};
use crate::python::registry::InstalledApp;
use crate::python::value::{Item, Span, Text, Value};

/// Dotted path of the base class of app configurations.
pub const APP_CONFIG: &str = "django.apps.config.AppConfig";

/// The app that an entry of `INSTALLED_APPS` stands for.
pub(crate) fn create(ev: &mut Evaluator, entry: &str, item: &Item) -> InstalledApp {
    let mut class = None;
    let mut name = None;
    if let Some(module) = ev.import(entry) {
        let apps = format!("{entry}.apps");
        if ev.has_module(&apps) {
            class = declared_config(ev, &apps);
        }
        class = class.or_else(|| default_config(ev, &module));
        if class.is_none() {
            class = ev.resolve(APP_CONFIG).as_class().cloned();
            name = Some(entry.to_owned());
        }
    } else if let Value::Class(found) = ev.resolve(entry)
        && found.descends_from(APP_CONFIG)
    {
        class = Some(found);
    }
    let guessed = class.is_none();
    let name =
        name.or_else(|| class_text(class.as_ref()?, "name")).unwrap_or_else(|| guessed_name(entry));
    let label = class.as_ref().and_then(|class| class_text(class, "label"));
    let label = label.unwrap_or_else(|| name.rsplit('.').next().unwrap_or(&name).to_owned());
    if guessed {
        class = ev.resolve(APP_CONFIG).as_class().cloned();
    }
    let config = instantiate(ev, class.as_ref(), &name, &label, item.at);
    InstalledApp {
        label: Rc::from(label),
        name: Rc::from(name),
        config,
        guessed,
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

/// The configuration that a package names as `default_app_config`, as it was done until Django 4.1.
fn default_config(ev: &mut Evaluator, package: &Module) -> Option<Rc<Class>> {
    let named = package.scope.get("default_app_config")?;
    let class = ev.resolve(named.as_str()?).as_class().cloned()?;
    class.descends_from(APP_CONFIG).then_some(class)
}

/// A text attribute of an app configuration's class.
fn class_text(class: &Rc<Class>, name: &str) -> Option<String> {
    let (_, binding) = class.lookup(name)?;
    let alternatives = binding.value.alternatives();
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
