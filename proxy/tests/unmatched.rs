//! Requests that no rule takes: which shapes, how often; and what the meters say of every route.

use http::Request;

use crate::world::{at_stage, eventually, get, legacy, nobody, proxy, send};

#[test]
fn shapes_without_values_on_the_admin_port() {
    let old = legacy().reply("/wp-login.php", |_| crate::world::json(404, "{}")).start();
    let proxy = proxy(&at_stage("legacy", old.address, nobody()));
    for target in ["/reports/7/?token=s3cret", "/reports/8/", "/wp-login.php", "/api/quotes/"] {
        get(proxy.address, target);
    }
    send(proxy.address, Request::post("/reports/9/"));
    let page = || get(proxy.admin, "/unmatched").text();
    eventually("four are counted", || page().contains("POST") && page().contains("\"requests\":2"));
    let page: serde_json::Value = serde_json::from_str(&page()).unwrap();
    let shapes = page["shapes"].as_array().unwrap();
    let seen: Vec<(&str, &str, u64)> = shapes
        .iter()
        .map(|shape| {
            let text = |key: &str| shape[key].as_str().unwrap();
            (text("method"), text("path"), shape["tally"]["requests"].as_u64().unwrap())
        })
        .collect();
    assert_eq!(seen, [("GET", "/reports/<int>/", 2), ("POST", "/reports/<int>/", 1)]);
    assert_eq!(page["not_found"]["requests"], 1);
    assert!(!page.to_string().contains("s3cret"));
}

#[test]
fn the_meters_name_stage_context_and_owner_of_each_route() {
    let proxy = proxy(&at_stage("legacy", nobody(), nobody()));
    let series = |stage: &str| {
        let labels = format!("stage=\"{stage}\",context=\"market\",owner=\"@markets\"");
        format!("outgrow_proxy_route_info{{route=\"quotes\",{labels}}}")
    };
    proxy.counts(&series("legacy"), 1);
    proxy.rules.write(&at_stage("native", nobody(), nobody()));
    proxy.counts(&series("native"), 1);
    assert_eq!(proxy.meter(&series("legacy")), 0, "a route is at one stage");
    assert!(proxy.meter("outgrow_proxy_start_time_seconds") > 1_700_000_000);
}
