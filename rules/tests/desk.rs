//! What the commands of the desk print: explain, test, diff, schema, export, owners.

use std::path::Path;

use jsonschema::Validator;
use rules::explain::{Outcome, explain};
use rules::pattern::join;
use rules::{
    Code, Converters, Head, MatchText, Router, SegmentKind, Share, Side, Source, StageName, Views,
    diff, edit, folder, gateway, load, load_with, owners, sample, schema, trial, write,
};
use serde_json::{Value, json};

fn good() -> Vec<Source> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/good");
    let mut sources = folder::sources(&folder).expect("the folder is in the repository");
    for source in &mut sources {
        let name = Path::new(&source.path).file_name().expect("a file").to_string_lossy();
        source.path = format!("rules/{name}");
    }
    sources
}

fn router(sources: &[Source]) -> Router {
    Router::new(load(sources).expect("good rules")).expect("small rules")
}

#[test]
fn explain_names_the_first_condition_that_failed() {
    let router = router(&good());
    let explanation = explain(&router, &Head::new("POST", b"/api/orders/"));
    let outcomes: Vec<(&str, &Outcome)> =
        explanation.steps.iter().map(|step| (step.route, &step.outcome)).collect();
    let at = |name: &str| outcomes.iter().find(|(route, _)| *route == name).map(|(_, o)| *o);
    assert_eq!(at("market_data.quote"), Some(&Outcome::Path));
    assert_eq!(at("orders.order-list"), Some(&Outcome::Method));
    assert_eq!(at("orders.order-create"), Some(&Outcome::Taken));
    assert_eq!(explanation.steps.last().expect("some").place.path, "rules/orders.yaml");
    assert!(explain(&router, &Head::new("GET", b"/a/../b")).path.is_none());
}

#[test]
fn the_tests_beside_the_rules_run() {
    let report = trial::run(&router(&good()));
    assert_eq!((report.run, report.failures.len()), (3, 0));
    assert!(report.coverage() < 20.0 && report.untested.contains(&"orders.order-list".to_owned()));
    let mut sources = good();
    sources[0].text = sources[0].text.replace("stage: native, side: native", "side: legacy");
    let report = trial::run(&router(&sources));
    assert_eq!(report.failures[0].differences, ["side: expected legacy, came native"]);
}

#[test]
fn samples_cover_every_route() {
    let sources = good();
    let text = write::tests(&sample::samples(&router(&sources)));
    let tests = [sources, vec![Source::new("rules/tests.yaml", text)]].concat();
    let report = trial::run(&router(&tests));
    assert_eq!(report.failures, []);
    assert_eq!(report.untested, Vec::<String>::new(), "a fresh skeleton starts at 100 %");
}

#[test]
fn diff_tells_what_moves_and_for_whom() {
    let before = good();
    let ruleset = load(&before).expect("good rules");
    let edit = edit::set_stage(&ruleset, "market_data.instrument-list", StageName::Legacy)
        .expect("back to legacy is always legal");
    let mut after = before.clone();
    let file = after.iter_mut().find(|source| source.path == edit.source.path);
    file.expect("an edit is of one of the files").text = edit.source.text;
    let changes = diff::routes(&ruleset, &load(&after).expect("good rules"));
    assert_eq!(changes.len(), 1);
    assert_eq!(changes[0].after.as_ref().map(|b| b.stage.as_str()), Some("legacy"));
    let log = [
        r#"192.0.2.7 - - [01/May/2026] "GET /api/market/instruments/ HTTP/1.1" 200 5"#,
        r#"{"method": "GET", "path": "/api/market/instruments/?page=2", "client": "192.0.2.7"}"#,
        r#"192.0.2.7 - - [01/May/2026:10:00:00 +0000] "GET /api/orders/ HTTP/1.1" 200 5"#,
        "not a line of a log",
    ];
    let lines = log.iter().map(|line| line.as_bytes());
    let traffic = diff::traffic(&router(&before), &router(&after), lines);
    assert_eq!((traffic.requests, traffic.unread, traffic.changed_side()), (3, 1, 2));
    let shift = traffic.changed.keys().next().expect("one shift");
    assert_eq!((shift.before, shift.after), (Side::Native, Side::Legacy));
}

