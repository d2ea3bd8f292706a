//! Objects of subclasses of `dict`, `list` and `set`: what such an object holds, and the methods
//! that its class leaves to the built-in one.

use std::rc::Rc;

use super::containers;
use crate::python::evaluator::{Eval, Evaluator};
use crate::python::object::{Args, Base, Class, Instance, Origin};
use crate::python::value::{Dict, Span, Value};

/// An empty container of the built-in class that the class extends, if it extends one and nothing
/// that is told only in part stands between.
fn empty_of(class: &Class) -> Option<Value> {
    for base in class.mro() {
        match base {
            Base::Class(known) if known.home.origin != Origin::Catalogue => {}
            Base::External(path) => match &**path {
                "builtins.dict"
                | "collections.OrderedDict"
                | "collections.defaultdict"
                | "collections.UserDict"
                | "typing.Dict"
                | "typing.OrderedDict"
                | "typing.DefaultDict" => return Some(Value::Dict(Rc::new(Dict::default()))),
                "builtins.list" | "collections.UserList" | "collections.deque" | "typing.List" => {
                    return Some(Value::list(Vec::new()));
                }
                "builtins.set" | "builtins.frozenset" | "typing.Set" => {
                    return Some(Value::set(Vec::new()));
                }
                _ => {}
            },
            _ => return None,
        }
    }
    None
}

/// What the object holds, if its class extends a built-in container.
pub(crate) fn held(instance: &Instance) -> Option<Value> {
    let held = instance.held.get_or_init(|| empty_of(&instance.class));
    held.clone()
}

/// What the value holds, if it is an object of such a class that keeps to the built-in way of
/// `method`.
pub(crate) fn held_unless(value: &Value, method: &str) -> Option<Value> {
    let Value::Instance(instance) = value else { return None };
    instance.class.lookup(method).is_none().then(|| held(instance)).flatten()
}

/// Calls a method of the built-in class on the object.
pub(super) fn method(
    ev: &mut Evaluator,
    instance: &Rc<Instance>,
    name: &str,
    args: &Args,
    at: Span,
) -> Option<Eval> {
    let held = held(instance)?;
    match name {
        "__init__" => {
            fill(ev, instance, args, at);
            Some(Ok(Value::None))
        }
        "__delitem__" => {
            if let Some(key) = args.get(0, "key") {
                crate::python::indexing::delete_item(&held, key);
            }
            Some(Ok(Value::None))
        }
        "__setitem__" => {
            let (key, value) = (args.get(0, "key")?.clone(), args.get(1, "value")?.clone());
            ev.set_item(&held, &key, value, at);
            Some(Ok(Value::None))
        }
        _ if containers::methods_of(&held).contains(&name) => {
            ev.charge(held.size());
            Some(containers::method(ev, &held, name, args, at))
        }
        _ => None,
    }
}

/// What the built-in constructor puts into the object.
pub(crate) fn fill(ev: &mut Evaluator, instance: &Rc<Instance>, args: &Args, at: Span) {
    let Some(held) = held(instance) else { return };
    let mut args = args.clone();
    if let Value::Dict(dict) = &held {
        if instance.class.descends_from("collections.defaultdict") && !args.positional.is_empty() {
            let factory = args.positional.remove(0).value;
            dict.factory.replace(Some(factory).filter(|f| !matches!(f, Value::None)));
        }
        // A subclass may override `update`, which the constructor does not call.
        let _ = containers::method(ev, &held, "update", &args, at);
        if args.open {
            dict.open.set(true);
        }
        return;
    }
    let name = if matches!(held, Value::Set(_)) { "update" } else { "extend" };
    if !args.positional.is_empty() {
        let _ = containers::method(ev, &held, name, &args, at);
    }
}
