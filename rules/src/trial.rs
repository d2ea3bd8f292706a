//! The tests that stand beside the rules: a request, and where it must go.

use serde::Serialize;

use crate::head::Head;
use crate::problem::Place;
use crate::router::Router;
use crate::scalars::Side;
use crate::stage::StageName;
use crate::target::with_slash;

/// One test as checked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Trial {
    /// What it is about.
    pub name: String,
    /// The method.
    pub method: String,
    /// Path and query as on the wire.
    pub target: String,
    /// The host.
    pub host: String,
    /// Headers; names in lower case.
    pub headers: Vec<(String, String)>,
    /// The signed-in user.
    pub user: Option<String>,
    /// The route it must meet; `Some(None)` is no route at all.
    pub route: Option<Option<String>>,
    /// The stage it must meet.
    pub stage: Option<StageName>,
    /// The side that must answer.
    pub side: Option<Side>,
    /// Path and query as the answering side must see them.
    pub path: Option<String>,
    /// Where it is written.
    pub place: Place,
}

impl Trial {
    /// The request of the test.
    pub fn head(&self) -> Head<'_> {
        Head {
            host: &self.host,
            headers: &self.headers,
            user: self.user.as_deref(),
            ..Head::new(&self.method, self.target.as_bytes())
        }
    }
}

/// What came of all tests.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Report {
    /// How many were run.
    pub run: usize,
    /// Those that failed, in the order of the files.
    pub failures: Vec<Failure>,
    /// Routes that no passing test names, in order.
    pub untested: Vec<String>,
    /// How many routes there are.
    pub routes: usize,
}

impl Report {
    /// The part of the routes that a passing test names, in percent; what `--fail-under` asks.
    pub fn coverage(&self) -> f64 {
        let number = |count: usize| f64::from(u32::try_from(count).unwrap_or(u32::MAX));
        match self.routes {
            0 => 100.0,
            routes => 100.0 * number(routes - self.untested.len()) / number(routes),
        }
    }
}

/// A test that failed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Failure {
    /// Its name.
    pub name: String,
    /// Where it is written.
    pub place: Place,
    /// What was expected and what came, such as `side: expected native, came legacy`.
    pub differences: Vec<String>,
}

/// Runs every test of the rules.
pub fn run(router: &Router) -> Report {
    let ruleset = router.ruleset();
    let mut met = std::collections::BTreeSet::new();
    let mut failures = Vec::new();
    for trial in ruleset.tests() {
        let decision = router.decide(&trial.head());
        let route = decision.route.map(|route| route.name.as_str());
        let mut differences = Vec::new();
        if let Some(expected) = &trial.route {
            let expected = expected.as_deref().unwrap_or("none");
            differences.extend(compare("route", expected, route.unwrap_or("none")));
        }
        if let Some(stage) = trial.stage {
            differences.extend(compare("stage", stage.as_str(), decision.stage.as_str()));
        }
        if let Some(side) = trial.side {
            differences.extend(compare("side", side.as_str(), decision.side.as_str()));
        }
        if let Some(path) = &trial.path {
            let seen = match decision.side {
                Side::Redirect => with_slash(trial.target.as_bytes()),
                _ => trial.target.clone().into_bytes(),
            };
            differences.extend(compare("path", path, &String::from_utf8_lossy(&seen)));
        }
        if differences.is_empty() {
            met.extend(trial.route.as_ref().and(route));
        } else {
            let (name, place) = (trial.name.clone(), trial.place.clone());
            failures.push(Failure { name, place, differences });
        }
    }
    let names = ruleset.routes().iter().map(|route| route.name.as_str());
    let untested = names.filter(|name| !met.contains(name)).map(str::to_owned).collect();
    Report { run: ruleset.tests().len(), failures, untested, routes: ruleset.routes().len() }
}

fn compare(what: &str, expected: &str, came: &str) -> Option<String> {
    (expected != came).then(|| format!("{what}: expected {expected}, came {came}"))
}
