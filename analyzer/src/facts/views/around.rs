//! What runs around every view: the project's middleware.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::{Effects, Reader, request};
use crate::facts::settings;
use crate::facts::urls::Arguments;
use crate::python::entries::Asked;
use crate::python::value::Dict;
use crate::python::{Args, BEGINNINGS_MAX, Binding, Evaluator, Span, Text, Value, begins};

/// Middleware of Django's that may ask the database for something by itself; the rest of it only
/// puts on the request what others ask for.
const ASKING: [&str; 2] = [
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
];

/// What is made once somebody asks for it.
const LAZY: &str = "django.utils.functional.LazyObject";

/// Attribute that holds the user that the project makes; the catalogue tells who asks for it.
const USER: &str = "outgrow_user";

/// The entries of `MIDDLEWARE`, without most of Django's own.
fn middleware(ev: &mut Evaluator) -> Vec<(Value, Span)> {
    let list = settings::setting(ev, "MIDDLEWARE");
    let mut found = Vec::new();
    for entry in ev.elements(&list).unwrap_or_default() {
        if let Value::Str(path) = &entry.value
            && (!path.starts_with("django.") || ASKING.contains(&&**path))
        {
            found.push((ev.resolve(path), entry.at));
        }
    }
    found
}

/// What a view has found out about its request, or put on it: names of attributes, and whether the
/// session was changed.
pub(super) type Known = (Vec<Text>, bool);

/// Attributes (a count) of a request that tell it from others; a request with more is generated.
const NAMES_MAX: usize = 100;

/// What came of requests, by what was known of them. Requests that differ only in what nobody asked
/// for, their method, their path, their arguments or how they were answered, have the same answer.
#[derive(Debug)]
pub(super) struct Answers<T> {
    known: BTreeMap<Known, Vec<Answer<T>>>,
}

#[derive(Debug)]
struct Answer<T> {
    asked: Asked,
    of: Of,
    by: Arguments,
    given: T,
}

/// What was asked of a request beside its arguments.
#[derive(Debug)]
pub(super) struct Of {
    /// What the path was asked to begin with.
    beginnings: BTreeSet<Text>,
    /// The method, if it was asked for.
    method: Option<String>,
    /// Whether nothing may have been found, if it was asked how the request was answered.
    not_found: Option<bool>,
}

impl<T> Default for Answers<T> {
    fn default() -> Self {
        Self { known: BTreeMap::new() }
    }
}

impl<T> Answers<T> {
    /// The answer that another request got, if this one would get the same.
    pub(super) fn find(
        &self,
        (method, not_found): (&str, bool),
        known: &Known,
        by: &Arguments,
    ) -> Option<&T> {
        let holds = |answer: &&Answer<T>| answer.holds_for(method, not_found, by);
        self.known.get(known)?.iter().find(holds).map(|answer| &answer.given)
    }

    /// Keeps an answer, with what was asked for meanwhile.
    pub(super) fn keep(
        &mut self,
        known: Known,
        by: &Arguments,
        (asked, of): (Asked, Of),
        given: T,
    ) {
        let answer = Answer { asked, of, by: by.clone(), given };
        self.known.entry(known).or_default().push(answer);
    }
}

impl<T> Answer<T> {
    fn holds_for(&self, method: &str, not_found: bool, by: &Arguments) -> bool {
        let value = |by: &'_ Arguments, name: &Text| {
            by.named.iter().find(|(known, _)| known == name).map(|(_, value)| value.clone())
        };
        let whole = self.of.beginnings.len() > BEGINNINGS_MAX;
        let same = |text: &Text| begins(&self.by.begins, text) == begins(&by.begins, text);
        if whole && self.by.begins != by.begins {
            return false;
        }
        if self.of.method.as_ref().is_some_and(|asked| asked != method)
            || self.of.not_found.is_some_and(|asked| asked != not_found)
            || !self.of.beginnings.iter().all(same)
        {
            return false;
        }
        if self.asked.whole {
            let pairs = || self.by.named.iter().zip(&by.named);
            return self.by.named.len() == by.named.len()
                && pairs().all(|((a, x), (b, y))| a == b && alike(x, y));
        }
        self.asked.keys.iter().all(|name| match (value(&self.by, name), value(by, name)) {
            (Some(then), Some(now)) => alike(&then, &now),
            (then, now) => then.is_none() && now.is_none(),
        })
    }
}

/// Whether code cannot tell two arguments apart.
fn alike(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Unknown(one), Value::Unknown(other)) => one.presence == other.presence,
        _ => one.is_same(other),
    }
}

/// Watches what is asked of the request: of the arguments that `resolve()` finds, and of its path.
pub(super) struct Question(Option<Rc<Dict>>);

impl Question {
    /// Begins to watch, for a request that may have found nothing.
    pub(super) fn begin(ev: &mut Evaluator, not_found: bool) -> Self {
        ev.registry.beginnings.clear();
        (ev.registry.not_found, ev.registry.status_asked) = (not_found, false);
        let kwargs = match &ev.registry.resolved {
            Some(Value::Instance(found)) => found.attrs.get("kwargs"),
            _ => None,
        };
        let Some(Value::Dict(kwargs)) = kwargs else { return Self(None) };
        kwargs.entries.asked();
        Self(Some(kwargs))
    }

