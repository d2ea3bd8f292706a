//! Methods of lists, tuples, sets and dictionaries, and the built-in functions over sequences.

use std::rc::Rc;

use super::builtins::range;
use crate::python::evaluator::{Eval, Evaluator};
use crate::python::object::Args;
use crate::python::value::{Dict, Item, List, Span, Value};

const LIST: &[&str] = &[
    "append",
    "extend",
    "insert",
    "remove",
    "pop",
    "index",
    "count",
    "copy",
    "clear",
    "sort",
    "reverse",
    "__contains__",
    "__len__",
    "__iter__",
    "__getitem__",
];
const TUPLE: &[&str] = &["index", "count", "__contains__", "__len__", "__iter__", "__getitem__"];
const SET: &[&str] = &[
    "add",
    "update",
    "discard",
    "remove",
    "union",
    "difference",
    "intersection",
    "copy",
    "issubset",
    "issuperset",
    "pop",
    "clear",
    "__contains__",
    "__len__",
    "__iter__",
];
const DICT: &[&str] = &[
    "get",
    "setdefault",
    "update",
    "pop",
    "keys",
    "values",
    "items",
    "copy",
    "clear",
    "popitem",
    "fromkeys",
    "__contains__",
    "__len__",
    "__iter__",
    "__getitem__",
    "__setitem__",
];

/// Names of the methods of the value's type.
pub(super) fn methods_of(value: &Value) -> &'static [&'static str] {
    match value {
        Value::List(_) => LIST,
        Value::Tuple(_) => TUPLE,
        Value::Set(_) => SET,
        _ => DICT,
    }
}

/// Calls a method of a container.
pub(super) fn method(ev: &mut Evaluator, base: &Value, name: &str, args: &Args, at: Span) -> Eval {
    match base {
        _ if name == "__getitem__" && args.positional.len() == 1 => {
            let index = args.positional.first().map_or(Value::None, |item| item.value.clone());
            ev.subscript(base, &index, at)
        }
        Value::List(list) => list_method(ev, list, name, args, at),
        Value::Tuple(list) => sequence_method(ev, list, name, args, at),
        Value::Set(list) => set_method(ev, list, name, args, at),
        Value::Dict(dict) => dict_method(ev, base, dict, name, args, at),
        _ => Ok(not_followed(name, at)),
    }
}

fn not_followed(name: &str, at: Span) -> Value {
    Value::unknown(&format!("{name}() with arguments that are not followed"), at)
}

fn list_method(ev: &mut Evaluator, list: &Rc<List>, name: &str, args: &Args, at: Span) -> Eval {
    let first = args.positional.first().map(|i| i.value.clone());
    match (name, first) {
        ("append", Some(value)) => {
            let item = ev.item(value, args.positional.first().map_or(at, |i| i.at));
            let mut items = list.items.borrow_mut();
            if ev.room(items.len()) > 0 {
                items.push(item);
            }
        }
        ("extend", Some(value)) => {
            let more = under(ev, &ev.cond.clone(), &value, at);
            let mut items = list.items.borrow_mut();
            let room = ev.room(items.len());
            items.extend(more.into_iter().take(room));
        }
        ("insert", Some(Value::Int(n))) => {
            let value = args.get(1, "").cloned().unwrap_or(Value::None);
            let item = ev.item(value, at);
            let mut items = list.items.borrow_mut();
            let len = i64::try_from(items.len()).unwrap_or(0);
            let n = if n < 0 { (n + len).max(0) } else { n.min(len) };
            items.insert(usize::try_from(n).unwrap_or(0), item);
        }
        ("insert", Some(_)) => {
            let item = ev.item(args.get(1, "").cloned().unwrap_or(Value::None), at);
            list.items.borrow_mut().push(item);
        }
        ("remove", Some(value)) => return remove(ev, list, &value, true, at),
        ("pop", index) => return pop(ev, list, index.as_ref(), at),
        ("clear", _) if ev.cond.is_always() => list.items.borrow_mut().clear(),
        ("reverse", _) if ev.cond.is_always() => list.items.borrow_mut().reverse(),
        ("sort", _) => {
            let sorted = sorted(ev, list.items.borrow().clone(), args, at);
            list.items.replace(sorted);
        }
        _ => return sequence_method(ev, list, name, args, at),
    }
    Ok(Value::None)
}

