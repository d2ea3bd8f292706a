//! The second request: a copy to the other side after the client has its answer.
//!
//! The contract is that production never notices. A copy starts when the client was served; it
//! runs on a thread that gives way to those that answer clients, over connections of its own; their
//! number, the bytes they hold and the time they take are bounded; what does not fit is given up
//! and counted.
//!
//! A request that may change something is copied only where its rule opts in, and only to a side
//! that says in advance that it keeps what a copy changes apart: asked for [`HANDSHAKE_PATH`] it
//! answers 2xx with `X-Outgrow-Shadow: isolated`.

use std::{collections::BTreeMap, io, sync::Arc, thread::JoinHandle, time::Duration};

use bytes::Bytes;
use http::{
    HeaderMap, HeaderValue, Method, Request, StatusCode,
    header::{self, CONTENT_DISPOSITION, CONTENT_LENGTH, CONTENT_TYPE},
};
use http_body_util::{BodyExt, Full};
use pingora::{Error, ErrorType, Result as Carried, RetryType};
use rules::Protocol;
use shadow::{Answer, Void, answer::BODY_BYTES_MAX};
use tokio::{
    runtime::Handle,
    sync::{Mutex, OwnedSemaphorePermit, Semaphore, watch},
    time::{Instant, timeout},
};

use crate::{
    capture::{Budget, Capture, GaveUp},
    error::Side,
    gate::{
        answer::{self, INFORMATIONAL_MAX},
        answer_wire::Part,
    },
    observe::{Observer, Pair, Sampled},
    outbound::{self, Told},
    route::RouteState,
    threads::{EventLoop, give_way},
    upstream::{Direct, Lease, Place, Upstream},
};

/// Marks a request as a copy. Whoever gets one must have no effect outside; and a proxy that gets
/// one does not copy it again.
pub(crate) const SHADOW_HEADER: &str = "x-outgrow-shadow";

/// Where a side says whether it may get copies of unsafe requests.
pub(crate) const HANDSHAKE_PATH: &str = "/.well-known/outgrow-shadow";

/// What it answers in [`SHADOW_HEADER`] then.
const ISOLATED: &str = "isolated";

/// How long that is believed: a deployment that loses the promise is noticed within it.
const HANDSHAKE_AGE_MAX: Duration = Duration::from_secs(30);

/// How long a route gets no copies after an answer that was too long to keep: its connection is
/// lost, and the 100 KB that were on their way came for nothing. Longer, and a route of which some
/// answers are long would be compared rarely.
const LONG_ANSWER_REST_MAX: Duration = Duration::from_millis(10);

/// A part of an answer says nothing about the whole.
const PARTIAL: Void = Void::Truncated;

/// The request to copy, as it went to the side that answered.
#[derive(Debug)]
pub(crate) struct Copied {
    /// The method.
    pub method: Method,
    /// Path and query, unchanged.
    pub target: String,
    /// The headers as sent, `Host` and credentials included.
    pub headers: HeaderMap,
    /// The body, of an unsafe request.
    pub body: Option<Capture>,
}

/// What the client was answered, with the lease on its bytes.
#[derive(Debug)]
pub(crate) struct Answered {
    /// Who answered; the copy goes to the other side.
    pub side: Side,
    /// Status and headers; the body is in the capture.
    pub head: Answer,
    /// The body.
    pub body: Capture,
    /// How long it took.
    pub took: Duration,
}

/// An answer and its body; a reason why it cannot be compared, or `None` if there was no answer.
type Fetched = Result<(Answer, Capture), Option<Void>>;

/// Sends copies. Cloning shares it.
#[derive(Debug, Clone)]
pub(crate) struct Mirror {
    isolated: Arc<Mutex<BTreeMap<String, (Instant, bool)>>>,
    runtime: Handle,
    slots: Arc<Semaphore>,
    budget: Arc<Budget>,
    deadline: Duration,
    observer: Observer,
}

