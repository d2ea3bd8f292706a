//! `outgrow rules test`: the tests that stand beside the rules, and how much they cover.

use rules::Router;
use rules::trial::{self, Report};
use serde_json::json;

use crate::args::{MapFormat, Test};
use crate::exit::Exit;
use crate::out;

/// Untested routes named on the terminal; the JSON has all.
const UNTESTED_MAX: usize = 10;

pub(crate) fn run(options: &Test) -> anyhow::Result<Exit> {
    let router = Router::new(super::load_or_refuse(&options.folder)?)?;
    let report = trial::run(&router);
    match options.output_format {
        MapFormat::Full => print(&report)?,
        MapFormat::Json => {
            let document = json!({"report": report, "coverage_percent": report.coverage()});
            out::print(serde_json::to_string_pretty(&document)? + "\n")?;
        }
    }
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

fn print(report: &Report) -> anyhow::Result<()> {
    for failure in &report.failures {
        let differences = failure.differences.join("; ");
        out::print(format_args!("{}: {}: {differences}\n", failure.place, failure.name))?;
    }
    for route in report.untested.iter().take(UNTESTED_MAX) {
        out::print(format_args!("untested: {route}\n"))?;
    }
    let (run, failed) = (report.run, report.failures.len());
    out::print(format_args!(
        "{} passed, {failed} failed; {:.1} % of {} routes tested\n",
        run - failed,
        report.coverage(),
        report.routes
    ))
}
