//! The whole process, from options to the last answer.

use std::{
    hash::{BuildHasher, RandomState},
    io::{self, Write},
    net::TcpListener,
    sync::Arc,
    thread,
    time::Duration,
};

use http::HeaderValue;
use ledger::LedgerError;
use pingora::{proxy::http_proxy, server::configuration::ServerConf};
use tokio::{runtime::Handle, sync::watch};

use crate::{
    access::AccessLog,
    admin::{self, Access},
    book::Book,
    capture::Budget,
    drain::{Drained, Patience, asked, drain},
    guard::Guard,
    hold::{Holds, Scope},
    identity::{BadIdentity, Identity},
    library::Library,
    listen::{App, Connections, Door, accept},
    mirror::Mirror,
    observe::Observer,
    options::Options,
    otlp::Spans,
    pin::Pins,
    reload::{self, BadRules},
    service::{ATTEMPTS_MAX, Service},
    state::State,
    telemetry::Telemetry,
    threads::EventLoop,
    tls::{BadCertificate, Certificates},
    trace::Ids,
    upload::Room,
    upstream::health,
};

/// Idle connections of HTTP/2 kept to upstreams, all together. Each carries a hundred requests at a
/// time, so these are more than any deployment has processes.
const UPSTREAM_IDLE_CONNECTIONS_MAX: usize = 512;

/// The sockets to serve on, bound and listening.
#[derive(Debug)]
pub struct Sockets {
    /// For clients.
    pub clients: TcpListener,
    /// For operators.
    pub admin: TcpListener,
}

impl Sockets {
    /// The same sockets once more.
    ///
    /// # Errors
    /// The process has too many open files.
    pub fn try_clone(&self) -> io::Result<Self> {
        Ok(Self { clients: self.clients.try_clone()?, admin: self.admin.try_clone()? })
    }
}

/// What the outside may ask for while the proxy runs, each as often as it was asked.
#[derive(Debug, Clone)]
pub struct Asks {
    /// To stop: once for an orderly drain, twice to end at once.
    pub stop: watch::Receiver<u32>,
    /// To keep everything at legacy.
    pub hold: watch::Receiver<u32>,
    /// To leave the sockets to a successor that serves already, at once and once.
    pub succeeded: watch::Receiver<u32>,
}

