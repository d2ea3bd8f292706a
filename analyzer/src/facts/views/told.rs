//! Accesses as the map tells them. Views share what they do, so each different one is held once.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;
use std::sync::Arc;

use rustc_hash::FxHashSet;

use crate::map::{Access, At, Certainty};
use crate::python::{Evaluator, Span, Text};

/// Lines (a count) kept of one access; a table that is used at more is used everywhere.
pub(super) const VIA_MAX: usize = 20;

/// The calls of a way to an access (a count), and the test that it lies behind.
type Best = (usize, Option<Span>);

/// What one body does to one table, put together from its touches.
#[derive(Debug, Clone, Default)]
pub(super) struct Done {
    via: BTreeSet<Span>,
    direct: bool,
    /// The surest way, and of those the shortest.
    best: Option<Best>,
    /// The calls of the shortest way.
    path: Option<Rc<[Span]>>,
}

impl Done {
    /// One touch at the end of its calls.
    pub(super) fn new(path: Vec<Span>, test: Option<Span>, direct: bool) -> Self {
        let via = path.last().copied().into_iter().collect();
        Self { via, direct, best: Some((path.len(), test)), path: Some(path.into()) }
    }

    /// Adds what else is done to the table.
    pub(super) fn join(&mut self, other: Self) {
        self.via.extend(other.via);
        self.direct |= other.direct;
        if let Some(best) = other.best {
            keep_better(&mut self.best, &best);
        }
        keep_shorter(&mut self.path, other.path.as_ref());
    }
}

fn keep_better(known: &mut Option<Best>, other: &Best) {
    let rank = |(calls, test): &Best| (test.is_some(), *calls);
    if known.as_ref().is_none_or(|known| rank(other) < rank(known)) {
        *known = Some(*other);
    }
}

fn keep_shorter(known: &mut Option<Rc<[Span]>>, other: Option<&Rc<[Span]>>) {
    if let Some(other) = other.filter(|o| known.as_ref().is_none_or(|k| o.len() < k.len())) {
        *known = Some(other.clone());
    }
}

/// What an endpoint does to one table, put together from its bodies.
#[derive(Debug, Default)]
pub(super) struct Use {
    via: BTreeSet<Span>,
    direct: bool,
    /// The best way by method.
    methods: BTreeMap<String, Option<Best>>,
    path: Option<Rc<[Span]>>,
}

impl Use {
    /// Adds what a body does that answers a method.
    pub(super) fn add(&mut self, done: &Done, method: &str) {
        self.via.extend(done.via.iter().copied());
        self.direct |= done.direct;
        if let Some(best) = &done.best {
            keep_better(self.methods.entry(method.to_owned()).or_default(), best);
        }
        keep_shorter(&mut self.path, done.path.as_ref());
    }
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
        ev: &Evaluator,
        uses: BTreeMap<(bool, Text), Use>,
        methods: usize,
        certainty: Certainty,
    ) -> (Vec<Arc<Access>>, Vec<Arc<Access>>) {
        let (mut reads, mut writes) = (Vec::new(), Vec::new());
        for ((write, table), used) in uses {
            let all = used.methods.len() == methods;
            let via: BTreeSet<At> = used.via.into_iter().map(|at| ev.at(at)).collect();
            let test = used.methods.values().flatten().find_map(|(_, test)| *test);
            let path = used.path.iter().flat_map(|path| path.iter());
            let access = Access {
                table: table.to_string(),
                certainty,
                via: via.into_iter().take(VIA_MAX).collect(),
                only_if: test.map(|at| ev.at(at)),
                methods: if all { Vec::new() } else { used.methods.into_keys().collect() },
                path: path.map(|at| ev.at(*at)).collect(),
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
