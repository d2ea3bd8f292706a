//! Django's database, read only: one row of a session, one of a user.
//!
//! One connection serves all threads: queries are pipelined on it. While the database is away
//! every question is answered at once with "unknown", and the requests go to the monolith.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use arc_swap::ArcSwapOption;
use jiff::Timestamp;
use tokio::{
    runtime::Handle,
    sync::Semaphore,
    time::{Instant, timeout},
};
use tokio_postgres::{Client, Config, Statement};
use tokio_postgres_rustls::MakeRustlsConnect;

use super::{encrypted, options::BadIdentity};

/// A question to the database, connection included. Django's own page would take longer.
const ANSWER_TIME_MAX: Duration = Duration::from_millis(500);

/// Questions at one time; more are answered "unknown", which costs the monolith a request.
const QUESTIONS_MAX: usize = 256;

/// Between attempts to connect, so that a database that comes back is not met by a crowd.
const ATTEMPTS_APART: Duration = Duration::from_millis(250);

/// What every session of ours begins with. Zero is "no limit" to PostgreSQL, so never that.
const MANNERS: &str = "SET default_transaction_read_only = on; SET statement_timeout = 500";

/// A user as far as a session depends on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct User {
    /// The hash in the column; the session's own hash is made of it.
    pub password: String,
    /// Django's `ModelBackend` loads no others.
    pub is_active: bool,
}

/// The database did not answer in time, or not what we asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Away;

/// Names of the user table, checked.
#[derive(Debug, Clone)]
pub(crate) struct Names {
    table: String,
    key: String,
}

impl Names {
    /// # Errors
    /// A name with characters that need quoting.
    pub(crate) fn new(table: &str, key: &str) -> Result<Self, BadIdentity> {
        let plain = |name: &str| {
            !name.is_empty()
                && name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'.'))
        };
        let bad = [table, key].into_iter().find(|name| !plain(name));
        match bad {
            Some(name) => Err(BadIdentity::Name(name.to_owned())),
            None => Ok(Self { table: table.replace('.', "\".\""), key: key.to_owned() }),
        }
    }
}

struct Connected {
    client: Client,
    session: Statement,
    user: Statement,
}

/// The database.
pub(crate) struct Store {
    config: Config,
    tls: MakeRustlsConnect,
    names: Names,
    runtime: Handle,
    live: ArcSwapOption<Connected>,
    tried: Mutex<Option<Instant>>,
    slots: Semaphore,
}

impl std::fmt::Debug for Store {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Store")
    }
}

impl Store {
    /// A database to be connected when it is first asked; its connection lives on `runtime`.
    ///
    /// # Errors
    /// The address is none.
    pub(crate) fn new(address: &str, names: Names, runtime: Handle) -> Result<Self, BadIdentity> {
        let (mut config, tls) = encrypted::read(address)?;
        config.application_name("outgrow-proxy").connect_timeout(ANSWER_TIME_MAX);
        Ok(Self {
            config,
            tls,
            names,
            runtime,
            live: ArcSwapOption::empty(),
            tried: Mutex::new(None),
            slots: Semaphore::new(QUESTIONS_MAX),
        })
    }

    /// `django_session.session_data` of a session that has not expired.
    ///
    /// # Errors
    /// [`Away`].
    pub(crate) async fn session(&self, key: &str, now: Timestamp) -> Result<Option<String>, Away> {
        let ask = async {
            let live = self.connected().await?;
            let row = live.client.query_opt(&live.session, &[&key, &now]).await;
            row.map_err(|_| Away)?.map(|row| row.try_get(0).map_err(|_| Away)).transpose()
        };
        self.in_time(ask).await
    }

    /// The user of that id, as text.
    ///
    /// # Errors
    /// [`Away`]; also an id that is none of the key's type, on which Django fails.
    pub(crate) async fn user(&self, id: &str) -> Result<Option<User>, Away> {
        let ask = async {
            let live = self.connected().await?;
            let row = live.client.query_opt(&live.user, &[&id]).await.map_err(|_| Away)?;
            let read = |row: tokio_postgres::Row| {
                Ok(User { password: row.try_get(0)?, is_active: row.try_get(1)? })
            };
            row.map(read).transpose().map_err(|_: tokio_postgres::Error| Away)
        };
        self.in_time(ask).await
    }

    async fn in_time<T>(&self, ask: impl Future<Output = Result<T, Away>>) -> Result<T, Away> {
        let _slot = self.slots.try_acquire().map_err(|_| Away)?;
        timeout(ANSWER_TIME_MAX, ask).await.map_err(|_| Away)?
    }

    /// The connection; a new one where there is none and nobody tried just now.
    async fn connected(&self) -> Result<Arc<Connected>, Away> {
        if let Some(live) = self.live.load_full().filter(|live| !live.client.is_closed()) {
            return Ok(live);
        }
        if !self.may_try(Instant::now()) {
            return Err(Away);
        }
        let (config, tls) = (self.config.clone(), self.tls.clone());
        // On a runtime of its own: the connection outlives the request that opened it.
        let connecting = self.runtime.spawn(connect(config, tls, self.names.clone()));
        let live = connecting.await.map_err(|_| Away)?.inspect_err(|error| {
            // The error's own text names host and role and no password.
            tracing::warn!(%error, "Django's database is away: who users are is left to legacy");
        });
        let live = Arc::new(live.map_err(|_| Away)?);
        self.live.store(Some(Arc::clone(&live)));
        Ok(live)
    }

    fn may_try(&self, now: Instant) -> bool {
        let mut tried = self.tried.lock().unwrap_or_else(PoisonError::into_inner);
        let free = tried.is_none_or(|at| now.duration_since(at) >= ATTEMPTS_APART);
        if free {
            *tried = Some(now);
        }
        free
    }
}

async fn connect(
    config: Config,
    tls: MakeRustlsConnect,
    names: Names,
) -> Result<Connected, tokio_postgres::Error> {
    let (client, connection) = config.connect(tls).await?;
    tokio::spawn(async move {
        // Whoever asks next sees that it is closed and connects again.
        let _ = connection.await;
    });
    client.batch_execute(MANNERS).await?;
    let Names { table, key } = names;
    let session = client
        .prepare(
            "SELECT session_data FROM django_session WHERE session_key = $1 AND expire_date > $2",
        )
        .await?;
    // The key may be a number, a UUID or a text; PostgreSQL knows and casts.
    let of_key = client
        .query_one(
            "SELECT format_type(atttypid, NULL) FROM pg_attribute \
             WHERE attrelid = $1::text::regclass AND attname = $2",
            &[&format!("\"{table}\""), &key],
        )
        .await?;
    let of_key: String = of_key.try_get(0)?;
    let user = client
        .prepare(&format!(
            "SELECT password, is_active FROM \"{table}\" \
             WHERE \"{key}\" = CAST($1::text AS {of_key})"
        ))
        .await?;
    Ok(Connected { client, session, user })
}
