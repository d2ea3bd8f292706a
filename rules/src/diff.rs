//! What a change of the rules changes: by route, and by the requests of an access log.

use std::collections::BTreeMap;
use std::fmt;

use indexmap::IndexMap;
use serde::Serialize;

use crate::code::Code;
use crate::head::Head;
use crate::problem::{Problem, Problems};
use crate::router::{Decision, Router};
use crate::ruleset::{Route, Ruleset};
use crate::scalars::Side;
use crate::stage::{Stage, StageName};

/// One route that behaves differently.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RouteChange {
    /// The name.
    pub route: String,
    /// Its context.
    pub context: Option<String>,
    /// How it was; `None` if it is new.
    pub before: Option<Behaviour>,
    /// How it will be; `None` if it is gone.
    pub after: Option<Behaviour>,
}

/// What a route does, in the words of the language.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Behaviour {
    /// The path.
    pub path: String,
    /// The methods.
    pub methods: String,
    /// The stage, with its share or sample.
    pub stage: String,
    /// The upstream that answers natively.
    pub native: Option<String>,
}

impl fmt::Display for Behaviour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let native = self.native.as_deref().unwrap_or("none");
        write!(f, "{} {} at {}, native: {native}", self.methods, self.path, self.stage)
    }
}

/// The changes as findings, at the stage of each route.
pub fn findings(changes: &[RouteChange], before: &Ruleset, after: &Ruleset) -> Problems {
    let said = |behaviour: &Option<Behaviour>| {
        behaviour.as_ref().map_or("none".to_owned(), ToString::to_string)
    };
    let notice = |change: &RouteChange| {
        let said = format!("{}: {} -> {}", change.route, said(&change.before), said(&change.after));
        let route = after.route(&change.route).or_else(|| before.route(&change.route));
        Problem::notice(Code::ROUTE_CHANGED, said).at_if(route.map(|route| &route.stage_place))
    };
    Problems::new(changes.iter().map(notice).collect(), after.sources().to_vec())
}

/// Routes that differ in path, methods, stage or native side, by name. Comments, order of files and
/// everything else that changes no request are not in it.
pub fn routes(before: &Ruleset, after: &Ruleset) -> Vec<RouteChange> {
    let index = |ruleset: &Ruleset| -> BTreeMap<String, (Option<String>, Behaviour)> {
        let entry = |route: &Route| {
            (route.name.clone(), (route.context.clone(), behaviour(ruleset, route)))
        };
        ruleset.routes().iter().map(entry).collect()
    };
    let (old, new) = (index(before), index(after));
    let mut changes = Vec::new();
    for (name, (context, is)) in &new {
        let was = old.get(name).map(|(_, was)| was);
        if was != Some(is) {
            changes.push(RouteChange {
                route: name.clone(),
                context: context.clone(),
                before: was.cloned(),
                after: Some(is.clone()),
            });
        }
    }
    for (name, (context, was)) in old.iter().filter(|(name, _)| !new.contains_key(*name)) {
        changes.push(RouteChange {
            route: name.clone(),
            context: context.clone(),
            before: Some(was.clone()),
            after: None,
        });
    }
    changes.sort_by(|a, b| a.route.cmp(&b.route));
    changes
}

fn behaviour(ruleset: &Ruleset, route: &Route) -> Behaviour {
    let stage = match route.stage {
        Stage::Canary { share } => format!("canary {share}"),
        Stage::Shadow(shadow) => format!("shadow {}", shadow.sample),
        other => other.as_str().to_owned(),
    };
    Behaviour {
        path: route.matching.path.to_string(),
        methods: route.matching.methods.to_string(),
        stage,
        native: ruleset.native(route).map(|upstream| upstream.name.clone()),
    }
}

/// How many requests of a log go elsewhere.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Traffic {
    /// Lines that were read as requests.
    pub requests: u64,
    /// Lines that were not.
    pub unread: u64,
    /// Requests whose route, stage or side changes, by what changes.
    pub changed: BTreeMap<Shift, u64>,
}

/// From where to where requests go.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Shift {
    /// The route after the change, or before it if there is none after.
    pub route: String,
    /// The side before.
    pub before: Side,
    /// The side after.
    pub after: Side,
    /// The stage before.
    pub stage_before: StageName,
    /// The stage after.
    pub stage_after: StageName,
}

impl Traffic {
    /// Requests that change the side that answers them.
    pub fn changed_side(&self) -> u64 {
        let moved = self.changed.iter().filter(|(shift, _)| shift.before != shift.after);
        moved.map(|(_, count)| count).sum()
    }
}

