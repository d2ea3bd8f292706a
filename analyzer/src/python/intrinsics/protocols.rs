//! `hasattr`: code asks whether a value has an attribute, or the method behind a syntax such as
//! `__iter__`, to tell kinds of values apart.

use crate::python::evaluator::Evaluator;
use crate::python::object::Base;
use crate::python::registry::is_model;
use crate::python::value::{Span, Value};

/// `hasattr(object, name)`.
pub(super) fn has_attribute(ev: &mut Evaluator, object: &Value, name: &Value, at: Span) -> Value {
    let unknown = Value::unknown("whether an attribute exists", at);
    let Some(name) = name.as_str() else { return unknown };
    if let Some(has) = has(object, name) {
        return Value::Bool(has);
    }
    let name = ev.intern(name);
    match ev.guarded("AttributeError", |ev| ev.find_attribute(object, &name, at)) {
        Ok(Some(Value::Member(member))) if super::builtins::is_surely_absent(ev, &member) => {
            Value::Bool(false)
        }
        Ok(Some(Value::Member(member))) if !matches!(member.base, Value::Str(_)) => unknown,
        Ok(Some(Value::Unknown(_))) => unknown,
        Ok(Some(Value::External(_)))
            if !object.path().is_some_and(|p| p.starts_with("django.conf")) =>
        {
            unknown
        }
        Ok(Some(_)) => Value::Bool(true),
        Ok(None) | Err(_) => Value::Bool(false),
    }
}

/// Whether the value surely has the method, or surely not; none if that is not known.
fn has(object: &Value, name: &str) -> Option<bool> {
    if let Value::Instance(instance) = object
        && let Some(held) = super::held(instance)
        && super::containers::methods_of(&held).contains(&name)
    {
        return Some(true);
    }
    let built_in = match name {
        "__iter__" | "__len__" | "__contains__" => matches!(
            object,
            Value::List(_) | Value::Tuple(_) | Value::Set(_) | Value::Dict(_) | Value::Str(_)
        ),
        "__getitem__" => {
            matches!(object, Value::List(_) | Value::Tuple(_) | Value::Dict(_) | Value::Str(_))
        }
        "__setitem__" => matches!(object, Value::List(_) | Value::Dict(_)),
        "__call__" => matches!(object, Value::Function(_) | Value::Bound(_) | Value::Class(_)),
        _ => return None,
    };
    if built_in {
        return Some(true);
    }
    let Value::Class(class) = object else { return None };
    // What the catalogue tells of Django's models leaves out no such method.
    let seen = class.mro().iter().all(|base| matches!(base, Base::Class(_)));
    let metaclass = Evaluator::metaclass_of(class);
    let inherits = metaclass.is_some_and(|metaclass| metaclass.lookup(name).is_some());
    (is_model(class) && seen && !inherits).then_some(false)
}
