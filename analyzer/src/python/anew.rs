//! What a call gave for one request, kept without that request, and made anew for the next.
//!
//! Objects that the call made are copied, with what they hold. In place of what the call was given
//! the next call's own arguments are put. Objects that were there before any request are
//! everybody's. A value that holds anything else belongs to its request and is not kept.

use std::cell::{Cell, OnceCell, RefCell};
use std::rc::Rc;

use rustc_hash::FxHashMap;

use super::evaluator::Evaluator;
use super::garbage::Made;
use super::likeness::{DEPTH, PARTS_MAX};
use super::object::{Args, Binding, Bound, Call, Instance, Member, Recorded, Scope};
use super::value::{Alternative, Cond, Dict, Item, List, Presence, Span, Text, Unknown, Value};

/// Values (a count) that are copied for one that a call gave.
const COPIED_MAX: usize = 120;

/// Times (a count) that values are met again which were copied.
const MET_MAX: usize = 2_000;

/// Parts of a summary (a count) that one of them counts as: it holds arguments and names.
const PARTS_PER_VALUE: usize = 4;

/// Levels (a count) of values inside each other that are copied.
const LEVELS_MAX: u32 = 12;

/// Things (a count) among the arguments that may be told apart.
const GIVEN_MAX: usize = 2_000;

/// Number of the first object of what is kept: no evaluation makes so many.
const KEPT: u32 = 1 << 31;

/// A value that a call gave, without what belongs to the request.
#[derive(Debug)]
pub(super) struct Kept {
    value: Value,
    /// Stands for the condition that held around the call.
    base: Cond,
    /// Where the call was made, if that is where its parts were.
    site: Option<Span>,
    /// Places among what the call is given, and what stands for it in the value.
    given: Vec<(usize, Value)>,
    /// Parts (a count) of the summary.
    pub(super) parts: usize,
}

/// What holds around a call.
pub(super) struct Around {
    /// Number of the last object that was there before the request.
    pub(super) shared: u32,
    /// Number of the last object that was there before the call.
    pub(super) made: u32,
    /// Where own code called into the catalogue.
    pub(super) site: Option<Span>,
    /// The condition.
    pub(super) cond: Cond,
}

/// The things that a call is given, and what they hold, as far as they are told apart; those of
/// calls that are alike stand in the same places.
pub(super) fn given(receiver: Option<&Value>, args: &Args) -> Vec<Value> {
    let mut found = Vec::new();
    let named = args.named.iter().map(|(_, item)| &item.value);
    let values = args.positional.iter().map(|item| &item.value).chain(named);
    receiver.into_iter().chain(values).for_each(|value| walk(value, DEPTH.levels, &mut found));
    found
}

fn walk(value: &Value, levels: u32, found: &mut Vec<Value>) {
    if found.len() >= GIVEN_MAX {
        return;
    }
    match value {
        Value::List(_)
        | Value::Tuple(_)
        | Value::Set(_)
        | Value::Dict(_)
        | Value::Instance(_)
        | Value::Call(_) => found.push(value.clone()),
        _ => {}
    }
    let Some(deeper) = levels.checked_sub(1) else { return };
    match value {
        Value::List(list) | Value::Tuple(list) | Value::Set(list) => {
            let items = list.items.borrow();
            items.iter().take(PARTS_MAX).for_each(|item| walk(&item.value, deeper, found));
        }
        Value::Dict(dict) => {
            dict.entries.peek().values().for_each(|(_, item)| walk(&item.value, deeper, found));
        }
        Value::Instance(instance) => {
            let names = instance.attrs.names.borrow();
            names.values().for_each(|binding| walk(&binding.value, deeper, found));
        }
        Value::Bound(bound) => walk(&bound.receiver, deeper, found),
        Value::Member(member) => walk(&member.base, deeper, found),
        Value::Call(call) => walk(&call.callee, deeper, found),
        Value::Choice(alternatives) => {
            let some = alternatives.iter().take(PARTS_MAX);
            some.for_each(|one| walk(&one.value, deeper, found));
        }
        _ => {}
    }
}

