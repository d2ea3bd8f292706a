//! Truth, equality, arithmetic and indexing of values; `None` where the answer is not known.

use std::rc::Rc;

use ruff_python_ast::{CmpOp, Operator, UnaryOp};

use super::evaluator::{Eval, Evaluator, LIST_MAX};
use super::intrinsics;
use super::object::{Args, Base, Class};
use super::registry::is_model;
use super::statements::DECORATED;
use super::value::{Item, List, Presence, Span, Value};

/// Characters of a text made by an operation.
const TEXT_MAX: usize = 100_000;

/// Containers inside each other that a comparison looks into.
const COMPARED_MAX: u32 = 60;

impl Evaluator {
    /// Whether the value counts as true, if that is known.
    pub fn truth(&self, value: &Value) -> Option<bool> {
        match value {
            Value::None => Some(false),
            Value::Bool(b) => Some(*b),
            Value::Int(n) => Some(*n != 0),
            Value::Float(n) => Some(*n != 0.0),
            Value::Str(text) => Some(!text.is_empty()),
            Value::Bytes(bytes) => Some(!bytes.is_empty()),
            Value::List(list) | Value::Tuple(list) | Value::Set(list) => {
                let items = list.items.borrow();
                let sure = items.iter().any(|i| !i.rest && i.cond.holds_in(&self.cond));
                if sure { Some(true) } else { items.is_empty().then_some(false) }
            }
            Value::Dict(dict) => {
                let entries = dict.entries.borrow();
                let sure = entries.values().any(|(_, i)| i.cond.holds_in(&self.cond));
                if sure {
                    Some(true)
                } else {
                    (entries.is_empty() && !dict.open.get()).then_some(false)
                }
            }
            Value::Choice(alternatives) => {
                Self::agree(alternatives, |alternative| self.truth(alternative))
            }
            Value::Module(_)
            | Value::Class(_)
            | Value::Function(_)
            | Value::Bound(_)
            | Value::Ellipsis
            | Value::Descriptor(_)
            | Value::Super(_) => Some(true),
            Value::Instance(instance) => {
                if instance.class.descends_from("django.db.models.query.QuerySet") {
                    return None;
                }
                if let Some(held) = intrinsics::held_unless(value, "__bool__")
                    && instance.class.lookup("__len__").is_none()
                {
                    return self.truth(&held);
                }
                let own = |name: &str| instance.class.lookup(name).is_some();
                // Django's own `Model` has neither, whatever the catalogue leaves untold.
                let told = !instance.class.is_open() || is_told_model(&instance.class);
                (!own("__bool__") && !own("__len__") && told).then_some(true)
            }
            Value::External(path) => intrinsics::truth_of_external(path),
            Value::Unknown(unknown) => (unknown.presence == Presence::True).then_some(true),
            // A decorated function is there: `if function:` asks whether one was given.
            Value::Call(call) if call.attrs.get(DECORATED).is_some() => Some(true),
            Value::Call(call) => intrinsics::truth_of_call(call),
            Value::Member(_) => None,
        }
    }

    /// Whether two values are equal, if that is known.
    pub fn equal(&self, a: &Value, b: &Value) -> Option<bool> {
        if let Value::Choice(alternatives) = a {
            return Self::agree(alternatives, |alternative| self.equal(alternative, b));
        }
        if let Value::Choice(_) = b {
            return self.equal(b, a);
        }
        if a.is_same(b) {
            return Some(true).filter(|_| !a.is_unknown());
        }
        match (a, b) {
            (Value::Unknown(_) | Value::Call(_) | Value::Member(_), _)
            | (_, Value::Unknown(_) | Value::Call(_) | Value::Member(_))
            | (Value::Set(_), Value::Set(_))
            | (Value::Dict(_), Value::Dict(_)) => None,
            (Value::Bool(x), Value::Int(y)) | (Value::Int(y), Value::Bool(x)) => {
                Some(i64::from(*x) == *y)
            }
            (Value::List(x), Value::List(y)) | (Value::Tuple(x), Value::Tuple(y)) => {
                let (x, y) = (x.items.borrow(), y.items.borrow());
                if x.iter().chain(y.iter()).any(|i| i.rest) {
                    return None;
                }
                if x.len() != y.len() {
                    return Some(false);
                }
                self.nested(|| {
                    let pairs = x.iter().zip(y.iter());
                    Self::conjunction(pairs.map(|(x, y)| self.equal(&x.value, &y.value)))
                })
            }
            (Value::Instance(x), _) if x.class.lookup("__eq__").is_some() => None,
            // Rows are equal by their keys.
            (Value::Instance(x), Value::Instance(y)) if is_model(&x.class) => {
                (!is_model(&y.class)).then_some(false)
            }
            (Value::External(x), Value::External(y)) => {
                // Two names may stand for one thing when one of them is re-exported.
                (x.rsplit('.').next() != y.rsplit('.').next()).then_some(false)
            }
            _ => Some(false),
        }
    }

