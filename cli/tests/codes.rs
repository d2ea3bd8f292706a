//! `outgrow explain`: every page of every room is inside the program.

use std::fs;

use crate::world::{World, repository};

#[test]
fn every_page_is_printed() {
    let world = World::new();
    let mut pages = 0;
    for room in ["analyzer", "cli", "rules", "shadow"] {
        for entry in fs::read_dir(repository().join(room).join("codes")).expect("codes/") {
            let path = entry.expect("an entry").path();
            let code = path.file_stem().and_then(|stem| stem.to_str()).expect("a name");
            let page = fs::read_to_string(&path).expect("a page");
            assert_eq!(world.outgrow(&format!("explain {code}")).exits(0).stdout, page);
            pages += 1;
        }
    }
    let listed = world.outgrow("explain").exits(0).stdout.lines().count();
    assert_eq!(listed, pages);
}

#[test]
fn case_does_not_matter_and_an_unknown_code_is_a_usage_error() {
    World::new().outgrow("explain ru001").exits(0).prints("# RU001");
    World::new().outgrow("explain RU999").exits(2).says("lists them all");
}

#[test]
fn a_name_that_the_map_does_not_have_is_met_with_the_nearest() {
    let world = World::new();
    let example = repository().join("examples/django-monolith");
    world.outgrow(&format!("analyze {} --out out --exit-zero -q", example.display())).exits(0);
    let ask = |what: &str| world.outgrow(&format!("explain {what} --map out/map.json"));
    ask("table trading_order").exits(0).prints("context: ");
    ask("table trading_ordr").exits(2).says("did you mean `trading_order`");
    ask("model trading.Ordr").exits(2).says("did you mean `trading.Order`");
    ask("endpoint accounts:profil").exits(2).says("did you mean `accounts:profile`");
}
