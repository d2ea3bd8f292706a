//! What an expression can turn out to be. A value is cheap to clone: everything large is shared.
//!
//! Lists, sets and dictionaries are shared and mutable as in Python. Every element knows where it
//! was written and under which condition it exists. What cannot be known is a value too:
//! [`Value::Unknown`] says why and where, and absorbs everything that is done to it.

use std::cell::{Cell, RefCell};
use std::fmt;
use std::rc::Rc;

use indexmap::IndexMap;
use rustc_hash::{FxBuildHasher, FxHashMap};

use super::entries::Entries;
use super::object::{Bound, Call, Class, Descriptor, Function, Instance, Member, Module, SuperOf};

/// Shared text.
pub type Text = Rc<str>;

/// An insertion-ordered map, as Python's dictionaries are.
pub type Ordered<K, V> = IndexMap<K, V, FxBuildHasher>;

/// A place in a source text: the file's number in the evaluator and the byte offset in its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    /// Number of the file, see `Evaluator::at`.
    pub file: u32,
    /// Offset in bytes.
    pub start: u32,
}

/// Under which undecided conditions something exists; the empty one means always.
#[derive(Clone, Default)]
pub struct Cond(Option<Rc<CondNode>>);

struct CondNode {
    text: Text,
    at: Span,
    unlikely: bool,
    outer: Cond,
}

impl Cond {
    /// Whether nothing is undecided.
    pub fn is_always(&self) -> bool {
        self.0.is_none()
    }

    /// This condition and one more inside it.
    #[must_use]
    pub fn and(&self, text: Text, at: Span) -> Self {
        Self(Some(Rc::new(CondNode { text, at, unlikely: false, outer: self.clone() })))
    }

    /// This condition and one more that holds only where the environment was changed.
    #[must_use]
    pub fn and_unlikely(&self, text: Text, at: Span) -> Self {
        Self(Some(Rc::new(CondNode { text, at, unlikely: true, outer: self.clone() })))
    }

    /// Whether it holds only where the environment was changed.
    pub fn is_unlikely(&self) -> bool {
        let mut node = &self.0;
        while let Some(inner) = node {
            if inner.unlikely {
                return true;
            }
            node = &inner.outer.0;
        }
        false
    }

    /// The innermost test as written, with its place.
    pub fn innermost(&self) -> Option<(&str, Span)> {
        self.0.as_deref().map(|node| (&*node.text, node.at))
    }

    /// The condition told from another place: what lies inside `from` lies inside `to`. None for
    /// one that lies elsewhere. Conditions that were one stay one, by the address of the first.
    pub(crate) fn moved(
        &self,
        from: &Self,
        to: &Self,
        known: &mut FxHashMap<usize, Self>,
    ) -> Option<Self> {
        let Some(node) = &self.0 else {
            return Some(if from.is_always() { to.clone() } else { Self::default() });
        };
        if from.0.as_ref().is_some_and(|from| Rc::ptr_eq(from, node)) {
            return Some(to.clone());
        }
        let address = Rc::as_ptr(node).addr();
        if let Some(known) = known.get(&address) {
            return Some(known.clone());
        }
        // The outermost condition lies in none: it is not inside of another.
        if node.outer.is_always() && !from.is_always() {
            return None;
        }
        let outer = node.outer.moved(from, to, known)?;
        let (text, at, unlikely) = (node.text.clone(), node.at, node.unlikely);
        let moved = Self(Some(Rc::new(CondNode { text, at, unlikely, outer })));
        known.insert(address, moved.clone());
        Some(moved)
    }

    /// Whether whatever exists under `self` surely exists where `here` holds.
    pub fn holds_in(&self, here: &Self) -> bool {
        let Some(node) = &self.0 else { return true };
        let mut seen = here;
        while let Some(other) = &seen.0 {
            if Rc::ptr_eq(node, other) {
                return true;
            }
            seen = &other.outer;
        }
        false
    }
}

impl fmt::Debug for Cond {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            None => f.write_str("always"),
            Some(node) => write!(f, "if {}", node.text),
        }
    }
}

