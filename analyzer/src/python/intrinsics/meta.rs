//! `Model._meta`: what Django's `Options` say of a model, and what the project adds to them.

use std::rc::Rc;

use super::django::setting;
use crate::python::evaluator::{Eval, Evaluator, Raise};
use crate::python::object::{Args, Base, Class, Member};
use crate::python::registry::is_model;
use crate::python::value::{Dict, Item, Span, Text, Value};

/// Dotted path of the class of `_meta`.
const OPTIONS: &str = "django.db.models.options.Options";

/// `Model._meta`, `Model.objects`.
pub(super) fn class_attribute(class: &Rc<Class>, name: &Text) -> Option<Eval> {
    let told = &**name == "_meta" && is_model(class);
    told.then(|| Ok(crate::python::attributes::member(&Value::Class(class.clone()), name)))
}

/// `Model._meta.label` and the like.
pub(super) fn member_attribute(
    ev: &mut Evaluator,
    value: &Value,
    name: &Text,
    at: Span,
) -> Option<Eval> {
    let Value::Member(member) = value else { return None };
    let class = match &member.base {
        Value::Class(class) => class.clone(),
        Value::Instance(instance) => instance.class.clone(),
        _ => return None,
    };
    if &*member.name != "_meta" {
        return None;
    }
    let meta = |option: &str| match class.scope.get("Meta") {
        Some(Value::Class(meta)) => meta.lookup(option).map(|(_, b)| b.value),
        _ => None,
    };
    let found = match &**name {
        "object_name" => Value::Str(class.name.clone()),
        "model_name" => Value::str(&class.name.to_lowercase()),
        "verbose_name" => {
            meta("verbose_name").unwrap_or_else(|| Value::str(&class.name.to_lowercase()))
        }
        "app_label" => Value::str(&ev.app_label(&class)?),
        "label" => Value::str(&format!("{}.{}", ev.app_label(&class)?, class.name)),
        "label_lower" => {
            Value::str(&format!("{}.{}", ev.app_label(&class)?, class.name.to_lowercase()))
        }
        "abstract" => Value::Bool(ev.registry.is_abstract(&class)),
        "proxy" => meta(name).unwrap_or(Value::Bool(false)),
        "swapped" => swapped(ev, &class, meta("swappable").as_ref(), at),
        "db_table" => meta("db_table").unwrap_or_else(|| {
            let label = ev.app_label(&class).unwrap_or_default();
            Value::str(&format!("{label}_{}", class.name.to_lowercase()))
        }),
        "model" => Value::Class(class),
        "parents" => parent_links(ev, &class, at),
        "pk" => match primary_key(ev, &class, at) {
            Some(field) => field,
            None => return Some(Ok(crate::python::attributes::member(value, name))),
        },
        _ => match ev.registry.patched.get(&*format!("{OPTIONS}.{name}")).cloned() {
            Some(added) => return Some(ev.through_instance(&added, value, at)),
            None => return Some(Ok(crate::python::attributes::member(value, name))),
        },
    };
    Some(Ok(found))
}

/// The field that is a model's primary key: declared, the link to a parent, or made by Django.
fn primary_key(ev: &mut Evaluator, class: &Rc<Class>, at: Span) -> Option<Value> {
    for base in class.mro() {
        let Base::Class(ancestor) = base else { return None };
        if !is_model(ancestor) {
            continue;
        }
        let concrete_parent = !Rc::ptr_eq(ancestor, class) && !ev.registry.is_abstract(ancestor);
        if concrete_parent {
            let link = ev.resolve("django.db.models.fields.related.OneToOneField");
            return Some(ev.bare_instance(link.as_class()?, Args::default(), at));
        }
        for binding in ancestor.scope.names.borrow().values() {
            let Value::Instance(field) = &binding.value else { continue };
            if matches!(field.args.named("primary_key"), Some(Value::Bool(true))) {
                return Some(binding.value.clone());
            }
        }
    }
    let name: Text = Rc::from("DEFAULT_AUTO_FIELD");
    let Ok(Value::Str(path)) = setting(ev, &name, at) else { return None };
    let class = ev.resolve(&path).as_class()?.clone();
    Some(ev.bare_instance(&class, Args::default(), at))
}

