//! What a body does to the database while it is evaluated: every touch of a table, with the calls
//! that lead to it and the transaction that it happens in.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::dull::{Dull, Watch};
use super::evaluator::{Eval, Evaluator, Raise};
use super::likeness::{Context, Given};
use super::object::{Args, Call, Function};
use super::value::{Cond, Span, Text, Value};

/// Different touches (a count) kept of one traced call: a view that makes more is an export of
/// everything.
const TOUCHES_MAX: usize = 20_000;

/// Calls (a count) of one body that are kept.
const CALLS_MAX: usize = 20_000;

/// Reads (a count) of queries that are still being put together.
const PENDING_MAX: usize = 20_000;

/// What is done to a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Touch {
    /// Rows are read.
    Read,
    /// Rows are locked (`select_for_update`).
    Lock,
    /// Rows are added, changed or removed.
    Write,
}

/// The calls that lead to a place, innermost first; shared between all that follow them.
pub type Path = Option<Rc<Step>>;

/// How a touch is come to.
#[derive(Debug, Clone)]
pub struct Way {
    /// The calls that lead to it.
    pub calls: Path,
    /// The test that it lies behind, where that could not be decided; the innermost one.
    pub only_if: Option<Span>,
}

impl Way {
    /// A way that is always taken says more than one that may be; then a short one does.
    pub(super) fn rank(&self) -> (bool, u32) {
        (self.only_if.is_some(), self.calls.as_ref().map_or(0, |step| step.depth))
    }
}

/// One call on the way.
#[derive(Debug)]
pub struct Step {
    /// Where the call is written.
    pub at: Span,
    /// The call that it is part of.
    pub outer: Path,
    /// Calls up to and with this one.
    pub depth: u32,
}

/// One thing that was done to one table at one place.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key {
    /// What was done.
    pub touch: Touch,
    /// The table.
    pub table: Text,
    /// Where.
    pub at: Span,
    /// The outermost `atomic` that it happened in.
    pub region: Option<Span>,
    /// Whether a task that another process runs does it.
    pub deferred: bool,
}

/// A hop of a lookup: a query reaches the rows of one table through another's.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Hop {
    /// The table that the hop starts from.
    pub from: Text,
    /// The table that it leads to.
    pub to: Text,
    /// The whole lookup, as it is written.
    pub lookup: Text,
    /// Where.
    pub at: Span,
}

/// What was seen while a body was evaluated.
#[derive(Debug, Default)]
pub struct Trace {
    /// The touches, each with the surest and shortest way to it.
    pub touches: BTreeMap<Key, Way>,
    /// Hops of lookups.
    pub hops: BTreeSet<Hop>,
    /// Places where something was done to a model that is not known: what it was.
    pub unseen: BTreeMap<Span, Text>,
    /// Reads of queries that were built and may yet turn out to be changes.
    pub(super) pending: Vec<(u32, Key, Way)>,
    /// Raw SQL: its text, where it runs (the table is empty), and the way to it.
    pub statements: Vec<(Value, Key, Way)>,
    /// Queries that became an `UPDATE` or a `DELETE`, and so are not read.
    pub(super) consumed: BTreeSet<u32>,
    /// Calls without source, where they are asked for.
    calls: Option<Vec<Rc<Call>>>,
    /// Open `atomic` blocks, outermost first.
    pub(super) regions: Vec<Span>,
    pub(super) path: Path,
    /// An undecided test that the rest lies behind though no condition is open: an early return,
    /// a block of a template.
    pub(super) behind: Option<Span>,
    pub(super) deferred: bool,
    /// Number of the last object that was there before: what all share (a logger, a client of some
    /// service) keeps no calls, or it would hold the arguments of every request to the end.
    pub(super) made_before: u32,
    /// How often anything new was noted.
    pub(super) events: u32,
    /// Calls that led to nothing.
    pub(super) dull: Dull,
    /// Whether calls that were made for other requests are told again instead of made.
    pub(super) retells: bool,
    /// Steps that it took.
    pub steps: u32,
    /// Whether the evaluation ended before the body did.
    pub gave_up: bool,
    /// Touches that were not kept, for want of room.
    pub dropped: u32,
    /// Whether somebody asked for the method of the request.
    pub method_asked: bool,
    /// How else the body may end than with its own answer.
    pub ends: Ends,
}

