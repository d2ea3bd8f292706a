//! Classes: the `class` statement, `type(name, bases, names)`, and the method resolution order.

use std::cell::{OnceCell, RefCell};
use std::rc::Rc;

use ruff_python_ast::StmtClassDef;

use super::evaluator::{Eval, Evaluator, Frame, FrameKind};
use super::modules::span;
use super::object::{Args, Base, Binding, Class, Known, Module, Origin, Scope};
use super::registry::{MODEL, is_model};
use super::value::{Cond, Dict, Item, Key, Span, Text, Value};

/// A class about to be made.
#[derive(Debug)]
pub(crate) struct NewClass {
    pub(crate) name: Text,
    pub(crate) qualname: Text,
    pub(crate) home: Rc<Module>,
    pub(crate) at: Span,
    pub(crate) bases: Vec<Value>,
    pub(crate) scope: Rc<Scope>,
    pub(crate) keywords: Vec<(Text, Value)>,
}

impl Evaluator {
    pub(crate) fn class_statement(&mut self, f: &mut Frame, stmt: &StmtClassDef) -> Eval<()> {
        let at = span(f, stmt.name.range.start().to_u32());
        let args = match &stmt.arguments {
            Some(arguments) => self.arguments(f, arguments)?,
            None => Args::default(),
        };
        let name = self.intern(stmt.name.as_str());
        let scope = self.class_body(f, &name, stmt, at)?;
        let new = NewClass {
            name: name.clone(),
            qualname: f.qualified(&name),
            home: f.module.clone(),
            at,
            bases: args.positional.into_iter().map(|item| item.value).collect(),
            scope,
            keywords: args.named.into_iter().map(|(n, item)| (n, item.value)).collect(),
        };
        let mut value = self.make_class_with_metaclass(new);
        for decorator in stmt.decorator_list.iter().rev() {
            let at = span(f, decorator.range.start().to_u32());
            let wrapper = self.eval(f, &decorator.expression)?;
            let decorated = self.decorate(&wrapper, value.clone(), at);
            // A class decorator without source is taken to give the class back.
            if !matches!(decorated, Value::Call(_)) {
                value = decorated;
            }
        }
        self.assign_name(f, &name, value, at);
        Ok(())
    }

    fn class_body(
        &mut self,
        f: &Frame,
        name: &Text,
        stmt: &StmtClassDef,
        at: Span,
    ) -> Eval<Rc<Scope>> {
        let scope: Rc<Scope> = Rc::default();
        let always = |value| Binding { value, at, cond: Cond::default() };
        scope.set(self.intern("__module__"), always(Value::Str(f.module.name.clone())));
        scope.set(self.intern("__qualname__"), always(Value::Str(f.qualified(name))));
        let mut body = Frame {
            kind: FrameKind::Class,
            module: f.module.clone(),
            scope: scope.clone(),
            closure: f.closure_for_inner(),
            qualname: f.qualified(name),
            local: false,
            globals: Vec::new(),
            nonlocals: Vec::new(),
            returns: Vec::new(),
            yields: None,
            function: f.function.clone(),
            receiver: f.receiver.clone(),
            tries: 0,
        };
        self.run(&mut body, &stmt.body)?;
        Ok(scope)
    }

