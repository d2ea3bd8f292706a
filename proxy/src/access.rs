//! The access log: one JSON line per request, and one per change by the admin port, written by a
//! thread of its own.
//!
//! The request path only hands over a small value. When the reader of our stdout stalls, the queue
//! fills, lines are dropped and counted, and no request waits.

use std::{
    cell::RefCell,
    fmt::Display,
    io::{self, Write},
    sync::{
        Arc,
        mpsc::{Receiver, SyncSender, sync_channel},
    },
    thread::{self, JoinHandle},
    time::Duration,
};

use prometheus_client::metrics::counter::Counter;
use serde::{Serialize, Serializer};

use crate::trace::hex;

/// Lines waiting to be written. Unit: lines; at 400 bytes a line this holds 3 MiB, about one
/// second of a busy proxy, which is longer than a log shipper pauses when it rotates.
pub(crate) const LINES_MAX: usize = 8_192;

/// Longest path that is logged, in bytes; the rest of a longer one is cut and marked with `…`.
pub(crate) const PATH_BYTES_MAX: usize = 1_024;

/// Pause of the writer after each batch. Waking it for every line cost a third of the CPU of a
/// request; two hundred times a second costs nothing, and nobody reads a log within 5 ms.
const GATHER: Duration = Duration::from_millis(5);

/// What one request came to.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Line {
    /// When the request came, UTC.
    #[serde(serialize_with = "as_utc")]
    pub time: jiff::Timestamp,
    /// Its method.
    #[serde(serialize_with = "as_text")]
    pub method: http::Method,
    /// Path and names of query parameters; never their values, which may hold secrets.
    pub path: String,
    /// Id of the matched rule; empty, and then left out, where none matched.
    #[serde(skip_serializing_if = "str::is_empty", serialize_with = "as_str")]
    pub route: Arc<str>,
    /// Stage of that rule.
    pub stage: &'static str,
    /// Who answered: legacy, native or us.
    pub side: &'static str,
    /// Cohort bucket, where one was drawn.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bucket: Option<u16>,
    /// Status sent to the client; 0 where the client left before one was sent.
    pub status: u16,
    /// Body bytes sent to the client.
    pub bytes: usize,
    /// From the first byte of the head to the last byte of the answer, in microseconds.
    pub duration_us: u64,
    /// Trace id, which is also the request id in our error pages.
    #[serde(serialize_with = "as_hex")]
    pub trace: u128,
    /// The client, as trusted proxies named it.
    #[serde(serialize_with = "as_ascii")]
    pub client: Option<http::HeaderValue>,
    /// Why this side, or what went wrong.
    pub reason: &'static str,
}

fn as_text<S: Serializer>(value: &impl Display, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(value)
}

fn as_str<S: Serializer>(value: &str, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(value)
}

fn as_hex<S: Serializer>(value: &u128, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(std::str::from_utf8(&hex(*value)).unwrap_or_default())
}

#[expect(clippy::ref_option, reason = "serde passes a reference to the field")]
fn as_ascii<S: Serializer>(
    value: &Option<http::HeaderValue>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let text = value.as_ref().and_then(|value| value.to_str().ok());
    serializer.serialize_str(text.unwrap_or_default())
}

thread_local! {
    /// The last second that was written: a busy proxy writes thousands of lines in each.
    static SECOND: RefCell<(i64, String)> = const { RefCell::new((i64::MIN, String::new())) };
}

/// RFC 3339 with microseconds, as `2026-01-31T12:00:00.000001Z`.
fn as_utc<S: Serializer>(time: &jiff::Timestamp, serializer: S) -> Result<S::Ok, S::Error> {
    let micros = time.as_microsecond();
    let (second, mut rest) = (micros.div_euclid(1_000_000), micros.rem_euclid(1_000_000));
    SECOND.with_borrow_mut(|(known, text)| {
        if *known != second {
            let whole = jiff::Timestamp::from_second(second).unwrap_or_default().to_string();
            *known = second;
            text.clear();
            text.push_str(whole.trim_end_matches('Z'));
            text.push_str(".000000Z");
        }
        let mut digits = [b'0'; 6];
        for digit in digits.iter_mut().rev() {
            *digit = b'0' + u8::try_from(rest % 10).unwrap_or_default();
            rest /= 10;
        }
        text.truncate(text.len() - "000000Z".len());
        text.push_str(std::str::from_utf8(&digits).unwrap_or_default());
        text.push('Z');
        serializer.serialize_str(text)
    })
}

/// What somebody asked the admin port to change, whether it was allowed or not.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Audit {
    /// When, UTC.
    #[serde(serialize_with = "as_text")]
    pub time: jiff::Timestamp,
    /// `hold` or `release`.
    #[serde(rename = "audit")]
    pub what: &'static str,
    /// What was to be changed, as it was sent; empty where the token was wrong.
    pub scope: String,
    /// The reason that was given.
    pub why: String,
    /// Who asked: address and port.
    #[serde(serialize_with = "as_text")]
    pub peer: std::net::SocketAddr,
    /// The status of the answer: 200 is done, 403 and 400 are refused.
    pub status: u16,
}

