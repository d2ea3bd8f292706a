//! What can only be seen when all routes are looked at together: files that want the same request,
//! routes that nothing reaches, endpoints that no route covers.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};

use crate::code::Code;
use crate::language::{self, Dense};
use crate::overlap::{Outline, Overlap, common_path, is_within};
use crate::pattern::{Converters, MatchText, compile};
use crate::problem::Problem;
use crate::ruleset::{Match, Route, Ruleset};
use crate::stage::Stage;
use crate::views::Views;

/// Pairs of routes compared by automata in one check. Unit: pairs; a pair costs up to a
/// millisecond, and rules are checked in front of live traffic. A warning says what was left out.
pub const COMPARISONS_MAX: usize = 2_000;

/// A route with what comparing it needs; the automaton is built when outlines are not enough.
struct Candidate<'r> {
    index: usize,
    route: &'r Route,
    outline: Outline,
    automaton: OnceCell<Option<Dense>>,
}

impl<'r> Candidate<'r> {
    fn new((index, route): (usize, &'r Route)) -> Self {
        let outline = Outline::of(&route.matching.path);
        Self { index, route, outline, automaton: OnceCell::new() }
    }

    fn automaton(&self) -> Option<&Dense> {
        let build = || language::paths(&self.route.matching.regex);
        self.automaton.get_or_init(build).as_ref()
    }

    fn same_path(&self, other: &Self) -> bool {
        self.route.matching.regex == other.route.matching.regex
    }
}

/// Problems between routes: conflicts of files, routes that nothing reaches.
pub(crate) fn across_routes(ruleset: &Ruleset) -> Vec<Problem> {
    let candidates: Vec<Candidate<'_>> =
        ruleset.routes.iter().enumerate().map(Candidate::new).collect();
    let mut problems = foreign_contexts(ruleset);
    let mut unreachable = BTreeSet::new();
    let pairs = pairs(&candidates);
    if let Some(left_out) = pairs.len().checked_sub(COMPARISONS_MAX).filter(|left| *left > 0) {
        problems.push(not_compared(left_out));
    }
    for (first, second) in pairs.into_iter().take(COMPARISONS_MAX) {
        if let Some(problem) = conflict(ruleset, first, second) {
            problems.push(problem);
        } else if !unreachable.contains(&second.index) && hides(first, second) {
            unreachable.insert(second.index);
            problems.push(never_reached(first.route, second.route));
        }
    }
    problems
}

fn not_compared(pairs: usize) -> Problem {
    let message = format!("{pairs} pairs of routes begin so alike that they were not compared");
    Problem::warning(Code::TOO_LARGE, message)
        .help("conflicts among them would go unseen: begin patterns with fixed segments")
}

/// Routes in a file of one team whose context belongs to another. A file is a team's if it defines
/// contexts with an owner.
fn foreign_contexts(ruleset: &Ruleset) -> Vec<Problem> {
    let mut teams: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for context in ruleset.contexts() {
        teams.entry(&context.place.path).or_default().extend(context.owner.as_deref());
    }
    let mut problems = Vec::new();
    for route in ruleset.routes() {
        let context = route.context.as_deref().and_then(|name| ruleset.context(name));
        let Some((context, owner)) = context.and_then(|c| Some((c, c.owner.as_deref()?))) else {
            continue;
        };
        let Some(home) = teams.get(route.place.path.as_str()).filter(|home| !home.is_empty())
        else {
            continue;
        };
        if !home.contains(owner) {
            let team = home.iter().copied().collect::<Vec<_>>().join(" and ");
            let message = format!(
                "`{}` belongs to the context `{}` of {owner}, and this file is {team}'s",
                route.name, context.name
            );
            let problem = Problem::error(Code::FOREIGN_CONTEXT, message)
                .at(route.place.clone())
                .related(context.place.clone(), "the context is defined here")
                .help(format!("move the route into the file of {owner}"));
            problems.push(problem);
        }
    }
    problems
}

/// Pairs that the outlines do not tell apart, the one tried first in front.
///
/// Sorted by their fixed beginning, everything that can meet a path stands in one run behind it, so
/// a folder of many distinct paths costs little more than sorting it.
fn pairs<'c, 'r>(candidates: &'c [Candidate<'r>]) -> Vec<(&'c Candidate<'r>, &'c Candidate<'r>)> {
    let mut sorted: Vec<(String, &Candidate<'_>)> = candidates
        .iter()
        .map(|candidate| (candidate.outline.literal_prefix(), candidate))
        .collect();
    sorted.sort_by(|a, b| a.0.cmp(&b.0).then(a.1.index.cmp(&b.1.index)));
    let mut pairs = Vec::new();
    for (at, (prefix, candidate)) in sorted.iter().enumerate() {
        let behind = sorted.iter().skip(at + 1);
        for (_, other) in behind.take_while(|(longer, _)| longer.starts_with(prefix)) {
            if !candidate.outline.is_apart(&other.outline) {
                let ordered = candidate.index < other.index;
                pairs.push(if ordered { (*candidate, *other) } else { (*other, *candidate) });
            }
        }
    }
    // Pairs that move traffic first, should there be too many.
    let idle = |candidate: &Candidate<'_>| candidate.route.stage == Stage::Legacy;
    pairs.sort_by_key(|(a, b)| (idle(a) && idle(b), b.index, a.index));
    pairs
}

/// Two files that want the same request, unless both say which of them comes first.
fn conflict(ruleset: &Ruleset, first: &Candidate<'_>, second: &Candidate<'_>) -> Option<Problem> {
    let (a, b) = (first.route, second.route);
    if a.place.path == b.place.path || is_ranked(a, b) || conditions_exclude(a, b) {
        return None;
    }
    let example = match overlap(first, second) {
        Overlap::Apart => return None,
        Overlap::At(path) => format!("both take {path}"),
        Overlap::Unknown => "they are too large to prove that they never meet".to_owned(),
    };
    let message = format!(
        "two files match the same request: `{}`{} and `{}`{}; {example}",
        a.name,
        owned(ruleset, a),
        b.name,
        owned(ruleset, b)
    );
    // Both at legacy the request goes to the monolith in any order: worth saying, not refusing.
    let problem = match (&a.stage, &b.stage) {
        (Stage::Legacy, Stage::Legacy) => Problem::warning(Code::CONFLICT, message),
        _ => Problem::error(Code::CONFLICT, message),
    };
    let help = "move them into one file, make the patterns disjoint, or give both an `order:` as \
                the analyzer's map prints it";
    Some(problem.at(b.place.clone()).related(a.place.clone(), "the other one").help(help))
}

fn owned(ruleset: &Ruleset, route: &Route) -> String {
    let context = route.context.as_deref().and_then(|name| ruleset.context(name));
    let owner = context.and_then(|context| context.owner.as_deref());
    owner.map_or(String::new(), |owner| format!(" ({owner})"))
}

fn is_ranked(a: &Route, b: &Route) -> bool {
    matches!((a.order, b.order), (Some(a), Some(b)) if a != b)
}

/// Whether methods or conditions keep the two from ever taking one request.
fn conditions_exclude(a: &Route, b: &Route) -> bool {
    let (a, b) = (&a.matching, &b.matching);
    let hosts = matches!((&a.host, &b.host), (Some(a), Some(b)) if !a.overlaps(b));
    let differ = |a: &[(String, String)], b: &[(String, String)]| {
        a.iter().any(|(name, value)| b.iter().any(|(other, it)| other == name && it != value))
    };
    // By method only routes of one path divide the requests between them: see `router.rs`.
    let methods = a.regex == b.regex && a.methods.and(b.methods).is_empty();
    methods || hosts || differ(&a.cookies, &b.cookies) || differ(&a.headers, &b.headers)
}

fn overlap(first: &Candidate<'_>, second: &Candidate<'_>) -> Overlap {
    if let (true, MatchText::Django(text)) = (first.same_path(second), &first.route.matching.path)
        && !text.contains('<')
    {
        return Overlap::At(format!("/{text}"));
    }
    match (first.automaton(), second.automaton()) {
        (Some(a), Some(b)) => common_path(a, b),
        _ => Overlap::Unknown,
    }
}

/// Whether the first takes every request that the second could.
fn hides(first: &Candidate<'_>, second: &Candidate<'_>) -> bool {
    let (a, b) = (&first.route.matching, &second.route.matching);
    if !conditions_include(a, b) {
        return false;
    }
    if first.same_path(second) {
        return b.methods.without(a.methods).is_empty();
    }
    match (first.automaton(), second.automaton()) {
        (Some(outer), Some(inner)) => is_within(inner, outer) == Some(true),
        _ => false,
    }
}

/// Whether what the second asks for implies what the first asks for.
fn conditions_include(first: &Match, second: &Match) -> bool {
    let all = |a: &[(String, String)], b: &[(String, String)]| a.iter().all(|one| b.contains(one));
    (first.host.is_none() || first.host == second.host)
        && all(&first.headers, &second.headers)
        && all(&first.query, &second.query)
        && all(&first.cookies, &second.cookies)
}

fn never_reached(first: &Route, second: &Route) -> Problem {
    let message =
        format!("no request reaches `{}`: `{}` takes all of them", second.name, first.name);
    Problem::warning(Code::UNREACHABLE, message)
        .at(second.place.clone())
        .related(first.place.clone(), "takes every request")
        .help("move it above, make the other one narrower, or delete it")
}

/// Endpoints of the analyzer's map that no route covers: new views that nobody put into the rules.
pub fn uncovered(ruleset: &Ruleset, endpoints: &Views) -> Vec<Problem> {
    let texts: BTreeSet<&MatchText> =
        ruleset.routes.iter().map(|route| &route.matching.path).collect();
    let routes: Vec<Candidate<'_>> =
        ruleset.routes.iter().enumerate().map(Candidate::new).collect();
    let mut by_first: BTreeMap<Option<&str>, Vec<&Candidate<'_>>> = BTreeMap::new();
    for route in &routes {
        by_first.entry(route.outline.first()).or_default().push(route);
    }
    let mut problems = Vec::new();
    for (name, path) in endpoints.endpoints() {
        if texts.contains(path) || is_covered(path, &by_first, &ruleset.converters) {
            continue;
        }
        let message = format!("the endpoint `{name}` ({path}) is in the map and in no rule");
        problems.push(
            Problem::warning(Code::UNCOVERED_ENDPOINT, message)
                .help("add a route for it at stage legacy; until then legacy answers it"),
        );
    }
    problems
}

fn is_covered(
    path: &MatchText,
    by_first: &BTreeMap<Option<&str>, Vec<&Candidate<'_>>>,
    converters: &Converters,
) -> bool {
    let outline = Outline::of(path);
    let Ok((regex, _)) = compile(path, converters) else { return false };
    let near = [outline.first(), None].into_iter().filter_map(|first| by_first.get(&first));
    let mut near = near.flatten().filter(|route| !route.outline.is_apart(&outline)).peekable();
    if near.peek().is_none() {
        return false;
    }
    let Some(inner) = language::paths(&regex) else { return false };
    near.any(|route| route.automaton().is_some_and(|outer| is_within(&inner, outer) == Some(true)))
}
