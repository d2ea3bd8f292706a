//! Health checks: each address of an upstream that has one is asked in turn, again and again. An
//! address that is ill gets no requests while another is well; an upstream that is ill altogether
//! gets none where legacy can answer instead (`guard.rs`).

use std::{
    sync::{Arc, Weak},
    time::Duration,
};

use bytes::Bytes;
use http::{HeaderValue, Request, header};
use http_body_util::Full;
use rules::HealthCheck;
use tokio::{
    task::JoinSet,
    time::{sleep, timeout},
};

use super::{Place, Upstream};
use crate::{state::State, telemetry::Telemetry};

/// Until an upstream of new rules is checked for the first time.
const NOTICED_WITHIN: Duration = Duration::from_millis(250);

/// Starts checks for every upstream that wants some, for as long as it is in force, and closes the
/// connections that nobody uses.
pub(crate) async fn keep(state: Arc<State>) {
    loop {
        for upstream in state.rules().upstreams() {
            upstream.close_old();
            if let Some(check) = &upstream.spec().health_check
                && upstream.begins_to_be_checked()
            {
                let (upstream, telemetry) = (Arc::downgrade(upstream), state.telemetry.clone());
                tokio::spawn(watch(upstream, check.clone(), telemetry));
            }
        }
        sleep(NOTICED_WITHIN).await;
    }
}

async fn watch(upstream: Weak<Upstream>, check: HealthCheck, telemetry: Telemetry) {
    let mut known = None;
    while let Some(upstream) = upstream.upgrade() {
        let name = upstream.spec().name.clone();
        let host = upstream.spec().host.clone();
        let places = upstream.places();
        // Whoever holds the upstream keeps it from going; a check may take long.
        drop(upstream);
        let mut asked = JoinSet::new();
        for place in places.iter().map(Arc::clone) {
            let (check, host) = (check.clone(), host.clone());
            asked.spawn(async move { (is_well(&place, &check, host).await, place) });
        }
        while let Some(Ok((well, place))) = asked.join_next().await {
            if place.checked(well, &check) {
                let address = place.address;
                if well {
                    tracing::info!(upstream = name, %address, "it is well again");
                } else {
                    tracing::warn!(upstream = name, %address, path = check.path, "it is ill");
                }
            }
        }
        telemetry.ill(&name, places.iter().filter(|place| place.is_ill()).count());
        known = Some(name);
        sleep(check.interval).await;
    }
    // Out of the rules, or described anew there; then another task says what it finds.
    if let Some(name) = known {
        telemetry.ill(&name, 0);
    }
}

async fn is_well(place: &Place, check: &HealthCheck, host: Option<HeaderValue>) -> bool {
    let uri = format!("http://{}{}", place.address, check.path);
    let own = || HeaderValue::from_str(&place.address.to_string()).ok();
    let of_check = check.host.as_deref().and_then(|host| HeaderValue::from_str(host).ok());
    let Some(host) = of_check.or(host).or_else(own) else { return false };
    let request = Request::get(uri)
        .header(header::HOST, host)
        .header(header::USER_AGENT, "outgrow-proxy")
        .body(Full::<Bytes>::default());
    let Ok(request) = request else { return false };
    let answer = timeout(check.timeout, place.client().request(request)).await;
    answer.is_ok_and(|answer| answer.is_ok_and(|answer| answer.status().is_success()))
}
