//! `outgrow rules check`: every problem of every file in one run.

use std::fmt::Write as _;

use rules::{Problem, Problems, Ruleset, Severity};

use crate::args::{Check, ProblemFormat};
use crate::exit::Exit;
use crate::out;

pub(crate) fn run(options: &Check) -> anyhow::Result<Exit> {
    let loaded = super::load(&options.folder)?;
    let (problems, ruleset) = match loaded {
        Ok(ruleset) => {
            let warnings = ruleset.warnings().to_vec();
            (Problems::new(warnings, ruleset.sources().to_vec()), Some(ruleset))
        }
        Err(problems) => (problems, None),
    };
    out::print(rendered(&problems, options.output_format)?)?;
    if options.output_format == ProblemFormat::Full {
        out::note(verdict(&problems, ruleset.as_ref()));
    }
    Ok(if problems.has_errors() { Exit::Findings } else { Exit::Fine })
}

fn rendered(problems: &Problems, format: ProblemFormat) -> anyhow::Result<String> {
    Ok(match format {
        ProblemFormat::Full => problems.render(out::colour()),
        ProblemFormat::Concise => lines(problems, Problem::concise),
        ProblemFormat::Json => serde_json::to_string_pretty(problems)? + "\n",
        ProblemFormat::Sarif => super::sarif::log(problems)? + "\n",
        ProblemFormat::Github => lines(problems, annotation),
    })
}

fn lines(problems: &Problems, line: impl Fn(&Problem) -> String) -> String {
    problems.as_slice().iter().fold(String::new(), |mut text, problem| {
        text.push_str(&line(problem));
        text.push('\n');
        text
    })
}

/// A workflow command of GitHub Actions: `%`, CR and LF are escaped in the message, and `:` and `,`
/// too in properties.
fn annotation(problem: &Problem) -> String {
    let level = match problem.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    let mut text = format!("::{level} title={}", problem.code);
    if let Some(place) = &problem.place {
        let file = escaped(&place.path).replace(':', "%3A").replace(',', "%2C");
        let at = format_args!(",file={file},line={},col={}", place.line, place.column);
        // Writing to a String cannot fail.
        let _ = write!(text, "{at}");
    }
    format!("{text}::{}", escaped(&problem.message))
}

fn escaped(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn verdict(problems: &Problems, ruleset: Option<&Ruleset>) -> String {
    match ruleset {
        Some(rules) if problems.is_empty() => format!(
            "{} routes in {} files: no problem; digest {}",
            rules.routes().len(),
            rules.sources().len(),
            rules.digest()
        ),
        Some(_) => format!("{} warnings; the rules are taken", problems.len()),
        None => format!(
            "{} problems; the rules are refused. `outgrow explain CODE` tells more",
            problems.len()
        ),
    }
}
