//! The renderers: same bytes for the same map, valid by the published schema, safe with hostile
//! names.

use std::path::{Path, PathBuf};

use analyzer::contexts::{Options, propose};
use analyzer::map::Map;
use analyzer::report::{self, dot, drawing, html, json, markdown};

use crate::world;

fn with_contexts(mut map: Map) -> Map {
    propose(&map, &Options::default()).apply(&mut map);
    map
}

/// Where the drawings of a test run can be looked at.
fn kept(name: &str, text: &str) {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("reports");
    std::fs::create_dir_all(&folder).expect("a folder below the target folder");
    std::fs::write(folder.join(name), text).expect("a file below the target folder");
}

fn schema_file() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("schema/map.schema.json")
}

#[test]
fn the_published_schema_is_that_of_the_types() {
    let published = std::fs::read_to_string(schema_file()).unwrap_or_default();
    assert!(
        published == json::schema().expect("a schema"),
        "analyzer/schema/map.schema.json is not that of src/map.rs; to write it anew:\n\
         cargo test -p analyzer --test main -- --ignored write_the_schema"
    );
}

#[test]
#[ignore = "writes the published schema; run it by name after a change of src/map.rs"]
fn write_the_schema() {
    let file = schema_file();
    std::fs::create_dir_all(file.parent().expect("a folder")).expect("writable");
    std::fs::write(file, json::schema().expect("a schema")).expect("writable");
}

#[test]
fn a_map_is_valid_by_the_published_schema() {
    let schema = std::fs::read_to_string(schema_file()).expect("published");
    let schema: serde_json::Value = serde_json::from_str(&schema).expect("JSON");
    let validator = jsonschema::validator_for(&schema).expect("a schema");
    for map in [with_contexts(world::trading()), world::trading(), Map::default()] {
        let text = json::write(&map).expect("a map");
        let value: serde_json::Value = serde_json::from_str(&text).expect("JSON");
        let wrong: Vec<String> = validator.iter_errors(&value).map(|e| e.to_string()).collect();
        assert!(wrong.is_empty(), "{wrong:?}");
    }
    let broken = serde_json::json!({ "schema": "outgrow.map/1", "tables": 7 });
    assert!(!validator.is_valid(&broken));
}

#[test]
fn a_map_survives_the_file() {
    let map = with_contexts(world::trading());
    let text = json::write(&map).expect("a map");
    assert!(text == serde_json::to_string_pretty(&map).expect("JSON") + "\n");
    let back = json::read(&text).expect("a map");
    assert_eq!(json::write(&back).expect("a map"), text);
}

#[test]
fn reports_do_not_depend_on_the_order_of_facts() {
    let map = world::trading();
    let mut shuffled = map.clone();
    shuffled.models.reverse();
    shuffled.tables.reverse();
    shuffled.relations.reverse();
    let (a, b) = (with_contexts(map), with_contexts(shuffled));
    assert_eq!(json::write(&a).expect("a map"), json::write(&b).expect("a map"));
    assert_eq!(drawing::draw(&a), drawing::draw(&b));
    assert_eq!(dot::write(&a), dot::write(&b));
}

#[test]
fn the_summary_has_at_most_twelve_lines_and_ends_with_the_next_step() {
    for map in [with_contexts(world::trading()), world::trading(), Map::default()] {
        let text = report::summary(&map);
        assert!(text.lines().count() <= 12, "{text}");
        assert!(text.lines().last().is_some_and(|l| l.starts_with("next: outgrow")), "{text}");
    }
    let text = report::summary(&with_contexts(world::trading()));
    assert!(text.contains("trading/models.py:") || text.contains("trading/views.py:"), "{text}");
    println!("{text}");
}

#[test]
fn the_page_shows_every_table_and_every_endpoint() {
    let map = with_contexts(world::trading());
    let (page, text) = (html::write(&map), markdown::write(&map));
    for table in &map.tables {
        assert!(page.contains(&table.name), "{}", table.name);
        assert!(text.contains(&table.name), "{}", table.name);
    }
    for endpoint in &map.endpoints {
        assert!(text.contains(&format!("`{}`", endpoint.route)), "{}", endpoint.route);
    }
    kept("trading.html", &page);
    kept("trading.md", &text);
    kept("trading.dot", &dot::write(&map));
}

#[test]
fn large_maps_are_drawn() {
    for (contexts, tables) in [(8, 15), (20, 25)] {
        let map = with_contexts(world::planted(contexts, tables));
        let drawing = drawing::draw(&map).expect("contexts");
        assert!(drawing.svg.len() < 400_000, "{} bytes", drawing.svg.len());
        kept(&format!("planted-{}.html", contexts * tables), &html::write(&map));
    }
}

#[test]
fn a_hostile_repository_cannot_write_markup() {
    let mut map = with_contexts(world::trading());
    let evil = "</title></script><img src=x onerror=alert(1)>|`\"' &\u{1b}[31m\n# x";
    evil.clone_into(&mut map.project.name);
    evil.clone_into(&mut map.project.settings);
    for context in &mut map.contexts {
        context.name.push_str(evil);
        context.tables.push(evil.to_owned());
    }
    for crossing in &mut map.crossings {
        crossing.what.push_str(evil);
        crossing.at.file = format!("{}{evil}", crossing.at.file).into();
        crossing.from.push_str(evil);
        crossing.to.push_str(evil);
    }
    for endpoint in &mut map.endpoints {
        endpoint.route.push_str(evil);
        endpoint.view.push_str(evil);
        endpoint.app.push_str(evil);
    }
    let page = html::write(&map);
    assert_eq!(page.matches("<script").count(), 1);
    assert_eq!(page.matches("</script").count(), 1);
    assert!(!page.contains("<img") && !page.contains('\u{1b}'));
    let text = markdown::write(&map);
    assert!(!text.contains("\n# x"), "a line break of the repository started a heading");
    assert!(!report::summary(&map).contains('\u{1b}'));
    assert!(report::summary(&map).lines().count() <= 12);
    assert!(!dot::write(&map).contains("\n# x"));
}

#[test]
fn the_page_names_its_style_and_script_and_nothing_else() {
    let page = html::write(&with_contexts(world::trading()));
    assert!(page.contains("default-src 'none'; style-src 'sha256-"));
    for forbidden in ["http://", "https://", "style=\"", " onclick", "@import", "url("] {
        let allowed = page.replace("xmlns=\"http://www.w3.org/2000/svg\"", "");
        assert!(!allowed.contains(forbidden), "{forbidden}");
    }
}
