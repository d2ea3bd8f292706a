//! The places that answer: names resolved to addresses, and for one attempt an address that is well
//! and has a connection left, with all timeouts set. The library leaves every timeout unset; a hung
//! upstream would hang us with it.

mod dial;
mod direct;
mod exchange;
pub(crate) mod health;
mod place;
mod tls;

use std::{
    net::{SocketAddr, ToSocketAddrs},
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    time::Duration,
};

use arc_swap::ArcSwap;
use http::HeaderValue;
use rules::Protocol;
use tokio::time::timeout;
use tokio_rustls::rustls::pki_types::ServerName;

use self::{dial::Dial, tls::Tls};
use crate::{telemetry::Telemetry, tls::BadCertificate};

pub(crate) use self::{
    direct::Direct,
    place::{How, Lease, Place},
};

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

/// Requests that wait for a connection of one upstream. Each waits as long as a connection may take
/// to stand; a longer queue would only make all of them late.
pub(crate) const WAITING_MAX: usize = 1_024;

/// How an upstream is described by the rules.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Spec {
    /// Its name in the rules.
    pub name: String,
    /// Where it is.
    pub addresses: Vec<rules::Address>,
    /// `Host` to send instead of the client's; `None` forwards the client's unchanged.
    pub host: Option<HeaderValue>,
    /// The version of HTTP it is spoken to in.
    pub protocol: Protocol,
    /// TLS, if it is spoken to in TLS.
    pub tls: Option<rules::Tls>,
    /// How it is asked whether it is well, if it is.
    pub health_check: Option<rules::HealthCheck>,
    /// Most connections at one time to each address.
    pub connections: Option<u32>,
    /// Until a connection stands.
    pub connect: Duration,
    /// Until an unused connection is closed.
    pub idle: Duration,
}

/// Why there is no address for a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NoPlace {
    /// No name was ever resolved.
    Unresolved,
    /// All connections are in use, and none became free in time.
    Full,
}

/// An upstream and where it is at the moment.
#[derive(Debug)]
pub(crate) struct Upstream {
    spec: Spec,
    tls: Option<Arc<Tls>>,
    found: ArcSwap<Vec<Arc<Place>>>,
    turn: AtomicUsize,
    waiting: AtomicUsize,
    is_checked: AtomicBool,
}

impl Upstream {
    /// Reads its certificates and looks its addresses up, which may take as long as the resolver
    /// does.
    ///
    /// # Errors
    /// A certificate or key that cannot be used.
    pub(crate) fn open(spec: Spec) -> Result<Self, BadCertificate> {
        let upstream = Self {
            tls: spec
                .tls
                .as_ref()
                .map(|tls| Tls::read(tls, spec.protocol))
                .transpose()?
                .map(Arc::new),
            spec,
            found: ArcSwap::from_pointee(Vec::new()),
            turn: AtomicUsize::new(0),
            waiting: AtomicUsize::new(0),
            is_checked: AtomicBool::new(false),
        };
        upstream.look_again();
        Ok(upstream)
    }

    /// Looks the names up again. Names that cannot be resolved now keep their last addresses: a
    /// resolver that is down must not take the monolith down.
    pub(crate) fn look_again(&self) {
        let before = self.found.load();
        let mut found: Vec<Arc<Place>> = Vec::new();
        for written in &self.spec.addresses {
            let addresses = (written.host.as_str(), written.port).to_socket_addrs();
            for address in addresses.into_iter().flatten() {
                let same = before.iter().find(|place| place.address == address);
                let place = same.cloned().or_else(|| self.place(address, &written.host));
                found.extend(place);
            }
        }
        if found.is_empty() {
            tracing::warn!(upstream = %self.spec.name, "no address found, keeping the last ones");
        } else {
            self.found.store(Arc::new(found));
        }
    }

    fn place(&self, address: SocketAddr, host: &str) -> Option<Arc<Place>> {
        let written = self.spec.tls.as_ref().and_then(|tls| tls.hostname.as_deref());
        let name = written.unwrap_or(host);
        let tls = match &self.tls {
            Some(tls) => Some((Arc::clone(tls), ServerName::try_from(name.to_owned()).ok()?)),
            None => None,
        };
        let dial = Dial { address, time: self.spec.connect, tls };
        Some(Arc::new(Place::new(dial, &self.spec)))
    }

    /// Reads its certificates again.
    pub(crate) fn renew(&self, telemetry: &Telemetry) {
        if let Some(tls) = &self.tls {
            tls.look_again(&self.spec.name, telemetry);
        }
    }

    /// Its description.
    pub(crate) fn spec(&self) -> &Spec {
        &self.spec
    }

    /// Where it is at the moment.
    pub(crate) fn places(&self) -> Arc<Vec<Arc<Place>>> {
        self.found.load_full()
    }

    /// Whether its health checks say that no address of it answers.
    pub(crate) fn is_ill(&self) -> bool {
        self.spec.health_check.is_some() && {
            let found = self.found.load();
            !found.is_empty() && found.iter().all(|place| place.is_ill())
        }
    }

    /// Closes the connections that nobody used for longer than they may wait.
    fn close_old(&self) {
        self.found.load().iter().for_each(|place| place.close_old(&self.spec));
    }

    /// True once: for whoever is to check it from now on.
    fn begins_to_be_checked(&self) -> bool {
        !self.is_checked.swap(true, Ordering::Relaxed)
    }

