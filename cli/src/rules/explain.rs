//! `outgrow rules explain`: where a request would go, and why.

use std::fmt::Write as _;

use rules::explain::{Explanation, Outcome, explain};
use rules::{Head, Problems, Router};
use serde_json::{Value, json};

use super::answer::Answer;
use crate::args::ExplainRequest;
use crate::exit::Exit;

pub(crate) fn run(options: &ExplainRequest) -> anyhow::Result<Exit> {
    let ruleset = super::load_or_refuse(&options.rules, options.reading.map.as_deref())?;
    let sources = ruleset.sources().to_vec();
    let router = Router::new(ruleset)?;
    let method = options.method.to_ascii_uppercase();
    let mut head = Head::new(&method, options.path.as_bytes());
    head.host = &options.host;
    head.headers = &options.header;
    head.user = options.user.as_deref();
    head.address = &options.address;
    let explanation = explain(&router, &head);
    let answer = Answer {
        full: full(&explanation, options.all),
        json: document(&explanation),
        findings: Problems::new(vec![explanation.finding(&head)], sources),
    };
    answer.print(options.reading.output_format)?;
    Ok(Exit::Fine)
}

fn full(explanation: &Explanation<'_>, all: bool) -> String {
    let mut text = String::new();
    for step in &explanation.steps {
        let outcome = match &step.outcome {
            // Nearly every route fails on its path; naming those would hide the others.
            Outcome::Path if !all => continue,
            Outcome::Path => "no: not its path".to_owned(),
            Outcome::Failed(condition) => format!("no: {condition}"),
            Outcome::Method => "no: not its method".to_owned(),
            Outcome::Taken => "yes".to_owned(),
        };
        // Writing to a String cannot fail, here and below.
        let _ = writeln!(text, "tried   {} ({}): {outcome}", step.route, step.place);
    }
    let decision = explanation.decision;
    let (name, at) = match decision.route {
        Some(route) => (route.name.as_str(), route.stage_place.to_string()),
        None => ("none", "-".to_owned()),
    };
    let _ = write!(
        text,
        "route   {name}\nstage   {}\nside    {}\nreason  {}\nwhere   {at}\n",
        decision.stage.as_str(),
        decision.side.as_str(),
        decision.reason.as_str(),
    );
    if let (Some(bucket), Some(identity)) = (decision.bucket, decision.identity) {
        let (bucket, identity) = (bucket.number(), identity.as_str());
        let _ = writeln!(text, "bucket  {bucket} of 10000, by {identity}");
    }
    text
}

fn document(explanation: &Explanation<'_>) -> Value {
    let decision = explanation.decision;
    json!({
        "path": explanation.path,
        "steps": explanation.steps,
        "route": decision.route.map(|route| &route.name),
        "context": decision.context.map(|context| &context.name),
        "stage": decision.stage,
        "side": decision.side,
        "reason": decision.reason.as_str(),
        "native": decision.native.map(|native| &native.name),
        "bucket": decision.bucket,
        "identity": decision.identity,
        "place": decision.route.map(|route| &route.stage_place),
    })
}
