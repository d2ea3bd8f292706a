//! What a call did for one request, told again for the next: a large project checks permissions,
//! writes its log and sends its signals in the same way under each of a thousand routes.
//!
//! A call is told again where a function that closes over nothing is called with arguments alike,
//! changed none of them, asked for nothing but them, and gave what can be made anew. What it did is
//! kept relative to the place of the call: its way, its transaction, the test that it lies behind.
//!
//! The price: arguments that differ only in what lies deeper than is looked are taken for alike.

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};
use std::hash::{Hash, Hasher};
use std::rc::Rc;

use rustc_hash::{FxHashMap, FxHasher};

use super::anew::{Around, Kept, given, keep};
use super::evaluator::{Eval, Evaluator};
use super::likeness::{DEPTH, Given, Things, likeness};
use super::object::{Args, Function};
use super::trace::{Ends, Hop, Key, Path, Step, Trace, Way};
use super::value::{Span, Text, Value};

/// Steps (a count) that a call takes on average before it is worth looking at.
const STEPS_MIN: u64 = 24;

/// Calls (a count) inside each other, beyond which what is deeper may be cut off.
const CALLS_DEEP_MAX: u32 = 40;

/// Calls (a count) of one function that are remembered; one with more is called with other
/// arguments each time.
const ALIKE_MAX: usize = 200;

/// Parts (a count) of all that is remembered: touches, hops, steps on the way.
const PARTS_MAX: usize = 100_000;

/// Classes and functions (a count) that arguments are told apart by; the views of a project of
/// thousands of routes make some thousands.
const THINGS_MAX: usize = 100_000;

/// Calls (a count) of which it is remembered that they cannot be told again.
const VAIN_MAX: usize = 100_000;

/// Parts (a count) of what one call did that cost one step to keep, or to tell again.
const PARTS_PER_STEP: usize = 8;

/// What calls did, by function and likeness.
#[derive(Debug)]
pub(super) struct Summaries {
    /// By the address of the function, which is its own while it is held here.
    functions: FxHashMap<usize, Calls>,
    things: Things,
    parts: usize,
    /// Calls (a count) that cannot be told again.
    vain: usize,
    /// Where among the active functions the first one stands that was not called once more, for
    /// it calls itself.
    refused: usize,
}

impl Default for Summaries {
    fn default() -> Self {
        let (functions, things) = (FxHashMap::default(), Things::default());
        Self { functions, things, parts: 0, vain: 0, refused: usize::MAX }
    }
}

impl Summaries {
    /// Where there is no more room, lets go of what was not told again since there was none last.
    pub(super) fn make_room(&mut self) {
        if self.vain > VAIN_MAX {
            self.functions.values_mut().for_each(|calls| calls.alike.retain(|_, it| it.is_some()));
            self.vain = 0;
        }
        if self.parts <= PARTS_MAX {
            return;
        }
        // What is kept does not depend on the order in which it is looked at.
        self.parts = self.functions.values_mut().map(Calls::make_room).sum();
    }
}

#[derive(Debug)]
struct Calls {
    _held: Rc<Function>,
    count: u64,
    steps: u64,
    /// How often one was told again.
    told: usize,
    /// Whether what it does depends on the method of the request.
    asks_method: bool,
    /// None for what cannot be told again.
    alike: FxHashMap<u64, Option<Rc<Summary>>>,
}

impl Calls {
    /// Gives the parts (a count) that are left.
    fn make_room(&mut self) -> usize {
        self.alike.retain(|_, summary| summary.as_ref().is_none_or(|known| known.told.take()));
        self.alike.values().flatten().map(|summary| summary.parts()).sum()
    }

    /// Whether to look what a call is like costs less than it saves.
    fn are_worth_it(&self) -> bool {
        let varied = self.alike.len() >= ALIKE_MAX && self.told < ALIKE_MAX;
        self.steps >= self.count * STEPS_MIN && !varied
    }
}

