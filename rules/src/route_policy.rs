//! The written policies of a route to their checked forms. A route's own key wins over `defaults:`
//! as a whole, so that what holds is read in one place.

use crate::code::Code;
use crate::load::{Checking, Source};
use crate::policy::{Copies, Fallback, PIN_TTL_MAX, Promotion, SlashPolicy};
use crate::problem::Problem;
use crate::raw;
use crate::ruleset::Policies;
use crate::scalars::{Answer, Duration};
use crate::stage::Share;
use crate::written::At;

/// The policies of a route.
pub(crate) fn policies(
    checking: &mut Checking<'_>,
    source: &Source,
    written: &raw::Route,
    defaults: Option<&raw::Defaults>,
) -> Policies {
    let fallback = written.fallback.as_ref().or(defaults.and_then(|d| d.fallback.as_ref()));
    let shadow = written.shadow.as_ref().or(defaults.and_then(|d| d.shadow.as_ref()));
    let promote = written.promote.as_ref().or(defaults.and_then(|d| d.promote.as_ref()));
    let slash = written.trailing_slash.or(defaults.and_then(|d| d.trailing_slash));
    let retired = written.retired.as_ref().or(defaults.and_then(|d| d.retired.as_ref()));
    let timeouts = written.timeouts.as_ref().or(defaults.and_then(|d| d.timeouts.as_ref()));
    timeouts_nest(checking, source, timeouts);
    Policies {
        request_timeout: timeouts.and_then(|t| t.request).map(|at| at.value.0),
        backend_timeout: timeouts.and_then(|t| t.backend_request).map(|at| at.value.0),
        fallback: fallback
            .and_then(|f| f.on.as_ref())
            .map_or(Fallback::ALWAYS, |on| on.iter().map(|at| at.value).collect()),
        copies: Copies {
            reverse_sample: shadow.and_then(|s| s.reverse_sample).map(|at| at.value),
            writes: shadow.and_then(|s| s.writes).is_some_and(|at| at.value),
        },
        promotion: promote.map_or_else(Promotion::default, |p| promotion(checking, source, p)),
        trailing_slash: slash.map_or(SlashPolicy::default(), |at| at.value),
        retired_answer: retired.and_then(|r| r.answer.0).map_or(Answer::Gone, |at| at.value),
    }
}

fn timeouts_nest(checking: &mut Checking<'_>, source: &Source, timeouts: Option<&raw::Timeouts>) {
    let Some(timeouts) = timeouts else { return };
    if let (Some(request), Some(backend)) = (timeouts.request, timeouts.backend_request)
        && backend.value.0 > request.value.0
    {
        let problem = Problem::error(
            Code::BAD_DURATION,
            "`backend_request` is longer than `request`, so it can never pass",
        )
        .related(request.at.place(source), "the whole request");
        checking.report(source, backend.at, problem);
    }
}

/// How sure a gate must be at least: below a half it says nothing.
const CONFIDENCE_MIN: u16 = 5_000;

fn promotion(checking: &mut Checking<'_>, source: &Source, written: &raw::Promote) -> Promotion {
    let default = Promotion::default();
    let mut refuse = |at: crate::node::Span, said: &str| {
        checking.report(source, at, Problem::error(Code::BAD_POLICY, said));
    };
    if let Some(at) = written.max_mismatch.filter(|at| at.value == Share::NONE) {
        refuse(at.at, "no number of comparisons excludes every difference: write more than 0%");
    }
    let certain = |at: &At<Share>| at.value == Share::ALL;
    if let Some(at) = written.confidence.filter(certain) {
        refuse(at.at, "no number of comparisons makes it certain: write less than 100%");
    }
    let unsure = |at: &At<Share>| at.value.basis_points() < CONFIDENCE_MIN;
    if let Some(at) = written.confidence.filter(unsure) {
        refuse(at.at, "a confidence below 50% is a guess");
    }
    if let Some(at) = written.max_p99_ratio.filter(|at| at.value == 0.0) {
        refuse(at.at, "native cannot be faster than any time: write more than 0");
    }
    for pair in written.steps.windows(2) {
        if let [low, high] = pair
            && high.value <= low.value
        {
            refuse(high.at, "the steps of a canary go up");
        }
    }
    if let Some(at) = written.steps.first().filter(|at| at.value == Share::NONE) {
        refuse(at.at, "a step of 0% is no step");
    }
    Promotion {
        max_mismatch: written.max_mismatch.map_or(default.max_mismatch, |at| at.value),
        confidence: written.confidence.map_or(default.confidence, |at| at.value),
        min_compared: written.min_compared.map_or(default.min_compared, |at| at.value),
        min_time: written.min_time.map_or(default.min_time, |at| at.value.0),
        max_p99_ratio: written.max_p99_ratio.map(|at| at.value),
        steps: written.steps.iter().map(|at| at.value).collect(),
    }
}

/// How long a context pins; `None` where it does not.
pub(crate) fn pin_ttl(
    checking: &mut Checking<'_>,
    source: &Source,
    written: Option<At<Duration>>,
) -> Option<std::time::Duration> {
    let at = written.filter(|at| !at.value.0.is_zero())?;
    if at.value.0 > PIN_TTL_MAX {
        let hours = PIN_TTL_MAX.as_secs() / 3_600;
        let said = format!("a pin lasts at most {hours}h: it would outlive a roll-back");
        let problem = Problem::error(Code::BAD_POLICY, said)
            .help("write how long a user may expect to see what was just saved, such as `30s`");
        checking.report(source, at.at, problem);
    }
    Some(at.value.0)
}
