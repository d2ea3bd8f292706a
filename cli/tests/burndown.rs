//! `outgrow burndown` on access logs, and on the meters of the real outgrow-proxy.

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};

use serde_json::Value;

use crate::site::{Proxy, eventually, proxy_is_built};
use crate::world::World;

const RULES: &str = "\
upstreams:
  legacy: {address: '127.0.0.1:1'}
  new: {address: '127.0.0.1:2'}
contexts:
  quotes: {owner: '@markets', upstream: new}
  orders: {owner: '@desk', upstream: new}
defaults: {canary: {share: 50%}}
routes:
  - {name: quotes, context: quotes, match: {django: 'api/quotes/'}, stage: native}
  - {name: candles, context: quotes, match: {django: 'api/candles/'}, stage: canary}
  - {name: orders, context: orders, match: {django: 'api/orders/'}, stage: legacy}
  - {name: report, context: orders, match: {django: 'api/report/'}, stage: legacy}
  - {name: old, match: {django: 'api/old/'}, stage: retired}
";

fn line(day: u32, route: &str, side: &str, path: &str, status: u16, millis: u64) -> String {
    let us = millis * 1000;
    format!(
        "{{\"time\":\"2026-01-0{day}T00:00:00Z\",\"method\":\"GET\",\"path\":\"{path}\",\
         \"route\":\"{route}\",\"side\":\"{side}\",\"status\":{status},\"duration_us\":{us}}}\n"
    )
}

/// Eight days: 6 native quotes, candles half and half at 100 ms, 4 orders at 50 ms.
fn log() -> String {
    let mut log = String::new();
    for day in 1..=6 {
        log += &line(day, "quotes", "native", "/api/quotes/", 200, 2);
    }
    log += &line(1, "candles", "legacy", "/api/candles/", 200, 100);
    log += &line(2, "candles", "native", "/api/candles/", 200, 3);
    for day in 5..=8 {
        log += &line(day, "orders", "legacy", "/api/orders/", 200, 50);
    }
    log += &line(8, "old", "us", "/api/old/", 410, 0);
    for id in [7, 8] {
        log += &line(8, "", "legacy", &format!("/export/{id}/?token"), 200, 10);
    }
    log += &line(8, "", "legacy", "/wp-login.php", 404, 1);
    log += &line(8, "", "us", "/bad", 400, 0);
    log + "no line of ours\n" + &line(8, "removed", "legacy", "/x/", 200, 1)
}

fn world() -> World {
    World::new().file("rules/rules.yaml", RULES).file("access.log", log())
}

fn json(world: &World, more: &str) -> Value {
    let run = world.outgrow(&format!("burndown --output-format json {more}")).exits(0);
    serde_json::from_str(&run.stdout).expect("JSON")
}

fn names(list: &Value, key: &str) -> Vec<String> {
    let list = list.as_array().expect("a list");
    list.iter().map(|entry| entry[key].as_str().expect("a text").to_owned()).collect()
}

#[track_caller]
fn is(value: &Value, expected: f64) {
    let value = value.as_f64().expect("a number");
    assert!((value - expected).abs() < 1e-6, "{value} is not {expected}");
}

#[test]
fn what_moved_and_what_did_not() {
    let report = json(&world(), "--log access.log");
    let total = &report["total"];
    assert_eq!((&total["endpoints"], &total["endpoints_moved"]), (&5.into(), &2.into()));
    assert_eq!((&total["requests"], &total["requests_moved"]), (&12.into(), &7.into()));
    // Legacy: 100 ms of candles and 200 ms of orders. Moved: one candle at legacy's mean of 100 ms;
    // nobody knows what six quotes would have taken.
    is(&total["legacy_seconds"], 0.3);
    is(&total["legacy_seconds_moved"], 0.1);
    assert_eq!(total["requests_unpriced"], 6);
    assert_eq!(report["watched_seconds"], 7 * 86_400);
    assert_eq!(names(&report["stages"], "name"), ["legacy", "canary", "native", "retired"]);
    assert_eq!(names(&report["owners"], "name"), ["(none)", "@desk", "@markets"]);
    assert_eq!(report["contexts"][2]["requests_moved"], 7);
    assert_eq!(names(&report["silent"], "route"), ["report"]);
    assert_eq!(names(&report["unused"], "route"), ["quotes", "old"]);
    assert_eq!(report["deletable"], true);
    assert_eq!(names(&report["tripped"], "route"), ["old"]);
    assert_eq!(report["unknown_routes"][0], "removed");
    assert_eq!(report["unread_lines"], 1);
}

