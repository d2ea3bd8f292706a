//! Statements, except what branches (see `branches.rs`) and class bodies (see `classes.rs`).

use std::cell::OnceCell;
use std::rc::Rc;

use ruff_python_ast::{Expr, Operator, Stmt, StmtFunctionDef};
use ruff_text_size::Ranged;

use super::evaluator::{Eval, Evaluator, Frame, FrameKind, Raise};
use super::modules::span;
use super::object::{Args, Body, Function, Scope};
use super::trace::Ends;
use super::value::{Item, Span, Value};

const PERMISSION_DENIED: &str = "django.core.exceptions.PermissionDenied";

/// How a statement ends.
#[derive(Debug)]
pub(crate) enum Flow {
    Next,
    Return(Value),
    Break,
    Continue,
}

/// Attribute of what a decorator without source made: it is there, whatever it is.
pub(crate) const DECORATED: &str = "__decorated__";

impl Evaluator {
    pub(crate) fn run(&mut self, f: &mut Frame, body: &[Stmt]) -> Eval<Flow> {
        for stmt in body {
            match self.statement(f, stmt) {
                Ok(Flow::Next) => {}
                Ok(flow) => return Ok(flow),
                // A module that surely raises would not import, so we have misread it. We keep what
                // the rest of it says; the same goes for the body of a class.
                Err(raise) if self.declares(f, &raise) => {
                    let at = span(f, stmt.start().to_u32());
                    if self.cond.is_always() {
                        self.note(at, "module", &self.told(&raise));
                    }
                    self.bind_misread(f, stmt, at);
                }
                Err(raise) => return Err(raise),
            }
        }
        Ok(Flow::Next)
    }

    /// Whether the frame holds declarations, and nothing around them is prepared for the exception.
    fn declares(&self, f: &Frame, raise: &Raise) -> bool {
        f.tries == 0
            && match f.kind {
                FrameKind::Module => true,
                FrameKind::Class => !self.is_caught(raise),
                FrameKind::Function => false,
            }
    }

    /// The name that a misread assignment binds exists, whatever its value is.
    fn bind_misread(&mut self, f: &mut Frame, stmt: &Stmt, at: Span) {
        let Stmt::Assign(assign) = stmt else { return };
        for target in &assign.targets {
            if let Expr::Name(name) = target
                && f.scope.get(name.id.as_str()).is_none()
            {
                let value = Value::unknown("an assignment that was misread", at);
                self.assign_name(f, name.id.as_str(), value, at);
            }
        }
    }

    fn statement(&mut self, f: &mut Frame, stmt: &Stmt) -> Eval<Flow> {
        let at = span(f, stmt.start().to_u32());
        if !self.step(at) && f.kind == FrameKind::Function {
            return Ok(Flow::Return(Value::unknown("evaluation budget used up", at)));
        }
        match stmt {
            Stmt::Expr(s) => drop(self.eval(f, &s.value)?),
            Stmt::Assign(s) => {
                let value = self.eval(f, &s.value)?;
                for target in &s.targets {
                    self.assign(f, target, value.clone())?;
                }
            }
            Stmt::AnnAssign(s) => {
                if let Some(value) = &s.value {
                    let value = self.eval(f, value)?;
                    self.assign(f, &s.target, value)?;
                }
            }
            Stmt::AugAssign(s) => self.augmented(f, &s.target, s.op, &s.value)?,
            Stmt::FunctionDef(s) => self.define(f, s)?,
            Stmt::ClassDef(s) => self.class_statement(f, s)?,
            Stmt::Import(s) => self.import_statement(f, s)?,
            Stmt::ImportFrom(s) => self.import_from_statement(f, s)?,
            Stmt::Return(s) => {
                let value = match &s.value {
                    Some(value) => self.eval(f, value)?,
                    None => Value::None,
                };
                return Ok(Flow::Return(value));
            }
            Stmt::Raise(s) => return self.raise_statement(f, s.exc.as_deref(), at),
            Stmt::Delete(s) => {
                for target in &s.targets {
                    self.delete(f, target)?;
                }
            }
            Stmt::Global(s) => f.globals.extend(s.names.iter().map(|n| Rc::from(n.as_str()))),
            Stmt::Nonlocal(s) => f.nonlocals.extend(s.names.iter().map(|n| Rc::from(n.as_str()))),
            Stmt::Break(_) => return Ok(Flow::Break),
            Stmt::Continue(_) => return Ok(Flow::Continue),
            Stmt::If(s) => return self.if_statement(f, s),
            Stmt::For(s) => return self.for_statement(f, s),
            Stmt::While(s) => return self.while_statement(f, s),
            Stmt::Try(s) => return self.try_statement(f, s),
            Stmt::With(s) => return self.with_statement(f, s),
            Stmt::Match(s) => return self.match_statement(f, s),
            Stmt::TypeAlias(s) => {
                let value = Value::external("typing.TypeAliasType");
                self.assign(f, &s.name, value)?;
            }
            Stmt::Assert(_) | Stmt::Pass(_) | Stmt::IpyEscapeCommand(_) => {}
        }
        Ok(Flow::Next)
    }

