//! A running database as a third witness, beside the models and the migrations.
//!
//! The analyzer does not connect to anything: it is given a [`Database`] that somebody read from
//! the catalogue of a server, and says where the three do not agree.

use std::collections::{BTreeMap, BTreeSet};

use percent_encoding::percent_decode_str;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::facts::tables::Names;
use crate::map::{At, Certainty, Drift, Map, Model, RelationKind, Table};

/// A table or column of the database that no model owns.
const UNKNOWN: &str = "AN030";
/// A table or column of a model that the database lacks.
const MISSING: &str = "AN031";
/// The database and the models say different things of the same column or reference.
const OTHERWISE: &str = "AN032";

/// Where facts of the database stand.
const PLACE: &str = "<database>";

/// Tables that Django itself keeps beside those of models.
const DJANGO: [&str; 1] = ["django_migrations"];

/// What the catalogue of a database says. Nothing in it comes from a row of the project's tables.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Database {
    /// Version of the server, e.g. `15.4`.
    pub version: String,
    /// Tables and views, sorted by name.
    pub relations: Vec<Relation>,
    /// References that the database enforces, sorted.
    pub foreign_keys: Vec<ForeignKey>,
    /// Triggers, sorted by table and name.
    pub triggers: Vec<Trigger>,
    /// What was executed, the most frequent first; empty without `pg_stat_statements`.
    pub statements: Vec<Statement>,
}

/// What a relation is.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A table, also one that is split into partitions.
    Table,
    /// A view.
    View,
    /// A view whose rows are stored.
    MaterializedView,
    /// A table of another server.
    ForeignTable,
}

/// A table or a view.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Relation {
    /// Its name, without schema.
    pub name: String,
    /// What it is.
    pub kind: Kind,
    /// Its columns, each with whether it may be `NULL`, in their order.
    pub columns: Vec<(String, bool)>,
    /// Tables that a view reads, sorted.
    pub reads: Vec<String>,
    /// Rows, as the planner estimates them; none where it never looked.
    pub rows: Option<u64>,
    /// Bytes with indexes and out-of-line data.
    pub bytes: u64,
    /// Scans of the table and of its indexes since the statistics were reset.
    pub scans: u64,
    /// Rows that were inserted, updated or deleted since then.
    pub changes: u64,
}

/// A reference that the database enforces.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct ForeignKey {
    /// Table that refers.
    pub from: String,
    /// Its columns.
    pub columns: Vec<String>,
    /// Table that is referred to.
    pub to: String,
}

/// A trigger: work that no line of Python shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Trigger {
    /// Table that fires it.
    pub table: String,
    /// Its name.
    pub name: String,
    /// Function that it runs.
    pub function: String,
    /// Tables that the function reads, sorted.
    pub reads: Vec<String>,
    /// Tables that the function writes, sorted.
    pub writes: Vec<String>,
    /// Why its inside could not be seen.
    pub opaque: Option<String>,
}

/// Statements that touch the same tables, counted together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Statement {
    /// Tables that are read, sorted.
    pub reads: Vec<String>,
    /// Tables that are written, sorted.
    pub writes: Vec<String>,
    /// How often they were executed.
    pub calls: u64,
    /// Routes that sqlcommenter noted in them, sorted.
    pub routes: Vec<String>,
}

/// Puts the database into the map, and what it and the other two witnesses do not agree on.
pub fn join(map: &mut Map, database: Database) {
    let mut drift = Comparison::new(map, &database).drift();
    map.drift.append(&mut drift);
    map.drift.sort();
    map.drift.dedup();
    map.database = Some(database);
}

struct Comparison<'a> {
    map: &'a Map,
    database: &'a Database,
    relations: BTreeMap<&'a str, &'a Relation>,
    /// Models with a table of their own, by its name in the database: settings for another kind of
    /// database may have left a name whole that this one cuts.
    models: BTreeMap<String, &'a Model>,
    tables: BTreeMap<String, &'a Table>,
    migrated: BTreeMap<String, &'a Table>,
}

