//! One address of an upstream: whether it is well, how many connections it has left, and the
//! client for what is no client's request.

use std::{
    net::SocketAddr,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, AtomicU32, AtomicU64, Ordering},
    },
    time::Duration,
};

use bytes::Bytes;
use http_body_util::Full;
use hyper_util::{
    client::legacy::Client,
    rt::{TokioExecutor, TokioTimer},
};
use pingora::{Result, protocols::ALPN, upstreams::peer::HttpPeer};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use rules::Protocol;

use super::{
    Spec, WRITE_TIME_MAX,
    dial::{Connector, Dial},
    direct::Direct,
    exchange::{Kept, Line, dial},
};
use crate::rest::Rest;

/// Connections kept to each address for clients' requests. A process of gunicorn serves a few at a
/// time; 32 workers on 8 machines behind one address need 256.
const KEPT_CONNECTIONS_MAX: usize = 256;

/// Idle connections kept to each address for copies, and as many for questions. Each carries a
/// single request; more than these only wait to be closed.
const IDLE_CONNECTIONS_MAX: usize = 32;

/// Requests at one time on one connection of HTTP/2: what servers allow at least (RFC 9113, 6.5.2).
const HTTP_2_STREAMS_MAX: usize = 100;

/// How long an address gets no copies after one could not be connected to. A connection that is
/// refused costs more than a copy that is answered. Longer, and a side that comes up again would be
/// compared late.
const REST_TIME_MAX: Duration = Duration::from_millis(100);

/// One address.
#[derive(Debug)]
pub(crate) struct Place {
    /// The address.
    pub address: SocketAddr,
    number: u64,
    dial: Arc<Dial>,
    kept: Arc<Kept>,
    kept_for_copies: Arc<Kept>,
    client: Client<Connector, Full<Bytes>>,
    slots: Option<Arc<Semaphore>>,
    ill: AtomicBool,
    in_a_row: AtomicU32,
    rest: Rest,
}

/// What an attempt asks of its connection.
#[derive(Debug, Clone, Copy)]
pub(crate) struct How {
    /// That it was never used before.
    pub new: bool,
    /// That it is reset should it end before the body does.
    pub streamed: bool,
}

/// An address to send one request to, and the right to do so.
#[derive(Debug)]
pub(crate) struct Lease {
    /// The address.
    pub place: Arc<Place>,
    _slot: Option<OwnedSemaphorePermit>,
}

impl Place {
    pub(super) fn new(dial: Dial, spec: &Spec) -> Self {
        static NUMBER: AtomicU64 = AtomicU64::new(1);
        let dial = Arc::new(dial);
        let client = Client::builder(TokioExecutor::new())
            .pool_timer(TokioTimer::new())
            .pool_idle_timeout(spec.idle)
            .pool_max_idle_per_host(IDLE_CONNECTIONS_MAX)
            .http2_only(spec.protocol == Protocol::Http2)
            .build(Connector(Arc::clone(&dial)));
        let slots = spec.connections.map(|most| {
            let most = usize::try_from(most).unwrap_or(Semaphore::MAX_PERMITS);
            Arc::new(Semaphore::new(most.min(Semaphore::MAX_PERMITS)))
        });
        Self {
            address: dial.address,
            number: NUMBER.fetch_add(1, Ordering::Relaxed),
            dial,
            kept: Kept::new(KEPT_CONNECTIONS_MAX),
            kept_for_copies: Kept::new(IDLE_CONNECTIONS_MAX),
            client,
            slots,
            ill: AtomicBool::new(false),
            in_a_row: AtomicU32::new(0),
            rest: Rest::default(),
        }
    }

    /// The client for questions, health checks, and copies in HTTP/2; its connections are its own.
    pub(crate) fn client(&self) -> &Client<Connector, Full<Bytes>> {
        &self.client
    }

    /// The peer for one attempt, and whether it has a connection that was used before; it has a
    /// `new` one where that is asked for. With a body that is `streamed` the connection is reset
    /// when we let go of it too early (see `upload.rs`).
    pub(crate) fn peer(&self, spec: &Spec, silence: Duration, how: How) -> (Box<HttpPeer>, bool) {
        let (mut peer, reused) = match spec.protocol {
            Protocol::Http1 => self.line(spec, how),
            Protocol::Http2 => (self.multiplexed(spec), false),
        };
        peer.options.read_timeout = Some(silence);
        peer.options.write_timeout = Some(WRITE_TIME_MAX);
        (Box::new(peer), reused)
    }

