//! One written route or test to its checked form.

use std::collections::BTreeSet;

use crate::code::Code;
use crate::comparison::{Comparison, JsonPath, Tolerance};
use crate::load::{Checking, Source};
use crate::method::Methods;
use crate::node::{Key, Span};
use crate::pattern::{self, MatchText, PatternError};
use crate::problem::{Problem, did_you_mean, one_of};
use crate::raw;
use crate::route_policy;
use crate::ruleset::{HostMatch, LEGACY, Match, Route};
use crate::stage::{ShadowStage, Share, Stage, StageName};
use crate::trial::Trial;
use crate::upstream::is_host;
use crate::written::{Keyed, Located};

/// The checked route; `None` if what is missing was reported and nothing can stand for it.
pub(crate) fn route(
    checking: &mut Checking<'_>,
    source: &Source,
    file: &raw::File,
    written: &raw::Route,
) -> Option<Route> {
    let defaults = file.defaults.as_ref();
    let context = written.context.as_ref().or(defaults.and_then(|d| d.context.as_ref()));
    context_exists(checking, source, context);
    let stage = stage(checking, source, written, defaults);
    if let Some(name) = &written.name.0 {
        checking.name_is_one(source, name);
    }
    let beyond = written.stage.0.is_some_and(|at| at.value != StageName::Legacy);
    let matching = written.matching.0.as_ref().and_then(|m| matching(checking, source, m, beyond));
    let compare = written.compare.as_ref().or(defaults.and_then(|d| d.compare.as_ref()));
    let comparison = comparison(checking, source, compare);
    let policies = route_policy::policies(checking, source, written, defaults);
    let (name, (stage, stage_at), matching) = (written.name.0.as_ref()?, stage?, matching?);
    native_side_exists(checking, source, stage, stage_at, context);
    Some(Route {
        name: name.value.clone(),
        context: context.map(|context| context.value.clone()),
        order: written.order.map(|at| at.value),
        matching,
        stage,
        comparison,
        policies,
        place: name.at.place(source),
        stage_place: stage_at.place(source),
        share_place: written
            .canary
            .as_ref()
            .and_then(|canary| canary.share.0)
            .map(|share| share.at.place(source)),
    })
}

/// `order: 3` below a route of order 7.
pub(crate) fn order_contradiction(before: u32) -> Problem {
    Problem::error(
        Code::ORDER_CONTRADICTION,
        format!("this order is lower than {before}, which a route above it has"),
    )
    .help("within one file the list decides; sort the routes or leave `order` out")
}

fn context_exists(checking: &mut Checking<'_>, source: &Source, context: Option<&raw::Text>) {
    let Some(context) = context.filter(|name| !checking.contexts.contains_key(&name.value)) else {
        return;
    };
    let known: Vec<&str> = checking.contexts.keys().map(String::as_str).collect();
    let said = format!("no file defines the context `{}`", context.value);
    let problem = Problem::error(Code::UNKNOWN_CONTEXT, said)
        .help("add it under `contexts:`")
        .help_if(did_you_mean(&context.value, known));
    checking.report(source, context.at, problem);
}

/// The stage with exactly its data, and where its scalar stands.
fn stage(
    checking: &mut Checking<'_>,
    source: &Source,
    written: &raw::Route,
    defaults: Option<&raw::Defaults>,
) -> Option<(Stage, Span)> {
    let at = written.stage.0?;
    let canary = written.canary.as_ref().or(defaults.and_then(|d| d.canary.as_ref()));
    let shadow = written.shadow.as_ref().or(defaults.and_then(|d| d.shadow.as_ref()));
    let stage = match at.value {
        StageName::Legacy => Stage::Legacy,
        StageName::Native => Stage::Native,
        StageName::Retired => Stage::Retired,
        StageName::Shadow => Stage::Shadow(ShadowStage {
            sample: shadow.and_then(|s| s.sample).map_or(Share::ALL, |at| at.value),
        }),
        StageName::Canary => {
            let Some(canary) = canary else {
                let problem =
                    Problem::error(Code::CANARY_WITHOUT_SHARE, "stage canary needs a share")
                        .help("add `canary: {share: 5%}` to the route or to `defaults:`");
                checking.report(source, at.at, problem);
                return None;
            };
            Stage::Canary { share: canary.share.0?.value }
        }
    };
    Some((stage, at.at))
}