/// One element of a sequence, an argument, or the value of a dictionary entry.
#[derive(Debug, Clone)]
pub struct Item {
    /// The element. With `rest`, what stands for any number of elements that could not be seen.
    pub value: Value,
    /// Where it was written.
    pub at: Span,
    /// Under which condition it is there.
    pub cond: Cond,
    /// Whether it stands for any number of elements.
    pub rest: bool,
}

impl Item {
    /// An element that is always there.
    pub fn new(value: Value, at: Span) -> Self {
        Self { value, at, cond: Cond::default(), rest: false }
    }
}

/// The elements of a list, tuple or set.
#[derive(Debug, Default)]
pub struct List {
    /// The elements in order.
    pub items: RefCell<Vec<Item>>,
}

/// A dictionary key.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Key {
    /// `None`.
    None,
    /// A whole number or a truth value.
    Int(i64),
    /// Text.
    Str(Text),
    /// A tuple of keys.
    Tuple(Vec<Key>),
    /// A symbolic name.
    External(Text),
    /// An object, by identity.
    Identity(usize),
}

/// A dictionary.
#[derive(Debug, Default)]
pub struct Dict {
    /// The entries by key, each with the key's own value.
    pub entries: Entries,
    /// Whether there may be entries that could not be seen.
    pub open: Cell<bool>,
    /// What entries under keys that are not known may hold.
    pub others: RefCell<Option<Value>>,
    /// What makes the value of a key that is missing, in a `defaultdict`.
    pub factory: RefCell<Option<Value>>,
}

/// Why something is not known.
#[derive(Debug)]
pub struct Unknown {
    /// Plain words.
    pub why: Text,
    /// Where knowledge ended.
    pub at: Span,
    /// Whether it is something.
    pub presence: Presence,
}

/// What is known of an unknown value nevertheless.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Presence {
    /// Nothing.
    #[default]
    Perhaps,
    /// It is not `None`.
    Something,
    /// It counts as true.
    True,
}

/// One alternative of an undecided value.
#[derive(Debug, Clone)]
pub struct Alternative {
    /// The value.
    pub value: Value,
    /// When it is this one.
    pub cond: Cond,
}

/// A value.
#[derive(Clone, Default)]
pub enum Value {
    /// `None`.
    #[default]
    None,
    /// `...`.
    Ellipsis,
    /// `True`, `False`.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// A floating-point number.
    Float(f64),
    /// Text; translated text counts as its source text.
    Str(Text),
    /// Bytes.
    Bytes(Rc<[u8]>),
    /// A list; generators are lists as well.
    List(Rc<List>),
    /// A tuple.
    Tuple(Rc<List>),
    /// A set.
    Set(Rc<List>),
    /// A dictionary.
    Dict(Rc<Dict>),
    /// A module whose source we have.
    Module(Rc<Module>),
    /// A class whose source we have.
    Class(Rc<Class>),
    /// A function whose source we have.
    Function(Rc<Function>),
    /// A method with its receiver.
    Bound(Rc<Bound>),
    /// `property`, `classmethod`, `staticmethod` in a class body.
    Descriptor(Rc<Descriptor>),
    /// `super()`.
    Super(Rc<SuperOf>),
    /// An object of a class whose source we have.
    Instance(Rc<Instance>),
    /// What a call gives whose callee's source we do not have.
    Call(Rc<Call>),
    /// An attribute of a value whose inside we do not see, also a method of a built-in value.
    Member(Rc<Member>),
    /// Something named by its dotted path whose source we do not have.
    External(Text),
    /// One of several.
    Choice(Rc<[Alternative]>),
    /// Not known.
    Unknown(Rc<Unknown>),
}

impl Value {
    /// A text value.
    pub fn str(text: &str) -> Self {
        Self::Str(Rc::from(text))
    }

    /// A symbolic name.
    pub fn external(path: &str) -> Self {
        Self::External(Rc::from(path))
    }

