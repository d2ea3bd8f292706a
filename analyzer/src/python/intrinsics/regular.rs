//! Regular expressions: names of routes and tables are often made by them of names of classes.
//!
//! Whatever Python and the engine might understand differently is not understood here at all.

use std::rc::Rc;

use fancy_regex::{Captures, Regex, RegexBuilder};
use rustc_hash::FxHashMap;

use crate::python::evaluator::{Eval, Evaluator};
use crate::python::object::{Args, Call};
use crate::python::value::{Item, Span, Text, Value};

/// Bytes of a pattern: those that make names have some dozens.
const PATTERN_MAX: usize = 200;

/// Bytes of a text that is searched, and of one that is made: names and routes are shorter.
/// Together with how often a search goes back this bounds what one costs.
const SEARCHED_MAX: usize = 200;

/// Times that one search may go back (a count): no pattern over names needs more.
const BACKTRACKS_MAX: usize = 200;

/// Bytes of a compiled pattern: one class of all letters takes some ten thousand.
const COMPILED_MAX: usize = 1 << 18;

/// Patterns (a count) that are compiled for one repository: a compilation takes milliseconds, and
/// projects make their names by a handful. The others are not understood.
const PATTERNS_MAX: usize = 200;

/// Searches (a count) for one repository, each match counting as one: the worst takes a
/// millisecond, and a name is made by a few.
const SEARCHES_MAX: u32 = 5_000;

/// Steps that one search counts as: a usual one takes about as long as that many.
const STEPS_PER_SEARCH: u32 = 100;

/// What a match is called, with what the groups hold as its arguments.
const MATCH: &str = "re.Match";

/// What the two engines read differently.
const AMBIGUOUS: &[&str] = &["[[", "&&", "--", "~~", "||", r"\<", r"\>"];

/// Calls a function of `re`.
pub(super) fn call(ev: &mut Evaluator, path: &str, args: &Args, at: Span) -> Option<Eval> {
    let name = path.strip_prefix("re.")?;
    let place = match name {
        "sub" => 4,
        "split" => 3,
        _ => 2,
    };
    let flags = args.get(place, "flags");
    let pattern = pattern_of(args.get(0, "pattern")?, flags)?;
    let mut others = args.clone();
    if others.positional.is_empty() || args.named("pattern").is_some() {
        return None;
    }
    others.positional.remove(0);
    perform(ev, name, &pattern, &others, at)
}

/// Calls a method of a compiled pattern, or of what it found.
pub(super) fn method(
    ev: &mut Evaluator,
    call: &Rc<Call>,
    name: &str,
    args: &Args,
    at: Span,
) -> Option<Eval> {
    match &*call.path()? {
        // Where a search begins and ends is not followed.
        "re.compile" if !matches!(name, "sub" | "split") && args.positional.len() > 1 => None,
        "re.compile" => {
            let pattern = pattern_of(&Value::Call(call.clone()), None)?;
            perform(ev, name, &pattern, args, at)
        }
        MATCH => of_match(ev, call, name, args, at).map(Ok),
        _ => None,
    }
}

/// `match[index]`.
pub(super) fn subscript(object: &Value, index: &Value) -> Option<Eval> {
    match object {
        Value::Call(call) if call.path().as_deref() == Some(MATCH) => group(call, index).map(Ok),
        _ => None,
    }
}

/// Whether it is a match, which counts as true.
pub(super) fn is_match(call: &Call) -> bool {
    matches!(&call.callee, Value::External(path) if &**path == MATCH)
}

/// The text of a pattern; none where it is not known, or has flags that are not understood.
fn pattern_of(value: &Value, flags: Option<&Value>) -> Option<String> {
    let flag = match flags {
        None | Some(Value::Int(0)) => "",
        Some(Value::External(path)) if matches!(&**path, "re.I" | "re.IGNORECASE") => "(?i)",
        Some(_) => return None,
    };
    match value {
        Value::Str(text) if flag.is_empty() => Some(text.to_string()),
        Value::Str(text) => Some(format!("{flag}{text}")),
        Value::Call(call) if call.path().as_deref() == Some("re.compile") && flag.is_empty() => {
            let Value::Str(_) = call.args.get(0, "pattern")? else { return None };
            pattern_of(call.args.get(0, "pattern")?, call.args.get(1, "flags"))
        }
        _ => None,
    }
}

/// What was searched with so far.
#[derive(Debug, Default)]
pub(crate) struct Patterns {
    /// Compiled, by their text; none for what the engine does not take.
    compiled: FxHashMap<String, Option<Rc<Regex>>>,
    searches: u32,
}

