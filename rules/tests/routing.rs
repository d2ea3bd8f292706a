//! Requests against a folder of rules as teams keep it.

use std::path::Path;

use rules::{Fallback, Head, Promotion, Reason, Router, Side, StageName, Trigger, folder, load};

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
    check("GET", "/api/orders", None, Side::Legacy, Reason::NoRoute);
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

#[test]
fn a_missing_slash_is_what_the_native_route_says() {
    let list = Some("market_data.instrument-list");
    let missing = Reason::MissingSlash;
    check("GET", "/api/market/instruments?page=2", list, Side::Redirect, missing);
    check("GET", "/api/market%2Finstruments", None, Side::Legacy, {
        Reason::Ambiguous(rules::Ambiguity::EncodedSlash)
    });
    // The method is not its own, and at stage shadow the monolith does what it always did.
    check("POST", "/api/market/instruments", None, Side::Legacy, Reason::NoRoute);
    check("GET", "/api/market/instruments/7", None, Side::Legacy, Reason::NoRoute);
    check("GET", "/", None, Side::Legacy, Reason::NoRoute);
    let strict = "upstreams: {legacy: {address: \"a:1\"}, n: {address: \"b:1\"}}
contexts: {c: {upstream: n}}
routes:
  - {name: a, context: c, match: {django: a/}, stage: native, trailing_slash: strict404}
  - {name: b, context: c, match: {django: b/}, stage: native}
";
    let sources = [rules::Source::new("a.yaml", strict)];
    let router = Router::new(load(&sources).expect("good")).expect("small");
    assert_eq!(router.decide(&Head::new("GET", b"/a")).side, Side::NotFound);
    assert_eq!(router.decide(&Head::new("GET", b"/b")).side, Side::Legacy);
    assert_eq!(rules::target::with_slash(b"/caf%C3%A9?a=/b?"), b"/caf%C3%A9/?a=/b?");
    assert_eq!(rules::target::with_slash(b"/a"), b"/a/");
}

#[test]
fn copies_go_both_ways_and_writes_only_where_a_route_opts_in() {
    let text = "upstreams: {legacy: {address: \"a:1\"}, n: {address: \"b:1\"}}
contexts: {c: {upstream: n, pin_ttl: 30s}}
defaults: {context: c, shadow: {reverse_sample: 2%, writes: true}}
routes:
  - {name: old, match: {django: old/}, stage: shadow}
  - {name: new, match: {django: new/}, stage: native}
  - {name: safe, match: {django: safe/}, stage: shadow, shadow: {sample: 5%}}
";
    let sources = [rules::Source::new("a.yaml", text)];
    let router = Router::new(load(&sources).expect("good")).expect("small");
    let copied = |method: &str, path: &str| {
        let decision = router.decide(&Head::new(method, path.as_bytes()));
        let points = |share: Option<rules::Share>| share.map(rules::Share::basis_points);
        (points(decision.shadow), points(decision.reverse))
    };
    assert_eq!(copied("GET", "/old/"), (Some(10_000), None));
    assert_eq!(copied("POST", "/old/"), (Some(10_000), None));
    assert_eq!(copied("PURGE", "/old/"), (None, None));
    assert_eq!(copied("POST", "/safe/"), (None, None));
    assert_eq!(copied("GET", "/new/"), (None, Some(200)));
    assert_eq!(copied("POST", "/new/"), (None, None));
    let context = router.ruleset().context("c").expect("defined");
    assert_eq!(context.pin_ttl, Some(std::time::Duration::from_secs(30)));
}

#[test]
fn policies_are_read_with_their_defaults() {
    let router = router();
    let policies = |name: &str| router.ruleset().route(name).expect("a route").policies.clone();
    let list = policies("market_data.instrument-list");
    assert!(list.fallback.covers(Trigger::Timeout) && !list.fallback.covers(Trigger::ServerError));
    assert_eq!(list.promotion.steps.len(), 2);
    assert_eq!(policies("market_data.instrument-detail").fallback, Fallback::NEVER);
    let orders = policies("orders.order-list");
    assert_eq!((orders.fallback, orders.promotion), (Fallback::ALWAYS, Promotion::default()));
    let market = router.ruleset().upstream("market-data").expect("an upstream");
    let check = market.health_check.as_ref().expect("it has one");
    assert_eq!((check.path.as_str(), check.healthy_threshold), ("/healthz", 2));
    assert!(market.tls.as_ref().is_some_and(|tls| tls.client.is_some()));
    assert_eq!(router.ruleset().legacy().tls, None);
}

