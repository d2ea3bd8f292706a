//! `object[index]`, read and written, and dictionaries entry by entry.

use std::rc::Rc;

use super::evaluator::{Eval, Evaluator};
use super::intrinsics;
use super::object::Args;
use super::operators::position;
use super::value::{Dict, Item, Key, Span, TOO_MANY, Text, Value};

/// Entries (a count) of a dictionary that are all tried where the key is not known.
const ENTRIES_TRIED_MAX: usize = 24;

impl Evaluator {
    /// `object[index]`, if it exists and is known.
    pub fn subscript_value(&mut self, object: &Value, index: &Value, at: Span) -> Option<Value> {
        self.subscript(object, index, at).ok().filter(|value| !value.is_unknown())
    }

    pub(crate) fn subscript(&mut self, object: &Value, index: &Value, at: Span) -> Eval {
        match (object, index) {
            (Value::Choice(alternatives), _) => {
                self.map_choice(alternatives, |ev, object| ev.subscript(object, index, at))
            }
            (_, Value::Choice(alternatives)) => {
                self.map_choice(alternatives, |ev, index| ev.subscript(object, index, at))
            }
            (Value::Dict(dict), _) => {
                let Some(key) = index.key() else {
                    return Ok(self.any_entry(dict, index, at));
                };
                if let Some((_, item)) = dict.entries.look(&key) {
                    return Ok(item.value);
                }
                if dict.open.get() {
                    return Ok(dict
                        .others
                        .borrow()
                        .clone()
                        .unwrap_or_else(|| Value::unknown("an entry that was not seen", at)));
                }
                self.missing_entry(dict, index, at)
            }
            (Value::List(list) | Value::Tuple(list), Value::Int(n)) => {
                let items = list.items.borrow();
                if items.iter().any(|i| i.rest) {
                    return Ok(Value::unknown("an element of a list that was not seen whole", at));
                }
                match position(*n, items.len()).and_then(|n| items.get(n)) {
                    Some(item) => Ok(item.value.clone()),
                    None => self.absent("IndexError", "index out of range", at),
                }
            }
            (Value::Str(text), Value::Int(n)) => {
                let chars: Vec<char> = text.chars().collect();
                match position(*n, chars.len()).and_then(|n| chars.get(n)) {
                    Some(c) => Ok(Value::str(c.encode_utf8(&mut [0; 4]))),
                    None => self.absent("IndexError", "index out of range", at),
                }
            }
            // Generic[T], models.ForeignKey["User"]: the class itself.
            (Value::Class(_) | Value::External(_), _) => {
                intrinsics::subscript(self, object, index, at).unwrap_or(Ok(object.clone()))
            }
            (Value::Instance(instance), _) => match instance.class.lookup("__getitem__") {
                Some((_, binding)) => {
                    let args = Args::of([object.clone(), index.clone()], at);
                    self.call(&binding.value, args, at)
                }
                None => match intrinsics::held(instance) {
                    Some(held) => self.held_entry(object, &held, index, at),
                    None => Ok(Value::unknown("an entry of an object", at)),
                },
            },
            (Value::Unknown(unknown), _) => Ok(Value::absorbed(unknown)),
            _ => intrinsics::subscript(self, object, index, at)
                .unwrap_or_else(|| Ok(Value::unknown("an entry that is not followed", at))),
        }
    }

    /// `object[index]` of an object that extends a built-in container.
    fn held_entry(&mut self, object: &Value, held: &Value, index: &Value, at: Span) -> Eval {
        let Value::Instance(instance) = object else { return self.subscript(held, index, at) };
        match instance.class.lookup("__missing__") {
            Some((_, binding)) if self.contains(held, index) == Some(false) => {
                let args = Args::of([object.clone(), index.clone()], at);
                self.call(&binding.value, args, at)
            }
            _ => self.subscript(held, index, at),
        }
    }

    /// What a dictionary gives for a key that it surely lacks: a `defaultdict` makes the value.
    fn missing_entry(&mut self, dict: &Dict, index: &Value, at: Span) -> Eval {
        let factory = dict.factory.borrow().clone();
        let Some(factory) = factory else {
            if self.may_equal_any(index) {
                return Ok(self.any_entry(dict, index, at));
            }
            let key = format!("{index:?}");
            return if self.awaits("KeyError") {
                self.raise("KeyError", &key, at)
            } else {
                self.absent("KeyError", &key, at)
            };
        };
        let made = self.call(&factory, Args::default(), at)?;
        self.set_entry(dict, index, made.clone(), at);
        Ok(made)
    }

    /// Whether a key that is not found may be there all the same: a call without source, or a part
    /// of a request, is the same as itself while the project is read, and any text in a body.
    pub(crate) fn may_equal_any(&self, key: &Value) -> bool {
        self.is_tracing() && matches!(key, Value::Call(_) | Value::Member(_))
    }

    /// What a dictionary may hold under a key that is not known, or only in part (`registry[name,
    /// version]`). In a body that is traced each entry counts: a table of functions calls any of
    /// them.
    pub(crate) fn any_entry(&self, dict: &Dict, index: &Value, at: Span) -> Value {
        let mut why = "an entry under a key that is not known";
        let entries = dict.entries.borrow();
        let mut tried: Vec<Value> = dict.others.borrow().iter().cloned().collect();
        for (key, item) in entries.iter().filter(|_| self.is_tracing()) {
            let new = may_be(index, key) && !tried.iter().any(|t| t.is_same(&item.1.value));
            if new && tried.len() == ENTRIES_TRIED_MAX {
                tried = dict.others.borrow().iter().cloned().collect();
                why = TOO_MANY;
                break;
            }
            tried.extend(new.then(|| item.1.value.clone()));
        }
        tried.into_iter().reduce(Value::either).unwrap_or_else(|| Value::unknown(why, at))
    }

