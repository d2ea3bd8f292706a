//! Rules that change while traffic flows: watched, read as a whole, taken as a whole or not at all.
//!
//! Three ways to notice, because each misses something: the announcement of the file system (fast,
//! but blind on network mounts), the same for the folder above (a folder that is a link to a
//! release and is re-linked), and a slow look at the contents, which decides in the end: only a
//! different text is a change, however it came about. Editors rename, a `ConfigMap` swaps a link.

use std::{
    io,
    path::{Path, PathBuf},
    sync::{
        Arc,
        mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel},
    },
    thread::{self, JoinHandle},
    time::Duration,
};

use notify::{
    EventKind, RecommendedWatcher, RecursiveMode, Watcher,
    event::{AccessKind, AccessMode},
};
use rules::{Source, folder};

use crate::{
    route::Snapshot,
    state::{Refused, State},
    telemetry::Telemetry,
};

/// Quiet time after an announcement: an editor or a deployment touches several files in a row.
const SETTLE: Duration = Duration::from_millis(20);

/// How often the names of upstreams are looked up again.
const RESOLVE_EVERY: Duration = Duration::from_secs(30);

/// Rules that cannot be used, every problem with its place.
#[derive(Debug, thiserror::Error)]
#[error("the rules in {} are refused", folder.display())]
pub struct BadRules {
    /// The folder.
    pub folder: PathBuf,
    /// One line per problem: place, code, message.
    pub problems: Vec<String>,
    /// The same with source lines and carets, for a terminal.
    pub rendered: String,
}

/// Reads a folder of rules.
///
/// # Errors
/// Every problem of every file.
pub(crate) fn read(
    folder: &Path,
    telemetry: &Telemetry,
    before: Option<&Snapshot>,
) -> Result<(Vec<Source>, Snapshot), BadRules> {
    let sources = folder::sources(folder).map_err(|error| bad(folder, &error))?;
    let snapshot = compile(folder, &sources, telemetry, before)?;
    Ok((sources, snapshot))
}

fn compile(
    folder: &Path,
    sources: &[Source],
    telemetry: &Telemetry,
    before: Option<&Snapshot>,
) -> Result<Snapshot, BadRules> {
    let ruleset = rules::load(sources).map_err(|problems| BadRules {
        folder: folder.to_owned(),
        problems: problems.as_slice().iter().map(rules::Problem::concise).collect(),
        rendered: problems.render(false),
    })?;
    Snapshot::new(ruleset, telemetry, before).map_err(|error| bad(folder, &error))
}

fn bad(folder: &Path, error: &dyn std::error::Error) -> BadRules {
    let problem = error.to_string();
    BadRules { folder: folder.to_owned(), rendered: problem.clone(), problems: vec![problem] }
}

/// Ends the threads of this file when dropped.
#[derive(Debug)]
pub(crate) struct Watch {
    _stop: [SyncSender<()>; 2],
    _watcher: Option<RecommendedWatcher>,
    threads: Vec<JoinHandle<()>>,
}

impl Watch {
    /// Waits for the threads to end. A look-up that hangs is not waited for.
    pub(crate) fn stop(self) {
        let Self { _stop: stop, _watcher: watcher, threads } = self;
        drop((stop, watcher));
        for thread in threads.into_iter().filter(|thread| thread.thread().name() == Some("rules")) {
            // A panic there was printed there; the proxy is on its way out anyway.
            let _ = thread.join();
        }
    }
}

/// Keeps the rules of `state` what the folder says, from `sources` on.
///
/// # Errors
/// The system refuses another thread.
pub(crate) fn watch(
    state: &Arc<State>,
    folder: PathBuf,
    sources: Vec<Source>,
    poll: Duration,
) -> io::Result<Watch> {
    // One waiting announcement is enough: whoever wakes up reads everything.
    let (announce, announced) = sync_channel(1);
    let watcher = announcements(&folder, state.holds.file(), announce.clone());
    let keeper = Keeper { state: Arc::clone(state), folder, seen: Some(sources) };
    let rules = thread::Builder::new()
        .name("rules".to_owned())
        .spawn(move || keeper.keep(&announced, poll))?;
    let (resolve, stopped) = sync_channel(1);
    let shared = Arc::clone(state);
    let resolver = thread::Builder::new()
        .name("resolve".to_owned())
        .spawn(move || keep_resolving(&shared, &stopped))?;
    let threads = vec![rules, resolver];
    Ok(Watch { _stop: [announce, resolve], _watcher: watcher, threads })
}

