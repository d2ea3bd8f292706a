//! The ledger as the proxy keeps it: observations in batches, one writer, never in anybody's way.
//!
//! A ledger that cannot be written (disk full, no rights, file locked) costs evidence, not
//! requests: the batch is kept and tried again, and what does not fit meanwhile is counted as lost.
//! That holds at the start as well, or a full disk would keep a restarted proxy from serving.

use std::{error::Error, path::PathBuf, time::Duration};

use jiff::Timestamp;
use ledger::{Ledger, LedgerError, Observation, Sample};
use prometheus_client::metrics::{counter::Counter, gauge::Gauge};
use shadow::{Answer, Redaction, Verdict, Void};
use tokio::time::Instant;

use crate::{observe::Key, telemetry::Telemetry};

/// Observations kept for the next write. Unit: observations of some 200 bytes; at this number the
/// batch is written at once, and while the ledger refuses, further ones are given up and counted.
pub(crate) const BATCH_MAX: usize = 4_096;

/// How long an observation may wait for the next write.
const WRITE_EVERY: Duration = Duration::from_millis(500);

/// The writer's side of the ledger; without a file it keeps nothing.
#[derive(Debug)]
pub(crate) struct Book {
    path: Option<PathBuf>,
    /// Open, unless it refused.
    ledger: Option<Ledger>,
    batch: Vec<Observation>,
    written: Instant,
    /// 1 while it cannot be written.
    refuses: Gauge,
    /// Observations that could not be kept.
    lost: Counter,
    redaction: Redaction,
}

impl Book {
    /// An empty batch for the ledger in that file.
    ///
    /// # Errors
    /// The file is something else, or in a folder that is not there. That will not pass;
    /// what may is waited for.
    pub(crate) fn open(path: Option<PathBuf>, telemetry: &Telemetry) -> Result<Self, LedgerError> {
        let (refuses, lost) = (telemetry.ledger_refuses.clone(), telemetry.ledger_failed.clone());
        let ledger = match path.as_deref().map(Ledger::open).transpose() {
            Err(error) if is_final(&error) => return Err(error),
            Err(error) => {
                tracing::warn!(error = whole(&error), "there is no ledger to write to");
                refuses.set(1);
                None
            }
            Ok(ledger) => ledger,
        };
        let redaction = Redaction::default();
        let (batch, written) = (Vec::new(), Instant::now());
        Ok(Self { path, ledger, batch, written, refuses, lost, redaction })
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
        if self.path.is_none() {
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
        if self.path.is_none() {
            return;
        }
        // A ledger that refuses is asked again when the batch is due, not for each observation.
        if self.batch.len() >= BATCH_MAX && (self.refuses.get() == 0 || self.is_due()) {
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
        if self.batch.is_empty() {
            return;
        }
        let recorded = self.record();
        let did_refuse = self.refuses.set(recorded.is_err().into()) == 1;
        match recorded {
            Ok(()) => {
                if did_refuse {
                    tracing::info!(kept = self.batch.len(), "the ledger takes batches again");
                }
                self.batch.clear();
            }
            Err(error) if !did_refuse => {
                let waiting = self.batch.len();
                tracing::warn!(error = whole(&error), waiting, "the ledger refused a batch");
            }
            Err(_) => {}
        }
    }

    /// A ledger that refuses is opened anew for the next batch: SQLite keeps to what it found when
    /// it opened the file, such as that it may only read it.
    fn record(&mut self) -> Result<(), LedgerError> {
        let Some(path) = &self.path else { return Ok(()) };
        let mut ledger = match self.ledger.take() {
            Some(ledger) => ledger,
            None => Ledger::open(path)?,
        };
        ledger.record_all(&self.batch)?;
        self.ledger = Some(ledger);
        Ok(())
    }
}

/// With what SQLite says of it.
fn whole(error: &LedgerError) -> &(dyn Error + 'static) {
    error
}

/// Whether waiting would change nothing: somebody named the wrong file.
fn is_final(error: &LedgerError) -> bool {
    match error {
        LedgerError::Foreign { .. } | LedgerError::Newer { .. } | LedgerError::Damaged(_) => true,
        LedgerError::Open { path, .. } => {
            let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
            folder.is_some_and(|folder| !folder.exists())
        }
        _ => false,
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrong_file_is_said_at_once() {
        let folder = tempfile::tempdir().unwrap();
        let foreign = folder.path().join("text");
        std::fs::write(&foreign, "no ledger, and long enough to be none".repeat(100)).unwrap();
        let open = |path: PathBuf| Book::open(Some(path), &Telemetry::new());
        assert!(open(folder.path().join("nowhere/ledger")).is_err());
        assert!(open(foreign).is_err());
        assert!(open(folder.path().join("ledger")).is_ok());
    }
}
