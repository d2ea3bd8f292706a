//! The report as a page: the same headings and tables for people at a terminal and as Markdown.

use std::fmt::Write as _;

use anstyle::Style;

use crate::burndown::report::{Entry, Group, Report};

/// Lines of one list on a page, a count; all of them are in the JSON.
const LINES_MAX: usize = 40;

/// How a page is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// Columns side by side.
    Terminal,
    /// Tables of GitHub's Markdown.
    Markdown,
}

/// A heading, and rows below column titles.
struct Table {
    heading: String,
    columns: &'static [&'static str],
    rows: Vec<Vec<String>>,
}

/// The whole page.
pub(crate) fn page(report: &Report, form: Form) -> String {
    let mut text = match form {
        Form::Terminal => String::new(),
        Form::Markdown => "# Burn-down\n\n".to_owned(),
    };
    text.push_str(&summary(report));
    let tables = [
        groups("By stage", "stage", &report.stages),
        groups("By context", "context", &report.contexts),
        groups("By owner", "owner", &report.owners),
        shapes(report),
        entries(unused_heading(report), &report.unused),
        entries("Retired, and still asked for".to_owned(), &report.tripped),
        entries("Endpoints without traffic".to_owned(), &report.silent),
        entries("Endpoints of the map that no rule names".to_owned(), &report.without_rule),
        unknown(report),
    ];
    for table in tables.iter().filter(|table| !table.rows.is_empty()) {
        table.write(form, &mut text);
    }
    text
}

fn summary(report: &Report) -> String {
    let total = &report.total;
    let mut text = format!(
        "{} of {} endpoints moved, {} of the requests, {} of legacy's time",
        total.endpoints_moved,
        total.endpoints,
        percent(report.percent_moved()),
        percent(total.percent_of_time())
    );
    // Writing to a String cannot fail.
    if let Some(seconds) = report.watched_seconds {
        let _ = write!(text, ", in {}", span(seconds));
    }
    text.push_str(".\n");
    if total.requests_unpriced > 0 {
        let _ = writeln!(
            text,
            "What legacy would have taken for {} native answers is not known, and not counted.",
            total.requests_unpriced
        );
    }
    text
}

fn groups(heading: &str, of: &'static str, groups: &[Group]) -> Table {
    let row = |group: &Group| {
        vec![
            group.name.clone(),
            group.endpoints.to_string(),
            group.endpoints_moved.to_string(),
            group.requests.to_string(),
            percent(group.percent_of_requests()),
            format!("{:.1}", group.legacy_seconds),
            percent(group.percent_of_time()),
        ]
    };
    let columns: &[&str] = match of {
        "stage" => &["stage", "endpoints", "moved", "requests", "moved", "legacy s", "moved"],
        "context" => &["context", "endpoints", "moved", "requests", "moved", "legacy s", "moved"],
        _ => &["owner", "endpoints", "moved", "requests", "moved", "legacy s", "moved"],
    };
    Table { heading: heading.to_owned(), columns, rows: groups.iter().map(row).collect() }
}

fn shapes(report: &Report) -> Table {
    let row = |method: &str, path: &str, requests: u64, micros: u64| {
        let seconds = std::time::Duration::from_micros(micros).as_secs_f64();
        vec![method.to_owned(), path.to_owned(), requests.to_string(), format!("{seconds:.1}")]
    };
    let listed = report.shapes.shapes.iter();
    let mut rows: Vec<Vec<String>> = listed
        .map(|shape| row(&shape.method, &shape.path, shape.tally.requests, shape.tally.micros))
        .collect();
    let rest = [("answered 404", report.shapes.not_found), ("more shapes", report.shapes.beyond)];
    for (what, tally) in rest.iter().filter(|(_, tally)| tally.requests > 0) {
        rows.push(row("", what, tally.requests, tally.micros));
    }
    let requests = report.unmatched.requests;
    Table {
        heading: format!("Requests that no rule takes: {requests}"),
        columns: &["method", "path", "requests", "legacy s"],
        rows,
    }
}

fn unused_heading(report: &Report) -> String {
    let said = if report.deletable {
        "their code can be deleted"
    } else {
        "watch for a week before you delete their code"
    };
    format!("Moved, and no request to legacy: {said}")
}

fn entries(heading: String, entries: &[Entry]) -> Table {
    let row = |entry: &Entry| {
        let requests = entry.requests.to_string();
        let stage = entry.stage.to_owned();
        vec![entry.route.clone(), stage, entry.owner.clone(), requests, entry.at.clone()]
    };
    Table {
        heading,
        columns: &["route", "stage", "owner", "requests", "at"],
        rows: entries.iter().map(row).collect(),
    }
}

fn unknown(report: &Report) -> Table {
    let rows = report.unknown_routes.iter().map(|route| vec![route.clone()]).collect();
    let heading = "Routes with traffic that these rules do not have".to_owned();
    Table { heading, columns: &["route"], rows }
}

fn percent(value: Option<f64>) -> String {
    value.map_or_else(|| "-".to_owned(), |value| format!("{value:.1} %"))
}

fn span(seconds: u64) -> String {
    match (seconds / 86_400, seconds / 3_600, seconds / 60) {
        (0, 0, 0) => format!("{seconds} s"),
        (0, 0, minutes) => format!("{minutes} min"),
        (0, hours, _) => format!("{hours} h"),
        (1, ..) => "1 day".to_owned(),
        (days, ..) => format!("{days} days"),
    }
}

impl Table {
    fn write(&self, form: Form, text: &mut String) {
        let shown = self.rows.len().min(LINES_MAX);
        let rows = self.rows.iter().take(shown);
        // Writing to a String cannot fail.
        match form {
            Form::Terminal => {
                let bold = Style::new().bold();
                let _ = writeln!(text, "\n{bold}{}{bold:#}", self.heading);
                let titles = self.columns.iter().map(|title| (*title).to_owned()).collect();
                let widths = self.widths();
                for row in std::iter::once(&titles).chain(rows) {
                    let _ = writeln!(text, "  {}", aligned(row, &widths).trim_end());
                }
            }
            Form::Markdown => {
                let _ = writeln!(text, "\n## {}\n", self.heading);
                let _ = writeln!(text, "| {} |", self.columns.join(" | "));
                let _ = writeln!(text, "|{}", "---|".repeat(self.columns.len()));
                for row in rows {
                    let cells: Vec<String> = row.iter().map(|cell| escaped(cell)).collect();
                    let _ = writeln!(text, "| {} |", cells.join(" | "));
                }
            }
        }
        if self.rows.len() > shown {
            let _ = writeln!(text, "\n  and {} more", self.rows.len() - shown);
        }
    }

    fn widths(&self) -> Vec<usize> {
        let titles = self.columns.iter().map(|title| title.len());
        let mut widths: Vec<usize> = titles.collect();
        for row in self.rows.iter().take(LINES_MAX) {
            for (width, cell) in widths.iter_mut().zip(row) {
                *width = (*width).max(cell.chars().count());
            }
        }
        widths
    }
}

fn aligned(row: &[String], widths: &[usize]) -> String {
    row.iter().zip(widths).fold(String::new(), |mut line, (cell, width)| {
        let _ = write!(line, "{cell:width$}  ");
        line
    })
}

/// What Markdown would take for markup, or for the end of a cell.
fn escaped(cell: &str) -> String {
    cell.chars().fold(String::new(), |mut text, character| {
        if matches!(character, '|' | '<' | '*' | '_' | '`' | '[' | '\\') {
            text.push('\\');
        }
        text.push(character);
        text
    })
}
