//! What we know of Python and of libraries without their source, by dotted path: the one registry.
//!
//! Each file answers for one world. To teach the evaluator a new function, add its path there; to
//! describe a new library's classes, write a stub into the catalogue instead.

use ruff_python_ast::Operator;
use std::rc::Rc;

use super::evaluator::{Eval, Evaluator};
use super::object::{Args, Call, Class, Descriptor, DescriptorKind, Member};
use super::value::{Item, Span, Text, Value};

mod apps;
mod builtins;
mod columns;
mod containers;
mod django;
mod enums;
mod environment;
mod fields;
mod held;
mod included;
mod meta;
mod namespace;
mod orm;
pub(crate) mod paths;
mod properties;
mod protocols;
mod regular;
mod standard;
mod strings;
mod tasks;
mod told;
mod traced;

pub use apps::APP_CONFIG;
pub(crate) use apps::create as create_app;
pub(crate) use builtins::builtin;
pub(crate) use fields::show_choices;
pub(crate) use held::{fill, held, held_unless};
pub use orm::model_of;
pub(crate) use orm::queries::{gives_rows, lay_aside, rows_of};
pub(crate) use orm::rows::row_attribute;
pub use orm::rows::{delete as delete_model, row as stored_row, touch as touch_model};
pub(crate) use regular::Patterns;
pub(crate) use standard::{is_missing_in_contrib, is_standard_module};
pub(crate) use tasks::{named as named_task, packed as packed_arguments, with_itself};
pub(crate) use told::{BEGINNINGS_MAX, begins, between};
pub(crate) use traced::{
    handed_on, is_atomic, is_lead, mark_atomic, traced_call, unknown_attribute,
};

/// A symbolic name, or its value where that is the same everywhere.
pub(crate) fn external(path: &str) -> Value {
    standard::constant(path).unwrap_or_else(|| Value::external(path))
}

/// Whether what a call without source gave counts as true, if that is known.
pub(crate) fn truth_of_call(call: &Call) -> Option<bool> {
    regular::is_match(call).then_some(true)
}

/// Whether something external counts as true. Modules, classes and functions do; a constant may
/// not.
pub(crate) fn truth_of_external(path: &str) -> Option<bool> {
    let name = path.rsplit('.').next().unwrap_or(path);
    let constant = name.chars().all(|c| c.is_ascii_uppercase() || c == '_' || c.is_ascii_digit());
    (!constant && path != "os.environ" && path != "sys.argv").then_some(true)
}

/// Whether a library's functions are answered here by their dotted paths: its source, where it is
/// at hand, would tell less (it reads an environment and files that are not there).
pub(crate) fn is_known_by_path(dotted: &str) -> bool {
    let top = dotted.split('.').next().unwrap_or(dotted);
    matches!(top, "celery" | "decouple" | "environ" | "environs" | "split_settings")
}

/// Calls something by its dotted path; none if nothing is known of it.
pub(crate) fn call(ev: &mut Evaluator, path: &str, args: &Args, at: Span) -> Option<Eval> {
    if let Some(name) = path.strip_prefix("builtins.") {
        return builtins::call(ev, name, args, at);
    }
    if path.starts_with("django.") {
        if let Some(found) = traced::call(ev, path, args, at) {
            return Some(found);
        }
        return django::call(ev, path, args, at);
    }
    standard::call(ev, path, args, at)
        .or_else(|| told::call(ev, path, args, at))
        .or_else(|| paths::call(ev, path, args, at))
        .or_else(|| environment::call(ev, path, args, at))
        .or_else(|| included::call(ev, path, args, at))
        .or_else(|| properties::call(path, args))
        .or_else(|| regular::call(ev, path, args, at))
}

