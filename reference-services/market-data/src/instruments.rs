//! `/instruments/`: the list with filters, search, order and pages; and one instrument in full.

use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderMap, StatusCode};
use deadpool_postgres::Pool;
use kit::{Problem, Reply, reply};
use serde_json::json;

use crate::domain::InstrumentDetail;
use crate::fields::{NULL_CHARACTERS, Refusals, strip};
use crate::pagination::Page;
use crate::query::Query;
use crate::store::{self, Filter};
use crate::{routes, search};

const KINDS: [&str; 4] = ["equity", "bond", "fund", "fx"];

/// Columns a client may order by.
const ORDER_COLUMNS: [&str; 4] = ["symbol", "name", "kind", "listed_on"];

/// `GET /instruments/`.
pub(crate) async fn list(
    State(pool): State<Pool>,
    headers: HeaderMap,
    RawQuery(raw): RawQuery,
) -> Reply {
    let query = Query::read(&raw.unwrap_or_default());
    let filter = filter(&query)?;
    let client = store::connect(&pool).await?;
    let count = store::count_instruments(&client, &filter).await?;
    let page =
        Page::read(&query, count).ok_or_else(|| Problem::NotFound("Invalid page.".to_owned()))?;
    let order = order(&query);
    let rows = store::instruments(&client, &filter, &order, page.limit(), page.offset()).await?;
    let url = routes::absolute(&headers, "instruments/");
    let entries = rows
        .into_iter()
        .map(|(instrument, exchange, sector)| {
            let own = own_url(&url, &instrument.symbol, &query);
            instrument.entry(own, exchange, sector)
        })
        .collect();
    Ok(reply::json(StatusCode::OK, &page.of(&url, &query, entries)))
}

/// `GET /instruments/{symbol}/`.
pub(crate) async fn detail(
    State(pool): State<Pool>,
    headers: HeaderMap,
    Path(symbol): Path<String>,
    RawQuery(raw): RawQuery,
) -> Reply {
    let client = store::connect(&pool).await?;
    let found = store::instrument_by_symbol(&client, &symbol).await?.ok_or_else(missing)?;
    let details = store::details(&client, found.id, &found.instrument.kind).await?;
    let quote = store::quotes(&client, &[symbol]).await?.pop();
    let list_url = routes::absolute(&headers, "instruments/");
    let query = Query::read(&raw.unwrap_or_default());
    let own = own_url(&list_url, &found.instrument.symbol, &query);
    let entry = found.instrument.entry(own, found.exchange, found.sector);
    let updated_at = found.updated_at;
    let detail = InstrumentDetail { entry, details, quote, updated_at };
    Ok(reply::json(StatusCode::OK, &detail))
}

/// The address of an instrument. DRF's hyperlinks keep the format that was asked for.
fn own_url(list_url: &str, symbol: &str, query: &Query) -> String {
    let format = query.last("format").map(|format| format!("?format={format}"));
    format!("{list_url}{symbol}/{}", format.unwrap_or_default())
}

/// DRF's words for a symbol that nothing has.
pub(crate) fn missing() -> Problem {
    Problem::NotFound("No Instrument matches the given query.".to_owned())
}

/// The filters as django-filter reads them, then the search: each refuses before the next.
fn filter(query: &Query) -> Result<Filter, Problem> {
    let mut refusals = Refusals::default();
    let kind = query.last("kind").filter(|kind| !kind.is_empty()).map(str::to_owned);
    if let Some(kind) = kind.as_deref().filter(|kind| !KINDS.contains(kind)) {
        let choice = "is not one of the available choices.";
        refusals.note("kind", vec![format!("Select a valid choice. {kind} {choice}")]);
    }
    let mut text = |name: &str| {
        let text = query.last(name).map(strip).filter(|text| !text.is_empty())?;
        if text.contains('\0') {
            refusals.note(name, vec![NULL_CHARACTERS.to_owned()]);
        }
        Some(text.to_owned())
    };
    let (currency, exchange) = (text("currency"), text("exchange"));
    let (sector, tag) = (text("sector"), text("tag"));
    refusals.check()?;
    let words = query.last("search").unwrap_or_default();
    if words.contains('\0') {
        return Err(Problem::invalid(&json!([NULL_CHARACTERS])));
    }
    let patterns = search::patterns(words);
    Ok(Filter { kind, currency, exchange, sector, tag, patterns })
}

/// The columns to order by; the last is unique, so that no row appears on two pages.
fn order(query: &Query) -> String {
    let mut columns: Vec<(&str, &str)> = Vec::new();
    for term in query.last("ordering").unwrap_or_default().split(',').map(strip) {
        let (name, direction) = match term.strip_prefix('-') {
            Some(name) => (name, "DESC"),
            None => (term, "ASC"),
        };
        let known = ORDER_COLUMNS.iter().find(|column| **column == name);
        if let Some(column) = known.filter(|column| columns.iter().all(|(had, _)| had != *column)) {
            columns.push((column, direction));
        }
    }
    if columns.iter().all(|(column, _)| *column != "symbol") {
        columns.push(("symbol", "ASC"));
    }
    let terms = columns.iter().map(|(column, direction)| format!("i.{column} {direction}"));
    terms.collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn orders_end_with_the_unique_column() {
        for (text, expected) in [
            ("", "i.symbol ASC"),
            ("ordering=-name", "i.name DESC, i.symbol ASC"),
            ("ordering=kind,zzz,-listed_on", "i.kind ASC, i.listed_on DESC, i.symbol ASC"),
            ("ordering=-symbol,name,-name", "i.symbol DESC, i.name ASC"),
            ("ordering=symbol;drop", "i.symbol ASC"),
        ] {
            assert_eq!(order(&Query::read(text)), expected, "{text}");
        }
    }
}
