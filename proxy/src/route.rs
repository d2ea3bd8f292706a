//! From the rules to a place: the only file that turns a decision of the rules into an upstream.
//!
//! A [`Snapshot`] is one version of the rules with everything a request needs at hand. A request
//! takes one at its beginning and keeps it, so a reload never changes a request half-way.

use std::{
    cell::OnceCell,
    collections::BTreeMap,
    sync::{Arc, Mutex, atomic::AtomicBool},
    time::Duration,
};

use http::{HeaderMap, HeaderValue, Method, header};
use rules::{
    Bucket, Comparison, Fallback, Head, Headers, HostPolicy, IdentityKind, Protocol, Router,
    Ruleset, Side as Answerer, TreeError, router::COHORT_COOKIE,
};

use crate::{
    breaker::Breaker,
    rest::Rest,
    telemetry::{RouteInfo, RouteMeters, Telemetry},
    tls::BadCertificate,
    trace::spread,
    upstream::{CONNECT_TIME_MAX, IDLE_TIME_MAX, SILENCE_MAX, Spec, Upstream},
};

/// The route of requests that no rule takes, in meters and logs.
pub(crate) const UNMATCHED: &str = "(unmatched)";

/// Why checked rules cannot be served.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Unusable {
    /// They are too large once compiled.
    #[error(transparent)]
    Tree(#[from] TreeError),
    /// The certificates of an upstream.
    #[error("upstreams.{name}.tls: {source}")]
    Upstream {
        /// Its name.
        name: String,
        /// What is wrong with them.
        source: BadCertificate,
    },
}

/// One version of the rules.
#[derive(Debug)]
pub(crate) struct Snapshot {
    digest: String,
    router: Router,
    routes: BTreeMap<String, Arc<RouteState>>,
    unmatched: Arc<RouteState>,
    legacy: Arc<Upstream>,
    upstreams: BTreeMap<String, Arc<Upstream>>,
    speaks_http1: bool,
}

/// What a request of one route needs.
#[derive(Debug)]
pub(crate) struct RouteState {
    /// The route's name.
    pub id: Arc<str>,
    /// Its context; empty for a route of none.
    pub context: Arc<str>,
    /// Where it is native, if it is anywhere.
    pub native: Option<Arc<Upstream>>,
    /// How long whoever wrote in the context reads from the side that took it; zero pins nobody.
    pub pin_time: Duration,
    /// Whether a hit after its retirement was reported; the same over reloads of the rules.
    pub(crate) retirement_reported: Arc<AtomicBool>,
    /// What a comparison may ignore.
    pub comparison: Comparison,
    /// No copies after one whose answer was too long to keep.
    pub(crate) copies_rest: Rest,
    /// The whole request, fallback included.
    pub request_time: Option<Duration>,
    /// Silence of one attempt.
    pub silence: Duration,
    /// The failures of native that legacy makes up for.
    pub fallback: Fallback,
    /// Whether native may be asked; the same over reloads of the rules.
    pub(crate) breaker: Arc<Mutex<Breaker>>,
    /// What it counts.
    pub meters: RouteMeters,
}

/// Who is to answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Serve {
    /// The monolith.
    Legacy,
    /// The native service.
    Native,
    /// Nobody: the endpoint is retired.
    Gone,
    /// Nobody: the client is sent to the path with a slash at its end.
    Redirect,
    /// Nobody: without a slash at its end the path is none.
    NotFound,
}

/// Where a request goes and why.
#[derive(Debug, Clone)]
pub(crate) struct Decided {
    /// The route that took it, or the one of requests that none takes.
    pub route: Arc<RouteState>,
    /// Whether a rule took it.
    pub matched: bool,
    /// The stage, as teams write it.
    pub stage: &'static str,
    /// Whether native may answer a user whom the share left at legacy.
    pub may_go_native: bool,
    /// Who answers.
    pub serve: Serve,
    /// Why.
    pub reason: &'static str,
    /// The cohort, if one was drawn.
    pub bucket: Option<u16>,
    /// The part of such requests that the other side gets a copy of, in basis points; 0 is none.
    pub sample: u16,
    /// `Set-Cookie` for a user who was drawn without session and cookie, to stay in the cohort.
    pub cohort_cookie: Option<String>,
}

