//! `outgrow contexts propose`: contexts of an existing map, printed and written back into it.

use std::fmt::Write as _;
use std::fs;
use std::io::{self, BufWriter};
use std::path::Path;

use analyzer::contexts::{Options, propose};
use analyzer::map::{Map, Verdict};
use analyzer::report;
use anyhow::Context as _;

use crate::args::{Contexts, MapFormat, Propose};
use crate::exit::{Exit, UsageError};
use crate::{analyze, out};

pub(crate) fn run(command: &Contexts) -> anyhow::Result<Exit> {
    match command {
        Contexts::Propose(options) => run_propose(options),
    }
}

fn run_propose(options: &Propose) -> anyhow::Result<Exit> {
    let mut map = read(&options.map)?;
    let how = Options {
        resolution: options.resolution.unwrap_or(Options::default().resolution),
        ..Options::default()
    };
    propose(&map, &how).apply(&mut map);
    if options.output_format == MapFormat::Json {
        report::json::write_to(&map, BufWriter::new(io::stdout().lock()))?;
    } else {
        out::print(text(&map))?;
    }
    if !options.dry_run {
        let folder = options.map.parent().filter(|folder| !folder.as_os_str().is_empty());
        analyze::write_reports(&map, folder.unwrap_or(Path::new(".")))?;
    }
    Ok(Exit::Fine)
}

/// The map in a file.
///
/// # Errors
/// The file cannot be read, or is no map.
pub(crate) fn read(path: &Path) -> anyhow::Result<Map> {
    let text = fs::read_to_string(path)
        .with_context(|| format!("cannot read {}; `outgrow analyze` writes it", path.display()))?;
    report::json::read(&text)
        .map_err(|why| UsageError(format!("{} is not a map: {why}", path.display())).into())
}

/// Each context with its tables, then each crossing with its place.
fn text(map: &Map) -> String {
    let mut text = String::new();
    for context in &map.contexts {
        // Writing to a String cannot fail.
        let _ = writeln!(text, "{} ({} tables)", context.name, context.tables.len());
        for table in &context.tables {
            let _ = writeln!(text, "    {table}");
        }
    }
    let _ = writeln!(text, "\n{} crossings", map.crossings.len());
    for crossing in &map.crossings {
        let _ = writeln!(
            text,
            "    {} -> {}  {} {}  {}:{}",
            crossing.from,
            crossing.to,
            crossing.kind,
            crossing.what,
            crossing.at.file,
            crossing.at.line
        );
    }
    if let Some(advice) = &map.advice {
        let _ = writeln!(text, "\nadvice: {}", word(advice.verdict));
        for reason in &advice.reasons {
            let _ = writeln!(text, "    {reason}");
        }
        for (place, step) in advice.order.iter().enumerate() {
            let _ = writeln!(text, "    {}. {}: {}", place + 1, step.context, step.reason);
        }
    }
    text
}

fn word(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Split => "split; the contexts can leave one by one",
        Verdict::NotYet => "do not split yet; stay a modular monolith for now",
    }
}
