//! `outgrow rules ...` on small folders.

use serde_json::Value;

use crate::world::World;

const GOOD: &str = "\
upstreams:
  legacy: {address: \"127.0.0.1:8000\"}
  quotes: {address: \"127.0.0.1:9000\"}
contexts:
  market-data: {owner: \"@markets\", upstream: quotes}
routes:
  # The first one out.
  - name: market-data.quote
    context: market-data
    match: {django: \"api/quotes/<slug:symbol>/\", methods: [GET]}
    stage: shadow   # since March
    shadow: {sample: 100%}
";

fn good() -> World {
    World::new().file("rules/all.yaml", GOOD)
}

#[test]
fn good_rules_are_fine_in_every_format() {
    for format in ["full", "concise", "json", "sarif", "github"] {
        good().outgrow(&format!("rules check --output-format {format}")).exits(0);
    }
}

#[test]
fn every_problem_is_found_in_one_run_and_pointed_at() {
    let bad = GOOD
        .replace("stage: shadow", "stage: shadwo")
        .replace("upstream: quotes", "upstream: qotes");
    let world = World::new().file("rules/all.yaml", bad);
    let run = world.outgrow("rules check").exits(1).prints("all.yaml:5").prints("all.yaml:11");
    assert!(run.stdout.contains("did you mean `quotes`"), "{}", run.stdout);
    let json = world.outgrow("rules check --output-format json").exits(1);
    let problems: Value = serde_json::from_str(&json.stdout).expect("JSON");
    assert!(problems.as_array().is_some_and(|list| list.len() >= 2), "{problems}");
    let sarif = world.outgrow("rules check --output-format sarif").exits(1);
    let log: Value = serde_json::from_str(&sarif.stdout).expect("JSON");
    assert_eq!(log["version"], "2.1.0");
    let first = &log["runs"][0]["results"][0]["locations"][0]["physicalLocation"];
    assert_eq!(first["region"]["startLine"], 5);
    world.outgrow("rules check --output-format github").exits(1).prints("::error title=RU");
}

#[test]
fn a_missing_folder_is_the_surroundings() {
    World::new().outgrow("rules check nowhere").exits(3).says("outgrow analyze");
}

#[test]
fn one_scalar_changes_and_every_other_byte_stays() {
    let world = good();
    world.outgrow("rules edit market-data.quote --stage legacy --dry-run").exits(0);
    assert_eq!(world.read("rules/all.yaml"), GOOD);
    world
        .outgrow("rules edit market-data.quote --stage legacy")
        .exits(0)
        .prints("shadow -> legacy");
    assert_eq!(world.read("rules/all.yaml"), GOOD.replace("stage: shadow", "stage: legacy"));
}

#[test]
fn a_leap_forward_and_an_unknown_name_are_refused() {
    let world = good();
    world.outgrow("rules edit market-data.quote --stage retired").exits(2);
    world.outgrow("rules edit market-data.qoute --stage legacy").exits(2).says("market-data.quote");
    world.outgrow("rules edit market-data.quote --stage shadowy").exits(2).says("canary");
    assert_eq!(world.read("rules/all.yaml"), GOOD);
}

#[test]
fn explain_says_where_a_request_goes() {
    good()
        .outgrow("rules explain get /api/quotes/aapl/")
        .exits(0)
        .prints("route   market-data.quote")
        .prints("stage   shadow")
        .prints("side    legacy");
    good().outgrow("rules explain GET /elsewhere/").exits(0).prints("route   none");
}
