//! Requests against a folder of rules as teams keep it.

use std::path::Path;

use rules::{Head, Reason, Router, Side, StageName, folder, load};

fn router() -> Router {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/good");
    let sources = folder::sources(&folder).expect("the folder is in the repository");
    Router::new(load(&sources).expect("good rules")).expect("small rules")
}

#[track_caller]
fn check(method: &str, target: &str, route: Option<&str>, side: Side, reason: Reason) {
    let router = router();
    let decision = router.decide(&Head::new(method, target.as_bytes()));
    let found = decision.route.map(|route| route.name.as_str());
    assert_eq!((found, decision.side, decision.reason), (route, side, reason), "{method} {target}");
}

#[test]
fn the_stage_of_the_first_route_that_matches_decides() {
    let list = Some("market_data.instrument-list");
    check("GET", "/api/market/instruments/?page=2", list, Side::Native, Reason::Stage);
    check("HEAD", "/api/market/instruments/", list, Side::Native, Reason::Stage);
    let archive = Some("market_data.archive");
    check("GET", "/api/market/2024/", archive, Side::Gone, Reason::Retired);
    check("GET", "/api/orders/", Some("orders.order-list"), Side::Legacy, Reason::Stage);
    check("POST", "/api/orders/", Some("orders.order-create"), Side::Legacy, Reason::Stage);
}

#[test]
fn what_no_rule_means_goes_to_legacy() {
    check("GET", "/", None, Side::Legacy, Reason::NoRoute);
    check("GET", "/api/market/instruments", None, Side::Legacy, Reason::NoRoute);
    check("POST", "/api/market/instruments/", None, Side::Legacy, Reason::MethodNotDeclared);
    let double = Reason::Ambiguous(rules::Ambiguity::DoubleSlash);
    check("GET", "/api//market/instruments/", None, Side::Legacy, double);
}

#[test]
fn shadow_is_for_gets_and_carries_its_sample() {
    let router = router();
    let decision = router.decide(&Head::new("GET", b"/api/market/instruments/7/"));
    assert_eq!(decision.stage, StageName::Shadow);
    assert_eq!(decision.side, Side::Legacy);
    assert_eq!(decision.shadow.map(rules::Share::basis_points), Some(2_500));
    assert_eq!(decision.native.map(|upstream| upstream.name.as_str()), Some("market-data"));
    let head = router.decide(&Head::new("HEAD", b"/api/market/instruments/7/"));
    assert_eq!(head.shadow, None);
}