impl<'a> Comparison<'a> {
    fn new(map: &'a Map, database: &'a Database) -> Self {
        let owners = map.models.iter().filter(|model| !model.proxy);
        let names = Names::of_postgresql();
        let named = |table: &'a Table| (names.truncated(&table.name), table);
        Self {
            map,
            database,
            relations: database.relations.iter().map(|r| (r.name.as_str(), r)).collect(),
            models: owners.map(|model| (names.truncated(&model.table), model)).collect(),
            tables: map.tables.iter().map(named).collect(),
            migrated: map.migrated.iter().map(named).collect(),
        }
    }

    fn drift(&self) -> Vec<Drift> {
        let mut found = Vec::new();
        for relation in &self.database.relations {
            self.unknown(relation, &mut found);
        }
        for (name, table) in &self.tables {
            let owner = self.map.models.iter().find(|model| model.label == table.owner);
            let sure = owner.filter(|model| model.certainty == Certainty::Certain);
            if let Some(model) = sure {
                self.missing(model, name, &table.columns, &mut found);
            }
        }
        self.references(&mut found);
        found
    }

    /// What the migrations say of a table or column; nothing where only a library has them.
    fn witness(&self, table: &str, column: Option<&str>) -> &'static str {
        let known = self.migrated.get(table).is_some_and(|known| {
            column.is_none_or(|column| known.columns.iter().any(|known| known == column))
        });
        let owner = self.models.get(table).and_then(|model| model.label.split_once('.'));
        let replayed =
            owner.is_none_or(|(app, _)| self.map.migrations.iter().any(|m| m.app == app));
        match (known, replayed) {
            (true, _) => "; a migration makes it",
            (false, true) => "; no migration makes it",
            (false, false) => "",
        }
    }

    fn unknown(&self, relation: &Relation, found: &mut Vec<Drift>) {
        let table = relation.name.as_str();
        let Some(known) = self.tables.get(table) else {
            if relation.kind == Kind::Table && !DJANGO.contains(&table) {
                let witness = self.witness(table, None);
                let message =
                    format!("the database has the table {table}{witness}, no model owns it");
                found.push(drift(nowhere(), UNKNOWN, table, None, message));
            }
            return;
        };
        for (column, _) in &relation.columns {
            if !known.columns.contains(column) {
                let witness = self.witness(table, Some(column));
                let message = format!(
                    "the database has the column {table}.{column}{witness}, no model declares it"
                );
                let at = self.models.get(table).map_or_else(nowhere, |model| model.at.clone());
                found.push(drift(at, UNKNOWN, table, Some(column), message));
            }
        }
    }

    fn missing(&self, model: &Model, table: &str, columns: &[String], found: &mut Vec<Drift>) {
        let Some(relation) = self.relations.get(table) else {
            let witness = self.witness(table, None);
            let message =
                format!("the database lacks the table {table} of {}{witness}", model.label);
            found.push(drift(model.at.clone(), MISSING, table, None, message));
            return;
        };
        for column in columns {
            let field = model.fields.iter().find(|field| field.column.as_ref() == Some(column));
            let at = field.map_or(&model.at, |field| &field.at).clone();
            let stored = relation.columns.iter().find(|(name, _)| name == column);
            let Some((_, null)) = stored else {
                let witness = self.witness(table, Some(column));
                let message = format!("the database lacks the column {table}.{column}{witness}");
                found.push(drift(at, MISSING, table, Some(column), message));
                continue;
            };
            let own = self.models.contains_key(table) && relation.kind == Kind::Table;
            if let Some(field) = field.filter(|field| own && field.null != *null) {
                let (here, there) = (nullable(field.null), nullable(*null));
                let message = format!("{table}.{column}: {here}, in the database {there}");
                found.push(drift(at, OTHERWISE, table, Some(column), message));
            }
        }
    }

    /// References that only one side has.
    fn references(&self, found: &mut Vec<Drift>) {
        let enforced: BTreeSet<(&str, &str)> = self
            .database
            .foreign_keys
            .iter()
            .filter_map(|key| match key.columns.as_slice() {
                [column] => Some((key.from.as_str(), column.as_str())),
                _ => None,
            })
            .collect();
        let by_label: BTreeMap<&str, (&str, &Model)> = self
            .models
            .iter()
            .map(|(table, model)| (model.label.as_str(), (table.as_str(), *model)))
            .collect();
        let mut declared: BTreeSet<(&str, &str)> = BTreeSet::new();
        for relation in &self.map.relations {
            let keyed = !matches!(relation.kind, RelationKind::M2m | RelationKind::Generic);
            let owner = by_label.get(relation.from.as_str()).filter(|_| keyed);
            let Some(&(table, model)) = owner else { continue };
            let field = model.fields.iter().find(|field| field.name == relation.field);
            let Some(column) = field.and_then(|field| field.column.as_deref()) else { continue };
            declared.insert((table, column));
            let stored = self.relations.get(table);
            let stored = stored.filter(|stored| stored.kind == Kind::Table && model.managed);
            let there = stored.is_some_and(|s| s.columns.iter().any(|(name, _)| name == column));
            let sure = model.certainty == Certainty::Certain;
            if there && sure && relation.db_constraint && !enforced.contains(&(table, column)) {
                let to = &relation.to;
                let message = format!(
                    "{table}.{column} refers to {to}, and the database does not enforce it"
                );
                let at = relation.at.clone();
                found.push(drift(at, OTHERWISE, table, Some(column), message));
            }
        }
        for key in &self.database.foreign_keys {
            let [column] = key.columns.as_slice() else { continue };
            let known = self.models.contains_key(key.from.as_str());
            if known && !declared.contains(&(key.from.as_str(), column.as_str())) {
                let (from, to) = (&key.from, &key.to);
                let message =
                    format!("the database lets {from}.{column} refer to {to}; no model says so");
                found.push(drift(nowhere(), OTHERWISE, from, Some(column), message));
            }
        }
    }
}

