//! The operations of a migration, applied one after another.

mod operation;

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::database::Database;
use super::graph::Key;
use super::load::Loaded;
use super::state::{Field, Model, ModelKey, OWN, State, Table};
use crate::facts::fields::{self, Role, option};
use crate::facts::tables::Names;
use crate::facts::{settings, sql};
use crate::map;
use crate::python::object::Binding;
use crate::python::{Args, Evaluator, Item, Span, Text, Value};
use operation::{Effect, Kind, Op};

/// Steps (a count) that the function of one migration may take; what takes more goes over rows.
const RUN_STEPS_MAX: u32 = 6_000;

/// What the migrations have built so far.
#[derive(Debug)]
pub(super) struct Replay {
    pub(super) state: State,
    pub(super) database: Database,
    pub(super) names: Names,
    /// Apps of which something could not be seen: nothing is said of what they lack.
    pub(super) doubtful: BTreeSet<String>,
    /// Tables that the migration at hand touches.
    touched: BTreeSet<String>,
}

/// Whom an operation concerns.
#[derive(Debug, Clone, Copy)]
struct Reach {
    /// Django's picture alone, as in `state_operations`.
    state_only: bool,
}

impl Replay {
    pub(super) fn new(names: Names) -> Self {
        Self {
            state: State::default(),
            database: Database::default(),
            names,
            doubtful: BTreeSet::new(),
            touched: BTreeSet::new(),
        }
    }

    /// Applies one migration.
    pub(super) fn run(
        &mut self,
        ev: &mut Evaluator,
        key: &Key,
        migration: &Loaded,
    ) -> map::Migration {
        self.touched.clear();
        for item in &migration.operations {
            self.operation(ev, &key.0, item, Reach { state_only: false });
        }
        map::Migration {
            app: key.0.clone(),
            name: key.1.clone(),
            at: migration.at.clone(),
            operations: u32::try_from(migration.operations.len()).unwrap_or(u32::MAX),
            tables: self.touched.iter().cloned().collect(),
        }
    }

    fn operation(&mut self, ev: &mut Evaluator, app: &str, item: &Item, reach: Reach) {
        if item.rest {
            self.doubtful.insert(app.to_owned());
            return;
        }
        // Which of several classes it is of may depend on the database in use; the first counts.
        let alternatives = item.value.alternatives();
        let known = alternatives.iter().find(|a| operation::kind(&a.value) != Kind::Unseen);
        let value = known.map_or(&item.value, |alternative| &alternative.value);
        let name = match operation::kind(value) {
            Kind::Known(name) => name,
            Kind::Custom => {
                ev.note(item.at, "migration", "what this operation does to the database");
                if !reach.state_only {
                    self.database.open.insert(app.to_owned());
                }
                return;
            }
            Kind::Unseen => return self.unseen(ev, app, item),
        };
        let op = Op { value, at: item.at, app, name };
        match name {
            "SeparateDatabaseAndState" => self.separate(ev, &op, reach),
            "RunSQL" => self.run_sql(ev, &op, reach),
            "RunPython" if !reach.state_only => self.run_python(ev, &op),
            "RunPython" | "Operation" => {}
            _ => self.of_model(ev, &op, reach),
        }
        if !item.cond.is_always() {
            self.doubt(&op.model_key(ev));
        }
    }

    /// An operation of which nothing is known: what it names is in doubt, else its whole app.
    fn unseen(&mut self, ev: &mut Evaluator, app: &str, item: &Item) {
        ev.note(item.at, "migration", "an operation that cannot be read");
        // What is given nothing can concern no model.
        let Some(texts) = operation::texts(&item.value) else { return };
        let named: Vec<ModelKey> = texts
            .into_iter()
            .map(|name| (app.to_owned(), name))
            .filter(|key| self.state.models.contains_key(key))
            .collect();
        if named.is_empty() {
            self.doubtful.insert(app.to_owned());
        }
        for key in named {
            self.doubt(&key);
        }
    }

    /// The database goes its way from the picture as it was; the picture goes another.
    fn separate(&mut self, ev: &mut Evaluator, op: &Op<'_>, reach: Reach) {
        if !reach.state_only {
            let before = self.state.clone();
            for item in op.items(ev, "database_operations") {
                self.operation(ev, op.app, &item, reach);
            }
            self.state = before;
        }
        for item in op.items(ev, "state_operations") {
            self.operation(ev, op.app, &item, Reach { state_only: true });
        }
    }

    fn run_sql(&mut self, ev: &mut Evaluator, op: &Op<'_>, reach: Reach) {
        if !reach.state_only {
            for text in op.sql(ev) {
                self.sql(ev, op, text.as_deref(), op.at);
            }
        }
        for item in op.items(ev, "state_operations") {
            self.operation(ev, op.app, &item, Reach { state_only: true });
        }
    }

