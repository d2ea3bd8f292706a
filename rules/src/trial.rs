//! The tests that stand beside the rules: a request, and where it must go.

use serde::Serialize;

use crate::problem::Place;
use crate::scalars::Side;
use crate::stage::StageName;

/// One test as checked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Trial {
    /// What it is about.
    pub name: String,
    /// The method.
    pub method: String,
    /// Path and query as on the wire.
    pub target: String,
    /// The host.
    pub host: String,
    /// Headers; names in lower case.
    pub headers: Vec<(String, String)>,
    /// The signed-in user.
    pub user: Option<String>,
    /// The route it must meet; `Some(None)` is no route at all.
    pub route: Option<Option<String>>,
    /// The stage it must meet.
    pub stage: Option<StageName>,
    /// The side that must answer.
    pub side: Option<Side>,
    /// Where it is written.
    pub place: Place,
}
