//! Whether the native side of an endpoint may be asked, from how it answered lately.
//!
//! ```text
//!  Admitting ── five failures in a row, or half of the last second ──► Resting
//!      ▲                                                                  │ after a while
//!      └──────────────── the probe is answered ◄── Probing ◄─────────────┘
//!                                                     │ the probe fails
//!                                                     └──► Resting, twice as long; roll back
//! ```
//!
//! A rest is for trouble that passes. A probe that fails after it is trouble that stays: then the
//! endpoint is rolled back, and only a human brings it forward again. Time is a parameter.

use std::time::Duration;

/// Failures in a row that need no statistics. Unit: answers. Five happen by chance once in three
/// million at an error rate of 5 %; a native service beyond that should rest anyway.
pub(crate) const FAILURES_IN_A_ROW_MAX: u32 = 5;

/// Answers in the window below which a ratio says nothing.
const ANSWERS_MIN: u32 = 20;

/// The window: long enough for the ratio to mean something at 20 requests a second, short enough
/// to be rolled back within one second.
const BUCKETS: usize = 10;
const BUCKET: Duration = Duration::from_millis(100);

/// The first rest. Half a second lets a restarting worker come back, and leaves the rest of the
/// second for the probe to decide.
const REST: Duration = Duration::from_millis(500);

/// The longest rest, in time: a service that came back is found within half a minute.
pub(crate) const REST_TIME_MAX: Duration = Duration::from_secs(30);

/// What the breaker says about one request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Admission {
    /// Native may be asked.
    Ask,
    /// Native may be asked, and its answer decides.
    Probe,
    /// Legacy is asked instead.
    Rest,
}

/// What follows from an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// Nothing new.
    Steady,
    /// Native rests from now on.
    Rests,
    /// Native answers again.
    Recovered,
    /// The trouble stays: the endpoint goes back to legacy.
    RollBack {
        /// Failures in the last window.
        failed: u32,
        /// Answers in the last window.
        of: u32,
    },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Admitting,
    Resting { until: Duration },
    Probing { since: Duration },
}

/// The breaker of one endpoint.
#[derive(Debug)]
pub(crate) struct Breaker {
    state: State,
    window: Window,
    in_a_row: u32,
    rest: Duration,
}

impl Default for Breaker {
    fn default() -> Self {
        Self { state: State::Admitting, window: Window::default(), in_a_row: 0, rest: REST }
    }
}

impl Breaker {
    /// Whether a request may ask native. `can_probe` says that its failure would hurt nobody.
    pub(crate) fn admit(&mut self, now: Duration, can_probe: bool) -> Admission {
        match self.state {
            State::Admitting => Admission::Ask,
            // Resting -> Probing: the rest is over and somebody can afford to try.
            State::Resting { until } if now >= until && can_probe => {
                self.state = State::Probing { since: now };
                Admission::Probe
            }
            // Probing -> Probing: the probe was lost (its client left); another takes its place.
            State::Probing { since } if now >= since + REST_TIME_MAX && can_probe => {
                self.state = State::Probing { since: now };
                Admission::Probe
            }
            State::Resting { .. } | State::Probing { .. } => Admission::Rest,
        }
    }

    /// Takes note of how native answered.
    pub(crate) fn record(&mut self, now: Duration, succeeded: bool) -> Outcome {
        self.window.note(now, succeeded);
        self.in_a_row = if succeeded { 0 } else { self.in_a_row + 1 };
        match (self.state, succeeded) {
            // Admitting -> Resting: too many failures.
            (State::Admitting, false) if self.is_too_much() => {
                self.state = State::Resting { until: now + self.rest };
                Outcome::Rests
            }
            // Probing -> Admitting: it works again.
            (State::Probing { .. }, true) => {
                *self = Self::default();
                Outcome::Recovered
            }
            // Probing -> Resting: it still does not.
            (State::Probing { .. }, false) => {
                self.rest = (self.rest * 2).min(REST_TIME_MAX);
                self.state = State::Resting { until: now + self.rest };
                let (failed, of) = self.window.sums();
                Outcome::RollBack { failed, of }
            }
            // Answers to requests that were under way when the rest began change nothing.
            (State::Admitting | State::Resting { .. }, _) => Outcome::Steady,
        }
    }

