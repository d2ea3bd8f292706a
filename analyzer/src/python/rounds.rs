//! Rounds of a loop in a body that is traced. Elements that were made in it, at one place and
//! alike, lead to the same touches: a few of them stand for all, or a list that grows in a circle
//! that cannot be decided would use up the steps of everything.

use super::evaluator::Evaluator;
use super::value::{Item, Value};

/// Elements (a count) alike that each have a round.
const ALIKE_MAX: usize = 3;

/// Different elements (a count) that are kept to be compared with.
const KINDS_MAX: usize = 16;

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

/// Whether two elements are objects of the body itself that it made in the same way.
fn alike(one: &Value, other: &Value, before: u32) -> bool {
    match (one, other) {
        (Value::Instance(a), Value::Instance(b)) => {
            let (left, right) = (a.attrs.names.borrow(), b.attrs.names.borrow());
            std::rc::Rc::ptr_eq(&a.class, &b.class)
                && a.at == b.at
                && a.serial.min(b.serial) > before
                && left.len() == right.len()
                && left.iter().all(|(name, binding)| {
                    right.get(name).is_some_and(|other| similar(&binding.value, &other.value))
                })
        }
        (Value::Tuple(a), Value::Tuple(b)) => {
            let (left, right) = (a.items.borrow(), b.items.borrow());
            left.len() == right.len()
                && left.iter().zip(right.iter()).all(|(a, b)| {
                    a.at == b.at
                        && (similar(&a.value, &b.value) || alike(&a.value, &b.value, before))
                })
        }
        (Value::Unknown(a), Value::Unknown(b)) => a.at == b.at && a.present == b.present,
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
        (Value::Instance(a), Value::Instance(b)) => std::rc::Rc::ptr_eq(&a.class, &b.class),
        _ => one.is_same(other),
    }
}