/// The elements, each at least under the condition that holds where they are added.
fn under(
    ev: &mut Evaluator,
    cond: &crate::python::value::Cond,
    value: &Value,
    at: Span,
) -> Vec<Item> {
    let mut items = ev.elements_or_rest(value, at);
    for item in &mut items {
        if item.cond.is_always() {
            item.cond = cond.clone();
        }
    }
    items
}

fn remove(ev: &mut Evaluator, list: &Rc<List>, value: &Value, strict: bool, at: Span) -> Eval {
    let here = ev.cond.clone();
    let found = list.items.borrow().iter().position(|i| ev.equal(&i.value, value) == Some(true));
    match found {
        Some(index) if here.is_always() => drop(list.items.borrow_mut().remove(index)),
        // Removed under a condition: from now on it is there sometimes.
        Some(index) => {
            if let Some(item) = list.items.borrow_mut().get_mut(index)
                && item.cond.is_always()
            {
                item.cond = here;
            }
        }
        None if strict && !list.items.borrow().iter().any(|i| i.rest || i.value.is_unknown()) => {
            return ev.raise("ValueError", "not in list", at);
        }
        None => {}
    }
    Ok(Value::None)
}

fn pop(ev: &mut Evaluator, list: &Rc<List>, index: Option<&Value>, at: Span) -> Eval {
    let index = match index {
        None => -1,
        Some(Value::Int(n)) => *n,
        Some(_) => return Ok(not_followed("pop", at)),
    };
    let mut items = list.items.borrow_mut();
    match crate::python::operators::position(index, items.len()) {
        Some(index) => Ok(items.remove(index).value),
        None => ev.raise("IndexError", "pop from an empty list", at),
    }
}

fn sequence_method(ev: &mut Evaluator, list: &Rc<List>, name: &str, args: &Args, at: Span) -> Eval {
    let first = args.positional.first().map(|i| &i.value);
    match (name, first) {
        ("copy", _) => Ok(Value::list(list.items.borrow().clone())),
        ("index", Some(value)) => {
            let items = list.items.borrow();
            let before =
                items.iter().take_while(|i| ev.equal(&i.value, value) == Some(false)).count();
            match items.get(before) {
                Some(item) if ev.equal(&item.value, value) == Some(true) => {
                    Ok(Value::Int(i64::try_from(before).unwrap_or(0)))
                }
                Some(_) => Ok(not_followed(name, at)),
                None => ev.raise("ValueError", "not in list", at),
            }
        }
        ("count", Some(value)) => {
            let items = list.items.borrow();
            let count = items.iter().filter(|i| ev.equal(&i.value, value) == Some(true)).count();
            Ok(Value::Int(i64::try_from(count).unwrap_or(0)))
        }
        ("__contains__", Some(value)) => {
            let answer = ev.contains(&Value::Tuple(list.clone()), value);
            Ok(answer.map_or_else(|| not_followed(name, at), Value::Bool))
        }
        ("__len__", _) => function(ev, "len", &Args::of([Value::Tuple(list.clone())], at), at),
        ("__iter__", _) => Ok(Value::List(list.clone())),
        _ => Ok(not_followed(name, at)),
    }
}

fn set_method(ev: &mut Evaluator, list: &Rc<List>, name: &str, args: &Args, at: Span) -> Eval {
    let first = args.positional.first().map(|i| i.value.clone());
    match (name, first) {
        ("add", Some(value)) => {
            let known = list.items.borrow().iter().any(|i| i.value.is_same(&value));
            if !known {
                let item = ev.item(value, at);
                list.items.borrow_mut().push(item);
            }
            Ok(Value::None)
        }
        ("update" | "union", _) => {
            let mut items = list.items.borrow().clone();
            for arg in &args.positional {
                items.extend(ev.elements_or_rest(&arg.value, at));
            }
            let Value::Set(joined) = Value::set(items) else { return Ok(Value::None) };
            if name == "union" {
                return Ok(Value::Set(joined));
            }
            list.items.replace(joined.items.take());
            Ok(Value::None)
        }
        ("discard" | "remove", Some(value)) => remove(ev, list, &value, false, at),
        ("difference" | "intersection", Some(other)) => {
            let keep = name == "intersection";
            let items = list.items.borrow().clone();
            let kept = items.into_iter().filter(|i| ev.contains(&other, &i.value) == Some(keep));
            Ok(Value::set(kept.collect::<Vec<_>>()))
        }
        ("copy", _) => Ok(Value::set(list.items.borrow().clone())),
        _ => sequence_method(ev, list, name, args, at),
    }
}