impl Patterns {
    fn compiled(&mut self, pattern: &str) -> Option<Rc<Regex>> {
        if let Some(known) = self.compiled.get(pattern) {
            return known.clone();
        }
        if self.compiled.len() >= PATTERNS_MAX {
            return None;
        }
        let mut builder = RegexBuilder::new(pattern);
        builder.backtrack_limit(BACKTRACKS_MAX).delegate_size_limit(COMPILED_MAX);
        let made = builder.build().ok().map(Rc::new);
        self.compiled.insert(pattern.to_owned(), made.clone());
        made
    }
}

fn compile(ev: &mut Evaluator, pattern: &str, text: &str) -> Option<Rc<Regex>> {
    let long = pattern.len() > PATTERN_MAX || text.len() > SEARCHED_MAX;
    let ambiguous = AMBIGUOUS.iter().any(|part| pattern.contains(part));
    // Python's `$` also stands before the last line break, and its `\Z` does not.
    let ends = text.contains('\n') && (pattern.contains('$') || pattern.contains(r"\Z"));
    if long || ambiguous || ends {
        return None;
    }
    ev.registry.patterns.compiled(pattern)
}

/// Counts a search; none where there were too many.
fn searched(ev: &mut Evaluator) -> Option<()> {
    ev.steps = ev.steps.saturating_add(STEPS_PER_SEARCH);
    ev.registry.patterns.searches = ev.registry.patterns.searches.saturating_add(1);
    (ev.registry.patterns.searches <= SEARCHES_MAX).then_some(())
}

/// Searches, while modules are read: what a request is compared with decides little, and there are
/// many of them.
fn perform(ev: &mut Evaluator, name: &str, pattern: &str, args: &Args, at: Span) -> Option<Eval> {
    if ev.is_tracing() {
        return None;
    }
    let place = usize::from(name == "sub");
    let text = match args.get(place, "string")? {
        Value::Str(text) => text.clone(),
        _ => return None,
    };
    let whole = (name == "fullmatch").then(|| format!(r"(?:{pattern})\z"));
    if whole.is_some() && pattern.contains("(?x") {
        return None;
    }
    searched(ev)?;
    let regex = compile(ev, whole.as_deref().unwrap_or(pattern), &text)?;
    match name {
        "match" | "search" | "fullmatch" => {
            let found = regex.captures(&*text).ok()?;
            let found = found.filter(|found| {
                name == "search" || found.get(0).is_some_and(|all| all.start() == 0)
            });
            Some(Ok(match found {
                Some(found) => a_match(ev, &regex, &found, at),
                None => Value::None,
            }))
        }
        "findall" | "split" | "sub" => {
            let most = count(args.get(place + 1, if name == "sub" { "count" } else { "maxsplit" }));
            let most = if name == "findall" { usize::MAX } else { most? };
            let found = all(ev, &regex, &text, most)?;
            match name {
                "findall" => Some(Ok(find_all(ev, &found, at))),
                "split" => Some(Ok(split(ev, &found, &text, at))),
                _ => substitute(ev, &regex, &found, args, &text, at),
            }
        }
        _ => None,
    }
}

/// How many matches count; nothing where that is not known.
fn count(value: Option<&Value>) -> Option<usize> {
    match value {
        None | Some(Value::Int(0)) => Some(usize::MAX),
        Some(Value::Int(n)) => usize::try_from(*n).ok(),
        Some(_) => None,
    }
}

/// All matches, as Python looks for them: an empty one may follow another at once.
fn all<'t>(
    ev: &mut Evaluator,
    regex: &Regex,
    text: &'t str,
    most: usize,
) -> Option<Vec<Captures<'t, str>>> {
    let mut found = Vec::new();
    let mut from = 0;
    while from <= text.len() && found.len() < most {
        let Some(captures) = regex.captures_from_pos(text, from).ok()? else { break };
        let whole = captures.get(0)?;
        from = whole.end();
        if whole.start() == from {
            from += text.get(from..)?.chars().next().map_or(1, char::len_utf8);
        }
        found.push(captures);
        searched(ev)?;
    }
    Some(found)
}

fn text_of(captures: &Captures<'_, str>, index: usize) -> Value {
    captures.get(index).map_or(Value::None, |found| Value::str(found.as_str()))
}

fn find_all(ev: &Evaluator, found: &[Captures<'_, str>], at: Span) -> Value {
    let or_empty = |captures: &Captures<'_, str>, index| match text_of(captures, index) {
        Value::None => Value::str(""),
        text => text,
    };
    let values = found.iter().map(|captures| match captures.len() {
        1 => or_empty(captures, 0),
        2 => or_empty(captures, 1),
        groups => {
            let groups = (1..groups).map(|index| Item::new(or_empty(captures, index), at));
            Value::tuple(groups.collect())
        }
    });
    Value::list(values.map(|value| ev.item(value, at)).collect())
}

