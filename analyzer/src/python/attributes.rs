//! Attribute access, following Python's rules for modules, classes, instances and `super()`.

use std::rc::Rc;

use super::evaluator::{Eval, Evaluator};
use super::intrinsics;
use super::object::{
    Args, Base, Bound, Call, Class, DescriptorKind, Function, Instance, Member, Module, Origin,
    SuperOf,
};
use super::value::{Item, Key, Span, Text, Value};

impl Evaluator {
    /// `value.name`.
    ///
    /// # Errors
    /// `AttributeError`, where the attribute surely does not exist.
    pub fn attribute(&mut self, value: &Value, name: &Text, at: Span) -> Eval {
        match self.find_attribute(value, name, at)? {
            Some(found) => Ok(found),
            // Of a function of the catalogue no more is told than its name.
            None if is_told(value) && !self.is_guarded("AttributeError") => Ok(member(value, name)),
            None => self.raise("AttributeError", &format!("{value:?} has no {name}"), at),
        }
    }

    /// `value.name`, or none where the attribute surely does not exist.
    pub(crate) fn find_attribute(
        &mut self,
        value: &Value,
        name: &Text,
        at: Span,
    ) -> Eval<Option<Value>> {
        Ok(match value {
            Value::Module(module) => self.module_attribute(module, name, at)?,
            Value::Class(class) => self.class_attribute(class, name, at)?,
            Value::Instance(instance) => self.instance_attribute(instance, name, at)?,
            Value::Super(of) => Some(self.super_attribute(of, name, at)?),
            Value::External(path) => {
                let path = path.clone();
                Some(intrinsics::attribute(self, &path, name, at)?)
            }
            Value::Call(call) => match call.attrs.get(name) {
                Some(found) => Some(found),
                None => match intrinsics::call_attribute(self, call, name, at) {
                    Some(found) => Some(found?),
                    None => Some(member(value, name)),
                },
            },
            Value::Member(_) => match intrinsics::member_attribute(self, value, name, at) {
                Some(found) => Some(found?),
                None => Some(member(value, name)),
            },
            Value::Function(function) => function_attribute(function, name),
            Value::Bound(bound) => match &**name {
                "__self__" => Some(bound.receiver.clone()),
                "__func__" => Some(Value::Function(bound.function.clone())),
                _ => function_attribute(&bound.function, name),
            },
            Value::Descriptor(descriptor) => {
                intrinsics::descriptor_attribute(descriptor, value, name)
            }
            Value::Choice(alternatives) => {
                let mut found = Vec::new();
                for alternative in alternatives.iter() {
                    if let Ok(Some(value)) = self.find_attribute(&alternative.value, name, at) {
                        let cond = alternative.cond.clone();
                        found.push(super::value::Alternative { value, cond });
                    }
                }
                if found.is_empty() { None } else { Some(Value::choice(found)) }
            }
            Value::Unknown(unknown) => {
                intrinsics::unknown_attribute(self, name, at);
                Some(Value::absorbed(unknown))
            }
            _ => intrinsics::builtin_attribute(value, name),
        })
    }

    fn module_attribute(
        &mut self,
        module: &Rc<Module>,
        name: &Text,
        at: Span,
    ) -> Eval<Option<Value>> {
        if let Some(found) = module.scope.get(name) {
            return Ok(Some(found));
        }
        if &**name == "__dict__" {
            return Ok(Some(Value::Module(module.clone())));
        }
        let dotted = format!("{}.{name}", module.name);
        if module.package
            && let Some(inner) = self.import(&dotted)
        {
            return Ok(Some(Value::Module(inner)));
        }
        if let Some(why) = &*module.open.borrow() {
            return Ok(Some(Value::Unknown(why.clone())));
        }
        if let Some(getter @ Value::Function(_)) = module.scope.get("__getattr__") {
            return self.call(&getter, Args::of([Value::Str(name.clone())], at), at).map(Some);
        }
        // The module stands for its `__dict__`, too.
        if NAMESPACE.contains(&&**name) {
            return Ok(Some(member(&Value::Module(module.clone()), name)));
        }
        Ok((module.origin == Origin::Catalogue).then(|| intrinsics::external(&dotted)))
    }

