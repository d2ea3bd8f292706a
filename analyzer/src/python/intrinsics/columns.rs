//! The columns of a model's rows while classes are being made, as `_meta.fields` would name them:
//! some libraries make models that repeat those of others.

use std::rc::Rc;

use super::apps::APP_CONFIG;
use super::django::setting;
use crate::python::evaluator::Evaluator;
use crate::python::object::{Args, Base, Class};
use crate::python::registry::is_model;
use crate::python::value::{Item, Span, Text, Value};

const FIELD: &str = "django.db.models.fields.Field";
const ONE_TO_ONE: &str = "django.db.models.fields.related.OneToOneField";
const GENERIC_KEY: &str = "django.contrib.contenttypes.fields.GenericForeignKey";
const GENERIC_RELATION: &str = "django.contrib.contenttypes.fields.GenericRelation";

/// Concrete parents of concrete parents (a count); people stop at two.
const PARENTS_MAX: u32 = 12;

/// Pairs of name and field: the model's own, those of its parents, and those that Django makes.
pub(super) fn of(ev: &mut Evaluator, class: &Rc<Class>, at: Span) -> Value {
    let mut found = Vec::new();
    collect(ev, class, &mut found, PARENTS_MAX, at);
    let pairs = found.into_iter().map(|(name, field)| {
        let pair = vec![Item::new(Value::Str(name), at), Item::new(field, at)];
        Item::new(Value::tuple(pair), at)
    });
    Value::list(pairs.collect())
}

type Columns = Vec<(Text, Value)>;

fn collect(ev: &mut Evaluator, class: &Rc<Class>, found: &mut Columns, depth: u32, at: Span) {
    let mut extends = false;
    let mut own = Columns::new();
    for base in class.mro() {
        let Base::Class(ancestor) = base else { continue };
        if !Rc::ptr_eq(ancestor, class) && is_model(ancestor) && !ev.registry.is_abstract(ancestor)
        {
            if !extends && depth > 0 {
                collect(ev, ancestor, found, depth - 1, at);
                found.extend(link(ev, ancestor, at));
            }
            extends = true;
        } else if !extends {
            declared(ev, ancestor, &mut own);
        }
    }
    if !extends && !own.iter().any(|(_, field)| is_key(ev, field, at)) {
        let key = auto_key(ev, class, at).map(|key| (Rc::from("id"), key));
        found.extend(key);
    }
    own.retain(|(name, _)| !found.iter().any(|(known, _)| known == name));
    found.append(&mut own);
}

/// The columns that one class declares.
fn declared(ev: &Evaluator, class: &Rc<Class>, own: &mut Columns) {
    let contributed = ev.registry.contributed(class);
    let names = class.scope.names.borrow();
    for (name, binding) in names.iter().chain(contributed.iter().map(|(n, b)| (n, b))) {
        if is_column(&binding.value) && !own.iter().any(|(known, _)| known == name) {
            own.push((name.clone(), binding.value.clone()));
        }
    }
}

fn is_column(value: &Value) -> bool {
    match value {
        Value::Instance(field) => {
            let class = &field.class;
            let many = class.lookup("many_to_many").map(|(_, binding)| binding.value);
            class.descends_from(FIELD)
                && !class.descends_from(GENERIC_KEY)
                && !class.descends_from(GENERIC_RELATION)
                && !matches!(many, Some(Value::Bool(true)))
        }
        // A field class without source is told by its name.
        Value::Call(call) => call.path().is_some_and(|path| {
            let name = path.rsplit('.').next().unwrap_or_default();
            name.ends_with("Field") && !name.ends_with("ManyToManyField")
        }),
        _ => false,
    }
}

fn is_key(ev: &mut Evaluator, field: &Value, at: Span) -> bool {
    let name = ev.intern("primary_key");
    let key = ev.attribute(field, &name, at);
    matches!(key, Ok(Value::Bool(true)))
}

/// The `<parent>_ptr` that Django makes.
fn link(ev: &mut Evaluator, parent: &Rc<Class>, at: Span) -> Option<(Text, Value)> {
    let field = ev.resolve(ONE_TO_ONE);
    let cascade = Value::external("django.db.models.deletion.CASCADE");
    let args = Args::of([Value::Class(parent.clone()), cascade], at);
    let name = Rc::from(format!("{}_ptr", parent.name.to_lowercase()));
    Some((name, ev.call(&field, args, at).ok()?))
}

/// The key that Django makes, of the kind that the app or the settings name.
fn auto_key(ev: &mut Evaluator, class: &Rc<Class>, at: Span) -> Option<Value> {
    let label = ev.app_label(class);
    let app = ev.registry.apps.iter().find(|app| Some(&app.label) == label.as_ref()).cloned();
    let chosen = app.and_then(|app| match &app.config {
        Value::Instance(config) if config.class.descends_from(APP_CONFIG) => {
            Some(config.class.lookup("default_auto_field")?.1.value)
        }
        _ => None,
    });
    let path = match chosen {
        Some(path @ Value::Str(_)) => path,
        _ => setting(ev, &Rc::from("DEFAULT_AUTO_FIELD"), at).ok()?,
    };
    let field = ev.resolve(path.as_str()?);
    ev.call(&field, Args::default(), at).ok()
}
