//! `/healthz`: the process lives. `/readyz`: it can answer, because the database does.

use axum::Router;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::get;
use deadpool_postgres::Pool;
use serde_json::json;

use crate::{pool, reply};

/// The two routes. A failing `/readyz` takes the service out of rotation and ends nothing.
pub fn routes(pool: Pool) -> Router {
    Router::new()
        .route("/healthz", get(async || reply::json(StatusCode::OK, &json!({"status": "ok"}))))
        .route("/readyz", get(move || ready(pool.clone())))
}

async fn ready(pool: Pool) -> Response {
    match pool::answers(&pool).await {
        Ok(()) => reply::json(StatusCode::OK, &json!({"status": "ok"})),
        Err(error) => {
            tracing::warn!(error = &error as &dyn std::error::Error, "not ready");
            let status = json!({"status": "database unavailable"});
            reply::json(StatusCode::SERVICE_UNAVAILABLE, &status)
        }
    }
}