/// Calls the result of a call without source (`functools.partial(...)`, `environ.Env()`).
pub(crate) fn call_result(
    ev: &mut Evaluator,
    call: &Rc<Call>,
    args: &Args,
    at: Span,
) -> Option<Eval> {
    if let Some(view_called) = ev.registry.view_called.filter(|_| ev.is_tracing())
        && view_called(ev, call, args, at)
    {
        ev.registry.views_called += 1;
        ev.registry.aside += 1;
        return Some(Ok(Value::unknown("the answer of a view", at)));
    }
    let path = call.path()?;
    if &*path == "functools.partial" {
        let (callee, given) = call.args.positional.split_first()?;
        let mut all = args.clone();
        all.positional.splice(0..0, given.iter().cloned());
        for (name, item) in &call.args.named {
            if all.named(name).is_none() {
                all.named.push((name.clone(), item.clone()));
            }
        }
        return Some(ev.call(&callee.value.clone(), all, at));
    }
    paths::called(call, args).or_else(|| environment::call_reader(ev, &path, call, args, at))
}

/// Calls a method of a built-in value or of something whose inside we know.
pub(crate) fn method(ev: &mut Evaluator, member: &Member, args: &Args, at: Span) -> Option<Eval> {
    ev.charge(member.base.size());
    match &member.base {
        Value::Str(text) => Some(strings::method(ev, text, &member.name, args, at)),
        Value::List(_) | Value::Tuple(_) | Value::Set(_) | Value::Dict(_) => {
            Some(containers::method(ev, &member.base, &member.name, args, at))
        }
        Value::Function(_) | Value::Descriptor(_) if &*member.name == "__get__" => {
            ev.got(&member.base, args, at)
        }
        Value::Descriptor(descriptor) => descriptor_method(ev, descriptor, &member.name, args),
        Value::Call(call) if ev.is_tracing() && tasks::is_task(member) => {
            tasks::task(ev, call, &member.name, args, at)
        }
        Value::Call(call) => paths::method(ev, &member.base, &member.name, args, at)
            .or_else(|| environment::method(ev, call, &member.name, args, at))
            .or_else(|| regular::method(ev, call, &member.name, args, at))
            .or_else(|| django::signal_method(ev, &member.base, &member.name, args, at))
            .or_else(|| django::call_method(ev, call, &member.name, args, at)),
        Value::Module(module) => namespace::method(ev, module, &member.name, args, at),
        // What a metaclass falls back to when its class is called.
        Value::Class(class) if &*member.name == "super.__call__" => {
            Some(ev.make_instance(class, args.clone(), at))
        }
        Value::Class(class) if &*member.name == "__subclasses__" => {
            meta::subclasses(ev, class, at).map(Ok)
        }
        Value::Class(class) if &*member.name == "mro" => {
            let name = ev.intern("__mro__");
            let order = ev.attribute(&Value::Class(class.clone()), &name, at).ok()?;
            Some(Ok(Value::list(ev.elements_or_rest(&order, at))))
        }
        Value::Class(class) => django::model_method(ev, class, &member.name, args, at),
        Value::Function(function) if &*member.name == "cache_clear" => {
            function.memo.get()?.borrow_mut().clear();
            Some(Ok(Value::None))
        }
        Value::Member(_) => meta::member_method(ev, member, args, at),
        // Inside `__getattribute__` the plain way is taken.
        Value::Instance(_) if &*member.name == "super.__getattribute__" => {
            let Value::Str(name) = args.get(0, "name")? else { return None };
            Some(ev.attribute(&member.base, name, at))
        }
        Value::Instance(row) => {
            let inherited = member.name.strip_prefix("super.");
            let name = inherited.unwrap_or(&member.name);
            let ancestor = || Value::unknown("what an ancestor without source does", at);
            held::method(ev, row, name, args, at)
                .or_else(|| orm::rows::method(ev, row, name, args, at))
                .or_else(|| django::signal_method(ev, &member.base, name, args, at))
                .or_else(|| inherited.map(|_| Ok(ancestor())))
        }
        _ => None,
    }
}

fn descriptor_method(
    ev: &mut Evaluator,
    of: &Rc<Descriptor>,
    name: &str,
    _: &Args,
) -> Option<Eval> {
    let _ = ev;
    matches!(name, "setter" | "deleter" | "getter" | "register")
        .then(|| Ok(Value::Descriptor(of.clone())))
}

