//! What the parts of the process share: the rules in force, whether we are ready, what was refused.

use std::sync::{
    Arc, Mutex, PoisonError,
    atomic::{AtomicBool, Ordering},
};

use arc_swap::{ArcSwap, ArcSwapOption};
use rules::surface::{Surface, Unmatched};
use tokio::sync::watch;

use crate::{hold::Holds, life::Sent, route::Snapshot, telemetry::Telemetry};

/// Rules that were on disk and not taken.
#[derive(Debug)]
pub(crate) struct Refused {
    /// Every problem, each with file and line.
    pub problems: Vec<String>,
}

/// The shared state. Requests read it, one writer each changes a field.
#[derive(Debug)]
pub(crate) struct State {
    rules: ArcSwap<Snapshot>,
    refused: ArcSwapOption<Refused>,
    ready: AtomicBool,
    door_closed: watch::Sender<bool>,
    surface: Mutex<Surface>,
    /// What is kept at legacy whatever the rules say.
    pub(crate) holds: Holds,
    /// The meters.
    pub telemetry: Telemetry,
}

impl State {
    /// Ready, with these rules.
    pub(crate) fn new(rules: Snapshot, holds: Holds, telemetry: Telemetry) -> Self {
        telemetry.rules_in_force(rules.digest());
        telemetry.routes_in_force(rules.routes());
        Self {
            rules: ArcSwap::from_pointee(rules),
            refused: ArcSwapOption::empty(),
            ready: AtomicBool::new(true),
            door_closed: watch::Sender::new(false),
            surface: Mutex::default(),
            holds,
            telemetry,
        }
    }

    /// The rules in force. A request takes them once and keeps them to its end.
    pub(crate) fn rules(&self) -> Arc<Snapshot> {
        self.rules.load_full()
    }

    /// Puts new rules in force for requests that begin from now on.
    pub(crate) fn take(&self, rules: Snapshot) {
        self.telemetry.rules_in_force(rules.digest());
        self.telemetry.routes_in_force(rules.routes());
        self.telemetry.reloads.inc();
        self.telemetry.rules_problems.set(0);
        self.rules.store(Arc::new(rules));
        self.refused.store(None);
    }

    /// Remembers why the rules on disk are not the rules in force.
    pub(crate) fn refuse(&self, refused: Refused) {
        self.telemetry.reloads_refused.inc();
        let count = i64::try_from(refused.problems.len()).unwrap_or(i64::MAX);
        self.telemetry.rules_problems.set(count);
        self.refused.store(Some(Arc::new(refused)));
    }

    /// The refused rules, if what is on disk is not in force.
    pub(crate) fn refused(&self) -> Option<Arc<Refused>> {
        self.refused.load_full()
    }

    /// The rules on disk are the rules in force again, unchanged.
    pub(crate) fn back_in_force(&self) {
        self.telemetry.rules_problems.set(0);
        self.refused.store(None);
    }

    /// Counts a request that no rule took. Such requests are to become rare, so one lock serves.
    pub(crate) fn unmatched_request(&self, method: &str, path: &str, sent: Sent) {
        let mut surface = self.surface.lock().unwrap_or_else(PoisonError::into_inner);
        surface.add(method, path, sent.status, sent.took);
    }

    /// What no rule took so far.
    pub(crate) fn unmatched(&self) -> Unmatched {
        self.surface.lock().unwrap_or_else(PoisonError::into_inner).unmatched()
    }

    /// Whether a load balancer should send us requests.
    pub(crate) fn is_ready(&self) -> bool {
        self.ready.load(Ordering::Acquire)
    }

    /// From now on it should not.
    pub(crate) fn not_ready(&self) {
        self.ready.store(false, Ordering::Release);
    }

    /// Tells the listeners to close.
    pub(crate) fn close_door(&self) {
        self.door_closed.send_replace(true);
    }

    /// Turns true when the listeners are to close.
    pub(crate) fn door(&self) -> watch::Receiver<bool> {
        self.door_closed.subscribe()
    }
}
