//! What is to be drawn: panels, cards and links, without any position.

use std::collections::{BTreeMap, BTreeSet};

use crate::map::{Context, ContextKind, Crossing, Map};
use crate::report::pairs::{Pair, worst_first};

/// Most cards (a count) that a panel fills up with tables that never cross.
const INSIDE_MAX: usize = 6;
/// Most tables (a count) of a context that is left out while nothing joins it to another.
const ALONE_TABLES_MAX: usize = 2;
/// Number of colours; further contexts start again.
pub(in crate::report) const COLOURS: usize = 12;

/// Height of a card.
pub(super) const CARD: i32 = 22;
/// From one card to the next.
pub(super) const PITCH: i32 = 26;
/// Height of a panel's head.
pub(super) const HEAD: i32 = 52;
/// Space around the cards of a panel.
pub(super) const PAD: i32 = 10;
/// Widest and narrowest card.
const CARD_WIDTH: std::ops::RangeInclusive<i32> = 136..=252;
/// Width of a bold letter at 12 pixels, in tenths: that of a wide font, so that no other overflows.
const LETTER_TENTHS: i32 = 76;

/// A context.
pub(super) struct Panel<'m> {
    pub(super) context: &'m Context,
    pub(super) colour: usize,
    /// Tables shown, those with a crossing first.
    pub(super) cards: Vec<&'m str>,
    /// How many of them have a crossing.
    pub(super) gateways: usize,
    /// Tables that are not shown.
    pub(super) hidden: Vec<&'m str>,
}

impl Panel<'_> {
    pub(super) fn height(&self) -> i32 {
        let rows = self.cards.len() + usize::from(!self.hidden.is_empty());
        HEAD + PITCH * i32::try_from(rows).unwrap_or(i32::MAX / PITCH / 2) + PAD - 4
    }
}

/// Where a wire ends: a card of a panel, or the panel's head.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Card {
    pub(super) panel: usize,
    pub(super) row: Option<usize>,
}

/// Two tables with a crossing, and the cards that show them.
type Joined<'m> = (Card, Card, Pair<'m>);

/// All crossings from one card to another, or, between two heads, all pairs of tables that only
/// endpoints use together: a wire for each of them would hide the references.
pub(super) struct Link<'m> {
    pub(super) from: Card,
    pub(super) to: Card,
    /// Never empty.
    pub(super) pairs: Vec<Joined<'m>>,
}

impl Link<'_> {
    /// Declared relations.
    pub(super) fn relations(&self) -> usize {
        self.pairs.iter().map(|(_, _, pair)| pair.relations).sum()
    }

    /// Joins of queries.
    pub(super) fn joins(&self) -> usize {
        self.pairs.iter().map(|(_, _, pair)| pair.joins).sum()
    }

    /// Uses by endpoints.
    pub(super) fn endpoints(&self) -> usize {
        self.pairs.iter().map(|(_, _, pair)| pair.endpoints).sum()
    }

    /// Sum of the costs, in hundredths of a plain reference.
    pub(super) fn cost(&self) -> u32 {
        self.pairs.iter().fold(0, |sum, (_, _, pair)| sum.saturating_add(pair.cost))
    }
}

/// Everything to be drawn.
pub(super) struct Scene<'m> {
    pub(super) panels: Vec<Panel<'m>>,
    pub(super) links: Vec<Link<'m>>,
    pub(super) card_width: i32,
}

impl<'m> Scene<'m> {
    pub(super) fn of(map: &'m Map) -> Self {
        let pairs = worst_first(map);
        let mut weight: BTreeMap<&str, u32> = BTreeMap::new();
        for pair in &pairs {
            *weight.entry(pair.from_table).or_default() += pair.cost;
            *weight.entry(pair.to_table).or_default() += pair.cost;
        }
        let domain = map.contexts.iter().filter(|c| c.kind == ContextKind::Domain);
        let panels: Vec<Panel<'m>> = domain
            .enumerate()
            .filter(|(_, context)| !is_left_out(map, context))
            .map(|(number, context)| panel(number, context, &weight))
            .collect();
        let mut cards: BTreeMap<&str, Card> = BTreeMap::new();
        for (number, panel) in panels.iter().enumerate() {
            for (row, table) in panel.cards.iter().enumerate() {
                cards.insert(table, Card { panel: number, row: Some(row) });
            }
        }
        // A reference to a framework table has no card and is told in the tables only.
        let joined = pairs.into_iter().filter_map(|pair| {
            let (from, to) = (*cards.get(pair.from_table)?, *cards.get(pair.to_table)?);
            (from.panel != to.panel).then_some((from, to, pair))
        });
        let links = bundled(joined.collect());
        let card_width = card_width(&panels);
        Self { panels, links, card_width }
    }
}

