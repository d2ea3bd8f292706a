//! `outgrow analyze --watch`: analyzes again whenever a file changed, and says what that changed.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, sync_channel};
use std::time::{Duration, Instant};

use analyzer::map::Map;
use analyzer::report;
use anyhow::Context as _;
use notify::{Event, EventKind, RecursiveMode, Watcher as _};

use crate::out;

/// A change is taken when nothing has followed it for so long: editors write in several steps.
const QUIET: Duration = Duration::from_millis(30);

/// Longest that changes may follow each other before they are taken all the same.
const PATIENCE: Duration = Duration::from_secs(2);

/// Signs of a change (a count) that may wait; more would say the same.
const SIGNS_MAX: usize = 1;

/// Calls `analyze` after every change below `root` but outside `own`, what we write ourselves,
/// until watching breaks down or the process ends.
///
/// # Errors
/// The folder cannot be watched, or standard output is closed.
pub(crate) fn run(
    root: &Path,
    own: &Path,
    mut before: Map,
    mut analyze: impl FnMut() -> anyhow::Result<Map>,
) -> anyhow::Result<()> {
    let shown = root.display();
    let root = std::fs::canonicalize(root).with_context(|| format!("cannot watch {shown}"))?;
    let own = std::fs::canonicalize(own).unwrap_or_else(|_| own.to_path_buf());
    let (sign, signs) = sync_channel(SIGNS_MAX);
    let inside = root.clone();
    let mut watcher = notify::recommended_watcher(move |event: notify::Result<Event>| {
        let changed = match event {
            Ok(event) => counts(&event, &inside, &own),
            // It may stand for changes that were not told.
            Err(_) => true,
        };
        if changed {
            // One that waits already says the same.
            let _ = sign.try_send(());
        }
    })
    .context("this system tells of no changes")?;
    watcher
        .watch(&root, RecursiveMode::Recursive)
        .with_context(|| format!("cannot watch {shown}"))?;
    out::note(format_args!("watching {shown}; end with Ctrl-C"));
    while wait(&signs) {
        let started = now();
        match analyze() {
            Ok(after) => {
                for line in report::changes(&before, &after) {
                    out::print(format_args!("{line}\n"))?;
                }
                out::note(format_args!("analyzed in {} ms", started.elapsed().as_millis()));
                before = after;
            }
            // Half an edit may break the settings; the next one may heal them.
            Err(error) => out::error(&error),
        }
    }
    Ok(())
}

#[expect(clippy::disallowed_methods, reason = "how long a person waited is said to the person")]
fn now() -> Instant {
    Instant::now()
}

/// Whether the event may change what the analysis says.
fn counts(event: &Event, root: &Path, own: &Path) -> bool {
    let matters = |path: &PathBuf| {
        let inner = path.strip_prefix(root).unwrap_or(path);
        let hidden = |part: &std::ffi::OsStr| {
            part.to_string_lossy().starts_with('.') || part == "__pycache__"
        };
        !inner.iter().any(hidden) && !path.starts_with(own)
    };
    let reads = matches!(event.kind, EventKind::Access(_));
    !reads && (event.need_rescan() || event.paths.iter().any(matters))
}

/// Waits for a change, and for the end of those that follow it; false if no more can come.
fn wait(signs: &Receiver<()>) -> bool {
    if signs.recv().is_err() {
        return false;
    }
    let started = now();
    while started.elapsed() < PATIENCE {
        match signs.recv_timeout(QUIET) {
            Ok(()) => {}
            Err(RecvTimeoutError::Timeout) => return true,
            Err(RecvTimeoutError::Disconnected) => return false,
        }
    }
    true
}
