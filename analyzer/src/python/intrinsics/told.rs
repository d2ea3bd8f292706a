//! Questions that the catalogue's handwritten stubs ask about values, as the module `outgrow`.

use crate::python::evaluator::{Eval, Evaluator};
use crate::python::object::Args;
use crate::python::value::{Item, Span, Value};

/// Answers a question.
pub(super) fn call(ev: &Evaluator, path: &str, args: &Args, at: Span) -> Option<Eval> {
    match path {
        "outgrow.entry_points" => Some(Ok(entry_points(ev, args.get(0, "group")?.as_str()?, at))),
        // `isinstance` cannot decide what a call without source gave; a stub may want a guess.
        "outgrow.surely_list" => {
            let list = matches!(args.get(0, "value"), Some(Value::List(_) | Value::Tuple(_)));
            Some(Ok(Value::Bool(list)))
        }
        "outgrow.surely_instance" => {
            let class = args.get(1, "of")?.as_class()?.path();
            let instance = matches!(
                args.get(0, "value"),
                Some(Value::Instance(instance)) if instance.class.descends_from(&class)
            );
            Some(Ok(Value::Bool(instance)))
        }
        _ => None,
    }
}

/// The entry points of a group, as triples of name, value and group. Where the packages beside the
/// repository are not here to be asked, there may be more.
fn entry_points(ev: &Evaluator, group: &str, at: Span) -> Value {
    let declared = ev.repo().entry_points().iter().filter(|point| point.group == group);
    let mut points: Vec<Item> = declared
        .map(|point| {
            let parts = [&point.name, &point.value, &point.group];
            let parts = parts.iter().map(|part| Item::new(Value::str(part), at)).collect();
            Item::new(Value::tuple(parts), at)
        })
        .collect();
    if !ev.repo().has_libraries() {
        let value = Value::unknown("entry points of packages that are not here", at);
        points.push(Item { rest: true, ..Item::new(value, at) });
    }
    Value::list(points)
}
