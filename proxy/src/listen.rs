//! The accept loop: one per thread, over one shared socket, until the drain begins.
//!
//! We own it instead of using the library's service, for three reasons: the socket can be handed
//! in already bound (tests use port 0, an upgrade inherits it), every connection gets its head
//! clock, and the drain knows exactly how many connections are left.

use std::{io, net, sync::Arc, time::Duration};

use pingora::{
    apps::HttpServerApp,
    http::RequestHeader,
    protocols::{Stream, http::ServerSession},
    proxy::HttpProxy,
};
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::{AcquireError, OwnedSemaphorePermit, Semaphore, watch},
    time::{sleep, timeout},
};
use tokio_rustls::TlsAcceptor;

use crate::{
    announce,
    client::{Client, IDLE_TIME_MAX, Next},
    connection::{Connection, Gatekeeper, Slow},
    forwarded::Network,
    gate::wire::HEAD_TIME_MAX,
    http2,
    idle::{Idler, Idlers},
    library::Library,
    route::Snapshot,
    service::Service,
    telemetry::Telemetry,
    transport::Transport,
};

/// Client connections at one time. At 25 KiB for an idle one this is 400 MiB. Beyond it the idle
/// ones make room, and while there are none the kernel's backlog keeps the others waiting.
pub(crate) const CONNECTIONS_MAX: u32 = 16_384;

/// Connections that the kernel keeps for us until they are accepted; it cuts this to its own limit.
/// The standard library asks for 128, which a deployment's reconnecting clients overrun.
const BACKLOG_MAX: i32 = 4_096;

/// Files that we keep for ourselves: the rules, the ledger, the admin port, what a thread waits on.
const OWN_FILES_MAX: u64 = 64;

/// Files kept for connections to sides, if the system allows that many; else half of what it
/// allows. A client that was let in finds one left; those beyond are better off waiting outside.
const UPSTREAM_FILES_MAX: u64 = 4_096;

/// Pause after a failed accept (out of file descriptors, mostly), so that the loop does not spin.
const ACCEPT_PAUSE: Duration = Duration::from_millis(50);

/// What stands between an accepted socket and HTTP.
#[derive(Clone, Default)]
pub(crate) struct Door {
    /// TLS, where it ends here.
    pub tls: Option<TlsAcceptor>,
    /// Who announces its clients by the PROXY protocol.
    pub announcing: Arc<[Network]>,
}

impl Door {
    /// Lets a connection in: whose it is, and its bytes.
    ///
    /// # Errors
    /// It does not begin as it should, or not within [`HEAD_TIME_MAX`].
    async fn admit(
        &self,
        mut socket: TcpStream,
        mut peer: net::SocketAddr,
    ) -> io::Result<(Transport, net::SocketAddr)> {
        if self.announcing.iter().any(|network| network.contains(peer.ip())) {
            peer = announce::read(&mut socket).await?.unwrap_or(peer);
        }
        match &self.tls {
            None => Ok((Transport::Plain(socket), peer)),
            Some(tls) => Ok((Transport::Tls(Box::new(tls.accept(socket).await?.into())), peer)),
        }
    }
}

/// Who answers.
#[derive(Clone)]
pub(crate) struct App {
    /// What is done with a request.
    pub service: Arc<Service>,
    /// The same behind the library's proxy.
    pub library: Arc<HttpProxy<Library>>,
}

/// The connections of all listeners together.
#[derive(Debug, Clone)]
pub(crate) struct Connections {
    slots: Arc<Semaphore>,
    most: u32,
    idlers: Idlers,
    telemetry: Telemetry,
}

impl Connections {
    /// None yet.
    pub(crate) fn new(telemetry: Telemetry) -> Self {
        let most = connections_max(open_files());
        if most < CONNECTIONS_MAX {
            tracing::warn!(connections = most, "open files are limited, and so are connections");
        }
        let slots = usize::try_from(most).unwrap_or(Semaphore::MAX_PERMITS);
        Self { slots: Arc::new(Semaphore::new(slots)), most, idlers: Idlers::new(), telemetry }
    }

    /// The right to one more. Where none is left, one that nobody uses makes room for it.
    async fn slot(&self) -> Result<OwnedSemaphorePermit, AcquireError> {
        loop {
            if self.slots.available_permits() == 0 {
                self.make_room();
            }
            // Those that are in use now may rest in a moment.
            let slot = timeout(ACCEPT_PAUSE, Arc::clone(&self.slots).acquire_owned()).await;
            if let Ok(slot) = slot {
                return slot;
            }
        }
    }

    fn make_room(&self) {
        let closed = self.idlers.make_room();
        self.telemetry.idle_closed.inc_by(closed as u64);
    }

    /// Closes those that nobody uses.
    pub(crate) fn let_idle_go(&self) {
        self.idlers.close_all();
    }

    /// Resolves when no connection is left.
    pub(crate) async fn gone(&self) {
        // The semaphore is never closed, so the only outcome is that all permits are back.
        let _ = self.slots.acquire_many(self.most).await;
    }
}

/// Files that this process may open, after it has asked for as many as it can use.
fn open_files() -> u64 {
    let wanted = u64::from(CONNECTIONS_MAX) + UPSTREAM_FILES_MAX + OWN_FILES_MAX;
    let limit = getrlimit(Resource::Nofile);
    let now = limit.current.unwrap_or(u64::MAX);
    let most = limit.maximum.unwrap_or(u64::MAX).min(wanted);
    let raised = Rlimit { current: Some(most), ..limit };
    if now < most && setrlimit(Resource::Nofile, raised).is_ok() { most } else { now }
}

