//! What the counts of one endpoint prove: an exact upper bound on the rate of differences, and
//! one of three words.
//!
//! The bound is Clopper and Pearson's (Biometrika 26, 1934, 404-413), one-sided: after k
//! differences in n comparisons it is the rate p at which k or fewer would come up with
//! probability alpha, `P(Bin(n, p) <= k) = alpha`. With the regularized incomplete beta function
//! `I` (NIST DLMF 8.17.5) that is `I_p(k + 1, n - k) = 1 - alpha`, solved by bisection.
//!
//! What it does not claim: the bound holds for one look at a sample fixed beforehand, of
//! independent requests. Who looks every minute and stops at the first good moment is wrong more
//! often than alpha says (about one time in three). The words here are for people to read; a
//! gate that moves traffic by itself needs an anytime-valid bound.

use serde::{Deserialize, Serialize};

use crate::{Tally, Verdict};

/// The counts of one endpoint. Every sampled exchange is in exactly one of them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// Compared and the same.
    pub same: u64,
    /// Compared; differs only where a rule allows it.
    pub tolerated: u64,
    /// Compared and different.
    pub different: u64,
    /// Given up by the proxy to protect production.
    pub shed: u64,
    /// Native did not answer in time.
    pub timed_out: u64,
    /// Not comparable for another reason.
    pub incomparable: u64,
}

/// What has to be shown before an endpoint is called ready.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Demand {
    /// The rate of differences that must be excluded.
    pub rate: f64,
    /// The probability of being wrong about it.
    pub alpha: f64,
    /// The least share of expected comparisons that must have happened: "no differences" means
    /// nothing where most of the pairs were given up.
    pub compared_share: f64,
}

impl Default for Demand {
    /// Fewer than 1 in 1,000 differ, at 95 %, with 9 of 10 sampled exchanges really compared.
    fn default() -> Self {
        Self { rate: 0.001, alpha: 0.05, compared_share: 0.9 }
    }
}

/// The word for an endpoint.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Word {
    /// The demand is met.
    Ready,
    /// No difference was seen, and that is not yet enough.
    NotEnough,
    /// Differences were seen, more than the demand allows.
    Differs,
}

/// What the counts come to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Assessment {
    /// In one word.
    pub word: Word,
    /// The upper bound on the rate of differences; 1 before the first comparison.
    pub upper_bound: f64,
    /// Why, in one sentence.
    pub why: String,
}

impl Word {
    /// The word as people read it.
    pub fn text(self) -> &'static str {
        match self {
            Self::Ready => "ready",
            Self::NotEnough => "not enough",
            Self::Differs => "differs",
        }
    }
}

impl Counts {
    /// Adds one exchange.
    pub fn add(&mut self, verdict: &Verdict) {
        let column = match (verdict, verdict.tally()) {
            (Verdict::Same, _) => &mut self.same,
            (Verdict::Tolerated(_), _) => &mut self.tolerated,
            (Verdict::Different(_), _) => &mut self.different,
            (Verdict::Incomparable(_), Tally::Shed) => &mut self.shed,
            (Verdict::Incomparable(_), Tally::TimedOut) => &mut self.timed_out,
            (Verdict::Incomparable(_), _) => &mut self.incomparable,
        };
        *column += 1;
    }

    /// Exchanges whose two answers were compared.
    pub fn compared(&self) -> u64 {
        self.same + self.tolerated + self.different
    }

    /// Exchanges that were sampled: each should have become a comparison.
    pub fn expected(&self) -> u64 {
        self.compared() + self.shed + self.timed_out + self.incomparable
    }

    /// What these counts come to.
    pub fn assess(&self, demand: &Demand) -> Assessment {
        let upper_bound = upper_bound(self.different, self.compared(), demand.alpha);
        let (compared, expected) = (self.compared(), self.expected());
        let share = if expected == 0 { 0.0 } else { float(compared) / float(expected) };
        let bound = format!("at most {:.3} % differ", upper_bound * 100.0);
        let (word, why) = if self.different > 0 && upper_bound > demand.rate {
            let different = self.different;
            (Word::Differs, format!("{different} of {compared} compared answers differ; {bound}"))
        } else if upper_bound > demand.rate {
            let needed = clean_needed(demand);
            let why = format!("{compared} of {needed} clean comparisons needed; {bound}");
            (Word::NotEnough, why)
        } else if share < demand.compared_share {
            let why = format!("only {compared} of {expected} sampled exchanges were compared");
            (Word::NotEnough, why)
        } else {
            (Word::Ready, format!("{compared} compared, {} differ; {bound}", self.different))
        };
        Assessment { word, upper_bound, why }
    }
}

/// The one-sided exact upper bound on a rate after `k` of `n`; 1 for no observation.
pub fn upper_bound(k: u64, n: u64, alpha: f64) -> f64 {
    if k >= n {
        return 1.0;
    }
    if k == 0 {
        // 1 - alpha^(1/n), written so that no digits are lost for large n.
        return -(alpha.ln() / float(n)).exp_m1();
    }
    let (mut low, mut high) = (float(k) / float(n), 1.0);
    // 60 halvings are below the resolution of a float between 0 and 1.
    for _ in 0..60 {
        let middle = f64::midpoint(low, high);
        if incomplete_beta(middle, float(k + 1), float(n - k)) < 1.0 - alpha {
            low = middle;
        } else {
            high = middle;
        }
    }
    high
}