    /// An unknown value.
    pub fn unknown(why: &str, at: Span) -> Self {
        Self::Unknown(Rc::new(Unknown { why: Rc::from(why), at, presence: Presence::Perhaps }))
    }

    /// An unknown value of which something is known. It may not hold for what is made of it.
    pub fn present(why: &str, presence: Presence, at: Span) -> Self {
        Self::Unknown(Rc::new(Unknown { why: Rc::from(why), at, presence }))
    }

    /// The unknown that comes of an operation on this one.
    pub(crate) fn absorbed(unknown: &Rc<Unknown>) -> Self {
        if unknown.presence != Presence::Perhaps {
            return Self::unknown(&unknown.why, unknown.at);
        }
        Self::Unknown(unknown.clone())
    }

    /// A variable of the environment without a default: not set, or else not known.
    pub fn unset(name: &str, at: Span) -> Self {
        let why = format!("environment variable {name}");
        let cond = Cond::default().and_unlikely(Rc::from(format!("{why} is set")), at);
        let unknown = Self::unknown(&why, at);
        let absent = Alternative { value: Self::None, cond: Cond::default() };
        Self::Choice(Rc::new([absent, Alternative { value: unknown, cond }]))
    }

    /// The value without the alternatives that only a changed environment would bring.
    #[must_use]
    pub fn likely(&self) -> Self {
        match self {
            Self::Choice(alternatives) if alternatives.iter().any(|a| a.cond.is_unlikely()) => {
                let likely = alternatives.iter().filter(|a| !a.cond.is_unlikely());
                let likely: Vec<Alternative> = likely.cloned().collect();
                if likely.is_empty() { self.clone() } else { Self::choice(likely) }
            }
            other => other.clone(),
        }
    }

    /// The first of `operands` that is not known, else a new unknown value: where knowledge ended
    /// is what counts, not how far the unknown was carried.
    pub fn unknown_of(operands: &[&Self], why: &str, at: Span) -> Self {
        let unknown = operands.iter().find_map(|operand| match operand {
            Self::Unknown(unknown) => Some(Self::absorbed(unknown)),
            _ => None,
        });
        unknown.unwrap_or_else(|| Self::unknown(why, at))
    }

    /// A list of these elements.
    pub fn list(items: Vec<Item>) -> Self {
        Self::List(Rc::new(List { items: RefCell::new(items) }))
    }

    /// A tuple of these elements.
    pub fn tuple(items: Vec<Item>) -> Self {
        Self::Tuple(Rc::new(List { items: RefCell::new(items) }))
    }

    /// A set of these elements, doubles dropped.
    pub fn set(items: Vec<Item>) -> Self {
        let mut kept: Vec<Item> = Vec::with_capacity(items.len());
        for item in items {
            if !kept.iter().any(|k| k.value.is_same(&item.value)) {
                kept.push(item);
            }
        }
        Self::Set(Rc::new(List { items: RefCell::new(kept) }))
    }

