//! Relations: what foreign keys, many-to-many and generic fields point at.

use std::rc::Rc;

use super::fields::{ModelField, Role, option};
use super::models::{Models, Options};
use super::settings;
use crate::map::{Relation, RelationKind};
use crate::python::{Class, Evaluator, Value};

/// What a relation points at.
#[derive(Debug)]
pub struct Target {
    /// Label of the model.
    pub label: String,
    /// Its class, if it was seen.
    pub class: Option<Rc<Class>>,
}

/// All relations of the registered models.
pub fn read(ev: &mut Evaluator, models: &Models) -> Vec<Relation> {
    let mut relations = Vec::new();
    for options in models.registered().filter(|options| options.made_for.is_none()) {
        for field in options.fields.iter().filter(|field| field.is_relation()) {
            if let Some(relation) = relation(ev, models, options, field) {
                relations.push(relation);
            } else {
                let what = format!("{}.{}", options.label(), field.name);
                ev.note(field.at, "relation target", &format!("{what} points at nothing seen"));
            }
        }
    }
    relations
}

fn relation(
    ev: &mut Evaluator,
    models: &Models,
    options: &Options,
    field: &ModelField,
) -> Option<Relation> {
    let to = target(ev, models, options, field)?;
    let kind = match field.role {
        Role::ManyToMany => RelationKind::M2m,
        Role::GenericKey | Role::GenericRelation => RelationKind::Generic,
        Role::OneToOne if field.parent_link => RelationKind::Parent,
        Role::OneToOne => RelationKind::OneToOne,
        _ => RelationKind::Fk,
    };
    let keyed = !matches!(kind, RelationKind::M2m | RelationKind::Generic);
    let through = (kind == RelationKind::M2m).then(|| match through(ev, models, options, field) {
        Some(through) => through.label,
        None => format!("{}_{}", options.label(), field.name),
    });
    Some(Relation {
        from: options.label(),
        field: field.name.to_string(),
        to: to.label,
        kind,
        through,
        on_delete: if keyed { on_delete(ev, field) } else { None },
        db_constraint: kind != RelationKind::Generic && is_constrained(ev, field),
        declared_in: field.declared_in.to_string(),
        at: ev.at(field.at),
    })
}

/// The model that a relation field points at.
pub fn target(
    ev: &mut Evaluator,
    models: &Models,
    options: &Options,
    field: &ModelField,
) -> Option<Target> {
    if field.role == Role::GenericKey {
        return find(ev, models, options, &Value::str("contenttypes.ContentType"));
    }
    let to = match &field.value {
        // The link that Django adds to a child of multi-table inheritance.
        parent @ Value::Class(_) => parent.clone(),
        Value::Call(call) => call.args.get(0, "to").cloned()?,
        value => {
            let rel = option(ev, value, "remote_field");
            option(ev, &rel, "model")
        }
    };
    if matches!(to, Value::None) && field.role == Role::ManyToMany {
        return target_of_through(ev, models, options, field);
    }
    find(ev, models, options, &to)
}

/// What a many-to-many field points at that leaves this to a field of its through model: tag
/// managers do, and the catalogue says so in `through_target`.
fn target_of_through(
    ev: &mut Evaluator,
    models: &Models,
    options: &Options,
    field: &ModelField,
) -> Option<Target> {
    let Value::Str(name) = option(ev, &field.value, "through_target") else { return None };
    let through = through(ev, models, options, field)?;
    let through = models.of(&through.class?)?;
    let link = through.fields.iter().find(|field| field.name == name)?;
    target(ev, models, through, link)
}

/// The through model of a many-to-many field, if it names one.
pub fn through(
    ev: &mut Evaluator,
    models: &Models,
    options: &Options,
    field: &ModelField,
) -> Option<Target> {
    let through = match &field.value {
        Value::Call(call) => call.args.named("through").cloned()?,
        value => {
            let rel = option(ev, value, "remote_field");
            option(ev, &rel, "through")
        }
    };
    find(ev, models, options, &through)
}

/// The model that a value names: a class, `"self"`, `"Model"`, `"app.Model"`, `get_user_model()`.
fn find(ev: &mut Evaluator, models: &Models, options: &Options, value: &Value) -> Option<Target> {
    match value {
        Value::Class(class) => {
            let label = models.of(class).map(Options::label)?;
            Some(Target { label, class: Some(class.clone()) })
        }
        Value::Str(text) if &**text == "self" => {
            Some(Target { label: options.label(), class: Some(options.class.clone()) })
        }
        Value::Str(text) => {
            let own = options.app_label.clone().unwrap_or_default();
            let (app, name) = text.rsplit_once('.').unwrap_or((&own, text));
            Some(match models.labelled(app, name) {
                Some(found) => Target { label: found.label(), class: Some(found.class.clone()) },
                None => Target { label: format!("{app}.{name}"), class: None },
            })
        }
        Value::Call(call) if call.path().is_some_and(|p| p.ends_with(".get_user_model")) => {
            let user = settings::text(ev, "AUTH_USER_MODEL");
            find(ev, models, options, &Value::str(&user))
        }
        Value::Choice(alternatives) => {
            alternatives.iter().find_map(|a| find(ev, models, options, &a.value))
        }
        // A class without source: named after the app that its models module belongs to.
        Value::External(path) => {
            let (module, name) = path.rsplit_once('.')?;
            let app = ev.registry.containing_app(module).map(|app| app.label.to_string());
            let app = app.or_else(|| {
                let package = module.strip_suffix(".models")?;
                package.rsplit('.').next().map(str::to_owned)
            })?;
            Some(Target { label: format!("{app}.{name}"), class: None })
        }
        _ => None,
    }
}

fn on_delete(ev: &mut Evaluator, field: &ModelField) -> Option<String> {
    let handler = match &field.value {
        Value::Class(_) => return Some("CASCADE".to_owned()),
        Value::Call(call) => call.args.get(1, "on_delete").cloned()?,
        value => {
            let rel = option(ev, value, "remote_field");
            option(ev, &rel, "on_delete")
        }
    };
    let path = match &handler {
        Value::Call(call) => call.path(),
        Value::Choice(alternatives) => alternatives.iter().find_map(|a| a.value.path()),
        other => other.path(),
    };
    path.and_then(|path| path.rsplit('.').next().map(str::to_owned))
}

fn is_constrained(ev: &mut Evaluator, field: &ModelField) -> bool {
    match &field.value {
        Value::Class(_) => true,
        Value::Call(call) => {
            call.args.named("db_constraint").and_then(|v| ev.truth(v)).unwrap_or(true)
        }
        value => {
            if field.role == Role::ForeignObject {
                return false;
            }
            let constrained = option(ev, value, "db_constraint");
            ev.truth(&constrained).unwrap_or(true)
        }
    }
}
