//! What an endpoint reads and writes: its view is evaluated as Django would call it, once for each
//! method, and every touch of a table is noted with the calls that lead to it.
//!
//! The request is an object whose user and session are read when they are asked for. Arguments
//! of the URL are unknown. Middleware of the project runs in front of every view.

mod admin;
mod alike;
mod around;
mod budget;
mod errors;
mod request;
mod schema;
mod told;

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use self::budget::Budget;
use self::told::{Done, Told, Use, VIA_MAX};
use super::models::Models;
use super::urls::{Arguments, Found, Target, View};
use super::{schedules, sql};
use crate::map::{At, Certainty, Endpoint, Join, Relation, Scheduled, Transaction};
use crate::python::attributes::unwrap_decorated;
use crate::python::trace::{Hop, Key, Path, Touch, Trace, Way};
use crate::python::{Args, Call, Class, Evaluator, Function, Item, Span, Text, Value};

/// Calls (a count) that a witness names; the middle of a longer way says little.
const WITNESS_MAX: usize = 12;

/// Methods of a view that does not restrict them.
const UNRESTRICTED: [&str; 5] = ["DELETE", "GET", "PATCH", "POST", "PUT"];

const MODEL_ADMIN: &str = "django.contrib.admin.options.ModelAdmin";

/// What was read of the views.
#[derive(Debug)]
pub struct Read {
    /// The endpoints, complete.
    pub endpoints: Vec<Endpoint>,
    /// Outermost transactions of the endpoints, by place.
    pub transactions: Vec<Transaction>,
    /// Hops of the lookups of their queries, by place.
    pub joins: Vec<Join>,
    /// Tasks that a clock starts, complete.
    pub scheduled: Vec<Scheduled>,
    /// Places of the repository where a view asks the database for something.
    pub sites: BTreeSet<Span>,
    /// Places where it was not seen for what, and what was.
    pub lost: BTreeSet<(Span, Text)>,
}

/// What some code does.
#[derive(Debug, Clone, Default)]
struct Effects {
    /// By whether it is written, and table.
    done: BTreeMap<(bool, Text), Done>,
    /// What is done in which outermost transaction.
    regions: BTreeSet<(Span, Touch, Text)>,
    hops: Vec<Hop>,
    unseen: Vec<(Span, Text)>,
}

impl Effects {
    fn join(&mut self, other: Self) {
        for (table, done) in other.done {
            self.done.entry(table).or_default().join(done);
        }
        self.regions.extend(other.regions);
        self.hops.extend(other.hops);
        self.unseen.extend(other.unseen);
    }
}

/// What one view does under one method, what the middleware does around it, and what the pages do
/// that Django answers errors with. They are shared: a large project has thousands of views, and
/// one middleware.
type Answer = [Rc<Effects>; 3];

/// Fills in the reads and writes of every endpoint.
pub fn read(
    ev: &mut Evaluator,
    found: Vec<Found>,
    models: &Models,
    relations: &[Relation],
) -> Read {
    ev.registry.schema = Rc::new(schema::build(ev, models, relations));
    let atomic = atomic_requests(ev);
    // A view without a list mostly does one thing, whatever it is asked.
    let ahead = found.iter().map(|found| found.endpoint.methods.len().max(1));
    let ahead = u32::try_from(ahead.sum::<usize>()).unwrap_or(u32::MAX);
    ev.registry.view_called = Some(view_called);
    let mut reader = Reader {
        ev,
        known: BTreeMap::new(),
        middleware: None,
        behind: around::Answers::default(),
        before: around::Answers::default(),
        pages: errors::Pages::default(),
        alike: BTreeMap::new(),
        atomic,
        budget: Budget::new(ahead),
        sites: BTreeSet::new(),
        lost: BTreeSet::new(),
        hops: BTreeMap::new(),
        told: Told::default(),
        views: Vec::new(),
    };
    let mut transactions = BTreeMap::new();
    let endpoints =
        found.into_iter().map(|found| reader.endpoint(found, &mut transactions)).collect();
    let scheduled = schedules::read(reader.ev);
    let scheduled = scheduled.into_iter().map(|found| reader.scheduled(found)).collect();
    let Reader { ev, sites, lost, hops, .. } = reader;
    for (at, what) in &lost {
        ev.note(*at, "ORM access", what);
    }
    let transactions = transactions.into_values().collect();
    let joins = hops.into_iter().map(|(hop, endpoints)| join(ev, &hop, endpoints)).collect();
    Read { endpoints, transactions, joins, scheduled, sites, lost }
}