#[test]
fn an_edit_that_would_break_the_rules_is_refused() {
    let ruleset = load(&good()).expect("good rules");
    let told = |name: &str, stage| {
        edit::set_stage(&ruleset, name, stage).expect_err("refused").to_string()
    };
    let skip = told("orders.order-list", StageName::Native);
    assert!(skip.contains("legacy -> native is not a legal move"), "{skip}");
    let no_native = told("orders.order-list", StageName::Shadow);
    assert!(no_native.contains("RU011") && no_native.contains("has none"), "{no_native}");
    let no_share = told("market_data.instrument-detail", StageName::Canary);
    assert!(no_share.contains("RU009"), "{no_share}");
    let unknown = told("orders.order-lst", StageName::Shadow);
    assert!(unknown.contains("did you mean `orders.order-list`?"), "{unknown}");
    let at_shadow = edit::set_share(&ruleset, "market_data.instrument-detail", Share::ALL);
    assert!(at_shadow.expect_err("no share").to_string().contains("only stage canary"));
    let last = edit::promote(&ruleset, "market_data.archive").expect_err("retired");
    assert!(last.to_string().contains("the last stage"), "{last}");
    let shared = "upstreams: {legacy: {address: \"a:1\"}, n: {address: \"b:1\"}}\n\
        contexts: {c: {upstream: n}}\ndefaults: {context: c}\nroutes:\n\
        \x20 - {name: a, match: {django: a/}, stage: &s legacy}\n\
        \x20 - {name: b, match: {django: b/}, stage: *s}\n";
    let ruleset = load(&[Source::new("a.yaml", shared)]).expect("good rules");
    let error = edit::set_stage(&ruleset, "a", StageName::Shadow).expect_err("shared with b");
    assert!(error.to_string().contains("shares with b"), "{error}");
}

#[test]
fn promotion_goes_up_the_steps_and_then_to_the_next_stage() {
    let mut sources = good();
    for expected in ["canary 5% -> canary 25%", "canary -> native", "native -> retired"] {
        let ruleset = load(&sources).expect("good rules");
        let edit = edit::promote(&ruleset, "market_data.quote").expect("a legal move");
        assert_eq!(edit.change.to_string(), expected);
        let file = sources.iter_mut().find(|source| source.path == edit.source.path);
        let before = std::mem::replace(file.expect("one of the files"), edit.source.clone());
        let (old, new) = (before.text.lines(), edit.source.text.lines());
        let differ: Vec<usize> =
            old.zip(new).enumerate().filter(|(_, (a, b))| a != b).map(|(at, _)| at + 1).collect();
        assert_eq!(differ, [edit.place.line]);
    }
    let defaults = "upstreams: {legacy: {address: \"a:1\"}, n: {address: \"b:1\"}}
contexts: {c: {upstream: n}}
defaults: {context: c, canary: {share: 5%}}
routes: [{name: a, match: {django: a/}, stage: canary}]
";
    let ruleset = load(&[Source::new("a.yaml", defaults)]).expect("good rules");
    let error = edit::set_share(&ruleset, "a", Share::ALL).expect_err("shared by all");
    assert!(error.to_string().contains("stands in `defaults:`"), "{error}");
}

/// Answers have codes as problems do, so that every format can carry them.
#[test]
fn answers_are_findings_with_a_code_and_a_place() {
    let ruleset = load(&good()).expect("good rules");
    let edit = edit::set_stage(&ruleset, "market_data.quote", StageName::Legacy).expect("legal");
    let moved = edit.finding().concise();
    assert!(moved.contains("market_data.yaml") && moved.contains("RU034"), "{moved}");
    let mut sources = good();
    let file = sources.iter_mut().find(|source| source.path == edit.source.path);
    *file.expect("one of the files") = edit.source;
    sources[2].text = sources[2].text.replace("{owner: \"@trading\"}", "{}");
    let after = load(&sources).expect("good rules");
    let changed = diff::findings(&diff::routes(&ruleset, &after), &ruleset, &after);
    assert!(changed.as_slice()[0].concise().contains("RU032"), "{changed}");
    let unowned = owners::unowned(&after);
    assert!(unowned.as_slice()[0].concise().contains("RU035"), "{unowned}");
    let lost = gateway::export(&ruleset, "edge").findings(&ruleset);
    assert!(lost.as_slice()[0].concise().contains("RU036") && !lost.has_errors(), "{lost}");
    let router = router(&good());
    let head = Head::new("GET", b"/api/orders/");
    let told = explain(&router, &head).finding(&head).concise();
    assert!(told.contains("RU033") && told.contains("answered by legacy (stage)"), "{told}");
}

