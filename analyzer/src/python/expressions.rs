//! Expressions.

use std::cell::OnceCell;
use std::rc::Rc;

use ruff_python_ast::{
    Arguments, BoolOp, Comprehension, Expr, ExprBoolOp, ExprCall, ExprCompare, ExprDict,
    ExprLambda, ExprSubscript, Number, UnaryOp,
};
use ruff_text_size::Ranged;

use super::evaluator::{Eval, Evaluator, Frame, FrameKind, LIST_MAX};
use super::intrinsics;
use super::modules::span;
use super::object::{Args, Body, Function, Scope, SuperOf};
use super::rounds::Rounds;
use super::statements::Flow;
use super::text;
use super::value::{Alternative, Dict, Item, Span, Value};

/// Steps that an exception costs which nobody catches: a loop that it should have ended goes on.
const RAISE_STEPS: u32 = 1_000;

impl Evaluator {
    /// The value of an expression.
    ///
    /// What raises here and is caught nowhere would keep the project from starting. Since it does
    /// start, the mistake is ours: the smallest expression around it is unknown, the rest stands.
    pub(crate) fn eval(&mut self, f: &mut Frame, expr: &Expr) -> Eval {
        match self.expression(f, expr) {
            Err(raise) if !self.is_caught(&raise) => {
                let at = span(f, expr.start().to_u32());
                if self.whiles > 0 {
                    self.steps = self.steps.saturating_add(RAISE_STEPS);
                }
                if self.cond.is_always() && f.kind != FrameKind::Function {
                    self.note(at, "module", &self.told(&raise));
                }
                self.lost(&raise, at);
                Ok(Value::unknown("something that raises", at))
            }
            result => result,
        }
    }

    fn expression(&mut self, f: &mut Frame, expr: &Expr) -> Eval {
        let at = span(f, expr.start().to_u32());
        Ok(match expr {
            Expr::NoneLiteral(_)
            | Expr::BooleanLiteral(_)
            | Expr::NumberLiteral(_)
            | Expr::StringLiteral(_)
            | Expr::BytesLiteral(_)
            | Expr::EllipsisLiteral(_) => literal(expr, at),
            Expr::FString(e) => text::f_string(self, f, &e.value, at)?,
            Expr::Name(e) => match Self::load(f, e.id.as_str()) {
                Some(value) => value,
                None if self.is_guarded("NameError") => {
                    return self.raise("NameError", e.id.as_str(), at);
                }
                None => Value::unknown(&format!("the name {} is not defined", e.id), at),
            },
            Expr::Attribute(e) => {
                let object = self.eval(f, &e.value)?;
                let name = self.intern(e.attr.as_str());
                match self.find_attribute(&object, &name, at)? {
                    Some(found) => found,
                    None => {
                        self.absent("AttributeError", &format!("{object:?} has no {name}"), at)?
                    }
                }
            }
            Expr::Call(e) => self.call_expression(f, e)?,
            Expr::List(e) => Value::list(self.sequence(f, &e.elts)?),
            Expr::Tuple(e) => Value::tuple(self.sequence(f, &e.elts)?),
            Expr::Set(e) => Value::set(self.sequence(f, &e.elts)?),
            Expr::Dict(e) => self.dictionary(f, e)?,
            Expr::BinOp(e) => {
                let left = self.eval(f, &e.left)?;
                let right = self.eval(f, &e.right)?;
                self.binary(&left, e.op, &right, at)?
            }
            Expr::UnaryOp(e) => {
                let operand = self.eval(f, &e.operand)?;
                let own = match e.op {
                    UnaryOp::Invert => self.inverted(&operand, at),
                    _ => None,
                };
                own.unwrap_or_else(|| Ok(self.unary(e.op, &operand, at)))?
            }
            Expr::BoolOp(e) => self.boolean(f, e)?,
            Expr::Compare(e) => self.comparison(f, e)?,
            Expr::If(e) => self.conditional(f, &e.test, &e.body, &e.orelse)?,
            Expr::Lambda(e) => self.lambda(f, e)?,
            Expr::Subscript(e) => self.subscript_expression(f, e)?,
            Expr::Named(e) => {
                let value = self.eval(f, &e.value)?;
                self.assign(f, &e.target, value.clone())?;
                value
            }
            Expr::Starred(e) => self.eval(f, &e.value)?,
            Expr::ListComp(e) => Value::list(self.comprehend(f, &e.generators, &e.elt)?),
            Expr::Generator(e) => Value::list(self.comprehend(f, &e.generators, &e.elt)?),
            Expr::SetComp(e) => Value::set(self.comprehend(f, &e.generators, &e.elt)?),
            Expr::DictComp(e) => match &e.key {
                Some(key) => self.dict_comprehension(f, &e.generators, key, &e.value)?,
                None => Value::unknown("an unpacking comprehension", at),
            },
            Expr::Await(e) => self.eval(f, &e.value)?,
            Expr::Yield(_) | Expr::YieldFrom(_) => self.yielded(f, expr, at)?,
            Expr::TString(_) | Expr::Slice(_) | Expr::IpyEscapeCommand(_) => {
                Value::unknown("an expression that is not followed", at)
            }
        })
    }

