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
    /// None where a name was taken out of many: to move the others up would cost as many steps.
    entries: Vec<Option<(Text, Binding)>>,
    /// Places by name, once there are more than [`COMPARED_MAX`].
    index: Option<Box<FxHashMap<Text, usize>>>,
}

impl Names {
    /// Where the name stands.
    pub fn get_index_of(&self, name: &str) -> Option<usize> {
        match &self.index {
            Some(index) => index.get(name).copied(),
            None => self.entries.iter().flatten().position(|(known, _)| {
                known.len() == name.len()
                    && (std::ptr::eq(known.as_ptr(), name.as_ptr()) || **known == *name)
            }),
        }
    }

    /// The name at a place, and its binding.
    pub fn get_index(&self, place: usize) -> Option<(&Text, &Binding)> {
        self.entries.get(place)?.as_ref().map(|(name, binding)| (name, binding))
    }

    /// What the name is bound to.
    pub fn get(&self, name: &str) -> Option<&Binding> {
        let (_, binding) = self.get_index(self.get_index_of(name)?)?;
        Some(binding)
    }

    /// What the name is bound to, to be changed.
    pub fn get_mut(&mut self, name: &str) -> Option<&mut Binding> {
        let place = self.get_index_of(name)?;
        self.entries.get_mut(place)?.as_mut().map(|(_, binding)| binding)
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
        self.entries.push(Some((name, binding)));
        if self.index.is_none() && self.entries.len() > COMPARED_MAX {
            self.reindex();
        }
    }

    /// Takes a name out; the others keep their order.
    pub fn shift_remove(&mut self, name: &str) {
        let Some(place) = self.get_index_of(name) else { return };
        let Some(index) = &mut self.index else {
            self.entries.remove(place);
            return;
        };
        index.remove(name);
        self.entries[place] = None;
        if index.len() < self.entries.len() / 2 {
            self.entries.retain(Option::is_some);
            self.reindex();
        }
    }

    fn reindex(&mut self) {
        let places = self.iter().enumerate().map(|(at, (name, _))| (Rc::clone(name), at));
        self.index = Some(Box::new(places.collect()));
    }

    /// How many names there are.
    pub fn len(&self) -> usize {
        self.index.as_ref().map_or(self.entries.len(), |index| index.len())
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Names with their bindings, in order.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (&Text, &Binding)> + Clone {
        self.entries.iter().flatten().map(|(name, binding)| (name, binding))
    }

    /// The names in order.
    pub fn keys(&self) -> impl Iterator<Item = &Text> {
        self.iter().map(|(name, _)| name)
    }

    /// The bindings in order.
    pub fn values(&self) -> impl Iterator<Item = &Binding> {
        self.iter().map(|(_, binding)| binding)
    }
}

impl IntoIterator for Names {
    type Item = (Text, Binding);
    type IntoIter = std::iter::Flatten<std::vec::IntoIter<Option<(Text, Binding)>>>;

    fn into_iter(self) -> Self::IntoIter {
        self.entries.into_iter().flatten()
    }
}
