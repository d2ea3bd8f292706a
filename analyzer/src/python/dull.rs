//! Calls of a traced body that lead to nothing: helpers that format, compare and parse, thousands
//! of times where a loop cannot be decided. After some calls of a function with arguments alike
//! that all touched nothing new, a further one is not entered: it gives what the last one gave.
//!
//! The price: arguments that differ only in what lies deeper than is looked are taken for alike.

use std::rc::Rc;

use rustc_hash::FxHashMap;

use super::likeness::{Depth, Given, Things, likeness};
use super::object::Function;
use super::value::Value;

/// Calls (a count) of one function in one body before anybody looks at their arguments: few
/// functions are called more often, and to look costs, too.
const UNWATCHED_MAX: u32 = 8;

/// Calls (a count) with arguments alike that have to lead to nothing.
const ALIKE_MIN: u32 = 3;

/// How far arguments are looked into: an object, what it holds, and what kind that is.
const DEPTH: Depth = Depth { levels: 2, entries: false, values: 1_000 };

/// Functions by their address, which is theirs alone while they are held here.
#[derive(Debug, Default)]
pub(super) struct Dull {
    functions: FxHashMap<usize, Calls>,
    things: Things,
    /// Values (a count) that were looked at and not paid for.
    pub(super) looked: usize,
}

#[derive(Debug)]
struct Calls {
    _held: Rc<Function>,
    count: u32,
    /// By what the arguments are like: calls that led to nothing, and what the last one gave.
    alike: FxHashMap<u64, (u32, Value)>,
}

/// What is known of a call before it is made.
pub(super) enum Watch {
    /// It leads to nothing, and gives this.
    Known(Value),
    /// What its arguments are like.
    Like(u64),
}

impl Dull {
    /// One more call of the function; what is known of it, if there were many.
    pub(super) fn begin(&mut self, function: &Rc<Function>, given: &Given) -> Option<Watch> {
        let calls = self.functions.entry(address(function)).or_insert_with(|| Calls {
            _held: function.clone(),
            count: 0,
            alike: FxHashMap::default(),
        });
        calls.count = calls.count.saturating_add(1);
        if calls.count <= UNWATCHED_MAX {
            return None;
        }
        let like = self.likeness(given)?;
        let known = self.functions.get(&address(function))?.alike.get(&like);
        let known = known.filter(|(count, _)| *count >= ALIKE_MIN);
        Some(known.map_or(Watch::Like(like), |(_, value)| Watch::Known(value.clone())))
    }

    /// The call led to nothing, and gave this; or it led to something, which it also did if it
    /// changed what it was given.
    pub(super) fn end(
        &mut self,
        function: &Rc<Function>,
        like: u64,
        given: &Given,
        gave: Option<Value>,
    ) {
        let gave = gave.filter(|_| self.likeness(given) == Some(like));
        let Some(calls) = self.functions.get_mut(&address(function)) else { return };
        match gave {
            Some(value) => {
                let (count, last) = calls.alike.entry(like).or_default();
                *count += 1;
                *last = value;
            }
            None => drop(calls.alike.remove(&like)),
        }
    }

    fn likeness(&mut self, given: &Given) -> Option<u64> {
        let (like, looked) = likeness(given, &mut self.things, DEPTH);
        self.looked += looked;
        like
    }
}

fn address(function: &Rc<Function>) -> usize {
    Rc::as_ptr(function).addr()
}
