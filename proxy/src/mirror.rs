//! The second request: a copy to the other side after the client has its answer.
//!
//! The contract is that production never notices. A copy starts when the client was served; it
//! runs on another runtime over a client with connections of its own; their number, the bytes
//! they hold and the time they take are bounded; what does not fit is given up and counted.

use std::{sync::Arc, time::Duration};

use bytes::Bytes;
use http::{HeaderMap, HeaderValue, Method, Request, Response, Uri};
use http_body_util::{BodyExt, Empty};
use hyper::body::Incoming;
use hyper_util::{
    client::legacy::{Client, connect::HttpConnector},
    rt::{TokioExecutor, TokioTimer},
};
use shadow::{Answer, Void};
use tokio::{
    runtime::Handle,
    sync::{OwnedSemaphorePermit, Semaphore},
    time::{Instant, timeout},
};

use crate::{
    capture::{Budget, Capture, GaveUp},
    observe::{Observer, Pair, Sampled},
    upstream::{CONNECT_TIME_MAX, IDLE_TIME_MAX, Upstream},
};

/// Marks a request as a copy. Whoever gets one must have no effect outside; and a proxy that gets
/// one does not copy it again.
pub(crate) const SHADOW_HEADER: &str = "x-outgrow-shadow";

/// A part of an answer says nothing about the whole.
const PARTIAL: Void = Void::Truncated;

/// Idle connections kept to each upstream for copies. A copy is a single request; more than these
/// only wait to be closed.
const IDLE_CONNECTIONS_MAX: usize = 32;

/// The request to copy, as it went to the side that answered.
#[derive(Debug)]
pub(crate) struct Copied {
    /// GET or HEAD.
    pub method: Method,
    /// Path and query, unchanged.
    pub target: String,
    /// The headers as sent, `Host` and credentials included.
    pub headers: HeaderMap,
}

/// What the client was answered, with the lease on its bytes.
#[derive(Debug)]
pub(crate) struct Answered {
    /// Status and headers; the body is in the capture.
    pub head: Answer,
    /// The body.
    pub body: Capture,
    /// How long it took.
    pub took: Duration,
}

/// Sends copies. Cloning shares it.
#[derive(Debug, Clone)]
pub(crate) struct Mirror {
    client: Client<HttpConnector, Empty<Bytes>>,
    runtime: Handle,
    slots: Arc<Semaphore>,
    budget: Arc<Budget>,
    deadline: Duration,
    observer: Observer,
}

impl Mirror {
    /// A mirror whose work is done on `runtime`, at most `in_flight` copies at a time.
    pub(crate) fn new(
        runtime: Handle,
        observer: Observer,
        budget: Arc<Budget>,
        in_flight: usize,
        deadline: Duration,
    ) -> Self {
        let mut connector = HttpConnector::new();
        connector.set_connect_timeout(Some(CONNECT_TIME_MAX));
        connector.set_nodelay(true);
        let client = Client::builder(TokioExecutor::new())
            .pool_timer(TokioTimer::new())
            .pool_idle_timeout(IDLE_TIME_MAX)
            .pool_max_idle_per_host(IDLE_CONNECTIONS_MAX)
            .build(connector);
        let slots = Arc::new(Semaphore::new(in_flight));
        Self { client, runtime, slots, budget, deadline, observer }
    }

    /// The observer that counts what becomes of the copies.
    pub(crate) fn observer(&self) -> &Observer {
        &self.observer
    }

    /// An empty copy of a body.
    pub(crate) fn capture(&self) -> Capture {
        Capture::new(shadow::answer::BODY_BYTES_MAX, &self.budget)
    }

    /// Sends the copy, or sheds it at once when too many are on their way. Never waits.
    pub(crate) fn send(&self, sampled: Sampled, to: &Upstream, copied: Copied, answered: Answered) {
        let Ok(slot) = Arc::clone(&self.slots).try_acquire_owned() else {
            return sampled.void(Void::Shed);
        };
        let Some(request) = request(to, &copied) else {
            return sampled.void(Void::NativeFailed);
        };
        let host = copied.headers.get(http::header::HOST);
        let host = host.and_then(|host| host.to_str().ok()).map(ToOwned::to_owned);
        let target = copied.target;
        let mirror = self.clone();
        self.runtime.spawn(async move {
            mirror.exchange(sampled, (target, host), request, answered, slot).await;
        });
    }