/// Keeps a value for later calls, with the numbers that the objects in it had and have. None where
/// it belongs to the request.
pub(super) fn keep(
    value: &Value,
    given: Vec<Value>,
    around: Around,
) -> Option<(Kept, FxHashMap<u32, u32>)> {
    let base = Cond::default().and(Rc::from(""), Span::default());
    let why: Text = Rc::from("what the call is given");
    let mut stands_for = Vec::new();
    let mut known = FxHashMap::default();
    for (place, thing) in given.iter().enumerate() {
        let address = thing.identity()?;
        known.entry(address).or_insert_with(|| {
            let (why, at) = (why.clone(), Span::default());
            let stand_in =
                Value::Unknown(Rc::new(Unknown { why, at, presence: Presence::Perhaps }));
            stands_for.push((place, stand_in.clone()));
            stand_in
        });
    }
    let site = around.site;
    let mut copy = Copy::new(known, around, (None, base.clone()), KEPT);
    let value = copy.value(value, LEVELS_MAX)?;
    // What somebody else holds as well is not the call's own.
    if copy.collections.values().any(|(held, met)| held != met) {
        return None;
    }
    let Copy { known, numbers, left, .. } = copy;
    drop((known, given));
    stands_for.retain(|(_, value)| matches!(value, Value::Unknown(it) if Rc::strong_count(it) > 1));
    let parts = (COPIED_MAX - left) * PARTS_PER_VALUE;
    Some((Kept { value, base, site, given: stands_for, parts }, numbers))
}

impl Kept {
    /// Whether what the call is given is part of it.
    pub(super) fn is_of_given(&self) -> bool {
        !self.given.is_empty()
    }
}

impl Evaluator {
    /// The value for another call, with the numbers that the objects in it have. None where the
    /// call is not given what the value holds.
    pub(super) fn anew(
        &mut self,
        kept: &Kept,
        given: &[Value],
    ) -> Option<(Value, FxHashMap<u32, u32>)> {
        let mut known = FxHashMap::default();
        for (place, stand_in) in &kept.given {
            known.insert(address(stand_in)?, given.get(*place)?.clone());
        }
        let made = KEPT - 1;
        let (site, cond) = (kept.site, kept.base.clone());
        let around = Around { shared: made, made, site, cond };
        let mut copy = Copy::new(known, around, (self.site, self.cond.clone()), self.serial + 1);
        let value = copy.value(&kept.value, LEVELS_MAX)?;
        self.serial = copy.next - 1;
        for made in copy.objects {
            self.made(|| made);
        }
        Some((value, copy.numbers))
    }

    /// Another object with the same attributes.
    pub(crate) fn copy_of(&mut self, of: &Instance) -> Value {
        let size = of.attrs.names.borrow().len();
        if !self.charge(size) {
            return Value::unknown("a copy of much", of.at);
        }
        let attrs = Scope::default();
        attrs.names.replace(of.attrs.names.borrow().clone());
        let made = Rc::new(Instance {
            class: of.class.clone(),
            args: of.args.clone(),
            at: of.at,
            cond: of.cond.clone(),
            attrs,
            calls: RefCell::new(of.calls.borrow().clone()),
            held: of.held.clone(),
            serial: self.next_serial(),
        });
        self.made(|| Made::Instance(Rc::downgrade(&made)));
        Value::Instance(made)
    }
}

/// Address of a thing, or of what stands for one.
fn address(value: &Value) -> Option<usize> {
    match value {
        Value::Unknown(unknown) => Some(Rc::as_ptr(unknown).addr()),
        other => other.identity(),
    }
}

struct Copy {
    /// What takes the place of what, by address.
    known: FxHashMap<usize, Value>,
    conds: FxHashMap<usize, Cond>,
    from: Around,
    site: Option<Span>,
    cond: Cond,
    /// Number of the next object.
    next: u32,
    /// Numbers of the objects, and of their copies.
    numbers: FxHashMap<u32, u32>,
    /// How often each collection is held, and how often it was met.
    collections: FxHashMap<usize, (usize, usize)>,
    objects: Vec<Made>,
    /// Values (a count) that may still be copied.
    left: usize,
    /// Times (a count) that what was copied may still be met again.
    again: usize,
}

