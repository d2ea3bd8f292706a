//! Texts to a checked [`Ruleset`], or every problem of every text at once.

use std::collections::{BTreeMap, BTreeSet};

use indexmap::IndexMap;

use crate::check;
use crate::code::Code;
use crate::node::{self, Span};
use crate::pattern::{Converter, Converters};
use crate::problem::{Place, Problem, Problems, did_you_mean};
use crate::python_regex::{Use, translate};
use crate::raw;
use crate::route;
use crate::route_policy;
use crate::ruleset::{Context, LEGACY, Route, Ruleset, Upstream};
use crate::trial::Trial;
use crate::upstream;
use crate::views::Views;
use crate::written::{At, Reader, Written};

/// Size of one file. Unit: bytes; ten thousand routes, far more than one team reviews.
pub const FILE_BYTES_MAX: usize = 1 << 20;

/// Routes in all files together. Unit: routes; ten times the largest URLconf we know of.
pub const ROUTES_MAX: usize = 20_000;

/// One file of rules, already read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// How to call it in messages, usually the path below the folder.
    pub path: String,
    /// Its text.
    pub text: String,
}

impl Source {
    /// A source from its path and text.
    pub fn new(path: impl Into<String>, text: impl Into<String>) -> Self {
        Self { path: path.into(), text: text.into() }
    }

    /// The place of its first byte.
    pub(crate) fn start(&self) -> Place {
        Place { path: self.path.clone(), line: 1, column: 1, start: 0, end: 0 }
    }
}

/// Reads and checks the files of one folder; their order does not matter.
///
/// # Errors
/// Every problem of every file, sorted by place, if one of them is an error. Warnings alone are
/// kept in [`Ruleset::warnings`].
pub fn load(sources: &[Source]) -> Result<Ruleset, Problems> {
    load_with(sources, &Views::default())
}

/// [`load`], with the views that `match.view` may name.
///
/// # Errors
/// As [`load`].
pub fn load_with(sources: &[Source], views: &Views) -> Result<Ruleset, Problems> {
    let mut sources = sources.to_vec();
    sources.sort_by(|a, b| a.path.cmp(&b.path));
    let mut problems = Vec::new();
    let mut files = Vec::new();
    for source in &sources {
        let (file, found) = read(source);
        problems.extend(found);
        files.extend(file.map(|file| (source, file)));
    }
    let (mut ruleset, found) = Checking::new(views).run(&files);
    problems.extend(found);
    problems.extend(check::across_routes(&ruleset));
    let problems = Problems::new(problems, sources.clone());
    if problems.has_errors() {
        return Err(problems);
    }
    ruleset.warnings = problems.as_slice().to_vec();
    ruleset.sources = sources;
    Ok(ruleset)
}

/// Text to the mirror of the YAML.
fn read(source: &Source) -> (Option<raw::File>, Vec<Problem>) {
    if source.text.len() > FILE_BYTES_MAX {
        let said =
            format!("{} bytes; a rules file has at most {FILE_BYTES_MAX}", source.text.len());
        let problem = Problem::error(Code::TOO_LARGE, said).at(source.start());
        return (None, vec![problem.help("split it, for instance by team")]);
    }
    let (tree, problems) = node::read(source);
    let mut reader = Reader { source, problems };
    let file = tree.and_then(|tree| Option::<raw::File>::read(&tree, &mut reader)).flatten();
    (file, reader.problems)
}

/// One file being checked: where its places are, and what all files know.
pub(crate) struct Checking<'v> {
    pub(crate) views: &'v Views,
    pub(crate) problems: Vec<Problem>,
    pub(crate) converters: Converters,
    pub(crate) upstreams: IndexMap<String, Upstream>,
    pub(crate) contexts: IndexMap<String, Context>,
    routes: Vec<Route>,
    tests: Vec<Trial>,
}

impl<'v> Checking<'v> {
    fn new(views: &'v Views) -> Self {
        Self {
            views,
            problems: Vec::new(),
            converters: Converters::default(),
            upstreams: IndexMap::new(),
            contexts: IndexMap::new(),
            routes: Vec::new(),
            tests: Vec::new(),
        }
    }

