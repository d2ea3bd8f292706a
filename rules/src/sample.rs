//! A request for every route, made from its pattern: what `rules init` writes as tests, so that a
//! fresh set of rules starts with every route tested.

use crate::head::Head;
use crate::language::{self, Dense};
use crate::overlap::{Overlap, common_path, outside};
use crate::pattern::{Converters, MatchText, Piece, pieces};
use crate::router::Router;
use crate::ruleset::Route;

/// A request and the route it meets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sample {
    /// The method.
    pub method: &'static str,
    /// The path, percent-encoded.
    pub path: String,
    /// The name of the route.
    pub route: String,
    /// The file that defines the route.
    pub file: String,
}

/// Paths tried for one route, each outside of the route that took the one before. Unit: paths.
const TRIES_MAX: usize = 8;

/// One request for every route that has no condition besides path and method, and that some
/// request reaches. Each was asked of the router.
pub fn samples(router: &Router) -> Vec<Sample> {
    let plain = router.ruleset().routes().iter().filter(|r| !r.matching.is_conditional());
    plain.filter_map(|route| sample(router, route)).collect()
}

fn sample(router: &Router, route: &Route) -> Option<Sample> {
    let method = route.matching.methods.iter().next()?.as_str();
    let mut own: Option<Dense> = None;
    let mut path = sample_path(&route.matching.path, router.ruleset().converters())?;
    for _ in 0..TRIES_MAX {
        let decision = router.decide(&Head::new(method, path.as_bytes()));
        let taken_by = decision.route?;
        if std::ptr::eq(taken_by, route) {
            let (name, file) = (route.name.clone(), route.place.path.clone());
            return Some(Sample { method, path, route: name, file });
        }
        if own.is_none() {
            own = Some(language::paths(&route.matching.regex)?);
        }
        path = plain(outside(own.as_ref()?, &language::paths(&taken_by.matching.regex)?))?;
    }
    None
}

/// A path of the pattern that says what its parts are: `/api/orders/1/`.
fn sample_path(path: &MatchText, converters: &Converters) -> Option<String> {
    let MatchText::Django(text) = path else { return sample_of_regex(path, converters) };
    let mut sample = String::from("/");
    for piece in pieces(text).ok()? {
        match piece {
            Piece::Literal(literal) => sample.push_str(literal),
            Piece::Converter { name: "int", .. } => sample.push('1'),
            Piece::Converter { name: "uuid", .. } => {
                sample.push_str("00000000-0000-4000-8000-000000000000");
            }
            Piece::Converter { name: "str" | "slug", .. } => sample.push('a'),
            Piece::Converter { name: "path", .. } => sample.push_str("a/b"),
            Piece::Converter { .. } => return sample_of_regex(path, converters),
        }
    }
    plain(Overlap::At(sample))
}

/// The shortest path its automaton takes.
fn sample_of_regex(path: &MatchText, converters: &Converters) -> Option<String> {
    let (regex, _) = crate::pattern::compile(path, converters).ok()?;
    let dfa = language::paths(&regex)?;
    plain(common_path(&dfa, &dfa))
}

/// A path that stands for itself on the wire.
fn plain(path: Overlap) -> Option<String> {
    let Overlap::At(path) = path else { return None };
    let graphic = path.bytes().all(|byte| byte.is_ascii_graphic());
    Some(path).filter(|path| graphic && !path.contains(['%', '?']))
}
