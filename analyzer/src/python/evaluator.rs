//! The evaluator: its state, its budgets, and the frames in which code is evaluated.

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::ahead::Ahead;
use super::garbage::Made;
use super::object::{Args, Binding, Function, Module, Recorded, Scope};
use super::registry::Registry;
use super::source::Source;
use super::summary::Summaries;
use super::trace::Trace;
use super::value::{Alternative, Cond, Item, Span, Text, Value};
use crate::map::{At, Opaque};
use crate::repo::Repo;

/// Statements, calls and loop rounds that one module's import may cost. Plain settings and URL
/// modules need some hundreds; what computes more than this is no declaration any more.
pub const STEPS_PER_MODULE_MAX: u32 = 2_000_000;

/// Elements or characters that one step may work through.
const SIZE_PER_STEP_MAX: usize = 32;

/// Elements or characters beyond which there are many: lists of apps and routes are shorter. When
/// the budget is used up, no step works through more.
const SIZE_UNPAID_MAX: usize = 1_000;

/// Elements or characters that one step may work through where there are many: they do not stay in
/// the processor's caches, and to copy 100,000 takes as long as 50,000 other steps.
const MANY_PER_STEP_MAX: usize = 2;

/// What part of the budget that is left a recursive call may use: one in this many.
const RECURSIVE_SHARE_MAX: u32 = 16;

/// Times the same function may be active at once where it is undecided whether it is called.
pub const RECURSION_UNDECIDED_MAX: usize = 3;

/// Function calls inside each other.
pub const CALL_DEPTH_MAX: u32 = 80;

/// Times the same function may be active at once.
pub const RECURSION_MAX: usize = 12;

/// Modules whose imports are nested in each other.
pub const IMPORT_DEPTH_MAX: u32 = 300;

/// Rounds of one loop: no list of apps, models or routes that people write is longer.
pub const LOOP_MAX: usize = 10_000;

/// Rounds of one `while` loop in a body that is traced: another round touches what the first did.
pub(crate) const TRACED_ROUNDS_MAX: usize = 3;

/// Elements of one list.
pub const LIST_MAX: usize = 100_000;

/// Elements of a list that grows in a body that is traced. It may be one that all requests share,
/// and each body finds what the ones before it put in: a list that doubles would fill the budget.
const TRACED_LIST_MAX: usize = 300;

/// Opaque facts (a count) kept: more places that were lost sight of are a project not understood.
const NOTES_MAX: usize = 20_000;

/// Characters of an exception's value that a note quotes.
const RAISED_TEXT_MAX: usize = 200;

/// An exception on its way up.
#[derive(Debug)]
pub struct Raise {
    /// Dotted path of its class.
    pub kind: Text,
    /// Dotted paths of the class's ancestors, itself first.
    pub lineage: Vec<Text>,
    /// The exception object.
    pub value: Value,
    /// Where it was raised.
    pub at: Span,
}

/// What evaluation gives: a value, or an exception that surely happens.
pub type Eval<T = Value> = Result<T, Box<Raise>>;

/// A `try` that is being evaluated.
#[derive(Debug, Default)]
pub(crate) struct Guard {
    /// Dotted paths of what it catches.
    pub(crate) catches: Vec<Text>,
    /// Set when something happened that may or may not have raised.
    pub(crate) doubt: bool,
    /// How many calls it stands in.
    pub(crate) depth: u32,
}

impl Guard {
    /// Whether it catches the built-in exception.
    pub(crate) fn catches_builtin(&self, kind: &str) -> bool {
        self.catches.iter().any(|path| path.strip_prefix("builtins.") == Some(kind))
    }
}

/// What kind of code a frame runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FrameKind {
    Module,
    Class,
    Function,
}

/// Code being evaluated.
#[derive(Debug)]
pub(crate) struct Frame {
    pub(crate) kind: FrameKind,
    pub(crate) module: Rc<Module>,
    pub(crate) scope: Rc<Scope>,
    /// Scopes of the enclosing functions, innermost first.
    pub(crate) closure: Rc<[Rc<Scope>]>,
    /// Qualified name of what it runs.
    pub(crate) qualname: Text,
    /// Whether definitions in it are local to what it runs.
    pub(crate) local: bool,
    pub(crate) globals: Vec<Text>,
    pub(crate) nonlocals: Vec<Text>,
    /// What an undecided `return` would have given.
    pub(crate) returns: Vec<Alternative>,
    pub(crate) yields: Option<Vec<Item>>,
    pub(crate) function: Option<Rc<Function>>,
    pub(crate) receiver: Option<Value>,
    /// `try` statements around the current statement, in this frame.
    pub(crate) tries: u32,
}

