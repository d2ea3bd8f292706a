//! `map.mmd`: contexts and what crosses between them as a Mermaid flowchart, which code hosts draw
//! in Markdown without any tool.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::map::{ContextKind, Map};

/// Edges that Mermaid draws by default (`maxEdges`); the heaviest are kept, the rest is counted.
const EDGES_MAX: usize = 500;

/// The flowchart. An edge says how many references cross, a node how many tables it holds.
pub fn write(map: &Map) -> String {
    let mut out = String::from("flowchart LR\n");
    let mut add = |line: std::fmt::Arguments<'_>| {
        out.write_fmt(line).expect("a String takes every text");
    };
    let mut numbers = BTreeMap::new();
    let domain = map.contexts.iter().filter(|context| context.kind == ContextKind::Domain);
    for (number, context) in domain.enumerate() {
        numbers.insert(context.name.as_str(), number);
        let (name, tables) = (quoted(&context.name), context.tables.len());
        add(format_args!("  c{number}[\"{name} ({tables})\"]\n"));
    }
    let mut crossings: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    for crossing in &map.crossings {
        let ends = (numbers.get(&*crossing.from), numbers.get(&*crossing.to));
        if let (Some(from), Some(to)) = ends {
            *crossings.entry((*from, *to)).or_default() += 1;
        }
    }
    let mut edges: Vec<_> = crossings.into_iter().collect();
    edges.sort_by_key(|((from, to), count)| (std::cmp::Reverse(*count), *from, *to));
    for ((from, to), count) in edges.iter().take(EDGES_MAX) {
        add(format_args!("  c{from} -->|{count}| c{to}\n"));
    }
    if let Some(more) = edges.len().checked_sub(EDGES_MAX).filter(|more| *more > 0) {
        add(format_args!("  %% {more} lighter edges are left out\n"));
    }
    out
}

/// Text that cannot end the string it stands in, nor be taken for markup.
fn quoted(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '"' | '#' | '<' | '>' | '&' | ';' | '`' | '\\' => {
                write!(safe, "#{};", u32::from(letter)).expect("a String takes every text");
            }
            letter if letter.is_control() => safe.push(' '),
            letter => safe.push(letter),
        }
    }
    safe
}
