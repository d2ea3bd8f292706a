//! The records as they travel, in the order and the forms of the monolith's serializers. Pure:
//! values in, JSON out.

use jiff::civil::{Date, Time};
use jiff::{Timestamp, tz::TimeZone};
use rust_decimal::{Decimal, RoundingStrategy};
use serde::{Serialize, Serializer};

/// Places of a price behind the point.
const PRICE_PLACES: u32 = 4;

/// `ExchangeSerializer`.
#[derive(Debug, Serialize)]
pub(crate) struct Exchange {
    pub(crate) code: String,
    pub(crate) name: String,
    pub(crate) country: String,
    pub(crate) timezone: String,
    pub(crate) currency: String,
    #[serde(serialize_with = "time")]
    pub(crate) opens_at: Time,
    #[serde(serialize_with = "time")]
    pub(crate) closes_at: Time,
}

/// `SectorSerializer`.
#[derive(Debug, Serialize)]
pub(crate) struct Sector {
    pub(crate) slug: String,
    pub(crate) name: String,
    pub(crate) parent: Option<String>,
}

/// `TradingDaySerializer`.
#[derive(Debug, Serialize)]
pub(crate) struct TradingDay {
    #[serde(serialize_with = "date")]
    pub(crate) date: Date,
    pub(crate) exchange: String,
    pub(crate) status: String,
    pub(crate) note: String,
}

/// What the list and the detail of an instrument share.
#[derive(Debug)]
pub(crate) struct Instrument {
    pub(crate) symbol: String,
    pub(crate) name: String,
    pub(crate) kind: String,
    pub(crate) tags: Vec<String>,
    pub(crate) currency: String,
    pub(crate) tick_size: Decimal,
    pub(crate) lot_size: i32,
    pub(crate) is_halted: bool,
    pub(crate) listed_on: Date,
}

/// `InstrumentSerializer`: relations by their names; also the beginning of the detail, whose
/// exchange and sector are records.
#[derive(Debug, Serialize)]
pub(crate) struct InstrumentEntry<E, S> {
    url: String,
    symbol: String,
    name: String,
    kind: String,
    exchange: E,
    sector: Option<S>,
    tags: Vec<String>,
    currency: String,
    tick_size: Decimal,
    lot_size: i32,
    is_halted: bool,
    #[serde(serialize_with = "date")]
    listed_on: Date,
}

/// `InstrumentDetailSerializer`.
#[derive(Debug, Serialize)]
pub(crate) struct InstrumentDetail {
    #[serde(flatten)]
    pub(crate) entry: InstrumentEntry<Exchange, Sector>,
    pub(crate) details: Option<Details>,
    pub(crate) quote: Option<Quote>,
    #[serde(serialize_with = "instant")]
    pub(crate) updated_at: Timestamp,
}

/// The child tables of an instrument; a currency pair has none.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub(crate) enum Details {
    Equity {
        isin: String,
        shares_outstanding: i64,
        dividend_yield: Option<Decimal>,
    },
    Bond {
        coupon_rate: Decimal,
        #[serde(serialize_with = "date")]
        matures_on: Date,
        face_value: Decimal,
    },
    Fund {
        expense_ratio: Decimal,
        benchmark: Option<String>,
    },
}

/// `QuoteSerializer`.
#[derive(Debug, Serialize)]
pub(crate) struct Quote {
    pub(crate) symbol: String,
    bid: Decimal,
    ask: Decimal,
    last: Decimal,
    previous_close: Decimal,
    mid: Decimal,
    spread: Decimal,
    change: Decimal,
    volume: i64,
    #[serde(serialize_with = "instant")]
    quoted_at: Timestamp,
}

/// The four prices of a quote as they are stored.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Prices {
    pub(crate) bid: Decimal,
    pub(crate) ask: Decimal,
    pub(crate) last: Decimal,
    pub(crate) previous_close: Decimal,
}

