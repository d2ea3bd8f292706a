//! Two answers in, a verdict out: the pure comparison of a legacy and a native answer.
//!
//! [`compare`] asks in order: the status, the headers, the body (JSON, text or bytes). What no
//! client can rely on is made equal first ([`normalize`]); what the team's rules allow is
//! [`Verdict::Tolerated`], never silently the same. [`redact`] masks secrets before anything is
//! stored, [`evidence`] turns counts into a bound on the rate of differences.
//!
//! There is no socket, clock, file or task here, and nothing that waits: the same two answers
//! give the same verdict on every machine.

pub mod answer;
mod compare;
mod decimal;
mod difference;
mod encoding;
pub mod evidence;
mod json;
pub mod normalize;
pub mod redact;
mod verdict;

pub use answer::Answer;
pub use compare::{compare, compare_for};
pub use difference::{ABSENT, DIFFERENCES_MAX, Difference, Kind, PATH_BYTES_MAX, VALUE_BYTES_MAX};
pub use encoding::DECODED_BYTES_MAX;
pub use json::JSON_DEPTH_MAX;
pub use redact::Redaction;
pub use verdict::{Tally, Tolerated, Verdict, Void};