impl Decided {
    /// Whether native may get this request, or a copy of it, depending on who sent it.
    pub(crate) fn may_ask_native(&self) -> bool {
        self.serve == Serve::Native || self.bucket.is_some() || self.sample > 0
    }

    /// Leaves the request to legacy if another reading of its target comes to another route.
    pub(crate) fn unless_same_route(&mut self, other: &Self) {
        if !Arc::ptr_eq(&self.route, &other.route) {
            self.leave_to_legacy("ambiguous_path");
        }
    }

    /// The monolith answers, and nobody else gets a copy.
    pub(crate) fn leave_to_legacy(&mut self, why: &'static str) {
        self.may_go_native = false;
        if self.serve == Serve::Native {
            self.serve = Serve::Legacy;
        }
        self.reason = why;
        self.sample = 0;
    }
}

impl Snapshot {
    /// Compiles checked rules. Upstreams that are described as before are taken over from the
    /// snapshot before, with the addresses they have.
    ///
    /// # Errors
    /// The compiled rules would be too large, or an upstream's certificates cannot be used.
    pub(crate) fn new(
        ruleset: Ruleset,
        telemetry: &Telemetry,
        before: Option<&Self>,
    ) -> Result<Self, Unusable> {
        let digest = ruleset.digest();
        let mut upstreams = BTreeMap::new();
        for upstream in ruleset.upstreams() {
            upstreams.insert(upstream.name.clone(), found(spec(upstream), before)?);
        }
        let legacy = match upstreams.get(&ruleset.legacy().name) {
            Some(legacy) => Arc::clone(legacy),
            None => found(spec(ruleset.legacy()), before)?,
        };
        let divided = divided(&ruleset);
        let routes = ruleset
            .routes()
            .iter()
            .map(|route| {
                let native = ruleset.native(route).and_then(|native| upstreams.get(&native.name));
                let same = before.and_then(|before| before.routes.get(&route.name));
                let context = route.context.as_deref().unwrap_or_default();
                let state = RouteState {
                    id: route.name.as_str().into(),
                    context: context.into(),
                    pin_time: divided.get(context).copied().unwrap_or_default(),
                    retirement_reported: same
                        .map(|same| Arc::clone(&same.retirement_reported))
                        .unwrap_or_default(),
                    native: native.cloned(),
                    comparison: route.comparison.clone(),
                    copies_rest: Rest::default(),
                    request_time: route.policies.request_timeout,
                    silence: route.policies.backend_timeout.unwrap_or(SILENCE_MAX),
                    fallback: route.policies.fallback,
                    breaker: same.map(|same| Arc::clone(&same.breaker)).unwrap_or_default(),
                    meters: telemetry.route(&route.name),
                };
                (route.name.clone(), Arc::new(state))
            })
            .collect();
        let router = Router::new(ruleset)?;
        let unmatched = Arc::new(unmatched(telemetry));
        let http1 = |side: &Arc<Upstream>| side.spec().protocol == Protocol::Http1;
        let speaks_http1 = http1(&legacy) && upstreams.values().all(http1);
        Ok(Self { digest, router, routes, unmatched, legacy, upstreams, speaks_http1 })
    }

    /// A stable name of the content of the rules.
    pub(crate) fn digest(&self) -> &str {
        &self.digest
    }

    /// The monolith.
    pub(crate) fn legacy(&self) -> &Arc<Upstream> {
        &self.legacy
    }

    /// Whether all sides speak HTTP/1.1.
    pub(crate) fn speaks_http1(&self) -> bool {
        self.speaks_http1
    }

    /// Every upstream.
    pub(crate) fn upstreams(&self) -> impl Iterator<Item = &Arc<Upstream>> {
        self.upstreams.values()
    }

    /// Each route as the meters describe it.
    pub(crate) fn routes(&self) -> impl Iterator<Item = RouteInfo> {
        let rules = self.router.ruleset();
        rules.routes().iter().map(|route| {
            let context = route.context.as_deref().and_then(|context| rules.context(context));
            RouteInfo {
                route: route.name.clone(),
                stage: route.stage.as_str(),
                context: context.map(|context| context.name.clone()).unwrap_or_default(),
                owner: context.and_then(|context| context.owner.clone()).unwrap_or_default(),
            }
        })
    }

