//! A small language for the tests: `legacy()`, `native()`, `proxy(rules)`, `client()`, each a real
//! thing on a port of its own.

use std::{
    collections::BTreeMap,
    io::{self, Write},
    net::{SocketAddr, TcpListener},
    path::PathBuf,
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    thread::JoinHandle,
    time::{Duration, Instant},
};

use bytes::Bytes;
use http::{HeaderMap, Request, Response, StatusCode};
use http_body_util::{BodyExt, Full, combinators::BoxBody};
use hyper::{body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::rt::TokioIo;
use proxy::{Asks, Drained, Options, RunError, Sockets};
use tokio::{runtime::Runtime, sync::watch};
use tokio_rustls::TlsAcceptor;

pub(crate) type Body = BoxBody<Bytes, io::Error>;

/// What a fake saw of one request.
#[derive(Debug, Clone)]
pub(crate) struct Seen {
    pub(crate) method: String,
    pub(crate) target: String,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

impl Seen {
    /// Every value of a header, joined as they came.
    pub(crate) fn header(&self, name: &str) -> String {
        let values = self.headers.get_all(name).iter();
        values.map(|value| value.to_str().unwrap_or("?")).collect::<Vec<_>>().join(" | ")
    }
}

type Reply = Arc<dyn Fn(&Seen) -> Response<Body> + Send + Sync>;

/// A fake upstream that is described before it starts.
pub(crate) struct Builder {
    name: &'static str,
    routes: BTreeMap<String, Reply>,
    delay: Duration,
    tls: Option<TlsAcceptor>,
}

/// The monolith.
pub(crate) fn legacy() -> Builder {
    Builder { name: "legacy", routes: BTreeMap::new(), delay: Duration::ZERO, tls: None }
}

/// The native service.
pub(crate) fn native() -> Builder {
    Builder { name: "native", ..legacy() }
}

pub(crate) fn full(bytes: impl Into<Bytes>) -> Body {
    Full::new(bytes.into()).map_err(|never| match never {}).boxed()
}

pub(crate) fn json(status: u16, body: &str) -> Response<Body> {
    Response::builder()
        .status(status)
        .header("content-type", "application/json")
        .body(full(body.to_owned()))
        .unwrap()
}

impl Builder {
    /// Answers a path with JSON.
    pub(crate) fn route(self, path: &str, body: &str) -> Self {
        let body = body.to_owned();
        self.reply(path, move |_| json(200, &body))
    }

    /// Answers a path with whatever the function says.
    pub(crate) fn reply(
        mut self,
        path: &str,
        reply: impl Fn(&Seen) -> Response<Body> + Send + Sync + 'static,
    ) -> Self {
        self.routes.insert(path.to_owned(), Arc::new(reply));
        self
    }

    /// Waits before every answer.
    pub(crate) fn slow(mut self, delay: Duration) -> Self {
        self.delay = delay;
        self
    }

    /// Speaks TLS.
    pub(crate) fn tls(mut self, acceptor: TlsAcceptor) -> Self {
        self.tls = Some(acceptor);
        self
    }

    pub(crate) fn start(self) -> Upstream {
        let socket = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = socket.local_addr().unwrap();
        let seen = Arc::new(Mutex::new(Vec::new()));
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()
            .unwrap();
        let shared = Arc::new((self, Arc::clone(&seen)));
        let accepted = Arc::new(AtomicUsize::new(0));
        let counter = Arc::clone(&accepted);
        socket.set_nonblocking(true).unwrap();
        runtime.spawn(async move {
            let listener = tokio::net::TcpListener::from_std(socket).unwrap();
            while let Ok((stream, _)) = listener.accept().await {
                counter.fetch_add(1, Ordering::SeqCst);
                let _ = stream.set_nodelay(true);
                let shared = Arc::clone(&shared);
                tokio::spawn(async move {
                    let service = service_fn(|request| respond(Arc::clone(&shared), request));
                    let http = http1::Builder::new();
                    match &shared.0.tls {
                        None => drop(http.serve_connection(TokioIo::new(stream), service).await),
                        Some(tls) => {
                            let Ok(stream) = tls.accept(stream).await else { return };
                            drop(http.serve_connection(TokioIo::new(stream), service).await);
                        }
                    }
                });
            }
        });
        Upstream { address, seen, accepted, runtime: Some(runtime) }
    }
}

type Shared = Arc<(Builder, Arc<Mutex<Vec<Seen>>>)>;

async fn respond(shared: Shared, request: Request<Incoming>) -> Result<Response<Body>, io::Error> {
    let (parts, body) = request.into_parts();
    let body = body.collect().await.map_err(io::Error::other)?.to_bytes();
    let target = parts.uri.path_and_query().map_or("/", |target| target.as_str()).to_owned();
    let seen = Seen { method: parts.method.to_string(), target, headers: parts.headers, body };
    let (fake, log) = &*shared;
    log.lock().unwrap().push(seen.clone());
    tokio::time::sleep(fake.delay).await;
    let reply = fake.routes.get(parts.uri.path());
    Ok(match reply {
        Some(reply) => reply(&seen),
        None => json(200, &format!(r#"{{"by":"{}"}}"#, fake.name)),
    })
}

/// A fake upstream that runs until it is dropped.
pub(crate) struct Upstream {
    pub(crate) address: SocketAddr,
    seen: Arc<Mutex<Vec<Seen>>>,
    accepted: Arc<AtomicUsize>,
    runtime: Option<Runtime>,
}

impl Upstream {
    pub(crate) fn seen(&self) -> Vec<Seen> {
        self.seen.lock().unwrap().clone()
    }

    /// How many connections it got.
    pub(crate) fn connections(&self) -> usize {
        self.accepted.load(Ordering::SeqCst)
    }

    pub(crate) fn count(&self) -> usize {
        self.seen.lock().unwrap().len()
    }
}

impl Drop for Upstream {
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

/// An address where nobody listens. Not a port that was free a moment ago: the system would give
/// it to the next who asks, such as the proxy under test.
pub(crate) fn nobody() -> SocketAddr {
    SocketAddr::from(([127, 0, 0, 1], 1009))
}

/// A folder of rules that can be rewritten.
pub(crate) struct Rules {
    pub(crate) folder: tempfile::TempDir,
}

impl Rules {
    pub(crate) fn path(&self) -> PathBuf {
        self.folder.path().to_owned()
    }

    pub(crate) fn write(&self, yaml: &str) {
        std::fs::write(self.folder.path().join("rules.yaml"), yaml).unwrap();
    }
}

/// Rules with one route `quotes` for `api/quotes/`, at that stage.
pub(crate) fn at_stage(stage: &str, legacy: SocketAddr, native: SocketAddr) -> String {
    format!(
        "upstreams:\n  legacy: {{address: '{legacy}'}}\n  market: {{address: '{native}'}}\n\
         contexts:\n  market: {{owner: '@markets', upstream: market}}\n\
         routes:\n  - name: quotes\n    context: market\n    match: {{django: 'api/quotes/'}}\n\
         \x20   stage: {stage}\n    shadow: {{sample: 100%}}\n    canary: {{share: 100%}}\n"
    )
}

pub(crate) fn rules(yaml: &str) -> Rules {
    let rules = Rules { folder: tempfile::tempdir().unwrap() };
    rules.write(yaml);
    rules
}

/// A log that a test can read.
#[derive(Clone, Default)]
pub(crate) struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A running proxy.
pub(crate) struct Proxy {
    pub(crate) address: SocketAddr,
    pub(crate) admin: SocketAddr,
    pub(crate) rules: Rules,
    pub(crate) log: Log,
    asks: watch::Sender<u32>,
    kill_switch: watch::Sender<u32>,
    thread: Option<JoinHandle<Result<Drained, RunError>>>,
}

/// Starts the proxy in this process, with everything as by default.
pub(crate) fn proxy(yaml: &str) -> Proxy {
    proxy_with(yaml, |_| {})
}

pub(crate) fn proxy_with(yaml: &str, change: impl FnOnce(&mut Options)) -> Proxy {
    let rules = rules(yaml);
    let mut options = Options::for_rules(rules.path());
    change(&mut options);
    start(rules, options).unwrap_or_else(|error| panic!("the proxy did not start: {error:?}"))
}

pub(crate) fn start(rules: Rules, options: Options) -> io::Result<Proxy> {
    let clients = TcpListener::bind("127.0.0.1:0")?;
    let admin = TcpListener::bind("127.0.0.1:0")?;
    let (address, admin_address) = (clients.local_addr()?, admin.local_addr()?);
    let ((asks, stop), (kill_switch, hold)) = (watch::channel(0), watch::channel(0));
    let log = Log::default();
    let output = log.clone();
    let thread = std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()
            .unwrap();
        runtime.block_on(proxy::run(
            options,
            Sockets { clients, admin },
            output,
            Asks { stop, hold, succeeded: watch::channel(0).1 },
            || Ok(()),
        ))
    });
    Ok(Proxy { address, admin: admin_address, rules, log, asks, kill_switch, thread: Some(thread) })
}

impl Proxy {
    /// Asks it to stop and waits until it has; says how it ended.
    pub(crate) fn stop(&mut self) -> Option<Drained> {
        self.asks.send_replace(1);
        let ended = self.thread.take()?.join().expect("the proxy does not panic");
        Some(ended.expect("a started proxy does not fail"))
    }

    pub(crate) fn ask_to_stop(&self, times: u32) {
        self.asks.send_replace(times);
    }

    /// What SIGUSR1 does.
    pub(crate) fn pull_kill_switch(&self) {
        self.kill_switch.send_modify(|times| *times += 1);
    }

    /// Waits for a start that fails, and says why it did.
    pub(crate) fn failed(&mut self) -> String {
        let thread = self.thread.take().expect("it is asked once");
        thread.join().expect("the proxy does not panic").expect_err("it must not start").to_string()
    }

    /// Waits for the process to end by itself.
    pub(crate) fn ended(&mut self) -> Drained {
        let thread = self.thread.take().expect("it is asked once");
        thread.join().expect("the proxy does not panic").expect("a started proxy does not fail")
    }

    /// The lines of the access log so far.
    pub(crate) fn lines(&self) -> Vec<serde_json::Value> {
        let text = String::from_utf8(self.log.0.lock().unwrap().clone()).unwrap();
        text.lines().map(|line| serde_json::from_str(line).expect("a line is JSON")).collect()
    }

    /// The number of a series, 0 where there is none.
    pub(crate) fn meter(&self, series: &str) -> usize {
        meter(self.admin, series)
    }

    /// Waits until a series says so: a request is counted after its answer has left.
    #[track_caller]
    pub(crate) fn counts(&self, series: &str, expected: usize) {
        eventually(&format!("{series} {expected}"), || self.meter(series) == expected);
    }

    /// The sum of all series of a name.
    pub(crate) fn sum(&self, name: &str) -> usize {
        let text = get(self.admin, "/metrics").text();
        let of_name =
            |line: &&str| line.strip_prefix(name).is_some_and(|rest| rest.starts_with(['{', ' ']));
        text.lines()
            .filter(of_name)
            .filter_map(|line| line.rsplit(' ').next()?.parse::<usize>().ok())
            .sum()
    }
}

/// The number of a series, 0 where there is none.
pub(crate) fn meter(admin: SocketAddr, series: &str) -> usize {
    let text = get(admin, "/metrics").text();
    let line = text
        .lines()
        .find(|line| line.strip_prefix(series).is_some_and(|rest| rest.starts_with(' ')));
    line.and_then(|line| line.rsplit(' ').next()?.parse().ok()).unwrap_or(0)
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.asks.send_replace(2);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// An answer, read to its end.
#[derive(Debug)]
pub(crate) struct Got {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

impl Got {
    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or("")
    }
}

/// One GET over a connection of its own.
pub(crate) fn get(address: SocketAddr, target: &str) -> Got {
    send(address, Request::get(target))
}

/// One request without a body over a connection of its own.
pub(crate) fn send(address: SocketAddr, request: http::request::Builder) -> Got {
    send_body(address, request, Bytes::new())
}

pub(crate) fn send_body(
    address: SocketAddr,
    request: http::request::Builder,
    body: impl Into<Bytes>,
) -> Got {
    let request = request.body(full(body)).unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async { exchange(address, request).await.expect("the proxy gives an answer") })
}

pub(crate) async fn exchange(address: SocketAddr, request: Request<Body>) -> io::Result<Got> {
    let mut client = Client::connect(address).await?;
    client.send(request).await
}

/// A keep-alive connection.
pub(crate) struct Client {
    sender: hyper::client::conn::http1::SendRequest<Body>,
    address: SocketAddr,
}

impl Client {
    pub(crate) async fn connect(address: SocketAddr) -> io::Result<Self> {
        let stream = tokio::net::TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        let handshake = hyper::client::conn::http1::handshake(TokioIo::new(stream));
        let (sender, connection) = handshake.await.map_err(io::Error::other)?;
        tokio::spawn(async move {
            let _ = connection.await;
        });
        Ok(Self { sender, address })
    }

    pub(crate) async fn send(&mut self, mut request: Request<Body>) -> io::Result<Got> {
        if !request.headers().contains_key("host") {
            let host = self.address.to_string().parse().unwrap();
            request.headers_mut().insert("host", host);
        }
        self.sender.ready().await.map_err(io::Error::other)?;
        let answer = self.sender.send_request(request).await.map_err(io::Error::other)?;
        let (head, body) = answer.into_parts();
        let body = body.collect().await.map_err(io::Error::other)?.to_bytes();
        Ok(Got { status: head.status, headers: head.headers, body })
    }

    pub(crate) async fn get(&mut self, target: &str) -> io::Result<Got> {
        self.send(Request::get(target).body(full("")).unwrap()).await
    }
}

/// Waits until something holds, and says what if it never does.
#[track_caller]
pub(crate) fn eventually(what: &str, holds: impl Fn() -> bool) {
    let started = Instant::now();
    while !holds() {
        assert!(started.elapsed() < Duration::from_secs(10), "never: {what}");
        std::thread::sleep(Duration::from_millis(5));
    }
}

pub(crate) fn block_on<F: Future>(future: F) -> F::Output {
    let runtime =
        tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    runtime.block_on(future)
}

/// An upstream that speaks what no HTTP library would: each connection is given to the function.
pub(crate) fn raw(talk: impl Fn(std::net::TcpStream) + Send + Sync + 'static) -> SocketAddr {
    let socket = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = socket.local_addr().unwrap();
    let talk = Arc::new(talk);
    // The thread ends with the test process; a test that waits for it would wait for its client.
    std::thread::spawn(move || {
        while let Ok((stream, _)) = socket.accept() {
            let talk = Arc::clone(&talk);
            std::thread::spawn(move || talk(stream));
        }
    });
    address
}

/// Ends a connection out of order.
pub(crate) fn reset(stream: std::net::TcpStream) {
    block_on(async {
        stream.set_nonblocking(true).unwrap();
        let _ = tokio::net::TcpStream::from_std(stream).unwrap().set_zero_linger();
    });
}

/// Reads up to the empty line that ends a head.
pub(crate) fn read_head(stream: &mut std::net::TcpStream) -> String {
    use std::io::Read;
    let mut head = Vec::new();
    let mut byte = [0];
    while !head.ends_with(b"\r\n\r\n") && stream.read(&mut byte).unwrap_or(0) > 0 {
        head.push(byte[0]);
    }
    String::from_utf8_lossy(&head).into_owned()
}

/// Sends bytes as they are and reads until the other side closes.
pub(crate) fn talk(address: SocketAddr, bytes: &[u8]) -> String {
    use std::io::Read;
    let mut stream = std::net::TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(5))).unwrap();
    stream.write_all(bytes).unwrap();
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer);
    String::from_utf8_lossy(&answer).into_owned()
}