/// What one call did, told from where it was made.
#[derive(Debug)]
struct Summary {
    gave: Kept,
    /// The calls on the ways, each with the place of the one that it is part of.
    calls: Vec<(Option<usize>, Span)>,
    touches: Vec<Told>,
    /// Reads of queries that are part of what it gave, by their numbers.
    pending: Vec<(u32, Told)>,
    statements: Vec<(Value, Told)>,
    hops: Vec<(Hop, bool)>,
    unseen: Vec<(Option<Span>, Text)>,
    /// Which of the open `try` statements it may have raised something for.
    doubts: Vec<usize>,
    ends: Ends,
    method_asked: bool,
    /// Whether it was told again, since somebody last wanted to know.
    told: Cell<bool>,
}

/// A touch or a statement.
#[derive(Debug)]
struct Told {
    key: Key,
    /// Whether it happened at the site of the call itself.
    at_site: bool,
    /// Whether it happened in the transaction around the call.
    in_outer: bool,
    /// The last call on the way, and how many there are.
    way: Option<usize>,
    depth: u32,
    /// The test inside the call that it lies behind.
    only_if: Option<Span>,
}

/// A call that is being made.
pub(super) struct Making {
    steps: u32,
    recording: Option<Box<Recording>>,
}

/// What had been told before the call, and what it is like.
struct Recording {
    like: u64,
    receiver: Option<Value>,
    args: Args,
    /// What these held before the call.
    given: Vec<Value>,
    /// Number of the last object that was there before.
    made: u32,
    outer: Trace,
    aside: u32,
    starved: bool,
    /// Functions (a count) that are active around it.
    active: usize,
    refused: usize,
    doubts: Vec<bool>,
}

fn address(function: &Rc<Function>) -> usize {
    Rc::as_ptr(function).addr()
}

impl Evaluator {
    /// What a call gives that was made before, with what it does told again; or else what is to be
    /// handed to `summarise` once it is made.
    pub(super) fn summary(
        &mut self,
        function: &Rc<Function>,
        receiver: Option<&Value>,
        args: &Args,
        active: usize,
    ) -> Result<Value, Option<Making>> {
        let retells = self.traced.as_ref().is_some_and(|trace| trace.retells);
        if !retells || active > 0 || !function.closure.is_empty() {
            return Err(None);
        }
        let steps = self.steps;
        let making = Making { steps, recording: None };
        let known = self.summaries.functions.get(&address(function));
        let worth = known.filter(|calls| calls.are_worth_it());
        let deep = self.call_depth > CALLS_DEEP_MAX;
        let Some(asks_method) = worth.filter(|_| !deep).map(|calls| calls.asks_method) else {
            return Err(Some(making));
        };
        let Some(like) = self.like(receiver, args, asks_method) else { return Err(Some(making)) };
        let full = self.summaries.parts > PARTS_MAX;
        let Some(calls) = self.summaries.functions.get_mut(&address(function)) else {
            return Err(Some(making));
        };
        match calls.alike.get(&like).cloned() {
            Some(Some(summary)) => {
                calls.told += 1;
                let given = if summary.gave.is_of_given() { given(receiver, args) } else { vec![] };
                self.pay(given.len());
                summary.told.set(true);
                let told = self.anew(&summary.gave, &given);
                told.map(|(gave, numbers)| self.retell(&summary, gave, &numbers)).ok_or(None)
            }
            Some(None) => Err(Some(making)),
            None if full || calls.alike.len() >= ALIKE_MAX => Err(Some(making)),
            None => {
                let recording = self.record_call(like, receiver.cloned(), args.clone());
                Err(Some(Making { steps, recording: Some(Box::new(recording)) }))
            }
        }
    }

    /// A digest of the arguments, and of what else tells calls apart.
    fn like(&mut self, receiver: Option<&Value>, args: &Args, method: bool) -> Option<u64> {
        let trace = self.traced.as_ref()?;
        let (region, deferred, sure) = trace.context(self.cond.is_always());
        let context = (region.map(|_| Span::default()), deferred, sure);
        if self.summaries.things.len() > THINGS_MAX {
            return None;
        }
        let given = Given { receiver, args, context };
        let (like, looked) = likeness(&given, &mut self.summaries.things, DEPTH);
        self.charge(looked);
        let mut hasher = FxHasher::default();
        (like?, self.site.is_some(), method.then_some(&self.registry.method)).hash(&mut hasher);
        self.guards.iter().for_each(|guard| guard.catches.hash(&mut hasher));
        Some(hasher.finish())
    }

