//! The catalogue of a running PostgreSQL: read in one read-only transaction with time limits. No
//! row of the project's own tables is ever read.

use std::collections::BTreeMap;
use std::str::FromStr as _;
use std::time::Duration;

use analyzer::facts::sql;
use analyzer::live::{self, Database, ForeignKey, Kind, Relation, Trigger};
use anyhow::{Context as _, bail};
use postgres::config::SslMode;
use postgres::{Client, Config, IsolationLevel, NoTls, Row, Transaction};

use crate::exit::UsageError;

/// How long connecting may take.
const CONNECT_MAX: Duration = Duration::from_secs(10);

/// Limits of the session: a statement in ms, waiting for a lock in ms, idling in ms. Catalogue
/// queries take milliseconds; one that takes longer shall not burden the server.
const LIMITS: &str = "SET LOCAL statement_timeout = 15000; SET LOCAL lock_timeout = 1000; \
                      SET LOCAL idle_in_transaction_session_timeout = 60000";

/// Statements that are taken from `pg_stat_statements`, the most frequent first; it keeps 5000.
const STATEMENTS_MAX: i64 = 5_000;

/// Tables, views and columns that the search path shows, extensions' own left out.
const RELATIONS: &str = "
    SELECT c.relname::text, c.relkind::text, c.reltuples::float8,
           pg_total_relation_size(c.oid)::int8,
           coalesce(s.seq_scan, 0) + coalesce(s.idx_scan, 0),
           coalesce(s.n_tup_ins, 0) + coalesce(s.n_tup_upd, 0) + coalesce(s.n_tup_del, 0),
           CASE WHEN c.relkind IN ('v', 'm') THEN pg_get_viewdef(c.oid) END,
           array_agg(a.attname::text ORDER BY a.attnum),
           array_agg(NOT a.attnotnull ORDER BY a.attnum)
    FROM pg_class c
    JOIN pg_namespace n ON n.oid = c.relnamespace
    JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    LEFT JOIN pg_stat_all_tables s ON s.relid = c.oid
    WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND NOT c.relispartition
      AND n.nspname NOT IN ('pg_catalog', 'information_schema') AND pg_table_is_visible(c.oid)
      AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')
    GROUP BY c.oid, c.relname, c.relkind, c.reltuples, s.seq_scan, s.idx_scan, s.n_tup_ins,
             s.n_tup_upd, s.n_tup_del
    ORDER BY c.relname";

const FOREIGN_KEYS: &str = "
    SELECT f.relname::text, t.relname::text,
           (SELECT array_agg(a.attname::text ORDER BY k.place)
            FROM unnest(c.conkey) WITH ORDINALITY AS k (number, place)
            JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = k.number)
    FROM pg_constraint c
    JOIN pg_class f ON f.oid = c.conrelid
    JOIN pg_class t ON t.oid = c.confrelid
    WHERE c.contype = 'f' AND c.conparentid = 0 AND pg_table_is_visible(f.oid)
    ORDER BY 1, 3, 2";

const TRIGGERS: &str = "
    SELECT c.relname::text, t.tgname::text, p.proname::text, l.lanname::text, p.prosrc
    FROM pg_trigger t
    JOIN pg_class c ON c.oid = t.tgrelid
    JOIN pg_proc p ON p.oid = t.tgfoid
    JOIN pg_language l ON l.oid = p.prolang
    WHERE NOT t.tgisinternal AND t.tgparentid = 0 AND pg_table_is_visible(c.oid)
    ORDER BY 1, 2";

/// Reads the catalogue of the database at `url`.
///
/// # Errors
/// The address cannot be understood, nobody answers, or the server refuses; the password is in none
/// of the messages.
pub(crate) fn read(url: &str) -> anyhow::Result<Database> {
    let mut config = Config::from_str(url).map_err(|error| {
        UsageError(format!("--database is no address of a PostgreSQL database: {error}"))
    })?;
    if config.get_ssl_mode() == SslMode::Require {
        let why = "--database asks for TLS, which is not supported here; connect through a local \
                   socket or a tunnel (ssh -L), or run this beside the server";
        return Err(UsageError(why.to_owned()).into());
    }
    config.connect_timeout(CONNECT_MAX).application_name("outgrow");
    let mut client = config.connect(NoTls).context("cannot connect to the database")?;
    all(&mut client).context("cannot read the catalogue of the database")
}

