//! Enumerations: Python's own, and the choices that Django makes of them.

use std::cell::Cell;
use std::rc::Rc;

use crate::python::classes::{is_enumeration, member_value, members};
use crate::python::evaluator::Eval;
use crate::python::object::Class;
use crate::python::value::{Cond, Dict, Item, Key, Span, Value};

/// What knows lists of its members; a plain enumeration has none.
const CHOICES: &str = "django.db.models.enums.Choices";

/// `Status.choices` and the like.
pub(super) fn class_attribute(class: &Rc<Class>, name: &str, at: Span) -> Option<Eval> {
    if !is_enumeration(class) {
        return None;
    }
    let values = || members(class).unwrap_or_default();
    // What the class itself defines under these names wins.
    let told = class.descends_from(CHOICES) && class.lookup(name).is_none();
    match name {
        "values" if told => Some(Ok(Value::list(
            values().into_iter().map(|i| Item { value: member_value(&i.value), ..i }).collect(),
        ))),
        "choices" if told => Some(Ok(Value::list(
            values()
                .into_iter()
                .map(|i| {
                    let value = member_value(&i.value);
                    let label = Item::new(value.clone(), i.at);
                    Item { value: Value::tuple(vec![label.clone(), label]), ..i }
                })
                .collect(),
        ))),
        "names" | "labels" if told => Some(Ok(Value::unknown("labels of an enumeration", at))),
        "__members__" => {
            let dict = Dict { open: Cell::new(false), ..Dict::default() };
            for (name, binding) in class.scope.names.borrow().iter() {
                let item = Item {
                    value: member_value(&binding.value),
                    at,
                    cond: Cond::default(),
                    rest: false,
                };
                if !name.starts_with('_') {
                    dict.entries
                        .borrow_mut()
                        .insert(Key::Str(name.clone()), (Value::Str(name.clone()), item));
                }
            }
            Some(Ok(Value::Dict(Rc::new(dict))))
        }
        _ => {
            let (_, binding) = class.lookup(name)?;
            let plain = matches!(binding.value, Value::Tuple(_));
            plain.then(|| Ok(member_value(&binding.value)))
        }
    }
}