    fn sql(&mut self, ev: &mut Evaluator, op: &Op<'_>, text: Option<&str>, at: Span) {
        let Some(text) = text else {
            ev.note(at, "migration", "the SQL that it runs is computed");
            self.database.open.insert(op.app.to_owned());
            return;
        };
        let tables = sql::tables(text);
        self.touched.extend(tables.writes.into_iter().chain(tables.defines));
        let at = ev.at(at);
        for change in sql::changes(text) {
            self.database.apply(change, op.app, &at);
        }
    }

    /// What the function does to the schema, by the schema editor that it gets or by raw SQL.
    fn run_python(&mut self, ev: &mut Evaluator, op: &Op<'_>) {
        let code = op.get(ev, "code");
        let calls = ev.trace_calls(RUN_STEPS_MAX, |ev| {
            let given = ["django.apps.apps", operation::SCHEMA_EDITOR].map(Value::external);
            // What it raises only ends it: the calls before it were made.
            drop(ev.call(&code, Args::of(given, op.at), op.at));
        });
        for call in calls {
            match operation::effect(&call) {
                Some(Effect::Sql(text)) => self.sql(ev, op, text.as_deref(), call.at),
                Some(Effect::Schema) => {
                    ev.note(call.at, "migration", "what it does to the database");
                    self.database.open.insert(op.app.to_owned());
                }
                None => {}
            }
        }
    }

    /// An operation on one model, and what it means to the tables.
    fn of_model(&mut self, ev: &mut Evaluator, op: &Op<'_>, reach: Reach) {
        let key = op.model_key(ev);
        let known = self.state.models.contains_key(&key);
        if !known && op.name != "CreateModel" {
            if !self.doubtful.contains(op.app) && operation::concerns_database(op.name) {
                let (app, model) = &key;
                ev.note(op.at, "migration", &format!("{app}.{model} is not there to be changed"));
            }
            return;
        }
        let concerned = self.concerned(op.name, &key);
        let before = self.tables_of(&concerned);
        let renamed = self.change(ev, op, &key);
        if reach.state_only || !operation::concerns_database(op.name) {
            return;
        }
        let now = |old: &ModelKey| if *old == key { renamed.model(old) } else { old.clone() };
        let at = ev.at(op.at);
        for (old, tables) in before {
            let after = self.state.tables(&now(&old), &self.names);
            let old = renamed.fields_of(tables);
            self.touched.extend(old.values().chain(after.values()).map(|t| t.name.clone()));
            self.database.alter(&old, &after, &at);
        }
    }

    /// The models whose tables an operation may change.
    fn concerned(&self, operation: &str, key: &ModelKey) -> Vec<ModelKey> {
        let mut keys = vec![key.clone()];
        if operation == "RenameModel" {
            keys.extend(self.state.linked(key).into_iter().filter(|other| other != key));
        }
        keys
    }

    fn tables_of(&self, keys: &[ModelKey]) -> Vec<(ModelKey, BTreeMap<String, Table>)> {
        keys.iter().map(|key| (key.clone(), self.state.tables(key, &self.names))).collect()
    }

    /// Applies the operation to Django's picture; tells what got another name.
    fn change(&mut self, ev: &mut Evaluator, op: &Op<'_>, key: &ModelKey) -> operation::Renamed {
        let mut renamed = operation::Renamed::default();
        match op.name {
            "CreateModel" => {
                let model = created(ev, op, key);
                self.state.models.insert(key.clone(), model);
            }
            "DeleteModel" => drop(self.state.models.remove(key)),
            "RenameModel" => {
                let name = op.text(ev, "new_name").unwrap_or_default();
                renamed.model = self.state.rename_model(key, &name);
            }
            "AddField" | "AlterField" => self.set_field(ev, op, key),
            _ => {
                let text = |ev: &mut Evaluator, name: &str| op.text(ev, name);
                let Some(model) = self.state.models.get_mut(key) else { return renamed };
                match op.name {
                    "RemoveField" => {
                        let name = text(ev, "name").unwrap_or_default();
                        model.fields.retain(|field| field.name != name);
                    }
                    "RenameField" => {
                        let old = text(ev, "old_name").unwrap_or_default();
                        let new = text(ev, "new_name").unwrap_or_default();
                        if let Some(field) = model.field(&old) {
                            field.rename(&new);
                        }
                        renamed.field = Some((old, new));
                    }
                    "AlterModelTable" => model.db_table = text(ev, "table"),
                    "AlterModelOptions" => {
                        let options = op.get(ev, "options");
                        model.managed = operation::flag(ev, &options, "managed", true);
                    }
                    "AlterOrderWithRespectTo" => {
                        model.ordered = text(ev, "order_with_respect_to").is_some();
                    }
                    _ => {}
                }
            }
        }
        renamed
    }

