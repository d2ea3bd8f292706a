//! Django's own functions: settings, the app registry, translation, `import_string`, signals.

use std::rc::Rc;

use ruff_python_ast::Operator;

use super::orm::queries::is_expression;
use crate::python::evaluator::{Eval, Evaluator};
use crate::python::object::{Args, Call, Class, Descriptor, DescriptorKind};
use crate::python::registry::{InstalledApp, meta_of};
use crate::python::value::{Item, Span, Text, Value};

/// An attribute of something of Django's that has no source here.
pub(super) fn attribute(ev: &mut Evaluator, path: &str, name: &Text, at: Span) -> Option<Eval> {
    match path {
        "django.conf.settings" => Some(setting(ev, name, at)),
        "django.db.connection" if &**name == "vendor" => Some(Ok(vendor(ev, at))),
        "django.apps.apps" | "django.apps.registry.apps" => match &**name {
            "ready" | "apps_ready" | "models_ready" => {
                Some(Ok(Value::Bool(!ev.registry.apps.is_empty())))
            }
            "app_configs" => {
                let configs: Vec<(Text, Item)> = ev
                    .registry
                    .apps
                    .iter()
                    .map(|a| {
                        (
                            a.label.clone(),
                            Item { cond: a.cond.clone(), ..Item::new(a.config.clone(), a.at) },
                        )
                    })
                    .collect();
                Some(Ok(ev.dict_of(configs)))
            }
            _ => Some(Ok(Value::external(&format!("django.apps.apps.{name}")))),
        },
        _ => None,
    }
}

/// `connection.vendor`: what the engine of the default database is called.
fn vendor(ev: &mut Evaluator, at: Span) -> Value {
    let databases = setting(ev, &Rc::from("DATABASES"), at).unwrap_or(Value::None);
    let default = ev.subscript_value(&databases, &Value::str("default"), at).unwrap_or(Value::None);
    let engine = ev.subscript_value(&default, &Value::str("ENGINE"), at).unwrap_or(Value::None);
    let alternatives = engine.alternatives();
    let engine = alternatives.iter().find_map(|a| a.value.as_str()).unwrap_or_default();
    let kinds = [
        ("post", "postgresql"),
        ("sqlite", "sqlite"),
        ("spatialite", "sqlite"),
        ("mysql", "mysql"),
        ("oracle", "oracle"),
    ];
    match kinds.iter().find(|(part, _)| engine.contains(part)) {
        Some((_, vendor)) => Value::str(vendor),
        None => Value::unknown("the kind of the database", at),
    }
}

/// `settings.NAME`: the project's value, else Django's default.
pub(super) fn setting(ev: &mut Evaluator, name: &Text, at: Span) -> Eval {
    match &**name {
        "configure" | "is_overridden" => {
            return Ok(Value::external("django.conf.settings.configure"));
        }
        // While the settings are being loaded they are not.
        "configured" => return Ok(Value::Bool(ev.registry.settings.is_some())),
        _ => {}
    }
    // What was set while the project was loaded: the defaults of an app, mostly.
    if !ev.registry.patched.is_empty()
        && let Some(found) = ev.registry.patched.get(&*format!("django.conf.settings.{name}"))
    {
        return Ok(found.clone());
    }
    if let Some(settings) = ev.registry.settings.clone() {
        if &**name == "SETTINGS_MODULE" {
            return Ok(Value::Str(settings.name.clone()));
        }
        // What only a changed environment sets is not set.
        if let Some(binding) = settings.scope.binding(name)
            && (!binding.cond.is_unlikely() || binding.cond.holds_in(&ev.cond))
        {
            return Ok(binding.value);
        }
    }
    let defaults = ev.import("django.conf.global_settings");
    let default = defaults.and_then(|defaults| defaults.scope.get(name));
    let open = ev.registry.settings.as_ref().and_then(|settings| settings.open.borrow().clone());
    match (default, open) {
        // Local settings that are not here may say something else, and mostly do not.
        (Some(default), Some(why)) => {
            let unknown = Value::Unknown(why);
            return Ok(match default {
                // Views ask for settings often: several values of each would use up their budget.
                Value::Str(_) if ev.is_tracing() => default,
                _ if ev.is_tracing() => unknown,
                _ => Value::either(default, unknown),
            });
        }
        (Some(default), None) => return Ok(default),
        (None, Some(why)) => return Ok(Value::Unknown(why)),
        (None, None) => {}
    }
    let by = ev.registry.settings_by.clone();
    if let Some(by @ Value::Instance(loader)) = &by {
        if loader.class.has(name) {
            return ev.attribute(by, name, at);
        }
        if !ev.is_guarded("AttributeError") {
            return Ok(Value::unknown("a setting that a library may bring", at));
        }
    }
    ev.raise("AttributeError", &format!("the settings have no {name}"), at)
}