    /// What was asked; the method is given if that was.
    pub(super) fn end(self, ev: &mut Evaluator, method: Option<&str>) -> (Asked, Of) {
        let asked = self.0.map_or_else(Asked::default, |kwargs| kwargs.entries.asked());
        let of = Of {
            beginnings: std::mem::take(&mut ev.registry.beginnings),
            method: method.map(str::to_owned),
            not_found: ev.registry.status_asked.then_some(ev.registry.not_found),
        };
        ev.registry.not_found = false;
        (asked, of)
    }
}

/// What is known of a request.
pub(super) fn known(request: &Value) -> Known {
    let Value::Instance(request) = request else { return Known::default() };
    let modified = match request.attrs.get("session") {
        Some(Value::Instance(session)) => session.attrs.get("modified").is_some(),
        _ => false,
    };
    let mut names: Vec<Text> = request.attrs.names.borrow().keys().cloned().collect();
    names.sort_unstable();
    names.truncate(NAMES_MAX);
    (names, modified)
}

/// Runs one middleware: a class with hooks, or a function that makes one. Its view has answered.
fn run(ev: &mut Evaluator, made: &Value, request: &Value, at: Span) {
    let get_response = ev.resolve("django.http.get_response");
    let Ok(middleware) = ev.call(made, Args::of([get_response.clone()], at), at) else { return };
    let args = Args::of([request.clone()], at);
    let Value::Instance(instance) = &middleware else {
        ev.follow(&middleware, args, at);
        return;
    };
    for hook in ["process_request", "__call__", "process_view", "process_response"] {
        if instance.class.lookup(hook).is_none() {
            continue;
        }
        let name: Text = ev.intern(hook);
        let Ok(method) = ev.attribute(&middleware, &name, at) else { continue };
        let mut given = args.clone();
        if hook == "process_response" {
            let response = ev.call(&get_response, args.clone(), at).unwrap_or(Value::None);
            given = Args::of([request.clone(), response], at);
        }
        given.open = true;
        ev.follow(&method, given, at);
    }
}

/// What the middleware puts on requests of a kind.
#[derive(Debug)]
pub(super) struct Given {
    /// The request that it was run with; what it made lazily still asks that one.
    of: Value,
    /// What was on that request when the view's turn came.
    left: Vec<(Text, Binding)>,
    /// What it puts on others.
    put: Vec<(Text, Binding)>,
}

impl Given {
    /// What is put on the next request, of which nobody has found out anything.
    fn anew(&self) -> Vec<(Text, Binding)> {
        request::restore(&self.of, &self.left);
        self.put.clone()
    }
}

impl Reader<'_> {
    /// What the middleware puts on a request. What it does meanwhile is told by `around`.
    pub(super) fn before(&mut self, method: &str, by: &Arguments) -> Vec<(Text, Binding)> {
        if let Some(known) = self.before.find((method, false), &Known::default(), by) {
            return known.anew();
        }
        let request = request::make(self.ev, method, by, Span::default());
        let question = Question::begin(self.ev, false);
        let untouched = request::attributes(&request);
        let mut method_asked = false;
        for (made, at) in self.middleware() {
            let trace = self.ev.trace(self.budget.share(), |ev| run(ev, &made, &request, at));
            method_asked |= trace.method_asked;
            self.budget.spend(trace.steps);
        }
        let left = request::attributes(&request);
        let mut put = left.clone();
        // Its user and session are asked for by whoever wants them, as Django makes them or as the
        // project does.
        let lazy = |name: &str, value: &Value| match value {
            Value::Instance(made) if made.class.descends_from(LAZY) => false,
            _ => matches!(name, "user" | "session"),
        };
        put.retain(|(name, binding)| {
            !lazy(name, &binding.value) && untouched.iter().all(|(known, _)| known != name)
        });
        for (name, _) in put.iter_mut().filter(|(name, _)| &**name == "user") {
            *name = Rc::from(USER);
        }
        let asked = question.end(self.ev, method_asked.then_some(method));
        let given = Given { of: request, left, put };
        let put = given.anew();
        self.before.keep(Known::default(), by, asked, given);
        put
    }

    /// What the middleware does; it depends on the kind of request, and on what is known of it.
    pub(super) fn around(
        &mut self,
        method: &str,
        by: &Arguments,
        request: &Value,
        not_found: bool,
    ) -> Rc<Effects> {
        let of_request = known(request);
        if let Some(known) = self.behind.find((method, not_found), &of_request, by) {
            return known.clone();
        }
        let question = Question::begin(self.ev, not_found);
        let (mut effects, mut method_asked) = (Effects::default(), false);
        for (made, at) in self.middleware() {
            let trace = self.ev.trace(self.budget.share(), |ev| run(ev, &made, request, at));
            method_asked |= trace.method_asked;
            effects.join(self.gather(trace, at));
        }
        let effects = Rc::new(effects);
        let asked = question.end(self.ev, method_asked.then_some(method));
        self.behind.keep(of_request, by, asked, effects.clone());
        effects
    }

    /// The project's middleware, without Django's own, which reads what it needs when asked.
    fn middleware(&mut self) -> Vec<(Value, Span)> {
        if self.middleware.is_none() {
            self.middleware = Some(middleware(self.ev));
        }
        self.middleware.clone().unwrap_or_default()
    }
}