/// How a body may end when Django answers in its stead.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Ends {
    /// What was asked for is not found: `Http404`.
    pub not_found: bool,
    /// Who asks may not: `PermissionDenied`.
    pub forbidden: bool,
}

impl Ends {
    pub(crate) const NOT_FOUND: Self = Self { not_found: true, forbidden: false };
    pub(crate) const FORBIDDEN: Self = Self { not_found: false, forbidden: true };
}

impl Trace {
    /// Adds how it may end.
    pub(super) fn end(&mut self, ends: Ends) {
        let known = self.ends;
        self.ends.not_found |= ends.not_found;
        self.ends.forbidden |= ends.forbidden;
        self.events += u32::from(known != self.ends);
    }

    /// Keeps a call without source, if somebody asks for them.
    pub(super) fn keep(&mut self, call: &Rc<Call>) {
        if let Some(calls) = self.calls.as_mut().filter(|calls| calls.len() < CALLS_MAX) {
            self.events += 1;
            calls.push(call.clone());
        }
    }

    fn key(&self, touch: Touch, table: &Text, at: Span) -> Key {
        let region = self.regions.first().copied();
        Key { touch, table: table.clone(), at, region, deferred: self.deferred }
    }

    pub(super) fn context(&self, sure: bool) -> Context {
        (self.regions.first().copied(), self.deferred, sure && self.behind.is_none())
    }

    fn way(&self, cond: &Cond) -> Way {
        let only_if = cond.innermost().map(|(_, at)| at).or(self.behind);
        Way { calls: self.path.clone(), only_if }
    }

    pub(super) fn add(&mut self, key: Key, way: Way) {
        let full = self.touches.len() >= TOUCHES_MAX;
        match self.touches.get_mut(&key) {
            Some(known) if way.rank() < known.rank() => *known = way,
            Some(_) => return,
            None if full => self.dropped += 1,
            None => drop(self.touches.insert(key, way)),
        }
        self.events += 1;
    }

    /// Adds raw SQL.
    pub(super) fn state(&mut self, text: Value, key: Key, way: Way) {
        self.events += 1;
        if self.statements.len() < PENDING_MAX {
            self.statements.push((text, key, way));
        } else {
            self.dropped += 1;
        }
    }

    /// Adds a hop of a lookup.
    pub(super) fn hop(&mut self, hop: Hop) {
        if self.hops.len() < TOUCHES_MAX {
            self.events += u32::from(self.hops.insert(hop));
        } else {
            self.dropped += 1;
        }
    }

    /// Adds what could not be seen.
    pub(super) fn lose(&mut self, at: Span, what: Text) {
        if let Entry::Vacant(place) = self.unseen.entry(at) {
            place.insert(what);
            self.events += 1;
        }
    }

    /// Adds a read of a query that is still put together.
    pub(super) fn wait(&mut self, query: u32, key: Key, way: Way) {
        self.events += 1;
        if self.pending.len() < PENDING_MAX {
            self.pending.push((query, key, way));
        } else {
            self.dropped += 1;
        }
    }

    /// Adds what was told meanwhile of a part of the body.
    pub(super) fn join(&mut self, part: Self) {
        part.touches.into_iter().for_each(|(key, way)| self.add(key, way));
        part.hops.into_iter().for_each(|hop| self.hop(hop));
        part.unseen.into_iter().for_each(|(at, what)| self.lose(at, what));
        part.pending.into_iter().for_each(|(query, key, way)| self.wait(query, key, way));
        part.statements.into_iter().for_each(|(text, key, way)| self.state(text, key, way));
        for query in part.consumed {
            self.events += u32::from(self.consumed.insert(query));
        }
        self.events += u32::from(part.method_asked && !self.method_asked);
        self.method_asked |= part.method_asked;
        self.end(part.ends);
    }

    /// Counts the queries that nothing became of as read: whoever was handed one reads it.
    pub(crate) fn finish(&mut self) {
        for (query, key, way) in std::mem::take(&mut self.pending) {
            if !self.consumed.contains(&query) {
                self.add(key, way);
            }
        }
    }
}

impl Evaluator {
    /// What is done to the database while `run` evaluates, within a budget of steps.
    pub fn trace(&mut self, steps: u32, run: impl FnOnce(&mut Self)) -> Trace {
        self.traced(Trace::default(), steps, run)
    }

