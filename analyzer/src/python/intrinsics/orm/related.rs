//! Managers of related rows: what relates rows to each other, and who is told of it.

use std::rc::Rc;

use super::{model_of, rows};
use crate::python::evaluator::{Eval, Evaluator};
use crate::python::object::{Args, Instance};
use crate::python::trace::Touch;
use crate::python::value::{Item, Span, Text, Value};

const M2M_CHANGED: &str = "django.db.models.signals.m2m_changed";

/// Methods of a manager of related rows that change the relation.
pub(crate) fn relate(ev: &mut Evaluator, method: &str, args: &Args, at: Span) -> Option<Eval> {
    let manager = args.positional.first()?.value.clone();
    let class = model_of(&manager)?;
    match &manager {
        Value::Instance(manager) if matches!(method, "add" | "remove" | "set" | "clear") => {
            match manager.attrs.get(rows::THROUGH) {
                Some(Value::Str(through)) => {
                    ev.touch(Touch::Write, &through, at);
                    tell(ev, manager, method, at);
                }
                _ => rows::touch(ev, Touch::Write, &class, at),
            }
            Some(Ok(Value::None))
        }
        _ => None,
    }
}

/// Tells of rows that a form has related to its own.
pub(crate) fn stored(ev: &mut Evaluator, row: &Value, name: &Text, at: Span) {
    if heard(ev)
        && let Value::Instance(_) = row
        && let Ok(Value::Instance(manager)) = ev.attribute(row, name, at)
    {
        tell(ev, &manager, "set", at);
    }
}

fn heard(ev: &Evaluator) -> bool {
    ev.registry.receivers.iter().any(|(signal, ..)| &**signal == M2M_CHANGED)
}

/// Notes whose rows a manager holds, if anybody is told when they change. `reverse`: the field that
/// relates them is declared at the other end.
pub(super) fn belongs(
    ev: &mut Evaluator,
    manager: &Value,
    row: &Rc<Instance>,
    reverse: bool,
    at: Span,
) {
    if heard(ev) {
        let row = Value::Instance(row.clone());
        for (name, value) in [("instance", row), ("reverse", Value::Bool(reverse))] {
            let name = ev.intern(name);
            ev.set_attribute(manager, &name, value, at);
        }
    }
}

/// Calls those who listen to `m2m_changed`, as `ManyRelatedManager` does
/// (`django/db/models/fields/related_descriptors.py`).
pub(super) fn tell(ev: &mut Evaluator, manager: &Rc<Instance>, method: &str, at: Span) {
    let (Some(instance), Some(sender)) =
        (manager.attrs.get("instance"), manager.attrs.get("through"))
    else {
        return;
    };
    let actions: &[&str] = match method {
        "add" => &["pre_add", "post_add"],
        "remove" => &["pre_remove", "post_remove"],
        "clear" => &["pre_clear", "post_clear"],
        _ => &["pre_remove", "post_remove", "pre_add", "post_add"],
    };
    let reverse = manager.attrs.get("reverse").unwrap_or(Value::None);
    let model = manager.attrs.get("model").unwrap_or(Value::None);
    for action in actions {
        let named = [
            ("sender", sender.clone()),
            ("instance", instance.clone()),
            ("action", Value::str(action)),
            ("reverse", reverse.clone()),
            ("model", model.clone()),
            ("pk_set", Value::unknown("the keys of what is related", at)),
        ];
        let named = named.map(|(name, value)| (ev.intern(name), Item::new(value, at)));
        let args = Args { named: named.to_vec(), open: true, ..Args::default() };
        drop(rows::send(ev, M2M_CHANGED, &args, at));
    }
}
