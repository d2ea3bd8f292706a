//! Reference data: `/exchanges/` and `/sectors/`.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use deadpool_postgres::Pool;
use kit::{Problem, Reply, reply};

use crate::store;

/// `GET /exchanges/`.
pub(crate) async fn exchanges(State(pool): State<Pool>) -> Reply {
    let client = store::connect(&pool).await?;
    Ok(reply::json(StatusCode::OK, &store::exchanges(&client, None).await?))
}

/// `GET /exchanges/{code}/`.
pub(crate) async fn exchange(State(pool): State<Pool>, Path(code): Path<String>) -> Reply {
    let client = store::connect(&pool).await?;
    let missing = || Problem::NotFound("No Exchange matches the given query.".to_owned());
    let found = store::exchanges(&client, Some(&code)).await?.pop().ok_or_else(missing)?;
    Ok(reply::json(StatusCode::OK, &found))
}

/// `GET /sectors/`.
pub(crate) async fn sectors(State(pool): State<Pool>) -> Reply {
    let client = store::connect(&pool).await?;
    Ok(reply::json(StatusCode::OK, &store::sectors(&client).await?))
}