/// How many comparisons without any difference meet the demand.
fn clean_needed(demand: &Demand) -> u64 {
    let needed = (demand.alpha.ln() / (-demand.rate).ln_1p()).ceil();
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a positive count; `as` saturates, which is what a display wants"
    )]
    let needed = needed as u64;
    needed
}

#[expect(
    clippy::cast_precision_loss,
    reason = "counts above 2^53 are not reached; a bound needs a few digits"
)]
fn float(count: u64) -> f64 {
    count as f64
}

/// The regularized incomplete beta function, by the continued fraction DLMF 8.17.22 evaluated
/// with Lentz's method.
fn incomplete_beta(x: f64, a: f64, b: f64) -> f64 {
    // The fraction converges fast only on one side; DLMF 8.17.4 is the symmetry.
    if x > (a + 1.0) / (a + b + 2.0) {
        return 1.0 - incomplete_beta(1.0 - x, b, a);
    }
    let log_front = a * x.ln() + b * (-x).ln_1p() - (ln_gamma(a) + ln_gamma(b) - ln_gamma(a + b));
    log_front.exp() / a / continued_fraction(x, a, b)
}

fn continued_fraction(x: f64, a: f64, b: f64) -> f64 {
    /// Steps until convergence, a count: they grow with the root of a + b; enough for a billion.
    const STEPS_MAX: u32 = 200_000;
    let (mut value, mut upper, mut lower) = (1.0_f64, 1.0_f64, 0.0_f64);
    for step in 1..=STEPS_MAX {
        let half = f64::from(step / 2);
        let at = a + 2.0 * half;
        let term = if step % 2 == 0 {
            half * (b - half) * x / ((at - 1.0) * at)
        } else {
            -(a + half) * (a + b + half) * x / (at * (at + 1.0))
        };
        lower = 1.0 / away_from_zero(1.0 + term * lower);
        upper = away_from_zero(1.0 + term / upper);
        value *= upper * lower;
        if (upper * lower - 1.0).abs() < 1e-14 {
            break;
        }
    }
    value
}

/// Lentz's guard: a zero in a denominator is replaced by something tiny.
fn away_from_zero(value: f64) -> f64 {
    if value.abs() < 1e-300 { 1e-300 } else { value }
}

/// The logarithm of the gamma function: Stirling's series (DLMF 5.11.1) after stepping up to 10.
fn ln_gamma(x: f64) -> f64 {
    let (mut shift, mut x) = (0.0, x);
    while x < 10.0 {
        shift -= x.ln();
        x += 1.0;
    }
    let r = 1.0 / (x * x);
    let series = (1.0 / 12.0 - r * (1.0 / 360.0 - r * (1.0 / 1260.0 - r / 1680.0))) / x;
    shift + (x - 0.5) * x.ln() - x + 0.5 * (2.0 * std::f64::consts::PI).ln() + series
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Published and recomputed values: the smallest n at which the bound is at most the rate.
    #[test]
    fn the_bound_is_exact() {
        for (rate, k, n) in [
            (0.01, 0, 299),
            (0.01, 1, 473),
            (0.01, 3, 773),
            (0.01, 10, 1_693),
            (0.001, 0, 2_995),
            (0.001, 1, 4_742),
            (0.001, 3, 7_752),
            (0.001, 10, 16_959),
            (0.0001, 0, 29_956),
            (0.0001, 1, 47_437),
            (0.0001, 3, 77_535),
            (0.0001, 10, 169_619),
        ] {
            assert!(upper_bound(k, n, 0.05) <= rate, "{k} of {n}");
            assert!(upper_bound(k, n - 1, 0.05) > rate, "{k} of {}", n - 1);
        }
    }

    #[test]
    fn the_bound_at_the_edges() {
        for (k, n) in [(0, 0), (5, 5), (6, 5)] {
            assert!((upper_bound(k, n, 0.05) - 1.0).abs() < 1e-12);
        }
        let many = upper_bound(500_000_000, 1_000_000_000, 0.05);
        assert!(many > 0.5 && many < 0.501, "{many}");
    }

    #[test]
    fn the_words() {
        let word = |counts: Counts| counts.assess(&Demand::default()).word;
        let clean = Counts { same: 2_995, ..Counts::default() };
        assert_eq!(word(Counts::default()), Word::NotEnough);
        assert_eq!(word(Counts { same: 2_994, ..clean }), Word::NotEnough);
        assert_eq!(word(clean), Word::Ready);
        assert_eq!(word(Counts { different: 1, ..clean }), Word::Differs);
        assert_eq!(word(Counts { same: 4_741, different: 1, ..clean }), Word::Ready);
        assert_eq!(word(Counts { shed: 1_000, ..clean }), Word::NotEnough);
    }
}
