//! One expression as steps of the tree: texts and runs, then what is left.

use regex_syntax::hir::{Class, ClassUnicodeRange, Hir, HirKind, Look, Repetition};

/// Steps of one pattern; the rest of a longer one is left as an expression.
pub(super) const STEPS_MAX: usize = 64;

/// Ways through the alternatives of one pattern (`(?:en|de)/`), each a branch of the tree.
const WAYS_MAX: usize = 64;

/// Characters of a class that is written out as alternatives (`e[ns]` is `en|es`).
const SPELLED_MAX: usize = 8;

/// A step that every path takes in at most one way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Step {
    Text(Vec<u8>),
    Run(Run),
}

/// All characters of one kind from here on, if there are as many as it asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Run {
    /// A bit for each ASCII character.
    ascii: u128,
    /// The ranges outside ASCII, sorted.
    wide: Vec<(char, char)>,
    min: usize,
    /// Without it, the run ends where the kind does.
    max: Option<usize>,
}

/// What must follow the steps. A `Rest` is numbered by the tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tail {
    /// The end of the path.
    End,
    /// The end, or a line feed and the end: Python's `$`.
    LineEnd,
    /// Nothing in particular.
    Anything,
    /// An expression.
    Rest(usize),
}

/// The ways of an expression into the tree, and how all of them go on: a tail, or an expression.
pub(super) fn of(hir: &Hir) -> (Vec<Vec<Step>>, Result<Tail, Hir>) {
    let mut parts = Vec::new();
    flatten(hir, &mut parts);
    let mut parts = parts.as_slice();
    // `^` holds where every search begins.
    while let [first, rest @ ..] = parts
        && *first.kind() == HirKind::Look(Look::Start)
    {
        parts = rest;
    }
    let mut ways = vec![Vec::new()];
    let mut taken = 0;
    while let [part, rest @ ..] = parts
        && taken < STEPS_MAX
        && extend(&mut ways, part, rest)
    {
        (parts, taken) = (rest, taken + 1);
    }
    let left = tail(parts).ok_or_else(|| Hir::concat(parts.iter().map(|p| (*p).clone()).collect()));
    (ways, left)
}

/// The parts of a concatenation; what groups capture is of no interest.
fn flatten<'h>(hir: &'h Hir, parts: &mut Vec<&'h Hir>) {
    match hir.kind() {
        HirKind::Concat(all) => all.iter().for_each(|part| flatten(part, parts)),
        HirKind::Capture(group) => flatten(&group.sub, parts),
        HirKind::Empty => {}
        _ => parts.push(hir),
    }
}

fn tail(parts: &[&Hir]) -> Option<Tail> {
    let is_end = |part: &Hir| *part.kind() == HirKind::Look(Look::End);
    match parts {
        [] => Some(Tail::Anything),
        [end] if is_end(end) => Some(Tail::End),
        [feed, end] if is_end(end) && is_optional_feed(feed) => Some(Tail::LineEnd),
        _ => None,
    }
}

fn is_optional_feed(part: &Hir) -> bool {
    let HirKind::Repetition(Repetition { min: 0, max: Some(1), sub, .. }) = part.kind() else {
        return false;
    };
    matches!(sub.kind(), HirKind::Literal(text) if *text.0 == *b"\n")
}

/// Adds a part to every way, unless it could be walked in two ways.
fn extend(ways: &mut Vec<Vec<Step>>, part: &Hir, rest: &[&Hir]) -> bool {
    if let Some(texts) = spell(part).filter(|texts| ways.len() * texts.len() <= WAYS_MAX) {
        *ways = ways
            .iter()
            .flat_map(|way| texts.iter().map(|text| with_text(way.clone(), text)))
            .collect();
        return true;
    }
    let Some(run) = Run::of(part).filter(|run| run.ends_before(rest)) else { return false };
    for way in ways {
        way.push(Step::Run(run.clone()));
    }
    true
}

fn with_text(mut way: Vec<Step>, text: &[u8]) -> Vec<Step> {
    match way.last_mut() {
        Some(Step::Text(last)) => last.extend_from_slice(text),
        _ if text.is_empty() => {}
        _ => way.push(Step::Text(text.to_vec())),
    }
    way
}