    /// HTTP/1.1: connections are ours.
    fn line(&self, spec: &Spec, how: How) -> (HttpPeer, bool) {
        let connection = if how.new { None } else { self.kept.take(spec.idle) };
        let reused = connection.is_some();
        let mut peer = HttpPeer::new(self.address, false, String::new());
        peer.options.custom_l4 = Some(Arc::new(Line {
            dial: Arc::clone(&self.dial),
            kept: Arc::clone(&self.kept),
            connection: Mutex::new(connection),
            resets: how.streamed,
        }));
        (peer, reused)
    }

    /// A connection for one request without a body, in HTTP/1.1, and whether it was used before.
    pub(crate) async fn connect(&self, spec: &Spec, new: bool) -> (Result<Direct>, bool) {
        self.direct(&self.kept, spec, new).await
    }

    /// As [`connect`](Self::connect), for a copy: it takes none from clients.
    pub(crate) async fn connect_for_copy(&self, spec: &Spec, new: bool) -> (Result<Direct>, bool) {
        self.direct(&self.kept_for_copies, spec, new).await
    }

    async fn direct(&self, kept: &Arc<Kept>, spec: &Spec, new: bool) -> (Result<Direct>, bool) {
        let waiting = if new { None } else { kept.take(spec.idle) };
        let reused = waiting.is_some();
        let connection = match waiting {
            Some(connection) => Ok(connection),
            None => dial(&self.dial).await,
        };
        (connection.map(|connection| Direct::new(connection, Arc::clone(kept))), reused)
    }

    /// HTTP/2: connections are the library's. A stream is reset, and its connection serves others.
    fn multiplexed(&self, spec: &Spec) -> HttpPeer {
        let mut peer = match &self.dial.tls {
            None => HttpPeer::new(self.address, false, String::new()),
            Some((tls, name)) => tls.peer(self.address, name),
        };
        peer.options.alpn = ALPN::H2;
        peer.options.max_h2_streams = HTTP_2_STREAMS_MAX;
        // No other upstream's connections: they may lead elsewhere, or be in another TLS.
        peer.group_key = self.number;
        peer.options.connection_timeout = Some(spec.connect);
        peer.options.total_connection_timeout = Some(spec.connect);
        peer.options.idle_timeout = Some(spec.idle);
        peer
    }

    /// Closes the connections that nobody used for longer than they may wait.
    pub(super) fn close_old(&self, spec: &Spec) {
        self.kept.close_old(spec.idle);
        self.kept_for_copies.close_old(spec.idle);
    }

    /// The right to one connection, if one is left now.
    pub(super) fn lease(self: &Arc<Self>) -> Option<Lease> {
        let slot = match &self.slots {
            None => None,
            Some(slots) => Some(Arc::clone(slots).try_acquire_owned().ok()?),
        };
        Some(Lease { place: Arc::clone(self), _slot: slot })
    }

    /// The right to one connection, as soon as one is left.
    pub(super) async fn lease_later(self: &Arc<Self>) -> Option<Lease> {
        let slot = match &self.slots {
            None => None,
            Some(slots) => Some(Arc::clone(slots).acquire_owned().await.ok()?),
        };
        Some(Lease { place: Arc::clone(self), _slot: slot })
    }

    /// A copy could not be connected.
    pub(crate) fn rest(&self) {
        self.rest.begin();
    }

    /// Whether it is too early for another copy.
    pub(crate) fn rests(&self) -> bool {
        self.rest.lasts(REST_TIME_MAX)
    }

    /// Whether its last health checks say so.
    pub(crate) fn is_ill(&self) -> bool {
        self.ill.load(Ordering::Relaxed)
    }

    /// Takes note of a health check; whether that changed what we think of it. Only one task
    /// checks an address.
    pub(super) fn checked(&self, well: bool, check: &rules::HealthCheck) -> bool {
        if well != self.is_ill() {
            self.in_a_row.store(0, Ordering::Relaxed);
            return false;
        }
        let enough = if well { check.healthy_threshold } else { check.unhealthy_threshold };
        if self.in_a_row.fetch_add(1, Ordering::Relaxed) + 1 < enough {
            return false;
        }
        self.in_a_row.store(0, Ordering::Relaxed);
        self.ill.store(!well, Ordering::Relaxed);
        true
    }
}
