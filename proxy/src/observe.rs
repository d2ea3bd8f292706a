//! Where comparisons end: every sampled request gets exactly one outcome here, in the meters at
//! once and in the ledger from a thread of its own.
//!
//! expected = compared + shed + timed out + incomparable, by construction: a [`Sampled`] counts
//! itself expected when it is made, and settles when it is consumed or, at the latest, dropped.

use std::{
    collections::BTreeMap,
    io,
    sync::{
        Arc, Mutex, PoisonError,
        mpsc::{Receiver, RecvTimeoutError, SyncSender, TrySendError, sync_channel},
    },
    thread::{self, JoinHandle},
    time::Duration,
};

use http::Method;
use shadow::{Answer, Verdict, Void};

use crate::{book::Book, capture::Capture, route::RouteState, threads::give_way};

/// Pairs of answers waiting to be compared. Unit: pairs; their bytes are bounded by the budget of
/// all bodies, this bounds their number. A comparison takes some 100 µs, so this is 25 ms of work.
pub(crate) const PAIRS_MAX: usize = 256;

/// How long the first pair waits for others before it is compared: to be woken for each costs more
/// than to compare it.
const GATHER: Duration = Duration::from_millis(1);

/// How often the ledger gets what waits for it while nothing is compared.
const FLUSH_EVERY: Duration = Duration::from_millis(500);

/// Two answers to one request, and the leases on their bytes.
#[derive(Debug)]
pub(crate) struct Pair {
    /// Whose exchange it is.
    pub sampled: Sampled,
    /// Path and query of the request.
    pub target: String,
    /// The host the client asked for.
    pub host: Option<String>,
    /// What legacy answered, and how long it took.
    pub legacy: (Answer, Duration),
    /// What native answered, and how long it took.
    pub native: (Answer, Duration),
    /// The budget is given back when these are dropped.
    pub leases: [Capture; 2],
}

/// What an exchange is counted under.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Key {
    /// The bounded context of the route.
    pub context: Arc<str>,
    /// The route's name.
    pub route: Arc<str>,
    /// The method.
    pub method: &'static str,
}

type Voids = Mutex<BTreeMap<(Key, Void), u64>>;

/// Takes outcomes. Cloning shares it.
#[derive(Debug, Clone)]
pub(crate) struct Observer {
    pairs: SyncSender<Pair>,
    voids: Arc<Voids>,
}

impl Observer {
    /// Starts the thread that compares and keeps the book. It ends when the last observer and the
    /// last sampled request are gone.
    ///
    /// # Errors
    /// The system refuses another thread.
    pub(crate) fn start(book: Book) -> io::Result<(Self, JoinHandle<()>)> {
        let (pairs, queue) = sync_channel(PAIRS_MAX);
        let voids = Arc::new(Voids::default());
        let shared = Arc::clone(&voids);
        let thread = thread::Builder::new().name("compare".to_owned()).spawn(move || {
            give_way();
            keep_book(&queue, &shared, book);
        })?;
        Ok((Self { pairs, voids }, thread))
    }

    /// A request was chosen: from here on it is expected.
    pub(crate) fn expect(&self, route: &Arc<RouteState>, method: &Method) -> Sampled {
        route.meters.shadow_expected();
        let method = match *method {
            Method::HEAD => "HEAD",
            Method::POST => "POST",
            Method::PUT => "PUT",
            Method::PATCH => "PATCH",
            Method::DELETE => "DELETE",
            _ => "GET",
        };
        Sampled { route: Arc::clone(route), method, observer: self.clone(), settled: false }
    }

    /// Queues a pair for comparison; a full queue sheds it.
    pub(crate) fn compare(&self, pair: Pair) {
        if let Err(TrySendError::Full(pair) | TrySendError::Disconnected(pair)) =
            self.pairs.try_send(pair)
        {
            pair.sampled.void(Void::Shed);
        }
    }
}

/// One sampled request on its way to its outcome.
#[derive(Debug)]
pub(crate) struct Sampled {
    route: Arc<RouteState>,
    method: &'static str,
    observer: Observer,
    settled: bool,
}

impl Sampled {
    /// The route it was sampled for.
    pub(crate) fn route(&self) -> &Arc<RouteState> {
        &self.route
    }

    /// What it is counted under.
    pub(crate) fn key(&self) -> Key {
        Key {
            context: Arc::clone(&self.route.context),
            route: Arc::clone(&self.route.id),
            method: self.method,
        }
    }

    /// Nothing can be said about it.
    pub(crate) fn void(mut self, reason: Void) {
        self.settle_void(reason);
    }

    fn settle_void(&mut self, reason: Void) {
        self.settled = true;
        self.route.meters.shadow_outcome(reason.word());
        let mut voids = self.observer.voids.lock().unwrap_or_else(PoisonError::into_inner);
        *voids.entry((self.key(), reason)).or_default() += 1;
    }

    /// The book has it already, whatever it is; now the meters have it too.
    fn verdict(mut self, verdict: &Verdict) {
        self.settled = true;
        self.route.meters.shadow_outcome(verdict.word());
    }
}

impl Drop for Sampled {
    fn drop(&mut self) {
        if !self.settled {
            // The request ended in a way that nobody foresaw: there is no answer to compare with.
            self.settle_void(Void::LegacyFailed);
        }
    }
}

/// Compares until every sender is gone, and keeps the book up to date in between.
fn keep_book(pairs: &Receiver<Pair>, voids: &Voids, mut book: Book) {
    loop {
        match pairs.recv_timeout(FLUSH_EVERY) {
            Ok(pair) => {
                thread::sleep(GATHER);
                conclude(pair, &mut book);
                pairs.try_iter().take(PAIRS_MAX).for_each(|pair| conclude(pair, &mut book));
            }
            Err(RecvTimeoutError::Timeout) => settle_voids(voids, &mut book),
            Err(RecvTimeoutError::Disconnected) => break,
        }
        if book.is_due() {
            settle_voids(voids, &mut book);
        }
    }
    settle_voids(voids, &mut book);
}

fn conclude(pair: Pair, book: &mut Book) {
    let Pair { sampled, target, host, legacy, native, leases } = pair;
    let comparison = &sampled.route().comparison;
    let verdict = shadow::compare_for(host.as_deref(), &legacy.0, &native.0, comparison);
    book.verdict(&sampled.key(), &target, &verdict, &legacy, &native);
    drop((legacy, native, leases));
    sampled.verdict(&verdict);
}

fn settle_voids(voids: &Voids, book: &mut Book) {
    let counts = std::mem::take(&mut *voids.lock().unwrap_or_else(PoisonError::into_inner));
    for ((key, reason), count) in counts {
        book.voids(&key, reason, count);
    }
    book.write();
}
