//! Rounds of a loop in a body that is traced. Elements that were made in it, at one place and
//! alike, lead to the same touches: a few of them stand for all, or a list that grows in a circle
//! that cannot be decided would use up the steps of everything.

use std::rc::Rc;

use super::evaluator::Evaluator;
use super::object::Binding;
use super::value::{Item, Text, Value};

/// Elements (a count) alike that each have a round.
const ALIKE_MAX: usize = 3;

/// Different elements (a count) that are kept to be compared with.
const KINDS_MAX: usize = 16;

/// Attributes or elements (a count) of one that are compared: what holds more has its round.
const PARTS_MAX: usize = 64;

/// The elements that have had their round, in one loop.
#[derive(Debug, Default)]
pub(super) struct Rounds {
    kinds: Vec<(Value, usize)>,
}

impl Rounds {
    /// Whether the element is one more of those that had their rounds.
    pub(super) fn had(&mut self, ev: &Evaluator, item: &Item) -> bool {
        let Some(trace) = &ev.traced else { return false };
        let before = trace.made_before;
        if let Some((_, count)) = self.kinds.iter_mut().find(|(v, _)| alike(v, &item.value, before))
        {
            *count += 1;
            return *count > ALIKE_MAX;
        }
        if self.kinds.len() < KINDS_MAX {
            self.kinds.push((item.value.clone(), 1));
        }
        false
    }
}

/// Whether two elements are objects of the body itself that it made in the same way, or tuples of
/// such.
fn alike(one: &Value, other: &Value, before: u32) -> bool {
    let (Value::Tuple(one), Value::Tuple(other)) = (one, other) else {
        return made_alike(one, other, before);
    };
    let (left, right) = (one.items.borrow(), other.items.borrow());
    let alike = |(a, b): (&Item, &Item)| {
        a.at == b.at && (similar(&a.value, &b.value) || made_alike(&a.value, &b.value, before))
    };
    left.len() == right.len() && left.len() <= PARTS_MAX && left.iter().zip(right.iter()).all(alike)
}

fn made_alike(one: &Value, other: &Value, before: u32) -> bool {
    match (one, other) {
        (Value::Instance(a), Value::Instance(b)) => {
            let (left, right) = (a.attrs.names.borrow(), b.attrs.names.borrow());
            let same = |(name, binding): (&Text, &Binding)| {
                right.get(name).is_some_and(|other| similar(&binding.value, &other.value))
            };
            Rc::ptr_eq(&a.class, &b.class)
                && a.at == b.at
                && a.serial.min(b.serial) > before
                && left.len() == right.len()
                && left.len() <= PARTS_MAX
                && left.iter().all(same)
        }
        (Value::Unknown(a), Value::Unknown(b)) => a.at == b.at && a.presence == b.presence,
        _ => false,
    }
}

/// Whether what two such objects hold makes no difference that a loop would show.
fn similar(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Unknown(_), Value::Unknown(_))
        | (Value::List(_), Value::List(_))
        | (Value::Set(_), Value::Set(_))
        | (Value::Dict(_), Value::Dict(_)) => true,
        (Value::Instance(a), Value::Instance(b)) => Rc::ptr_eq(&a.class, &b.class),
        _ => one.is_same(other),
    }
}