impl Mirror {
    /// Starts the thread that makes the copies, at most `in_flight` at a time, each within its
    /// deadline. It ends when `finished` turns true and those on their way are back.
    ///
    /// # Errors
    /// The system refuses another thread.
    pub(crate) fn start(
        observer: Observer,
        budget: Arc<Budget>,
        (in_flight, deadline): (u32, Duration),
        mut finished: watch::Receiver<bool>,
    ) -> io::Result<(Self, JoinHandle<()>)> {
        let slots = Arc::new(Semaphore::new(in_flight as usize));
        let (event_loop, all) = (EventLoop::new()?, Arc::clone(&slots));
        let runtime = event_loop.handle();
        let thread = event_loop.run("mirror", move || async move {
            give_way();
            let _ = finished.wait_for(|finished| *finished).await;
            let _ = all.acquire_many(in_flight).await;
        })?;
        let isolated = Arc::default();
        Ok((Self { isolated, runtime, slots, budget, deadline, observer }, thread))
    }

    /// The observer that counts what becomes of the copies.
    pub(crate) fn observer(&self) -> &Observer {
        &self.observer
    }

    /// An empty copy of a body.
    pub(crate) fn capture(&self) -> Capture {
        Capture::new(BODY_BYTES_MAX, &self.budget)
    }

    /// Whether there is room for another copy of a request to that route. Asked first, so that what
    /// is shed is not captured; there may be none left when it is sent.
    pub(crate) fn has_room(&self, route: &RouteState) -> bool {
        self.slots.available_permits() > 0 && !route.copies_rest.lasts(LONG_ANSWER_REST_MAX)
    }

    /// Sends the copy, or sheds it at once when too many are on their way. Never waits.
    pub(crate) fn send(
        &self,
        sampled: Sampled,
        to: Arc<Upstream>,
        mut copied: Copied,
        answered: Answered,
    ) {
        if !self.has_room(sampled.route()) {
            return sampled.void(Void::Shed);
        }
        let slot = Arc::clone(&self.slots).try_acquire_owned();
        let (Ok(slot), Ok(lease)) = (slot, to.lease()) else {
            return sampled.void(Void::Shed);
        };
        if lease.place.rests() {
            return sampled.void(failed(answered.side));
        }
        let mut upload = copied.body.take();
        if let Some(reason) = upload.as_ref().and_then(Capture::gave_up) {
            return sampled.void(void_of(reason));
        }
        let mirror = self.clone();
        self.runtime.spawn(async move {
            if upload.is_some() && !mirror.is_isolated(&to, &lease.place).await {
                return sampled.void(Void::NotIsolated);
            }
            let body = upload.as_mut().map(Capture::take_body).unwrap_or_default();
            mirror.exchange(sampled, (&to, copied, body), answered, (slot, lease)).await;
            // Its bytes were sent, so its lease ends.
            drop(upload);
        });
    }

    async fn exchange(
        self,
        sampled: Sampled,
        (to, mut copied, body): (&Upstream, Copied, Vec<u8>),
        mut answered: Answered,
        (slot, lease): (OwnedSemaphorePermit, Lease),
    ) {
        let host = copied.headers.get(header::HOST);
        let host = host.and_then(|host| host.to_str().ok()).map(ToOwned::to_owned);
        dress(&mut copied, to, body.len());
        let started = Instant::now();
        let other = timeout(self.deadline, self.fetch(to, &lease.place, &copied, body)).await;
        let took = started.elapsed();
        drop((slot, lease));
        match other {
            Err(_) => sampled.void(Void::TimedOut),
            Ok(Err(reason)) => {
                if reason == Some(Void::Truncated) {
                    sampled.route().copies_rest.begin();
                }
                sampled.void(reason.unwrap_or(failed(answered.side)));
            }
            Ok(Ok((mut other, mut lease))) => {
                other.body = lease.take_body();
                let mut first = answered.head;
                first.body = answered.body.take_body();
                let leases = [answered.body, lease];
                let (first, other) = ((first, answered.took), (other, took));
                let (legacy, native) =
                    if answered.side == Side::Native { (other, first) } else { (first, other) };
                let target = copied.target;
                self.observer.compare(Pair { sampled, target, host, legacy, native, leases });
            }
        }
    }

