//! The models as a query sees them: tables, links to other models under the names that attributes
//! and lookups use, and what a delete takes along.

use std::collections::BTreeMap;
use std::rc::Rc;

use rustc_hash::FxHashMap;

use super::object::{Class, Instance};
use super::value::Text;

/// A way from one model to another.
#[derive(Debug, Clone, Default)]
pub struct Link {
    /// The model at the other end; none for a generic foreign key.
    pub to: Option<Rc<Class>>,
    /// The table between them.
    pub through: Option<Text>,
    /// The model of that table.
    pub between: Option<Rc<Class>>,
    /// Whether there are many at the other end.
    pub many: bool,
    /// Whether content types say which model a row belongs to.
    pub generic: bool,
    /// Whether there may be no row at the other end.
    pub null: bool,
    /// Whether a missing row is made when it is asked for.
    pub made: bool,
}

/// What becomes of rows that refer to a deleted one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// They are deleted, too.
    Deleted,
    /// They are changed.
    Changed,
    /// They are looked for.
    Sought,
}

/// A model.
#[derive(Debug, Default)]
pub struct Shape {
    /// Its table, then those of its parents in multi-table inheritance.
    pub tables: Vec<Text>,
    /// Attributes that lead to other models.
    pub attributes: BTreeMap<Text, Link>,
    /// Names that lookups follow to other models.
    pub lookups: BTreeMap<Text, Link>,
    /// Attributes of its own fields that lead to other models.
    pub own_links: Vec<Text>,
    /// Fields whose values are checked to be unique.
    pub unique: Vec<Text>,
    /// Attributes that are columns.
    pub columns: Vec<Text>,
    /// Models that refer to it, and what a delete does to them.
    pub dependents: Vec<(Rc<Class>, Fate)>,
    /// Tables between it and others, whose rows a delete removes.
    pub between: Vec<Text>,
    /// Tables of the classes that a query may find its rows to be of.
    pub refined: Vec<Text>,
}

/// All models.
#[derive(Debug, Default)]
pub struct Schema {
    /// By the address of the class, which is held: no other gets the same.
    shapes: FxHashMap<usize, (Rc<Class>, Rc<Shape>)>,
    /// Models between two others, by the address of the field that declares them; none where
    /// several models have inherited the field.
    between: FxHashMap<usize, Option<Rc<Class>>>,
}

impl Schema {
    /// The shape of a model.
    pub fn of(&self, class: &Rc<Class>) -> Option<Rc<Shape>> {
        self.shapes.get(&Rc::as_ptr(class).addr()).map(|(_, shape)| shape.clone())
    }

    /// The model between the two that a many-to-many field relates.
    pub fn between(&self, field: &Rc<Instance>) -> Option<Rc<Class>> {
        self.between.get(&Rc::as_ptr(field).addr()).cloned().flatten()
    }

    /// Puts in a model between two others.
    pub fn insert_between(&mut self, field: &Rc<Instance>, class: &Rc<Class>) {
        let known = self.between.entry(Rc::as_ptr(field).addr());
        known.and_modify(|known| *known = None).or_insert_with(|| Some(class.clone()));
    }

    /// Puts in a model.
    pub fn insert(&mut self, class: &Rc<Class>, shape: Shape) {
        self.shapes.insert(Rc::as_ptr(class).addr(), (class.clone(), Rc::new(shape)));
    }
}
