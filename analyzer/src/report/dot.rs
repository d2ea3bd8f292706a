//! `map.dot`: contexts as clusters and crossings as edges, for people who have Graphviz at hand.

use std::collections::BTreeSet;
use std::fmt::Write;

use crate::map::{ContextKind, Map};
use crate::report::pairs::{count, worst_first};

/// The graph in the DOT language. Only tables with a crossing are drawn; a dashed edge is shared
/// use by endpoints alone.
pub fn write(map: &Map) -> String {
    let pairs = worst_first(map);
    let gateways: BTreeSet<&str> =
        pairs.iter().flat_map(|pair| [pair.from_table, pair.to_table]).collect();
    let mut out = String::from("digraph contexts {\n  rankdir=LR;\n  node [shape=box];\n");
    for (number, context) in map.contexts.iter().enumerate() {
        if context.kind == ContextKind::Framework {
            continue;
        }
        add(&mut out, format_args!("  subgraph cluster_{number} {{\n"));
        let (shown, rest): (Vec<&String>, Vec<&String>) =
            context.tables.iter().partition(|table| gateways.contains(table.as_str()));
        let more = if rest.is_empty() {
            String::new()
        } else {
            format!(" (+ {} inside only)", count(rest.len(), "table"))
        };
        add(&mut out, format_args!("    label={};\n", quoted(&format!("{}{more}", context.name))));
        for table in shown {
            add(&mut out, format_args!("    {};\n", quoted(table)));
        }
        out.push_str("  }\n");
    }
    for pair in &pairs {
        let style = if pair.relations == 0 { " [style=dashed]" } else { "" };
        let (from, to) = (quoted(pair.from_table), quoted(pair.to_table));
        add(&mut out, format_args!("  {from} -> {to}{style};\n"));
    }
    out.push_str("}\n");
    out
}

/// Writing to a `String` cannot fail; this keeps that knowledge in one place.
fn add(out: &mut String, text: std::fmt::Arguments<'_>) {
    out.write_fmt(text).expect("a String takes every text");
}

/// A DOT string: quotes and backslashes cannot end it.
fn quoted(text: &str) -> String {
    let safe = text.replace('\\', "\\\\").replace('"', "\\\"");
    format!("\"{}\"", safe.replace(|c: char| c.is_control(), " "))
}
