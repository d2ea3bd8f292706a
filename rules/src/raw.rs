//! The rules as written: a mirror of the YAML. Every word of the language is documented here, once;
//! these comments are what an editor shows (see `schema.rs`).

use crate::method::Method;
use crate::scalars::{Answer, Duration, HostPolicy, SideWord, StageWord};
use crate::stage::Share;
use crate::written::{At, Keyed, Located, Must, written};

pub(crate) type Text = At<String>;

written! {
    /// One file of rules. A team keeps its own; all files of a folder together are the rules.
    "a rules file" File {
        /// Where requests can be sent. The name `legacy` is the monolith and stands in exactly one
        /// file.
        upstreams: Keyed<Upstream>,
        /// The bounded contexts: who owns them and which upstream serves them natively.
        contexts: Keyed<Context>,
        /// Custom path converters of the monolith, by the name that `path()` uses.
        converters: Keyed<Converter>,
        /// What the routes of this file have in common.
        defaults: Option<Defaults>,
        /// The routes, in order: within one file the first that matches wins, as in Django.
        routes: Vec<Route>,
        /// Requests and where they must go; `outgrow rules test` runs them.
        tests: Vec<Test>,
    }

    /// A place that answers requests.
    "an upstream" Upstream {
        /// One `host:port`.
        address: Option<Text>,
        /// Several `host:port` that serve the same.
        addresses: Vec<Text>,
        /// What the upstream gets to see as `Host`.
        host: Option<At<HostPolicy>>,
        /// How long to wait for it.
        timeouts: Option<UpstreamTimeouts>,
        /// Most connections at one time to each address.
        connections: Option<At<u32>>,
        /// The monolith's `SESSION_COOKIE_NAME`, if it is not `sessionid`. Cohorts use it.
        session_cookie: Option<Text>,
    }

    /// How long an upstream may take to accept.
    "the timeouts of an upstream" UpstreamTimeouts {
        /// Until the connection stands, such as `1s`.
        connect: Option<At<Duration>>,
        /// Until an idle connection is closed; keep it below the server's own keep-alive.
        idle: Option<At<Duration>>,
    }

    /// A bounded context: the unit that a team takes out of the monolith.
    "a context" Context {
        /// The team, as a `CODEOWNERS` name such as `@markets`.
        owner: Option<Text>,
        /// Where to reach the team, such as a channel or an address.
        contact: Option<Text>,
        /// The upstream that serves this context natively.
        upstream: Option<Text>,
        /// Replaces the context's name in the cohort hash: change it to draw new cohorts.
        salt: Option<Text>,
    }

    /// A custom path converter.
    "a converter" Converter {
        /// The regex that its class declares.
        regex: Must<Text>,
        /// Whether its `to_python` raises `ValueError` for texts that the regex takes. Routes that
        /// use it stay at legacy then; write the regex so that it takes no more to change that.
        refuses: Option<At<bool>>,
    }

    /// What the routes of a file have in common; a route's own key wins over it.
    "the defaults" Defaults {
        /// The context of routes that name none.
        context: Option<Text>,
        /// How a stage of shadow samples.
        shadow: Option<Shadow>,
        /// How a stage of canary shares.
        canary: Option<Canary>,
        /// How long a request may take.
        timeouts: Option<Timeouts>,
    }

    /// One endpoint, and where it is on its way out.
    "a route" Route {
        /// A name, unique in the folder.
        name: Must<Text>,
        /// The context it belongs to.
        context: Option<Text>,
        /// The position of the endpoint in the monolith's URLconf, as the analyzer's map prints
        /// it. Only needed when routes of two files can match the same request: the lower wins.
        order: Option<At<u32>>,
        /// Which requests.
        matching as "match": Must<Located<Match>>,
        /// Where it is on its way out.
        stage: Must<At<StageWord>>,
        /// What `stage: canary` needs.
        canary: Option<Canary>,
        /// What `stage: shadow` needs.
        shadow: Option<Shadow>,
        /// What a comparison of the two answers may ignore.
        compare: Option<Compare>,
        /// How long a request may take.
        timeouts: Option<Timeouts>,
        /// What a retired route answers.
        retired: Option<Retired>,
    }

    /// Which requests a route takes: one path, and conditions that must all hold.
    "a match" Match {
        /// A `path()` route of Django, such as `api/orders/<int:pk>/`.
        django: Option<Text>,
        /// A `re_path()` regex of Django, such as `^api/(?P<year>[0-9]{4})/$`.
        re_path: Option<Text>,
        /// Why `re_path` takes more paths than the monolith's own pattern does, which no regex can
        /// say. Such a route stays at legacy and keeps the routes behind it from its paths.
        legacy_only: Option<Text>,
        /// The name of a view in the analyzer's map, such as `orders:detail`.
        view: Option<Text>,
        /// The methods; none means all. HEAD and OPTIONS follow GET unless a route declares them.
        methods: Vec<At<Method>>,
        /// The host, without port: `api.example.com` or `*.example.com`.
        host: Option<Text>,
        /// Headers that must have exactly this value.
        headers: Keyed<Text>,
        /// Query parameters that must have exactly this value.
        query: Keyed<Text>,
        /// Cookies that must have exactly this value.
        cookie: Keyed<Text>,
    }

    /// Which part of the users native answers.
    "a canary" Canary {
        /// A percentage such as `5%` or `0.5%`. Raising it moves nobody back.
        share: Must<At<Share>>,
    }

    /// Which part of the requests native also sees.
    "a shadow" Shadow {
        /// A percentage such as `10%`.
        sample: Must<At<Share>>,
    }

    /// What a comparison of the two answers may ignore.
    "a comparison" Compare {
        /// Places in the JSON body, such as `results[*].updated_at`.
        ignore: Vec<Text>,
        /// Lists whose order does not matter.
        unordered: Vec<Text>,
        /// How far numbers at a place may be apart.
        tolerance: Keyed<At<f64>>,
        /// Answer headers that are not compared.
        ignore_headers: Vec<Text>,
    }

    /// How long a request may take.
    "the timeouts" Timeouts {
        /// The whole request, fallback included, such as `10s`.
        request: Option<At<Duration>>,
        /// One attempt at an upstream; not longer than `request`.
        backend_request: Option<At<Duration>>,
    }

    /// What a retired route answers.
    "a retirement" Retired {
        /// `gone` answers 410; `legacy` still lets the monolith answer, and reports it.
        answer: Must<At<Answer>>,
    }

    /// One request and where it must go.
    "a test" Test {
        /// What the test is about.
        name: Option<Text>,
        /// The request.
        request: Must<Request>,
        /// Where it must go.
        expect: Must<Expect>,
    }

    /// The request of a test.
    "a request" Request {
        /// The method; GET unless given.
        method: Option<At<Method>>,
        /// Path and query as on the wire, percent-encoded.
        path: Must<Text>,
        /// The host.
        host: Option<Text>,
        /// Headers.
        headers: Keyed<Text>,
        /// The signed-in user, for cohorts.
        user: Option<Text>,
    }

    /// Where the request of a test must go. What is not named is not checked.
    "an expectation" Expect {
        /// The name of the route, or `none`.
        route: Option<Text>,
        /// The stage.
        stage: Option<At<StageWord>>,
        /// The side that answers.
        side: Option<At<SideWord>>,
    }
}
