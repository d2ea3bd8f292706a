//! The Leiden method (local moves, refinement, folding) in exact integer arithmetic.
//!
//! Written here and not taken from a crate because what must stay together is folded into one
//! node beforehand, and because equal bytes on every machine need integers and a known order.

use std::collections::{BTreeMap, VecDeque};

use crate::contexts::network::{Network, renumbered};
use crate::contexts::random::SplitMix;

/// Most rounds (a count) of move, refine and fold in one start; real graphs settle in three.
const ROUNDS_MAX: usize = 30;

/// One start: a partition whose groups are numbered in the order of their first node.
pub(super) fn cluster(network: &Network, resolution: u32, seed: u64) -> Vec<usize> {
    let mut random = SplitMix::new(seed);
    let mut result: Vec<usize> = (0..network.len()).collect();
    let mut best = network.quality(&result, resolution);
    for _ in 0..ROUNDS_MAX {
        let next = pass(network, &result, resolution, &mut random);
        let quality = network.quality(&next, resolution);
        if quality <= best {
            break;
        }
        (result, best) = (next, quality);
    }
    renumbered(&result)
}

/// Local moves and foldings until nothing moves any more.
fn pass(network: &Network, start: &[usize], resolution: u32, random: &mut SplitMix) -> Vec<usize> {
    let mut level = network.clone();
    let mut groups = renumbered(start);
    // Which node of the present level each node of the first one is in.
    let mut member: Vec<usize> = (0..network.len()).collect();
    for _ in 0..ROUNDS_MAX {
        let mut moves = Moves::new(&level, &groups, resolution);
        moves.settle(random);
        groups = renumbered(&moves.groups);
        let refined = refine(&level, &groups, resolution, random);
        let count = refined.iter().max().map_or(0, |most| most + 1);
        let done = count == level.len();
        let mut folded = vec![0; count];
        for (node, part) in refined.iter().enumerate() {
            folded[*part] = groups[node];
        }
        for node in &mut member {
            *node = refined[*node];
        }
        if done {
            break;
        }
        level = level.folded(&refined);
        groups = folded;
    }
    // The loop may end on a refined level; `groups` speaks of that level's nodes.
    member.iter().map(|node| groups[*node]).collect()
}

/// Splits each group into parts that hold together by themselves: nodes start alone and join the
/// best part of their own group.
fn refine(level: &Network, groups: &[usize], resolution: u32, random: &mut SplitMix) -> Vec<usize> {
    let alone: Vec<usize> = (0..level.len()).collect();
    let mut moves = Moves::new(level, &alone, resolution);
    let mut order = alone;
    random.shuffle(&mut order);
    for node in order {
        if moves.size[moves.groups[node]] == 1 {
            moves.improve(node, |other| groups[other] == groups[node]);
        }
    }
    renumbered(&moves.groups)
}

/// A partition under improvement.
struct Moves<'n> {
    network: &'n Network,
    resolution: i128,
    groups: Vec<usize>,
    degree: Vec<u64>,
    size: Vec<usize>,
    empty: Vec<usize>,
}

impl<'n> Moves<'n> {
    fn new(network: &'n Network, groups: &[usize], resolution: u32) -> Self {
        let len = network.len();
        let (mut degree, mut size) = (vec![0; len], vec![0; len]);
        for (node, group) in groups.iter().enumerate() {
            degree[*group] += network.degree[node];
            size[*group] += 1;
        }
        let empty = (0..len).rev().filter(|group| size[*group] == 0).collect();
        let resolution = i128::from(resolution);
        Self { network, resolution, groups: groups.to_vec(), degree, size, empty }
    }

    /// Moves nodes while a move improves; neighbours of a moved node are looked at again.
    fn settle(&mut self, random: &mut SplitMix) {
        let mut order: Vec<usize> = (0..self.network.len()).collect();
        random.shuffle(&mut order);
        let mut queued = vec![true; order.len()];
        let mut queue: VecDeque<usize> = order.into();
        while let Some(node) = queue.pop_front() {
            queued[node] = false;
            if !self.improve(node, |_| true) {
                continue;
            }
            for &(other, _) in &self.network.neighbours[node] {
                if self.groups[other] != self.groups[node] && !queued[other] {
                    queued[other] = true;
                    queue.push_back(other);
                }
            }
        }
    }

    /// Moves one node to the best group among those of its allowed neighbours, or out on its own.
    /// Every move strictly improves the quality, so moving ends.
    fn improve(&mut self, node: usize, allowed: impl Fn(usize) -> bool) -> bool {
        let home = self.groups[node];
        let mut weight: BTreeMap<usize, u64> = BTreeMap::new();
        for &(other, w) in &self.network.neighbours[node] {
            if allowed(other) || self.groups[other] == home {
                *weight.entry(self.groups[other]).or_default() += w;
            }
        }
        let stay = self.gain(node, home, weight.get(&home).copied().unwrap_or(0));
        let alone = self.empty.last().filter(|_| self.size[home] > 1).map(|group| (0, *group));
        let best = weight
            .iter()
            .filter(|(group, _)| **group != home)
            .map(|(group, w)| (self.gain(node, *group, *w), *group))
            .chain(alone)
            .max_by_key(|(gain, group)| (*gain, std::cmp::Reverse(*group)));
        match best {
            Some((gain, group)) if gain > stay => {
                self.put(node, group);
                true
            }
            _ => false,
        }
    }

    /// What the node adds to the quality of a group that it is not counted in.
    fn gain(&self, node: usize, group: usize, weight: u64) -> i128 {
        let own = self.network.degree[node];
        let others = self.degree[group] - if self.groups[node] == group { own } else { 0 };
        let expected = self.resolution * i128::from(own) * i128::from(others);
        i128::from(weight) * 100 * i128::from(self.network.total) - expected
    }

    fn put(&mut self, node: usize, group: usize) {
        let (home, own) = (self.groups[node], self.network.degree[node]);
        self.degree[home] -= own;
        self.size[home] -= 1;
        if self.size[group] == 0 {
            self.empty.retain(|free| *free != group);
        }
        if self.size[home] == 0 {
            self.empty.push(home);
        }
        self.degree[group] += own;
        self.size[group] += 1;
        self.groups[node] = group;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rings of four nodes each, joined by weak links.
    fn rings(count: usize) -> Network {
        let mut pairs = BTreeMap::new();
        for ring in 0..count {
            for a in 0..4 {
                for b in a + 1..4 {
                    pairs.insert((ring * 4 + a, ring * 4 + b), 10);
                }
            }
            pairs.insert((ring * 4, (ring * 4 + 5) % (count * 4)), 1);
        }
        Network::new(count * 4, &pairs)
    }

    #[test]
    fn finds_planted_groups_from_any_start() {
        let network = rings(6);
        let planted: Vec<usize> = (0..24).map(|node| node / 4).collect();
        for seed in 0..20 {
            assert_eq!(cluster(&network, 100, seed), planted, "seed {seed}");
        }
    }

    #[test]
    fn nodes_without_neighbours_stay_alone() {
        let network = Network::new(3, &BTreeMap::from([((0, 1), 1)]));
        assert_eq!(cluster(&network, 100, 1), [0, 0, 1]);
        assert_eq!(cluster(&Network::default(), 100, 1), Vec::<usize>::new());
    }
}
