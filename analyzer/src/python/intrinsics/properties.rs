//! Properties by other names: classes that extend a built-in kind, and libraries without source.

use crate::python::evaluator::Eval;
use crate::python::object::{Args, Base, Class, Descriptor, DescriptorKind};
use crate::python::value::Value;

/// What the class extends, if its objects are read as those of that kind are.
fn kind_of(class: &Class) -> Option<DescriptorKind> {
    class.mro().iter().find_map(|base| match base {
        Base::External(path) => match &**path {
            "builtins.property" => Some(DescriptorKind::Property),
            "functools.cached_property" | "django.utils.functional.cached_property" => {
                Some(DescriptorKind::CachedProperty)
            }
            _ => None,
        },
        _ => None,
    })
}

/// The function that a property is made of.
fn getter(args: &Args) -> Option<Value> {
    let given = args.positional.first().map(|item| &item.value);
    given.filter(|value| matches!(value, Value::Function(_))).cloned()
}

/// Makes a property of a class that extends a built-in kind and leaves the reading to it.
pub(super) fn construct(class: &Class, args: &Args) -> Option<Eval> {
    let inner = getter(args)?;
    if class.lookup("__get__").is_some() {
        return None;
    }
    Some(Ok(Descriptor::value(kind_of(class)?, inner)))
}

/// Many libraries have a decorator of this name; all do the same.
pub(super) fn call(path: &str, args: &Args) -> Option<Eval> {
    let inner = getter(args).filter(|_| path.ends_with(".cached_property"))?;
    Some(Ok(Descriptor::value(DescriptorKind::CachedProperty, inner)))
}
