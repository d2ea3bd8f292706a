//! What was seen at run time: the recorder's file (`outgrow.evidence/1`), matched with the
//! endpoints of a map.
//!
//! The file has one JSON object a line, each with facts that no line before it told. A route is
//! found in the map by its text and view; a language prefix stands for any.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, BufRead, Read as _};
use std::sync::Arc;

use serde::Deserialize;

use crate::map::{Access, Certainty, Endpoint, Map, SegmentKind};

/// Value of the `schema` field that this module reads.
pub const SCHEMA: &str = "outgrow.evidence/1";

/// Bytes of one line; the recorder's longest names two thousand tables.
const LINE_BYTES_MAX: u64 = 1 << 20;

/// Lines (a count) of one file.
const LINES_MAX: usize = 1_000_000;

/// Methods that a browser sends beside those that a view names.
const ASIDE: [&str; 2] = ["OPTIONS", "TRACE"];

/// Why a file is no evidence.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// It cannot be read.
    #[error("cannot be read: {0}")]
    Unreadable(#[from] io::Error),
    /// Its first line is not the recorder's.
    #[error("line 1 is not the recorder's: expected {{\"schema\": \"{SCHEMA}\"}}; record again")]
    Schema,
    /// A line is no fact.
    #[error("line {line}: {why}")]
    Line {
        /// Line, from 1.
        line: usize,
        /// What is wrong with it.
        why: String,
    },
}

#[derive(Debug, Deserialize)]
struct Header {
    schema: String,
}

#[derive(Debug, Deserialize)]
struct Fact {
    method: String,
    route: String,
    view: String,
    reads: BTreeSet<String>,
    writes: BTreeSet<String>,
}

/// What one method of one route touched.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Touched {
    /// Tables that were read.
    pub reads: BTreeSet<String>,
    /// Tables that were written.
    pub writes: BTreeSet<String>,
}

/// What was seen, by route, view and method.
#[derive(Debug, Default)]
pub struct Evidence {
    seen: BTreeMap<(String, String, String), Touched>,
}

impl Evidence {
    /// Reads the recorder's file.
    ///
    /// # Errors
    /// [`Error`] where it cannot be read, or is not what the recorder writes.
    pub fn read(mut reader: impl BufRead) -> Result<Self, Error> {
        let mut evidence = Self::default();
        let mut line = String::new();
        for number in 1.. {
            let wrong = |why: String| Error::Line { line: number, why };
            line.clear();
            // No more than one byte too many is ever held.
            reader.by_ref().take(LINE_BYTES_MAX + 1).read_line(&mut line)?;
            if line.is_empty() {
                break;
            }
            if line.len() as u64 > LINE_BYTES_MAX {
                return Err(wrong(format!("longer than {LINE_BYTES_MAX} bytes")));
            }
            if number > LINES_MAX {
                return Err(wrong(format!("more than {LINES_MAX} lines")));
            }
            let header = serde_json::from_str::<Header>(&line);
            if number == 1 && !matches!(&header, Ok(header) if header.schema == SCHEMA) {
                return Err(Error::Schema);
            }
            // Each process starts with a line of its own; the last one may say that it is full.
            if header.is_ok() || line.trim_end() == r#"{"full":true}"# {
                continue;
            }
            let fact: Fact = serde_json::from_str(&line).map_err(|why| wrong(why.to_string()))?;
            let method = if fact.method == "HEAD" { "GET".to_owned() } else { fact.method };
            let touched = evidence.seen.entry((fact.route, fact.view, method)).or_default();
            touched.reads.extend(fact.reads);
            touched.writes.extend(fact.writes);
        }
        Ok(evidence)
    }

    /// What was seen of each endpoint and method, and what no endpoint answers.
    fn by_endpoint(&self, map: &Map) -> ByEndpoint {
        let mut routes: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (position, endpoint) in map.endpoints.iter().enumerate() {
            routes.entry(told(endpoint)).or_default().push(position);
        }
        let mut by = ByEndpoint::default();
        for ((route, view, method), touched) in &self.seen {
            let plain = bare(route);
            let tail = plain.split_once('/').map(|(_, rest)| format!("*/{rest}"));
            let places = routes.get(&plain).or_else(|| routes.get(tail.as_ref()?));
            let Some(places) = places.filter(|_| !ASIDE.contains(&method.as_str())) else {
                if !ASIDE.contains(&method.as_str()) {
                    by.strangers.push(route.clone());
                }
                continue;
            };
            let named = places.iter().find(|place| map.endpoints[**place].view == *view);
            let takes = |place: &usize| {
                let methods = &map.endpoints[*place].methods;
                methods.is_empty() || methods.contains(method)
            };
            // Operations of an API share a route, each with its methods.
            let place = named.or_else(|| places.iter().find(|place| takes(place)));
            let place = *place.unwrap_or(&places[0]);
            if !takes(&place) {
                by.refused.push(format!("{method} {route}"));
                continue;
            }
            let entry = by.found.entry((place, method.clone())).or_default();
            entry.reads.extend(touched.reads.iter().cloned());
            entry.writes.extend(touched.writes.iter().cloned());
        }
        by.strangers.dedup();
        by
    }
}