    /// An address for one request that need not be sent, if one has a connection left.
    ///
    /// # Errors
    /// There is none.
    pub(crate) fn lease(&self) -> Result<Lease, NoPlace> {
        let found = self.found.load();
        let first = self.turn.fetch_add(1, Ordering::Relaxed);
        let first = first.checked_rem(found.len()).ok_or(NoPlace::Unresolved)?;
        let (before, after) = found.split_at(first);
        let mut in_turn = after.iter().chain(before).filter(|place| !place.is_ill()).peekable();
        if in_turn.peek().is_none() {
            // The checks may be wrong, and whoever comes here has nobody else to ask.
            return after.first().and_then(Place::lease).ok_or(NoPlace::Full);
        }
        in_turn.find_map(Place::lease).ok_or(NoPlace::Full)
    }

    /// An address for one request. Waits for a connection no longer than for one to stand.
    ///
    /// # Errors
    /// There is none, or too many wait.
    pub(crate) async fn lease_in_time(&self) -> Result<Lease, NoPlace> {
        match self.lease() {
            Err(NoPlace::Full) => {}
            done => return done,
        }
        let _waiting = Waiting::begin(&self.waiting).ok_or(NoPlace::Full)?;
        let found = self.found.load_full();
        let mut well = found.iter().filter(|place| !place.is_ill());
        let turn = self.turn.load(Ordering::Relaxed).checked_rem(well.clone().count());
        let place = turn.and_then(|turn| well.nth(turn)).or(found.first());
        let place = place.ok_or(NoPlace::Unresolved)?;
        let lease = timeout(self.spec.connect, place.lease_later()).await;
        lease.ok().flatten().ok_or(NoPlace::Full)
    }
}

/// Counts as waiting for as long as it lives.
struct Waiting<'w>(&'w AtomicUsize);

impl<'w> Waiting<'w> {
    fn begin(waiting: &'w AtomicUsize) -> Option<Self> {
        let this = Self(waiting);
        (waiting.fetch_add(1, Ordering::Relaxed) < WAITING_MAX).then_some(this)
    }
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    pub(crate) fn spec(addresses: &[(&str, u16)]) -> Spec {
        let address =
            |(host, port): &(&str, u16)| rules::Address { host: (*host).to_owned(), port: *port };
        Spec {
            name: "legacy".to_owned(),
            addresses: addresses.iter().map(address).collect(),
            host: None,
            protocol: Protocol::Http1,
            tls: None,
            health_check: None,
            connections: None,
            connect: Duration::from_millis(20),
            idle: IDLE_TIME_MAX,
        }
    }

    fn port(lease: &Result<Lease, NoPlace>) -> Option<u16> {
        lease.as_ref().ok().map(|lease| lease.place.address.port())
    }

    const TWO: [(&str, u16); 2] = [("127.0.0.1", 1), ("127.0.0.1", 2)];

    #[test]
    fn addresses_take_turns() {
        let upstream = Upstream::open(spec(&TWO)).unwrap();
        let ports: Vec<Option<u16>> = (0..4).map(|_| port(&upstream.lease())).collect();
        assert_eq!(ports, [Some(1), Some(2), Some(1), Some(2)]);
    }

    #[test]
    fn a_name_that_is_nowhere_is_no_panic() {
        let upstream = Upstream::open(spec(&[("no-such-host.invalid", 80)])).unwrap();
        assert_eq!(upstream.lease().unwrap_err(), NoPlace::Unresolved);
    }

    #[test]
    fn who_is_ill_is_left_out_until_all_are() {
        let upstream = Upstream::open(spec(&TWO)).unwrap();
        let check = rules::HealthCheck {
            path: "/".to_owned(),
            host: None,
            interval: Duration::from_secs(1),
            timeout: Duration::from_secs(1),
            healthy_threshold: 2,
            unhealthy_threshold: 3,
        };
        let places = upstream.places();
        let ill = |place: usize| {
            let changed: Vec<bool> = (0..3).map(|_| places[place].checked(false, &check)).collect();
            assert_eq!(changed, [false, false, true]);
        };
        ill(0);
        assert!((0..4).all(|_| port(&upstream.lease()) == Some(2)));
        ill(1);
        assert!((0..4).all(|_| upstream.lease().is_ok()), "nobody else is there to ask");
        assert!(!places[0].checked(true, &check) && places[0].is_ill());
        assert!(!places[0].checked(false, &check), "a bad answer in between counts from nothing");
        assert!(!places[0].checked(true, &check) && places[0].checked(true, &check));
        assert!((0..4).all(|_| port(&upstream.lease()) == Some(1)));
    }

    #[tokio::test]
    async fn connections_are_limited_and_waited_for() {
        let upstream = Upstream::open(Spec { connections: Some(1), ..spec(&TWO) }).unwrap();
        let (first, second) = (upstream.lease(), upstream.lease());
        assert_eq!((port(&first), port(&second)), (Some(1), Some(2)));
        assert_eq!(upstream.lease().unwrap_err(), NoPlace::Full);
        assert_eq!(upstream.lease_in_time().await.unwrap_err(), NoPlace::Full);
        let (waits, ()) = tokio::join!(upstream.lease_in_time(), async {
            tokio::task::yield_now().await;
            drop((first, second));
        });
        assert!(waits.is_ok());
        assert_eq!(upstream.waiting.load(Ordering::Relaxed), 0);
    }
}
