//! The admin port.

use http::Request;

use crate::world::{at_stage, eventually, get, legacy, nobody, proxy, proxy_with, send, send_body};

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

#[test]
fn without_an_access_log_changes_are_written_all_the_same() {
    let old = legacy().start();
    let folder = tempfile::tempdir().unwrap();
    let token = folder.path().join("token");
    std::fs::write(&token, "s3cret").unwrap();
    let proxy = proxy_with(&at_stage("legacy", old.address, nobody()), |options| {
        options.no_access_log = true;
        options.admin_token_file = Some(token.clone());
        options.holds = Some(folder.path().join("holds"));
    });
    assert_eq!(get(proxy.address, "/api/quotes/").status, 200);
    let request = Request::post("/hold").header("authorization", "Bearer s3cret");
    assert_eq!(send_body(proxy.admin, request, "all # incident 42").status, 200);
    assert_eq!(get(proxy.address, "/api/quotes/").status, 200);
    eventually("the change", || !proxy.lines().is_empty());
    proxy.counts(r#"outgrow_proxy_requests_total{route="quotes",side="legacy",class="2xx"}"#, 2);
    let lines = proxy.lines();
    assert_eq!(lines.len(), 1, "{lines:?}");
    assert_eq!(lines[0]["audit"], "hold");
}