    /// Whether a side promised to keep the effects of copies apart, and lately.
    async fn is_isolated(&self, to: &Upstream, place: &Place) -> bool {
        let name = &to.spec().name;
        // Held over the question, so that it is asked once and not by every copy.
        let mut known = self.isolated.lock().await;
        if let Some((_, promised)) =
            known.get(name).filter(|(asked, _)| asked.elapsed() < HANDSHAKE_AGE_MAX)
        {
            return *promised;
        }
        let Some(shake) = handshake(place) else { return false };
        let answer = timeout(self.deadline, place.client().request(shake)).await;
        let promised = answer.is_ok_and(|answer| {
            answer.is_ok_and(|answer| {
                let says = answer.headers().get(SHADOW_HEADER);
                answer.status().is_success() && says.is_some_and(|says| says == ISOLATED)
            })
        });
        if !promised {
            tracing::warn!(
                upstream = %name,
                "no copies of unsafe requests: {HANDSHAKE_PATH} does not promise isolation"
            );
        }
        known.insert(name.clone(), (Instant::now(), promised));
        promised
    }

    /// The other side's answer; `None` if it gave none.
    async fn fetch(&self, to: &Upstream, place: &Place, copied: &Copied, body: Vec<u8>) -> Fetched {
        match to.spec().protocol {
            Protocol::Http1 => self.fetch_http1(to, place, copied, &body).await,
            Protocol::Http2 => self.fetch_http2(place, copied, body).await,
        }
    }

    async fn fetch_http1(
        &self,
        to: &Upstream,
        place: &Place,
        copied: &Copied,
        body: &[u8],
    ) -> Fetched {
        let asked = (&copied.method, copied.target.as_bytes());
        let head = outbound::bytes(asked, &copied.headers, Told::default());
        // One that was kept may be closing just now. What may change something is sent once.
        let mut new = !copied.method.is_safe();
        loop {
            let (side, reused) = place.connect_for_copy(to.spec(), new).await;
            let side = side.map_err(|_| {
                place.rest();
                None
            })?;
            match self.carry(side, &head, body).await {
                Ok(answer) => return answer.map_err(Some),
                Err(error) if reused && matches!(error.retry, RetryType::ReusedOnly) => new = true,
                Err(_) => return Err(None),
            }
        }
    }

    async fn carry(
        &self,
        mut side: Direct,
        head: &[u8],
        body: &[u8],
    ) -> Carried<Result<(Answer, Capture), Void>> {
        let no_answer = || Error::new_up(ErrorType::InvalidHTTPHeader);
        side.ask(head).await?;
        if !body.is_empty() {
            side.send_body(body).await?;
        }
        let (mut answer, mut capture, mut informational) = (None, self.capture(), 0);
        // The copy as a whole has a deadline.
        while let Some(part) = side.part(Duration::MAX).await? {
            match part {
                Part::Head(head) => {
                    let head = answer::header(&head).map_err(|_| no_answer())?;
                    if let Some(reason) = excluded(head.status, &head.headers) {
                        return Ok(Err(reason));
                    }
                    informational += u8::from(head.status.is_informational());
                    if informational > INFORMATIONAL_MAX
                        || !answer::is_one(head.status, &head.headers)
                    {
                        return Err(no_answer());
                    }
                    answer = Some(head_of(head.status.as_u16(), &head.headers));
                }
                Part::Body(piece) => capture.push(&piece),
            }
            if let Some(reason) = capture.gave_up() {
                return Ok(Err(void_of(reason)));
            }
        }
        Ok(Ok((answer.ok_or_else(no_answer)?, capture)))
    }

    async fn fetch_http2(&self, place: &Place, copied: &Copied, body: Vec<u8>) -> Fetched {
        let request = request(place, copied, body).ok_or(None)?;
        let response = place.client().request(request).await.map_err(|error| {
            if error.is_connect() {
                place.rest();
            }
            None
        })?;
        let (head, mut body) = response.into_parts();
        if let Some(reason) = excluded(head.status, &head.headers) {
            return Err(Some(reason));
        }
        let mut capture = self.capture();
        while let Some(frame) = body.frame().await {
            let frame = frame.map_err(|_| None)?;
            if let Some(data) = frame.data_ref() {
                capture.push(data);
            }
            if let Some(reason) = capture.gave_up() {
                return Err(Some(void_of(reason)));
            }
        }
        Ok((head_of(head.status.as_u16(), &head.headers), capture))
    }
}

