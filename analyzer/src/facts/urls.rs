//! The `URLconf`: the patterns that the project's own code makes, in the order in which Django's
//! resolver tries them.
//!
//! `path()`, `include()`, DRF's routers and the admin are told as Python in the catalogue, so the
//! evaluator has already built the objects that Django would hold. Here they are walked.

mod arguments;
mod view;

use std::rc::Rc;

use crate::map::{App, Certainty, Endpoint, Segment, SegmentKind};
use crate::python::object::Origin;
use crate::python::{Args, Cond, Evaluator, Instance, Item, Span, Text, Value};

pub use arguments::Arguments;
pub use view::{Target, View};

/// Includes inside each other; a `URLconf` that includes itself would never end.
const DEPTH_MAX: usize = 40;

/// Endpoints of one project; a loop that we fail to bound must not fill the memory.
const ENDPOINTS_MAX: usize = 100_000;

/// An endpoint and the view behind it, for those who read the view's body.
#[derive(Debug)]
pub struct Found {
    /// The endpoint, its reads and writes still empty.
    pub endpoint: Endpoint,
    /// What answers it.
    pub view: View,
    /// What it is called with.
    pub arguments: Arguments,
    /// Where the pattern is declared.
    pub at: Span,
}

/// All endpoints below the root `URLconf`.
pub fn read(evaluator: &mut Evaluator, root: &str, apps: &[App]) -> Vec<Found> {
    if root.is_empty() {
        return Vec::new();
    }
    discover_admin(evaluator);
    let language = evaluator.language().unwrap_or_else(|| "en-us".to_owned());
    let mut walk = Walk { evaluator, apps, language, found: Vec::new() };
    let urlconf = walk.evaluator.resolve(root);
    walk.urlconf(&urlconf, &Prefix::default(), Span::default());
    walk.found
}

/// Where the admin is installed, starting it imports every app's `admin` module, in order.
fn discover_admin(evaluator: &mut Evaluator) {
    let apps = evaluator.registry.apps.clone();
    let admin = apps.iter().any(|app| match &app.config {
        Value::Instance(config) => config.class.descends_from(ADMIN_CONFIG),
        _ => false,
    });
    for app in apps.iter().filter(|_| admin) {
        evaluator.import(&format!("{}.admin", app.name));
    }
}

/// What stands in front of a pattern.
#[derive(Debug, Clone, Default)]
struct Prefix {
    segments: Vec<Segment>,
    names: Vec<String>,
    /// Arguments that are given beside the patterns.
    given: Vec<(Text, Value)>,
    conditional: bool,
    depth: usize,
}

impl Prefix {
    fn under(&self, segment: Segment, namespace: Option<&str>) -> Self {
        let mut inner = self.clone();
        inner.segments.push(segment);
        inner.names.extend(namespace.filter(|name| !name.is_empty()).map(str::to_owned));
        inner.depth += 1;
        inner
    }

    fn with(mut self, given: Option<&Value>) -> Self {
        if let Some(Value::Dict(given)) = given {
            for (name, item) in given.entries.borrow().values() {
                if let Value::Str(name) = name {
                    self.given.push((name.clone(), item.value.clone()));
                }
            }
        }
        self
    }

    fn also_if(&self, cond: &Cond) -> Self {
        let mut inner = self.clone();
        inner.conditional |= !cond.is_always();
        inner
    }
}

struct Walk<'a> {
    evaluator: &'a mut Evaluator,
    apps: &'a [App],
    language: String,
    found: Vec<Found>,
}

