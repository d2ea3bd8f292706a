//! `outgrow shadow status`: what the ledger knows, endpoint by endpoint.

use std::fmt::Write as _;

use anstyle::{AnsiColor, Style};
use anyhow::Context as _;
use ledger::{EndpointStatus, Ledger};
use serde_json::{Value, json};
use shadow::evidence::{Assessment, Demand, Word};

use crate::args::{MapFormat, Shadow, Status};
use crate::exit::Exit;
use crate::out;

/// Places of difference printed per endpoint; more belongs into the JSON.
const PLACES_MAX: usize = 5;

pub(crate) fn run(command: &Shadow) -> anyhow::Result<Exit> {
    match command {
        Shadow::Status(options) => status(options),
    }
}

/// Exit code 1 as soon as one endpoint differs: CI can ask whether the evidence is clean.
fn status(options: &Status) -> anyhow::Result<Exit> {
    let ledger = Ledger::open_to_read(&options.ledger)
        .context("there is no evidence to read; the proxy writes it with --ledger FILE")?;
    let endpoints = ledger.status()?;
    let assessed: Vec<(&EndpointStatus, Assessment)> = endpoints
        .iter()
        .map(|endpoint| (endpoint, endpoint.counts.assess(&Demand::default())))
        .collect();
    if options.output_format == MapFormat::Json {
        out::print(json_text(&assessed)?)?;
    } else {
        out::print(table(&assessed))?;
        samples(&ledger, &endpoints, options.samples)?;
    }
    let differs = assessed.iter().any(|(_, assessment)| assessment.word == Word::Differs);
    Ok(if differs { Exit::Findings } else { Exit::Fine })
}

fn json_text(assessed: &[(&EndpointStatus, Assessment)]) -> anyhow::Result<String> {
    let endpoints: Vec<Value> = assessed
        .iter()
        .map(|(endpoint, assessment)| json!({"endpoint": endpoint, "assessment": assessment}))
        .collect();
    let document = json!({"schema": "outgrow.shadow-status/1", "endpoints": endpoints});
    Ok(serde_json::to_string_pretty(&document)? + "\n")
}

fn table(assessed: &[(&EndpointStatus, Assessment)]) -> String {
    if assessed.is_empty() {
        return "no endpoint has been shadowed yet; set `stage: shadow` on one\n".to_owned();
    }
    let route = assessed.iter().map(|(endpoint, _)| endpoint.route.len()).max().unwrap_or(0);
    let bold = Style::new().bold();
    let mut text = format!(
        "{bold}{:route$}  {:6} {:>8} {:>8} {:>7} {:>9} {:>9}  verdict{bold:#}\n",
        "route", "method", "expected", "compared", "differ", "legacy", "native"
    );
    for (endpoint, assessment) in assessed {
        let colour = Style::new().fg_color(Some(colour(assessment.word).into()));
        // Writing to a String cannot fail.
        let _ = writeln!(
            text,
            "{:route$}  {:6} {:>8} {:>8} {:>7} {:>9} {:>9}  {colour}{}{colour:#}: {}",
            endpoint.route,
            endpoint.method,
            endpoint.counts.expected(),
            endpoint.counts.compared(),
            endpoint.counts.different,
            milliseconds(endpoint.legacy.p50_us),
            milliseconds(endpoint.native.p50_us),
            assessment.word.text(),
            assessment.why,
        );
        for place in endpoint.differences.iter().take(PLACES_MAX) {
            let (code, at, count) = (&place.code, &place.place, place.count);
            let _ = writeln!(text, "    {count} x {code} at {at}");
        }
    }
    text
}

fn colour(word: Word) -> AnsiColor {
    match word {
        Word::Ready => AnsiColor::Green,
        Word::NotEnough => AnsiColor::Yellow,
        Word::Differs => AnsiColor::Red,
    }
}

/// The median as text; tenths are enough to see who is faster.
fn milliseconds(us: u64) -> String {
    if us == 0 { "-".to_owned() } else { format!("{}.{} ms", us / 1000, us % 1000 / 100) }
}

fn samples(ledger: &Ledger, endpoints: &[EndpointStatus], most: usize) -> anyhow::Result<()> {
    for endpoint in endpoints {
        let samples = ledger.samples(&endpoint.context, &endpoint.route, &endpoint.method)?;
        for sample in samples.iter().rev().take(most) {
            let seen = serde_json::to_string_pretty(&sample.seen)?;
            out::print(format_args!("\n{} ({})\n{seen}\n", endpoint.route, sample.verdict))?;
        }
    }
    Ok(())
}
