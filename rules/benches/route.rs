//! Nanoseconds per decision, beside a list of regexes as Django keeps it and beside matchit; and
//! how long the commands of the desk take. Prints one JSON object per line:
//! `{"name", "best_ns", "median_ns", "p99_ns"}`; `best_ns` is the fastest round, which a busy
//! machine disturbs least.

use std::hint::black_box;
use std::io::Write as _;
use std::time::Instant;

use regex_automata::meta::Regex;
use regex_automata::{Anchored, Input};
use rules::write::{self, NewFile, NewRoute};
use rules::{Head, MatchText, Method, Router, Source, diff, load, trial};

/// Requests in one round of a lookup.
const REQUESTS: u16 = 10_000;

/// Rounds; the median is over them, the 99th percentile over single requests of the last.
const ROUNDS: usize = 15;

#[expect(clippy::disallowed_methods, reason = "a benchmark reads the clock")]
fn now() -> Instant {
    Instant::now()
}

fn main() {
    for count in [100, 500, 2_000] {
        lookups(count);
    }
    desk();
}

fn print(name: &str, rounds: &mut [f64], p99_ns: f64) {
    rounds.sort_by(f64::total_cmp);
    let (best, median) = (rounds[0].round(), rounds[rounds.len() / 2].round());
    let row = serde_json::json!({
        "name": name, "best_ns": best, "median_ns": median, "p99_ns": p99_ns.round(),
    });
    writeln!(std::io::stdout(), "{row}").expect("stdout is open");
}

/// The patterns of a project with five endpoints per resource.
fn patterns(count: usize) -> Vec<String> {
    let five = [
        "api/v1/{r}/",
        "api/v1/{r}/new/",
        "api/v1/{r}/<int:pk>/",
        "api/v1/{r}/<int:pk>/history/<slug:kind>/",
        "api/v1/{r}/<uuid:key>/files/<path:file>",
    ];
    (0..count).map(|n| five[n % 5].replace("{r}", &format!("resource{}", n / 5))).collect()
}

/// Requests that meet every pattern, and one in ten that meets none.
fn requests(count: usize) -> Vec<String> {
    let mut state = 1_u64;
    let mut random = |below: usize| {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).unwrap_or_default() % below
    };
    let one = |_| {
        let resource = random(count / 5);
        let rest = match random(11) {
            0 | 1 => String::new(),
            2 | 3 => "new/".to_owned(),
            4 | 5 => format!("{}/", random(1_000_000)),
            6 | 7 => format!("{}/history/kind-{}/", random(1_000_000), random(100)),
            8 | 9 => "0a1b2c3d-0000-4000-8000-00000000beef/files/a/b/c.pdf".to_owned(),
            _ => "nothing/here/".to_owned(),
        };
        format!("/api/v1/resource{resource}/{rest}")
    };
    (0..REQUESTS).map(one).collect()
}

fn rules(count: usize, stage: &str) -> Source {
    let mut text = write::file(&NewFile {
        comment: Vec::new(),
        upstreams: vec![
            ("legacy".to_owned(), "127.0.0.1:8000".to_owned()),
            ("native".to_owned(), "127.0.0.1:9000".to_owned()),
        ],
        contexts: Vec::new(),
        converters: Vec::new(),
        routes: patterns(count)
            .into_iter()
            .enumerate()
            .map(|(number, path)| NewRoute {
                name: format!("r{number}"),
                context: Some("all".to_owned()),
                order: None,
                path: MatchText::Django(path),
                methods: vec![Method::Get, Method::Post],
                comment: None,
            })
            .collect(),
    });
    text.push_str("contexts: {all: {owner: '@all', upstream: native}}\n");
    text.push_str("defaults: {canary: {share: 5%}}\n");
    Source::new("all.yaml", text.replace("stage: legacy", &format!("stage: {stage}")))
}

/// Median over rounds of the mean of one round, and the 99th percentile of single calls.
fn measure(name: &str, requests: &[String], mut call: impl FnMut(&str) -> bool) {
    let mut means = Vec::new();
    let mut singles = Vec::new();
    for round in 0..ROUNDS {
        let start = now();
        for request in requests {
            black_box(call(black_box(request)));
        }
        means.push(start.elapsed().as_secs_f64() * 1e9 / f64::from(REQUESTS));
        if round + 1 == ROUNDS {
            for request in requests {
                let start = now();
                black_box(call(black_box(request)));
                singles.push(start.elapsed().as_secs_f64() * 1e9);
            }
        }
    }
    singles.sort_by(f64::total_cmp);
    print(name, &mut means, singles[singles.len() * 99 / 100]);
}

