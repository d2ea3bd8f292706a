//! Logs: one JSON object a line on standard output, one line a request, the trace id of the
//! caller in it; and the deadline of a request, because who measures also ends.

use axum::extract::Request;
use axum::http::StatusCode;
use axum::middleware::Next;
use axum::response::Response;
use tokio::time::{Instant, timeout};
use tracing_subscriber::EnvFilter;

use crate::{limits, reply};

/// Logs that cannot be set up.
#[derive(Debug, thiserror::Error)]
pub enum LogProblem {
    /// The filter is not in tracing's words.
    #[error("the log filter cannot be read; write it like `info,tokio_postgres=warn`")]
    Filter(#[from] tracing_subscriber::filter::ParseError),
    /// Somebody else logs already.
    #[error("logging is already set up in this process")]
    Twice,
}

/// Sets up the log lines of this process.
///
/// # Errors
/// The filter cannot be read, or logs were set up before.
pub fn start(filter: &str) -> Result<(), LogProblem> {
    let filter = EnvFilter::builder().parse(filter)?;
    tracing_subscriber::fmt()
        .json()
        .flatten_event(true)
        .with_current_span(false)
        .with_env_filter(filter)
        .try_init()
        .map_err(|_| LogProblem::Twice)
}

/// Answers within the deadline and writes one line about it. The query is left out: it may hold
/// what must not stand in logs.
pub async fn request(request: Request, next: Next) -> Response {
    let started = Instant::now();
    let (method, path) = (request.method().clone(), request.uri().path().to_owned());
    let header = request.headers().get("traceparent").and_then(|value| value.to_str().ok());
    let trace = header.and_then(trace_id).unwrap_or("-").to_owned();
    let response =
        timeout(limits::REQUEST_TIME_MAX, next.run(request)).await.unwrap_or_else(|_| {
            reply::detail(StatusCode::SERVICE_UNAVAILABLE, "The answer took too long.")
        });
    let (status, took_us) = (response.status().as_u16(), started.elapsed().as_micros());
    tracing::info!(%method, path, status, trace, took_us, "request");
    response
}

/// The trace id in a W3C `traceparent`: `version-traceid-parent-flags`.
pub fn trace_id(traceparent: &str) -> Option<&str> {
    let mut parts = traceparent.split('-');
    let (version, id) = (parts.next()?, parts.next()?);
    let is_hex = |text: &str| text.bytes().all(|b| b.is_ascii_hexdigit());
    (version.len() == 2 && id.len() == 32 && is_hex(version) && is_hex(id)).then_some(id)
}
