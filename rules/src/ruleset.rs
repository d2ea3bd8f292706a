//! The rules, checked. What holds by construction, once [`crate::load()`] gave one out:
//!
//! - names of contexts, upstreams and routes are unique in the folder; `legacy` exists;
//! - each route's context exists, and beyond stage legacy it has an upstream;
//! - each route's pattern compiles, or the route is at legacy;
//! - stage canary has a share, stage shadow a sample;
//! - routes stand in the order in which they are tried.

use std::hash::Hasher;
use std::time::Duration;

use indexmap::IndexMap;
use serde::Serialize;
use siphasher::sip128::{Hasher128, SipHasher24};

use crate::comparison::Comparison;
use crate::load::Source;
use crate::method::Methods;
use crate::pattern::{Converters, MatchText};
use crate::policy::{Copies, Fallback, HealthCheck, Promotion, SlashPolicy, Tls};
use crate::problem::{Place, Problem};
use crate::scalars::{Answer, HostPolicy, Protocol};
use crate::stage::Stage;
use crate::trial::Trial;
use crate::views::Views;

/// The name of the upstream that is the monolith.
pub const LEGACY: &str = "legacy";

/// Django's `SESSION_COOKIE_NAME` unless a project changes it.
pub const SESSION_COOKIE: &str = "sessionid";

/// All rules of a folder.
#[derive(Debug, Clone)]
pub struct Ruleset {
    pub(crate) upstreams: IndexMap<String, Upstream>,
    pub(crate) contexts: IndexMap<String, Context>,
    pub(crate) converters: Converters,
    pub(crate) routes: Vec<Route>,
    pub(crate) tests: Vec<Trial>,
    pub(crate) warnings: Vec<Problem>,
    pub(crate) views: Views,
    pub(crate) sources: Vec<Source>,
}

impl Ruleset {
    /// The routes, in the order in which they are tried.
    pub fn routes(&self) -> &[Route] {
        &self.routes
    }

    /// The route of that name.
    pub fn route(&self, name: &str) -> Option<&Route> {
        self.routes.iter().find(|route| route.name == name)
    }

    /// The contexts, by name.
    pub fn contexts(&self) -> impl Iterator<Item = &Context> {
        self.contexts.values()
    }

    /// The context of that name.
    pub fn context(&self, name: &str) -> Option<&Context> {
        self.contexts.get(name)
    }

    /// The upstreams, by name.
    pub fn upstreams(&self) -> impl Iterator<Item = &Upstream> {
        self.upstreams.values()
    }

    /// The upstream of that name.
    pub fn upstream(&self, name: &str) -> Option<&Upstream> {
        self.upstreams.get(name)
    }

    /// The monolith.
    pub fn legacy(&self) -> &Upstream {
        self.upstreams.get(LEGACY).expect("load refuses rules without a legacy upstream")
    }

    /// The upstream that serves a route natively, if its context has one.
    pub fn native(&self, route: &Route) -> Option<&Upstream> {
        let context = self.contexts.get(route.context.as_deref()?)?;
        self.upstreams.get(context.upstream.as_deref()?)
    }

    /// The path converters that `match.django` may name.
    pub fn converters(&self) -> &Converters {
        &self.converters
    }

    /// The tests of the rules.
    pub fn tests(&self) -> &[Trial] {
        &self.tests
    }

    /// What somebody should look at, though the rules are taken.
    pub fn warnings(&self) -> &[Problem] {
        &self.warnings
    }

    /// The files the rules came from, by path.
    pub fn sources(&self) -> &[Source] {
        &self.sources
    }

    /// A stable name of the content: the same files give the same 32 hexadecimal digits.
    pub fn digest(&self) -> String {
        let mut hasher = SipHasher24::new();
        for source in &self.sources {
            for part in [&source.path, &source.text] {
                hasher.write_usize_stable(part.len());
                hasher.write(part.as_bytes());
            }
        }
        let hash = hasher.finish128();
        format!("{:016x}{:016x}", hash.h1, hash.h2)
    }
}

/// The length of a usize differs by machine, a digest must not.
trait WriteStable: Hasher {
    fn write_usize_stable(&mut self, number: usize) {
        self.write(&u64::try_from(number).unwrap_or(u64::MAX).to_le_bytes());
    }
}

impl<H: Hasher> WriteStable for H {}

/// A place that answers requests.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Upstream {
    /// The name rules call it by.
    pub name: String,
    /// Where it listens; at least one.
    pub addresses: Vec<Address>,
    /// The version of HTTP it is spoken to in.
    pub protocol: Protocol,
    /// What it gets to see as `Host`.
    pub host: HostPolicy,
    /// TLS, if it is spoken to in TLS.
    pub tls: Option<Tls>,
    /// How it is asked whether it is well.
    pub health_check: Option<HealthCheck>,
    /// How long a connection may take to stand.
    pub connect_timeout: Option<Duration>,
    /// How long an idle connection is kept.
    pub idle_timeout: Option<Duration>,
    /// Most connections at one time to each address.
    pub connections: Option<u32>,
    /// Its session cookie; only looked at for the monolith.
    pub session_cookie: String,
}

