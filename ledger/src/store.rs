//! The writer: open, record a batch in one transaction, all or nothing.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;

use rusqlite::{Connection, OpenFlags, Transaction, params};
use shadow::evidence::Counts;
use shadow::{Difference, Verdict, Void};

use crate::latency;
use crate::{LedgerError, Observation, Sample, schema};

/// Largest file, in bytes (256 MiB): far above what the other limits allow, so it is reached only
/// when something is wrong. Recording then fails with [`LedgerError::Full`]; reading goes on.
pub const LEDGER_BYTES_MAX: u64 = 256 * 1024 * 1024;

/// Most endpoints with counters of their own, a count. A large Django project has 2,000 routes;
/// everything beyond is counted under the route [`OTHER`], so the balance stays exact.
pub const ENDPOINTS_MAX: u64 = 10_000;

/// Most samples kept per endpoint, a count; the newest replaces the oldest.
pub const SAMPLES_MAX: u64 = 8;

/// Most places of differences counted per endpoint, a count; further ones go to [`OTHER`].
pub const DIFFERENCE_PLACES_MAX: u64 = 64;

/// Longest wait for another process's lock, in milliseconds.
pub const WAIT_MS_MAX: u64 = 5_000;

/// Longest method, context or route kept, in bytes; a route is a template, not what clients type.
const NAME_BYTES_MAX: usize = 1_024;

/// Where everything beyond a limit is counted.
pub const OTHER: &str = "(other)";

/// The open ledger. It may be sent to another thread and is used by one at a time.
#[derive(Debug)]
pub struct Ledger {
    pub(crate) connection: Connection,
}

impl Ledger {
    /// Opens the file for recording; makes it if there is none.
    ///
    /// # Errors
    /// The file cannot be opened or made, is no ledger, or is of a newer version.
    pub fn open(path: &Path) -> Result<Self, LedgerError> {
        let mut connection = connect(path, OpenFlags::SQLITE_OPEN_CREATE)?;
        schema::prepare(&mut connection, path)?;
        // No write-ahead log: its index is mapped into memory, and a page of it that cannot be
        // written, as on a disk that turned read-only, ends the whole process with SIGBUS.
        connection.pragma_update(None, "journal_mode", "TRUNCATE")?;
        connection.pragma_update(None, "foreign_keys", true)?;
        let page: u64 = connection.pragma_query_value(None, "page_size", |row| row.get(0))?;
        connection.pragma_update(None, "max_page_count", LEDGER_BYTES_MAX / page.max(1))?;
        Ok(Self { connection })
    }

    /// Opens the file for reading only; it must exist.
    ///
    /// # Errors
    /// The file cannot be opened, is no ledger, or is of a newer version.
    pub fn open_to_read(path: &Path) -> Result<Self, LedgerError> {
        let connection = connect(path, OpenFlags::empty())?;
        connection.pragma_update(None, "query_only", true)?;
        schema::check(&connection, path)?;
        Ok(Self { connection })
    }

    /// Records one observation.
    ///
    /// # Errors
    /// As [`Ledger::record_all`].
    pub fn record(&mut self, observation: &Observation) -> Result<(), LedgerError> {
        self.record_all(std::slice::from_ref(observation))
    }

    /// Records a batch in one transaction: all of it, or on an error nothing, and the same batch
    /// may be given again.
    ///
    /// # Errors
    /// The disk or the file's limit is full, the file may not be written to, another writer holds
    /// it, or it is damaged.
    pub fn record_all(&mut self, observations: &[Observation]) -> Result<(), LedgerError> {
        let mut batch: BTreeMap<Name<'_>, Sums<'_>> = BTreeMap::new();
        for observation in observations {
            batch
                .entry(Name::of(observation))
                .or_insert_with(|| Sums::new(observation))
                .add(observation);
        }
        let transaction =
            self.connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
        for (name, sums) in &batch {
            write(&transaction, name, sums)?;
        }
        Ok(transaction.commit()?)
    }
}

fn connect(path: &Path, flags: OpenFlags) -> Result<Connection, LedgerError> {
    let failed = |source| LedgerError::opening(path, source);
    // Reading too opens read-write: who finds what a writer left half done takes it back.
    let flags = flags | OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags).map_err(failed)?;
    connection.busy_timeout(Duration::from_millis(WAIT_MS_MAX)).map_err(failed)?;
    Ok(connection)
}

/// What an endpoint is known by.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Name<'o> {
    context: &'o str,
    route: &'o str,
    method: &'o str,
}

impl<'o> Name<'o> {
    fn of(observation: &'o Observation) -> Self {
        Self {
            context: within(&observation.context),
            route: within(&observation.route),
            method: within(&observation.method),
        }
    }
}

fn within(name: &str) -> &str {
    if name.len() <= NAME_BYTES_MAX { name } else { OTHER }
}

