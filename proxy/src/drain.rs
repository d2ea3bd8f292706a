//! The way out: readiness first, then the door, then those who are still inside, with a deadline.

use std::time::Duration;

use tokio::{
    sync::watch,
    time::{sleep, timeout},
};

use crate::{listen::Connections, state::State};

/// Between the door closing and idle connections being let go: those in use hear
/// `Connection: close` with their next answer, so that no request meets a closing socket.
const FAREWELL: Duration = Duration::from_secs(1);

/// How the drain ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Drained {
    /// Every request was answered.
    Complete,
    /// The deadline, or a second request to stop, ended it with requests unanswered.
    Cut,
}

/// How long each step of the drain may take.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Patience {
    /// Between the readiness turning false and the door closing.
    pub lame_duck: Duration,
    /// For requests to finish, once the door is closed.
    pub deadline: Duration,
}

/// Resolves when somebody has asked for the stop `times` times.
pub(crate) async fn asked(asks: &mut watch::Receiver<u32>, times: u32) {
    if asks.wait_for(|asked| *asked >= times).await.is_err() {
        // Whoever could ask is gone, so nobody ever will.
        std::future::pending::<()>().await;
    }
}

/// Drains. Readiness turns false, so that load balancers look elsewhere; the listeners close;
/// connections in use end with their next answer, then idle ones are let go; requests in flight
/// finish until the deadline or the second ask.
pub(crate) async fn drain(
    state: &State,
    connections: &Connections,
    mut asks: watch::Receiver<u32>,
    patience: Patience,
) -> Drained {
    state.not_ready();
    let forced = async { asked(&mut asks, 2).await };
    let orderly = async {
        sleep(patience.lame_duck).await;
        state.close_door();
        let farewell = FAREWELL.min(patience.deadline);
        if timeout(farewell, connections.gone()).await.is_ok() {
            return true;
        }
        connections.let_idle_go();
        timeout(patience.deadline.saturating_sub(farewell), connections.gone()).await.is_ok()
    };
    let complete = tokio::select! {
        complete = orderly => complete,
        () = forced => false,
    };
    state.close_door();
    if complete { Drained::Complete } else { Drained::Cut }
}