    /// Each route and the stage it is at.
    pub(crate) fn stages(&self) -> BTreeMap<&str, &'static str> {
        let routes = self.router.ruleset().routes();
        routes.iter().map(|route| (route.name.as_str(), route.stage.as_str())).collect()
    }

    /// Where a request goes; `user` is who sent it, once somebody verified that.
    pub(crate) fn decide(
        &self,
        method: &Method,
        target: &[u8],
        headers: &HeaderMap,
        client: &str,
        user: Option<&str>,
    ) -> Decided {
        let host = headers.get(header::HOST).and_then(|host| host.to_str().ok());
        let newcomer = Newcomer { headers, client, cookie: OnceCell::new() };
        let decision = self.router.decide(&Head {
            host: host.unwrap_or_default(),
            headers: &newcomer,
            address: client,
            user,
            ..Head::new(method.as_str(), target)
        });
        let state = decision.route.and_then(|route| self.routes.get(&route.name));
        let route = state.unwrap_or(&self.unmatched);
        let serve = match decision.side {
            Answerer::Legacy => Serve::Legacy,
            Answerer::Native => Serve::Native,
            Answerer::Gone => Serve::Gone,
            Answerer::Redirect => Serve::Redirect,
            Answerer::NotFound => Serve::NotFound,
        };
        Decided {
            route: Arc::clone(route),
            matched: state.is_some(),
            stage: decision.stage.as_str(),
            may_go_native: decision.reason == rules::Reason::OutsideShare
                && share_is_open(decision.route),
            serve,
            reason: decision.reason.as_str(),
            bucket: decision.bucket.map(Bucket::number),
            sample: decision.shadow.or(decision.reverse).map_or(0, rules::Share::basis_points),
            cohort_cookie: newcomer.cookie_to_set(decision.identity),
        }
    }
}

/// A share of nothing is a canary that was stopped.
fn share_is_open(route: Option<&rules::Route>) -> bool {
    let share = route.map(|route| route.stage);
    matches!(share, Some(rules::Stage::Canary { share }) if share.basis_points() > 0)
}

/// The contexts that are answered by both sides at the moment, and how long each pins. Where legacy
/// answers everything there is nothing to pin, and no cookie is set.
fn divided(ruleset: &Ruleset) -> BTreeMap<String, Duration> {
    let by_native = |route: &&rules::Route| {
        matches!(route.stage, rules::Stage::Canary { .. } | rules::Stage::Native)
    };
    let contexts = ruleset.routes().iter().filter(by_native);
    let contexts = contexts.filter_map(|route| ruleset.context(route.context.as_deref()?));
    contexts.filter_map(|context| Some((context.name.clone(), context.pin_ttl?))).collect()
}

fn unmatched(telemetry: &Telemetry) -> RouteState {
    RouteState {
        id: UNMATCHED.into(),
        context: "".into(),
        pin_time: Duration::ZERO,
        retirement_reported: Arc::default(),
        native: None,
        comparison: Comparison::default(),
        copies_rest: Rest::default(),
        request_time: None,
        silence: SILENCE_MAX,
        fallback: Fallback::ALWAYS,
        breaker: Arc::default(),
        meters: telemetry.route(UNMATCHED),
    }
}

/// The upstream of that description, from the snapshot before if it was there.
fn found(spec: Spec, before: Option<&Snapshot>) -> Result<Arc<Upstream>, Unusable> {
    let same = before.and_then(|before| before.upstreams.get(&spec.name));
    if let Some(same) = same.filter(|same| *same.spec() == spec) {
        return Ok(Arc::clone(same));
    }
    let name = spec.name.clone();
    let opened = Upstream::open(spec);
    opened.map(Arc::new).map_err(|source| Unusable::Upstream { name, source })
}

fn spec(upstream: &rules::Upstream) -> Spec {
    let own = upstream.addresses.first().map(ToString::to_string);
    let own = own.and_then(|address| HeaderValue::from_str(&address).ok());
    Spec {
        name: upstream.name.clone(),
        addresses: upstream.addresses.clone(),
        protocol: upstream.protocol,
        tls: upstream.tls.clone(),
        health_check: upstream.health_check.clone(),
        connections: upstream.connections,
        host: match upstream.host {
            HostPolicy::Preserve => None,
            HostPolicy::Upstream => own,
        },
        connect: upstream.connect_timeout.unwrap_or(CONNECT_TIME_MAX),
        idle: upstream.idle_timeout.unwrap_or(IDLE_TIME_MAX),
    }
}

