//! The listener: connections up to a limit, each with bounds on its head and its body, and an end
//! in which open requests finish.

use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::DefaultBodyLimit;
use axum::{Router, middleware};
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::{GracefulShutdown, Watcher};
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::Semaphore;
use tokio::time::{sleep, timeout};

use crate::{limits, trace};

/// Pause after a failed accept, in milliseconds (50): out of file descriptors, asking again at
/// once would only burn the processor.
const ACCEPT_PAUSE_MAX: Duration = Duration::from_millis(50);

/// How a server ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    /// Every open request got its answer.
    Drained,
    /// The deadline passed with connections still open; they were cut.
    Cut,
}

/// Serves until `shutdown` is ready, then lets open requests end within
/// [`limits::DRAIN_TIME_MAX`].
pub async fn run(
    listener: TcpListener,
    shutdown: impl Future<Output = ()>,
    router: Router,
) -> Ended {
    let router = router
        .layer(DefaultBodyLimit::max(limits::BODY_BYTES_MAX))
        .layer(middleware::from_fn(trace::request));
    let (places, connections) =
        (Arc::new(Semaphore::new(limits::CONNECTIONS_MAX)), GracefulShutdown::new());
    tokio::pin!(shutdown);
    loop {
        let place = Arc::clone(&places).acquire_owned();
        let next = async { (place.await, listener.accept().await) };
        let (place, accepted) = tokio::select! {
            () = &mut shutdown => break,
            next = next => next,
        };
        match accepted {
            Ok((stream, _)) => {
                let (router, watcher) = (router.clone(), connections.watcher());
                tokio::spawn(async move {
                    serve(stream, router, watcher).await;
                    drop(place);
                });
            }
            Err(error) => {
                tracing::warn!(error = &error as &dyn std::error::Error, "accept failed");
                sleep(ACCEPT_PAUSE_MAX).await;
            }
        }
    }
    drop(listener);
    let open = connections.count();
    let drained = timeout(limits::DRAIN_TIME_MAX, connections.shutdown()).await;
    let ended = if drained.is_ok() { Ended::Drained } else { Ended::Cut };
    tracing::info!(open, ?ended, "stopped");
    ended
}

async fn serve(stream: TcpStream, router: Router, watcher: Watcher) {
    // Answers are written in one piece; waiting to fill a packet only adds delay.
    if stream.set_nodelay(true).is_err() {
        return;
    }
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new())
        .header_read_timeout(limits::HEAD_TIME_MAX)
        .max_buf_size(limits::HEAD_BYTES_MAX)
        .max_headers(limits::HEADERS_MAX);
    let connection = http.serve_connection(TokioIo::new(stream), TowerToHyperService::new(router));
    if let Err(error) = watcher.watch(connection).await {
        // A client that leaves in the middle is its own business.
        tracing::debug!(error = &error as &dyn std::error::Error, "connection ended");
    }
}

/// Ready at the first SIGTERM or SIGINT.
///
/// # Errors
/// The signals cannot be listened to.
pub fn signalled() -> std::io::Result<impl Future<Output = ()>> {
    let (mut terminate, mut interrupt) =
        (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    })
}
