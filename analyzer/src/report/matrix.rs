//! The matrix of endpoints and tables: one row for each access, as CSV, and as a page.

use std::fmt::Write;

use crate::graph::access::label;
use crate::map::{Access, Endpoint, Map};
use crate::report::html::escape;

/// Columns of the CSV.
const HEAD: &str = "route,name,view,methods,access,table,certainty,deferred,seen,file,line\n";

/// One row for each endpoint, table and kind of access, in the order of the endpoints.
pub fn csv(map: &Map) -> String {
    let mut out = HEAD.to_owned();
    for endpoint in &map.endpoints {
        for (kind, access) in accesses(endpoint) {
            let at = access.via.first();
            let file = at.map_or("", |at| at.file.as_str());
            let line = at.map_or(String::new(), |at| at.line.to_string());
            let certainty = format!("{:?}", access.certainty).to_lowercase();
            let methods = methods(endpoint, access);
            let cells: [&str; 11] = [
                &endpoint.route,
                &endpoint.name,
                &endpoint.view,
                &methods,
                kind,
                &access.table,
                &certainty,
                yes(access.deferred),
                yes(access.seen),
                file,
                &line,
            ];
            let cells: Vec<String> = cells.into_iter().map(quoted).collect();
            out.push_str(&cells.join(","));
            out.push('\n');
        }
    }
    out
}

fn yes(flag: bool) -> &'static str {
    if flag { "yes" } else { "no" }
}

/// The accesses of an endpoint with their kind, reads first.
pub(crate) fn accesses(endpoint: &Endpoint) -> impl Iterator<Item = (&'static str, &Access)> {
    let reads = endpoint.reads.iter().map(|access| ("read", access));
    reads.chain(endpoint.writes.iter().map(|access| ("write", access)))
}

/// Methods under which an access happens.
pub(crate) fn methods(endpoint: &Endpoint, access: &Access) -> String {
    let methods = if access.methods.is_empty() { &endpoint.methods } else { &access.methods };
    if methods.is_empty() { "any".to_owned() } else { methods.join(" ") }
}

/// A cell of CSV (RFC 4180). One that a spreadsheet would take for a formula is made text.
fn quoted(cell: &str) -> String {
    let formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let cell = if formula { format!("'{cell}") } else { cell.to_owned() };
    if cell.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell
    }
}

/// The matrix as one page without script: a row for each endpoint, a column for each table that
/// some endpoint touches. `R` reads, `W` writes; a dot says that it was seen at run time.
pub fn html(map: &Map) -> String {
    let mut tables: Vec<&str> =
        map.endpoints.iter().flat_map(accesses).map(|(_, a)| a.table.as_str()).collect();
    tables.sort_unstable();
    tables.dedup();
    let mut page = format!(
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" \
         content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <title>{name}: endpoints and tables</title>\n<style>{STYLE}</style></head>\n\
         <body><h1>{name}: endpoints and tables</h1>\n\
         <p>R reads, W writes, a dot: seen at run time. Also as matrix.csv, with lines.</p>\n\
         <table><thead><tr><th scope=\"col\">endpoint</th>",
        name = escape(&map.project.name)
    );
    for table in &tables {
        put(&mut page, format_args!("<th scope=\"col\"><span>{}</span></th>", escape(table)));
    }
    page.push_str("</tr></thead>\n<tbody>\n");
    for endpoint in &map.endpoints {
        row(&mut page, endpoint, &tables);
    }
    page.push_str("</tbody></table></body></html>\n");
    page
}

const STYLE: &str = "body{font:14px/1.4 system-ui,sans-serif;margin:1rem}\
table{border-collapse:collapse}th,td{border:1px solid #ccc;padding:2px 4px}\
thead th{position:sticky;top:0;background:#fff;vertical-align:bottom}\
thead span{writing-mode:vertical-rl;transform:rotate(180deg);font-weight:normal}\
tbody th{text-align:left;font-weight:normal;position:sticky;left:0;background:#fff}\
td{text-align:center}.w{background:#f6d5c9}.r{background:#dbe8f6}";

fn row(page: &mut String, endpoint: &Endpoint, tables: &[&str]) {
    let name = escape(&label(endpoint));
    let route = escape(&endpoint.route);
    put(page, format_args!("<tr><th scope=\"row\" title=\"{route}\">{name}</th>"));
    for table in tables {
        let of = |all: &[Access]| all.iter().find(|a| a.table == *table).map(|a| a.seen);
        let (read, write) = (of(&endpoint.reads), of(&endpoint.writes));
        let mark = |seen: Option<bool>, letter: &str| match seen {
            Some(true) => format!("{letter}\u{b7}"),
            Some(false) => letter.to_owned(),
            None => String::new(),
        };
        let class = match (read, write) {
            (_, Some(_)) => " class=\"w\"",
            (Some(_), None) => " class=\"r\"",
            (None, None) => "",
        };
        put(page, format_args!("<td{class}>{}{}</td>", mark(read, "R"), mark(write, "W")));
    }
    page.push_str("</tr>\n");
}

fn put(page: &mut String, text: std::fmt::Arguments<'_>) {
    page.write_fmt(text).expect("a String takes any text");
}
