//! `outgrow rules explain`: where a request would go, and why.

use rules::explain::{Outcome, explain};
use rules::{Head, Router};

use crate::args::ExplainRequest;
use crate::exit::Exit;
use crate::out;

pub(crate) fn run(options: &ExplainRequest) -> anyhow::Result<Exit> {
    let router = Router::new(super::load_or_refuse(&options.rules)?)?;
    let method = options.method.to_ascii_uppercase();
    let mut head = Head::new(&method, options.path.as_bytes());
    head.host = &options.host;
    head.user = options.user.as_deref();
    let explanation = explain(&router, &head);
    for step in &explanation.steps {
        let outcome = match &step.outcome {
            // Nearly every route fails on its path; naming those would hide the others.
            Outcome::Path => continue,
            Outcome::Failed(condition) => format!("no: {condition}"),
            Outcome::Method => "no: not its method".to_owned(),
            Outcome::Taken => "yes".to_owned(),
        };
        out::print(format_args!("tried   {} ({}): {outcome}\n", step.route, step.place))?;
    }
    let decision = explanation.decision;
    let (name, at) = match decision.route {
        Some(route) => (route.name.as_str(), route.stage_place.to_string()),
        None => ("none", "-".to_owned()),
    };
    out::print(format_args!(
        "route   {name}\nstage   {}\nside    {}\nreason  {}\nwhere   {at}\n",
        decision.stage.as_str(),
        decision.side.as_str(),
        decision.reason.as_str(),
    ))?;
    if let (Some(bucket), Some(identity)) = (decision.bucket, decision.identity) {
        let bucket = bucket.number();
        out::print(format_args!("bucket  {bucket} of 10000, by {}\n", identity.as_str()))?;
    }
    Ok(Exit::Fine)
}
