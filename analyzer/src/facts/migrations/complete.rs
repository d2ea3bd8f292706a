//! What the migrations know better than the models: the fields that come from a library whose own
//! source is not here. Its pinned version was there when the migrations were made.

use super::replay::Replay;
use super::state::{Field, Model};
use crate::facts::fields::{ModelField, Role};
use crate::facts::models::{Models, Options};
use crate::python::object::{Base, Origin};
use crate::python::{Class, Text};

/// Adds the fields of ancestors without source, and takes back what the catalogue's version of an
/// ancestor declares and the migrations do not know.
pub(super) fn complete(replay: &Replay, models: &mut Models) {
    for options in models.registered_mut() {
        let Some(app) = options.app_label.as_deref() else { continue };
        let key = (app.to_owned(), options.class.name.to_lowercase());
        let Some(model) = replay.state.models.get(&key) else { continue };
        let sure = !model.doubtful && !replay.doubtful.contains(app);
        if sure && !options.proxy && !model.proxy && options.managed && model.managed {
            if let Some(base) = options.class.external_base() {
                add(options, model, &base);
            }
            take_back(options, model);
        }
    }
}

fn add(options: &mut Options, model: &Model, base: &Text) {
    for field in &model.fields {
        let column = matches!(field.role, Role::Plain | Role::ForeignKey | Role::OneToOne);
        if !column && field.role != Role::ManyToMany {
            continue;
        }
        if field.primary_key {
            options.fields.retain(|known| !known.is_made_by_django());
        }
        if !options.fields.iter().any(|known| *known.name == *field.name) {
            options.fields.push(inherited(field, base));
        }
    }
    options.sort_fields();
}

/// The field as its ancestor would hand it down.
fn inherited(field: &Field, base: &Text) -> ModelField {
    ModelField {
        name: Text::from(field.name.as_str()),
        column: field.column.clone(),
        declared_in: base.clone(),
        ..field.read.clone()
    }
}

fn take_back(options: &mut Options, model: &Model) {
    let told: Vec<Text> = options
        .class
        .mro()
        .iter()
        .filter_map(|base| match base {
            Base::Class(class) => is_described(class).then(|| class.path()),
            _ => None,
        })
        .collect();
    if told.is_empty() {
        return;
    }
    let known = |field: &ModelField| model.fields.iter().any(|other| *other.name == *field.name);
    options.fields.retain(|field| !told.contains(&field.declared_in) || known(field));
}

/// Whether the class is a library's that the catalogue describes in one of its versions.
fn is_described(class: &Class) -> bool {
    class.home.origin == Origin::Catalogue && !class.home.name.starts_with("django.")
}
