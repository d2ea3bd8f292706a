//! What was asked for, as the proxy tells it: from its meters, or from its access log.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufRead, BufReader, Read as _};
use std::path::Path;
use std::time::Duration;

use anyhow::Context as _;
use jiff::Timestamp;
use rules::surface::{Surface, Tally, Unmatched};
use serde::Deserialize;
use ureq::Agent;

use crate::exit::UsageError;

/// The route of requests that no rule takes, in the proxy's meters.
const UNMATCHED: &str = "(unmatched)";

/// Bytes of a page of the admin port. 10,000 routes have 20 MiB of meters.
const PAGE_BYTES_MAX: u64 = 256 << 20;

/// Bytes of a line of the log; the proxy writes lines of at most 3 KiB, a longer one is no line.
const LINE_BYTES_MAX: u64 = 64 << 10;

/// Time for a page of the admin port.
const PAGE_TIME: Duration = Duration::from_secs(10);

/// Who answered how often, and how long it took.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Answered {
    pub(crate) legacy: Tally,
    pub(crate) native: Tally,
    /// The proxy itself: error pages, and 410 of retired endpoints.
    pub(crate) us: Tally,
}

impl Answered {
    fn side(&mut self, side: &str) -> Option<&mut Tally> {
        match side {
            "legacy" => Some(&mut self.legacy),
            "native" => Some(&mut self.native),
            "us" => Some(&mut self.us),
            _ => None,
        }
    }

    pub(crate) fn requests(&self) -> u64 {
        self.legacy.requests + self.native.requests + self.us.requests
    }
}

/// The traffic of some time.
#[derive(Debug, Default)]
pub(crate) struct Traffic {
    /// By route.
    pub(crate) routes: BTreeMap<String, Answered>,
    /// Requests that no rule took, all together.
    pub(crate) unmatched: Tally,
    /// The same by shape.
    pub(crate) shapes: Unmatched,
    /// How long was watched; by the proxy that runs longest where several were asked.
    pub(crate) watched: Option<Duration>,
    /// Lines of the log that are none of the proxy's.
    pub(crate) unread: u64,
}

impl Traffic {
    /// Adds what a running proxy has counted since it started.
    ///
    /// # Errors
    /// The admin port does not answer, or is none.
    pub(crate) fn read_admin(&mut self, url: &str) -> anyhow::Result<()> {
        let base = url.trim_end_matches('/');
        let config = Agent::config_builder().timeout_global(Some(PAGE_TIME)).proxy(None).build();
        let agent = Agent::new_with_config(config);
        let page = |path: &str| -> anyhow::Result<String> {
            let url = format!("{base}{path}");
            let answer = agent.get(&url).call().with_context(|| {
                format!("cannot ask {url}; it should be the --admin address of outgrow-proxy")
            })?;
            let mut text = String::new();
            answer.into_body().into_reader().take(PAGE_BYTES_MAX).read_to_string(&mut text)?;
            Ok(text)
        };
        self.read_meters(&page("/metrics")?, Timestamp::now())
            .with_context(|| format!("{base}/metrics is no page of outgrow-proxy"))?;
        let shapes: Unmatched = serde_json::from_str(&page("/unmatched")?)
            .with_context(|| format!("{base}/unmatched is no page of outgrow-proxy"))?;
        self.shapes.merge(shapes);
        Ok(())
    }

    /// Adds the meters of one proxy, which were read at `now`.
    fn read_meters(&mut self, text: &str, now: Timestamp) -> Result<(), UsageError> {
        let mut found = false;
        for sample in text.lines().filter_map(Sample::read) {
            if sample.name == "outgrow_proxy_start_time_seconds" {
                let second = i64::try_from(sample.whole()).unwrap_or(0);
                let started = Timestamp::from_second(second).unwrap_or(now);
                self.watch(started, now);
                found = true;
            }
            let (Some(route), Some(side)) = (sample.label("route"), sample.label("side")) else {
                continue;
            };
            let add = match sample.name {
                "outgrow_proxy_requests_total" => Tally { requests: sample.whole(), micros: 0 },
                "outgrow_proxy_request_seconds_sum" => {
                    Tally { requests: 0, micros: sample.times(1e6) }
                }
                _ => continue,
            };
            self.count(&route, &side, add);
        }
        if found { Ok(()) } else { Err(UsageError("no meter of outgrow-proxy".to_owned())) }
    }

    fn count(&mut self, route: &str, side: &str, add: Tally) {
        if route == UNMATCHED {
            return self.unmatched.merge(add);
        }
        if let Some(tally) = self.routes.entry(route.to_owned()).or_default().side(side) {
            tally.merge(add);
        }
    }

    fn watch(&mut self, from: Timestamp, to: Timestamp) {
        let span = to.duration_since(from).unsigned_abs();
        self.watched = Some(self.watched.unwrap_or_default().max(span));
    }