fn all(client: &mut Client) -> anyhow::Result<Database> {
    let mut transaction = client
        .build_transaction()
        .read_only(true)
        .isolation_level(IsolationLevel::RepeatableRead)
        .start()?;
    transaction.batch_execute(LIMITS)?;
    let version: String = transaction.query_one("SHOW server_version", &[])?.try_get(0)?;
    let relations = transaction.query(RELATIONS, &[])?;
    let relations = relations.iter().map(relation).collect::<anyhow::Result<_>>()?;
    let foreign_keys = transaction.query(FOREIGN_KEYS, &[])?;
    let foreign_keys = foreign_keys
        .iter()
        .map(|row| {
            let (from, to, columns) = (row.try_get(0)?, row.try_get(1)?, row.try_get(2)?);
            Ok(ForeignKey { from, columns, to })
        })
        .collect::<anyhow::Result<_>>()?;
    let triggers = transaction.query(TRIGGERS, &[])?;
    let triggers = triggers.iter().map(trigger).collect::<anyhow::Result<_>>()?;
    let statements = statements(&mut transaction)?;
    transaction.rollback()?;
    Ok(Database { version, relations, foreign_keys, triggers, statements })
}

fn relation(row: &Row) -> anyhow::Result<Relation> {
    let kind: String = row.try_get(1)?;
    let kind = match kind.as_str() {
        "r" | "p" => Kind::Table,
        "v" => Kind::View,
        "m" => Kind::MaterializedView,
        "f" => Kind::ForeignTable,
        other => bail!("a relation of the unknown kind {other}"),
    };
    let rows: f64 = row.try_get(2)?;
    let definition: Option<String> = row.try_get(6)?;
    let reads = definition.map(|text| sql::tables(&text).reads).unwrap_or_default();
    let names: Vec<String> = row.try_get(7)?;
    let nulls: Vec<bool> = row.try_get(8)?;
    Ok(Relation {
        name: row.try_get(0)?,
        kind,
        columns: names.into_iter().zip(nulls).collect(),
        reads: reads.into_iter().collect(),
        rows: whole(rows),
        bytes: count(row, 3)?,
        scans: count(row, 4)?,
        changes: count(row, 5)?,
    })
}

/// The planner's estimate; it is -1 for a table that it never looked at.
fn whole(rows: f64) -> Option<u64> {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "checked to be no negative number; a float to integer cast saturates"
    )]
    (rows >= 0.0).then_some(rows as u64)
}

fn count(row: &Row, column: usize) -> anyhow::Result<u64> {
    let number: i64 = row.try_get(column)?;
    Ok(u64::try_from(number).unwrap_or(0))
}

fn trigger(row: &Row) -> anyhow::Result<Trigger> {
    let language: String = row.try_get(3)?;
    let body: String = row.try_get(4)?;
    let tables = if language == "plpgsql" || language == "sql" {
        sql::tables(&format!("DO $outgrow$ {body} $outgrow$"))
    } else {
        sql::Tables {
            opaque: Some("a routine in a language that is not SQL"),
            ..Default::default()
        }
    };
    Ok(Trigger {
        table: row.try_get(0)?,
        name: row.try_get(1)?,
        function: row.try_get(2)?,
        reads: tables.reads.into_iter().collect(),
        writes: tables.writes.into_iter().collect(),
        opaque: tables.opaque.map(str::to_owned),
    })
}

/// What was executed in this database, if the extension is there and may be asked.
fn statements(transaction: &mut Transaction<'_>) -> anyhow::Result<Vec<live::Statement>> {
    let schema = "SELECT quote_ident(n.nspname) FROM pg_extension e \
                  JOIN pg_namespace n ON n.oid = e.extnamespace \
                  WHERE e.extname = 'pg_stat_statements'";
    let Some(row) = transaction.query_opt(schema, &[])? else { return Ok(Vec::new()) };
    let schema: String = row.try_get(0)?;
    let query = format!(
        "SELECT query, sum(calls)::int8 FROM {schema}.pg_stat_statements \
         WHERE dbid = (SELECT oid FROM pg_database WHERE datname = current_database()) \
         GROUP BY query ORDER BY 2 DESC, 1 LIMIT $1"
    );
    // The extension may be made and its library not loaded; that must not cost the rest.
    let mut inner = transaction.transaction()?;
    let Ok(rows) = inner.query(&query, &[&STATEMENTS_MAX]) else {
        inner.rollback()?;
        return Ok(Vec::new());
    };
    inner.commit()?;
    let mut executed: BTreeMap<String, u64> = BTreeMap::new();
    for row in &rows {
        let text: Option<String> = row.try_get(0)?;
        *executed.entry(text.unwrap_or_default()).or_default() += count(row, 1)?;
    }
    Ok(live::statements(executed))
}
