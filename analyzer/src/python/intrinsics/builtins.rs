//! Built-in functions and classes.

use std::rc::Rc;

use rustc_hash::FxHashMap;

use crate::python::attributes::unwrap_decorated;
use crate::python::classes::NewClass;
use crate::python::evaluator::{Eval, Evaluator, LIST_MAX};
use crate::python::object::{
    Args, Base, Binding, Class, Descriptor, DescriptorKind, Member, Origin, Scope,
};
use crate::python::registry::{ReverseNames, is_model};
use crate::python::text::display;
use crate::python::value::{Dict, Item, Key, Span, Text, Value};

const NAMES: &[&str] = &[
    "ArithmeticError",
    "AssertionError",
    "AttributeError",
    "BaseException",
    "ConnectionError",
    "DeprecationWarning",
    "EOFError",
    "EnvironmentError",
    "Exception",
    "FileExistsError",
    "FileNotFoundError",
    "FutureWarning",
    "IOError",
    "ImportError",
    "ImportWarning",
    "IndexError",
    "KeyError",
    "KeyboardInterrupt",
    "LookupError",
    "MemoryError",
    "ModuleNotFoundError",
    "NameError",
    "NotImplemented",
    "NotImplementedError",
    "OSError",
    "OverflowError",
    "PendingDeprecationWarning",
    "PermissionError",
    "RecursionError",
    "ResourceWarning",
    "RuntimeError",
    "RuntimeWarning",
    "StopAsyncIteration",
    "StopIteration",
    "SyntaxError",
    "SyntaxWarning",
    "SystemError",
    "SystemExit",
    "TimeoutError",
    "TypeError",
    "UnboundLocalError",
    "UnicodeDecodeError",
    "UnicodeEncodeError",
    "UnicodeError",
    "UserWarning",
    "ValueError",
    "Warning",
    "ZeroDivisionError",
    "__build_class__",
    "__import__",
    "abs",
    "all",
    "any",
    "ascii",
    "bin",
    "bool",
    "breakpoint",
    "bytearray",
    "bytes",
    "callable",
    "chr",
    "classmethod",
    "compile",
    "complex",
    "delattr",
    "dict",
    "dir",
    "divmod",
    "enumerate",
    "eval",
    "exec",
    "filter",
    "float",
    "format",
    "frozenset",
    "getattr",
    "globals",
    "hasattr",
    "hash",
    "help",
    "hex",
    "id",
    "input",
    "int",
    "isinstance",
    "issubclass",
    "iter",
    "len",
    "list",
    "locals",
    "map",
    "max",
    "memoryview",
    "min",
    "next",
    "object",
    "oct",
    "open",
    "ord",
    "pow",
    "print",
    "property",
    "range",
    "repr",
    "reversed",
    "round",
    "set",
    "setattr",
    "slice",
    "sorted",
    "staticmethod",
    "str",
    "sum",
    "super",
    "tuple",
    "type",
    "vars",
    "zip",
];

thread_local! {
    /// The built-ins by name, made once.
    static BUILTINS: FxHashMap<&'static str, Value> =
        NAMES.iter().map(|name| (*name, Value::external(&format!("builtins.{name}")))).collect();
}

/// The built-in with the name.
pub(crate) fn builtin(name: &str) -> Option<Value> {
    BUILTINS.with(|all| all.get(name).cloned())
}