/// Calls a function of Django's.
pub(super) fn call(ev: &mut Evaluator, path: &str, args: &Args, at: Span) -> Option<Eval> {
    let first = args.get(0, "").cloned();
    let name = path.rsplit('.').next().unwrap_or(path);
    if path == "django.utils.translation.get_language" && !ev.is_tracing() {
        return ev.language().map(|language| Ok(Value::str(&language)));
    }
    if path.starts_with("django.utils.translation.") {
        return translated(name, args).map(Ok);
    }
    if let Some(function) = path.strip_prefix("django.apps.apps.") {
        return apps_call(ev, function, args, at);
    }
    match path {
        "django.utils.module_loading.import_string"
        | "django.utils.module_loading.import_by_path" => import_string(ev, args, at),
        "django.utils.functional.cached_property" => {
            let getter = args.get(0, "func")?.clone();
            Some(Ok(Descriptor::value(DescriptorKind::CachedProperty, getter)))
        }
        "django.utils.decorators.classonlymethod" => {
            Some(Ok(Descriptor::value(DescriptorKind::ClassMethod, first?)))
        }
        "django.utils.functional.classproperty" | "django.utils.decorators.classproperty" => {
            Some(Ok(Descriptor::value(DescriptorKind::ClassProperty, first?)))
        }
        "django.utils.functional.lazy"
        | "django.utils.encoding.force_str"
        | "django.utils.encoding.force_text"
        | "django.utils.encoding.smart_str"
        | "django.utils.safestring.mark_safe" => Some(Ok(first?)),
        "django.utils.encoding.python_2_unicode_compatible"
        | "django.utils.deconstruct.deconstructible" => match first {
            Some(value @ (Value::Class(_) | Value::Function(_))) => Some(Ok(value)),
            _ => Some(Ok(Value::external("functools.identity"))),
        },
        "django.utils.text.format_lazy" => {
            let (format, rest) = args.positional.split_first()?;
            let text = format.value.as_str()?.to_owned();
            let rest = Args { positional: rest.to_vec(), ..args.clone() };
            Some(Ok(crate::python::text::format(ev, &text, &rest, at)))
        }
        "django.conf.settings.configure" | "django.setup" => Some(Ok(Value::None)),
        "django.apps.config.AppConfig.get_model" => {
            let label = ev.attribute(&first?, &Rc::from("label"), at).ok()?;
            let name = args.get(1, "model_name")?.clone();
            Some(get_model(ev, &Args::of([label, name], at), at))
        }
        "django.db.models.fields.Field.contribute_to_class" => contribute_field(ev, args, at),
        "django.contrib.auth.get_user_model" => Some(user_model(ev, at)),
        "django.db.models.signals.class_prepared.connect" => {
            let receiver = args.get(0, "receiver")?.clone();
            let sender = args.get(1, "sender").cloned().filter(|s| !matches!(s, Value::None));
            ev.registry.prepared.push((receiver, sender));
            Some(Ok(Value::None))
        }
        path if path.contains(".signals.") && matches!(name, "send" | "send_robust") => {
            let (signal, _) = path.rsplit_once('.')?;
            Some(Ok(super::orm::rows::send(ev, signal, args, at)))
        }
        path if path.contains(".signals.") && name == "connect" => {
            let receiver = args.get(0, "receiver")?.clone();
            let sender = args.get(1, "sender").cloned().filter(|s| !matches!(s, Value::None));
            connect(ev, path.strip_suffix(".connect")?, receiver, sender, at);
            Some(Ok(Value::None))
        }
        "django.get_version" | "django.utils.version.get_version" => Some(Ok(Value::str("5.2"))),
        _ => call_app(ev, path, args, at),
    }
}

