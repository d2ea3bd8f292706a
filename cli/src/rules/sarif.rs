//! Problems as SARIF 2.1.0 (OASIS), the format of code scanning services.

use rules::{Place, Problem, Problems, Severity};
use serde_json::{Value, json};

/// The log of one run.
///
/// # Errors
/// Never in practice: the value is made of text and numbers.
pub(crate) fn log(problems: &Problems) -> serde_json::Result<String> {
    let results: Vec<Value> = problems.as_slice().iter().map(result).collect();
    serde_json::to_string_pretty(&json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {"name": "outgrow", "version": env!("CARGO_PKG_VERSION")}},
            "results": results,
        }],
    }))
}

fn result(problem: &Problem) -> Value {
    let level = match problem.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Notice => "note",
    };
    let text = match &problem.help {
        Some(help) => format!("{}. {help}", problem.message),
        None => problem.message.clone(),
    };
    let mut result = json!({
        "ruleId": problem.code.as_str(),
        "level": level,
        "message": {"text": text},
    });
    if let Some(place) = &problem.place {
        result["locations"] = json!([location(place)]);
    }
    result
}

fn location(place: &Place) -> Value {
    json!({"physicalLocation": {
        "artifactLocation": {"uri": place.path},
        "region": {"startLine": place.line, "startColumn": place.column},
    }})
}