/// Why an answer cannot be compared, from its head alone.
pub(crate) fn excluded(status: StatusCode, headers: &HeaderMap) -> Option<Void> {
    let content_type = headers.get(CONTENT_TYPE).map(HeaderValue::as_bytes);
    let is_stream = content_type.is_some_and(|text| text.starts_with(b"text/event-stream"));
    let disposition = headers.get(CONTENT_DISPOSITION).map(HeaderValue::as_bytes);
    let is_file = disposition.is_some_and(|text| {
        text.get(..10).is_some_and(|kind| kind.eq_ignore_ascii_case(b"attachment"))
    });
    let length = headers.get(CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse().ok());
    // It tells the length of a body that does not follow.
    let has_body = status != StatusCode::NOT_MODIFIED;
    match status {
        StatusCode::SWITCHING_PROTOCOLS => Some(Void::Upgraded),
        StatusCode::PARTIAL_CONTENT => Some(PARTIAL),
        _ if is_stream => Some(Void::Streaming),
        _ if is_file => Some(Void::Download),
        _ if has_body && length > Some(BODY_BYTES_MAX) => Some(Void::Truncated),
        _ => None,
    }
}

/// Why a request cannot be compared, from its head alone.
pub(crate) fn excluded_request(headers: &HeaderMap) -> Option<Void> {
    if headers.contains_key(header::UPGRADE) {
        Some(Void::Upgraded)
    } else if headers.contains_key(header::RANGE) {
        Some(PARTIAL)
    } else {
        None
    }
}

/// The copy of what `side` answered got no answer from the other.
fn failed(side: Side) -> Void {
    if side == Side::Native { Void::LegacyFailed } else { Void::NativeFailed }
}

/// The question whether a side keeps the effects of copies apart.
fn handshake(place: &Place) -> Option<Request<Full<Bytes>>> {
    let uri = format!("http://{}{HANDSHAKE_PATH}", place.address);
    Request::get(uri).header(SHADOW_HEADER, "1").body(Full::default()).ok()
}

/// The word for a copy of a body that was given up.
pub(crate) fn void_of(reason: GaveUp) -> Void {
    match reason {
        GaveUp::TooLong => Void::Truncated,
        GaveUp::BudgetSpent => Void::Shed,
    }
}

/// Status and headers of an answer, as the comparison reads them.
pub(crate) fn head_of(status: u16, headers: &HeaderMap) -> Answer {
    let headers = headers
        .iter()
        .map(|(name, value)| {
            (name.as_str().to_owned(), String::from_utf8_lossy(value.as_bytes()).into_owned())
        })
        .collect();
    Answer { status, headers, ..Answer::default() }
}

/// Makes what went to one side a copy for the other: framing is written anew, everything else is as
/// it was.
fn dress(copied: &mut Copied, to: &Upstream, body_bytes: usize) {
    let headers = &mut copied.headers;
    for framing in [
        header::CONNECTION,
        CONTENT_LENGTH,
        header::EXPECT,
        header::TRANSFER_ENCODING,
        header::TE,
        header::UPGRADE,
    ] {
        headers.remove(framing);
    }
    if !copied.method.is_safe() {
        headers.insert(CONTENT_LENGTH, body_bytes.into());
    }
    if let Some(host) = &to.spec().host {
        headers.insert(header::HOST, host.clone());
    }
    headers.insert(SHADOW_HEADER, HeaderValue::from_static("1"));
}

/// A copy for a side in HTTP/2.
fn request(place: &Place, copied: &Copied, body: Vec<u8>) -> Option<Request<Full<Bytes>>> {
    let mut request = Request::new(Full::new(Bytes::from(body)));
    *request.method_mut() = copied.method.clone();
    *request.uri_mut() = format!("http://{}{}", place.address, copied.target).parse().ok()?;
    request.headers_mut().clone_from(&copied.headers);
    Some(request)
}