/// Makes an object of a class that is not made by `__init__` alone.
pub(crate) fn construct(
    ev: &mut Evaluator,
    class: &Rc<Class>,
    args: &Args,
    at: Span,
) -> Option<Eval> {
    if super::classes::is_metaclass(class) && args.positional.len() >= 3 {
        let meta = Value::Class(class.clone());
        return Some(builtins::new_type(ev, args, Some(meta), at));
    }
    if super::classes::is_enumeration(class) && args.positional.len() == 1 {
        return args.positional.first().map(|item| Ok(item.value.clone()));
    }
    properties::construct(class, args)
}

/// An attribute of something external.
pub(crate) fn attribute(ev: &mut Evaluator, path: &str, name: &Text, at: Span) -> Eval {
    if let Some(found) = django::attribute(ev, path, name, at) {
        return found;
    }
    if !ev.registry.patched.is_empty()
        && let Some(found) = ev.registry.patched.get(&*format!("{path}.{name}"))
    {
        return Ok(found.clone());
    }
    if &**name == "__name__" && !path.starts_with("django.conf") {
        return Ok(Value::str(path.rsplit('.').next().unwrap_or(path)));
    }
    Ok(external(&format!("{path}.{name}")))
}

/// A class attribute that its class statement does not show.
pub(crate) fn class_attribute(
    ev: &mut Evaluator,
    class: &Rc<Class>,
    name: &Text,
    at: Span,
) -> Option<Eval> {
    enums::class_attribute(class, name, at)
        .or_else(|| meta::class_attribute(class, name))
        .or_else(|| orm::class_attribute(ev, class, name, at))
}

/// An attribute of what a call without source gave.
pub(crate) fn call_attribute(
    ev: &mut Evaluator,
    call: &Rc<Call>,
    name: &Text,
    at: Span,
) -> Option<Eval> {
    if let Some(class) = between(ev, call) {
        return Some(ev.attribute(&Value::Class(class), name, at));
    }
    paths::attribute(ev, call, name)
        .or_else(|| orm::model_attribute(&Value::Call(call.clone()), name).map(Ok))
        .or_else(|| decorated_attribute(call, name).map(Ok))
}

/// What a decorator without source hands on of the function inside: its names and attributes.
fn decorated_attribute(call: &Rc<Call>, name: &str) -> Option<Value> {
    let inner = super::attributes::unwrap_decorated(&Value::Call(call.clone()))?;
    let Value::Function(function) = &inner else { return None };
    match name {
        "__name__" => Some(Value::Str(function.name.clone())),
        "__qualname__" => Some(Value::Str(function.qualname.clone())),
        "__module__" => Some(Value::Str(function.module.name.clone())),
        "__wrapped__" => Some(inner),
        _ => super::attributes::decorated_attribute(call, name),
    }
}

/// An attribute of an attribute, such as `Model._meta.label`.
pub(crate) fn member_attribute(
    ev: &mut Evaluator,
    value: &Value,
    name: &Text,
    at: Span,
) -> Option<Eval> {
    meta::member_attribute(ev, value, name, at)
        .or_else(|| orm::model_attribute(value, name).map(Ok))
}

/// `property.setter` and the like.
pub(crate) fn descriptor_attribute(
    of: &Rc<Descriptor>,
    value: &Value,
    name: &Text,
) -> Option<Value> {
    match (&**name, of.kind) {
        ("fget" | "func" | "__func__" | "__wrapped__", _) => Some(of.inner.clone()),
        ("__get__", _)
        | (
            "setter" | "getter" | "deleter",
            DescriptorKind::Property | DescriptorKind::CachedProperty,
        ) => Some(super::attributes::member(value, name)),
        _ => None,
    }
}

/// How the message begins of an exception that says that a module is missing.
const NOT_FOUND: &str = "No module named ";

/// The message that says that a module is missing.
pub(crate) fn not_found(module: &str) -> String {
    format!("{NOT_FOUND}'{module}'")
}

