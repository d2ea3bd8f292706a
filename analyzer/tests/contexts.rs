//! What the proposal of contexts promises, on maps whose answer is known.

use analyzer::contexts::{Options, propose};
use std::sync::Arc;

use analyzer::map::{Access, At, Context, Crossing, Endpoint, Join, Map, Verdict};

use crate::world;

fn proposed(map: &Map) -> analyzer::contexts::Proposal {
    propose(map, &Options::default())
}

fn context_of<'c>(contexts: &'c [Context], table: &str) -> &'c str {
    let holds = |c: &&Context| c.tables.iter().any(|t| t == table);
    &contexts.iter().find(holds).unwrap_or_else(|| panic!("{table} has no context")).name
}

#[test]
fn every_table_has_exactly_one_context() {
    let map = world::trading();
    let mut placed: Vec<String> =
        proposed(&map).contexts.iter().flat_map(|c| c.tables.clone()).collect();
    placed.sort();
    assert_eq!(placed, map.tables.iter().map(|t| t.name.clone()).collect::<Vec<_>>());
}

#[test]
fn what_cannot_be_parted_stays_together() {
    let found = proposed(&world::trading());
    assert!(found.together.len() >= 6, "{:?}", found.together);
    for pair in &found.together {
        let (a, b) = (&pair.table, &pair.with);
        assert_eq!(
            context_of(&found.contexts, a),
            context_of(&found.contexts, b),
            "{a} and {b}: {}",
            pair.why
        );
    }
}

#[test]
fn a_key_shared_with_another_app_does_not_weld_the_two() {
    let found = proposed(&world::read(
        "app people\nmodel User:\nmodel Profile: user -> people.User key\n\
         app trade\nmodel Limit: user -> people.User key",
    ));
    let welded: Vec<&str> = found.together.iter().map(|pair| pair.table.as_str()).collect();
    assert_eq!(welded, ["people_profile"]);
}

#[test]
fn django_s_own_tables_are_the_framework() {
    let found = proposed(&world::trading());
    for table in ["django_content_type", "django_session", "auth_group", "auth_permission"] {
        assert_eq!(context_of(&found.contexts, table), "framework");
    }
    assert_eq!(context_of(&found.contexts, "auth_group_permissions"), "framework");
}

#[test]
fn the_user_is_a_hub_and_does_not_draw_everything() {
    let found = proposed(&world::trading());
    let hubs: Vec<&String> = found.contexts.iter().flat_map(|c| &c.hubs).collect();
    assert!(hubs.iter().any(|hub| *hub == "authentication_user"), "{hubs:?}");
    let home = context_of(&found.contexts, "authentication_user");
    assert_ne!(context_of(&found.contexts, "trading_order"), home);
    assert_ne!(context_of(&found.contexts, "notifications_notification"), home);
}

#[test]
fn a_foreign_key_between_contexts_is_listed_with_its_line() {
    let found = proposed(&world::trading());
    let crossing = found
        .crossings
        .iter()
        .find(|c| c.what == "trading.Order.instrument")
        .expect("orders and instruments stand apart");
    assert_eq!((crossing.kind.as_str(), crossing.cost), ("fk", 300));
    assert_eq!(crossing.at.file, "trading/models.py");
    assert!(crossing.at.line > 1);
}

#[test]
fn a_query_that_joins_two_contexts_is_listed_once_a_line() {
    let mut map = world::trading();
    let foreign = |c: &&Crossing| c.kind == "fk";
    let cut = proposed(&map).crossings.iter().find(foreign).expect("a foreign key").clone();
    let join = |line, lookup: &str| Join {
        at: At { line, ..cut.at.clone() },
        from: cut.from_table.clone(),
        to: cut.to_table.clone(),
        lookup: lookup.to_owned(),
        endpoints: vec![0],
    };
    map.joins = vec![join(7, "a__b"), join(7, "a__c"), join(8, "b__c")];
    let found = proposed(&map).crossings;
    let joins = found.iter().filter(|c| c.kind == "join");
    let told: Vec<_> = joins.map(|c| (c.at.line, c.what.as_str(), &c.to)).collect();
    assert_eq!(told, [(7, "a__b, a__c", &cut.to), (8, "b__c", &cut.to)]);
}

#[test]
fn equal_maps_give_equal_proposals() {
    let map = world::trading();
    let first = proposed(&map);
    assert_eq!(first, proposed(&map));
    let mut shuffled = map.clone();
    shuffled.models.reverse();
    shuffled.tables.reverse();
    shuffled.relations.reverse();
    assert_eq!(first, proposed(&shuffled));
}

#[test]
fn two_worlds_without_a_reference_are_two_contexts() {
    let found = proposed(&world::read(
        "app a\nmodel One:\nmodel Two: one -> a.One CASCADE\nmodel Three: two -> a.Two CASCADE\n\
         app b\nmodel One:\nmodel Two: one -> b.One CASCADE\nmodel Three: two -> b.Two CASCADE",
    ));
    let names: Vec<&str> = found.contexts.iter().map(|c| c.name.as_str()).collect();
    assert_eq!((names, found.crossings.len()), (vec!["a", "b"], 0));
}

#[test]
fn a_handful_of_tables_is_not_split() {
    let advice =
        proposed(&world::read("app a\nmodel One:\nmodel Two: one -> a.One CASCADE")).advice;
    assert_eq!(advice.verdict, Verdict::NotYet);
    assert!(advice.reasons.iter().any(|r| r.contains("2 tables")), "{:?}", advice.reasons);
}

#[test]
fn an_empty_map_has_no_contexts_and_no_panic() {
    let found = proposed(&Map::default());
    assert!(found.contexts.is_empty() && found.crossings.is_empty());
    assert_eq!(found.advice.verdict, Verdict::NotYet);
}

#[test]
fn applying_replaces_an_earlier_proposal() {
    let mut map = world::trading();
    proposed(&map).apply(&mut map);
    let first = map.clone();
    proposed(&map).apply(&mut map);
    assert_eq!(first, map);
}

/// What runs around every view couples nothing, however often it runs.
#[test]
fn middleware_and_who_the_user_is_hold_no_tables_together() {
    let at = |file: &str, line: u32| At { file: file.into(), line };
    let mut map = world::trading();
    while map.endpoints.len() < 40 {
        let silent = Endpoint { reads: Vec::new(), writes: Vec::new(), ..map.endpoints[0].clone() };
        map.endpoints.push(silent);
    }
    let before = proposed(&map);
    let (user, login) = ("authentication_user", "authentication_loginevent");
    let own = map.endpoints[0].clone();
    let access = |table: &str, line: At| {
        let known = own.reads.iter().chain(&own.writes).next().expect("it touches something");
        Arc::new(Access { table: table.to_owned(), via: vec![line], ..Access::clone(known) })
    };
    for (line, endpoint) in (1000..).zip(&mut map.endpoints) {
        endpoint.app.clone_from(&own.app);
        endpoint.reads.push(access(user, at("views.py", line)));
        endpoint.writes.push(access(login, at("middleware.py", 30)));
    }
    let after = proposed(&map);
    let tables = |found: &analyzer::contexts::Proposal| -> Vec<Vec<String>> {
        found.contexts.iter().map(|context| context.tables.clone()).collect()
    };
    assert_eq!(tables(&before), tables(&after));
    assert!(!after.crossings.iter().any(|crossing| crossing.at.file == "middleware.py"));
}
