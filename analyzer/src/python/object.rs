//! Modules, classes, functions and instances: the values that have names in them.

use std::cell::{Cell, OnceCell, RefCell};
use std::rc::Rc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::names::Names;
use super::parse::Ast;
use super::value::{Cond, Item, Key, Ordered, Span, Text, Unknown, Value};

/// What a name is bound to.
#[derive(Debug, Clone)]
pub struct Binding {
    /// The value.
    pub value: Value,
    /// Where it was bound.
    pub at: Span,
    /// Under which condition.
    pub cond: Cond,
}

/// Names and what they are bound to, in the order in which they were first bound.
#[derive(Debug, Default)]
pub struct Scope {
    /// The bindings.
    pub names: RefCell<Names>,
    /// Whether it is the body of a class that was made: changes are counted.
    of_class: Cell<bool>,
}

impl Scope {
    /// Empties the scope of a call that has ended, where nothing else holds it than functions that
    /// it holds itself: they would keep each other for ever.
    pub(crate) fn let_go(self: &Rc<Self>) {
        let inner = |binding: &&Binding| match &binding.value {
            Value::Function(function) => {
                Rc::strong_count(function) == 1
                    && Rc::strong_count(&function.closure) == 1
                    && function.closure.first().is_some_and(|outer| Rc::ptr_eq(outer, self))
            }
            _ => false,
        };
        let held = self.names.borrow().values().filter(inner).count();
        if held > 0 && Rc::strong_count(self) == held + 1 {
            self.names.take();
        }
    }

    /// What `name` is bound to.
    pub fn get(&self, name: &str) -> Option<Value> {
        self.names.borrow().get(name).map(|binding| binding.value.clone())
    }

    /// The whole binding of `name`.
    pub fn binding(&self, name: &str) -> Option<Binding> {
        self.names.borrow().get(name).cloned()
    }

    /// Binds `name`.
    pub fn set(&self, name: Text, binding: Binding) {
        self.names.borrow_mut().insert(name, binding);
        if self.of_class.get() {
            CHANGES.set(CHANGES.get() + 1);
        }
    }

    /// From now on it is the body of a class, which changes by [`Scope::set`] only.
    pub(crate) fn close(&self) {
        self.of_class.set(true);
    }

    /// Whether nothing is bound.
    pub fn is_empty(&self) -> bool {
        self.names.borrow().is_empty()
    }
}

thread_local! {
    /// Changes of class bodies on this thread: what was found before one is looked for again.
    static CHANGES: Cell<u64> = const { Cell::new(0) };
}

/// Whose code it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// The analyzed repository.
    Own,
    /// A library that was found beside it or in `--site-packages`.
    Library,
    /// The shipped catalogue: a reduced description, so a missing name proves nothing.
    Catalogue,
}

/// A module.
#[derive(Debug)]
pub struct Module {
    /// Dotted name.
    pub name: Text,
    /// Number of its file; that of no file for a folder without `__init__.py`.
    pub file: u32,
    /// Whether it is a package.
    pub package: bool,
    /// Whose code it is.
    pub origin: Origin,
    /// Its names.
    pub scope: Rc<Scope>,
    /// Its syntax tree; none for a folder without `__init__.py`.
    pub ast: Option<Rc<Ast>>,
    /// Set while its body is being evaluated.
    pub loading: Cell<bool>,
    /// Set when a star import of something unknown may have bound any name.
    pub open: RefCell<Option<Rc<Unknown>>>,
    /// Where its functions stand whose bodies were looked at.
    pub(crate) entered: RefCell<FxHashSet<u32>>,
}

/// A base class or a place in the method resolution order.
#[derive(Debug, Clone)]
pub enum Base {
    /// A class whose source we have.
    Class(Rc<Class>),
    /// One that is only named.
    External(Text),
    /// One that is not known.
    Unknown(Rc<Unknown>),
}

impl Base {
    /// Dotted path; empty if not known.
    pub fn path(&self) -> Text {
        match self {
            Self::Class(class) => class.path(),
            Self::External(path) => path.clone(),
            Self::Unknown(_) => Rc::from(""),
        }
    }

    pub(crate) fn is_same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Class(a), Self::Class(b)) => Rc::ptr_eq(a, b),
            (Self::External(a), Self::External(b)) => a == b,
            (Self::Unknown(a), Self::Unknown(b)) => Rc::ptr_eq(a, b),
            _ => false,
        }
    }
}

/// A class.
#[derive(Debug)]
pub struct Class {
    /// Its name.
    pub name: Text,
    /// Name within the module, `Outer.Inner`.
    pub qualname: Text,
    /// The module (`__module__`), which a class body may override.
    pub module: RefCell<Text>,
    /// The module that the statement stands in.
    pub home: Rc<Module>,
    /// Where the statement stands.
    pub at: Span,
    /// Under which condition it is declared.
    pub cond: Cond,
    /// Bases in source order.
    pub bases: Vec<Base>,
    /// Method resolution order, the class itself first, `object` left out.
    pub mro: OnceCell<Vec<Base>>,
    /// The class body's names.
    pub scope: Rc<Scope>,
    /// Keywords of the class statement, `metaclass` among them.
    pub keywords: Vec<(Text, Value)>,
    /// What was found out about it.
    pub(crate) known: Known,
}

