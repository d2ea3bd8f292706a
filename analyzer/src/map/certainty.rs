//! How sure a fact is.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How sure the analyzer is of a fact.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Certainty {
    /// Declared by code that always runs.
    Certain,
    /// Declared by code that runs under a condition which could not be decided.
    Conditional,
    /// Concluded from a name or a habit, not from a declaration.
    Guessed,
}
