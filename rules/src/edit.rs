//! Changes the stage of one route in its file, and proves that nothing else changed.

use crate::load::{Source, load_with};
use crate::problem::Problems;
use crate::ruleset::{Route, Ruleset};
use crate::stage::{IllegalMove, StageName};

/// A change of one scalar, ready to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// The file after the change.
    pub source: Source,
    /// 1-based line of the changed scalar.
    pub line: usize,
    /// The stage before.
    pub from: StageName,
    /// The stage after.
    pub to: StageName,
}

/// Why a stage was not changed.
#[derive(Debug, thiserror::Error)]
pub enum EditError {
    /// No route of that name.
    #[error("no route is named `{name}`{}", suggestion(near))]
    UnknownRoute {
        /// The name asked for.
        name: String,
        /// Names near to it.
        near: Vec<String>,
    },
    /// The state machine forbids it.
    #[error("{0}")]
    Illegal(IllegalMove),
    /// The rules would not load afterwards.
    #[error("the rules would not load afterwards:\n{0}")]
    Refused(Box<Problems>),
    /// The stage stands where a splice of bytes cannot change it alone: in an anchor others use.
    #[error("the stage of `{name}` is written in a place it shares with {}", others.join(", "))]
    Shared {
        /// The route asked for.
        name: String,
        /// The routes that would change with it.
        others: Vec<String>,
    },
}

fn suggestion(near: &[String]) -> String {
    match near.first() {
        Some(first) => format!("; did you mean `{first}`?"),
        None => String::new(),
    }
}

/// Moves a route to another stage: one scalar of one file, bytes elsewhere untouched.
///
/// # Errors
/// The route does not exist, the move is not legal, or the changed rules would not load or would
/// change more than this one route.
pub fn set_stage(ruleset: &Ruleset, name: &str, to: StageName) -> Result<Edit, EditError> {
    let route = ruleset.route(name).ok_or_else(|| unknown(ruleset, name))?;
    let from = route.stage.name();
    from.may_move_to(to).map_err(EditError::Illegal)?;
    let place = &route.stage_place;
    let mut sources = ruleset.sources.clone();
    let changed = sources
        .iter_mut()
        .find(|source| source.path == place.path)
        .expect("a route's place names one of the ruleset's sources");
    changed.text.replace_range(place.start..place.end, to.as_str());
    let edit = Edit { source: changed.clone(), line: place.line, from, to };
    let after = load_with(&sources, &ruleset.views)
        .map_err(|problems| EditError::Refused(Box::new(problems)))?;
    match others_changed(ruleset, &after, name) {
        others if others.is_empty() => Ok(edit),
        others => Err(EditError::Shared { name: name.to_owned(), others }),
    }
}

fn unknown(ruleset: &Ruleset, name: &str) -> EditError {
    let names = ruleset.routes.iter().map(|route| route.name.as_str());
    let near = crate::problem::nearest(name, names).into_iter().map(str::to_owned).collect();
    EditError::UnknownRoute { name: name.to_owned(), near }
}

/// Routes besides `name` that are not what they were. Places are not compared: a longer word moves
/// everything behind it.
fn others_changed(before: &Ruleset, after: &Ruleset, name: &str) -> Vec<String> {
    let same = |a: &Route, b: &Route| {
        a.name == b.name
            && a.context == b.context
            && a.matching == b.matching
            && (a.name == name || a.stage == b.stage)
            && a.comparison == b.comparison
            && a.policies == b.policies
    };
    before
        .routes
        .iter()
        .zip(&after.routes)
        .filter(|(a, b)| !same(a, b))
        .map(|(a, _)| a.name.clone())
        .collect()
}
