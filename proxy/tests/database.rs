//! TLS to Django's database: a real PostgreSQL that has it, and every word of `sslmode`.

use std::{
    io::Write as _,
    net::TcpListener,
    os::unix::fs::{MetadataExt as _, PermissionsExt, chown},
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use http::Request;
use proxy::Sessions;

use crate::{
    postgres::Cluster,
    upstreams::Authority,
    world::{at_stage, legacy, native, proxy_with, send},
};

/// A cluster that listens on a port of this machine, in TLS or without.
struct Database {
    cluster: Cluster,
    bin: PathBuf,
    port: u16,
}

impl Database {
    fn start() -> Option<Self> {
        let Some(bin) = std::env::var_os("OUTGROW_PG_BIN").filter(|bin| !bin.is_empty()) else {
            let line = "SKIP: TLS to the database: no PostgreSQL\n";
            std::io::stderr().write_all(line.as_bytes()).unwrap();
            return None;
        };
        let cluster = Cluster::start(Path::new(&bin));
        cluster.sql(
            "CREATE TABLE django_session (session_key text, session_data text, \
             expire_date timestamptz); \
             CREATE TABLE auth_user (id int, password text, is_active bool)",
        );
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        Some(Self { cluster, bin: bin.into(), port })
    }

    fn folder(&self) -> PathBuf {
        PathBuf::from(self.cluster.url().rsplit_once('=').unwrap().1)
    }

    /// Starts it anew with that certificate and key, or without TLS.
    fn restart(&self, certificate: Option<&(PathBuf, PathBuf)>) {
        let data = self.folder().join("data");
        let owner = std::fs::metadata(&data).unwrap();
        let mut options = format!(
            "-k {} -p {} -c listen_addresses=localhost -c fsync=off",
            self.folder().display(),
            self.port
        );
        if let Some((chain, key)) = certificate {
            for (from, to) in [(chain, "server.crt"), (key, "server.key")] {
                let to = data.join(to);
                std::fs::copy(from, &to).unwrap();
                std::fs::set_permissions(&to, std::fs::Permissions::from_mode(0o600)).unwrap();
                chown(&to, Some(owner.uid()), Some(owner.gid())).unwrap();
            }
            options += " -c ssl=on";
        }
        let mut command = Command::new(self.bin.join("pg_ctl"));
        if std::fs::metadata("/proc/self").unwrap().uid() != owner.uid() {
            let (user, group) = (owner.uid().to_string(), owner.gid().to_string());
            command = Command::new("setpriv");
            command
                .args(["--reuid", &user, "--regid", &group, "--clear-groups"])
                .arg(self.bin.join("pg_ctl"));
        }
        let done = command
            .current_dir("/")
            .arg("-D")
            .arg(&data)
            .args(["-w", "-s", "-m", "immediate", "-o", &options, "restart", "-l"])
            .arg(self.folder().join("log"))
            .stdout(Stdio::null())
            .status();
        let log = || std::fs::read_to_string(self.folder().join("log")).unwrap_or_default();
        assert!(done.unwrap().success(), "{}", log());
    }

    /// Whether a session was looked up there, by an address with those words.
    fn answers(&self, host: &str, words: &str) -> bool {
        let (old, new) = (legacy().start(), native().start());
        let files = tempfile::tempdir().unwrap();
        let file = |name: &str, text: &str| {
            let path = files.path().join(name);
            std::fs::write(&path, text).unwrap();
            path
        };
        let port = self.port;
        let address = format!("postgresql://outgrow@{host}:{port}/outgrow{words}");
        let proxy = proxy_with(&at_stage("native", old.address, new.address), |options| {
            let identity = &mut options.identity;
            identity.sessions = Some(Sessions::Db);
            identity.identity_key_file = Some(file("signing", &"k".repeat(32)));
            identity.secret_key_file = Some(file("secret", "a-key"));
            identity.identity_database_file = Some(file("database", &address));
        });
        let request = || {
            Request::get("/api/quotes/")
                .header("cookie", "sessionid=abcdefghijklmnopqrstuvwxyz012345")
        };
        // Whom nobody could look up is the monolith's to answer.
        let answer = send(proxy.address, request());
        assert_eq!(answer.status, 200);
        answer.text().contains("native")
    }
}

#[test]
fn the_database_proves_what_the_address_asks_for() {
    let Some(database) = Database::start() else { return };
    let (ours, theirs) = (Authority::new(), Authority::new());
    let root = |authority: &Authority| format!("&sslrootcert={}", authority.path().display());
    let right = ours.sign("localhost");
    let (ours, theirs) = (root(&ours), root(&theirs));
    let asks = |host: &str, words: String, expected: bool| {
        assert_eq!(database.answers(host, &words), expected, "{host}{words}");
    };

    database.restart(None);
    asks("localhost", String::new(), true);
    asks("localhost", "?sslmode=disable".to_owned(), true);
    asks("localhost", "?sslmode=require".to_owned(), false);
    asks("localhost", format!("?sslmode=verify-full{ours}"), false);

    database.restart(Some(&right));
    // From here on the database takes nobody without TLS.
    let hba = database.folder().join("data/pg_hba.conf");
    std::fs::write(&hba, "local all all trust\nhostssl all all all trust\n").unwrap();
    database.restart(Some(&right));
    asks("localhost", String::new(), true);
    asks("localhost", "?sslmode=disable".to_owned(), false);
    asks("localhost", "?sslmode=require".to_owned(), true);
    asks("localhost", format!("?sslmode=require{theirs}"), false);
    asks("localhost", format!("?sslmode=verify-ca{ours}"), true);
    asks("127.0.0.1", format!("?sslmode=verify-ca{ours}"), true);
    asks("localhost", format!("?sslmode=verify-ca{theirs}"), false);
    asks("localhost", format!("?sslmode=verify-full{ours}"), true);
    asks("127.0.0.1", format!("?sslmode=verify-full{ours}"), false);
    asks("localhost", format!("?sslmode=verify-full{theirs}"), false);
    asks("localhost", "?sslmode=verify-full".to_owned(), false);
}