/// `CandleSerializer`.
#[derive(Debug, Serialize)]
pub(crate) struct Candle {
    #[serde(serialize_with = "instant")]
    pub(crate) opened_at: Timestamp,
    pub(crate) open: Decimal,
    pub(crate) high: Decimal,
    pub(crate) low: Decimal,
    pub(crate) close: Decimal,
    pub(crate) volume: i64,
    pub(crate) vwap: Option<Decimal>,
}

/// `CorporateActionSerializer`.
#[derive(Debug, Serialize)]
pub(crate) struct CorporateAction {
    pub(crate) kind: String,
    #[serde(serialize_with = "date")]
    pub(crate) ex_date: Date,
    pub(crate) amount: Decimal,
}

impl Instrument {
    /// With its own address and its relations.
    pub(crate) fn entry<E, S>(
        self,
        url: String,
        exchange: E,
        sector: Option<S>,
    ) -> InstrumentEntry<E, S> {
        InstrumentEntry {
            url,
            symbol: self.symbol,
            name: self.name,
            kind: self.kind,
            exchange,
            sector,
            tags: self.tags,
            currency: self.currency,
            tick_size: self.tick_size,
            lot_size: self.lot_size,
            is_halted: self.is_halted,
            listed_on: self.listed_on,
        }
    }
}

impl Quote {
    /// With what the monolith's properties compute: middle, spread and change of the day.
    pub(crate) fn new(symbol: String, prices: Prices, volume: i64, quoted_at: Timestamp) -> Self {
        let Prices { bid, ask, last, previous_close } = prices;
        Self {
            symbol,
            bid,
            ask,
            last,
            previous_close,
            mid: price((bid + ask) / Decimal::TWO),
            spread: price(ask - bid),
            change: price(last - previous_close),
            volume,
            quoted_at,
        }
    }
}

/// Python's `quantize` to four places: halves go to the even neighbour.
fn price(value: Decimal) -> Decimal {
    let mut value =
        value.round_dp_with_strategy(PRICE_PLACES, RoundingStrategy::MidpointNearestEven);
    value.rescale(PRICE_PLACES);
    value
}

/// `isoformat()` of a date.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes every field by reference")]
pub(crate) fn date<S: Serializer>(date: &Date, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(date)
}

/// `isoformat()` of a time: microseconds only if there are any, then all six digits.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes every field by reference")]
fn time<S: Serializer>(time: &Time, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(&iso_time(*time))
}

/// DRF's form of an instant: UTC with `Z`.
fn instant<S: Serializer>(instant: &Timestamp, serializer: S) -> Result<S::Ok, S::Error> {
    let utc = TimeZone::UTC.to_datetime(*instant);
    serializer.collect_str(&format_args!("{}T{}Z", utc.date(), iso_time(utc.time())))
}

fn iso_time(time: Time) -> String {
    let (hour, minute, second) = (time.hour(), time.minute(), time.second());
    let micros = time.subsec_nanosecond() / 1_000;
    let fraction = if micros == 0 { String::new() } else { format!(".{micros:06}") };
    format!("{hour:02}:{minute:02}:{second:02}{fraction}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decimal(text: &str) -> Decimal {
        text.parse().expect("a decimal")
    }

    #[test]
    fn prices_keep_their_places_and_round_half_to_even() {
        for (value, expected) in
            [("1.00005", "1.0000"), ("1.00015", "1.0002"), ("-2.5", "-2.5000"), ("0", "0.0000")]
        {
            assert_eq!(price(decimal(value)).to_string(), expected);
        }
    }

    #[test]
    fn instants_and_times_as_drf_writes_them() {
        let written = |text: &str| {
            let parsed: Timestamp = text.parse().expect("an instant");
            instant(&parsed, serde_json::value::Serializer).expect("serialized").to_string()
        };
        assert_eq!(written("2025-06-30T19:56:59Z"), "\"2025-06-30T19:56:59Z\"");
        assert_eq!(written("2025-06-30T19:56:59.1Z"), "\"2025-06-30T19:56:59.100000Z\"");
        assert_eq!(iso_time(Time::constant(9, 30, 0, 1_000)), "09:30:00.000001");
    }
}
