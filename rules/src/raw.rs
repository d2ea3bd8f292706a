//! The rules as written: a mirror of the YAML. Every word of the language is documented here, once;
//! these comments are what an editor shows (see `schema.rs`).

use crate::method::Method;
use crate::policy::{SlashPolicy, Trigger};
use crate::scalars::{Answer, Duration, HostPolicy, Protocol, SideWord, StageWord};
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
        /// The version of HTTP it is spoken to in; `http1` unless given.
        protocol: Option<At<Protocol>>,
        /// What the upstream gets to see as `Host`.
        host: Option<At<HostPolicy>>,
        /// Speaks TLS to it; `tls: {}` is enough where its certificate is publicly trusted.
        tls: Option<UpstreamTls>,
        /// Asks it regularly whether it is well; without one only real requests tell.
        health_check: Option<HealthCheck>,
        /// How long to wait for it.
        timeouts: Option<UpstreamTimeouts>,
        /// Most connections at one time to each address, at least 1.
        connections: Option<At<u32>>,
        /// The monolith's `SESSION_COOKIE_NAME`, if it is not `sessionid`. Cohorts use it.
        session_cookie: Option<Text>,
    }

    /// TLS to an upstream. Its certificate is always verified. Paths are on the proxy's machine.
    "the TLS of an upstream" UpstreamTls {
        /// The name it must prove and that is sent as SNI; the host of its address unless given.
        hostname: Option<Text>,
        /// PEM file of the authorities it may be signed by; those of the system unless given.
        ca_certificate: Option<Text>,
        /// PEM file of the certificate that proves who the proxy is; needs `client_key`.
        client_certificate: Option<Text>,
        /// PEM file of the private key of `client_certificate`.
        client_key: Option<Text>,
    }

    /// A request that an upstream in good health answers with 2xx.
    "a health check" HealthCheck {
        /// The path to GET, such as `/healthz`.
        path: Must<Text>,
        /// The `Host` to send, which the monolith's `ALLOWED_HOSTS` must have; the address unless
        /// given.
        host: Option<Text>,
        /// Between two checks, such as `5s`, which is what holds unless given.
        interval: Option<At<Duration>>,
        /// For one answer; `1s` unless given, not longer than `interval`.
        timeout: Option<At<Duration>>,
        /// Good answers in a row until it counts as well; 2 unless given.
        healthy_threshold: Option<At<u32>>,
        /// Bad answers in a row until it counts as ill; 3 unless given.
        unhealthy_threshold: Option<At<u32>>,
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
        /// How long whoever wrote through one side also reads from it, such as `30s`: a user sees
        /// what was just saved. `0s`, as if not given, does not pin.
        pin_ttl: Option<At<Duration>>,
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
        /// What a comparison of the two answers may ignore.
        compare: Option<Compare>,
        /// When legacy answers after native failed.
        fallback: Option<Fallback>,
        /// What must be shown before a route is moved one stage further.
        promote: Option<Promote>,
        /// How long a request may take.
        timeouts: Option<Timeouts>,
        /// What happens to a path that lacks the slash at its end.
        trailing_slash: Option<At<SlashPolicy>>,
        /// What a retired route answers.
        retired: Option<Retired>,
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
        /// When legacy answers after native failed.
        fallback: Option<Fallback>,
        /// What must be shown before the route is moved one stage further.
        promote: Option<Promote>,
        /// How long a request may take.
        timeouts: Option<Timeouts>,
        /// What happens to a path that lacks the slash at its end, once native answers.
        trailing_slash: Option<At<SlashPolicy>>,
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

    /// Which part of the requests the other side also sees. Its answer is compared, never sent.
    "a shadow" Shadow {
        /// At stage shadow: the part that native also sees, such as `10%`; all unless given.
        sample: Option<At<Share>>,
        /// At stages canary and native: the part of what native answered that legacy also sees.
        reverse_sample: Option<At<Share>>,
        /// Whether POST, PUT, PATCH and DELETE are copied too. Only say so for a native side that
        /// keeps what a copy writes apart from production; it is asked before the first.
        writes: Option<At<bool>>,
    }

    /// When legacy answers after native failed, before the client got a first byte. Unsafe methods
    /// only fall back where native surely did nothing.
    "a fallback" Fallback {
        /// The failures that legacy makes up for; every one of them unless given, `[]` is none.
        on: Option<Vec<At<Trigger>>>,
    }

    /// What must be shown before a route is moved one stage further.
    "a promotion" Promote {
        /// The rate of differing answers that must be excluded, such as `0.1%`, the default.
        max_mismatch: Option<At<Share>>,
        /// How sure of it, such as `95%`, the default.
        confidence: Option<At<Share>>,
        /// Of the sampled requests, the part whose comparison must have come about; `90%` unless
        /// given.
        min_compared: Option<At<Share>>,
        /// The least time at a stage, such as `24h`.
        min_time: Option<At<Duration>>,
        /// How many times as slow as legacy native may be, at the 99th percentile.
        max_p99_ratio: Option<At<f64>>,
        /// The shares that a canary goes through, ascending, such as `[1%, 5%, 25%]`.
        steps: Vec<At<Share>>,
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
        /// Path and query as the answering side sees them, or as a redirect leads to.
        path: Option<Text>,
    }
}
