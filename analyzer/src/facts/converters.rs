//! Path converters: what the project registers beside Django's own five
//! (`django/urls/converters.py`). The catalogue tells `register_converter` as a dictionary that
//! fills up; here it is read.

use crate::map::PathConverter;
use crate::python::value::Key;
use crate::python::{Class, Evaluator, Value};

/// Where the catalogue keeps them.
const HOME: &str = "django.urls.converters";

/// The registered converters whose regex could be read, by name.
pub fn read(evaluator: &mut Evaluator) -> Vec<PathConverter> {
    let Some(module) = evaluator.import(HOME) else { return Vec::new() };
    let Some(Value::Dict(registered)) = module.scope.get("REGISTERED_CONVERTERS") else {
        return Vec::new();
    };
    let mut found = Vec::new();
    for (key, (_, item)) in registered.entries.borrow().iter() {
        let (Key::Str(name), Value::Class(class)) = (key, &item.value) else { continue };
        let Some((_, regex)) = class.lookup("regex") else { continue };
        let Some(regex) = regex.value.as_str() else { continue };
        found.push(PathConverter {
            name: name.to_string(),
            regex: regex.to_owned(),
            refuses: refuses(class),
            at: evaluator.at(class.at),
        });
    }
    found.sort();
    found
}

/// A `to_python` of the project's own may raise `ValueError`, which Django takes for "no match".
/// Whether it does is not looked at: to believe so costs a request to legacy, the opposite an
/// answer that Django would not have given.
fn refuses(class: &Class) -> bool {
    class.lookup("to_python").is_some_and(|(owner, _)| &*owner.home.name != HOME)
}
