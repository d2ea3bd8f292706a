//! The coupling between tables as a multigraph: one node a table, one edge a piece of evidence.
//!
//! Invariants: nodes stand in the order of their table names, so a node's index is its position
//! in the sorted list; no edge joins a table with itself; every edge has at least one site.

pub(crate) mod access;
mod relations;
pub mod weight;

use std::collections::{BTreeMap, BTreeSet};

use petgraph::graph::{DiGraph, NodeIndex};
use petgraph::visit::EdgeRef;

use crate::map::{At, Map, RelationKind};

/// A table and whom it belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// Table name.
    pub table: String,
    /// Label of the owning model.
    pub owner: String,
    /// Label of the owning app.
    pub app: String,
    /// Whether the app's code is part of the analyzed repository.
    pub own: bool,
}

/// What kind of coupling an edge stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A relation that a model declares.
    Relation(RelationKind),
    /// Endpoints use both tables.
    SharedUse,
}

/// One piece of evidence that two tables belong together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// Kind of the coupling.
    pub kind: Kind,
    /// What couples them, e.g. `trading.Order.account`.
    pub what: String,
    /// The lines that show it, sorted.
    pub sites: Vec<At>,
    /// What cutting it costs, in hundredths of a plain reference by id.
    pub weight: u32,
    /// A reference that an abstract base gives to many tables alike (`created_by`, `tenant`).
    pub inherited: bool,
}

/// What one endpoint touches.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Use {
    /// Position in `Map::endpoints`.
    pub endpoint: usize,
    /// Tables read, with the first line that shows it.
    pub reads: BTreeMap<usize, Touch>,
    /// Tables written, with the first line that shows it.
    pub writes: BTreeMap<usize, Touch>,
}

/// How sure a touch is, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Touch {
    /// Confidence in quarters: 4 certain, 2 conditional, 1 guessed.
    pub quarters: u32,
    /// The first line that shows it.
    pub at: At,
}

impl Use {
    /// All tables touched.
    pub fn tables(&self) -> BTreeSet<usize> {
        self.reads.keys().chain(self.writes.keys()).copied().collect()
    }
}

/// The graph of tables.
#[derive(Debug, Clone)]
pub struct TableGraph {
    graph: DiGraph<Node, Evidence>,
    by_name: BTreeMap<String, usize>,
    uses: Vec<Use>,
}

impl TableGraph {
    /// Builds the graph of a map. Facts about tables that the map does not hold are left out:
    /// they are listed as opaque elsewhere.
    pub fn build(map: &Map) -> Self {
        let mut this = Self::nodes(map);
        relations::add(&mut this, map);
        this.uses = access::uses(&this, map);
        access::add(&mut this, map);
        this
    }

    fn nodes(map: &Map) -> Self {
        let own: BTreeMap<&str, bool> =
            map.models.iter().map(|m| (m.label.as_str(), m.own)).collect();
        let tables: BTreeMap<&str, &str> =
            map.tables.iter().map(|t| (t.name.as_str(), t.owner.as_str())).collect();
        let mut graph = DiGraph::new();
        let mut by_name = BTreeMap::new();
        for (name, owner) in tables {
            let node = Node {
                table: name.to_owned(),
                owner: owner.to_owned(),
                app: owner.split('.').next().unwrap_or_default().to_owned(),
                own: own.get(owner).copied().unwrap_or(true),
            };
            by_name.insert(name.to_owned(), graph.add_node(node).index());
        }
        Self { graph, by_name, uses: Vec::new() }
    }

    /// Number of tables.
    pub fn len(&self) -> usize {
        self.graph.node_count()
    }

    /// Whether there is no table at all.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The table at a position.
    pub fn node(&self, index: usize) -> &Node {
        &self.graph[NodeIndex::new(index)]
    }

    /// All tables in order.
    pub fn tables(&self) -> impl Iterator<Item = (usize, &Node)> {
        self.graph.node_weights().enumerate()
    }

    /// Position of a table.
    pub fn find(&self, table: &str) -> Option<usize> {
        self.by_name.get(table).copied()
    }

    /// Every piece of evidence: from, to, what.
    pub fn evidence(&self) -> impl Iterator<Item = (usize, usize, &Evidence)> {
        self.graph.edge_references().map(|e| (e.source().index(), e.target().index(), e.weight()))
    }

    /// What each endpoint touches, in the order of the endpoints; those that touch nothing that
    /// was seen are left out.
    pub fn uses(&self) -> &[Use] {
        &self.uses
    }

    /// How many tables refer to each table by a declared relation that is not an inherited one.
    pub fn referrers(&self) -> Vec<usize> {
        let mut from: Vec<BTreeSet<usize>> = vec![BTreeSet::new(); self.len()];
        for (source, target, evidence) in self.evidence() {
            if matches!(evidence.kind, Kind::Relation(_)) && !evidence.inherited {
                from[target].insert(source);
            }
        }
        from.iter().map(BTreeSet::len).collect()
    }

    fn connect(&mut self, from: usize, to: usize, evidence: Evidence) {
        if from != to {
            self.graph.add_edge(NodeIndex::new(from), NodeIndex::new(to), evidence);
        }
    }
}
