//! The SQL, and nothing else: each function is one question to the monolith's tables.

use deadpool_postgres::{Client, Pool};
use jiff::Timestamp;
use jiff::civil::Date;
use kit::Problem;
use tokio_postgres::Row;
use tokio_postgres::types::ToSql;

use crate::domain::{
    Candle, CorporateAction, Details, Exchange, Instrument, Prices, Quote, Sector, TradingDay,
};

type Answer<T> = Result<T, Problem>;

/// The columns of an instrument, in the order [`instrument`] reads them.
const INSTRUMENT: &str = "i.symbol, i.name, i.kind, i.currency, i.tick_size, i.lot_size, \
     i.is_halted, i.listed_on, \
     ARRAY(SELECT t.slug FROM market_data_instrument_tags it \
           JOIN market_data_instrumenttag t ON t.id = it.instrumenttag_id \
           WHERE it.instrument_id = i.id ORDER BY t.slug)";

/// The instruments a query asks for; `NULL` asks for nothing. A row must match every pattern in
/// its symbol or its name.
const FILTERED: &str = "FROM market_data_instrument i \
     JOIN market_data_exchange e ON e.id = i.exchange_id \
     LEFT JOIN market_data_sector s ON s.id = i.sector_id \
     WHERE ($1::text IS NULL OR i.kind = $1) AND ($2::text IS NULL OR i.currency = $2) \
       AND ($3::text IS NULL OR e.code = $3) AND ($4::text IS NULL OR s.slug = $4) \
       AND ($5::text IS NULL OR EXISTS (SELECT 1 FROM market_data_instrument_tags it \
            JOIN market_data_instrumenttag t ON t.id = it.instrumenttag_id \
            WHERE it.instrument_id = i.id AND t.slug = $5)) \
       AND NOT EXISTS (SELECT 1 FROM unnest($6::text[]) AS term \
            WHERE upper(i.symbol) NOT LIKE upper(term) AND upper(i.name) NOT LIKE upper(term))";

/// The filters of the instrument list.
#[derive(Debug, Default)]
pub(crate) struct Filter {
    pub(crate) kind: Option<String>,
    pub(crate) currency: Option<String>,
    pub(crate) exchange: Option<String>,
    pub(crate) sector: Option<String>,
    pub(crate) tag: Option<String>,
    pub(crate) patterns: Vec<String>,
}

impl Filter {
    fn parameters(&self) -> [&(dyn ToSql + Sync); 6] {
        [&self.kind, &self.currency, &self.exchange, &self.sector, &self.tag, &self.patterns]
    }
}

/// The detail of an instrument and where its relations are.
pub(crate) struct Found {
    pub(crate) id: i64,
    pub(crate) instrument: Instrument,
    pub(crate) exchange: Exchange,
    pub(crate) sector: Option<Sector>,
    pub(crate) updated_at: Timestamp,
}

/// A connection of the pool.
pub(crate) async fn connect(pool: &Pool) -> Answer<Client> {
    Ok(pool.get().await?)
}

/// Asks with a prepared statement, which the connection keeps.
async fn ask(client: &Client, sql: &str, parameters: &[&(dyn ToSql + Sync)]) -> Answer<Vec<Row>> {
    let statement = client.prepare_cached(sql).await?;
    Ok(client.query(&statement, parameters).await?)
}

/// Reads every row.
fn each<T>(rows: &[Row], read: impl Fn(&Row) -> Answer<T>) -> Answer<Vec<T>> {
    rows.iter().map(read).collect()
}

pub(crate) async fn count_instruments(client: &Client, filter: &Filter) -> Answer<i64> {
    let sql = format!("SELECT count(*) {FILTERED}");
    let rows = ask(client, &sql, &filter.parameters()).await?;
    Ok(rows.first().map_or(Ok(0), |row| row.try_get(0))?)
}

