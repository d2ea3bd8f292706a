//! The rules as `HTTPRoute`s of the Kubernetes Gateway API, and what those cannot say.
//!
//! Paths become `RegularExpression` matches (RE2, as Envoy reads them), a canary becomes weights, a
//! shadow a `RequestMirror`. What is lost is said, never dropped silently.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::{Value, json};

use crate::code::Code;
use crate::method::{Method, Methods};
use crate::problem::{Problem, Problems};
use crate::ruleset::{LEGACY, Route, Ruleset, Upstream};
use crate::stage::{SHARE_MAX, Share, Stage};

/// An export.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Export {
    /// The resources, one `HTTPRoute` per context and one for everything else.
    pub resources: Vec<Value>,
    /// What could not be expressed, in order.
    pub lost: Vec<Loss>,
}

impl Export {
    /// What was lost, each at its route.
    pub fn findings(&self, ruleset: &Ruleset) -> Problems {
        let problem = |loss: &Loss| {
            let route = loss.route.as_ref().and_then(|name| ruleset.route(name));
            let said = match &loss.route {
                Some(route) => format!("{route}: {}", loss.what),
                None => loss.what.clone(),
            };
            Problem::warning(Code::LOST_IN_EXPORT, said).at_if(route.map(|route| &route.place))
        };
        Problems::new(self.lost.iter().map(problem).collect(), ruleset.sources().to_vec())
    }
}

/// Something the Gateway API has no words for.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Loss {
    /// The route, or none if it is about all of them.
    pub route: Option<String>,
    /// What was lost.
    pub what: String,
}

/// Matches in one rule. Unit: matches; the limit of the Gateway API.
const MATCHES_MAX: usize = 64;

/// Rules in one `HTTPRoute`. Unit: rules; the limit of the Gateway API.
const RULES_MAX: usize = 16;

/// Writes `HTTPRoute`s for a gateway of that name.
pub fn export(ruleset: &Ruleset, gateway: &str) -> Export {
    let mut lost = vec![
        Loss {
            route: None,
            what: "the order of routes: among regular expressions the precedence \
                is up to the implementation"
                .to_owned(),
        },
        Loss {
            route: None,
            what: "paths with two meanings are not sent to legacy: the gateway \
                matches the raw path"
                .to_owned(),
        },
    ];
    if ruleset.routes().iter().any(|route| matches!(route.stage, Stage::Canary { .. })) {
        let what = "cohorts: weights are drawn per request, not per user and context";
        lost.push(Loss { route: None, what: what.to_owned() });
    }
    let mut groups: BTreeMap<(String, Vec<String>), Vec<Value>> = BTreeMap::new();
    for route in ruleset.routes() {
        let name = route.context.clone().unwrap_or_else(|| LEGACY.to_owned());
        let hosts: Vec<String> = route.matching.host.iter().map(ToString::to_string).collect();
        let rule = rule(ruleset, route, &mut lost);
        groups.entry((name, hosts)).or_default().extend(rule);
    }
    let mut resources = Vec::new();
    for ((name, hosts), rules) in groups {
        for (part, rules) in rules.chunks(RULES_MAX).enumerate() {
            resources.push(http_route(gateway, &format!("{name}-{part}"), &hosts, rules));
        }
    }
    let rest = json!({
        "matches": [{"path": {"type": "PathPrefix", "value": "/"}}],
        "backendRefs": [backend(ruleset.legacy(), None)],
    });
    resources.push(http_route(gateway, LEGACY, &[], &[rest]));
    Export { resources, lost }
}

fn http_route(gateway: &str, name: &str, hosts: &[String], rules: &[Value]) -> Value {
    let mut spec = json!({"parentRefs": [{"name": gateway}], "rules": rules});
    if let (Value::Object(spec), false) = (&mut spec, hosts.is_empty()) {
        spec.insert("hostnames".to_owned(), json!(hosts));
    }
    json!({
        "apiVersion": "gateway.networking.k8s.io/v1",
        "kind": "HTTPRoute",
        "metadata": {"name": kubernetes_name(name)},
        "spec": spec,
    })
}

/// Lower case letters, digits and dashes.
fn kubernetes_name(name: &str) -> String {
    let one = |c: char| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' };
    name.chars().map(one).collect::<String>().trim_matches('-').to_owned()
}