#[derive(Debug, Clone, Serialize)]
#[serde(untagged)]
enum Entry {
    Request(Line),
    Change(Audit),
}

/// Hands lines to the writer.
#[derive(Debug, Clone)]
pub(crate) struct AccessLog {
    queue: SyncSender<Entry>,
    dropped: Counter,
}

impl AccessLog {
    /// Starts the writer. It ends when every clone of the log is gone and the queue is empty.
    ///
    /// # Errors
    /// The system refuses another thread.
    pub(crate) fn start(
        output: impl Write + Send + 'static,
        dropped: Counter,
    ) -> io::Result<(Self, JoinHandle<()>)> {
        let (queue, lines) = sync_channel(LINES_MAX);
        let writer = thread::Builder::new()
            .name("access-log".to_owned())
            .spawn(move || write_all(&lines, io::BufWriter::new(output)))?;
        Ok((Self { queue, dropped }, writer))
    }

    /// Queues a line, or counts it as dropped.
    pub(crate) fn write(&self, line: Line) {
        self.queue(Entry::Request(line));
    }

    /// Queues the line of a change.
    pub(crate) fn audit(&self, audit: Audit) {
        self.queue(Entry::Change(audit));
    }

    fn queue(&self, entry: Entry) {
        if self.queue.try_send(entry).is_err() {
            self.dropped.inc();
        }
    }
}

/// Writes until the senders are gone; flushes whenever the queue runs empty.
fn write_all(lines: &Receiver<Entry>, mut output: impl Write) {
    while let Ok(first) = lines.recv() {
        let mut next = Some(first);
        while let Some(line) = next {
            // A closed stdout must not end the proxy: the line is lost, the next one is tried.
            let _ = serde_json::to_writer(&mut output, &line)
                .map_err(io::Error::from)
                .and_then(|()| output.write_all(b"\n"));
            next = lines.try_recv().ok();
        }
        let _ = output.flush();
        thread::sleep(GATHER);
    }
}

/// The path with the names of its query parameters, without their values.
pub(crate) fn loggable(path: &str, query: Option<&str>) -> String {
    let mut text = String::with_capacity(path.len().min(PATH_BYTES_MAX) + 16);
    push_bounded(&mut text, path);
    for (position, pair) in query.unwrap_or_default().split('&').enumerate() {
        let name = pair.split('=').next().unwrap_or_default();
        if name.is_empty() || text.ends_with('…') {
            continue;
        }
        text.push(if position == 0 { '?' } else { '&' });
        push_bounded(&mut text, name);
    }
    text
}

fn push_bounded(text: &mut String, more: &str) {
    let room = PATH_BYTES_MAX.saturating_sub(text.len());
    if more.len() <= room {
        text.push_str(more);
    } else if !text.ends_with('…') {
        let cut = (0..=room).rev().find(|at| more.is_char_boundary(*at)).unwrap_or(0);
        text.push_str(more.get(..cut).unwrap_or_default());
        text.push('…');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_of_the_query_are_not_logged() {
        assert_eq!(loggable("/a/", Some("token=s3cret&page=2&flag")), "/a/?token&page&flag");
        assert_eq!(loggable("/a/", None), "/a/");
        assert_eq!(loggable("/a/", Some("")), "/a/");
    }

    #[test]
    fn times_are_utc_with_microseconds() {
        for (micros, expected) in [
            (1_700_000_000_000_001, r#""2023-11-14T22:13:20.000001Z""#),
            (1_700_000_000_123_456, r#""2023-11-14T22:13:20.123456Z""#),
            (1_700_000_001_000_000, r#""2023-11-14T22:13:21.000000Z""#),
        ] {
            let time = jiff::Timestamp::from_microsecond(micros).unwrap();
            let mut text = Vec::new();
            as_utc(&time, &mut serde_json::Serializer::new(&mut text)).unwrap();
            assert_eq!(String::from_utf8(text).unwrap(), expected);
        }
    }

    #[test]
    fn a_long_path_is_cut() {
        let text = loggable(&"ä".repeat(PATH_BYTES_MAX), Some("x=1&y=2"));
        assert!(text.len() < PATH_BYTES_MAX + 8 && text.contains('…'), "{} bytes", text.len());
    }

    struct Stalled(Receiver<()>);

    impl Write for Stalled {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            let _ = self.0.recv();
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn a_stalled_reader_costs_lines_not_time() {
        let (gate, opened) = sync_channel::<()>(0);
        let dropped = Counter::default();
        let (log, writer) = AccessLog::start(Stalled(opened), dropped.clone()).unwrap();
        let line = Line {
            time: jiff::Timestamp::UNIX_EPOCH,
            method: http::Method::GET,
            path: "x".repeat(9_000),
            route: "".into(),
            stage: "legacy",
            side: "legacy",
            bucket: None,
            status: 200,
            bytes: 0,
            duration_us: 1,
            trace: 0,
            client: None,
            reason: "unmatched",
        };
        for _ in 0..LINES_MAX + 100 {
            log.write(line.clone());
        }
        assert!(dropped.get() >= 99, "dropped {}", dropped.get());
        drop((gate, log));
        writer.join().unwrap();
    }
}