#[test]
fn views_of_the_map_name_paths() {
    let map = r#"{"schema": "x", "converters": [{"name": "sym", "regex": "[A-Z]+", "refuses":
        false, "at": {}}], "endpoints": [
        {"name": "quotes:one", "view": "", "segments": [{"kind": "path", "text": "q/"},
            {"kind": "path", "text": "<sym:s>/"}]},
        {"name": "", "view": "shop.views.Home",
            "segments": [{"kind": "re_path", "text": "^$"}]}]}"#;
    let views = Views::from_map(map).expect("a map");
    assert_eq!(views.names().collect::<Vec<_>>(), ["quotes:one", "shop.views.Home"]);
    let text = "upstreams: {legacy: {address: \"a:1\"}}
routes:
  - {name: a, match: {view: 'quotes:one'}, stage: legacy}
  - {name: b, match: {view: shop.views.Home}, stage: legacy}
";
    let ruleset = load_with(&[Source::new("a.yaml", text)], &views).expect("good rules");
    let router = Router::new(ruleset).expect("small rules");
    let takes = |path: &[u8]| router.decide(&Head::new("GET", path)).route.map(|r| r.name.clone());
    assert_eq!(takes(b"/q/ABC/").as_deref(), Some("a"));
    assert_eq!(takes(b"/q/abc/"), None);
    assert_eq!(takes(b"/").as_deref(), Some("b"));
    let error = Views::from_map("{}").expect_err("no endpoints").to_string();
    assert!(error.contains("outgrow analyze"), "{error}");
}

/// Problems of shape, which a schema can see; the others are about names across files.
const OF_SHAPE: [Code; 8] = [
    Code::UNKNOWN_KEY,
    Code::WRONG_TYPE,
    Code::MISSING_KEY,
    Code::UNKNOWN_STAGE,
    Code::BAD_SHARE,
    Code::BAD_DURATION,
    Code::UNKNOWN_WORD,
    Code::DUPLICATE_KEY,
];

/// Whether the shape of a file is one the loader takes, names across files aside.
pub(crate) fn loads(yaml: &str) -> bool {
    match load(&[Source::new("a.yaml", format!("{yaml}\n"))]) {
        Ok(_) => true,
        Err(problems) => {
            problems.as_slice().iter().all(|problem| !OF_SHAPE.contains(&problem.code))
        }
    }
}

#[test]
fn the_schema_takes_what_the_loader_takes() {
    let validator = jsonschema::validator_for(&schema::schema()).expect("a good schema");
    for (yaml, instance) in corpus() {
        check(&validator, &yaml, &instance, loads(&yaml));
    }
}

#[track_caller]
fn check(validator: &Validator, text: &str, instance: &Value, loads: bool) {
    let errors: Vec<String> =
        validator.iter_errors(instance).map(|error| error.to_string()).collect();
    assert_eq!(errors.is_empty(), loads, "{text}: {errors:?}");
}