/// What was found out about a class; asked for at every attribute, and the same every time.
#[derive(Debug, Default)]
pub(crate) struct Known {
    path: RefCell<Option<Text>>,
    /// Whether it is a model.
    pub(crate) model: OnceCell<bool>,
    /// Whether it is an enumeration.
    pub(crate) enumeration: OnceCell<bool>,
    /// Names by where they were found: the ancestor's place in the order, the place in its body.
    places: RefCell<FxHashMap<Text, Option<(usize, usize)>>>,
    /// State of [`CHANGES`] that `places` belong to.
    as_of: Cell<u64>,
}

/// Names (a count) whose place is kept for one class; more are computed ones.
const PLACES_MAX: usize = 4_000;

impl Class {
    /// Dotted path: module and qualified name.
    pub fn path(&self) -> Text {
        let path = || Rc::from(format!("{}.{}", self.module.borrow(), self.qualname));
        self.known.path.borrow_mut().get_or_insert_with(path).clone()
    }

    /// Says that it belongs to another module.
    pub(crate) fn set_module(&self, module: Text) {
        self.module.replace(module);
        self.known.path.take();
    }

    /// Method resolution order, the class itself first.
    pub fn mro(&self) -> &[Base] {
        self.mro.get().map_or(&[], Vec::as_slice)
    }

    /// Whether `path` names the class or one of its ancestors.
    pub fn descends_from(&self, path: &str) -> bool {
        self.mro().iter().any(|base| match base {
            Base::Class(class) => class.is_at(path),
            Base::External(named) => **named == *path,
            Base::Unknown(_) => path.is_empty(),
        })
    }

    /// Whether this is its dotted path.
    fn is_at(&self, path: &str) -> bool {
        let module = path.strip_suffix(&*self.qualname).and_then(|rest| rest.strip_suffix('.'));
        module.is_some_and(|module| *module == **self.module.borrow())
    }

    /// The binding of `name` in the class or its nearest ancestor that has it, with that ancestor.
    pub fn lookup(&self, name: &str) -> Option<(Rc<Class>, Binding)> {
        let (ancestor, place) = self.place(name)?;
        let Base::Class(class) = self.mro().get(ancestor)? else { return None };
        let names = class.scope.names.borrow();
        let (_, binding) = names.get_index(place)?;
        Some((class.clone(), binding.clone()))
    }

    /// Whether the class or an ancestor has `name`.
    pub fn has(&self, name: &str) -> bool {
        self.place(name).is_some()
    }

    /// Where [`Class::lookup`] finds `name`: the ancestor's place, the binding's place in it.
    fn place(&self, name: &str) -> Option<(usize, usize)> {
        let mut places = self.known.places.borrow_mut();
        if self.known.as_of.replace(CHANGES.get()) != CHANGES.get() {
            places.clear();
        }
        if let Some(known) = places.get(name) {
            return *known;
        }
        let mut order = self.mro().iter().enumerate();
        let found = order.find_map(|(ancestor, base)| match base {
            Base::Class(class) => {
                class.scope.names.borrow().get_index_of(name).map(|place| (ancestor, place))
            }
            _ => None,
        });
        if places.len() < PLACES_MAX && self.mro.get().is_some() {
            places.insert(Rc::from(name), found);
        }
        found
    }

    /// Whether some ancestor's inside is not seen, so that a missing name proves nothing.
    pub fn is_open(&self) -> bool {
        self.mro().iter().any(|base| match base {
            Base::Class(class) => class.home.origin == Origin::Catalogue,
            Base::External(_) | Base::Unknown(_) => true,
        })
    }
}

/// How a function is kept: by its place in the module's tree, or as a small tree of its own.
#[derive(Debug)]
pub enum Body {
    /// Offset of the `def` statement.
    Def(u32),
    /// A lambda.
    Lambda(Rc<ruff_python_ast::ExprLambda>),
}

/// A function.
#[derive(Debug)]
pub struct Function {
    /// Its name.
    pub name: Text,
    /// Name within the module.
    pub qualname: Text,
    /// The module that the statement stands in.
    pub module: Rc<Module>,
    /// Where the statement stands.
    pub at: Span,
    /// Its body.
    pub body: Body,
    /// Values of the parameters' defaults.
    pub defaults: Vec<(Text, Value)>,
    /// Names of the enclosing functions, innermost first.
    pub closure: Rc<[Rc<Scope>]>,
    /// The class whose body holds it.
    pub owner: OnceCell<Rc<Class>>,
    /// Attributes set on it (`view.csrf_exempt = True`).
    pub attrs: Scope,
    /// Results by arguments, for one that `functools.cache` decorates; with the receiver and the
    /// arguments, whose addresses are theirs while they are held.
    pub memo: OnceCell<RefCell<Ordered<Key, Remembered>>>,
    /// Its dotted path, once somebody asked.
    pub(crate) path: OnceCell<Text>,
}

