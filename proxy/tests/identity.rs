//! Who the user is, beside Django itself: a real site on a real PostgreSQL makes sessions of every
//! kind, and what native is told must be what Django sees.

use std::{
    io::{BufRead as _, BufReader, Write as _},
    net::SocketAddr,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::{Duration, Instant, SystemTime, UNIX_EPOCH},
};

use django_auth::jwt;
use http::Request;
use proxy::{Options, Sessions};
use serde_json::Value;

use crate::{
    postgres::Cluster,
    world::{Proxy, Upstream, at_stage, block_on, eventually, full, legacy, native, proxy_with},
};

const SECRET: &str = "canary-ключ-of-the-site-0123456789";
const FALLBACK: &str = "canary-older-key-of-the-site";
const SIGNING: &str = "canary-signing-key-0123456789abcdef0123456789";

/// A child that ends with the test.
struct Server(Child);

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Django and its database.
struct Site {
    cluster: Cluster,
    python: PathBuf,
    files: tempfile::TempDir,
}

impl Site {
    fn start() -> Option<Self> {
        let found = |name| std::env::var_os(name).filter(|value| !value.is_empty());
        let (Some(python), Some(bin)) = (found("OUTGROW_EXAMPLE_PYTHON"), found("OUTGROW_PG_BIN"))
        else {
            let line = "SKIP: identity beside Django: no Python with Django or no PostgreSQL\n";
            // Past the harness, which swallows what a passing test prints.
            std::io::stderr().write_all(line.as_bytes()).unwrap();
            return None;
        };
        let cluster = Cluster::start(Path::new(&bin));
        Some(Self { cluster, python: python.into(), files: tempfile::tempdir().unwrap() })
    }

    fn folder(&self) -> String {
        let url = self.cluster.url();
        url.rsplit_once('=').unwrap().1.to_owned()
    }

    fn command(&self, engine: &str, words: &[&str]) -> Command {
        let room = Path::new(env!("CARGO_MANIFEST_DIR"));
        let mut command = Command::new(&self.python);
        command
            .arg(room.join("tests/django/site.py"))
            .arg(engine)
            .args(words)
            .env("SITE_SECRET_KEY", SECRET)
            .env("SITE_FALLBACK_KEY", FALLBACK)
            .env("SITE_SIGNING_KEY", SIGNING)
            .env("SITE_COMPANION", room.join("../companion/src"))
            .env("SITE_DATABASE", self.folder());
        command
    }