    fn class_attribute(&mut self, class: &Rc<Class>, name: &Text, at: Span) -> Eval<Option<Value>> {
        if let Some(special) = special_of_class(class, name) {
            return Ok(Some(special));
        }
        let receiver = Value::Class(class.clone());
        if let Some(found) = intrinsics::class_attribute(self, class, name, at) {
            return found.map(Some);
        }
        if let Some((_, binding)) = class.lookup(name) {
            return Ok(Some(match &binding.value {
                Value::Descriptor(descriptor) => match descriptor.kind {
                    DescriptorKind::ClassMethod => {
                        self.bind_attribute(&descriptor.inner, &receiver)
                    }
                    DescriptorKind::StaticMethod => descriptor.inner.clone(),
                    DescriptorKind::ClassProperty => {
                        let getter = descriptor.inner.clone();
                        self.call(&getter, Args::of([receiver], at), at)?
                    }
                    DescriptorKind::Property | DescriptorKind::CachedProperty => {
                        binding.value.clone()
                    }
                },
                other => other.clone(),
            }));
        }
        if let Some(metaclass) = Self::metaclass_of(class)
            && let Some((_, binding)) = metaclass.lookup(name)
        {
            return Ok(Some(self.bind_attribute(&binding.value, &receiver)));
        }
        // `ModelBase.__new__(cls, ...)`: a metaclass without one of its own hands on to `type`.
        if &**name == "__new__" && super::classes::is_metaclass(class) {
            return Ok(Some(Value::external("builtins.type.__new__")));
        }
        let known = class.is_open() || matches!(&**name, "mro" | "__subclasses__");
        Ok(known.then(|| member(&receiver, name)))
    }

    /// The metaclass given in the class statement of the class or an ancestor.
    pub(crate) fn metaclass_of(class: &Class) -> Option<Rc<Class>> {
        class.mro().iter().find_map(|base| match base {
            Base::Class(class) => class
                .keywords
                .iter()
                .find(|(name, _)| &**name == "metaclass")
                .and_then(|(_, value)| value.as_class().cloned()),
            _ => None,
        })
    }

    fn instance_attribute(
        &mut self,
        instance: &Rc<Instance>,
        name: &Text,
        at: Span,
    ) -> Eval<Option<Value>> {
        let receiver = Value::Instance(instance.clone());
        if let Some((owner, getter)) = instance.class.lookup("__getattribute__")
            && owner.home.origin != Origin::Catalogue
            && let Value::Function(function) = &getter.value
            && !self.active.iter().any(|active| Rc::ptr_eq(active, function))
        {
            let getter = self.bind_attribute(&getter.value, &receiver);
            return self.call(&getter, Args::of([Value::Str(name.clone())], at), at).map(Some);
        }
        if let Some(found) = instance.attrs.get(name) {
            return Ok(Some(found));
        }
        if let Some(Value::Dict(dict)) = instance.attrs.get("__dict__")
            && let Some((_, item)) = dict.entries.borrow().get(&Key::Str(name.clone()))
        {
            return Ok(Some(item.value.clone()));
        }
        match &**name {
            "__class__" => return Ok(Some(Value::Class(instance.class.clone()))),
            // Shared with the object: what is put into it becomes an attribute, see below.
            "__dict__" => {
                let names: Vec<_> = instance
                    .attrs
                    .names
                    .borrow()
                    .iter()
                    .map(|(n, b)| (n.clone(), Item::new(b.value.clone(), b.at)))
                    .collect();
                let dict = self.dict_of(names);
                let binding = self.bind(dict.clone(), at);
                instance.attrs.set(name.clone(), binding);
                return Ok(Some(dict));
            }
            _ => {}
        }
        if let Some(found) = intrinsics::row_attribute(self, instance, name, at) {
            return found.map(Some);
        }
        if let Some(given) = instance.args.named(name)
            && makes_itself(&instance.class)
        {
            return Ok(Some(given.clone()));
        }
        if let Some((_, binding)) = instance.class.lookup(name) {
            let found = self.through_instance(&binding.value, &receiver, at)?;
            if let Value::Descriptor(descriptor) = &binding.value
                && descriptor.kind == DescriptorKind::CachedProperty
            {
                let binding = self.bind(found.clone(), at);
                instance.attrs.set(name.clone(), binding);
            }
            return Ok(Some(found));
        }
        if let Some((_, getter)) = instance.class.lookup("__getattr__") {
            let getter = self.bind_attribute(&getter.value, &receiver);
            return self.call(&getter, Args::of([Value::Str(name.clone())], at), at).map(Some);
        }
        let more = instance.args.open || !instance.args.positional.is_empty();
        let perhaps = instance.class.is_open() || more && makes_itself(&instance.class);
        Ok(perhaps.then(|| member(&receiver, name)))
    }