    /// Names first, since files may use each other's; then the routes; then the tests.
    fn run(mut self, files: &[(&Source, raw::File)]) -> (Ruleset, Vec<Problem>) {
        self.upstreams(files);
        self.contexts(files);
        self.converters(files);
        self.routes(files);
        for (source, file) in files {
            for test in &file.tests {
                let trial = route::trial(&mut self, source, test);
                self.tests.extend(trial);
            }
        }
        self.tests_name_routes(files);
        let ruleset = Ruleset {
            upstreams: self.upstreams,
            contexts: self.contexts,
            converters: self.converters,
            routes: self.routes,
            tests: self.tests,
            warnings: Vec::new(),
            views: self.views.clone(),
            sources: Vec::new(),
        };
        (ruleset, self.problems)
    }

    pub(crate) fn report(&mut self, source: &Source, at: Span, problem: Problem) {
        self.problems.push(problem.at(at.place(source)));
    }

    fn upstreams(&mut self, files: &[(&Source, raw::File)]) {
        let mut places: BTreeMap<&str, Place> = BTreeMap::new();
        for (source, file) in files {
            for (key, written) in &file.upstreams.0 {
                self.name_is_one(source, &At { value: key.name.to_string(), at: key.at });
                let place = key.at.place(source);
                if let Some(first) = places.get(&*key.name) {
                    self.taken("upstream", &key.name, first, place);
                    continue;
                }
                places.insert(&key.name, place);
                let upstream = upstream::upstream(self, source, key, written);
                self.upstreams.insert(key.name.to_string(), upstream);
            }
        }
        if !self.upstreams.contains_key(LEGACY) {
            let help = "add `upstreams: {legacy: {address: \"127.0.0.1:8000\"}}` to one file";
            let problem = Problem::error(
                Code::NO_LEGACY_UPSTREAM,
                "no file says where the monolith is: the upstream `legacy` is missing",
            );
            let at = files.first().map(|(source, _)| source.start());
            self.problems.push(Problem { place: at, ..problem.help(help) });
        }
    }

    fn contexts(&mut self, files: &[(&Source, raw::File)]) {
        for (source, file) in files {
            for (key, written) in &file.contexts.0 {
                self.name_is_one(source, &At { value: key.name.to_string(), at: key.at });
                let place = key.at.place(source);
                if let Some(first) = self.contexts.get(&*key.name).map(|c| c.place.clone()) {
                    self.taken("context", &key.name, &first, place);
                    continue;
                }
                self.upstream_exists(source, written.upstream.as_ref());
                let pin_ttl = route_policy::pin_ttl(self, source, written.pin_ttl);
                let text = |at: &Option<raw::Text>| at.as_ref().map(|at| at.value.clone());
                let context = Context {
                    name: key.name.to_string(),
                    owner: text(&written.owner),
                    contact: text(&written.contact),
                    upstream: text(&written.upstream),
                    salt: text(&written.salt).unwrap_or_else(|| key.name.to_string()),
                    pin_ttl,
                    place,
                };
                self.contexts.insert(key.name.to_string(), context);
            }
        }
    }

    fn upstream_exists(&mut self, source: &Source, name: Option<&raw::Text>) {
        let Some(name) = name.filter(|name| !self.upstreams.contains_key(&name.value)) else {
            return;
        };
        let known = self.upstreams.keys().map(String::as_str).filter(|known| *known != LEGACY);
        let problem = Problem::error(
            Code::UNKNOWN_UPSTREAM,
            format!("no file defines the upstream `{}`", name.value),
        )
        .help("add it under `upstreams:`")
        .help_if(did_you_mean(&name.value, known));
        self.report(source, name.at, problem);
    }