    /// The answer that all alternatives give which need no changed environment.
    fn agree(
        alternatives: &[super::value::Alternative],
        answer: impl Fn(&Value) -> Option<bool>,
    ) -> Option<bool> {
        let likely = alternatives.iter().filter(|a| !a.cond.is_unlikely());
        let mut answers = likely.map(|a| answer(&a.value));
        let first = answers.next()??;
        answers.all(|answer| answer == Some(first)).then_some(first)
    }

    /// Compares one level deeper; a value that contains itself is not known to be equal.
    fn nested<T>(&self, compare: impl FnOnce() -> Option<T>) -> Option<T> {
        let depth = self.compared.get();
        if depth >= COMPARED_MAX {
            return None;
        }
        self.compared.set(depth + 1);
        let answer = compare();
        self.compared.set(depth);
        answer
    }

    /// Whether an environment other than the default one could turn the truth of the value.
    pub(crate) fn may_turn(&self, value: &Value, truth: bool) -> bool {
        let Value::Choice(alternatives) = value else { return false };
        let mut unlikely = alternatives.iter().filter(|a| a.cond.is_unlikely());
        unlikely.any(|a| self.truth(&a.value) != Some(truth))
    }

    fn conjunction(answers: impl Iterator<Item = Option<bool>>) -> Option<bool> {
        let mut all = Some(true);
        for answer in answers {
            match answer {
                Some(false) => return Some(false),
                None => all = None,
                Some(true) => {}
            }
        }
        all
    }

    /// Whether `needle in haystack`, if that is known.
    pub fn contains(&self, haystack: &Value, needle: &Value) -> Option<bool> {
        match haystack {
            Value::Str(text) => needle.as_str().map(|n| text.contains(n)),
            Value::Dict(dict) => {
                let key = needle.key()?;
                match dict.entries.look(&key) {
                    Some((_, item)) => item.cond.holds_in(&self.cond).then_some(true),
                    None if dict.open.get() || self.may_equal_any(needle) => None,
                    None => Some(false),
                }
            }
            Value::List(list) | Value::Tuple(list) | Value::Set(list) => {
                let mut known = Some(false);
                for item in list.items.borrow().iter() {
                    match self.equal(&item.value, needle) {
                        Some(true) if item.cond.holds_in(&self.cond) && !item.rest => {
                            return Some(true);
                        }
                        Some(false) if !item.rest => {}
                        _ => known = None,
                    }
                }
                known
            }
            Value::Choice(alternatives) => {
                Self::agree(alternatives, |haystack| self.contains(haystack, needle))
            }
            Value::Instance(_) => {
                let held = intrinsics::held_unless(haystack, "__contains__")?;
                self.contains(&held, needle)
            }
            _ => None,
        }
    }

    /// A comparison as a value: of something undecided one answer for each alternative.
    pub(crate) fn comparison_value(&mut self, a: &Value, op: CmpOp, b: &Value, at: Span) -> Value {
        if !self.charge(b.size()) {
            return Value::unknown("evaluation budget used up", at);
        }
        if matches!(op, CmpOp::In | CmpOp::NotIn) && self.is_tracing() {
            self.asked_for(a, b, at);
        }
        for (undecided, left) in [(a, true), (b, false)] {
            if let Value::Choice(alternatives) = undecided
                && alternatives.iter().any(|alternative| alternative.cond.is_unlikely())
            {
                let mapped = alternatives.iter().map(|alternative| {
                    let value = if left {
                        self.comparison_value(&alternative.value, op, b, at)
                    } else {
                        self.comparison_value(a, op, &alternative.value, at)
                    };
                    super::value::Alternative { value, cond: alternative.cond.clone() }
                });
                let mapped: Vec<_> = mapped.collect();
                return Value::choice(mapped);
            }
        }
        if let (CmpOp::In | CmpOp::NotIn, Value::Instance(holder)) = (op, b)
            && let Some((_, binding)) = holder.class.lookup("__contains__")
        {
            let method = self.bind_attribute(&binding.value, b);
            let found = self.call(&method, Args::of([a.clone()], at), at);
            let found = found.unwrap_or_else(|_| Value::unknown("a test that raises", at));
            return match (op, self.truth(&found)) {
                (CmpOp::In, Some(truth)) => Value::Bool(truth),
                (_, Some(truth)) => Value::Bool(!truth),
                (_, None) => Value::unknown_of(&[&found], "whether something is in there", at),
            };
        }
        match self.compare(a, op, b) {
            Some(answer) => Value::Bool(answer),
            None => Value::unknown_of(&[a, b], "a comparison with something not known", at),
        }
    }

