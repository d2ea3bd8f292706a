//! What can go wrong with the ledger, each as a value: a full disk must never stop the proxy.

use std::path::{Path, PathBuf};

use rusqlite::ErrorCode;

/// Why the ledger could not be opened, written or read.
#[derive(Debug, thiserror::Error)]
pub enum LedgerError {
    /// The file cannot be opened or made.
    #[error(
        "the ledger {path} cannot be opened; check that its folder exists and may be written to"
    )]
    Open {
        /// The file.
        path: PathBuf,
        /// SQLite's reason.
        #[source]
        source: rusqlite::Error,
    },
    /// The file is some other database.
    #[error("{path} is not a ledger of outgrow; name another file")]
    Foreign {
        /// The file.
        path: PathBuf,
    },
    /// The file was written by a newer version.
    #[error(
        "the ledger {path} has schema version {found}, this program knows up to {known}; \
         use the newer program or name another file"
    )]
    Newer {
        /// The file.
        path: PathBuf,
        /// The version found.
        found: i64,
        /// The newest version this program knows.
        known: i64,
    },
    /// The disk is full, or the file has reached its limit. Nothing of the batch was kept.
    #[error(
        "the ledger is full (its limit or the disk's); the batch was not recorded; \
         move the file away or free space, then record it again"
    )]
    Full(#[source] rusqlite::Error),
    /// The file or its folder may not be written to. Nothing of the batch was kept.
    #[error("the ledger may not be written to; check the rights of the file and its folder")]
    ReadOnly(#[source] rusqlite::Error),
    /// Another writer holds the file longer than the ledger waits.
    #[error("the ledger is held by another writer; only one process may record into a file")]
    Busy(#[source] rusqlite::Error),
    /// The file is damaged.
    #[error("the ledger is damaged; move it away, a new one is made at the next start")]
    Damaged(#[source] rusqlite::Error),
    /// Any other failure of SQLite.
    #[error("the ledger's database failed")]
    Database(#[source] rusqlite::Error),
}

impl From<rusqlite::Error> for LedgerError {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => Self::Full(error),
            Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => Self::ReadOnly(error),
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Busy(error),
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => Self::Damaged(error),
            _ => Self::Database(error),
        }
    }
}

impl LedgerError {
    /// The file at `path` could not be opened; what it holds may be why.
    pub(crate) fn opening(path: &Path, source: rusqlite::Error) -> Self {
        let path = path.to_owned();
        match source.sqlite_error_code() {
            Some(ErrorCode::NotADatabase) => Self::Foreign { path },
            Some(ErrorCode::DatabaseCorrupt) => Self::Damaged(source),
            _ => Self::Open { path, source },
        }
    }
}