impl Frame {
    pub(crate) fn of_module(module: &Rc<Module>) -> Self {
        Self {
            kind: FrameKind::Module,
            module: module.clone(),
            scope: module.scope.clone(),
            closure: Rc::new([]),
            qualname: Rc::from(""),
            local: false,
            globals: Vec::new(),
            nonlocals: Vec::new(),
            returns: Vec::new(),
            yields: None,
            function: None,
            receiver: None,
            tries: 0,
        }
    }

    /// Scopes that a function defined here closes over.
    pub(crate) fn closure_for_inner(&self) -> Rc<[Rc<Scope>]> {
        match self.kind {
            FrameKind::Module | FrameKind::Class => self.closure.clone(),
            FrameKind::Function => {
                std::iter::once(&self.scope).chain(self.closure.iter()).cloned().collect()
            }
        }
    }

    /// A frame for a comprehension: its own names, everything here visible.
    pub(crate) fn inner(&self) -> Self {
        let closure = match self.kind {
            FrameKind::Module => self.closure.clone(),
            _ => std::iter::once(&self.scope).chain(self.closure.iter()).cloned().collect(),
        };
        Self {
            kind: FrameKind::Function,
            module: self.module.clone(),
            scope: Rc::default(),
            closure,
            qualname: self.qualname.clone(),
            local: self.local,
            globals: Vec::new(),
            nonlocals: Vec::new(),
            returns: Vec::new(),
            yields: None,
            function: self.function.clone(),
            receiver: self.receiver.clone(),
            tries: 1,
        }
    }

    pub(crate) fn qualified(&self, name: &str) -> Text {
        if self.local {
            Rc::from(format!("{}.<locals>.{name}", self.qualname))
        } else if self.qualname.is_empty() {
            Rc::from(name)
        } else {
            Rc::from(format!("{}.{name}", self.qualname))
        }
    }
}

/// Evaluates module-level Python without running it.
#[derive(Debug)]
pub struct Evaluator {
    pub(crate) repo: Rc<Repo>,
    /// The repository's files, some of them parsed before they are asked for.
    pub(crate) ahead: Arc<Ahead>,
    pub(crate) sources: Vec<Rc<Source>>,
    pub(crate) modules: BTreeMap<Text, Option<Rc<Module>>>,
    /// Imported modules by the number of their file.
    pub(crate) homes: FxHashMap<u32, Rc<Module>>,
    /// The condition that holds at the statement being evaluated.
    pub(crate) cond: Cond,
    pub(crate) steps: u32,
    pub(crate) steps_allowed: u32,
    pub(crate) gave_up: bool,
    /// Whether a step was refused, since somebody last wanted to know.
    pub(super) starved: bool,
    /// How deep a comparison of nested values is.
    pub(crate) compared: Cell<u32>,
    pub(crate) call_depth: u32,
    /// `while` loops that are being evaluated.
    pub(crate) whiles: u32,
    pub(crate) import_depth: u32,
    pub(crate) active: Vec<Rc<Function>>,
    /// Identities of the receivers of those, where they are methods.
    pub(crate) receivers: Vec<Option<usize>>,
    pub(crate) guards: Vec<Guard>,
    names: FxHashMap<Box<str>, Text>,
    /// Texts of tests, as conditions quote them, by where they begin and end.
    pub(crate) tests: FxHashMap<(Span, u32), Text>,
    notes: BTreeSet<Opaque>,
    pub(super) serial: u32,
    /// Where own code called the catalogue code that is being evaluated.
    pub(crate) site: Option<Span>,
    /// What is done to the database, while somebody wants to know of it.
    pub(crate) traced: Option<Trace>,
    /// Objects that the body made which is traced.
    pub(super) garbage: Vec<Made>,
    /// What calls did, to be told again.
    pub(super) summaries: Summaries,
    /// The project as Django would hold it in memory: settings, apps, models, signals.
    pub registry: Registry,
}

