//! `outgrow doctor` in front of the real monolith under gunicorn behind the real outgrow-proxy:
//! right once, and wrong once for each setting; each has to be found, and nothing else.

use serde_json::Value;

use crate::site::{Edge, Monolith, Proxy, codes, doctor_over_http, nobody};
use crate::world::{Run, World};

const JSON: &str = "--token-file token --output-format json";

/// Demands exactly these codes.
#[track_caller]
fn finds(run: Run, exit: i32, expected: &[&str]) {
    let run = run.exits(exit);
    assert_eq!(codes(&run), expected, "{}", run.stdout);
}

#[track_caller]
fn states(run: &Run) -> Vec<(String, String)> {
    let document: Value = serde_json::from_str(&run.stdout).expect("JSON");
    let checks = document["checks"].as_array().expect("checks");
    let word = |check: &Value, key: &str| check[key].as_str().expect("a word").to_owned();
    checks.iter().map(|check| (word(check, "id"), word(check, "state"))).collect()
}

/// A monolith with more settings, behind a right proxy and a right edge.
fn behind(settings: &str) -> Option<(Monolith, Proxy, Edge)> {
    let monolith = Monolith::start(settings)?;
    let proxy = Proxy::right(monolith.address);
    let edge = Edge::right(proxy.address);
    Some((monolith, proxy, edge))
}

#[test]
fn what_is_right_is_proven_and_what_stands_in_front_can_be_wrong() {
    let Some((monolith, proxy, edge)) = behind("") else { return };
    let right = edge.doctor(JSON).exits(0);
    assert_eq!(codes(&right), [""; 0], "{}", right.stdout);
    assert!(states(&right).iter().all(|(_, state)| state == "proven"), "{}", right.stdout);
    assert_eq!(states(&right).len(), 9);
    edge.doctor("--token-file token").exits(0).prints("proven").says("9 proven, 0 wrong, 0 open");

    // Without the view, what only Django can tell stays open.
    let blind = edge.doctor("--output-format json").exits(1);
    assert_eq!(codes(&blind), [""; 0], "{}", blind.stdout);
    let open: Vec<String> = states(&blind)
        .into_iter()
        .filter_map(|(id, state)| (state == "open").then_some(id))
        .collect();
    assert_eq!(open, ["headers", "address"], "{}", blind.stdout);
    edge.doctor("--token-file other-token").exits(1).prints("is the token the same?");
    edge.doctor("--token-file ca.pem").exits(2).says("holds no token");
    edge.doctor("--allow-unproven").exits(0).says("2 open");

    // An origin of another site is refused, and named.
    finds(edge.doctor(&format!("{JSON} --origin https://app.example")), 1, &["DR007"]);
    // A view that leads inside.
    finds(edge.doctor_at("/moved/", JSON), 1, &["DR013"]);

    // The edge believes the client about the scheme.
    let believing = Edge::start(proxy.address, true);
    finds(believing.doctor(JSON), 1, &["DR009"]);
    finds(believing.doctor("--output-format json"), 1, &["DR009"]);
    // Nobody told the proxy about the edge.
    let untold = Proxy::start(monolith.address, "", &[]);
    let edge = Edge::right(untold.address);
    finds(edge.doctor(JSON), 1, &["DR004", "DR007", "DR010", "DR013"]);
    // The rules take the public host away.
    let renamed =
        Proxy::start(monolith.address, ", host: upstream", &["--trusted-proxy", "127.0.0.1"]);
    let edge = Edge::right(renamed.address);
    finds(edge.doctor(JSON), 1, &["DR005", "DR007", "DR013", "DR015"]);
    // The edge leads past the proxy.
    let edge = Edge::right(monolith.address);
    let past = edge.doctor(JSON);
    assert!(codes(&past).contains(&"DR014".to_owned()), "{}", past.stdout);
    // The proxy leads to nobody.
    let lost = Proxy::right(nobody());
    finds(Edge::right(lost.address).doctor(JSON), 1, &["DR001"]);
}

