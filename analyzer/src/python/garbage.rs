//! Objects of requests that hold each other are let go of when these have been answered: a form and
//! its fields, a serializer and its children. Reference counts alone would keep them to the end.
//!
//! By trial deletion, as Python's own collector does it (`Python/gc.c`, `deduce_unreachable`): of
//! all references to an object those are taken away that come from the requests' own objects. What
//! has some left is held by others, and so is all that it leads to; the rest is emptied.

use std::rc::{Rc, Weak};

use rustc_hash::FxHashMap;

use super::evaluator::Evaluator;
use super::object::{Args, Call, Function, Instance, Recorded, Scope};
use super::value::{Item, Value};

/// Objects (a count) of the requests to one endpoint that are looked at.
const OBJECTS_MAX: usize = 200_000;

/// References (a count) that are followed for each object: a request may hold what all share, which
/// is as large as the project. What is not followed counts as held.
const REFERENCES_PER_OBJECT_MAX: usize = 64;

/// What a body made, and may be held to the end.
#[derive(Debug)]
pub(super) enum Made {
    Instance(Weak<Instance>),
    Call(Weak<Call>),
    /// The names of a call that has ended, where something still holds them.
    Scope(Weak<Scope>),
}

impl Made {
    fn alive(&self) -> Option<Holder> {
        match self {
            Self::Instance(it) => it.upgrade().map(|it| Holder::Value(Value::Instance(it))),
            Self::Call(it) => it.upgrade().map(|it| Holder::Value(Value::Call(it))),
            Self::Scope(it) => it.upgrade().map(Holder::Scope),
        }
    }
}

/// What holds others.
#[derive(Clone)]
enum Holder {
    Value(Value),
    /// The names of a call that has ended, in which functions were made.
    Scope(Rc<Scope>),
}

struct Thing {
    holder: Holder,
    /// References to it from elsewhere (a count).
    foreign: usize,
    leads_to: Vec<usize>,
}

#[derive(Default)]
struct Things {
    all: Vec<Thing>,
    places: FxHashMap<usize, usize>,
    /// References (a count) that may still be followed.
    left: usize,
}

impl Evaluator {
    /// Notes an object that a body makes which is traced.
    pub(super) fn made(&mut self, made: impl FnOnce() -> Made) {
        if self.is_tracing() && self.garbage.len() < OBJECTS_MAX {
            self.garbage.push(made());
        }
    }

    /// Lets go of the objects that were made for requests, where nobody else holds them.
    pub fn let_go(&mut self) {
        let made = std::mem::take(&mut self.garbage);
        let left = made.len() * REFERENCES_PER_OBJECT_MAX;
        let mut things = Things { left, ..Things::default() };
        for holder in made.iter().filter_map(Made::alive) {
            let place = match &holder {
                Holder::Value(value) => things.place(value),
                Holder::Scope(scope) => Some(things.names(scope)),
            };
            // It is held here as well, as long as this takes.
            if let Some(thing) = place.and_then(|place| things.all.get_mut(place)) {
                thing.foreign -= 1;
            }
        }
        let objects = things.all.len();
        let mut next = 0;
        while next < things.all.len() && things.left > 0 {
            let holder = things.all[next].holder.clone();
            things.look(&holder, next);
            next += 1;
        }
        let mut held = vec![false; things.all.len()];
        let mut open: Vec<usize> =
            (0..things.all.len()).filter(|place| things.all[*place].foreign > 0).collect();
        while let Some(place) = open.pop() {
            if !std::mem::replace(&mut held[place], true) {
                open.extend(&things.all[place].leads_to);
            }
        }
        for (thing, _) in things.all.iter().zip(held).take(objects).filter(|(_, held)| !held) {
            let (scope, calls) = match &thing.holder {
                Holder::Value(Value::Instance(it)) => (&it.attrs, &it.calls),
                Holder::Value(Value::Call(it)) => (&it.attrs, &it.calls),
                Holder::Scope(scope) => {
                    scope.names.take();
                    continue;
                }
                Holder::Value(_) => continue,
            };
            scope.names.take();
            calls.take();
        }
    }
}

