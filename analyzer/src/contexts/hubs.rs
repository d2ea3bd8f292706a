//! Hub tables: users, sites, currencies. Everything refers to them by id, so their references say
//! nothing about who belongs to whom; they are damped when contexts are looked for, and kept in
//! the list of what a cut costs.

use std::collections::{BTreeMap, BTreeSet};

use crate::contexts::framework;
use crate::graph::{Kind, TableGraph};

/// Fewest tables that refer to a hub in a project of usual size.
const REFERRERS_MIN: usize = 8;
/// Fewest tables that refer to a hub in a small project.
const REFERRERS_SMALL_MIN: usize = 4;
/// A hub of a small project is referred to by more than one in so many tables.
const SMALL_SHARE: usize = 6;
/// A hub has so many times more references than the table in the middle.
const MEDIAN_FACTOR: usize = 3;
/// Fewest contexts, in percent, that refer to a hub.
const CONTEXTS_PERCENT_MIN: usize = 40;

/// Finds the hubs, given a first guess of the contexts (`None` for framework tables).
pub(super) fn find(graph: &TableGraph, groups: &[Option<usize>]) -> BTreeSet<usize> {
    let mut from: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    for (source, target, evidence) in graph.evidence() {
        let known = groups[source].is_some() && !framework::holds(&graph.node(target).owner);
        if known && matches!(evidence.kind, Kind::Relation(_)) {
            from.entry(target).or_default().insert(source);
        }
    }
    let least = least(&from, groups.iter().flatten().count());
    let contexts = groups.iter().flatten().collect::<BTreeSet<_>>().len();
    let wide = |sources: &BTreeSet<usize>| {
        let reached: BTreeSet<_> = sources.iter().filter_map(|s| groups[*s]).collect();
        reached.len() > 1 && reached.len() * 100 >= contexts * CONTEXTS_PERCENT_MIN
    };
    from.iter()
        .filter(|(table, sources)| {
            sources.len() > least && wide(sources) && mostly_read(graph, **table)
        })
        .map(|(table, _)| *table)
        .collect()
}

/// A hub has more references than this.
fn least(from: &BTreeMap<usize, BTreeSet<usize>>, tables: usize) -> usize {
    let mut counts: Vec<usize> = from.values().map(BTreeSet::len).collect();
    counts.sort_unstable();
    let median = counts.get(counts.len() / 2).copied().unwrap_or(0);
    let usual = REFERRERS_MIN.min((tables / SMALL_SHARE).max(REFERRERS_SMALL_MIN));
    usual.max(MEDIAN_FACTOR * median)
}

/// A table that endpoints write as often as they read is somebody's work, not a reference.
fn mostly_read(graph: &TableGraph, table: usize) -> bool {
    let reads = graph.uses().iter().filter(|u| u.reads.contains_key(&table)).count();
    let writes = graph.uses().iter().filter(|u| u.writes.contains_key(&table)).count();
    writes == 0 || writes * 2 <= reads
}
