//! What is looked at only while a body is traced: transactions, tasks, raw SQL, shortcuts.

use std::rc::Rc;

use super::orm::{model_of, queries, related, rows};
use crate::python::attributes::unwrap_decorated;
use crate::python::calls::ATOMIC;
use crate::python::evaluator::{Eval, Evaluator};
use crate::python::object::{Args, Call, Class};
use crate::python::trace::Ends;
use crate::python::value::{Span, Value};

/// Calls a function of Django's that touches the database.
pub(super) fn call(ev: &mut Evaluator, path: &str, args: &Args, at: Span) -> Option<Eval> {
    if let Some(method) = path.strip_prefix("django.db.models.query.QuerySet.") {
        return queries::call(ev, method, args, at);
    }
    if !ev.is_tracing() {
        return None;
    }
    if let Some(method) = path.strip_prefix("django.db.models.manager.BaseManager.") {
        return related::relate(ev, method, args, at);
    }
    if let Some(method) = path.strip_prefix("django.db.models.base.Model.") {
        return rows::call(ev, method, args, at);
    }
    match path {
        "django.shortcuts.get_object_or_404" | "django.shortcuts.aget_object_or_404" => {
            found_or_404(ev, args, "get", at)
        }
        "django.shortcuts.get_list_or_404" | "django.shortcuts.aget_list_or_404" => {
            found_or_404(ev, args, "filter", at)
        }
        "django.db.transaction.on_commit" => {
            let callback = args.get(0, "func")?.clone();
            drop(ev.afterwards(false, |ev| ev.call(&callback, Args::default(), at)));
            Some(Ok(Value::None))
        }
        _ => None,
    }
}

/// `get_object_or_404(what, ...)` as the query that it makes of its first argument.
fn found_or_404(ev: &mut Evaluator, args: &Args, method: &str, at: Span) -> Option<Eval> {
    let (what, rest) = args.positional.split_first()?;
    ev.may_end(Ends::NOT_FOUND);
    let mut query = what.value.clone();
    if let Value::Class(_) = query {
        let name = ev.intern("_default_manager");
        query = ev.attribute(&query, &name, at).ok()?;
    }
    model_of(&query)?;
    let name = ev.intern(method);
    let method = ev.attribute(&query, &name, at).ok()?;
    let args = Args { positional: rest.to_vec(), ..args.clone() };
    Some(ev.call(&method, args, at))
}

/// Remembers on a function that `atomic` decorates it: `@atomic`, `@atomic(using="x")`, and both
/// inside `method_decorator`.
pub(crate) fn mark_atomic(ev: &mut Evaluator, decorator: &Value, function: &Value, at: Span) {
    if let Value::Call(call) = decorator
        && call.path().is_some_and(|path| {
            &*path == "django.dispatch.receiver" || &*path == "django.dispatch.dispatcher.receiver"
        })
    {
        super::django::receiver(ev, call, function, at);
        return;
    }
    if !is_atomic(decorator, 0) {
        return;
    }
    let inner = unwrap_decorated(function);
    if let Value::Function(function) = inner.as_ref().unwrap_or(function) {
        let name = ev.intern(ATOMIC);
        let binding = ev.bind(Value::Bool(true), at);
        function.attrs.set(name, binding);
    }
}

/// Whether a value is `atomic` or a call of it.
pub(crate) fn is_atomic(value: &Value, depth: u8) -> bool {
    match value {
        Value::External(path) => {
            matches!(&**path, "django.db.transaction.atomic" | "django.db.transaction.Atomic")
        }
        Value::Call(call) => {
            let wraps = call.path().is_some_and(|path| path.ends_with(".method_decorator"));
            let inner = call.args.positional.first().filter(|_| wraps && depth == 0);
            is_atomic(&call.callee, depth + 1)
                || inner.is_some_and(|item| is_atomic(&item.value, depth + 1))
        }
        _ => false,
    }
}

/// Django's request, and the one that REST framework puts around it.
const REQUESTS: [&str; 2] = ["django.http.HttpRequest", "rest_framework.request.Request"];

/// Elements (a count) of a container that are looked at: one that holds more is no handful of
/// arguments.
const HANDED_MAX: usize = 50;

/// Packages whose functions are known to leave rows alone.
const HARMLESS: [&str; 14] = [
    "builtins",
    "collections",
    "copy",
    "datetime",
    "decimal",
    "django",
    "functools",
    "itertools",
    "json",
    "logging",
    "operator",
    "os",
    "rest_framework",
    "typing",
];

/// What of it, if code that is not here may ask the database through this value, or through what
/// it holds.
fn leads_to_rows(value: &Value) -> Option<&'static str> {
    match value {
        Value::List(list) | Value::Tuple(list) => {
            let items = list.items.borrow();
            items.iter().take(HANDED_MAX).find_map(|item| is_lead(&item.value))
        }
        Value::Dict(dict) => {
            let entries = dict.entries.borrow();
            entries.values().take(HANDED_MAX).find_map(|(_, item)| is_lead(&item.value))
        }
        other => is_lead(other),
    }
}

pub(crate) fn is_lead(value: &Value) -> Option<&'static str> {
    let requests = |class: &Class| REQUESTS.iter().any(|path| class.descends_from(path));
    match value {
        Value::Instance(_) if model_of(value).is_some() => Some("rows"),
        Value::Instance(object) if requests(&object.class) => Some("the request"),
        Value::Choice(alternatives) => alternatives.iter().find_map(|a| is_lead(&a.value)),
        _ => None,
    }
}

/// Notes that rows or the request are handed to code that is not here, or not known.
pub(crate) fn handed_on(ev: &mut Evaluator, callee: &Value, args: &Args, at: Span) {
    let path = callee.path();
    let known = path.as_ref().is_some_and(|path| {
        let package = path.split('.').next().unwrap_or_default();
        package == &**path || HARMLESS.contains(&package)
    });
    let named = args.named.iter().map(|(_, item)| item);
    let mut items = args.positional.iter().chain(named).filter(|_| !known);
    if let Some(what) = items.find_map(|item| leads_to_rows(&item.value)) {
        let whom = path.as_deref().unwrap_or("something that is not known");
        ev.unseen(&format!("{what} handed to {whom}"), at);
    }
}

/// Looks at a call whose callee is not seen: raw SQL, and rows that are handed on.
pub(crate) fn traced_call(ev: &mut Evaluator, call: &Rc<Call>) {
    handed_on(ev, &call.callee, &call.args, call.at);
    let runs = match &call.callee {
        Value::Member(member) => matches!(&*member.name, "execute" | "executemany" | "raw"),
        callee => callee.path().is_some_and(|path| path.ends_with(".RawSQL")),
    };
    if let Some(text) = call.args.positional.first().filter(|_| runs) {
        ev.raw_sql(&text.value, call.at);
    }
    super::tasks::by_name(ev, call);
}

/// Names of methods that only the ORM gives to its objects.
const DISTINCT: [&str; 14] = [
    "aggregate",
    "bulk_create",
    "bulk_update",
    "delete",
    "exclude",
    "exists",
    "filter",
    "get_or_create",
    "objects",
    "prefetch_related",
    "save",
    "select_related",
    "update_or_create",
    "values_list",
];

/// Notes that something is asked of the ORM through a value that is not known.
pub(crate) fn unknown_attribute(ev: &mut Evaluator, name: &str, at: Span) {
    if ev.is_tracing() && DISTINCT.contains(&name) {
        ev.unseen(&format!("{name} of something that is not known"), at);
    }
}
