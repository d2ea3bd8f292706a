//! The standard library: constants, `importlib`, `functools`, `collections`, `copy`, and names of
//! its modules.

use std::collections::BTreeMap;
use std::rc::Rc;

use crate::python::evaluator::{Eval, Evaluator};
use crate::python::modules::absolute;
use crate::python::object::{Args, Base, Descriptor, DescriptorKind, Origin, Scope};
use crate::python::value::{Dict, Item, List, Span, Text, Value};

/// Containers inside each other that a deep copy copies.
const COPY_DEPTH_MAX: u32 = 40;

const MODULES: &[&str] = &[
    "__future__",
    "abc",
    "argparse",
    "array",
    "ast",
    "asyncio",
    "atexit",
    "base64",
    "bisect",
    "builtins",
    "bz2",
    "calendar",
    "cgi",
    "cmath",
    "codecs",
    "collections",
    "colorsys",
    "concurrent",
    "configparser",
    "contextlib",
    "contextvars",
    "copy",
    "copyreg",
    "csv",
    "ctypes",
    "dataclasses",
    "datetime",
    "decimal",
    "difflib",
    "dis",
    "doctest",
    "email",
    "enum",
    "errno",
    "faulthandler",
    "filecmp",
    "fileinput",
    "fnmatch",
    "fractions",
    "ftplib",
    "functools",
    "gc",
    "getpass",
    "gettext",
    "glob",
    "graphlib",
    "gzip",
    "hashlib",
    "heapq",
    "hmac",
    "html",
    "http",
    "imaplib",
    "importlib",
    "inspect",
    "io",
    "ipaddress",
    "itertools",
    "json",
    "keyword",
    "linecache",
    "locale",
    "logging",
    "lzma",
    "mailbox",
    "math",
    "mimetypes",
    "multiprocessing",
    "numbers",
    "operator",
    "os",
    "pathlib",
    "pickle",
    "pkgutil",
    "platform",
    "plistlib",
    "pprint",
    "profile",
    "pstats",
    "queue",
    "random",
    "re",
    "reprlib",
    "resource",
    "runpy",
    "sched",
    "secrets",
    "select",
    "selectors",
    "shelve",
    "shlex",
    "shutil",
    "signal",
    "site",
    "smtplib",
    "socket",
    "socketserver",
    "sqlite3",
    "ssl",
    "stat",
    "statistics",
    "string",
    "struct",
    "subprocess",
    "sys",
    "sysconfig",
    "syslog",
    "tarfile",
    "tempfile",
    "textwrap",
    "threading",
    "time",
    "timeit",
    "token",
    "tokenize",
    "trace",
    "traceback",
    "tracemalloc",
    "types",
    "typing",
    "unicodedata",
    "unittest",
    "urllib",
    "uuid",
    "venv",
    "warnings",
    "weakref",
    "webbrowser",
    "wsgiref",
    "xml",
    "xmlrpc",
    "zipapp",
    "zipfile",
    "zipimport",
    "zlib",
    "zoneinfo",
];

/// Whether the module belongs to Python itself.
pub(crate) fn is_standard_module(name: &str) -> bool {
    MODULES.binary_search(&name).is_ok()
}

/// Names of modules and folders in the apps of `django.contrib`, of every version.
const CONTRIB: &[&str] = &[
    "actions",
    "admin",
    "aggregates",
    "api",
    "apps",
    "backends",
    "base_session",
    "base_user",
    "checks",
    "constants",
    "constraints",
    "context_processors",
    "db",
    "decorators",
    "exceptions",
    "expressions",
    "feeds",
    "fields",
    "filters",
    "finders",
    "fixtures",
    "forms",
    "functions",
    "gdal",
    "geoip2",
    "geometry",
    "geos",
    "handlers",
    "hashers",
    "helpers",
    "indexes",
    "jinja2",
    "locale",
    "lookups",
    "management",
    "managers",
    "measure",
    "middleware",
    "migrations",
    "mixins",
    "models",
    "operations",
    "options",
    "password_validation",
    "prefetch",
    "ptr",
    "requests",
    "search",
    "serializers",
    "shortcuts",
    "signals",
    "sitemaps",
    "sites",
    "static",
    "storage",
    "templates",
    "templatetags",
    "test",
    "testing",
    "tests",
    "tokens",
    "urls",
    "utils",
    "validators",
    "views",
    "widgets",
];

/// Whether no app of `django.contrib` has a module of that name: a library that looks into every
/// app for a module of its own finds none there.
pub(crate) fn is_missing_in_contrib(dotted: &str) -> bool {
    let inside = dotted.strip_prefix("django.contrib.").and_then(|rest| rest.split_once('.'));
    inside.is_some_and(|(_, name)| {
        let first = name.split('.').next().unwrap_or(name);
        CONTRIB.binary_search(&first).is_err()
    })
}

