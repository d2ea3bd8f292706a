//! The native market-data service: the monolith's read-only market-data endpoints, from the same
//! database, with the same answers.

mod calendar;
mod domain;
mod fields;
mod instruments;
mod pagination;
mod prices;
mod query;
mod reference;
mod routes;
mod search;
mod store;

use std::process::ExitCode;

use anyhow::Context as _;
use clap::Parser;
use tokio::net::TcpListener;

/// Serves market data natively.
#[derive(Debug, Parser)]
#[command(name = "market-data", version)]
struct Arguments {
    #[command(flatten)]
    kit: kit::Options,
}

#[tokio::main]
async fn main() -> ExitCode {
    let arguments = Arguments::parse();
    match serve(&arguments.kit).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            tracing::error!(error = format!("{error:#}"), "cannot serve");
            // 3: something about the machine, not about the arguments.
            ExitCode::from(3)
        }
    }
}

async fn serve(options: &kit::Options) -> anyhow::Result<()> {
    kit::trace::start(&options.log).context("--log")?;
    let pool = kit::pool::read_only(&options.database_url).context("--database-url")?;
    let listener = TcpListener::bind(options.listen)
        .await
        .with_context(|| format!("cannot listen on {}; is the port taken?", options.listen))?;
    tracing::info!(address = %listener.local_addr()?, "listening");
    let shutdown = kit::server::signalled().context("cannot listen to signals")?;
    kit::run(listener, shutdown, routes::router(pool)).await;
    Ok(())
}
