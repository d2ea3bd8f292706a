//! Shared use as evidence: two tables that the same endpoints read and write.

use std::collections::BTreeMap;

use crate::graph::{Evidence, Kind, TableGraph, Touch, Use, weight};
use crate::map::{Access, Endpoint, Map};

/// Most tables (a count) an endpoint may touch and still say something about pairs of them; an
/// export of everything couples nothing.
const ENDPOINT_TABLES_MAX: usize = 40;

/// Most lines (a count) kept as sites of one pair; the rest is told by the number of endpoints.
const SITES_MAX: usize = 20;

/// What each endpoint touches.
pub(super) fn uses(graph: &TableGraph, map: &Map) -> Vec<Use> {
    let of = |(position, endpoint): (usize, &Endpoint)| {
        let reads = touches(graph, endpoint, &endpoint.reads);
        let writes = touches(graph, endpoint, &endpoint.writes);
        let touched = !reads.is_empty() || !writes.is_empty();
        touched.then_some(Use { endpoint: position, reads, writes })
    };
    map.endpoints.iter().enumerate().filter_map(of).collect()
}

fn touches(graph: &TableGraph, endpoint: &Endpoint, of: &[Access]) -> BTreeMap<usize, Touch> {
    let mut found: BTreeMap<usize, Touch> = BTreeMap::new();
    for access in of {
        let Some(place) = graph.find(&access.table) else { continue };
        let at = access.via.iter().min().or(endpoint.view_at.as_ref()).unwrap_or(&endpoint.at);
        let touch = Touch { quarters: weight::quarters(access.certainty), at: at.clone() };
        let kept = found.entry(place).or_insert_with(|| touch.clone());
        if touch.quarters > kept.quarters {
            *kept = touch;
        }
    }
    found
}

/// Adds one edge for each pair of tables that endpoints use together.
pub(super) fn add(graph: &mut TableGraph, map: &Map) {
    let mut pairs: BTreeMap<(usize, usize), Shared> = BTreeMap::new();
    for used in &graph.uses {
        collect(used, &mut pairs);
    }
    for ((a, b), mut shared) in pairs {
        shared.sites.sort();
        shared.sites.dedup();
        shared.sites.truncate(SITES_MAX);
        let first = shared.endpoints.first().and_then(|e| map.endpoints.get(*e));
        let evidence = Evidence {
            kind: Kind::SharedUse,
            what: match (first, shared.endpoints.len()) {
                (Some(endpoint), 1) => label(endpoint),
                (Some(endpoint), n) => format!("{} and {} more endpoints", label(endpoint), n - 1),
                (None, n) => format!("{n} endpoints"),
            },
            sites: shared.sites,
            weight: weight::diminishing(shared.weight),
            inherited: false,
        };
        graph.connect(a, b, evidence);
    }
}

#[derive(Default)]
struct Shared {
    weight: u32,
    endpoints: Vec<usize>,
    sites: Vec<crate::map::At>,
}

/// An endpoint has a fixed force that its pairs share: a page that touches two tables says more
/// about these two than a dashboard that touches twenty.
fn collect(used: &Use, pairs: &mut BTreeMap<(usize, usize), Shared>) {
    let tables: Vec<usize> = used.tables().into_iter().collect();
    if tables.len() < 2 || tables.len() > ENDPOINT_TABLES_MAX {
        return;
    }
    let others = u32::try_from(tables.len() - 1).unwrap_or(u32::MAX);
    for (i, a) in tables.iter().enumerate() {
        for b in &tables[i + 1..] {
            let price = match (used.writes.contains_key(a), used.writes.contains_key(b)) {
                (true, true) => weight::WRITE_WRITE,
                (false, false) => weight::READ_READ,
                _ => weight::READ_WRITE,
            };
            let shared = pairs.entry((*a, *b)).or_default();
            let sure = touch(used, *a).quarters.min(touch(used, *b).quarters);
            shared.weight = shared.weight.saturating_add(price * sure / (4 * others));
            shared.endpoints.push(used.endpoint);
            shared.sites.extend([touch(used, *a).at.clone(), touch(used, *b).at.clone()]);
        }
    }
}

fn touch(used: &Use, table: usize) -> &Touch {
    used.writes.get(&table).or_else(|| used.reads.get(&table)).expect("the table is one of its own")
}

/// How a person calls an endpoint: its name, else its view, else its route.
pub(crate) fn label(endpoint: &Endpoint) -> String {
    [&endpoint.name, &endpoint.view, &endpoint.route]
        .into_iter()
        .find(|text| !text.is_empty())
        .map_or_else(|| "/".to_owned(), Clone::clone)
}