/// Why the proxy did not start.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// The rules.
    #[error(transparent)]
    Rules(#[from] BadRules),
    /// The ledger.
    #[error(transparent)]
    Ledger(#[from] LedgerError),
    /// The certificates.
    #[error(transparent)]
    Certificate(#[from] BadCertificate),
    /// The identity.
    #[error(transparent)]
    Identity(#[from] BadIdentity),
    /// The system refused a thread or a socket.
    #[error("the system refuses what the proxy needs")]
    System(#[from] io::Error),
}

/// Serves until it is asked to stop. Log lines go to `output`; `serving` is called once, when
/// requests are answered.
///
/// # Errors
/// It could not start; see [`RunError`]. Once started it does not fail.
pub async fn run(
    options: Options,
    sockets: Sockets,
    output: impl Write + Send + 'static,
    asks: Asks,
    serving: impl FnOnce() -> io::Result<()>,
) -> Result<Drained, RunError> {
    let telemetry = Telemetry::new();
    let (sources, rules) = reload::read(&options.rules, &telemetry, None)?;
    let certificates = Certificates::read(&options.tls_cert, &options.tls_key)?;
    let book = Book::open(options.ledger.clone(), &telemetry)?;
    let holds = Holds::open(options.holds.clone(), telemetry.holds.clone())?;
    let state = Arc::new(State::new(rules, holds, telemetry.clone()));
    let (log, writer) = AccessLog::start(output, telemetry.log_lines_dropped.clone())?;
    let (observer, comparer) = Observer::start(book)?;
    let (finish, finished) = watch::channel(false);
    let (mirror, copier) = mirror(&options, observer, &telemetry, finished.clone())?;
    let access = access(&options, log.clone())?;
    let identity = Identity::new(&options.identity, Handle::current())?;
    let log = (!options.no_access_log).then_some(log);
    let service = service(&options, &state, log, mirror, identity)?;
    let watch = reload::watch(&state, options.rules.clone(), sources, options.poll)?;

    let service = Arc::new(service);
    let library = http_proxy(&library_settings(&options), Library(Arc::clone(&service)));
    let app = App { service, library: Arc::new(library) };
    let connections = Connections::new(telemetry);
    let door = door(&options, certificates.as_ref())?;
    let threads = serve(&options, &sockets.clients, &door, &app, &connections, &state, &finished)?;
    drop(sockets.clients);
    let (shut_admin, admin_shut) = watch::channel(false);
    tokio::spawn(admin::serve(sockets.admin, Arc::clone(&state), access, admin_shut));
    serving()?;

    let Asks { mut stop, hold, mut succeeded } = asks;
    let holding = tokio::spawn(hold_all(Arc::clone(&state), hold));
    let checking = tokio::spawn(health::keep(Arc::clone(&state)));
    let renewing =
        certificates.map(|found| tokio::spawn(found.watch(options.poll, state.telemetry.clone())));
    let mut patience = Patience { lame_duck: options.lame_duck, deadline: options.drain };
    tokio::select! {
        () = asked(&mut stop, 1) => {}
        () = asked(&mut succeeded, 1) => {
            // The admin socket is the successor's too: what is asked there is asked of it.
            shut_admin.send_replace(true);
            patience.lame_duck = Duration::ZERO;
        }
    }
    let drained = drain(&state, &connections, stop, patience).await;
    holding.abort();
    checking.abort();
    renewing.inspect(tokio::task::JoinHandle::abort);
    shut_admin.send_replace(true);
    finish.send_replace(true);
    for thread in threads {
        let _ = tokio::task::spawn_blocking(move || thread.join()).await;
    }
    drop(app);
    watch.stop();
    for thread in [copier, comparer, writer] {
        let _ = tokio::task::spawn_blocking(move || thread.join()).await;
    }
    Ok(drained)
}

/// The signal: whoever can send one to the process can stop native traffic.
async fn hold_all(state: Arc<State>, mut hold: watch::Receiver<u32>) {
    for times in 1.. {
        asked(&mut hold, times).await;
        let state = Arc::clone(&state);
        let _ = tokio::task::spawn_blocking(move || state.holds.hold(Scope::All, "signal")).await;
    }
}

/// An empty token file is a mistake that would let anybody in: it counts as none.
fn access(options: &Options, log: AccessLog) -> io::Result<Access> {
    let token = options.admin_token_file.as_deref().map(std::fs::read_to_string).transpose()?;
    let token = token.map(|token| token.trim().to_owned()).filter(|token| !token.is_empty());
    Ok(Access { names: options.admin_host.clone(), token, log })
}

/// What clients pass before HTTP begins.
fn door(options: &Options, certificates: Option<&Arc<Certificates>>) -> io::Result<Door> {
    let tls = certificates.map(Certificates::acceptor).transpose().map_err(io::Error::other)?;
    Ok(Door { tls, announcing: options.proxy_protocol.clone().into() })
}

fn mirror(
    options: &Options,
    observer: Observer,
    telemetry: &Telemetry,
    finished: watch::Receiver<bool>,
) -> io::Result<(Mirror, thread::JoinHandle<()>)> {
    let bytes = options.shadow_memory.saturating_mul(1024 * 1024);
    let budget = Budget::new(bytes, telemetry.shadow_bytes.clone());
    let (in_flight, deadline) = (options.shadow_in_flight, options.shadow_deadline);
    Mirror::start(observer, budget, (in_flight, deadline), finished)
}

fn service(
    options: &Options,
    state: &Arc<State>,
    log: Option<AccessLog>,
    mirror: Mirror,
    identity: Option<Identity>,
) -> io::Result<Service> {
    let collector = options.otlp_endpoint.as_deref();
    let spans = collector
        .map(|collector| Spans::start(collector, state.telemetry.spans_dropped.clone()))
        .transpose()
        .map_err(|said| io::Error::new(io::ErrorKind::InvalidInput, said))?;
    // The one place that asks the system for randomness.
    let seed = RandomState::new().hash_one("outgrow");
    let instance = HeaderValue::from_str(&format!("{:016x}", crate::trace::spread(seed)))
        .expect("hexadecimal digits are a legal header value");
    Ok(Service {
        state: Arc::clone(state),
        pins: Pins::open(options.pin_key_file.as_deref())?,
        log,
        mirror,
        guard: Guard::new(Arc::clone(state)),
        room: Room::new(),
        ids: Ids::new(seed).sampling(millionths(options)),
        spans,
        trusted: options.trusted_proxy.clone(),
        identity,
        debug_headers: options.debug_headers,
        instance,
        draining: state.door(),
    })
}

/// The share of new traces that is sampled; none where nobody collects them.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to a million")]
fn millionths(options: &Options) -> u32 {
    let share = if options.otlp_endpoint.is_some() { options.otlp_sample } else { 0.0 };
    (share * 1e6) as u32
}

fn library_settings(options: &Options) -> Arc<ServerConf> {
    let threads = options.data_threads();
    Arc::new(ServerConf {
        threads,
        max_retries: ATTEMPTS_MAX,
        upstream_keepalive_pool_size: UPSTREAM_IDLE_CONNECTIONS_MAX.div_ceil(threads),
        ..ServerConf::default()
    })
}

/// One thread and one event loop per core: a connection stays where it was accepted, so no thread
/// takes another's work and no wake-up crosses cores.
fn serve(
    options: &Options,
    socket: &TcpListener,
    door: &Door,
    app: &App,
    connections: &Connections,
    state: &Arc<State>,
    finished: &watch::Receiver<bool>,
) -> io::Result<Vec<thread::JoinHandle<()>>> {
    (0..options.data_threads())
        .map(|number| {
            let (socket, entrance) = (socket.try_clone()?, door.clone());
            let (app, connections, door) = (app.clone(), connections.clone(), state.door());
            let mut finished = finished.clone();
            EventLoop::new()?.run(&format!("data-{number}"), move || async move {
                if let Err(error) = accept(socket, entrance, app, connections, door).await {
                    tracing::error!(%error, "a thread cannot accept connections");
                }
                // Connections live on this event loop, so it stays until they are gone.
                let _ = finished.wait_for(|finished| *finished).await;
            })
        })
        .collect()
}
