//! What differs between two maps of one project, a line each, for whoever edits the project.

use std::collections::BTreeSet;

use crate::graph::access::label;
use crate::map::Map;
use crate::report::matrix::accesses;

/// Lines (a count) that are told; what changes more is another project.
const LINES_MAX: usize = 40;

/// What came (`+`) and what went (`-`); places that only moved say nothing.
pub fn changes(before: &Map, after: &Map) -> Vec<String> {
    let (old, new) = (facts(before), facts(after));
    let gone = old.difference(&new).map(|fact| format!("- {fact}"));
    let come = new.difference(&old).map(|fact| format!("+ {fact}"));
    let mut lines: Vec<String> = gone.chain(come).collect();
    if let Some(more) = lines.len().checked_sub(LINES_MAX).filter(|more| *more > 0) {
        lines.truncate(LINES_MAX);
        lines.push(format!("and {more} more"));
    }
    let plain = |line: String| line.replace(|c: char| c.is_control(), " ");
    lines.into_iter().map(plain).collect()
}

/// Everything that the map says, without its places.
fn facts(map: &Map) -> BTreeSet<String> {
    let mut facts = BTreeSet::new();
    facts.extend(map.apps.iter().map(|app| format!("app {}", app.label)));
    for table in &map.tables {
        facts.insert(format!("table {}", table.name));
        facts.extend(table.columns.iter().map(|column| format!("column {}.{column}", table.name)));
    }
    for relation in &map.relations {
        facts.insert(format!("relation {}.{} to {}", relation.from, relation.field, relation.to));
    }
    for endpoint in &map.endpoints {
        let name = label(endpoint);
        facts.insert(format!("endpoint {name}"));
        for (kind, access) in accesses(endpoint) {
            facts.insert(format!("endpoint {name} {kind}s {}", access.table));
        }
        if !endpoint.opaque.is_empty() {
            facts.insert(format!("endpoint {name} is lost sight of"));
        }
    }
    for task in &map.scheduled {
        facts.insert(format!("scheduled task {}", task.name));
        let writes = task.writes.iter().map(|access| &access.table);
        facts.extend(writes.map(|table| format!("scheduled task {} writes {table}", task.name)));
    }
    for transaction in map.transactions.iter().filter(|t| !t.writes.is_empty()) {
        let (at, writes) = (&transaction.at.file, transaction.writes.join(", "));
        facts.insert(format!("transaction in {at} writes {writes}"));
    }
    facts.extend(map.drift.iter().map(|drift| format!("{} {}", drift.code, drift.message)));
    let problems = map.coverage.problems.iter();
    facts.extend(problems.map(|p| format!("{} in {}: {}", p.code, p.at.file, p.message)));
    facts
}
