//! Methods of text.

use std::rc::Rc;

use crate::python::evaluator::{Eval, Evaluator};
use crate::python::object::Args;
use crate::python::text::{display, format};
use crate::python::value::{Item, Span, Text, Value};

/// Names of the methods that a text has.
pub(super) const METHODS: &[&str] = &[
    "join",
    "split",
    "rsplit",
    "splitlines",
    "partition",
    "rpartition",
    "strip",
    "lstrip",
    "rstrip",
    "lower",
    "upper",
    "title",
    "capitalize",
    "casefold",
    "swapcase",
    "replace",
    "format",
    "format_map",
    "startswith",
    "endswith",
    "removeprefix",
    "removesuffix",
    "find",
    "rfind",
    "index",
    "count",
    "encode",
    "isdigit",
    "isalpha",
    "isalnum",
    "isnumeric",
    "isidentifier",
    "isupper",
    "islower",
    "zfill",
    "ljust",
    "rjust",
    "center",
    "translate",
    "expandtabs",
    "__len__",
    "__contains__",
    "__add__",
    "__mod__",
    "__str__",
];

/// Calls a method of a text.
#[expect(clippy::unnecessary_wraps, reason = "the shape that every method table has")]
pub(super) fn method(ev: &mut Evaluator, text: &Text, name: &str, args: &Args, at: Span) -> Eval {
    let first = args.positional.first().map(|i| i.value.clone());
    let second = args.positional.get(1).map(|i| i.value.clone());
    let one = first.as_ref().and_then(|v| v.as_str().map(str::to_owned));
    let unknown = || Value::unknown(&format!("{name}() of a text"), at);
    Ok(match (name, one.as_deref()) {
        ("join", _) => join(ev, text, first.as_ref(), at),
        ("split" | "rsplit" | "splitlines", _) => {
            split(text, name, first.as_ref(), second.as_ref(), at)
        }
        ("partition" | "rpartition", Some(separator)) => partition(text, name, separator, at),
        ("strip", None) if first.is_none() => Value::str(text.trim()),
        ("lstrip", None) if first.is_none() => Value::str(text.trim_start()),
        ("rstrip", None) if first.is_none() => Value::str(text.trim_end()),
        ("strip", Some(set)) => Value::str(text.trim_matches(|c| set.contains(c))),
        ("lstrip", Some(set)) => Value::str(text.trim_start_matches(|c| set.contains(c))),
        ("rstrip", Some(set)) => Value::str(text.trim_end_matches(|c| set.contains(c))),
        ("lower" | "casefold", _) => Value::str(&text.to_lowercase()),
        ("upper", _) => Value::str(&text.to_uppercase()),
        ("capitalize", _) => Value::str(&capitalized(text)),
        ("title", _) => Value::str(&title(text)),
        ("replace", Some(old)) => match second.as_ref().and_then(Value::as_str) {
            Some(new) => Value::str(&text.replace(old, new)),
            None => unknown(),
        },
        ("format", _) => format(ev, text, args, at),
        ("startswith" | "endswith", _) => affix(ev, text, name, first.as_ref(), at),
        ("removeprefix", Some(prefix)) => Value::str(text.strip_prefix(prefix).unwrap_or(text)),
        ("removesuffix", Some(suffix)) => Value::str(text.strip_suffix(suffix).unwrap_or(text)),
        ("find", Some(needle)) => position(text.find(needle)),
        ("rfind", Some(needle)) => position(text.rfind(needle)),
        ("count", Some(needle)) => position(Some(text.matches(needle).count())),
        ("encode", _) => Value::Bytes(Rc::from(text.as_bytes())),
        ("isdigit" | "isnumeric", _) => {
            Value::Bool(!text.is_empty() && text.chars().all(|c| c.is_ascii_digit()))
        }
        ("isalpha", _) => Value::Bool(!text.is_empty() && text.chars().all(char::is_alphabetic)),
        ("isupper", _) => Value::Bool(
            text.chars().any(char::is_uppercase) && !text.chars().any(char::is_lowercase),
        ),
        ("islower", _) => Value::Bool(
            text.chars().any(char::is_lowercase) && !text.chars().any(char::is_uppercase),
        ),
        ("__contains__", Some(needle)) => Value::Bool(text.contains(needle)),
        ("__str__", _) => Value::Str(text.clone()),
        ("__add__", Some(more)) => Value::str(&format!("{text}{more}")),
        _ => unknown(),
    })
}