fn nullable(null: bool) -> &'static str {
    if null { "may be NULL" } else { "may not be NULL" }
}

fn nowhere() -> At {
    At { file: PLACE.into(), line: 1 }
}

fn drift(at: At, code: &str, table: &str, column: Option<&str>, message: String) -> Drift {
    let (code, table) = (code.to_owned(), table.to_owned());
    Drift { at, code, table, column: column.map(str::to_owned), message }
}

/// Counts together what touches the same tables: pairs of SQL text and calls.
pub fn statements(executed: impl IntoIterator<Item = (String, u64)>) -> Vec<Statement> {
    let mut found: BTreeMap<_, (u64, BTreeSet<String>)> = BTreeMap::new();
    for (text, calls) in executed {
        let tables = crate::facts::sql::tables(&text);
        let key: (Vec<String>, Vec<String>) =
            (tables.reads.into_iter().collect(), tables.writes.into_iter().collect());
        if key.0.is_empty() && key.1.is_empty() {
            continue;
        }
        let (sum, routes) = found.entry(key).or_default();
        *sum = sum.saturating_add(calls);
        routes.extend(route(&text));
    }
    let mut found: Vec<Statement> = found
        .into_iter()
        .map(|((reads, writes), (calls, routes))| Statement {
            reads,
            writes,
            calls,
            routes: routes.into_iter().collect(),
        })
        .collect();
    found.sort_by(|a, b| {
        b.calls.cmp(&a.calls).then_with(|| (&a.reads, &a.writes).cmp(&(&b.reads, &b.writes)))
    });
    found
}

/// The route in a comment that sqlcommenter adds: `/*controller='x',route='api%2Forders'*/`.
fn route(text: &str) -> Option<String> {
    let (_, comment) = text.rsplit_once("/*")?;
    let tags = comment.split_once("*/")?.0;
    let value = tags.split(',').find_map(|tag| tag.trim().strip_prefix("route='"))?;
    let value = percent_decode_str(value.strip_suffix('\'')?);
    value.decode_utf8().ok().map(Into::into)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_touches_the_same_tables_is_counted_together() {
        let executed = [
            ("SELECT * FROM b WHERE x = $1 /*route='api%2Fb%2F'*/", 3),
            ("SELECT y FROM b", 4),
            ("INSERT INTO a SELECT * FROM b", 9),
            ("SET x = 1", 99),
        ];
        let found = statements(executed.map(|(text, calls)| (text.to_owned(), calls)));
        let said: Vec<String> = found
            .iter()
            .map(|s| format!("{} {:?} {:?} {:?}", s.calls, s.reads, s.writes, s.routes))
            .collect();
        assert_eq!(said, [r#"9 ["b"] ["a"] []"#, r#"7 ["b"] [] ["api/b/"]"#]);
        assert_eq!(route("/*route='%ff'*/"), None);
    }
}