    /// Makes the class as its metaclass would, where the metaclass has something to say.
    fn make_class_with_metaclass(&mut self, new: NewClass) -> Value {
        let given = new.keywords.iter().find(|(name, _)| &**name == "metaclass");
        let metaclass = given
            .and_then(|(_, value)| value.as_class().cloned())
            .or_else(|| new.bases.iter().find_map(|base| Self::metaclass_of(base.as_class()?)));
        let Some(metaclass) = metaclass else { return Value::Class(self.make_class(new)) };
        let at = new.at;
        let overrides = |name: &str| {
            metaclass.lookup(name).filter(|(owner, _)| owner.home.origin != Origin::Catalogue)
        };
        let constructor = overrides("__new__");
        let initializer = overrides("__init__");
        let args = Self::class_arguments(&new);
        let class = match constructor {
            None => self.make_class(new),
            Some((_, binding)) => {
                let made = self.registry.models_made();
                let mut with_meta = args.clone();
                let meta = Item::new(Value::Class(metaclass.clone()), at);
                with_meta.positional.insert(0, meta);
                match self.call(&binding.value, with_meta, at) {
                    Ok(Value::Class(class)) => class,
                    // What the metaclass does is not followed: the statement speaks for itself.
                    _ if self.registry.models_made() == made => self.make_class(new),
                    _ => match self.registry.last_model() {
                        Some(class) => class,
                        None => self.make_class(new),
                    },
                }
            }
        };
        let value = Value::Class(class);
        if let Some((_, binding)) = initializer {
            let init = self.bind_attribute(&binding.value, &value);
            let _ = self.call(&init, args, at);
        }
        value
    }

    /// `(name, bases, names, **keywords)` as a metaclass gets them.
    fn class_arguments(new: &NewClass) -> Args {
        let names = Dict::default();
        for (name, binding) in new.scope.names.borrow().iter() {
            let item =
                Item { cond: binding.cond.clone(), ..Item::new(binding.value.clone(), binding.at) };
            let entry = (Value::Str(name.clone()), item);
            names.entries.borrow_mut().insert(Key::Str(name.clone()), entry);
        }
        let bases = new.bases.iter().map(|base| Item::new(base.clone(), new.at)).collect();
        let positional =
            [Value::Str(new.name.clone()), Value::tuple(bases), Value::Dict(Rc::new(names))];
        let mut args = Args::of(positional, new.at);
        for (name, value) in &new.keywords {
            if &**name != "metaclass" {
                args.named.push((name.clone(), Item::new(value.clone(), new.at)));
            }
        }
        args
    }

    /// Makes a class and tells the registry.
    pub(crate) fn make_class(&mut self, new: NewClass) -> Rc<Class> {
        let class = self.class_unseen(new);
        for binding in class.scope.names.borrow().values() {
            own_functions(&binding.value, &class);
        }
        self.set_names(&class);
        self.init_subclass(&class);
        self.class_made(&class);
        class
    }

    /// A model that no statement declares: Django makes it beside `of`. No list of models has it.
    pub fn implied_model(&mut self, name: &str, of: &Rc<Class>, at: Span) -> Rc<Class> {
        let (name, base) = (self.intern(name), self.resolve(MODEL));
        self.class_unseen(NewClass {
            qualname: name.clone(),
            name,
            home: of.home.clone(),
            at,
            bases: vec![base],
            scope: Rc::default(),
            keywords: Vec::new(),
        })
    }

    /// A class that nobody has been told of.
    fn class_unseen(&mut self, new: NewClass) -> Rc<Class> {
        let mut bases = Vec::new();
        for value in &new.bases {
            Self::add_base(&mut bases, value, new.at);
        }
        self.add_model_base(&mut bases, &new.scope);
        let module = match new.scope.get("__module__") {
            Some(Value::Str(module)) => module,
            _ => new.home.name.clone(),
        };
        let class = Rc::new(Class {
            name: new.name,
            qualname: new.qualname,
            module: RefCell::new(module),
            home: new.home,
            at: new.at,
            cond: self.cond.clone(),
            bases,
            mro: OnceCell::new(),
            scope: new.scope,
            keywords: new.keywords,
            known: Known::default(),
        });
        class.scope.close();
        let mro = linearize(&class);
        class.mro.set(mro).expect("the order of a new class is not set yet");
        class
    }

