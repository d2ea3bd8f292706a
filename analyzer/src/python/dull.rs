//! Calls of a traced body that lead to nothing: helpers that format, compare and parse, thousands
//! of times where a loop cannot be decided. After some calls of a function with arguments alike
//! that all touched nothing new, a further one is not entered: it gives what the last one gave.
//!
//! The price: arguments that differ only in what lies deeper than is looked are taken for alike.

use std::hash::{Hash, Hasher};
use std::rc::Rc;

use rustc_hash::{FxHashMap, FxHasher};

use super::object::{Args, Function};
use super::value::Value;

/// Calls (a count) of one function in one body before anybody looks at their arguments: few
/// functions are called more often, and to look costs, too.
const UNWATCHED_MAX: u32 = 8;

/// Calls (a count) with arguments alike that have to lead to nothing.
const ALIKE_MIN: u32 = 3;

/// Levels (a count) that values are looked into: an object, what it holds, and what kind that is.
const DEPTH_MAX: u32 = 2;

/// Elements (a count) of a list that are looked at: longer ones mostly grow by more of the same.
const PARTS_MAX: usize = 8;

/// Functions by their address, which is theirs alone while they are held here.
#[derive(Debug, Default)]
pub(super) struct Dull {
    functions: FxHashMap<usize, Calls>,
    things: Things,
}

/// Numbers of what is told apart by identity, in the order in which it was looked at: addresses are
/// others in each run, and are given again to what comes later.
#[derive(Debug, Default)]
struct Things(FxHashMap<usize, (Value, usize)>);

impl Things {
    fn number(&mut self, thing: &Value) -> Option<usize> {
        let next = self.0.len();
        let known = self.0.entry(thing.identity()?).or_insert_with(|| (thing.clone(), next));
        Some(known.1)
    }
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
    pub(super) fn begin(
        &mut self,
        function: &Rc<Function>,
        receiver: Option<&Value>,
        args: &Args,
    ) -> Option<Watch> {
        let calls = self.functions.entry(address(function)).or_insert_with(|| Calls {
            _held: function.clone(),
            count: 0,
            alike: FxHashMap::default(),
        });
        calls.count = calls.count.saturating_add(1);
        if calls.count <= UNWATCHED_MAX {
            return None;
        }
        let like = likeness(&mut self.things, receiver, args);
        let known = calls.alike.get(&like).filter(|(count, _)| *count >= ALIKE_MIN);
        Some(known.map_or(Watch::Like(like), |(_, value)| Watch::Known(value.clone())))
    }

    /// The call led to nothing, and gave this; or it led to something, which it also did if it
    /// changed its arguments.
    pub(super) fn end(
        &mut self,
        function: &Rc<Function>,
        like: u64,
        (receiver, args): (Option<&Value>, &Args),
        gave: Option<Value>,
    ) {
        let gave = gave.filter(|_| likeness(&mut self.things, receiver, args) == like);
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
}

fn address(function: &Rc<Function>) -> usize {
    Rc::as_ptr(function).addr()
}

/// A digest of what a function can tell arguments apart by, without going deep.
fn likeness(things: &mut Things, receiver: Option<&Value>, args: &Args) -> u64 {
    let mut hasher = FxHasher::default();
    args.open.hash(&mut hasher);
    for value in receiver.into_iter().chain(args.positional.iter().map(|item| &item.value)) {
        look(things, value, DEPTH_MAX, &mut hasher);
    }
    for (name, item) in &args.named {
        name.hash(&mut hasher);
        look(things, &item.value, DEPTH_MAX, &mut hasher);
    }
    hasher.finish()
}

fn look(things: &mut Things, value: &Value, depth: u32, hasher: &mut FxHasher) {
    std::mem::discriminant(value).hash(hasher);
    let Some(deeper) = depth.checked_sub(1) else { return };
    match value {
        Value::None | Value::Ellipsis | Value::Super(_) => {}
        Value::Bool(it) => it.hash(hasher),
        Value::Int(it) => it.hash(hasher),
        Value::Float(it) => it.to_bits().hash(hasher),
        Value::Str(it) | Value::External(it) => it.hash(hasher),
        Value::Bytes(it) => it.hash(hasher),
        Value::List(list) | Value::Tuple(list) | Value::Set(list) => {
            let items = list.items.borrow();
            items.len().min(PARTS_MAX).hash(hasher);
            for item in items.iter().take(PARTS_MAX) {
                look(things, &item.value, deeper, hasher);
            }
        }
        // To count is no question, see `Entries`.
        Value::Dict(dict) => dict.entries.count().min(PARTS_MAX).hash(hasher),
        Value::Bound(bound) => {
            things.number(&Value::Function(bound.function.clone())).hash(hasher);
            look(things, &bound.receiver, deeper, hasher);
        }
        Value::Instance(instance) => {
            things.number(&Value::Class(instance.class.clone())).hash(hasher);
            for (name, binding) in instance.attrs.names.borrow().iter() {
                name.hash(hasher);
                look(things, &binding.value, deeper, hasher);
            }
        }
        Value::Call(call) => look(things, &call.callee, deeper, hasher),
        Value::Member(member) => {
            member.name.hash(hasher);
            look(things, &member.base, deeper, hasher);
        }
        Value::Choice(alternatives) => {
            for alternative in alternatives.iter().take(PARTS_MAX) {
                look(things, &alternative.value, deeper, hasher);
            }
        }
        Value::Unknown(unknown) => unknown.present.hash(hasher),
        Value::Module(_) | Value::Class(_) | Value::Function(_) | Value::Descriptor(_) => {
            things.number(value).hash(hasher);
        }
    }
}
