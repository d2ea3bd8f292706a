//! What answers a URL: the function or class behind decorators, and the methods it handles.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use crate::python::object::Origin;
use crate::python::{Args, Base, Call, Class, Function, Item, Span, Value};

/// Decorators around one view, closures included.
const WRAPPERS_MAX: usize = 50;

/// Methods that every view answers by itself; they say nothing about it.
const HIDDEN: [&str; 3] = ["HEAD", "OPTIONS", "TRACE"];

/// What Django's `View` lets through unless a class says otherwise.
const HANDLED: [&str; 8] = ["get", "post", "put", "patch", "delete", "head", "options", "trace"];

/// The code behind a view.
#[derive(Debug, Clone, Default)]
pub enum Target {
    /// A class, through `as_view()` or called.
    Class(Rc<Class>),
    /// A function or a method.
    Function(Rc<Function>),
    /// A method of an object of this class.
    Method(Rc<Class>, Rc<Function>),
    /// Something whose source we do not have.
    #[default]
    Unseen,
}

/// The answer to a URL.
#[derive(Debug, Default)]
pub struct View {
    /// Dotted path; empty where it could not be seen.
    pub path: String,
    /// Module that holds it.
    pub module: String,
    /// Where it is declared.
    pub at: Option<Span>,
    /// The code.
    pub target: Target,
    /// What the URL was given, decorators included.
    pub callback: Value,
    /// Whether `non_atomic_requests` takes it out of `ATOMIC_REQUESTS`.
    pub non_atomic: bool,
    /// The object that a method is bound to.
    pub receiver: Option<Value>,
    /// Arguments of `as_view()`, where it is a class.
    pub initkwargs: Option<Args>,
    /// Methods it handles; none where it does not restrict them.
    handled: Option<BTreeSet<String>>,
    /// Methods that decorators let through.
    required: Option<BTreeSet<String>>,
    /// DRF actions by method.
    mapping: BTreeMap<String, String>,
}

impl View {
    /// The view behind a callback.
    pub fn of(callback: &Value) -> Self {
        let mut view = Self { callback: callback.clone(), ..Self::default() };
        view.unwrap(callback, 0);
        view
    }

    /// Methods, sorted; empty where nothing restricts them.
    pub fn methods(&self) -> Vec<String> {
        let both = match (&self.handled, &self.required) {
            (Some(handled), Some(required)) => handled & required,
            (Some(one), None) | (None, Some(one)) => one.clone(),
            (None, None) => BTreeSet::new(),
        };
        both.into_iter().filter(|method| !HIDDEN.contains(&method.as_str())).collect()
    }

    /// DRF actions as `method:action`, sorted.
    pub fn actions(&self) -> Vec<String> {
        let shown = |method: &&String| !HIDDEN.contains(&method.to_uppercase().as_str());
        let mut actions: Vec<String> = self
            .mapping
            .iter()
            .filter(|(method, _)| shown(method))
            .map(|(method, action)| format!("{method}:{action}"))
            .collect();
        actions.sort();
        actions
    }

