//! Questions that the catalogue's handwritten stubs ask about values, as the module `outgrow`.

use std::rc::Rc;

use super::orm;
use crate::python::evaluator::{Eval, Evaluator};
use crate::python::object::{Args, Call, Class};
use crate::python::trace::{Ends, Touch};
use crate::python::value::{Item, Span, Value};

/// A model, by class or by label.
fn model(ev: &Evaluator, value: &Value) -> Option<Rc<Class>> {
    match value {
        Value::Str(label) => {
            let (app, name) = label.split_once('.')?;
            ev.model(app, name)
        }
        other => orm::model_of(other),
    }
}

const THROUGH: &str = "outgrow.through";

/// The model between the two that a field relates.
fn between_of(ev: &Evaluator, args: &Args) -> Option<Rc<Class>> {
    match args.get(0, "field")? {
        Value::Instance(field) => ev.registry.schema.between(field),
        _ => None,
    }
}

/// What `Model.field.through` has become, which was written down before models were known.
pub(crate) fn between(ev: &Evaluator, value: &Call) -> Option<Rc<Class>> {
    if value.path().as_deref() != Some(THROUGH) {
        return None;
    }
    between_of(ev, &value.args)
}

/// Answers a question.
pub(super) fn call(ev: &mut Evaluator, path: &str, args: &Args, at: Span) -> Option<Eval> {
    match path {
        "outgrow.entry_points" => Some(Ok(entry_points(ev, args.get(0, "group")?.as_str()?, at))),
        // The release of Django that the project is written for, if it says so.
        "outgrow.django_release" => {
            let Some((major, minor)) = ev.repo().django_release() else {
                return Some(Ok(Value::None));
            };
            let numbers = [major, minor].map(|n| Item::new(Value::Int(i64::from(n)), at));
            Some(Ok(Value::tuple(numbers.to_vec())))
        }
        // A queryset of a manager.
        "outgrow.queryset" => {
            let manager = args.get(0, "manager")?.clone();
            Some(Ok(orm::queries::of_manager(ev, &manager, at)?))
        }
        // A row of a model, read from the database.
        "outgrow.row" => {
            let class = model(ev, args.get(0, "model")?)?;
            orm::rows::touch(ev, Touch::Read, &class, at);
            Some(Ok(orm::rows::row(ev, &class, at)))
        }
        "outgrow.reads" | "outgrow.writes" => {
            let class = model(ev, args.get(0, "model")?)?;
            let touch = if path == "outgrow.reads" { Touch::Read } else { Touch::Write };
            orm::rows::touch(ev, touch, &class, at);
            Some(Ok(Value::None))
        }
        // The model between the two that a field relates, as soon as models are known.
        THROUGH => between_of(ev, args).map(|class| Ok(Value::Class(class))),
        // What the settings are loaded with has a say in what they hold.
        "outgrow.settings_by" => {
            ev.registry.settings_by = Some(args.get(0, "by")?.clone());
            Some(Ok(Value::None))
        }
        // What `_meta.fields` would say of a model that is being made.
        "outgrow.columns" => {
            let class = model(ev, args.get(0, "model")?)?;
            Some(Ok(super::columns::of(ev, &class, at)))
        }
        // The route of the request that is answered.
        "outgrow.resolved" => {
            ev.registry.aside += 1;
            let unknown = || Value::unknown("what a path resolves to", at);
            Some(Ok(ev.registry.resolved.clone().unwrap_or_else(unknown)))
        }
        // Whether the path of the request that is answered begins with a text, or one of several.
        "outgrow.path_begins" => Some(Ok(path_begins(ev, args.get(0, "with")?, at))),
        // The status of the answer: all went well, unless the view may have found nothing.
        "outgrow.status" => {
            ev.registry.status_asked = true;
            ev.registry.aside += 1;
            let unknown = || Value::unknown("what a view answered", at);
            Some(Ok(if ev.registry.not_found { unknown() } else { Value::Int(200) }))
        }
        // The method of the request that is answered.
        "outgrow.method" => {
            ev.method_asked();
            Some(Ok(args.get(0, "method")?.clone()))
        }
        // Something is done to rows that cannot be told: which ones depends on the whole project.
        "outgrow.lost" => {
            ev.unseen(args.get(0, "what")?.as_str()?, at);
            Some(Ok(Value::unknown("told to be lost", at)))
        }
        // Something that is not known: both ways of a test of it are taken.
        "outgrow.unknown" => Some(Ok(Value::unknown("told to be unknown", at))),
        _ => page(ev, path, args, at).or_else(|| surely(ev, path, args, at)),
    }
}