    /// The same for a request: what calls did for earlier ones is told again.
    pub fn trace_request(&mut self, steps: u32, run: impl FnOnce(&mut Self)) -> Trace {
        self.summaries.make_room();
        self.traced(Trace { retells: true, ..Trace::default() }, steps, run)
    }

    /// Calls without source that are made while `run` evaluates, in order.
    pub fn trace_calls(&mut self, steps: u32, run: impl FnOnce(&mut Self)) -> Vec<Rc<Call>> {
        let trace = Trace { calls: Some(Vec::new()), ..Trace::default() };
        self.traced(trace, steps, run).calls.unwrap_or_default()
    }

    fn traced(&mut self, mut trace: Trace, steps: u32, run: impl FnOnce(&mut Self)) -> Trace {
        self.begin();
        self.steps_allowed = steps;
        trace.made_before = self.serial;
        let before = self.traced.replace(trace);
        let cond = std::mem::take(&mut self.cond);
        run(self);
        self.cond = cond;
        let mut trace = std::mem::replace(&mut self.traced, before).unwrap_or_default();
        trace.finish();
        trace.steps = self.steps;
        trace.gave_up |= self.gave_up;
        trace
    }

    /// Notes that a table is touched here.
    pub(crate) fn touch(&mut self, touch: Touch, table: &Text, at: Span) {
        let at = self.site.unwrap_or(at);
        if let Some(trace) = &mut self.traced {
            let key = trace.key(touch, table, at);
            let way = trace.way(&self.cond);
            trace.add(key, way);
        }
    }

    /// Notes that a query goes from one table to another.
    pub(crate) fn hop(&mut self, from: &Text, to: &Text, lookup: &Text, at: Span) {
        let at = self.site.unwrap_or(at);
        let Some(trace) = &mut self.traced else { return };
        let (from, to, lookup) = (from.clone(), to.clone(), lookup.clone());
        trace.hop(Hop { from, to, lookup, at });
    }

    /// Notes that the query with this number would read a table.
    pub(crate) fn would_read(&mut self, query: u32, table: &Text, at: Span) {
        let at = self.site.unwrap_or(at);
        if let Some(trace) = &mut self.traced {
            let key = trace.key(Touch::Read, table, at);
            let way = trace.way(&self.cond);
            trace.wait(query, key, way);
        }
    }

    /// The query with this number reads nothing: the database changes what it selects.
    pub(crate) fn consume(&mut self, query: u32) {
        if let Some(trace) = &mut self.traced {
            trace.events += 1;
            trace.consumed.insert(query);
        }
    }

    /// Notes that somebody asks for the method of the request.
    pub(crate) fn method_asked(&mut self) {
        if let Some(trace) = &mut self.traced {
            trace.events += u32::from(!trace.method_asked);
            trace.method_asked = true;
        }
    }

    /// Notes that Django may answer instead of the body.
    pub(crate) fn may_end(&mut self, ends: Ends) {
        if let Some(trace) = &mut self.traced {
            trace.end(ends);
        }
    }

    /// What is known of a call that is about to be made, where there were many alike.
    pub(super) fn watch(
        &mut self,
        function: &Rc<Function>,
        receiver: Option<&Value>,
        args: &Args,
    ) -> Option<Watch> {
        let sure = self.cond.is_always();
        let trace = self.traced.as_mut()?;
        let given = Given { receiver, args, context: trace.context(sure) };
        let known = trace.dull.begin(function, &given);
        let looked = std::mem::take(&mut trace.dull.looked);
        self.charge(looked);
        known
    }

    /// What became of a call, if it was watched: what its arguments are like, and these; so much
    /// had happened before it.
    pub(super) fn watched(
        &mut self,
        function: &Rc<Function>,
        watched: Option<(u64, Option<Value>, Args)>,
        events: u32,
        gave: Option<Value>,
    ) {
        let Some((like, receiver, args)) = watched else { return };
        let sure = self.cond.is_always();
        let Some(trace) = self.traced.as_mut() else { return };
        let context = trace.context(sure);
        let given = Given { receiver: receiver.as_ref(), args: &args, context };
        let gave = gave.filter(|_| trace.events == events);
        trace.dull.end(function, like, &given, gave);
    }