/// Client connections that so many files allow.
fn connections_max(files: u64) -> u32 {
    let left = files.saturating_sub(OWN_FILES_MAX);
    let clients = left - UPSTREAM_FILES_MAX.min(left / 2);
    u32::try_from(clients).unwrap_or(u32::MAX).clamp(1, CONNECTIONS_MAX)
}

/// Accepts and serves until `draining` turns true, then lets go of the socket.
///
/// # Errors
/// The socket cannot be used by this thread's event loop.
pub(crate) async fn accept(
    socket: net::TcpListener,
    door: Door,
    app: App,
    connections: Connections,
    draining: watch::Receiver<bool>,
) -> io::Result<()> {
    rustix::net::listen(&socket, BACKLOG_MAX)?;
    socket.set_nonblocking(true)?;
    let listener = TcpListener::from_std(socket)?;
    let mut stop = draining.clone();
    loop {
        // One client of each thread is let in before there is room for it: only then is it known
        // that somebody wants in. The others wait in the kernel's queue.
        let next = async {
            let accepted = listener.accept().await;
            (connections.slot().await, accepted)
        };
        let (slot, accepted) = tokio::select! {
            _ = stop.wait_for(|draining| *draining) => return Ok(()),
            next = next => next,
        };
        match (slot, accepted) {
            (Ok(slot), Ok((socket, peer))) => {
                let (door, app) = (door.clone(), app.clone());
                let idler = connections.idlers.begin();
                let open = Open::new(connections.telemetry.clone(), slot, idler.clone());
                let draining = draining.clone();
                let task = tokio::spawn(async move {
                    // Answers are written in whole pieces; waiting for more only adds latency.
                    let _ = socket.set_nodelay(true);
                    match timeout(HEAD_TIME_MAX, door.admit(socket, peer)).await {
                        Ok(Ok((bytes, peer))) => serve(bytes, peer, app, open, draining).await,
                        _ => _ = open.telemetry.handshakes_failed.inc(),
                    }
                });
                connections.idlers.watch(&idler, task.abort_handle());
            }
            (_, accepted) => {
                if accepted.is_err() {
                    // The system has no file left for it.
                    connections.make_room();
                }
                sleep(ACCEPT_PAUSE).await;
            }
        }
    }
}

async fn serve(
    bytes: Transport,
    peer: net::SocketAddr,
    app: App,
    open: Open,
    draining: watch::Receiver<bool>,
) {
    let http2 = match &bytes {
        Transport::Plain(socket) => match http2::starts(socket, IDLE_TIME_MAX).await {
            Ok(http2) => http2,
            Err(_) => return,
        },
        Transport::Tls(_) => bytes.agreed_on_http2(),
    };
    let keeper = Gatekeeper::new(peer, open.idler.clone());
    let mut connection = Connection::new(bytes, peer, keeper.clone());
    if http2 {
        connection.count_frames(open.telemetry.clone());
        let idle = (IDLE_TIME_MAX, &open.idler);
        return http2::serve(Box::new(connection), &app.library, &draining, idle).await;
    }
    let mut client = Client::new(Box::new(connection), peer.ip(), keeper.clone());
    loop {
        let ours = match client.next().await {
            Next::Plain => plain(&mut client, &app.service),
            Next::Other => None,
            Next::End => break,
        };
        if let Some((request, rules)) = ours {
            if !app.service.answer(&mut client, request, rules).await {
                client.close().await;
                break;
            }
        } else {
            let peer = client.peer();
            let connection = by_library(client.into_connection(), &keeper, &app, &draining).await;
            let Some(connection) = connection else { break };
            client = Client::new(connection, peer, keeper.clone());
        }
    }
    if keeper.was_slow() == Some(Slow::Head) {
        open.telemetry.slow_heads.inc();
    }
}

/// Takes a plain request, and the rules it is answered by, if we carry it.
fn plain(client: &mut Client, service: &Service) -> Option<(RequestHeader, Arc<Snapshot>)> {
    let rules = service.state.rules();
    let request = rules.speaks_http1().then(|| client.take())?;
    Some((request?, rules))
}

/// Leaves a connection to the library for as long as more came than requests that are answered.
async fn by_library(
    connection: Box<Connection>,
    keeper: &Gatekeeper,
    app: &App,
    draining: &watch::Receiver<bool>,
) -> Option<Box<Connection>> {
    let mut stream: Stream = connection;
    let mut settings = None;
    loop {
        let mut session = ServerSession::new_http1(stream);
        if let Some(settings) = settings.take() {
            pingora::apps::HttpPersistentSettings::apply_to_session(settings, &mut session);
        } else {
            session.set_keepalive(Some(IDLE_TIME_MAX.as_secs()));
            session.set_pipelining_enabled(true);
        }
        session.set_connection_user_context(Some(Box::new(keeper.clone())));
        (stream, settings) = app.library.process_new_http(session, draining).await?.consume();
        if keeper.wire().is_at_rest() {
            return stream.into_any().downcast().ok();
        }
    }
}

/// A connection that counts as open for as long as this lives, a panic included.
struct Open {
    telemetry: Telemetry,
    idler: Idler,
    _slot: OwnedSemaphorePermit,
}

impl Open {
    fn new(telemetry: Telemetry, slot: OwnedSemaphorePermit, idler: Idler) -> Self {
        telemetry.connections.inc();
        Self { telemetry, idler, _slot: slot }
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        self.telemetry.connections.dec();
        self.idler.ends();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_left_for_the_sides() {
        for (files, clients) in
            [(0, 1), (256, 96), (1_024, 480), (20_000, 15_840), (u64::MAX, CONNECTIONS_MAX)]
        {
            assert_eq!(connections_max(files), clients, "{files} files");
        }
    }
}
