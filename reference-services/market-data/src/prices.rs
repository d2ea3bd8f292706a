//! Prices: the quote of one instrument or of several, candles, corporate actions.

use axum::extract::{Path, RawQuery, State};
use axum::http::StatusCode;
use deadpool_postgres::Pool;
use kit::{Problem, Reply, reply};
use serde_json::json;

use crate::domain::Quote;
use crate::fields::{self, Refusals, strip};
use crate::query::Query;
use crate::{instruments, store};

/// Symbols of one request at most, a count: the monolith's own limit.
const SYMBOLS_MAX: usize = 50;

/// Candles of one request at most, a count: the monolith's own limit.
const CANDLES_MAX: i64 = 500;

const INTERVALS: [&str; 3] = ["1h", "1d", "1w"];

/// `GET /instruments/{symbol}/quote/`.
pub(crate) async fn quote(State(pool): State<Pool>, Path(symbol): Path<String>) -> Reply {
    let client = store::connect(&pool).await?;
    let missing = || Problem::NotFound("No Quote matches the given query.".to_owned());
    let quote = store::quotes(&client, &[symbol]).await?.pop().ok_or_else(missing)?;
    Ok(reply::json(StatusCode::OK, &quote))
}

/// `GET /instruments/{symbol}/candles/?interval=1d&limit=30`, oldest first.
pub(crate) async fn candles(
    State(pool): State<Pool>,
    Path(symbol): Path<String>,
    RawQuery(raw): RawQuery,
) -> Reply {
    let (interval, limit) = bars(&Query::read(&raw.unwrap_or_default()))?;
    let client = store::connect(&pool).await?;
    let id = store::instrument_id(&client, &symbol).await?.ok_or_else(instruments::missing)?;
    let mut candles = store::candles(&client, id, interval, limit).await?;
    candles.reverse();
    let body = Bars { symbol, interval, candles };
    Ok(reply::json(StatusCode::OK, &body))
}

#[derive(serde::Serialize)]
struct Bars {
    symbol: String,
    interval: &'static str,
    candles: Vec<crate::domain::Candle>,
}

fn bars(query: &Query) -> Result<(&'static str, i64), Problem> {
    let mut refusals = Refusals::default();
    let asked = |name: &str| query.last(name).filter(|text| !text.is_empty());
    let interval = asked("interval").map_or(Ok("1d"), |text| fields::choice(text, &INTERVALS));
    let limit = asked("limit").map_or(Ok(30), |text| fields::integer(text, 1, CANDLES_MAX));
    let interval = refusals.take("interval", interval);
    let limit = refusals.take("limit", limit);
    refusals.check()?;
    Ok((interval.unwrap_or("1d"), limit.unwrap_or(30)))
}

/// `GET /instruments/{symbol}/corporate-actions/`.
pub(crate) async fn corporate_actions(
    State(pool): State<Pool>,
    Path(symbol): Path<String>,
) -> Reply {
    let client = store::connect(&pool).await?;
    let id = store::instrument_id(&client, &symbol).await?.ok_or_else(instruments::missing)?;
    Ok(reply::json(StatusCode::OK, &store::corporate_actions(&client, id).await?))
}

#[derive(serde::Serialize)]
struct Quotes {
    quotes: Vec<Quote>,
    unknown: Vec<String>,
}

/// `GET /quotes/?symbols=AAPL,MSFT`: in the order asked for; unknown ones are named.
pub(crate) async fn quotes(State(pool): State<Pool>, RawQuery(raw): RawQuery) -> Reply {
    let query = Query::read(&raw.unwrap_or_default());
    let symbols = symbols(&query)?;
    let client = store::connect(&pool).await?;
    let mut rows = store::quotes(&client, &symbols).await?;
    let (mut quotes, mut unknown) = (Vec::new(), Vec::new());
    for symbol in symbols {
        match rows.iter().position(|quote| quote.symbol == symbol) {
            Some(at) => quotes.push(rows.swap_remove(at)),
            None => unknown.push(symbol),
        }
    }
    Ok(reply::json(StatusCode::OK, &Quotes { quotes, unknown }))
}

/// The symbols asked for, each once, at most [`SYMBOLS_MAX`].
fn symbols(query: &Query) -> Result<Vec<String>, Problem> {
    let mut symbols: Vec<String> = Vec::new();
    for part in query.last("symbols").unwrap_or_default().split(',').map(strip) {
        if !part.is_empty() && !symbols.iter().any(|had| had == part) {
            symbols.push(part.to_owned());
            if symbols.len() > SYMBOLS_MAX {
                let text = format!("At most {SYMBOLS_MAX} symbols.");
                return Err(Problem::invalid(&json!({ "symbols": [text] })));
            }
        }
    }
    if symbols.is_empty() {
        let text = "Name at least one symbol.";
        return Err(Problem::invalid(&json!({ "symbols": [text] })));
    }
    Ok(symbols)
}