    fn yielded(&mut self, f: &mut Frame, expr: &Expr, at: Span) -> Eval {
        let items = match expr {
            Expr::Yield(e) => {
                let value = match &e.value {
                    Some(value) => self.eval(f, value)?,
                    None => Value::None,
                };
                vec![self.item(value, at)]
            }
            Expr::YieldFrom(e) => {
                let value = self.eval(f, &e.value)?;
                self.elements_or_rest(&value, at)
            }
            _ => Vec::new(),
        };
        f.yields.get_or_insert_default().extend(items);
        Ok(Value::unknown("what is sent into a generator", at))
    }

    fn subscript_expression(&mut self, f: &mut Frame, e: &ExprSubscript) -> Eval {
        let at = span(f, e.range.start().to_u32());
        let object = self.eval(f, &e.value)?;
        if let Expr::Slice(slice) = &*e.slice {
            let bounds = [&slice.lower, &slice.upper, &slice.step];
            let mut values = Vec::with_capacity(3);
            for bound in bounds {
                values.push(match bound {
                    Some(bound) => self.eval(f, bound)?,
                    None => Value::None,
                });
            }
            match intrinsics::slice(self, &object) {
                Some(rows) => rows,
                None => Ok(text::slice(&object, &values, at)),
            }
        } else {
            let index = self.eval(f, &e.slice)?;
            self.subscript(&object, &index, at)
        }
    }

    /// What a name is bound to where the frame stands.
    pub(crate) fn load(f: &Frame, name: &str) -> Option<Value> {
        if !f.globals.iter().any(|g| &**g == name) {
            if let Some(value) = f.scope.get(name) {
                return Some(value);
            }
            for scope in f.closure.iter() {
                if let Some(value) = scope.get(name) {
                    return Some(value);
                }
            }
        }
        if let Some(value) = f.module.scope.get(name) {
            return Some(value);
        }
        if let Some(builtin) = intrinsics::builtin(name) {
            return Some(builtin);
        }
        f.module.open.borrow().as_ref().map(|why| Value::Unknown(why.clone()))
    }

    fn sequence(&mut self, f: &mut Frame, elements: &[Expr]) -> Eval<Vec<Item>> {
        let mut items = Vec::with_capacity(elements.len());
        for element in elements.iter().take(LIST_MAX) {
            let at = span(f, element.start().to_u32());
            let value = self.eval(f, element)?;
            if element.is_starred_expr() {
                items.extend(self.elements_or_rest(&value, at));
            } else {
                items.push(self.item(value, at));
            }
        }
        Ok(items)
    }

    fn dictionary(&mut self, f: &mut Frame, expr: &ExprDict) -> Eval {
        let dict = Rc::new(Dict::default());
        let whole = Value::Dict(dict.clone());
        for entry in &expr.items {
            let at = span(f, entry.value.start().to_u32());
            if let Some(key) = &entry.key {
                let key = self.eval(f, key)?;
                let value = self.eval(f, &entry.value)?;
                self.set_entry(&dict, &key, value, at);
            } else {
                let more = self.eval(f, &entry.value)?;
                self.update_dict(&whole, &more, at);
            }
        }
        Ok(whole)
    }