/// Seconds that a cohort cookie is kept: a year, longer than any canary.
const COHORT_COOKIE_SECS: u32 = 31_536_000;

/// Headers as the rules ask for them, and behind the last `Cookie` one more that is ours.
///
/// The extra cookie is what a user without any would be given, made from address and agent. So a
/// client that keeps cookies has the same cohort before and after it got one, and a client that
/// keeps none has the same cohort every time.
struct Newcomer<'h> {
    headers: &'h HeaderMap,
    client: &'h str,
    cookie: OnceCell<String>,
}

impl Newcomer<'_> {
    fn cookie(&self) -> &str {
        self.cookie.get_or_init(|| {
            let agent = self.headers.get(header::USER_AGENT).map(HeaderValue::as_bytes);
            let parts = [self.client.as_bytes(), agent.unwrap_or_default()];
            // A fixed hash: every proxy must come to the same cohort without asking another.
            let hash = parts.concat().iter().fold(0, |hash, byte| spread(hash ^ u64::from(*byte)));
            format!("{COHORT_COOKIE}={hash:016x}")
        })
    }

    fn has_one(&self) -> bool {
        let pairs = |line: &HeaderValue| {
            line.as_bytes().split(|byte| *byte == b';').any(|pair| {
                let value = pair.trim_ascii().strip_prefix(COHORT_COOKIE.as_bytes());
                value.is_some_and(|value| value.starts_with(b"="))
            })
        };
        self.headers.get_all(header::COOKIE).iter().any(pairs)
    }

    /// The cookie, if the cohort was drawn by it and the client does not have it yet.
    fn cookie_to_set(&self, identity: Option<IdentityKind>) -> Option<String> {
        let drawn = identity == Some(IdentityKind::Cookie);
        let cookie = self.cookie.get().filter(|_| drawn && !self.has_one())?;
        Some(format!("{cookie}; Path=/; Max-Age={COHORT_COOKIE_SECS}; HttpOnly; SameSite=Lax"))
    }
}

impl Headers for Newcomer<'_> {
    fn value(&self, name: &str, nth: usize) -> Option<&[u8]> {
        let sent = self.headers.get_all(name);
        match sent.iter().nth(nth) {
            Some(value) => Some(value.as_bytes()),
            None if name == "cookie" && nth == sent.iter().count() => {
                Some(self.cookie().as_bytes())
            }
            None => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decide(share: &str, cookie: Option<&str>) -> Decided {
        let yaml = format!(
            "upstreams:\n  legacy: {{address: '127.0.0.1:1'}}\n  new: {{address: '127.0.0.1:2'}}\n\
             contexts:\n  quotes: {{upstream: new}}\n\
             routes:\n  - name: quotes\n    context: quotes\n    match: {{django: 'api/quotes/'}}\n\
             \x20   stage: canary\n    canary: {{share: {share}}}\n"
        );
        let ruleset = rules::load(&[rules::Source::new("a.yaml", yaml)]).unwrap();
        let snapshot = Snapshot::new(ruleset, &Telemetry::new(), None).unwrap();
        let mut headers = HeaderMap::new();
        if let Some(cookie) = cookie {
            headers.insert(header::COOKIE, HeaderValue::from_str(cookie).unwrap());
        }
        snapshot.decide(&Method::GET, b"/api/quotes/", &headers, "192.0.2.7", None)
    }

    #[test]
    fn a_cookie_keeps_the_cohort_it_was_given_for() {
        let first = decide("50%", None);
        let set = first.cohort_cookie.clone().unwrap();
        let cookie = set.split(';').next().unwrap();
        let second = decide("50%", Some(cookie));
        assert_eq!((first.bucket, first.serve), (second.bucket, second.serve));
        assert_eq!(second.cohort_cookie, None, "it has one already");
        assert_eq!(decide("50%", None).bucket, first.bucket, "no cookie kept: the same again");
    }

    #[test]
    fn a_session_needs_no_cookie() {
        assert_eq!(decide("50%", Some("sessionid=abc")).cohort_cookie, None);
        assert_eq!(decide("0%", None).serve, Serve::Legacy);
        assert_eq!(decide("100%", None).serve, Serve::Native);
    }
}