/// Calls what finds and makes parts of apps.
fn call_app(ev: &mut Evaluator, path: &str, args: &Args, at: Span) -> Option<Eval> {
    match path {
        "django.utils.module_loading.module_has_submodule" => {
            let (package, name) = (args.get(0, "package")?, args.get(1, "module_name")?);
            Some(Ok(super::standard::has_submodule(ev, package, name, at)))
        }
        "django.apps.config.AppConfig.create" => {
            let entry = args.get(1, "entry")?.as_str()?.to_owned();
            let made = super::apps::create(ev, &entry, &Item::new(Value::None, at));
            Some(Ok(made.config))
        }
        _ => None,
    }
}

/// `field.contribute_to_class(cls, name)`: the field becomes the class's attribute.
fn contribute_field(ev: &mut Evaluator, args: &Args, at: Span) -> Option<Eval> {
    let field @ Value::Instance(instance) = args.get(0, "self")? else { return None };
    let (Value::Class(class), Value::Str(name)) = (args.get(1, "cls")?, args.get(2, "name")?)
    else {
        return Some(Ok(Value::None));
    };
    let known = class.lookup(name).filter(|(_, binding)| binding.value.is_same(field));
    let binding = match &known {
        Some((_, binding)) => binding.clone(),
        None => ev.bind(field.clone(), instance.at),
    };
    let inherited = known.as_ref().is_some_and(|(owner, _)| !Rc::ptr_eq(owner, class));
    if !inherited {
        let fields = ev.registry.contributed.entry(Rc::as_ptr(class).addr()).or_default();
        fields.retain(|(other, _)| other != name);
        fields.push((name.clone(), binding));
    }
    if known.is_none() {
        ev.set_attribute(&Value::Class(class.clone()), name, field.clone(), instance.at);
    }
    let key = ev.intern("name");
    ev.set_attribute(field, &key, Value::Str(name.clone()), at);
    Some(Ok(Value::None))
}

/// Notes a receiver of a signal of models, or of several.
fn connect(ev: &mut Evaluator, signal: &str, receiver: Value, sender: Option<Value>, at: Span) {
    let sender = match sender {
        // A model by its name.
        Some(label @ Value::Str(_)) => get_model(ev, &Args::of([label], at), at).ok(),
        other => other,
    };
    if ev.registry.receivers.len() < RECEIVERS_MAX {
        ev.registry.receivers.push((Rc::from(signal), receiver, sender));
    }
}

/// `@receiver(post_save, sender=Order)` on a function.
pub(crate) fn receiver(ev: &mut Evaluator, decorator: &Call, function: &Value, at: Span) {
    let signals = match decorator.args.get(0, "signal") {
        Some(list @ (Value::List(_) | Value::Tuple(_))) => {
            ev.elements(list).unwrap_or_default().into_iter().map(|item| item.value).collect()
        }
        Some(one) => vec![one.clone()],
        None => Vec::new(),
    };
    let sender = decorator.args.named("sender").cloned().filter(|s| !matches!(s, Value::None));
    for signal in signals.iter().filter_map(signal_name) {
        connect(ev, &signal, function.clone(), sender.clone(), at);
    }
}

/// What tells a signal from others: its path, or where the project makes it.
fn signal_name(signal: &Value) -> Option<Text> {
    match signal {
        Value::External(path) => Some(path.clone()),
        Value::Call(call) => Some(Rc::from(format!("signal {}", call.serial))),
        Value::Instance(own) if is_signal(&own.class) => {
            Some(Rc::from(format!("signal {}", own.serial)))
        }
        _ => None,
    }
}

/// Whether a class of the project's extends Django's signals.
fn is_signal(class: &Class) -> bool {
    ["django.dispatch.Signal", "django.dispatch.dispatcher.Signal"]
        .iter()
        .any(|path| class.descends_from(path))
}

