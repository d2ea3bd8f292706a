//! What branches: `if`, loops, `try`, `with`, `match`. A test that can be decided is followed;
//! otherwise both ways are evaluated, and what they leave behind is joined.

use std::rc::Rc;

use ruff_python_ast::{
    ExceptHandler, Expr, Pattern, Singleton, Stmt, StmtFor, StmtIf, StmtMatch, StmtTry, StmtWhile,
    StmtWith,
};
use ruff_text_size::Ranged;

use super::evaluator::{
    Eval, Evaluator, Frame, FrameKind, Guard, LOOP_MAX, Raise, TRACED_ROUNDS_MAX,
};
use super::modules::span;
use super::names::Names;
use super::object::{Args, Binding};
use super::parse::excerpt;
use super::rounds::Rounds;
use super::statements::Flow;
use super::value::{Alternative, Cond, Text, Value};

/// Characters of a test that a condition quotes.
const CONDITION_TEXT_MAX: usize = 80;

impl Evaluator {
    pub(crate) fn condition(&mut self, f: &Frame, test: &Expr) -> Cond {
        let at = span(f, test.start().to_u32());
        let key = (at, test.end().to_u32());
        if let Some(text) = self.tests.get(&key) {
            return self.cond.and(text.clone(), at);
        }
        let text: Text = Rc::from(excerpt(self.source(at.file), test, CONDITION_TEXT_MAX));
        self.tests.insert(key, text.clone());
        self.cond.and(text, at)
    }

    pub(crate) fn if_statement(&mut self, f: &mut Frame, stmt: &StmtIf) -> Eval<Flow> {
        let mut arms: Vec<(Option<&Expr>, &[Stmt])> = vec![(Some(&stmt.test), &stmt.body)];
        arms.extend(stmt.elif_else_clauses.iter().map(|c| (c.test.as_ref(), &*c.body)));
        self.arms(f, &arms)
    }

    fn arms(&mut self, f: &mut Frame, arms: &[(Option<&Expr>, &[Stmt])]) -> Eval<Flow> {
        let Some(((test, body), rest)) = arms.split_first() else { return Ok(Flow::Next) };
        let Some(test) = test else { return self.run(f, body) };
        let value = self.eval(f, test)?;
        let truth = self.truth(&value);
        match truth {
            Some(true) if !self.may_turn(&value, true) => self.run(f, body),
            Some(false) if !self.may_turn(&value, false) => self.arms(f, rest),
            _ => {
                let conds = self.conditions(f, test, truth);
                self.either_way(f, &conds, |ev, f| ev.run(f, body), |ev, f| ev.arms(f, rest))
            }
        }
    }

    /// Under which conditions the two ways of a test are taken. The one that the default
    /// environment takes is taken always, the other one is unlikely.
    pub(crate) fn conditions(
        &mut self,
        f: &Frame,
        test: &Expr,
        truth: Option<bool>,
    ) -> (Cond, Cond) {
        let cond = self.condition(f, test);
        let unlikely = |ev: &Self| {
            let (text, at) = cond.innermost().unwrap_or_default();
            ev.cond.and_unlikely(Rc::from(text), at)
        };
        match truth {
            Some(true) => (self.cond.clone(), unlikely(self)),
            Some(false) => (unlikely(self), self.cond.clone()),
            None => (cond.clone(), cond),
        }
    }

    pub(crate) fn undecided(
        &mut self,
        f: &mut Frame,
        cond: &Cond,
        one: impl FnOnce(&mut Self, &mut Frame) -> Eval<Flow>,
        other: impl FnOnce(&mut Self, &mut Frame) -> Eval<Flow>,
    ) -> Eval<Flow> {
        self.either_way(f, &(cond.clone(), cond.clone()), one, other)
    }

