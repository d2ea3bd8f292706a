//! Threads of the proxy: those with an event loop of their own, and those that work when no client
//! waits.

use std::{future::Future, io, thread, time::Duration};

use tokio::runtime::{Builder, Handle, Runtime};

/// Shorter than every timer of a request, and long enough to cost nothing.
const TICK: Duration = Duration::from_secs(1);

/// Steps of niceness (`nice(2)`) of what may wait: a tenth of the share of a thread that answers
/// clients, and it is put aside when one of those has work.
#[cfg(target_os = "linux")]
const NICENESS: i32 = 10;

/// One thread and what it waits for. What runs on it stays on it.
#[derive(Debug)]
pub(crate) struct EventLoop(Runtime);

impl EventLoop {
    /// One that nobody runs yet.
    ///
    /// # Errors
    /// The process has too many open files.
    pub(crate) fn new() -> io::Result<Self> {
        Builder::new_current_thread().enable_all().build().map(Self)
    }

    /// Where others give it work.
    pub(crate) fn handle(&self) -> Handle {
        self.0.handle().clone()
    }

    /// Runs it on a thread of that name until `work` is done; what else it runs ends then.
    ///
    /// # Errors
    /// The system refuses another thread.
    pub(crate) fn run<W: Future>(
        self,
        name: &str,
        work: impl FnOnce() -> W + Send + 'static,
    ) -> io::Result<thread::JoinHandle<()>> {
        thread::Builder::new().name(name.to_owned()).spawn(move || {
            self.0.block_on(async move {
                tokio::spawn(tick());
                work().await;
            });
        })
    }
}

/// An event loop calls itself by an event of the system when a timer is set that is to end before
/// all others. A request sets some, of a minute each; while this one runs none of them is first.
async fn tick() {
    loop {
        tokio::time::sleep(TICK).await;
    }
}

/// Makes the calling thread give way to those that answer clients. Only Linux has threads of
/// different niceness; a system that refuses it does the same work, as fast as it can.
pub(crate) fn give_way() {
    #[cfg(target_os = "linux")]
    let _ = rustix::process::nice(NICENESS);
}
