//! Bounded contexts: which tables belong together, what crosses between them, and whether to split
//! at all.
//!
//! The way: tables that cannot be parted are folded into one; references to hubs are damped; the
//! Leiden method runs from many starts on integer weights; the best result is named, and every
//! reference that crosses is listed with its line. Equal maps give equal bytes.

mod advice;
mod affinity;
mod crossings;
pub mod framework;
mod hubs;
mod leiden;
mod names;
mod network;
mod partition;
mod random;
pub mod together;

use std::collections::{BTreeMap, BTreeSet};

pub use together::Together;

use crate::graph::TableGraph;
use crate::map::{Advice, Context, ContextKind, Crossing, Map, Undecided};

/// Name of the context of Django's own tables.
pub const FRAMEWORK: &str = "framework";

/// The guess that finds the hubs takes one in so many of the starts.
const GUESS_PART: u32 = 4;

/// How to look for contexts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// Start of the random orders; the same seed gives the same proposal.
    pub seed: u64,
    /// Size of contexts in percent: above 100 gives more and smaller ones.
    pub resolution: u32,
    /// Number of starts; the best one wins, all together tell how stable each table stands.
    pub starts: u32,
    /// Whether the division into apps counts as evidence.
    pub apps: bool,
    /// Whether words of model names count as evidence.
    pub words: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self { seed: 1, resolution: 100, starts: 24, apps: true, words: true }
    }
}

/// The contexts, what crosses, and the advice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// Contexts, sorted by name.
    pub contexts: Vec<Context>,
    /// References that cross, sorted.
    pub crossings: Vec<Crossing>,
    /// Tables that were kept together, with the reason.
    pub together: Vec<Together>,
    /// The conclusion.
    pub advice: Advice,
}

impl Proposal {
    /// Writes the proposal into a map, in place of an earlier one, and sorts the map.
    pub fn apply(self, map: &mut Map) {
        map.contexts = self.contexts;
        map.crossings = self.crossings;
        map.advice = Some(self.advice);
        map.sort();
    }
}

/// Where each table stands.
#[derive(Debug, Clone)]
struct Placement {
    /// Names of the contexts, sorted; a context is its position here.
    names: Vec<String>,
    /// Context of each table.
    of: Vec<usize>,
    /// Hub tables.
    hubs: BTreeSet<usize>,
}

impl Placement {
    fn is_framework(&self, context: usize) -> bool {
        self.names[context] == FRAMEWORK
    }
}

/// Proposes contexts for the tables of a map.
pub fn propose(map: &Map, options: &Options) -> Proposal {
    let graph = TableGraph::build(map);
    let together = together::together(map);
    let units = together::units(&graph, &together);
    // A rough guess is enough to see which tables everybody refers to.
    let rough = Options { starts: options.starts.div_ceil(GUESS_PART), ..options.clone() };
    let guess = partition::partition(&graph, &units, &BTreeSet::new(), &rough);
    let hubs = hubs::find(&graph, &guess.groups);
    let found = partition::partition(&graph, &units, &hubs, options);
    let placement = names::place(&graph, &found.groups, hubs);
    let homes = crossings::homes(map, &graph, &placement);
    let crossings = crossings::all(map, &graph, &placement, &homes);
    let mut contexts = contexts(&graph, &placement);
    mark_undecided(&mut contexts, &graph, &placement, &found);
    let coupling = crossings::figures(&mut contexts, &graph, &placement, &homes, &crossings);
    let advice = advice::advise(&contexts, &crossings, coupling);
    Proposal { contexts, crossings, together, advice }
}

fn contexts(graph: &TableGraph, placement: &Placement) -> Vec<Context> {
    let mut contexts: Vec<Context> = placement
        .names
        .iter()
        .map(|name| Context { name: name.clone(), ..Context::default() })
        .collect();
    let mut apps: Vec<BTreeMap<&str, usize>> = vec![BTreeMap::new(); contexts.len()];
    for (table, node) in graph.tables() {
        let context = placement.of[table];
        contexts[context].tables.push(node.table.clone());
        if placement.hubs.contains(&table) {
            contexts[context].hubs.push(node.table.clone());
        }
        *apps[context].entry(&node.app).or_default() += 1;
    }
    for (position, (context, apps)) in contexts.iter_mut().zip(apps).enumerate() {
        let mut apps: Vec<(&str, usize)> = apps.into_iter().collect();
        apps.sort_by_key(|(label, count)| (std::cmp::Reverse(*count), *label));
        context.apps = apps.into_iter().map(|(label, _)| label.to_owned()).collect();
        if placement.is_framework(position) {
            context.kind = ContextKind::Framework;
        }
    }
    contexts
}

fn mark_undecided(
    contexts: &mut [Context],
    graph: &TableGraph,
    placement: &Placement,
    found: &partition::Partition,
) {
    for shaky in partition::undecided(found, &placement.of) {
        contexts[placement.of[shaky.table]].undecided.push(Undecided {
            table: graph.node(shaky.table).table.clone(),
            other: placement.names[shaky.other].clone(),
            stability: shaky.stability,
        });
    }
}
