//! Where the models, the migrations and the database that those build do not agree.

use std::collections::{BTreeMap, BTreeSet};

use super::graph::{Flaw, Key};
use super::load::Loaded;
use super::replay::Replay;
use super::state::{Field, Model, ModelKey};
use crate::catalogue;
use crate::facts::fields::{ModelField, Role};
use crate::facts::models::{Models, Options};
use crate::map::{Drift, Relation};
use crate::python::object::{Base, Origin};
use crate::python::registry::meta_of;
use crate::python::{Class, Evaluator};

/// A model, field or table that no migration makes.
const NOT_MIGRATED: &str = "AN020";
/// A model or field of the migrations that no class declares.
const NOT_DECLARED: &str = "AN021";
/// A field or table that the migrations declare otherwise.
const OTHERWISE: &str = "AN022";
/// The database after all migrations is not what they tell Django.
const APART: &str = "AN023";
/// The migrations cannot be put in order.
const DISORDER: &str = "AN024";

/// Flaws of the graph, each at the migration that shows it.
pub(super) fn of_graph(flaws: &[Flaw], loaded: &BTreeMap<Key, Loaded>) -> Vec<Drift> {
    let told = flaws.iter().filter_map(|flaw| {
        let (app, name) = &flaw.migration;
        let message = format!("migration {app}.{name}: {}", flaw.message);
        let at = loaded.get(&flaw.migration)?.at.clone();
        Some(Drift { at, code: DISORDER.to_owned(), table: String::new(), column: None, message })
    });
    told.collect()
}

/// The models of today against those that the migrations leave behind.
pub(super) fn of_models(
    ev: &Evaluator,
    replay: &Replay,
    models: &Models,
    relations: &[Relation],
    loaded: &BTreeMap<Key, Loaded>,
) -> Vec<Drift> {
    let targets: BTreeMap<(&str, &str), &str> =
        relations.iter().map(|r| ((r.from.as_str(), r.field.as_str()), r.to.as_str())).collect();
    let mut seen = Comparison { ev, replay, targets, found: Vec::new() };
    let mut declared: BTreeMap<ModelKey, &Options> = BTreeMap::new();
    for options in models.registered() {
        let Some(app) = options.app_label.as_deref().filter(|_| !is_automatic(ev, options)) else {
            continue;
        };
        let migrated = loaded.keys().any(|(label, _)| label == app);
        if migrated && !replay.doubtful.contains(app) {
            declared.insert((app.to_owned(), options.class.name.to_lowercase()), options);
        }
    }
    for (key, options) in &declared {
        seen.model(key, options);
    }
    for (key, model) in &replay.state.models {
        let known = declared.contains_key(key) || replay.doubtful.contains(&key.0);
        if !known && !model.swapped && !model.doubtful && models.labelled(&key.0, &key.1).is_none()
        {
            seen.extra_model(model);
        }
    }
    seen.found
}

struct Comparison<'a> {
    ev: &'a Evaluator,
    replay: &'a Replay,
    targets: BTreeMap<(&'a str, &'a str), &'a str>,
    found: Vec<Drift>,
}