    fn set_field(&mut self, ev: &mut Evaluator, op: &Op<'_>, key: &ModelKey) {
        let name = op.text(ev, "name").unwrap_or_default();
        let value = op.get(ev, "field");
        let field = migrated_field(ev, key, &name, &Item::new(value, op.at));
        let Some(model) = self.state.models.get_mut(key) else { return };
        match (field, model.field(&name)) {
            (Some(field), Some(known)) => *known = field,
            (Some(field), None) => model.fields.push(field),
            (None, _) => model.doubtful = true,
        }
    }

    fn doubt(&mut self, key: &ModelKey) {
        match self.state.models.get_mut(key) {
            Some(model) => model.doubtful = true,
            None => drop(self.doubtful.insert(key.0.clone())),
        }
    }

    /// The tables as the migrations leave them, with the models that they belong to.
    pub(super) fn tables(&self) -> Vec<map::Table> {
        let mut owners: BTreeMap<String, (String, Option<String>)> = BTreeMap::new();
        for (key, model) in &self.state.models {
            let owner = format!("{}.{}", model.app, model.name);
            for (field, table) in self.state.tables(key, &self.names) {
                let auto = (field != OWN).then(|| format!("{owner}.{field}"));
                owners.insert(table.name, (owner.clone(), auto));
            }
        }
        let stored = self.database.tables.iter();
        let table = stored.map(|(name, stored)| {
            let (owner, auto_m2m_of) = owners.get(name).cloned().unwrap_or_default();
            let mut columns = stored.columns.clone();
            columns.sort();
            map::Table { name: name.clone(), owner, auto_m2m_of, columns }
        });
        table.collect()
    }

    /// The tables that Django expects, by name, and whether it is in doubt what they became.
    pub(super) fn wanted(&self) -> BTreeMap<String, (Table, bool)> {
        let mut wanted = BTreeMap::new();
        for (key, model) in &self.state.models {
            for table in self.state.tables(key, &self.names).into_values() {
                let doubtful = model.doubtful || self.database.open.contains(&key.0);
                wanted.insert(table.name.clone(), (table, doubtful));
            }
        }
        wanted
    }
}

/// A field as a migration spells it out; none where it cannot be read.
fn migrated_field(ev: &mut Evaluator, owner: &ModelKey, name: &str, item: &Item) -> Option<Field> {
    let name: Text = Rc::from(name);
    let binding = Binding { value: item.value.clone(), at: item.at, cond: item.cond.clone() };
    let Some(read) = fields::read(ev, &name, &name, &binding) else {
        ev.note(item.at, "migration", &format!("the field {name} cannot be read"));
        return None;
    };
    let through = read.role == Role::ManyToMany && operation::names_through(ev, &read.value);
    let db_table = match option(ev, &read.value, "db_table") {
        Value::Str(table) if read.role == Role::ManyToMany => Some(table.to_string()),
        _ => None,
    };
    Some(Field {
        to: operation::target(ev, owner, &read.value),
        name: name.to_string(),
        role: read.role,
        column: read.column.clone(),
        fixed: matches!(option(ev, &read.value, "db_column"), Value::Str(_)),
        null: read.null,
        primary_key: read.primary_key,
        parent_link: read.parent_link,
        through,
        db_table,
        read,
        at: ev.at(item.at),
    })
}

/// The model that `CreateModel` makes.
fn created(ev: &mut Evaluator, op: &Op<'_>, key: &ModelKey) -> Model {
    let options = op.get(ev, "options");
    let text = |ev: &mut Evaluator, name: &str| operation::entry_text(ev, &options, name);
    let name = op.text(ev, "name").unwrap_or_default();
    let swapped = text(ev, "swappable").is_some_and(|setting| {
        let chosen = settings::text(ev, &setting);
        !chosen.is_empty() && !chosen.eq_ignore_ascii_case(&format!("{}.{name}", op.app))
    });
    let mut model = Model {
        app: op.app.to_owned(),
        name,
        fields: Vec::new(),
        db_table: text(ev, "db_table"),
        managed: operation::flag(ev, &options, "managed", true),
        proxy: operation::flag(ev, &options, "proxy", false),
        swapped,
        ordered: text(ev, "order_with_respect_to").is_some(),
        parents: op.parents(ev),
        doubtful: false,
        at: ev.at(op.at),
    };
    for item in op.items(ev, "fields") {
        let pair = ev.elements(&item.value).unwrap_or_default();
        let field = match pair.as_slice() {
            [name, field] => name.value.as_str().and_then(|name| {
                migrated_field(ev, key, name, &Item { at: item.at, ..field.clone() })
            }),
            _ => None,
        };
        match field {
            Some(field) => model.fields.push(field),
            None => model.doubtful = true,
        }
    }
    model
}