    /// Adds access logs of the proxy; `-` is standard input. Several count as one.
    ///
    /// # Errors
    /// A file cannot be read.
    pub(crate) fn read_logs(&mut self, files: &[impl AsRef<Path>]) -> anyhow::Result<()> {
        let mut surface = Surface::default();
        let mut time: Option<(Timestamp, Timestamp)> = None;
        for file in files.iter().map(AsRef::as_ref) {
            let cannot = || format!("cannot read {}", file.display());
            let mut lines: Box<dyn BufRead> = if file == Path::new("-") {
                Box::new(std::io::stdin().lock())
            } else {
                Box::new(BufReader::new(File::open(file).with_context(cannot)?))
            };
            let mut line = Vec::new();
            while next_line(&mut lines, &mut line).with_context(cannot)? {
                match serde_json::from_slice::<Line<'_>>(&line) {
                    Ok(line) => {
                        let (from, to) = time.unwrap_or((line.time, line.time));
                        time = Some((from.min(line.time), to.max(line.time)));
                        self.read_line(&line, &mut surface);
                    }
                    Err(_) => self.unread += 1,
                }
            }
        }
        if let Some((from, to)) = time {
            self.watch(from, to);
        }
        self.shapes.merge(surface.unmatched());
        Ok(())
    }

    fn read_line(&mut self, line: &Line<'_>, surface: &mut Surface) {
        let took = Duration::from_micros(line.duration_us);
        let mut add = Tally::default();
        add.add(took);
        if !line.route.is_empty() {
            self.count(&line.route, &line.side, add);
        } else if line.side != "us" {
            self.unmatched.merge(add);
            surface.add(&line.method, &line.path, line.status, took);
        }
    }
}

/// What of a line of the proxy's log is looked at.
#[derive(Debug, Deserialize)]
struct Line<'l> {
    time: Timestamp,
    #[serde(borrow)]
    method: std::borrow::Cow<'l, str>,
    #[serde(borrow)]
    path: std::borrow::Cow<'l, str>,
    #[serde(borrow, default)]
    route: std::borrow::Cow<'l, str>,
    #[serde(borrow)]
    side: std::borrow::Cow<'l, str>,
    status: u16,
    duration_us: u64,
}

/// Reads up to the next line break; what is beyond the longest line is left out. False at the end.
fn next_line(from: &mut impl BufRead, line: &mut Vec<u8>) -> std::io::Result<bool> {
    line.clear();
    let read = from.by_ref().take(LINE_BYTES_MAX).read_until(b'\n', line)?;
    if !line.ends_with(b"\n") && read > 0 {
        from.skip_until(b'\n')?;
    }
    Ok(read > 0)
}

/// A line of the OpenMetrics text: `name{label="value",...} number`.
#[derive(Debug)]
struct Sample<'l> {
    name: &'l str,
    labels: &'l str,
    value: f64,
}

impl<'l> Sample<'l> {
    fn read(line: &'l str) -> Option<Self> {
        if line.starts_with('#') {
            return None;
        }
        let (name, rest) = line.split_at(line.find([' ', '{'])?);
        let (labels, value) = match rest.strip_prefix('{') {
            Some(labels) => labels.split_at(closing_brace(labels)?),
            None => ("", rest),
        };
        // After the number there may be an exemplar, with braces of its own.
        let value = value.trim_start_matches('}').trim_start().split(' ').next()?;
        Some(Self { name, labels, value: value.parse().ok()? })
    }

    /// The value of a label, its escapes undone.
    fn label(&self, key: &str) -> Option<String> {
        let mut rest = self.labels;
        loop {
            let (name, after) = rest.split_once("=\"")?;
            let mut value = String::new();
            let mut characters = after.char_indices();
            let end = loop {
                match characters.next()? {
                    (at, '"') => break at,
                    (_, '\\') => match characters.next()?.1 {
                        'n' => value.push('\n'),
                        other => value.push(other),
                    },
                    (_, other) => value.push(other),
                }
            };
            if name.trim_start_matches(',') == key {
                return Some(value);
            }
            rest = after.get(end + 1..)?;
        }
    }

    fn whole(&self) -> u64 {
        self.times(1.0)
    }

    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a counter is not negative, and `as` keeps to the bounds of u64"
    )]
    fn times(&self, factor: f64) -> u64 {
        (self.value * factor) as u64
    }
}

/// Where the labels end; a brace within quotes is no end.
fn closing_brace(labels: &str) -> Option<usize> {
    let (mut quoted, mut escaped) = (false, false);
    labels.bytes().position(|byte| {
        let end = byte == b'}' && !quoted;
        quoted ^= byte == b'"' && !escaped;
        escaped = byte == b'\\' && !escaped;
        end
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_with_everything_in_them() {
        let line = r#"x_total{route="a\"b,c=\"}\\",side="us"} 12 # {trace="1"} 3"#;
        let sample = Sample::read(line).unwrap();
        assert_eq!(sample.label("route").unwrap(), "a\"b,c=\"}\\");
        assert_eq!(sample.label("side").unwrap(), "us");
        assert_eq!((sample.label("nope"), sample.whole()), (None, 12));
        let bare = Sample::read("x_seconds 1.5").unwrap();
        assert_eq!(
            (bare.name, bare.label("route"), bare.times(1e6)),
            ("x_seconds", None, 1_500_000)
        );
        assert!(Sample::read("# EOF").is_none() && Sample::read("nonsense").is_none());
    }

    #[test]
    fn a_line_that_is_too_long_is_one_line() {
        let text = [&b"x".repeat(200_000)[..], b"\nshort\nlast"].concat();
        let (mut from, mut line, mut lines) = (&text[..], Vec::new(), Vec::new());
        while next_line(&mut from, &mut line).unwrap() {
            lines.push(line.len());
        }
        assert_eq!(lines, [usize::try_from(LINE_BYTES_MAX).unwrap(), 6, 4]);
    }
}
