//! What the proxy is told about the site's sessions. Keys and passwords stand in files, never on
//! the command line, where every user of the machine could read them.

#![expect(clippy::doc_markdown, reason = "printed as help, where a backtick is noise")]

use std::{
    fs::File,
    io::{self, Read as _},
    path::{Path, PathBuf},
    time::Duration,
};

use clap::{Args, ValueEnum};
use django_auth::{BadKey, Keys};
use zeroize::Zeroizing;

use crate::{options::duration, tls::BadCertificate};

/// Bytes of a file with a key or an address. Django's own keys have 50 characters.
const FILE_BYTES_MAX: u64 = 16 * 1024;

/// Bytes of the key that signs identities, at least: as many as the hash has.
const SIGNING_KEY_BYTES_MIN: usize = 32;

/// How the proxy learns who a user is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
#[value(rename_all = "snake_case")]
pub enum Sessions {
    /// Reads django_session and the user table (SESSION_ENGINE db).
    Db,
    /// The same: the row is what the cache holds a copy of (SESSION_ENGINE cached_db).
    CachedDb,
    /// Verifies the cookie, reads the user table (SESSION_ENGINE signed_cookies).
    SignedCookies,
    /// Asks a view of outgrow-django in the monolith: no SECRET_KEY and no database here.
    Ask,
}

/// Identity: verify Django's sessions, and tell native services who the user is.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Identity")]
pub struct IdentityOptions {
    /// How to learn who a user is; without it native services are not told.
    #[arg(long = "identity", value_name = "HOW", requires = "identity_key_file")]
    pub sessions: Option<Sessions>,

    /// File with the key that signs what native is told (at least 32 bytes); native has it too.
    #[arg(long, value_name = "FILE")]
    pub identity_key_file: Option<PathBuf>,

    /// File with Django's SECRET_KEY.
    #[arg(long, value_name = "FILE")]
    pub secret_key_file: Option<PathBuf>,

    /// File with one of Django's SECRET_KEY_FALLBACKS; repeat for several.
    #[arg(long, value_name = "FILE")]
    pub secret_key_fallback_file: Vec<PathBuf>,

    /// File with the address of Django's database for a role that may only read, e.g.
    /// `postgres://reader:PASSWORD@db/site?sslmode=verify-full&sslrootcert=/etc/db-ca.pem`; sslmode
    /// means what it means to libpq, `prefer` where it is not said.
    #[arg(long, value_name = "FILE")]
    pub identity_database_file: Option<PathBuf>,

    /// SESSION_COOKIE_NAME.
    #[arg(long, value_name = "NAME", default_value = "sessionid")]
    pub session_cookie: String,

    /// SESSION_COOKIE_AGE, for signed_cookies.
    #[arg(long, value_name = "TIME", value_parser = duration, default_value = "1209600s")]
    pub session_age: Duration,

    /// Table of AUTH_USER_MODEL.
    #[arg(long, value_name = "TABLE", default_value = "auth_user")]
    pub user_table: String,

    /// Its primary key.
    #[arg(long, value_name = "COLUMN", default_value = "id")]
    pub user_key: String,

    /// Another of AUTHENTICATION_BACKENDS that loads users as Django's ModelBackend does; sessions
    /// of any other backend are left to the monolith.
    #[arg(long, value_name = "PATH")]
    pub auth_backend: Vec<String>,

    /// Where the monolith serves the view of outgrow-django.
    #[arg(long, value_name = "PATH", default_value = "/outgrow/identity/")]
    pub identity_view: String,
}

/// Why identities cannot be verified as asked.
#[derive(Debug, thiserror::Error)]
pub enum BadIdentity {
    /// An option is needed and missing.
    #[error("--identity {sessions}: it needs {option}")]
    Missing {
        /// The mode.
        sessions: &'static str,
        /// What to add.
        option: &'static str,
    },
    /// A file that cannot be read.
    #[error("{}: it cannot be read", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// A key that is none.
    #[error(transparent)]
    Key(#[from] BadKey),
    /// The key that signs identities can be guessed.
    #[error(
        "--identity-key-file: expected at least {SIGNING_KEY_BYTES_MIN} bytes of randomness, \
             e.g. from `openssl rand -hex 32`"
    )]
    ShortKey,
    /// The address is no address of a PostgreSQL database; it is not shown, it holds a password.
    #[error("--identity-database-file: expected postgres://ROLE:PASSWORD@HOST/DATABASE")]
    Database,
    /// What the address says of TLS.
    #[error(
        "--identity-database-file: expected sslmode disable, prefer, require, verify-ca or \
             verify-full"
    )]
    SslMode,
    /// Who signs the certificate of the database.
    #[error("--identity-database-file: its authorities (sslrootcert) cannot be used")]
    Authorities,
    /// The file of authorities.
    #[error(transparent)]
    Certificate(#[from] BadCertificate),
    /// A name of a table or column that would need quoting we do not do.
    #[error("{0:?}: expected the name of a table or column: letters, digits, _ and dots")]
    Name(String),
    /// The path of the view.
    #[error("--identity-view {0:?}: expected a path, e.g. /outgrow/identity/")]
    View(String),
}

impl IdentityOptions {
    /// `SECRET_KEY` and its fallbacks, from their files.
    ///
    /// # Errors
    /// A file is missing, unreadable or empty.
    pub(crate) fn keys(&self, sessions: &'static str) -> Result<Keys, BadIdentity> {
        let missing = BadIdentity::Missing { sessions, option: "--secret-key-file" };
        let current = secret(self.secret_key_file.as_deref().ok_or(missing)?)?;
        let fallbacks: Result<Vec<_>, _> =
            self.secret_key_fallback_file.iter().map(|file| secret(file)).collect();
        let fallbacks = fallbacks?;
        // The crate takes the vectors over and wipes them.
        Ok(Keys::new(current.to_vec(), fallbacks.iter().map(|key| key.to_vec()))?)
    }

    /// The key that signs identities.
    ///
    /// # Errors
    /// The file is missing or unreadable, or the key too short.
    pub(crate) fn signing_key(&self) -> Result<Zeroizing<Vec<u8>>, BadIdentity> {
        let missing = BadIdentity::Missing { sessions: "", option: "--identity-key-file" };
        let key = secret(self.identity_key_file.as_deref().ok_or(missing)?)?;
        if key.len() < SIGNING_KEY_BYTES_MIN { Err(BadIdentity::ShortKey) } else { Ok(key) }
    }
}

/// The content of a file without the end of its line.
///
/// # Errors
/// It cannot be read.
pub(crate) fn secret(path: &Path) -> Result<Zeroizing<Vec<u8>>, BadIdentity> {
    // Room for all of it at once: a vector that grows leaves copies behind.
    let room = usize::try_from(FILE_BYTES_MAX).unwrap_or(0) + 1;
    let mut bytes = Zeroizing::new(Vec::with_capacity(room));
    let read = File::open(path).and_then(|file| file.take(FILE_BYTES_MAX).read_to_end(&mut bytes));
    read.map_err(|source| BadIdentity::Unreadable { path: path.to_owned(), source })?;
    while bytes.last().is_some_and(|byte| matches!(byte, b'\n' | b'\r')) {
        bytes.pop();
    }
    Ok(bytes)
}