    async fn exchange(
        self,
        sampled: Sampled,
        (target, host): (String, Option<String>),
        request: Request<Empty<Bytes>>,
        mut answered: Answered,
        slot: OwnedSemaphorePermit,
    ) {
        let started = Instant::now();
        let native = timeout(self.deadline, self.fetch(request)).await;
        let took = started.elapsed();
        drop(slot);
        match native {
            Err(_) => sampled.void(Void::TimedOut),
            Ok(Err(reason)) => sampled.void(reason),
            Ok(Ok((mut native, mut lease))) => {
                native.body = lease.take_body();
                let mut legacy = answered.head;
                legacy.body = answered.body.take_body();
                let leases = [answered.body, lease];
                let (legacy, native) = ((legacy, answered.took), (native, took));
                self.observer.compare(Pair { sampled, target, host, legacy, native, leases });
            }
        }
    }

    async fn fetch(&self, request: Request<Empty<Bytes>>) -> Result<(Answer, Capture), Void> {
        let response = self.client.request(request).await.map_err(|_| Void::NativeFailed)?;
        let (head, body) = response.into_parts();
        let answer = head_of(head.status.as_u16(), &head.headers);
        if let Some(reason) = excluded(head.status.as_u16(), &head.headers) {
            return Err(reason);
        }
        let capture = self.read(Response::new(body)).await?;
        Ok((answer, capture))
    }

    async fn read(&self, response: Response<Incoming>) -> Result<Capture, Void> {
        let mut capture = self.capture();
        let mut body = response.into_body();
        while let Some(frame) = body.frame().await {
            let frame = frame.map_err(|_| Void::NativeFailed)?;
            if let Some(data) = frame.data_ref() {
                capture.push(data);
            }
            if let Some(reason) = capture.gave_up() {
                return Err(void_of(reason));
            }
        }
        Ok(capture)
    }
}

/// Why an answer cannot be compared, from its head alone.
pub(crate) fn excluded(status: u16, headers: &HeaderMap) -> Option<Void> {
    let content_type = headers.get(http::header::CONTENT_TYPE).map(HeaderValue::as_bytes);
    let is_stream = content_type.is_some_and(|text| text.starts_with(b"text/event-stream"));
    match status {
        101 => Some(Void::Upgraded),
        206 => Some(PARTIAL),
        _ if is_stream => Some(Void::Streaming),
        _ => None,
    }
}

/// Why a request cannot be compared, from its head alone.
pub(crate) fn excluded_request(headers: &HeaderMap) -> Option<Void> {
    if headers.contains_key(http::header::UPGRADE) {
        Some(Void::Upgraded)
    } else if headers.contains_key(http::header::RANGE) {
        Some(PARTIAL)
    } else {
        None
    }
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

/// The copy as a request of its own: framing is written anew, everything else is as it was.
fn request(to: &Upstream, copied: &Copied) -> Option<Request<Empty<Bytes>>> {
    let uri: Uri = format!("http://{}{}", to.next_address()?, copied.target).parse().ok()?;
    let mut request = Request::new(Empty::new());
    *request.method_mut() = copied.method.clone();
    *request.uri_mut() = uri;
    *request.headers_mut() = copied.headers.clone();
    let headers = request.headers_mut();
    for framing in [
        http::header::CONNECTION,
        http::header::CONTENT_LENGTH,
        http::header::TRANSFER_ENCODING,
        http::header::TE,
        http::header::UPGRADE,
    ] {
        headers.remove(framing);
    }
    if let Some(host) = &to.spec().host {
        headers.insert(http::header::HOST, host.clone());
    }
    headers.insert(SHADOW_HEADER, HeaderValue::from_static("1"));
    Some(request)
}