    /// `a in b` where an object answers it: for what it does meanwhile.
    fn asked_for(&mut self, a: &Value, b: &Value, at: Span) {
        if let Value::Instance(instance) = b
            && let Some((_, binding)) = instance.class.lookup("__contains__")
        {
            let method = self.bind_attribute(&binding.value, b);
            self.follow(&method, Args::of([a.clone()], at), at);
        }
    }

    pub(crate) fn compare(&self, a: &Value, op: CmpOp, b: &Value) -> Option<bool> {
        let not = |answer: Option<bool>| answer.map(|yes| !yes);
        match op {
            CmpOp::Eq => self.equal(a, b),
            CmpOp::NotEq => not(self.equal(a, b)),
            CmpOp::Is => self.is(a, b),
            CmpOp::IsNot => not(self.is(a, b)),
            CmpOp::In => self.contains(b, a),
            CmpOp::NotIn => not(self.contains(b, a)),
            CmpOp::Lt => self.order(a, b).map(std::cmp::Ordering::is_lt),
            CmpOp::LtE => self.order(a, b).map(std::cmp::Ordering::is_le),
            CmpOp::Gt => self.order(a, b).map(std::cmp::Ordering::is_gt),
            CmpOp::GtE => self.order(a, b).map(std::cmp::Ordering::is_ge),
        }
    }

    fn is(&self, a: &Value, b: &Value) -> Option<bool> {
        match (a, b) {
            (Value::Call(_), Value::None) | (Value::None, Value::Call(_)) => None,
            (Value::Unknown(unknown), Value::None) | (Value::None, Value::Unknown(unknown)) => {
                (unknown.presence != Presence::Perhaps).then_some(false)
            }
            _ => self.equal(a, b),
        }
    }

    fn order(&self, a: &Value, b: &Value) -> Option<std::cmp::Ordering> {
        match (a, b) {
            (Value::Int(x), Value::Int(y)) => Some(x.cmp(y)),
            (Value::Str(x), Value::Str(y)) => Some(x.cmp(y)),
            (Value::Float(x), Value::Float(y)) => x.partial_cmp(y),
            (Value::Tuple(x), Value::Tuple(y)) | (Value::List(x), Value::List(y)) => {
                let (x, y) = (x.items.borrow(), y.items.borrow());
                for (x, y) in x.iter().zip(y.iter()) {
                    let order = self.nested(|| self.order(&x.value, &y.value))?;
                    if order.is_ne() {
                        return Some(order);
                    }
                }
                Some(x.len().cmp(&y.len()))
            }
            _ => None,
        }
    }

    pub(crate) fn unary(&self, op: UnaryOp, value: &Value, at: Span) -> Value {
        match (op, value) {
            (_, Value::Choice(alternatives)) => {
                let mapped = alternatives.iter().map(|a| super::value::Alternative {
                    value: self.unary(op, &a.value, at),
                    cond: a.cond.clone(),
                });
                Value::choice(mapped.collect::<Vec<_>>())
            }
            (UnaryOp::Not, value) => match self.truth(value) {
                Some(truth) => Value::Bool(!truth),
                None => Value::unknown_of(&[value], "the opposite of something not known", at),
            },
            (UnaryOp::USub, Value::Int(n)) => n.checked_neg().map_or(Value::None, Value::Int),
            (UnaryOp::USub, Value::Float(n)) => Value::Float(-n),
            (UnaryOp::UAdd, value) => value.clone(),
            // `~Q(...)`.
            (UnaryOp::Invert, Value::Call(_)) => value.clone(),
            _ => Value::unknown("an operation that is not followed", at),
        }
    }