/// The label of the model that a setting puts in the place of this one, or none.
fn swapped(ev: &mut Evaluator, class: &Rc<Class>, swappable: Option<&Value>, at: Span) -> Value {
    let Some(Value::Str(name)) = swappable else { return Value::None };
    let Ok(Value::Str(chosen)) = setting(ev, name, at) else { return Value::None };
    let label = ev.app_label(class).unwrap_or_default();
    let itself = chosen
        .split_once('.')
        .is_some_and(|(app, model)| *app == *label && model.eq_ignore_ascii_case(&class.name));
    if itself { Value::None } else { Value::Str(chosen) }
}

/// Methods of members, such as `Model._meta.get_field("name")`.
pub(super) fn member_method(
    ev: &mut Evaluator,
    member: &Member,
    args: &Args,
    at: Span,
) -> Option<Eval> {
    let Value::Member(meta) = &member.base else { return None };
    let Value::Class(class) = &meta.base else { return None };
    match (&*meta.name, &*member.name) {
        ("_meta", "get_field") => {}
        ("_meta", "get_parent_list") => return Some(Ok(parents(ev, class, at))),
        _ => return None,
    }
    let name = args.get(0, "field_name")?.as_str()?.to_owned();
    // A field may have put something else in its own place.
    let contributed = class.mro().iter().find_map(|base| match base {
        Base::Class(ancestor) => {
            ev.registry.contributed(ancestor).into_iter().find(|(known, _)| **known == *name)
        }
        _ => None,
    });
    let declared = contributed.map(|(_, binding)| binding.value);
    Some(match declared.or_else(|| class.lookup(&name).map(|(_, binding)| binding.value)) {
        Some(field) => Ok(field),
        None if may_have(ev, class, &name) => {
            Ok(Value::unknown("a field that Django makes itself", at))
        }
        None => Err(Box::new(no_field(&name, at))),
    })
}

/// Whether a model may have a field that is not seen: one that Django makes itself, or one of a
/// class without source. Before all models are loaded, relations from others do not count.
fn may_have(ev: &Evaluator, class: &Class, name: &str) -> bool {
    let made = name == "id" || name.ends_with("_id") || name.ends_with("_ptr");
    let unseen = |base: &Base| match base {
        Base::Class(_) => false,
        Base::External(path) => !path.starts_with("django."),
        Base::Unknown(_) => true,
    };
    made || ev.registry.models_loaded || class.mro().iter().any(unseen)
}

/// `FieldDoesNotExist`, under the names by which it can be caught.
fn no_field(name: &str, at: Span) -> Raise {
    let homes = ["core.exceptions", "db.models", "db.models.fields"];
    let lineage: Vec<Text> =
        homes.iter().map(|home| Rc::from(format!("django.{home}.FieldDoesNotExist"))).collect();
    Raise { kind: lineage[0].clone(), lineage, value: Value::str(name), at }
}

/// The models that extend a model, in the order in which they were made.
pub(super) fn subclasses(ev: &Evaluator, class: &Rc<Class>, at: Span) -> Option<Value> {
    let extends = |other: &Rc<Class>| {
        other.bases.iter().any(|base| matches!(base, Base::Class(b) if Rc::ptr_eq(b, class)))
    };
    let models = ev.registry.models.iter().filter(|made| extends(&made.class));
    let found = models.map(|made| Item::new(Value::Class(made.class.clone()), at)).collect();
    is_model(class).then(|| Value::list(found))
}

/// The same as a dictionary; the fields that lead to them are made later.
fn parent_links(ev: &mut Evaluator, class: &Class, at: Span) -> Value {
    let links = Rc::new(Dict::default());
    for parent in ev.elements(&parents(ev, class, at)).unwrap_or_default() {
        let link = Value::unknown("the field that leads to a parent", at);
        ev.set_entry(&links, &parent.value, link, at);
    }
    Value::Dict(links)
}

/// The models that the class inherits the tables of, the nearest first.
fn parents(ev: &Evaluator, class: &Class, at: Span) -> Value {
    let parents = class.mro().iter().skip(1).filter_map(|base| match base {
        Base::Class(parent) if is_model(parent) && !ev.registry.is_abstract(parent) => {
            Some(Item::new(Value::Class(parent.clone()), at))
        }
        _ => None,
    });
    Value::list(parents.collect())
}
