//! Changes the stage or the share of one route in its file, and proves that nothing else changed.

use std::fmt;

use crate::code::Code;
use crate::load::{Source, load_with};
use crate::problem::{Place, Problem, Problems};
use crate::ruleset::{Context, Route, Ruleset};
use crate::stage::{IllegalMove, Share, Stage, StageName};

/// A change of one scalar, ready to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// The route that changed.
    pub route: String,
    /// The file after the change.
    pub source: Source,
    /// Where the scalar stood before the change.
    pub place: Place,
    /// What changed.
    pub change: Change,
}

impl Edit {
    /// What changed, in one line at its place.
    pub fn finding(&self) -> Problem {
        let said = format!("{}: {}", self.route, self.change);
        Problem::notice(Code::STAGE_MOVED, said).at(self.place.clone())
    }
}

/// What an edit changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// The stage.
    Stage {
        /// Before.
        from: StageName,
        /// After.
        to: StageName,
    },
    /// The share of a canary.
    Share {
        /// Before.
        from: Share,
        /// After.
        to: Share,
    },
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Stage { from, to } => write!(f, "{from} -> {to}"),
            Self::Share { from, to } => write!(f, "canary {from} -> canary {to}"),
        }
    }
}

/// Why nothing was changed.
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
    /// Behind retired there is nothing.
    #[error("`{0}` is retired, which is the last stage; delete the route and its tests instead")]
    Last(String),
    /// Only a canary has a share.
    #[error("`{name}` is at {stage}, and only stage canary has a share")]
    NoShare {
        /// The route asked for.
        name: String,
        /// Its stage.
        stage: StageName,
    },
    /// The share is not the route's own.
    #[error(
        "the share of `{0}` stands in `defaults:`, where other routes use it too; write \
         `canary: {{share: ...}}` at the route first"
    )]
    ShareOfDefaults(String),
    /// The rules would not load afterwards.
    #[error("the rules would not load afterwards:\n{0}")]
    Refused(Box<Problems>),
    /// The scalar stands where a splice of bytes cannot change it alone: in an anchor others use.
    #[error("it stands in a place that `{name}` shares with {}", others.join(", "))]
    Shared {
        /// The route asked for.
        name: String,
        /// What would change with it.
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
    let route = named(ruleset, name)?;
    let from = route.stage.name();
    from.may_move_to(to).map_err(EditError::Illegal)?;
    splice(ruleset, route, &route.stage_place, Change::Stage { from, to }, to.as_str())
}

/// Changes the share of a canary, as [`set_stage`] changes a stage.
///
/// # Errors
/// As [`set_stage`]; and the route is not at stage canary, or its share is that of `defaults:`.
pub fn set_share(ruleset: &Ruleset, name: &str, to: Share) -> Result<Edit, EditError> {
    let route = named(ruleset, name)?;
    let Stage::Canary { share: from } = route.stage else {
        return Err(EditError::NoShare { name: name.to_owned(), stage: route.stage.name() });
    };
    let Some(place) = &route.share_place else {
        return Err(EditError::ShareOfDefaults(name.to_owned()));
    };
    splice(ruleset, route, place, Change::Share { from, to }, &to.to_string())
}

/// One step further on the way out: the next share among `promote.steps` while a canary has one,
/// else the next stage.
///
/// # Errors
/// As [`set_stage`] and [`set_share`]; and the route is retired.
pub fn promote(ruleset: &Ruleset, name: &str) -> Result<Edit, EditError> {
    let route = named(ruleset, name)?;
    if let Stage::Canary { share } = route.stage
        && let Some(step) = route.policies.promotion.steps.iter().find(|step| **step > share)
    {
        return set_share(ruleset, name, *step);
    }
    match route.stage.name().next() {
        Some(next) => set_stage(ruleset, name, next),
        None => Err(EditError::Last(name.to_owned())),
    }
}

fn named<'r>(ruleset: &'r Ruleset, name: &str) -> Result<&'r Route, EditError> {
    ruleset.route(name).ok_or_else(|| {
        let names = ruleset.routes.iter().map(|route| route.name.as_str());
        let near = crate::problem::nearest(name, names).into_iter().map(str::to_owned).collect();
        EditError::UnknownRoute { name: name.to_owned(), near }
    })
}

fn splice(
    ruleset: &Ruleset,
    route: &Route,
    place: &Place,
    change: Change,
    text: &str,
) -> Result<Edit, EditError> {
    let mut sources = ruleset.sources.clone();
    let changed = sources
        .iter_mut()
        .find(|source| source.path == place.path)
        .expect("a route's place names one of the ruleset's sources");
    changed.text.replace_range(place.start..place.end, text);
    let (route_name, place) = (route.name.clone(), place.clone());
    let edit = Edit { route: route_name, source: changed.clone(), place, change };
    let after = load_with(&sources, &ruleset.views)
        .map_err(|problems| EditError::Refused(Box::new(problems)))?;
    match others_changed(ruleset, &after, &route.name) {
        others if others.is_empty() => Ok(edit),
        others => Err(EditError::Shared { name: route.name.clone(), others }),
    }
}

/// What besides the stage of `name` is not what it was. Places are not compared: a longer word
/// moves everything behind it.
fn others_changed(before: &Ruleset, after: &Ruleset, name: &str) -> Vec<String> {
    let same = |a: &Route, b: &Route| {
        a.name == b.name
            && a.context == b.context
            && a.matching == b.matching
            && (a.name == name || a.stage == b.stage)
            && a.comparison == b.comparison
            && a.policies == b.policies
    };
    let routes = before.routes.iter().zip(&after.routes).filter(|(a, b)| !same(a, b));
    let same_context =
        |(a, b): (&Context, &Context)| *a == Context { place: a.place.clone(), ..b.clone() };
    let elsewhere = before.routes.len() != after.routes.len()
        || before.upstreams != after.upstreams
        || !before.contexts().zip(after.contexts()).all(same_context);
    let elsewhere = elsewhere.then(|| "what is no route".to_owned());
    routes.map(|(a, _)| a.name.clone()).chain(elsewhere).collect()
}
