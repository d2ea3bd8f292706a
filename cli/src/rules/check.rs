//! `outgrow rules check`: every problem of every file in one run.

use rules::{Problems, Ruleset};

use super::answer::Answer;
use crate::args::{Check, Format};
use crate::exit::Exit;
use crate::out;

pub(crate) fn run(options: &Check) -> anyhow::Result<Exit> {
    let views = super::views(options.reading.map.as_deref())?;
    let (problems, ruleset) = match super::load(&options.folder, &views)? {
        Ok(ruleset) => {
            let mut warnings = ruleset.warnings().to_vec();
            warnings.extend(rules::check::uncovered(&ruleset, &views));
            (Problems::new(warnings, ruleset.sources().to_vec()), Some(ruleset))
        }
        Err(problems) => (problems, None),
    };
    let failed = problems.has_errors();
    let said = verdict(&problems, ruleset.as_ref());
    let full = problems.render(out::colour());
    let json = serde_json::to_value(&problems)?;
    Answer { full, json, findings: problems }.print(options.reading.output_format)?;
    if options.reading.output_format == Format::Full {
        out::note(said);
    }
    Ok(if failed { Exit::Findings } else { Exit::Fine })
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
