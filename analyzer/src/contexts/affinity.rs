//! From evidence to pulls: how strongly two tables draw each other into one context.
//!
//! Cost and affinity are two things. Cutting a reference to the user costs the same as cutting any
//! other, but it says nothing about where a table belongs; so references to much referred tables
//! are damped here and only here.

use std::collections::{BTreeMap, BTreeSet};

use crate::contexts::network::Network;
use crate::contexts::{Options, framework};
use crate::graph::{Kind, TableGraph};

/// Fixed point: one hundredth of a reference is so many units of affinity.
const SCALE: u64 = 1000;
/// Force with which an app holds each of its tables, in hundredths of a reference.
const APP: u64 = 400;
/// Force with which a word of the name draws a table to its namesakes.
const WORD: u64 = 120;
/// Most tables (a count) of one app that still say something about a pair of them.
const APP_TABLES_MAX: usize = 120;
/// Most tables (a count) that may share a word before it is the project's own vocabulary.
const WORD_TABLES_MAX: usize = 12;
/// Shortest word (in letters) that means something.
const WORD_LETTERS_MIN: usize = 3;

/// The pairs of tables with their affinity; framework tables have none.
pub(super) fn pairs(
    graph: &TableGraph,
    hubs: &BTreeSet<usize>,
    options: &Options,
) -> BTreeMap<(usize, usize), u64> {
    let mut pairs = BTreeMap::new();
    let referrers = graph.referrers();
    for (a, b, evidence) in graph.evidence() {
        let hub = hubs.contains(&a) || hubs.contains(&b);
        let weight = u64::from(evidence.weight) * SCALE;
        let pull = match evidence.kind {
            // An inherited reference couples nothing; it only says where a table without any other
            // coupling may go. Everybody's reads of a hub do not say even that.
            _ if evidence.inherited => 1,
            Kind::SharedUse if hub => 0,
            Kind::SharedUse => weight,
            Kind::Relation(_) if hubs.contains(&b) => weight / (1 + referrers[b] as u64),
            Kind::Relation(_) => {
                weight * SCALE / (SCALE * SCALE * (1 + referrers[b] as u64)).isqrt()
            }
        };
        add(&mut pairs, a, b, pull);
    }
    if options.apps {
        let apps = grouped(graph, |table| vec![graph.node(table).app.clone()]);
        pull_groups(&mut pairs, &apps, APP, APP_TABLES_MAX);
    }
    if options.words {
        let words = grouped(graph, |table| words(&graph.node(table).owner));
        pull_groups(&mut pairs, &words, WORD, WORD_TABLES_MAX);
    }
    pairs.retain(|(a, b), pull| {
        let framework = |table| framework::holds(&graph.node(table).owner);
        *pull > 0 && !framework(*a) && !framework(*b)
    });
    pairs
}

/// The network of units (tables that stay together are one).
pub(super) fn network(pairs: &BTreeMap<(usize, usize), u64>, units: &[usize]) -> Network {
    let mut folded = BTreeMap::new();
    for (&(a, b), &pull) in pairs {
        add(&mut folded, units[a], units[b], pull);
    }
    // What is inside a unit holds by decree; its weight would only distort the expectation.
    folded.retain(|(a, b), _| a != b);
    Network::new(units.iter().max().map_or(0, |most| most + 1), &folded)
}

fn add(pairs: &mut BTreeMap<(usize, usize), u64>, a: usize, b: usize, pull: u64) {
    *pairs.entry((a.min(b), a.max(b))).or_default() += pull;
}

fn grouped(
    graph: &TableGraph,
    keys: impl Fn(usize) -> Vec<String>,
) -> BTreeMap<String, BTreeSet<usize>> {
    let mut groups: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
    for (table, node) in graph.tables() {
        if !framework::holds(&node.owner) {
            for key in keys(table) {
                groups.entry(key).or_default().insert(table);
            }
        }
    }
    groups
}

/// Each group pulls each of its members with the same force, shared among the others.
fn pull_groups(
    pairs: &mut BTreeMap<(usize, usize), u64>,
    groups: &BTreeMap<String, BTreeSet<usize>>,
    force: u64,
    most: usize,
) {
    for members in groups.values().filter(|m| m.len() > 1 && m.len() <= most) {
        let pull = force * SCALE / (members.len() as u64 - 1);
        for a in members {
            for b in members.range(a + 1..) {
                add(pairs, *a, *b, pull);
            }
        }
    }
}

/// The words of a model's name, in singular and lower case, without those of its app's label.
pub(super) fn words(owner: &str) -> Vec<String> {
    let (app, model) = owner.split_once('.').unwrap_or(("", owner));
    let app: BTreeSet<String> = split(app).collect();
    let mut found: Vec<String> = split(model).filter(|word| !app.contains(word)).collect();
    found.sort();
    found.dedup();
    found
}

/// Splits `TradeOrderLine` and `trade_order_line` alike.
fn split(name: &str) -> impl Iterator<Item = String> {
    let mut words = vec![String::new()];
    let mut low_before = false;
    for letter in name.chars() {
        let starts = letter.is_uppercase() && low_before || !letter.is_alphanumeric();
        if starts {
            words.push(String::new());
        }
        if letter.is_alphanumeric() {
            words.last_mut().expect("starts with one word").extend(letter.to_lowercase());
        }
        low_before = letter.is_lowercase() || letter.is_numeric();
    }
    words.into_iter().map(|word| singular(&word)).filter(|w| w.chars().count() >= WORD_LETTERS_MIN)
}

fn singular(word: &str) -> String {
    match word.strip_suffix('s') {
        Some(stem) if stem.len() >= WORD_LETTERS_MIN && !stem.ends_with(['s', 'u', 'i']) => {
            stem.to_owned()
        }
        _ => word.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::words;

    #[test]
    fn words_are_singular_and_without_the_app() {
        assert_eq!(words("orders.OrderLines"), ["line"]);
        assert_eq!(words("core.HTTPStatus"), ["httpstatus"]);
        assert_eq!(words("trading.PriceAlert"), ["alert", "price"]);
    }
}
