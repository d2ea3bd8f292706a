//! How far the migration is: what the rules say of each endpoint, and who answered it.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use analyzer::map::{Endpoint, Map};
use rules::surface::{Tally, Unmatched};
use rules::{Route, Ruleset, StageName};
use serde::Serialize;

use crate::burndown::traffic::{Answered, Traffic};

/// How long legacy has to be unused before its code may go. A week: most things happen weekly.
const QUIET_MIN: Duration = Duration::from_hours(7 * 24);

/// The owner of a context that names none, and the context of a route that has none.
const NOBODY: &str = "(none)";

/// Everything that is printed.
#[derive(Debug, Serialize)]
pub(crate) struct Report {
    schema: &'static str,
    /// Seconds of traffic.
    pub(crate) watched_seconds: Option<u64>,
    /// All endpoints of the rules.
    pub(crate) total: Group,
    /// By stage, in the order of the way out.
    pub(crate) stages: Vec<Group>,
    /// By context.
    pub(crate) contexts: Vec<Group>,
    /// By owner of the context.
    pub(crate) owners: Vec<Group>,
    /// What no rule takes: all together, and by shape.
    pub(crate) unmatched: Tally,
    /// The same by shape.
    pub(crate) shapes: Unmatched,
    /// Endpoints that nobody asked for.
    pub(crate) silent: Vec<Entry>,
    /// Endpoints that legacy no longer answers.
    pub(crate) unused: Vec<Entry>,
    /// Whether that was watched for long enough to delete their code.
    pub(crate) deletable: bool,
    /// Retired endpoints that are still asked for.
    pub(crate) tripped: Vec<Entry>,
    /// Endpoints of the map that no rule names.
    pub(crate) without_rule: Vec<Entry>,
    /// Routes with traffic that the rules no longer have.
    pub(crate) unknown_routes: Vec<String>,
    /// Lines of the log that are no requests.
    pub(crate) unread_lines: u64,
}

/// Endpoints that are counted together.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct Group {
    /// What they have in common.
    pub(crate) name: String,
    /// How many.
    pub(crate) endpoints: u64,
    /// How many of them are native or retired.
    pub(crate) endpoints_moved: u64,
    /// Requests that a side answered.
    pub(crate) requests: u64,
    /// How many of them native answered.
    pub(crate) requests_moved: u64,
    /// Seconds that legacy spent.
    pub(crate) legacy_seconds: f64,
    /// Seconds that legacy would have spent on what native answered.
    pub(crate) legacy_seconds_moved: f64,
    /// Requests that native answered, and of which nobody knows how long legacy would have taken.
    pub(crate) requests_unpriced: u64,
}

/// An endpoint in a list.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Entry {
    /// Name of its route.
    pub(crate) route: String,
    /// Its stage.
    pub(crate) stage: &'static str,
    /// Who owns its context.
    pub(crate) owner: String,
    /// Requests.
    pub(crate) requests: u64,
    /// Where its view stands, or its rule where no map is at hand.
    pub(crate) at: String,
}

impl Group {
    /// The part of the requests that native answered, in percent.
    pub(crate) fn percent_of_requests(&self) -> Option<f64> {
        (self.requests > 0).then(|| 100.0 * as_f64(self.requests_moved) / as_f64(self.requests))
    }

    /// The part of legacy's time that was moved, in percent.
    pub(crate) fn percent_of_time(&self) -> Option<f64> {
        let all = self.legacy_seconds + self.legacy_seconds_moved;
        (all > 0.0).then(|| 100.0 * self.legacy_seconds_moved / all)
    }

    fn add(&mut self, route: &Route, counts: &Answered, price_us: Option<f64>) {
        self.endpoints += 1;
        if matches!(route.stage.name(), StageName::Native | StageName::Retired) {
            self.endpoints_moved += 1;
        }
        self.requests += counts.legacy.requests + counts.native.requests;
        self.requests_moved += counts.native.requests;
        self.legacy_seconds += as_f64(counts.legacy.micros) / 1e6;
        match price_us {
            Some(price) => {
                self.legacy_seconds_moved += as_f64(counts.native.requests) * price / 1e6;
            }
            None => self.requests_unpriced += counts.native.requests,
        }
    }
}

#[expect(clippy::cast_precision_loss, reason = "a share of 2^53 requests needs no last digit")]
fn as_f64(count: u64) -> f64 {
    count as f64
}

/// What a request of a route costs legacy, in microseconds: the mean of what legacy answered of
/// it, else what the ledger saw.
fn price_us(counts: &Answered, ledger: Option<u64>) -> Option<f64> {
    let seen = counts.legacy;
    let mean = (seen.requests > 0).then(|| as_f64(seen.micros) / as_f64(seen.requests));
    mean.or(ledger.map(as_f64))
}

