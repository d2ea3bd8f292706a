//! Managers and querysets: which model they belong to.

pub(crate) mod queries;
pub(crate) mod related;
pub(crate) mod rows;

use std::cell::{OnceCell, RefCell};
use std::rc::Rc;

use crate::python::evaluator::{Eval, Evaluator};
use crate::python::object::{Args, Base, Binding, Call, Class, Instance, Scope};
use crate::python::registry::is_model;
use crate::python::value::{Span, Text, Value};

/// Links in `Model.objects.filter(...).order_by(...)`; longer chains are generated code.
const CHAIN_MAX: usize = 100;

/// The model that a manager, a queryset or an object from one belongs to.
pub fn model_of(value: &Value) -> Option<Rc<Class>> {
    let mut value = value.clone();
    for _ in 0..CHAIN_MAX {
        value = match &value {
            Value::Class(class) => return is_model(class).then(|| class.clone()),
            Value::Instance(instance) => match instance.attrs.get("model") {
                Some(Value::Class(class)) => return Some(class),
                _ => return is_model(&instance.class).then(|| instance.class.clone()),
            },
            Value::Call(call) => match &call.callee {
                Value::External(_) => call.args.positional.first()?.value.clone(),
                callee => callee.clone(),
            },
            Value::Member(member) => member.base.clone(),
            Value::Bound(bound) => bound.receiver.clone(),
            Value::Choice(alternatives) => {
                return alternatives.iter().find_map(|a| model_of(&a.value));
            }
            _ => return None,
        };
    }
    None
}

/// `Model.objects` where the model or an ancestor declares it: the manager, and whose it is.
pub(super) fn class_attribute(
    ev: &mut Evaluator,
    class: &Rc<Class>,
    name: &Text,
    at: Span,
) -> Option<Eval> {
    if !is_model(class) {
        return None;
    }
    let Some((_, binding)) = class.lookup(name) else {
        let default = matches!(&**name, "objects" | "_default_manager" | "_base_manager");
        return default.then(|| Ok(default_manager(ev, class, at)));
    };
    let (manager, attrs) = match &binding.value {
        Value::Instance(manager) if manager.class.descends_from(MANAGER) => {
            let attrs: Vec<(Text, Binding)> = manager
                .attrs
                .names
                .borrow()
                .iter()
                .map(|(name, binding)| (name.clone(), binding.clone()))
                .collect();
            (manager.class.clone(), attrs)
        }
        Value::Call(call) => {
            let Some(class) = queryset_class(call) else {
                // A field or a manager of a library: as a class attribute it is not itself.
                let model = Value::Class(class.clone());
                return Some(Ok(crate::python::attributes::member(&model, name)));
            };
            (class, Vec::new())
        }
        _ => return None,
    };
    let scope = Scope::default();
    for (name, binding) in attrs {
        scope.set(name, binding);
    }
    scope.set(Rc::from("model"), ev.bind(Value::Class(class.clone()), at));
    Some(Ok(Value::Instance(Rc::new(Instance {
        class: manager,
        args: Args::default(),
        at: binding.at,
        cond: ev.cond.clone(),
        attrs: scope,
        calls: RefCell::default(),
        held: OnceCell::new(),
        serial: ev.next_serial(),
    }))))
}

/// The manager of a model that is declared first, else the one that Django adds.
pub(super) fn default_manager(ev: &mut Evaluator, class: &Rc<Class>, at: Span) -> Value {
    let mut names: Vec<Text> = Vec::new();
    for base in class.mro() {
        let Base::Class(ancestor) = base else { continue };
        for (name, binding) in ancestor.scope.names.borrow().iter() {
            let manager = match &binding.value {
                Value::Instance(instance) => instance.class.descends_from(MANAGER),
                Value::Call(call) => queryset_class(call).is_some(),
                _ => false,
            };
            if manager {
                names.push(name.clone());
            }
        }
        if !names.is_empty() {
            break;
        }
    }
    if let Some(name) = names.first()
        && let Some(Ok(manager)) = class_attribute(ev, class, name, at)
    {
        return manager;
    }
    let Value::Class(plain) = ev.resolve("django.db.models.manager.Manager") else {
        return Value::unknown("a manager", at);
    };
    let manager = ev.bare_instance(&plain, Args::default(), at);
    let name = ev.intern("model");
    ev.set_attribute(&manager, &name, Value::Class(class.clone()), at);
    manager
}

/// The queryset class of `Query.as_manager()` and `Manager.from_queryset(Query)()`.
fn queryset_class(call: &Call) -> Option<Rc<Class>> {
    let path = match &call.callee {
        Value::Call(maker) => return queryset_class(maker),
        callee => callee.path()?,
    };
    let known = path.ends_with(".as_manager") || path.ends_with(".from_queryset");
    let mut classes = call.args.positional.iter().filter_map(|item| item.value.as_class());
    let found = classes.rfind(|class| class.descends_from(QUERYSET));
    found.filter(|_| known).cloned()
}

/// `queryset.model`.
pub(super) fn model_attribute(value: &Value, name: &str) -> Option<Value> {
    if name == "model" { model_of(value).map(Value::Class) } else { None }
}

pub(crate) const MANAGER: &str = "django.db.models.manager.BaseManager";
const QUERYSET: &str = "django.db.models.query.QuerySet";
