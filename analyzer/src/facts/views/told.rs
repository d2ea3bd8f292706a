//! Accesses as the map tells them. Views share what they do, so each different one is held once.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rustc_hash::FxHashSet;

use crate::map::{Access, At, Certainty};
use crate::python::Text;

/// Lines (a count) kept of one access; a table that is used at more is used everywhere.
pub(super) const VIA_MAX: usize = 20;

/// One access, put together from its touches.
#[derive(Debug, Clone, Default)]
pub(super) struct Use {
    pub(super) via: BTreeSet<At>,
    /// By method: the calls of the best way (a count), and the test that it lies behind.
    pub(super) methods: BTreeMap<String, (usize, Option<At>)>,
    pub(super) path: Option<Vec<At>>,
    pub(super) direct: bool,
}

/// The different accesses so far.
#[derive(Debug, Default)]
pub(super) struct Told {
    known: FxHashSet<Arc<Access>>,
}

impl Told {
    /// Reads and writes as the map tells them; `methods` is how many the endpoint has.
    pub(super) fn accesses(
        &mut self,
        uses: BTreeMap<(bool, Text), Use>,
        methods: usize,
        certainty: Certainty,
    ) -> (Vec<Arc<Access>>, Vec<Arc<Access>>) {
        let (mut reads, mut writes) = (Vec::new(), Vec::new());
        for ((write, table), used) in uses {
            let all = used.methods.len() == methods;
            let access = Access {
                table: table.to_string(),
                certainty,
                via: used.via.into_iter().take(VIA_MAX).collect(),
                only_if: used.methods.values().find_map(|(_, test)| test.clone()),
                methods: if all { Vec::new() } else { used.methods.into_keys().collect() },
                path: used.path.unwrap_or_default(),
                deferred: !used.direct,
                seen: false,
            };
            let access = self.shared(access);
            if write { writes.push(access) } else { reads.push(access) }
        }
        (reads, writes)
    }

    fn shared(&mut self, access: Access) -> Arc<Access> {
        if let Some(known) = self.known.get(&access) {
            return known.clone();
        }
        let access = Arc::new(access);
        self.known.insert(access.clone());
        access
    }
}
