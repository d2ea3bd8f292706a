//! What carries a migration: pins, copies the other way, copies of writes, the missing slash, the
//! audit, spans.

use bytes::Bytes;
use http::Request;

use crate::world::{
    Got, Proxy, Upstream, at_stage, eventually, get, json, legacy, native, nobody, proxy,
    proxy_with, send, send_body,
};

/// Two endpoints of one context: `orders` is written natively, `quotes` is a canary of that share.
fn two_sided(legacy: &Upstream, native: &Upstream, share: &str) -> String {
    at_stage("canary", legacy.address, native.address)
        .replace("upstream: market}", "upstream: market, pin_ttl: 30s}")
        .replace("share: 100%", &format!("share: {share}"))
        + "  - name: orders\n    context: market\n    match: {django: 'api/orders/'}\n\
           \x20   stage: native\n"
}

fn post(proxy: &Proxy, path: &str) -> Got {
    send_body(proxy.address, Request::post(path), "a=1")
}

fn pin(got: &Got) -> String {
    let all = got.headers.get_all("set-cookie").iter().filter_map(|value| value.to_str().ok());
    let of_pin = all.filter(|cookie| cookie.starts_with("outgrow_pin="));
    of_pin.map(|cookie| cookie.split(';').next().unwrap_or_default().to_owned()).collect()
}

fn read(proxy: &Proxy, cookie: &str) -> String {
    send(proxy.address, Request::get("/api/quotes/").header("cookie", cookie)).text()
}

#[test]
fn whoever_writes_reads_from_the_same_side() {
    let (old, new) = (legacy().start(), native().start());
    let folder = tempfile::tempdir().unwrap();
    let key = folder.path().join("key");
    std::fs::write(&key, "0123456789abcdef0123456789abcdef\n").unwrap();
    let yaml = two_sided(&old, &new, "0.01%");
    let with_key = |options: &mut proxy::Options| options.pin_key_file = Some(key.clone());
    let first = proxy_with(&yaml, with_key);
    assert!(read(&first, "sessionid=a").contains("legacy"), "outside the share");
    let cookie = pin(&post(&first, "/api/orders/"));
    assert!(read(&first, &format!("sessionid=a; {cookie}")).contains("native"), "it wrote there");
    assert!(read(&first, "sessionid=a").contains("legacy"), "another browser");
    eventually("the lines", || first.lines().len() == 4);
    assert_eq!(first.lines()[2]["reason"], "pinned");
    let second = proxy_with(&yaml, with_key);
    assert!(read(&second, &cookie).contains("native"), "another proxy reads the same pin");
    let stranger = proxy(&yaml);
    assert!(read(&stranger, &cookie).contains("legacy"), "one with another key does not");
}

#[test]
fn a_write_that_legacy_took_is_read_from_legacy() {
    let (old, new) = (legacy().start(), native().start());
    let proxy = proxy(&two_sided(&old, &new, "100%"));
    assert!(read(&proxy, "a=b").contains("native"));
    let gone = new.address;
    drop(new);
    eventually("it is gone", || std::net::TcpStream::connect(gone).is_err());
    let got = post(&proxy, "/api/orders/");
    assert!(got.text().contains("legacy"), "nobody listens there: {}", got.text());
    let native_again = native().start();
    proxy.rules.write(&two_sided(&old, &native_again, "100%"));
    eventually("native is back", || read(&proxy, "a=b").contains("native"));
    assert!(read(&proxy, &pin(&got)).contains("legacy"), "the write is there");
}

#[test]
fn nobody_is_pinned_where_one_side_answers_all_or_the_rules_do_not_say_so() {
    let (old, new) = (legacy().start(), native().start());
    let all_legacy = two_sided(&old, &new, "50%").replace("stage: canary", "stage: legacy");
    let all_legacy = all_legacy.replace("stage: native", "stage: legacy");
    assert_eq!(pin(&post(&proxy(&all_legacy), "/api/orders/")), "", "day one");
    let no_ttl = two_sided(&old, &new, "50%").replace(", pin_ttl: 30s", "");
    assert_eq!(pin(&post(&proxy(&no_ttl), "/api/orders/")), "");
    let pinned = proxy(&two_sided(&old, &new, "50%"));
    assert_eq!(pin(&get(pinned.address, "/api/orders/")), "", "it wrote nothing");
    assert_eq!(pin(&post(&pinned, "/elsewhere/")), "", "of no context");
}

