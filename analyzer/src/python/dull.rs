//! Calls of a traced body that lead to nothing: helpers that format, compare and parse, thousands
//! of times where a loop cannot be decided. After some calls of a function with arguments alike
//! that all touched nothing new, a further one is not entered: it gives what the last one gave.
//!
//! The price: arguments that differ only in what lies deeper than is looked are taken for alike.

use std::hash::{Hash, Hasher};
use std::rc::Rc;

use rustc_hash::{FxHashMap, FxHasher};

use super::object::{Args, Function};
use super::value::{Span, Value};

/// Calls (a count) of one function in one body before anybody looks at their arguments: few
/// functions are called more often, and to look costs, too.
const UNWATCHED_MAX: u32 = 8;

/// Calls (a count) with arguments alike that have to lead to nothing.
const ALIKE_MIN: u32 = 3;

/// Levels (a count) that values are looked into: an object, what it holds, and what kind that is.
const DEPTH_MAX: u32 = 2;

/// Elements (a count) of a list that are looked at: longer ones mostly grow by more of the same.
const PARTS_MAX: usize = 8;

/// Values (a count) that are looked at for one call; with more, nobody tells what it is like.
const LOOKED_MAX: usize = 1_000;

/// Bytes of a text that count as one value looked at.
const BYTES_PER_VALUE: usize = 64;

/// Functions by their address, which is theirs alone while they are held here.
#[derive(Debug, Default)]
pub(super) struct Dull {
    functions: FxHashMap<usize, Calls>,
    things: Things,
    /// Values (a count) that were looked at and not paid for.
    pub(super) looked: usize,
}

/// What a call is made with.
pub(super) struct Given<'c> {
    pub(super) receiver: Option<&'c Value>,
    pub(super) args: &'c Args,
    /// What else tells its touches apart: the transaction, the process, and whether they are sure.
    pub(super) context: Context,
}

/// The outermost transaction, whether another process runs the code, and whether it lies behind a
/// test.
pub(super) type Context = (Option<Span>, bool, bool);

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

    /// A digest of what a function can tell calls apart by, without going deep; none where that
    /// is too much to look at.
    fn likeness(&mut self, given: &Given) -> Option<u64> {
        let things = &mut self.things;
        let mut look = Look { things, hasher: FxHasher::default(), left: LOOKED_MAX };
        (given.context, given.args.open).hash(&mut look.hasher);
        let positional = given.args.positional.iter().map(|item| &item.value);
        for value in given.receiver.into_iter().chain(positional) {
            look.at(value, DEPTH_MAX);
        }
        for (name, item) in &given.args.named {
            look.text(name.as_bytes());
            look.at(&item.value, DEPTH_MAX);
        }
        let Look { hasher, left, .. } = look;
        self.looked += LOOKED_MAX - left;
        (left > 0).then(|| hasher.finish())
    }
}

fn address(function: &Rc<Function>) -> usize {
    Rc::as_ptr(function).addr()
}

struct Look<'t> {
    things: &'t mut Things,
    hasher: FxHasher,
    /// Values (a count) that may still be looked at.
    left: usize,
}

impl Look<'_> {
    fn text(&mut self, text: impl AsRef<[u8]>) {
        let text = text.as_ref();
        self.left = self.left.saturating_sub(text.len() / BYTES_PER_VALUE);
        if self.left > 0 {
            text.hash(&mut self.hasher);
        }
    }

    fn identity(&mut self, thing: &Value) {
        self.things.number(thing).hash(&mut self.hasher);
    }

    fn at(&mut self, value: &Value, depth: u32) {
        self.left = self.left.saturating_sub(1);
        std::mem::discriminant(value).hash(&mut self.hasher);
        let Some(deeper) = depth.checked_sub(1).filter(|_| self.left > 0) else { return };
        match value {
            Value::None | Value::Ellipsis | Value::Super(_) => {}
            Value::Bool(it) => it.hash(&mut self.hasher),
            Value::Int(it) => it.hash(&mut self.hasher),
            Value::Float(it) => it.to_bits().hash(&mut self.hasher),
            Value::Str(it) | Value::External(it) => self.text(it.as_bytes()),
            Value::Bytes(it) => self.text(it),
            Value::List(list) | Value::Tuple(list) | Value::Set(list) => {
                let items = list.items.borrow();
                items.len().min(PARTS_MAX).hash(&mut self.hasher);
                items.iter().take(PARTS_MAX).for_each(|item| self.at(&item.value, deeper));
            }
            // To count is no question, see `Entries`.
            Value::Dict(dict) => dict.entries.count().min(PARTS_MAX).hash(&mut self.hasher),
            Value::Bound(bound) => {
                self.identity(&Value::Function(bound.function.clone()));
                self.at(&bound.receiver, deeper);
            }
            Value::Instance(instance) => {
                self.identity(&Value::Class(instance.class.clone()));
                for (name, binding) in instance.attrs.names.borrow().iter() {
                    if self.left == 0 {
                        return;
                    }
                    self.text(name.as_bytes());
                    self.at(&binding.value, deeper);
                }
            }
            Value::Call(call) => self.at(&call.callee, deeper),
            Value::Member(member) => {
                self.text(member.name.as_bytes());
                self.at(&member.base, deeper);
            }
            Value::Choice(alternatives) => {
                alternatives.iter().take(PARTS_MAX).for_each(|one| self.at(&one.value, deeper));
            }
            Value::Unknown(unknown) => unknown.present.hash(&mut self.hasher),
            Value::Module(_) | Value::Class(_) | Value::Function(_) | Value::Descriptor(_) => {
                self.identity(value);
            }
        }
    }
}
