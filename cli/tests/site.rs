//! A public site as it is run: what ends TLS, outgrow-proxy, gunicorn and the example monolith,
//! each the real program but the first, which is forty lines here.

use std::io::{BufRead as _, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

use rustls::pki_types::PrivateKeyDer;
use rustls::{ServerConfig, ServerConnection, StreamOwned};

use crate::world::{Run, World, repository};

/// The host that clients use.
pub(crate) const HOST: &str = "shop.example";
/// Where the edge says that its clients are.
pub(crate) const CLIENT: &str = "127.0.0.9";
/// The token of the check view.
const TOKEN: &str = "a-token-of-the-tests-0123456789";

/// Settings under which everything is right. The admin's form needs no table.
const SETTINGS: &str = "\
from config.settings.prod import *
ROOT_URLCONF = 'doctor_urls'
OUTGROW_CHECK_TOKEN = '{token}'
ALLOWED_HOSTS = ['shop.example', '127.0.0.1']
USE_X_FORWARDED_PORT = True
LOGIN_URL = '/admin/login/'
";
const URLS: &str = "\
from django.urls import path
from django.views.generic import RedirectView
from config.urls import urlpatterns
from outgrow_django import check
urlpatterns = urlpatterns + [
    path('outgrow/check/', check.view),
    path('moved/', RedirectView.as_view(url='http://web:8000/')),
]
";

/// A process that ends with its test.
struct Ending(Child);

impl Drop for Ending {
    fn drop(&mut self) {
        // It may have ended by itself, which is as well.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Django under gunicorn, which trusts no header by itself, as on a machine of its own.
pub(crate) struct Monolith {
    pub(crate) address: SocketAddr,
    _process: Ending,
    _folder: World,
}

impl Monolith {
    /// Starts it with more settings; `None` after saying what is missing.
    pub(crate) fn start(more: &str) -> Option<Self> {
        let Some(python) = set("OUTGROW_EXAMPLE_PYTHON") else {
            skip("OUTGROW_EXAMPLE_PYTHON names no Python with the example's requirements");
            return None;
        };
        if !proxy_is_built() {
            return None;
        }
        let settings = SETTINGS.replace("{token}", TOKEN) + more;
        let folder = World::new().file("doctor_settings.py", settings).file("doctor_urls.py", URLS);
        let mut paths = vec![folder.path().to_owned(), repository().join("companion/src")];
        paths.push(repository().join("examples/django-monolith"));
        let address = free_address();
        let process = Command::new(python)
            .args(["-m", "gunicorn", "--log-level", "error", "--forwarded-allow-ips", "192.0.2.1"])
            .args(["--bind", &address.to_string()])
            .current_dir(repository().join("examples/django-monolith"))
            .env("PYTHONPATH", std::env::join_paths(paths).expect("paths without colons"))
            .env("PYTHONDONTWRITEBYTECODE", "1")
            .env("DJANGO_SETTINGS_MODULE", "doctor_settings")
            .env("DJANGO_SECRET_KEY", "only-for-tests")
            .env("DATABASE_URL", "sqlite://")
            .env("WEB_CONCURRENCY", "1")
            .spawn()
            .expect("gunicorn starts");
        let process = Ending(process);
        let listens = eventually(|| TcpStream::connect(address).is_ok());
        assert!(listens, "gunicorn does not listen on {address}");
        Some(Self { address, _process: process, _folder: folder })
    }
}

/// outgrow-proxy in front of an address.
pub(crate) struct Proxy {
    pub(crate) address: SocketAddr,
    pub(crate) admin: SocketAddr,
    _process: Ending,
}

impl Proxy {
    /// `legacy` is what the rules say of the upstream besides its address.
    pub(crate) fn start(to: SocketAddr, legacy: &str, arguments: &[&str]) -> Self {
        let rules = format!("upstreams:\n  legacy: {{address: '{to}'{legacy}}}\n");
        let world = World::new().file("rules/rules.yaml", rules);
        let mut child = Command::new(proxy_program())
            .args(["--listen", "127.0.0.1:0", "--admin", "127.0.0.1:0", "--rules", "rules"])
            .args(arguments)
            .current_dir(world.path())
            .env("NO_COLOR", "1")
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .expect("outgrow-proxy starts");
        let mut lines = BufReader::new(child.stderr.take().expect("it is piped")).lines();
        let said = lines.find_map(|line| line.ok().filter(|line| line.contains("serving")));
        let said = said.expect("it says where it serves");
        std::thread::spawn(move || {
            // Somebody has to read on, and the rules have to stay.
            lines.for_each(drop);
            drop(world);
        });
        let named = |key| {
            let (_, rest) = said.split_once(key).expect("the word is there");
            rest.split(' ').next().expect("a word").parse().expect("an address")
        };
        Self { address: named("listen="), admin: named("admin="), _process: Ending(child) }
    }

    /// As it should be started behind an edge on this machine.
    pub(crate) fn right(to: SocketAddr) -> Self {
        Self::start(to, "", &["--trusted-proxy", "127.0.0.1"])
    }
}

/// What ends TLS in front: appends the client's address, says https. Threads end with the tests.
pub(crate) struct Edge {
    pub(crate) address: SocketAddr,
    folder: World,
}

impl Edge {
    pub(crate) fn right(to: SocketAddr) -> Self {
        Self::start(to, false)
    }

    /// `believes`: passes on what the client says about the scheme.
    pub(crate) fn start(to: SocketAddr, believes: bool) -> Self {
        let key = rcgen::generate_simple_self_signed(vec![HOST.to_owned()]).expect("a certificate");
        let folder = World::new().file("ca.pem", key.cert.pem()).file("token", TOKEN);
        let folder = folder.file("other-token", TOKEN.to_uppercase());
        let private = PrivateKeyDer::try_from(key.signing_key.serialize_der()).expect("a key");
        let config =
            ServerConfig::builder_with_provider(rustls::crypto::ring::default_provider().into())
                .with_safe_default_protocol_versions()
                .expect("the defaults are sound")
                .with_no_client_auth()
                .with_single_cert(vec![key.cert.der().clone()], private)
                .expect("they belong together");
        let config = Arc::new(config);
        let socket = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = socket.local_addr().expect("it has an address");
        std::thread::spawn(move || {
            while let Ok((stream, _)) = socket.accept() {
                let config = Arc::clone(&config);
                std::thread::spawn(move || pass_on(stream, config, to, believes));
            }
        });
        Self { address, folder }
    }

    /// Runs the doctor through the edge.
    pub(crate) fn doctor(&self, more: &str) -> Run {
        self.doctor_at("", more)
    }

    /// The same, with another first page.
    pub(crate) fn doctor_at(&self, path: &str, more: &str) -> Run {
        let line = format!(
            "doctor --through https://{HOST}{path} --connect {} --cacert ca.pem \
             --from {CLIENT} {more}",
            self.address
        );
        self.folder.outgrow(&line)
    }
}

/// One request over one connection; the answer ends with it. The client may hang up any time.
fn pass_on(stream: TcpStream, config: Arc<ServerConfig>, to: SocketAddr, believes: bool) {
    let connection = ServerConnection::new(config).expect("the configuration is sound");
    let mut tls = StreamOwned::new(connection, stream);
    let (mut head, mut byte) = (Vec::new(), [0]);
    while !head.ends_with(b"\r\n\r\n") {
        if tls.read_exact(&mut byte).is_err() {
            return;
        }
        head.push(byte[0]);
    }
    let head = String::from_utf8_lossy(&head).into_owned();
    let mut sent = String::new();
    let (mut chain, mut proto, mut length) = (CLIENT.to_owned(), "https".to_owned(), 0);
    for line in head.trim_end().lines() {
        let (name, value) = line.split_once(':').unwrap_or((line, ""));
        match name.to_ascii_lowercase().as_str() {
            "x-forwarded-for" => chain = format!("{}, {CLIENT}", value.trim()),
            "x-forwarded-proto" if believes => value.trim().clone_into(&mut proto),
            "connection" | "x-forwarded-proto" => continue,
            "content-length" => length = value.trim().parse().expect("a number"),
            _ => {}
        }
        if !name.to_ascii_lowercase().starts_with("x-forwarded-") {
            sent += line;
            sent += "\r\n";
        }
    }
    let ours = format!("X-Forwarded-For: {chain}\r\nX-Forwarded-Proto: {proto}\r\n");
    let head = [&sent, &ours, "Connection: close\r\n\r\n"].concat();
    let mut body = vec![0; length];
    let mut upstream = TcpStream::connect(to).expect("it was started before");
    if tls.read_exact(&mut body).is_ok()
        && upstream.write_all(&[head.as_bytes(), &body].concat()).is_ok()
    {
        let mut answer = Vec::new();
        let _ = upstream.read_to_end(&mut answer);
        let _ = tls.write_all(&answer);
        tls.conn.send_close_notify();
        let _ = tls.flush();
    }
}

/// Runs the doctor against a plain address, without TLS.
pub(crate) fn doctor_over_http(to: SocketAddr, more: &str) -> Run {
    let world = World::new().file("token", TOKEN);
    let line = format!("doctor --through http://{HOST} --connect {to} --from 127.0.0.1 {more}");
    world.outgrow(&line)
}

/// An address where nobody listens, for its port is below those that the system hands out.
pub(crate) fn nobody() -> SocketAddr {
    SocketAddr::from(([127, 0, 0, 1], 1009))
}

/// An address that was free a moment ago, for who cannot be told to choose one.
pub(crate) fn free_address() -> SocketAddr {
    TcpListener::bind("127.0.0.1:0").and_then(|free| free.local_addr()).expect("a free port")
}

/// Asks again and again until it holds; false after a minute.
pub(crate) fn eventually(holds: impl Fn() -> bool) -> bool {
    let wait = || std::thread::sleep(Duration::from_millis(20));
    (0..3_000).any(|_| {
        holds() || {
            wait();
            false
        }
    })
}

/// Whether there is an outgrow-proxy to start; says so where there is none.
pub(crate) fn proxy_is_built() -> bool {
    let built = proxy_program().is_file();
    if !built {
        skip("outgrow-proxy is not built: `cargo build -p proxy`, or test the whole workspace");
    }
    built
}

fn proxy_program() -> PathBuf {
    PathBuf::from(env!("CARGO_BIN_EXE_outgrow")).with_file_name("outgrow-proxy")
}

fn set(name: &str) -> Option<std::ffi::OsString> {
    std::env::var_os(name).filter(|value| !value.is_empty())
}

/// Says what is missing, past the harness; under `DEV_STRICT` that is a failure.
fn skip(why: &str) {
    writeln!(std::io::stderr(), "SKIP: {why}").expect("stderr is open");
    assert!(set("DEV_STRICT").is_none_or(|it| it != "1"), "SKIP under DEV_STRICT: {why}");
}

/// The codes of what a run in JSON found, each once.
pub(crate) fn codes(run: &Run) -> Vec<String> {
    let document: serde_json::Value = serde_json::from_str(&run.stdout).expect("JSON");
    let checks = document["checks"].as_array().expect("checks");
    let mut codes: Vec<String> = checks
        .iter()
        .flat_map(|check| check["findings"].as_array().expect("findings"))
        .map(|finding| finding["code"].as_str().expect("a code").to_owned())
        .collect();
    codes.sort();
    codes.dedup();
    codes
}
