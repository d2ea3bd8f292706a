//! What crosses between contexts, line by line, and the figures that follow from it.

use std::collections::{BTreeMap, BTreeSet};

use crate::contexts::Placement;
use crate::graph::{Kind, TableGraph, Touch, Use, access, weight};
use crate::map::{At, Context, Crossing, Map, RelationKind};

/// Price of reading a hub by its id: a token or a copy answers it after a split.
const HUB_READ: u32 = 25;
/// A reference to a hub costs this part (one in so many) of another: its id stays, only the
/// constraint goes.
const HUB_PART: u32 = 2;

/// Length in bytes from which on no further lookup of a line is named: a line may hold thousands.
const LOOKUPS_LENGTH_MAX: usize = 200;

/// Kind of a crossing by shared use.
pub(super) const ENDPOINT: &str = "endpoint";

/// Kind of a crossing by a query that joins.
pub(super) const JOIN: &str = "join";

/// Coupling inside and across all contexts, in hundredths of a reference.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Coupling {
    pub(super) inside: u64,
    pub(super) across: u64,
}

/// The context in which each use (position in `graph.uses()`) is at home.
pub(super) fn homes(map: &Map, graph: &TableGraph, placement: &Placement) -> Vec<Option<usize>> {
    graph.uses().iter().map(|used| home(map, graph, placement, used)).collect()
}

/// Where an endpoint writes most, then where it reads most; its app decides between equals.
fn home(map: &Map, graph: &TableGraph, placement: &Placement, used: &Use) -> Option<usize> {
    let app = map.endpoints.get(used.endpoint).map_or("", |e| e.app.as_str());
    let mut scores: BTreeMap<usize, u32> = BTreeMap::new();
    let reads = used.reads.iter().map(|touched| (touched, 2));
    for ((table, touch), price) in reads.chain(used.writes.iter().map(|touched| (touched, 8))) {
        let context = placement.of[*table];
        if placement.is_framework(context) {
            continue;
        }
        let own = u32::from(graph.node(*table).app == app);
        let hub = placement.hubs.contains(table) && own == 0;
        let score = if hub { 0 } else { touch.quarters * (price + own) };
        *scores.entry(context).or_default() += score;
    }
    let best = scores.into_iter().max_by_key(|(context, s)| (*s, std::cmp::Reverse(*context)));
    best.map(|(context, _)| context)
}

/// Every reference that crosses, sorted.
pub(super) fn all(
    map: &Map,
    graph: &TableGraph,
    placement: &Placement,
    homes: &[Option<usize>],
) -> Vec<Crossing> {
    let mut found = Vec::new();
    for (from, to, evidence) in graph.evidence() {
        let Kind::Relation(kind) = evidence.kind else { continue };
        let (here, there) = (placement.of[from], placement.of[to]);
        let counts = kind == RelationKind::Generic || !placement.is_framework(there);
        if here == there || placement.is_framework(here) || !counts {
            continue;
        }
        let part = if placement.hubs.contains(&to) { HUB_PART } else { 1 };
        found.push(Crossing {
            from: placement.names[here].clone(),
            to: placement.names[there].clone(),
            kind: word(kind).to_owned(),
            what: evidence.what.clone(),
            from_table: graph.node(from).table.clone(),
            to_table: graph.node(to).table.clone(),
            cost: evidence.weight / part,
            at: evidence.sites[0].clone(),
        });
    }
    found.extend(joined(map, graph, placement));
    for (used, home) in graph.uses().iter().zip(homes) {
        if let Some(home) = home {
            found.extend(shared(map, graph, placement, used, *home));
        }
    }
    found.sort();
    found.dedup();
    found
}

/// Hops of lookups from a table of one context to one of another; a query joins once, whatever it
/// looks at there.
fn joined(map: &Map, graph: &TableGraph, placement: &Placement) -> Vec<Crossing> {
    let mut found: BTreeMap<(&At, usize, usize), Crossing> = BTreeMap::new();
    for join in &map.joins {
        let (Some(from), Some(to)) = (graph.find(&join.from), graph.find(&join.to)) else {
            continue;
        };
        let (here, there) = (placement.of[from], placement.of[to]);
        if here == there || placement.is_framework(here) || placement.is_framework(there) {
            continue;
        }
        if let Some(known) = found.get_mut(&(&join.at, from, to)) {
            if known.what.len() < LOOKUPS_LENGTH_MAX {
                known.what = format!("{}, {}", known.what, join.lookup);
            }
            continue;
        }
        let part = if placement.hubs.contains(&to) { HUB_PART } else { 1 };
        let crossing = Crossing {
            from: placement.names[here].clone(),
            to: placement.names[there].clone(),
            kind: JOIN.to_owned(),
            what: join.lookup.clone(),
            from_table: join.from.clone(),
            to_table: join.to.clone(),
            cost: weight::JOIN / part,
            at: join.at.clone(),
        };
        found.insert((&join.at, from, to), crossing);
    }
    found.into_values().collect()
}

