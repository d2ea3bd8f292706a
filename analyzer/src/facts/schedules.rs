//! Celery's schedule: tasks that a clock starts, in `CELERY_BEAT_SCHEDULE` or on the app itself.
//! <https://docs.celeryq.dev/en/stable/userguide/periodic-tasks.html>

use std::collections::BTreeSet;

use crate::python::attributes::unwrap_decorated;
use crate::python::{Args, Evaluator, Span, Value};
use crate::python::{named_task, packed_arguments, with_itself};

/// Entries (a count) of all schedules of a project.
const ENTRIES_MAX: usize = 2_000;

/// A setting with this end holds the schedule, whatever namespace the app gives its settings.
const SETTING: &str = "BEAT_SCHEDULE";

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
            let function = unwrap_decorated(&code).unwrap_or_else(|| code.clone());
            let function_at = match &function {
                Value::Function(function) => Some(function.at),
                _ => None,
            };
            let (name, task) = (name.to_owned(), task.to_owned());
            let args = with_itself(&code, given, at);
            found.push(Found { name, task, at, function, function_at, args });
        }
    }
    found.sort_by(|a, b| (&a.name, &a.task).cmp(&(&b.name, &b.task)));
    found
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
    for value in ev.module_values() {
        if let Value::Call(app) = &value
            && app
                .path()
                .is_some_and(|path| path.starts_with("celery.") && path.ends_with("Celery"))
        {
            found.extend(app.attrs.get("conf.beat_schedule"));
        }
    }
    let mut seen = BTreeSet::new();
    found.retain(|value| value.identity().is_some_and(|identity| seen.insert(identity)));
    found
}