    fn boolean(&mut self, f: &mut Frame, expr: &ExprBoolOp) -> Eval {
        let decisive = expr.op == BoolOp::Or;
        let mut possible: Vec<Alternative> = Vec::new();
        let outer = self.cond.clone();
        let mut last = Value::None;
        for (index, operand) in expr.values.iter().enumerate() {
            let value = match self.eval(f, operand) {
                Ok(value) => value,
                Err(raise) if possible.is_empty() => return Err(raise),
                // Behind an undecided operand a raise is only possible.
                Err(raise) => Value::unknown("an operand that raises", raise.at),
            };
            let truth = self.truth(&value);
            let is_last = index + 1 == expr.values.len();
            last = value.clone();
            if is_last {
                break;
            }
            match truth {
                Some(truth) if truth == decisive => break,
                // By default evaluation goes on; another environment would end it here.
                Some(truth) if self.may_turn(&value, truth) => {
                    let unlikely =
                        value.alternatives().into_iter().filter(|a| a.cond.is_unlikely());
                    possible.extend(unlikely);
                }
                Some(_) => {}
                None => {
                    let cond = self.condition(f, operand);
                    possible.push(Alternative { value, cond: cond.clone() });
                    self.cond = cond;
                }
            }
        }
        self.cond = outer;
        // `unknown and False` is not known, but false it is.
        let false_anyway = !decisive && self.truth(&last) == Some(false);
        if possible.is_empty() || false_anyway && !self.may_turn(&last, false) {
            return Ok(last);
        }
        possible.push(Alternative { value: last, cond: self.cond.clone() });
        // `flag and x` where only the flag is not known says what it would be, not that it is; a
        // test of both is not known.
        let sure = |a: &Alternative| matches!(a.value, Value::Bool(true));
        let test = self.is_tracing() && possible.last().is_some_and(sure);
        if !decisive && !test && possible.iter().any(|a| !a.value.is_unknown()) {
            possible.retain(|a| !a.value.is_unknown());
        }
        Ok(Value::choice(possible))
    }

    fn comparison(&mut self, f: &mut Frame, expr: &ExprCompare) -> Eval {
        let mut left = self.eval(f, &expr.left)?;
        let mut whole = Value::Bool(true);
        let at = span(f, expr.range.start().to_u32());
        for (op, right) in expr.ops.iter().zip(expr.comparators.iter()) {
            let right = self.eval(f, right)?;
            let answer = self.comparison_value(&left, *op, &right, at);
            match (self.truth(&whole), self.truth(&answer)) {
                (_, Some(false)) | (Some(true), _) => whole = answer,
                _ => {}
            }
            if matches!(whole, Value::Bool(false)) {
                break;
            }
            left = right;
        }
        Ok(whole)
    }

    fn conditional(&mut self, f: &mut Frame, test: &Expr, yes: &Expr, no: &Expr) -> Eval {
        let value = self.eval(f, test)?;
        let truth = self.truth(&value);
        match truth {
            Some(true) if !self.may_turn(&value, true) => self.eval(f, yes),
            Some(false) if !self.may_turn(&value, false) => self.eval(f, no),
            _ => {
                let outer = self.cond.clone();
                let (cond, other) = self.conditions(f, test, truth);
                self.cond = cond.clone();
                let yes = self.eval(f, yes);
                self.cond = other.clone();
                let no = self.eval(f, no);
                self.cond = outer;
                match (yes, no) {
                    (Ok(yes), Ok(no)) => Ok(Value::choice([
                        Alternative { value: yes, cond },
                        Alternative { value: no, cond: other },
                    ])),
                    (Ok(value), Err(_)) | (Err(_), Ok(value)) => Ok(value),
                    (Err(raise), Err(_)) => Err(raise),
                }
            }
        }
    }