/// One link for each pair of tables with a declared relation, one for all others of two panels.
fn bundled(joined: Vec<Joined<'_>>) -> Vec<Link<'_>> {
    let (uses, declared): (Vec<_>, Vec<_>) =
        joined.into_iter().partition(|(_, _, pair)| pair.relations == 0);
    let mut bundles: BTreeMap<(usize, usize), Vec<Joined<'_>>> = BTreeMap::new();
    for used in uses {
        bundles.entry((used.0.panel, used.1.panel)).or_default().push(used);
    }
    let single = |(from, to, pair)| Link { from, to, pairs: vec![(from, to, pair)] };
    let bundle = |((from, to), pairs): ((usize, usize), Vec<_>)| {
        let head = |panel| Card { panel, row: None };
        Link { from: head(from), to: head(to), pairs }
    };
    declared.into_iter().map(single).chain(bundles.into_iter().map(bundle)).collect()
}

/// A small context that nothing joins to the others would only spread the picture.
pub(in crate::report) fn is_left_out(map: &Map, context: &Context) -> bool {
    let small = context.tables.len() <= ALONE_TABLES_MAX;
    let crosses = |c: &Crossing| c.from == context.name || c.to == context.name;
    let domain = context.kind == ContextKind::Domain;
    domain && small && !map.crossings.is_empty() && !map.crossings.iter().any(crosses)
}

fn panel<'m>(number: usize, context: &'m Context, weight: &BTreeMap<&str, u32>) -> Panel<'m> {
    let crosses = |table: &&str| weight.contains_key(*table);
    let tables = context.tables.iter().map(String::as_str);
    let (mut cards, inside): (Vec<&str>, Vec<&str>) = tables.partition(crosses);
    let hubs: BTreeSet<&str> = context.hubs.iter().map(String::as_str).collect();
    cards.sort_by_key(|t| (!hubs.contains(t), std::cmp::Reverse(weight.get(t)), *t));
    let gateways = cards.len();
    let room = INSIDE_MAX.saturating_sub(gateways).max(1);
    // One table that would be hidden alone takes the line that would say so.
    let shown = if inside.len() <= room + 1 { inside.len() } else { room };
    let hidden = inside[shown..].to_vec();
    cards.extend(&inside[..shown]);
    Panel { context, colour: number % COLOURS, cards, gateways, hidden }
}

fn card_width(panels: &[Panel<'_>]) -> i32 {
    let widest = panels.iter().flat_map(|p| &p.cards).map(|t| text_width(t)).max().unwrap_or(0);
    (widest + 26).clamp(*CARD_WIDTH.start(), *CARD_WIDTH.end())
}

/// Width of a text at 12 pixels.
pub(super) fn text_width(text: &str) -> i32 {
    i32::try_from(text.chars().count()).unwrap_or(i32::MAX / 100) * LETTER_TENTHS / 10
}

/// The text as it fits into so many pixels: the middle goes, the ends tell names apart.
pub(super) fn fitted(text: &str, width: i32) -> String {
    if text_width(text) <= width {
        return text.to_owned();
    }
    let letters: Vec<char> = text.chars().collect();
    let keep = usize::try_from(width * 10 / LETTER_TENTHS - 1).unwrap_or(2).max(2);
    let (head, tail) = (keep / 2, keep - keep / 2);
    let start: String = letters[..head].iter().collect();
    let end: String = letters[letters.len() - tail..].iter().collect();
    format!("{start}\u{2026}{end}")
}

#[cfg(test)]
mod tests {
    use super::fitted;

    #[test]
    fn long_names_lose_their_middle() {
        assert_eq!(fitted("short", 100), "short");
        let cut = fitted("a_very_long_name_of_a_table_that_never_ends", 100);
        assert!(cut.starts_with("a_very") && cut.ends_with("ends") && cut.contains('…'), "{cut}");
    }
}
