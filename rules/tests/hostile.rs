//! Files made to do harm: refused with a clear error, in less than a second.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use rules::{Code, Head, Router, Source, load};

#[expect(clippy::disallowed_methods, reason = "the bar is a time")]
fn timed<T>(what: &str, call: impl FnOnce() -> T) -> T {
    let start = Instant::now();
    let result = call();
    let taken = start.elapsed();
    assert!(taken < Duration::from_secs(1), "{what} took {taken:?}");
    result
}

#[track_caller]
fn refused(what: &str, text: String, code: Code) {
    let source = [Source::new("a.yaml", text)];
    let problems = timed(what, || load(&source)).expect_err(what);
    let codes: Vec<Code> = problems.as_slice().iter().map(|problem| problem.code).collect();
    assert!(codes.contains(&code), "{what}: {codes:?}");
    assert!(timed(what, || problems.render(false)).len() < 20_000, "{what} is told at length");
}

#[test]
fn what_is_too_large_is_refused() {
    refused("2 MB of rules", "# rules\n".repeat(250_000), Code::TOO_LARGE);
    refused("20,000 brackets", "[".repeat(20_000), Code::TOO_LARGE);
    refused("20,000 braces", "{a: ".repeat(20_000), Code::TOO_LARGE);
    refused("20,000 levels of list", "- ".repeat(20_000), Code::TOO_LARGE);
    let mut bomb = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for level in 1..10 {
        let aliases = vec![format!("*a{}", level - 1); 10].join(", ");
        _ = writeln!(bomb, "a{level}: &a{level} [{aliases}]");
    }
    refused("10^9 by aliases", bomb, Code::TOO_LARGE);
}

#[test]
fn aliases_in_circles_are_refused() {
    refused("itself", "routes: &a [*a]\n".to_owned(), Code::SYNTAX);
    refused("nowhere", "routes: *nowhere\n".to_owned(), Code::SYNTAX);
    refused("merge of a text", "defaults: {<<: text}\n".to_owned(), Code::SYNTAX);
}

fn with_regex(regex: &str) -> String {
    format!("routes:\n  - {{name: a, match: {{re_path: '{regex}'}}, stage: legacy}}\n")
}

#[test]
fn regexes_made_to_explode_do_not() {
    let legacy = "upstreams: {legacy: {address: \"a:1\"}}\n";
    let evil = ["^(a+)+$", "^(a|a)*b$", "^(([a-z])+.)+[A-Z]([a-z])+$", "^(.*)*(.*)*(.*)*x$"];
    let target = format!("/{}!", "a".repeat(4_000));
    for regex in evil {
        let source = [Source::new("a.yaml", format!("{legacy}{}", with_regex(regex)))];
        let ruleset = timed(regex, || load(&source)).expect("slow in Python, not here");
        let router = timed(regex, || Router::new(ruleset)).expect("small");
        timed(regex, || {
            for _ in 0..10 {
                router.decide(&Head::new("GET", target.as_bytes()));
            }
        });
    }
    refused("a deep group", with_regex(&"(".repeat(3_000)), Code::BAD_REGEX);
    refused("a long one", with_regex(&"a".repeat(5_000)), Code::BAD_REGEX);
    refused("a huge repeat", with_regex("^((a{1000}){1000}){1000}$"), Code::BAD_REGEX);
    refused("a huge class repeat", with_regex(r"^(\w{1000}){1000}$"), Code::BAD_REGEX);
}

#[test]
fn many_routes_that_all_overlap_stay_bearable() {
    let mut files = vec![Source::new("p.yaml", "upstreams: {legacy: {address: \"a:1\"}}\n")];
    for file in 0..4 {
        let mut text = String::from("routes:\n");
        for number in 0..25 {
            _ = writeln!(
                text,
                "  - {{name: f{file}.r{number}, stage: legacy, \
                 match: {{re_path: '^(?:[a-z]+/)*x{number}'}}}}"
            );
        }
        files.push(Source::new(format!("f{file}.yaml"), text));
    }
    let ruleset = load(&files).expect("all are at legacy, so conflicts are warnings");
    assert!(ruleset.warnings().len() >= 25, "{}", ruleset.warnings().len());
}