fn split(ev: &Evaluator, found: &[Captures<'_, str>], text: &str, at: Span) -> Value {
    let mut parts = Vec::new();
    let mut from = 0;
    for captures in found {
        let Some(whole) = captures.get(0) else { continue };
        parts.push(Value::str(text.get(from..whole.start()).unwrap_or_default()));
        parts.extend((1..captures.len()).map(|index| text_of(captures, index)));
        from = whole.end();
    }
    parts.push(Value::str(text.get(from..).unwrap_or_default()));
    Value::list(parts.into_iter().map(|value| ev.item(value, at)).collect())
}

fn substitute(
    ev: &mut Evaluator,
    regex: &Regex,
    found: &[Captures<'_, str>],
    args: &Args,
    text: &str,
    at: Span,
) -> Option<Eval> {
    let replacement = args.get(0, "repl")?.clone();
    let mut made = String::with_capacity(text.len());
    let mut from = 0;
    for captures in found {
        let whole = captures.get(0)?;
        made.push_str(text.get(from..whole.start())?);
        from = whole.end();
        match &replacement {
            Value::Str(template) if template.len() <= SEARCHED_MAX => {
                expand(template, captures, &mut made)?;
            }
            Value::Function(_) | Value::Bound(_) => {
                let found = a_match(ev, regex, captures, at);
                match ev.call(&replacement, Args::of([found], at), at) {
                    Ok(Value::Str(part)) => made.push_str(&part),
                    Ok(_) => return Some(Ok(Value::unknown("a text that a function makes", at))),
                    Err(raise) => return Some(Err(raise)),
                }
            }
            _ => return None,
        }
        if made.len() > SEARCHED_MAX {
            return None;
        }
    }
    made.push_str(text.get(from..)?);
    Some(Ok(Value::str(&made)))
}

/// Puts a replacement's text behind what is made; none where it cannot be read.
fn expand(template: &str, captures: &Captures<'_, str>, made: &mut String) -> Option<()> {
    let mut rest = template;
    while let Some((plain, escaped)) = rest.split_once('\\') {
        made.push_str(plain);
        let name = escaped.strip_prefix("g<").and_then(|named| named.split_once('>'));
        let digits = escaped.len() - escaped.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let first = escaped.chars().next()?;
        let group = if let Some((name, behind)) = name {
            rest = behind;
            match name.parse::<usize>() {
                Ok(index) => captures.get(index),
                Err(_) => captures.name(name),
            }
        } else if (1..=2).contains(&digits) && first != '0' {
            rest = escaped.get(digits..)?;
            captures.get(escaped.get(..digits)?.parse().ok()?)
        } else if !first.is_ascii_alphanumeric() {
            made.push_str(if first == '\\' { "" } else { "\\" });
            made.push(first);
            rest = escaped.get(first.len_utf8()..)?;
            None
        } else {
            return None;
        };
        made.push_str(group.map_or("", |group| group.as_str()));
    }
    made.push_str(rest);
    Some(())
}

fn a_match(ev: &mut Evaluator, regex: &Regex, found: &Captures<'_, str>, at: Span) -> Value {
    let mut args = Args::of((0..found.len()).map(|index| text_of(found, index)), at);
    for (index, name) in regex.capture_names().enumerate() {
        let Some(name) = name else { continue };
        let name: Text = ev.intern(name);
        args.named.push((name, Item::new(text_of(found, index), at)));
    }
    ev.opaque_call(&Value::external(MATCH), args, at)
}

fn of_match(ev: &Evaluator, call: &Call, name: &str, args: &Args, at: Span) -> Option<Value> {
    match (name, args.positional.as_slice()) {
        ("group", []) => group(call, &Value::Int(0)),
        ("group" | "__getitem__", [index]) => group(call, &index.value),
        ("group", several) => {
            let values = several.iter().map(|index| group(call, &index.value));
            let values: Option<Vec<Value>> = values.collect();
            Some(Value::tuple(values?.into_iter().map(|v| Item::new(v, at)).collect()))
        }
        ("groups", []) => {
            Some(Value::tuple(call.args.positional.iter().skip(1).cloned().collect()))
        }
        ("groupdict", []) => Some(ev.dict_of(call.args.named.iter().cloned())),
        _ => None,
    }
}

fn group(call: &Call, index: &Value) -> Option<Value> {
    match index {
        Value::Int(index) => {
            let index = usize::try_from(*index).ok()?;
            call.args.positional.get(index).map(|item| item.value.clone())
        }
        Value::Str(name) => call.args.named(name).cloned(),
        _ => None,
    }
}
