//! Declared relations as evidence: one edge a relation, from the table that holds the reference.

use std::collections::{BTreeMap, BTreeSet};

use crate::graph::{Evidence, Kind, TableGraph, weight};
use crate::map::{Map, Relation, RelationKind};

/// Adds an edge for each relation whose two tables are known.
pub(super) fn add(graph: &mut TableGraph, map: &Map) {
    let places = Places::of(graph, map);
    let inheritors = inheritors(map);
    let mut relations: Vec<&Relation> = map.relations.iter().collect();
    relations.sort_by(|a, b| (&a.from, &a.field, &a.to).cmp(&(&b.from, &b.field, &b.to)));
    for relation in relations {
        let Some((from, to)) = places.ends(relation) else { continue };
        let declared = (relation.declared_in.as_str(), relation.field.as_str());
        let inherited = inheritors.get(&declared).map_or(0, BTreeSet::len) >= weight::INHERITED_MIN;
        let evidence = Evidence {
            kind: Kind::Relation(relation.kind),
            what: format!("{}.{}", relation.from, relation.field),
            sites: vec![relation.at.clone()],
            weight: weight::of_relation(relation, inherited),
            inherited,
        };
        graph.connect(from, to, evidence);
    }
}

/// Which models have one and the same declaration; more than one only through an abstract base.
fn inheritors(map: &Map) -> BTreeMap<(&str, &str), BTreeSet<&str>> {
    let mut found: BTreeMap<(&str, &str), BTreeSet<&str>> = BTreeMap::new();
    for relation in &map.relations {
        found
            .entry((relation.declared_in.as_str(), relation.field.as_str()))
            .or_default()
            .insert(&relation.from);
    }
    found
}

/// Where models and automatic many-to-many tables stand in the graph.
struct Places<'m> {
    models: BTreeMap<&'m str, usize>,
    auto_m2m: BTreeMap<&'m str, usize>,
}

impl<'m> Places<'m> {
    fn of(graph: &TableGraph, map: &'m Map) -> Self {
        let place = |table: &str| graph.find(table);
        let models = map.models.iter().filter_map(|m| Some((m.label.as_str(), place(&m.table)?)));
        let auto =
            map.tables.iter().filter_map(|t| Some((t.auto_m2m_of.as_deref()?, place(&t.name)?)));
        Self { models: models.collect(), auto_m2m: auto.collect() }
    }

    /// The tables that a relation joins. A many-to-many relation leaves from its automatic table;
    /// with a through model of its own it has no edge, the foreign keys of that model say it all.
    fn ends(&self, relation: &Relation) -> Option<(usize, usize)> {
        let to = *self.models.get(relation.to.as_str())?;
        let from = match relation.kind {
            RelationKind::M2m => {
                let field = format!("{}.{}", relation.from, relation.field);
                self.auto_m2m.get(field.as_str())
            }
            _ => self.models.get(relation.from.as_str()),
        };
        Some((*from?, to))
    }
}