    /// The text, if it is one.
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Self::Str(text) => Some(text),
            _ => None,
        }
    }

    /// Elements or characters in it.
    pub(crate) fn size(&self) -> usize {
        match self {
            Self::Str(text) => text.len(),
            Self::List(list) | Self::Tuple(list) | Self::Set(list) => list.items.borrow().len(),
            Self::Dict(dict) => dict.entries.count(),
            _ => 0,
        }
    }

    /// The class, if it is one.
    pub fn as_class(&self) -> Option<&Rc<Class>> {
        match self {
            Self::Class(class) => Some(class),
            _ => None,
        }
    }

    /// Whether nothing at all is known.
    pub fn is_unknown(&self) -> bool {
        matches!(self, Self::Unknown(_))
    }

    /// Dotted path of what it names: modules, classes, functions and external names.
    pub fn path(&self) -> Option<Text> {
        match self {
            Self::Module(module) => Some(module.name.clone()),
            Self::Class(class) => Some(class.path()),
            Self::Function(function) => Some(function.path()),
            Self::Bound(bound) => Some(bound.function.path()),
            Self::External(path) => Some(path.clone()),
            _ => None,
        }
    }

    /// The alternatives of an undecided value, or the value itself.
    pub fn alternatives(&self) -> Vec<Alternative> {
        match self {
            Self::Choice(alternatives) => alternatives.to_vec(),
            other => vec![Alternative { value: other.clone(), cond: Cond::default() }],
        }
    }

    /// One of `values`; flat, without doubles, unknown when there are too many.
    pub fn choice(values: impl IntoIterator<Item = Alternative>) -> Self {
        let mut kept: Vec<Alternative> = Vec::new();
        for value in values {
            let Self::Choice(alternatives) = &value.value else {
                if !kept.iter().any(|k| k.value.is_same(&value.value)) {
                    kept.push(value);
                }
                continue;
            };
            for alternative in alternatives.iter() {
                if !kept.iter().any(|k| k.value.is_same(&alternative.value)) {
                    let outer = alternative.cond.is_always();
                    let cond = if outer { &value.cond } else { &alternative.cond };
                    kept.push(Alternative { value: alternative.value.clone(), cond: cond.clone() });
                }
            }
        }
        // What holds without a special environment comes first: readers of one value take that.
        kept.sort_by_key(|alternative| alternative.cond.is_unlikely());
        if kept.len() > ALIKE_MAX {
            kept = one_of_each_model(kept);
        }
        if kept.len() > CHOICE_MAX {
            return Self::unknown(TOO_MANY, Span::default());
        }
        match kept.len() {
            0 => Self::None,
            1 => kept.swap_remove(0).value,
            _ => Self::Choice(kept.into()),
        }
    }

    /// This one or that one, undecided.
    pub fn either(one: Self, other: Self) -> Self {
        let always = Cond::default;
        Self::choice([
            Alternative { value: one, cond: always() },
            Alternative { value: other, cond: always() },
        ])
    }

    /// Identity for objects, equality for plain values: what makes two alternatives one.
    pub fn is_same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::None, Self::None) | (Self::Ellipsis, Self::Ellipsis) => true,
            (Self::Bool(a), Self::Bool(b)) => a == b,
            (Self::Int(a), Self::Int(b)) => a == b,
            (Self::Float(a), Self::Float(b)) => a.to_bits() == b.to_bits(),
            (Self::Str(a), Self::Str(b)) | (Self::External(a), Self::External(b)) => a == b,
            (Self::Bytes(a), Self::Bytes(b)) => a == b,
            (Self::Unknown(a), Self::Unknown(b)) => {
                Rc::ptr_eq(a, b) || a.at == b.at && a.presence == b.presence
            }
            _ => self.identity().is_some() && self.identity() == other.identity(),
        }
    }

    /// Address of the object, for those that are told apart by identity.
    pub fn identity(&self) -> Option<usize> {
        fn address<T: ?Sized>(rc: &Rc<T>) -> usize {
            Rc::as_ptr(rc).cast::<u8>().addr()
        }
        Some(match self {
            Self::List(x) | Self::Tuple(x) | Self::Set(x) => address(x),
            Self::Dict(x) => address(x),
            Self::Module(x) => address(x),
            Self::Class(x) => address(x),
            Self::Function(x) => address(x),
            Self::Bound(x) => address(x),
            Self::Descriptor(x) => address(x),
            Self::Instance(x) => address(x),
            Self::Call(x) => address(x),
            Self::Member(x) => address(x),
            _ => return None,
        })
    }

    /// The value as a dictionary key.
    pub fn key(&self) -> Option<Key> {
        Some(match self {
            Self::None => Key::None,
            Self::Bool(b) => Key::Int(i64::from(*b)),
            Self::Int(n) => Key::Int(*n),
            Self::Str(text) => Key::Str(text.clone()),
            Self::External(path) => Key::External(path.clone()),
            Self::Tuple(items) => Key::Tuple(
                items.items.borrow().iter().map(|i| i.value.key()).collect::<Option<_>>()?,
            ),
            Self::Unknown(_) | Self::Choice(_) | Self::Float(_) => return None,
            other => Key::Identity(other.identity()?),
        })
    }
}

