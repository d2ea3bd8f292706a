//! What one request carries through its life, and what remains of it: a log line and the meters.

use std::{sync::Arc, time::Duration};

use http::{HeaderMap, HeaderValue, Method, header};
use jiff::Timestamp;
use pingora::{BError, Error, ErrorType, Result, http::ResponseHeader};
use prometheus_client::metrics::gauge::Gauge;
use rules::Protocol;
use shadow::Void;
use tokio::time::Instant;

use crate::{
    access::{Line, loggable},
    capture::Capture,
    connection::Gatekeeper,
    error::{Fault, Side},
    forwarded::Forwarded,
    mirror::{self, Answered, Copied, Mirror},
    observe::Sampled,
    otlp::Span,
    route::{Decided, Snapshot},
    telemetry::Telemetry,
    trace::Trace,
    upload::{Pace, Upload},
    upstream::{LONG_SILENCE_MAX, Lease, Upstream},
};

/// A whole request, where the rules say nothing: the time of a download of 20 GB at 1 MB/s. A
/// client or a side that trickles keeps within every other deadline and meets this one.
pub(crate) const REQUEST_TIME_MAX: Duration = Duration::from_hours(6);

/// One request.
#[derive(Debug)]
pub(crate) struct Life {
    /// When it came, for the log.
    pub came: Timestamp,
    /// When it came, for durations.
    pub started: Instant,
    /// The rules it is answered by, whatever happens to them meanwhile.
    pub rules: Arc<Snapshot>,
    /// Its trace; absent only where the head was refused before it was read.
    pub trace: Option<Trace>,
    /// What the gate read of its connection.
    pub(crate) keeper: Option<Gatekeeper>,
    /// How its body goes out.
    pub(crate) upload: Upload,
    /// How fast its body comes, if nobody else sees to it.
    pub(crate) pace: Option<Pace>,
    /// Informational answers of the side that is asked.
    pub informational: u8,
    /// Whether the client's connection ends with the answer.
    pub closes: bool,
    /// Whether it may take as long as it likes: another protocol, or a stream of events.
    pub endless: bool,
    /// How it reached us.
    pub forwarded: Option<Forwarded>,
    /// Where the rules send it.
    pub decided: Option<Decided>,
    /// What native is told about the user; nothing for nobody.
    pub identity: Option<HeaderValue>,
    /// The side that is asked now, and in the end the one that answered.
    pub side: Side,
    /// The side that the decision names.
    pub meant: Side,
    /// The side that was asked last.
    pub asked: Side,
    /// The address it was asked at, and the right to a connection there.
    pub lease: Option<Lease>,
    /// Whether its connection there was used before.
    pub reused: bool,
    /// Whether the next attempt is settled: legacy is asked in native's place.
    pub again: bool,
    /// Why this side, or what went wrong.
    pub reason: &'static str,
    /// What we answer instead, if no side did.
    pub fault: Option<Fault>,
    /// The comparison it was chosen for.
    pub shadow: Option<Shadowed>,
    _in_flight: InFlight,
}

/// What is kept of a request that was chosen for a comparison.
#[derive(Debug)]
pub(crate) struct Shadowed {
    /// Counts it, whatever becomes of it.
    pub sampled: Sampled,
    /// The request as it went out.
    pub copied: Option<Copied>,
    /// The answer so far.
    pub head: Option<shadow::Answer>,
    /// Its body so far.
    pub body: Capture,
}

impl Life {
    /// Whether the client speaks TLS, to us or to a proxy that we trust.
    pub(crate) fn came_by_https(&self) -> bool {
        self.forwarded.as_ref().is_some_and(|forwarded| forwarded.proto == "https")
    }