/// Calls a built-in.
pub(super) fn call(ev: &mut Evaluator, name: &str, args: &Args, at: Span) -> Option<Eval> {
    let first = args.get(0, "").cloned();
    let second = args.get(1, "").cloned();
    let descriptor = |kind, inner: Option<Value>| {
        Some(Ok(Descriptor::value(kind, inner.unwrap_or(Value::None))))
    };
    match name {
        "list" | "tuple" | "set" | "frozenset" | "sorted" | "reversed" | "iter" | "enumerate"
        | "zip" | "filter" | "map" | "range" | "all" | "any" | "len" | "sum" | "min" | "max"
        | "next" => Some(super::containers::function(ev, name, args, at)),
        "dict" => Some(Ok(new_dict(ev, args, at))),
        "dict.fromkeys" => super::standard::dict_from_keys(ev, args, at),
        "str" | "repr" => Some(Ok(to_text(ev, first.as_ref(), at))),
        "int" | "float" => Some(to_number(ev, name, first.as_ref(), at)),
        "bool" => Some(Ok(match first.as_ref().map_or(Some(false), |v| ev.truth(v)) {
            Some(truth) => Value::Bool(truth),
            None => first.unwrap_or(Value::None),
        })),
        "isinstance" | "issubclass" => Some(Ok(is_instance(ev, name, &first?, &second?, at))),
        "getattr" => Some(get_attribute(ev, args, at)),
        "hasattr" => Some(Ok(super::protocols::has_attribute(ev, &first?, &second?, at))),
        "setattr" => {
            let name = second?;
            if let Some(name) = name.as_str() {
                let name = ev.intern(name);
                ev.set_attribute(&first?, &name, args.get(2, "")?.clone(), at);
            }
            Some(Ok(Value::None))
        }
        "delattr" | "print" | "object.__init__" => Some(Ok(Value::None)),
        "callable" => Some(Ok(match first? {
            Value::Function(_) | Value::Class(_) | Value::Bound(_) => Value::Bool(true),
            Value::Str(_) | Value::None | Value::List(_) | Value::Dict(_) | Value::Tuple(_) => {
                Value::Bool(false)
            }
            Value::Instance(i) if !i.class.is_open() => {
                Value::Bool(i.class.lookup("__call__").is_some())
            }
            _ => Value::unknown("whether something can be called", at),
        })),
        "type" if args.positional.len() == 1 => Some(Ok(type_of(&first?, at))),
        "type" => Some(new_type(ev, args, None, at)),
        "type.__new__" => {
            let (meta, rest) = args.positional.split_first()?;
            let rest = Args { positional: rest.to_vec(), ..args.clone() };
            Some(new_type(ev, &rest, Some(meta.value.clone()), at))
        }
        "object.__new__" => Some(Ok(match first? {
            Value::Class(class) => ev.bare_instance(&class, Args::default(), at),
            _ => Value::unknown("an object made by hand", at),
        })),
        "property" => descriptor(DescriptorKind::Property, args.get(0, "fget").cloned()),
        "classmethod" => descriptor(DescriptorKind::ClassMethod, first),
        "staticmethod" => descriptor(DescriptorKind::StaticMethod, first),
        "vars" => {
            let name = ev.intern("__dict__");
            Some(ev.attribute(&first?, &name, at))
        }
        "dir" => Some(Ok(directory(&first?, at))),
        "id" | "hash" => Some(Ok(Value::unknown("an identity", at))),
        "__import__" => Some(super::standard::import_module(ev, args, at)),
        "open" => super::paths::open(ev, args.get(0, "file")?, args.get(1, "mode"), at),
        _ => None,
    }
}

fn new_dict(ev: &mut Evaluator, args: &Args, at: Span) -> Value {
    let dict = Value::Dict(Rc::new(Dict::default()));
    if let Some(item) = args.positional.first() {
        ev.update_dict(&dict, &item.value, at);
    }
    if let Value::Dict(made) = &dict {
        for (name, item) in &args.named {
            ev.set_entry(made, &Value::Str(name.clone()), item.value.clone(), item.at);
        }
        if args.open {
            made.open.set(true);
        }
    }
    dict
}

fn to_text(ev: &mut Evaluator, value: Option<&Value>, at: Span) -> Value {
    if let Some(object @ Value::Instance(instance)) = value
        && let Some((_, method)) = instance.class.lookup("__str__")
    {
        let method = ev.bind_attribute(&method.value, object);
        let text = ev.call(&method, Args::default(), at).ok();
        return text.unwrap_or_else(|| Value::unknown("the text of an object", at));
    }
    match value {
        None => Value::str(""),
        Some(Value::Unknown(unknown)) => Value::Unknown(unknown.clone()),
        Some(value) => match display(value) {
            Some(text) => Value::str(&text),
            None => Value::unknown("the text of an object", at),
        },
    }
}