    fn converters(&mut self, files: &[(&Source, raw::File)]) {
        let mut places: BTreeMap<&str, Place> = BTreeMap::new();
        for (source, file) in files {
            for (key, written) in &file.converters.0 {
                let Some(regex) = &written.regex.0 else { continue };
                let place = key.at.place(source);
                let refuses = written.refuses.is_some_and(|at| at.value);
                let converter = Converter { regex: regex.value.clone(), refuses };
                match places.get(&*key.name).cloned() {
                    // Two teams may both declare what they both use, as long as they agree.
                    Some(_) if self.converters.get(&key.name) == Some(&converter) => {}
                    Some(first) => self.taken("converter", &key.name, &first, place),
                    None => {
                        places.insert(&key.name, place);
                        self.converters.insert(&key.name, converter);
                        self.converter_compiles(source, regex);
                    }
                }
            }
        }
        // Those of the map, for `match.view`; what a file declares itself is what holds.
        for (name, converter) in &self.views.converters {
            if !places.contains_key(name.as_str()) {
                self.converters.insert(name, converter.clone());
            }
        }
    }

    fn converter_compiles(&mut self, source: &Source, regex: &raw::Text) {
        if let Err(error) = translate(&regex.value, Use::Part) {
            self.report(source, regex.at, Problem::error(Code::BAD_REGEX, error.to_string()));
        }
    }

    fn routes(&mut self, files: &[(&Source, raw::File)]) {
        let mut ranked = Vec::new();
        for (number, (source, file)) in files.iter().enumerate() {
            let mut order = 0;
            for written in &file.routes {
                let Some(route) = route::route(self, source, file, written) else { continue };
                if let Some(declared) = written.order.filter(|at| at.value < order) {
                    self.report(source, declared.at, route::order_contradiction(order));
                }
                order = route.order.unwrap_or(order);
                ranked.push(((order, number), route));
            }
        }
        // Stable: within one file and order the list decides.
        ranked.sort_by_key(|(rank, _)| *rank);
        self.routes = ranked.into_iter().map(|(_, route)| route).collect();
        self.route_names_are_unique();
        if self.routes.len() > ROUTES_MAX {
            let said = format!("{} routes; at most {ROUTES_MAX} are taken", self.routes.len());
            self.problems.push(Problem::error(Code::TOO_LARGE, said));
        }
    }

    fn route_names_are_unique(&mut self) {
        let mut first: BTreeMap<&str, &Place> = BTreeMap::new();
        let mut taken = Vec::new();
        for route in &self.routes {
            match first.get(route.name.as_str()) {
                Some(place) => {
                    taken.push((route.name.clone(), (*place).clone(), route.place.clone()));
                }
                None => {
                    first.insert(&route.name, &route.place);
                }
            }
        }
        for (name, first, second) in taken {
            self.taken("route", &name, &first, second);
        }
    }

    fn taken(&mut self, kind: &str, name: &str, first: &Place, second: Place) {
        let problem =
            Problem::error(Code::NAME_TAKEN, format!("the {kind} `{name}` is defined twice"))
                .at(second)
                .related(first.clone(), "first defined here")
                .help("give one of them another name");
        self.problems.push(problem);
    }

    /// Names end up in logs, metrics and commands: letters, digits and `_ - . : /`.
    pub(crate) fn name_is_one(&mut self, source: &Source, name: &raw::Text) {
        let fits = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | ':' | '/');
        if !name.value.is_empty()
            && name.value.len() <= NAME_BYTES_MAX
            && name.value.chars().all(fits)
        {
            return;
        }
        let problem = Problem::error(Code::BAD_NAME, format!("`{}` is not a name", name.value))
            .help(format!("a name is 1 to {NAME_BYTES_MAX} letters, digits and `_ - . : /`"));
        self.report(source, name.at, problem);
    }

    /// Routes that could not be read count: their own problem is reported already.
    fn tests_name_routes(&mut self, files: &[(&Source, raw::File)]) {
        let written = files.iter().flat_map(|(_, file)| &file.routes);
        let names: BTreeSet<&str> =
            written.filter_map(|route| Some(route.name.0.as_ref()?.value.as_str())).collect();
        let mut found = Vec::new();
        for test in &self.tests {
            let Some(Some(name)) = &test.route else { continue };
            if names.contains(name.as_str()) {
                continue;
            }
            let problem = Problem::error(Code::BAD_TEST, format!("no route is named `{name}`"))
                .help_if(did_you_mean(name, names.iter().copied()));
            found.push(problem.at(test.place.clone()));
        }
        self.problems.extend(found);
    }
}

/// Length of a name. Unit: bytes; it is a label of metrics.
pub const NAME_BYTES_MAX: usize = 200;