    /// Evaluates both ways from the same state and joins what they leave behind.
    fn either_way(
        &mut self,
        f: &mut Frame,
        conds: &(Cond, Cond),
        one: impl FnOnce(&mut Self, &mut Frame) -> Eval<Flow>,
        other: impl FnOnce(&mut Self, &mut Frame) -> Eval<Flow>,
    ) -> Eval<Flow> {
        let outer = self.cond.clone();
        let held = f.scope.names.borrow().len();
        if !self.charge(held) {
            // Too much to copy: the second way sees what the first one left.
            self.cond = conds.0.clone();
            let first = one(self, f);
            self.cond = conds.1.clone();
            let flow = first.and_then(|_| other(self, f));
            self.cond = outer;
            return flow;
        }
        let before = Self::snapshot(f);
        self.cond = conds.0.clone();
        let first = one(self, f);
        let after_first = f.scope.names.replace(before);
        self.cond = conds.1.clone();
        let second = other(self, f);
        self.cond = outer;
        // Where only one way returns, the rest of the function lies behind the test.
        let returns = |flow: &Eval<Flow>| matches!(flow, Ok(Flow::Return(_)));
        if returns(&first) != returns(&second)
            && let Some((_, test)) = conds.0.innermost().or(conds.1.innermost())
        {
            self.lie_behind(Some(test));
        }
        let after_second = f.scope.names.take();
        let (names, flow) = join_flows(f, conds, (after_first, first), (after_second, second));
        f.scope.names.replace(names);
        flow
    }

    pub(crate) fn for_statement(&mut self, f: &mut Frame, stmt: &StmtFor) -> Eval<Flow> {
        let at = span(f, stmt.iter.start().to_u32());
        let sequence = self.eval(f, &stmt.iter)?;
        let mut rounds = Rounds::default();
        for item in self.elements_or_rest(&sequence, at).into_iter().take(LOOP_MAX) {
            if !self.step(at) {
                break;
            }
            if rounds.had(self, &item) {
                continue;
            }
            let flow = if item.rest || !item.cond.holds_in(&self.cond) {
                let cond = if item.rest { self.condition(f, &stmt.iter) } else { item.cond };
                self.undecided(
                    f,
                    &cond,
                    |ev, f| {
                        ev.assign(f, &stmt.target, item.value)?;
                        ev.run(f, &stmt.body)
                    },
                    |_, _| Ok(Flow::Next),
                )?
            } else {
                self.assign(f, &stmt.target, item.value)?;
                self.run(f, &stmt.body)?
            };
            match flow {
                Flow::Break => return Ok(Flow::Next),
                Flow::Return(value) => return Ok(Flow::Return(value)),
                Flow::Next | Flow::Continue => {}
            }
        }
        self.run(f, &stmt.orelse)
    }

    pub(crate) fn while_statement(&mut self, f: &mut Frame, stmt: &StmtWhile) -> Eval<Flow> {
        self.whiles += 1;
        let flow = self.rounds(f, stmt);
        self.whiles -= 1;
        flow
    }

    fn rounds(&mut self, f: &mut Frame, stmt: &StmtWhile) -> Eval<Flow> {
        let at = span(f, stmt.test.start().to_u32());
        let tracing = self.is_tracing();
        for _ in 0..if tracing { TRACED_ROUNDS_MAX } else { LOOP_MAX } {
            let test = self.eval(f, &stmt.test)?;
            match self.truth(&test) {
                Some(false) => return self.run(f, &stmt.orelse),
                Some(true) if self.step(at) => match self.run(f, &stmt.body)? {
                    Flow::Break => return Ok(Flow::Next),
                    Flow::Return(value) => return Ok(Flow::Return(value)),
                    Flow::Next | Flow::Continue => {}
                },
                Some(true) => break,
                None => {
                    let cond = self.condition(f, &stmt.test);
                    let body = |ev: &mut Self, f: &mut Frame| ev.run(f, &stmt.body);
                    let flow = self.undecided(f, &cond, body, |_, _| Ok(Flow::Next))?;
                    return Ok(match flow {
                        Flow::Return(value) => Flow::Return(value),
                        _ => Flow::Next,
                    });
                }
            }
        }
        if !tracing {
            self.note(at, "loop", "a loop that was not followed to its end");
        }
        Ok(Flow::Next)
    }