    /// A function is not called once more in itself, or in too many others.
    pub(super) fn refused(&mut self, function: &Rc<Function>) {
        let place = self.active.iter().position(|active| Rc::ptr_eq(active, function));
        self.summaries.refused = self.summaries.refused.min(place.unwrap_or(0));
    }

    /// From here on what happens is kept by itself.
    fn record_call(&mut self, like: u64, receiver: Option<Value>, args: Args) -> Recording {
        let mut outer = Trace::default();
        if let Some(trace) = &mut self.traced {
            swap(trace, &mut outer);
            outer.events = trace.events;
            outer.path.clone_from(&trace.path);
        }
        let doubts = self.guards.iter_mut().map(|guard| std::mem::take(&mut guard.doubt));
        Recording {
            like,
            given: given(receiver.as_ref(), &args),
            receiver,
            args,
            made: self.serial,
            outer,
            aside: self.registry.aside,
            starved: std::mem::take(&mut self.starved),
            active: self.active.len(),
            refused: std::mem::replace(&mut self.summaries.refused, usize::MAX),
            doubts: doubts.collect(),
        }
    }

    /// The call was made, and gave this.
    pub(super) fn summarise(
        &mut self,
        function: &Rc<Function>,
        making: Option<Making>,
        result: &Eval,
    ) {
        let Some(Making { steps, recording }) = making else { return };
        let calls = self.summaries.functions.entry(address(function)).or_insert_with(|| Calls {
            _held: function.clone(),
            count: 0,
            steps: 0,
            told: 0,
            asks_method: false,
            alike: FxHashMap::default(),
        });
        calls.count += 1;
        calls.steps += u64::from(self.steps.saturating_sub(steps));
        if let Some(recording) = recording {
            self.recorded_call(function, *recording, result);
        }
    }

    fn recorded_call(&mut self, function: &Rc<Function>, recording: Recording, result: &Eval) {
        let Recording { like, receiver, args, given, made, mut outer, aside, .. } = recording;
        let Recording { starved, active, refused, doubts, .. } = recording;
        let mut raised = Vec::new();
        for (place, (guard, before)) in self.guards.iter_mut().zip(doubts).enumerate() {
            if guard.doubt {
                raised.push(place);
            }
            guard.doubt |= before;
        }
        // What is cut off because of the calls around it is not cut off elsewhere.
        let cut = self.starved || self.summaries.refused < active;
        self.starved |= starved;
        self.summaries.refused = self.summaries.refused.min(refused);
        let asked = self.traced.as_ref().is_some_and(|trace| trace.method_asked);
        let Some(calls) = self.summaries.functions.get_mut(&address(function)) else { return };
        let learned = asked && !calls.asks_method;
        calls.asks_method |= asked;
        let method = calls.asks_method;
        let after = if learned || cut { None } else { self.like(receiver.as_ref(), &args, method) };
        let Some(mut inner) = self.traced.take() else { return };
        let whole = aside == self.registry.aside && inner.dropped == outer.dropped;
        let unchanged = result.as_ref().ok().filter(|_| whole && after == Some(like));
        let (site, cond) = (self.site, self.cond.clone());
        let around = Around { shared: inner.made_before, made, site, cond };
        let gave = unchanged.and_then(|value| keep(value, given, around));
        let summary = gave.and_then(|gave| self.told_call(&inner, &outer, gave, raised));
        if !learned && !cut {
            self.summaries.parts += summary.as_ref().map_or(0, Summary::parts);
            self.summaries.vain += usize::from(summary.is_none());
            if let Some(calls) = self.summaries.functions.get_mut(&address(function)) {
                calls.alike.insert(like, summary.map(Rc::new));
            }
        }
        // What it did is part of what the body does that made it.
        let parts = inner.touches.len() + inner.pending.len() + inner.hops.len();
        self.pay(parts + inner.statements.len() + inner.unseen.len());
        inner.events = outer.events;
        swap(&mut inner, &mut outer);
        inner.join(outer);
        self.traced = Some(inner);
    }