fn join(ev: &Evaluator, hop: &Hop, endpoints: BTreeSet<u32>) -> Join {
    let [from, to, lookup] = [&hop.from, &hop.to, &hop.lookup].map(ToString::to_string);
    Join { at: ev.at(hop.at), from, to, lookup, endpoints: endpoints.into_iter().collect() }
}

/// `DATABASES["default"]["ATOMIC_REQUESTS"]`.
fn atomic_requests(ev: &mut Evaluator) -> bool {
    let at = Span::default();
    let databases = super::settings::setting(ev, "DATABASES");
    let default = ev.subscript_value(&databases, &Value::str("default"), at);
    let flag = default.and_then(|d| ev.subscript_value(&d, &Value::str("ATOMIC_REQUESTS"), at));
    flag.is_some_and(|flag| ev.truth(&flag.likely()) == Some(true))
}

/// A view and how it is called, whatever the method: its code, what it is bound to or wrapped in,
/// handler and arguments.
type Code = (usize, usize, String);

struct Reader<'a> {
    ev: &'a mut Evaluator,
    /// Effects by class or function, handler, method and arguments of `as_view`.
    known: BTreeMap<(Code, String), Answer>,
    /// The project's middleware.
    middleware: Option<Vec<(Value, Span)>>,
    /// What it does, by the kind of request and what the view has found out about it.
    behind: around::Answers<Rc<Effects>>,
    /// What it puts on requests, by their kind.
    before: around::Answers<around::Given>,
    /// What the pages of errors do.
    pages: errors::Pages,
    /// Views that ask for no method: what they do under any.
    alike: BTreeMap<Code, alike::Answered>,
    /// Whether every request is a transaction.
    atomic: bool,
    /// Steps for all views.
    budget: Budget,
    /// See [`Read::sites`].
    sites: BTreeSet<Span>,
    /// See [`Read::lost`].
    lost: BTreeSet<(Span, Text)>,
    /// The endpoints that each hop of a lookup serves, by their `order`.
    hops: BTreeMap<Hop, BTreeSet<u32>>,
    /// Accesses as the map has them.
    told: Told,
    /// The views that were read: by the addresses of their code the answers are known.
    views: Vec<View>,
}