#[test]
fn conditions_choose_and_the_next_route_has_its_turn() {
    let text = "upstreams: {legacy: {address: \"a:1\"}, n: {address: \"b:1\"}}
contexts: {c: {upstream: n}}
defaults: {context: c}
routes:
  - name: beta
    match: {re_path: '^api/.*$', headers: {X-Beta: '1'}, host: '*.example.com'}
    stage: native
  - name: json
    match: {django: 'api/a/', query: {format: json, q: a b}, cookie: {ab: x}}
    stage: native
  - {name: a, match: {django: 'api/a/', methods: [GET]}, stage: legacy}
  - {name: any, match: {django: 'api/<path:p>'}, stage: shadow}
  - {name: options, match: {django: 'api/a/', methods: [OPTIONS]}, stage: legacy}
";
    let ruleset = load(&[rules::Source::new("a.yaml", text)]).expect("good rules");
    let router = Router::new(ruleset).expect("small rules");
    let decide = |method: &str, target: &str, host: &str, headers: &[(&str, &str)]| {
        let headers: Vec<(String, String)> =
            headers.iter().map(|(name, value)| (name.to_string(), value.to_string())).collect();
        let head = Head { host, headers: &headers, ..Head::new(method, target.as_bytes()) };
        let decision = router.decide(&head);
        decision.route.map_or(decision.reason.as_str().to_owned(), |route| route.name.clone())
    };
    let beta = [("x-beta", "1")];
    assert_eq!(decide("GET", "/api/a/", "v2.Example.com:8000", &beta), "beta");
    assert_eq!(decide("GET", "/api/a/", "example.com", &beta), "a");
    assert_eq!(decide("GET", "/api/a/", "v2.example.com", &[]), "a");
    let cookie = [("cookie", "b=1; ab=x")];
    assert_eq!(decide("GET", "/api/a/?q=a+b&format=json", "", &cookie), "json");
    assert_eq!(decide("GET", "/api/a/?q=a%20b&format=json", "", &cookie), "json");
    assert_eq!(decide("GET", "/api/a/?format=json", "", &cookie), "a");
    assert_eq!(decide("GET", "/api/a/?q=a+b&format=json", "", &[("cookie", "ab=xy")]), "a");
    assert_eq!(decide("HEAD", "/api/a/", "", &[]), "a", "HEAD follows GET");
    assert_eq!(decide("OPTIONS", "/api/a/", "", &[]), "options", "unless a route declares it");
    assert_eq!(decide("POST", "/api/a/", "", &[]), "method_not_declared", "legacy says 405");
    assert_eq!(decide("POST", "/api/b/", "", &[]), "any");
    assert_eq!(decide("PURGE", "/api/b/", "", &[]), "any");
    assert_eq!(decide("PURGE", "/api/a/", "", &[]), "method_not_declared");
}

#[test]
fn order_decides_between_files() {
    let file = |name: &str, order: u32, path: &str| {
        let text = format!(
            "routes: [{{name: {name}, order: {order}, match: {{django: {path:?}}}, stage: legacy}}]"
        );
        rules::Source::new(format!("{name}.yaml"), text)
    };
    let legacy = rules::Source::new("z.yaml", "upstreams: {legacy: {address: \"a:1\"}}");
    let sources = [file("a", 20, "<path:any>"), file("b", 10, "api/<int:pk>/"), legacy];
    let ruleset = load(&sources).expect("good rules");
    assert_eq!(ruleset.warnings(), []);
    let router = Router::new(ruleset).expect("small rules");
    let name = |target: &str| {
        router.decide(&Head::new("GET", target.as_bytes())).route.map(|route| route.name.clone())
    };
    assert_eq!(name("/api/1/").as_deref(), Some("b"));
    assert_eq!(name("/api/x/").as_deref(), Some("a"));
}

#[test]
fn a_cohort_is_drawn_by_the_steadiest_identity() {
    let router = router();
    let target = b"/api/market/quotes/ABC/";
    let with = |headers: &[(&str, &str)], user: Option<&str>| {
        let headers: Vec<(String, String)> =
            headers.iter().map(|(name, value)| (name.to_string(), value.to_string())).collect();
        let head =
            Head { headers: &headers, user, address: "192.0.2.1", ..Head::new("GET", target) };
        let decision = router.decide(&head);
        (decision.identity.map(rules::IdentityKind::as_str), decision.bucket)
    };
    let cookies = [("cookie", "outgrow_cohort=abc; sessionid=xyz")];
    assert_eq!(with(&cookies, Some("42")).0, Some("user"));
    assert_eq!(with(&cookies, None).0, Some("session"));
    assert_eq!(with(&[("cookie", "outgrow_cohort=abc")], None).0, Some("cookie"));
    let address = with(&[("user-agent", "curl/8")], None);
    assert_eq!(address.0, Some("address"));
    assert_ne!(address.1, with(&[("user-agent", "curl/9")], None).1);
    assert_eq!(with(&cookies, Some("42")), with(&[], Some("42")));
}

#[test]
fn nothing_is_allocated_for_a_decision() {
    let router = router();
    let targets: [&[u8]; 5] = [
        b"/api/orders/?page=2",
        b"/api/orders/%30%31/",
        b"/nothing/here",
        b"/api//orders/",
        b"/api/market/quotes/ABC/",
    ];
    let decide = || {
        for target in targets {
            std::hint::black_box(router.decide(&Head::new("GET", target)));
        }
    };
    // The first look-ups of a thread build its part of the automaton.
    decide();
    decide();
    let counted = allocation_counter::measure(decide);
    assert_eq!(counted.count_total, 0, "{counted:?}");
}
