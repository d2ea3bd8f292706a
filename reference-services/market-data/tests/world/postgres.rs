//! A PostgreSQL cluster in a temporary folder, reachable through a unix socket only.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use tempfile::TempDir;

/// A running cluster; it stops and disappears with its value.
pub(crate) struct Cluster {
    bin: PathBuf,
    folder: TempDir,
}

impl Cluster {
    pub(crate) fn start(bin: &Path) -> Self {
        let folder = TempDir::with_prefix("og-pg-").expect("a folder for the cluster");
        let cluster = Self { bin: bin.to_owned(), folder };
        if is_root() {
            let owner = Command::new("chown").arg(user()).arg(cluster.folder.path()).status();
            assert!(owner.expect("chown runs").success());
        }
        let data = cluster.data();
        let initdb = ["-U", "outgrow", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"];
        run(cluster.command("initdb").arg("-D").arg(&data).args(initdb));
        let socket = cluster.folder.path().display();
        // Who wants to know what was executed only has to create the extension.
        let counter = bin.with_file_name("lib").join("pg_stat_statements.so");
        let libraries = if counter.is_file() { "pg_stat_statements" } else { "" };
        let server = format!(
            "-c listen_addresses='' -k {socket} -c fsync=off \
             -c shared_preload_libraries='{libraries}'"
        );
        run(cluster
            .command("pg_ctl")
            .arg("-D")
            .arg(&data)
            .args(["-w", "-s", "-o", &server])
            .arg("-l")
            .arg(cluster.folder.path().join("log"))
            .arg("start"));
        run(cluster.command("createdb").args(["-U", "outgrow", "outgrow"]));
        cluster
    }

    pub(crate) fn url(&self) -> String {
        format!("postgresql://outgrow@/outgrow?host={}", self.folder.path().display())
    }

    /// Runs statements; each must succeed.
    pub(crate) fn sql(&self, statements: &str) {
        let options = ["-q", "-v", "ON_ERROR_STOP=1", "-U", "outgrow", "-c", statements];
        run(self.command("psql").args(options).arg("outgrow"));
    }

    fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// A program of PostgreSQL; the server refuses to run as root.
    fn command(&self, program: &str) -> Command {
        let program = self.bin.join(program);
        let mut command = if is_root() {
            let mut command = Command::new("setpriv");
            let user = user();
            command.args(["--reuid", user, "--regid", user, "--clear-groups"]).arg(program);
            command
        } else {
            Command::new(program)
        };
        command.current_dir("/").env("PGHOST", self.folder.path());
        command
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        // Nothing in it is worth a tidy end.
        let mut stop = self.command("pg_ctl");
        let stop = stop.arg("-D").arg(self.data()).args(["-m", "immediate", "-s", "stop"]);
        let _ = stop.stderr(Stdio::null()).status();
    }
}

fn run(command: &mut Command) {
    let done = command.stdout(Stdio::null()).status().expect("PostgreSQL's programs run");
    assert!(done.success(), "{command:?}");
}

fn is_root() -> bool {
    let id = Command::new("id").arg("-u").output().expect("id runs");
    id.stdout.trim_ascii() == b"0"
}

/// Who runs the server in root's place.
fn user() -> &'static str {
    let known = Command::new("id").arg("postgres").output();
    if known.is_ok_and(|done| done.status.success()) { "postgres" } else { "nobody" }
}