    pub(crate) fn through_instance(&mut self, value: &Value, receiver: &Value, at: Span) -> Eval {
        match value {
            Value::Descriptor(descriptor) => {
                let inner = descriptor.inner.clone();
                match descriptor.kind {
                    DescriptorKind::Property | DescriptorKind::CachedProperty => {
                        self.call(&inner, Args::of([receiver.clone()], at), at)
                    }
                    DescriptorKind::StaticMethod => Ok(inner),
                    DescriptorKind::ClassMethod | DescriptorKind::ClassProperty => {
                        let class = match receiver {
                            Value::Instance(instance) => Value::Class(instance.class.clone()),
                            other => other.clone(),
                        };
                        if descriptor.kind == DescriptorKind::ClassProperty {
                            self.call(&inner, Args::of([class], at), at)
                        } else {
                            Ok(self.bind_attribute(&inner, &class))
                        }
                    }
                }
            }
            // A descriptor of the project's own.
            Value::Instance(own) if own.class.has("__get__") => {
                let getter = self.attribute(value, &Rc::from("__get__"), at)?;
                let class = match receiver {
                    Value::Instance(instance) => Value::Class(instance.class.clone()),
                    other => other.clone(),
                };
                self.call(&getter, Args::of([receiver.clone(), class], at), at)
            }
            other => Ok(self.bind_attribute(other, receiver)),
        }
    }

    /// `descriptor.__get__(instance, class)`.
    pub(crate) fn got(&mut self, descriptor: &Value, args: &Args, at: Span) -> Option<Eval> {
        let receiver = args.get(0, "instance")?;
        let bound = matches!(receiver, Value::Instance(_));
        bound.then(|| self.through_instance(descriptor, &receiver.clone(), at))
    }

