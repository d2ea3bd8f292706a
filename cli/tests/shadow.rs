//! `outgrow shadow status` on ledgers written by the ledger room itself.

use ledger::{Ledger, Observation};
use rules::Comparison;
use serde_json::Value;
use shadow::{Answer, compare};

use crate::world::World;

fn observe(world: &World, native_body: &str, count: usize) {
    let mut ledger = Ledger::open(&world.path().join("ledger.sqlite")).expect("a ledger");
    let answer = |body: &str| Answer {
        status: 200,
        headers: vec![("Content-Type".into(), "application/json".into())],
        body: body.into(),
        truncated: false,
    };
    let verdict =
        compare(&answer("{\"price\": \"1.50\"}"), &answer(native_body), &Comparison::default());
    let observation = Observation {
        at_unix_ms: 1_700_000_000_000,
        context: "market-data".to_owned(),
        route: "market-data.quote".to_owned(),
        method: "GET".to_owned(),
        verdict,
        legacy_us: Some(4_000),
        native_us: Some(900),
        sample: None,
    };
    ledger.record_all(&vec![observation; count]).expect("recorded");
}

#[test]
fn no_ledger_is_the_surroundings() {
    World::new().outgrow("shadow status").exits(3).says("--ledger FILE");
}

#[test]
fn clean_evidence_is_fine_and_becomes_ready() {
    let world = World::new();
    observe(&world, "{\"price\":\"1.50\"}", 10);
    world.outgrow("shadow status").exits(0).prints("market-data.quote").prints("not enough");
    observe(&world, "{\"price\":\"1.50\"}", 3_000);
    world.outgrow("shadow status").exits(0).prints("ready").prints("3010");
}

#[test]
fn a_difference_is_a_finding() {
    let world = World::new();
    observe(&world, "{\"price\": \"1.5\"}", 3);
    world.outgrow("shadow status").exits(1).prints("differs").prints("price");
    let run = world.outgrow("shadow status --output-format json").exits(1);
    let status: Value = serde_json::from_str(&run.stdout).expect("JSON");
    assert_eq!(status["endpoints"][0]["endpoint"]["counts"]["different"], 3);
}