    /// The method that does the same: `ProcessFormView.put` calls `post`.
    pub fn same_as<'a>(&self, method: &'a str) -> &'a str {
        let Target::Class(class) = &self.target else { return method };
        let put = class.lookup("put").filter(|_| method == "PUT" && self.mapping.is_empty());
        let told = |class: &Class| class.home.origin == Origin::Catalogue;
        let same = put.is_some_and(|(of, _)| &*of.name == "ProcessFormView" && told(&of));
        if same { "POST" } else { method }
    }

    /// What stands around a class-based view, if anything does.
    pub fn wrapper(&self) -> Option<Value> {
        self.callback.alternatives().into_iter().map(|a| a.value).find(wraps)
    }

    /// The project's own `as_view()` result: a function that says whose view it is.
    pub fn maker(&self) -> Option<Value> {
        let made = |value: &Value| match value {
            Value::Function(function) => {
                function.module.origin != Origin::Catalogue
                    && function.attrs.get("__wrapped__").is_none()
                    && class_of_function(function).is_some()
            }
            _ => false,
        };
        self.callback.alternatives().into_iter().map(|a| a.value).find(made)
    }

    /// DRF actions by method.
    pub fn mapping(&self) -> &BTreeMap<String, String> {
        &self.mapping
    }

    fn unwrap(&mut self, value: &Value, depth: usize) {
        if depth > WRAPPERS_MAX {
            return;
        }
        match value {
            Value::Function(function) => self.function(function, depth),
            Value::Bound(bound) => {
                self.function(&bound.function, depth);
                self.receiver = Some(bound.receiver.clone());
                let class = match &bound.receiver {
                    Value::Instance(instance) => Some(instance.class.clone()),
                    Value::Class(class) => Some(class.clone()),
                    _ => None,
                };
                if let (Some(class), Target::Function(function)) = (class, &self.target) {
                    self.target = Target::Method(class, function.clone());
                }
            }
            Value::Call(call) => self.call(call, depth),
            Value::Class(class) => self.class(class),
            Value::Instance(instance) => self.class(&instance.class),
            Value::External(path) => self.named(path),
            Value::Member(member) => {
                if let Some(base) = member.base.path() {
                    self.named(&format!("{base}.{}", member.name));
                }
            }
            Value::Choice(alternatives) => {
                let known = alternatives.iter().find(|a| is_view(&a.value));
                if let Some(known) = known.or(alternatives.first()) {
                    self.unwrap(&known.value, depth + 1);
                }
            }
            Value::Descriptor(descriptor) => self.unwrap(&descriptor.inner, depth + 1),
            _ => {}
        }
    }

    fn named(&mut self, path: &str) {
        path.clone_into(&mut self.path);
        path.rsplit_once('.').map_or("", |(module, _)| module).clone_into(&mut self.module);
    }

    fn class(&mut self, class: &Rc<Class>) {
        self.path = class.path().to_string();
        self.module = class.module.borrow().to_string();
        self.at = Some(class.at);
        self.target = Target::Class(class.clone());
    }

    fn function(&mut self, function: &Rc<Function>, depth: usize) {
        if let Some((class, args)) = class_of_function(function) {
            return self.class_view(&class, &args);
        }
        if let Some(inner) = wrapped(function) {
            self.unwrap(&inner, depth + 1);
            if !self.path.is_empty() {
                return;
            }
        }
        self.path = function.path().to_string();
        self.module = function.module.name.to_string();
        self.at = Some(function.at);
        self.target = Target::Function(function.clone());
    }

    fn call(&mut self, call: &Rc<Call>, depth: usize) {
        if let Some((class, args)) = class_of_as_view(call) {
            return self.class_view(&class, &args);
        }
        if let Value::Member(member) = &call.callee
            && &*member.name == "as_view"
            && let Some(path) = member.base.path()
        {
            return self.named(&path);
        }
        if let Value::Call(maker) = &call.callee {
            // A decorator with arguments: `require_http_methods(["GET"])(view)`.
            self.restrict(maker.path().as_deref(), &maker.args);
            if is_wraps(maker) {
                let original = maker.args.positional.first().map(|item| item.value.clone());
                return self.unwrap(&original.unwrap_or(Value::None), depth + 1);
            }
        }
        self.restrict(call.path().as_deref(), &Args::default());
        let values = call.args.positional.iter().map(|item| &item.value);
        let named = call.args.named.iter().map(|(_, item)| &item.value);
        let inner = values.clone().chain(named).find(|value| is_view(value)).cloned();
        match inner {
            Some(inner) => self.unwrap(&inner, depth + 1),
            // An object of a class that is only named, or of a factory.
            None => {
                if let Some(path) = call.path() {
                    self.named(&path);
                }
            }
        }
    }

    /// Notes which methods a decorator lets through.
    fn restrict(&mut self, decorator: Option<&str>, args: &Args) {
        let Some(decorator) = decorator else { return };
        self.non_atomic |= decorator == "django.db.transaction.non_atomic_requests";
        let methods: BTreeSet<String> = match decorator {
            "django.views.decorators.http.require_GET" => set(&["GET"]),
            "django.views.decorators.http.require_POST" => set(&["POST"]),
            "django.views.decorators.http.require_safe" => set(&["GET", "HEAD"]),
            "django.views.decorators.http.require_http_methods" => texts(args.get(0, "")),
            "rest_framework.decorators.api_view" => match args.get(0, "http_method_names") {
                None => set(&["GET"]),
                methods => texts(methods),
            },
            _ => return,
        };
        let methods: BTreeSet<String> = methods.iter().map(|m| m.to_uppercase()).collect();
        self.required = Some(match self.required.take() {
            Some(before) => &before & &methods,
            None => methods,
        });
    }

    fn class_view(&mut self, class: &Rc<Class>, args: &Args) {
        self.class(class);
        self.initkwargs = Some(args.clone());
        let allowed = match args.named("http_method_names") {
            Some(names) => texts(Some(names)),
            None => match class.lookup("http_method_names") {
                Some((_, binding)) => texts(Some(&binding.value)),
                None => set(&HANDLED),
            },
        };
        let allowed = if allowed.is_empty() { set(&HANDLED) } else { allowed };
        let actions = match args.get(0, "actions") {
            Some(Value::Dict(actions)) => Some(actions.clone()),
            _ => None,
        };
        self.handled = Some(match actions {
            Some(actions) => {
                for (method, action) in actions.entries.borrow().values() {
                    if let (Some(method), Some(action)) = (method.as_str(), action.value.as_str()) {
                        let method = method.to_lowercase();
                        if allowed.contains(&method) {
                            self.mapping.insert(method, action.to_owned());
                        }
                    }
                }
                self.mapping.keys().map(|method| method.to_uppercase()).collect()
            }
            None => allowed
                .iter()
                .filter(|method| class.lookup(&method.to_lowercase()).is_some())
                .map(|method| method.to_uppercase())
                .collect(),
        });
    }
}

