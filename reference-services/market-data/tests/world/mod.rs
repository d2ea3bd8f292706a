//! A throw-away PostgreSQL, the real Django monolith on it, and the service beside it.

pub(crate) mod http;
mod postgres;

use std::ffi::OsString;
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::time::Duration;

use postgres::Cluster;

/// Tries to reach a started server, a count; 100 ms lie between two.
const TRIES_MAX: u32 = 300;

/// Both sides on one database. Everything ends with it.
pub(crate) struct World {
    pub(crate) legacy: SocketAddr,
    pub(crate) native: Native,
    _django: Ending,
    _cluster: Cluster,
}

/// The service as a process.
pub(crate) struct Native {
    pub(crate) address: SocketAddr,
    pub(crate) process: Ending,
}

/// A process that is killed with its test.
pub(crate) struct Ending(pub(crate) Child);

impl Drop for Ending {
    fn drop(&mut self) {
        // It may have ended by itself, which is as well.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn set(name: &str) -> Option<OsString> {
    std::env::var_os(name).filter(|value| !value.is_empty())
}

/// Says what is missing, past the harness; under `DEV_STRICT` that is a failure.
fn skip(why: &str) {
    writeln!(std::io::stderr(), "SKIP: {why}").expect("stderr is open");
    assert!(set("DEV_STRICT") != Some(OsString::from("1")), "SKIP under DEV_STRICT: {why}");
}

/// The tools from outside, or `None` after saying what is missing.
fn tools() -> Option<(PathBuf, PathBuf)> {
    let Some(python) = set("OUTGROW_EXAMPLE_PYTHON") else {
        skip("OUTGROW_EXAMPLE_PYTHON names no Python with the example's requirements");
        return None;
    };
    let Some(bin) = set("OUTGROW_PG_BIN") else {
        skip("OUTGROW_PG_BIN names no folder with initdb and postgres");
        return None;
    };
    Some((python.into(), bin.into()))
}

impl World {
    /// Starts everything and fills the database; `None` where the tools are missing.
    pub(crate) fn start(changes: &str) -> Option<Self> {
        let (python, bin) = tools()?;
        let cluster = Cluster::start(&bin);
        let database_url = cluster.url();
        for command in [&["migrate", "-v0"][..], &["seed"][..]] {
            let done = django(&python, &database_url)
                .arg("manage.py")
                .args(command)
                .stdout(Stdio::null())
                .status()
                .expect("Python runs");
            assert!(done.success(), "manage.py {command:?}");
        }
        cluster.sql(changes);
        let (legacy, django) = gunicorn(&python, &database_url);
        let native = Native::start(&database_url);
        Some(Self { legacy, native, _django: django, _cluster: cluster })
    }
}

impl Native {
    /// Starts the service on a free port and waits for the line that names it.
    pub(crate) fn start(database_url: &str) -> Self {
        let mut process = Command::new(env!("CARGO_BIN_EXE_market-data"))
            .args(["--listen", "127.0.0.1:0", "--database-url", database_url])
            .stdout(Stdio::piped())
            .spawn()
            .expect("the service starts");
        let mut lines = BufReader::new(process.stdout.take().expect("its output is piped")).lines();
        let first = lines.next().expect("a first line").expect("a readable line");
        let line: serde_json::Value = serde_json::from_str(&first).expect("log lines are JSON");
        let address = line["address"].as_str().expect("it names its address");
        let address = address.parse().expect("an address");
        // Somebody has to read on, or the service would stop at a full pipe.
        std::thread::spawn(move || lines.count());
        Self { address, process: Ending(process) }
    }
}

fn monolith() -> &'static Path {
    static FOLDER: OnceLock<PathBuf> = OnceLock::new();
    FOLDER.get_or_init(|| {
        let here = Path::new(env!("CARGO_MANIFEST_DIR"));
        here.join("../../examples/django-monolith").canonicalize().expect("the example is there")
    })
}

fn django(python: &Path, database_url: &str) -> Command {
    let mut command = Command::new(python);
    command
        .current_dir(monolith())
        .env("DATABASE_URL", database_url)
        .env("DJANGO_SETTINGS_MODULE", "config.settings.base")
        .env("DJANGO_ALLOWED_HOSTS", "*")
        .env("PYTHONDONTWRITEBYTECODE", "1");
    command
}

/// The monolith under gunicorn. It is given the listening socket's port after the socket is
/// closed again: gunicorn cannot print the port it took.
fn gunicorn(python: &Path, database_url: &str) -> (SocketAddr, Ending) {
    let free = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = free.local_addr().expect("it has an address");
    drop(free);
    let process = django(python, database_url)
        .args(["-m", "gunicorn", "--log-level", "error", "-b"])
        .arg(address.to_string())
        .args(["-k", "gthread", "--threads", "4", "config.wsgi"])
        .spawn()
        .expect("gunicorn starts");
    let ending = Ending(process);
    wait_for(address, "/healthz");
    (address, ending)
}

/// Waits until a server answers 200.
pub(crate) fn wait_for(address: SocketAddr, path: &str) {
    let answers = (0..TRIES_MAX).any(|_| {
        let answer = http::Request::get(path).try_send(address);
        let answers = answer.is_ok_and(|answer| answer.status == 200);
        if !answers {
            std::thread::sleep(Duration::from_millis(100));
        }
        answers
    });
    assert!(answers, "{address} does not answer {path}");
}
