//! The first rules of a repository: one file an app, every endpoint at stage `legacy`, so that the
//! proxy behaves as if it were not there until a team changes one word.
//!
//! Endpoints of the project's own code are all listed. Those of libraries and of the admin become
//! one route for each prefix, where no endpoint of the project's own lies below that prefix.

use std::collections::{BTreeMap, BTreeSet};

use rules::pattern::Joiner;
use rules::write::{NewFile, NewRoute};
use rules::{Converter, Converters, MatchText, Method, SegmentKind};

use crate::map::{App, ContextKind, Endpoint, Map, SegmentKind as Written};

/// Where the monolith listens until somebody says better; the port of `manage.py runserver`.
const LEGACY_ADDRESS: &str = "127.0.0.1:8000";
/// File of the upstream; the dash keeps it apart from the files of apps, as in the next two.
const UPSTREAM_FILE: &str = "legacy-upstream.yaml";
/// File of views outside of apps.
const PROJECT_FILE: &str = "project-wide.yaml";
/// File of the admin and of libraries.
const LIBRARY_FILE: &str = "third-party.yaml";
/// Fewest endpoints below one prefix that become one route.
const COLLAPSE_MIN: usize = 3;
/// Longest route name, in bytes; a number may follow it.
const NAME_BYTES_MAX: usize = 150;

/// A file to write into the rules folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Its name.
    pub name: String,
    /// Its text.
    pub text: String,
}

/// The files of the skeleton, sorted by name; the same map gives the same bytes.
pub fn files(map: &Map) -> Vec<File> {
    let converters = converters(map);
    let contexts = Contexts::of(map);
    let mut names = BTreeSet::new();
    let mut routes: BTreeMap<String, Vec<NewRoute>> = BTreeMap::new();
    for planned in plan(map, &converters) {
        let route = planned.route(&contexts, &mut names);
        routes.entry(planned.file(map)).or_default().push(route);
    }
    let mut found: Vec<File> = vec![File { name: UPSTREAM_FILE.to_owned(), text: upstream(map) }];
    for app in map.apps.iter().filter(|app| contexts.defined_in(&stem(&app.label)).next().is_some())
    {
        routes.entry(file_name(&app.label)).or_default();
    }
    for (name, routes) in routes {
        let app = name.trim_end_matches(".yaml");
        let new = NewFile {
            comment: comment(&name, app, &routes),
            upstreams: Vec::new(),
            contexts: contexts.defined_in(app).map(|context| (context.to_owned(), None)).collect(),
            converters: used_converters(&routes, map, &converters),
            routes,
        };
        found.push(File { name, text: rules::write::file(&new) });
    }
    let schema = rules::schema::schema_text();
    found.push(File { name: "rules.schema.json".to_owned(), text: schema });
    found.sort_by(|a, b| a.name.cmp(&b.name));
    found
}

/// Each route of the skeleton with the endpoints it stands for, in the order of the resolver.
pub fn routes(map: &Map) -> Vec<(String, Vec<&Endpoint>)> {
    let contexts = Contexts::of(map);
    let mut names = BTreeSet::new();
    let planned = plan(map, &converters(map)).into_iter();
    planned
        .map(|planned| {
            let name = planned.route(&contexts, &mut names).name;
            (name, planned.endpoints())
        })
        .collect()
}

fn upstream(map: &Map) -> String {
    rules::write::file(&NewFile {
        comment: vec![
            format!(
                "The monolith of {}: all that no rule sends elsewhere goes there.",
                map.project.name
            ),
            "Set the address to where it listens. Native services are added here too.".to_owned(),
        ],
        upstreams: vec![("legacy".to_owned(), LEGACY_ADDRESS.to_owned())],
        contexts: Vec::new(),
        converters: Vec::new(),
        routes: Vec::new(),
    })
}

fn comment(name: &str, app: &str, routes: &[NewRoute]) -> Vec<String> {
    let who = match name {
        PROJECT_FILE => "Views outside of apps".to_owned(),
        LIBRARY_FILE => "The admin and libraries".to_owned(),
        _ => format!("App {app}"),
    };
    vec![
        format!("{who}: {} routes, all answered by the monolith.", routes.len()),
        "Change one `stage:` at a time: legacy, shadow, canary, native.".to_owned(),
    ]
}