impl Comparison<'_> {
    fn model(&mut self, key: &ModelKey, options: &Options) {
        let app =
            self.ev.registry.apps.iter().find(|app| Some(&app.label) == options.app_label.as_ref());
        let sure = options.class.cond.is_always() && app.is_some_and(|app| app.cond.is_always());
        let Some(model) = self.replay.state.models.get(key) else {
            if sure {
                let message = format!("no migration makes the model {}", options.label());
                self.say_at(options, None, NOT_MIGRATED, message);
            }
            return;
        };
        if model.doubtful || model.swapped {
            return;
        }
        // Django's autodetector follows the fields of neither of them.
        if options.proxy || model.proxy || !(options.managed && model.managed) {
            return;
        }
        let table = model.table(&self.replay.names);
        if table != options.table {
            let (label, wanted) = (options.label(), &options.table);
            let message = format!("{label} has the table {wanted}, in the migrations {table}");
            self.say_at(options, None, OTHERWISE, message);
        }
        let compared = |field: &&ModelField| !field.is_private() && field.role != Role::Composite;
        for field in options.fields.iter().filter(compared) {
            self.field(options, model, field);
        }
        if has_unseen_base(&options.class) {
            return;
        }
        for field in &model.fields {
            let declared = options.fields.iter().find(|known| *known.name == *field.name);
            if declared.is_none() && field.role != Role::Composite && !is_private(field) {
                let message = format!(
                    "the migrations make {}.{}, which the model does not declare",
                    options.label(),
                    field.name
                );
                self.found.push(Drift {
                    at: field.at.clone(),
                    code: NOT_DECLARED.to_owned(),
                    table: options.table.clone(),
                    column: field.column.clone(),
                    message,
                });
            }
        }
    }

    fn field(&mut self, options: &Options, model: &Model, field: &ModelField) {
        // What a library of the catalogue's version declares may be otherwise in the installed one.
        if !field.cond.is_always() || self.ev.at(field.at).file.starts_with(catalogue::PREFIX) {
            return;
        }
        let name = format!("{}.{}", options.label(), field.name);
        let Some(migrated) = model.fields.iter().find(|known| *known.name == *field.name) else {
            // An automatic key and a parent link are made without being spelled out.
            if !(field.primary_key && model.fields.iter().all(|known| !known.primary_key)) {
                let message = format!("no migration makes the field {name}");
                self.say_at(options, Some(field), NOT_MIGRATED, message);
            }
            return;
        };
        let mut differences = Vec::new();
        if migrated.column != field.column {
            let shown = |column: &Option<String>| column.clone().unwrap_or("none".to_owned());
            let (here, there) = (shown(&field.column), shown(&migrated.column));
            differences.push(format!("column {here}, in the migrations {there}"));
        }
        if field.column.is_some() && migrated.null != field.null {
            let shown = |null: bool| if null { "may be NULL" } else { "may not be NULL" };
            let (here, there) = (shown(field.null), shown(migrated.null));
            differences.push(format!("{here}, in the migrations {there}"));
        }
        if let (Some((app, model)), Some(to)) =
            (&migrated.to, self.targets.get(&(options.label().as_str(), &*field.name)))
        {
            let there = format!("{app}.{model}");
            if !there.eq_ignore_ascii_case(to) && !self.is_swapped(&there) {
                differences.push(format!("points at {to}, in the migrations at {there}"));
            }
        }
        for difference in differences {
            self.say_at(options, Some(field), OTHERWISE, format!("{name}: {difference}"));
        }
    }

    /// Whether the migrations speak of a model in whose place stands another.
    fn is_swapped(&self, label: &str) -> bool {
        let models = &self.replay.state.models;
        let key = label.split_once('.').map(|(app, name)| (app.to_owned(), name.to_owned()));
        key.and_then(|key| models.get(&key)).is_some_and(|model| model.swapped)
    }

    fn extra_model(&mut self, model: &Model) {
        let message = format!(
            "the migrations make the model {}.{}, which no class declares",
            model.app, model.name
        );
        self.found.push(Drift {
            at: model.at.clone(),
            code: NOT_DECLARED.to_owned(),
            table: model.table(&self.replay.names),
            column: None,
            message,
        });
    }

    fn say_at(
        &mut self,
        options: &Options,
        field: Option<&ModelField>,
        code: &str,
        message: String,
    ) {
        self.found.push(Drift {
            at: self.ev.at(field.map_or(options.class.at, |field| field.at)),
            code: code.to_owned(),
            table: options.table.clone(),
            column: field.and_then(|field| field.column.clone()),
            message,
        });
    }
}

/// Whether a field makes the model; Django migrates it along with the field.
fn is_automatic(ev: &Evaluator, options: &Options) -> bool {
    let meta = meta_of(&ev.registry, &options.class);
    meta.is_some_and(|meta| {
        let made = meta.scope.get("auto_created");
        made.is_some_and(|made| ev.truth(&made) != Some(false))
    })
}

/// Whether an ancestor's fields cannot be seen, or only as the catalogue tells them.
fn has_unseen_base(class: &Class) -> bool {
    class.mro().iter().any(|base| match base {
        Base::Class(class) => {
            let path = class.path();
            class.home.origin == Origin::Catalogue && !path.starts_with("django.")
        }
        Base::External(_) | Base::Unknown(_) => true,
    })
}

fn is_private(field: &Field) -> bool {
    matches!(field.role, Role::GenericKey | Role::GenericRelation)
}

/// The database after all migrations against what they tell Django.
pub(super) fn of_database(replay: &Replay, models: &Models) -> Vec<Drift> {
    let mut found = Vec::new();
    if !replay.doubtful.is_empty() {
        return found;
    }
    let wanted = replay.wanted();
    let mut owned: BTreeSet<String> = models.registered().map(|o| o.table.clone()).collect();
    owned.extend(replay.state.models.values().map(|model| model.table(&replay.names)));
    let tables = replay.database.tables.iter();
    for (name, stored) in tables.filter(|(name, _)| !wanted.contains_key(*name)) {
        if !owned.contains(name) {
            let message = format!("the migrations make the table {name}, which no model owns");
            let (at, code) = (stored.at.clone(), NOT_DECLARED.to_owned());
            found.push(Drift { at, code, table: name.clone(), column: None, message });
        }
    }
    for (name, (table, doubtful)) in wanted {
        if doubtful {
            continue;
        }
        let say = |column: Option<&String>, message: String| Drift {
            at: table.at.clone(),
            code: APART.to_owned(),
            table: name.clone(),
            column: column.cloned(),
            message,
        };
        let Some(stored) = replay.database.tables.get(&name) else {
            let message = format!("Django expects the table {name}, which no migration makes");
            found.push(say(None, message));
            continue;
        };
        for column in table.columns.values().filter(|column| !stored.columns.contains(column)) {
            if !stored.open {
                let message =
                    format!("Django expects the column {name}.{column}, which no migration makes");
                found.push(say(Some(column), message));
            }
        }
        for column in &stored.columns {
            if !table.columns.values().any(|known| known == column) {
                let message =
                    format!("the column {name}.{column} stays, and Django knows nothing of it");
                found.push(say(Some(column), message));
            }
        }
    }
    found
}
