//! `map.sarif`: what could not be read or seen, in the Static Analysis Results Interchange Format
//! (OASIS SARIF 2.1.0), which code hosts and editors show at the line.

use std::borrow::Cow;
use std::fmt::Write as _;

use serde::Serialize;
use serde_json::{Value, json};

use crate::map::{At, Map};

/// Where the schema of the format is published.
const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";

/// Rule of the places that could not be seen; files have the codes of their problems.
const OPAQUE: &str = "opaque";

/// The log; the fields of its objects stand in the order of their names.
#[derive(Serialize)]
struct Log<'m> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    runs: [Run<'m>; 1],
    version: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run<'m> {
    column_kind: &'static str,
    results: Vec<Finding<'m>>,
    tool: Value,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Finding<'m> {
    level: &'static str,
    locations: [Location; 1],
    message: Message<'m>,
    rule_id: &'m str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Location {
    physical_location: Physical,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Physical {
    artifact_location: Artifact,
    region: Region,
}

#[derive(Serialize)]
struct Artifact {
    uri: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: u32,
}

#[derive(Serialize)]
struct Message<'m> {
    text: Cow<'m, str>,
}

/// The bytes of `map.sarif`: one result a problem of a file, a drift, and a place that
/// could not be seen.
///
/// # Errors
///
/// None in practice: the log holds nothing that JSON cannot say.
pub fn write(map: &Map) -> Result<String, serde_json::Error> {
    let problems = map.coverage.problems.iter();
    let problems =
        problems.map(|p| finding(&p.code, "warning", Cow::Borrowed(p.message.as_str()), &p.at));
    let drift = map.drift.iter();
    let drift =
        drift.map(|d| finding(&d.code, "warning", Cow::Borrowed(d.message.as_str()), &d.at));
    let opaque = map.opaque.iter().map(|opaque| {
        let text = Cow::Owned(format!("{}: {}", opaque.what, opaque.why));
        finding(OPAQUE, "note", text, &opaque.at)
    });
    let results: Vec<Finding> = problems.chain(drift).chain(opaque).collect();
    let mut rules: Vec<&str> = map.coverage.problems.iter().map(|p| p.code.as_str()).collect();
    rules.extend(map.drift.iter().map(|drift| drift.code.as_str()));
    rules.extend((!map.opaque.is_empty()).then_some(OPAQUE));
    rules.sort_unstable();
    rules.dedup();
    let rules: Vec<Value> = rules.into_iter().map(|id| json!({ "id": id })).collect();
    let tool = json!({ "driver": {
        "name": "outgrow",
        "version": env!("CARGO_PKG_VERSION"),
        "rules": rules,
    } });
    let run = Run { column_kind: "unicodeCodePoints", results, tool };
    let log = Log { schema: SCHEMA, runs: [run], version: "2.1.0" };
    let mut text = serde_json::to_string_pretty(&log)?;
    text.push('\n');
    Ok(text)
}

fn finding<'m>(rule_id: &'m str, level: &'static str, text: Cow<'m, str>, at: &At) -> Finding<'m> {
    let artifact_location = Artifact { uri: uri(&at.file) };
    let physical_location = Physical { artifact_location, region: Region { start_line: at.line } };
    let locations = [Location { physical_location }];
    Finding { level, locations, message: Message { text }, rule_id }
}

/// A path as a relative reference: everything but unreserved characters and slashes is escaped.
fn uri(path: &str) -> String {
    let mut uri = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            uri.push(char::from(byte));
        } else {
            write!(uri, "%{byte:02X}").expect("a String takes every text");
        }
    }
    uri
}