/// Which context an app's endpoints belong to, and which app's file defines each context.
struct Contexts {
    of_app: BTreeMap<String, String>,
    home: BTreeMap<String, String>,
}

impl Contexts {
    /// An app belongs to the context with most of its tables. Without a proposal, or without
    /// tables, an app is its own context.
    fn of(map: &Map) -> Self {
        let owners: BTreeMap<&str, &str> =
            map.tables.iter().map(|table| (table.name.as_str(), app_of(&table.owner))).collect();
        let own: BTreeSet<&str> =
            map.apps.iter().filter(|app| app.own).map(|app| app.label.as_str()).collect();
        let mut counts: BTreeMap<&str, BTreeMap<&str, usize>> = BTreeMap::new();
        for context in map.contexts.iter().filter(|c| c.kind == ContextKind::Domain) {
            for table in &context.tables {
                let app = owners.get(table.as_str()).copied().unwrap_or_default();
                *counts.entry(app).or_default().entry(&context.name).or_default() += 1;
            }
        }
        let most = |counts: &BTreeMap<&str, usize>| {
            let best = counts.iter().max_by_key(|(name, n)| (**n, std::cmp::Reverse(**name)));
            best.map(|(name, _)| (*name).to_owned())
        };
        let served: BTreeSet<&str> = map.endpoints.iter().map(|e| e.app.as_str()).collect();
        let mut of_app = BTreeMap::new();
        for app in &own {
            let context = counts.get(app).and_then(most);
            let alone = served.contains(app).then(|| stem(app));
            of_app.extend(context.or(alone).map(|context| ((*app).to_owned(), context)));
        }
        // The file of the app that gives the context its name, else of the first that uses it.
        let mut home: BTreeMap<String, String> = BTreeMap::new();
        for (app, context) in &of_app {
            let kept = home.entry(context.clone()).or_insert_with(|| stem(app));
            if app == context {
                *kept = stem(app);
            }
        }
        Self { of_app, home }
    }

    fn defined_in<'c>(&'c self, app: &'c str) -> impl Iterator<Item = &'c str> {
        self.home.iter().filter(move |(_, home)| *home == app).map(|(context, _)| context.as_str())
    }
}

fn app_of(label: &str) -> &str {
    label.split('.').next().unwrap_or_default()
}

/// An app label as the stem of a file and as the name of a context. A label is a Python
/// identifier, unless the repository lies.
fn stem(app: &str) -> String {
    let stem = cleaned(app).replace(['/', ':', '.'], "-");
    let taken = [UPSTREAM_FILE, PROJECT_FILE, LIBRARY_FILE];
    let reserved = taken.iter().any(|file| file.trim_end_matches(".yaml") == stem);
    if reserved || stem.is_empty() { format!("app-{stem}") } else { stem }
}

fn file_name(app: &str) -> String {
    format!("{}.yaml", stem(app))
}

/// The converters that the project registers, and for those that could not be read one that takes
/// everything and promises nothing: such routes stay at legacy.
fn converters(map: &Map) -> Converters {
    let mut known = Converters::default();
    for found in &map.converters {
        let converter = Converter { regex: found.regex.clone(), refuses: found.refuses };
        known.insert(&found.name, converter);
    }
    for segment in map.endpoints.iter().flat_map(|endpoint| &endpoint.segments) {
        for name in named(&segment.text).filter(|_| segment.kind == Written::Path) {
            if known.get(name).is_none() {
                known.insert(name, unread(name));
            }
        }
    }
    known
}

/// A converter whose class was not read. REST framework makes its own at run time; of any other
/// nothing is known.
fn unread(name: &str) -> Converter {
    match name.strip_prefix("drf_format_suffix") {
        Some("") => Converter { regex: r"\.[a-z0-9]+/?".to_owned(), refuses: false },
        Some(formats) if formats.starts_with('_') => {
            let formats = formats.trim_start_matches('_').replace('_', "|");
            Converter { regex: format!(r"\.(?:{formats})/?"), refuses: false }
        }
        _ => Converter { regex: ".+".to_owned(), refuses: true },
    }
}