/// References to a thing (a count), where it is one that others hold.
fn references(value: &Value) -> Option<usize> {
    Some(match value {
        Value::Instance(it) => Rc::strong_count(it),
        Value::List(it) | Value::Tuple(it) | Value::Set(it) => Rc::strong_count(it),
        Value::Dict(it) => Rc::strong_count(it),
        Value::Bound(it) => Rc::strong_count(it),
        Value::Member(it) => Rc::strong_count(it),
        Value::Call(it) => Rc::strong_count(it),
        Value::Function(it) if !it.closure.is_empty() => Rc::strong_count(it),
        _ => return None,
    })
}

impl Things {
    fn put(&mut self, address: usize, references: usize, holder: impl FnOnce() -> Holder) -> usize {
        let next = self.all.len();
        let place = *self.places.entry(address).or_insert(next);
        if place == next {
            self.all.push(Thing { holder: holder(), foreign: references, leads_to: Vec::new() });
        }
        place
    }

    /// Where a thing stands; it is held once more from now on.
    fn place(&mut self, value: &Value) -> Option<usize> {
        let (address, references) = (value.identity()?, references(value)?);
        Some(self.put(address, references, || Holder::Value(value.clone())))
    }

    fn names(&mut self, scope: &Rc<Scope>) -> usize {
        let (address, references) = (Rc::as_ptr(scope).addr(), Rc::strong_count(scope));
        self.put(address, references, || Holder::Scope(scope.clone()))
    }

    /// A reference from one thing to another.
    fn refer(&mut self, value: &Value, from: usize) {
        let Some(left) = self.left.checked_sub(1) else { return };
        self.left = left;
        match value {
            Value::Choice(alternatives) if Rc::strong_count(alternatives) == 1 => {
                alternatives.iter().for_each(|one| self.refer(&one.value, from));
            }
            // Objects that were there before are held by others.
            Value::Instance(_) | Value::Call(_) => {
                let known = value.identity().and_then(|address| self.places.get(&address).copied());
                self.count(known, from);
            }
            _ => {
                let place = self.place(value);
                self.count(place, from);
            }
        }
    }

    fn count(&mut self, place: Option<usize>, from: usize) {
        if let Some(place) = place {
            self.all[place].foreign = self.all[place].foreign.saturating_sub(1);
            self.all[from].leads_to.push(place);
        }
    }

    fn look(&mut self, holder: &Holder, from: usize) {
        let value = match holder {
            Holder::Value(value) => value,
            Holder::Scope(scope) => return self.scope(scope, from),
        };
        match value {
            Value::Instance(it) => {
                self.scope(&it.attrs, from);
                self.args(&it.args, from);
                self.recorded(&it.calls.borrow(), from);
                if let Some(Some(held)) = it.held.get() {
                    self.refer(held, from);
                }
            }
            Value::List(it) | Value::Tuple(it) | Value::Set(it) => {
                it.items.borrow().iter().for_each(|item| self.refer(&item.value, from));
            }
            Value::Dict(it) => {
                for (name, item) in it.entries.peek().values() {
                    self.refer(name, from);
                    self.refer(&item.value, from);
                }
                for other in [&it.others, &it.factory] {
                    other.borrow().iter().for_each(|value| self.refer(value, from));
                }
            }
            Value::Bound(it) => self.refer(&it.receiver, from),
            Value::Member(it) => self.refer(&it.base, from),
            Value::Call(it) => {
                self.refer(&it.callee, from);
                self.scope(&it.attrs, from);
                self.args(&it.args, from);
                self.recorded(&it.calls.borrow(), from);
            }
            Value::Function(it) => self.function(it, from),
            _ => {}
        }
    }

    fn function(&mut self, function: &Function, from: usize) {
        self.scope(&function.attrs, from);
        function.defaults.iter().for_each(|(_, value)| self.refer(value, from));
        // Functions that share the list of their scopes hold these once.
        if Rc::strong_count(&function.closure) == 1 {
            for scope in function.closure.iter() {
                let place = self.names(scope);
                self.count(Some(place), from);
            }
        }
    }

    fn scope(&mut self, scope: &Scope, from: usize) {
        scope.names.borrow().values().for_each(|binding| self.refer(&binding.value, from));
    }

    fn args(&mut self, args: &Args, from: usize) {
        let named = args.named.iter().map(|(_, item)| item);
        let mut refer = |item: &Item| self.refer(&item.value, from);
        args.positional.iter().chain(named).for_each(&mut refer);
    }

    fn recorded(&mut self, calls: &[Recorded], from: usize) {
        for call in calls {
            self.args(&call.args, from);
        }
    }
}