impl Reader<'_> {
    fn endpoint(&mut self, found: Found, transactions: &mut BTreeMap<At, Transaction>) -> Endpoint {
        let Found { mut endpoint, view, arguments, at } = found;
        let methods: Vec<String> = if endpoint.methods.is_empty() {
            UNRESTRICTED.map(str::to_owned).to_vec()
        } else {
            endpoint.methods.clone()
        };
        let mut uses: BTreeMap<(bool, Text), Use> = BTreeMap::new();
        let mut opaque = BTreeSet::new();
        let counted = endpoint.methods.len().max(1);
        for (place, method) in methods.iter().enumerate() {
            self.budget.begin(u32::from(place < counted));
            for effects in self.answer(&view, &arguments, method, at) {
                for (table, done) in &effects.done {
                    uses.entry(table.clone()).or_default().add(done, method);
                }
                self.transactions(&effects, &endpoint, transactions);
                for hop in &effects.hops {
                    self.hops.entry(hop.clone()).or_default().insert(endpoint.order);
                }
                opaque.extend(effects.unseen.iter().map(|(at, _)| self.ev.at(*at)));
            }
        }
        // Kept for the other methods alone: it holds what the requests held.
        self.alike.clear();
        self.ev.let_go();
        self.views.push(view);
        endpoint.opaque = opaque.into_iter().take(VIA_MAX).collect();
        (endpoint.reads, endpoint.writes) =
            self.told.accesses(self.ev, uses, methods.len(), endpoint.certainty);
        endpoint
    }

    /// What a task does that no request starts.
    fn scheduled(&mut self, found: schedules::Found) -> Scheduled {
        let schedules::Found { name, task, at, function, function_at, args } = found;
        let trace = self.ev.trace(self.budget.share(), |ev| ev.follow(&function, args, at));
        let effects = self.gather(trace, function_at.unwrap_or(at));
        let mut uses = BTreeMap::new();
        for (table, done) in &effects.done {
            uses.entry(table.clone()).or_insert_with(Use::default).add(done, "");
        }
        for hop in effects.hops {
            self.hops.entry(hop).or_default();
        }
        let (reads, writes) = self.told.accesses(self.ev, uses, 1, Certainty::Certain);
        let task_at = function_at.map(|at| self.ev.at(at));
        Scheduled { name, task, at: self.ev.at(at), task_at, reads, writes }
    }

    /// Adds one touch to what its body does.
    fn add(&mut self, effects: &mut Effects, key: Key, way: &Way) {
        if self.ev.is_own(key.at) {
            self.sites.insert(key.at);
        }
        let path = self.witness(&way.calls, key.at);
        let done = Done::new(path, way.only_if, !key.deferred);
        let table = (key.touch == Touch::Write, key.table.clone());
        effects.done.entry(table).or_default().join(done);
        effects.regions.extend(key.region.map(|region| (region, key.touch, key.table)));
    }

    /// The calls from the view to the access, outermost first, and the access itself.
    fn witness(&self, path: &Path, at: Span) -> Vec<Span> {
        let line = |at: Span| (at.file, self.ev.source(at.file).line(at.start));
        let (mut calls, mut last) = (vec![at], line(at));
        let mut step = path.as_deref();
        while let Some(call) = step {
            let place = line(call.at);
            if last != place {
                calls.push(call.at);
                last = place;
            }
            step = call.outer.as_deref();
        }
        calls.reverse();
        if calls.len() > WITNESS_MAX {
            calls.drain(WITNESS_MAX / 2..calls.len() - WITNESS_MAX / 2);
        }
        calls
    }

    fn transactions(
        &self,
        effects: &Effects,
        endpoint: &Endpoint,
        into: &mut BTreeMap<At, Transaction>,
    ) {
        for (region, touch, table) in &effects.regions {
            let at = self.ev.at(*region);
            let entry = into.entry(at.clone()).or_insert_with(|| Transaction {
                at,
                whole_request: self.atomic,
                writes: Vec::new(),
                locks: Vec::new(),
                endpoints: Vec::new(),
            });
            let tables = match touch {
                Touch::Write => &mut entry.writes,
                Touch::Lock => &mut entry.locks,
                Touch::Read => continue,
            };
            let table = table.to_string();
            if let Err(place) = tables.binary_search(&table) {
                tables.insert(place, table);
            }
            if let Err(place) = entry.endpoints.binary_search(&endpoint.order) {
                entry.endpoints.insert(place, endpoint.order);
            }
        }
    }

    /// What a view does under one method; routes share views, so it is remembered.
    fn answer(&mut self, view: &View, by: &Arguments, method: &str, at: Span) -> Answer {
        let method = view.same_as(method);
        let handler = view.mapping().get(&method.to_lowercase()).cloned();
        let address = |class: &Rc<Class>| Rc::as_ptr(class).addr();
        let (code, extra) = match &view.target {
            Target::Class(class) => (address(class), 0),
            Target::Function(function) => (Rc::as_ptr(function).addr(), 0),
            Target::Method(class, function) => (Rc::as_ptr(function).addr(), address(class)),
            Target::Unseen => return self.unseen(by, method, at),
        };
        let model = view.receiver.as_ref().and_then(crate::python::model_of);
        let extra = model.as_ref().map_or(extra, address);
        // Each wrapper around a class does something of its own.
        let around = view.maker().or_else(|| view.wrapper());
        let extra = match around.filter(|_| matches!(view.target, Target::Class(_))) {
            Some(Value::Function(wrapper)) => Rc::as_ptr(&wrapper).addr(),
            _ => extra,
        };
        let given = view.initkwargs.as_ref().map_or(0, |args| args.named.len());
        let handled = handler.as_deref().unwrap_or_default();
        let key = ((code, extra, format!("{handled} {given} {}", by.kind())), method.to_owned());
        // Arguments of `as_view` make another view of the same class.
        if let Some(known) = self.known.get(&key).filter(|_| given == 0) {
            return known.clone();
        }
        let alike = if given == 0 { self.alike(&key.0, by, method) } else { None };
        let answer =
            alike.unwrap_or_else(|| self.evaluate(view, by, (method, handler.as_deref()), &key.0));
        self.known.insert(key, answer.clone());
        answer
    }

    /// What happens around a view that is not seen.
    fn unseen(&mut self, by: &Arguments, method: &str, at: Span) -> Answer {
        let request = request::make(self.ev, method, by, at);
        let why: Text = Rc::from("a view whose source is not here");
        if self.ev.is_own(at) {
            self.lost.insert((at, why.clone()));
        }
        let effects = Effects { unseen: vec![(at, why)], ..Effects::default() };
        [Rc::new(effects), self.around(method, by, &request, false), Rc::default()]
    }

    fn evaluate(
        &mut self,
        view: &View,
        by: &Arguments,
        (method, handler): (&str, Option<&str>),
        code: &Code,
    ) -> Answer {
        let at = view.at.unwrap_or_default();
        let atomic = self.atomic && !view.non_atomic;
        let given = self.before(method, by);
        let request = request::make(self.ev, method, by, at);
        let put = request::put_on(self.ev, &request, &given);
        let trace = self.ev.trace_request(self.budget.share(), |ev| {
            if atomic {
                ev.in_atomic(at, |ev| answer(ev, view, &request, by, (method, handler), at));
            } else {
                answer(ev, view, &request, by, (method, handler), at);
            }
        });
        let (asked, ends) = (trace.method_asked, trace.ends);
        let effects = Rc::new(self.gather(trace, at));
        let page_ends = errors::unanswered(view, ends);
        request::take_off(&request, &put);
        if !asked {
            self.answered(code, &given, &effects, &request, [ends, page_ends]);
        }
        // Behind the view: what it found out about the request, its user say, is known by then.
        let around = self.around(method, by, &request, ends.not_found);
        request::forget(&request);
        [effects, around, self.pages(page_ends, method, by)]
    }

    fn gather(&mut self, trace: Trace, at: Span) -> Effects {
        self.budget.spend(trace.steps);
        let mut effects = Effects {
            hops: trace.hops.into_iter().filter(|hop| self.ev.is_own(hop.at)).collect(),
            unseen: trace.unseen.into_iter().collect(),
            ..Effects::default()
        };
        for (key, way) in trace.touches {
            self.add(&mut effects, key, &way);
        }
        if trace.gave_up || trace.dropped > 0 {
            effects.unseen.push((at, Rc::from("the view was not followed to its end")));
        }
        for (text, key, way) in trace.statements {
            let Some(text) = text.as_str() else {
                effects.unseen.push((key.at, Rc::from("SQL whose text is computed")));
                continue;
            };
            let tables = sql::tables(text);
            if let Some(why) = tables.opaque {
                self.ev.note(key.at, "SQL", why);
                self.lost.insert((key.at, Rc::from(why)));
            }
            for (touch, names) in [(Touch::Read, tables.reads), (Touch::Write, tables.writes)] {
                for name in names {
                    let key = Key { touch, table: Rc::from(name), ..key.clone() };
                    self.add(&mut effects, key, &way);
                }
            }
        }
        let own = |at: &Span| self.ev.is_own(*at);
        self.lost.extend(effects.unseen.iter().filter(|(at, _)| own(at)).cloned());
        effects
    }
}

