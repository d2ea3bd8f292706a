//! What a command has to say, in the format that was asked for.

use std::fmt::Write as _;

use rules::{Problem, Problems, Severity};
use serde_json::Value;

use crate::args::Format;
use crate::out;

/// An answer: prose for people, JSON for programs, and one finding a line for everything between.
pub(super) struct Answer {
    /// For people.
    pub(super) full: String,
    /// For programs.
    pub(super) json: Value,
    /// For editors, code scanning and pull requests.
    pub(super) findings: Problems,
}

impl Answer {
    /// The answer as text.
    ///
    /// # Errors
    /// Never in practice: the values are made of text and numbers.
    pub(super) fn text(&self, format: Format) -> anyhow::Result<String> {
        Ok(match format {
            Format::Full => self.full.clone(),
            Format::Concise => lines(&self.findings, Problem::concise),
            Format::Json => serde_json::to_string_pretty(&self.json)? + "\n",
            Format::Sarif => super::sarif::log(&self.findings)? + "\n",
            Format::Github => lines(&self.findings, annotation),
        })
    }

    /// Prints the answer on standard output.
    ///
    /// # Errors
    /// Standard output is closed or full.
    pub(super) fn print(&self, format: Format) -> anyhow::Result<()> {
        out::print(self.text(format)?)
    }
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
        Severity::Notice => "notice",
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