fn to_number(ev: &Evaluator, name: &str, value: Option<&Value>, at: Span) -> Eval {
    Ok(match (name, value) {
        (_, None) => Value::Int(0),
        ("int", Some(Value::Str(text))) => match text.trim().parse::<i64>() {
            Ok(n) => Value::Int(n),
            Err(_) => return ev.raise("ValueError", text, at),
        },
        ("float", Some(Value::Str(text))) => match text.trim().parse::<f64>() {
            Ok(n) => Value::Float(n),
            Err(_) => return ev.raise("ValueError", text, at),
        },
        ("int", Some(Value::Bool(b))) => Value::Int(i64::from(*b)),
        (_, Some(value @ (Value::Int(_) | Value::Float(_) | Value::Unknown(_)))) => value.clone(),
        _ => Value::unknown("a number that is not followed", at),
    })
}

fn get_attribute(ev: &mut Evaluator, args: &Args, at: Span) -> Eval {
    let (Some(object), Some(name)) = (args.get(0, ""), args.get(1, "")) else {
        return Ok(Value::unknown("getattr() without a name", at));
    };
    // One of several names: any of the attributes.
    if let Value::Choice(names) = name {
        return ev.map_choice(names, |ev, name| {
            let mut args = args.clone();
            if let Some(item) = args.positional.get_mut(1) {
                item.value = name.clone();
            }
            get_attribute(ev, &args, at)
        });
    }
    let Some(name) = name.as_str() else {
        super::orm::rows::any_child(ev, object, at);
        return Ok(Value::unknown("an attribute whose name is not known", at));
    };
    let name = ev.intern(name);
    let default = args.get(2, "").cloned();
    let found = match default {
        Some(_) => ev.guarded("AttributeError", |ev| ev.find_attribute(object, &name, at)),
        None => ev.find_attribute(object, &name, at),
    };
    match (found, default) {
        (Ok(Some(Value::Member(found))), Some(default)) => {
            if is_surely_absent(ev, &found) {
                return Ok(default);
            }
            Ok(Value::either(default, Value::Member(found)))
        }
        (Ok(Some(found)), _) => Ok(found),
        (Ok(None) | Err(_), Some(default)) => Ok(default),
        (Ok(None), None) => ev.raise("AttributeError", &name, at),
        (Err(raise), None) => Err(raise),
    }
}

/// Whether a name that was not found would have been told, had it existed: the stubs of the
/// catalogue hold every public method of a class and its plain attributes.
pub(super) fn is_surely_absent(ev: &Evaluator, member: &Member) -> bool {
    let class = match &member.base {
        Value::Class(class) => class,
        Value::Instance(instance) => &instance.class,
        _ => return false,
    };
    let seen = class.mro().iter().all(|base| matches!(base, Base::Class(_)));
    seen && !member.name.starts_with('_') && !(is_model(class) && may_be_added(ev, &member.name))
}

/// Whether a model may have the name without a class statement saying so: Django's own additions
/// and the reverse side of relations.
fn may_be_added(ev: &Evaluator, name: &str) -> bool {
    let own = matches!(name, "objects" | "pk" | "DoesNotExist" | "MultipleObjectsReturned");
    if own || name.starts_with("get_") || name.ends_with("_set") || name.ends_with("_id") {
        return true;
    }
    let mut known = ev.registry.reverse.borrow_mut();
    // While modules are read, models that are there may get more fields.
    if known.models != ev.registry.models.len() || !ev.is_tracing() {
        *known = reverse_names(ev);
    }
    known.any || known.names.contains(name) || known.names.contains(&*name.to_ascii_lowercase())
}

/// Names that the models of the project may give to the reverse sides of their relations.
fn reverse_names(ev: &Evaluator) -> ReverseNames {
    let models = &ev.registry.models;
    let mut found = ReverseNames { models: models.len(), ..ReverseNames::default() };
    for model in models {
        found.names.insert(Rc::from(model.class.name.to_ascii_lowercase()));
        for binding in model.class.scope.names.borrow().values() {
            let args = match &binding.value {
                Value::Instance(field) => &field.args,
                Value::Call(call) => &call.args,
                _ => continue,
            };
            match args.named("related_name").map(Value::as_str) {
                Some(Some(name)) => drop(found.names.insert(Rc::from(name))),
                Some(None) => found.any = true,
                None => {}
            }
        }
    }
    found
}