    pub(crate) fn try_statement(&mut self, f: &mut Frame, stmt: &StmtTry) -> Eval<Flow> {
        let handlers: Vec<_> =
            stmt.handlers.iter().map(|ExceptHandler::ExceptHandler(handler)| handler).collect();
        let mut catches = Vec::new();
        for handler in &handlers {
            catches.extend(self.caught(f, handler.type_.as_deref())?);
        }
        let guard = Guard { catches, doubt: false, depth: self.call_depth };
        // Only imports leave a doubt whether they raised.
        let imports = ["ImportError", "ModuleNotFoundError"];
        let may_doubt = imports.iter().any(|kind| guard.catches_builtin(kind));
        let before = if may_doubt { Self::snapshot(f) } else { Names::default() };
        self.guards.push(guard);
        f.tries += 1;
        let result = self.run(f, &stmt.body);
        f.tries -= 1;
        let doubt = self.guards.pop().is_some_and(|guard| guard.doubt);
        let result = match result {
            Err(raise) => {
                // What the project raises itself is meant; the rest may be misread.
                if matches!(raise.value, Value::Str(_)) {
                    self.lost(&raise, raise.at);
                }
                self.handle(f, &handlers, raise)
            }
            Ok(flow) if doubt => {
                let after_body = f.scope.names.replace(before);
                let cond =
                    self.cond.and(Rc::from("the import succeeds"), span(f, stmt.start().to_u32()));
                let text = "ImportError";
                let at = span(f, stmt.start().to_u32());
                self.undecided(
                    f,
                    &cond,
                    |ev, f| {
                        f.scope.names.replace(after_body);
                        if matches!(flow, Flow::Next) { ev.run(f, &stmt.orelse) } else { Ok(flow) }
                    },
                    |ev, f| match ev.raise::<Flow>(text, "undecided import", at) {
                        Err(raise) => ev.handle(f, &handlers, raise),
                        Ok(flow) => Ok(flow),
                    },
                )
            }
            Ok(flow) if self.is_tracing() => self.after_try(f, flow, stmt, &handlers),
            Ok(Flow::Next) => self.run(f, &stmt.orelse),
            Ok(flow) => Ok(flow),
        };
        match self.run(f, &stmt.finalbody)? {
            Flow::Next => result,
            flow => Ok(flow),
        }
    }

    /// A body that is traced may raise what its handlers catch: each of them may run.
    fn after_try(
        &mut self,
        f: &mut Frame,
        flow: Flow,
        stmt: &StmtTry,
        handlers: &[&ruff_python_ast::ExceptHandlerExceptHandler],
    ) -> Eval<Flow> {
        let Some((handler, rest)) = handlers.split_first() else {
            return match flow {
                Flow::Next => self.run(f, &stmt.orelse),
                flow => Ok(flow),
            };
        };
        if self.is_for_broken_data(f, handler.type_.as_deref())? {
            return self.after_try(f, flow, stmt, rest);
        }
        let at = span(f, handler.range.start().to_u32());
        let cond = self.cond.and(Rc::from("an exception is raised"), at);
        self.undecided(
            f,
            &cond,
            |ev, f| {
                if let Some(name) = &handler.name {
                    let value = Value::unknown("an exception", at);
                    ev.assign_name(f, name.as_str(), value, at);
                }
                ev.run(f, &handler.body)
            },
            |ev, f| ev.after_try(f, flow, stmt, rest),
        )
    }

    /// Whether a handler is for rows that must not be there: over sound data nothing runs it.
    fn is_for_broken_data(&mut self, f: &mut Frame, types: Option<&Expr>) -> Eval<bool> {
        let Some(types) = types else { return Ok(false) };
        let class = self.eval(f, types)?.path();
        Ok(class.is_some_and(|path| path.ends_with(".MultipleObjectsReturned")))
    }

    /// Dotted paths of the exceptions that a handler catches; a bare one catches all.
    fn caught(&mut self, f: &mut Frame, types: Option<&Expr>) -> Eval<Vec<Text>> {
        let Some(types) = types else { return Ok(everything()) };
        let value = self.eval(f, types)?;
        let classes = match self.elements(&value) {
            Some(items) => items.into_iter().map(|item| item.value).collect(),
            None => vec![value],
        };
        let mut caught: Vec<Text> = Vec::new();
        for class in classes {
            match class.path() {
                Some(path) if matches!(&*path, "builtins.Exception" | "builtins.BaseException") => {
                    caught.extend(everything());
                }
                Some(path) if &*path == "builtins.ImportError" => {
                    caught.extend([path, Rc::from("builtins.ModuleNotFoundError")]);
                }
                Some(path) if &*path == "builtins.LookupError" => {
                    caught.extend([path, Rc::from("builtins.KeyError")]);
                }
                Some(path) => caught.push(path),
                None => {}
            }
        }
        Ok(caught)
    }

