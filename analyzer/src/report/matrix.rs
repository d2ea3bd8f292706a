//! The matrix of endpoints and tables: one row for each access, as CSV, and as a page.

use std::collections::BTreeSet;
use std::fmt::Write;

use rustc_hash::FxHashMap;

use crate::graph::access::label;
use crate::map::{Access, Certainty, Context, ContextKind, Endpoint, Map};
use crate::report::html::escape;
use crate::report::markdown::methods as all_methods;
use crate::report::pairs::place;

/// Columns of the CSV.
const HEAD: &str =
    "route,name,view,methods,access,table,certainty,deferred,seen,file,line,only_if\n";

/// Bytes of a long row: room that is not used costs nothing, and room made late is copied.
const ROW: usize = 300;

/// One row for each endpoint, table and kind of access, in the order of the endpoints.
pub fn csv(map: &Map) -> String {
    let mut out = HEAD.to_owned();
    out.reserve(ROW * map.endpoints.iter().map(|e| e.reads.len() + e.writes.len()).sum::<usize>());
    // Endpoints share what they do: what a row says of an access is put into words once.
    let mut told: FxHashMap<*const Access, String> = FxHashMap::default();
    for endpoint in &map.endpoints {
        let mut begin = String::new();
        for text in [&endpoint.route, &endpoint.name, &endpoint.view] {
            cell(&mut begin, text);
        }
        let mut any = String::new();
        cell(&mut any, &all_methods(endpoint));
        for (kind, access) in accesses(endpoint) {
            out.push_str(&begin);
            if access.methods.is_empty() {
                out.push_str(&any);
            } else {
                cell(&mut out, &methods(endpoint, access));
            }
            out.push_str(kind);
            out.push_str(told.entry(access).or_insert_with(|| rest_of_row(access)));
        }
    }
    out
}

/// What a row says behind the kind of access.
fn rest_of_row(access: &Access) -> String {
    let mut out = String::from(",");
    let at = access.via.first();
    let cells: [&str; 5] = [
        &access.table,
        certainty(access.certainty),
        yes(access.deferred),
        yes(access.seen),
        at.map_or("", |at| at.file.as_str()),
    ];
    for text in cells {
        cell(&mut out, text);
    }
    if let Some(at) = at {
        put(&mut out, format_args!("{}", at.line));
    }
    out.push(',');
    if let Some(at) = &access.only_if {
        quoted(&mut out, &place(at));
    }
    out.push('\n');
    out
}

fn cell(out: &mut String, text: &str) {
    quoted(out, text);
    out.push(',');
}

fn certainty(of: Certainty) -> &'static str {
    match of {
        Certainty::Certain => "certain",
        Certainty::Conditional => "conditional",
        Certainty::Guessed => "guessed",
    }
}

fn yes(flag: bool) -> &'static str {
    if flag { "yes" } else { "no" }
}

/// The accesses of an endpoint with their kind, reads first.
pub(crate) fn accesses(endpoint: &Endpoint) -> impl Iterator<Item = (&'static str, &Access)> {
    let reads = endpoint.reads.iter().map(|access| ("read", &**access));
    reads.chain(endpoint.writes.iter().map(|access| ("write", &**access)))
}

/// Methods under which an access happens.
pub(crate) fn methods(endpoint: &Endpoint, access: &Access) -> String {
    if access.methods.is_empty() { all_methods(endpoint) } else { access.methods.join(" ") }
}

/// A cell of CSV (RFC 4180). One that a spreadsheet would take for a formula is made text.
fn quoted(out: &mut String, cell: &str) {
    let formula = if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) { "'" } else { "" };
    if cell.bytes().any(|byte| matches!(byte, b',' | b'"' | b'\n' | b'\r')) {
        put(out, format_args!("\"{formula}{}\"", cell.replace('"', "\"\"")));
    } else {
        out.push_str(formula);
        out.push_str(cell);
    }
}

/// The matrix as one page without script: a row for each endpoint, a column for each table that
/// some endpoint touches, the tables of a context side by side. `R` reads, `W` writes; `?` says
/// that it lies behind a test, a dot that it was seen at run time.
pub fn html(map: &Map) -> String {
    let groups = columns(map);
    let mut page = format!(
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" \
         content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <title>{name}: endpoints and tables</title>\n<style>{STYLE}</style></head>\n\
         <body><h1>{name}: endpoints and tables</h1>\n\
         <p>R reads, W writes, ?: only if some test turns out so, a dot: seen at run time. Also as \
         matrix.csv, with lines.</p>\n\
         <table><thead><tr><th rowspan=\"2\" scope=\"col\">endpoint</th>",
        name = escape(&map.project.name)
    );
    for (context, tables) in &groups {
        let (span, context) = (tables.len(), escape(context));
        let title = format!("<span title=\"{context}\">{context}</span>");
        put(
            &mut page,
            format_args!("<th class=\"g\" colspan=\"{span}\" scope=\"colgroup\">{title}</th>"),
        );
    }
    page.push_str("</tr><tr>");
    for (table, edge) in groups.iter().flat_map(|(_, tables)| edges(tables)) {
        let table = escape(table);
        let title = format!("<span title=\"{table}\">{table}</span>");
        put(&mut page, format_args!("<th class=\"t{edge}\" scope=\"col\">{title}</th>"));
    }
    page.push_str("</tr></thead>\n<tbody>\n");
    for endpoint in &map.endpoints {
        row(&mut page, endpoint, &groups);
    }
    page.push_str("</tbody></table></body></html>\n");
    page
}