/// A page of instruments with the codes of their exchange and sector. `order` is SQL made of our
/// own words, never of the client's.
pub(crate) async fn instruments(
    client: &Client,
    filter: &Filter,
    order: &str,
    limit: i64,
    offset: i64,
) -> Answer<Vec<(Instrument, String, Option<String>)>> {
    let sql = format!(
        "SELECT {INSTRUMENT}, e.code, s.slug {FILTERED} ORDER BY {order} LIMIT $7 OFFSET $8"
    );
    let mut parameters = filter.parameters().to_vec();
    parameters.extend([&limit as &(dyn ToSql + Sync), &offset]);
    let rows = ask(client, &sql, &parameters).await?;
    each(&rows, |row| Ok((instrument(row)?, row.try_get(9)?, row.try_get(10)?)))
}

fn instrument(row: &Row) -> Answer<Instrument> {
    Ok(Instrument {
        symbol: row.try_get(0)?,
        name: row.try_get(1)?,
        kind: row.try_get(2)?,
        currency: row.try_get(3)?,
        tick_size: row.try_get(4)?,
        lot_size: row.try_get(5)?,
        is_halted: row.try_get(6)?,
        listed_on: row.try_get(7)?,
        tags: row.try_get(8)?,
    })
}

pub(crate) async fn instrument_by_symbol(client: &Client, symbol: &str) -> Answer<Option<Found>> {
    let sql = format!(
        "SELECT {INSTRUMENT}, i.id, i.updated_at, s.slug, s.name, p.slug, {EXCHANGE} \
         FROM market_data_instrument i JOIN market_data_exchange e ON e.id = i.exchange_id \
         LEFT JOIN market_data_sector s ON s.id = i.sector_id \
         LEFT JOIN market_data_sector p ON p.id = s.parent_id WHERE i.symbol = $1"
    );
    let rows = ask(client, &sql, &[&symbol]).await?;
    let Some(row) = rows.first() else { return Ok(None) };
    let sector = match row.try_get::<_, Option<String>>(11)? {
        Some(slug) => Some(Sector { slug, name: row.try_get(12)?, parent: row.try_get(13)? }),
        None => None,
    };
    Ok(Some(Found {
        id: row.try_get(9)?,
        instrument: instrument(row)?,
        exchange: exchange(row, 14)?,
        sector,
        updated_at: row.try_get(10)?,
    }))
}

/// The row of the child table that the kind names, if there is one.
pub(crate) async fn details(client: &Client, id: i64, kind: &str) -> Answer<Option<Details>> {
    let sql = match kind {
        "equity" => {
            "SELECT isin, shares_outstanding, dividend_yield FROM market_data_equity \
             WHERE instrument_ptr_id = $1"
        }
        "bond" => {
            "SELECT coupon_rate, matures_on, face_value FROM market_data_bond \
             WHERE instrument_ptr_id = $1"
        }
        "fund" => {
            "SELECT f.expense_ratio, b.symbol FROM market_data_fund f \
             LEFT JOIN market_data_instrument b ON b.id = f.benchmark_id \
             WHERE f.instrument_ptr_id = $1"
        }
        _ => return Ok(None),
    };
    let rows = ask(client, sql, &[&id]).await?;
    let Some(row) = rows.first() else { return Ok(None) };
    Ok(Some(match kind {
        "equity" => Details::Equity {
            isin: row.try_get(0)?,
            shares_outstanding: row.try_get(1)?,
            dividend_yield: row.try_get(2)?,
        },
        "bond" => Details::Bond {
            coupon_rate: row.try_get(0)?,
            matures_on: row.try_get(1)?,
            face_value: row.try_get(2)?,
        },
        _ => Details::Fund { expense_ratio: row.try_get(0)?, benchmark: row.try_get(1)? },
    }))
}

/// The instrument's own number, to ask for what hangs on it.
pub(crate) async fn instrument_id(client: &Client, symbol: &str) -> Answer<Option<i64>> {
    let sql = "SELECT id FROM market_data_instrument WHERE symbol = $1";
    let rows = ask(client, sql, &[&symbol]).await?;
    Ok(rows.first().map(|row| row.try_get(0)).transpose()?)
}

pub(crate) async fn quotes(client: &Client, symbols: &[String]) -> Answer<Vec<Quote>> {
    let sql = "SELECT i.symbol, q.bid, q.ask, q.last, q.previous_close, q.volume, q.quoted_at \
               FROM md_quote q JOIN market_data_instrument i ON i.id = q.instrument_id \
               WHERE i.symbol = ANY($1::text[])";
    let rows = ask(client, sql, &[&symbols]).await?;
    each(&rows, |row| {
        let prices = Prices {
            bid: row.try_get(1)?,
            ask: row.try_get(2)?,
            last: row.try_get(3)?,
            previous_close: row.try_get(4)?,
        };
        Ok(Quote::new(row.try_get(0)?, prices, row.try_get(5)?, row.try_get(6)?))
    })
}

