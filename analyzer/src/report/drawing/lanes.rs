//! Lanes of one gap: who shares one, and in which order they stand so that few wires cross.

use std::collections::BTreeMap;

/// Lane of each part, and how many lanes there are.
pub(super) type Lanes<K> = (BTreeMap<K, i32>, i32);

/// Most rounds (a count) of arranging; each round removes crossings, so few are needed.
const ROUNDS_MAX: usize = 40;

/// Where a wire leaves a vertical lane sideways.
#[derive(Debug, Clone, Copy)]
pub(super) struct Stub {
    pub(super) y: i32,
    /// To the right, else to the left.
    pub(super) right: bool,
}

/// The part of a wire that runs in one vertical gap.
#[derive(Debug, Clone)]
pub(super) struct Part {
    pub(super) low: i32,
    pub(super) high: i32,
    stubs: Vec<Stub>,
}

impl Part {
    pub(super) fn of(stubs: Vec<Stub>) -> Self {
        let low = stubs.iter().map(|s| s.y).min().unwrap_or(0);
        let high = stubs.iter().map(|s| s.y).max().unwrap_or(0);
        Self { low, high, stubs }
    }

    /// How many of its stubs to one side pass through the other's vertical.
    fn hits(&self, other: &Self, right: bool) -> usize {
        let through = |s: &&Stub| s.right == right && other.low < s.y && s.y < other.high;
        self.stubs.iter().filter(through).count()
    }
}

/// Spreads intervals over lanes: two share a lane when there is space between them.
pub(super) fn spread<K: Copy + Ord>(mut spans: Vec<(i32, i32, K)>, clear: i32) -> Lanes<K> {
    spans.sort_unstable();
    let mut ends: Vec<i32> = Vec::new();
    let mut lanes = BTreeMap::new();
    for (start, end, key) in spans {
        let free = ends.iter().position(|last| last.saturating_add(clear) <= start);
        let lane = free.unwrap_or(ends.len());
        if lane == ends.len() {
            ends.push(end);
        } else {
            ends[lane] = end;
        }
        lanes.insert(key, i32::try_from(lane).unwrap_or(0));
    }
    (lanes, i32::try_from(ends.len()).unwrap_or(0))
}

/// Reorders lanes while moving one to another place removes crossings. What two lanes cost depends
/// on nothing but which of them is left, so a table of pairs is all that has to be known.
pub(super) fn arrange<K: Copy + Ord>(lanes: Lanes<K>, parts: &BTreeMap<K, Part>) -> Lanes<K> {
    let (of, count) = lanes;
    let count_lanes = usize::try_from(count).unwrap_or(0);
    let mut members: Vec<Vec<&Part>> = vec![Vec::new(); count_lanes];
    for (key, lane) in &of {
        members[usize::try_from(*lane).unwrap_or(0)].extend(parts.get(key));
    }
    // cost[a][b]: crossings when lane `a` stands left of lane `b`.
    let cost: Vec<Vec<usize>> = members
        .iter()
        .map(|left| members.iter().map(|right| crossings(left, right)).collect())
        .collect();
    let order = ordered(&cost);
    let mut place = vec![0; count_lanes];
    for (position, lane) in (0..).zip(&order) {
        place[*lane] = position;
    }
    let moved = of.into_iter().map(|(key, lane)| (key, place[usize::try_from(lane).unwrap_or(0)]));
    (moved.collect(), count)
}

fn crossings(left: &[&Part], right: &[&Part]) -> usize {
    let pairs = left.iter().flat_map(|a| right.iter().map(move |b| (a, b)));
    pairs.map(|(a, b)| a.hits(b, true) + b.hits(a, false)).sum()
}

/// The order that moving single lanes reaches, each move to where it removes most crossings.
fn ordered(cost: &[Vec<usize>]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..cost.len()).collect();
    for _ in 0..ROUNDS_MAX {
        let mut moved = false;
        for from in 0..order.len() {
            if let Some(to) = best_place(cost, &order, from) {
                let lane = order.remove(from);
                order.insert(to, lane);
                moved = true;
            }
        }
        if !moved {
            break;
        }
    }
    order
}

/// Where the lane at a position removes most crossings. Passing one neighbour changes the cost of
/// that pair alone, so one walk to each side knows every place.
fn best_place(cost: &[Vec<usize>], order: &[usize], from: usize) -> Option<usize> {
    let lane = order[from];
    let pair = |left: usize, right: usize| i64::try_from(cost[left][right]).unwrap_or(i64::MAX / 2);
    let (mut best, mut place) = (0, None);
    let mut change = 0;
    for (to, other) in order.iter().enumerate().skip(from + 1) {
        change += pair(*other, lane) - pair(lane, *other);
        if change < best {
            (best, place) = (change, Some(to));
        }
    }
    change = 0;
    for (to, other) in order.iter().enumerate().take(from).rev() {
        change += pair(lane, *other) - pair(*other, lane);
        if change < best {
            (best, place) = (change, Some(to));
        }
    }
    place
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lanes_are_shared_where_there_is_space() {
        let (lanes, count) = spread(vec![(0, 10, 'a'), (20, 30, 'b'), (5, 25, 'c')], 5);
        assert_eq!((lanes[&'a'], lanes[&'c'], lanes[&'b'], count), (0, 1, 0, 2));
    }

    #[test]
    fn the_order_of_lanes_avoids_crossings() {
        let part = |stubs: [(i32, bool); 2]| {
            Part::of(stubs.into_iter().map(|(y, right)| Stub { y, right }).collect())
        };
        // Both come from the left; the one that goes further down must turn last.
        let parts = BTreeMap::from([
            ('a', part([(10, false), (40, true)])),
            ('b', part([(20, false), (50, true)])),
        ]);
        let (lanes, _) = arrange((BTreeMap::from([('a', 0), ('b', 1)]), 2), &parts);
        assert!(lanes[&'a'] > lanes[&'b'], "{lanes:?}");
    }
}