    fn is_too_much(&self) -> bool {
        let (failed, of) = self.window.sums();
        self.in_a_row >= FAILURES_IN_A_ROW_MAX || (of >= ANSWERS_MIN && failed * 2 >= of)
    }
}

/// The answers of the last second, in tenths.
#[derive(Debug, Default)]
struct Window {
    buckets: [Bucket; BUCKETS],
    newest: u64,
}

#[derive(Debug, Default, Clone, Copy)]
struct Bucket {
    failed: u32,
    of: u32,
}

impl Window {
    fn note(&mut self, now: Duration, succeeded: bool) {
        let tenth = u64::try_from(now.as_millis() / BUCKET.as_millis()).unwrap_or(u64::MAX);
        let passed = tenth.saturating_sub(self.newest);
        for back in 0..passed.min(BUCKETS as u64) {
            *self.bucket(tenth - back) = Bucket::default();
        }
        self.newest = self.newest.max(tenth);
        let bucket = self.bucket(tenth);
        bucket.of += 1;
        bucket.failed += u32::from(!succeeded);
    }

    fn bucket(&mut self, tenth: u64) -> &mut Bucket {
        let place = usize::try_from(tenth % BUCKETS as u64).unwrap_or_default();
        self.buckets.get_mut(place).expect("a remainder is smaller than the number of buckets")
    }

    /// Failures and answers in the window.
    fn sums(&self) -> (u32, u32) {
        self.buckets
            .iter()
            .fold((0, 0), |(failed, of), bucket| (failed + bucket.failed, of + bucket.of))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(millis: u64) -> Duration {
        Duration::from_millis(millis)
    }

    fn tripped() -> Breaker {
        let mut breaker = Breaker::default();
        for number in 1..FAILURES_IN_A_ROW_MAX {
            assert_eq!(breaker.record(at(0), false), Outcome::Steady, "failure {number}");
        }
        assert_eq!(breaker.record(at(0), false), Outcome::Rests);
        breaker
    }

    #[test]
    fn admitting_to_resting_by_failures_in_a_row() {
        let mut breaker = tripped();
        assert_eq!(breaker.admit(at(1), true), Admission::Rest);
        assert_eq!(breaker.record(at(2), false), Outcome::Steady, "it was under way");
    }

    #[test]
    fn admitting_to_resting_by_ratio() {
        let mut breaker = Breaker::default();
        let outcomes: Vec<Outcome> =
            (0..40).map(|number| breaker.record(at(number), number % 2 == 0)).collect();
        assert_eq!(outcomes.iter().position(|o| *o == Outcome::Rests), Some(19));
    }

    #[test]
    fn a_ratio_is_of_the_last_second() {
        let mut breaker = Breaker::default();
        for number in 0..60_u64 {
            // One failure in four, far apart, beside bursts of failures that are over.
            let outcome = breaker.record(at(number * 250), number % 4 != 0);
            assert_eq!(outcome, Outcome::Steady, "answer {number}");
        }
    }

    #[test]
    fn resting_to_probing_to_admitting() {
        let mut breaker = tripped();
        assert_eq!(breaker.admit(at(499), true), Admission::Rest);
        assert_eq!(
            breaker.admit(at(500), false),
            Admission::Rest,
            "an unsafe request never probes"
        );
        assert_eq!(breaker.admit(at(500), true), Admission::Probe);
        assert_eq!(breaker.admit(at(501), true), Admission::Rest, "one probe at a time");
        assert_eq!(breaker.record(at(510), true), Outcome::Recovered);
        assert_eq!(breaker.admit(at(511), false), Admission::Ask);
    }

    #[test]
    fn probing_to_resting_rolls_back() {
        let mut breaker = tripped();
        assert_eq!(breaker.admit(at(500), true), Admission::Probe);
        assert_eq!(breaker.record(at(510), false), Outcome::RollBack { failed: 6, of: 6 });
        assert_eq!(breaker.admit(at(1_400), true), Admission::Rest, "the second rest is longer");
        assert_eq!(breaker.admit(at(1_510), true), Admission::Probe);
    }

    #[test]
    fn a_lost_probe_is_replaced() {
        let mut breaker = tripped();
        assert_eq!(breaker.admit(at(500), true), Admission::Probe);
        assert_eq!(breaker.admit(at(30_499), true), Admission::Rest);
        assert_eq!(breaker.admit(at(30_500), true), Admission::Probe);
    }
}
