//! Text made of values: f-strings, `%`, `.format`, slices.

use std::rc::Rc;

use ruff_python_ast::{ConversionFlag, FStringPart, FStringValue, InterpolatedStringElement};

use super::evaluator::{Eval, Evaluator, Frame};
use super::object::{Args, Origin};
use super::value::{Alternative, Span, Value};

/// The value as `str()` shows it, if that is known.
pub(crate) fn display(value: &Value) -> Option<String> {
    Some(match value {
        Value::Str(text) => text.to_string(),
        Value::Int(n) => n.to_string(),
        Value::Bool(true) => "True".to_owned(),
        Value::Bool(false) => "False".to_owned(),
        Value::None => "None".to_owned(),
        Value::Float(n) if n.fract() == 0.0 => format!("{n:.1}"),
        Value::Float(n) => n.to_string(),
        Value::Call(_) => super::intrinsics::paths::text(value)?.to_string(),
        _ => return None,
    })
}

/// What a row asks for to be shown as text, by a `__str__` that is told.
pub(crate) fn spell(ev: &mut Evaluator, value: &Value, at: Span) {
    if !ev.is_tracing() {
        return;
    }
    for Alternative { value, .. } in value.alternatives() {
        let Value::Instance(row) = &value else { continue };
        if ev.registry.schema.of(&row.class).is_none() {
            continue;
        }
        let Some((owner, binding)) = row.class.lookup("__str__") else { continue };
        if owner.home.origin != Origin::Catalogue {
            ev.follow(&binding.value, Args::of([value.clone()], at), at);
        }
    }
}

/// The same for what `%` is given: a dictionary's values, or each of several.
fn spell_all(ev: &mut Evaluator, given: &Value, items: &[Value], at: Span) {
    let values: Vec<Value> = match given {
        Value::Dict(dict) => {
            dict.entries.borrow().values().map(|(_, item)| item.value.clone()).collect()
        }
        _ => items.to_vec(),
    };
    for value in &values {
        spell(ev, value, at);
    }
}

pub(crate) fn f_string(ev: &mut Evaluator, f: &mut Frame, value: &FStringValue, at: Span) -> Eval {
    let mut parts: Vec<Value> = Vec::new();
    for part in value {
        match part {
            FStringPart::Literal(literal) => parts.push(Value::str(&literal.value)),
            FStringPart::FString(string) => {
                for element in &string.elements {
                    parts.push(match element {
                        InterpolatedStringElement::Literal(text) => Value::str(&text.value),
                        InterpolatedStringElement::Interpolation(part) => {
                            let value = ev.eval(f, &part.expression)?;
                            spell(ev, &value, at);
                            let quoted = part.conversion == ConversionFlag::Repr;
                            match &part.format_spec {
                                Some(_) => Value::unknown("a formatted part of a text", at),
                                None if quoted => repr(&value, at),
                                None => value,
                            }
                        }
                    });
                }
            }
        }
    }
    concatenate(ev, &parts, at)
}

fn repr(value: &Value, at: Span) -> Value {
    match value {
        Value::Str(text) => Value::str(&format!("'{text}'")),
        other => {
            display(other).map_or_else(|| Value::unknown("a text form", at), |t| Value::str(&t))
        }
    }
}

/// Undecided parts of one text: each multiplies the texts that it may be.
const UNDECIDED_PARTS_MAX: usize = 3;

/// The parts as one text; for an undecided part one text for each of its alternatives.
fn concatenate(ev: &mut Evaluator, parts: &[Value], at: Span) -> Eval {
    let undecided = parts.iter().filter(|part| matches!(part, Value::Choice(_))).count();
    if undecided > UNDECIDED_PARTS_MAX {
        return Ok(Value::unknown("a text with many undecided parts", at));
    }
    let mut whole = String::new();
    for (index, part) in parts.iter().enumerate() {
        if let Value::Choice(alternatives) = part {
            let (head, tail) = (Value::str(&whole), parts.get(index + 1..).unwrap_or(&[]).to_vec());
            return ev.map_choice(alternatives, |ev, value| {
                let mut parts = vec![head.clone(), value.clone()];
                parts.extend(tail.iter().cloned());
                concatenate(ev, &parts, at)
            });
        }
        match display(part) {
            Some(text) => whole.push_str(&text),
            None => {
                return Ok(match part {
                    Value::Unknown(_) => part.clone(),
                    _ => Value::unknown(&format!("text of {part:?}"), at),
                });
            }
        }
    }
    Ok(Value::Str(Rc::from(whole)))
}

/// `format % value`.
pub(crate) fn percent(ev: &mut Evaluator, format: &str, value: &Value, at: Span) -> Value {
    let unknown = || Value::unknown("a text made with %", at);
    let items: Vec<Value> = match value {
        Value::Tuple(list) => list.items.borrow().iter().map(|i| i.value.clone()).collect(),
        other => vec![other.clone()],
    };
    spell_all(ev, value, &items, at);
    let mut items = items.into_iter();
    let mut out = String::new();
    let mut rest = format;
    while let Some((before, after)) = rest.split_once('%') {
        out.push_str(before);
        let mut chars = after.chars();
        let argument = match chars.next() {
            Some('%') => {
                out.push('%');
                rest = chars.as_str();
                continue;
            }
            Some('(') => {
                let Some((name, tail)) = chars.as_str().split_once(')') else { return unknown() };
                chars = tail.chars();
                let found = ev.subscript(value, &Value::str(name), at);
                if !matches!(chars.next(), Some('s' | 'd' | 'r')) {
                    return unknown();
                }
                found.ok()
            }
            Some('s' | 'd' | 'r' | 'i') => items.next(),
            _ => None,
        };
        match argument.as_ref().map(display) {
            Some(Some(text)) => out.push_str(&text),
            _ => return unknown(),
        }
        rest = chars.as_str();
    }
    out.push_str(rest);
    Value::Str(Rc::from(out))
}