    fn handle(
        &mut self,
        f: &mut Frame,
        handlers: &[&ruff_python_ast::ExceptHandlerExceptHandler],
        raise: Box<Raise>,
    ) -> Eval<Flow> {
        for handler in handlers {
            let caught = self.caught(f, handler.type_.as_deref())?;
            let all = caught.iter().any(|c| &**c == "builtins.BaseException");
            let unknown = raise.lineage.is_empty();
            if all || unknown || raise.lineage.iter().any(|kind| caught.contains(kind)) {
                if let Some(name) = &handler.name {
                    self.assign_name(f, name.as_str(), raise.value.clone(), raise.at);
                }
                return self.run(f, &handler.body);
            }
        }
        Err(raise)
    }

    pub(crate) fn with_statement(&mut self, f: &mut Frame, stmt: &StmtWith) -> Eval<Flow> {
        let mut suppressed = Vec::new();
        let mut atomic = None;
        for item in &stmt.items {
            let manager = self.eval(f, &item.context_expr)?;
            let at = span(f, item.context_expr.start().to_u32());
            if super::intrinsics::is_atomic(&manager, 0) {
                atomic = atomic.or(Some(at));
            }
            if let Value::Call(call) = &manager
                && call.path().is_some_and(|p| &*p == "contextlib.suppress")
            {
                let classes = call.args.positional.iter().filter_map(|i| i.value.path());
                suppressed.extend(classes);
            }
            if let Some(target) = &item.optional_vars {
                let enter = self.intern("__enter__");
                let value = match (&manager, self.find_attribute(&manager, &enter, at)) {
                    (Value::Instance(_), Ok(Some(method))) => {
                        self.call(&method, Args::default(), at)?
                    }
                    _ => manager,
                };
                self.assign(f, target, value)?;
            }
        }
        if suppressed.is_empty() {
            return match atomic {
                Some(at) => self.in_atomic(at, |ev| ev.run(f, &stmt.body)),
                None => self.run(f, &stmt.body),
            };
        }
        self.guards.push(Guard {
            catches: suppressed.clone(),
            doubt: false,
            depth: self.call_depth,
        });
        f.tries += 1;
        let result = self.run(f, &stmt.body);
        f.tries -= 1;
        self.guards.pop();
        match result {
            Err(raise) if raise.lineage.iter().any(|kind| suppressed.contains(kind)) => {
                Ok(Flow::Next)
            }
            other => other,
        }
    }

    pub(crate) fn match_statement(&mut self, f: &mut Frame, stmt: &StmtMatch) -> Eval<Flow> {
        let subject = self.eval(f, &stmt.subject)?;
        self.cases(f, &subject, &stmt.cases)
    }

    fn cases(
        &mut self,
        f: &mut Frame,
        subject: &Value,
        cases: &[ruff_python_ast::MatchCase],
    ) -> Eval<Flow> {
        let Some((case, rest)) = cases.split_first() else { return Ok(Flow::Next) };
        let mut matches = self.matches(f, subject, &case.pattern)?;
        if let (Some(true), Some(guard)) = (matches, &case.guard) {
            let guard = self.eval(f, guard)?;
            matches = self.truth(&guard);
        }
        match matches {
            Some(true) => self.run(f, &case.body),
            Some(false) => self.cases(f, subject, rest),
            None => {
                let at = span(f, case.pattern.start().to_u32());
                let cond = self.cond.and(Rc::from("case"), at);
                let body = |ev: &mut Self, f: &mut Frame| ev.run(f, &case.body);
                self.undecided(f, &cond, body, |ev, f| ev.cases(f, subject, rest))
            }
        }
    }

    fn matches(&mut self, f: &mut Frame, subject: &Value, pattern: &Pattern) -> Eval<Option<bool>> {
        Ok(match pattern {
            Pattern::MatchValue(p) => {
                let value = self.eval(f, &p.value)?;
                self.equal(subject, &value)
            }
            Pattern::MatchSingleton(p) => {
                let value = match p.value {
                    Singleton::None => Value::None,
                    Singleton::True => Value::Bool(true),
                    Singleton::False => Value::Bool(false),
                };
                self.equal(subject, &value)
            }
            Pattern::MatchOr(p) => {
                let mut any = Some(false);
                for pattern in &p.patterns {
                    match self.matches(f, subject, pattern)? {
                        Some(true) => return Ok(Some(true)),
                        None => any = None,
                        Some(false) => {}
                    }
                }
                any
            }
            Pattern::MatchAs(p) => {
                let inner = match &p.pattern {
                    Some(inner) => self.matches(f, subject, inner)?,
                    None => Some(true),
                };
                if let Some(name) = &p.name {
                    let at = span(f, name.range.start().to_u32());
                    self.assign_name(f, name.as_str(), subject.clone(), at);
                }
                inner
            }
            _ => None,
        })
    }
}