/// The word for a relation kind, as the map spells it.
fn word(kind: RelationKind) -> &'static str {
    match kind {
        RelationKind::Fk => "fk",
        RelationKind::OneToOne => "one_to_one",
        RelationKind::M2m => "m2m",
        RelationKind::Generic => "generic",
        RelationKind::Parent => "parent",
    }
}

/// The tables of other contexts that an endpoint touches.
fn shared(
    map: &Map,
    graph: &TableGraph,
    placement: &Placement,
    used: &Use,
    home: usize,
) -> Vec<Crossing> {
    let Some(endpoint) = map.endpoints.get(used.endpoint) else { return Vec::new() };
    let inside = |table: &usize| placement.of[*table] == home;
    let writes_here = used.writes.keys().find(|table| inside(table));
    let reads_here = || used.reads.keys().find(|table| inside(table));
    let Some(base) = writes_here.or_else(reads_here) else { return Vec::new() };
    let foreign = |table: &usize| !inside(table) && !placement.is_framework(placement.of[*table]);
    let of = |table: usize| {
        let (verb, touch, price) = touch(placement, used, table, writes_here.is_some())?;
        Some(Crossing {
            from: placement.names[home].clone(),
            to: placement.names[placement.of[table]].clone(),
            kind: ENDPOINT.to_owned(),
            what: format!("{} {verb} {}", access::label(endpoint), graph.node(table).table),
            from_table: graph.node(*base).table.clone(),
            to_table: graph.node(table).table.clone(),
            cost: price * touch.quarters / 4,
            at: touch.at.clone(),
        })
    };
    used.tables().into_iter().filter(foreign).filter_map(of).collect()
}

/// How an endpoint touches a table of another context, and what that costs.
fn touch<'u>(
    placement: &Placement,
    used: &'u Use,
    table: usize,
    writes_here: bool,
) -> Option<(&'static str, &'u Touch, u32)> {
    if let Some(touch) = used.writes.get(&table) {
        let price = if writes_here { weight::WRITE_WRITE } else { weight::READ_WRITE };
        return Some(("writes", touch, price));
    }
    let price = if placement.hubs.contains(&table) { HUB_READ } else { weight::READ_READ };
    used.reads.get(&table).map(|touch| ("reads", touch, price))
}

/// Fills in the figures of each context and sums up the coupling.
pub(super) fn figures(
    contexts: &mut [Context],
    graph: &TableGraph,
    placement: &Placement,
    homes: &[Option<usize>],
    crossings: &[Crossing],
) -> Coupling {
    let mut inside = vec![0u64; contexts.len()];
    let mut across = vec![0u64; contexts.len()];
    let mut sum = Coupling::default();
    for (from, to, evidence) in graph.evidence() {
        let (here, there) = (placement.of[from], placement.of[to]);
        let hub = placement.hubs.contains(&from) || placement.hubs.contains(&to);
        let weight = u64::from(evidence.weight / if hub { HUB_PART } else { 1 });
        if here == there {
            inside[here] += weight;
            sum.inside += weight;
        } else if !placement.is_framework(here) && !placement.is_framework(there) {
            across[here] += weight;
            across[there] += weight;
            sum.across += weight;
        }
    }
    let position: BTreeMap<&str, usize> =
        placement.names.iter().enumerate().map(|(i, name)| (name.as_str(), i)).collect();
    for crossing in crossings {
        contexts[position[crossing.from.as_str()]].figures.crossings_out += 1;
        contexts[position[crossing.to.as_str()]].figures.crossings_in += 1;
    }
    for (used, home) in graph.uses().iter().zip(homes) {
        let Some(home) = home else { continue };
        contexts[*home].figures.endpoints += 1;
        contexts[*home].figures.endpoints_clean += u32::from(clean(placement, used, *home));
    }
    for (context, (inside, across)) in contexts.iter_mut().zip(inside.iter().zip(across)) {
        let all = (inside + across).max(1);
        context.figures.cohesion = u32::try_from(inside * 100 / all).unwrap_or(100);
    }
    sum
}

/// Whether everything an endpoint touches is at home; a hub may be read, its id travels with the
/// request.
fn clean(placement: &Placement, used: &Use, home: usize) -> bool {
    let at_home = |table: &usize| {
        let context = placement.of[*table];
        context == home || placement.is_framework(context)
    };
    let foreign: BTreeSet<&usize> = used.reads.keys().filter(|table| !at_home(table)).collect();
    used.writes.keys().all(at_home) && foreign.iter().all(|table| placement.hubs.contains(*table))
}