#[test]
fn a_host_that_django_refuses() {
    let Some((_monolith, _proxy, edge)) = behind("ALLOWED_HOSTS = ['other.example']\n") else {
        return;
    };
    let run = edge.doctor(JSON).prints("ALLOWED_HOSTS = [\\\"shop.example\\\"]");
    assert!(codes(&run).contains(&"DR002".to_owned()), "{}", run.stdout);
}

#[test]
fn https_that_django_does_not_see() {
    let Some((_monolith, _proxy, edge)) = behind("SECURE_PROXY_SSL_HEADER = None\n") else {
        return;
    };
    finds(edge.doctor(JSON), 1, &["DR003", "DR007", "DR013"]);
    finds(edge.doctor("--output-format json"), 1, &["DR003", "DR007"]);
}

#[test]
fn a_redirect_to_itself() {
    let settings = "SECURE_PROXY_SSL_HEADER = None\nSECURE_SSL_REDIRECT = True\n";
    let Some((_monolith, proxy, edge)) = behind(settings) else { return };
    finds(edge.doctor(JSON), 1, &["DR003"]);
    doctor_over_http(proxy.address, JSON).exits(2).says("https://shop.example/");
}

#[test]
fn a_scheme_that_clients_can_forge() {
    let settings = "SECURE_PROXY_SSL_HEADER = ('HTTP_X_EDGE_SCHEME', 'https')\n";
    let Some((_monolith, proxy, edge)) = behind(settings) else { return };
    finds(doctor_over_http(proxy.address, JSON), 1, &["DR009"]);
    finds(edge.doctor(JSON), 1, &["DR003", "DR007", "DR009", "DR013"]);
}

#[test]
fn what_works_and_should_not_stay() {
    let settings = "ALLOWED_HOSTS = ['*']\nUSE_X_FORWARDED_PORT = False\n";
    let Some((_monolith, _proxy, edge)) = behind(settings) else { return };
    finds(edge.doctor(JSON), 0, &["DR006", "DR015"]);
}

#[test]
fn cookies_that_go_astray() {
    let settings = "SESSION_COOKIE_SECURE = False\nCSRF_COOKIE_DOMAIN = 'other.example'\n";
    let Some((_monolith, _proxy, edge)) = behind(settings) else { return };
    finds(edge.doctor(JSON), 1, &["DR011", "DR012"]);
}

#[test]
fn forms_that_anybody_may_post() {
    let settings = "CSRF_TRUSTED_ORIGINS = ['https://*.invalid']\nCSRF_COOKIE_SECURE = False\n";
    let Some((_monolith, _proxy, edge)) = behind(settings) else { return };
    finds(edge.doctor(JSON), 1, &["DR008", "DR011"]);
}

#[test]
fn another_host_and_another_origin_can_be_right() {
    let settings = "USE_X_FORWARDED_HOST = True\nCSRF_TRUSTED_ORIGINS = ['https://app.example']\n";
    let Some(monolith) = Monolith::start(settings) else { return };
    let proxy =
        Proxy::start(monolith.address, ", host: upstream", &["--trusted-proxy", "127.0.0.1"]);
    let edge = Edge::right(proxy.address);
    finds(edge.doctor(&format!("{JSON} --origin https://app.example")), 0, &[]);
}

#[test]
fn what_is_no_site() {
    let world = World::new().file("empty.pem", "");
    world.outgrow("doctor --through shop.example").exits(2).says("https://shop.example");
    world.outgrow("doctor --through ftp://shop.example").exits(2).says("http");
    world.outgrow("doctor --through http://a:b@shop.example").exits(2).says("user");
    world.outgrow("doctor --through http://x --connect nowhere").exits(2).says("HOST:PORT");
    world.outgrow("doctor --through http://x --cacert empty.pem").exits(2).says("PEM");
    let nobody = format!("doctor --through http://{}", nobody());
    world.outgrow(&nobody).exits(3).says("nobody accepts connections");
}
