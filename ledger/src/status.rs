//! The reader: what the ledger knows, endpoint by endpoint, in the order of their names.

use std::collections::BTreeMap;

use rusqlite::Row;
use serde::Serialize;
use shadow::evidence::Counts;

use crate::{Latency, Ledger, LedgerError, Sample};

/// What is known of one endpoint.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct EndpointStatus {
    /// The context.
    pub context: String,
    /// The route as the rules write it.
    pub route: String,
    /// The method.
    pub method: String,
    /// How its exchanges ended; `counts.assess(..)` says what that proves.
    pub counts: Counts,
    /// The reasons of those that were not compared.
    pub voids: BTreeMap<String, u64>,
    /// Where answers differ, the most frequent place first.
    pub differences: Vec<DifferenceCount>,
    /// How long legacy took.
    pub legacy: Latency,
    /// How long native took.
    pub native: Latency,
    /// The first exchange, in milliseconds since 1970.
    pub first_unix_ms: i64,
    /// The latest exchange, in milliseconds since 1970.
    pub last_unix_ms: i64,
}

/// How many exchanges differ at one place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DifferenceCount {
    /// The code of the kind of difference (`SH008`).
    pub code: String,
    /// The place, indexes of lists as `*`.
    pub place: String,
    /// Exchanges that differ there.
    pub count: u64,
}

/// One kept sample.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StoredSample {
    /// When, in milliseconds since 1970.
    pub at_unix_ms: i64,
    /// The verdict in one word.
    pub verdict: String,
    /// What was seen, masked.
    pub seen: Sample,
}

impl Ledger {
    /// What is known of every endpoint, as of one moment.
    ///
    /// # Errors
    /// The file cannot be read or is damaged.
    pub fn status(&self) -> Result<Vec<EndpointStatus>, LedgerError> {
        // One transaction: the counts and their details belong to the same moment.
        let transaction = self.connection.unchecked_transaction()?;
        let mut statement = transaction.prepare(
            "SELECT id, context, route, method, same, tolerated, different, shed, timed_out,
                    incomparable, first_ms, last_ms
             FROM endpoint ORDER BY context, route, method",
        )?;
        let rows = statement.query_map([], |row| Ok((row.get::<_, i64>(0)?, endpoint(row)?)))?;
        let mut list = Vec::new();
        for row in rows {
            let (id, mut status) = row?;
            status.voids = self.voids(id)?;
            status.differences = self.differences(id)?;
            status.legacy = self.latency(id, "legacy")?;
            status.native = self.latency(id, "native")?;
            list.push(status);
        }
        Ok(list)
    }

    /// The samples kept of one endpoint, the oldest first.
    ///
    /// # Errors
    /// The file cannot be read or is damaged.
    pub fn samples(
        &self,
        context: &str,
        route: &str,
        method: &str,
    ) -> Result<Vec<StoredSample>, LedgerError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT at_ms, verdict, seen FROM sample JOIN endpoint ON endpoint.id = sample.endpoint
             WHERE context = ?1 AND route = ?2 AND method = ?3 ORDER BY at_ms, slot",
        )?;
        let rows = statement.query_map([context, route, method], |row| {
            let seen: String = row.get(2)?;
            let seen = serde_json::from_str(&seen).map_err(|error| {
                let text = rusqlite::types::Type::Text;
                rusqlite::Error::FromSqlConversionFailure(2, text, Box::new(error))
            })?;
            Ok(StoredSample { at_unix_ms: row.get(0)?, verdict: row.get(1)?, seen })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    fn voids(&self, id: i64) -> Result<BTreeMap<String, u64>, LedgerError> {
        let mut statement =
            self.connection.prepare_cached("SELECT word, count FROM void WHERE endpoint = ?1")?;
        let rows = statement.query_map([id], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    fn differences(&self, id: i64) -> Result<Vec<DifferenceCount>, LedgerError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT code, place, count FROM difference WHERE endpoint = ?1
             ORDER BY count DESC, code, place",
        )?;
        let rows = statement.query_map([id], |row| {
            Ok(DifferenceCount { code: row.get(0)?, place: row.get(1)?, count: row.get(2)? })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    fn latency(&self, id: i64, side: &str) -> Result<Latency, LedgerError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT bucket, count FROM latency WHERE endpoint = ?1 AND side = ?2 ORDER BY bucket",
        )?;
        let rows = statement
            .query_map(rusqlite::params![id, side], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let buckets: Vec<(u32, u64)> = rows.collect::<Result<_, _>>()?;
        Ok(Latency::from_buckets(&buckets))
    }
}

fn endpoint(row: &Row<'_>) -> rusqlite::Result<EndpointStatus> {
    Ok(EndpointStatus {
        context: row.get(1)?,
        route: row.get(2)?,
        method: row.get(3)?,
        counts: Counts {
            same: row.get(4)?,
            tolerated: row.get(5)?,
            different: row.get(6)?,
            shed: row.get(7)?,
            timed_out: row.get(8)?,
            incomparable: row.get(9)?,
        },
        voids: BTreeMap::new(),
        differences: Vec::new(),
        legacy: Latency::default(),
        native: Latency::default(),
        first_unix_ms: row.get(10)?,
        last_unix_ms: row.get(11)?,
    })
}