/// Beyond legacy somebody must be there to answer natively.
fn native_side_exists(
    checking: &mut Checking<'_>,
    source: &Source,
    stage: Stage,
    at: Span,
    context: Option<&raw::Text>,
) {
    if matches!(stage, Stage::Legacy | Stage::Retired) {
        return;
    }
    let problem = match context {
        None => Problem::error(
            Code::UNKNOWN_CONTEXT,
            format!("stage {} needs to know which context serves the route", stage.as_str()),
        )
        .help("add `context:` to the route or to `defaults:`"),
        Some(name) => match checking.contexts.get(&name.value) {
            // Reported by `context_exists`.
            None => return,
            Some(context) => match context.upstream.as_deref() {
                Some(LEGACY) | None => Problem::error(
                    Code::UNKNOWN_UPSTREAM,
                    format!(
                        "stage {} needs a native upstream, and the context `{}` has none",
                        stage.as_str(),
                        context.name
                    ),
                )
                .related(context.place.clone(), "add `upstream:` here"),
                Some(_) => return,
            },
        },
    };
    checking.report(source, at, problem);
}

fn matching(
    checking: &mut Checking<'_>,
    source: &Source,
    located: &Located<raw::Match>,
    beyond_legacy: bool,
) -> Option<Match> {
    let written = &located.value;
    let methods: Methods = written.methods.iter().map(|at| at.value).collect();
    let host = written.host.as_ref().and_then(|host| host_match(checking, source, host));
    let (path, at) = path(checking, source, located)?;
    let (regex, legacy_only) = match pattern::compile(&path, &checking.converters) {
        Ok(compiled) => compiled,
        Err(error) => {
            let problem = bad_pattern(checking, &path, &error);
            checking.report(source, at, problem);
            return None;
        }
    };
    if let Some(reason) = legacy_only.as_ref().filter(|_| beyond_legacy) {
        let said = format!("this route can only be at stage legacy: {reason}");
        let problem = Problem::error(Code::LEGACY_ONLY, said)
            .help("write a pattern without it, or leave the route at legacy");
        checking.report(source, at, problem);
    }
    // What lacks a part that could not be read takes more than its author meant: comparing it with
    // other routes would report conflicts that are none.
    if !located.is_whole || host.is_none() && written.host.is_some() {
        return None;
    }
    Some(Match {
        path,
        methods: if methods.is_empty() { Methods::ALL } else { methods },
        host,
        headers: pairs(&written.headers, str::to_ascii_lowercase),
        query: pairs(&written.query, str::to_owned),
        cookies: pairs(&written.cookie, str::to_owned),
        legacy_only,
        regex,
    })
}

fn pairs(written: &Keyed<raw::Text>, name: fn(&str) -> String) -> Vec<(String, String)> {
    let pair = |(key, text): &(Key, raw::Text)| (name(&key.name), text.value.clone());
    written.0.iter().map(pair).collect()
}

/// The one path of a match, and where it stands.
fn path(
    checking: &mut Checking<'_>,
    source: &Source,
    located: &Located<raw::Match>,
) -> Option<(MatchText, Span)> {
    let written = &located.value;
    let given: Vec<&raw::Text> =
        [&written.django, &written.re_path, &written.view].into_iter().flatten().collect();
    let [text] = given.as_slice() else {
        let said =
            format!("a match has one of `django`, `re_path`, `view`; here are {}", given.len());
        let at = given.last().map_or(located.at, |text| text.at);
        checking.report(source, at, Problem::error(Code::MATCH_WITHOUT_PATH, said));
        return None;
    };
    let path = if written.django.is_some() {
        without_slash(checking, source, text);
        MatchText::Django(text.value.clone())
    } else if written.re_path.is_some() {
        match &written.legacy_only {
            Some(reason) => {
                MatchText::LegacyOnly { superset: text.value.clone(), reason: reason.value.clone() }
            }
            None => MatchText::RePath(text.value.clone()),
        }
    } else {
        match checking.views.paths.get(&text.value).map(Vec::as_slice) {
            Some([path, same @ ..]) if same.iter().all(|other| other == path) => path.clone(),
            found => {
                let problem = match found {
                    Some(paths) => many_paths(&text.value, paths),
                    None => unknown_view(checking, &text.value),
                };
                checking.report(source, text.at, problem);
                return None;
            }
        }
    };
    Some((path, text.at))
}

fn unknown_view(checking: &Checking<'_>, view: &str) -> Problem {
    let help = if checking.views.is_empty() {
        "no map was given: pass the analyzer's with `--map out/map.json`, or write `django:`"
            .to_owned()
    } else {
        "the names are those of the analyzer's map.json".to_owned()
    };
    Problem::error(Code::UNKNOWN_VIEW, format!("the map has no view `{view}`"))
        .help(help)
        .help_if(did_you_mean(view, checking.views.names()))
}

/// Paths named when a view has several. Unit: paths; the map has all of them.
const PATHS_NAMED_MAX: usize = 4;

fn many_paths(view: &str, paths: &[MatchText]) -> Problem {
    let texts: Vec<String> = paths.iter().take(PATHS_NAMED_MAX).map(ToString::to_string).collect();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let said = format!("`{view}` has {} paths, and a route takes one", paths.len());
    let help =
        format!("write the one that is meant with `django:` or `re_path:`: {}", one_of(&texts));
    Problem::error(Code::UNKNOWN_VIEW, said).help(help)
}