impl Copy {
    fn new(
        known: FxHashMap<usize, Value>,
        from: Around,
        (site, cond): (Option<Span>, Cond),
        next: u32,
    ) -> Self {
        Self {
            known,
            conds: FxHashMap::default(),
            from,
            site,
            cond,
            next,
            numbers: FxHashMap::default(),
            collections: FxHashMap::default(),
            objects: Vec::new(),
            left: COPIED_MAX,
            again: MET_MAX,
        }
    }

    fn at(&self, at: Span) -> Span {
        self.site.filter(|_| self.from.site == Some(at)).unwrap_or(at)
    }

    fn cond(&mut self, cond: &Cond) -> Option<Cond> {
        cond.moved(&self.from.cond, &self.cond, &mut self.conds)
    }

    fn number(&mut self, of: u32) -> u32 {
        self.next += 1;
        self.numbers.insert(of, self.next - 1);
        self.next - 1
    }

    fn value(&mut self, value: &Value, levels: u32) -> Option<Value> {
        if let Some(address) = address(value) {
            if let Some(known) = self.known.get(&address) {
                self.again = self.again.checked_sub(1)?;
                if let Some((_, met)) = self.collections.get_mut(&address) {
                    *met += 1;
                }
                return Some(known.clone());
            }
            let held = match value {
                Value::List(list) | Value::Set(list) => Some(Rc::strong_count(list)),
                Value::Dict(dict) => Some(Rc::strong_count(dict)),
                _ => None,
            };
            self.collections.extend(held.map(|held| (address, (held, 1))));
        }
        self.left = self.left.checked_sub(1)?;
        let deeper = levels.checked_sub(1)?;
        let copy = match value {
            Value::None
            | Value::Ellipsis
            | Value::Bool(_)
            | Value::Int(_)
            | Value::Float(_)
            | Value::Str(_)
            | Value::Bytes(_)
            | Value::Unknown(_)
            | Value::External(_)
            | Value::Module(_)
            | Value::Class(_) => return Some(value.clone()),
            Value::Function(function) if function.closure.is_empty() => return Some(value.clone()),
            Value::Choice(alternatives) => {
                let mut copies = Vec::with_capacity(alternatives.len());
                for one in alternatives.iter() {
                    let cond = self.cond(&one.cond)?;
                    copies.push(Alternative { value: self.value(&one.value, deeper)?, cond });
                }
                return Some(Value::Choice(copies.into()));
            }
            Value::Instance(instance) => return self.instance(instance, deeper),
            Value::Call(call) => return self.call(call, deeper),
            Value::Tuple(list) => Value::tuple(self.items(list, deeper)?),
            Value::List(list) => Value::list(self.items(list, deeper)?),
            Value::Set(list) => {
                let items = RefCell::new(self.items(list, deeper)?);
                Value::Set(Rc::new(List { items }))
            }
            Value::Dict(dict) => self.dict(dict, deeper)?,
            Value::Bound(bound) if bound.function.closure.is_empty() => {
                let receiver = self.value(&bound.receiver, deeper)?;
                Value::Bound(Rc::new(Bound { receiver, function: bound.function.clone() }))
            }
            Value::Member(member) => {
                let base = self.value(&member.base, deeper)?;
                Value::Member(Rc::new(Member { base, name: member.name.clone() }))
            }
            Value::Function(_) | Value::Bound(_) | Value::Descriptor(_) | Value::Super(_) => {
                return None;
            }
        };
        if let Some(address) = address(value) {
            self.known.insert(address, copy.clone());
        }
        Some(copy)
    }

    fn item(&mut self, item: &Item, levels: u32) -> Option<Item> {
        let (at, cond) = (self.at(item.at), self.cond(&item.cond)?);
        Some(Item { value: self.value(&item.value, levels)?, at, cond, rest: item.rest })
    }

    fn items(&mut self, list: &List, levels: u32) -> Option<Vec<Item>> {
        list.items.borrow().iter().map(|item| self.item(item, levels)).collect()
    }

