//! A sign of life on the terminal for work that takes longer than a second.

use std::sync::mpsc::{RecvTimeoutError, sync_channel};
use std::thread;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

/// Work shorter than this shows nothing: a flash of text only distracts.
const PATIENCE: Duration = Duration::from_secs(1);

/// Runs `work`; from the second second on, a line on a terminal says that it goes on.
pub(crate) fn during<T>(what: &str, work: impl FnOnce() -> T) -> T {
    let (done, finished) = sync_channel::<()>(0);
    thread::scope(|scope| {
        scope.spawn(move || {
            if finished.recv_timeout(PATIENCE) == Err(RecvTimeoutError::Timeout) {
                let bar = ProgressBar::new_spinner()
                    .with_style(ProgressStyle::default_spinner())
                    .with_message(what.to_owned());
                bar.enable_steady_tick(Duration::from_millis(100));
                // Answers as soon as the other end is dropped, which is when the work is done.
                let _ = finished.recv();
                bar.finish_and_clear();
            }
        });
        let result = work();
        drop(done);
        result
    })
}
