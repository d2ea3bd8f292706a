//! Methods of `globals()` and `vars(module)`, which are represented by the module.

use std::rc::Rc;

use crate::python::evaluator::{Eval, Evaluator};
use crate::python::object::{Args, Binding, Module};
use crate::python::value::{Dict, Item, Presence, Span, Unknown, Value};

/// Calls a method of the dictionary of a module's names.
pub(super) fn method(
    ev: &mut Evaluator,
    module: &Rc<Module>,
    name: &str,
    args: &Args,
    at: Span,
) -> Option<Eval> {
    let scope = &module.scope;
    let key = args.get(0, "").and_then(Value::as_str).map(str::to_owned);
    match (name, key) {
        ("get", Some(key)) => {
            Some(Ok(scope.get(&key).or_else(|| args.get(1, "").cloned()).unwrap_or(Value::None)))
        }
        ("setdefault", Some(key)) => Some(Ok(if let Some(value) = scope.get(&key) {
            value
        } else {
            let value = args.get(1, "").cloned().unwrap_or(Value::None);
            let binding = ev.bind(value.clone(), at);
            scope.set(ev.intern(&key), binding);
            value
        })),
        ("update", _) => {
            update(ev, module, args, at);
            Some(Ok(Value::None))
        }
        ("keys" | "items" | "values", _) => {
            let names = scope.names.borrow();
            let items = names.iter().map(|(n, b)| {
                let key = Value::Str(n.clone());
                let value = match name {
                    "keys" => key,
                    "values" => b.value.clone(),
                    _ => Value::tuple(vec![Item::new(key, b.at), Item::new(b.value.clone(), b.at)]),
                };
                Item::new(value, b.at)
            });
            Some(Ok(Value::list(items.collect())))
        }
        ("copy", _) => {
            let copy = Value::Dict(Rc::default());
            put_names(ev, &copy, module);
            Some(Ok(copy))
        }
        _ => None,
    }
}

/// `globals().update(...)`: the names that are given are those of the module from now on, and
/// where not all of them could be seen, it may have others.
fn update(ev: &mut Evaluator, module: &Rc<Module>, args: &Args, at: Span) {
    let given = Rc::new(Dict::default());
    let all = Value::Dict(given.clone());
    for item in &args.positional {
        match &item.value {
            Value::Module(other) => put_names(ev, &all, other),
            more => ev.update_dict(&all, more, at),
        }
    }
    for (name, item) in &args.named {
        ev.set_entry(&given, &Value::Str(name.clone()), item.value.clone(), item.at);
    }
    for (key, item) in given.entries.borrow().values() {
        let Value::Str(name) = key else { continue };
        let value = item.value.clone();
        let cond = if ev.cond.is_always() { item.cond.clone() } else { ev.cond.clone() };
        module.scope.set(name.clone(), Binding { value, at: item.at, cond });
    }
    if given.open.get() || args.open {
        ev.note(at, "names", "names are put into the module that could not be seen");
        let why = Rc::from("names that are put into the module");
        let unknown = || Rc::new(Unknown { why, at, presence: Presence::Perhaps });
        module.open.borrow_mut().get_or_insert_with(unknown);
    }
}

/// Puts the names of a module into a dictionary.
fn put_names(ev: &mut Evaluator, dict: &Value, module: &Module) {
    let names = module.scope.names.borrow();
    let names: Vec<_> =
        names.iter().map(|(n, b)| (n.clone(), Item::new(b.value.clone(), b.at))).collect();
    let names = ev.dict_of(names);
    ev.update_dict(dict, &names, Span::default());
}
