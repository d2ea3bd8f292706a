//! `map.sarif`: what could not be read or seen, in the Static Analysis Results Interchange Format
//! (OASIS SARIF 2.1.0), which code hosts and editors show at the line.

use std::fmt::Write as _;

use serde_json::{Value, json};

use crate::map::{At, Map};

/// Where the schema of the format is published.
const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";

/// Rule of the places that could not be seen; files have the codes of their problems.
const OPAQUE: &str = "opaque";

/// The bytes of `map.sarif`: one result a problem of a file, a drift, and a place that
/// could not be seen.
///
/// # Errors
///
/// None in practice: the log holds nothing that JSON cannot say.
pub fn write(map: &Map) -> Result<String, serde_json::Error> {
    let problems = map
        .coverage
        .problems
        .iter()
        .map(|problem| result(&problem.code, "warning", &problem.message, &problem.at));
    let drift = map.drift.iter();
    let drift = drift.map(|drift| result(&drift.code, "warning", &drift.message, &drift.at));
    let opaque = map.opaque.iter().map(|opaque| {
        result(OPAQUE, "note", &format!("{}: {}", opaque.what, opaque.why), &opaque.at)
    });
    let results: Vec<Value> = problems.chain(drift).chain(opaque).collect();
    let mut rules: Vec<&str> = map.coverage.problems.iter().map(|p| p.code.as_str()).collect();
    rules.extend(map.drift.iter().map(|drift| drift.code.as_str()));
    rules.extend((!map.opaque.is_empty()).then_some(OPAQUE));
    rules.sort_unstable();
    rules.dedup();
    let rules: Vec<Value> = rules.into_iter().map(|id| json!({ "id": id })).collect();
    let log = json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "outgrow",
                "version": env!("CARGO_PKG_VERSION"),
                "rules": rules,
            } },
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    let mut text = serde_json::to_string_pretty(&log)?;
    text.push('\n');
    Ok(text)
}

fn result(rule: &str, level: &str, message: &str, at: &At) -> Value {
    json!({
        "ruleId": rule,
        "level": level,
        "message": { "text": message },
        "locations": [{ "physicalLocation": {
            "artifactLocation": { "uri": uri(&at.file) },
            "region": { "startLine": at.line },
        } }],
    })
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
