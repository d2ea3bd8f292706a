//! Whether two paths can be the same path, and an example that shows it.
//!
//! Two automata are walked side by side over the bytes of a path; a pair of states that both accept
//! is a path both take. Paths that go to legacy whatever the rules say (double slashes, dot
//! segments, NUL ...) are walked around, so a conflict is never reported on a path that no rule
//! decides. Most pairs are told apart before that, segment by segment.

use std::collections::{BTreeMap, VecDeque};

use regex_automata::dfa::Automaton;
use regex_automata::util::primitives::StateID;

use crate::language::{self, Dense};
use crate::pattern::{MatchText, Piece, pieces};
use crate::python_regex::{has_top_level_alternation, top_level};

/// Pairs of states looked at for one pair of paths. Unit: pairs; patterns of Django need hundreds.
/// Beyond it the answer is [`Overlap::Unknown`].
pub(crate) const PAIRS_MAX: usize = 2_000;

/// The answer for two paths.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Overlap {
    /// No path is taken by both.
    Apart,
    /// This one is.
    At(String),
    /// The automata are too large to say.
    Unknown,
}

/// The first path in breadth-first order that both expressions take.
pub(crate) fn common_path(a: &Dense, b: &Dense) -> Overlap {
    walk(a, b, |a_takes, b_takes| a_takes && b_takes)
}

/// The first path in breadth-first order that `inner` takes and `outer` does not.
pub(crate) fn outside(inner: &Dense, outer: &Dense) -> Overlap {
    walk(inner, outer, |inner_takes, outer_takes| inner_takes && !outer_takes)
}

/// Whether every path of `inner` is one of `outer`; `None` if that is too much to say.
pub(crate) fn is_within(inner: &Dense, outer: &Dense) -> Option<bool> {
    match outside(inner, outer) {
        Overlap::Apart => Some(true),
        Overlap::At(_) => Some(false),
        Overlap::Unknown => None,
    }
}

/// Where a path stands with respect to what is decided by rules at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Edge {
    /// Behind a slash, or at the start.
    SegmentStart,
    /// Behind `.` at the start of a segment.
    Dot,
    /// Behind `..` at the start of a segment.
    Dots,
    Inside,
}

impl Edge {
    /// `None` for a byte after which the path goes to legacy anyway.
    fn step(self, byte: u8) -> Option<Self> {
        match (self, byte) {
            (_, 0 | b'\\' | b'#') | (Self::SegmentStart | Self::Dot | Self::Dots, b'/') => None,
            (_, b'/') => Some(Self::SegmentStart),
            (Self::SegmentStart, b'.') => Some(Self::Dot),
            (Self::Dot, b'.') => Some(Self::Dots),
            _ => Some(Self::Inside),
        }
    }

    fn may_end(self) -> bool {
        !matches!(self, Self::Dot | Self::Dots)
    }
}

type Pair = (StateID, StateID, Edge);

/// Bytes in the order in which an example reads best.
fn readable_bytes() -> impl Iterator<Item = u8> {
    let first = b"a1-/_.";
    first
        .iter()
        .copied()
        .chain((0x21..=0x7e).filter(|b| !first.contains(b)))
        .chain((u8::MIN..=u8::MAX).filter(|b| !(0x21..=0x7e).contains(b)))
}

fn walk(a: &Dense, b: &Dense, wanted: impl Fn(bool, bool) -> bool) -> Overlap {
    let (Some(a_start), Some(b_start)) = (language::start(a), language::start(b)) else {
        return Overlap::Unknown;
    };
    let start = (a_start, b_start, Edge::SegmentStart);
    let mut came_from: BTreeMap<Pair, Option<(Pair, u8)>> = BTreeMap::from([(start, None)]);
    let mut queue = VecDeque::from([start]);
    while let Some(pair @ (in_a, in_b, edge)) = queue.pop_front() {
        let accepts = |dfa: &Dense, state| dfa.is_match_state(dfa.next_eoi_state(state));
        if edge.may_end() && wanted(accepts(a, in_a), accepts(b, in_b)) {
            return Overlap::At(path_to(&came_from, pair));
        }
        if came_from.len() > PAIRS_MAX {
            return Overlap::Unknown;
        }
        for byte in readable_bytes() {
            let Some(edge) = edge.step(byte) else { continue };
            let (next_a, next_b) = (a.next_state(in_a, byte), b.next_state(in_b, byte));
            if a.is_quit_state(next_a) || b.is_quit_state(next_b) {
                return Overlap::Unknown;
            }
            // A dead `a` can never be wanted again; a dead `b` can, when it is asked not to take.
            if a.is_dead_state(next_a) || (b.is_dead_state(next_b) && !wanted(true, false)) {
                continue;
            }
            let next = (next_a, next_b, edge);
            came_from.entry(next).or_insert_with(|| {
                queue.push_back(next);
                Some((pair, byte))
            });
        }
    }
    Overlap::Apart
}

