//! The surface that nobody listed: requests that no route takes, as a bounded set of path shapes.
//!
//! A shape is a path with what identifies somebody or something taken out: `/reports/<int>/`. What
//! a segment is shows by itself (digits, a UUID) or by how many stand in one place: where more than
//! [`SIBLINGS_MAX`] words are seen, they are values, and from then on one `<str>`. So the set stays
//! small whatever clients ask for, as in log template miners (Drain, He et al. 2017).

use std::collections::BTreeMap;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::method::Method;

/// Words told apart in one place of a path; beyond it they are taken for values. Unit: words; few
/// sites have more sections at one level that nobody listed.
pub const SIBLINGS_MAX: usize = 48;
/// Segments told apart in a path; what follows is one `<path>`.
pub const SEGMENTS_MAX: usize = 8;
/// Places kept in all. Unit: places of some 200 bytes, so less than 1 MiB; what would need more is
/// counted without a shape.
pub const PLACES_MAX: usize = 4_096;
/// Longest word that is kept, in bytes; longer segments are values.
pub const WORD_BYTES_MAX: usize = 32;
/// Digits a word may hold, a count: `oauth2` and `v1` are words, `a9f3c1` is a value.
const WORD_DIGITS_MAX: usize = 2;

/// How often something was asked for, and how long it took to answer.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    /// Requests.
    pub requests: u64,
    /// Time to answer them, in microseconds.
    pub micros: u64,
}

impl Tally {
    /// Counts one request.
    pub fn add(&mut self, took: Duration) {
        self.merge(Self { requests: 1, micros: u64::try_from(took.as_micros()).unwrap_or(0) });
    }

    /// Adds what another one counted.
    pub fn merge(&mut self, other: Self) {
        self.requests = self.requests.saturating_add(other.requests);
        self.micros = self.micros.saturating_add(other.micros);
    }
}

/// One shape that was asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shape {
    /// The method; `OTHER` for those that HTTP does not define.
    pub method: String,
    /// The path with its values taken out, e.g. `/reports/<int>/`.
    pub path: String,
    /// How often, and how long it took.
    pub tally: Tally,
}

/// What nobody listed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unmatched {
    /// Shapes behind which something answered, the most frequent first.
    pub shapes: Vec<Shape>,
    /// Requests that were answered with 404: there is nothing behind them.
    pub not_found: Tally,
    /// Requests without a shape, for the set was full.
    pub beyond: Tally,
}

/// Gathers shapes.
#[derive(Debug, Default)]
pub struct Surface {
    root: Place,
    places: usize,
    not_found: Tally,
    beyond: Tally,
}

#[derive(Debug, Default)]
struct Place {
    answered: BTreeMap<&'static str, Tally>,
    below: BTreeMap<Box<str>, Place>,
    /// Words below are values.
    values: bool,
}

impl Surface {
    /// Counts a request that no route took. Only the path is looked at, never the query.
    pub fn add(&mut self, method: &str, path: &str, status: u16, took: Duration) {
        if status == 404 {
            return self.not_found.add(took);
        }
        let path = path.split(['?', '#']).next().unwrap_or_default();
        let mut place = &mut self.root;
        let segments = path.strip_prefix('/').unwrap_or(path).split('/');
        for (depth, segment) in segments.enumerate() {
            let word = if depth < SEGMENTS_MAX { kind(segment) } else { "<path>" };
            if !is_value(word) && !place.values && !place.below.contains_key(word) {
                let words = place.below.keys().filter(|word| !is_value(word)).count();
                if words >= SIBLINGS_MAX {
                    let before = place.count();
                    place.fold();
                    self.places -= before - place.count();
                }
            }
            let word = if place.values && !is_value(word) { "<str>" } else { word };
            if !place.below.contains_key(word) {
                if self.places >= PLACES_MAX {
                    return self.beyond.add(took);
                }
                self.places += 1;
            }
            place = place.below.entry(word.into()).or_default();
            if depth >= SEGMENTS_MAX {
                break;
            }
        }
        place.answered.entry(word_of(method)).or_default().add(took);
    }

    /// What was gathered so far.
    pub fn unmatched(&self) -> Unmatched {
        let mut shapes = Vec::new();
        self.root.gather("", &mut shapes);
        sort(&mut shapes);
        Unmatched { shapes, not_found: self.not_found, beyond: self.beyond }
    }
}

impl Unmatched {
    /// Adds what another proxy gathered.
    pub fn merge(&mut self, other: Self) {
        self.not_found.merge(other.not_found);
        self.beyond.merge(other.beyond);
        for shape in other.shapes {
            let same = |kept: &&mut Shape| kept.method == shape.method && kept.path == shape.path;
            match self.shapes.iter_mut().find(same) {
                Some(kept) => kept.tally.merge(shape.tally),
                None => self.shapes.push(shape),
            }
        }
        sort(&mut self.shapes);
    }
}

fn sort(shapes: &mut [Shape]) {
    shapes.sort_by(|a, b| {
        let key = |shape: &Shape| (shape.path.clone(), shape.method.clone());
        b.tally.requests.cmp(&a.tally.requests).then_with(|| key(a).cmp(&key(b)))
    });
}

impl Place {
    /// The words below are values after all.
    fn fold(&mut self) {
        self.values = true;
        let mut folded = Self::default();
        let (kept, words): (BTreeMap<_, _>, BTreeMap<_, _>) =
            std::mem::take(&mut self.below).into_iter().partition(|(word, _)| is_value(word));
        self.below = kept;
        for (_, place) in words {
            folded.merge(place);
        }
        self.below.entry("<str>".into()).or_default().merge(folded);
    }

