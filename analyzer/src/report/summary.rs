//! The map in at most twelve lines, for the terminal.

use crate::map::{ContextKind, Map, Verdict};
use crate::report::pairs::{by_kind, cost, count, place, worst_first};

/// Most crossings (lines) that the summary names.
const WORST_MAX: usize = 5;
/// Most contexts (a count) that the summary names.
const CONTEXTS_MAX: usize = 8;

/// At most twelve lines that end with what to type next.
pub fn summary(map: &Map) -> String {
    let own = map.apps.iter().filter(|app| app.own).count();
    let mut lines = vec![
        format!(
            "{}: {}, {}, {} of its own ({})",
            map.project.name,
            count(map.tables.len(), "table"),
            count(map.endpoints.len(), "endpoint"),
            count(own, "app"),
            map.project.settings
        ),
        format!(
            "read: {} of {}; {}not seen: {}",
            map.coverage.parsed,
            count(map.coverage.files as usize, "file"),
            map.coverage.sentence().map_or(String::new(), |sentence| sentence + "; "),
            count(map.opaque.len(), "place")
        ),
    ];
    if !map.migrations.is_empty() || !map.drift.is_empty() {
        let replayed = count(map.migrations.len(), "migration");
        let differences = count(map.drift.len(), "difference");
        lines.push(format!("drift: {differences}; {replayed} replayed"));
    }
    if map.contexts.is_empty() {
        lines.push("next: outgrow contexts propose".to_owned());
    } else {
        proposal(map, &mut lines);
        lines.push("next: outgrow rules check out/rules   (and open out/report.html)".to_owned());
    }
    // A name with a line break in it must not break the promise of twelve lines.
    let clean = |line: String| line.replace(|c: char| c.is_control(), " ") + "\n";
    lines.into_iter().map(clean).collect()
}

fn proposal(map: &Map, lines: &mut Vec<String>) {
    let domain: Vec<String> = map
        .contexts
        .iter()
        .filter(|c| c.kind == ContextKind::Domain)
        .map(|c| format!("{} {}", c.name, c.tables.len()))
        .collect();
    let more = domain.len().saturating_sub(CONTEXTS_MAX);
    let named = domain.iter().take(CONTEXTS_MAX).cloned().collect::<Vec<_>>().join(", ");
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    lines.push(format!("contexts: {} ({named}{more})", domain.len()));
    lines.push(format!("crossings: {} ({})", map.crossings.len(), by_kind(map)));
    for pair in worst_first(map).iter().take(WORST_MAX) {
        lines.push(format!(
            "  {:>5}  {} -> {}  {}",
            cost(pair.cost),
            pair.from_table,
            pair.to_table,
            place(pair.at)
        ));
    }
    if let Some(advice) = &map.advice {
        let first = advice.order.first().map_or("nothing", |step| step.context.as_str());
        lines.push(match advice.verdict {
            Verdict::Split => format!("advice: split; {first} leaves first"),
            Verdict::NotYet => {
                let why = advice.reasons.first().map_or("", String::as_str);
                format!("advice: don't split yet: {why}")
            }
        });
    }
}