/// Evidence, matched with a map.
#[derive(Default)]
struct ByEndpoint {
    /// What was seen, by position of the endpoint and method.
    found: BTreeMap<(usize, String), Touched>,
    /// Routes that the map does not have.
    strangers: Vec<String>,
    /// Requests with a method that the view does not handle.
    refused: Vec<String>,
}

/// A route as both sides write it: Django drops a `^` where it joins, the map keeps it.
fn bare(route: &str) -> String {
    route.replace('^', "")
}

/// The route of an endpoint, with `*` for the language.
fn told(endpoint: &Endpoint) -> String {
    let language = endpoint.segments.iter().any(|s| s.kind == SegmentKind::Language);
    let route = bare(&endpoint.route);
    match route.split_once('/').filter(|_| language) {
        Some((_, rest)) => format!("*/{rest}"),
        None => route,
    }
}

/// Agreement of the map with what was seen, for one kind of access.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Agreement {
    /// Cells (endpoint, method, table) in both.
    pub both: u32,
    /// Cells that were seen and that the map lacks.
    pub missed: u32,
    /// Cells that the map has and that were not seen under the same endpoint and method.
    pub unseen: u32,
}

impl Agreement {
    /// Share of what was seen that the map has, in percent; 100 if nothing was seen.
    pub fn recall(&self) -> f64 {
        percent(self.both, self.both + self.missed)
    }

    /// Share of what the map has, of endpoints and methods that were exercised, that was seen.
    pub fn precision(&self) -> f64 {
        percent(self.both, self.both + self.unseen)
    }
}

fn percent(part: u32, whole: u32) -> f64 {
    if whole == 0 { 100.0 } else { 100.0 * f64::from(part) / f64::from(whole) }
}

/// One cell in which map and evidence differ.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Difference {
    /// `read` or `write`.
    pub access: &'static str,
    /// HTTP method.
    pub method: String,
    /// Position of the endpoint in the map.
    pub endpoint: usize,
    /// Table.
    pub table: String,
}

/// The map beside the evidence.
#[derive(Debug, Default)]
pub struct Comparison {
    /// Endpoints with a method that were exercised.
    pub exercised: usize,
    /// Reads.
    pub reads: Agreement,
    /// Writes.
    pub writes: Agreement,
    /// Of both, what lies behind no undecided test; nothing of it counts as missed.
    pub always: Agreement,
    /// What was seen and the map lacks.
    pub missed: Vec<Difference>,
    /// What the map has and was not seen.
    pub unseen: Vec<Difference>,
    /// Routes that the map does not have.
    pub strangers: Vec<String>,
    /// Methods and routes that were asked though the view refuses the method: they touch what
    /// middleware and authentication touch, and are no cells of the map.
    pub refused: Vec<String>,
}