fn position(found: Option<usize>) -> Value {
    Value::Int(found.map_or(-1, |n| i64::try_from(n).unwrap_or(i64::MAX)))
}

fn join(ev: &mut Evaluator, text: &str, over: Option<&Value>, at: Span) -> Value {
    let Some(items) = over.and_then(|v| ev.elements(v)) else {
        return Value::unknown("join() of something not seen", at);
    };
    let parts: Option<Vec<String>> =
        items.iter().map(|i| if i.rest { None } else { display(&i.value) }).collect();
    match parts {
        Some(parts) => Value::str(&parts.join(text)),
        None => Value::unknown("join() of something not seen", at),
    }
}

fn split(text: &str, name: &str, by: Option<&Value>, max: Option<&Value>, at: Span) -> Value {
    let limit = match max {
        Some(Value::Int(n)) if *n >= 0 => usize::try_from(*n).unwrap_or(usize::MAX - 1) + 1,
        _ => usize::MAX,
    };
    let parts: Vec<&str> = match (name, by) {
        ("splitlines", _) => text.lines().collect(),
        (_, None | Some(Value::None)) => text.split_whitespace().collect(),
        ("rsplit", Some(Value::Str(by))) if !by.is_empty() => {
            let mut parts: Vec<&str> = text.rsplitn(limit, &**by).collect();
            parts.reverse();
            parts
        }
        (_, Some(Value::Str(by))) if !by.is_empty() => text.splitn(limit, &**by).collect(),
        _ => return Value::unknown("split() at something not known", at),
    };
    Value::list(parts.into_iter().map(|part| Item::new(Value::str(part), at)).collect())
}

fn partition(text: &str, name: &str, separator: &str, at: Span) -> Value {
    let found =
        if name == "partition" { text.split_once(separator) } else { text.rsplit_once(separator) };
    let parts = match found {
        Some((before, after)) => [before, separator, after],
        None if name == "partition" => [text, "", ""],
        None => ["", "", text],
    };
    Value::tuple(parts.iter().map(|part| Item::new(Value::str(part), at)).collect())
}

fn affix(ev: &mut Evaluator, text: &str, name: &str, of: Option<&Value>, at: Span) -> Value {
    let test = |affix: &str| {
        if name == "startswith" { text.starts_with(affix) } else { text.ends_with(affix) }
    };
    match of {
        Some(Value::Str(affix)) => Value::Bool(test(affix)),
        Some(list @ Value::Tuple(_)) => {
            let items = ev.elements(list).unwrap_or_default();
            let hit = items.iter().any(|i| i.value.as_str().is_some_and(test));
            if hit || items.iter().all(|i| i.value.as_str().is_some()) {
                Value::Bool(hit)
            } else {
                Value::unknown("a test of a text", at)
            }
        }
        _ => Value::unknown("a test of a text", at),
    }
}

fn capitalized(text: &str) -> String {
    let mut chars = text.chars();
    match chars.next() {
        Some(first) => first.to_uppercase().chain(chars.flat_map(char::to_lowercase)).collect(),
        None => String::new(),
    }
}

fn title(text: &str) -> String {
    let mut out = String::new();
    let mut inside = false;
    for c in text.chars() {
        if inside {
            out.extend(c.to_lowercase());
        } else {
            out.extend(c.to_uppercase());
        }
        inside = c.is_alphabetic();
    }
    out
}