/// Why a value that might be any of many is not known.
pub(crate) const TOO_MANY: &str = "one of too many values";

/// Alternatives kept for one value; an undecided value with more is of no use to anybody.
const CHOICE_MAX: usize = 24;

/// Alternatives (a count) beyond which those that are querysets of one model count as one: each
/// `if` that narrows a queryset would double them, and what follows is evaluated for every one.
const ALIKE_MAX: usize = 4;

/// Querysets of one model, however they were narrowed, ask for rows of the same table.
fn one_of_each_model(mut all: Vec<Alternative>) -> Vec<Alternative> {
    let mut known = Vec::new();
    all.retain(|alternative| {
        let Value::Instance(instance) = &alternative.value else { return true };
        let Some(Value::Class(model)) = instance.attrs.get("model") else { return true };
        let about = (Rc::as_ptr(&instance.class), Rc::as_ptr(&model));
        let first = !known.contains(&about);
        known.push(about);
        first
    });
    all
}

impl fmt::Debug for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::None => f.write_str("None"),
            Self::Ellipsis => f.write_str("..."),
            Self::Bool(true) => f.write_str("True"),
            Self::Bool(false) => f.write_str("False"),
            Self::Int(n) => write!(f, "{n}"),
            Self::Float(n) => write!(f, "{n}"),
            Self::Str(text) => write!(f, "{text:?}"),
            Self::Bytes(bytes) => write!(f, "bytes({})", bytes.len()),
            Self::List(list) => write!(f, "list{:?}", Plain(list)),
            Self::Tuple(list) => write!(f, "tuple{:?}", Plain(list)),
            Self::Set(list) => write!(f, "set{:?}", Plain(list)),
            Self::Dict(dict) => {
                let entries = dict.entries.borrow();
                let shown = entries.values().take(SHOWN_MAX);
                let shown = shown.map(|(key, item)| (Shallow(key), Shallow(&item.value)));
                f.debug_map().entries(shown).finish()
            }
            Self::Module(module) => write!(f, "<module {}>", module.name),
            Self::Class(class) => write!(f, "<class {}>", class.path()),
            Self::Function(function) => write!(f, "<function {}>", function.path()),
            Self::Bound(bound) => write!(f, "<method {}>", bound.function.path()),
            Self::Descriptor(descriptor) => write!(f, "<{:?}>", descriptor.kind),
            Self::Super(_) => f.write_str("<super>"),
            Self::Instance(instance) => write!(f, "<{} object>", instance.class.path()),
            Self::Call(call) => write!(f, "{:?}(...)", call.callee),
            Self::Member(member) => write!(f, "{:?}.{}", member.base, member.name),
            Self::External(path) => write!(f, "<{path}>"),
            Self::Choice(alternatives) => {
                f.debug_list().entries(alternatives.iter().map(|a| Shallow(&a.value))).finish()
            }
            Self::Unknown(unknown) => write!(f, "<unknown: {}>", unknown.why),
        }
    }
}

/// Elements (a count) of a container that a message shows: more would be unreadable, and a file may
/// ask for the message 100,000 times.
const SHOWN_MAX: usize = 100;

/// A list with its plain elements; containers inside it are named only, as they may hold it.
struct Plain<'a>(&'a List);

impl fmt::Debug for Plain<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let items = self.0.items.borrow();
        let shown = items.iter().take(SHOWN_MAX);
        f.debug_list().entries(shown.map(|item| Shallow(&item.value))).finish()
    }
}

struct Shallow<'a>(&'a Value);

impl fmt::Debug for Shallow<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Value::List(list) | Value::Tuple(list) | Value::Set(list) => {
                write!(f, "<{} elements>", list.items.borrow().len())
            }
            Value::Dict(dict) => write!(f, "<{} entries>", dict.entries.borrow().len()),
            Value::Choice(alternatives) => write!(f, "<one of {}>", alternatives.len()),
            plain => write!(f, "{plain:?}"),
        }
    }
}
