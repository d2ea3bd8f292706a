//! Bounded copies of bodies. A copy gives up, it never waits: when a body is longer than its limit
//! or the budget of the whole process is spent, the copy is dropped and the reason kept.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use prometheus_client::metrics::gauge::Gauge;

/// Bytes that all copies together may hold.
#[derive(Debug)]
pub(crate) struct Budget {
    used: AtomicUsize,
    limit: usize,
    gauge: Gauge,
}

impl Budget {
    /// A budget of `limit` bytes whose use shows in `gauge`.
    pub(crate) fn new(limit: usize, gauge: Gauge) -> Arc<Self> {
        Arc::new(Self { used: AtomicUsize::new(0), limit, gauge })
    }

    /// Takes `bytes` if they are there.
    fn take(&self, bytes: usize) -> bool {
        let taken = self.used.fetch_update(Ordering::AcqRel, Ordering::Acquire, |used| {
            used.checked_add(bytes).filter(|sum| *sum <= self.limit)
        });
        if taken.is_ok() {
            self.gauge.inc_by(i64::try_from(bytes).unwrap_or(i64::MAX));
        }
        taken.is_ok()
    }

    fn give_back(&self, bytes: usize) {
        self.used.fetch_sub(bytes, Ordering::AcqRel);
        self.gauge.dec_by(i64::try_from(bytes).unwrap_or(i64::MAX));
    }
}

/// Why a copy was given up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum GaveUp {
    /// The body is longer than the limit of one body.
    TooLong,
    /// The budget of all bodies is spent.
    BudgetSpent,
}

/// The copy of one body: complete, or nothing and a reason.
#[derive(Debug)]
pub(crate) struct Capture {
    body: Vec<u8>,
    limit: usize,
    leased: usize,
    budget: Arc<Budget>,
    gave_up: Option<GaveUp>,
}

impl Capture {
    /// An empty copy of at most `limit` bytes.
    pub(crate) fn new(limit: usize, budget: &Arc<Budget>) -> Self {
        Self { body: Vec::new(), limit, leased: 0, budget: Arc::clone(budget), gave_up: None }
    }

    /// Adds a piece. The bytes are copied, because holding on to a piece would keep the whole
    /// 64 KiB read buffer alive that it was cut from, and the budget would count a lie.
    pub(crate) fn push(&mut self, piece: &[u8]) {
        if self.gave_up.is_some() {
            return;
        }
        if self.body.len() + piece.len() > self.limit {
            self.give_up(GaveUp::TooLong);
        } else if !self.budget.take(piece.len()) {
            self.give_up(GaveUp::BudgetSpent);
        } else {
            self.leased += piece.len();
            self.body.extend_from_slice(piece);
        }
    }

    /// Drops what was copied; later pieces are ignored.
    pub(crate) fn give_up(&mut self, reason: GaveUp) {
        self.body = Vec::new();
        self.budget.give_back(self.leased);
        self.leased = 0;
        self.gave_up = Some(reason);
    }

    /// Why there is no copy, if there is none.
    pub(crate) fn gave_up(&self) -> Option<GaveUp> {
        self.gave_up
    }

    /// The bytes, moved out; the lease stays with `self`, so keep it as long as the bytes live.
    pub(crate) fn take_body(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.body)
    }
}

impl Drop for Capture {
    fn drop(&mut self) {
        self.budget.give_back(self.leased);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_or_nothing_and_every_byte_comes_back() {
        let budget = Budget::new(100, Gauge::default());
        let mut one = Capture::new(60, &budget);
        one.push(&[1; 30]);
        one.push(&[2; 30]);
        let mut two = Capture::new(60, &budget);
        two.push(&[3; 41]);
        assert_eq!(two.gave_up(), Some(GaveUp::BudgetSpent));
        two.push(b"later pieces are ignored");
        assert_eq!(budget.used.load(Ordering::Relaxed), 60);
        one.push(&[4; 1]);
        assert_eq!(one.gave_up(), Some(GaveUp::TooLong));
        assert!(one.take_body().is_empty());
        assert_eq!(budget.used.load(Ordering::Relaxed), 0);
    }

    #[test]
    fn the_lease_lives_as_long_as_the_capture() {
        let budget = Budget::new(10, Gauge::default());
        let mut capture = Capture::new(10, &budget);
        capture.push(b"0123456789");
        assert_eq!(capture.take_body(), b"0123456789");
        assert_eq!(budget.used.load(Ordering::Relaxed), 10);
        drop(capture);
        assert_eq!(budget.used.load(Ordering::Relaxed), 0);
    }
}