/// Names whose value is the same in every project.
pub(super) fn constant(path: &str) -> Option<Value> {
    let at = Span::default();
    let version =
        |parts: &[i64]| Value::tuple(parts.iter().map(|n| Item::new(Value::Int(*n), at)).collect());
    Some(match path {
        "typing.TYPE_CHECKING" | "typing_extensions.TYPE_CHECKING" => Value::Bool(false),
        "sys.version_info" => version(&[3, 12, 0]),
        "sys.platform" => Value::str("linux"),
        "os.name" => Value::str("posix"),
        "os.sep" | "os.path.sep" => Value::str("/"),
        "os.pathsep" => Value::str(":"),
        "os.linesep" => Value::str("\n"),
        // As a web server starts it: no command of manage.py is running.
        "sys.argv" => Value::list(vec![Item::new(Value::str("manage.py"), at)]),
        "string.ascii_lowercase" => Value::str("abcdefghijklmnopqrstuvwxyz"),
        "string.ascii_uppercase" => Value::str("ABCDEFGHIJKLMNOPQRSTUVWXYZ"),
        "string.digits" => Value::str("0123456789"),
        _ => return None,
    })
}

/// `urljoin(base, url)`, where no folder is left by dots and no host is in play.
fn url_join(base: &str, url: &str) -> Option<String> {
    if [base, url].iter().any(|part| part.contains("//") || part.contains("./")) {
        return None;
    }
    if url.is_empty() || url.starts_with('/') || base.is_empty() {
        return Some(if url.is_empty() { base } else { url }.to_owned());
    }
    let folder = base.rfind('/').map_or("", |end| &base[..=end]);
    let beside = !url.starts_with(['?', '#']);
    beside.then(|| format!("{folder}{url}"))
}

/// What a regular expression reads as something else than itself.
const SPECIAL: &str = "()[]{}?*+-|^$\\.&~# \t\n\r\u{b}\u{c}";

/// The regular expression that matches the text alone, as `re.escape` writes it.
fn escaped(text: &str) -> String {
    let mut pattern = String::with_capacity(text.len());
    for c in text.chars() {
        if SPECIAL.contains(c) {
            pattern.push('\\');
        }
        pattern.push(c);
    }
    pattern
}

/// Calls a function of the standard library.
pub(super) fn call(ev: &mut Evaluator, path: &str, args: &Args, at: Span) -> Option<Eval> {
    let first = args.get(0, "").cloned();
    match path {
        "importlib.import_module" => Some(import_module(ev, args, at)),
        "importlib.util.find_spec" | "pkgutil.find_loader" => {
            Some(Ok(find_spec(ev, first.as_ref(), at)))
        }
        "re.escape" => Some(Ok(Value::str(&escaped(first?.as_str()?)))),
        "functools.cached_property" => {
            Some(Ok(Descriptor::value(DescriptorKind::CachedProperty, first?)))
        }
        "functools.lru_cache" | "functools.cache" | "functools.total_ordering" => match first {
            Some(Value::Function(function)) if path != "functools.total_ordering" => {
                function.memo.get_or_init(Default::default);
                Some(Ok(Value::Function(function)))
            }
            None | Some(Value::Int(_) | Value::None | Value::Bool(_)) => {
                Some(Ok(Value::external("functools.cache")))
            }
            Some(value @ (Value::Function(_) | Value::Class(_) | Value::Descriptor(_))) => {
                Some(Ok(value))
            }
            _ => Some(Ok(Value::external("functools.identity"))),
        },
        "functools.wraps" => {
            let wrapped = first?;
            Some(Ok(ev.opaque_call(
                &Value::external("functools.partial"),
                Args {
                    positional: vec![Item::new(Value::external("functools.update_wrapper"), at)],
                    named: vec![(Rc::from("wrapped"), Item::new(wrapped, at))],
                    open: false,
                },
                at,
            )))
        }
        "functools.update_wrapper" => {
            let wrapper = first?;
            if let (Value::Function(f), Some(wrapped)) = (&wrapper, args.get(1, "wrapped")) {
                let binding = ev.bind(wrapped.clone(), at);
                f.attrs.set(Rc::from("__wrapped__"), binding);
            }
            Some(Ok(wrapper))
        }
        "functools.identity"
        | "copy.copy"
        | "copy.deepcopy"
        | "abc.abstractmethod"
        | "typing.final"
        | "typing.no_type_check"
        | "typing.overload"
        | "types.MappingProxyType"
        | "dataclasses.dataclass"
        | "enum.unique"
        | "contextlib.contextmanager"
        | "collections.abc.Iterable"
        | "typing_extensions.override"
        | "typing.override"
        | "asgiref.sync.sync_to_async"
        | "functools.singledispatch" => match (path, first?) {
            ("copy.copy", Value::Instance(of)) if !ev.is_tracing() => Some(Ok(ev.copy_of(&of))),
            ("copy.copy" | "copy.deepcopy", value) => Some(Ok(copied(&value, COPY_DEPTH_MAX))),
            (_, value) => Some(Ok(value)),
        },
        "functools.reduce" => Some(reduce(ev, args, at)),
        "typing.cast" => args.get(1, "").cloned().map(Ok),
        _ => inspect(ev, path, args, at).or_else(|| collection(ev, path, args, at)),
    }
}