    pub(crate) fn super_attribute(&mut self, of: &SuperOf, name: &Text, at: Span) -> Eval {
        let (class, through_class) = match &of.receiver {
            Value::Instance(instance) => (instance.class.clone(), false),
            Value::Class(class) => (class.clone(), true),
            _ => return Ok(Value::unknown("super() of something not seen", at)),
        };
        let mut mro = class.mro().iter();
        let mut found = mro.any(|base| matches!(base, Base::Class(c) if Rc::ptr_eq(c, &of.after)));
        // In a metaclass the receiver is the class that is being made.
        let ancestors: Vec<Base> = if found {
            mro.cloned().collect()
        } else {
            of.after.mro().iter().skip(1).cloned().collect()
        };
        // A mixin without source either lacks the name or hands on to what stands behind it.
        for base in &ancestors {
            match base {
                Base::Class(ancestor) => {
                    if let Some(value) = ancestor.scope.get(name) {
                        return self.through(&value, &of.receiver, through_class, at);
                    }
                }
                Base::External(_) | Base::Unknown(_) => found = false,
            }
        }
        let holds = |instance: &Instance| intrinsics::held(instance).is_some();
        let own = matches!(&**name, "__setattr__" | "__getattribute__");
        if !found && !own && matches!(&of.receiver, Value::Instance(made) if holds(made)) {
            return Ok(member(&of.receiver, &super_name(name)));
        }
        if &**name == "__getattribute__" {
            return Ok(member(&of.receiver, &super_name(name)));
        }
        if &**name == "__new__" && super::classes::is_metaclass(&class) {
            return Ok(Value::external("builtins.type.__new__"));
        }
        if &**name == "__new__" && (found || ancestors.is_empty()) {
            return Ok(Value::external("builtins.object.__new__"));
        }
        if !found || class.is_open() || ancestors.is_empty() {
            if matches!(&**name, "__init__" | "__init_subclass__" | "__setattr__" | "ready") {
                return Ok(Value::external("builtins.object.__init__"));
            }
            if &**name == "__new__" {
                return Ok(Value::external("builtins.object.__new__"));
            }
            return Ok(member(&of.receiver, &super_name(name)));
        }
        Ok(Value::external(&format!("builtins.object.{name}")))
    }

    fn through(&mut self, value: &Value, receiver: &Value, through_class: bool, at: Span) -> Eval {
        match value {
            Value::Function(function) if through_class => {
                let new = matches!(&*function.name, "__new__" | "__init_subclass__");
                Ok(if new { value.clone() } else { self.bind_attribute(value, receiver) })
            }
            _ => self.through_instance(value, receiver, at),
        }
    }

    /// `object.name = value`.
    pub fn set_attribute(&mut self, object: &Value, name: &Text, value: Value, at: Span) {
        let scope = match object {
            Value::Module(module) => &module.scope,
            Value::Class(class) => &class.scope,
            Value::Instance(instance) => &instance.attrs,
            Value::Call(call) => &call.attrs,
            Value::Function(function) => &function.attrs,
            Value::Bound(bound) => &bound.function.attrs,
            // What is set on a part is kept with the whole: `app.conf.beat_schedule = {...}`.
            Value::Member(part) if matches!(part.base, Value::Call(_)) => {
                let name = self.intern(&format!("{}.{name}", part.name));
                return self.set_attribute(&part.base, &name, value, at);
            }
            Value::Choice(alternatives) => {
                for alternative in alternatives.iter() {
                    self.set_attribute(&alternative.value, name, value.clone(), at);
                }
                return;
            }
            Value::External(path)
                if !self.is_tracing() && self.registry.patched.len() < PATCHED_MAX =>
            {
                let name = Rc::from(format!("{path}.{name}"));
                self.registry.patched.insert(name, value);
                return;
            }
            _ => return,
        };
        if let (Value::Class(class), "__module__", Value::Str(module)) = (object, &**name, &value) {
            class.set_module(module.clone());
        }
        let old = scope.binding(name).filter(|_| !self.cond.is_always());
        let value = match old {
            Some(old) if !self.cond.holds_in(&old.cond) => Value::either(old.value, value),
            _ => value,
        };
        let binding = self.bind(value, at);
        scope.set(name.clone(), binding);
    }
}

/// Methods of the dictionary of a module's names.
const NAMESPACE: &[&str] = &["copy", "get", "items", "keys", "setdefault", "update", "values"];

/// Attributes (a count) that a project puts into libraries: each is looked for by name.
const PATCHED_MAX: usize = 10_000;

fn super_name(name: &Text) -> Text {
    Rc::from(format!("super.{name}"))
}

/// Whether a class takes arguments though nobody wrote a constructor for it: a decorator, as that
/// of `dataclasses`, makes one that keeps each argument under its name.
fn makes_itself(class: &Class) -> bool {
    let plain = |base: &Base| match base {
        Base::Class(class) => class.home.origin != Origin::Catalogue,
        Base::External(_) | Base::Unknown(_) => false,
    };
    !class.has("__init__") && class.mro().iter().all(plain)
}

