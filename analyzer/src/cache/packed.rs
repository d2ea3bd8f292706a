//! Accesses as they are kept: middleware, permissions and base classes do the same for thousands
//! of endpoints, so each different access is written once, and endpoints name it by its place.

use indexmap::IndexSet;
use rustc_hash::FxBuildHasher;
use serde::{Deserialize, Serialize};

use crate::map::{Access, Endpoint, Map};

/// Lines (a count) that the accesses of all endpoints may name when they are put back: some twenty
/// times those of the largest maps, so that a small file cannot become a map without an end.
const LINES_MAX: usize = 10_000_000;

/// The accesses of all endpoints.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Packed {
    /// The different ones.
    pub(super) accesses: Vec<Access>,
    /// The reads and the writes of each endpoint.
    uses: Vec<[Vec<usize>; 2]>,
}

impl Packed {
    /// Takes the accesses out of the map.
    pub(super) fn take(map: &mut Map) -> Self {
        let mut accesses: IndexSet<Access, FxBuildHasher> = IndexSet::default();
        let mut take = |list: &mut Vec<Access>| {
            let list = std::mem::take(list).into_iter();
            list.map(|access| accesses.insert_full(access).0).collect()
        };
        let uses = map.endpoints.iter_mut().map(lists).map(|both| both.map(&mut take)).collect();
        Self { accesses: accesses.into_iter().collect(), uses }
    }

    /// Puts them back; whether that is possible.
    pub(super) fn put(self, map: &mut Map) -> bool {
        let mut lines = 0;
        for (endpoint, uses) in map.endpoints.iter_mut().zip(&self.uses) {
            for (list, places) in lists(endpoint).into_iter().zip(uses) {
                for place in places {
                    let Some(access) = self.accesses.get(*place) else { return false };
                    lines += access.via.len() + access.path.len() + 1;
                    if lines > LINES_MAX {
                        return false;
                    }
                    list.push(access.clone());
                }
            }
        }
        map.endpoints.len() == self.uses.len()
    }
}

fn lists(endpoint: &mut Endpoint) -> [&mut Vec<Access>; 2] {
    [&mut endpoint.reads, &mut endpoint.writes]
}
