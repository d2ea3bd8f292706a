//! Celery's schedule: tasks that a clock starts, in `CELERY_BEAT_SCHEDULE`, on the app itself, or
//! added by code once the app is configured.
//! <https://docs.celeryq.dev/en/stable/userguide/periodic-tasks.html>

use std::collections::BTreeSet;
use std::rc::Rc;

use crate::python::attributes::unwrap_decorated;
use crate::python::{Args, Call, Evaluator, Span, Value};
use crate::python::{named_task, packed_arguments, with_itself};

/// Entries (a count) of all schedules of a project.
const ENTRIES_MAX: usize = 2_000;

/// Celery apps (a count) of a project; most have one.
const APPS_MAX: usize = 20;

/// A setting with this end holds the schedule, whatever namespace the app gives its settings.
const SETTING: &str = "BEAT_SCHEDULE";

/// Signals with which a Celery app says that it is ready to be told of schedules.
const SIGNALS: [&str; 2] = ["on_after_configure", "on_after_finalize"];

/// One entry of a schedule whose task was found.
#[derive(Debug)]
pub struct Found {
    /// Its name.
    pub name: String,
    /// Name of the task.
    pub task: String,
    /// Where it stands.
    pub at: Span,
    /// The function behind the task.
    pub function: Value,
    /// Where the function is declared.
    pub function_at: Option<Span>,
    /// What it is called with.
    pub args: Args,
}

/// All entries, by name.
pub fn read(ev: &mut Evaluator) -> Vec<Found> {
    let mut found = Vec::new();
    for schedule in schedules(ev) {
        let Value::Dict(schedule) = &schedule else { continue };
        let entries: Vec<_> = schedule.entries.borrow().values().cloned().collect();
        for (name, entry) in entries {
            let at = entry.at;
            let name = name.as_str().unwrap_or_default();
            let Some(task) = entry_value(ev, &entry.value, "task", at) else { continue };
            let Some(task) = task.as_str().filter(|_| found.len() < ENTRIES_MAX) else { continue };
            let Some(code) = named_task(ev, task) else {
                ev.note(at, "scheduled task", &format!("there is no task {task} here"));
                continue;
            };
            let mut given = Args::default();
            for key in ["args", "kwargs"] {
                if let Some(value) = entry_value(ev, &entry.value, key, at) {
                    given.named.push((key.into(), crate::python::Item::new(value, at)));
                }
            }
            let given = packed_arguments(ev, &given, 0, at);
            found.push(found_entry(name.to_owned(), task.to_owned(), &code, given, at));
        }
    }
    let room = ENTRIES_MAX.saturating_sub(found.len());
    found.extend(added(ev).into_iter().take(room));
    found.sort_by(|a, b| (&a.name, &a.task).cmp(&(&b.name, &b.task)));
    found
}

fn found_entry(name: String, task: String, code: &Value, given: Args, at: Span) -> Found {
    let function = unwrap_decorated(code).unwrap_or_else(|| code.clone());
    let function_at = match &function {
        Value::Function(function) => Some(function.at),
        _ => None,
    };
    let args = with_itself(code, given, at);
    Found { name, task, at, function, function_at, args }
}

/// What code adds with `add_periodic_task`, on the app or in a handler that the app calls once it
/// is configured.
fn added(ev: &mut Evaluator) -> Vec<Found> {
    let mut found = Vec::new();
    for app in apps(ev) {
        for handler in handlers(ev, &app) {
            ev.begin();
            let given = Args::of([Value::Call(app.clone())], app.at);
            // What it raises ends it alone.
            drop(ev.call(&handler, given, app.at));
        }
        let calls = app.calls.borrow().clone();
        for call in calls.iter().filter(|call| &*call.method == "add_periodic_task") {
            match call.args.get(1, "sig").and_then(|sig| signed(ev, sig, &call.args)) {
                Some((code, given)) => {
                    let function = unwrap_decorated(&code).unwrap_or_else(|| code.clone());
                    let task = function.path().unwrap_or_default().to_string();
                    let name = call.args.named("name").and_then(Value::as_str);
                    let name = name.map_or_else(|| task.clone(), str::to_owned);
                    found.push(found_entry(name, task, &code, given, call.at));
                }
                None => ev.note(call.at, "scheduled task", "a task that could not be seen"),
            }
        }
    }
    found
}

/// The task of `task.s(1)`, `task.signature((1,))`, or of the bare task, with its arguments.
fn signed(ev: &mut Evaluator, sig: &Value, around: &Args) -> Option<(Value, Args)> {
    if let Value::Call(call) = sig
        && let Value::Member(member) = &call.callee
        && unwrap_decorated(&member.base).is_some()
    {
        let given = match &*member.name {
            "s" | "si" => call.args.clone(),
            "signature" | "subtask" => packed_arguments(ev, &call.args, 0, call.at),
            _ => return None,
        };
        return Some((member.base.clone(), given));
    }
    let code = matches!(sig, Value::Function(_)) || unwrap_decorated(sig).is_some();
    code.then(|| (sig.clone(), packed_arguments(ev, around, 2, Span::default())))
}

/// The functions that are connected to the app's own signals by a decorator.
fn handlers(ev: &Evaluator, app: &Rc<Call>) -> Vec<Value> {
    let mut seen = BTreeSet::new();
    let mut found = ev.module_values();
    found.retain(|value| {
        let Value::Call(call) = value else { return false };
        let Value::Member(connect) = &call.callee else { return false };
        let Value::Member(signal) = &connect.base else { return false };
        let own = matches!(&signal.base, Value::Call(of) if Rc::ptr_eq(of, app));
        own && &*connect.name == "connect"
            && SIGNALS.contains(&&*signal.name)
            && value.identity().is_some_and(|identity| seen.insert(identity))
    });
    found.iter().filter_map(unwrap_decorated).collect()
}

/// The Celery apps that modules hold, each once.
fn apps(ev: &Evaluator) -> Vec<Rc<Call>> {
    let mut seen = BTreeSet::new();
    let is_app = |path: &str| path.starts_with("celery.") && path.ends_with("Celery");
    let held = ev.module_values().into_iter().filter_map(|value| match value {
        Value::Call(call) if call.path().is_some_and(|path| is_app(&path)) => Some(call),
        _ => None,
    });
    held.filter(|app| seen.insert(app.serial)).take(APPS_MAX).collect()
}

fn entry_value(ev: &mut Evaluator, entry: &Value, key: &str, at: Span) -> Option<Value> {
    let Value::Dict(_) = entry else { return None };
    ev.subscript_value(entry, &Value::str(key), at)
}

/// The dictionaries that hold schedules, each once.
fn schedules(ev: &Evaluator) -> Vec<Value> {
    let mut found = Vec::new();
    if let Some(settings) = &ev.registry.settings {
        let names = settings.scope.names.borrow();
        let held = names.iter().filter(|(name, _)| name.ends_with(SETTING));
        found.extend(held.map(|(_, binding)| binding.value.likely()));
    }
    found.extend(apps(ev).iter().filter_map(|app| app.attrs.get("conf.beat_schedule")));
    let mut seen = BTreeSet::new();
    found.retain(|value| value.identity().is_some_and(|identity| seen.insert(identity)));
    found
}