fn dict_method(
    ev: &mut Evaluator,
    base: &Value,
    dict: &Rc<Dict>,
    name: &str,
    args: &Args,
    at: Span,
) -> Eval {
    let first = args.positional.first().map(|i| i.value.clone());
    match (name, first) {
        ("get" | "pop" | "setdefault", Some(key)) => {
            let default = args.get(1, "default").cloned();
            let known = key.key().filter(|known| {
                !ev.may_equal_any(&key) || dict.entries.borrow().contains_key(known)
            });
            let Some(known) = known else {
                let missing = default.or((name == "get").then_some(Value::None));
                let found = ev.any_entry(dict, &key, at);
                return Ok(missing.map_or(found.clone(), |m| Value::either(found, m)));
            };
            let found = dict.entries.look(&known).map(|(_, item)| item.value);
            match (name, found) {
                ("pop", Some(value)) => {
                    if let (Some(key), true) = (key.key(), ev.cond.is_always()) {
                        dict.entries.borrow_mut().shift_remove(&key);
                    }
                    Ok(value)
                }
                (_, Some(value)) => Ok(value),
                ("setdefault", None) => {
                    let value = default.unwrap_or(Value::None);
                    ev.set_entry(dict, &key, value.clone(), at);
                    Ok(value)
                }
                (_, None) if dict.open.get() => Ok(match default {
                    Some(default) => Value::either(default, not_followed(name, at)),
                    None => not_followed(name, at),
                }),
                ("pop", None) if default.is_none() => ev.raise("KeyError", &format!("{key:?}"), at),
                (_, None) => Ok(default.unwrap_or(Value::None)),
            }
        }
        ("update", _) => {
            for item in &args.positional {
                ev.update_dict(base, &item.value, at);
            }
            for (name, item) in &args.named {
                ev.set_entry(dict, &Value::Str(name.clone()), item.value.clone(), item.at);
            }
            Ok(Value::None)
        }
        ("keys" | "values" | "items" | "__iter__", _) => Ok(views(dict, name, at)),
        ("copy", _) => Ok(Evaluator::copy_dict(base)),
        ("__setitem__", Some(key)) => {
            ev.set_entry(dict, &key, args.get(1, "").cloned().unwrap_or(Value::None), at);
            Ok(Value::None)
        }
        ("__contains__", Some(key)) => {
            let answer = ev.contains(base, &key);
            Ok(answer.map_or_else(|| not_followed(name, at), Value::Bool))
        }
        ("clear", _) if ev.cond.is_always() => {
            dict.entries.borrow_mut().clear();
            Ok(Value::None)
        }
        _ => Ok(not_followed(name, at)),
    }
}

fn views(dict: &Dict, name: &str, at: Span) -> Value {
    let entries = dict.entries.borrow();
    let mut items: Vec<Item> = entries
        .values()
        .map(|(key, item)| match name {
            "values" => item.clone(),
            "items" => {
                let pair =
                    vec![Item::new(key.clone(), item.at), Item::new(item.value.clone(), item.at)];
                Item { value: Value::tuple(pair), ..item.clone() }
            }
            _ => Item { value: key.clone(), ..item.clone() },
        })
        .collect();
    if dict.open.get() {
        let unknown = Value::unknown("entries that were not seen", at);
        // Under keys that are not known there may stand values that are.
        let other = match (dict.others.borrow().clone(), name) {
            (Some(other), "values") => other,
            (Some(other), "items") => {
                Value::tuple(vec![Item::new(unknown, at), Item::new(other, at)])
            }
            _ => unknown,
        };
        items.push(Item { rest: true, ..Item::new(other, at) });
    }
    Value::list(items)
}