/// A leading slash would be matched after the one that every path has: `//...`, which never comes.
fn without_slash(checking: &mut Checking<'_>, source: &Source, text: &raw::Text) {
    if text.value.starts_with('/') {
        let problem = Problem::error(
            Code::BAD_DJANGO_PATTERN,
            "a Django route has no leading slash, so this one matches nothing",
        )
        .help(format!("write `{}`", text.value.trim_start_matches('/')));
        checking.report(source, text.at, problem);
    }
}

fn bad_pattern(checking: &Checking<'_>, path: &MatchText, error: &PatternError) -> Problem {
    let code = match (path, error) {
        (MatchText::RePath(_), _) | (_, PatternError::Regex(_)) => Code::BAD_REGEX,
        _ => Code::BAD_DJANGO_PATTERN,
    };
    let problem = Problem::error(code, error.to_string());
    match error {
        PatternError::UnknownConverter { name } => {
            let names: Vec<&str> = checking.converters.names().collect();
            let known = format!(
                "the converters are {}; declare a custom one under `converters:`",
                one_of(&names)
            );
            problem.help(known).help_if(did_you_mean(name, names))
        }
        PatternError::Invalid(_) | PatternError::Regex(_) => problem,
    }
}

fn host_match(checking: &mut Checking<'_>, source: &Source, host: &raw::Text) -> Option<HostMatch> {
    let text = host.value.to_ascii_lowercase();
    let suffix = text.strip_prefix('*').map_or(text.clone(), str::to_owned);
    let starred = text.starts_with('*');
    let name = if starred { suffix.strip_prefix('.').unwrap_or_default() } else { &suffix };
    if !is_host(name) || name.starts_with('.') || name.ends_with('.') {
        let problem = Problem::error(Code::BAD_NAME, format!("`{}` is not a host", host.value))
            .help("write a name without port, such as `api.example.com` or `*.example.com`");
        checking.report(source, host.at, problem);
        return None;
    }
    Some(HostMatch { suffix })
}

fn comparison(
    checking: &mut Checking<'_>,
    source: &Source,
    written: Option<&raw::Compare>,
) -> Comparison {
    let Some(written) = written else { return Comparison::default() };
    let mut paths = |texts: &[raw::Text]| -> Vec<JsonPath> {
        let read = |text: &raw::Text| json_path(checking, source, &text.value, text.at);
        texts.iter().filter_map(read).collect()
    };
    let (ignore, unordered) = (paths(&written.ignore), paths(&written.unordered));
    let mut tolerances = Vec::new();
    for (key, number) in &written.tolerance.0 {
        let path = json_path(checking, source, &key.name, key.at);
        tolerances.extend(path.map(|path| Tolerance { path, absolute: number.value }));
    }
    let headers: BTreeSet<String> =
        written.ignore_headers.iter().map(|text| text.value.to_ascii_lowercase()).collect();
    Comparison { ignore, unordered, tolerances, ignore_headers: headers.into_iter().collect() }
}

fn json_path(
    checking: &mut Checking<'_>,
    source: &Source,
    text: &str,
    at: Span,
) -> Option<JsonPath> {
    match JsonPath::parse(text) {
        Ok(path) => Some(path),
        Err(error) => {
            let problem = Problem::error(Code::BAD_COMPARISON, error.to_string());
            checking.report(source, at, problem);
            None
        }
    }
}

/// The checked test; `None` if what is missing was reported.
pub(crate) fn trial(
    checking: &mut Checking<'_>,
    source: &Source,
    written: &raw::Test,
) -> Option<Trial> {
    let (request, expect) = (written.request.0.as_ref()?, written.expect.0.as_ref()?);
    let path = request.path.0.as_ref()?;
    if !path.value.starts_with('/') {
        let problem = Problem::error(Code::BAD_TEST, "the path of a request starts with `/`");
        checking.report(source, path.at, problem);
    }
    let text = |at: &Option<raw::Text>| at.as_ref().map(|at| at.value.clone());
    let method = request.method.map_or("GET", |at| at.value.as_str()).to_owned();
    let route = expect.route.as_ref();
    let place = route.map_or(path.at, |at| at.at).place(source);
    Some(Trial {
        name: text(&written.name).unwrap_or_else(|| format!("{method} {}", path.value)),
        method,
        target: path.value.clone(),
        host: text(&request.host).unwrap_or_default(),
        headers: pairs(&request.headers, str::to_ascii_lowercase),
        user: text(&request.user),
        route: text(&expect.route).map(|name| (name != "none").then_some(name)),
        stage: expect.stage.map(|at| at.value),
        side: expect.side.map(|at| at.value),
        path: text(&expect.path),
        place,
    })
}