    fn lambda(&mut self, f: &mut Frame, expr: &ExprLambda) -> Eval {
        let at = span(f, expr.range.start().to_u32());
        let mut defaults = Vec::new();
        for parameter in expr.parameters.iter().flat_map(|p| p.iter_non_variadic_params()) {
            if let Some(default) = &parameter.default {
                let value = self.eval(f, default)?;
                defaults.push((self.intern(parameter.name().as_str()), value));
            }
        }
        Ok(Value::Function(Rc::new(Function {
            name: self.intern("<lambda>"),
            qualname: f.qualified("<lambda>"),
            module: f.module.clone(),
            at,
            body: Body::Lambda(Rc::new(expr.clone())),
            defaults,
            closure: f.closure_for_inner(),
            owner: OnceCell::new(),
            attrs: Scope::default(),
            memo: OnceCell::new(),
            path: OnceCell::new(),
        })))
    }

    fn call_expression(&mut self, f: &mut Frame, expr: &ExprCall) -> Eval {
        let at = span(f, expr.start().to_u32());
        if let Expr::Name(name) = &*expr.func
            && let Some(value) = self.frame_call(f, name.id.as_str(), expr)
        {
            return value;
        }
        let callee = self.eval(f, &expr.func)?;
        let args = self.arguments(f, &expr.arguments)?;
        self.call(&callee, args, at)
    }

    /// Built-in functions whose answer depends on where they are called.
    fn frame_call(&mut self, f: &mut Frame, name: &str, expr: &ExprCall) -> Option<Eval> {
        if !matches!(name, "super" | "globals" | "locals" | "vars") || Self::load(f, name).is_none()
        {
            return None;
        }
        let at = span(f, expr.start().to_u32());
        let empty = expr.arguments.args.is_empty();
        match name {
            "globals" => Some(Ok(Value::Module(f.module.clone()))),
            "locals" if f.kind == FrameKind::Module => Some(Ok(Value::Module(f.module.clone()))),
            "locals" => {
                let names = f.scope.names.borrow();
                let entries =
                    names.iter().map(|(n, b)| (n.clone(), Item::new(b.value.clone(), b.at)));
                Some(Ok(self.dict_of(entries.collect::<Vec<_>>())))
            }
            "vars" if empty && f.kind == FrameKind::Module => {
                Some(Ok(Value::Module(f.module.clone())))
            }
            "super" => {
                let (after, receiver) = if empty {
                    let function = f.function.as_ref()?;
                    (function.owner.get().cloned(), f.receiver.clone())
                } else {
                    let args = match self.arguments(f, &expr.arguments) {
                        Ok(args) => args,
                        Err(raise) => return Some(Err(raise)),
                    };
                    let after = args.get(0, "").and_then(Value::as_class).cloned();
                    (after, args.get(1, "").cloned())
                };
                let (Some(after), Some(receiver)) = (after, receiver) else {
                    return Some(Ok(Value::unknown("super() outside a method that was seen", at)));
                };
                Some(Ok(Value::Super(Rc::new(SuperOf { after, receiver }))))
            }
            _ => None,
        }
    }

    pub(crate) fn arguments(&mut self, f: &mut Frame, arguments: &Arguments) -> Eval<Args> {
        let mut args = Args { positional: self.sequence(f, &arguments.args)?, ..Args::default() };
        for keyword in &arguments.keywords {
            let at = span(f, keyword.value.start().to_u32());
            let value = self.eval(f, &keyword.value)?;
            match &keyword.arg {
                Some(name) => {
                    let name = self.intern(name.as_str());
                    args.named.push((name, self.item(value, at)));
                }
                None => Self::spread(&mut args, &value),
            }
        }
        Ok(args)
    }

    /// `**value` in a call.
    fn spread(args: &mut Args, value: &Value) {
        match value {
            Value::Dict(dict) => {
                args.open |= dict.open.get();
                for (key, item) in dict.entries.borrow().values() {
                    match key {
                        Value::Str(name) => args.named.push((name.clone(), item.clone())),
                        _ => args.open = true,
                    }
                }
            }
            _ => args.open = true,
        }
    }

    fn comprehend(&mut self, f: &mut Frame, over: &[Comprehension], elt: &Expr) -> Eval<Vec<Item>> {
        let mut inner = f.inner();
        let mut items = Vec::new();
        self.generate(&mut inner, over, &mut |ev, f, rest| {
            let at = span(f, elt.start().to_u32());
            let value = ev.eval(f, elt)?;
            if items.len() < LIST_MAX {
                items.push(Item { rest, ..ev.item(value, at) });
            }
            Ok(())
        })?;
        Ok(items)
    }

