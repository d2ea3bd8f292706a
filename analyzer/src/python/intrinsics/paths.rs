//! `os.path` and `pathlib`, as far as settings use them. A path is a call of `pathlib.Path` with
//! its text; the file system is asked through the repository alone.

use std::path::{Component, Path, PathBuf};
use std::rc::Rc;

use ruff_python_ast::Operator;

use crate::python::evaluator::{Eval, Evaluator};
use crate::python::object::{Args, Call};
use crate::python::value::{Item, Span, Text, Value};

const PATH: &str = "pathlib.Path";

/// The text of a path value.
pub(crate) fn text(value: &Value) -> Option<Text> {
    match value {
        Value::Str(text) => Some(text.clone()),
        Value::Call(call) if call.path().is_some_and(|p| &*p == PATH) => {
            call.args.positional.first().and_then(|item| match &item.value {
                Value::Str(text) => Some(text.clone()),
                _ => None,
            })
        }
        _ => None,
    }
}

fn path_value(ev: &mut Evaluator, text: &str, at: Span) -> Value {
    ev.opaque_call(&Value::external(PATH), Args::of([Value::str(text)], at), at)
}

/// The path with `.` and `..` taken out, as `normpath` does.
pub(super) fn normal(path: &str) -> String {
    let mut out = PathBuf::new();
    for part in Path::new(path).components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir if out.file_name().is_some() => {
                out.pop();
            }
            other => out.push(other),
        }
    }
    let text = out.to_string_lossy().into_owned();
    if text.is_empty() { ".".to_owned() } else { text }
}

fn joined(parts: &[Text]) -> String {
    let mut out = PathBuf::new();
    for part in parts {
        out.push(&**part);
    }
    out.to_string_lossy().into_owned()
}

fn parent(path: &str) -> String {
    Path::new(path).parent().map_or_else(String::new, |p| p.to_string_lossy().into_owned())
}

fn name(path: &str) -> String {
    Path::new(path).file_name().map_or_else(String::new, |n| n.to_string_lossy().into_owned())
}

/// Calls a function of `os.path`, `os`, `glob` or `pathlib`.
pub(super) fn call(ev: &mut Evaluator, path: &str, args: &Args, at: Span) -> Option<Eval> {
    if matches!(path, "pathlib.Path" | "pathlib.PurePath" | "pathlib.PosixPath" | "environ.Path") {
        let parts: Option<Vec<Text>> = args.positional.iter().map(|i| text(&i.value)).collect();
        return Some(Ok(match parts {
            Some(parts) => path_value(ev, &joined(&parts), at),
            None => Value::unknown("a path made of something not known", at),
        }));
    }
    let function = path.strip_prefix("os.path.").or(match path {
        "os.listdir" => Some("listdir"),
        "os.fspath" => Some("fspath"),
        "os.getcwd" => Some("getcwd"),
        _ => None,
    })?;
    let unknown = |why: &str| Some(Ok(Value::unknown(why, at)));
    let parts: Option<Vec<Text>> = args.positional.iter().map(|i| text(&i.value)).collect();
    let Some(parts) = parts else { return unknown("a path made of something not known") };
    let first = parts.first().cloned().unwrap_or_else(|| Rc::from(""));
    Some(Ok(match function {
        "join" => Value::str(&joined(&parts)),
        "dirname" => Value::str(&parent(&first)),
        "basename" => Value::str(&name(&first)),
        "abspath" | "realpath" | "normpath" => Value::str(&normal(&first)),
        "expanduser" | "expandvars" | "fspath" => Value::Str(first),
        "exists" | "isfile" | "isdir" | "lexists" => exists(ev, &first, at),
        "listdir" => listing(ev, &first, at),
        "splitext" => {
            let split =
                first.rfind('.').filter(|dot| first.rfind('/').is_none_or(|s| s + 1 < *dot));
            let (stem, extension) = first.split_at(split.unwrap_or(first.len()));
            pair(stem, extension, at)
        }
        "split" => pair(&parent(&first), &name(&first), at),
        "isabs" => Value::Bool(first.starts_with('/')),
        _ => return unknown("a function of os.path that is not followed"),
    }))
}

fn pair(one: &str, other: &str, at: Span) -> Value {
    Value::tuple(vec![Item::new(Value::str(one), at), Item::new(Value::str(other), at)])
}

fn exists(ev: &Evaluator, path: &str, at: Span) -> Value {
    match ev.repo().exists(Path::new(&normal(path))) {
        Some(exists) => Value::Bool(exists),
        None => Value::unknown("whether a file exists outside the repository", at),
    }
}

/// A file that cannot be opened, as `except` clauses name it.
const NO_FILE: &[&str] = &["FileNotFoundError", "OSError", "IOError", "EnvironmentError"];