    /// Binds a name where Python would.
    pub(crate) fn assign_name(&mut self, f: &Frame, name: &str, value: Value, at: Span) {
        let name = self.intern(name);
        let (scope, outer) = if f.globals.contains(&name) {
            (f.module.scope.clone(), true)
        } else if f.nonlocals.contains(&name) {
            let holder = f.closure.iter().find(|s| s.names.borrow().contains_key(&name));
            (holder.unwrap_or(&f.scope).clone(), true)
        } else {
            (f.scope.clone(), false)
        };
        // Branches are joined for the names of the frame itself; elsewhere a conditional write
        // leaves the old value possible.
        let old = if outer && !self.cond.is_always() { scope.get(&name) } else { None };
        let value = match old {
            Some(old) => Value::either(old, value),
            None => value,
        };
        let binding = self.bind(value, at);
        scope.set(name, binding);
    }

    pub(crate) fn assign(&mut self, f: &mut Frame, target: &Expr, value: Value) -> Eval<()> {
        let at = span(f, target.start().to_u32());
        match target {
            Expr::Name(name) => self.assign_name(f, name.id.as_str(), value, at),
            Expr::Attribute(target) => {
                let object = self.eval(f, &target.value)?;
                let name = self.intern(target.attr.as_str());
                self.set_attribute(&object, &name, value, at);
            }
            Expr::Subscript(target) => {
                let object = self.eval(f, &target.value)?;
                let index = self.eval(f, &target.slice)?;
                self.set_item(&object, &index, value, at);
            }
            Expr::Tuple(tuple) => self.unpack(f, &tuple.elts, &value, at)?,
            Expr::List(list) => self.unpack(f, &list.elts, &value, at)?,
            Expr::Starred(starred) => self.assign(f, &starred.value, value)?,
            _ => {}
        }
        Ok(())
    }

    fn unpack(&mut self, f: &mut Frame, targets: &[Expr], value: &Value, at: Span) -> Eval<()> {
        let items = self.elements(value).filter(|items| items.iter().all(|i| !i.rest));
        let star = targets.iter().position(Expr::is_starred_expr);
        let fits = items.as_ref().is_some_and(|items| match star {
            Some(_) => items.len() + 1 >= targets.len(),
            None => items.len() == targets.len(),
        });
        let (Some(mut items), true) = (items, fits) else {
            for target in targets {
                let unknown = match value {
                    Value::Unknown(_) => value.clone(),
                    _ => Value::unknown("unpacked from something not seen", at),
                };
                self.assign(f, target, unknown)?;
            }
            return Ok(());
        };
        if let Some(star) = star {
            let tail = items.split_off(items.len() - (targets.len() - star - 1));
            let middle = items.split_off(star);
            items.push(self.item(Value::list(middle), at));
            items.extend(tail);
        }
        for (target, item) in targets.iter().zip(items) {
            self.assign(f, target, item.value)?;
        }
        Ok(())
    }

    fn augmented(&mut self, f: &mut Frame, target: &Expr, op: Operator, by: &Expr) -> Eval<()> {
        let old = self.eval(f, target)?;
        let value = self.eval(f, by)?;
        let at = span(f, by.start().to_u32());
        let new = self.in_place(&old, op, &value, at)?;
        self.assign(f, target, new)
    }

    fn in_place(&mut self, old: &Value, op: Operator, by: &Value, at: Span) -> Eval {
        match (old, op) {
            (Value::List(list), Operator::Add) => {
                let more = self.elements_or_rest(by, at);
                let mut items = list.items.borrow_mut();
                let room = self.room(items.len());
                items.extend(more.into_iter().take(room));
                drop(items);
                Ok(old.clone())
            }
            (Value::Dict(_), Operator::BitOr) => {
                self.update_dict(old, by, at);
                Ok(old.clone())
            }
            (Value::Choice(alternatives), _) => {
                let mut new = Vec::new();
                for mut alternative in alternatives.iter().cloned() {
                    alternative.value = self.in_place(&alternative.value, op, by, at)?;
                    new.push(alternative);
                }
                Ok(Value::choice(new))
            }
            (Value::Instance(_), Operator::Add | Operator::BitOr)
                if let Some(held) = super::intrinsics::held_unless(old, "__iadd__") =>
            {
                self.in_place(&held, op, by, at)?;
                Ok(old.clone())
            }
            // `X += [..]` on something unseen keeps what is added: that much is known.
            (Value::Unknown(_), Operator::Add) => match by {
                Value::List(_) | Value::Tuple(_) => {
                    let mut items = vec![Item { rest: true, ..self.item(old.clone(), at) }];
                    items.extend(self.elements_or_rest(by, at));
                    Ok(Value::list(items))
                }
                _ => Ok(old.clone()),
            },
            _ => self.binary(old, op, by, at),
        }
    }

