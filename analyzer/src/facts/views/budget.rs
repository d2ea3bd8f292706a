//! How many steps each view may take: of a fixed number for all, what is left is shared out.

/// Steps that one view may take under one method: statements, calls, parts of templates. A plain
/// view takes some hundreds, one with a large page some ten thousands; what takes more goes in
/// circles that cannot be decided.
const VIEW_STEPS_MAX: u32 = 100_000;

/// Steps of all views together: what a project of a thousand routes may cost. With seven million
/// pretix takes longer than Django's own `manage.py check`; it would use nine.
const VIEWS_STEPS_MAX: u32 = 5_500_000;

/// Steps that one evaluation gets in any case, while there are some.
const VIEW_STEPS_MIN: u32 = 600;

/// Even shares that one evaluation may take, while three quarters are not touched: most take
/// less than one, since views are shared, and a few need many.
const SHARES_MAX: u32 = 12;

/// The steps of all views.
pub(super) struct Budget {
    left: u32,
    /// Evaluations that are still to come.
    ahead: u32,
    /// Steps that are kept for each of those.
    kept: u32,
}

impl Budget {
    /// For so many evaluations.
    pub(super) fn new(ahead: u32) -> Self {
        let kept = VIEWS_STEPS_MAX / 4 * 3 / ahead.max(1);
        Self { left: VIEWS_STEPS_MAX, ahead, kept }
    }

    /// So many evaluations are no longer to come.
    pub(super) fn begin(&mut self, evaluations: u32) {
        self.ahead = self.ahead.saturating_sub(evaluations);
    }

    /// Steps that were taken.
    pub(super) fn spend(&mut self, steps: u32) {
        self.left = self.left.saturating_sub(steps);
    }

    /// Steps for one evaluation; three quarters are kept for those to come, an even share for each.
    pub(super) fn share(&self) -> u32 {
        let even = self.left / self.ahead.max(1);
        let spare = self.left.saturating_sub(self.kept.saturating_mul(self.ahead));
        let share = even.saturating_mul(SHARES_MAX).min(spare).max(self.kept);
        self.left.min(VIEW_STEPS_MAX).min(share.max(VIEW_STEPS_MIN))
    }
}

#[cfg(test)]
mod tests {
    use super::{Budget, VIEWS_STEPS_MAX};

    /// Views that take all they may leave something for the last.
    #[test]
    fn the_last_view_has_its_share_whatever_the_first_took() {
        const VIEWS: u32 = 2_000;
        let mut budget = Budget::new(VIEWS);
        for _ in 1..VIEWS {
            budget.begin(1);
            budget.spend(budget.share());
        }
        budget.begin(1);
        assert!(budget.share() >= VIEWS_STEPS_MAX / 4 * 3 / VIEWS, "{}", budget.share());
    }
}
