//! The program: options, sockets, signals; then [`proxy::run`] until somebody asks to stop.

use std::{io, io::IsTerminal as _, net::TcpListener, process::ExitCode};

use clap::Parser;
use proxy::{Asks, Drained, Options, RunError, Sockets};
use tokio::{
    signal::unix::{SignalKind, signal},
    sync::watch,
};
use tracing_subscriber::EnvFilter;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[tokio::main(worker_threads = 1)]
async fn main() -> ExitCode {
    let options = Options::parse();
    speak();
    match serve(options).await {
        Ok(Drained::Complete) => ExitCode::SUCCESS,
        Ok(Drained::Cut) => {
            tracing::warn!("stopped with requests unanswered");
            ExitCode::SUCCESS
        }
        Err(error) => explain(&error),
    }
}

async fn serve(options: Options) -> Result<Drained, RunError> {
    let upgrade = options.upgrade_socket.clone();
    let taken = upgrade.as_deref().map(proxy::take).transpose()?.flatten();
    let (sockets, predecessor) = if let Some((sockets, predecessor)) = taken {
        (sockets, Some(predecessor))
    } else {
        let clients = TcpListener::bind(options.listen)?;
        (Sockets { clients, admin: TcpListener::bind(options.admin)? }, None)
    };
    let (listen, admin) = (sockets.clients.local_addr()?, sockets.admin.local_addr()?);
    let (succeed, succeeded) = watch::channel(0);
    let offered = match &upgrade {
        Some(path) => Some((path.clone(), sockets.try_clone()?)),
        None => None,
    };
    let rules = options.rules.clone();
    proxy::run(options, sockets, io::stdout(), signals(succeeded)?, move || {
        tracing::info!(%listen, %admin, rules = %rules.display(), "serving");
        if let Some(predecessor) = predecessor {
            // It may have been killed meanwhile, and then it has left already.
            let _ = predecessor.leave();
        }
        match offered {
            Some((path, sockets)) => proxy::offer(&path, sockets, move || {
                tracing::info!("a successor serves; we drain");
                succeed.send_replace(1);
            }),
            None => Ok(()),
        }
    })
    .await
}

/// What the operator reads on stderr. The library's own lines about single requests are left out:
/// the access log has one for each. `RUST_LOG` changes it.
const SPOKEN: &str = "info,pingora_proxy=off,pingora_core=error,hyper=warn";

fn speak() {
    let spoken = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new(SPOKEN));
    let colour = io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none();
    tracing_subscriber::fmt()
        .with_writer(io::stderr)
        .with_ansi(colour)
        .with_env_filter(spoken)
        .init();
}

/// Counts SIGTERM and SIGINT, which stop, and SIGUSR1, which keeps everything at legacy.
fn signals(succeeded: watch::Receiver<u32>) -> io::Result<Asks> {
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut kill_switch = signal(SignalKind::user_defined1())?;
    let ((stop, asked_to_stop), (hold, asked_to_hold)) = (watch::channel(0), watch::channel(0));
    tokio::spawn(async move {
        loop {
            let asked = tokio::select! {
                _ = terminate.recv() => &stop,
                _ = interrupt.recv() => &stop,
                _ = kill_switch.recv() => &hold,
            };
            asked.send_modify(|times| *times += 1);
        }
    });
    Ok(Asks { stop: asked_to_stop, hold: asked_to_hold, succeeded })
}

#[expect(clippy::print_stderr, reason = "the reader of a failed start is at a terminal")]
fn explain(error: &RunError) -> ExitCode {
    eprintln!("outgrow-proxy: {error}");
    let mut source = std::error::Error::source(error);
    while let Some(cause) = source {
        eprintln!("  because: {cause}");
        source = cause.source();
    }
    match error {
        RunError::Rules(bad) => {
            eprintln!("{}", bad.rendered);
            ExitCode::from(2)
        }
        RunError::Certificate(_) | RunError::Identity(_) => ExitCode::from(2),
        RunError::Ledger(_) | RunError::System(_) => ExitCode::from(3),
    }
}