fn type_of(value: &Value, at: Span) -> Value {
    match value {
        Value::Instance(instance) => Value::Class(instance.class.clone()),
        Value::Class(_) => Value::external("builtins.type"),
        Value::Call(call) => call.callee.clone(),
        Value::Unknown(_) | Value::Choice(_) | Value::Member(_) | Value::External(_) => {
            Value::unknown("the type of something not known", at)
        }
        other => Value::external(&format!("builtins.{}", kind(other))),
    }
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::None => "NoneType",
        Value::Bool(_) => "bool",
        Value::Int(_) => "int",
        Value::Float(_) => "float",
        Value::Str(_) => "str",
        Value::Bytes(_) => "bytes",
        Value::List(_) => "list",
        Value::Tuple(_) => "tuple",
        Value::Set(_) => "set",
        Value::Dict(_) => "dict",
        Value::Function(_) => "function",
        Value::Module(_) => "module",
        _ => "object",
    }
}

fn is_instance(ev: &mut Evaluator, name: &str, value: &Value, of: &Value, at: Span) -> Value {
    let unknown = || Value::unknown("the type of something not known", at);
    let wanted: Vec<Value> = match ev.elements(of) {
        Some(items) if matches!(of, Value::Tuple(_)) => {
            items.into_iter().map(|i| i.value).collect()
        }
        _ => vec![of.clone()],
    };
    if wanted.iter().any(Value::is_unknown) {
        return unknown();
    }
    let paths: Vec<Text> = wanted.iter().filter_map(Value::path).collect();
    // A library does not extend the classes of the project that uses it.
    let own = wanted.iter().all(|of| of.as_class().is_some_and(|c| c.home.origin == Origin::Own));
    let class = match value {
        Value::Instance(instance) if name == "isinstance" => Some(instance.class.clone()),
        Value::Class(class) if name == "issubclass" => Some(class.clone()),
        Value::Class(_) => {
            return Value::Bool(
                paths.iter().any(|p| matches!(&**p, "builtins.type" | "inspect.isclass")),
            );
        }
        // What `logging` gives is a logger, no class and nobody else's object.
        Value::Call(call) if call.path().is_some_and(|path| &*path == "logging.getLogger") => {
            let logger = |p: &Text| matches!(&**p, "logging.Logger" | "builtins.object");
            return Value::Bool(name == "isinstance" && paths.iter().any(logger));
        }
        Value::External(path) if own && !ev.is_own_module(top_of(path)) => {
            return Value::Bool(false);
        }
        // What a decorator without source makes of a function is none of the project's classes.
        Value::Call(_) if own && unwrap_decorated(value).is_some() => return Value::Bool(false),
        Value::Unknown(_)
        | Value::Choice(_)
        | Value::Call(_)
        | Value::Member(_)
        | Value::External(_) => {
            return unknown();
        }
        _ => None,
    };
    if let Some(class) = class {
        let hit = class.mro().iter().any(|base| paths.contains(&base.path()));
        let hit = hit || paths.iter().any(|p| &**p == "builtins.object");
        if !hit && may_hide(ev, &class, own) && paths.iter().any(|p| !p.starts_with("builtins.")) {
            return unknown();
        }
        Value::Bool(hit)
    } else {
        let own = format!("builtins.{}", kind(value));
        let hit = paths.iter().any(|path| {
            **path == *own
                || (matches!(value, Value::Bool(_)) && &**path == "builtins.int")
                || (matches!(value, Value::List(_) | Value::Tuple(_)) && path.ends_with("Sequence"))
                || (matches!(
                    value,
                    Value::List(_)
                        | Value::Tuple(_)
                        | Value::Set(_)
                        | Value::Dict(_)
                        | Value::Str(_)
                ) && path.ends_with(".Iterable"))
                || (matches!(value, Value::Dict(_)) && path.ends_with("Mapping"))
                || (matches!(value, Value::Function(_)) && path.ends_with("FunctionType"))
                || (matches!(value, Value::Module(_)) && path.ends_with("ModuleType"))
        });
        Value::Bool(hit)
    }
}