/// `connect`, `send` and their kin of a signal that the project makes.
pub(super) fn signal_method(
    ev: &mut Evaluator,
    signal: &Value,
    method: &str,
    args: &Args,
    at: Span,
) -> Option<Eval> {
    if let Value::Call(call) = signal
        && !call.path().is_some_and(|path| path.ends_with(".Signal"))
    {
        return None;
    }
    let name = signal_name(signal)?;
    match method {
        "connect" => {
            let receiver = args.get(0, "receiver")?.clone();
            let sender = args.get(1, "sender").cloned().filter(|s| !matches!(s, Value::None));
            connect(ev, &name, receiver, sender, at);
            Some(Ok(Value::None))
        }
        "send" | "send_robust" if ev.is_tracing() => {
            Some(Ok(super::orm::rows::send(ev, &name, args, at)))
        }
        // The synchronous ones, then the asynchronous ones.
        "_live_receivers" => {
            let known = ev.registry.receivers.iter().filter(|(signal, ..)| *signal == name);
            let known: Vec<Item> =
                known.map(|(_, receiver, _)| Item::new(receiver.clone(), at)).collect();
            let both = [Value::list(known), Value::list(Vec::new())];
            Some(Ok(Value::tuple(both.map(|list| Item::new(list, at)).to_vec())))
        }
        _ => None,
    }
}

/// Receivers of signals of models (a count) that one project connects.
const RECEIVERS_MAX: usize = 10_000;

/// Translated text counts as its source text.
fn translated(name: &str, args: &Args) -> Option<Value> {
    let index = match name {
        "gettext" | "gettext_lazy" | "gettext_noop" | "ugettext" | "ugettext_lazy" | "ngettext"
        | "ngettext_lazy" | "ungettext" | "ungettext_lazy" => 0,
        "pgettext" | "pgettext_lazy" | "npgettext" | "npgettext_lazy" => 1,
        _ => return None,
    };
    args.positional.get(index).map(|item| item.value.clone())
}

/// `import_string("a.b.C")`, if it is given a name.
fn import_string(ev: &mut Evaluator, args: &Args, at: Span) -> Option<Eval> {
    Some(import_path(ev, args.get(0, "dotted_path")?, at))
}

fn import_path(ev: &mut Evaluator, path: &Value, at: Span) -> Eval {
    if let Value::Choice(alternatives) = path {
        return ev.map_choice(&alternatives.clone(), |ev, path| import_path(ev, path, at));
    }
    let Some(path) = path.as_str() else {
        return Ok(Value::unknown("an import whose name is not known", at));
    };
    let Some((module, name)) = path.rsplit_once('.') else {
        return ev.raise("ImportError", &format!("{path} is no module path"), at);
    };
    match ev.import_value(module, at)? {
        Value::Module(module) => ev.imported_name(&module, name, at),
        _ => Ok(super::external(path)),
    }
}

/// Functions of `django.apps.apps`.
fn apps_call(ev: &mut Evaluator, function: &str, args: &Args, at: Span) -> Option<Eval> {
    match function {
        "get_app_configs" => {
            let apps = ev.registry.apps.iter();
            let items = apps.map(|app| Item {
                cond: app.cond.clone(),
                ..Item::new(app.config.clone(), app.at)
            });
            Some(Ok(Value::list(items.collect())))
        }
        "get_app_config" => {
            let label = args.get(0, "app_label")?.as_str()?.to_owned();
            let found =
                ev.registry.apps.iter().find(|app| *app.label == *label).map(|a| a.config.clone());
            Some(match found {
                Some(config) => Ok(config),
                None => ev.raise("LookupError", &format!("no app {label}"), at),
            })
        }
        "is_installed" => {
            let name = args.get(0, "app_name")?.as_str()?.to_owned();
            let found = ev.registry.apps.iter().find(|app| *app.name == *name);
            Some(Ok(match found {
                Some(app) if !app.cond.is_always() => {
                    Value::unknown("an app that is installed sometimes", at)
                }
                Some(_) => Value::Bool(true),
                None => Value::Bool(false),
            }))
        }
        "get_model" | "get_registered_model" => Some(get_model(ev, args, at)),
        "get_models" => {
            let models = ev.registry.models.iter().filter(|m| !m.is_abstract);
            let items = models.map(|m| Item::new(Value::Class(m.class.clone()), m.class.at));
            Some(Ok(Value::list(items.collect())))
        }
        "check_apps_ready" | "check_models_ready" | "lazy_model_operation" | "clear_cache" => {
            Some(Ok(Value::None))
        }
        "get_containing_app_config" => {
            let name = args.get(0, "object_name")?.as_str()?.to_owned();
            Some(Ok(ev
                .registry
                .containing_app(&name)
                .map_or(Value::None, |app| app.config.clone())))
        }
        _ => None,
    }
}

