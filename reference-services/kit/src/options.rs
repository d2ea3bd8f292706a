//! The options every service has; the environment is read here, at the door.

use std::net::SocketAddr;

/// Command-line options common to all native services.
#[derive(Debug, Clone, clap::Args)]
pub struct Options {
    /// Where to listen; port 0 takes any free one and prints it.
    #[arg(long, env = "LISTEN", default_value = "127.0.0.1:8001")]
    pub listen: SocketAddr,

    /// The monolith's database: `postgresql://user@host/name`, `...?host=/folder` for a socket.
    #[arg(long, env = "DATABASE_URL", hide_env_values = true)]
    pub database_url: String,

    /// What is logged, in tracing's words: `info`, `debug`, `info,tokio_postgres=warn`.
    #[arg(long, env = "LOG", default_value = "info")]
    pub log: String,
}