/// A result, with the receiver and the arguments that it is of.
pub type Remembered = (Value, Option<Value>, Args);

impl Function {
    /// Dotted path: module and qualified name.
    pub fn path(&self) -> Text {
        let path = || Rc::from(format!("{}.{}", self.module.name, self.qualname));
        self.path.get_or_init(path).clone()
    }
}

/// A method with its receiver.
#[derive(Debug)]
pub struct Bound {
    /// The receiver: an instance or a class.
    pub receiver: Value,
    /// The function.
    pub function: Rc<Function>,
}

/// What kind of descriptor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DescriptorKind {
    /// `property`.
    Property,
    /// `cached_property`: computed once for each object.
    CachedProperty,
    /// `classproperty`.
    ClassProperty,
    /// `classmethod`.
    ClassMethod,
    /// `staticmethod`.
    StaticMethod,
}

/// A wrapped function in a class body.
#[derive(Debug)]
pub struct Descriptor {
    /// What kind.
    pub kind: DescriptorKind,
    /// What it wraps.
    pub inner: Value,
}

/// `super()`: look-up starts behind `after` in the receiver's resolution order.
#[derive(Debug)]
pub struct SuperOf {
    /// The class that the call stands in.
    pub after: Rc<Class>,
    /// Instance or class.
    pub receiver: Value,
}

/// The arguments of a call.
#[derive(Debug, Clone, Default)]
pub struct Args {
    /// Positional ones; one with `rest` stands for any number.
    pub positional: Vec<Item>,
    /// Named ones.
    pub named: Vec<(Text, Item)>,
    /// Whether there may be further named ones that could not be seen.
    pub open: bool,
}

impl Args {
    /// Positional arguments only.
    pub fn of(values: impl IntoIterator<Item = Value>, at: Span) -> Self {
        let positional = values.into_iter().map(|value| Item::new(value, at)).collect();
        Self { positional, named: Vec::new(), open: false }
    }

    /// The named argument.
    pub fn named(&self, name: &str) -> Option<&Value> {
        self.named.iter().find(|(n, _)| &**n == name).map(|(_, item)| &item.value)
    }

    /// The argument at `index`, or the one called `name`.
    pub fn get(&self, index: usize, name: &str) -> Option<&Value> {
        let known = self.positional.iter().take(index + 1).all(|item| !item.rest);
        match self.positional.get(index) {
            Some(item) if known => Some(&item.value),
            _ => self.named(name),
        }
    }
}

/// A method call on a value whose inside we do not see: kept, because it may change it.
#[derive(Debug, Clone)]
pub struct Recorded {
    /// Name of the method.
    pub method: Text,
    /// Its arguments.
    pub args: Args,
    /// Where.
    pub at: Span,
    /// Under which condition.
    pub cond: Cond,
}

/// An object of a class whose source we have.
#[derive(Debug)]
pub struct Instance {
    /// Its class.
    pub class: Rc<Class>,
    /// The arguments of its construction.
    pub args: Args,
    /// Where it was made.
    pub at: Span,
    /// Under which condition.
    pub cond: Cond,
    /// Its attributes.
    pub attrs: Scope,
    /// Calls of methods that an ancestor without source defines.
    pub calls: RefCell<Vec<Recorded>>,
    /// What it holds, once asked, where its class extends a built-in container.
    pub held: OnceCell<Option<Value>>,
    /// Position among all objects, in the order in which they were made.
    pub serial: u32,
}

/// What a call gives whose callee's source we do not have.
#[derive(Debug)]
pub struct Call {
    /// What was called: an external name, a member, or a class that could not be made.
    pub callee: Value,
    /// The arguments.
    pub args: Args,
    /// Where.
    pub at: Span,
    /// Under which condition.
    pub cond: Cond,
    /// Attributes set on the result.
    pub attrs: Scope,
    /// Methods called on the result.
    pub calls: RefCell<Vec<Recorded>>,
    /// Position among all objects, in the order in which they were made.
    pub serial: u32,
}

impl Call {
    /// Dotted path of the callee; for a method of something unseen the path of what it is a
    /// member of, joined (`rest_framework.routers.DefaultRouter().register` has none).
    pub fn path(&self) -> Option<Text> {
        self.callee.path()
    }
}

/// An attribute of a value whose inside we do not see.
#[derive(Debug)]
pub struct Member {
    /// The value.
    pub base: Value,
    /// The attribute.
    pub name: Text,
}