fn lookups(count: usize) {
    let requests = requests(count);
    for stage in ["legacy", "canary"] {
        let ruleset = load(&[rules(count, stage)]).expect("the rules are good");
        let router = Router::new(ruleset).expect("the rules are small");
        let cookie = vec![("cookie".to_owned(), "a=b; sessionid=7zxk3v0s5c8d1e2f".to_owned())];
        measure(&format!("router/{count}/{stage}"), &requests, |path| {
            let head = Head { headers: &cookie, ..Head::new("GET", path.as_bytes()) };
            router.decide(&head).route.is_some()
        });
    }
    let list: Vec<Regex> = patterns(count).iter().map(|path| one_regex(path)).collect();
    measure(&format!("regex-list/{count}"), &requests, |path| {
        let input = Input::new(&path[1..]).anchored(Anchored::Yes);
        list.iter().any(|regex| regex.search_half(&input).is_some())
    });
    matchit_lookups(count, &requests);
}

fn one_regex(path: &str) -> Regex {
    let regex = path
        .replace("<int:pk>", "[0-9]+")
        .replace("<slug:kind>", "[-a-zA-Z0-9_]+")
        .replace("<uuid:key>", "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
        .replace("<path:file>", ".+");
    Regex::new(&format!(r"{regex}\z")).expect("a good regex")
}

/// matchit knows no converters: `<int:pk>` and `<uuid:key>` become the same parameter, so it
/// answers an easier question (it would take `/api/v1/resource1/x/`, which Django does not).
fn matchit_lookups(count: usize, requests: &[String]) {
    let mut router = matchit::Router::new();
    for (number, path) in patterns(count).into_iter().enumerate() {
        let path = path
            .replace("<int:pk>", "{key}")
            .replace("<uuid:key>", "{key}")
            .replace("<slug:kind>", "{kind}")
            .replace("<path:file>", "{*file}");
        router.insert(format!("/{path}"), number).expect("no two are the same");
    }
    measure(&format!("matchit/{count}"), requests, |path| router.at(path).is_ok());
}

fn best_of(name: &str, times: usize, mut call: impl FnMut()) {
    let mut taken: Vec<f64> = (0..times)
        .map(|_| {
            let start = now();
            call();
            start.elapsed().as_secs_f64() * 1e9
        })
        .collect();
    let worst = taken.iter().copied().fold(0.0, f64::max);
    print(name, &mut taken, worst);
}

/// `rules check`, `rules test`, `rules diff --log`.
fn desk() {
    let five_hundred = [rules(500, "legacy")];
    best_of("check/500-routes", 21, || {
        black_box(load(&five_hundred).expect("the rules are good"));
    });
    best_of("compile/500-routes", 5, || {
        let ruleset = load(&five_hundred).expect("the rules are good");
        black_box(Router::new(ruleset).expect("the rules are small"));
    });
    let requests = requests(1_000);
    let mut tested = rules(1_000, "legacy");
    tested.text.push_str("tests:\n");
    for request in &requests {
        let line = format!("  - {{request: {{path: \"{request}\"}}, expect: {{side: legacy}}}}\n");
        tested.text.push_str(&line);
    }
    best_of("test/1000-routes-10000-cases", 5, || {
        let ruleset = load(&[tested.clone()]).expect("the rules are good");
        let router = Router::new(ruleset).expect("the rules are small");
        assert_eq!(trial::run(&router).failures, []);
    });
    let log: Vec<String> = requests
        .iter()
        .map(|path| {
            format!("192.0.2.7 - - [01/May/2026:10:00:00 +0000] \"GET {path} HTTP/1.1\" 200 512")
        })
        .collect();
    let router = |stage| Router::new(load(&[rules(1_000, stage)]).expect("good")).expect("small");
    let (before, after) = (router("legacy"), router("native"));
    let lines = 100_000;
    best_of("diff-log/100000-lines", 5, || {
        let log = log.iter().map(String::as_bytes).cycle().take(lines);
        black_box(diff::traffic(&before, &after, log));
    });
}