    pub(crate) fn binary(&mut self, a: &Value, op: Operator, b: &Value, at: Span) -> Eval {
        if !self.charge(a.size() + b.size()) {
            return Ok(Value::unknown("evaluation budget used up", at));
        }
        if let Value::Choice(alternatives) = a {
            return self.map_choice(alternatives, |ev, a| ev.binary(a, op, b, at));
        }
        if let Value::Choice(alternatives) = b {
            return self.map_choice(alternatives, |ev, b| ev.binary(a, op, b, at));
        }
        Ok(match (op, a, b) {
            (Operator::Add, Value::Str(x), Value::Str(y)) if x.len() + y.len() < TEXT_MAX => {
                Value::Str(Rc::from(format!("{x}{y}")))
            }
            (Operator::Add, Value::List(_), _) => Value::list(self.concatenated(a, b, at)),
            (Operator::Add, Value::Unknown(_), Value::List(_)) => {
                Value::list(self.concatenated(a, b, at))
            }
            (Operator::Add, Value::Tuple(_), _)
            | (Operator::Add, Value::Unknown(_), Value::Tuple(_)) => {
                Value::tuple(self.concatenated(a, b, at))
            }
            (Operator::Mod, Value::Str(format), _) => super::text::percent(self, format, b, at),
            (Operator::Mult, Value::List(list) | Value::Tuple(list), Value::Int(n)) => {
                let items = list.items.borrow();
                let times = usize::try_from(*n).unwrap_or(0);
                let total = items.len().saturating_mul(times).min(LIST_MAX);
                Value::list(items.iter().cycle().take(total).cloned().collect())
            }
            (Operator::Mult, Value::Str(text), Value::Int(n)) => {
                let times = usize::try_from(*n).unwrap_or(0).min(TEXT_MAX / text.len().max(1));
                Value::str(&text.repeat(times))
            }
            (Operator::BitOr, Value::Dict(_), Value::Dict(_)) => {
                let copy = Self::copy_dict(a);
                self.update_dict(&copy, b, at);
                copy
            }
            (Operator::BitOr | Operator::Sub | Operator::BitAnd, Value::Set(x), Value::Set(y)) => {
                self.combined(op, x, y, b)
            }
            (_, Value::Int(x), Value::Int(y)) => integer(op, *x, *y, at),
            (_, Value::Unknown(_), _) => a.clone(),
            (_, _, Value::Unknown(_)) => b.clone(),
            (_, Value::Instance(instance), _) => match instance.class.lookup(method_of(op)) {
                Some((_, binding)) => {
                    let args = Args::of([a.clone(), b.clone()], at);
                    self.call(&binding.value, args, at)?
                }
                None if let Some(held) = intrinsics::held(instance) => {
                    self.binary(&held, op, b, at)?
                }
                None => Value::unknown("an operation that is not followed", at),
            },
            (_, Value::Class(class), _) if let Some(method) = operator_of(class, method_of(op)) => {
                self.call(&method, Args::of([a.clone(), b.clone()], at), at)?
            }
            _ => intrinsics::binary(self, a, op, b, at)
                .unwrap_or_else(|| Value::unknown("an operation that is not followed", at)),
        })
    }

    /// `|`, `-` and `&` of two sets; `whole` is the second of them.
    fn combined(&mut self, op: Operator, one: &List, other: &List, whole: &Value) -> Value {
        let items = one.items.borrow();
        if op == Operator::BitOr {
            return Value::set(items.iter().chain(other.items.borrow().iter()).cloned().collect());
        }
        let dropped = Some(op == Operator::Sub);
        let kept = items.iter().filter(|item| self.contains(whole, &item.value) != dropped);
        Value::set(kept.cloned().collect())
    }

    /// `~value` of an object or a class whose own method answers it.
    pub(crate) fn inverted(&mut self, value: &Value, at: Span) -> Option<Eval> {
        let method = match value {
            Value::Instance(instance) => instance.class.lookup(INVERT)?.1.value,
            Value::Class(class) => operator_of(class, INVERT)?,
            _ => return None,
        };
        Some(self.call(&method, Args::of([value.clone()], at), at))
    }

    #[expect(clippy::unnecessary_wraps, reason = "stands where an evaluation is expected")]
    pub(crate) fn map_choice(
        &mut self,
        alternatives: &Rc<[super::value::Alternative]>,
        mut each: impl FnMut(&mut Self, &Value) -> Eval,
    ) -> Eval {
        let mut mapped = Vec::with_capacity(alternatives.len());
        for alternative in alternatives.iter() {
            // An alternative that raises is one that the running program does not take.
            if let Ok(value) = each(self, &alternative.value) {
                let cond = alternative.cond.clone();
                mapped.push(super::value::Alternative { value, cond });
            }
        }
        Ok(Value::choice(mapped))
    }

    fn concatenated(&mut self, a: &Value, b: &Value, at: Span) -> Vec<Item> {
        let mut items = self.elements_or_rest(a, at);
        items.extend(self.elements_or_rest(b, at));
        items.truncate(LIST_MAX);
        items
    }