    /// What a call did, as it can be told from elsewhere; none where it changed what others do.
    fn told_call(
        &self,
        inner: &Trace,
        outer: &Trace,
        (gave, numbers): (Kept, FxHashMap<u32, u32>),
        doubts: Vec<usize>,
    ) -> Option<Summary> {
        let made: BTreeSet<u32> = inner.pending.iter().map(|(query, ..)| *query).collect();
        if inner.consumed.iter().any(|query| !made.contains(query)) {
            return None;
        }
        let mut telling = Telling {
            base: outer.path.as_ref().map_or(0, |step| step.depth),
            region: inner.regions.first().copied(),
            site: self.site,
            only_if: self.cond.innermost().map(|(_, at)| at).or(inner.behind),
            calls: Vec::new(),
            places: FxHashMap::default(),
        };
        let mut pending = Vec::new();
        let mut touches: BTreeMap<&Key, &Way> = inner.touches.iter().collect();
        for (query, key, way) in &inner.pending {
            if inner.consumed.contains(query) {
                continue;
            }
            if let Some(query) = numbers.get(query) {
                pending.push((*query, telling.told(key, way)));
                continue;
            }
            let known = touches.entry(key).or_insert(way);
            if way.rank() < known.rank() {
                *known = way;
            }
        }
        let touches = touches.into_iter().map(|(key, way)| telling.told(key, way)).collect();
        let statements = inner.statements.iter();
        let statements =
            statements.map(|(text, key, way)| (text.clone(), telling.told(key, way))).collect();
        let at_site = |at: Span| Some(at) == self.site;
        Some(Summary {
            gave,
            calls: telling.calls,
            touches,
            pending,
            statements,
            hops: inner.hops.iter().map(|hop| (hop.clone(), at_site(hop.at))).collect(),
            unseen: inner
                .unseen
                .iter()
                .map(|(at, why)| (Some(*at).filter(|at| !at_site(*at)), why.clone()))
                .collect(),
            doubts,
            ends: inner.ends,
            method_asked: inner.method_asked,
            told: Cell::new(false),
        })
    }

    /// Counts the steps for so many parts: they are told one by one.
    fn pay(&mut self, parts: usize) {
        let steps = u32::try_from(parts / PARTS_PER_STEP).unwrap_or(u32::MAX);
        self.steps = self.steps.saturating_add(steps);
    }

    fn retell(&mut self, summary: &Summary, gave: Value, numbers: &FxHashMap<u32, u32>) -> Value {
        let only_if = self.cond.innermost().map(|(_, at)| at);
        let site = self.site;
        for place in &summary.doubts {
            if let Some(guard) = self.guards.get_mut(*place) {
                guard.doubt = true;
            }
        }
        self.pay(summary.parts());
        let Some(trace) = &mut self.traced else { return gave };
        let only_if = only_if.or(trace.behind);
        let mut ways = Ways { calls: &summary.calls, base: trace.path.clone(), made: Vec::new() };
        let region = trace.regions.first().copied();
        let place = |told: &Told| Key {
            at: site.filter(|_| told.at_site).unwrap_or(told.key.at),
            region: if told.in_outer { region } else { told.key.region },
            ..told.key.clone()
        };
        for told in &summary.touches {
            let key = place(told);
            let only_if = told.only_if.or(only_if);
            let depth = ways.base.as_ref().map_or(0, |step| step.depth) + told.depth;
            let known = trace.touches.get(&key).map(Way::rank);
            if known.is_none_or(|known| (only_if.is_some(), depth) < known) {
                trace.add(key, Way { calls: ways.at(told.way), only_if });
            }
        }
        for (query, told) in &summary.pending {
            let way = Way { calls: ways.at(told.way), only_if: told.only_if.or(only_if) };
            if let Some(query) = numbers.get(query) {
                trace.wait(*query, place(told), way);
            }
        }
        for (text, told) in &summary.statements {
            let way = Way { calls: ways.at(told.way), only_if: told.only_if.or(only_if) };
            trace.state(text.clone(), place(told), way);
        }
        for (hop, at_site) in &summary.hops {
            let at = site.filter(|_| *at_site).unwrap_or(hop.at);
            trace.hop(Hop { at, ..hop.clone() });
        }
        for (at, why) in &summary.unseen {
            if let Some(at) = at.or(site) {
                trace.lose(at, why.clone());
            }
        }
        trace.end(summary.ends);
        trace.events += u32::from(summary.method_asked && !trace.method_asked);
        trace.method_asked |= summary.method_asked;
        gave
    }
}

