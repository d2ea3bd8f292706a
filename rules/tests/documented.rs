//! `docs/rules.md`: its list of keys is made from the schema, its examples load.
//! `BLESS=1 cargo test` writes the list anew.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use rules::{Router, Source, load, schema, trial};
use serde_json::Value;

use crate::problems::blessing;

/// Below this line the page is made from the schema.
const MARK: &str = "<!-- below: every key, made from the schema by a test -->\n";

fn page() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/rules.md")
}

#[test]
fn the_page_lists_every_key() {
    let text = fs::read_to_string(page()).expect("the page is there");
    let (written, listed) = text.split_once(MARK).expect("the page has the mark");
    let made = keys(&schema::schema());
    if blessing() {
        fs::write(page(), format!("{written}{MARK}{made}")).expect("the page can be written");
    } else {
        assert!(listed == made, "docs/rules.md is old; BLESS=1 cargo test -p rules writes it anew");
    }
}

#[test]
fn the_examples_of_the_page_are_rules_whose_tests_pass() {
    let text = fs::read_to_string(page()).expect("the page is there");
    let files: Vec<Source> = text
        .split("```yaml\n")
        .skip(1)
        .filter_map(|block| block.split_once("```"))
        .enumerate()
        .map(|(number, (yaml, _))| Source::new(format!("{number}.yaml"), yaml))
        .collect();
    assert!(files.len() >= 2, "the page has no examples");
    let ruleset = load(&files).unwrap_or_else(|problems| unreachable!("{problems}"));
    assert_eq!(ruleset.warnings(), []);
    let report = trial::run(&Router::new(ruleset).expect("small rules"));
    assert_eq!(report.failures, []);
    assert!(report.run >= 3, "the page shows too few tests");
}

/// Every record of the language with its keys.
fn keys(schema: &Value) -> String {
    let mut text = record("A file", schema);
    for (name, definition) in schema["definitions"].as_object().expect("an object") {
        text.push_str(&record(name, definition));
    }
    text
}

fn record(name: &str, record: &Value) -> String {
    let mut text = format!("\n### {name}\n\n{}\n\n", prose(record));
    let required: BTreeSet<&str> =
        record["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    for (key, property) in record["properties"].as_object().expect("an object") {
        let must = if required.contains(key.as_str()) { ", needed" } else { "" };
        _ = writeln!(text, "- `{key}` ({}{must}): {}", kind(property), prose(property));
        for (word, meaning) in words(property) {
            _ = writeln!(text, "  - `{word}`: {meaning}");
        }
    }
    text
}

fn prose(documented: &Value) -> &str {
    documented["description"].as_str().expect("every key is documented")
}

/// Optional keys are wrapped, and references too.
fn bare(shape: &Value) -> &Value {
    let wrapped = shape.pointer("/anyOf/0").filter(|inner| inner.get("const").is_none());
    match wrapped.or_else(|| shape.pointer("/allOf/0")) {
        Some(inner) => bare(inner),
        None => shape,
    }
}

fn kind(shape: &Value) -> String {
    let shape = bare(shape);
    if let Some(reference) = shape["$ref"].as_str() {
        let name = reference.rsplit('/').next().unwrap_or_default();
        return format!("[{name}](#{})", name.to_lowercase());
    }
    if shape.get("anyOf").is_some() {
        return "one word".to_owned();
    }
    match shape["type"].as_str() {
        Some("array") => format!("list: {}", kind(&shape["items"])),
        Some("object") => format!("by name: {}", kind(&shape["additionalProperties"])),
        Some("integer") => "whole number".to_owned(),
        Some("number") => "number".to_owned(),
        Some("boolean") => "`true` or `false`".to_owned(),
        Some(_) if shape["pattern"].as_str().is_some_and(|p| p.contains("ms")) => {
            "duration: `500ms`, `10s`, `1m30s`".to_owned()
        }
        Some(_) if shape["pattern"].is_string() => "percentage: `5%`, `0.5%`".to_owned(),
        _ => "text".to_owned(),
    }
}

fn words(shape: &Value) -> Vec<(&str, &str)> {
    let shape = bare(shape);
    let shape = shape.get("items").map_or(shape, bare);
    let listed = shape["anyOf"].as_array().into_iter().flatten();
    listed.filter_map(|word| Some((word["const"].as_str()?, prose(word)))).collect()
}