impl Evaluator {
    /// An evaluator that has seen nothing yet.
    pub fn new(repo: Rc<Repo>) -> Self {
        let ahead = Arc::new(Ahead::of(&repo));
        Self {
            repo,
            ahead,
            sources: vec![Rc::new(Source::new("<none>".to_owned(), String::new()))],
            modules: BTreeMap::new(),
            homes: FxHashMap::default(),
            cond: Cond::default(),
            steps: 0,
            steps_allowed: STEPS_PER_MODULE_MAX,
            gave_up: false,
            starved: false,
            compared: Cell::new(0),
            call_depth: 0,
            whiles: 0,
            import_depth: 0,
            active: Vec::new(),
            receivers: Vec::new(),
            guards: Vec::new(),
            names: FxHashMap::default(),
            tests: FxHashMap::default(),
            notes: BTreeSet::new(),
            serial: 0,
            site: None,
            traced: None,
            garbage: Vec::new(),
            summaries: Summaries::default(),
            registry: Registry::default(),
        }
    }

    /// The repository that is read.
    pub fn repo(&self) -> &Rc<Repo> {
        &self.repo
    }

    /// The place as the map prints it.
    pub fn at(&self, span: Span) -> At {
        let source = self.source(span.file);
        At { file: source.file.clone(), line: source.line(span.start) }
    }

    /// The text that a span points into.
    pub fn source(&self, file: u32) -> &Rc<Source> {
        let index = usize::try_from(file).unwrap_or(0);
        self.sources.get(index).unwrap_or(&self.sources[0])
    }

    /// Whether the place lies in the analyzed repository.
    pub fn is_own(&self, span: Span) -> bool {
        !self.source(span.file).file.starts_with('<')
    }

    /// Takes in a text that is no module; gives its number.
    pub(crate) fn add_source(&mut self, file: String, text: String) -> u32 {
        self.sources.push(Rc::new(Source::new(file, text)));
        u32::try_from(self.sources.len() - 1).unwrap_or(0)
    }

    /// Shared text of a name.
    pub(crate) fn intern(&mut self, name: &str) -> Text {
        if let Some(known) = self.names.get(name) {
            return known.clone();
        }
        let text: Text = Rc::from(name);
        self.names.insert(Box::from(name), text.clone());
        text
    }

    /// Counts one step; false when the budget is used up.
    pub(crate) fn step(&mut self, at: Span) -> bool {
        self.steps = self.steps.saturating_add(1);
        let left = self.steps < self.steps_allowed;
        self.starved |= !left;
        if !left && !self.gave_up {
            self.gave_up = true;
            self.note(at, "evaluation", "gave up: this computes more than a declaration needs");
        }
        left
    }

    /// Counts the elements or characters that one step works through; false when there are many
    /// and the budget is used up. The rest of such a module is read: its steps must be small.
    pub(crate) fn charge(&mut self, size: usize) -> bool {
        let many = size > SIZE_UNPAID_MAX;
        let per_step = if many { MANY_PER_STEP_MAX } else { SIZE_PER_STEP_MAX };
        let steps = u32::try_from(size / per_step).unwrap_or(u32::MAX);
        self.steps = self.steps.saturating_add(steps);
        !many || self.steps < self.steps_allowed
    }

    /// How many more elements a list of this length may get.
    pub(crate) fn room(&self, len: usize) -> usize {
        let most = if self.is_tracing() { TRACED_LIST_MAX } else { LIST_MAX };
        most.saturating_sub(len)
    }

    /// Lowers the budget for a call that is nested `active` times in itself, so that a recursion
    /// that we fail to decide starves itself and not what follows it. One that walks over objects,
    /// each visited once, ends by itself. Nor may one statement of a module starve those below it:
    /// the call that it makes leaves them half. Gives the budget to restore.
    pub(crate) fn lower_budget(&mut self, active: usize, itself: bool) -> u32 {
        let outer = self.steps_allowed;
        let left = outer.saturating_sub(self.steps);
        let share = match (active, itself) {
            (0, _) if self.call_depth > 1 || self.is_tracing() => return outer,
            (1, true) => left / RECURSIVE_SHARE_MAX,
            _ => left / 2,
        };
        self.steps_allowed = self.steps + share;
        outer
    }

