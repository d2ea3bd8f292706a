//! What the comparers found so far: differences, and those that a rule allows. Bounded on both.

use rules::Comparison;

use crate::{DIFFERENCES_MAX, Difference, Tolerated, Verdict, Void};

/// The collector every comparer writes to.
pub(super) struct Findings<'p> {
    /// What the team's rules allow.
    pub(super) policy: &'p Comparison,
    different: Vec<Difference>,
    tolerated: Vec<Tolerated>,
}

impl<'p> Findings<'p> {
    pub(super) fn new(policy: &'p Comparison) -> Self {
        Self { policy, different: Vec::new(), tolerated: Vec::new() }
    }

    /// Nothing further is kept: the walk may stop.
    pub(super) fn full(&self) -> bool {
        self.different.len() >= DIFFERENCES_MAX
    }

    /// A difference that no rule allows.
    pub(super) fn note(&mut self, difference: Difference) {
        if !self.full() {
            self.different.push(difference);
        }
    }

    /// The same for a comparer that finds one or none.
    pub(super) fn note_all(&mut self, difference: Option<Difference>) {
        if let Some(difference) = difference {
            self.note(difference);
        }
    }

    /// A difference that a rule allows. Beyond the limit further ones are dropped, never the walk:
    /// a real difference may come after a thousand tolerated ones.
    pub(super) fn tolerate(&mut self, difference: Difference, rule: String) {
        if self.tolerated.len() < DIFFERENCES_MAX {
            self.tolerated.push(Tolerated { difference, rule });
        }
    }

    /// What it all comes to. A difference found before the bodies turned out incomparable counts.
    pub(super) fn verdict(self, body: Result<(), Void>) -> Verdict {
        match (self.different.is_empty(), body, self.tolerated.is_empty()) {
            (false, _, _) => Verdict::Different(self.different),
            (true, Err(void), _) => Verdict::Incomparable(void),
            (true, Ok(()), false) => Verdict::Tolerated(self.tolerated),
            (true, Ok(()), true) => Verdict::Same,
        }
    }
}
