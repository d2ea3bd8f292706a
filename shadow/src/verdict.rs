//! What a comparison comes to, and why some exchanges cannot be compared at all.

use serde::{Deserialize, Serialize};

use crate::difference::Difference;

/// The outcome of one exchange. Every sampled exchange has exactly one, so the counts add up:
/// expected = compared + shed + timed out + incomparable.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Equal, or equal in every respect a client can rely on (spacing, key order, gzip...).
    Same,
    /// Differs only where the rules allow it; each entry names the rule that allowed it.
    Tolerated(Vec<Tolerated>),
    /// Differs. Never empty; at most [`crate::DIFFERENCES_MAX`] entries, then the walk stops.
    Different(Vec<Difference>),
    /// Nothing can be said about this exchange, for the reason given.
    Incomparable(Void),
}

/// A difference that a rule allows: equality that was granted, not found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tolerated {
    /// What differs.
    pub difference: Difference,
    /// The rule that allows it, in the words of the YAML (`ignore /results/*/id`).
    pub rule: String,
}

/// Why an exchange says nothing about equality.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Void {
    /// The proxy gave the mirrored request up to protect production: a budget was spent.
    Shed,
    /// The native side did not answer within the mirror's deadline.
    TimedOut,
    /// The client left before legacy's answer was complete.
    ClientAborted,
    /// Legacy gave no complete answer: there is nothing to compare with.
    LegacyFailed,
    /// No connection to the native side, or it broke before the answer was complete.
    NativeFailed,
    /// A body was longer than the capture's limit.
    Truncated,
    /// An answer without an end: an event stream.
    Streaming,
    /// The connection changed its protocol (WebSocket).
    Upgraded,
    /// A Content-Encoding that is not read here (`br`, `zstd`).
    EncodingUnknown,
    /// A body that is not what its Content-Encoding says, or grows beyond every measure.
    EncodingBroken,
    /// A file to be saved (`Content-Disposition: attachment`).
    Download,
    /// An unsafe request, and the other side did not promise to keep its effects apart.
    NotIsolated,
    /// JSON nested deeper than [`crate::JSON_DEPTH_MAX`].
    TooDeep,
}

/// The column of the balance sheet an exchange is counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tally {
    /// Both answers were there and were compared.
    Compared,
    /// Given up by the proxy.
    Shed,
    /// Given up by the deadline.
    TimedOut,
    /// Not comparable for any other reason.
    Incomparable,
}

impl Verdict {
    /// The column this verdict is counted in.
    pub fn tally(&self) -> Tally {
        match self {
            Self::Same | Self::Tolerated(_) | Self::Different(_) => Tally::Compared,
            Self::Incomparable(Void::Shed) => Tally::Shed,
            Self::Incomparable(Void::TimedOut) => Tally::TimedOut,
            Self::Incomparable(_) => Tally::Incomparable,
        }
    }

    /// One word for logs and metrics; a closed set, so it is safe as a label.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::Tolerated(_) => "tolerated",
            Self::Different(_) => "different",
            Self::Incomparable(void) => void.word(),
        }
    }
}

impl Void {
    /// Every reason, in the order of the enum.
    pub const ALL: [Self; 13] = [
        Self::Shed,
        Self::TimedOut,
        Self::ClientAborted,
        Self::LegacyFailed,
        Self::NativeFailed,
        Self::Truncated,
        Self::Streaming,
        Self::Upgraded,
        Self::EncodingUnknown,
        Self::EncodingBroken,
        Self::Download,
        Self::NotIsolated,
        Self::TooDeep,
    ];

    /// One word for logs, metrics and the ledger.
    pub fn word(self) -> &'static str {
        match self {
            Self::Shed => "shed",
            Self::TimedOut => "timed_out",
            Self::ClientAborted => "client_aborted",
            Self::LegacyFailed => "legacy_failed",
            Self::NativeFailed => "native_failed",
            Self::Truncated => "truncated",
            Self::Streaming => "streaming",
            Self::Upgraded => "upgraded",
            Self::EncodingUnknown => "encoding_unknown",
            Self::EncodingBroken => "encoding_broken",
            Self::Download => "download",
            Self::NotIsolated => "not_isolated",
            Self::TooDeep => "too_deep",
        }
    }
}
