//! Table names as the database holds them, and the tables of models and of many-to-many relations.

use std::fmt::Write as _;
use std::rc::Rc;

use md5::{Digest as _, Md5};

use super::fields::{ModelField, Role, option};
use super::models::{Models, Options};
use super::relations::{target, through};
use super::settings::setting;
use crate::map::Table;
use crate::python::{Evaluator, Span, Text, Value};

/// Hexadecimal digits of the digest that stands for the cut-off end of a long name.
const DIGEST_LEN: usize = 4;

/// Characters of a name in `PostgreSQL`.
const POSTGRESQL_MAX: usize = 63;

/// How long a name may be in the project's database.
#[derive(Debug, Clone, Copy)]
pub struct Names {
    limit: Option<usize>,
}

impl Names {
    /// The limit of the default database's engine; `PostgreSQL`'s where it is not known.
    pub fn of_project(ev: &mut Evaluator) -> Self {
        let databases = setting(ev, "DATABASES");
        let at = Span::default();
        let engine = ev
            .subscript_value(&databases, &Value::str("default"), at)
            .and_then(|default| ev.subscript_value(&default, &Value::str("ENGINE"), at))
            .and_then(|engine| {
                let alternatives = engine.alternatives();
                alternatives.iter().find_map(|a| a.value.as_str().map(str::to_owned))
            })
            .unwrap_or_default();
        let limit = if engine.contains("sqlite") || engine.contains("spatialite") {
            None
        } else if engine.contains("mysql") {
            Some(64)
        } else if engine.contains("oracle") {
            Some(30)
        } else {
            Some(POSTGRESQL_MAX)
        };
        Self { limit }
    }

    /// The limit of `PostgreSQL`.
    pub fn of_postgresql() -> Self {
        Self { limit: Some(POSTGRESQL_MAX) }
    }

    /// The name, cut as Django's `truncate_name` cuts it.
    pub fn truncated(&self, identifier: &str) -> String {
        let (space, name) = match identifier.split_once("\".\"") {
            Some((space, name)) => (format!("{space}\".\""), name),
            None => (String::new(), identifier),
        };
        let Some(limit) = self.limit.filter(|limit| name.chars().count() > *limit) else {
            return identifier.to_owned();
        };
        let digest = Md5::digest(name.as_bytes());
        let mut hex = String::new();
        for byte in digest.iter().take(DIGEST_LEN / 2) {
            let _ = write!(hex, "{byte:02x}");
        }
        let kept: String = name.chars().take(limit - DIGEST_LEN).collect();
        format!("{space}{kept}{hex}")
    }
}

/// `app_model`.
pub fn default_table(names: &Names, app_label: &str, model: &str) -> String {
    names.truncated(&format!("{app_label}_{}", model.to_lowercase()))
}

/// The tables of all registered models.
pub fn read(ev: &mut Evaluator, models: &Models, names: &Names) -> Vec<Table> {
    let mut tables = Vec::new();
    for options in models.registered().filter(|options| !options.proxy) {
        let mut columns: Vec<String> =
            options.fields.iter().filter_map(|field| field.column.clone()).collect();
        columns.sort();
        let (owner, auto_m2m_of) = match linked_by(ev, models, options) {
            Some((owner, field)) => (owner.clone(), Some(format!("{owner}.{field}"))),
            None => (options.label(), None),
        };
        tables.push(Table { name: options.table.clone(), owner, auto_m2m_of, columns });
        for field in options.fields.iter().filter(|field| field.role == Role::ManyToMany) {
            if through(ev, models, options, field).is_none() {
                tables.push(automatic(ev, models, names, options, field));
            }
        }
    }
    tables
}

/// The model and the name of its many-to-many field that made the model to link its rows.
fn linked_by(ev: &mut Evaluator, models: &Models, options: &Options) -> Option<(String, Text)> {
    let owner = models.of(options.made_for.as_ref()?)?;
    let mut fields = owner.fields.iter().filter(|field| field.role == Role::ManyToMany);
    let made = fields.find(|field| {
        through(ev, models, owner, field)
            .and_then(|through| through.class)
            .is_some_and(|class| Rc::ptr_eq(&class, &options.class))
    })?;
    Some((owner.label(), made.name.clone()))
}

/// The table that Django makes for a many-to-many field without a through model.
fn automatic(
    ev: &mut Evaluator,
    models: &Models,
    names: &Names,
    options: &Options,
    field: &ModelField,
) -> Table {
    let name = if let Value::Str(table) = option(ev, &field.value, "db_table") {
        table.to_string()
    } else {
        auto_table(names, &options.table, &field.name)
    };
    let to = target(ev, models, options, field).map(|target| target.label).unwrap_or_default();
    let to = to.rsplit('.').next().unwrap_or_default();
    let mut columns = auto_columns(&options.class.name, to).to_vec();
    columns.sort();
    let auto_m2m_of = Some(format!("{}.{}", options.label(), field.name));
    Table { name, owner: options.label(), auto_m2m_of, columns }
}

/// Name of the table that a many-to-many field makes beside that of its model.
pub(super) fn auto_table(names: &Names, table: &str, field: &str) -> String {
    names.truncated(&format!("{}_{field}", table.trim_matches('"')))
}

/// Columns of the table that links two models: its key, the one end, the other end.
pub(super) fn auto_columns(from: &str, to: &str) -> [String; 3] {
    let (from, to) = (from.to_lowercase(), to.to_lowercase());
    let id = "id".to_owned();
    if from == to {
        [id, format!("from_{from}_id"), format!("to_{to}_id")]
    } else {
        [id, format!("{from}_id"), format!("{to}_id")]
    }
}
