//! Who answers at which stage, and what the two sides get to see.

use http::Request;

use crate::world::{at_stage, get, legacy, native, nobody, proxy, proxy_with, send, send_body};

#[track_caller]
fn check(stage: &str, status: u16, by: &str) {
    let (old, new) = (legacy().start(), native().start());
    let mut proxy = proxy(&at_stage(stage, old.address, new.address));
    let got = get(proxy.address, "/api/quotes/");
    assert_eq!(got.status, status, "{stage}: {}", got.text());
    assert!(got.text().contains(by), "{stage}: {}", got.text());
    assert!(get(proxy.address, "/elsewhere/").text().contains("legacy"), "{stage}");
    proxy.stop();
}

#[test]
fn each_stage_has_its_side() {
    check("legacy", 200, r#"{"by":"legacy"}"#);
    check("shadow", 200, r#"{"by":"legacy"}"#);
    check("canary", 200, r#"{"by":"native"}"#);
    check("native", 200, r#"{"by":"native"}"#);
    check("retired", 410, r#""status":410"#);
}

#[test]
fn a_path_with_two_meanings_goes_to_legacy() {
    let (old, new) = (legacy().start(), native().start());
    let proxy = proxy(&at_stage("native", old.address, new.address));
    for target in ["//api/quotes/", "/api%2Fquotes/", "/x/../api/quotes/", "/api/./quotes/"] {
        assert!(get(proxy.address, target).text().contains("legacy"), "{target}");
    }
    assert_eq!(new.count(), 0);
    assert_eq!(old.seen()[1].target, "/api%2Fquotes/", "forwarded as it came");
}

#[test]
fn host_and_credentials_pass_and_strangers_cannot_speak_for_us() {
    let (old, new) = (legacy().start(), native().start());
    let proxy = proxy(&at_stage("native", old.address, new.address));
    for path in ["/", "/api/quotes/?a=b&a=c"] {
        let request = Request::get(path)
            .header("host", "shop.example:8443")
            .header("cookie", "sessionid=1")
            .header("cookie", "csrftoken=2")
            .header("authorization", "Token abc")
            .header("x-forwarded-for", "6.6.6.6")
            .header("x-forwarded-proto", "https")
            .header("x_forwarded_proto", "https")
            .header("x-outgrow-shadow", "1")
            .header("connection", "x-private, keep-alive")
            .header("x-private", "hop")
            .header("te", "trailers")
            .header("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");
        assert_eq!(send(proxy.address, request).status, 200);
    }
    for seen in old.seen().iter().chain(&new.seen()) {
        assert_eq!(seen.header("host"), "shop.example:8443");
        assert_eq!(seen.header("cookie"), "sessionid=1 | csrftoken=2");
        assert_eq!(seen.header("authorization"), "Token abc");
        assert_eq!(seen.header("x-forwarded-for"), "127.0.0.1");
        assert_eq!(seen.header("x-forwarded-proto"), "http");
        assert_eq!(seen.header("x-forwarded-host"), "shop.example:8443");
        assert_eq!(seen.header("x-forwarded-port"), "8443");
        for gone in ["x_forwarded_proto", "x-outgrow-shadow", "x-private", "te"] {
            assert!(!seen.headers.contains_key(gone), "{gone} reached {}", seen.target);
        }
        let trace = seen.header("traceparent");
        assert!(trace.starts_with("00-4bf92f3577b34da6a3ce929d0e0e4736-"), "{trace}");
        assert!(!trace.contains("00f067aa0ba902b7"), "the span is ours: {trace}");
    }
    assert_eq!(new.seen()[0].target, "/api/quotes/?a=b&a=c");
}

#[test]
fn a_trusted_proxy_may_speak_for_its_clients() {
    let old = legacy().start();
    let yaml = at_stage("legacy", old.address, nobody());
    let proxy = proxy_with(&yaml, |options| {
        options.trusted_proxy = vec!["127.0.0.0/8".parse().unwrap()];
    });
    let request = Request::get("/")
        .header("host", "shop.example")
        .header("x-forwarded-for", "198.51.100.7")
        .header("x-forwarded-proto", "https");
    send(proxy.address, request);
    let seen = &old.seen()[0];
    assert_eq!(seen.header("x-forwarded-for"), "198.51.100.7, 127.0.0.1");
    assert_eq!(seen.header("x-forwarded-proto"), "https");
    assert_eq!(seen.header("x-forwarded-port"), "443");
}

#[test]
fn methods_bodies_and_statuses_pass() {
    let old = legacy()
        .reply("/gone/", |_| crate::world::json(404, "{}"))
        .reply("/boom/", |_| crate::world::json(500, "{}"))
        .start();
    let proxy = proxy(&at_stage("legacy", old.address, nobody()));
    for method in ["POST", "PUT", "PATCH", "DELETE"] {
        let request = Request::builder().method(method).uri("/api/quotes/");
        assert_eq!(send_body(proxy.address, request, "a=1").status, 200, "{method}");
    }
    assert_eq!(get(proxy.address, "/gone/").status, 404);
    assert_eq!(get(proxy.address, "/boom/").status, 500);
    let seen = old.seen();
    assert!(seen[..4].iter().all(|seen| seen.body == "a=1"), "{seen:?}");
    assert_eq!(send(proxy.address, Request::head("/")).status, 200);
}

#[test]
fn the_log_says_who_answered_and_no_secrets() {
    let (old, new) = (legacy().start(), native().start());
    let mut proxy = proxy(&at_stage("native", old.address, new.address));
    get(proxy.address, "/api/quotes/?token=s3cret&page=2");
    get(proxy.address, "/other/");
    proxy.stop();
    let lines = proxy.lines();
    assert_eq!(lines.len(), 2);
    assert_eq!(lines[0]["path"], "/api/quotes/?token&page");
    assert_eq!(lines[0]["route"], "quotes");
    assert_eq!(lines[0]["stage"], "native");
    assert_eq!(lines[0]["side"], "native");
    assert_eq!(lines[0]["status"], 200);
    assert_eq!(lines[0]["bytes"], 15);
    assert_eq!(lines[0]["reason"], "stage");
    assert_eq!(lines[0]["trace"].as_str().map(str::len), Some(32));
    assert!(lines[0]["duration_us"].as_u64().unwrap() > 0);
    assert_eq!(lines[1]["side"], "legacy");
    assert_eq!(lines[1]["reason"], "no_route");
    assert!(!format!("{lines:?}").contains("s3cret"));
}

#[test]
fn who_answered_is_told_to_clients_only_on_request() {
    let (old, new) = (legacy().start(), native().start());
    let yaml = at_stage("native", old.address, new.address);
    let quiet = proxy(&yaml);
    let got = get(quiet.address, "/api/quotes/");
    assert!(got.headers.keys().all(|name| !name.as_str().starts_with("x-outgrow")), "{got:?}");
    let telling = proxy_with(&yaml, |options| options.debug_headers = true);
    let got = get(telling.address, "/api/quotes/");
    assert_eq!((got.header("x-outgrow-side"), got.header("x-outgrow-route")), ("native", "quotes"));
}

#[test]
fn a_canary_user_stays_on_a_side() {
    let (old, new) = (legacy().start(), native().start());
    let yaml = at_stage("canary", old.address, new.address).replace("100%}\n", "50%}\n");
    let proxy = proxy(&yaml);
    let ask = |cookie: &str| {
        let request = Request::get("/api/quotes/").header("cookie", cookie);
        send(proxy.address, request).text().contains("native")
    };
    let sides: Vec<bool> = (0..40).map(|user| ask(&format!("sessionid=user-{user}"))).collect();
    let natives = sides.iter().filter(|native| **native).count();
    assert!((8..=32).contains(&natives), "{natives} of 40 at a share of 50%");
    for (user, side) in sides.iter().enumerate() {
        assert_eq!(ask(&format!("a=b; sessionid=user-{user}")), *side, "user {user} moved");
    }
    let anonymous = get(proxy.address, "/api/quotes/");
    let cookie = anonymous.header("set-cookie").split(';').next().unwrap().to_owned();
    assert!(cookie.starts_with("outgrow_cohort="), "{cookie:?}");
    assert_eq!(ask(&cookie), anonymous.text().contains("native"));
}

#[test]
fn the_cohort_is_sent_over_tls_only_to_who_came_by_it() {
    let (old, new) = (legacy().start(), native().start());
    let proxy = proxy_with(&at_stage("canary", old.address, new.address), |options| {
        options.trusted_proxy = vec!["127.0.0.0/8".parse().unwrap()];
    });
    for (proto, secure) in [("http", false), ("https", true)] {
        let request = Request::get("/api/quotes/").header("x-forwarded-proto", proto);
        let cookie = send(proxy.address, request).header("set-cookie").to_owned();
        assert_eq!(cookie.ends_with("; Secure"), secure, "{proto}: {cookie}");
    }
}
