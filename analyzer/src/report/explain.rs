//! One table, model or endpoint of the map in plain text: everything that is known of it.

use std::fmt::Write;

use crate::graph::access::label;
use crate::map::{Access, At, Endpoint, Join, Map, Transaction};
use crate::report::matrix::{accesses, methods};
use crate::report::pairs::count;

/// Endpoints (lines) named for one table; the matrix has them all.
const ENDPOINTS_MAX: usize = 60;

/// Everything about a table; none if the map has none of that name.
pub fn table(map: &Map, name: &str) -> Option<String> {
    let table = map.tables.iter().find(|table| table.name == name)?;
    let mut out = format!("table {name}\n  of {}\n", table.owner);
    line(&mut out, format_args!("columns: {}", table.columns.join(", ")));
    if let Some(context) = map.contexts.iter().find(|c| c.tables.iter().any(|t| t == name)) {
        line(&mut out, format_args!("context: {}", context.name));
    }
    for relation in &map.relations {
        if relation.from == table.owner || relation.to == table.owner {
            let (from, to) = (&relation.from, &relation.to);
            let place = place(&relation.at);
            line(&mut out, format_args!("relation: {from}.{} -> {to}  {place}", relation.field));
        }
    }
    for join in map.joins.iter().filter(|join| join.from == name || join.to == name) {
        joined(&mut out, join);
    }
    for kind in ["write", "read"] {
        let users: Vec<(&Endpoint, &Access)> = map
            .endpoints
            .iter()
            .flat_map(|endpoint| accesses(endpoint).map(move |access| (endpoint, access)))
            .filter(|(_, (of, access))| *of == kind && access.table == name)
            .map(|(endpoint, (_, access))| (endpoint, access))
            .collect();
        line(&mut out, format_args!("endpoints that {kind} it: {}", users.len()));
        for (endpoint, access) in users.iter().take(ENDPOINTS_MAX) {
            let methods = methods(endpoint, access);
            let at = access.via.first().map(place).unwrap_or_default();
            line(&mut out, format_args!("  {methods} {}  {at}", label(endpoint)));
        }
        if users.len() > ENDPOINTS_MAX {
            let more = users.len() - ENDPOINTS_MAX;
            line(&mut out, format_args!("  and {more} more, all in matrix.csv"));
        }
    }
    for transaction in map.transactions.iter().filter(|t| t.writes.iter().any(|w| w == name)) {
        transactions(&mut out, transaction);
    }
    Some(out)
}

fn joined(out: &mut String, join: &Join) {
    let Join { at, from, to, lookup, endpoints } = join;
    let of = count(endpoints.len(), "endpoint");
    line(out, format_args!("join: {from} -> {to} by {lookup}, {of}  {}", place(at)));
}

fn transactions(out: &mut String, transaction: &Transaction) {
    let what = if transaction.whole_request { "request" } else { "atomic" };
    let at = place(&transaction.at);
    line(out, format_args!("transaction ({what}) {at} writes {}", transaction.writes.join(", ")));
}

/// Everything about a model, by label (`app.Model`, any case) or by its plain name.
pub fn model(map: &Map, name: &str) -> Option<String> {
    let lower = name.to_lowercase();
    let matches = |label: &str| {
        let label = label.to_lowercase();
        label == lower || label.rsplit('.').next() == Some(lower.as_str())
    };
    let model = map.models.iter().find(|model| matches(&model.label))?;
    let mut out = format!("model {}  {}\n", model.label, place(&model.at));
    line(&mut out, format_args!("bases: {}", model.bases.join(", ")));
    for field in &model.fields {
        let column = field.column.as_deref().unwrap_or("no column");
        let at = place(&field.at);
        line(&mut out, format_args!("field {}: {} ({column})  {at}", field.name, field.kind));
    }
    if let Some(more) = table(map, &model.table) {
        out.push_str(&more);
    }
    Some(out)
}

/// Everything about the endpoints of a name, a route or a view.
pub fn endpoint(map: &Map, name: &str) -> Option<String> {
    let matches = |e: &&Endpoint| e.name == name || e.route == name || e.view == name;
    let found: Vec<&Endpoint> = map.endpoints.iter().filter(matches).collect();
    if found.is_empty() {
        return None;
    }
    let mut out = String::new();
    for endpoint in found {
        put(&mut out, format_args!("endpoint {}  {}\n", endpoint.route, place(&endpoint.at)));
        let at = endpoint.view_at.as_ref().map(place).unwrap_or_default();
        line(&mut out, format_args!("view: {}  {at}", endpoint.view));
        for (kind, access) in accesses(endpoint) {
            let mut notes = vec![methods(endpoint, access)];
            notes.extend(access.deferred.then(|| "in a task".to_owned()));
            notes.extend(access.only_if.iter().map(|at| format!("only if {}", place(at))));
            notes.extend(access.seen.then(|| "seen at run time".to_owned()));
            let notes = notes.join(", ");
            line(&mut out, format_args!("{kind}s {} ({notes})", access.table));
            let way: Vec<String> = access.path.iter().map(place).collect();
            if !way.is_empty() {
                line(&mut out, format_args!("  {}", way.join(" -> ")));
            }
        }
        for join in map.joins.iter().filter(|join| join.endpoints.contains(&endpoint.order)) {
            joined(&mut out, join);
        }
        for transaction in map.transactions.iter().filter(|t| t.endpoints.contains(&endpoint.order))
        {
            transactions(&mut out, transaction);
        }
    }
    Some(out)
}

fn place(at: &At) -> String {
    format!("{}:{}", at.file, at.line)
}

/// One line of the text; a name with a line break in it makes no line of its own.
fn line(out: &mut String, text: std::fmt::Arguments<'_>) {
    let text = text.to_string().replace(|c: char| c.is_control(), " ");
    put(out, format_args!("  {text}\n"));
}

fn put(out: &mut String, text: std::fmt::Arguments<'_>) {
    out.write_fmt(text).expect("a String takes any text");
}
