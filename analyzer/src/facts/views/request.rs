//! The request that a view is called with: its method, the route that it came by, and what the
//! project's middleware has put on it.

use std::rc::Rc;

use crate::facts::urls::Arguments;
use crate::python::object::{Binding, Instance, Origin};
use crate::python::{Args, Evaluator, Item, Span, Text, Value, stored_row};

const REQUEST: &str = "django.http.HttpRequest";
/// Attribute that holds the method; the catalogue tells who asks for it.
const METHOD: &str = "outgrow_method";
const MATCH: &str = "django.urls.resolvers.ResolverMatch";

/// A request by a route; it is the one that `resolve()` finds from now on.
pub(super) fn make(ev: &mut Evaluator, method: &str, by: &Arguments, at: Span) -> Value {
    ev.registry.resolved = matched(ev, by, at);
    ev.registry.method = Rc::from(method);
    ev.registry.path_begins = Some(by.begins.clone());
    let Value::Class(class) = ev.resolve(REQUEST) else { return Value::unknown("a request", at) };
    let request = ev.bare_instance(&class, Args::default(), at);
    ev.set_attribute(&request, &Rc::from(METHOD), Value::str(method), at);
    request
}

/// `request.resolver_match`.
fn matched(ev: &mut Evaluator, by: &Arguments, at: Span) -> Option<Value> {
    let Value::Class(class) = ev.resolve(MATCH) else { return None };
    let found = ev.bare_instance(&class, Args::default(), at);
    let kwargs = kwargs(ev, by, at);
    ev.set_attribute(&found, &Rc::from("kwargs"), kwargs, at);
    Some(found)
}

/// The named arguments as the dictionary that views keep.
pub(super) fn kwargs(ev: &mut Evaluator, by: &Arguments, at: Span) -> Value {
    let named = by.named.iter().map(|(name, value)| (name.clone(), Item::new(value.clone(), at)));
    ev.dict_of(named.collect::<Vec<_>>())
}

/// The arguments of the call.
pub(super) fn args(request: &Value, by: &Arguments, at: Span) -> Args {
    let named = by.named.iter().map(|(name, value)| (name.clone(), Item::new(value.clone(), at)));
    let positional = vec![Item::new(request.clone(), at)];
    Args { positional, named: named.collect(), open: by.open }
}

/// What somebody has put on a request.
pub(super) fn attributes(request: &Value) -> Vec<(Text, Binding)> {
    let Value::Instance(request) = request else { return Vec::new() };
    let names = request.attrs.names.borrow();
    names.iter().map(|(name, binding)| (name.clone(), binding.clone())).collect()
}

/// Makes what is on a request what it once was.
pub(super) fn restore(request: &Value, attributes: &[(Text, Binding)]) {
    let Value::Instance(request) = request else { return };
    request.attrs.names.take();
    for (name, binding) in attributes {
        request.attrs.set(name.clone(), binding.clone());
    }
}

/// Puts on a request what an earlier one of its kind was given; gives what was put there. Objects
/// are made anew: what a view finds out about them is no news of another.
pub(super) fn put_on(
    ev: &mut Evaluator,
    request: &Value,
    attributes: &[(Text, Binding)],
) -> Vec<(Text, Value)> {
    let Value::Instance(request) = request else { return Vec::new() };
    let mut put = Vec::new();
    for (name, binding) in attributes {
        if request.attrs.get(name).is_none() {
            let value = renewed(ev, &binding.value, binding.at);
            put.push((name.clone(), value.clone()));
            request.attrs.set(name.clone(), Binding { value, ..binding.clone() });
        }
    }
    put
}

/// Takes what was put on a request off again, where nobody replaced it: who did it does it again,
/// and may ask first whether it was done.
pub(super) fn take_off(request: &Value, put: &[(Text, Value)]) {
    let Value::Instance(request) = request else { return };
    let same = |now: &Value, value: &Value| match (now, value) {
        (Value::Choice(now), Value::Choice(value)) => Rc::ptr_eq(now, value),
        _ => now.is_same(value),
    };
    for (name, value) in put {
        if request.attrs.get(name).is_some_and(|now| same(&now, value)) {
            request.attrs.names.borrow_mut().shift_remove(name);
        }
    }
}

/// Takes away what an object holds that has done its work: what it made knows it, and it knows
/// that, so that nothing would ever be let go.
pub(super) fn forget(object: &Value) {
    if let Value::Instance(object) = object {
        object.attrs.names.take();
    }
}

fn renewed(ev: &mut Evaluator, value: &Value, at: Span) -> Value {
    match value {
        Value::Instance(instance) if ev.registry.schema.of(&instance.class).is_some() => {
            stored_row(ev, &instance.class, at)
        }
        Value::Instance(instance) if instance.class.home.origin == Origin::Catalogue => {
            copied(ev, instance, at)
        }
        Value::Choice(alternatives) => {
            let renewed = alternatives.iter().map(|alternative| {
                let value = renewed(ev, &alternative.value, at);
                crate::python::Alternative { value, ..alternative.clone() }
            });
            Value::choice(renewed.collect::<Vec<_>>())
        }
        other => other.clone(),
    }
}

fn copied(ev: &mut Evaluator, instance: &Rc<Instance>, at: Span) -> Value {
    let copy = ev.bare_instance(&instance.class, instance.args.clone(), at);
    if let Value::Instance(copy) = &copy {
        for (name, binding) in instance.attrs.names.borrow().iter() {
            copy.attrs.set(name.clone(), binding.clone());
        }
    }
    copy
}
