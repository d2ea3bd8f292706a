//! The pool of database connections: bounded in number, in waiting time and in statement time.

use deadpool_postgres::{Manager, ManagerConfig, Pool, PoolError, RecyclingMethod, Runtime};
use tokio_postgres::{Config, NoTls};

use crate::limits;

/// Why there is no pool.
#[derive(Debug, thiserror::Error)]
pub enum PoolProblem {
    /// The URL cannot be read.
    #[error("DATABASE_URL is not of the form postgresql://user@host/name")]
    Url(#[source] tokio_postgres::Error),
    /// The pool refuses its settings.
    #[error("the pool of connections cannot be made")]
    Build(#[source] deadpool_postgres::BuildError),
}

/// A pool for a service that only reads: the database itself refuses every write, which is what
/// makes it safe to mirror traffic to it.
///
/// # Errors
/// The URL is not one of PostgreSQL. Whether the database answers is seen at the first use.
pub fn read_only(url: &str) -> Result<Pool, PoolProblem> {
    let mut config: Config = url.parse().map_err(PoolProblem::Url)?;
    let own = format!(
        "{} -c default_transaction_read_only=on -c statement_timeout={}",
        config.get_options().unwrap_or_default(),
        limits::STATEMENT_MS_MAX
    );
    config.options(own.trim());
    config.connect_timeout(limits::POOL_TIME_MAX);
    // Fast: a connection is taken as alive until a statement says otherwise; asking first would
    // double the trips to the database.
    let manager = ManagerConfig { recycling_method: RecyclingMethod::Fast };
    Pool::builder(Manager::from_config(config, NoTls, manager))
        .max_size(limits::POOL_CONNECTIONS_MAX)
        .wait_timeout(Some(limits::POOL_TIME_MAX))
        .create_timeout(Some(limits::POOL_TIME_MAX))
        .runtime(Runtime::Tokio1)
        .build()
        .map_err(PoolProblem::Build)
}

/// Whether the database answers.
///
/// # Errors
/// It gives no connection in time.
pub async fn answers(pool: &Pool) -> Result<(), PoolError> {
    let connection = pool.get().await?;
    connection.simple_query("SELECT 1").await.map_err(PoolError::Backend)?;
    Ok(())
}