impl Summary {
    /// How much it holds (a count).
    fn parts(&self) -> usize {
        let told = self.touches.len() + self.statements.len() + self.hops.len();
        let gave = self.gave.parts + self.pending.len();
        1 + told + gave + self.unseen.len() + self.calls.len()
    }
}

/// Exchanges what was told in two traces; how far it was come stays.
fn swap(one: &mut Trace, other: &mut Trace) {
    std::mem::swap(&mut one.touches, &mut other.touches);
    std::mem::swap(&mut one.hops, &mut other.hops);
    std::mem::swap(&mut one.unseen, &mut other.unseen);
    std::mem::swap(&mut one.pending, &mut other.pending);
    std::mem::swap(&mut one.statements, &mut other.statements);
    std::mem::swap(&mut one.consumed, &mut other.consumed);
    std::mem::swap(&mut one.method_asked, &mut other.method_asked);
    std::mem::swap(&mut one.ends, &mut other.ends);
    // A call that leads to nothing new in one body may lead to something in another.
    std::mem::swap(&mut one.dull, &mut other.dull);
}

/// Tells ways from the place of a call.
struct Telling {
    /// Calls that lead to it (a count).
    base: u32,
    region: Option<Span>,
    site: Option<Span>,
    only_if: Option<Span>,
    calls: Vec<(Option<usize>, Span)>,
    /// Where each call is among them, by its address, which is its own while the trace holds it.
    places: FxHashMap<usize, usize>,
}

impl Telling {
    fn told(&mut self, key: &Key, way: &Way) -> Told {
        Told {
            at_site: Some(key.at) == self.site,
            in_outer: key.region.is_some() && key.region == self.region,
            way: self.way(&way.calls),
            depth: way.calls.as_ref().map_or(0, |step| step.depth).saturating_sub(self.base),
            only_if: way.only_if.filter(|at| Some(*at) != self.only_if),
            key: key.clone(),
        }
    }

    fn way(&mut self, path: &Path) -> Option<usize> {
        let mut new = Vec::new();
        let mut step = path.as_ref();
        let mut known = None;
        while let Some(call) = step.filter(|call| call.depth > self.base) {
            known = self.places.get(&Rc::as_ptr(call).addr()).copied();
            if known.is_some() {
                break;
            }
            new.push(call);
            step = call.outer.as_ref();
        }
        for call in new.into_iter().rev() {
            self.calls.push((known, call.at));
            known = Some(self.calls.len() - 1);
            self.places.insert(Rc::as_ptr(call).addr(), self.calls.len() - 1);
        }
        known
    }
}

/// The ways of a call that is told again, made as they are needed.
struct Ways<'s> {
    calls: &'s [(Option<usize>, Span)],
    base: Path,
    made: Vec<Option<Rc<Step>>>,
}

impl Ways<'_> {
    fn at(&mut self, place: Option<usize>) -> Path {
        let Some(place) = place else { return self.base.clone() };
        if self.made.is_empty() {
            self.made = vec![None; self.calls.len()];
        }
        if let Some(made) = self.made.get(place)? {
            return Some(made.clone());
        }
        // A call is kept behind the one that it is part of.
        let (part_of, at) = *self.calls.get(place)?;
        let outer = self.at(part_of);
        let depth = outer.as_ref().map_or(0, |step| step.depth) + 1;
        let step = Rc::new(Step { at, outer, depth });
        self.made[place] = Some(step.clone());
        Some(step)
    }
}