/// Answers a question of pages.
fn page(ev: &mut Evaluator, path: &str, args: &Args, at: Span) -> Option<Eval> {
    match path {
        "outgrow.render" => {
            let (names, context) = (args.get(0, "names")?, args.get(1, "context")?);
            let request = args.get(2, "request").cloned().unwrap_or(Value::None);
            let at = ev.site.unwrap_or(at);
            let rendered = crate::python::template::render(ev, names, context, &request, at);
            if !rendered && args.get(3, "optional").is_none() {
                ev.unseen("a template that was not found", at);
            }
            Some(Ok(Value::None))
        }
        // Django may refuse to go on, with a page of its own.
        "outgrow.forbidden" => {
            ev.may_end(Ends::FORBIDDEN);
            Some(Ok(Value::None))
        }
        // The template that a generic view takes by the name of its model.
        "outgrow.template_names" => Some(Ok(template_names(ev, args, at))),
        "outgrow.page" => Some(Ok(args.get(0, "rows")?.clone())),
        _ => None,
    }
}

/// Answers a question of what a value surely is, and those of forms.
fn surely(ev: &mut Evaluator, path: &str, args: &Args, at: Span) -> Option<Eval> {
    match path {
        // `isinstance` cannot decide what a call without source gave; a stub may want a guess.
        "outgrow.surely_list" => {
            let list = matches!(args.get(0, "value"), Some(Value::List(_) | Value::Tuple(_)));
            Some(Ok(Value::Bool(list)))
        }
        "outgrow.surely_instance" => {
            let class = args.get(1, "of")?.as_class()?.path();
            let instance = matches!(
                args.get(0, "value"),
                Some(Value::Instance(instance)) if instance.class.descends_from(&class)
            );
            Some(Ok(Value::Bool(instance)))
        }
        _ => super::fields::call(ev, path.strip_prefix("outgrow.")?, args, at),
    }
}

/// The entry points of a group, as triples of name, value and group. Where the packages beside the
/// repository are not here to be asked, there may be more.
fn entry_points(ev: &Evaluator, group: &str, at: Span) -> Value {
    let declared = ev.repo().entry_points().iter().filter(|point| point.group == group);
    let mut points: Vec<Item> = declared
        .map(|point| {
            let parts = [&point.name, &point.value, &point.group];
            let parts = parts.iter().map(|part| Item::new(Value::str(part), at)).collect();
            Item::new(Value::tuple(parts), at)
        })
        .collect();
    if !ev.repo().has_libraries() {
        let value = Value::unknown("entry points of packages that are not here", at);
        points.push(Item { rest: true, ..Item::new(value, at) });
    }
    Value::list(points)
}

fn path_begins(ev: &mut Evaluator, with: &Value, at: Span) -> Value {
    ev.registry.aside += 1;
    let unknown = Value::unknown("how a path begins", at);
    let Some(known) = ev.registry.path_begins.clone() else { return unknown };
    let wanted = match with {
        Value::Tuple(_) => ev.elements(with).unwrap_or_default(),
        other => vec![Item::new(other.clone(), at)],
    };
    let texts: Option<Vec<&str>> = wanted.iter().map(|item| item.value.as_str()).collect();
    let Some(texts) = texts.filter(|_| wanted.iter().all(|item| !item.rest)) else {
        return unknown;
    };
    let answers: Vec<Option<bool>> = texts.iter().map(|text| begins(&known, text)).collect();
    let room = (BEGINNINGS_MAX + 1).saturating_sub(ev.registry.beginnings.len());
    let asked: Vec<Rc<str>> = texts.into_iter().take(room).map(Rc::from).collect();
    ev.registry.beginnings.extend(asked);
    if answers.contains(&Some(true)) {
        return Value::Bool(true);
    }
    if answers.contains(&None) { unknown } else { Value::Bool(false) }
}

/// Beginnings (a count) of a path that are told apart: whoever asks for more looks at all of it.
pub(crate) const BEGINNINGS_MAX: usize = 100;

/// Whether a path of which a beginning is known begins with a text, if that decides it.
pub(crate) fn begins(known: &str, text: &str) -> Option<bool> {
    if known.starts_with(text) {
        return Some(true);
    }
    if text.starts_with(known) { None } else { Some(false) }
}

fn template_names(ev: &mut Evaluator, args: &Args, at: Span) -> Value {
    let unknown = || Value::unknown("the name of a template", at);
    let Some(view) = args.get(0, "view") else { return unknown() };
    if let Ok(name @ Value::Str(_)) = ev.attribute(view, &Rc::from("template_name"), at) {
        return name;
    }
    let model = args.get(1, "object").and_then(orm::model_of).or_else(|| {
        let model = ev.attribute(view, &Rc::from("model"), at).ok()?;
        orm::model_of(&model)
    });
    let suffix = ev.attribute(view, &Rc::from("template_name_suffix"), at);
    let (Some(model), Ok(Value::Str(suffix))) = (model, suffix) else { return unknown() };
    let Some(label) = ev.app_label(&model) else { return unknown() };
    Value::str(&format!("{label}/{}{suffix}.html", model.name.to_lowercase()))
}
