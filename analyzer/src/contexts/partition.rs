//! Many starts of the clustering, the best of them, and how far they agree.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;

use crate::contexts::network::{Network, renumbered};
use crate::contexts::{Options, affinity, framework, leiden};
use crate::graph::TableGraph;

/// A table that stood with its present neighbours in fewer starts (in percent) is undecided.
const STABLE_PERCENT_MIN: u32 = 60;

/// Threads (a count) that share the starts; a project of a thousand tables takes a second on one.
const THREADS_MAX: usize = 8;

/// A partition of the tables.
#[derive(Debug, Clone)]
pub(super) struct Partition {
    /// Group of each table, `None` for framework tables.
    pub(super) groups: Vec<Option<usize>>,
    /// The partitions of all starts, table by table.
    starts: Vec<Vec<usize>>,
}

/// Finds the best partition of the units.
pub(super) fn partition(
    graph: &TableGraph,
    units: &[usize],
    hubs: &BTreeSet<usize>,
    options: &Options,
) -> Partition {
    let pairs = affinity::pairs(graph, hubs, options);
    let network = affinity::network(&pairs, units);
    let starts = run(options.starts.max(1), |start| {
        let seed = options.seed.wrapping_mul(1_000_003).wrapping_add(u64::from(start));
        leiden::cluster(&network, options.resolution, seed)
    });
    let best = starts
        .iter()
        .max_by_key(|groups| {
            (network.quality(groups, options.resolution), std::cmp::Reverse(*groups))
        })
        .expect("at least one start runs");
    let best = without_lone(&network, units, best);
    let of = |groups: &[usize]| units.iter().map(|unit| groups[*unit]).collect::<Vec<usize>>();
    let framework = |table: usize| framework::holds(&graph.node(table).owner);
    let groups = of(&best).into_iter().enumerate();
    Partition {
        groups: groups.map(|(table, group)| (!framework(table)).then_some(group)).collect(),
        starts: starts.iter().map(|groups| of(groups)).collect(),
    }
}

/// The results of all starts in their order, whichever thread made them.
fn run(starts: u32, make: impl Fn(u32) -> Vec<usize> + Sync) -> Vec<Vec<usize>> {
    let next = AtomicU32::new(0);
    let work = || {
        let numbers = std::iter::repeat_with(|| next.fetch_add(1, Ordering::Relaxed));
        let mine = numbers.take_while(|start| *start < starts);
        mine.map(|start| (start, make(start))).collect::<Vec<_>>()
    };
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let mut made = thread::scope(|scope| {
        // What another thread cannot do, for want of one, this one does.
        let others = (1..cores.min(THREADS_MAX))
            .filter_map(|_| thread::Builder::new().spawn_scoped(scope, work).ok());
        let others: Vec<_> = others.collect();
        let mut made = work();
        for other in others {
            made.extend(other.join().expect("clustering does not panic"));
        }
        made
    });
    made.sort_unstable_by_key(|(start, _)| *start);
    made.into_iter().map(|(_, groups)| groups).collect()
}

/// A context of one table is no context while something else draws that table: it goes where it
/// is drawn most. Tables are looked at in order, so that chains end.
fn without_lone(network: &Network, units: &[usize], groups: &[usize]) -> Vec<usize> {
    let mut groups = groups.to_vec();
    let mut tables: BTreeMap<usize, usize> = BTreeMap::new();
    for unit in units {
        *tables.entry(groups[*unit]).or_default() += 1;
    }
    for unit in 0..groups.len() {
        if tables.get(&groups[unit]) != Some(&1) {
            continue;
        }
        let mut drawn: BTreeMap<usize, u64> = BTreeMap::new();
        for (other, weight) in &network.neighbours[unit] {
            *drawn.entry(groups[*other]).or_default() += weight;
        }
        let most = drawn.iter().max_by_key(|(group, w)| (**w, std::cmp::Reverse(**group)));
        if let Some((group, _)) = most {
            tables.insert(groups[unit], 0);
            *tables.entry(*group).or_default() += 1;
            groups[unit] = *group;
        }
    }
    renumbered(&groups)
}

/// A table that could as well stand elsewhere.
pub(super) struct Shaky {
    pub(super) table: usize,
    pub(super) other: usize,
    pub(super) stability: u32,
}

/// Tables that fewer than most starts put beside their neighbours of the final contexts `of`.
pub(super) fn undecided(found: &Partition, of: &[usize]) -> Vec<Shaky> {
    let placed: Vec<usize> = (0..of.len()).filter(|t| found.groups[*t].is_some()).collect();
    let mut shaky = Vec::new();
    for &table in &placed {
        let mut seen: BTreeMap<usize, (usize, usize)> = BTreeMap::new();
        for &other in placed.iter().filter(|other| **other != table) {
            let together = found.starts.iter().filter(|s| s[table] == s[other]).count();
            let (sum, count) = seen.entry(of[other]).or_default();
            (*sum, *count) = (*sum + together, *count + 1);
        }
        let percent = |(sum, count): (usize, usize)| {
            u32::try_from(sum * 100 / (count * found.starts.len()).max(1)).unwrap_or(100)
        };
        let Some(stability) = seen.remove(&of[table]).map(percent) else { continue };
        let other = seen.into_iter().max_by_key(|(to, s)| (percent(*s), std::cmp::Reverse(*to)));
        if let Some((other, _)) = other.filter(|_| stability < STABLE_PERCENT_MIN) {
            shaky.push(Shaky { table, other, stability });
        }
    }
    shaky
}
