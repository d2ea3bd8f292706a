//! Which client connections nobody needs at the moment, so that some can go when others want in.
//!
//! A connection between two requests may be closed at any time (RFC 9112 section 9.5). It is left
//! alone for as long as there is room; when there is none, those that waited longest make some.

use std::sync::{
    Arc, Mutex, MutexGuard, PoisonError,
    atomic::{AtomicU64, Ordering},
};

use tokio::{task::AbortHandle, time::Instant};

/// Connections closed at one time. One at a time would mean to look through all of them for each
/// client that wants in; more would close those that are about to be used.
pub(crate) const MADE_ROOM_MAX: usize = 32;

/// A request is under way.
const BUSY: u64 = u64::MAX;

/// It was chosen to be closed.
const CLOSED: u64 = u64::MAX - 1;

/// All connections of the process.
#[derive(Debug, Clone)]
pub(crate) struct Idlers(Arc<All>);

#[derive(Debug)]
struct All {
    began: Instant,
    open: Mutex<Vec<Arc<Entry>>>,
}

#[derive(Debug)]
struct Entry {
    /// Since when it rests, in microseconds; or [`BUSY`], or [`CLOSED`].
    since: AtomicU64,
    /// Its task. Gone with it: a handle holds the memory of the whole task.
    task: Mutex<Option<AbortHandle>>,
}

impl Entry {
    fn task(&self) -> MutexGuard<'_, Option<AbortHandle>> {
        self.task.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Closes it, if it has rested since then: a request that begins meanwhile is served.
    fn close(&self, since: u64) -> bool {
        let chosen = (Ordering::AcqRel, Ordering::Relaxed);
        let rests = self.since.compare_exchange(since, CLOSED, chosen.0, chosen.1).is_ok();
        rests
            && self.task().as_ref().is_some_and(|task| {
                task.abort();
                true
            })
    }

    fn is_gone(&self) -> bool {
        self.task().is_none()
    }
}

impl Idlers {
    /// None yet.
    pub(crate) fn new() -> Self {
        Self(Arc::new(All { began: Instant::now(), open: Mutex::default() }))
    }

    /// A connection that begins, without a request so far.
    pub(crate) fn begin(&self) -> Idler {
        let entry = Arc::new(Entry { since: AtomicU64::new(0), task: Mutex::default() });
        let idler = Idler { entry, all: Arc::clone(&self.0) };
        idler.rests();
        idler
    }

    /// The task that ends with it; to abort it is to close the connection.
    pub(crate) fn watch(&self, idler: &Idler, task: AbortHandle) {
        *idler.entry.task() = Some(task);
        let mut open = self.0.open.lock().unwrap_or_else(PoisonError::into_inner);
        if open.len() == open.capacity() {
            open.retain(|entry| !entry.is_gone());
        }
        open.push(Arc::clone(&idler.entry));
    }

    /// Closes all that rest.
    pub(crate) fn close_all(&self) {
        let open = self.0.open.lock().unwrap_or_else(PoisonError::into_inner);
        for entry in open.iter() {
            let since = entry.since.load(Ordering::Acquire);
            if since < CLOSED {
                entry.close(since);
            }
        }
    }

    /// Closes those that rested longest, and says how many that were: at most [`MADE_ROOM_MAX`],
    /// and never more than a sixteenth and one.
    pub(crate) fn make_room(&self) -> usize {
        let mut open = self.0.open.lock().unwrap_or_else(PoisonError::into_inner);
        open.retain(|entry| !entry.is_gone());
        let most = MADE_ROOM_MAX.min(open.len() / 16 + 1);
        let mut resting: Vec<(u64, usize)> = open
            .iter()
            .enumerate()
            .map(|(place, entry)| (entry.since.load(Ordering::Relaxed), place))
            .filter(|(since, _)| *since < CLOSED)
            .collect();
        if resting.len() > most {
            resting.select_nth_unstable(most);
            resting.truncate(most);
        }
        resting.into_iter().filter(|(since, place)| open[*place].close(*since)).count()
    }
}

/// One connection, as its requests come and go.
#[derive(Debug, Clone)]
pub(crate) struct Idler {
    entry: Arc<Entry>,
    all: Arc<All>,
}

impl Idler {
    /// A request begins. False: the connection is being closed, and nothing may come of it.
    #[must_use]
    pub(crate) fn works(&self) -> bool {
        self.entry.since.swap(BUSY, Ordering::AcqRel) != CLOSED
    }

    /// The connection is at its end.
    pub(crate) fn ends(&self) {
        self.entry.task().take();
    }

    /// No request is left.
    pub(crate) fn rests(&self) {
        let since = u64::try_from(self.all.began.elapsed().as_micros()).unwrap_or(0);
        self.entry.since.store(since, Ordering::Release);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::future::pending;

    fn connection(idlers: &Idlers) -> (Idler, tokio::task::JoinHandle<()>) {
        let (idler, task) = (idlers.begin(), tokio::spawn(pending()));
        idlers.watch(&idler, task.abort_handle());
        (idler, task)
    }

    #[tokio::test(start_paused = true)]
    async fn who_rested_longest_goes_and_who_works_stays() {
        let idlers = Idlers::new();
        let mut open = Vec::new();
        for _ in 0..3 {
            tokio::time::advance(std::time::Duration::from_millis(1)).await;
            open.push(connection(&idlers));
        }
        assert!(open[0].0.works());
        assert_eq!(idlers.make_room(), 1);
        tokio::task::yield_now().await;
        open[1].0.ends();
        let gone: Vec<bool> = open.iter().map(|(_, task)| task.is_finished()).collect();
        assert_eq!(gone, [false, true, false]);
        assert!(!open[1].0.works(), "a request that comes too late is not begun");
        assert_eq!(idlers.make_room(), 1);
        assert_eq!(idlers.make_room(), 0, "the one that works stays");
        open[0].0.rests();
        assert_eq!(idlers.make_room(), 1);
    }
}
