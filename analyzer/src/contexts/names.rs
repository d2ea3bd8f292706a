//! Names of contexts: the app that most of the tables come from, and where two contexts come from
//! one app, the word that tells them apart.

use std::collections::{BTreeMap, BTreeSet};

use crate::contexts::{FRAMEWORK, Placement, affinity};
use crate::graph::TableGraph;

/// Names the groups and puts them into the order of their names.
pub(super) fn place(
    graph: &TableGraph,
    groups: &[Option<usize>],
    hubs: BTreeSet<usize>,
) -> Placement {
    let mut members: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (table, group) in groups.iter().enumerate() {
        if let Some(group) = group {
            members.entry(*group).or_default().push(table);
        }
    }
    let named = unique(graph, &members);
    let mut names: Vec<String> = named.values().cloned().collect();
    if groups.iter().any(Option::is_none) {
        names.push(FRAMEWORK.to_owned());
    }
    names.sort();
    let position = |name: &str| names.iter().position(|n| n == name).unwrap_or(0);
    let of = groups
        .iter()
        .map(|group| position(group.map_or(FRAMEWORK, |group| named[&group].as_str())))
        .collect();
    Placement { names, of, hubs }
}

/// Larger groups choose first.
fn unique(graph: &TableGraph, members: &BTreeMap<usize, Vec<usize>>) -> BTreeMap<usize, String> {
    let mut order: Vec<(&usize, &Vec<usize>)> = members.iter().collect();
    order.sort_by_key(|(group, tables)| (std::cmp::Reverse(tables.len()), **group));
    let common = common_words(graph);
    let mut taken = BTreeSet::from([FRAMEWORK.to_owned()]);
    let mut named = BTreeMap::new();
    for (group, tables) in order {
        let app = app_name(graph, tables);
        let word = telling_word(graph, tables, &common);
        let worded = word.map(|word| format!("{app}-{word}"));
        let numbered = (2..).map(|n| format!("{app}-{n}"));
        let name = std::iter::once(app.clone())
            .chain(worded)
            .chain(numbered)
            .find(|name| !taken.contains(name))
            .expect("numbers do not end");
        taken.insert(name.clone());
        named.insert(*group, name);
    }
    named
}

/// The app of most tables; two apps where no one has half of them.
fn app_name(graph: &TableGraph, tables: &[usize]) -> String {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for table in tables {
        *counts.entry(&graph.node(*table).app).or_default() += 1;
    }
    let mut apps: Vec<(&str, usize)> = counts.into_iter().collect();
    apps.sort_by_key(|(label, count)| (std::cmp::Reverse(*count), *label));
    let name = match apps.as_slice() {
        [(first, count), (second, _), ..] if count * 2 < tables.len() => {
            format!("{first}-{second}")
        }
        [(first, _), ..] => (*first).to_owned(),
        [] => String::new(),
    };
    written(&name)
}

/// A name that may stand in a file name and in YAML without quotes.
fn written(name: &str) -> String {
    let safe: String = name
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() || "_-".contains(c) { c } else { '-' })
        .collect();
    let safe = safe.trim_matches(['-', '_']).to_ascii_lowercase();
    if safe.is_empty() { "context".to_owned() } else { safe }
}

fn common_words(graph: &TableGraph) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for (_, node) in graph.tables() {
        for word in affinity::words(&node.owner) {
            *counts.entry(word).or_default() += 1;
        }
    }
    counts
}

/// The word that many tables of the group and few others have in their names.
fn telling_word(
    graph: &TableGraph,
    tables: &[usize],
    common: &BTreeMap<String, usize>,
) -> Option<String> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for table in tables {
        for word in affinity::words(&graph.node(*table).owner) {
            *counts.entry(word).or_default() += 1;
        }
    }
    counts
        .into_iter()
        .map(|(word, here)| {
            let everywhere = common.get(&word).copied().unwrap_or(here).max(1);
            (here * here * 1000 / everywhere, std::cmp::Reverse(word))
        })
        .max()
        .map(|(_, word)| written(&word.0))
}