/// Opening a file that is to be read: like a variable of the environment, what does not come with
/// the repository is not there, if the code is prepared for that.
pub(super) fn open(ev: &Evaluator, path: &Value, mode: Option<&Value>, at: Span) -> Option<Eval> {
    let reads = mode.is_none_or(|mode| mode.as_str().is_some_and(|mode| mode.starts_with('r')));
    let path = text(path).filter(|_| reads && !ev.is_tracing())?;
    let exists = ev.repo().exists(Path::new(&normal(&path)));
    let prepared = NO_FILE.iter().any(|kind| ev.is_guarded(kind));
    let missing = exists != Some(true) && prepared;
    missing.then(|| ev.raise("FileNotFoundError", &path, at))
}

fn listing(ev: &Evaluator, path: &str, at: Span) -> Value {
    match ev.repo().list(Path::new(&normal(path))) {
        Some(names) => Value::list(names.iter().map(|n| Item::new(Value::str(n), at)).collect()),
        None => Value::unknown("the files of a folder outside the repository", at),
    }
}

/// `environ.Path(...)("name")`: the text of a path below it.
pub(super) fn called(call: &Call, args: &Args) -> Option<Eval> {
    let own = call.args.positional.first()?;
    if &*call.path()? != PATH {
        return None;
    }
    let mut parts = vec![text(&own.value)?];
    parts.extend(args.positional.iter().filter_map(|item| text(&item.value)));
    Some(Ok(Value::str(&joined(&parts))))
}

/// `Path / "name"`, and `environ.Path(...) - 2`: two folders up.
pub(super) fn join_operator(
    ev: &mut Evaluator,
    a: &Value,
    op: Operator,
    b: &Value,
    at: Span,
) -> Option<Value> {
    if !matches!(a, Value::Call(_)) {
        return None;
    }
    if let (Operator::Sub, Value::Int(up)) = (op, b) {
        let start = text(a)?;
        let up = usize::try_from(*up).ok()?;
        let above = Path::new(&*start).ancestors().nth(up)?.to_string_lossy().into_owned();
        return Some(path_value(ev, &above, at));
    }
    if op != Operator::Div {
        return None;
    }
    let parts = [text(a)?, text(b)?];
    Some(path_value(ev, &joined(&parts), at))
}

/// An attribute of a path.
pub(super) fn attribute(ev: &mut Evaluator, call: &Rc<Call>, attribute: &Text) -> Option<Eval> {
    let value = Value::Call(call.clone());
    if call.path().is_none_or(|p| &*p != PATH) {
        return None;
    }
    let path = text(&value)?;
    let at = call.at;
    Some(Ok(match &**attribute {
        "parent" => path_value(ev, &parent(&path), at),
        "name" => Value::str(&name(&path)),
        "stem" => Value::str(
            &Path::new(&*path)
                .file_stem()
                .map_or_else(String::new, |s| s.to_string_lossy().into_owned()),
        ),
        "suffix" => Value::str(
            &Path::new(&*path)
                .extension()
                .map_or_else(String::new, |s| format!(".{}", s.to_string_lossy())),
        ),
        "parents" => {
            let parents: Vec<String> = Path::new(&*path)
                .ancestors()
                .skip(1)
                .map(|p| p.to_string_lossy().into_owned())
                .collect();
            Value::list(parents.iter().map(|p| Item::new(path_value(ev, p, at), at)).collect())
        }
        _ => return None,
    }))
}

/// A method of a path.
pub(super) fn method(
    ev: &mut Evaluator,
    base: &Value,
    method: &str,
    args: &Args,
    at: Span,
) -> Option<Eval> {
    let Value::Call(call) = base else { return None };
    if call.path().is_none_or(|p| &*p != PATH) {
        return None;
    }
    let path = text(base)?;
    Some(Ok(match method {
        "resolve" | "absolute" => path_value(ev, &normal(&path), at),
        "joinpath" | "path" => {
            let mut parts = vec![path];
            parts.extend(args.positional.iter().filter_map(|i| text(&i.value)));
            path_value(ev, &joined(&parts), at)
        }
        "expanduser" => base.clone(),
        "as_posix" | "__str__" | "__fspath__" => Value::Str(path),
        "exists" | "is_file" | "is_dir" => exists(ev, &path, at),
        "open" => return open(ev, base, args.get(0, "mode"), at),
        "read_text" | "read_bytes" => return open(ev, base, None, at),
        "iterdir" => {
            let names = ev.repo().list(Path::new(&normal(&path)));
            match names {
                Some(names) => {
                    let parts: Vec<String> = names
                        .iter()
                        .map(|n| joined(&[path.clone(), Rc::from(n.as_str())]))
                        .collect();
                    Value::list(
                        parts.iter().map(|p| Item::new(path_value(ev, p, at), at)).collect(),
                    )
                }
                None => Value::unknown("the files of a folder outside the repository", at),
            }
        }
        _ => return None,
    }))
}

/// `path.parents[n]` is a list already; nothing else is indexed.
pub(super) fn subscript(_: &Evaluator, object: &Value, _: &Value, at: Span) -> Option<Eval> {
    matches!(object, Value::Call(call) if call.path().is_some_and(|p| &*p == PATH))
        .then(|| Ok(Value::unknown("an entry of a path", at)))
}
