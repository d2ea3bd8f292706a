//! Celery's ways to have a task run: by another process, here and now, and by its name.
//! <https://docs.celeryq.dev/en/stable/userguide/calling.html>

use std::rc::Rc;

use crate::python::attributes::unwrap_decorated;
use crate::python::evaluator::{Eval, Evaluator};
use crate::python::object::{Args, Call, Member};
use crate::python::value::{Item, Key, Span, Text, Value};

/// Where the arguments of the task stand in a call that starts it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Given {
    /// `delay(1, b=2)`.
    Plain,
    /// `apply_async((1,), {"b": 2}, countdown=3)`.
    Packed,
    /// `map([1, 2])`: once for each.
    Each,
}

/// How a method of a task starts it; none for a method that does not. A signature (`s`) is made
/// to be run: alone, in a chain, a group or a chord.
fn given_to(method: &str) -> Option<Given> {
    Some(match method {
        "delay" | "delay_on_commit" | "enqueue" | "s" | "si" => Given::Plain,
        "apply" | "apply_async" | "apply_async_on_commit" | "signature" | "subtask" => {
            Given::Packed
        }
        "map" | "starmap" | "chunks" => Given::Each,
        _ => return None,
    })
}

/// Whether a member of a decorated function has it run.
pub(super) fn is_task(member: &Member) -> bool {
    given_to(&member.name).is_some() && unwrap_decorated(&member.base).is_some()
}

/// `task.delay(...)` and its like.
pub(super) fn task(
    ev: &mut Evaluator,
    task: &Rc<Call>,
    method: &str,
    args: &Args,
    at: Span,
) -> Option<Eval> {
    let given = match given_to(method)? {
        Given::Plain => args.clone(),
        Given::Packed => packed(ev, args, 0, at),
        Given::Each => Args { positional: vec![any(at)], open: true, ..Args::default() },
    };
    let here = method == "apply" || is_eager(ev);
    start(ev, &Value::Call(task.clone()), given, here, at);
    Some(Ok(Value::unknown("the result of a task", at)))
}

/// `app.send_task("shop.tasks.ship", [1])` and `signature("shop.tasks.ship")`.
pub(super) fn by_name(ev: &mut Evaluator, call: &Rc<Call>) {
    let starts = match &call.callee {
        Value::Member(member) => matches!(&*member.name, "send_task" | "signature"),
        callee => callee
            .path()
            .is_some_and(|path| matches!(&*path, "celery.signature" | "celery.canvas.signature")),
    };
    let Some(name) = call.args.get(0, "name").and_then(Value::as_str).filter(|_| starts) else {
        return;
    };
    let at = call.at;
    let Some(task) = named(ev, name) else {
        return ev.unseen(&format!("the task {name}, which is not here"), at);
    };
    let given = packed(ev, &call.args, 1, at);
    let here = is_eager(ev);
    start(ev, &task, given, here, at);
}

/// The task of a name: the function of that path, else the one that was given the name.
pub(crate) fn named(ev: &mut Evaluator, name: &str) -> Option<Value> {
    let is_code = |v: &Value| matches!(v, Value::Function(_)) || unwrap_decorated(v).is_some();
    Some(ev.resolve(name)).filter(is_code).or_else(|| named_itself(ev, name)).filter(is_code)
}

fn named_itself(ev: &mut Evaluator, name: &str) -> Option<Value> {
    let (mut looked, mut found) = (0, None);
    for module in ev.modules.values().flatten() {
        let names = module.scope.names.borrow();
        looked += names.len();
        let is_it = |value: &&Value| explicit_name(value).is_some_and(|known| &*known == name);
        found = names.values().map(|binding| &binding.value).find(is_it).cloned();
        if found.is_some() {
            break;
        }
    }
    ev.charge(looked);
    found
}

/// `@shared_task(name="ship")`.
fn explicit_name(value: &Value) -> Option<Text> {
    let Value::Call(call) = value else { return None };
    let Value::Call(maker) = &call.callee else { return None };
    match maker.args.named("name") {
        Some(Value::Str(name)) => Some(name.clone()),
        _ => None,
    }
}

/// The arguments in a list and a dictionary, from position `first` on.
pub(crate) fn packed(ev: &mut Evaluator, args: &Args, first: usize, at: Span) -> Args {
    let mut given = Args::default();
    match args.get(first, "args") {
        None | Some(Value::None) => {}
        Some(list) => given.positional = ev.elements(list).unwrap_or_else(|| vec![any(at)]),
    }
    match args.get(first + 1, "kwargs") {
        None | Some(Value::None) => {}
        Some(Value::Dict(dict)) => {
            given.open = dict.open.get();
            for (key, (_, item)) in dict.entries.borrow().iter() {
                if let Key::Str(name) = key {
                    given.named.push((name.clone(), item.clone()));
                }
            }
        }
        Some(_) => given.open = true,
    }
    given
}

/// Any number of arguments that were not seen.
fn any(at: Span) -> Item {
    Item { rest: true, ..Item::new(Value::unknown("arguments of a task", at), at) }
}

fn is_eager(ev: &mut Evaluator) -> bool {
    ["CELERY_TASK_ALWAYS_EAGER", "CELERY_ALWAYS_EAGER"].iter().any(|name| {
        let settings = Value::external("django.conf.settings");
        let name = ev.intern(name);
        let value = ev.attribute(&settings, &name, Span::default());
        value.is_ok_and(|value| ev.truth(&value.likely()) == Some(true))
    })
}

/// Follows the task: in another process, or `here`.
fn start(ev: &mut Evaluator, task: &Value, given: Args, here: bool, at: Span) {
    let function = unwrap_decorated(task).unwrap_or_else(|| task.clone());
    let given = with_itself(task, given, at);
    let result = if here {
        ev.call(&function, given, at)
    } else {
        ev.afterwards(true, |ev| ev.call(&function, given, at))
    };
    // What it raises ends it alone.
    drop(result);
}

/// The arguments as the function gets them: one that is bound gets the task first.
pub(crate) fn with_itself(task: &Value, mut given: Args, at: Span) -> Args {
    let Value::Call(call) = task else { return given };
    let bound = call.args.named("bind").is_some()
        || matches!(&call.callee, Value::Call(maker) if maker.args.named("bind").is_some());
    if bound {
        given.positional.insert(0, Item::new(Value::unknown("the task itself", at), at));
    }
    given
}