/// Keys of a route, good and bad, put over those of the smallest one.
fn route_keys() -> Vec<Value> {
    vec![
        json!({}),
        json!({"order": 7}),
        json!({"order": "7"}),
        json!({"order": -1}),
        json!({"order": null}),
        json!({"stage": "native"}),
        json!({"stage": "Native"}),
        json!({"stage": ["legacy"]}),
        json!({"stage": null}),
        json!({"stage": "GONE"}),
        json!({"name": 5}),
        json!({"name": "GONE"}),
        json!({"stge": "legacy"}),
        json!({"canary": {"share": "5%"}}),
        json!({"canary": {"share": "100%"}}),
        json!({"canary": {"share": "100.5%"}}),
        json!({"canary": {"share": "101%"}}),
        json!({"canary": {"share": 5}}),
        json!({"canary": {}}),
        json!({"canary": null}),
        json!({"shadow": {"sample": "0.5%"}}),
        json!({"timeouts": {"request": "1m30s"}}),
        json!({"timeouts": {"request": "10"}}),
        json!({"timeouts": {"request": 10}}),
        json!({"match": {"django": "a/", "methods": ["GET", "POST"]}}),
        json!({"match": {"django": "a/", "methods": ["get"]}}),
        json!({"match": {"django": "a/", "methods": "GET"}}),
        json!({"match": {"django": "a/", "headers": {"x-beta": 1}}}),
        json!({"match": {"django": "a/", "headers": ["x-beta"]}}),
        json!({"match": "a/"}),
        json!({"compare": {"ignore": ["a.b"], "tolerance": {"price": 0.1}}}),
        json!({"compare": {"tolerance": {"price": "0.1"}}}),
        json!({"shadow": {}}),
        json!({"shadow": {"reverse_sample": "1%", "writes": true}}),
        json!({"shadow": {"writes": "yes"}}),
        json!({"fallback": {"on": []}}),
        json!({"fallback": {"on": ["timeout", "declined"]}}),
        json!({"fallback": {"on": ["5xx"]}}),
        json!({"fallback": "never"}),
        json!({"promote": {"max_mismatch": "0.5%", "min_time": "24h", "steps": ["5%", "25%"]}}),
        json!({"promote": {"steps": "5%"}}),
        json!({"promote": {"max_p99_ratio": 1.1}}),
        json!({"promote": {"max_p99_ratio": "1.1"}}),
        json!({"trailing_slash": "redirect"}),
        json!({"trailing_slash": "append"}),
        json!({"retired": {"answer": "gone"}}),
        json!({"retired": {"answer": "teapot"}}),
    ]
}

/// Whole files, good and bad.
fn files() -> Vec<Value> {
    vec![
        json!({}),
        json!({"routes": null}),
        json!({"routes": {}}),
        json!({"rutes": []}),
        json!([]),
        json!({"upstreams": {"legacy": {"address": "a:1", "connections": 5}}}),
        json!({"upstreams": {"legacy": {"address": "a:1", "host": "keep"}}}),
        json!({"upstreams": {"n": {"address": "a:1", "tls": {}}}}),
        json!({"upstreams": {"n": {"address": "a:1", "tls": {"verify": false}}}}),
        json!({"upstreams": {"n": {"address": "a:1", "tls": {"ca_certificate": "/etc/ca.pem"}}}}),
        json!({"upstreams": {"n": {"address": "a:1", "health_check": {"path": "/"}}}}),
        json!({"upstreams": {"n": {"address": "a:1", "health_check": {"interval": "5s"}}}}),
        json!({"contexts": {"a": {"pin_ttl": "30s"}}}),
        json!({"contexts": {"a": {"pin_ttl": 30}}}),
        json!({"defaults": {"trailing_slash": "strict404", "fallback": {"on": []}}}),
        json!({"contexts": {"a": {"owner": "@a"}, "b": {}}}),
        json!({"contexts": {"a": null}}),
        json!({"converters": {"y": {"regex": "[0-9]+", "refuses": true}}}),
        json!({"converters": {"y": {"regex": "[0-9]+", "refuses": "true"}}}),
        json!({"converters": {"y": {}}}),
        json!({"tests": [{"request": {"path": "/"}, "expect": {"side": "legacy"}}]}),
        json!({"tests": [{"request": {"path": "/"}, "expect": {"side": "left"}}]}),
        json!({"tests": [{"request": {}, "expect": {}}]}),
    ]
}

/// Flow YAML is JSON, so each line is both.
pub(crate) fn corpus() -> Vec<(String, Value)> {
    let route = |extra: Value| {
        let mut route = json!({"name": "a", "match": {"django": "a/"}, "stage": "legacy"});
        let object = route.as_object_mut().expect("an object");
        for (key, value) in extra.as_object().expect("an object") {
            match value {
                Value::String(gone) if gone == "GONE" => drop(object.remove(key)),
                value => drop(object.insert(key.clone(), value.clone())),
            }
        }
        json!({"routes": [route]})
    };
    let all = route_keys().into_iter().map(route).chain(files());
    all.map(|value| (value.to_string(), value)).collect()
}