/// What a batch adds to one endpoint.
struct Sums<'o> {
    counts: Counts,
    voids: BTreeMap<Void, u64>,
    differences: BTreeMap<(&'static str, String), u64>,
    latencies: BTreeMap<(&'static str, u32), u64>,
    samples: Vec<(i64, &'static str, &'o Sample)>,
    first_ms: i64,
    last_ms: i64,
}

impl<'o> Sums<'o> {
    fn new(first: &Observation) -> Self {
        Self {
            counts: Counts::default(),
            voids: BTreeMap::new(),
            differences: BTreeMap::new(),
            latencies: BTreeMap::new(),
            samples: Vec::new(),
            first_ms: first.at_unix_ms,
            last_ms: first.at_unix_ms,
        }
    }

    fn add(&mut self, observation: &'o Observation) {
        self.counts.add(&observation.verdict);
        self.first_ms = self.first_ms.min(observation.at_unix_ms);
        self.last_ms = self.last_ms.max(observation.at_unix_ms);
        match &observation.verdict {
            Verdict::Incomparable(void) => *self.voids.entry(*void).or_default() += 1,
            Verdict::Different(list) => self.add_differences(list),
            Verdict::Same | Verdict::Tolerated(_) => {}
        }
        for (side, us) in [("legacy", observation.legacy_us), ("native", observation.native_us)] {
            if let Some(us) = us {
                *self.latencies.entry((side, latency::bucket(us))).or_default() += 1;
            }
        }
        if let Some(sample) = &observation.sample {
            self.samples.push((observation.at_unix_ms, observation.verdict.word(), sample));
        }
    }

    /// One exchange counts once per place, however many rows of a list differ there.
    fn add_differences(&mut self, list: &[Difference]) {
        let mut places: Vec<_> =
            list.iter().map(|one| (one.kind.code(), place(&one.path))).collect();
        places.sort();
        places.dedup();
        for place in places {
            *self.differences.entry(place).or_default() += 1;
        }
    }
}

/// The place of a difference with the indexes of lists as `*`, so rows of one page are one place.
/// A key is kept only if it looks like a field's name: other keys are data, and may be personal.
fn place(path: &str) -> String {
    let step = |step: &str| {
        let is_field = step.len() <= 40
            && step.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
            && step.bytes().all(|b| b.is_ascii_alphabetic() || matches!(b, b'_' | b'-'));
        if step.is_empty() || is_field { step.to_owned() } else { "*".to_owned() }
    };
    path.split('/').map(step).collect::<Vec<_>>().join("/")
}

fn write(
    transaction: &Transaction<'_>,
    name: &Name<'_>,
    sums: &Sums<'_>,
) -> Result<(), LedgerError> {
    let id = endpoint(transaction, name, sums)?;
    add_counts(transaction, id, sums)?;
    for (void, count) in &sums.voids {
        transaction
            .prepare_cached(
                "INSERT INTO void VALUES (?1, ?2, ?3)
                 ON CONFLICT DO UPDATE SET count = count + excluded.count",
            )?
            .execute(params![id, void.word(), count])?;
    }
    for ((code, place), count) in &sums.differences {
        add_difference(transaction, id, code, place, *count)?;
    }
    for ((side, bucket), count) in &sums.latencies {
        transaction
            .prepare_cached(
                "INSERT INTO latency VALUES (?1, ?2, ?3, ?4)
                 ON CONFLICT DO UPDATE SET count = count + excluded.count",
            )?
            .execute(params![id, side, bucket, count])?;
    }
    add_samples(transaction, id, &sums.samples)
}

/// The endpoint's row, made if there is room for one more.
fn endpoint(
    transaction: &Transaction<'_>,
    name: &Name<'_>,
    sums: &Sums<'_>,
) -> Result<i64, LedgerError> {
    if let Some(id) = find(transaction, name)? {
        return Ok(id);
    }
    let rows: u64 = transaction.query_row("SELECT count(*) FROM endpoint", [], |row| row.get(0))?;
    let other = Name { context: OTHER, route: OTHER, method: OTHER };
    let name = if rows < ENDPOINTS_MAX { name } else { &other };
    if let Some(id) = find(transaction, name)? {
        return Ok(id);
    }
    transaction
        .prepare_cached(
            "INSERT INTO endpoint (context, route, method, first_ms, last_ms)
             VALUES (?1, ?2, ?3, ?4, ?5)",
        )?
        .execute(params![name.context, name.route, name.method, sums.first_ms, sums.last_ms])?;
    Ok(transaction.last_insert_rowid())
}

fn find(transaction: &Transaction<'_>, name: &Name<'_>) -> Result<Option<i64>, LedgerError> {
    use rusqlite::OptionalExtension as _;
    Ok(transaction
        .prepare_cached(
            "SELECT id FROM endpoint WHERE context = ?1 AND route = ?2 AND method = ?3",
        )?
        .query_row([name.context, name.route, name.method], |row| row.get(0))
        .optional()?)
}

fn add_counts(transaction: &Transaction<'_>, id: i64, sums: &Sums<'_>) -> Result<(), LedgerError> {
    let counts = &sums.counts;
    transaction
        .prepare_cached(
            "UPDATE endpoint SET expected = expected + ?2, same = same + ?3,
                tolerated = tolerated + ?4, different = different + ?5, shed = shed + ?6,
                timed_out = timed_out + ?7, incomparable = incomparable + ?8,
                first_ms = min(first_ms, ?9), last_ms = max(last_ms, ?10)
             WHERE id = ?1",
        )?
        .execute(params![
            id,
            counts.expected(),
            counts.same,
            counts.tolerated,
            counts.different,
            counts.shed,
            counts.timed_out,
            counts.incomparable,
            sums.first_ms,
            sums.last_ms,
        ])?;
    Ok(())
}

/// Counts a place that is known or for which there is room, otherwise under [`OTHER`].
fn add_difference(
    transaction: &Transaction<'_>,
    id: i64,
    code: &str,
    place: &str,
    count: u64,
) -> Result<(), LedgerError> {
    let known = transaction
        .prepare_cached(
            "UPDATE difference SET count = count + ?4
             WHERE endpoint = ?1 AND code = ?2 AND place = ?3",
        )?
        .execute(params![id, code, place, count])?;
    if known > 0 {
        return Ok(());
    }
    let places: u64 = transaction
        .prepare_cached("SELECT count(*) FROM difference WHERE endpoint = ?1")?
        .query_row([id], |row| row.get(0))?;
    let place = if places < DIFFERENCE_PLACES_MAX { place } else { OTHER };
    transaction
        .prepare_cached(
            "INSERT INTO difference VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT DO UPDATE SET count = count + excluded.count",
        )?
        .execute(params![id, code, place, count])?;
    Ok(())
}

/// Puts samples into the endpoint's ring.
fn add_samples(
    transaction: &Transaction<'_>,
    id: i64,
    samples: &[(i64, &str, &Sample)],
) -> Result<(), LedgerError> {
    for (at_ms, word, sample) in samples {
        let number: u64 = transaction
            .prepare_cached(
                "UPDATE endpoint SET samples = samples + 1 WHERE id = ?1 RETURNING samples",
            )?
            .query_row([id], |row| row.get(0))?;
        let seen = serde_json::to_string(sample)
            .expect("a sample holds strings and numbers, which always serialize");
        transaction
            .prepare_cached("INSERT OR REPLACE INTO sample VALUES (?1, ?2, ?3, ?4, ?5)")?
            .execute(params![id, (number - 1) % SAMPLES_MAX, at_ms, word, seen])?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn observation(number: u64) -> Observation {
        Observation {
            at_unix_ms: 0,
            context: "orders".to_owned(),
            route: format!("/{number}/{}", "x".repeat(500)),
            method: "GET".to_owned(),
            verdict: Verdict::Same,
            legacy_us: None,
            native_us: None,
            sample: None,
        }
    }

    /// The file's limit stands in for the disk's: SQLite reports both alike.
    #[test]
    fn a_full_file_keeps_what_it_has_and_goes_on_when_there_is_room() {
        let folder = tempfile::TempDir::new().expect("a folder for the test");
        let mut ledger = Ledger::open(&folder.path().join("ledger")).expect("opens");
        ledger.connection.pragma_update(None, "max_page_count", 40).expect("set");
        let (mut kept, mut number) = (0, 0);
        let batch = loop {
            let batch: Vec<_> = (number..number + 10).map(observation).collect();
            match ledger.record_all(&batch) {
                Ok(()) => kept += 10,
                Err(LedgerError::Full(_)) => break batch,
                Err(error) => panic!("{error:?}"),
            }
            number += 10;
        };
        let expected = |ledger: &Ledger| -> u64 {
            let status = ledger.status().expect("read");
            status.iter().map(|one| one.counts.expected()).sum()
        };
        assert!(kept > 0);
        assert_eq!(expected(&ledger), kept, "half a batch was kept");
        ledger.connection.pragma_update(None, "max_page_count", 400).expect("set");
        ledger.record_all(&batch).expect("there is room again");
        assert_eq!(expected(&ledger), kept + 10);
    }

    #[test]
    fn places_are_patterns_without_data_in_them() {
        for (path, expected) in [
            ("/results/17/price", "/results/*/price"),
            ("/by_user/ada@example.org/name", "/by_user/*/name"),
            ("status", "status"),
            ("", ""),
            ("x-frame-options", "x-frame-options"),
        ] {
            assert_eq!(place(path), expected);
        }
    }
}
