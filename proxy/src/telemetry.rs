//! Every metric name and label of the proxy; nothing else names them.
//!
//! Labels come from closed sets: route ids from the rules, sides, status classes, words of our own
//! enums. Never a path, a host or a user. Meters of a route are found once per rules version, so
//! the hot path increments plain atomics.

use std::{
    fmt,
    sync::{Arc, OnceLock, atomic::AtomicU64},
    time::Duration,
};

use jiff::Timestamp;
use prometheus_client::{
    encoding::{EncodeLabelSet, text::encode},
    metrics::{counter::Counter, exemplar::HistogramWithExemplars, family::Family, gauge::Gauge},
    registry::Registry,
};

use crate::{error::Side, trace::hex};

/// Upper bounds of the duration buckets, in seconds: dense where a Django view and its native
/// successor usually are, and up to the deadlines.
const SECONDS_BOUNDS: [f64; 12] =
    [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0];

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct RequestLabels {
    route: String,
    side: &'static str,
    class: &'static str,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct SideLabels {
    route: String,
    side: &'static str,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct RouteLabels {
    route: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct RouteReasonLabels {
    route: String,
    reason: &'static str,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct ReasonLabels {
    reason: &'static str,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct UpstreamLabels {
    upstream: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct DigestLabels {
    digest: String,
}

/// What the rules say of a route, to be joined with its counts by name.
#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
pub(crate) struct RouteInfo {
    /// Its name.
    pub(crate) route: String,
    /// Where it is on its way out.
    pub(crate) stage: &'static str,
    /// Its context; empty where it has none.
    pub(crate) context: String,
    /// The team of the context; empty where it names none.
    pub(crate) owner: String,
}

/// What a bucket's example is known by.
#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct TraceLabels {
    trace_id: String,
}

type Histogram = HistogramWithExemplars<TraceLabels>;
type HistogramFamily = Family<SideLabels, Histogram, fn() -> Histogram>;

/// The meters of the whole process. Cloning shares them.
#[derive(Debug, Clone)]
pub(crate) struct Telemetry {
    registry: Arc<Registry>,
    requests: Family<RequestLabels, Counter>,
    seconds: HistogramFamily,
    fallbacks: Family<RouteReasonLabels, Counter>,
    roll_backs: Family<RouteLabels, Counter>,
    refused: Family<ReasonLabels, Counter>,
    shadow_expected: Family<RouteLabels, Counter>,
    shadow_outcomes: Family<RouteReasonLabels, Counter>,
    rules_info: Family<DigestLabels, Gauge>,
    route_info: Family<RouteInfo, Gauge>,
    upstream_ill: Family<UpstreamLabels, Gauge>,
    start_time: Gauge,
    /// Rule loads that were taken.
    pub reloads: Counter,
    /// Rule loads that were refused; the old rules stayed.
    pub reloads_refused: Counter,
    /// Problems of the rules on disk at the moment; 0 when they are the rules in force.
    pub rules_problems: Gauge,
    /// Endpoints, contexts or everything held at legacy. Unit: holds.
    pub(crate) holds: Gauge,
    /// Requests being answered.
    pub in_flight: Gauge,
    /// Client connections.
    pub connections: Gauge,
    /// Connections closed because the head did not arrive in time.
    pub slow_heads: Counter,
    /// Connections closed between two requests because others wanted in.
    pub(crate) idle_closed: Counter,
    /// Connections of HTTP/2 closed because their frames carried nothing.
    pub floods: Counter,
    /// Connections closed because TLS or the PROXY protocol did not begin as it should.
    pub handshakes_failed: Counter,
    /// Certificates read again.
    pub certificate_reloads: Counter,
    /// Certificates on disk that were not taken.
    pub certificate_reloads_refused: Counter,
    /// Connections closed because a body came slower than it may.
    pub slow_bodies: Counter,
    /// Access log lines given up because the reader of our stdout stalled.
    pub log_lines_dropped: Counter,
    /// Spans given up because the collector did not take them.
    pub(crate) spans_dropped: Counter,
    /// Ledger entries given up because the ledger could not be written.
    pub ledger_failed: Counter,
    /// Whether the ledger cannot be written at the moment. Unit: 0 or 1.
    pub ledger_refuses: Gauge,
    /// Bytes of bodies held for comparisons.
    pub shadow_bytes: Gauge<i64>,
}

impl Telemetry {
    /// Registers everything.
    pub(crate) fn new() -> Self {
        let mut registry = Registry::with_prefix("outgrow_proxy");
        let histogram: fn() -> Histogram = || Histogram::new(SECONDS_BOUNDS.into_iter());
        let mut telemetry = Self {
            registry: Arc::new(Registry::default()),
            requests: Family::default(),
            seconds: Family::new_with_constructor(histogram),
            fallbacks: Family::default(),
            roll_backs: Family::default(),
            refused: Family::default(),
            shadow_expected: Family::default(),
            shadow_outcomes: Family::default(),
            rules_info: Family::default(),
            route_info: Family::default(),
            upstream_ill: Family::default(),
            start_time: Gauge::default(),
            reloads: Counter::default(),
            reloads_refused: Counter::default(),
            rules_problems: Gauge::default(),
            holds: Gauge::default(),
            in_flight: Gauge::default(),
            connections: Gauge::default(),
            slow_heads: Counter::default(),
            idle_closed: Counter::default(),
            floods: Counter::default(),
            handshakes_failed: Counter::default(),
            certificate_reloads: Counter::default(),
            certificate_reloads_refused: Counter::default(),
            slow_bodies: Counter::default(),
            log_lines_dropped: Counter::default(),
            spans_dropped: Counter::default(),
            ledger_failed: Counter::default(),
            ledger_refuses: Gauge::default(),
            shadow_bytes: Gauge::default(),
        };
        telemetry.start_time.set(Timestamp::now().as_second());
        telemetry.register_traffic(&mut registry);
        telemetry.register_connections(&mut registry);
        telemetry.register_shadow(&mut registry);
        telemetry.register_process(&mut registry);
        telemetry.registry = Arc::new(registry);
        telemetry
    }

    fn register_traffic(&self, to: &mut Registry) {
        to.register("requests", "Requests by route, answering side, class", self.requests.clone());
        to.register("request_seconds", "Time to the last byte", self.seconds.clone());
        to.register("fallbacks", "Requests legacy answered for native", self.fallbacks.clone());
        let roll_backs = self.roll_backs.clone();
        to.register("roll_backs", "Endpoints the proxy sent back to legacy", roll_backs);
        to.register("holds", "What is held at legacy", self.holds.clone());
        to.register("refused", "Requests answered by the proxy itself", self.refused.clone());
        to.register("in_flight", "Requests being answered", self.in_flight.clone());
        to.register("connections", "Client connections", self.connections.clone());
        to.register("slow_heads", "Connections closed: head too slow", self.slow_heads.clone());
        to.register("slow_bodies", "Connections closed: body too slow", self.slow_bodies.clone());
    }

    fn register_connections(&self, to: &mut Registry) {
        let help = "Addresses that fail their health check";
        to.register("upstream_ill", help, self.upstream_ill.clone());
        let failed = self.handshakes_failed.clone();
        to.register("handshakes_failed", "Connections closed: TLS or PROXY protocol", failed);
        to.register("idle_closed", "Idle connections closed: room", self.idle_closed.clone());
        to.register("http2_floods", "Connections closed: frames without use", self.floods.clone());
        let reloads = self.certificate_reloads.clone();
        to.register("certificate_reloads", "Certificates read again", reloads);
        let refused = self.certificate_reloads_refused.clone();
        to.register("certificate_reloads_refused", "Certificates not taken", refused);
    }

    fn register_shadow(&self, to: &mut Registry) {
        let expected = self.shadow_expected.clone();
        to.register("shadow_expected", "Requests sampled for comparison", expected);
        let outcomes = self.shadow_outcomes.clone();
        to.register("shadow_outcomes", "What became of each of them, exactly one", outcomes);
        to.register("shadow_bytes", "Bytes held for comparisons", self.shadow_bytes.clone());
        to.register("ledger_failed", "Verdicts the ledger refused", self.ledger_failed.clone());
        let help = "Whether the ledger cannot be written";
        to.register("ledger_refuses", help, self.ledger_refuses.clone());
    }

    fn register_process(&self, to: &mut Registry) {
        to.register("rules_loads", "Rules taken", self.reloads.clone());
        to.register("rules_refused", "Rules refused, old kept", self.reloads_refused.clone());
        to.register("rules_problems", "Problems of the rules on disk", self.rules_problems.clone());
        to.register("rules", "Digest of the rules in force", self.rules_info.clone());
        let help = "Stage, context and owner of each route of the rules in force";
        to.register("route_info", help, self.route_info.clone());
        let help = "When the process started, in seconds since 1970";
        to.register("start_time_seconds", help, self.start_time.clone());
        let dropped = self.log_lines_dropped.clone();
        to.register("access_log_dropped", "Access log lines given up", dropped);
        to.register(
            "spans_dropped",
            "Spans the collector did not take",
            self.spans_dropped.clone(),
        );
    }

    /// The meters of one route.
    pub(crate) fn route(&self, route: &str) -> RouteMeters {
        RouteMeters {
            telemetry: self.clone(),
            route: route.to_owned(),
            requests: Default::default(),
            seconds: Default::default(),
        }
    }

    /// Counts a request that no side was asked about.
    pub(crate) fn refused(&self, reason: &'static str) {
        self.refused.get_or_create(&ReasonLabels { reason }).inc();
    }

    /// So many addresses of an upstream fail their health check.
    pub(crate) fn ill(&self, upstream: &str, addresses: usize) {
        let labels = UpstreamLabels { upstream: upstream.to_owned() };
        let addresses = i64::try_from(addresses).unwrap_or(i64::MAX);
        self.upstream_ill.get_or_create(&labels).set(addresses);
    }

    /// Makes `digest` the one in force.
    pub(crate) fn rules_in_force(&self, digest: &str) {
        self.rules_info.clear();
        self.rules_info.get_or_create(&DigestLabels { digest: digest.to_owned() }).set(1);
    }

    /// Makes these the routes in force.
    pub(crate) fn routes_in_force(&self, routes: impl Iterator<Item = RouteInfo>) {
        self.route_info.clear();
        for route in routes {
            self.route_info.get_or_create(&route).set(1);
        }
    }

    /// The OpenMetrics text.
    ///
    /// # Errors
    /// The encoder refused a value; a mistake of ours.
    pub(crate) fn text(&self) -> Result<String, fmt::Error> {
        let mut text = String::new();
        encode(&mut text, &self.registry)?;
        Ok(text)
    }
}

impl Default for Telemetry {
    fn default() -> Self {
        Self::new()
    }
}

/// Status classes, as labels.
const CLASSES: [&str; 6] = ["none", "1xx", "2xx", "3xx", "4xx", "5xx"];

/// The meters of one route, each series created at its first use.
#[derive(Debug)]
pub(crate) struct RouteMeters {
    telemetry: Telemetry,
    route: String,
    requests: [OnceLock<Counter<u64, AtomicU64>>; 3 * CLASSES.len()],
    seconds: [OnceLock<Histogram>; 3],
}

impl RouteMeters {
    /// Counts one answered request; a sampled one becomes the example of its bucket.
    pub(crate) fn answered(
        &self,
        (side, status): (Side, u16),
        took: Duration,
        sampled: Option<u128>,
    ) {
        let class = usize::from(status / 100).min(CLASSES.len() - 1);
        let place = side as usize * CLASSES.len() + class;
        if let (Some(cell), Some(name)) = (self.requests.get(place), CLASSES.get(class)) {
            let labels =
                || RequestLabels { route: self.route.clone(), side: side.word(), class: name };
            cell.get_or_init(|| self.telemetry.requests.get_or_create_owned(&labels())).inc();
        }
        if let Some(cell) = self.seconds.get(side as usize) {
            let trace_id = |id| String::from_utf8_lossy(&hex(id)).into_owned();
            let example = sampled.map(|id| TraceLabels { trace_id: trace_id(id) });
            let labels = || SideLabels { route: self.route.clone(), side: side.word() };
            cell.get_or_init(|| self.telemetry.seconds.get_or_create_owned(&labels())).observe(
                took.as_secs_f64(),
                example,
                None,
            );
        }
    }

    /// Counts a request that legacy answered in native's place.
    pub(crate) fn fell_back(&self, reason: &'static str) {
        let labels = RouteReasonLabels { route: self.route.clone(), reason };
        self.telemetry.fallbacks.get_or_create(&labels).inc();
    }

    /// Counts that the proxy moved the route back to legacy by itself.
    pub(crate) fn rolled_back(&self) {
        let labels = RouteLabels { route: self.route.clone() };
        self.telemetry.roll_backs.get_or_create(&labels).inc();
    }

    /// Counts a request that was sampled for comparison.
    pub(crate) fn shadow_expected(&self) {
        let labels = RouteLabels { route: self.route.clone() };
        self.telemetry.shadow_expected.get_or_create(&labels).inc();
    }

    /// Counts what became of a sampled request.
    pub(crate) fn shadow_outcome(&self, reason: &'static str) {
        let labels = RouteReasonLabels { route: self.route.clone(), reason };
        self.telemetry.shadow_outcomes.get_or_create(&labels).inc();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_route_shows_what_it_answered() {
        let telemetry = Telemetry::new();
        let meters = telemetry.route("quotes");
        meters.answered((Side::Native, 204), Duration::from_millis(3), None);
        meters.answered((Side::Native, 200), Duration::from_millis(3), None);
        meters.answered((Side::Legacy, 503), Duration::from_millis(3), None);
        let text = telemetry.text().unwrap();
        let line = "requests_total{route=\"quotes\",side=\"native\",class=\"2xx\"} 2";
        assert!(text.contains(line), "{text}");
        let line = "requests_total{route=\"quotes\",side=\"legacy\",class=\"5xx\"} 1";
        assert!(text.contains(line), "{text}");
    }

    #[test]
    fn one_digest_is_in_force() {
        let telemetry = Telemetry::new();
        telemetry.rules_in_force("aa");
        telemetry.rules_in_force("bb");
        let text = telemetry.text().unwrap();
        assert!(text.contains("digest=\"bb\"") && !text.contains("digest=\"aa\""), "{text}");
    }
}