    /// A request that begins now.
    pub(crate) fn begin(rules: Arc<Snapshot>, telemetry: &Telemetry) -> Self {
        Self {
            came: Timestamp::now(),
            started: Instant::now(),
            rules,
            trace: None,
            keeper: None,
            upload: Upload::None,
            closes: false,
            pace: None,
            informational: 0,
            endless: false,
            forwarded: None,
            decided: None,
            identity: None,
            side: Side::Us,
            asked: Side::Us,
            lease: None,
            reused: false,
            meant: Side::Us,
            again: false,
            reason: "refused",
            fault: None,
            shadow: None,
            _in_flight: InFlight::new(telemetry),
        }
    }

    /// The upstream of the side that is asked now.
    pub(crate) fn upstream(&self) -> &Arc<Upstream> {
        let native = self.decided.as_ref().and_then(|decided| decided.route.native.as_ref());
        native.filter(|_| self.side == Side::Native).unwrap_or_else(|| self.rules.legacy())
    }

    /// Whether legacy makes up for such a failure of native.
    pub(crate) fn falls_back(&self, trigger: rules::Trigger) -> bool {
        self.decided.as_ref().is_some_and(|decided| decided.route.fallback.covers(trigger))
    }

    /// Legacy is asked instead of native, and that is counted against native.
    pub(crate) fn fall_back(&mut self, reason: &'static str) {
        if self.side == Side::Native {
            self.side = Side::Legacy;
            self.reason = reason;
            if let Some(decided) = &self.decided {
                decided.route.meters.fell_back(reason);
            }
        }
    }

    /// Legacy is asked in native's place, with what the client sent.
    #[expect(clippy::unnecessary_box_returns, reason = "the library's errors are boxed")]
    pub(crate) fn ask_legacy(&mut self, reason: &'static str) -> BError {
        self.fall_back(reason);
        self.again = true;
        let mut error = Error::new_up(ErrorType::Custom(reason));
        error.set_retry(true);
        error
    }

    /// Ends the request with an answer of our own.
    #[expect(clippy::unnecessary_box_returns, reason = "the library's errors are boxed")]
    pub(crate) fn refuse(&mut self, fault: Fault) -> BError {
        self.fault = Some(fault);
        self.side = Side::Us;
        let mut error = Error::new(ErrorType::HTTPStatus(fault.status().as_u16()));
        error.set_retry(false);
        error
    }

    /// Ends a request that has taken longer than it may as a whole.
    pub(crate) fn in_time(&mut self) -> Result<()> {
        if self.time_left().is_zero() { Err(self.refuse(Fault::TooSlow)) } else { Ok(()) }
    }

    /// How long the side may be silent: what its rule says, cut to what is left of the whole
    /// request.
    pub(crate) fn silence(&mut self, headers: &HeaderMap) -> Result<Duration> {
        let accepts = headers.get(header::ACCEPT).map(HeaderValue::as_bytes);
        let kind = headers.get(header::CONTENT_TYPE).map(HeaderValue::as_bytes);
        let streams = accepts.is_some_and(|accept| accept.starts_with(b"text/event-stream"))
            || (self.upstream().spec().protocol == Protocol::Http2
                && kind.is_some_and(|kind| kind.starts_with(b"application/grpc")));
        self.endless = headers.contains_key(header::UPGRADE) || streams;
        let left = self.time_left();
        if left.is_zero() {
            return Err(self.refuse(Fault::TooSlow));
        }
        let decided = self.decided.as_ref().filter(|_| !self.endless);
        let of_route = decided.map_or(LONG_SILENCE_MAX, |decided| decided.route.silence);
        Ok(left.min(of_route))
    }

    /// Time left of the whole request, fallback included. What the rule says holds for those that
    /// call themselves endless, too.
    pub(crate) fn time_left(&self) -> Duration {
        let of_route = self.decided.as_ref().and_then(|decided| decided.route.request_time);
        let whole = if self.endless { Duration::MAX } else { REQUEST_TIME_MAX };
        of_route.unwrap_or(whole).saturating_sub(self.started.elapsed())
    }