fn rule(ruleset: &Ruleset, route: &Route, lost: &mut Vec<Loss>) -> Option<Value> {
    let mut lose = |what: &str| {
        lost.push(Loss { route: Some(route.name.clone()), what: what.to_owned() });
    };
    if !route.matching.cookies.is_empty() {
        lose("a condition on a cookie: the whole route was left to legacy");
        return None;
    }
    if route.comparison != crate::Comparison::default() {
        lose("how answers are compared: a mirror's answer is thrown away");
    }
    let native = ruleset.native(route).map(|upstream| backend(upstream, None));
    let legacy = backend(ruleset.legacy(), None);
    let mut rule = json!({"name": kubernetes_name(&route.name), "matches": matches(route)});
    let (backends, filters) = match (&route.stage, native) {
        (Stage::Native, Some(native)) => (vec![native], Vec::new()),
        (Stage::Canary { share }, Some(_)) => (weighted(ruleset, route, *share), Vec::new()),
        (Stage::Shadow(shadow), Some(native)) => {
            let fraction = json!({"numerator": shadow.sample.basis_points(),
                                  "denominator": SHARE_MAX});
            let mirror = json!({"type": "RequestMirror",
                                "requestMirror": {"backendRef": native, "fraction": fraction}});
            lose("that only GETs are mirrored");
            (vec![legacy], vec![mirror])
        }
        (Stage::Retired, _) => {
            lose("410 Gone: a gateway cannot answer by itself, so legacy does");
            (vec![legacy], Vec::new())
        }
        _ => (vec![legacy], Vec::new()),
    };
    let object = rule.as_object_mut()?;
    object.insert("backendRefs".to_owned(), json!(backends));
    if !filters.is_empty() {
        object.insert("filters".to_owned(), json!(filters));
    }
    let duration = |duration: std::time::Duration| format!("{}ms", duration.as_millis());
    let timeouts: BTreeMap<&str, String> = [
        ("request", route.policies.request_timeout),
        ("backendRequest", route.policies.backend_timeout),
    ]
    .into_iter()
    .filter_map(|(key, timeout)| timeout.map(|timeout| (key, duration(timeout))))
    .collect();
    if !timeouts.is_empty() {
        object.insert("timeouts".to_owned(), json!(timeouts));
    }
    Some(rule)
}

fn matches(route: &Route) -> Vec<Value> {
    let pairs = |pairs: &[(String, String)]| -> Vec<Value> {
        pairs.iter().map(|(name, value)| json!({"name": name, "value": value})).collect()
    };
    let mut one = json!({
        "path": {"type": "RegularExpression", "value": format!("/{}", route.matching.regex)},
    });
    if let Value::Object(object) = &mut one {
        if !route.matching.headers.is_empty() {
            object.insert("headers".to_owned(), json!(pairs(&route.matching.headers)));
        }
        if !route.matching.query.is_empty() {
            object.insert("queryParams".to_owned(), json!(pairs(&route.matching.query)));
        }
    }
    if route.matching.methods == Methods::ALL {
        return vec![one];
    }
    let mut methods = route.matching.methods;
    if methods.contains(Method::Get) {
        methods = methods.with(Method::Head).with(Method::Options);
    }
    let with_method = |method: Method| {
        let mut copy = one.clone();
        if let Value::Object(object) = &mut copy {
            object.insert("method".to_owned(), json!(method.as_str()));
        }
        copy
    };
    methods.iter().map(with_method).take(MATCHES_MAX).collect()
}

fn weighted(ruleset: &Ruleset, route: &Route, share: Share) -> Vec<Value> {
    let native =
        ruleset.native(route).map(|upstream| backend(upstream, Some(share.basis_points())));
    let legacy = backend(ruleset.legacy(), Some(SHARE_MAX - share.basis_points()));
    native.into_iter().chain([legacy]).collect()
}

/// A service of the upstream's name; Kubernetes finds its addresses.
fn backend(upstream: &Upstream, weight: Option<u16>) -> Value {
    let port = upstream.addresses.first().map_or(80, |address| address.port);
    match weight {
        Some(weight) => {
            json!({"name": kubernetes_name(&upstream.name), "port": port, "weight": weight})
        }
        None => json!({"name": kubernetes_name(&upstream.name), "port": port}),
    }
}
