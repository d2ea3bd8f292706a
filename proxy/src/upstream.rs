//! The places that answer: names resolved to addresses, and the peer for one attempt with all its
//! timeouts set. The library leaves every timeout unset; a hung upstream would hang us with it.

use std::{
    net::{SocketAddr, ToSocketAddrs},
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use arc_swap::ArcSwap;
use http::HeaderValue;
use pingora::upstreams::peer::HttpPeer;

/// Until a connection stands, where the rules say nothing. Within one data centre a connection
/// takes a millisecond; a second allows for one lost packet.
pub(crate) const CONNECT_TIME_MAX: Duration = Duration::from_secs(1);

/// How long a connection may wait unused, where the rules say nothing. gunicorn closes after 2 s;
/// a request on a connection that is being closed is lost, and a POST cannot be repeated.
pub(crate) const IDLE_TIME_MAX: Duration = Duration::from_millis(1_500);

/// Silence of an upstream during a body, or until its head, where the rules say nothing: what
/// nginx allows by default, so that putting this proxy in its place changes nothing.
pub(crate) const SILENCE_MAX: Duration = Duration::from_mins(1);

/// Silence on a connection that changed its protocol, or streams events: such a connection is
/// meant to wait. Unit: time; an hour is what load balancers allow at most.
pub(crate) const LONG_SILENCE_MAX: Duration = Duration::from_hours(1);

/// Time for an upstream to take a piece of a request body.
pub(crate) const WRITE_TIME_MAX: Duration = Duration::from_secs(30);

/// How an upstream is described by the rules.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Spec {
    /// Its name in the rules.
    pub name: String,
    /// `host:port`, each.
    pub addresses: Vec<String>,
    /// `Host` to send instead of the client's; `None` forwards the client's unchanged.
    pub host: Option<HeaderValue>,
    /// Until a connection stands.
    pub connect: Duration,
    /// Until an unused connection is closed.
    pub idle: Duration,
}

/// An upstream and where it is at the moment.
#[derive(Debug)]
pub(crate) struct Upstream {
    spec: Spec,
    found: ArcSwap<Vec<SocketAddr>>,
    turn: AtomicUsize,
}

impl Upstream {
    /// Looks the addresses up, which may take as long as the resolver does.
    pub(crate) fn resolve(spec: Spec) -> Self {
        let upstream =
            Self { spec, found: ArcSwap::from_pointee(Vec::new()), turn: AtomicUsize::new(0) };
        upstream.look_again();
        upstream
    }

    /// Looks the names up again. Names that cannot be resolved now keep their last addresses: a
    /// resolver that is down must not take the monolith down.
    pub(crate) fn look_again(&self) {
        let found: Vec<SocketAddr> = self
            .spec
            .addresses
            .iter()
            .filter_map(|address| address.to_socket_addrs().ok())
            .flatten()
            .collect();
        if found.is_empty() {
            tracing::warn!(upstream = %self.spec.name, "no address found, keeping the last ones");
        } else if **self.found.load() != found {
            self.found.store(Arc::new(found));
        }
    }

    /// Its description.
    pub(crate) fn spec(&self) -> &Spec {
        &self.spec
    }

    /// The next address in turn; none while nothing was ever resolved.
    pub(crate) fn next_address(&self) -> Option<SocketAddr> {
        let found = self.found.load();
        let turn = self.turn.fetch_add(1, Ordering::Relaxed);
        found.get(turn.checked_rem(found.len())?).copied()
    }

    /// The peer for one attempt.
    pub(crate) fn peer(&self, silence: Duration) -> Option<Box<HttpPeer>> {
        let mut peer = HttpPeer::new(self.next_address()?, false, String::new());
        peer.options.connection_timeout = Some(self.spec.connect);
        peer.options.total_connection_timeout = Some(self.spec.connect);
        peer.options.read_timeout = Some(silence);
        peer.options.write_timeout = Some(WRITE_TIME_MAX);
        peer.options.idle_timeout = Some(self.spec.idle);
        Some(Box::new(peer))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spec(addresses: &[&str]) -> Spec {
        Spec {
            name: "legacy".to_owned(),
            addresses: addresses.iter().map(ToString::to_string).collect(),
            host: None,
            connect: CONNECT_TIME_MAX,
            idle: IDLE_TIME_MAX,
        }
    }

    #[test]
    fn addresses_take_turns() {
        let upstream = Upstream::resolve(spec(&["127.0.0.1:1", "127.0.0.1:2"]));
        let ports: Vec<u16> =
            (0..4).filter_map(|_| upstream.next_address()).map(|address| address.port()).collect();
        assert_eq!(ports, [1, 2, 1, 2]);
    }

    #[test]
    fn a_name_that_is_nowhere_is_no_panic() {
        let upstream = Upstream::resolve(spec(&["no-such-host.invalid:80"]));
        assert!(upstream.peer(SILENCE_MAX).is_none());
    }
}