/// Compares cell by cell: only endpoints and methods that were exercised, and tables that the map
/// knows, count.
pub fn compare(map: &Map, evidence: &Evidence) -> Comparison {
    let ByEndpoint { found: seen, strangers, refused } = evidence.by_endpoint(map);
    let known: BTreeSet<&str> = map.tables.iter().map(|table| table.name.as_str()).collect();
    let exercised = seen.len();
    let mut comparison = Comparison { exercised, strangers, refused, ..Comparison::default() };
    for ((endpoint, method), touched) in &seen {
        let of = &map.endpoints[*endpoint];
        let kinds = [("read", &of.reads, &touched.reads), ("write", &of.writes, &touched.writes)];
        for (access, told, seen) in kinds {
            let told: Vec<&Access> = told
                .iter()
                .map(Arc::as_ref)
                .filter(|a| a.methods.is_empty() || a.methods.contains(method))
                .collect();
            let seen: BTreeSet<&str> =
                seen.iter().map(String::as_str).filter(|table| known.contains(table)).collect();
            for access in told.iter().filter(|access| access.only_if.is_none()) {
                let met = seen.contains(access.table.as_str());
                comparison.always.both += u32::from(met);
                comparison.always.unseen += u32::from(!met);
            }
            let told: BTreeSet<&str> = told.iter().map(|access| access.table.as_str()).collect();
            let difference = |table: &&str| Difference {
                access,
                method: method.clone(),
                endpoint: *endpoint,
                table: (*table).to_owned(),
            };
            let reads = access == "read";
            let agreement = if reads { &mut comparison.reads } else { &mut comparison.writes };
            let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
            agreement.both += count(told.intersection(&seen).count());
            agreement.missed += count(seen.difference(&told).count());
            agreement.unseen += count(told.difference(&seen).count());
            comparison.missed.extend(seen.difference(&told).map(difference));
            comparison.unseen.extend(told.difference(&seen).map(difference));
        }
    }
    comparison
}

/// Marks in the map what was seen, and adds what only the run showed. Gives the numbers of cells
/// (endpoint and table) that were confirmed and added.
pub fn merge(map: &mut Map, evidence: &Evidence) -> (usize, usize) {
    let seen = evidence.by_endpoint(map).found;
    let known: BTreeSet<String> = map.tables.iter().map(|table| table.name.clone()).collect();
    let (mut confirmed, mut added) = (0, 0);
    for ((endpoint, method), touched) in seen {
        let endpoint = &mut map.endpoints[endpoint];
        let kinds = [(&mut endpoint.reads, touched.reads), (&mut endpoint.writes, touched.writes)];
        for (told, seen) in kinds {
            for table in seen.into_iter().filter(|table| known.contains(table)) {
                match told.binary_search_by(|access| access.table.cmp(&table)) {
                    Ok(place) if told[place].seen => {}
                    Ok(place) => {
                        Arc::make_mut(&mut told[place]).seen = true;
                        confirmed += 1;
                    }
                    Err(place) => {
                        added += 1;
                        told.insert(place, Arc::new(only_seen(table, &method)));
                    }
                }
            }
        }
    }
    (confirmed, added)
}

fn only_seen(table: String, method: &str) -> Access {
    Access {
        table,
        certainty: Certainty::Certain,
        via: Vec::new(),
        methods: vec![method.to_owned()],
        path: Vec::new(),
        only_if: None,
        deferred: false,
        seen: true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_without_an_end_is_refused_before_it_fills_the_memory() {
        let header = format!("{{\"schema\":\"{SCHEMA}\"}}\n");
        let endless = header.as_bytes().chain(io::repeat(b'x').take(LINE_BYTES_MAX * 4));
        let refused = Evidence::read(io::BufReader::new(endless)).unwrap_err().to_string();
        assert_eq!(refused, "line 2: longer than 1048576 bytes");
        assert!(Evidence::read(header.as_bytes()).is_ok());
        assert!(Evidence::read(io::empty()).is_ok(), "nothing was seen");
    }
}
