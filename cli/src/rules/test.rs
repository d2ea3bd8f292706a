//! `outgrow rules test`: the tests that stand beside the rules, and how much they cover.

use std::fmt::Write as _;

use rules::trial::{self, Report};
use rules::{Code, Problem, Problems, Router};
use serde_json::json;

use super::answer::Answer;
use crate::args::Test;
use crate::exit::Exit;
use crate::out;

/// Untested routes named on the terminal; the JSON has all.
const UNTESTED_MAX: usize = 10;

pub(crate) fn run(options: &Test) -> anyhow::Result<Exit> {
    let ruleset = super::load_or_refuse(&options.folder, options.reading.map.as_deref())?;
    let sources = ruleset.sources().to_vec();
    let report = trial::run(&Router::new(ruleset)?);
    let failed = |failure: &trial::Failure| {
        let said = format!("{}: {}", failure.name, failure.differences.join("; "));
        Problem::error(Code::BAD_TEST, said).at(failure.place.clone())
    };
    let answer = Answer {
        full: full(&report),
        json: json!({"report": report, "coverage_percent": report.coverage()}),
        findings: Problems::new(report.failures.iter().map(failed).collect(), sources),
    };
    answer.print(options.reading.output_format)?;
    let covered = report.coverage() >= options.fail_under;
    if !covered {
        out::note(format_args!(
            "{:.1} % of the routes are tested, {} % are asked for",
            report.coverage(),
            options.fail_under
        ));
    }
    Ok(if report.failures.is_empty() && covered { Exit::Fine } else { Exit::Findings })
}

fn full(report: &Report) -> String {
    let mut text = String::new();
    for failure in &report.failures {
        let differences = failure.differences.join("; ");
        // Writing to a String cannot fail, here and below.
        let _ = writeln!(text, "{}: {}: {differences}", failure.place, failure.name);
    }
    for route in report.untested.iter().take(UNTESTED_MAX) {
        let _ = writeln!(text, "untested: {route}");
    }
    let (run, failed) = (report.run, report.failures.len());
    let _ = writeln!(
        text,
        "{} passed, {failed} failed; {:.1} % of {} routes tested",
        run - failed,
        report.coverage(),
        report.routes
    );
    text
}
