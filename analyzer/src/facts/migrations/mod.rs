//! Migrations as a second witness: what the project once told the database, replayed on paper.
//!
//! `load` evaluates the migration files, `graph` orders them, `replay` applies their operations to
//! Django's picture of the models (`state`) and to the tables (`database`), which are two things
//! wherever `SeparateDatabaseAndState` or raw SQL is used. `drift` compares what comes out with the
//! models of today.

mod database;
mod drift;
mod graph;
mod load;
mod replay;
mod state;

use std::collections::BTreeMap;

use super::models::Models;
use super::tables::Names;
use crate::map::{Drift, Migration, Relation, Table};
use crate::python::Evaluator;

/// What the migrations tell.
#[derive(Debug, Default)]
pub struct Told {
    /// The migrations in the order in which an empty database gets them.
    pub migrations: Vec<Migration>,
    /// Where they and the models do not agree.
    pub drift: Vec<Drift>,
    /// The tables of the project's own apps as the migrations leave them.
    pub tables: Vec<Table>,
}

/// Replays the migrations of the project's own apps.
pub fn read(ev: &mut Evaluator, models: &Models, relations: &[Relation], names: Names) -> Told {
    let loaded = load::all(ev);
    if loaded.is_empty() {
        return Told::default();
    }
    let nodes = loaded.iter().map(|(key, migration)| (key.clone(), migration.node.clone()));
    let plan = graph::plan(&nodes.collect::<BTreeMap<_, _>>());
    let mut replay = replay::Replay::new(names);
    let mut migrations = Vec::new();
    for key in &plan.order {
        if let Some(migration) = loaded.get(key) {
            migrations.push(replay.run(ev, key, migration));
        }
    }
    let mut drift = drift::of_graph(&plan.flaws, &loaded);
    drift.extend(drift::of_models(ev, &replay, models, relations, &loaded));
    drift.extend(drift::of_database(&replay, models));
    Told { migrations, drift, tables: replay.tables() }
}
