//! The compiled rules: a request head to a decision, without allocating.
//!
//! All paths are one [`Tree`], which finds the first pattern that takes a path. Then, in this
//! order:
//!
//! - a path with two meanings goes to legacy, whatever the rules say;
//! - among routes whose path matches, the first whose host, headers, query and cookies hold claims
//!   the request; only routes of the same path may still take it by method, and if none does it
//!   goes to legacy, so that the monolith answers its own 405;
//! - no route at all: legacy, unless a native route takes the path with a slash at its end and
//!   says what is to happen to a path without.

use std::collections::BTreeMap;
use std::fmt;

use serde::Serialize;

use crate::cohort::{Bucket, Identity, IdentityKind};
use crate::head::Head;
use crate::method::{Method, Methods};
use crate::policy::{Copies, SlashPolicy};
use crate::ruleset::{Context, Match, Route, Ruleset, Upstream};
use crate::scalars::{Answer, Side};
use crate::stage::{Share, Stage, StageName};
use crate::target::{self, Ambiguity};
use crate::tree::{Tree, TreeError};

/// The cookie that the proxy gives to whoever has neither session nor user.
pub const COHORT_COOKIE: &str = "outgrow_cohort";

/// Compiled rules.
#[derive(Debug)]
pub struct Router {
    ruleset: Ruleset,
    tree: Tree,
    /// By the number of their pattern in the tree.
    paths: Vec<Path>,
    /// What each route needs at hand, by the index of the route.
    compiled: Vec<Compiled>,
    session_cookie: String,
    /// Whether some route does something about a slash that is missing at the end of a path.
    minds_slashes: bool,
}

/// Consecutive routes of the same path.
#[derive(Debug, Default)]
struct Path {
    routes: Vec<usize>,
    /// Every route of the same path wherever it stands, for the methods.
    same: Vec<usize>,
}

#[derive(Debug)]
struct Compiled {
    methods: Methods,
    context: Option<usize>,
    upstream: Option<usize>,
}

/// Where a request goes, and why.
#[derive(Debug, Clone, Copy)]
pub struct Decision<'r> {
    /// The route that took it.
    pub route: Option<&'r Route>,
    /// The stage of that route; legacy if there is none.
    pub stage: StageName,
    /// The context of that route.
    pub context: Option<&'r Context>,
    /// The upstream that serves the context natively.
    pub native: Option<&'r Upstream>,
    /// Who answers.
    pub side: Side,
    /// The part of such requests that native also sees, if this one qualifies: a GET at shadow, or
    /// an unsafe method whose route opts in with `writes`.
    pub shadow: Option<Share>,
    /// The part of such requests that legacy also sees after native answered, if this one
    /// qualifies: a GET that goes to native.
    pub reverse: Option<Share>,
    /// The cohort, if the stage needed one.
    pub bucket: Option<Bucket>,
    /// What the cohort was drawn by.
    pub identity: Option<IdentityKind>,
    /// Why.
    pub reason: Reason,
}

/// Why a request goes where it goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// The path has two meanings.
    Ambiguous(Ambiguity),
    /// No route takes it.
    NoRoute,
    /// The path is a route's, the method is not.
    MethodNotDeclared,
    /// The stage says so.
    Stage,
    /// The stage is canary, and the user is in the share.
    InShare,
    /// The stage is canary, and the user is not in the share.
    OutsideShare,
    /// The route is retired.
    Retired,
    /// Only with a slash at its end is the path a route's.
    MissingSlash,
}

impl Reason {
    /// A name for logs and metrics.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Ambiguous(ambiguity) => ambiguity.as_str(),
            Self::NoRoute => "no_route",
            Self::MethodNotDeclared => "method_not_declared",
            Self::Stage => "stage",
            Self::InShare => "in_share",
            Self::OutsideShare => "outside_share",
            Self::Retired => "retired",
            Self::MissingSlash => "missing_slash",
        }
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Decision<'_> {
    fn legacy(reason: Reason) -> Self {
        Self {
            route: None,
            stage: StageName::Legacy,
            context: None,
            native: None,
            side: Side::Legacy,
            shadow: None,
            reverse: None,
            bucket: None,
            identity: None,
            reason,
        }
    }
}