    fn define(&mut self, f: &mut Frame, def: &StmtFunctionDef) -> Eval<()> {
        let at = span(f, def.name.range.start().to_u32());
        let name = self.intern(def.name.as_str());
        let mut defaults = Vec::new();
        for parameter in def.parameters.iter_non_variadic_params() {
            if let Some(default) = &parameter.default {
                let value = self.eval(f, default)?;
                defaults.push((self.intern(parameter.name().as_str()), value));
            }
        }
        let mut value = Value::Function(Rc::new(Function {
            name: name.clone(),
            qualname: f.qualified(&name),
            module: f.module.clone(),
            at,
            body: Body::Def(def.range.start().to_u32()),
            defaults,
            closure: f.closure_for_inner(),
            owner: OnceCell::new(),
            attrs: Scope::default(),
            memo: OnceCell::new(),
            path: OnceCell::new(),
        }));
        for decorator in def.decorator_list.iter().rev() {
            let at = span(f, decorator.range.start().to_u32());
            let wrapper = self.eval(f, &decorator.expression)?;
            value = self.decorate(&wrapper, value, at);
        }
        self.assign_name(f, &name, value, at);
        Ok(())
    }

    /// Applies a decorator. One that cannot be evaluated leaves what it decorates visible.
    pub(crate) fn decorate(&mut self, wrapper: &Value, value: Value, at: Span) -> Value {
        if wrapper.is_unknown() {
            return value;
        }
        super::intrinsics::mark_atomic(self, wrapper, &value, at);
        let args = Args::of([value.clone()], at);
        let made = match wrapper {
            // `etag(lambda request: ...)` makes a decorator; it is not the function inside it.
            Value::Call(call) => match super::intrinsics::call_result(self, call, &args, at) {
                Some(result) => result,
                None => Ok(self.opaque_call(wrapper, args, at)),
            },
            _ => self.call(wrapper, args, at),
        };
        match made {
            Ok(Value::Unknown(_) | Value::None) | Err(_) => value,
            Ok(decorated) => {
                if let Value::Call(call) = &decorated {
                    let binding = self.bind(Value::Bool(true), at);
                    call.attrs.set(Rc::from(DECORATED), binding);
                }
                decorated
            }
        }
    }

    fn delete(&mut self, f: &mut Frame, target: &Expr) -> Eval<()> {
        let at = span(f, target.start().to_u32());
        match target {
            Expr::Name(name) if self.cond.is_always() => {
                f.scope.names.borrow_mut().shift_remove(name.id.as_str());
            }
            Expr::Attribute(target) => {
                if let Value::Instance(instance) = self.eval(f, &target.value)? {
                    instance.attrs.names.borrow_mut().shift_remove(target.attr.as_str());
                }
            }
            Expr::Subscript(target) => {
                let object = self.eval(f, &target.value)?;
                let index = self.eval(f, &target.slice)?;
                if !self.charge(object.size()) {
                    return Ok(());
                }
                if let Value::Instance(instance) = &object
                    && let Some((_, method)) = instance.class.lookup("__delitem__")
                {
                    self.follow(&method.value, Args::of([object.clone(), index], at), at);
                } else {
                    let held = super::intrinsics::held_unless(&object, "__delitem__");
                    super::indexing::delete_item(&held.unwrap_or(object), &index);
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn raise_statement(&mut self, f: &mut Frame, exc: Option<&Expr>, at: Span) -> Eval<Flow> {
        let value = match exc {
            Some(exc) => self.eval(f, exc)?,
            None => f.scope.get("__raised__").unwrap_or(Value::None),
        };
        let lineage = Self::lineage(&value);
        if lineage.iter().any(|path| path.ends_with(".Http404")) {
            self.may_end(Ends::NOT_FOUND);
        }
        if lineage.iter().any(|path| &**path == PERMISSION_DENIED) {
            self.may_end(Ends::FORBIDDEN);
        }
        let kind = lineage.first().cloned().unwrap_or_else(|| Rc::from("an exception"));
        Err(Box::new(Raise { kind, lineage, value, at }))
    }

    /// Dotted paths of the classes of an exception.
    pub(crate) fn lineage(value: &Value) -> Vec<super::value::Text> {
        match value {
            Value::Class(class) => class.mro().iter().map(super::object::Base::path).collect(),
            Value::Instance(instance) => Self::lineage(&Value::Class(instance.class.clone())),
            Value::Call(call) => Self::lineage(&call.callee),
            Value::External(path) => vec![path.clone()],
            _ => Vec::new(),
        }
    }

    /// The names of a scope, to be put back when a branch is taken back.
    pub(crate) fn snapshot(f: &Frame) -> super::names::Names {
        f.scope.names.borrow().clone()
    }
}