    fn add_base(bases: &mut Vec<Base>, value: &Value, at: Span) {
        match value {
            Value::Class(class) => bases.push(Base::Class(class.clone())),
            Value::External(path) if &**path == "builtins.object" => {}
            Value::External(path) => bases.push(Base::External(path.clone())),
            // `six.with_metaclass(Meta, Base)` and its like: the bases are among the arguments.
            Value::Call(call) => match call.path() {
                Some(path) if path.ends_with("with_metaclass") => {
                    for item in call.args.positional.iter().skip(1) {
                        Self::add_base(bases, &item.value.clone(), at);
                    }
                }
                Some(path) => bases.push(Base::External(Rc::from(format!("{path}()")))),
                None => Self::add_unknown_base(bases, "a base class that is not seen", at),
            },
            // The first alternative that is a class: that the others differ is rare.
            Value::Choice(alternatives) => {
                let classes = alternatives
                    .iter()
                    .find(|a| matches!(a.value, Value::Class(_) | Value::External(_)));
                match classes {
                    Some(alternative) => Self::add_base(bases, &alternative.value, at),
                    None => Self::add_unknown_base(bases, "one of several base classes", at),
                }
            }
            Value::Unknown(unknown) => bases.push(Base::Unknown(unknown.clone())),
            Value::Tuple(list) => {
                let items = list.items.borrow().clone();
                for item in items {
                    Self::add_base(bases, &item.value, at);
                }
            }
            _ => Self::add_unknown_base(bases, "a base class that is not seen", at),
        }
    }

    /// A class with model fields whose ancestors are models by their name or by where they stand,
    /// but have no source here, is a model: its table has at least the columns that it shows.
    fn add_model_base(&mut self, bases: &mut Vec<Base>, scope: &Scope) {
        let named = |base: &Base| match base {
            Base::External(path) => {
                let name = path.rsplit('.').next().unwrap_or(path);
                let module = path.strip_suffix(name).unwrap_or_default();
                name.ends_with("Model")
                    || name.starts_with("Abstract")
                    // Django's own are known: `django.db.models` has aggregates and lookups, too.
                    || module.contains(".models.") && !path.starts_with("django.")
            }
            _ => false,
        };
        let known = |base: &Base| matches!(base, Base::Class(class) if is_model(class));
        if !bases.iter().any(named) || bases.iter().any(known) {
            return;
        }
        let is_field = |binding: &Binding| match &binding.value {
            Value::Instance(field) => field.class.descends_from(FIELD),
            _ => false,
        };
        if scope.names.borrow().values().any(is_field)
            && let Some(model) = self.resolve(MODEL).as_class()
        {
            bases.push(Base::Class(model.clone()));
        }
    }

    fn add_unknown_base(bases: &mut Vec<Base>, why: &str, at: Span) {
        if let Value::Unknown(unknown) = Value::unknown(why, at) {
            bases.push(Base::Unknown(unknown));
        }
    }

    /// Tells the project's own descriptors under which name they stand.
    fn set_names(&mut self, class: &Rc<Class>) {
        let told = |value: &Value| match value {
            Value::Instance(instance) => instance.class.lookup("__set_name__"),
            _ => None,
        };
        let names = class.scope.names.borrow();
        let hooks: Vec<_> = names
            .iter()
            .filter_map(|(name, binding)| {
                let (_, hook) = told(&binding.value)?;
                Some((name.clone(), binding.clone(), hook.value))
            })
            .collect();
        drop(names);
        for (name, binding, hook) in hooks {
            let hook = self.bind_attribute(&hook, &binding.value);
            let args = Args::of([Value::Class(class.clone()), Value::Str(name)], binding.at);
            let _ = self.call(&hook, args, binding.at);
        }
    }

    fn init_subclass(&mut self, class: &Rc<Class>) {
        let hook = class.mro().iter().skip(1).find_map(|base| match base {
            Base::Class(ancestor) => ancestor.scope.get("__init_subclass__"),
            _ => None,
        });
        let hook = match hook {
            Some(Value::Descriptor(descriptor)) => descriptor.inner.clone(),
            Some(hook) => hook,
            None => return,
        };
        let receiver = Value::Class(class.clone());
        let bound = self.bind_attribute(&hook, &receiver);
        let mut args = Args::default();
        for (name, value) in &class.keywords {
            if &**name != "metaclass" {
                args.named.push((name.clone(), Item::new(value.clone(), class.at)));
            }
        }
        let _ = self.call(&bound, args, class.at);
    }
}

