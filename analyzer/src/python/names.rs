//! Names and what they are bound to. Most scopes hold a handful: these are compared one by one,
//! which costs less than hashing; what holds more has an index.

use std::rc::Rc;

use rustc_hash::FxHashMap;

use super::object::Binding;
use super::value::Text;

/// Names (a count) that are compared one by one; with more, an index is faster.
const COMPARED_MAX: usize = 10;

/// Bindings by name, in the order in which the names were first bound.
#[derive(Debug, Clone, Default)]
pub struct Names {
    entries: Vec<(Text, Binding)>,
    /// Places by name, once there are more than [`COMPARED_MAX`].
    index: Option<Box<FxHashMap<Text, usize>>>,
}

impl Names {
    /// Where the name stands.
    pub fn get_index_of(&self, name: &str) -> Option<usize> {
        match &self.index {
            Some(index) => index.get(name).copied(),
            None => self.entries.iter().position(|(known, _)| {
                known.len() == name.len()
                    && (std::ptr::eq(known.as_ptr(), name.as_ptr()) || **known == *name)
            }),
        }
    }

    /// The name at a place, and its binding.
    pub fn get_index(&self, place: usize) -> Option<(&Text, &Binding)> {
        self.entries.get(place).map(|(name, binding)| (name, binding))
    }

    /// What the name is bound to.
    pub fn get(&self, name: &str) -> Option<&Binding> {
        let (_, binding) = self.entries.get(self.get_index_of(name)?)?;
        Some(binding)
    }

    /// What the name is bound to, to be changed.
    pub fn get_mut(&mut self, name: &str) -> Option<&mut Binding> {
        let place = self.get_index_of(name)?;
        self.entries.get_mut(place).map(|(_, binding)| binding)
    }

    /// Whether the name is bound.
    pub fn contains_key(&self, name: &str) -> bool {
        self.get_index_of(name).is_some()
    }

    /// Binds a name; one that was bound keeps its place.
    pub fn insert(&mut self, name: Text, binding: Binding) {
        if let Some(known) = self.get_mut(&name) {
            *known = binding;
            return;
        }
        if let Some(index) = &mut self.index {
            index.insert(name.clone(), self.entries.len());
        }
        self.entries.push((name, binding));
        if self.index.is_none() && self.entries.len() > COMPARED_MAX {
            self.reindex();
        }
    }

    /// Takes a name out; the others keep their order.
    pub fn shift_remove(&mut self, name: &str) -> Option<Binding> {
        let place = self.get_index_of(name)?;
        let (name, binding) = self.entries.remove(place);
        // Not made anew: a scope of 100,000 names that loses them one by one would take minutes.
        if let Some(index) = &mut self.index {
            index.remove(&name);
            index.values_mut().filter(|other| **other > place).for_each(|other| *other -= 1);
        }
        Some(binding)
    }

    fn reindex(&mut self) {
        let places = self.entries.iter().enumerate().map(|(at, (name, _))| (Rc::clone(name), at));
        self.index = Some(Box::new(places.collect()));
    }

    /// How many names there are.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Names with their bindings, in order.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (&Text, &Binding)> + Clone {
        self.entries.iter().map(|(name, binding)| (name, binding))
    }

    /// The names in order.
    pub fn keys(&self) -> impl Iterator<Item = &Text> {
        self.entries.iter().map(|(name, _)| name)
    }

    /// The bindings in order.
    pub fn values(&self) -> impl Iterator<Item = &Binding> {
        self.entries.iter().map(|(_, binding)| binding)
    }
}

impl IntoIterator for Names {
    type Item = (Text, Binding);
    type IntoIter = std::vec::IntoIter<(Text, Binding)>;

    fn into_iter(self) -> Self::IntoIter {
        self.entries.into_iter()
    }
}