/// Whether the value is a class.
pub(super) fn is_class(ev: &mut Evaluator, value: &Value, at: Span) -> Value {
    if is_function(value) == Some(true) {
        return Value::Bool(false);
    }
    is_instance(ev, "isinstance", value, &Value::external("builtins.type"), at)
}

/// Whether something is a function, where that is seen. What a decorator without source makes of
/// one is taken for one, too: decorators that people wrap with `functools.wraps` give functions.
pub(super) fn is_function(value: &Value) -> Option<bool> {
    match value {
        Value::Function(_) => Some(true),
        Value::Class(_)
        | Value::Bound(_)
        | Value::Instance(_)
        | Value::Str(_)
        | Value::Int(_)
        | Value::None => Some(false),
        Value::Call(_) => match unwrap_decorated(value)? {
            Value::Function(_) => Some(true),
            _ => None,
        },
        _ => None,
    }
}

/// Whether an ancestor without source may extend it; `own`: it is a class of the project.
fn may_hide(ev: &Evaluator, class: &Class, own: bool) -> bool {
    class.mro().iter().any(|base| match base {
        Base::Class(_) => false,
        Base::External(path) => !own || ev.is_own_module(top_of(path)),
        Base::Unknown(_) => true,
    })
}

/// The first part of a dotted path.
fn top_of(path: &str) -> &str {
    path.split('.').next().unwrap_or(path)
}

/// `type(name, bases, names)`.
#[expect(clippy::unnecessary_wraps, reason = "stands where an evaluation is expected")]
pub(super) fn new_type(ev: &mut Evaluator, args: &Args, meta: Option<Value>, at: Span) -> Eval {
    let (Some(name), Some(bases), Some(names)) =
        (args.get(0, "name"), args.get(1, "bases"), args.get(2, "dict"))
    else {
        return Ok(Value::unknown("type() with arguments that are not seen", at));
    };
    let name: Text = match name.as_str() {
        Some(name) => ev.intern(name),
        None => return Ok(Value::unknown("a class whose name is not known", at)),
    };
    let bases = ev.elements_or_rest(&bases.clone(), at).into_iter().map(|i| i.value).collect();
    let scope = Rc::new(Scope::default());
    if let Value::Dict(dict) = names {
        for (key, (_, item)) in dict.entries.borrow().iter() {
            if let Key::Str(key) = key {
                let binding =
                    Binding { value: item.value.clone(), at: item.at, cond: item.cond.clone() };
                scope.set(key.clone(), binding);
            }
        }
    }
    let Some(home) = ev.module_at(at) else {
        return Ok(Value::unknown("a class made outside any module", at));
    };
    let mut keywords: Vec<(Text, Value)> =
        args.named.iter().map(|(n, item)| (n.clone(), item.value.clone())).collect();
    if let Some(meta) = meta {
        keywords.push((Rc::from("metaclass"), meta));
    }
    let new = NewClass { qualname: name.clone(), name, home, at, bases, scope, keywords };
    Ok(Value::Class(ev.make_class(new)))
}

fn directory(value: &Value, at: Span) -> Value {
    let scope = match value {
        Value::Module(module) => &module.scope,
        Value::Class(class) => &class.scope,
        _ => return Value::unknown("the names of something not seen", at),
    };
    let mut names: Vec<Text> = scope.names.borrow().keys().cloned().collect();
    names.sort();
    Value::list(names.into_iter().map(|name| Item::new(Value::Str(name), at)).collect())
}

/// Numbers of a `range`.
pub(super) fn range(args: &Args) -> Option<Vec<i64>> {
    let int = |index: usize| match args.positional.get(index).map(|i| &i.value) {
        Some(Value::Int(n)) => Some(*n),
        _ => None,
    };
    let (start, end, step) = match args.positional.len() {
        1 => (0, int(0)?, 1),
        2 => (int(0)?, int(1)?, 1),
        _ => (int(0)?, int(1)?, int(2)?),
    };
    let mut numbers = Vec::new();
    let mut n = start;
    while step != 0 && numbers.len() < LIST_MAX && ((step > 0 && n < end) || (step < 0 && n > end))
    {
        numbers.push(n);
        n = n.checked_add(step)?;
    }
    Some(numbers)
}