    fn django(&self, engine: &str, words: &[&str]) -> Vec<Value> {
        let done = self.command(engine, words).output().unwrap();
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        let lines = String::from_utf8(done.stdout).unwrap();
        lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    /// Django as a server, until what is returned is dropped.
    fn serve(&self) -> (Server, SocketAddr) {
        let mut command = self.command("db", &["serve"]);
        let mut child =
            command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().map(Server).unwrap();
        let mut line = String::new();
        BufReader::new(child.0.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let said: Value = serde_json::from_str(&line).unwrap();
        let port = u16::try_from(said["port"].as_u64().unwrap()).unwrap();
        (child, SocketAddr::from(([127, 0, 0, 1], port)))
    }

    fn proxy(&self, sessions: Sessions, legacy: SocketAddr, native: &Upstream) -> Proxy {
        self.cluster.sql(
            "DO $$ BEGIN CREATE ROLE reader LOGIN; EXCEPTION WHEN duplicate_object THEN END $$; \
             GRANT SELECT ON django_session, auth_user TO reader",
        );
        let file = |name: &str, text: &str| {
            let path = self.files.path().join(name);
            std::fs::write(&path, text).unwrap();
            path
        };
        let database = format!("postgresql://reader@/outgrow?host={}", self.folder());
        proxy_with(&at_stage("native", legacy, native.address), |options: &mut Options| {
            let identity = &mut options.identity;
            identity.sessions = Some(sessions);
            identity.identity_key_file = Some(file("signing", SIGNING));
            identity.secret_key_file = Some(file("secret", &format!("{SECRET}\n")));
            identity.secret_key_fallback_file = vec![file("fallback", FALLBACK)];
            identity.identity_database_file = Some(file("database", &format!("{database}\n")));
        })
    }
}

/// What a request with a cookie came to.
#[derive(Debug, PartialEq, Eq)]
enum Told {
    /// Native, for that user or for nobody.
    Native(Option<String>),
    /// The monolith, which asks its own database.
    Legacy,
}

fn ask(proxy: &Proxy, native: &Upstream, cookie: &str) -> Told {
    let before = native.count();
    let line = http::HeaderValue::from_bytes(format!("a=b; sessionid={cookie}").as_bytes());
    let request = Request::get("/api/quotes/")
        .header("cookie", line.unwrap())
        // Whatever a client says about itself here is nothing.
        .header("x-outgrow-identity", "forged")
        .body(full(""))
        .unwrap();
    let got = block_on(async { crate::world::exchange(proxy.address, request).await }).unwrap();
    assert_eq!(got.status, 200);
    if native.count() == before {
        return Told::Legacy;
    }
    let seen = native.seen().pop().unwrap();
    let token = seen.header("x-outgrow-identity");
    if token.is_empty() {
        return Told::Native(None);
    }
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    let claims = jwt::verify(SIGNING.as_bytes(), &token, now).expect("the proxy signed it");
    assert_eq!(claims["aud"], "market");
    Told::Native(Some(claims["sub"].as_str().unwrap().to_owned()))
}

#[test]
fn sessions_are_read_as_django_reads_them() {
    let Some(site) = Site::start() else { return };
    let (legacy, native) = (legacy().start(), native().start());
    let (mut total, mut users, mut left) = (0, 0, 0);
    for (engine, sessions, count) in [
        ("db", Sessions::Db, "500"),
        ("cached_db", Sessions::CachedDb, "200"),
        ("signed_cookies", Sessions::SignedCookies, "500"),
    ] {
        let made = site.django(engine, &["sessions", count]);
        let proxy = site.proxy(sessions, legacy.address, &native);
        for case in &made {
            total += 1;
            match ask(&proxy, &native, case["cookie"].as_str().unwrap()) {
                Told::Legacy => {
                    left += 1;
                    assert_eq!(case["user"], Value::Null, "a user is known: {engine}: {case}");
                }
                Told::Native(user) => {
                    users += usize::from(user.is_some());
                    assert_eq!(user.as_deref(), case["user"].as_str(), "{engine}: {case}");
                }
            }
        }
        no_secret_is_told(&proxy);
    }
    println!("{total} sessions, {users} users, {left} left to the monolith, 0 disagreements");
    // Those without a hash that can be read: nobody to Django, and not ours to say.
    assert!(total >= 1_000 && users > total / 5 && left < total / 20, "{total} {users} {left}");
}

#[test]
fn without_the_secret_key_django_is_asked() {
    let Some(site) = Site::start() else { return };
    let native = native().start();
    let made = site.django("db", &["sessions", "60"]);
    let (_server, legacy) = site.serve();
    let proxy = site.proxy(Sessions::Ask, legacy, &native);
    let mut users = 0;
    for case in &made {
        match ask(&proxy, &native, case["cookie"].as_str().unwrap()) {
            Told::Legacy => assert_eq!(case["user"], Value::Null, "{case}"),
            Told::Native(user) => {
                users += usize::from(user.is_some());
                assert_eq!(user.as_deref(), case["user"].as_str(), "{case}");
            }
        }
    }
    assert!(users > 5, "{users} users were seen");
    no_secret_is_told(&proxy);
}

fn no_secret_is_told(proxy: &Proxy) {
    let mut told: String = proxy.lines().iter().map(Value::to_string).collect();
    for page in ["/metrics", "/rules", "/readyz"] {
        told += &crate::world::get(proxy.admin, page).text();
    }
    assert!(!told.contains("canary"), "a secret was told");
}

#[test]
fn a_session_ends_within_a_second_and_without_a_database_nobody_is_let_in() {
    let Some(site) = Site::start() else { return };
    let (legacy, native) = (legacy().start(), native().start());
    let made = site.django("db", &["sessions", "200"]);
    let proxy = site.proxy(Sessions::Db, legacy.address, &native);
    let mut good = made.iter().filter(|case| case["kind"] == "good" && case["user"].is_string());
    let mut next = || {
        let case = good.next().unwrap();
        (case["cookie"].as_str().unwrap(), case["user"].as_str().unwrap())
    };
    for statement in [
        |cookie: &str, _: &str| format!("DELETE FROM django_session WHERE session_key='{cookie}'"),
        |_: &str, user: &str| format!("UPDATE auth_user SET password='new' WHERE id={user}"),
        |_: &str, user: &str| format!("UPDATE auth_user SET is_active=false WHERE id={user}"),
    ] {
        let (cookie, user) = next();
        assert_eq!(ask(&proxy, &native, cookie), Told::Native(Some(user.to_owned())));
        site.cluster.sql(&statement(cookie, user));
        let ended = Instant::now();
        while ask(&proxy, &native, cookie) != Told::Native(None) {
            assert!(ended.elapsed() < Duration::from_secs(1), "the session still holds");
        }
        println!("ended after {:.0?}", ended.elapsed());
    }
    let (cookie, user) = next();
    assert_eq!(ask(&proxy, &native, cookie), Told::Native(Some(user.to_owned())));
    drop(site);
    eventually("legacy answers", || ask(&proxy, &native, cookie) == Told::Legacy);
    assert_eq!(ask(&proxy, &native, "a-session-never-seen"), Told::Legacy);
    let line = proxy.lines().pop().unwrap();
    assert_eq!(line["reason"], "identity_database");
}
