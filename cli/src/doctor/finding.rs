//! What the doctor concludes: a check is proven, open, or has findings with the setting to change.

use serde::Serialize;

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Severity {
    /// Users or attackers meet it.
    Error,
    /// It works, and should not stay.
    Warning,
}

/// Something that is wrong.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Finding {
    /// The code of its page.
    pub(crate) code: &'static str,
    /// How bad it is.
    pub(crate) severity: Severity,
    /// What was seen.
    pub(crate) message: String,
    /// What to write where, e.g. a line of Django's settings.
    pub(crate) change: String,
}

impl Finding {
    pub(crate) fn error(code: &'static str, message: String, change: impl Into<String>) -> Self {
        Self { code, severity: Severity::Error, message, change: change.into() }
    }

    pub(crate) fn warning(code: &'static str, message: String, change: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, ..Self::error(code, message, change) }
    }
}

/// What a check came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum State {
    /// It was seen to be right.
    Proven,
    /// It was seen to be wrong.
    Wrong,
    /// Nothing could be seen.
    Open,
}

/// One question and what was seen.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Check {
    /// A word for programs.
    pub(crate) id: &'static str,
    /// The claim, as a sentence.
    pub(crate) claim: &'static str,
    /// What it came to.
    pub(crate) state: State,
    /// What was seen that proves it, or why nothing was.
    pub(crate) because: String,
    /// What is wrong.
    pub(crate) findings: Vec<Finding>,
}

impl Check {
    /// Proven unless one of the findings is an error.
    pub(crate) fn seen(
        id: &'static str,
        claim: &'static str,
        because: impl Into<String>,
        findings: Vec<Finding>,
    ) -> Self {
        let wrong = findings.iter().any(|finding| finding.severity == Severity::Error);
        let (state, because) =
            if wrong { (State::Wrong, String::new()) } else { (State::Proven, because.into()) };
        Self { id, claim, state, because, findings }
    }

    /// Nothing could be seen.
    pub(crate) fn open(id: &'static str, claim: &'static str, why: impl Into<String>) -> Self {
        Self { id, claim, state: State::Open, because: why.into(), findings: Vec::new() }
    }
}