/// `apps.get_model("app.Model")`, `apps.get_model("app", "Model")`.
fn get_model(ev: &mut Evaluator, args: &Args, at: Span) -> Eval {
    let label = args.get(0, "app_label").map(Value::likely);
    let name = args.get(1, "model_name").map(Value::likely);
    if let Some(Value::Choice(alternatives)) = &label {
        return ev.map_choice(alternatives, |ev, label| {
            let given = std::iter::once(label.clone()).chain(name.clone());
            get_model(ev, &Args::of(given, at), at)
        });
    }
    let (label, name) = match (&label, &name) {
        (Some(Value::Str(both)), None | Some(Value::None)) => match both.split_once('.') {
            Some((label, name)) => (label.to_owned(), name.to_owned()),
            None => return ev.raise("ValueError", both, at),
        },
        (Some(Value::Str(label)), Some(Value::Str(name))) => (label.to_string(), name.to_string()),
        _ => return Ok(Value::unknown("a model whose name is not known", at)),
    };
    match ev.model(&label, &name) {
        Some(class) => Ok(Value::Class(class)),
        None => ev.raise("LookupError", &format!("no model {label}.{name}"), at),
    }
}

fn user_model(ev: &mut Evaluator, at: Span) -> Eval {
    let name: Text = Rc::from("AUTH_USER_MODEL");
    let value = setting(ev, &name, at)?;
    let named = value.alternatives().into_iter().find(|a| matches!(a.value, Value::Str(_)));
    let args = Args::of([named.map_or(value, |named| named.value)], at);
    if let Ok(found) = get_model(ev, &args, at) {
        return Ok(found);
    }
    // Asked while models are still being loaded: known by name, resolved later.
    let callee = Value::external("django.contrib.auth.get_user_model");
    Ok(ev.opaque_call(&callee, args, at))
}

/// Class methods that models inherit from what has no source.
pub(super) fn model_method(
    _: &mut Evaluator,
    _: &Rc<Class>,
    _: &str,
    _: &Args,
    _: Span,
) -> Option<Eval> {
    None
}

/// Methods of what Django's functions gave.
pub(super) fn call_method(
    _: &mut Evaluator,
    _: &Rc<Call>,
    _: &str,
    _: &Args,
    _: Span,
) -> Option<Eval> {
    None
}

/// Operators on parts of queries: `Q(...) | Q(...)`, `F("a") + 1`.
pub(super) fn combine(
    ev: &mut Evaluator,
    a: &Value,
    _: Operator,
    b: &Value,
    at: Span,
) -> Option<Value> {
    let part = |value: &Value| matches!(value, Value::Call(call) if is_expression(call));
    if !part(a) && !part(b) {
        return None;
    }
    let args = Args::of([a.clone(), b.clone()], at);
    Some(ev.opaque_call(&Value::external("django.db.models.CombinedExpression"), args, at))
}

impl Evaluator {
    /// The language that is active where no request chooses one.
    pub fn language(&mut self) -> Option<String> {
        let name = self.intern("LANGUAGE_CODE");
        let code = setting(self, &name, Span::default()).ok()?;
        code.alternatives().iter().find_map(|a| a.value.as_str().map(str::to_owned))
    }

    /// The model with the label and name; its name is compared without case, as Django does.
    pub fn model(&self, label: &str, name: &str) -> Option<Rc<Class>> {
        if !self.is_tracing() {
            return self.find_model(label, name);
        }
        let (mut asked, models) = (self.registry.asked.borrow_mut(), self.registry.models.len());
        asked.model((label, name), models, || self.find_model(label, name))
    }

    fn find_model(&self, label: &str, name: &str) -> Option<Rc<Class>> {
        let mut models = self.registry.models.iter().rev().filter(|m| !m.is_abstract);
        models
            .find(|m| {
                m.class.name.eq_ignore_ascii_case(name)
                    && self.app_label(&m.class).is_some_and(|found| *found == *label)
            })
            .map(|m| m.class.clone())
    }

    /// The app label of a model class: `Meta.app_label`, else that of the app that contains it.
    pub fn app_label(&self, class: &Rc<Class>) -> Option<Text> {
        if let Some(meta) = meta_of(&self.registry, class)
            && let Some((_, binding)) = meta.lookup("app_label")
            && let Value::Str(label) = binding.value
        {
            return Some(label);
        }
        let module = class.module.borrow().clone();
        self.registry.containing_app(&module).map(|app: &InstalledApp| app.label.clone())
    }
}
