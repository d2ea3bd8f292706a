//! The ledger as the proxy keeps it: observations in batches, one writer, never in anybody's way.
//!
//! A ledger that cannot be written (disk full, file locked) costs evidence, not requests: the
//! batch is kept and tried again, and what does not fit meanwhile is counted as lost.

use std::time::Duration;

use jiff::Timestamp;
use ledger::{Ledger, Observation, Sample};
use prometheus_client::metrics::counter::Counter;
use shadow::{Answer, Redaction, Verdict, Void};
use tokio::time::Instant;

use crate::observe::Key;

/// Observations kept for the next write. Unit: observations of some 200 bytes; at this number the
/// batch is written at once, and while the ledger refuses, further ones are given up and counted.
pub(crate) const BATCH_MAX: usize = 4_096;

/// How long an observation may wait for the next write.
const WRITE_EVERY: Duration = Duration::from_millis(500);

/// The writer's side of the ledger; without a file it keeps nothing.
#[derive(Debug)]
pub(crate) struct Book {
    ledger: Option<Ledger>,
    batch: Vec<Observation>,
    written: Instant,
    refused: bool,
    lost: Counter,
    redaction: Redaction,
}

impl Book {
    /// An empty batch for that ledger; `lost` counts observations that could not be kept.
    pub(crate) fn new(ledger: Option<Ledger>, lost: Counter) -> Self {
        let redaction = Redaction::default();
        let (batch, written) = (Vec::new(), Instant::now());
        Self { ledger, batch, written, refused: false, lost, redaction }
    }

    /// Notes a comparison; one that found differences with a masked sample of both answers.
    pub(crate) fn verdict(
        &mut self,
        key: &Key,
        target: &str,
        verdict: &Verdict,
        legacy: &(Answer, Duration),
        native: &(Answer, Duration),
    ) {
        if self.ledger.is_none() {
            return;
        }
        let sample = matches!(verdict, Verdict::Different(_))
            .then(|| Sample::new(&self.redaction, target, &legacy.0, &native.0, verdict));
        let took = |took: Duration| Some(u64::try_from(took.as_micros()).unwrap_or(u64::MAX));
        let noted = Observation {
            legacy_us: took(legacy.1),
            native_us: took(native.1),
            sample,
            ..blank(key, verdict.clone())
        };
        self.note(noted);
    }

    /// Notes exchanges that could not be compared.
    pub(crate) fn voids(&mut self, key: &Key, reason: Void, count: u64) {
        for _ in 0..count {
            self.note(blank(key, Verdict::Incomparable(reason)));
        }
    }

    fn note(&mut self, observation: Observation) {
        if self.ledger.is_none() {
            return;
        }
        // A ledger that refuses is asked again when the batch is due, not for each observation.
        if self.batch.len() >= BATCH_MAX && (!self.refused || self.is_due()) {
            self.write();
        }
        if self.batch.len() < BATCH_MAX {
            self.batch.push(observation);
        } else {
            self.lost.inc();
        }
    }

    /// Whether the batch has waited long enough.
    pub(crate) fn is_due(&self) -> bool {
        self.written.elapsed() >= WRITE_EVERY
    }

    /// Writes the batch; on failure it stays for the next time.
    pub(crate) fn write(&mut self) {
        self.written = Instant::now();
        let Some(ledger) = self.ledger.as_mut().filter(|_| !self.batch.is_empty()) else { return };
        let recorded = ledger.record_all(&self.batch);
        self.refused = recorded.is_err();
        match recorded {
            Ok(()) => self.batch.clear(),
            Err(error) => {
                tracing::warn!(%error, waiting = self.batch.len(), "the ledger refused a batch");
            }
        }
    }
}

fn blank(key: &Key, verdict: Verdict) -> Observation {
    Observation {
        at_unix_ms: Timestamp::now().as_millisecond(),
        context: key.context.to_string(),
        route: key.route.to_string(),
        method: key.method.to_owned(),
        verdict,
        legacy_us: None,
        native_us: None,
        sample: None,
    }
}
