//! The shipped catalogue: reduced Python sources of libraries that a checkout does not contain.
//!
//! They are interpreted by the same machinery as the project. A stub names what a project can see
//! of a library (models, app configurations, base classes); what it leaves out stays symbolic.

/// Prefix of the file names that stand for catalogue sources in the map.
pub const PREFIX: &str = "<catalogue>/";

static SOURCES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/catalogue.rs"));

/// Source of `file` (`django/db/models/__init__.py`).
pub fn source(file: &str) -> Option<&'static str> {
    let index = SOURCES.binary_search_by(|(name, _)| (*name).cmp(file)).ok()?;
    SOURCES.get(index).map(|(_, text)| *text)
}

/// Whether the stub was written by hand: it tells what a module does in words that the evaluator
/// follows, so it is read even where the module itself is at hand.
pub fn is_handwritten(file: &str) -> bool {
    source(file).is_some_and(|text| text.starts_with(HANDWRITTEN))
}

/// How a stub that the generator leaves alone begins.
const HANDWRITTEN: &str = "# Written by hand.";

/// Whether the catalogue holds a file below `folder` (`django/contrib`).
pub fn has_folder(folder: &str) -> bool {
    SOURCES
        .iter()
        .any(|(name, _)| name.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/')))
}