thread_local! {
    /// Names of what a bare `except` catches, as far as it matters here.
    static EVERYTHING: [Text; 11] = [
        "BaseException",
        "Exception",
        "ImportError",
        "ModuleNotFoundError",
        "KeyError",
        "AttributeError",
        "LookupError",
        "IndexError",
        "NameError",
        "ValueError",
        "TypeError",
    ].map(|name| Rc::from(format!("builtins.{name}")));
}

fn everything() -> Vec<Text> {
    EVERYTHING.with(|all| all.to_vec())
}

/// What two undecided ways leave behind together: the names, and how the statement ends.
fn join_flows(
    f: &mut Frame,
    conds: &(Cond, Cond),
    (names_a, a): (Names, Eval<Flow>),
    (names_b, b): (Names, Eval<Flow>),
) -> (Names, Eval<Flow>) {
    let stays = |flow: &Eval<Flow>| matches!(flow, Ok(Flow::Next | Flow::Break | Flow::Continue));
    let raises = |flow: &Eval<Flow>| flow.is_err();
    match (stays(&a), stays(&b)) {
        (true, true) => (join_names(names_a, names_b, conds), Ok(Flow::Next)),
        // The default way raises and the unlikely one goes on: then this raises.
        (true, false) if raises(&b) && conds.0.is_unlikely() && !conds.1.is_unlikely() => {
            (names_b, b)
        }
        (false, true) if raises(&a) && conds.1.is_unlikely() && !conds.0.is_unlikely() => {
            (names_a, a)
        }
        (true, false) => leave(f, b, &conds.1, (names_a, &conds.0)),
        (false, true) => leave(f, a, &conds.0, (names_b, &conds.1)),
        (false, false) => {
            let names = join_names(names_a, names_b, conds);
            let flow = match (a, b) {
                (Ok(Flow::Return(a)), Ok(Flow::Return(b))) => {
                    let a = Alternative { value: a, cond: conds.0.clone() };
                    let b = Alternative { value: b, cond: conds.1.clone() };
                    Ok(Flow::Return(Value::choice([a, b])))
                }
                (Ok(Flow::Return(value)), _) | (_, Ok(Flow::Return(value))) => {
                    Ok(Flow::Return(value))
                }
                (Err(raise), _) | (_, Err(raise)) => Err(raise),
                (Ok(flow), Ok(_)) => Ok(flow),
            };
            (names, flow)
        }
    }
}

/// One way leaves the function, the other goes on. An undecided `return` is kept for the end of the
/// function, unless what goes on is unlikely; an undecided `raise` is dropped: code that goes on is
/// what declares something.
fn leave(
    f: &mut Frame,
    flow: Eval<Flow>,
    cond: &Cond,
    rest: (Names, &Cond),
) -> (Names, Eval<Flow>) {
    let (names, rest) = rest;
    match flow {
        Ok(Flow::Return(value)) if rest.is_unlikely() && !cond.is_unlikely() => {
            (names, Ok(Flow::Return(value)))
        }
        Ok(Flow::Return(value)) => {
            debug_assert!(f.kind == FrameKind::Function, "only functions return");
            f.returns.push(Alternative { value, cond: cond.clone() });
            (names, Ok(Flow::Next))
        }
        _ => (names, Ok(Flow::Next)),
    }
}

fn join_names(mut one: Names, other: Names, conds: &(Cond, Cond)) -> Names {
    for (name, binding) in other {
        match one.get_mut(&name) {
            Some(mine) if mine.value.is_same(&binding.value) => {
                if binding.cond.is_always() || mine.cond.is_always() {
                    mine.cond = Cond::default();
                }
            }
            Some(mine) => {
                let first = Alternative { value: mine.value.clone(), cond: conds.0.clone() };
                let second = Alternative { value: binding.value, cond: conds.1.clone() };
                mine.value = Value::choice([first, second]);
                mine.cond = Cond::default();
            }
            None => {
                let cond = if binding.cond.is_always() { conds.1.clone() } else { binding.cond };
                one.insert(name, Binding { cond, ..binding });
            }
        }
    }
    one
}