impl Router {
    /// Compiles checked rules.
    ///
    /// # Errors
    /// The compiled paths would be too large.
    pub fn new(ruleset: Ruleset) -> Result<Self, TreeError> {
        let paths = paths(&ruleset.routes);
        let first = |path: &Path| path.routes.first().and_then(|index| ruleset.routes.get(*index));
        let expressions = paths.iter().filter_map(first).map(|r| r.matching.regex.as_str());
        let tree = Tree::new(expressions)?;
        let compiled = compiled(&ruleset, &paths);
        let session_cookie = ruleset.legacy().session_cookie.clone();
        let minds_slashes =
            ruleset.routes.iter().any(|route| route.policies.trailing_slash != SlashPolicy::Legacy);
        Ok(Self { ruleset, tree, paths, compiled, session_cookie, minds_slashes })
    }

    /// The rules it was compiled from.
    pub fn ruleset(&self) -> &Ruleset {
        &self.ruleset
    }

    /// Where a request goes.
    pub fn decide<'r>(&'r self, head: &Head<'_>) -> Decision<'r> {
        self.conclude(self.locate(head), head)
    }

    /// What was located, as a decision.
    fn conclude<'r>(&'r self, located: Result<usize, Reason>, head: &Head<'_>) -> Decision<'r> {
        match located {
            Ok(index) => self.follow(index, head),
            Err(Reason::NoRoute) if self.minds_slashes => self.without_slash(head),
            Err(reason) => Decision::legacy(reason),
        }
    }

    /// A path that no route takes: perhaps one does with a slash at its end, answers natively, and
    /// says what is to happen then.
    fn without_slash<'r>(&'r self, head: &Head<'_>) -> Decision<'r> {
        let no_route = Decision::legacy(Reason::NoRoute);
        let (raw, query) = target::split(head.target);
        let mut space = None;
        let Some(path) = target::path_with_slash(raw, &mut space) else { return no_route };
        let Found::Route(index) = self.find(head, path, query) else { return no_route };
        let decision = self.follow(index, head);
        let Some(route) = decision.route.filter(|_| decision.side == Side::Native) else {
            return no_route;
        };
        let side = match route.policies.trailing_slash {
            SlashPolicy::Legacy => return no_route,
            SlashPolicy::Redirect => Side::Redirect,
            SlashPolicy::Strict404 => Side::NotFound,
        };
        Decision { side, reverse: None, reason: Reason::MissingSlash, ..decision }
    }

    /// The index of the route that takes the request, or why none does.
    fn locate(&self, head: &Head<'_>) -> Result<usize, Reason> {
        let (raw, query) = target::split(head.target);
        let mut space = None;
        let path = target::path(raw, &mut space).map_err(Reason::Ambiguous)?;
        match self.find(head, path, query) {
            Found::Route(index) => Ok(index),
            Found::NoMethod => Err(Reason::MethodNotDeclared),
            Found::Nothing => Err(Reason::NoRoute),
        }
    }

    /// Whether both find the same route, by its index, for every request.
    pub(crate) fn finds_like(&self, other: &Self) -> bool {
        let routes = self.ruleset.routes.iter().zip(&other.ruleset.routes);
        self.ruleset.routes.len() == other.ruleset.routes.len()
            && routes.into_iter().all(|(a, b)| a.matching == b.matching)
    }