/// The names of converters in the text of a `path()`.
fn named(text: &str) -> impl Iterator<Item = &str> {
    text.split('<').skip(1).filter_map(|part| {
        let (inside, _) = part.split_once('>')?;
        inside.split_once(':').map(|(name, _)| name.trim())
    })
}

/// The converters beside Django's own that the routes of a file name.
fn used_converters(routes: &[NewRoute], map: &Map, known: &Converters) -> Vec<(String, Converter)> {
    let django = Converters::default();
    let declared: BTreeSet<&str> = map.converters.iter().map(|c| c.name.as_str()).collect();
    let used: BTreeSet<&str> = routes
        .iter()
        .filter_map(|route| match &route.path {
            MatchText::Django(text) => Some(named(text)),
            _ => None,
        })
        .flatten()
        .filter(|name| django.get(name).is_none() || declared.contains(name))
        .collect();
    used.into_iter().filter_map(|name| Some((name.to_owned(), known.get(name)?.clone()))).collect()
}

/// A route before it has a name of its own.
enum Planned<'m> {
    One { endpoint: &'m Endpoint, path: MatchText },
    Below { prefix: String, endpoints: Vec<&'m Endpoint> },
}

/// The routes in the order of the resolver.
fn plan<'m>(map: &'m Map, converters: &Converters) -> Vec<Planned<'m>> {
    let mut endpoints: Vec<&Endpoint> = map.endpoints.iter().collect();
    endpoints.sort_by_key(|endpoint| endpoint.order);
    let mut joiner = Joiner::new(converters);
    let paths: Vec<MatchText> = endpoints.iter().map(|e| path(e, &mut joiner)).collect();
    let mut below: BTreeMap<String, Vec<&Endpoint>> = BTreeMap::new();
    let mut owned = BTreeSet::new();
    for (endpoint, path) in endpoints.iter().zip(&paths) {
        let prefix = first_part(path);
        if is_library(map, endpoint) {
            below.entry(prefix).or_default().push(endpoint);
        } else {
            owned.insert(prefix);
        }
    }
    below.retain(|prefix, list| {
        !prefix.is_empty() && list.len() >= COLLAPSE_MIN && !owned.contains(prefix)
    });
    let mut planned = Vec::new();
    for (endpoint, path) in endpoints.into_iter().zip(paths) {
        let prefix = first_part(&path);
        if !is_library(map, endpoint) || !below.contains_key(&prefix) {
            planned.push(Planned::One { endpoint, path });
        } else if below[&prefix].first().is_some_and(|first| first.order == endpoint.order) {
            let endpoints = below[&prefix].clone();
            planned.push(Planned::Below { prefix, endpoints });
        }
    }
    planned
}

/// Whether an endpoint is a library's: by its app, or because its view is in no app and stands
/// outside of the repository, as the redirects that the admin adds.
fn is_library(map: &Map, endpoint: &Endpoint) -> bool {
    let foreign = |app: &App| app.label == endpoint.app && !app.own;
    let view_at = endpoint.view_at.as_ref();
    let outside = endpoint.app.is_empty() && view_at.is_some_and(|at| at.file.starts_with('<'));
    outside || endpoint.name.starts_with("admin:") || map.apps.iter().any(foreign)
}

fn path(endpoint: &Endpoint, joiner: &mut Joiner<'_>) -> MatchText {
    let segments: Vec<(SegmentKind, &str)> = endpoint
        .segments
        .iter()
        .map(|segment| match segment.kind {
            Written::Path => (SegmentKind::Path, segment.text.as_str()),
            Written::RePath => (SegmentKind::RePath, segment.text.as_str()),
            // The map knows the active language, a rule would need all of them.
            Written::Language => (SegmentKind::Language, ""),
        })
        .collect();
    joiner.join(&segments)
}