/// Functions of a class body learn whose they are, so that `super()` works in them.
fn own_functions(value: &Value, class: &Rc<Class>) {
    match value {
        Value::Function(function) => {
            // A function that is bound in a second class keeps its first owner.
            let _ = function.owner.set(class.clone());
        }
        Value::Descriptor(descriptor) => own_functions(&descriptor.inner, class),
        Value::Call(call) => {
            for item in &call.args.positional {
                own_functions(&item.value, class);
            }
        }
        Value::Choice(alternatives) => {
            for alternative in alternatives.iter() {
                own_functions(&alternative.value, class);
            }
        }
        _ => {}
    }
}

/// Dotted path of the base class of model fields.
const FIELD: &str = "django.db.models.fields.Field";

/// Ancestors of one class.
const MRO_MAX: usize = 300;

/// C3 linearization; where it fails, bases depth first.
fn linearize(class: &Rc<Class>) -> Vec<Base> {
    let mut order = vec![Base::Class(class.clone())];
    if let [Base::Class(only)] = class.bases.as_slice() {
        order.extend(only.mro().iter().take(MRO_MAX).cloned());
        return order;
    }
    let mut queues: Vec<Vec<Base>> = class
        .bases
        .iter()
        .map(|base| match base {
            Base::Class(class) => class.mro().iter().take(MRO_MAX).cloned().collect(),
            other => vec![other.clone()],
        })
        .collect();
    queues.push(class.bases.clone());
    loop {
        queues.retain(|queue| !queue.is_empty());
        let heads = queues.iter().filter_map(|queue| queue.first());
        let in_tail = |head: &Base| {
            queues.iter().any(|queue| queue.iter().skip(1).any(|base| base.is_same(head)))
        };
        let next = heads.clone().find(|head| !in_tail(head)).or_else(|| queues.first()?.first());
        let Some(next) = next.cloned() else { return order };
        for queue in &mut queues {
            queue.retain(|base| !base.is_same(&next));
        }
        order.push(next);
    }
}

/// The members of an enumeration, in order; none for other classes.
pub(crate) fn members(class: &Rc<Class>) -> Option<Vec<Item>> {
    if !is_enumeration(class) {
        return None;
    }
    let mut items = Vec::new();
    for (name, binding) in class.scope.names.borrow().iter() {
        let plain = matches!(
            binding.value,
            Value::Str(_) | Value::Int(_) | Value::Tuple(_) | Value::Unknown(_) | Value::Float(_)
        );
        if plain && !name.starts_with('_') {
            items.push(Item::new(member_value(&binding.value), binding.at));
        }
    }
    Some(items)
}

/// The value of an enumeration member written as `NAME = value` or `NAME = value, label`.
pub(crate) fn member_value(written: &Value) -> Value {
    match written {
        Value::Tuple(parts) => match parts.items.borrow().first() {
            Some(first) => first.value.clone(),
            None => Value::None,
        },
        other => other.clone(),
    }
}

/// Whether the objects of the class are classes.
pub(crate) fn is_metaclass(class: &Class) -> bool {
    class.mro().iter().any(|base| matches!(&*base.path(), "builtins.type" | "abc.ABCMeta"))
}

/// Whether the class is an enumeration.
pub(crate) fn is_enumeration(class: &Class) -> bool {
    let look = || {
        class.mro().iter().any(|base| {
            let path = base.path();
            path.starts_with("enum.") || path.starts_with("django.db.models.enums.")
        })
    };
    *class.known.enumeration.get_or_init(look)
}