    fn dict_comprehension(
        &mut self,
        f: &mut Frame,
        over: &[Comprehension],
        key: &Expr,
        value: &Expr,
    ) -> Eval {
        let mut inner = f.inner();
        let dict = Rc::new(Dict::default());
        let filled = dict.clone();
        self.generate(&mut inner, over, &mut |ev, f, rest| {
            let at = span(f, value.start().to_u32());
            let key = ev.eval(f, key)?;
            let value = ev.eval(f, value)?;
            // Any number of entries: what they hold is known, under which keys is not.
            let key = if rest { Value::unknown("any key", at) } else { key };
            ev.set_entry(&filled, &key, value, at);
            Ok(())
        })?;
        Ok(Value::Dict(dict))
    }

    /// Calls `each` for every round of the nested `for ... if ...` parts; its flag says whether the
    /// round stands for any number of them.
    fn generate(
        &mut self,
        f: &mut Frame,
        over: &[Comprehension],
        each: &mut dyn FnMut(&mut Self, &mut Frame, bool) -> Eval<()>,
    ) -> Eval<()> {
        self.generate_rounds(f, over, false, each)
    }

    fn generate_rounds(
        &mut self,
        f: &mut Frame,
        over: &[Comprehension],
        rest: bool,
        each: &mut dyn FnMut(&mut Self, &mut Frame, bool) -> Eval<()>,
    ) -> Eval<()> {
        let Some((part, inner)) = over.split_first() else { return each(self, f, rest) };
        let at = span(f, part.iter.start().to_u32());
        let sequence = self.eval(f, &part.iter)?;
        let outer = self.cond.clone();
        let mut rounds = Rounds::default();
        for item in self.elements_or_rest(&sequence, at) {
            if !self.step(at) {
                break;
            }
            if rounds.had(self, &item) {
                continue;
            }
            if !item.cond.holds_in(&outer) {
                self.cond = item.cond.clone();
            }
            // Of rows there may be none.
            let test = item.rest.then_some(at);
            let result = self.perhaps(test, |ev| ev.round(f, part, inner, item, rest, each));
            self.cond = outer.clone();
            result?;
        }
        Ok(())
    }

    fn round(
        &mut self,
        f: &mut Frame,
        part: &Comprehension,
        inner: &[Comprehension],
        item: Item,
        rest: bool,
        each: &mut dyn FnMut(&mut Self, &mut Frame, bool) -> Eval<()>,
    ) -> Eval<()> {
        let rest = rest || item.rest;
        self.assign(f, &part.target, item.value)?;
        for test in &part.ifs {
            let value = self.eval(f, test)?;
            match self.truth(&value) {
                Some(false) => return Ok(()),
                Some(true) => {}
                None => self.cond = self.condition(f, test),
            }
        }
        self.generate_rounds(f, inner, rest, each)
    }

    /// Evaluates one expression as the body of a lambda.
    pub(crate) fn lambda_body(&mut self, f: &mut Frame, body: &Expr) -> Eval<Flow> {
        Ok(Flow::Return(self.eval(f, body)?))
    }
}

fn literal(expr: &Expr, at: Span) -> Value {
    match expr {
        Expr::NoneLiteral(_) => Value::None,
        Expr::BooleanLiteral(e) => Value::Bool(e.value),
        Expr::NumberLiteral(e) => match &e.value {
            Number::Int(n) => {
                n.as_i64().map_or_else(|| Value::unknown("a huge number", at), Value::Int)
            }
            Number::Float(n) => Value::Float(*n),
            Number::Complex { .. } => Value::unknown("a complex number", at),
        },
        Expr::StringLiteral(e) => Value::Str(Rc::from(e.value.to_str())),
        Expr::BytesLiteral(e) => {
            let bytes: Vec<u8> =
                e.value.iter().flat_map(|part| part.value.iter().copied()).collect();
            Value::Bytes(bytes.into())
        }
        Expr::EllipsisLiteral(_) => Value::Ellipsis,
        _ => Value::unknown("an expression that is no literal", at),
    }
}
