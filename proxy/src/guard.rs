//! Between the rules and the side: what is held, what rests, and what legacy answers in native's
//! place. Everything here moves requests down, to legacy; nothing moves them up.

use std::{
    sync::{Arc, PoisonError},
    time::Duration,
};

use http::{HeaderMap, Method, StatusCode};
use tokio::time::Instant;
use tower::retry::budget::{Budget, TpsBudget};

use crate::{
    breaker::{Admission, Outcome},
    hold::Scope,
    route::{Decided, RouteState, Serve},
    state::State,
};

/// With it a native service says: not this variant yet, ask the monolith.
pub(crate) const DECLINE_HEADER: &str = "x-outgrow-decline";

/// Requests that legacy may answer in native's place after native was asked: a tenth of those that
/// native gets, and ten a second so that quiet sites have some too. A native service in trouble
/// must not double the load of the monolith; the breaker stops asking it long before.
const FALLBACK_SHARE: f32 = 0.1;
const FALLBACKS_PER_SECOND: u32 = 10;

/// How long an unused part of the budget is kept.
const BUDGET_TTL: Duration = Duration::from_secs(10);

/// Guards the native side.
#[derive(Debug)]
pub(crate) struct Guard {
    state: Arc<State>,
    born: Instant,
    budget: TpsBudget,
}

impl Guard {
    /// Nothing asked yet.
    pub(crate) fn new(state: Arc<State>) -> Self {
        let budget = TpsBudget::new(BUDGET_TTL, FALLBACKS_PER_SECOND, FALLBACK_SHARE);
        Self { state, born: Instant::now(), budget }
    }

    /// What is left of a decision once holds and the breaker were asked.
    pub(crate) fn admit(&self, mut decided: Decided, method: &Method) -> Decided {
        if let Some(held) = self.state.holds.held(&decided.route.context, &decided.route.id) {
            decided.sample = 0;
            if decided.serve != Serve::Legacy {
                decided.serve = Serve::Legacy;
                decided.reason = held;
            }
        }
        let ill = decided.route.native.as_ref().is_some_and(|native| native.is_ill());
        if decided.serve == Serve::Native && ill {
            decided.serve = Serve::Legacy;
            decided.sample = 0;
            decided.reason = "native_ill";
            decided.route.meters.fell_back("native_ill");
        }
        if decided.serve == Serve::Native {
            let mut breaker = decided.route.breaker.lock().unwrap_or_else(PoisonError::into_inner);
            let admission = breaker.admit(self.born.elapsed(), method.is_safe());
            drop(breaker);
            match admission {
                Admission::Ask => self.budget.deposit(),
                Admission::Probe => decided.reason = "probe",
                Admission::Rest => {
                    decided.serve = Serve::Legacy;
                    decided.sample = 0;
                    decided.reason = "native_rests";
                }
            }
        }
        decided
    }

    /// Takes note of how native answered; rolls the endpoint back if it must be.
    pub(crate) fn record(&self, route: &Arc<RouteState>, succeeded: bool) {
        let mut breaker = route.breaker.lock().unwrap_or_else(PoisonError::into_inner);
        let outcome = breaker.record(self.born.elapsed(), succeeded);
        drop(breaker);
        match outcome {
            Outcome::Steady => {}
            Outcome::Rests => tracing::warn!(route = %route.id, "native rests"),
            Outcome::Recovered => tracing::info!(route = %route.id, "native answers again"),
            Outcome::RollBack { failed, of } => self.roll_back(route, failed, of),
        }
    }

    /// Down at once, and up only by a human.
    fn roll_back(&self, route: &Arc<RouteState>, failed: u32, of: u32) {
        route.meters.rolled_back();
        let why = format!("rolled back: native failed {failed} of the last {of}, and the probe");
        let (state, scope) = (Arc::clone(&self.state), Scope::Endpoint(route.id.to_string()));
        // The file is written elsewhere: no request waits for a disk. The breaker rests meanwhile.
        tokio::task::spawn_blocking(move || state.holds.hold(scope, &why));
    }

    /// Whether the budget allows one more request for legacy after native was asked.
    pub(crate) fn may_fall_back(&self) -> bool {
        self.budget.withdraw()
    }
}

/// What the head of native's answer means for the request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reading {
    /// It is the answer.
    Answer,
    /// Native has no such variant yet; that is no failure.
    Declined,
    /// Native failed, and nothing is lost if legacy is asked.
    Failed,
}

/// Reads the head of native's answer.
pub(crate) fn read(method: &Method, status: StatusCode, headers: &HeaderMap) -> Reading {
    if headers.contains_key(DECLINE_HEADER) {
        Reading::Declined
    } else if !method.is_safe() {
        Reading::Answer
    } else if status == StatusCode::NOT_IMPLEMENTED {
        Reading::Declined
    } else if status.is_server_error() {
        Reading::Failed
    } else {
        Reading::Answer
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::HeaderValue;

    #[test]
    fn only_what_can_be_asked_again_is() {
        let (plain, mut declined) = (HeaderMap::new(), HeaderMap::new());
        declined.insert(DECLINE_HEADER, HeaderValue::from_static("1"));
        let read_status = |method: &Method, status: u16, headers: &HeaderMap| {
            read(method, StatusCode::from_u16(status).unwrap(), headers)
        };
        assert_eq!(read_status(&Method::GET, 200, &plain), Reading::Answer);
        assert_eq!(read_status(&Method::GET, 404, &plain), Reading::Answer);
        assert_eq!(read_status(&Method::GET, 503, &plain), Reading::Failed);
        assert_eq!(read_status(&Method::GET, 501, &plain), Reading::Declined);
        assert_eq!(read_status(&Method::POST, 501, &plain), Reading::Answer);
        assert_eq!(read_status(&Method::POST, 500, &plain), Reading::Answer);
        assert_eq!(read_status(&Method::POST, 421, &declined), Reading::Declined);
    }
}