    fn merge(&mut self, other: Self) {
        for (method, tally) in other.answered {
            self.answered.entry(method).or_default().merge(tally);
        }
        for (word, place) in other.below {
            self.below.entry(word).or_default().merge(place);
        }
        self.values |= other.values;
        let words = self.below.keys().filter(|word| !is_value(word)).count();
        if words > 0 && (self.values || words > SIBLINGS_MAX) {
            self.fold();
        }
    }

    /// Places below.
    fn count(&self) -> usize {
        self.below.values().map(|place| 1 + place.count()).sum()
    }

    fn gather(&self, path: &str, into: &mut Vec<Shape>) {
        for (method, tally) in &self.answered {
            let path = if path.is_empty() { "/" } else { path };
            into.push(Shape { method: (*method).to_owned(), path: path.to_owned(), tally: *tally });
        }
        for (word, place) in &self.below {
            place.gather(&format!("{path}/{word}"), into);
        }
    }
}

fn is_value(word: &str) -> bool {
    // The empty word after a last slash is no value, but there can only be one of it.
    word.is_empty() || word.starts_with('<')
}

/// A segment as it stands in a shape: itself if it is a word, else what kind of value it is.
fn kind(segment: &str) -> &str {
    let digits = segment.bytes().filter(u8::is_ascii_digit).count();
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
    if segment.is_empty() {
        ""
    } else if digits == segment.len() {
        "<int>"
    } else if is_uuid(segment) {
        "<uuid>"
    } else if segment.len() <= WORD_BYTES_MAX
        && digits <= WORD_DIGITS_MAX
        && segment.bytes().all(plain)
    {
        segment
    } else {
        "<str>"
    }
}

fn is_uuid(segment: &str) -> bool {
    segment.len() == 36
        && segment.bytes().enumerate().all(|(at, byte)| match at {
            8 | 13 | 18 | 23 => byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        })
}

fn word_of(method: &str) -> &'static str {
    Method::parse(method).map_or("OTHER", Method::as_str)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paths(surface: &Surface) -> Vec<(String, u64)> {
        let shapes = surface.unmatched().shapes.into_iter();
        shapes
            .map(|shape| (format!("{} {}", shape.method, shape.path), shape.tally.requests))
            .collect()
    }

    fn add(surface: &mut Surface, path: &str) {
        surface.add("GET", path, 200, Duration::from_millis(1));
    }

    #[test]
    fn values_are_taken_out() {
        let mut surface = Surface::default();
        for path in [
            "/reports/7/",
            "/reports/8123/",
            "/reports/9/?token=s3cret",
            "/files/0b3e7c1a-9d52-4c1e-8f00-2f6f0d7a1b11",
            "/reset/MQ-c1k9-8a7f6e5d4c3b2a/",
            "/oauth2/token/",
            "/u/ada%40example.org/",
            "/",
        ] {
            add(&mut surface, path);
        }
        surface.add("BREW", "/", 200, Duration::ZERO);
        surface.add("GET", "/wp-login.php", 404, Duration::ZERO);
        let found = paths(&surface);
        let shapes: Vec<&str> = found.iter().map(|(path, _)| path.as_str()).collect();
        assert_eq!(found[0], ("GET /reports/<int>/".to_owned(), 3));
        for shape in [
            "GET /",
            "OTHER /",
            "GET /files/<uuid>",
            "GET /oauth2/token/",
            "GET /reset/<str>/",
            "GET /u/<str>/",
        ] {
            assert!(shapes.contains(&shape), "{shape}: {shapes:?}");
        }
        assert_eq!((shapes.len(), surface.unmatched().not_found.requests), (7, 1));
    }

    #[test]
    fn many_words_in_one_place_are_values() {
        let mut surface = Surface::default();
        let name = |n: usize| {
            let letter = |n: usize| char::from(b'a' + u8::try_from(n % 26).unwrap());
            format!("{}{}{}", letter(n / 676), letter(n / 26), letter(n))
        };
        for n in 0..2_000 {
            add(&mut surface, &format!("/users/{}/orders/{n}/", name(n)));
        }
        assert_eq!(paths(&surface), [("GET /users/<str>/orders/<int>/".to_owned(), 2_000)]);
        add(&mut surface, "/users/7/");
        assert_eq!(paths(&surface).len(), 2);
    }

    #[test]
    fn whatever_is_asked_for_the_set_is_bounded_and_nothing_is_lost() {
        let mut surface = Surface::default();
        let mut state = 1_u64;
        let requests = 50_000;
        for _ in 0..requests {
            let mut path = String::new();
            for _ in 0..state % 12 {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                let word: String =
                    state.to_le_bytes().iter().map(|b| char::from(b'a' + b % 26)).collect();
                path += "/";
                path += &word[..=usize::try_from(state % 3).unwrap()];
            }
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            add(&mut surface, &path);
        }
        let unmatched = surface.unmatched();
        let counted: u64 = unmatched.shapes.iter().map(|shape| shape.tally.requests).sum();
        assert_eq!(counted + unmatched.beyond.requests, requests);
        assert!(unmatched.shapes.len() <= PLACES_MAX, "{}", unmatched.shapes.len());
        let longest = unmatched.shapes.iter().map(|shape| shape.path.len()).max();
        assert!(longest < Some((SEGMENTS_MAX + 1) * (WORD_BYTES_MAX + 1)), "{longest:?}");
    }

    #[test]
    fn two_proxies_count_together() {
        let (mut one, mut other) = (Surface::default(), Surface::default());
        add(&mut one, "/a/");
        add(&mut other, "/a/");
        add(&mut other, "/b/");
        let mut both = one.unmatched();
        both.merge(other.unmatched());
        let counts: Vec<u64> = both.shapes.iter().map(|shape| shape.tally.requests).collect();
        assert_eq!(counts, [2, 1]);
    }
}