    /// Two decisions for one look-up, on rules that [`Router::finds_like`] each other.
    pub(crate) fn decide_with<'r>(
        &'r self,
        other: &'r Self,
        head: &Head<'_>,
    ) -> (Decision<'r>, Decision<'r>) {
        let located = self.locate(head);
        (self.conclude(located, head), other.conclude(located, head))
    }

    /// The index of the route that takes a decoded path.
    fn find(&self, head: &Head<'_>, text: &str, query: &[u8]) -> Found {
        let method = Method::parse(head.method);
        let mut from = 0;
        while let Some(number) = self.tree.first(text, from) {
            from = number + 1;
            let Some(path) = self.paths.get(number) else { continue };
            let mut claimed = false;
            for route in &path.routes {
                if self.route(*route).is_some_and(|r| conditions_hold(&r.matching, head, query)) {
                    claimed = true;
                    if self.takes_method(*route, method) {
                        return Found::Route(*route);
                    }
                }
            }
            if claimed {
                return self.same_path(path, method, head, query);
            }
        }
        Found::Nothing
    }

    /// The path is claimed; another route of the same path may still take the method.
    fn same_path(
        &self,
        path: &Path,
        method: Option<Method>,
        head: &Head<'_>,
        query: &[u8],
    ) -> Found {
        let takes = |route: &&usize| {
            self.takes_method(**route, method)
                && self.route(**route).is_some_and(|r| conditions_hold(&r.matching, head, query))
        };
        path.same.iter().find(takes).map_or(Found::NoMethod, |route| Found::Route(*route))
    }

    fn route(&self, index: usize) -> Option<&Route> {
        self.ruleset.routes.get(index)
    }

    pub(crate) fn takes_method(&self, route: usize, method: Option<Method>) -> bool {
        let Some(compiled) = self.compiled.get(route) else { return false };
        match method {
            Some(method) => compiled.methods.contains(method),
            // A method HTTP does not define here: only a route that asks for none in particular.
            None => compiled.methods == Methods::ALL,
        }
    }

    /// What the stage of the route means for this request.
    fn follow<'r>(&'r self, index: usize, head: &Head<'_>) -> Decision<'r> {
        let (Some(route), Some(compiled)) = (self.route(index), self.compiled.get(index)) else {
            return Decision::legacy(Reason::NoRoute);
        };
        let by_index = |at: usize| self.ruleset.contexts.get_index(at).map(|(_, context)| context);
        let decision = Decision {
            route: Some(route),
            stage: route.stage.name(),
            context: compiled.context.and_then(by_index),
            native: compiled
                .upstream
                .and_then(|at| self.ruleset.upstreams.get_index(at))
                .map(|(_, upstream)| upstream),
            ..Decision::legacy(Reason::Stage)
        };
        let decision = match route.stage {
            Stage::Legacy => decision,
            Stage::Shadow(shadow) => {
                let copied = is_copied(head.method, route.policies.copies);
                Decision { shadow: copied.then_some(shadow.sample), ..decision }
            }
            Stage::Canary { share } => self.draw(decision, share, head),
            Stage::Native => Decision { side: Side::Native, ..decision },
            Stage::Retired => {
                let side = match route.policies.retired_answer {
                    Answer::Gone => Side::Gone,
                    Answer::Legacy => Side::Legacy,
                };
                Decision { side, reason: Reason::Retired, ..decision }
            }
        };
        // Legacy already ran for whoever it answered, and a write must not run there twice.
        let reversed = decision.side == Side::Native && head.method == "GET";
        let reverse = route.policies.copies.reverse_sample.filter(|_| reversed);
        Decision { reverse, ..decision }
    }

    fn draw<'r>(&self, decision: Decision<'r>, share: Share, head: &Head<'_>) -> Decision<'r> {
        let identity = self.identity(head);
        let salt = decision.context.map_or("", |context| context.salt.as_str());
        let bucket = Bucket::of(salt, identity);
        let (side, reason) = if bucket.is_in(share) {
            (Side::Native, Reason::InShare)
        } else {
            (Side::Legacy, Reason::OutsideShare)
        };
        let (bucket, identity) = (Some(bucket), Some(identity.kind()));
        Decision { side, bucket, identity, reason, ..decision }
    }

    /// Who is asking: verified user, else session, else the proxy's cookie, else address and agent.
    pub fn identity<'h>(&self, head: &Head<'h>) -> Identity<'h> {
        if let Some(user) = head.user {
            return Identity::user(user);
        }
        if let Some(key) = head.cookie(&self.session_cookie) {
            return Identity::session(key);
        }
        if let Some(value) = head.cookie(COHORT_COOKIE) {
            return Identity::cookie(value);
        }
        Identity::address(head.address, head.headers.value("user-agent", 0).unwrap_or_default())
    }
}

/// Whether native also gets to see such a request at stage shadow.
fn is_copied(method: &str, copies: Copies) -> bool {
    method == "GET" || (copies.writes && matches!(method, "POST" | "PUT" | "PATCH" | "DELETE"))
}

enum Found {
    Route(usize),
    /// A route has the path, none has the method.
    NoMethod,
    Nothing,
}

/// Host, headers, query and cookies, cheapest first.
pub(crate) fn conditions_hold(matching: &Match, head: &Head<'_>, query: &[u8]) -> bool {
    first_failed(matching, head, query).is_none()
}