#[test]
fn what_nobody_listed_has_no_values_in_it() {
    let report = json(&world(), "--log access.log");
    assert_eq!(report["unmatched"]["requests"], 3);
    assert_eq!(names(&report["shapes"]["shapes"], "path"), ["/export/<int>/"]);
    assert_eq!(report["shapes"]["shapes"][0]["tally"]["requests"], 2);
    assert_eq!(report["shapes"]["not_found"]["requests"], 1);
}

#[test]
fn pages_for_people() {
    let world = world();
    let text = world.outgrow("burndown --log access.log").exits(0);
    let text = text.prints("2 of 5 endpoints moved, 46.7 % of the requests, 25.0 % of legacy's");
    let text =
        text.prints("in 7 days").prints("their code can be deleted").prints("/export/<int>/");
    text.prints("rules.yaml:9").says("1 lines are none of outgrow-proxy's log");
    let page = world.outgrow("burndown --log access.log --output-format markdown").exits(0);
    page.prints("# Burn-down").prints("| quotes | native | @markets | 6 |").prints("\\<int>");
    world.outgrow("burndown --log access.log --fail-under 46").exits(0);
    world.outgrow("burndown --log access.log --fail-under 47").exits(1);
}

#[test]
fn a_short_log_is_no_proof() {
    let log = line(1, "quotes", "native", "/api/quotes/", 200, 2);
    let world = World::new().file("rules/rules.yaml", RULES).file("access.log", log);
    world.outgrow("burndown --log access.log").exits(0).prints("watch for a week");
}

#[test]
fn what_cannot_be_read() {
    let world = world();
    world.outgrow("burndown").exits(2).says("--log");
    world.outgrow("burndown --log missing.log").exits(3).says("missing.log");
    world.outgrow("burndown --log access.log --rules nowhere").exits(3).says("nowhere");
    world.outgrow("burndown --log access.log --map access.log").exits(2).says("not a map");
    world.outgrow("burndown --admin http://127.0.0.1:1009").exits(3).says("--admin");
}

#[test]
fn the_map_says_where_the_code_is() {
    let world = World::new()
        .file("shop/settings.py", "ROOT_URLCONF = 'shop.urls'\nINSTALLED_APPS = []\n")
        .file("shop/__init__.py", "")
        .file("manage.py", "import os\nos.environ['DJANGO_SETTINGS_MODULE'] = 'shop.settings'\n")
        .file(
            "shop/views.py",
            "\n\ndef quotes(request):\n    pass\n\ndef extra(request):\n    pass\n",
        )
        .file(
            "shop/urls.py",
            "from django.urls import path\nfrom shop import views\nurlpatterns = [\n    \
             path('api/quotes/', views.quotes, name='quotes'),\n    \
             path('extra/', views.extra, name='extra'),\n]\n",
        )
        .file("rules/rules.yaml", RULES)
        .file("access.log", log());
    world.outgrow("analyze . --quiet").exits(0);
    let report = json(&world, "--log access.log --map out/map.json");
    assert_eq!(report["unused"][0]["at"], "shop/views.py:3");
    assert_eq!(report["without_rule"][0]["route"], "extra");
    assert_eq!(report["without_rule"][0]["at"], "shop/views.py:6");
}

/// Answers everything with an empty 200, for as long as the test process lives.
fn legacy() -> SocketAddr {
    let socket = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = socket.local_addr().expect("it has an address");
    std::thread::spawn(move || {
        while let Ok((mut stream, _)) = socket.accept() {
            let mut head = [0; 4096];
            let _ = stream.read(&mut head);
            let _ = stream
                .write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\nconnection: close\r\n\r\n");
        }
    });
    address
}

fn get(address: SocketAddr, path: &str) {
    let mut stream = TcpStream::connect(address).expect("the proxy listens");
    let head = format!("GET {path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n");
    stream.write_all(head.as_bytes()).expect("sent");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("answered");
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
}

#[test]
fn the_meters_of_a_running_proxy() {
    if !proxy_is_built() {
        return;
    }
    let proxy = Proxy::start(legacy(), "", &[]);
    for path in ["/invoices/12/", "/invoices/13/", "/invoices/"] {
        get(proxy.address, path);
    }
    // A request is counted after its answer has left.
    let world = world();
    let report = || json(&world, &format!("--admin http://{}", proxy.admin));
    assert!(eventually(|| report()["unmatched"]["requests"] == 3), "{}", report());
    let report = report();
    let shapes = &report["shapes"]["shapes"];
    assert_eq!(names(shapes, "path"), ["/invoices/<int>/", "/invoices/"]);
    assert!(report["watched_seconds"].as_u64() < Some(3600), "{report}");
}
