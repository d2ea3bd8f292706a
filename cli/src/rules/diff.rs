//! `outgrow rules diff`: what a change of the rules changes, by route and by traffic.

use std::fmt::Write as _;
use std::fs;

use anyhow::Context as _;
use rules::Router;
use rules::diff::{Behaviour, RouteChange, Traffic};
use serde_json::{Value, json};

use super::answer::Answer;
use crate::args::Diff;
use crate::exit::Exit;
use crate::progress;

pub(crate) fn run(options: &Diff) -> anyhow::Result<Exit> {
    let map = options.reading.map.as_deref();
    let before = super::load_or_refuse(&options.old, map)?;
    let after = super::load_or_refuse(&options.new, map)?;
    let routes = rules::diff::routes(&before, &after);
    let findings = rules::diff::findings(&routes, &before, &after);
    let (before, after) = (Router::new(before)?, Router::new(after)?);
    let traffic = match &options.log {
        Some(log) => {
            let text = fs::read(log).with_context(|| format!("cannot read {}", log.display()))?;
            let lines = || text.split(|byte| *byte == b'\n').filter(|line| !line.is_empty());
            let replay = || rules::diff::traffic(&before, &after, lines());
            Some(progress::during("replaying the log", replay))
        }
        None => None,
    };
    let answer = Answer {
        full: full(&routes, traffic.as_ref()),
        json: json!({"routes": routes, "traffic": traffic.as_ref().map(traffic_json)}),
        findings,
    };
    answer.print(options.reading.output_format)?;
    let changed = !routes.is_empty() || traffic.is_some_and(|traffic| !traffic.changed.is_empty());
    Ok(if changed { Exit::Findings } else { Exit::Fine })
}

fn full(routes: &[RouteChange], traffic: Option<&Traffic>) -> String {
    let mut text = String::new();
    if routes.is_empty() {
        text.push_str("no route behaves differently\n");
    }
    // Writing to a String cannot fail, here and below.
    for change in routes {
        let (was, is) = (behaviour(change.before.as_ref()), behaviour(change.after.as_ref()));
        let _ = write!(text, "{}\n  - {was}\n  + {is}\n", change.route);
    }
    let Some(traffic) = traffic else { return text };
    let (moved, all) = (traffic.changed_side(), traffic.requests);
    let _ = writeln!(text, "{moved} of {all} requests change the side that answers them");
    for (shift, count) in &traffic.changed {
        let _ = writeln!(
            text,
            "  {count:>8}  {}: {} ({}) -> {} ({})",
            shift.route,
            shift.before.as_str(),
            shift.stage_before,
            shift.after.as_str(),
            shift.stage_after
        );
    }
    if traffic.unread > 0 {
        let _ = writeln!(text, "{} lines of the log are no requests", traffic.unread);
    }
    text
}

fn behaviour(behaviour: Option<&Behaviour>) -> String {
    behaviour.map_or("none".to_owned(), ToString::to_string)
}

fn traffic_json(traffic: &Traffic) -> Value {
    let changed: Vec<Value> = traffic
        .changed
        .iter()
        .map(|(shift, count)| json!({"shift": shift, "requests": count}))
        .collect();
    json!({"requests": traffic.requests, "unread": traffic.unread, "changed": changed})
}
