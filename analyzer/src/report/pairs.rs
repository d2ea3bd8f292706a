//! Crossings summed up by the two tables they join: what the reports rank and the map draws.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::map::{At, Crossing, Map};

/// All crossings from one table to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Pair<'m> {
    pub(super) from: &'m str,
    pub(super) to: &'m str,
    pub(super) from_table: &'m str,
    pub(super) to_table: &'m str,
    /// Declared relations.
    pub(super) relations: usize,
    /// Joins of queries.
    pub(super) joins: usize,
    /// Endpoints that use both.
    pub(super) endpoints: usize,
    /// Sum of the costs, in hundredths of a plain reference.
    pub(super) cost: u32,
    /// The first line, that of a relation before that of a join, and that before an endpoint's.
    pub(super) at: &'m At,
}

/// The pairs, most expensive first.
pub(super) fn worst_first(map: &Map) -> Vec<Pair<'_>> {
    let mut found: BTreeMap<(&str, &str), Pair<'_>> = BTreeMap::new();
    let mut crossings: Vec<&Crossing> = map.crossings.iter().collect();
    crossings.sort_by_key(|c| (rank(c), &c.at));
    for crossing in crossings {
        let key = (crossing.from_table.as_str(), crossing.to_table.as_str());
        let pair = found.entry(key).or_insert_with(|| Pair {
            from: &crossing.from,
            to: &crossing.to,
            from_table: key.0,
            to_table: key.1,
            relations: 0,
            joins: 0,
            endpoints: 0,
            cost: 0,
            at: &crossing.at,
        });
        match rank(crossing) {
            Rank::Relation => pair.relations += 1,
            Rank::Join => pair.joins += 1,
            Rank::Endpoint => pair.endpoints += 1,
        }
        pair.cost = pair.cost.saturating_add(crossing.cost);
    }
    let mut pairs: Vec<Pair<'_>> = found.into_values().collect();
    pairs.sort_by_key(|pair| (Reverse(pair.cost), pair.from_table, pair.to_table));
    pairs
}

/// What a crossing is, the most lasting first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    Relation,
    Join,
    Endpoint,
}

fn rank(crossing: &Crossing) -> Rank {
    match crossing.kind.as_str() {
        "join" => Rank::Join,
        "endpoint" => Rank::Endpoint,
        _ => Rank::Relation,
    }
}

impl Pair<'_> {
    /// `2 relations, 1 join, 3 uses by endpoints`.
    pub(super) fn said(&self) -> String {
        said(self.relations, self.joins, self.endpoints)
    }
}

/// Crossings of each kind in words, those that there are.
pub(super) fn said(relations: usize, joins: usize, endpoints: usize) -> String {
    let kinds = [("relation", relations), ("join", joins), ("endpoint", endpoints)];
    let said = kinds.into_iter().filter(|(_, n)| *n > 0).map(|(kind, n)| in_words(kind, n));
    said.collect::<Vec<_>>().join(", ")
}

/// How many crossings of each kind there are, in words, most first.
pub(super) fn by_kind(map: &Map) -> String {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for crossing in &map.crossings {
        *counts.entry(&crossing.kind).or_default() += 1;
    }
    let mut counts: Vec<(&str, usize)> = counts.into_iter().collect();
    counts.sort_by_key(|(kind, count)| (Reverse(*count), *kind));
    let said: Vec<String> = counts.iter().map(|(kind, n)| in_words(kind, *n)).collect();
    if said.is_empty() { "none".to_owned() } else { said.join(", ") }
}

/// `3 foreign keys`.
pub(super) fn in_words(kind: &str, count: usize) -> String {
    let one = match kind {
        "fk" => "foreign key",
        "one_to_one" => "one-to-one",
        "m2m" => "many-to-many",
        "generic" => "generic reference",
        "parent" => "inheritance link",
        "endpoint" => "use by an endpoint",
        other => other,
    };
    match (kind, count) {
        (_, 1) => format!("1 {one}"),
        ("endpoint", n) => format!("{n} uses by endpoints"),
        ("one_to_one" | "m2m", n) => format!("{n} {one}"),
        (_, n) => format!("{n} {one}s"),
    }
}

/// A cost as people read it: in plain references, with one digit.
pub(super) fn cost(hundredths: u32) -> String {
    format!("{}.{}", hundredths / 100, hundredths % 100 / 10)
}

/// `1 table`, `2 tables`.
pub(super) fn count(number: usize, one: &str) -> String {
    if number == 1 { format!("1 {one}") } else { format!("{number} {one}s") }
}

/// `file:line`.
pub(super) fn place(at: &At) -> String {
    format!("{}:{}", at.file, at.line)
}
