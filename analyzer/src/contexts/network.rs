//! An undirected graph with integer weights: what the clustering works on.

use std::collections::BTreeMap;

/// Nodes `0..len`, neighbours sorted by number.
#[derive(Debug, Clone, Default)]
pub(super) struct Network {
    /// Neighbours of each node with the weight between them; never the node itself.
    pub(super) neighbours: Vec<Vec<(usize, u64)>>,
    /// Weight inside each node, counted once for each direction.
    pub(super) inside: Vec<u64>,
    /// Weight of each node: all its neighbours and what is inside.
    pub(super) degree: Vec<u64>,
    /// Sum of all degrees.
    pub(super) total: u64,
}

impl Network {
    /// Builds the network from pairs; both orders of a pair add up.
    pub(super) fn new(len: usize, pairs: &BTreeMap<(usize, usize), u64>) -> Self {
        let mut sums: Vec<BTreeMap<usize, u64>> = vec![BTreeMap::new(); len];
        let mut inside = vec![0; len];
        for (&(a, b), &weight) in pairs {
            if a == b {
                inside[a] += 2 * weight;
            } else {
                *sums[a].entry(b).or_default() += weight;
                *sums[b].entry(a).or_default() += weight;
            }
        }
        Self::finish(sums, inside)
    }

    fn finish(sums: Vec<BTreeMap<usize, u64>>, inside: Vec<u64>) -> Self {
        let neighbours: Vec<Vec<(usize, u64)>> =
            sums.into_iter().map(|sum| sum.into_iter().filter(|(_, w)| *w > 0).collect()).collect();
        let degree: Vec<u64> = neighbours
            .iter()
            .zip(&inside)
            .map(|(list, inside)| list.iter().map(|(_, w)| w).sum::<u64>() + inside)
            .collect();
        let total = degree.iter().sum();
        Self { neighbours, inside, degree, total }
    }

    pub(super) fn len(&self) -> usize {
        self.degree.len()
    }

    /// The network whose nodes are the groups of this one; `groups` numbers them from 0.
    pub(super) fn folded(&self, groups: &[usize]) -> Self {
        let len = groups.iter().max().map_or(0, |most| most + 1);
        let mut sums: Vec<BTreeMap<usize, u64>> = vec![BTreeMap::new(); len];
        let mut inside = vec![0; len];
        for (node, list) in self.neighbours.iter().enumerate() {
            inside[groups[node]] += self.inside[node];
            for &(other, weight) in list {
                if groups[node] == groups[other] {
                    inside[groups[node]] += weight;
                } else {
                    *sums[groups[node]].entry(groups[other]).or_default() += weight;
                }
            }
        }
        Self::finish(sums, inside)
    }

    /// Modularity with a resolution in percent, times `100 * total^2`: exact in integers.
    pub(super) fn quality(&self, groups: &[usize], resolution: u32) -> i128 {
        let len = groups.iter().max().map_or(0, |most| most + 1);
        let mut inside = vec![0i128; len];
        let mut degree = vec![0i128; len];
        for (node, list) in self.neighbours.iter().enumerate() {
            let group = groups[node];
            degree[group] += i128::from(self.degree[node]);
            inside[group] += i128::from(self.inside[node]);
            let kept = list.iter().filter(|(other, _)| groups[*other] == group);
            inside[group] += kept.map(|(_, w)| i128::from(*w)).sum::<i128>();
        }
        let total = i128::from(self.total);
        let gained: i128 = inside.iter().sum::<i128>() * 100 * total;
        let expected: i128 = degree.iter().map(|k| k * k).sum();
        gained - i128::from(resolution) * expected
    }
}

/// Numbers groups from 0 in the order in which they first appear.
pub(super) fn renumbered(groups: &[usize]) -> Vec<usize> {
    let mut numbers = BTreeMap::new();
    groups
        .iter()
        .map(|group| {
            let next = numbers.len();
            *numbers.entry(*group).or_insert(next)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folding_keeps_total_and_quality() {
        let pairs = BTreeMap::from([((0, 1), 5), ((1, 2), 1), ((2, 3), 5), ((3, 3), 2)]);
        let network = Network::new(4, &pairs);
        let groups = [0, 0, 1, 1];
        let folded = network.folded(&groups);
        assert_eq!(folded.total, network.total);
        assert_eq!(folded.quality(&[0, 1], 100), network.quality(&groups, 100));
        assert!(network.quality(&groups, 100) > network.quality(&[0, 0, 0, 0], 100));
    }
}
