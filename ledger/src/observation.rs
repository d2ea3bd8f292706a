//! What the proxy hands over: one observation, and now and then a sample of what was seen.

use serde::{Deserialize, Serialize};
use shadow::{Answer, Difference, Redaction, Verdict};

/// Most bytes kept of one body in a sample (4 KiB): enough to see a page's first rows.
pub const SAMPLE_BODY_BYTES_MAX: usize = 4 * 1024;

/// Most bytes kept of a request's path and query in a sample.
pub const SAMPLE_TARGET_BYTES_MAX: usize = 512;

/// One sampled exchange.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Observation {
    /// When the client's request came, in milliseconds since 1970.
    pub at_unix_ms: i64,
    /// The context the route belongs to.
    pub context: String,
    /// The route as the rules write it.
    pub route: String,
    /// The method, in capital letters.
    pub method: String,
    /// What the comparison came to, or why there was none.
    pub verdict: Verdict,
    /// How long legacy took, in microseconds, if it answered.
    pub legacy_us: Option<u64>,
    /// How long native took, in microseconds, if it answered.
    pub native_us: Option<u64>,
    /// What was seen, if it is worth keeping.
    pub sample: Option<Sample>,
}

/// What was seen in one exchange. It can only be made through a [`Redaction`], so nothing reaches
/// the file unmasked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sample {
    /// The request's path and query.
    pub(crate) target: String,
    /// Legacy's status.
    pub(crate) legacy_status: u16,
    /// Native's status.
    pub(crate) native_status: u16,
    /// The beginning of legacy's body.
    pub(crate) legacy_body: String,
    /// The beginning of native's body.
    pub(crate) native_body: String,
    /// The differences, those that a rule allows included.
    pub(crate) differences: Vec<Difference>,
}

impl Sample {
    /// Masks and cuts what was seen.
    pub fn new(
        redaction: &Redaction,
        target: &str,
        legacy: &Answer,
        native: &Answer,
        verdict: &Verdict,
    ) -> Self {
        let differences = match redaction.verdict(verdict) {
            Verdict::Different(differences) => differences,
            Verdict::Tolerated(list) => list.into_iter().map(|one| one.difference).collect(),
            Verdict::Same | Verdict::Incomparable(_) => Vec::new(),
        };
        Self {
            target: redaction.target(target).chars().take(SAMPLE_TARGET_BYTES_MAX / 4).collect(),
            legacy_status: legacy.status,
            native_status: native.status,
            legacy_body: redaction.body(legacy, SAMPLE_BODY_BYTES_MAX),
            native_body: redaction.body(native, SAMPLE_BODY_BYTES_MAX),
            differences,
        }
    }
}
