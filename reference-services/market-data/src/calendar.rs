//! `/calendar/`: trading days in a range of dates, and what each exchange does on one day.

use axum::extract::{Path, RawQuery, State};
use axum::http::StatusCode;
use deadpool_postgres::Pool;
use jiff::civil::Date;
use kit::{Problem, Reply, reply};
use serde::Serialize;

use crate::domain::TradingDay;
use crate::fields::{self, Refusals};
use crate::query::Query;
use crate::store;

/// Rows of a range at most, a count: the monolith's own limit.
const ROWS_MAX: i64 = 400;

/// Longest exchange code in a query, in characters: the column's width.
const CODE_CHARACTERS_MAX: usize = 4;

#[derive(Serialize)]
struct Days {
    days: Vec<TradingDay>,
}

#[derive(Serialize)]
struct Day {
    #[serde(serialize_with = "crate::domain::date")]
    date: Date,
    exchanges: Vec<TradingDay>,
}

/// `GET /calendar/?exchange=XNYS&start=2025-01-01&end=2025-02-01`.
pub(crate) async fn range(State(pool): State<Pool>, RawQuery(raw): RawQuery) -> Reply {
    let query = Query::read(&raw.unwrap_or_default());
    let mut refusals = Refusals::default();
    let asked = |name: &str| query.last(name).filter(|text| !text.is_empty());
    let code = asked("exchange").map(|text| fields::characters(text, CODE_CHARACTERS_MAX));
    let exchange = code.and_then(|code| refusals.take("exchange", code));
    let start = asked("start").and_then(|text| refusals.take("start", fields::date(text)));
    let end = asked("end").and_then(|text| refusals.take("end", fields::date(text)));
    refusals.check()?;
    let client = store::connect(&pool).await?;
    let days = store::trading_days(&client, exchange.as_deref(), start, end, ROWS_MAX).await?;
    Ok(reply::json(StatusCode::OK, &Days { days }))
}

/// `GET /calendar/2025-12-25/`.
pub(crate) async fn day(State(pool): State<Pool>, Path(day): Path<String>) -> Reply {
    let missing = || Problem::NotFound("Not found.".to_owned());
    let date = fields::path_date(&day).ok_or_else(missing)?;
    let client = store::connect(&pool).await?;
    let exchanges = store::trading_days(&client, None, Some(date), Some(date), i64::MAX).await?;
    Ok(reply::json(StatusCode::OK, &Day { date, exchanges }))
}