/// Numbers (a count) of a `range` in a body that is traced, beyond which all but the first are one:
/// "try a thousand times" touches what the first time did.
const TRACED_RANGE_MAX: usize = 24;

/// Built-in functions over sequences.
pub(super) fn function(ev: &mut Evaluator, name: &str, args: &Args, at: Span) -> Eval {
    if name == "range" {
        return Ok(match range(args) {
            Some(numbers) => {
                let many = ev.is_tracing() && numbers.len() > TRACED_RANGE_MAX;
                let each = if many { 1 } else { numbers.len() };
                let numbers = numbers.into_iter().take(each);
                let mut items: Vec<Item> = numbers.map(|n| Item::new(Value::Int(n), at)).collect();
                if many {
                    let number = Value::unknown("a number of many", at);
                    items.push(Item { rest: true, ..Item::new(number, at) });
                }
                Value::list(items)
            }
            None => not_followed("range", at),
        });
    }
    let Some(first) = args.positional.first().map(|i| i.value.clone()) else {
        return Ok(match name {
            "tuple" => Value::tuple(Vec::new()),
            "set" | "frozenset" => Value::set(Vec::new()),
            _ => Value::list(Vec::new()),
        });
    };
    match name {
        "list" | "iter" => Ok(Value::list(ev.elements_or_rest(&first, at))),
        "tuple" => Ok(Value::tuple(ev.elements_or_rest(&first, at))),
        "set" | "frozenset" => Ok(Value::set(ev.elements_or_rest(&first, at))),
        "reversed" => {
            let mut items = ev.elements_or_rest(&first, at);
            items.reverse();
            Ok(Value::list(items))
        }
        "sorted" => {
            let items = ev.elements_or_rest(&first, at);
            Ok(Value::list(sorted(ev, items, args, at)))
        }
        "map" | "filter" => map_or_filter(ev, name, args, at),
        "enumerate" | "zip" => Ok(paired(ev, name, args, at)),
        _ => fold(ev, name, &first, args, at),
    }
}

fn sorted(ev: &mut Evaluator, mut items: Vec<Item>, args: &Args, at: Span) -> Vec<Item> {
    let mut keyed: Vec<(Option<String>, Item)> = Vec::with_capacity(items.len());
    for item in items.drain(..) {
        let key = match args.named("key") {
            Some(function) => {
                let function = function.clone();
                ev.call(&function, Args::of([item.value.clone()], at), at).ok()
            }
            None => Some(item.value.clone()),
        };
        keyed.push((key.and_then(|key| sort_key(&key, SORT_DEPTH_MAX)), item));
    }
    let reverse = args.named("reverse").is_some_and(|v| ev.truth(v) == Some(true));
    // What has no key that is known stays behind the rest, as it was.
    keyed.sort_by(|(a, _), (b, _)| match (a, b) {
        (Some(a), Some(b)) if reverse => b.cmp(a),
        (Some(a), Some(b)) => a.cmp(b),
        (known, other) => other.is_some().cmp(&known.is_some()),
    });
    keyed.into_iter().map(|(_, item)| item).collect()
}

/// Sequences inside each other that a sort compares.
const SORT_DEPTH_MAX: u32 = 40;

/// A text that sorts as the value does.
fn sort_key(value: &Value, depth: u32) -> Option<String> {
    let inner = depth.checked_sub(1)?;
    match value {
        Value::Str(text) => Some(format!("s{text}\u{0}")),
        Value::Int(n) => Some(format!("i{:020}", i128::from(*n) + (1 << 64))),
        Value::Bool(b) => Some(format!("i{:020}", i128::from(*b) + (1 << 64))),
        Value::Tuple(list) | Value::List(list) => {
            list.items.borrow().iter().map(|i| sort_key(&i.value, inner)).collect()
        }
        _ => None,
    }
}

