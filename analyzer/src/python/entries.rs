//! The entries of a dictionary. One that stands for what differs between requests can say which
//! keys were asked for: code that asked for the same keys does the same.

use std::cell::{OnceCell, Ref, RefCell, RefMut};
use std::collections::BTreeSet;

use super::value::{Item, Key, Ordered, Text, Value};

type Map = Ordered<Key, (Value, Item)>;

/// The entries by key, each with the key's own value.
#[derive(Debug, Default)]
pub struct Entries {
    map: RefCell<Map>,
    asked: OnceCell<Box<RefCell<Asked>>>,
}

/// What was asked of a dictionary.
#[derive(Debug, Clone, Default)]
pub struct Asked {
    /// Whether all of it was.
    pub whole: bool,
    /// The text keys that were asked for by themselves.
    pub keys: BTreeSet<Text>,
}

impl Entries {
    /// All entries.
    pub fn borrow(&self) -> Ref<'_, Map> {
        self.note_whole();
        self.map.borrow()
    }

    /// All entries, to be changed.
    pub fn borrow_mut(&self) -> RefMut<'_, Map> {
        self.note_whole();
        self.map.borrow_mut()
    }

    /// Puts others in their place.
    pub fn replace(&self, entries: Map) {
        self.note_whole();
        self.map.replace(entries);
    }

    /// The entry under a key.
    pub fn look(&self, key: &Key) -> Option<(Value, Item)> {
        if let Some(asked) = self.asked.get() {
            match key {
                Key::Str(name) => drop(asked.borrow_mut().keys.insert(name.clone())),
                _ => asked.borrow_mut().whole = true,
            }
        }
        self.map.borrow().get(key).cloned()
    }

    /// All entries, to tell dictionaries apart: this is no question either.
    pub(super) fn peek(&self) -> Ref<'_, Map> {
        self.map.borrow()
    }

    /// How many there are, for budgets alone: this is no question.
    pub fn count(&self) -> usize {
        self.map.borrow().len()
    }

    /// From now on it is noted what is asked; gives what was since the last time.
    pub fn asked(&self) -> Asked {
        self.asked.get_or_init(Box::default).take()
    }

    fn note_whole(&self) {
        if let Some(asked) = self.asked.get() {
            asked.borrow_mut().whole = true;
        }
    }
}