/// Calls a function of `inspect` or `urllib`.
fn inspect(ev: &mut Evaluator, path: &str, args: &Args, at: Span) -> Option<Eval> {
    let first = args.get(0, "")?;
    match path {
        "inspect.getmembers" => members(ev, first, args.get(1, "predicate"), at).map(Ok),
        "inspect.isclass" => Some(Ok(super::builtins::is_class(ev, first, at))),
        "inspect.isfunction" => super::builtins::is_function(first).map(Value::Bool).map(Ok),
        "urllib.parse.urljoin" => {
            let joined = url_join(first.as_str()?, args.get(1, "url")?.as_str()?)?;
            Some(Ok(Value::str(&joined)))
        }
        _ => None,
    }
}

/// A dictionary with the elements as its keys: each once, where it stood first. This is how lists
/// are freed of what they hold twice.
pub(super) fn dict_from_keys(ev: &mut Evaluator, args: &Args, at: Span) -> Option<Eval> {
    let keys = args.get(0, "iterable")?.clone();
    let value = args.get(1, "value").cloned().unwrap_or(Value::None);
    let dict = Dict::default();
    for Item { value: key, at, cond, rest } in ev.elements_or_rest(&keys, at) {
        let known = key.key();
        if rest || known.is_none() {
            dict.open.set(true);
        }
        let Some(known) = known else { continue };
        let made = Item { value: value.clone(), at, cond: cond.clone(), rest: false };
        let mut entries = dict.entries.borrow_mut();
        let (_, item) = entries.entry(known).or_insert_with(|| (key, made));
        if cond.is_always() {
            item.cond = cond;
        }
    }
    Some(Ok(Value::Dict(Rc::new(dict))))
}

/// Calls a function of `collections` or `itertools`.
fn collection(ev: &mut Evaluator, path: &str, args: &Args, at: Span) -> Option<Eval> {
    let first = args.get(0, "").cloned();
    match path {
        "abc.abstractproperty" => Some(Ok(Descriptor::value(DescriptorKind::Property, first?))),
        "collections.OrderedDict" | "collections.defaultdict" | "collections.ChainMap" => {
            let mut args = args.clone();
            let factory = if path.ends_with("defaultdict") && !args.positional.is_empty() {
                Some(args.positional.remove(0).value).filter(|f| !matches!(f, Value::None))
            } else {
                None
            };
            let made = super::call(ev, "builtins.dict", &args, at);
            if let Some(Ok(Value::Dict(dict))) = &made {
                dict.factory.replace(factory);
            }
            made
        }
        "collections.OrderedDict.fromkeys" => super::call(ev, "builtins.dict.fromkeys", args, at),
        "collections.deque" => super::call(ev, "builtins.list", args, at),
        "itertools.chain" => Some(Ok(chain(ev, args, at))),
        "itertools.chain.from_iterable" => {
            let lists = ev.elements_or_rest(&first?, at);
            Some(Ok(chain(ev, &Args { positional: lists, ..Args::default() }, at)))
        }
        _ => None,
    }
}

/// Names and values of a class and its ancestors, sorted by name.
fn members(ev: &mut Evaluator, of: &Value, wanted: Option<&Value>, at: Span) -> Option<Value> {
    let mut found: BTreeMap<Text, Item> = BTreeMap::new();
    let mut add = |scope: &Scope| {
        for (name, binding) in scope.names.borrow().iter() {
            found.entry(name.clone()).or_insert_with(|| Item {
                cond: binding.cond.clone(),
                ..Item::new(binding.value.clone(), binding.at)
            });
        }
    };
    match of {
        Value::Class(class) => {
            for base in class.mro() {
                if let Base::Class(class) = base {
                    add(&class.scope);
                }
            }
        }
        // Of a module of the catalogue, or with a star import that is not seen, it is not all.
        Value::Module(module)
            if module.origin != Origin::Catalogue && module.open.borrow().is_none() =>
        {
            add(&module.scope);
        }
        _ => return None,
    }
    if let Some(wanted) = wanted.filter(|wanted| !matches!(wanted, Value::None)) {
        found.retain(|_, item| {
            let answer = ev.call(wanted, Args::of([item.value.clone()], at), at);
            !answer.is_ok_and(|answer| ev.truth(&answer) == Some(false))
        });
    }
    let pairs = found.into_iter().map(|(name, item)| {
        let (cond, at) = (item.cond.clone(), item.at);
        let pair = Value::tuple(vec![Item::new(Value::Str(name), at), item]);
        Item { cond, ..Item::new(pair, at) }
    });
    Some(Value::list(pairs.collect()))
}

