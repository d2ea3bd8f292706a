//! The admin port.

use http::Request;

use crate::world::{at_stage, get, legacy, nobody, proxy, send};

#[test]
fn health_readiness_rules_and_meters() {
    let old = legacy().start();
    let proxy = proxy(&at_stage("legacy", old.address, nobody()));
    assert_eq!(get(proxy.admin, "/healthz").status, 200);
    let ready = get(proxy.admin, "/readyz");
    assert_eq!(ready.status, 200);
    let ready: serde_json::Value = serde_json::from_slice(&ready.body).unwrap();
    let rules: serde_json::Value =
        serde_json::from_slice(&get(proxy.admin, "/rules").body).unwrap();
    assert_eq!(rules["digest"], ready["rules"]);
    assert_eq!(rules["routes"]["quotes"], "legacy");
    get(proxy.address, "/api/quotes/");
    let series = r#"outgrow_proxy_requests_total{route="quotes",side="legacy",class="2xx"}"#;
    proxy.counts(series, 1);
    assert_eq!(get(proxy.admin, "/metrics").text().lines().last(), Some("# EOF"));
    assert_eq!(get(proxy.admin, "/nothing").status, 404);
}

#[test]
fn foreign_names_and_methods_are_refused() {
    let proxy = proxy(&at_stage("legacy", nobody(), nobody()));
    let evil = Request::get("/metrics").header("host", "evil.example");
    assert_eq!(send(proxy.admin, evil).status, 421);
    assert_eq!(send(proxy.admin, Request::post("/rules")).status, 405);
}

#[test]
fn the_data_port_knows_no_admin_page() {
    let old = legacy().start();
    let proxy = proxy(&at_stage("legacy", old.address, nobody()));
    assert!(get(proxy.address, "/metrics").text().contains("legacy"));
}
