//! Why a request goes where it goes: every route in order, and the first condition that failed.

use regex_automata::meta::Regex;
use regex_automata::{Anchored, Input};
use serde::Serialize;

use crate::code::Code;
use crate::head::Head;
use crate::method::Method;
use crate::problem::{Place, Problem};
use crate::router::{Condition, Decision, Router, first_failed};
use crate::target;

/// The whole answer to `rules explain`.
#[derive(Debug, Serialize)]
pub struct Explanation<'r> {
    /// The decoded path that was matched; `None` if it has two meanings.
    pub path: Option<String>,
    /// Every route in the order in which it is tried, up to the one that took the request.
    pub steps: Vec<Step<'r>>,
    /// Where the request goes.
    #[serde(skip)]
    pub decision: Decision<'r>,
}

impl Explanation<'_> {
    /// The answer in one line, at the stage of the route that takes the request.
    pub fn finding(&self, head: &Head<'_>) -> Problem {
        let Decision { route, stage, side, reason, .. } = self.decision;
        let name = route.map_or("no route", |route| route.name.as_str());
        let asked = format!("{} {}", head.method, String::from_utf8_lossy(head.target));
        let said = format!("{asked}: {name} at {stage}, answered by {} ({reason})", side.as_str());
        Problem::notice(Code::WHERE_IT_GOES, said).at_if(route.map(|route| &route.stage_place))
    }
}

/// One route that was looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Step<'r> {
    /// Its name.
    pub route: &'r str,
    /// Where it is written.
    pub place: &'r Place,
    /// What came of it.
    pub outcome: Outcome,
}

/// What came of a route.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// The path is not its path.
    Path,
    /// A condition besides the path does not hold; which.
    Failed(String),
    /// The path and every condition hold, the method is not its method.
    Method,
    /// It took the request.
    Taken,
}

/// Answers `rules explain METHOD PATH`: slow and thorough, where [`Router::decide`] is fast.
pub fn explain<'r>(router: &'r Router, head: &Head<'_>) -> Explanation<'r> {
    let decision = router.decide(head);
    let (raw, query) = target::split(head.target);
    let mut space = None;
    let Ok(path) = target::path(raw, &mut space) else {
        return Explanation { path: None, steps: Vec::new(), decision };
    };
    let mut steps = Vec::new();
    let method = Method::parse(head.method);
    for (index, route) in router.ruleset().routes().iter().enumerate() {
        let taken = decision.route.is_some_and(|winner| std::ptr::eq(winner, route));
        let outcome = if taken {
            Outcome::Taken
        } else if !takes_path(&route.matching.regex, path) {
            Outcome::Path
        } else if let Some(condition) = first_failed(&route.matching, head, query) {
            Outcome::Failed(describe(condition))
        } else if router.takes_method(index, method) {
            // An earlier route claimed the path and no route of that path has the method.
            Outcome::Failed("another route claimed the path".to_owned())
        } else {
            Outcome::Method
        };
        steps.push(Step { route: &route.name, place: &route.place, outcome });
        if taken {
            break;
        }
    }
    Explanation { path: Some(format!("/{path}")), steps, decision }
}

fn takes_path(regex: &str, path: &str) -> bool {
    let input = Input::new(path).anchored(Anchored::Yes);
    Regex::new(regex).is_ok_and(|regex| regex.search_half(&input).is_some())
}

fn describe(condition: Condition<'_>) -> String {
    match condition {
        Condition::Host => "the host differs".to_owned(),
        Condition::Header(name) => format!("the header `{name}` differs"),
        Condition::Query(name) => format!("the query parameter `{name}` differs"),
        Condition::Cookie(name) => format!("the cookie `{name}` differs"),
    }
}