/// The file system's announcements; none where it has no such thing, and then the poll must do.
fn announcements(
    folder: &Path,
    holds: Option<&Path>,
    announce: SyncSender<()>,
) -> Option<RecommendedWatcher> {
    let ours = [Some(folder), holds].into_iter().flatten();
    let own: Vec<PathBuf> = ours.map(Path::to_owned).collect();
    let mut watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
        if event.is_err()
            || event.is_ok_and(|event| is_change(event.kind) && concerns(&own, &event.paths))
        {
            // Full means that somebody is about to look anyway.
            let _ = announce.try_send(());
        }
    })
    .inspect_err(|error| tracing::warn!(%error, "changes are not announced here, only polled"))
    .ok()?;
    let above = holds.and_then(Path::parent);
    for place in [Some(folder), folder.parent(), above].into_iter().flatten() {
        let place = if place.as_os_str().is_empty() { Path::new(".") } else { place };
        if let Err(error) = watcher.watch(place, RecursiveMode::NonRecursive) {
            tracing::warn!(%error, place = %place.display(), "not watched, only polled");
        }
    }
    Some(watcher)
}

/// Our own look at a file is announced too; it must not make us look again.
fn is_change(kind: EventKind) -> bool {
    !matches!(kind, EventKind::Access(kind) if kind != AccessKind::Close(AccessMode::Write))
}

/// Folders above may be busy with other things; only what is ours and what is in it counts.
fn concerns(ours: &[PathBuf], paths: &[PathBuf]) -> bool {
    paths.is_empty()
        || paths.iter().any(|path| {
            ours.iter().any(|own| {
                path.starts_with(own) || path.file_name().is_some_and(|name| own.ends_with(name))
            })
        })
}

/// Knows what it saw last, so that nothing is loaded, refused or said twice.
struct Keeper {
    state: Arc<State>,
    folder: PathBuf,
    seen: Option<Vec<Source>>,
}

impl Keeper {
    fn keep(mut self, announced: &Receiver<()>, poll: Duration) {
        loop {
            match announced.recv_timeout(poll) {
                Ok(()) => thread::sleep(SETTLE),
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return,
            }
            // What was announced while we slept is covered by the look that follows.
            while announced.try_recv().is_ok() {}
            // First, and whatever becomes of the rules.
            self.state.holds.look_again();
            self.look();
            for upstream in self.state.rules().upstreams() {
                upstream.renew(&self.state.telemetry);
            }
        }
    }

    fn look(&mut self) {
        let sources = match folder::sources(&self.folder) {
            Ok(sources) => sources,
            Err(error) => return self.unreadable(&error),
        };
        if self.seen.as_ref() == Some(&sources) {
            return;
        }
        let before = self.state.rules();
        let read = compile(&self.folder, &sources, &self.state.telemetry, Some(&before));
        self.seen = Some(sources);
        match read {
            Ok(rules) if rules.digest() == before.digest() => self.state.back_in_force(),
            Ok(rules) => {
                tracing::info!(digest = rules.digest(), "new rules are in force");
                self.state.take(rules);
            }
            Err(bad) => self.refuse(bad),
        }
    }

    /// A folder that is being replaced is not there for a moment, so this is said once only.
    fn unreadable(&mut self, error: &folder::FolderError) {
        let is_new = self.seen.take().is_some();
        if is_new {
            self.refuse(bad(&self.folder, error));
        }
    }

    fn refuse(&self, bad: BadRules) {
        for problem in &bad.problems {
            tracing::error!(problem, "the rules on disk are refused, the old ones stay in force");
        }
        self.state.refuse(Refused { problems: bad.problems });
    }
}

fn keep_resolving(state: &State, stopped: &Receiver<()>) {
    while stopped.recv_timeout(RESOLVE_EVERY) == Err(RecvTimeoutError::Timeout) {
        for upstream in state.rules().upstreams() {
            upstream.look_again();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use notify::event::{CreateKind, ModifyKind, RenameMode};

    #[test]
    fn looking_is_no_change() {
        for kind in [AccessKind::Read, AccessKind::Open(AccessMode::Any)] {
            assert!(!is_change(EventKind::Access(kind)), "{kind:?}");
        }
        for kind in [
            EventKind::Access(AccessKind::Close(AccessMode::Write)),
            EventKind::Create(CreateKind::File),
            EventKind::Modify(ModifyKind::Name(RenameMode::To)),
            EventKind::Any,
        ] {
            assert!(is_change(kind), "{kind:?}");
        }
    }

    #[test]
    fn neighbours_do_not_concern_us() {
        let ours = [PathBuf::from("/etc/outgrow/rules"), PathBuf::from("holds")];
        let concerned = |path: &str| concerns(&ours, &[PathBuf::from(path)]);
        assert!(concerned("/etc/outgrow/rules/..data") && concerned("./holds"));
        assert!(!concerned("/etc/outgrow/other") && !concerned("/tmp/x"));
    }
}