/// Every text that an expression takes, if they are few.
fn spell(hir: &Hir) -> Option<Vec<Vec<u8>>> {
    let texts = match hir.kind() {
        HirKind::Empty => vec![Vec::new()],
        HirKind::Literal(text) => vec![text.0.to_vec()],
        HirKind::Class(Class::Unicode(class)) => {
            let many = class.iter().map(ClassUnicodeRange::len).sum::<usize>() > SPELLED_MAX;
            let chars = class.iter().flat_map(|range| range.start()..=range.end());
            (!many).then(|| chars.map(|c| c.to_string().into_bytes()).collect())?
        }
        HirKind::Capture(group) => spell(&group.sub)?,
        HirKind::Repetition(Repetition { min: 0, max: Some(1), sub, .. }) => {
            let mut texts = spell(sub)?;
            texts.push(Vec::new());
            texts
        }
        HirKind::Alternation(all) => all.iter().map(spell).collect::<Option<Vec<_>>>()?.concat(),
        HirKind::Concat(all) => all.iter().try_fold(vec![Vec::new()], |heads, part| {
            let tails = spell(part).filter(|tails| heads.len() * tails.len() <= WAYS_MAX)?;
            let joined = heads.iter().flat_map(|head: &Vec<u8>| {
                tails.iter().map(move |tail| [head.as_slice(), tail].concat())
            });
            Some(joined.collect())
        })?,
        _ => return None,
    };
    (texts.len() <= WAYS_MAX).then_some(texts)
}

impl Run {
    /// A character class once or more often, if the expression is one.
    fn of(hir: &Hir) -> Option<Self> {
        let (min, max, sub) = match hir.kind() {
            HirKind::Repetition(Repetition { min, max, sub, .. }) => (*min, *max, sub.as_ref()),
            _ => (1, Some(1), hir),
        };
        let HirKind::Class(Class::Unicode(class)) = without_group(sub).kind() else { return None };
        let number = |count: u32| usize::try_from(count).ok();
        let max = max.map(number);
        let mut run =
            Self { ascii: 0, wide: Vec::new(), min: number(min)?, max: max.unwrap_or_default() };
        for range in class.iter() {
            let (start, end) = (u32::from(range.start()), u32::from(range.end()));
            for byte in start..=end.min(0x7f) {
                run.ascii |= 1 << byte;
            }
            if end > 0x7f {
                run.wide.push((range.start().max('\u{80}'), range.end()));
            }
        }
        Some(run)
    }

    /// Whether the run can end in one place alone: it has one length, or what follows begins with
    /// a character of another kind.
    fn ends_before(&self, rest: &[&Hir]) -> bool {
        if self.max == Some(self.min) {
            return true;
        }
        match (tail(rest), rest) {
            (Some(Tail::LineEnd), _) => !self.has('\n'),
            (Some(_), _) | (None, []) => true,
            (None, [next, after @ ..]) => spell(next).is_some_and(|texts| {
                texts.iter().all(|text| match std::str::from_utf8(text).map(|t| t.chars().next()) {
                    Ok(Some(c)) => !self.has(c),
                    Ok(None) => self.ends_before(after),
                    Err(_) => false,
                })
            }),
        }
    }

    fn has(&self, c: char) -> bool {
        if c.is_ascii() {
            return self.ascii >> u32::from(c) & 1 == 1;
        }
        let place = self.wide.partition_point(|(_, end)| *end < c);
        self.wide.get(place).is_some_and(|(start, _)| *start <= c)
    }

    /// Where the run that begins at `at` ends.
    pub(super) fn walk(&self, path: &str, at: usize) -> Option<usize> {
        let text = path.get(at..)?;
        let limit = self.max.unwrap_or(usize::MAX);
        let (mut count, mut end) = (0, text.len());
        for (offset, c) in text.char_indices() {
            if count == limit || !self.has(c) {
                end = offset;
                break;
            }
            count += 1;
        }
        (count >= self.min).then_some(at + end)
    }
}

fn without_group(mut hir: &Hir) -> &Hir {
    while let HirKind::Capture(group) = hir.kind() {
        hir = &group.sub;
    }
    hir
}
