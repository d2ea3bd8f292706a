//! `outgrow doctor`: proves from outside that Django behind the proxy sees what clients do, and
//! names the setting to change where it does not.

mod checks;
mod client;
mod finding;
mod form;
mod site;
mod view;

use std::fmt::Write as _;
use std::path::Path;

use anstyle::{AnsiColor, Style};
use anyhow::Context as _;
use serde_json::json;

use crate::args::{Doctor, MapFormat};
use crate::doctor::client::{Client, Target};
use crate::doctor::finding::{Check, Severity, State};
use crate::doctor::site::Site;
use crate::exit::{Exit, UsageError};
use crate::out;

pub(crate) fn run(options: &Doctor) -> anyhow::Result<Exit> {
    let target = Target::read(&options.through)?;
    let client = Client::new(target, options.cacert.as_deref(), options.connect.as_deref())?;
    let token = options.token_file.as_deref().map(token).transpose()?;
    let site = Site::visit(client, options, token.as_deref())?;
    let checks = checks::all(&site)?;
    match options.output_format {
        MapFormat::Full => out::print(text(&checks))?,
        MapFormat::Json => {
            let document = json!({
                "schema": "outgrow.doctor/1", "through": options.through, "checks": checks,
            });
            out::print(serde_json::to_string_pretty(&document)? + "\n")?;
        }
    }
    let (wrong, open) = (count(&checks, State::Wrong), count(&checks, State::Open));
    if options.output_format == MapFormat::Full {
        out::note(verdict(&checks, wrong, open));
    }
    let proven = wrong == 0 && (open == 0 || options.allow_unproven);
    Ok(if proven { Exit::Fine } else { Exit::Findings })
}

/// The one word in a file.
fn token(file: &Path) -> anyhow::Result<String> {
    let text =
        std::fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
    let token = text.trim();
    if token.is_empty() || !token.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err(UsageError(format!("{} holds no token: one word", file.display())).into());
    }
    Ok(token.to_owned())
}

fn count(checks: &[Check], state: State) -> usize {
    checks.iter().filter(|check| check.state == state).count()
}

fn text(checks: &[Check]) -> String {
    let mut text = String::new();
    for check in checks {
        let (word, colour) = match check.state {
            State::Proven => ("proven", AnsiColor::Green),
            State::Wrong => ("wrong", AnsiColor::Red),
            State::Open => ("open", AnsiColor::Yellow),
        };
        let style = Style::new().bold().fg_color(Some(colour.into()));
        // Writing to a String cannot fail.
        let _ = writeln!(text, "{style}{word:6}{style:#}  {}", check.claim);
        if !check.because.is_empty() {
            let _ = writeln!(text, "        {}", check.because);
        }
        for finding in &check.findings {
            let level = if finding.severity == Severity::Error { "error" } else { "warning" };
            let _ = writeln!(text, "        {level} {}: {}", finding.code, finding.message);
            let _ = writeln!(text, "          change: {}", finding.change);
        }
    }
    text
}

fn verdict(checks: &[Check], wrong: usize, open: usize) -> String {
    let proven = count(checks, State::Proven);
    let mut said = format!("{proven} proven, {wrong} wrong, {open} open");
    if wrong > 0 {
        said.push_str("; `outgrow explain CODE` tells more");
    }
    if open > 0 {
        said.push_str("; the check view of outgrow-django (--token-file) proves what is open");
    }
    said
}