/// `format.format(...)`.
pub(crate) fn format(ev: &mut Evaluator, format: &str, args: &Args, at: Span) -> Value {
    let unknown = || Value::unknown("a text made with format()", at);
    if let Some((place, alternatives)) = undecided(args) {
        let each = |ev: &mut Evaluator, value: &Value| {
            let mut args = args.clone();
            let named = args.named.iter_mut().map(|(_, item)| item);
            if let Some(item) = args.positional.iter_mut().chain(named).nth(place) {
                item.value = value.clone();
            }
            Ok(self::format(ev, format, &args, at))
        };
        return ev.map_choice(&alternatives, each).unwrap_or_else(|_| unknown());
    }
    for item in args.positional.iter().chain(args.named.iter().map(|(_, item)| item)) {
        spell(ev, &item.value, at);
    }
    let mut out = String::new();
    let mut next = 0;
    let mut rest = format;
    while let Some(index) = rest.find(['{', '}']) {
        out.push_str(&rest[..index]);
        let brace = &rest[index..=index];
        rest = &rest[index + 1..];
        if let Some(tail) = rest.strip_prefix(brace) {
            out.push_str(brace);
            rest = tail;
            continue;
        }
        let Some((field, tail)) = rest.split_once('}') else { return unknown() };
        rest = tail;
        let mut path = field.split('.');
        let name = path.next().unwrap_or("");
        let found = match name.parse::<usize>() {
            Ok(index) => args.positional.get(index).map(|i| i.value.clone()),
            Err(_) if name.is_empty() => {
                next += 1;
                args.positional.get(next - 1).map(|i| i.value.clone())
            }
            Err(_) => args.named(name).cloned(),
        };
        let Some(mut value) = found else { return unknown() };
        for attribute in path {
            let attribute = ev.intern(attribute);
            match ev.attribute(&value, &attribute, at) {
                Ok(found) => value = found,
                Err(_) => return unknown(),
            }
        }
        match display(&value) {
            Some(text) => out.push_str(&text),
            None => return unknown(),
        }
    }
    out.push_str(rest);
    Value::Str(Rc::from(out))
}

/// Texts (a count) that one format makes of arguments that are undecided; each costs a pass.
const FORMATTED_MAX: usize = 64;

/// The first argument that is one of several, where all of them together make few texts.
fn undecided(args: &Args) -> Option<(usize, Rc<[Alternative]>)> {
    let named = args.named.iter().map(|(_, item)| item);
    let choices: Vec<(usize, &Rc<[Alternative]>)> = args
        .positional
        .iter()
        .chain(named)
        .enumerate()
        .filter_map(|(place, item)| match &item.value {
            Value::Choice(alternatives) => Some((place, alternatives)),
            _ => None,
        })
        .collect();
    let texts = choices.iter().try_fold(1_usize, |texts, (_, a)| texts.checked_mul(a.len()))?;
    let (place, alternatives) = choices.first()?;
    (texts <= FORMATTED_MAX).then(|| (*place, Rc::clone(alternatives)))
}

/// `object[lower:upper:step]`.
pub(crate) fn slice(object: &Value, bounds: &[Value], at: Span) -> Value {
    let unknown = || match object {
        Value::Unknown(_) => object.clone(),
        _ => Value::unknown("a slice that is not followed", at),
    };
    let bound = |index: usize| match bounds.get(index) {
        None | Some(Value::None) => Some(None),
        Some(Value::Int(n)) => Some(Some(*n)),
        Some(_) => None,
    };
    let (Some(lower), Some(upper), Some(step)) = (bound(0), bound(1), bound(2)) else {
        return unknown();
    };
    let indices = |len: usize| {
        let size = i64::try_from(len).unwrap_or(i64::MAX);
        let clamp = |n: i64| if n < 0 { (n + size).max(0) } else { n.min(size) };
        let (low, high) = (lower.map_or(0, clamp), upper.map_or(size, clamp));
        let forward = (low..high.max(low)).filter_map(|n| usize::try_from(n).ok());
        match step {
            None | Some(1) => Some(forward.collect::<Vec<_>>()),
            Some(-1) if lower.is_none() && upper.is_none() => Some((0..len).rev().collect()),
            Some(n) if n > 1 => Some(forward.step_by(usize::try_from(n).ok()?).collect()),
            Some(_) => None,
        }
    };
    match object {
        Value::Str(text) => {
            let chars: Vec<char> = text.chars().collect();
            match indices(chars.len()) {
                Some(kept) => {
                    Value::str(&kept.iter().filter_map(|n| chars.get(*n)).collect::<String>())
                }
                None => unknown(),
            }
        }
        Value::List(list) | Value::Tuple(list) => {
            let items = list.items.borrow();
            if items.iter().any(|i| i.rest) {
                return unknown();
            }
            let Some(kept) = indices(items.len()) else { return unknown() };
            let kept = kept.iter().filter_map(|n| items.get(*n).cloned()).collect();
            if matches!(object, Value::List(_)) { Value::list(kept) } else { Value::tuple(kept) }
        }
        Value::Choice(alternatives) => {
            let slices = alternatives
                .iter()
                .map(|a| Alternative { value: slice(&a.value, bounds, at), cond: a.cond.clone() });
            Value::choice(slices.collect::<Vec<_>>())
        }
        _ => unknown(),
    }
}