/// Calls a view as Django would.
fn answer(
    ev: &mut Evaluator,
    view: &View,
    request: &Value,
    by: &Arguments,
    (method, handler): (&str, Option<&str>),
    at: Span,
) {
    let args = request::args(request, by, at);
    match &view.target {
        Target::Class(_) if view.maker().is_some() => {
            // It makes the object of its class by itself.
            let maker = view.maker().unwrap_or_default();
            ev.follow(&maker, args, at);
        }
        Target::Class(class) => {
            let before = ev.registry.views_called;
            if let Some(wrapper) = view.wrapper() {
                ev.follow(&wrapper, args.clone(), at);
            }
            if ev.registry.views_called == before {
                class_view(ev, view, class, (method, handler), &args, at);
            }
        }
        Target::Method(class, function) if class.descends_from(MODEL_ADMIN) => {
            let user = ev.intern("user");
            drop(ev.attribute(request, &user, at));
            crate::python::page_context(ev, request, at);
            let model = view.receiver.as_ref().and_then(crate::python::model_of);
            if let Some(model) = model {
                ev.method_asked();
                admin::view(ev, class, &model, &function.name, method);
            }
            if function.module.origin != crate::python::object::Origin::Catalogue {
                bound(ev, view.receiver.clone(), function, args, at);
            }
        }
        Target::Method(_, function) => bound(ev, view.receiver.clone(), function, args, at),
        Target::Function(function) => {
            // With its decorators, where they can be followed.
            let callback = match &view.callback {
                Value::None => Value::Function(function.clone()),
                callback => callback.clone(),
            };
            let args = rest_args(ev, &callback, function, args, at);
            ev.follow(&callback, args, at);
        }
        Target::Unseen => {}
    }
}