/// Names of the parts of a version, in order.
const VERSION_PARTS: &[&str] = &["major", "minor", "micro"];

/// A method of a built-in value; none where its type has no such attribute.
pub(crate) fn builtin_attribute(value: &Value, name: &Text) -> Option<Value> {
    let known: &[&str] = match value {
        // A member of an enumeration is represented by its value.
        Value::Str(_) | Value::Int(_) if matches!(&**name, "value" | "real") => {
            return Some(value.clone());
        }
        Value::Str(text) if &**name == "name" && text.starts_with(NOT_FOUND) => {
            return Some(Value::str(text.trim_start_matches(NOT_FOUND).trim_matches('\'')));
        }
        Value::Str(_) if matches!(&**name, "label" | "name") => return Some(value.clone()),
        // An exception is represented by its message; that of a file says that there is none.
        Value::Str(_) if &**name == "errno" => return Some(external("errno.ENOENT")),
        Value::Int(_) if matches!(&**name, "label" | "name") => {
            return Some(super::attributes::member(value, name));
        }
        Value::Str(_) => strings::METHODS,
        // `sys.version_info` and its like: named tuples that are told as plain ones.
        Value::Tuple(parts) if VERSION_PARTS.contains(&&**name) => {
            let index = VERSION_PARTS.iter().position(|part| *part == &**name)?;
            return parts.items.borrow().get(index).map(|item| item.value.clone());
        }
        Value::List(_) | Value::Tuple(_) | Value::Set(_) | Value::Dict(_) => {
            containers::methods_of(value)
        }
        Value::Bytes(_) => &["decode"],
        _ => &[],
    };
    if &**name == "__class__" || known.contains(&&**name) {
        return Some(super::attributes::member(value, name));
    }
    None
}

/// An operator on values whose inside we know.
pub(crate) fn binary(
    ev: &mut Evaluator,
    a: &Value,
    op: Operator,
    b: &Value,
    at: Span,
) -> Option<Value> {
    paths::join_operator(ev, a, op, b, at).or_else(|| django::combine(ev, a, op, b, at))
}

/// `object[index]` for values that are no containers of ours.
pub(crate) fn subscript(
    ev: &mut Evaluator,
    object: &Value,
    index: &Value,
    at: Span,
) -> Option<Eval> {
    if let Some(found) = orm::queries::subscript(ev, object, Some(index)) {
        return Some(found);
    }
    if matches!(object, Value::External(path) if &**path == "sys.modules") {
        return standard::imported(ev, index, at);
    }
    if let Value::Module(module) = object {
        let name = index.as_str()?;
        return Some(match module.scope.get(name) {
            Some(value) => Ok(value),
            None => ev.raise("KeyError", name, at),
        });
    }
    if let (Value::Class(class), Value::Str(name)) = (object, index)
        && super::classes::is_enumeration(class)
    {
        return Some(ev.attribute(object, name, at));
    }
    environment::subscript(ev, object, index, at)
        .or_else(|| paths::subscript(ev, object, index, at))
        .or_else(|| regular::subscript(object, index))
}

/// A slice of a queryset is one.
pub(crate) fn slice(ev: &mut Evaluator, object: &Value) -> Option<Eval> {
    orm::queries::subscript(ev, object, None)
}

/// The elements of values that are no containers of ours.
pub(crate) fn elements(ev: &mut Evaluator, value: &Value) -> Option<Vec<Item>> {
    if let Some(rows) = orm::queries::elements(ev, value) {
        return Some(rows);
    }
    match value {
        Value::Instance(instance) => {
            let Some((_, method)) = instance.class.lookup("__iter__") else {
                return ev.elements(&held(instance)?);
            };
            let bound = ev.bind_attribute(&method.value, value);
            let iterated = ev.call(&bound, Args::default(), instance.at).ok()?;
            if matches!(iterated, Value::Instance(_)) { None } else { ev.elements(&iterated) }
        }
        _ => None,
    }
}
