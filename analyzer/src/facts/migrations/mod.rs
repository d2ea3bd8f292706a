//! Migrations as a second witness: what the project once told the database, replayed on paper.
//!
//! `load` evaluates the migration files, `graph` orders them, `replay` applies their operations to
//! Django's picture of the models (`state`) and to the tables (`database`), which are two things
//! wherever `SeparateDatabaseAndState` or raw SQL is used. `drift` compares what comes out with the
//! models of today.

mod complete;
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

/// The migrations of the project's own apps, replayed.
#[derive(Debug)]
pub struct Replayed {
    loaded: BTreeMap<graph::Key, load::Loaded>,
    plan: graph::Plan,
    replay: replay::Replay,
    migrations: Vec<Migration>,
}

/// Replays the migrations of the project's own apps, and completes the models by them.
pub fn replay(ev: &mut Evaluator, models: &mut Models, names: Names) -> Replayed {
    let (mut loaded, off) = load::all(ev);
    let (mut done, mut plan, mut migrations) = run(ev, &loaded, names);
    complete::complete(&done, models);
    // What is switched off is nothing that the database gets.
    if loaded.keys().any(|(app, _)| off.contains(app)) {
        loaded.retain(|(app, _), _| !off.contains(app));
        (done, plan, migrations) = run(ev, &loaded, names);
    }
    Replayed { loaded, plan, replay: done, migrations }
}

fn run(
    ev: &mut Evaluator,
    loaded: &BTreeMap<graph::Key, load::Loaded>,
    names: Names,
) -> (replay::Replay, graph::Plan, Vec<Migration>) {
    let nodes = loaded.iter().map(|(key, migration)| (key.clone(), migration.node.clone()));
    let plan = graph::plan(&nodes.collect::<BTreeMap<_, _>>());
    let mut replay = replay::Replay::new(names);
    let mut migrations = Vec::new();
    for key in &plan.order {
        if let Some(migration) = loaded.get(key) {
            migrations.push(replay.run(ev, key, migration));
        }
    }
    (replay, plan, migrations)
}

/// What the replayed migrations tell beside the models.
pub fn tell(ev: &Evaluator, done: Replayed, models: &Models, relations: &[Relation]) -> Told {
    let Replayed { loaded, plan, replay, migrations } = done;
    if loaded.is_empty() {
        return Told::default();
    }
    let mut drift = drift::of_graph(&plan.flaws, &loaded);
    drift.extend(drift::of_models(ev, &replay, models, relations, &loaded));
    drift.extend(drift::of_database(&replay, models));
    Told { migrations, drift, tables: replay.tables() }
}