    /// Notes that something could not be seen.
    pub fn note(&mut self, at: Span, what: &str, why: &str) {
        if self.notes.len() < NOTES_MAX && self.is_own(at) {
            let at = self.at(at);
            self.notes.insert(Opaque { at, what: what.to_owned(), why: why.to_owned() });
        }
    }

    /// What could not be seen so far, by place.
    pub fn notes(&self) -> impl Iterator<Item = &Opaque> {
        self.notes.iter()
    }

    pub(crate) fn next_serial(&mut self) -> u32 {
        self.serial += 1;
        self.serial
    }

    /// An element made here and now.
    pub(crate) fn item(&self, value: Value, at: Span) -> Item {
        Item { value, at: self.site.unwrap_or(at), cond: self.cond.clone(), rest: false }
    }

    /// A binding made here and now.
    pub(crate) fn bind(&self, value: Value, at: Span) -> Binding {
        Binding { value, at, cond: self.cond.clone() }
    }

    /// A record of a method call, made here and now.
    pub(crate) fn recorded(&self, method: &Text, args: Args, at: Span) -> Recorded {
        Recorded { method: method.clone(), args, at, cond: self.cond.clone() }
    }

    /// An exception of a built-in class.
    #[expect(clippy::unused_self, reason = "raising reads as something that the evaluator does")]
    pub(crate) fn raise<T>(&self, kind: &str, message: &str, at: Span) -> Eval<T> {
        let path: Text = Rc::from(format!("builtins.{kind}"));
        let mut lineage = vec![path.clone()];
        let parents: &[&str] = match kind {
            "ModuleNotFoundError" => &["ImportError"],
            "KeyError" | "IndexError" => &["LookupError"],
            "FileNotFoundError" => &["OSError", "IOError", "EnvironmentError"],
            "NotImplementedError" => &["RuntimeError"],
            _ => &[],
        };
        lineage.extend(parents.iter().map(|p| Rc::from(format!("builtins.{p}"))));
        Err(Box::new(Raise { kind: path, lineage, value: Value::str(message), at }))
    }

    /// Whether a `try` around the current place catches the built-in exception.
    pub(crate) fn is_guarded(&self, kind: &str) -> bool {
        self.guards.iter().any(|guard| guard.catches_builtin(kind))
    }

    /// Whether the `try` right here waits for the built-in exception: code that asks forgiveness.
    pub(crate) fn awaits(&self, kind: &str) -> bool {
        let here = |guard: &&Guard| guard.depth == self.call_depth;
        self.guards.last().filter(here).is_some_and(|guard| guard.catches_builtin(kind))
    }

    /// An exception in words, for a note.
    pub(crate) fn told(&self, raise: &Raise) -> String {
        let at = self.at(raise.at);
        let value: String = format!("{:?}", raise.value).chars().take(RAISED_TEXT_MAX).collect();
        format!("this raises {}: {value} ({}:{})", raise.kind, at.file, at.line)
    }

    /// Whether a `try` around the current place catches the exception.
    pub(crate) fn is_caught(&self, raise: &Raise) -> bool {
        let caught =
            |kind: &Text| **kind == *"builtins.BaseException" || raise.lineage.contains(kind);
        let any = |guard: &Guard| {
            raise.lineage.is_empty() && !guard.catches.is_empty()
                || guard.catches.iter().any(caught)
        };
        self.guards.iter().any(any)
    }

    /// Evaluates as inside a `try` that catches the built-in exception.
    pub(crate) fn guarded<T>(&mut self, kind: &str, run: impl FnOnce(&mut Self) -> T) -> T {
        let catches = vec![Rc::from(format!("builtins.{kind}"))];
        self.guards.push(Guard { catches, doubt: false, depth: self.call_depth });
        let result = run(self);
        self.guards.pop();
        result
    }

    /// Notes that the built-in exception may or may not have been raised here.
    pub(crate) fn doubt(&mut self, kind: &str) {
        let innermost = self.guards.iter_mut().rev();
        for guard in innermost {
            if guard.catches_builtin(kind) {
                guard.doubt = true;
                return;
            }
        }
    }
}