fn map_or_filter(ev: &mut Evaluator, name: &str, args: &Args, at: Span) -> Eval {
    let (Some(function), Some(over)) = (args.get(0, "").cloned(), args.get(1, "").cloned()) else {
        return Ok(not_followed(name, at));
    };
    let mut made = Vec::new();
    for item in ev.elements_or_rest(&over, at) {
        if !ev.step(at) {
            break;
        }
        if name == "map" {
            let value = ev.call(&function, Args::of([item.value.clone()], at), at)?;
            made.push(Item { value, ..item });
            continue;
        }
        let keep = match &function {
            Value::None => item.value.clone(),
            function => ev.call(function, Args::of([item.value.clone()], at), at)?,
        };
        match ev.truth(&keep) {
            Some(false) => {}
            Some(true) => made.push(item),
            None => {
                let cond = ev.cond.and(Rc::from("filter()"), at);
                made.push(Item { cond, ..item });
            }
        }
    }
    Ok(Value::list(made))
}

fn paired(ev: &mut Evaluator, name: &str, args: &Args, at: Span) -> Value {
    let mut columns: Vec<Vec<Item>> =
        args.positional.iter().map(|i| ev.elements_or_rest(&i.value, at)).collect();
    if name == "enumerate" {
        columns.truncate(1);
        let start = match args.get(1, "start") {
            Some(Value::Int(n)) => *n,
            _ => 0,
        };
        let len = columns.first().map_or(0, Vec::len);
        let numbers = (start..).take(len).map(|n| Item::new(Value::Int(n), at));
        columns.insert(0, numbers.collect());
    }
    let rows = columns.iter().map(Vec::len).min().unwrap_or(0);
    let row = |n: usize| {
        let cells: Vec<Item> = columns.iter().filter_map(|c| c.get(n).cloned()).collect();
        let cond = cells.iter().find(|c| !c.cond.is_always()).map(|c| c.cond.clone());
        let rest = cells.iter().any(|c| c.rest);
        let plain = cells.into_iter().map(|c| Item { rest: false, ..c }).collect();
        Item { value: Value::tuple(plain), at, cond: cond.unwrap_or_default(), rest }
    };
    Value::list((0..rows).map(row).collect())
}

fn fold(ev: &mut Evaluator, name: &str, first: &Value, args: &Args, at: Span) -> Eval {
    if let (Value::Str(text), "len") = (first, name) {
        return Ok(Value::Int(i64::try_from(text.chars().count()).unwrap_or(0)));
    }
    let items = match ev.elements(first) {
        Some(items) if args.positional.len() == 1 || name == "next" || name == "sum" => items,
        None if args.positional.len() == 1 || name == "next" => return Ok(not_followed(name, at)),
        _ => args.positional.clone(),
    };
    let sure = items.iter().all(|i| !i.rest && i.cond.holds_in(&ev.cond));
    Ok(match name {
        "len" if sure => Value::Int(i64::try_from(items.len()).unwrap_or(0)),
        "next" => match items.first() {
            Some(item) if sure || item.cond.holds_in(&ev.cond) => item.value.clone(),
            Some(_) => not_followed(name, at),
            None => match args.get(1, "default") {
                Some(default) => default.clone(),
                None => return ev.raise("StopIteration", "", at),
            },
        },
        "any" | "all" => {
            let wanted = name == "any";
            let answers: Vec<Option<bool>> = items.iter().map(|i| ev.truth(&i.value)).collect();
            if answers.contains(&Some(wanted)) && sure {
                Value::Bool(wanted)
            } else if answers.iter().all(|a| *a == Some(!wanted)) && items.iter().all(|i| !i.rest) {
                Value::Bool(!wanted)
            } else {
                not_followed(name, at)
            }
        }
        "sum" if sure => {
            let mut total = args.get(1, "start").cloned().unwrap_or(Value::Int(0));
            for item in items {
                total = ev.binary(&total, ruff_python_ast::Operator::Add, &item.value, at)?;
            }
            total
        }
        "min" | "max" if sure && !items.is_empty() => {
            let mut sorted =
                sorted(ev, items, &Args { named: args.named.clone(), ..Args::default() }, at);
            let chosen = if name == "min" { sorted.drain(..).next() } else { sorted.pop() };
            chosen.map_or(Value::None, |item| item.value)
        }
        _ => not_followed(name, at),
    })
}