    /// Notes raw SQL.
    pub(crate) fn raw_sql(&mut self, text: &Value, at: Span) {
        let at = self.site.unwrap_or(at);
        if let Some(trace) = &mut self.traced {
            let key = trace.key(Touch::Read, &Rc::from(""), at);
            let way = trace.way(&self.cond);
            trace.state(text.clone(), key, way);
        }
    }

    /// Notes that something is done to a model that could not be seen.
    pub(crate) fn unseen(&mut self, what: &str, at: Span) {
        let at = self.site.unwrap_or(at);
        if let Some(trace) = &mut self.traced {
            trace.lose(at, Rc::from(what));
        }
    }

    /// Notes that an exception ended what was evaluated here: what comes behind it is not seen.
    pub(crate) fn lost(&mut self, raise: &Raise, at: Span) {
        if self.is_tracing() {
            let at = if self.is_own(raise.at) { raise.at } else { at };
            self.unseen(&format!("what comes after {}", raise.kind), at);
        }
    }

    /// What is asked for and is not there: an exception, surely, while a module is read. A body
    /// that people run every day does not fail so on all ways: there something was misread, which
    /// is announced, and costs itself alone.
    pub(crate) fn absent(&mut self, kind: &str, message: &str, at: Span) -> Eval {
        if !self.is_tracing() {
            return self.raise(kind, message, at);
        }
        self.unseen(&format!("something that is not there, it seems: {kind}"), at);
        Ok(Value::unknown("something that is not there, it seems", at))
    }

    /// Calls a value for what it does; nobody uses what it gives.
    pub fn follow(&mut self, callee: &Value, args: Args, at: Span) {
        if let Err(raise) = self.call(callee, args, at) {
            self.lost(&raise, at);
        }
    }

    /// Evaluates `run` as part of the call at `at`.
    pub(crate) fn on_the_way<T>(&mut self, at: Span, run: impl FnOnce(&mut Self) -> T) -> T {
        let Some(trace) = &mut self.traced else { return run(self) };
        let outer = trace.path.take();
        let depth = outer.as_ref().map_or(0, |step| step.depth) + 1;
        trace.path = Some(Rc::new(Step { at, outer: outer.clone(), depth }));
        let result = run(self);
        if let Some(trace) = &mut self.traced {
            trace.path = outer;
        }
        result
    }

    /// What is evaluated from here on lies behind an undecided test. Gives what it lay behind
    /// before, to be told again where the test ends.
    pub(crate) fn lie_behind(&mut self, test: Option<Span>) -> Option<Span> {
        self.traced.as_mut().and_then(|trace| std::mem::replace(&mut trace.behind, test))
    }

    /// What the evaluation lies behind.
    pub(crate) fn behind(&self) -> Option<Span> {
        self.traced.as_ref().and_then(|trace| trace.behind)
    }

    /// Evaluates `run` behind an undecided test, if one is given; what is found in it to lie behind
    /// another does so no longer than it.
    pub(crate) fn perhaps<T>(&mut self, test: Option<Span>, run: impl FnOnce(&mut Self) -> T) -> T {
        let before = self.behind();
        if test.is_some() {
            self.lie_behind(test);
        }
        let result = run(self);
        self.lie_behind(before);
        result
    }

    /// Evaluates `run` inside an `atomic` block that starts at `at`.
    pub(crate) fn in_atomic<T>(&mut self, at: Span, run: impl FnOnce(&mut Self) -> T) -> T {
        if let Some(trace) = &mut self.traced {
            trace.regions.push(at);
        }
        let result = run(self);
        if let Some(trace) = &mut self.traced {
            trace.regions.pop();
        }
        result
    }

    /// Evaluates `run` as what happens after the transaction (`on_commit`), or in another process.
    pub(crate) fn afterwards<T>(&mut self, deferred: bool, run: impl FnOnce(&mut Self) -> T) -> T {
        let Some(trace) = &mut self.traced else { return run(self) };
        let regions = std::mem::take(&mut trace.regions);
        let before = trace.deferred;
        trace.deferred |= deferred;
        let result = run(self);
        if let Some(trace) = &mut self.traced {
            trace.regions = regions;
            trace.deferred = before;
        }
        result
    }

    /// Whether a body is being traced.
    pub(crate) fn is_tracing(&self) -> bool {
        self.traced.is_some()
    }
}
