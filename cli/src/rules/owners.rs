//! `outgrow rules owners`: CODEOWNERS lines, and who is missing.

use rules::owners::{codeowners, unowned};
use serde_json::json;

use super::answer::Answer;
use crate::args::{Format, Owners};
use crate::exit::Exit;
use crate::out;

pub(crate) fn run(options: &Owners) -> anyhow::Result<Exit> {
    let ruleset = super::load_or_refuse(&options.folder, options.reading.map.as_deref())?;
    let lines = codeowners(&ruleset, &options.folder.to_string_lossy());
    let findings = unowned(&ruleset);
    let missing = !findings.is_empty();
    let answer = Answer {
        full: lines.iter().fold(String::new(), |text, line| text + line + "\n"),
        json: json!({"lines": lines, "unowned": findings}),
        findings,
    };
    answer.print(options.reading.output_format)?;
    if missing && options.reading.output_format == Format::Full {
        out::note(answer.findings.render(out::err_colour()).trim_end());
    }
    Ok(if missing { Exit::Findings } else { Exit::Fine })
}
