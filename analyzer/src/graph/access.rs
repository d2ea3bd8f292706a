//! Shared use as evidence: two tables that the same endpoints read and write.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::graph::{Evidence, Kind, TableGraph, Touch, Use, weight};
use crate::map::{Access, At, Endpoint, Map};

/// Most tables (a count) an endpoint may touch and still say something about pairs of them; an
/// export of everything couples nothing.
const ENDPOINT_TABLES_MAX: usize = 40;

/// Most lines (a count) kept as sites of one pair; the rest is told by the number of endpoints.
const SITES_MAX: usize = 20;

/// Endpoints (a count) that a line or a table must serve to be one that endpoints have in common.
const COMMON_ENDPOINTS_MIN: usize = 20;

/// Share of the endpoints, in percent, that a common line serves.
const COMMON_LINE_PERCENT_MIN: usize = 25;

/// Share of the endpoints, in percent, that read a common table: who the user is, and its session.
const COMMON_TABLE_PERCENT_MIN: usize = 50;

/// What each endpoint touches by itself, and not because every endpoint does. Endpoints of
/// libraries are left out: the pages that the admin makes for each table, with all that its foreign
/// keys could refer to, are no work of anybody's on these tables together.
pub(super) fn uses(graph: &TableGraph, map: &Map) -> Vec<Use> {
    let libraries: BTreeSet<&str> =
        map.apps.iter().filter(|app| !app.own).map(|app| app.label.as_str()).collect();
    let own = |endpoint: &&Endpoint| {
        let touches = !endpoint.reads.is_empty() || !endpoint.writes.is_empty();
        touches && !libraries.contains(endpoint.app.as_str())
    };
    let common = Common::of(&map.endpoints.iter().filter(own).collect::<Vec<_>>());
    let of = |(position, endpoint): (usize, &Endpoint)| {
        if !own(&endpoint) {
            return None;
        }
        let by_view = |access: &&Access| !common.line_shows(access);
        let of_view =
            |access: &&Access| by_view(access) && !common.tables.contains(access.table.as_str());
        let reads = touches(graph, endpoint, all(&endpoint.reads).filter(of_view));
        let writes = touches(graph, endpoint, all(&endpoint.writes).filter(by_view));
        let touched = !reads.is_empty() || !writes.is_empty();
        touched.then_some(Use { endpoint: position, reads, writes })
    };
    map.endpoints.iter().enumerate().filter_map(of).collect()
}

/// What endpoints have in common: the lines of middleware, context processors and base templates,
/// and the tables by which a user is known. They are touched around a view, wherever it lives, and
/// say nothing about which tables belong together.
struct Common<'m> {
    lines: BTreeSet<&'m At>,
    tables: BTreeSet<&'m str>,
}

impl<'m> Common<'m> {
    fn of(endpoints: &[&'m Endpoint]) -> Self {
        let (mut lines, mut tables) = (BTreeMap::new(), BTreeMap::new());
        for endpoint in endpoints {
            let accesses = endpoint.reads.iter().chain(&endpoint.writes);
            count(&mut lines, accesses.flat_map(|access| &access.via));
            count(&mut tables, endpoint.reads.iter().map(|access| access.table.as_str()));
        }
        let common = |percent| {
            let least = COMMON_ENDPOINTS_MIN.max(endpoints.len() * percent / 100 + 1);
            move |of: usize| of >= least
        };
        let (line, table) = (common(COMMON_LINE_PERCENT_MIN), common(COMMON_TABLE_PERCENT_MIN));
        Self {
            lines: lines.into_iter().filter(|(_, of)| line(*of)).map(|(at, _)| at).collect(),
            tables: tables.into_iter().filter(|(_, of)| table(*of)).map(|(name, _)| name).collect(),
        }
    }

    fn line_shows(&self, access: &Access) -> bool {
        !access.via.is_empty() && access.via.iter().all(|line| self.lines.contains(line))
    }
}

/// Counts each of `what` once.
fn count<T: Ord>(of: &mut BTreeMap<T, usize>, what: impl Iterator<Item = T>) {
    for one in what.collect::<BTreeSet<T>>() {
        *of.entry(one).or_default() += 1;
    }
}

fn all(accesses: &[Arc<Access>]) -> impl Iterator<Item = &Access> {
    accesses.iter().map(Arc::as_ref)
}

fn touches<'m>(
    graph: &TableGraph,
    endpoint: &Endpoint,
    of: impl Iterator<Item = &'m Access>,
) -> BTreeMap<usize, Touch> {
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
    sites: Vec<At>,
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