    /// The elements of something that can be iterated over, if they are known.
    pub fn elements(&mut self, value: &Value) -> Option<Vec<Item>> {
        if !self.charge(value.size()) {
            return None;
        }
        match value {
            Value::List(list) | Value::Tuple(list) | Value::Set(list) => {
                Some(list.items.borrow().clone())
            }
            Value::Dict(dict) if !dict.open.get() => {
                let entries = dict.entries.borrow();
                Some(
                    entries.values().map(|(k, i)| Item { value: k.clone(), ..i.clone() }).collect(),
                )
            }
            Value::Str(text) if text.len() < LIST_MAX => Some(
                text.chars()
                    .map(|c| Item::new(Value::str(c.encode_utf8(&mut [0; 4])), Span::default()))
                    .collect(),
            ),
            Value::Choice(alternatives) => {
                let mut all: Vec<Item> = Vec::new();
                for alternative in alternatives.iter() {
                    for mut item in self.elements(&alternative.value)? {
                        if all.iter().any(|known| known.value.is_same(&item.value)) {
                            continue;
                        }
                        if item.cond.is_always() {
                            item.cond = if alternative.cond.is_always() {
                                self.cond.and(Rc::from("one of several values"), item.at)
                            } else {
                                alternative.cond.clone()
                            };
                        }
                        all.push(item);
                    }
                }
                Some(all)
            }
            Value::Class(class) => super::classes::members(class),
            _ => intrinsics::elements(self, value),
        }
    }

    /// The elements, or one that stands for any number of them.
    pub(crate) fn elements_or_rest(&mut self, value: &Value, at: Span) -> Vec<Item> {
        if let Value::Choice(alternatives) = value {
            let mut all = Vec::new();
            for alternative in alternatives.iter() {
                for mut item in self.elements_or_rest(&alternative.value, at) {
                    if item.cond.is_always() {
                        item.cond = alternative.cond.clone();
                    }
                    all.push(item);
                }
            }
            return all;
        }
        // Of a dictionary that may hold more, the keys that are known stand first.
        let mut known = match value {
            Value::Dict(dict) if dict.open.get() && self.charge(value.size()) => {
                let entries = dict.entries.borrow();
                entries.values().map(|(k, i)| Item { value: k.clone(), ..i.clone() }).collect()
            }
            _ => Vec::new(),
        };
        self.elements(value).unwrap_or_else(|| {
            let value = match value {
                Value::Unknown(_) => value.clone(),
                _ => Value::unknown(&format!("elements of {value:?}"), at),
            };
            known.push(Item { value, at, cond: self.cond.clone(), rest: true });
            known
        })
    }
}

fn integer(op: Operator, x: i64, y: i64, at: Span) -> Value {
    let small = u32::try_from(y).ok();
    let result = match op {
        Operator::Add => x.checked_add(y),
        Operator::Sub => x.checked_sub(y),
        Operator::Mult => x.checked_mul(y),
        Operator::FloorDiv => x.checked_div_euclid(y),
        Operator::Mod => x.checked_rem_euclid(y),
        Operator::Pow => small.and_then(|y| x.checked_pow(y)),
        Operator::LShift => small.filter(|y| *y < 62).and_then(|y| x.checked_shl(y)),
        Operator::RShift => small.and_then(|y| x.checked_shr(y)),
        Operator::BitOr => Some(x | y),
        Operator::BitAnd => Some(x & y),
        Operator::BitXor => Some(x ^ y),
        Operator::Div | Operator::MatMult => None,
    };
    result.map_or_else(|| Value::unknown("arithmetic that is not followed", at), Value::Int)
}

const INVERT: &str = "__invert__";

/// What the metaclass of a class does for an operator.
fn operator_of(class: &Class, name: &str) -> Option<Value> {
    Some(Evaluator::metaclass_of(class)?.lookup(name)?.1.value)
}

fn method_of(op: Operator) -> &'static str {
    match op {
        Operator::Add => "__add__",
        Operator::Sub => "__sub__",
        Operator::BitOr => "__or__",
        Operator::BitAnd => "__and__",
        Operator::Div => "__truediv__",
        Operator::Mod => "__mod__",
        _ => "__other__",
    }
}

/// A Python index, which may count from the end, as a position.
pub(crate) fn position(index: i64, len: usize) -> Option<usize> {
    let len = i64::try_from(len).ok()?;
    let index = if index < 0 { index + len } else { index };
    (0..len).contains(&index).then(|| usize::try_from(index).ok()).flatten()
}

/// Whether a class is a model all of whose ancestors are known by their source or the catalogue.
fn is_told_model(class: &Class) -> bool {
    is_model(class) && class.mro().iter().all(|base| matches!(base, Base::Class(_)))
}
