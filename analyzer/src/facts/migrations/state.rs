//! Django's own picture of the models between two migrations (`ProjectState`), and the tables that
//! a model has in it.

use std::collections::BTreeMap;

use crate::facts::fields::{ModelField, Role};
use crate::facts::tables::{Names, auto_columns, auto_table, default_table};
use crate::map::At;

/// App label and lower-case model name.
pub(super) type ModelKey = (String, String);

/// A field of a historical model.
#[derive(Debug, Clone)]
pub(super) struct Field {
    pub(super) name: String,
    pub(super) role: Role,
    pub(super) column: Option<String>,
    /// Whether `db_column` names the column.
    pub(super) fixed: bool,
    pub(super) null: bool,
    pub(super) primary_key: bool,
    pub(super) parent_link: bool,
    /// The model that a relation points at.
    pub(super) to: Option<ModelKey>,
    /// Whether a many-to-many field names its own table's model.
    pub(super) through: bool,
    /// `db_table` of a many-to-many field.
    pub(super) db_table: Option<String>,
    /// The field as the migration declares it.
    pub(super) read: ModelField,
    pub(super) at: At,
}

impl Field {
    /// Changes the name, and the column where that follows the name.
    pub(super) fn rename(&mut self, name: &str) {
        let follows = |column: &str| {
            let rest = column.strip_prefix(self.name.as_str())?;
            (rest.is_empty() || rest == "_id").then(|| format!("{name}{rest}"))
        };
        if let Some(column) = self.column.as_deref().filter(|_| !self.fixed).and_then(follows) {
            self.column = Some(column);
        }
        name.clone_into(&mut self.name);
    }
}

/// A historical model.
#[derive(Debug, Clone)]
pub(super) struct Model {
    pub(super) app: String,
    pub(super) name: String,
    pub(super) fields: Vec<Field>,
    pub(super) db_table: Option<String>,
    pub(super) managed: bool,
    pub(super) proxy: bool,
    /// Another model stands in its place.
    pub(super) swapped: bool,
    /// `order_with_respect_to` is set, which makes a column.
    pub(super) ordered: bool,
    /// Concrete models that it inherits from.
    pub(super) parents: Vec<ModelKey>,
    /// Something of it could not be seen.
    pub(super) doubtful: bool,
    pub(super) at: At,
}

impl Model {
    pub(super) fn field(&mut self, name: &str) -> Option<&mut Field> {
        self.fields.iter_mut().find(|field| field.name == name)
    }

    /// Whether migrations make tables for it.
    pub(super) fn has_table(&self) -> bool {
        self.managed && !self.proxy && !self.swapped
    }

    pub(super) fn table(&self, names: &Names) -> String {
        match &self.db_table {
            Some(table) if !table.is_empty() => names.truncated(table),
            _ => default_table(names, &self.app, &self.name),
        }
    }
}

/// One table of a model: its own, or that of a many-to-many field. What is behind the keys of
/// `columns` may change its name and stays the same column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Table {
    pub(super) name: String,
    pub(super) columns: BTreeMap<String, String>,
    pub(super) at: At,
}

/// Key of a model's own table among its tables; no field has an empty name.
pub(super) const OWN: &str = "";

/// All models.
#[derive(Debug, Clone, Default)]
pub(super) struct State {
    pub(super) models: BTreeMap<ModelKey, Model>,
}

impl State {
    /// The tables of a model by the field that makes them; its own under [`OWN`].
    pub(super) fn tables(&self, key: &ModelKey, names: &Names) -> BTreeMap<String, Table> {
        let mut tables = BTreeMap::new();
        let Some(model) = self.models.get(key).filter(|model| model.has_table()) else {
            return tables;
        };
        let name = model.table(names);
        for field in &model.fields {
            if field.role == Role::ManyToMany && !field.through {
                let table = auto(model, &name, field, names);
                tables.insert(field.name.clone(), table);
            }
        }
        let mut columns: BTreeMap<String, String> = model
            .fields
            .iter()
            .filter_map(|field| Some((field.name.clone(), field.column.clone()?)))
            .collect();
        if model.ordered {
            columns.insert("_order".to_owned(), "_order".to_owned());
        }
        if !model.fields.iter().any(|field| field.primary_key || field.parent_link) {
            match model.parents.first() {
                Some((_, parent)) => {
                    let link = format!("{parent}_ptr");
                    columns.insert(link.clone(), format!("{link}_id"));
                }
                None => drop(columns.insert("id".to_owned(), "id".to_owned())),
            }
        }
        tables.insert(OWN.to_owned(), Table { name, columns, at: model.at.clone() });
        tables
    }

    /// Models with a many-to-many table of their own that names `to`.
    pub(super) fn linked(&self, to: &ModelKey) -> Vec<ModelKey> {
        let links = |model: &Model| {
            model.fields.iter().any(|field| {
                field.role == Role::ManyToMany && !field.through && field.to.as_ref() == Some(to)
            })
        };
        let linked = self.models.iter().filter(|(_, model)| links(model));
        linked.map(|(key, _)| key.clone()).collect()
    }

    /// `RenameModel`: the model moves, and whatever points at it follows.
    pub(super) fn rename_model(&mut self, old: &ModelKey, name: &str) -> Option<ModelKey> {
        let mut model = self.models.remove(old)?;
        let new = (old.0.clone(), name.to_lowercase());
        name.clone_into(&mut model.name);
        self.models.insert(new.clone(), model);
        for model in self.models.values_mut() {
            for field in &mut model.fields {
                if field.to.as_ref() == Some(old) {
                    field.to = Some(new.clone());
                }
            }
            for parent in &mut model.parents {
                if parent == old {
                    parent.clone_from(&new);
                }
            }
        }
        Some(new)
    }
}

/// The table of a many-to-many field.
fn auto(model: &Model, table: &str, field: &Field, names: &Names) -> Table {
    let name = match &field.db_table {
        Some(table) => table.clone(),
        None => auto_table(names, table, &field.name),
    };
    let to = field.to.as_ref().map(|(_, name)| name.as_str()).unwrap_or_default();
    let columns = auto_columns(&model.name, to);
    let slots = ["id", "from", "to"].map(str::to_owned);
    Table { name, columns: slots.into_iter().zip(columns).collect(), at: field.at.clone() }
}