    /// Whether legacy answered it though no rule names it.
    pub(crate) fn is_unmatched(&self) -> bool {
        self.side == Side::Legacy && self.decided.as_ref().is_some_and(|decided| !decided.matched)
    }

    /// Remembers the answer's head for the comparison, or gives the comparison up.
    pub(crate) fn answer_begins(&mut self, answer: &ResponseHeader) {
        let Some(shadow) = &mut self.shadow else { return };
        match mirror::excluded(answer.status, &answer.headers) {
            Some(reason) => self.give_up_shadow(reason),
            None => shadow.head = Some(mirror::head_of(answer.status.as_u16(), &answer.headers)),
        }
    }

    /// There will be no comparison, for that reason.
    pub(crate) fn give_up_shadow(&mut self, reason: Void) {
        if let Some(shadow) = self.shadow.take() {
            shadow.sampled.void(reason);
        }
    }

    /// The client has its answer: the copy may go out now.
    pub(crate) fn send_copy(&mut self, mirror: &Mirror) {
        let Some(shadow) = self.shadow.take() else { return };
        let Shadowed { sampled, copied, head, body } = shadow;
        if let Some(reason) = body.gave_up() {
            return sampled.void(mirror::void_of(reason));
        }
        // The copy goes to the other side, and only if the side answered that was meant to.
        let (other, failed) = match self.meant {
            Side::Native => (Some(Arc::clone(self.rules.legacy())), Void::NativeFailed),
            _ => (sampled.route().native.clone(), Void::LegacyFailed),
        };
        let (Some(copied), Some(head), Some(other)) = (copied, head, other) else {
            return sampled.void(failed);
        };
        if self.side != self.meant {
            return sampled.void(failed);
        }
        let took = self.started.elapsed();
        let answered = Answered { side: self.side, head, body, took };
        mirror.send(sampled, other, copied, answered);
    }

    /// The span of a request that is sampled.
    pub(crate) fn span(&self, method: &Method, sent: Sent) -> Option<Span> {
        let decided = self.decided.as_ref()?;
        Some(Span {
            trace: self.trace.filter(|trace| trace.sampled)?,
            began: self.came,
            took: sent.took,
            method: method.clone(),
            route: Arc::clone(&decided.route.id),
            status: sent.status,
            stage: decided.stage,
            side: self.side.word(),
            reason: self.fault.map_or(self.reason, Fault::word),
        })
    }

    /// The line of the access log.
    pub(crate) fn line(&self, method: &Method, uri: &http::Uri, sent: Sent) -> Line {
        let decided = self.decided.as_ref();
        Line {
            time: self.came,
            method: method.clone(),
            path: loggable(uri.path(), uri.query()),
            route: decided
                .filter(|d| d.matched)
                .map_or_else(|| "".into(), |d| Arc::clone(&d.route.id)),
            stage: decided.map_or("none", |decided| decided.stage),
            side: self.side.word(),
            bucket: decided.and_then(|decided| decided.bucket),
            status: sent.status,
            bytes: sent.bytes,
            duration_us: u64::try_from(sent.took.as_micros()).unwrap_or(u64::MAX),
            trace: self.trace.map_or(0, |trace| trace.id),
            client: self.forwarded.as_ref().map(|forwarded| forwarded.client_text.clone()),
            reason: self.fault.map_or(self.reason, Fault::word),
        }
    }
}

/// What went out to the client.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Sent {
    /// The status; 0 if the client left before there was one.
    pub status: u16,
    /// Bytes of the body.
    pub bytes: usize,
    /// From the first byte in to the last byte out.
    pub took: Duration,
}

/// A request that counts as in flight for as long as this lives.
#[derive(Debug)]
struct InFlight(Gauge);

impl InFlight {
    fn new(telemetry: &Telemetry) -> Self {
        telemetry.in_flight.inc();
        Self(telemetry.in_flight.clone())
    }
}

impl Drop for InFlight {
    fn drop(&mut self) {
        self.0.dec();
    }
}