    fn dict(&mut self, dict: &Dict, levels: u32) -> Option<Value> {
        let mut made = Dict { open: Cell::new(dict.open.get()), ..Dict::default() };
        for (name, item) in dict.entries.peek().values() {
            let (name, item) = (self.value(name, levels)?, self.item(item, levels)?);
            made.entries.borrow_mut().insert(name.key()?, (name, item));
        }
        for (of, to) in [(&dict.others, &mut made.others), (&dict.factory, &mut made.factory)] {
            if let Some(value) = &*of.borrow() {
                *to.get_mut() = Some(self.value(value, levels)?);
            }
        }
        Some(Value::Dict(Rc::new(made)))
    }

    fn args(&mut self, args: &Args, levels: u32) -> Option<Args> {
        let positional = args.positional.iter().map(|item| self.item(item, levels));
        let positional = positional.collect::<Option<Vec<Item>>>()?;
        let named = args.named.iter();
        let named = named.map(|(name, item)| Some((name.clone(), self.item(item, levels)?)));
        Some(Args { positional, named: named.collect::<Option<Vec<_>>>()?, open: args.open })
    }

    fn recorded(&mut self, calls: &[Recorded], levels: u32) -> Option<Vec<Recorded>> {
        let calls = calls.iter().map(|call| {
            let args = self.args(&call.args, levels)?;
            let (at, cond) = (self.at(call.at), self.cond(&call.cond)?);
            Some(Recorded { method: call.method.clone(), args, at, cond })
        });
        calls.collect()
    }

    fn names(&mut self, from: &Scope, to: &Scope, levels: u32) -> Option<()> {
        for (name, binding) in from.names.borrow().iter() {
            let (at, cond) = (self.at(binding.at), self.cond(&binding.cond)?);
            let value = self.value(&binding.value, levels)?;
            to.set(name.clone(), Binding { value, at, cond });
        }
        Some(())
    }

    /// Whether an object is everybody's; none where it belongs to the request.
    fn is_shared(&self, number: u32) -> Option<bool> {
        (number <= self.from.shared || number > self.from.made)
            .then_some(number <= self.from.shared)
    }

    fn instance(&mut self, of: &Rc<Instance>, levels: u32) -> Option<Value> {
        let value = Value::Instance(of.clone());
        if self.is_shared(of.serial)? {
            return Some(value);
        }
        let made = Rc::new(Instance {
            class: of.class.clone(),
            args: self.args(&of.args, levels)?,
            at: self.at(of.at),
            cond: self.cond(&of.cond)?,
            attrs: Scope::default(),
            calls: RefCell::default(),
            held: OnceCell::new(),
            serial: self.number(of.serial),
        });
        self.objects.push(Made::Instance(Rc::downgrade(&made)));
        let copy = Value::Instance(made.clone());
        self.known.insert(address(&value)?, copy.clone());
        self.names(&of.attrs, &made.attrs, levels)?;
        made.calls.replace(self.recorded(&of.calls.borrow(), levels)?);
        if let Some(held) = of.held.get() {
            let held = match held {
                Some(held) => Some(self.value(held, levels)?),
                None => None,
            };
            made.held.set(held).ok()?;
        }
        Some(copy)
    }

    fn call(&mut self, of: &Rc<Call>, levels: u32) -> Option<Value> {
        let value = Value::Call(of.clone());
        if self.is_shared(of.serial)? {
            return Some(value);
        }
        let made = Rc::new(Call {
            callee: self.value(&of.callee, levels)?,
            args: self.args(&of.args, levels)?,
            at: self.at(of.at),
            cond: self.cond(&of.cond)?,
            attrs: Scope::default(),
            calls: RefCell::default(),
            serial: self.number(of.serial),
        });
        self.objects.push(Made::Call(Rc::downgrade(&made)));
        let copy = Value::Call(made.clone());
        self.known.insert(address(&value)?, copy.clone());
        self.names(&of.attrs, &made.attrs, levels)?;
        made.calls.replace(self.recorded(&of.calls.borrow(), levels)?);
        Some(copy)
    }
}
