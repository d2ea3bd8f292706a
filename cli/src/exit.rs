//! Exit codes: the part of the interface that scripts and CI read.

use std::process::ExitCode;

/// How a command ended. Printed in `--help` and in the README; a test holds each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Exit {
    /// All is well.
    Fine,
    /// The command worked and found something: problems, differences, a gate that is not met.
    Findings,
    /// The command line or a configuration file cannot be understood.
    Usage,
    /// The surroundings fail: no such folder, an unreadable ledger, a full disk.
    Environment,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(match exit {
            Exit::Fine => 0,
            Exit::Findings => 1,
            Exit::Usage => 2,
            Exit::Environment => 3,
        })
    }
}

/// An error that knows the exit code it deserves; every other error means [`Exit::Environment`].
#[derive(Debug)]
pub(crate) struct UsageError(pub(crate) String);

impl std::fmt::Display for UsageError {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str(&self.0)
    }
}

impl std::error::Error for UsageError {}

/// The exit code that `error` deserves.
pub(crate) fn of(error: &anyhow::Error) -> Exit {
    if error.is::<UsageError>() { Exit::Usage } else { Exit::Environment }
}
