//! Answers in DRF's form: compact JSON as its renderer writes it, errors as `{"detail": ...}`.

use axum::body::Body;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

/// An answer or the problem that prevents it.
pub type Reply = Result<Response, Problem>;

/// A request that gets no answer of the good kind.
#[derive(Debug, thiserror::Error)]
pub enum Problem {
    /// The client asked for something that is not there; the text goes into `detail`.
    #[error("not found: {0}")]
    NotFound(String),
    /// The client sent something unusable; this is the whole body as DRF builds it, in JSON.
    #[error("bad request: {0}")]
    Invalid(String),
    /// No connection of the pool became free, or the database is away.
    #[error("the database gives no connection")]
    Pool(#[from] deadpool_postgres::PoolError),
    /// The database refused a statement.
    #[error("a statement failed")]
    Sql(#[from] tokio_postgres::Error),
}

impl Problem {
    /// A refusal with its body: messages by field, or a list of them.
    pub fn invalid(body: &impl Serialize) -> Self {
        Self::Invalid(text(body))
    }
}

/// A value as DRF's `JSONRenderer` writes it: no spaces, UTF-8, and the two line separators that
/// JavaScript could not hold in strings escaped.
pub fn json(status: StatusCode, value: &impl Serialize) -> Response {
    written(status, text(value))
}

fn text(value: &impl Serialize) -> String {
    serde_json::to_string(value)
        .expect("answers are records with string keys, which always serialize")
        .replace('\u{2028}', "\\u2028")
        .replace('\u{2029}', "\\u2029")
}

fn written(status: StatusCode, text: String) -> Response {
    let mut response = Response::new(Body::from(text));
    *response.status_mut() = status;
    let json = HeaderValue::from_static("application/json");
    response.headers_mut().insert(header::CONTENT_TYPE, json);
    response
}

/// An error in DRF's form.
pub fn detail(status: StatusCode, text: &str) -> Response {
    json(status, &serde_json::json!({ "detail": text }))
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        match self {
            Self::NotFound(text) => detail(StatusCode::NOT_FOUND, &text),
            Self::Invalid(body) => written(StatusCode::BAD_REQUEST, body),
            Self::Pool(error) => {
                tracing::error!(error = &error as &dyn std::error::Error, "no connection");
                detail(StatusCode::SERVICE_UNAVAILABLE, "Service temporarily unavailable.")
            }
            Self::Sql(error) => {
                tracing::error!(error = &error as &dyn std::error::Error, "a statement failed");
                detail(StatusCode::INTERNAL_SERVER_ERROR, "A server error occurred.")
            }
        }
    }
}
