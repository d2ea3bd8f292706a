//! The evidence store: what the proxy observed and what the desk reads, in one SQLite file.
//!
//! One process writes (the proxy's observing thread, in batches), any number read at the same
//! time (`outgrow shadow status`). Counters are kept per endpoint, not a row per observation: the
//! file grows with the number of endpoints, never with traffic. The balance
//! `expected = compared + shed + timed out + incomparable` is a CHECK of the table itself.
//!
//! No clock is read here: every observation brings its time.

mod error;
mod latency;
mod observation;
mod schema;
mod status;
mod store;

pub use error::LedgerError;
pub use latency::Latency;
pub use observation::{Observation, SAMPLE_BODY_BYTES_MAX, SAMPLE_TARGET_BYTES_MAX, Sample};
pub use schema::SCHEMA_VERSION;
pub use status::{DifferenceCount, EndpointStatus, StoredSample};
pub use store::{
    DIFFERENCE_PLACES_MAX, ENDPOINTS_MAX, LEDGER_BYTES_MAX, Ledger, OTHER, SAMPLES_MAX, WAIT_MS_MAX,
};