/// The first condition besides path and method that does not hold.
pub(crate) fn first_failed<'m>(
    matching: &'m Match,
    head: &Head<'_>,
    query: &[u8],
) -> Option<Condition<'m>> {
    if let Some(host) = &matching.host
        && !host.matches(head.host)
    {
        return Some(Condition::Host);
    }
    let header = |(name, value): &&(String, String)| {
        (0..).map_while(|nth| head.headers.value(name, nth)).all(|found| found != value.as_bytes())
    };
    if let Some((name, _)) = matching.headers.iter().find(header) {
        return Some(Condition::Header(name));
    }
    let parameter = |(name, value): &&(String, String)| !has_parameter(query, name, value);
    if let Some((name, _)) = matching.query.iter().find(parameter) {
        return Some(Condition::Query(name));
    }
    let cookie = |(name, value): &&(String, String)| head.cookie(name) != Some(value.as_bytes());
    matching.cookies.iter().find(cookie).map(|(name, _)| Condition::Cookie(name))
}

/// A condition of a route.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Condition<'m> {
    Host,
    Header(&'m str),
    Query(&'m str),
    Cookie(&'m str),
}

/// Whether the query has that parameter with that value, both as decoded by Django.
fn has_parameter(query: &[u8], name: &str, value: &str) -> bool {
    query.split(|byte| *byte == b'&').any(|pair| {
        let mut halves = pair.splitn(2, |byte| *byte == b'=');
        let key = halves.next().unwrap_or_default();
        decodes_to(key, name) && decodes_to(halves.next().unwrap_or_default(), value)
    })
}

/// Compares while decoding, so that nothing is allocated.
fn decodes_to(encoded: &[u8], plain: &str) -> bool {
    let mut rest = encoded;
    for expected in plain.bytes() {
        let (found, after) = match rest {
            [b'+', after @ ..] => (b' ', after),
            [b'%', high, low, after @ ..] => {
                let digit = |byte: &u8| char::from(*byte).to_digit(16);
                let (Some(high), Some(low)) = (digit(high), digit(low)) else { return false };
                (u8::try_from(high * 16 + low).unwrap_or_default(), after)
            }
            [byte, after @ ..] => (*byte, after),
            [] => return false,
        };
        if found != expected {
            return false;
        }
        rest = after;
    }
    rest.is_empty()
}

/// Runs of routes with the same expression, in order.
fn paths(routes: &[Route]) -> Vec<Path> {
    let mut paths: Vec<Path> = Vec::new();
    let mut same: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    let mut previous = None;
    for (index, route) in routes.iter().enumerate() {
        let regex = route.matching.regex.as_str();
        same.entry(regex).or_default().push(index);
        match paths.last_mut().filter(|_| previous == Some(regex)) {
            Some(path) => path.routes.push(index),
            None => paths.push(Path { routes: vec![index], same: Vec::new() }),
        }
        previous = Some(regex);
    }
    for path in &mut paths {
        let first = path.routes.first().and_then(|index| routes.get(*index));
        let regex = first.map_or("", |route| route.matching.regex.as_str());
        path.same = same.get(regex).cloned().unwrap_or_default();
    }
    paths
}

/// HEAD and OPTIONS follow GET, unless a route of the same path declares them.
fn compiled(ruleset: &Ruleset, paths: &[Path]) -> Vec<Compiled> {
    let mut compiled: Vec<Compiled> = ruleset
        .routes
        .iter()
        .map(|route| {
            let context = route.context.as_deref();
            Compiled {
                methods: route.matching.methods,
                context: context.and_then(|name| ruleset.contexts.get_index_of(name)),
                upstream: ruleset
                    .native(route)
                    .and_then(|upstream| ruleset.upstreams.get_index_of(&upstream.name)),
            }
        })
        .collect();
    for path in paths {
        let methods = |index: &usize| ruleset.routes.get(*index).map(|r| r.matching.methods);
        let narrow = path.same.iter().filter_map(methods).filter(|m| *m != Methods::ALL);
        let declared = narrow.fold(Methods::NONE, Methods::or);
        let followers = Methods::NONE.with(Method::Head).with(Method::Options).without(declared);
        for index in &path.routes {
            if let Some(route) =
                compiled.get_mut(*index).filter(|r| r.methods.contains(Method::Get))
            {
                route.methods = route.methods.or(followers);
            }
        }
    }
    compiled
}