/// The newest candles, newest first.
pub(crate) async fn candles(
    client: &Client,
    id: i64,
    interval: &str,
    limit: i64,
) -> Answer<Vec<Candle>> {
    let sql = "SELECT opened_at, open, high, low, close, volume, vwap FROM md_candle \
               WHERE instrument_id = $1 AND interval = $2 ORDER BY opened_at DESC LIMIT $3";
    let rows = ask(client, sql, &[&id, &interval, &limit]).await?;
    each(&rows, |row| {
        Ok(Candle {
            opened_at: row.try_get(0)?,
            open: row.try_get(1)?,
            high: row.try_get(2)?,
            low: row.try_get(3)?,
            close: row.try_get(4)?,
            volume: row.try_get(5)?,
            vwap: row.try_get(6)?,
        })
    })
}

pub(crate) async fn corporate_actions(client: &Client, id: i64) -> Answer<Vec<CorporateAction>> {
    let sql = "SELECT kind, ex_date, amount FROM market_data_corporateaction \
               WHERE instrument_id = $1 ORDER BY ex_date DESC, id";
    let rows = ask(client, sql, &[&id]).await?;
    each(&rows, |row| {
        Ok(CorporateAction {
            kind: row.try_get(0)?,
            ex_date: row.try_get(1)?,
            amount: row.try_get(2)?,
        })
    })
}

/// The columns of an exchange, in the order [`exchange`] reads them.
const EXCHANGE: &str = "e.code, e.name, e.country, e.timezone, e.currency, e.opens_at, e.closes_at";

fn exchange(row: &Row, first: usize) -> Answer<Exchange> {
    Ok(Exchange {
        code: row.try_get(first)?,
        name: row.try_get(first + 1)?,
        country: row.try_get(first + 2)?,
        timezone: row.try_get(first + 3)?,
        currency: row.try_get(first + 4)?,
        opens_at: row.try_get(first + 5)?,
        closes_at: row.try_get(first + 6)?,
    })
}

/// All exchanges, or the one of a code.
pub(crate) async fn exchanges(client: &Client, code: Option<&str>) -> Answer<Vec<Exchange>> {
    let sql = format!(
        "SELECT {EXCHANGE} FROM market_data_exchange e \
         WHERE $1::text IS NULL OR e.code = $1 ORDER BY e.code"
    );
    each(&ask(client, &sql, &[&code]).await?, |row| exchange(row, 0))
}

pub(crate) async fn sectors(client: &Client) -> Answer<Vec<Sector>> {
    let sql = "SELECT s.slug, s.name, p.slug FROM market_data_sector s \
               LEFT JOIN market_data_sector p ON p.id = s.parent_id ORDER BY s.slug";
    each(&ask(client, sql, &[]).await?, |row| {
        Ok(Sector { slug: row.try_get(0)?, name: row.try_get(1)?, parent: row.try_get(2)? })
    })
}

/// Trading days of a range, both ends included, oldest first.
pub(crate) async fn trading_days(
    client: &Client,
    exchange: Option<&str>,
    start: Option<Date>,
    end: Option<Date>,
    limit: i64,
) -> Answer<Vec<TradingDay>> {
    let sql = "SELECT d.date, e.code, d.status, d.note FROM market_calendar d \
               JOIN market_data_exchange e ON e.id = d.exchange_id \
               WHERE ($1::text IS NULL OR e.code = $1) AND ($2::date IS NULL OR d.date >= $2) \
                 AND ($3::date IS NULL OR d.date <= $3) ORDER BY d.date, e.code LIMIT $4";
    each(&ask(client, sql, &[&exchange, &start, &end, &limit]).await?, |row| {
        Ok(TradingDay {
            date: row.try_get(0)?,
            exchange: row.try_get(1)?,
            status: row.try_get(2)?,
            note: row.try_get(3)?,
        })
    })
}