fn chain(ev: &mut Evaluator, args: &Args, at: Span) -> Value {
    let mut all = Vec::new();
    for item in &args.positional {
        all.extend(ev.elements_or_rest(&item.value, at));
    }
    Value::list(all)
}

fn reduce(ev: &mut Evaluator, args: &Args, at: Span) -> Eval {
    let (Some(function), Some(over)) = (args.get(0, "").cloned(), args.get(1, "").cloned()) else {
        return Ok(Value::unknown("reduce() that is not followed", at));
    };
    let mut items = ev.elements_or_rest(&over, at).into_iter().map(|i| i.value);
    let start = args.get(2, "").cloned().or_else(|| items.next());
    let mut total = start.unwrap_or(Value::None);
    for value in items.collect::<Vec<_>>() {
        total = ev.call(&function, Args::of([total, value], at), at)?;
    }
    Ok(total)
}

fn copied(value: &Value, depth: u32) -> Value {
    if depth == 0 {
        return value.clone();
    }
    match value {
        Value::List(list) => {
            let items = list.items.borrow();
            let copies =
                items.iter().map(|i| Item { value: copied(&i.value, depth - 1), ..i.clone() });
            Value::List(Rc::new(List { items: std::cell::RefCell::new(copies.collect()) }))
        }
        Value::Dict(_) => {
            let copy = Evaluator::copy_dict(value);
            if let Value::Dict(dict) = &copy {
                for (_, item) in dict.entries.borrow_mut().values_mut() {
                    item.value = copied(&item.value, depth - 1);
                }
            }
            copy
        }
        other => other.clone(),
    }
}

/// `import_module("a.b")`, `import_module(".b", "a")`, `__import__("a.b", fromlist=...)`.
pub(super) fn import_module(ev: &mut Evaluator, args: &Args, at: Span) -> Eval {
    let name = match args.get(0, "name") {
        Some(Value::Str(name)) => name.to_string(),
        Some(Value::Choice(alternatives)) => {
            return ev.map_choice(&alternatives.clone(), |ev, name| {
                import_module(ev, &Args::of([name.clone()], at), at)
            });
        }
        _ => return Ok(Value::unknown("an import whose name is not known", at)),
    };
    let level = name.chars().take_while(|c| *c == '.').count();
    let dotted = match (level, args.get(1, "package")) {
        (0, _) => Some(name.clone()),
        (level, Some(Value::Str(package))) => ev.import(package).and_then(|module| {
            absolute(&module, u32::try_from(level).unwrap_or(1), name.get(level..)?)
        }),
        _ => None,
    };
    match dotted {
        Some(dotted) => match ev.import_value(&dotted, at)? {
            // Sure to be missing: its package is here and does not have it.
            Value::External(_) if ev.is_surely_missing(&dotted) => ev.module_not_found(&dotted, at),
            value => Ok(value),
        },
        None => Ok(Value::unknown("a relative import whose package is not known", at)),
    }
}

/// `sys.modules["a.b"]`: what was imported before, or could be.
pub(super) fn imported(ev: &mut Evaluator, name: &Value, at: Span) -> Option<Eval> {
    let name = name.as_str()?;
    Some(match ev.import(name) {
        Some(module) => Ok(Value::Module(module)),
        None if ev.is_surely_missing(name) => ev.raise("KeyError", name, at),
        None => Ok(Value::external(name)),
    })
}

/// Whether a package has a module of that name.
pub(super) fn has_submodule(ev: &Evaluator, package: &Value, name: &Value, at: Span) -> Value {
    let unknown = || Value::unknown("whether a package has a module", at);
    let (Value::Module(package), Some(name)) = (package, name.as_str()) else { return unknown() };
    let dotted = format!("{}.{name}", package.name);
    if ev.has_module(&dotted) {
        return Value::Bool(true);
    }
    if ev.is_surely_missing(&dotted) { Value::Bool(false) } else { unknown() }
}

fn find_spec(ev: &Evaluator, name: Option<&Value>, at: Span) -> Value {
    match name.and_then(Value::as_str) {
        Some(name) if ev.has_module(name) || is_standard_module(name) => {
            Value::external("importlib.machinery.ModuleSpec")
        }
        Some(name) if ev.is_surely_missing(name) => Value::None,
        _ => Value::unknown("whether a module is installed", at),
    }
}