fn copied(proxy: &Proxy, reason: &str) -> usize {
    let name = "outgrow_proxy_shadow_outcomes_total";
    proxy.meter(&format!(r#"{name}{{route="quotes",reason="{reason}"}}"#))
}

#[test]
fn legacy_gets_a_sample_of_what_native_answered() {
    let old = legacy().route("/api/quotes/", r#"{"a": 1}"#).start();
    let new = native().route("/api/quotes/", r#"{"a":1}"#).start();
    let yaml = at_stage("native", old.address, new.address)
        .replace("{sample: 100%}", "{reverse_sample: 100%}");
    let proxy = proxy(&yaml);
    for _ in 0..10 {
        assert_eq!(get(proxy.address, "/api/quotes/").text(), r#"{"a":1}"#, "native answers");
    }
    post(&proxy, "/api/quotes/");
    eventually("compared", || copied(&proxy, "same") == 10);
    assert_eq!(old.count(), 10, "a write does not run twice");
    assert!(old.seen().iter().all(|seen| seen.headers.contains_key("x-outgrow-shadow")));
}

#[test]
fn an_answer_that_legacy_gave_in_natives_place_is_not_compared_with_itself() {
    let old = legacy().start();
    let yaml = at_stage("native", old.address, nobody())
        .replace("{sample: 100%}", "{reverse_sample: 100%}");
    let proxy = proxy(&yaml);
    get(proxy.address, "/api/quotes/");
    eventually("counted", || copied(&proxy, "native_failed") == 1);
    assert_eq!(old.count(), 1);
}

fn with_writes(old: &Upstream, new: &Upstream) -> String {
    at_stage("shadow", old.address, new.address)
        .replace("{sample: 100%}", "{sample: 100%, writes: true}")
}

#[test]
fn writes_are_copied_only_to_who_promised_to_keep_them_apart() {
    let old = legacy().route("/api/quotes/", "{}").start();
    let new = native().route("/api/quotes/", "{}").start();
    let unasked = proxy(&at_stage("shadow", old.address, new.address));
    post(&unasked, "/api/quotes/");
    assert_eq!(unasked.sum("outgrow_proxy_shadow_expected_total"), 0, "the rule does not opt in");
    let refused = proxy(&with_writes(&old, &new));
    post(&refused, "/api/quotes/");
    eventually("counted", || copied(&refused, "not_isolated") == 1);
    assert!(new.seen().iter().all(|seen| seen.method == "GET"), "it only was asked");

    let ready = native().route("/api/quotes/", "{}");
    let ready = ready.reply("/.well-known/outgrow-shadow", |_| {
        let mut answer = json(200, "{}");
        answer.headers_mut().insert("x-outgrow-shadow", "isolated".parse().unwrap());
        answer
    });
    let ready = ready.start();
    let proxy = proxy(&with_writes(&old, &ready));
    for _ in 0..5 {
        let body = Bytes::from("quantity=3");
        send_body(proxy.address, Request::post("/api/quotes/"), body);
    }
    eventually("compared", || copied(&proxy, "same") == 5);
    let copies: Vec<_> = ready.seen().into_iter().filter(|seen| seen.method == "POST").collect();
    assert_eq!(copies.len(), 5);
    assert!(copies.iter().all(|copy| copy.body == "quantity=3"), "the body came along");
    assert_eq!(ready.count(), 6, "asked once for all");
    let large = vec![b'x'; 3 << 20];
    send_body(proxy.address, Request::post("/api/quotes/"), large);
    eventually("given up", || copied(&proxy, "truncated") == 1);
}

#[test]
fn files_to_be_saved_are_not_compared() {
    let old = legacy().reply("/api/quotes/", |_| {
        let mut answer = json(200, "{}");
        let value = "attachment; filename=a.csv".parse().unwrap();
        answer.headers_mut().insert("content-disposition", value);
        answer
    });
    let (old, new) = (old.start(), native().start());
    let proxy = proxy(&at_stage("shadow", old.address, new.address));
    get(proxy.address, "/api/quotes/");
    eventually("counted", || copied(&proxy, "download") == 1);
}

#[test]
fn a_missing_slash_is_answered_as_the_rules_say() {
    let (old, new) = (legacy().start(), native().start());
    let with = |policy: &str| {
        at_stage("native", old.address, new.address) + &format!("    trailing_slash: {policy}\n")
    };
    let redirect = get(proxy(&with("redirect")).address, "/api/quotes?a=/b");
    assert_eq!((redirect.status.as_u16(), redirect.header("location")), (301, "/api/quotes/?a=/b"));
    assert_eq!(get(proxy(&with("strict404")).address, "/api/quotes").status, 404);
    assert!(get(proxy(&with("legacy")).address, "/api/quotes").text().contains("legacy"));
    let held = proxy(&with("redirect"));
    held.pull_kill_switch();
    eventually("held", || get(held.address, "/api/quotes").text().contains("legacy"));
}

#[test]
fn the_rules_say_when_legacy_makes_up_for_native() {
    let old = legacy().start();
    let new = native().reply("/api/quotes/", |_| json(503, "{}")).start();
    let yaml = |on: &str| {
        at_stage("native", old.address, new.address) + &format!("    fallback: {{on: [{on}]}}\n")
    };
    assert_eq!(get(proxy(&yaml("timeout")).address, "/api/quotes/").status, 503);
    assert_eq!(get(proxy(&yaml("server_error")).address, "/api/quotes/").status, 200);
}

#[test]
fn every_change_by_the_admin_port_is_written_down() {
    let old = legacy().start();
    let folder = tempfile::tempdir().unwrap();
    let token = folder.path().join("token");
    std::fs::write(&token, "s3cret\n").unwrap();
    let proxy = proxy_with(&at_stage("legacy", old.address, nobody()), |options| {
        options.admin_token_file = Some(token.clone());
    });
    let order = |token: &str, line: &str| {
        let request = Request::post("/hold").header("authorization", format!("Bearer {token}"));
        send_body(proxy.admin, request, line.to_owned()).status.as_u16()
    };
    assert_eq!(order("s3cret", "endpoint quotes # incident 42"), 200);
    assert_eq!(order("wrong", "all # let me in"), 403);
    assert_eq!(order("s3cret", "everything"), 400);
    eventually("the lines", || proxy.lines().len() == 3);
    let lines = proxy.lines();
    let said = |line: usize, key: &str| lines[line][key].as_str().unwrap_or_default().to_owned();
    assert_eq!(
        (said(0, "scope"), said(0, "why")),
        ("endpoint quotes".into(), "incident 42".into())
    );
    assert!(said(0, "peer").starts_with("127.0.0.1:"));
    assert_eq!((&lines[1]["status"], said(1, "scope")), (&403.into(), String::new()));
    assert_eq!(lines[2]["status"], 400);
    assert!(!lines.iter().any(|line| line.to_string().contains("s3cret")));
}

#[test]
fn sampled_requests_are_spans_and_examples() {
    let collector = legacy().start();
    let (old, new) = (legacy().start(), native().start());
    let proxy = proxy_with(&at_stage("native", old.address, new.address), |options| {
        options.otlp_endpoint = Some(format!("http://{}", collector.address));
        options.otlp_sample = 0.0;
    });
    let sampled = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    send(proxy.address, Request::get("/api/quotes/").header("traceparent", sampled));
    get(proxy.address, "/api/quotes/");
    eventually("a batch arrives", || collector.count() == 1);
    let batch = &collector.seen()[0];
    assert_eq!((batch.target.as_str(), batch.method.as_str()), ("/v1/traces", "POST"));
    let sent: serde_json::Value = serde_json::from_slice(&batch.body).unwrap();
    let spans = &sent["resourceSpans"][0]["scopeSpans"][0]["spans"];
    assert_eq!(spans.as_array().map(Vec::len), Some(1), "the other one was not sampled: {sent:#}");
    assert_eq!(spans[0]["traceId"], "4bf92f3577b34da6a3ce929d0e0e4736");
    assert_eq!(spans[0]["parentSpanId"], "00f067aa0ba902b7");
    let seen = new.seen();
    let handed_on = seen[0].headers["traceparent"].to_str().unwrap();
    assert!(handed_on.contains(spans[0]["spanId"].as_str().unwrap()), "{handed_on}");
    assert_eq!(spans[0]["attributes"][4]["value"]["stringValue"], "native");
    let text = get(proxy.admin, "/metrics").text();
    assert!(text.contains(r#"# {trace_id="4bf92f3577b34da6a3ce929d0e0e4736"}"#), "{text}");
}
