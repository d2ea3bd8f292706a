//! The views of the monolith, as the analyzer's `map.json` names them: what `match.view` may say.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::pattern::{Converter, Converters, Joiner, MatchText, SegmentKind};

/// The monolith's views by name, and the path converters that their patterns use.
#[derive(Debug, Clone, Default)]
pub struct Views {
    pub(crate) paths: BTreeMap<String, Vec<MatchText>>,
    pub(crate) converters: BTreeMap<String, Converter>,
}

/// The part of `map.json` that is needed here. Everything else of it is left unread, so that a
/// newer map does no harm.
#[derive(Deserialize)]
struct Map {
    endpoints: Vec<Endpoint>,
    #[serde(default)]
    converters: Vec<Declared>,
}

#[derive(Deserialize)]
struct Endpoint {
    name: String,
    view: String,
    segments: Vec<Segment>,
}

#[derive(Deserialize)]
struct Segment {
    kind: Kind,
    text: String,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Kind {
    Path,
    RePath,
    Language,
}

#[derive(Deserialize)]
struct Declared {
    name: String,
    regex: String,
    refuses: bool,
}

/// A text that is not the map of the analyzer.
#[derive(Debug, thiserror::Error)]
#[error("not a map of the analyzer: {0}; `outgrow analyze` writes one")]
pub struct ViewsError(#[from] serde_json::Error);

impl Views {
    /// Reads the text of a `map.json`. A view is known by its URL name (`orders:detail`), and by
    /// its dotted path where it has none.
    ///
    /// # Errors
    /// The text is not JSON, or has no endpoints.
    pub fn from_map(json: &str) -> Result<Self, ViewsError> {
        let map: Map = serde_json::from_str(json)?;
        let mut known = Converters::default();
        let mut converters = BTreeMap::new();
        for declared in map.converters {
            let converter = Converter { regex: declared.regex, refuses: declared.refuses };
            known.insert(&declared.name, converter.clone());
            converters.insert(declared.name, converter);
        }
        let mut paths: BTreeMap<String, Vec<MatchText>> = BTreeMap::new();
        let mut joiner = Joiner::new(&known);
        for endpoint in map.endpoints {
            let segments: Vec<(SegmentKind, &str)> =
                endpoint.segments.iter().map(Segment::joined).collect();
            let name = if endpoint.name.is_empty() { endpoint.view } else { endpoint.name };
            if !name.is_empty() {
                paths.entry(name).or_default().push(joiner.join(&segments));
            }
        }
        Ok(Self { paths, converters })
    }

    /// Whether no view is known: no map was given.
    pub fn is_empty(&self) -> bool {
        self.paths.is_empty()
    }

    /// The names, sorted.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.paths.keys().map(String::as_str)
    }

    /// Every name with each of its paths.
    pub fn endpoints(&self) -> impl Iterator<Item = (&str, &MatchText)> {
        self.paths.iter().flat_map(|(name, paths)| paths.iter().map(|path| (name.as_str(), path)))
    }
}

impl Segment {
    fn joined(&self) -> (SegmentKind, &str) {
        match self.kind {
            Kind::Path => (SegmentKind::Path, &self.text),
            Kind::RePath => (SegmentKind::RePath, &self.text),
            // The map knows the active language, a rule would need all of them.
            Kind::Language => (SegmentKind::Language, ""),
        }
    }
}

impl<N: Into<String>> FromIterator<(N, MatchText)> for Views {
    fn from_iter<I: IntoIterator<Item = (N, MatchText)>>(views: I) -> Self {
        let mut paths: BTreeMap<String, Vec<MatchText>> = BTreeMap::new();
        for (name, path) in views {
            paths.entry(name.into()).or_default().push(path);
        }
        Self { paths, converters: BTreeMap::new() }
    }
}
