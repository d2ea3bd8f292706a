//! Tables that cannot live in two databases: which ones, and why.

use std::collections::BTreeMap;

use crate::contexts::framework;
use crate::graph::TableGraph;
use crate::map::{At, Map, Model, Relation, RelationKind, Table};

/// Most columns (a count) of its own, beside keys and references, that a through table may have
/// and still be nothing but the link; one is the position or the date that nearly all have.
const THROUGH_PAYLOAD_MAX: usize = 1;

/// Two tables that stay together.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Together {
    /// The table that follows.
    pub table: String,
    /// The table that it follows.
    pub with: String,
    /// Why.
    pub why: String,
    /// The line that makes it so.
    pub at: Option<At>,
}

/// Every pair of a map that stays together, sorted.
pub fn together(map: &Map) -> Vec<Together> {
    let models: BTreeMap<&str, &Model> = map.models.iter().map(|m| (m.label.as_str(), m)).collect();
    let mut found: Vec<Together> = automatic(map, &models);
    for relation in &map.relations {
        let (Some(from), Some(to)) =
            (models.get(relation.from.as_str()), models.get(relation.to.as_str()))
        else {
            continue;
        };
        let why = match relation.kind {
            RelationKind::Parent => "multi-table inheritance: one object, two rows".to_owned(),
            // Across apps it is a habit (settings of a user, keyed by the user), not one object.
            RelationKind::OneToOne if is_key(from, &relation.field) && one_app(relation) => {
                format!("{}.{} is also its primary key", relation.from, relation.field)
            }
            _ => continue,
        };
        found.push(pair(from, &to.table, why, Some(relation.at.clone())));
    }
    found.extend(through(map, &models));
    found.extend(libraries(map, &models));
    found.retain(|pair| pair.table != pair.with && !pair.table.is_empty());
    found.sort();
    found.dedup();
    found
}

fn pair(model: &Model, with: &str, why: String, at: Option<At>) -> Together {
    Together { table: model.table.clone(), with: with.to_owned(), why, at }
}

fn one_app(relation: &Relation) -> bool {
    relation.from.split('.').next() == relation.to.split('.').next()
}

fn is_key(model: &Model, field: &str) -> bool {
    model.fields.iter().any(|f| f.name == field && f.primary_key)
}

/// Automatic many-to-many tables stay with the model that declares the field.
fn automatic(map: &Map, models: &BTreeMap<&str, &Model>) -> Vec<Together> {
    let of = |table: &Table| {
        let field = table.auto_m2m_of.as_ref()?;
        let owner = models.get(table.owner.as_str())?;
        let name = field.rsplit('.').next().unwrap_or_default();
        let at = owner.fields.iter().find(|f| f.name == name).map(|f| f.at.clone());
        let why = format!("automatic table of {field}");
        Some(Together { table: table.name.clone(), with: owner.table.clone(), why, at })
    };
    map.tables.iter().filter_map(of).collect()
}

/// Through tables that hold nothing but the link stay with the model that declares the field.
fn through(map: &Map, models: &BTreeMap<&str, &Model>) -> Vec<Together> {
    let links = map.relations.iter().filter(|r| r.kind == RelationKind::M2m);
    let of = |relation: &Relation| {
        let link = models.get(relation.through.as_deref()?)?;
        let owner = models.get(relation.from.as_str())?;
        let payload = link.fields.iter().filter(|f| {
            let refers = map.relations.iter().any(|r| r.from == link.label && r.field == f.name);
            f.column.is_some() && !f.primary_key && !refers
        });
        let why = format!("through table of {}.{}", relation.from, relation.field);
        (payload.count() <= THROUGH_PAYLOAD_MAX)
            .then(|| pair(link, &owner.table, why, Some(relation.at.clone())))
    };
    links.filter_map(of).collect()
}

/// The tables of a library come and go with the library. Django's own are a context by
/// themselves, except that of the user.
fn libraries(map: &Map, models: &BTreeMap<&str, &Model>) -> Vec<Together> {
    let mut first: BTreeMap<&str, &str> = BTreeMap::new();
    let mut found = Vec::new();
    let owned: BTreeMap<&str, &str> = map
        .tables
        .iter()
        .filter(|t| !framework::holds(&t.owner))
        .map(|t| (t.name.as_str(), t.owner.as_str()))
        .collect();
    for (table, owner) in owned {
        let Some(model) = models.get(owner).filter(|m| !m.own) else { continue };
        let app = model.label.split('.').next().unwrap_or_default();
        let with = *first.entry(app).or_insert(table);
        let why = format!("both belong to the library app {app}");
        found.push(Together { table: table.to_owned(), with: with.to_owned(), why, at: None });
    }
    found
}

/// Numbers the groups of tables that stay together: `units[table]`, from 0 in table order.
pub(super) fn units(graph: &TableGraph, pairs: &[Together]) -> Vec<usize> {
    let mut root: Vec<usize> = (0..graph.len()).collect();
    for pair in pairs {
        let (Some(a), Some(b)) = (graph.find(&pair.table), graph.find(&pair.with)) else {
            continue;
        };
        let (a, b) = (find(&root, a), find(&root, b));
        root[a.max(b)] = a.min(b);
    }
    let roots: Vec<usize> = (0..graph.len()).map(|table| find(&root, table)).collect();
    super::network::renumbered(&roots)
}

fn find(root: &[usize], mut node: usize) -> usize {
    while root[node] != node {
        node = root[node];
    }
    node
}