fn set(names: &[&str]) -> BTreeSet<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

/// The texts of a list.
fn texts(value: Option<&Value>) -> BTreeSet<String> {
    match value {
        Some(Value::List(list) | Value::Tuple(list) | Value::Set(list)) => {
            let items = list.items.borrow();
            items.iter().filter_map(|item| item.value.as_str().map(str::to_owned)).collect()
        }
        _ => BTreeSet::new(),
    }
}

/// The class whose `as_view` is called, and the arguments of the call.
fn class_of_as_view(call: &Call) -> Option<(Rc<Class>, Args)> {
    let (receiver, name) = match &call.callee {
        Value::Bound(bound) => (&bound.receiver, &*bound.function.name),
        Value::Member(member) => (&member.base, member.name.trim_start_matches("super.")),
        // What the catalogue tells of it: the class is the first argument.
        Value::External(path) if path.ends_with(".as_view") => {
            let (first, rest) = call.args.positional.split_first()?;
            let class = first.value.as_class()?.clone();
            return Some((class, Args { positional: rest.to_vec(), ..call.args.clone() }));
        }
        _ => return None,
    };
    match receiver {
        Value::Class(class) if name == "as_view" => Some((class.clone(), call.args.clone())),
        _ => None,
    }
}

/// The class of a view function that an `as_view` made and says so, with the arguments it was
/// given: `view_class` and `view_initkwargs` are Django's words, `cls`, `initkwargs` and `actions`
/// those of REST framework.
fn class_of_function(function: &Function) -> Option<(Rc<Class>, Args)> {
    let attribute = |names: [&str; 2]| names.iter().find_map(|name| function.attrs.get(name));
    let class = attribute(["view_class", "cls"])?.as_class()?.clone();
    let mut args = Args::default();
    if let Some(Value::Dict(given)) = attribute(["view_initkwargs", "initkwargs"]) {
        for (name, item) in given.entries.borrow().values() {
            if let Value::Str(name) = name {
                args.named.push((name.clone(), item.clone()));
            }
        }
    }
    if let Some(actions @ Value::Dict(_)) = function.attrs.get("actions") {
        args.positional.push(Item::new(actions, function.at));
    }
    Some((class, args))
}

fn is_wraps(maker: &Call) -> bool {
    matches!(maker.path().as_deref(), Some("functools.wraps"))
}

fn wraps(callback: &Value) -> bool {
    match callback {
        // `update_wrapper` copies `view_class`, too.
        Value::Function(function) => {
            let original = function.attrs.get("__wrapped__");
            let view = |value| matches!(value, Value::Function(_) | Value::Call(_));
            original.is_some_and(view) || class_of_function(function).is_none()
        }
        Value::Call(call) => class_of_as_view(call).is_none(),
        _ => false,
    }
}

/// Values (a count) that are looked at in search of a view: calls may share arguments, so that a
/// few lines can write down more than anybody could look through.
const LOOKED_MAX: usize = 1_000;

/// Whether a value can answer a request.
fn is_view(value: &Value) -> bool {
    holds_view(value, &mut { LOOKED_MAX })
}

fn holds_view(value: &Value, left: &mut usize) -> bool {
    let Some(rest) = left.checked_sub(1) else { return false };
    *left = rest;
    match value {
        Value::Function(_) | Value::Bound(_) | Value::Instance(_) => true,
        Value::Call(call) => {
            class_of_as_view(call).is_some()
                || matches!(&call.callee, Value::Member(m) if &*m.name == "as_view")
                || call.args.positional.iter().any(|item| holds_view(&item.value, left))
        }
        Value::Class(class) => class.mro().iter().any(|base| match base {
            Base::Class(class) => class.scope.get("as_view").is_some(),
            _ => false,
        }),
        Value::External(path) => path.contains(".views."),
        Value::Choice(alternatives) => alternatives.iter().any(|a| holds_view(&a.value, left)),
        _ => false,
    }
}

/// The view inside a decorator's inner function: what it says it wraps, or the only view among the
/// names it closes over.
fn wrapped(function: &Function) -> Option<Value> {
    if let Some(original) = function.attrs.get("__wrapped__") {
        return Some(original);
    }
    if !function.qualname.contains("<locals>") {
        return None;
    }
    let mut found: Option<Value> = None;
    for scope in function.closure.iter() {
        for (name, binding) in scope.names.borrow().iter() {
            let value = &binding.value;
            let itself =
                matches!(value, Value::Function(f) if std::ptr::eq(&raw const **f, function));
            let local = matches!(value, Value::Function(f) if f.qualname.contains("<locals>")
                && *f.name == **name);
            if itself || local || !is_view(value) || matches!(value, Value::Instance(_)) {
                continue;
            }
            if found.is_some() {
                return None;
            }
            found = Some(value.clone());
        }
        if found.is_some() {
            break;
        }
    }
    found
}