/// The real program, on ports of its own.
pub(crate) struct Program {
    pub(crate) child: std::process::Child,
    pub(crate) address: SocketAddr,
    pub(crate) admin: SocketAddr,
}

impl Program {
    pub(crate) fn start(rules: &Rules, more: &[&str]) -> Self {
        Self::start_after("true", rules, more)
    }

    /// Starts it from a shell that was told something before, such as a limit.
    pub(crate) fn start_after(told: &str, rules: &Rules, more: &[&str]) -> Self {
        use std::io::{BufRead, BufReader};
        use std::process::{Command, Stdio};
        let mut child = Command::new("sh")
            .args(["-c", &format!("{told} && exec \"$0\" \"$@\"")])
            .arg(env!("CARGO_BIN_EXE_outgrow-proxy"))
            .args(["--listen", "127.0.0.1:0", "--admin", "127.0.0.1:0", "--rules"])
            .arg(rules.path())
            .args(more)
            .env("NO_COLOR", "1")
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
        let said = lines.find_map(|line| line.ok().filter(|line| line.contains("serving")));
        let said = said.expect("it says where it serves");
        std::thread::spawn(move || lines.for_each(drop));
        let at = |word: &str| {
            let (_, rest) = said.split_once(word).expect("the word is there");
            let address = rest.split_whitespace().next().expect("something stands there");
            address.parse().expect("it is an address")
        };
        Self { address: at("listen="), admin: at("admin="), child }
    }

    pub(crate) fn signal(&self, name: &str) {
        let pid = self.child.id().to_string();
        let sent = std::process::Command::new("kill").args([name, &pid]).status().unwrap();
        assert!(sent.success());
    }

    /// A line of /proc/PID/status in KiB, such as `VmHWM`.
    pub(crate) fn memory(&self, line: &str) -> u64 {
        let status = format!("/proc/{}/status", self.child.id());
        let status = std::fs::read_to_string(status).unwrap();
        let line = status.lines().find(|found| found.starts_with(line)).unwrap();
        line.split_whitespace().nth(1).unwrap().parse().unwrap()
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