/// `admin/` of `admin/auth/user/`: literal text up to the first slash, empty where there is none.
fn first_part(path: &MatchText) -> String {
    let text = match path {
        MatchText::Django(text) => text.as_str(),
        MatchText::RePath(text) | MatchText::LegacyOnly { superset: text, .. } => {
            text.strip_prefix('^').unwrap_or_default()
        }
    };
    let literal = |part: &str| {
        part.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-') && !part.is_empty()
    };
    match text.split_once('/') {
        Some((part, _)) if literal(part) => format!("{part}/"),
        _ => String::new(),
    }
}

impl<'m> Planned<'m> {
    fn endpoints(self) -> Vec<&'m Endpoint> {
        match self {
            Self::One { endpoint, .. } => vec![endpoint],
            Self::Below { endpoints, .. } => endpoints,
        }
    }

    fn file(&self, map: &Map) -> String {
        match self {
            Self::Below { .. } => LIBRARY_FILE.to_owned(),
            Self::One { endpoint, .. } if is_library(map, endpoint) => LIBRARY_FILE.to_owned(),
            Self::One { endpoint, .. } if endpoint.app.is_empty() => PROJECT_FILE.to_owned(),
            Self::One { endpoint, .. } => file_name(&endpoint.app),
        }
    }

    fn route(&self, contexts: &Contexts, names: &mut BTreeSet<String>) -> NewRoute {
        match self {
            Self::One { endpoint, path } => NewRoute {
                name: unique(&name(endpoint), names),
                context: contexts.of_app.get(&endpoint.app).cloned(),
                order: Some(endpoint.order),
                path: path.clone(),
                methods: endpoint.methods.iter().filter_map(|m| Method::parse(m)).collect(),
                comment: Some(said(endpoint)),
            },
            Self::Below { prefix, endpoints } => {
                let apps: BTreeSet<&str> = endpoints
                    .iter()
                    .map(|e| e.app.as_str())
                    .filter(|app| !app.is_empty())
                    .collect();
                let apps = apps.into_iter().collect::<Vec<_>>().join(", ");
                NewRoute {
                    name: unique(prefix.trim_end_matches('/'), names),
                    context: None,
                    order: endpoints.first().map(|first| first.order),
                    path: MatchText::RePath(format!("^{prefix}")),
                    methods: Vec::new(),
                    comment: Some(format!("{} endpoints of {apps}", endpoints.len())),
                }
            }
        }
    }
}

/// The view, what it does by method, and where it stands.
fn said(endpoint: &Endpoint) -> String {
    let at = endpoint.view_at.as_ref().unwrap_or(&endpoint.at);
    let view = if endpoint.view.is_empty() { "a view that was not seen" } else { &endpoint.view };
    let action = match endpoint.action.join(" ") {
        action if action.is_empty() => action,
        action => format!(" ({action})"),
    };
    format!("{view}{action}  {}:{}", at.file, at.line)
}

/// The URL name; else the view's; else the route's text.
fn name(endpoint: &Endpoint) -> String {
    let view = endpoint.view.rsplit('.').next().unwrap_or_default();
    let named = match (endpoint.name.is_empty(), endpoint.app.is_empty()) {
        (false, _) => endpoint.name.clone(),
        (true, false) if !view.is_empty() => format!("{}.{view}", endpoint.app),
        (true, true) if !view.is_empty() => view.to_owned(),
        _ => endpoint.route.clone(),
    };
    match cleaned(&named) {
        clean if clean.is_empty() => "endpoint".to_owned(),
        clean => clean,
    }
}

/// What may stand in a name: letters, digits and `_ - . : /`.
fn cleaned(text: &str) -> String {
    let safe = |c: char| if c.is_ascii_alphanumeric() || "_-.:/".contains(c) { c } else { '-' };
    let text: String = text.chars().map(safe).take(NAME_BYTES_MAX).collect();
    text.trim_matches(['-', '.', ':', '/']).to_owned()
}

/// The name, with a number where it is taken.
fn unique(name: &str, names: &mut BTreeSet<String>) -> String {
    let numbered = (2..).map(|number| format!("{name}-{number}"));
    let free = std::iter::once(name.to_owned())
        .chain(numbered)
        .find(|candidate| !names.contains(candidate))
        .expect("numbers do not end");
    names.insert(free.clone());
    free
}