/// Whether `api_view` stands around a function, or right behind another decorator.
fn is_rest(callback: &Value) -> bool {
    let Value::Call(call) = callback else { return false };
    let decorates = |value: &Value| {
        matches!(value, Value::Call(maker)
        if maker.path().as_deref() == Some("rest_framework.decorators.api_view"))
    };
    let mut inner = call.args.positional.iter().map(|item| &item.value);
    let wraps = |value: &Value| matches!(value, Value::Call(call) if decorates(&call.callee));
    decorates(&call.callee) || inner.any(wraps)
}

/// Behind `api_view` a function is called with REST framework's request, and checks come first.
fn rest_args(
    ev: &mut Evaluator,
    callback: &Value,
    function: &Rc<Function>,
    mut args: Args,
    at: Span,
) -> Args {
    if !is_rest(callback) {
        return args;
    }
    let begin = ev.resolve("rest_framework.decorators.begin");
    let mut given = args.clone();
    given.positional.insert(0, Item::new(Value::Function(function.clone()), at));
    given.open = false;
    if let Ok(request @ Value::Instance(_)) = ev.call(&begin, given, at)
        && let Some(first) = args.positional.first_mut()
    {
        first.value = request;
    }
    args
}

/// A wrapper calls what `as_view()` made.
fn view_called(ev: &mut Evaluator, call: &Rc<Call>, args: &Args, at: Span) -> bool {
    let Some(request) = args.positional.first().map(|item| item.value.clone()) else {
        return false;
    };
    let callee = Value::Call(call.clone());
    // Decorators without source stand around a wrapper that has one: it is called in its turn.
    if unwrap_decorated(&callee).is_some() {
        return false;
    }
    let view = View::of(&callee);
    let Target::Class(class) = &view.target else { return false };
    let name = ev.intern("method");
    let Ok(Value::Str(method)) = ev.attribute(&request, &name, at) else { return false };
    let handler = view.mapping().get(&method.to_lowercase()).cloned();
    class_view(ev, &view, class, (&method, handler.as_deref()), args, at);
    true
}

fn bound(
    ev: &mut Evaluator,
    receiver: Option<Value>,
    function: &Rc<Function>,
    args: Args,
    at: Span,
) {
    // What it raises only ends it: what happened before it did happen.
    if let Err(raise) = ev.call_function(function, receiver, args) {
        ev.lost(&raise, at);
    }
}

fn class_view(
    ev: &mut Evaluator,
    view: &View,
    class: &Rc<Class>,
    (method, action): (&str, Option<&str>),
    args: &Args,
    at: Span,
) {
    let object = ev.bare_instance(class, Args::default(), at);
    for (name, item) in view.initkwargs.iter().flat_map(|args| &args.named) {
        ev.set_attribute(&object, name, item.value.clone(), at);
    }
    if let Some(action) = action {
        ev.set_attribute(&object, &Rc::from("action"), Value::str(action), at);
        if let Ok(handler) = ev.attribute(&object, &Rc::from(action), at) {
            ev.set_attribute(&object, &Rc::from(method.to_lowercase()), handler, at);
        }
    }
    let setup = ev.attribute(&object, &Rc::from("setup"), at);
    let request = args.positional.first().map_or(Value::None, |item| item.value.clone());
    ev.set_attribute(&object, &Rc::from("request"), request, at);
    let named = Arguments { named: named(args), open: args.open, ..Arguments::default() };
    let kwargs = request::kwargs(ev, &named, at);
    ev.set_attribute(&object, &Rc::from("kwargs"), kwargs, at);
    let positional = Value::unknown("arguments of the URL", at);
    ev.set_attribute(&object, &Rc::from("args"), positional, at);
    if let Ok(setup) = setup {
        ev.follow(&setup, args.clone(), at);
    }
    if let Ok(dispatch) = ev.attribute(&object, &Rc::from("dispatch"), at) {
        ev.follow(&dispatch, args.clone(), at);
    }
    request::forget(&object);
}

fn named(args: &Args) -> Vec<(Text, Value)> {
    args.named.iter().map(|(name, item)| (name.clone(), item.value.clone())).collect()
}