impl Report {
    /// `prices` are median times of legacy by route, in microseconds.
    pub(crate) fn new(
        rules: &Ruleset,
        map: Option<&Map>,
        traffic: Traffic,
        prices: &BTreeMap<String, u64>,
    ) -> Self {
        let views = map.map(views).unwrap_or_default();
        let mut report = Self::empty(&traffic);
        let [mut stages, mut contexts, mut owners] = [const { BTreeMap::new() }; 3];
        for route in rules.routes() {
            let counts = traffic.routes.get(&route.name).copied().unwrap_or_default();
            let price = price_us(&counts, prices.get(&route.name).copied());
            let stage = route.stage.name();
            let context = route.context.as_deref().unwrap_or(NOBODY);
            let owner = owner(rules, route);
            report.total.add(route, &counts, price);
            for (groups, key, name) in [
                (&mut stages, (Some(stage), ""), stage.as_str()),
                (&mut contexts, (None, context), context),
                (&mut owners, (None, owner), owner),
            ] {
                let fresh = || Group { name: name.to_owned(), ..Group::default() };
                groups.entry(key).or_insert_with(fresh).add(route, &counts, price);
            }
            report.list(&counts, stage, || Entry {
                route: route.name.clone(),
                stage: stage.as_str(),
                owner: owner.to_owned(),
                requests: counts.requests(),
                at: views.get(&route.name).cloned().unwrap_or_else(|| place(route)),
            });
        }
        report.stages = stages.into_values().collect();
        report.contexts = contexts.into_values().collect();
        report.owners = owners.into_values().collect();
        let named: BTreeSet<&str> = rules.routes().iter().map(|route| &*route.name).collect();
        report.without_rule = map.map_or_else(Vec::new, |map| without_rule(map, &named));
        let unknown = traffic.routes.keys().filter(|route| !named.contains(route.as_str()));
        report.unknown_routes = unknown.cloned().collect();
        report.shapes = traffic.shapes;
        report
    }

    fn empty(traffic: &Traffic) -> Self {
        Self {
            schema: "outgrow.burndown/1",
            watched_seconds: traffic.watched.map(|watched| watched.as_secs()),
            total: Group { name: "all".to_owned(), ..Group::default() },
            stages: Vec::new(),
            contexts: Vec::new(),
            owners: Vec::new(),
            unmatched: traffic.unmatched,
            shapes: Unmatched::default(),
            silent: Vec::new(),
            unused: Vec::new(),
            deletable: traffic.watched.is_some_and(|watched| watched >= QUIET_MIN),
            tripped: Vec::new(),
            without_rule: Vec::new(),
            unknown_routes: Vec::new(),
            unread_lines: traffic.unread,
        }
    }

    fn list(&mut self, counts: &Answered, stage: StageName, entry: impl Fn() -> Entry) {
        let moved = matches!(stage, StageName::Native | StageName::Retired);
        if counts.requests() == 0 && !moved {
            self.silent.push(entry());
        }
        if moved && counts.legacy.requests == 0 {
            self.unused.push(entry());
        }
        if stage == StageName::Retired && counts.requests() > 0 {
            self.tripped.push(entry());
        }
    }

    /// The part of everything a side answered that native answered, unmatched requests included.
    pub(crate) fn percent_moved(&self) -> Option<f64> {
        let mut all = self.total.clone();
        all.requests += self.unmatched.requests;
        all.percent_of_requests()
    }
}

fn owner<'r>(rules: &'r Ruleset, route: &Route) -> &'r str {
    let context = route.context.as_deref().and_then(|context| rules.context(context));
    context.and_then(|context| context.owner.as_deref()).unwrap_or(NOBODY)
}

fn place(route: &Route) -> String {
    format!("{}:{}", route.place.path, route.place.line)
}

/// Where the view of each route of the skeleton stands.
fn views(map: &Map) -> BTreeMap<String, String> {
    let routes = analyzer::skeleton::routes(map).into_iter();
    routes.filter_map(|(route, endpoints)| Some((route, view(endpoints.first()?)))).collect()
}

fn view(endpoint: &Endpoint) -> String {
    let at = endpoint.view_at.as_ref().unwrap_or(&endpoint.at);
    format!("{}:{}", at.file, at.line)
}

fn without_rule(map: &Map, named: &BTreeSet<&str>) -> Vec<Entry> {
    let routes = analyzer::skeleton::routes(map).into_iter();
    routes
        .filter(|(route, _)| !named.contains(route.as_str()))
        .filter_map(|(route, endpoints)| {
            let at = view(endpoints.first()?);
            let (stage, owner) = (StageName::Legacy.as_str(), NOBODY.to_owned());
            Some(Entry { route, stage, owner, requests: 0, at })
        })
        .collect()
}