#[test]
fn every_key_and_word_of_the_schema_is_documented() {
    let text = schema::schema_text();
    assert_eq!(text, schema::schema_text());
    let schema = schema::schema();
    let stage = schema.pointer("/definitions/Route/properties/stage/anyOf/2/description");
    assert!(stage.and_then(Value::as_str).expect("a text").contains("share of the users"));
    let definitions = schema["definitions"].as_object().expect("an object");
    for (name, record) in definitions {
        for (key, field) in record["properties"].as_object().expect("an object") {
            assert!(field["description"].as_str().is_some_and(|d| d.len() > 3), "{name}.{key}");
        }
    }
}

#[test]
fn export_says_what_it_could_not_say() {
    let export = gateway::export(&load(&good()).expect("good rules"), "edge");
    let text = serde_json::to_string(&export.resources).expect("JSON");
    assert!(text.contains(r#""weight":500"#) && text.contains("RequestMirror"), "{text}");
    assert!(text.contains(r#""numerator":2500"#), "{text}");
    let lost: Vec<&str> = export.lost.iter().filter_map(|loss| loss.route.as_deref()).collect();
    assert!(lost.contains(&"market_data.archive"), "410 cannot be said: {lost:?}");
    let last = export.resources.last().expect("some");
    assert_eq!(last["spec"]["rules"][0]["backendRefs"][0]["name"], "legacy");
}

#[test]
fn owners_follow_the_contexts_of_a_file() {
    let ruleset = load(&good()).expect("good rules");
    assert_eq!(
        owners::codeowners(&ruleset, "rules/"),
        [
            "/rules/market_data.yaml @markets",
            "/rules/orders.yaml @trading",
            "/rules/platform.yaml @markets @trading",
        ]
    );
}

#[test]
fn segments_join_to_what_they_mean() {
    use SegmentKind::{Language, Path as P, RePath};
    let converters = Converters::default();
    let joined = |segments: &[(SegmentKind, &str)]| join(segments, &converters);
    let re_path = |text: &str| MatchText::RePath(text.to_owned());
    assert_eq!(
        joined(&[(P, "api/"), (P, "orders/<int:pk>/"), (P, "")]),
        MatchText::Django("api/orders/<int:pk>/".to_owned())
    );
    assert_eq!(
        joined(&[(P, "api/"), (RePath, "^orders/(?P<pk>[^/.]+)/$")]),
        re_path("^api/orders/(?P<pk>[^/.]+)/$")
    );
    assert_eq!(
        joined(&[(RePath, "^(?P<slug>[^/]+)/"), (P, "<int:slug>/")]),
        re_path("^(?P<slug>[^/]+)/([0-9]+)/$").clone(),
    );
    assert_eq!(joined(&[(Language, "de|en"), (P, "a/")]), re_path("^(?:de|en)/a/$"));
    assert_eq!(joined(&[(P, "a.b/"), (RePath, "x")]), re_path(r"^a\.b/[\s\S]*?x"));
    let only = |segments: &[(SegmentKind, &str)], why: &str| match joined(segments) {
        MatchText::LegacyOnly { reason, .. } => assert!(reason.contains(why), "{reason}"),
        other => unreachable!("{segments:?} became {other}"),
    };
    only(&[(P, "<path:p>/"), (P, "a/")], "more than one way");
    only(&[(RePath, "^(?:a|ab)"), (P, "b/")], "more than one way");
    only(&[(RePath, "^a|b/"), (P, "b/")], "alternatives outside a group");
    only(&[(RePath, "a/"), (P, "b/")], "has no `^`");
    only(&[(Language, ""), (P, "b/")], "language of the request");
    only(&[(P, "<year:y>/"), (RePath, "^a$")], "is not known");
}

#[test]
fn the_digest_names_the_content() {
    let digest = |sources: &[Source]| load(sources).expect("good rules").digest();
    let mut sources = good();
    let before = digest(&sources);
    sources.reverse();
    assert_eq!(before, digest(&sources), "the order of the files does not matter");
    sources[0].text.push('\n');
    assert_ne!(before, digest(&sources));
    assert_eq!(before.len(), 32);
}
