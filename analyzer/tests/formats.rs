//! The map in the formats of other tools: SARIF for code hosts and editors, Mermaid for Markdown.

use analyzer::contexts::{Options, propose};
use analyzer::map::{At, FileProblem, Map, Opaque};
use analyzer::report::{mermaid, sarif};

use crate::world;

#[test]
fn sarif_has_a_result_for_all_that_was_not_read_or_seen() {
    let mut map = Map::default();
    let at = |file: &str, line| At { file: file.into(), line };
    map.coverage.problems.push(FileProblem {
        at: at("a b/ü.py", 3),
        code: "AN003".to_owned(),
        message: "syntax error".to_owned(),
    });
    map.opaque.push(Opaque {
        at: at("shop/sql.py", 7),
        what: "SQL".to_owned(),
        why: "the text is computed".to_owned(),
    });
    let log: serde_json::Value =
        serde_json::from_str(&sarif::write(&map).expect("JSON")).expect("JSON");
    let run = &log["runs"][0];
    assert_eq!(log["version"], "2.1.0");
    assert_eq!(
        run["tool"]["driver"]["rules"],
        serde_json::json!([{"id": "AN003"}, {"id": "opaque"}])
    );
    let place = |n: usize| &run["results"][n]["locations"][0]["physicalLocation"];
    assert_eq!(place(0)["artifactLocation"]["uri"], "a%20b/%C3%BC.py");
    assert_eq!(place(0)["region"]["startLine"], 3);
    assert_eq!(run["results"][1]["ruleId"], "opaque");
    assert_eq!(run["results"][1]["message"]["text"], "SQL: the text is computed");
    assert_eq!(run["results"].as_array().map(Vec::len), Some(2));
}

#[test]
fn mermaid_draws_each_context_and_counts_what_crosses() {
    let mut map = world::trading();
    propose(&map, &Options::default()).apply(&mut map);
    let domain: Vec<_> = map
        .contexts
        .iter()
        .filter(|context| context.kind == analyzer::map::ContextKind::Domain)
        .map(|context| context.name.clone())
        .collect();
    let text = mermaid::write(&map);
    for name in &domain {
        assert!(text.contains(&format!("\"{name} (")), "{name} is missing from\n{text}");
    }
    let drawn: usize =
        text.lines().filter_map(|line| line.split('|').nth(1)?.parse::<usize>().ok()).sum();
    let both = |name: &String| domain.contains(name);
    let crossing = map.crossings.iter().filter(|c| both(&c.from) && both(&c.to)).count();
    assert!(crossing > 0 && drawn == crossing, "{drawn} of {crossing} in\n{text}");
}

#[test]
fn a_name_cannot_break_out_of_a_mermaid_label() {
    let mut map = world::trading();
    propose(&map, &Options::default()).apply(&mut map);
    let first = map.contexts.iter_mut().find(|c| c.kind == analyzer::map::ContextKind::Domain);
    first.expect("a context").name = "x\"]\nclick c0 <b>".to_owned();
    let text = mermaid::write(&map);
    assert!(text.contains("[\"x#34;] click c0 #60;b#62; ("), "{text}");
}