/// Replays the lines of an access log (common, combined, or JSON with `method` and `path`) on both
/// rules. Cohorts are drawn by the address, for a log holds no cookies.
///
/// A change of stages alone, which most changes are, leaves every path as it was; then a request is
/// looked up once and followed on both sides.
pub fn traffic<'l>(
    before: &Router,
    after: &Router,
    lines: impl IntoIterator<Item = &'l [u8]>,
) -> Traffic {
    let same_paths = before.finds_like(after);
    let mut traffic = Traffic::default();
    let mut changed: IndexMap<Key, (Seat<'_>, Seat<'_>, u64)> = IndexMap::new();
    for line in lines {
        let Some(request) = request(line) else {
            traffic.unread += 1;
            continue;
        };
        traffic.requests += 1;
        let head = Head { address: request.address, ..Head::new(request.method, request.target) };
        let (was, is) = if same_paths {
            before.decide_with(after, &head)
        } else {
            (before.decide(&head), after.decide(&head))
        };
        if was.side != is.side || was.stage != is.stage || name(&was) != name(&is) {
            let fresh = || (seat(&was), seat(&is), 0);
            changed.entry((identity(&was), identity(&is))).or_insert_with(fresh).2 += 1;
        }
    }
    for (was, is, count) in changed.into_values() {
        *traffic.changed.entry(shift(was, is)).or_default() += count;
    }
    traffic
}

/// What of a decision is counted: the route, the stage and the side.
type Seat<'r> = (Option<&'r str>, StageName, Side);

/// The same without the letters of the name: a million lines would hash them a million times.
type Key = ((usize, StageName, Side), (usize, StageName, Side));

fn identity(decision: &Decision<'_>) -> (usize, StageName, Side) {
    let address = decision.route.map_or(0, |route| std::ptr::from_ref(route).addr());
    (address, decision.stage, decision.side)
}

fn seat<'r>(decision: &Decision<'r>) -> Seat<'r> {
    (name(decision), decision.stage, decision.side)
}

fn name<'r>(decision: &Decision<'r>) -> Option<&'r str> {
    decision.route.map(|route| route.name.as_str())
}

fn shift(was: Seat<'_>, is: Seat<'_>) -> Shift {
    Shift {
        route: is.0.or(was.0).unwrap_or("none").to_owned(),
        before: was.2,
        after: is.2,
        stage_before: was.1,
        stage_after: is.1,
    }
}

/// A request as a log tells it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Logged<'l> {
    address: &'l str,
    method: &'l str,
    target: &'l [u8],
}

fn request(line: &[u8]) -> Option<Logged<'_>> {
    match line.trim_ascii_start().first()? {
        b'{' => json_request(line),
        _ => common_request(line),
    }
}

/// `192.0.2.7 - - [date] "GET /path HTTP/1.1" 200 ...`
fn common_request(line: &[u8]) -> Option<Logged<'_>> {
    let open = line.iter().position(|byte| *byte == b'"')?;
    let (front, rest) = line.split_at_checked(open + 1)?;
    let close = rest.iter().position(|byte| *byte == b'"')?;
    let mut words = rest.get(..close)?.split(|byte| *byte == b' ');
    let method = std::str::from_utf8(words.next()?).ok()?;
    let target = words.next()?;
    let address = front.split(|byte| *byte == b' ').next()?;
    Some(Logged { address: std::str::from_utf8(address).ok()?, method, target })
}

/// A line of the proxy's own log, or of any that names the two alike. Only what has no escapes is
/// read in place: a target with one is not a plain path.
fn json_request(line: &[u8]) -> Option<Logged<'_>> {
    let method = std::str::from_utf8(json_text(line, b"\"method\"")?).ok()?;
    let target = json_text(line, b"\"target\"").or_else(|| json_text(line, b"\"path\""))?;
    let address = json_text(line, b"\"client\"").unwrap_or_default();
    Some(Logged { address: std::str::from_utf8(address).ok()?, method, target })
}

fn json_text<'l>(line: &'l [u8], key: &[u8]) -> Option<&'l [u8]> {
    let at = line.windows(key.len()).position(|window| window == key)?;
    let rest = line.get(at + key.len()..)?.trim_ascii_start();
    let rest = rest.strip_prefix(b":")?.trim_ascii_start().strip_prefix(b"\"")?;
    let end = rest.iter().position(|byte| matches!(byte, b'"' | b'\\'))?;
    (rest.get(end) == Some(&b'"')).then(|| rest.get(..end))?
}