/// A context and those of its tables that have a column.
type Group<'m> = (&'m str, Vec<&'m str>);

/// The tables that some endpoint touches, context by context; those without a context come last.
fn columns(map: &Map) -> Vec<Group<'_>> {
    let mut left: BTreeSet<&str> =
        map.endpoints.iter().flat_map(accesses).map(|(_, access)| access.table.as_str()).collect();
    let mut groups = Vec::new();
    let (domain, framework): (Vec<&Context>, Vec<&Context>) =
        map.contexts.iter().partition(|context| context.kind == ContextKind::Domain);
    for context in domain.into_iter().chain(framework) {
        let tables: BTreeSet<&str> = context.tables.iter().map(String::as_str).collect();
        let tables: Vec<&str> = tables.into_iter().filter(|table| left.remove(table)).collect();
        groups.push((context.name.as_str(), tables));
    }
    groups.push(("in no context", left.into_iter().collect()));
    groups.retain(|(_, tables)| !tables.is_empty());
    groups
}

/// The tables of a group, each with the class that draws the line before the first of them.
fn edges<'a, 'm>(tables: &'a [&'m str]) -> impl Iterator<Item = (&'m str, &'static str)> + 'a {
    tables.iter().enumerate().map(|(n, table)| (*table, if n == 0 { " g" } else { "" }))
}

const STYLE: &str = "body{font:13px/1.35 system-ui,sans-serif;margin:1rem;color:#1d2430}\
table{border-collapse:separate;border-spacing:0}\
th,td{border:solid #dde1e7;border-width:0 1px 1px 0;padding:2px 4px}\
thead{position:sticky;top:0;z-index:2}thead th{background:#f7f8fa;font-weight:600}\
.g{border-left:2px solid #8a94a6}th.g{text-align:left;max-width:0}\
th.g span{display:block;overflow:hidden;text-overflow:ellipsis;white-space:nowrap}\
thead th.t{height:11rem;max-width:none;width:22px;padding:4px 2px;vertical-align:bottom;\
font-weight:400}\
thead th.t span{writing-mode:vertical-rl;transform:rotate(180deg);display:inline-block;\
max-height:10.5rem;overflow:hidden;text-overflow:ellipsis;white-space:nowrap}\
tbody th{text-align:left;font-weight:400;position:sticky;left:0;background:#fff;z-index:1;\
white-space:nowrap;max-width:26rem;overflow:hidden;text-overflow:ellipsis}\
tbody tr:hover>*{box-shadow:inset 0 0 0 99px #8a94a61f}\
td{text-align:center;min-width:22px;white-space:nowrap}\
.w{background:#f6d5c9}.r{background:#dbe8f6}";

fn row(page: &mut String, endpoint: &Endpoint, groups: &[Group<'_>]) {
    let name = escape(&label(endpoint));
    let route = escape(&endpoint.route);
    put(page, format_args!("<tr><th scope=\"row\" title=\"{route}\">{name}</th>"));
    let mut cells: FxHashMap<&str, [Option<&Access>; 2]> = FxHashMap::default();
    for (kind, access) in accesses(endpoint) {
        let cell = &mut cells.entry(&access.table).or_default()[usize::from(kind == "write")];
        cell.get_or_insert(access);
    }
    for (table, edge) in groups.iter().flat_map(|(_, tables)| edges(tables)) {
        let Some(&[read, write]) = cells.get(table) else {
            page.push_str(if edge.is_empty() { "<td></td>" } else { "<td class=\"g\"></td>" });
            continue;
        };
        let kind = if write.is_some() { "w" } else { "r" };
        page.extend(["<td class=\"", kind, edge, "\">"]);
        for (letter, access) in [("R", read), ("W", write)] {
            let Some(access) = access else { continue };
            let test = if access.only_if.is_some() { "?" } else { "" };
            page.extend([letter, test, if access.seen { "\u{b7}" } else { "" }]);
        }
        page.push_str("</td>");
    }
    page.push_str("</tr>\n");
}

fn put(page: &mut String, text: std::fmt::Arguments<'_>) {
    page.write_fmt(text).expect("a String takes any text");
}