impl Walk<'_> {
    /// A module with `urlpatterns`, a list of patterns, or what became of either.
    fn urlconf(&mut self, value: &Value, prefix: &Prefix, at: Span) {
        match value {
            Value::Module(module) => {
                let at = Span { file: module.file, start: 0 };
                match module.scope.get("urlpatterns") {
                    Some(patterns) => self.urlconf(&patterns, prefix, at),
                    None => self.opaque(at, "the URLconf has no urlpatterns that could be seen"),
                }
            }
            Value::List(list) | Value::Tuple(list) | Value::Set(list) => {
                let items = list.items.borrow().clone();
                for item in &items {
                    self.item(item, prefix);
                }
            }
            Value::Choice(alternatives) => {
                for alternative in alternatives.iter() {
                    let mut inner = prefix.clone();
                    inner.conditional = true;
                    self.urlconf(&alternative.value, &inner, at);
                }
            }
            Value::None => {}
            Value::Str(name) => self.opaque(at, &format!("the URLconf {name} is not in reach")),
            other => self.opaque(at, &format!("URL patterns that are computed: {other:?}")),
        }
    }

    fn item(&mut self, item: &Item, prefix: &Prefix) {
        let prefix = prefix.also_if(&item.cond);
        if item.rest {
            return self.opaque(item.at, "further URL patterns that could not be seen");
        }
        self.pattern(&item.value, &prefix, item.at);
    }

    fn pattern(&mut self, value: &Value, prefix: &Prefix, at: Span) {
        match value {
            Value::Instance(pattern) => self.instance(pattern, prefix),
            Value::List(_) | Value::Tuple(_) => self.urlconf(value, prefix, at),
            Value::Choice(alternatives) => {
                // Where the view itself is not known, it may be an include as well as a view.
                let leaf = alternatives.iter().find(|a| is_leaf(&a.value));
                if let Some(leaf) = leaf {
                    self.pattern(&leaf.value, prefix, at);
                } else {
                    let mut inner = prefix.clone();
                    inner.conditional = true;
                    for alternative in alternatives.iter() {
                        self.pattern(&alternative.value, &inner, at);
                    }
                }
            }
            Value::None => {}
            other => self.opaque(at, &format!("a URL pattern that is computed: {other:?}")),
        }
    }

    fn instance(&mut self, pattern: &Rc<Instance>, prefix: &Prefix) {
        if prefix.depth > DEPTH_MAX || self.found.len() >= ENDPOINTS_MAX {
            return self.opaque(pattern.at, "URL patterns nested too deep to follow");
        }
        let Some(segment) = self.segment(pattern) else {
            return self.opaque(pattern.at, "a URL pattern whose route is computed");
        };
        if pattern.class.descends_from(RESOLVER) {
            let namespace = pattern.attrs.get("namespace");
            let inner = prefix
                .under(segment, namespace.as_ref().and_then(Value::as_str))
                .with(pattern.attrs.get("default_kwargs").as_ref());
            let value = Value::Instance(pattern.clone());
            let name: Text = Rc::from("url_patterns");
            match self.evaluator.attribute(&value, &name, pattern.at) {
                Ok(patterns) => self.urlconf(&patterns, &inner, pattern.at),
                Err(_) => self.opaque(pattern.at, "an include that could not be followed"),
            }
        } else if pattern.class.descends_from(PATTERN) {
            let given = pattern.attrs.get("default_args");
            self.leaf(pattern, &prefix.under(segment, None).with(given.as_ref()));
        } else {
            self.opaque(pattern.at, "an object among the URL patterns that is none");
        }
    }

    fn segment(&mut self, pattern: &Instance) -> Option<Segment> {
        let Some(Value::Instance(route)) = pattern.attrs.get("pattern") else { return None };
        if let Some((owner, method)) = route.class.lookup("__str__")
            && owner.home.origin != Origin::Catalogue
        {
            return self.own_segment(&route, &method.value, pattern.at);
        }
        let text = |name: &str| match route.attrs.get(name) {
            Some(Value::Str(text)) => Some(text.to_string()),
            Some(Value::Choice(alternatives)) => {
                alternatives.iter().find_map(|a| a.value.as_str().map(str::to_owned))
            }
            _ => None,
        };
        if route.class.descends_from("django.urls.resolvers.RegexPattern") {
            return Some(Segment { kind: SegmentKind::RePath, text: text("_regex")? });
        }
        if route.class.descends_from("django.urls.resolvers.LocalePrefixPattern") {
            let shown =
                !matches!(route.attrs.get("prefix_default_language"), Some(Value::Bool(false)));
            let text = if shown { format!("{}/", self.language) } else { String::new() };
            return Some(Segment { kind: SegmentKind::Language, text });
        }
        Some(Segment { kind: SegmentKind::Path, text: text("_route")? })
    }

    /// What a pattern of the project's own class shows as its text, which is what Django joins.
    fn own_segment(&mut self, route: &Rc<Instance>, shown: &Value, at: Span) -> Option<Segment> {
        let args = Args::of([Value::Instance(route.clone())], at);
        let shown = self.evaluator.call(shown, args, at).ok()?.alternatives();
        let text = shown.iter().find_map(|a| a.value.as_str().map(str::to_owned))?;
        let language = text.strip_suffix('/') == Some(&*self.language);
        let kind = if language { SegmentKind::Language } else { SegmentKind::Path };
        Some(Segment { kind, text })
    }

    fn leaf(&mut self, pattern: &Instance, prefix: &Prefix) {
        let callback = pattern.attrs.get("callback").unwrap_or(Value::None);
        let view = View::of(&callback);
        let name = match pattern.attrs.get("name") {
            Some(Value::Str(name)) if !name.is_empty() => {
                let names = prefix.names.iter().map(String::as_str).chain([&*name]);
                names.collect::<Vec<_>>().join(":")
            }
            _ => String::new(),
        };
        if view.path.is_empty() {
            self.opaque(pattern.at, &format!("a view that could not be seen: {callback:?}"));
        }
        let certainty =
            if prefix.conditional { Certainty::Conditional } else { Certainty::Certain };
        let endpoint = Endpoint {
            opaque: Vec::new(),
            route: prefix.segments.iter().map(|segment| segment.text.as_str()).collect(),
            segments: prefix.segments.iter().filter(|s| !s.text.is_empty()).cloned().collect(),
            methods: view.methods(),
            name,
            view: view.path.clone(),
            action: view.actions(),
            order: u32::try_from(self.found.len()).unwrap_or(u32::MAX),
            app: self.app_of(&view.module),
            at: self.evaluator.at(pattern.at),
            view_at: view.at.map(|at| self.evaluator.at(at)),
            certainty,
            reads: Vec::new(),
            writes: Vec::new(),
        };
        let arguments = Arguments::of(&prefix.segments, &prefix.given, pattern.at);
        self.found.push(Found { endpoint, view, arguments, at: pattern.at });
    }

    /// Label of the installed app whose package holds the module.
    fn app_of(&self, module: &str) -> String {
        let holds = |app: &&App| {
            module
                .strip_prefix(app.name.as_str())
                .is_some_and(|r| r.is_empty() || r.starts_with('.'))
        };
        let nearest = self.apps.iter().filter(holds).max_by_key(|app| app.name.len());
        nearest.map(|app| app.label.clone()).unwrap_or_default()
    }

    fn opaque(&mut self, at: Span, why: &str) {
        self.evaluator.note(at, "url pattern", why);
    }
}

const ADMIN_CONFIG: &str = "django.contrib.admin.apps.AdminConfig";
const RESOLVER: &str = "django.urls.resolvers.URLResolver";
const PATTERN: &str = "django.urls.resolvers.URLPattern";

fn is_leaf(value: &Value) -> bool {
    matches!(value, Value::Instance(pattern) if pattern.class.descends_from(PATTERN))
}