/// `host:port`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Address {
    /// A name or an IP address; an IPv6 address without its brackets.
    pub host: String,
    /// The port.
    pub port: u16,
}

impl std::fmt::Display for Address {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.host.contains(':') {
            write!(f, "[{}]:{}", self.host, self.port)
        } else {
            write!(f, "{}:{}", self.host, self.port)
        }
    }
}

/// A bounded context.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Context {
    /// The name rules call it by.
    pub name: String,
    /// The team.
    pub owner: Option<String>,
    /// Where to reach the team.
    pub contact: Option<String>,
    /// The upstream that serves it natively.
    pub upstream: Option<String>,
    /// What the cohort hash is salted with.
    pub salt: String,
    /// How long whoever wrote through one side also reads from it; above zero.
    pub pin_ttl: Option<Duration>,
    /// Where it is defined.
    pub place: Place,
}

/// One endpoint and where it is on its way out.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Route {
    /// The name, unique in the folder.
    pub name: String,
    /// The context it belongs to; a route at legacy may have none.
    pub context: Option<String>,
    /// Its declared position in the monolith's URLconf.
    pub order: Option<u32>,
    /// Which requests.
    pub matching: Match,
    /// Where it is.
    pub stage: Stage,
    /// How its answers are compared.
    pub comparison: Comparison,
    /// How it is kept safe on its way.
    pub policies: Policies,
    /// Where it is defined: its name in its file.
    pub place: Place,
    /// Where its stage is written.
    pub stage_place: Place,
    /// Where the share of its canary is written, if at the route itself.
    pub(crate) share_place: Option<Place>,
}

/// How a route is kept safe on its way.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Policies {
    /// The whole request, fallback included.
    pub request_timeout: Option<Duration>,
    /// One attempt at an upstream.
    pub backend_timeout: Option<Duration>,
    /// When legacy answers after native failed.
    pub fallback: Fallback,
    /// What is copied to the other side, besides the sample of stage shadow.
    pub copies: Copies,
    /// What must be shown before it is moved one stage further.
    pub promotion: Promotion,
    /// What happens to a path that lacks the slash at its end.
    pub trailing_slash: SlashPolicy,
    /// What it answers once retired.
    pub retired_answer: Answer,
}

/// Which requests a route takes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Match {
    /// The path.
    pub path: MatchText,
    /// The methods as declared; all if none were.
    pub methods: Methods,
    /// The host.
    pub host: Option<HostMatch>,
    /// Headers and their values; names in lower case.
    pub headers: Vec<(String, String)>,
    /// Query parameters and their values.
    pub query: Vec<(String, String)>,
    /// Cookies and their values.
    pub cookies: Vec<(String, String)>,
    /// Why only the monolith can match the path exactly, if so. The route is at legacy then.
    pub legacy_only: Option<String>,
    /// The regex of the path; it takes too many paths if `legacy_only` says why.
    #[serde(skip)]
    pub(crate) regex: String,
}

impl Match {
    /// Whether anything but path and method decides.
    pub fn is_conditional(&self) -> bool {
        self.host.is_some()
            || !(self.headers.is_empty() && self.query.is_empty() && self.cookies.is_empty())
    }
}

/// A host, or all hosts under one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct HostMatch {
    /// Lower case; begins with `.` when a `*` stood before it.
    pub(crate) suffix: String,
}

impl HostMatch {
    /// Whether a `Host` header is meant, whatever its port and case.
    pub fn matches(&self, host: &str) -> bool {
        let host = match host.rsplit_once(':') {
            Some((name, port)) if port.bytes().all(|b| b.is_ascii_digit()) => name,
            _ => host,
        };
        let host = host.strip_suffix('.').unwrap_or(host);
        let Some(start) = host.len().checked_sub(self.suffix.len()) else { return false };
        let tail = host.get(start..);
        let equal = tail.is_some_and(|tail| tail.eq_ignore_ascii_case(&self.suffix));
        equal && (start == 0 || self.suffix.starts_with('.')) && !host.starts_with('.')
    }

    /// Whether one host can be meant by both.
    pub(crate) fn overlaps(&self, other: &Self) -> bool {
        let (long, short) = if self.suffix.len() >= other.suffix.len() {
            (&self.suffix, &other.suffix)
        } else {
            (&other.suffix, &self.suffix)
        };
        long == short || (short.starts_with('.') && long.ends_with(short.as_str()))
    }
}

impl std::fmt::Display for HostMatch {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let star = if self.suffix.starts_with('.') { "*" } else { "" };
        write!(f, "{star}{}", self.suffix)
    }
}
