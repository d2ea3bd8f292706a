//! What can only be seen when all routes are looked at together.

use crate::problem::Problem;
use crate::ruleset::Ruleset;

/// Problems between routes: conflicts of files, routes that nothing reaches.
pub(crate) fn across_routes(_ruleset: &Ruleset) -> Vec<Problem> {
    Vec::new()
}
