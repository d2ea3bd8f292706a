//! The skeleton loads as rules without a word of complaint, and every own endpoint is in it.

use analyzer::contexts::{Options, propose};
use analyzer::map::{At, Map, PathConverter};
use analyzer::skeleton::{File, files};
use rules::{Ruleset, Source, StageName, load};

use crate::world;

fn loaded(files: &[File]) -> Ruleset {
    let yaml = files.iter().filter(|file| file.name != "rules.schema.json");
    let sources: Vec<Source> = yaml.map(|f| Source::new(f.name.clone(), f.text.clone())).collect();
    match load(&sources) {
        Ok(ruleset) => ruleset,
        Err(problems) => panic!("{problems:#?}\n{files:#?}"),
    }
}

fn trading() -> Map {
    let mut map = world::trading();
    propose(&map, &Options::default()).apply(&mut map);
    map
}

#[test]
fn every_endpoint_of_own_apps_is_at_legacy() {
    let map = trading();
    let files = files(&map);
    let ruleset = loaded(&files);
    assert!(ruleset.warnings().is_empty(), "{:?}", ruleset.warnings());
    assert!(ruleset.routes().iter().all(|route| route.stage.name() == StageName::Legacy));
    for endpoint in map.endpoints.iter().filter(|endpoint| endpoint.app != "admin") {
        let route = ruleset.route(&endpoint.name).unwrap_or_else(|| panic!("{}", endpoint.name));
        assert_eq!(route.order, Some(endpoint.order));
        assert_eq!(route.context.as_deref(), Some(endpoint.app.as_str()));
    }
    let names: Vec<&str> = files.iter().map(|file| file.name.as_str()).collect();
    assert!(names.contains(&"legacy-upstream.yaml") && names.contains(&"market_data.yaml"));
}

#[test]
fn a_route_says_where_its_view_stands() {
    let files = files(&trading());
    let file = files.iter().find(|file| file.name == "market_data.yaml").expect("an app");
    assert!(
        file.text.contains("# market_data.views.candles  market_data/views.py:"),
        "{}",
        file.text
    );
    println!("{}", file.text);
}

#[test]
fn the_admin_is_one_route() {
    let mut map = trading();
    // The admin adds redirects whose view is in no app and stands in the library.
    let redirect = map.endpoints.iter_mut().rfind(|e| e.app == "admin").expect("an admin");
    redirect.app.clear();
    redirect.name.clear();
    let file = "<library>/django/views/generic/base.py".to_owned();
    redirect.view_at = Some(At { file: file.into(), line: 39 });
    let files = files(&map);
    let ruleset = loaded(&files);
    let admin: Vec<&str> = ruleset
        .routes()
        .iter()
        .filter(|route| route.place.path == "third-party.yaml")
        .map(|route| route.name.as_str())
        .collect();
    assert_eq!(admin, ["admin"]);
}

#[test]
fn a_map_without_contexts_gives_each_app_its_own() {
    let files = files(&world::trading());
    assert_eq!(loaded(&files).contexts().count(), 6);
}

#[test]
fn an_empty_map_gives_the_placeholder() {
    let files = files(&Map::default());
    assert!(loaded(&files).routes().is_empty());
}

#[test]
fn equal_names_and_hostile_ones_still_load() {
    let mut map = trading();
    for app in &mut map.apps {
        if app.label == "research" {
            "third-party".clone_into(&mut app.label);
        }
    }
    for endpoint in &mut map.endpoints {
        if endpoint.app == "research" {
            "third-party".clone_into(&mut endpoint.app);
        }
        "ünï \"x\"\n: {evil}".clone_into(&mut endpoint.name);
        endpoint.view.push_str("\n  - name: injected\n");
        endpoint.view_at = Some(At { file: "a\nb.py".into(), line: 1 });
    }
    let found = loaded(&files(&map));
    assert!(found.route("injected").is_none());
    assert_eq!(found.routes().len(), map.endpoints.len() - 2, "the three of the admin are one");
}

#[test]
fn custom_converters_are_declared_where_they_are_used() {
    let mut map = trading();
    let texts = ["y/<yyyy:year>/", "u/<unknown:x>/", "s<drf_format_suffix_json_api:format>"];
    for (endpoint, text) in map.endpoints.iter_mut().zip(texts) {
        text.clone_into(&mut endpoint.route);
        text.clone_into(&mut endpoint.segments[0].text);
    }
    map.converters.push(PathConverter {
        name: "yyyy".to_owned(),
        regex: "[0-9]{4}".to_owned(),
        refuses: false,
        at: At { file: "converters.py".into(), line: 3 },
    });
    let ruleset = loaded(&files(&map));
    assert_eq!(ruleset.converters().get("yyyy").map(|c| c.refuses), Some(false));
    assert_eq!(ruleset.converters().get("unknown").map(|c| c.refuses), Some(true));
    let suffix = ruleset.converters().get("drf_format_suffix_json_api").expect("declared");
    assert_eq!(suffix.regex, r"\.(?:json|api)/?");
}
