//! A folder with files, and the real `outgrow` run in it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

/// A temporary folder that goes away with the test.
pub(crate) struct World {
    folder: TempDir,
}

/// What a run left behind.
pub(crate) struct Run {
    pub(crate) code: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl World {
    pub(crate) fn new() -> Self {
        Self { folder: TempDir::new().expect("a temporary folder can be made") }
    }

    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Writes a file, with the folders above it.
    pub(crate) fn file(self, name: &str, text: impl AsRef<[u8]>) -> Self {
        let path = self.path().join(name);
        fs::create_dir_all(path.parent().expect("a file lies in a folder")).expect("made");
        fs::write(path, text).expect("written");
        self
    }

    pub(crate) fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path().join(name)).expect("outgrow wrote the file")
    }

    /// Runs `outgrow` with the words of `line`, in the folder.
    pub(crate) fn outgrow(&self, line: &str) -> Run {
        self.run(&line.split_whitespace().collect::<Vec<_>>())
    }

    /// Like [`World::outgrow`], as the user nobody: for root.
    pub(crate) fn as_nobody(&self, line: &str) -> Run {
        let nobody = ["--reuid=65534", "--regid=65534", "--clear-groups"];
        let output = Command::new("setpriv")
            .args(nobody)
            .arg(self.copied_binary())
            .args(line.split_whitespace())
            .current_dir(self.path())
            .output()
            .expect("setpriv starts outgrow");
        Run::from(output)
    }

    /// The program at a place that every user can reach. Another process copies it: what this one
    /// has open for writing, a child that another test starts right then has too, and a file that
    /// is open for writing cannot be started.
    fn copied_binary(&self) -> PathBuf {
        let copy = self.path().join("outgrow");
        let cp = Command::new("cp").arg(env!("CARGO_BIN_EXE_outgrow")).arg(&copy).status();
        assert!(cp.expect("cp starts").success());
        copy
    }

    pub(crate) fn run(&self, words: &[&str]) -> Run {
        let output = Command::new(env!("CARGO_BIN_EXE_outgrow"))
            .args(words)
            .current_dir(self.path())
            .env_remove("CLICOLOR_FORCE")
            // Inside what is analyzed nothing is kept, so no run depends on another one.
            .env("OUTGROW_CACHE", self.path().join("kept"))
            .output()
            .expect("outgrow starts");
        Run::from(output)
    }
}

impl From<Output> for Run {
    fn from(output: Output) -> Self {
        Self {
            code: output.status.code().expect("outgrow ends by itself"),
            stdout: String::from_utf8(output.stdout).expect("stdout is UTF-8"),
            stderr: String::from_utf8(output.stderr).expect("stderr is UTF-8"),
        }
    }
}

impl Run {
    /// Demands the exit code and returns the run, so that more can be asked.
    #[track_caller]
    pub(crate) fn exits(self, code: i32) -> Self {
        assert_eq!(self.code, code, "stdout:\n{}\nstderr:\n{}", self.stdout, self.stderr);
        self
    }

    /// Demands a text on standard output.
    #[track_caller]
    pub(crate) fn prints(self, text: &str) -> Self {
        assert!(self.stdout.contains(text), "no {text:?} in stdout:\n{}", self.stdout);
        self
    }

    /// Demands a text on standard error.
    #[track_caller]
    pub(crate) fn says(self, text: &str) -> Self {
        assert!(self.stderr.contains(text), "no {text:?} in stderr:\n{}", self.stderr);
        self
    }
}

/// The repository this test was built from.
pub(crate) fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("cli/ lies in it").to_owned()
}