    pub(crate) fn set_item(&mut self, object: &Value, index: &Value, value: Value, at: Span) {
        match object {
            Value::Dict(dict) => self.set_entry(dict, index, value, at),
            Value::List(list) => {
                if let Value::Int(n) = index {
                    let item = self.item(value, at);
                    let mut items = list.items.borrow_mut();
                    if let Some(n) = position(*n, items.len()) {
                        items[n] = item;
                    }
                }
            }
            Value::Instance(instance) => {
                if let Some((_, method)) = instance.class.lookup("__setitem__") {
                    let args = Args::of([object.clone(), index.clone(), value], at);
                    self.follow(&method.value, args, at);
                } else if let Some(held) = intrinsics::held(instance) {
                    self.set_item(&held, index, value, at);
                }
            }
            Value::External(path) if &**path == "os.environ" => {
                if let Some(name) = index.as_str() {
                    self.registry.environment.insert(name.to_owned(), value);
                }
            }
            Value::Module(module) => {
                if let Some(name) = index.as_str() {
                    let name = self.intern(name);
                    let module = Value::Module(module.clone());
                    self.set_attribute(&module, &name, value, at);
                }
            }
            Value::Choice(alternatives) => {
                for alternative in alternatives.iter() {
                    self.set_item(&alternative.value, index, value.clone(), at);
                }
            }
            _ => {}
        }
    }

    pub(crate) fn set_entry(&mut self, dict: &Dict, index: &Value, value: Value, at: Span) {
        let Some(key) = index.key() else {
            dict.open.set(true);
            let others = match dict.others.take() {
                Some(known) => Value::either(known, value),
                None => value,
            };
            dict.others.replace(Some(others));
            return;
        };
        let old = dict.entries.borrow().get(&key).map(|(_, item)| item.clone());
        let mut item = self.item(value, at);
        if let Some(old) = old
            && !item.cond.is_always()
            && !item.cond.holds_in(&old.cond)
        {
            item = Item { value: Value::either(old.value, item.value), ..old };
        }
        dict.entries.borrow_mut().insert(key, (index.clone(), item));
    }

    pub(crate) fn update_dict(&mut self, target: &Value, more: &Value, at: Span) {
        let Value::Dict(dict) = target else { return };
        let held = intrinsics::held_unless(more, "keys");
        match held.as_ref().unwrap_or(more) {
            Value::Dict(more) => {
                if more.open.get() {
                    dict.open.set(true);
                }
                let entries: Vec<_> = more.entries.borrow().values().cloned().collect();
                for (key, item) in entries {
                    self.set_entry(dict, &key, item.value, item.at);
                }
            }
            _ => match self.elements(more) {
                Some(pairs) => {
                    for pair in pairs {
                        match self.elements(&pair.value).as_deref() {
                            Some([key, value]) => {
                                self.set_entry(dict, &key.value, value.value.clone(), at);
                            }
                            _ => dict.open.set(true),
                        }
                    }
                }
                None => dict.open.set(true),
            },
        }
    }

    pub(crate) fn copy_dict(value: &Value) -> Value {
        let copy = Dict::default();
        if let Value::Dict(dict) = value {
            copy.entries.replace(dict.entries.borrow().clone());
            copy.open.set(dict.open.get());
            copy.others.replace(dict.others.borrow().clone());
            copy.factory.replace(dict.factory.borrow().clone());
        }
        Value::Dict(Rc::new(copy))
    }

    /// A dictionary with text keys.
    pub fn dict_of(&self, entries: impl IntoIterator<Item = (Text, Item)>) -> Value {
        let dict = Dict::default();
        for (key, item) in entries {
            let value = Value::Str(key.clone());
            dict.entries.borrow_mut().insert(Key::Str(key), (value, item));
        }
        Value::Dict(Rc::new(dict))
    }
}

/// Whether an index of which not all is known can be this key.
fn may_be(index: &Value, key: &Key) -> bool {
    match (index, key) {
        (Value::Unknown(_) | Value::Float(_) | Value::Call(_) | Value::Member(_), _) => true,
        (Value::Choice(alternatives), _) => alternatives.iter().any(|a| may_be(&a.value, key)),
        (Value::Tuple(parts), Key::Tuple(keys)) => {
            let parts = parts.items.borrow();
            let whole = parts.iter().all(|part| !part.rest);
            !whole
                || parts.len() == keys.len()
                    && parts.iter().zip(keys).all(|(part, key)| may_be(&part.value, key))
        }
        (value, key) => value.key().is_none_or(|known| known == *key),
    }
}

/// `del object[index]` of a built-in container.
pub(crate) fn delete_item(object: &Value, index: &Value) {
    match (object, index.key()) {
        (Value::Dict(dict), Some(key)) => {
            dict.entries.borrow_mut().shift_remove(&key);
        }
        (Value::List(list), Some(Key::Int(n))) => {
            let mut items = list.items.borrow_mut();
            if let Some(n) = position(n, items.len()) {
                items.remove(n);
            }
        }
        _ => {}
    }
}
