//! The process environment and the libraries that read it. This machine's environment is never
//! looked at: a variable has the default that the code gives, otherwise it is not known.

use std::rc::Rc;

use crate::python::evaluator::{Eval, Evaluator};
use crate::python::object::{Args, Call};
use crate::python::value::{Item, Span, Value};

/// Calls that give an object which reads the environment.
fn is_reader(path: &str) -> bool {
    matches!(
        path,
        "environ.Env"
            | "environ.FileAwareEnv"
            | "environs.Env"
            | "environs.EnvFileReader"
            | "environs.FileAwareEnv"
            | "decouple.Config"
            | "decouple.AutoConfig"
    )
}

/// Calls a function that reads the environment.
pub(super) fn call(ev: &mut Evaluator, path: &str, args: &Args, at: Span) -> Option<Eval> {
    match path {
        "os.environ.get" | "os.getenv" | "os.environ.pop" | "decouple.config" => {
            Some(variable(ev, args, 1, at))
        }
        "os.environ.setdefault" => Some(Ok(set_default(ev, args))),
        "os.putenv" => Some(Ok(Value::None)),
        "os.environ.copy" => Some(Ok(Value::external("os.environ"))),
        "distutils.util.strtobool" | "setuptools.distutils.util.strtobool" => {
            let text = args.get(0, "")?.as_str()?.to_lowercase();
            let truth = matches!(text.as_str(), "y" | "yes" | "t" | "true" | "on" | "1");
            Some(Ok(Value::Int(i64::from(truth))))
        }
        _ => None,
    }
}

/// `os.environ.setdefault("NAME", value)`.
fn set_default(ev: &mut Evaluator, args: &Args) -> Value {
    let value = args.get(1, "value").cloned().unwrap_or(Value::None);
    if let Some(name) = args.get(0, "key").and_then(Value::as_str) {
        return ev.registry.environment.entry(name.to_owned()).or_insert(value).clone();
    }
    value
}

/// `env("NAME", default=...)`.
pub(super) fn call_reader(
    ev: &mut Evaluator,
    path: &str,
    reader: &Rc<Call>,
    args: &Args,
    at: Span,
) -> Option<Eval> {
    is_reader(path).then(|| read(ev, reader, args, at))
}

/// `env.bool("NAME", default=...)` and the like.
pub(super) fn method(
    ev: &mut Evaluator,
    reader: &Rc<Call>,
    name: &str,
    args: &Args,
    at: Span,
) -> Option<Eval> {
    let path = reader.path()?;
    if !is_reader(&path) || matches!(name, "read_env" | "prefixed" | "seal") {
        return None;
    }
    // What these parse is a structure of the library's own; the text says little.
    let parsed =
        ["db", "db_url", "dj_db_url", "cache", "cache_url", "email_url", "email", "search_url"];
    if parsed.contains(&name) {
        return None;
    }
    Some(read(ev, reader, args, at).map(|value| match (name, &value) {
        ("list" | "tuple", Value::Str(text)) => words(text, at),
        ("bool", Value::Str(text)) => Value::Bool(matches!(
            text.to_lowercase().as_str(),
            "true" | "on" | "ok" | "y" | "yes" | "1"
        )),
        _ => value,
    }))
}

fn words(text: &str, at: Span) -> Value {
    let words = text.split(',').map(str::trim).filter(|word| !word.is_empty());
    Value::list(words.map(|word| Item::new(Value::str(word), at)).collect())
}

/// The default given in the call, or in the reader's own scheme: `Env(DEBUG=(bool, False))`.
fn read(ev: &mut Evaluator, reader: &Rc<Call>, args: &Args, at: Span) -> Eval {
    let given = args.named("default").is_some() || args.positional.len() > 1;
    if let (false, Some(name)) = (given, args.get(0, "var").and_then(Value::as_str))
        && let Some(Value::Tuple(scheme)) = reader.args.named(name)
        && let Some(item) = scheme.items.borrow().get(1)
    {
        return Ok(item.value.clone());
    }
    let args = Args { named: args.named.clone(), positional: args.positional.clone(), open: false };
    // In these libraries the second positional argument is a cast or a default.
    match args.named("default").or_else(|| args.named("cast").and(None)) {
        Some(default) => cast(ev, default.clone(), args.named("cast"), at),
        None => match args.positional.get(1).map(|i| i.value.clone()) {
            Some(value) if !matches!(value, Value::External(_) | Value::Function(_)) => Ok(value),
            _ => variable(ev, &args, 9, at),
        },
    }
}

fn cast(ev: &mut Evaluator, value: Value, cast: Option<&Value>, at: Span) -> Eval {
    match (&value, cast) {
        (Value::Str(text), Some(Value::Call(csv)))
            if csv.path().is_some_and(|p| p.ends_with("Csv")) =>
        {
            Ok(words(text, at))
        }
        (Value::Str(text), Some(Value::External(path))) if &**path == "builtins.bool" => {
            let yes =
                matches!(text.to_lowercase().as_str(), "true" | "on" | "y" | "yes" | "t" | "1");
            Ok(Value::Bool(yes))
        }
        (Value::Str(_), Some(function)) => ev.call(&function.clone(), Args::of([value], at), at),
        _ => Ok(value),
    }
}

/// A variable read by name with the default at `index`.
fn variable(ev: &mut Evaluator, args: &Args, index: usize, at: Span) -> Eval {
    let default = args.get(index, "default").or_else(|| args.named("fallback"));
    if let Some(default) = default {
        return cast(ev, default.clone(), args.named("cast"), at);
    }
    let name = args.get(0, "key").and_then(Value::as_str).unwrap_or("?").to_owned();
    if let Some(value) = ev.registry.environment.get(&*name) {
        return Ok(value.clone());
    }
    Ok(Value::unset(&name, at))
}

/// `os.environ["NAME"]`, `env["NAME"]`: missing, if the code is prepared for that.
pub(super) fn subscript(
    ev: &mut Evaluator,
    object: &Value,
    index: &Value,
    at: Span,
) -> Option<Eval> {
    let reads = match object {
        Value::External(path) => &**path == "os.environ",
        Value::Call(call) => call.path().is_some_and(|path| is_reader(&path)),
        _ => false,
    };
    if !reads {
        return None;
    }
    let name = index.as_str().unwrap_or("?");
    if ev.is_guarded("KeyError") && !ev.registry.environment.contains_key(name) {
        return Some(ev.raise("KeyError", name, at));
    }
    if let Some(value) = ev.registry.environment.get(name) {
        return Some(Ok(value.clone()));
    }
    Some(Ok(Value::unset(name, at)))
}
