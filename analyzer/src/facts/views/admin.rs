//! The admin's views of a registered model, which the catalogue tells by name only.

use std::rc::Rc;

use crate::python::trace::Touch;
use crate::python::{Class, Evaluator, Span, Value, touch_model};

/// Inlines (a count) of one change page.
const INLINES_MAX: usize = 100;

/// What a view of the admin does to its model and the models around it.
pub(super) fn view(
    ev: &mut Evaluator,
    admin: &Rc<Class>,
    model: &Rc<Class>,
    name: &str,
    method: &str,
) {
    let at = admin.at;
    let posts = method == "POST";
    match name {
        "changelist_view" => {
            touch_model(ev, Touch::Read, model, at);
            columns(ev, admin, model, &["list_display", "list_filter", "search_fields"], at);
            if posts {
                touch_model(ev, Touch::Write, model, at);
            }
        }
        "add_view" => form(ev, admin, model, posts, at),
        "change_view" => {
            touch_model(ev, Touch::Read, model, at);
            form(ev, admin, model, posts, at);
        }
        "delete_view" => {
            touch_model(ev, Touch::Read, model, at);
            if posts {
                crate::python::delete_model(ev, model, at);
                log(ev, Touch::Write, at);
            }
        }
        "history_view" => {
            touch_model(ev, Touch::Read, model, at);
            log(ev, Touch::Read, at);
        }
        _ => {}
    }
}

fn log(ev: &mut Evaluator, touch: Touch, at: Span) {
    for (app, name) in [("admin", "LogEntry"), ("contenttypes", "ContentType")] {
        if let Some(class) = ev.model(app, name) {
            let touch = if name == "LogEntry" { touch } else { Touch::Read };
            touch_model(ev, touch, &class, at);
        }
    }
}

/// The form of a row: its choices, its inlines, and what saving them changes.
fn form(ev: &mut Evaluator, admin: &Rc<Class>, model: &Rc<Class>, posts: bool, at: Span) {
    choices(ev, model, posts, at);
    if posts {
        touch_model(ev, Touch::Write, model, at);
        log(ev, Touch::Write, at);
    }
    let inlines = admin.lookup("inlines").map(|(_, binding)| binding.value);
    let inlines = inlines.and_then(|list| ev.elements(&list)).unwrap_or_default();
    for inline in inlines.into_iter().take(INLINES_MAX) {
        let Value::Class(inline) = inline.value else { continue };
        let Some((_, binding)) = inline.lookup("model") else { continue };
        let between = match &binding.value {
            Value::Call(call) => crate::python::between(ev, call),
            _ => None,
        };
        let Some(model) = between.or_else(|| crate::python::model_of(&binding.value)) else {
            continue;
        };
        touch_model(ev, Touch::Read, &model, at);
        choices(ev, &model, posts, at);
        if posts {
            touch_model(ev, Touch::Write, &model, at);
        }
    }
}

/// Rows that the links of a model offer.
fn choices(ev: &mut Evaluator, model: &Rc<Class>, posts: bool, at: Span) {
    let Some(shape) = ev.registry.schema.of(model) else { return };
    for name in &shape.own_links {
        let Some(link) = shape.attributes.get(name) else { continue };
        if let Some(to) = &link.to {
            touch_model(ev, Touch::Read, to, at);
        }
        if let Some(through) = &link.through {
            let touch = if posts { Touch::Write } else { Touch::Read };
            ev.touch(touch, through, at);
        }
    }
}

/// Links among the columns and filters of a list.
fn columns(ev: &mut Evaluator, admin: &Rc<Class>, model: &Rc<Class>, options: &[&str], at: Span) {
    let Some(shape) = ev.registry.schema.of(model) else { return };
    for option in options {
        let Some((_, binding)) = admin.lookup(option) else { continue };
        for item in ev.elements(&binding.value).unwrap_or_default() {
            let Some(name) = item.value.as_str() else { continue };
            let name = name.split("__").next().unwrap_or(name);
            if let Some(to) = shape.lookups.get(name).and_then(|link| link.to.as_ref()) {
                touch_model(ev, Touch::Read, to, at);
            }
        }
    }
}