/// An attribute of something unseen.
pub(crate) fn member(base: &Value, name: &Text) -> Value {
    Value::Member(Rc::new(Member { base: base.clone(), name: name.clone() }))
}

fn special_of_class(class: &Rc<Class>, name: &str) -> Option<Value> {
    Some(match name {
        "__name__" => Value::Str(class.name.clone()),
        "__qualname__" => Value::Str(class.qualname.clone()),
        "__module__" => Value::Str(class.module.borrow().clone()),
        "__mro__" | "__bases__" => {
            let bases = if name == "__mro__" { class.mro() } else { &class.bases };
            let items = bases.iter().map(|base| {
                let value = match base {
                    Base::Class(class) => Value::Class(class.clone()),
                    Base::External(path) => Value::External(path.clone()),
                    Base::Unknown(unknown) => Value::Unknown(unknown.clone()),
                };
                Item::new(value, class.at)
            });
            Value::tuple(items.collect())
        }
        "__dict__" => {
            let names = class.scope.names.borrow();
            let dict = super::value::Dict::default();
            for (name, binding) in names.iter() {
                let item = Item {
                    cond: binding.cond.clone(),
                    ..Item::new(binding.value.clone(), binding.at)
                };
                let key = Key::Str(name.clone());
                dict.entries.borrow_mut().insert(key, (Value::Str(name.clone()), item));
            }
            Value::Dict(Rc::new(dict))
        }
        _ => return None,
    })
}

/// Whether this is a function of the catalogue.
fn is_told(value: &Value) -> bool {
    matches!(value, Value::Function(function) if function.module.origin == Origin::Catalogue)
}

fn function_attribute(function: &Rc<Function>, name: &str) -> Option<Value> {
    if let Some(found) = function.attrs.get(name) {
        return Some(found);
    }
    match name {
        "__name__" => Some(Value::Str(function.name.clone())),
        "__qualname__" => Some(Value::Str(function.qualname.clone())),
        "__module__" => Some(Value::Str(function.module.name.clone())),
        "__doc__" => Some(Value::str("")),
        "__get__" => Some(member(&Value::Function(function.clone()), &Rc::from(name))),
        // What `functools.cache` makes of a function can forget.
        "cache_clear" | "cache_info" if function.memo.get().is_some() => {
            Some(member(&Value::Function(function.clone()), &Rc::from(name)))
        }
        _ => None,
    }
}

/// The function or class inside what decorators without source made of it.
pub fn unwrap_decorated(value: &Value) -> Option<Value> {
    let mut value = value.clone();
    for _ in 0..DECORATORS_MAX {
        let Value::Call(call) = &value else { break };
        value = decorated(call)?.clone();
    }
    match value {
        Value::Function(_) | Value::Bound(_) => Some(value),
        _ => None,
    }
}

/// What a decorator without source was given: a function, or what another one made of it.
pub(super) fn decorated(call: &Call) -> Option<&Value> {
    let code = |value: &&Value| {
        matches!(value, Value::Function(_) | Value::Class(_) | Value::Call(_) | Value::Bound(_))
    };
    call.args.positional.iter().map(|item| &item.value).find(code)
}

/// An attribute that was put on what a decorator without source made of a function, below others.
pub(crate) fn decorated_attribute(call: &Call, name: &str) -> Option<Value> {
    let mut value = decorated(call)?;
    for _ in 0..DECORATORS_MAX {
        match value {
            Value::Function(function) => return function.attrs.get(name),
            Value::Call(inner) => match inner.attrs.get(name) {
                Some(found) => return Some(found),
                None => value = decorated(inner)?,
            },
            _ => return None,
        }
    }
    None
}

/// Decorators on one function.
pub(super) const DECORATORS_MAX: usize = 20;

/// The bound method as a plain pair, for readers that need both.
pub fn method_parts(bound: &Bound) -> (&Value, &Rc<Function>) {
    (&bound.receiver, &bound.function)
}