fn path_to(came_from: &BTreeMap<Pair, Option<(Pair, u8)>>, mut pair: Pair) -> String {
    let mut bytes = Vec::new();
    while let Some(Some((before, byte))) = came_from.get(&pair) {
        bytes.push(*byte);
        pair = *before;
    }
    bytes.push(b'/');
    bytes.reverse();
    String::from_utf8_lossy(&bytes).into_owned()
}

/// A path pattern by segments, for telling two apart without automata.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Outline {
    segments: Vec<Segment>,
    /// What follows the segments can be anything.
    open: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Segment {
    Literal(String),
    /// One converter and nothing else.
    Converter(Charset),
    /// Anything without a slash.
    Any,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Charset {
    Digits,
    Slug,
    NoSlash,
}

impl Charset {
    fn of(converter: &str) -> Option<Self> {
        match converter {
            "int" => Some(Self::Digits),
            "slug" | "uuid" => Some(Self::Slug),
            "str" => Some(Self::NoSlash),
            _ => None,
        }
    }

    fn takes(self, text: &str) -> bool {
        let one = |byte: u8| match self {
            Self::Digits => byte.is_ascii_digit(),
            Self::Slug => byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'),
            Self::NoSlash => true,
        };
        !text.is_empty() && text.bytes().all(one)
    }
}

/// Splits behind the first slash that stands outside of groups and classes.
fn split_segment(text: &str) -> Option<(&str, &str)> {
    let (at, _) = top_level(text).find(|(_, c)| *c == '/')?;
    Some((text.get(..at)?, text.get(at + 1..)?))
}

impl Segment {
    /// One segment of a regex: a literal, or one class repeated, with or without a group around it.
    fn of_regex(text: &str) -> Option<Self> {
        let plain = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-');
        if text.chars().all(plain) {
            return Some(Self::Literal(text.to_owned()));
        }
        let inside = text.strip_prefix('(').and_then(|text| text.strip_suffix(')'));
        let inside = inside.map_or(text, |inside| match inside.strip_prefix("?P<") {
            Some(named) => named.split_once('>').map_or(inside, |(_, inside)| inside),
            None => inside,
        });
        match inside {
            r"\d+" => Some(Self::Any),
            "[0-9]+" => Some(Self::Converter(Charset::Digits)),
            "[^/]+" | "[^/.]+" | r"[^/\.]+" | r"\w+" | r"[\w-]+" | r"[-\w]+" | r"[\w\-]+" => {
                Some(Self::Converter(Charset::NoSlash))
            }
            "[-a-zA-Z0-9_]+" | "[a-zA-Z0-9_-]+" => Some(Self::Converter(Charset::Slug)),
            _ => None,
        }
    }
}

impl Outline {
    pub(crate) fn of(path: &MatchText) -> Self {
        match path {
            MatchText::Django(text) => Self::of_django(text),
            MatchText::RePath(text) | MatchText::LegacyOnly { superset: text, .. } => {
                Self::of_regex(text)
            }
        }
    }

    fn of_django(text: &str) -> Self {
        let mut outline = Self { segments: Vec::new(), open: false };
        let mut current: Option<Segment> = None;
        for piece in pieces(text).unwrap_or_default() {
            match piece {
                Piece::Literal(literal) => {
                    for (nth, part) in literal.split('/').enumerate() {
                        if nth > 0 {
                            let done = current.take().unwrap_or(Segment::Literal(String::new()));
                            outline.segments.push(done);
                        }
                        if !part.is_empty() {
                            current = Some(match current {
                                None => Segment::Literal(part.to_owned()),
                                Some(_) => Segment::Any,
                            });
                        }
                    }
                }
                Piece::Converter { name, .. } => {
                    let Some(charset) = Charset::of(name) else {
                        outline.open = true;
                        return outline;
                    };
                    current = Some(match current {
                        None => Segment::Converter(charset),
                        Some(_) => Segment::Any,
                    });
                }
            }
        }
        outline.segments.push(current.unwrap_or(Segment::Literal(String::new())));
        outline
    }

    /// The segments of a regex as far as they are literals or one simple class: most `re_path()`s
    /// are nothing else. Whatever is not understood leaves the rest open.
    fn of_regex(text: &str) -> Self {
        let mut outline = Self { segments: Vec::new(), open: true };
        let Some(body) = text.strip_prefix('^') else { return outline };
        if has_top_level_alternation(text) {
            return outline;
        }
        let (mut rest, whole) = body.strip_suffix('$').map_or((body, false), |body| (body, true));
        while let Some((segment, after)) = split_segment(rest) {
            let Some(read) = Segment::of_regex(segment) else { return outline };
            // `a/?b` and `(a/)*b`: the slash is not a fixed one.
            if after.starts_with(['?', '*', '{', '+']) {
                return outline;
            }
            outline.segments.push(read);
            rest = after;
        }
        if let (true, Some(last)) = (whole, Segment::of_regex(rest)) {
            outline.segments.push(last);
            outline.open = false;
        }
        outline
    }

    /// Whether the two surely take no path in common. `false` proves nothing.
    pub(crate) fn is_apart(&self, other: &Self) -> bool {
        let clash = self.segments.iter().zip(&other.segments).any(|(a, b)| match (a, b) {
            (Segment::Literal(a), Segment::Literal(b)) => a != b,
            (Segment::Literal(text), Segment::Converter(charset))
            | (Segment::Converter(charset), Segment::Literal(text)) => !charset.takes(text),
            (Segment::Literal(text), Segment::Any) | (Segment::Any, Segment::Literal(text)) => {
                text.is_empty()
            }
            _ => false,
        });
        let too_short =
            |short: &Self, long: &Self| !short.open && short.segments.len() < long.segments.len();
        clash || too_short(self, other) || too_short(other, self)
    }

    /// The first segment, if it is fixed: what paths are grouped by.
    pub(crate) fn first(&self) -> Option<&str> {
        match self.segments.first() {
            Some(Segment::Literal(text)) => Some(text),
            _ => None,
        }
    }

    /// The fixed segments at the start, each with its slash.
    pub(crate) fn literal_prefix(&self) -> String {
        let mut prefix = String::new();
        for segment in &self.segments {
            let Segment::Literal(text) = segment else { break };
            prefix.push_str(text);
            prefix.push('/');
        }
        prefix
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pattern::{Converters, compile};

    fn django(text: &str) -> MatchText {
        MatchText::Django(text.to_owned())
    }

    fn re_path(text: &str) -> MatchText {
        MatchText::RePath(text.to_owned())
    }

    fn dfa(path: &MatchText) -> Dense {
        let (rust, _) = compile(path, &Converters::default()).expect("a good pattern");
        language::paths(&rust).expect("a small pattern")
    }

    #[track_caller]
    fn check(a: &MatchText, b: &MatchText, expected: Option<&str>) {
        let overlap = common_path(&dfa(a), &dfa(b));
        let expected = expected.map_or(Overlap::Apart, |path| Overlap::At(path.to_owned()));
        assert_eq!(overlap, expected, "{a} and {b}");
        if Outline::of(a).is_apart(&Outline::of(b)) {
            assert_eq!(overlap, Overlap::Apart, "the outlines of {a} and {b} lie");
        }
    }

    #[test]
    fn an_example_shows_the_overlap() {
        check(&django("a/<int:pk>/"), &django("a/<slug:s>/"), Some("/a/1/"));
        check(&django("a/<slug:s>/"), &django("a/new/"), Some("/a/new/"));
        check(&django("<path:rest>"), &django("api/<int:pk>"), Some("/api/1"));
        check(&re_path("^a/(?P<y>[0-9]{4})/$"), &django("a/<str:x>/"), Some("/a/1111/"));
        check(&re_path("b"), &django("a<str:x>"), Some("/ab"));
        check(&re_path("^a/?b$"), &django("ab"), Some("/ab"));
        check(&re_path("^admin/"), &django("admin/<int:pk>/"), Some("/admin/1/"));
        check(&re_path("^a/(?P<x>[^/]+)/?$"), &django("a/<int:pk>"), Some("/a/1"));
        check(&re_path(r"^(?P<x>\d+)/$"), &django("<str:x>/"), Some("/1/"));
    }

    #[test]
    fn apart_is_apart() {
        check(&django("a/<int:pk>/"), &django("a/<int:pk>"), None);
        check(&django("a/<int:pk>/"), &django("a/new/"), None);
        check(&django("a/<str:x>/"), &django("a/<str:x>/b/"), None);
        check(&django("a/"), &re_path("^b"), None);
        check(&re_path("^a/[a-f]+/$"), &re_path("^a/[g-z]+/$"), None);
        check(&re_path("^(?P<x>[^/]+)/a/$"), &re_path(r"^(?P<x>[^/]+)/(?P<y>\d+)/$"), None);
        check(&re_path("^(?P<x>[^/]+)/a/$"), &django("b/<int:pk>/c/"), None);
    }

    #[test]
    fn paths_that_no_rule_decides_are_no_conflict() {
        check(&re_path("^a/\\.\\./$"), &django("a/<str:x>/"), None);
        check(&re_path("^a//b$"), &django("<path:p>"), None);
    }

    #[test]
    fn containment_is_found() {
        let within = |a: &str, b: &str| is_within(&dfa(&django(a)), &dfa(&django(b)));
        assert_eq!(within("a/<int:pk>/", "a/<slug:s>/"), Some(true));
        assert_eq!(within("a/<slug:s>/", "a/<int:pk>/"), Some(false));
        assert_eq!(within("a/<str:x>/", "<path:p>"), Some(false), "`.+` takes no newline");
        assert_eq!(within("a/<slug:x>/", "<path:p>"), Some(true));
        let below = is_within(&dfa(&django("admin/<path:p>/")), &dfa(&re_path("^admin/")));
        assert_eq!(below, Some(true), "what follows an open end belongs to the path");
    }
}
