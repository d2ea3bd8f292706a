//! What calls are like: a digest of what a function can tell their arguments apart by.

use std::hash::{Hash, Hasher};

use rustc_hash::{FxHashMap, FxHasher};

use super::object::Args;
use super::value::{Span, Value};

/// Elements (a count) of a list that are looked at: longer ones mostly grow by more of the same.
pub(super) const PARTS_MAX: usize = 8;

/// How far the arguments of a call are looked into that may be told again: a view, its request,
/// and what that holds.
pub(super) const DEPTH: Depth = Depth { levels: 3, entries: true, values: 1_000 };

/// Bytes of a text that count as one value looked at.
const BYTES_PER_VALUE: usize = 64;

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
pub(super) struct Things(FxHashMap<usize, (Value, usize)>);

impl Things {
    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    fn number(&mut self, thing: &Value) -> Option<usize> {
        let next = self.0.len();
        let known = self.0.entry(thing.identity()?).or_insert_with(|| (thing.clone(), next));
        Some(known.1)
    }
}

/// How far it is looked.
#[derive(Debug, Clone, Copy)]
pub(super) struct Depth {
    /// Levels (a count) that values are looked into.
    pub(super) levels: u32,
    /// Whether into the entries of dictionaries, too.
    pub(super) entries: bool,
    /// Values (a count) that are looked at; with more, nobody tells what a call is like.
    pub(super) values: usize,
}

/// A digest of what a function can tell calls apart by; none where too much is to be looked at.
/// With how many values were.
pub(super) fn likeness(given: &Given, things: &mut Things, depth: Depth) -> (Option<u64>, usize) {
    let mut look = Look {
        things,
        hasher: FxHasher::default(),
        left: depth.values,
        entries: depth.entries,
        local: false,
    };
    (given.context, given.args.open).hash(&mut look.hasher);
    let positional = given.args.positional.iter().map(|item| &item.value);
    for value in given.receiver.into_iter().chain(positional) {
        look.at(value, depth.levels);
    }
    for (name, item) in &given.args.named {
        look.text(name.as_bytes());
        look.at(&item.value, depth.levels);
    }
    let Look { hasher, left, local, .. } = look;
    ((left > 0 && !local).then(|| hasher.finish()), depth.values - left)
}

/// Whether code was made by a function, which it may close over.
fn is_local(thing: &Value) -> bool {
    match thing {
        Value::Function(function) => !function.closure.is_empty(),
        Value::Class(class) => class.qualname.contains("<locals>"),
        Value::Descriptor(_) => true,
        _ => false,
    }
}

struct Look<'t> {
    things: &'t mut Things,
    hasher: FxHasher,
    /// Values (a count) that may still be looked at.
    left: usize,
    entries: bool,
    /// Whether something was met that a body made, which is not told apart.
    local: bool,
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
        // To keep what a body made would keep all that the body saw.
        if self.entries && is_local(thing) {
            self.local = true;
            return;
        }
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
            Value::Dict(dict) if self.entries => {
                for (key, item) in dict.entries.peek().values() {
                    if self.left == 0 {
                        return;
                    }
                    self.at(key, 1);
                    self.at(&item.value, deeper);
                }
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
            Value::Unknown(unknown) => unknown.presence.hash(&mut self.hasher),
            Value::Module(_) | Value::Class(_) | Value::Function(_) | Value::Descriptor(_) => {
                self.identity(value);
            }
        }
    }
}
