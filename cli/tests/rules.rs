//! `outgrow rules ...` on small folders.

use serde_json::Value;

use crate::world::{World, repository};

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
    World::new().outgrow("rules check nowhere").exits(3).says("outgrow rules init");
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

#[test]
fn promote_and_roll_back_are_legal_moves_of_one_scalar() {
    let world = good();
    world.outgrow("rules promote market-data.quote").exits(2).says("RU009").says("canary: {share");
    assert_eq!(world.read("rules/all.yaml"), GOOD);
    let ready = GOOD.replace("    shadow: {sample", "    canary: {share: 5%}\n    shadow: {sample");
    let world = World::new().file("rules/all.yaml", &ready);
    world.outgrow("rules promote market-data.quote").exits(0).prints("shadow -> canary");
    assert_eq!(world.read("rules/all.yaml"), ready.replace("stage: shadow", "stage: canary"));
    world.outgrow("rules edit market-data.quote --share 25%").exits(0).prints("canary 25%");
    world.outgrow("rules edit market-data.quote --share 250%").exits(2).says("0% to 100%");
    world.outgrow("rules edit market-data.quote").exits(2).says("--stage");
    let json = world.outgrow("rules promote market-data.quote --output-format json").exits(0);
    let said: Value = serde_json::from_str(&json.stdout).expect("JSON");
    assert_eq!((&said["from"], &said["to"]), (&Value::from("canary"), &Value::from("native")));
    world.outgrow("rules roll-back market-data.quote").exits(0).prints("native -> legacy");
    let expected = ready.replace("stage: shadow", "stage: legacy").replace("5%", "25%");
    assert_eq!(world.read("rules/all.yaml"), expected);
    world.outgrow("rules roll-back market-data.qoute").exits(2).says("did you mean");
}

#[test]
fn an_edit_keeps_links_and_the_mode_of_the_file() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let world = World::new().file("shared/all.yaml", GOOD).file("rules/.keep", "");
    symlink("../shared/all.yaml", world.path().join("rules/all.yaml")).expect("linked");
    let shared = world.path().join("shared/all.yaml");
    std::fs::set_permissions(&shared, PermissionsExt::from_mode(0o640)).expect("set");
    world.outgrow("rules roll-back market-data.quote").exits(0);
    assert!(world.read("shared/all.yaml").contains("stage: legacy"));
    let mode = std::fs::metadata(&shared).expect("there").permissions().mode();
    assert_eq!(mode & 0o777, 0o640);
}

#[test]
fn every_answer_comes_in_every_format() {
    let other = GOOD.replace("stage: shadow", "stage: legacy").replace("owner: \"@markets\", ", "");
    let world = good().file("other/all.yaml", other);
    let commands = [
        ("rules check", 0, ""),
        ("rules test", 0, ""),
        ("rules explain GET /api/quotes/a/", 0, "RU033"),
        ("rules diff other rules", 1, "RU032"),
        ("rules roll-back market-data.quote --dry-run", 0, "RU034"),
        ("rules owners other", 1, "RU035"),
    ];
    for (command, code, finding) in commands {
        let run = |format: &str| world.outgrow(&format!("{command} --output-format {format}"));
        run("full").exits(code);
        let concise = run("concise").exits(code).stdout;
        assert!(concise.contains(finding), "{command}: {concise}");
        let github = run("github").exits(code).stdout;
        assert!(github.contains(finding), "{command}: {github}");
        let _: Value = serde_json::from_str(&run("json").exits(code).stdout).expect("JSON");
        let sarif: Value = serde_json::from_str(&run("sarif").exits(code).stdout).expect("JSON");
        let results = sarif["runs"][0]["results"].as_array().expect("a list");
        assert_eq!(results.is_empty(), finding.is_empty(), "{command}: {sarif}");
    }
    let export = world.outgrow("rules export rules --output-format concise").exits(0);
    export.prints("HTTPRoute").says("RU036");
    assert_eq!(
        world.outgrow("rules schema --output-format concise").exits(0).stdout.lines().count(),
        1
    );
}

#[test]
fn a_test_that_fails_is_a_finding_at_its_line() {
    let tested = format!(
        "{GOOD}tests:\n  - {{request: {{path: /api/quotes/a/}}, expect: {{side: native}}}}\n"
    );
    let world = World::new().file("rules/all.yaml", tested);
    world
        .outgrow("rules test --output-format concise")
        .exits(1)
        .prints("all.yaml:14")
        .prints("RU028");
}

#[test]
fn a_request_is_explained_with_its_headers_and_its_bucket() {
    let canary = GOOD
        .replace("stage: shadow   # since March", "stage: canary\n    canary: {share: 50%}")
        .replace("methods: [GET]", "headers: {x-beta: \"1\"}");
    let world = World::new().file("rules/all.yaml", canary);
    let words = ["rules", "explain", "GET", "/api/quotes/a/"];
    world.run(&words).exits(0).prints("the header `x-beta` differs").prints("route   none");
    let by_session = ["--header", "X-Beta: 1", "--header", "Cookie: sessionid=abc"];
    world.run(&[&words[..], &by_session].concat()).exits(0).prints("of 10000, by session");
    world.run(&[&words[..], &["--header", "none"]].concat()).exits(2).says("Name: value");
}

#[test]
fn a_fresh_set_of_rules_is_tested_whole() {
    let world = World::new();
    let example = repository().join("examples/django-monolith");
    world.run(&["analyze", example.to_str().expect("UTF-8"), "--quiet"]);
    world.outgrow("rules init --dry-run").exits(0);
    assert!(!world.path().join("rules").exists(), "a dry run writes nothing");
    world.outgrow("rules init").exits(0).prints("100.0 % of them tested");
    world.outgrow("rules test --fail-under 100").exits(0).prints(" 0 failed; 100.0 %");
    let checked = world.outgrow("rules check --map out/map.json --output-format concise").exits(0);
    assert!(!checked.stdout.contains("RU024"), "{}", checked.stdout);
    let first = world.read("rules/legacy-upstream.yaml");
    assert!(first.starts_with("# yaml-language-server: $schema=./rules.schema.json\n"), "{first}");
    assert!(world.path().join("rules/rules.schema.json").is_file());
    world.outgrow("rules init").exits(2).says("holds rules already");
    world.outgrow("rules init fresh --map nowhere.json").exits(3).says("outgrow analyze");
}

#[test]
fn a_view_of_the_map_is_a_path() {
    let map = r#"{"endpoints": [{"name": "quotes:one", "view": "",
        "segments": [{"kind": "path", "text": "q/<slug:s>/"}]}]}"#;
    let by_view = GOOD.replace("django: \"api/quotes/<slug:symbol>/\"", "view: \"quotes:one\"");
    let world = World::new().file("rules/all.yaml", &by_view).file("map.json", map);
    world.outgrow("rules check").exits(1).prints("RU025").prints("--map");
    world.outgrow("rules explain GET /q/a/ --map map.json").exits(0).prints("market-data.quote");
    world.outgrow("rules check --map all.json").exits(3).says("outgrow analyze");
    world.outgrow("rules check --map rules/all.yaml").exits(2).says("not a map");
}
