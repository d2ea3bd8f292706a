//! `outgrow rules diff`: what a change of the rules changes, by route and by traffic.

use std::fs;

use anyhow::Context as _;
use rules::Router;
use rules::diff::{Behaviour, RouteChange, Traffic};
use serde_json::{Value, json};

use crate::args::{Diff, MapFormat};
use crate::exit::Exit;
use crate::{out, progress};

pub(crate) fn run(options: &Diff) -> anyhow::Result<Exit> {
    let before = super::load_or_refuse(&options.old)?;
    let after = super::load_or_refuse(&options.new)?;
    let routes = rules::diff::routes(&before, &after);
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
    match options.output_format {
        MapFormat::Full => print(&routes, traffic.as_ref())?,
        MapFormat::Json => {
            let traffic = traffic.as_ref().map(traffic_json);
            let document = json!({"routes": routes, "traffic": traffic});
            out::print(serde_json::to_string_pretty(&document)? + "\n")?;
        }
    }
    let changed = !routes.is_empty() || traffic.is_some_and(|traffic| !traffic.changed.is_empty());
    Ok(if changed { Exit::Findings } else { Exit::Fine })
}

fn print(routes: &[RouteChange], traffic: Option<&Traffic>) -> anyhow::Result<()> {
    if routes.is_empty() {
        out::print("no route behaves differently\n")?;
    }
    for change in routes {
        out::print(format_args!(
            "{}\n  - {}\n  + {}\n",
            change.route,
            behaviour(change.before.as_ref()),
            behaviour(change.after.as_ref())
        ))?;
    }
    let Some(traffic) = traffic else { return Ok(()) };
    let (moved, all) = (traffic.changed_side(), traffic.requests);
    out::print(format_args!("{moved} of {all} requests change the side that answers them\n"))?;
    for (shift, count) in &traffic.changed {
        out::print(format_args!(
            "  {count:>8}  {}: {} ({}) -> {} ({})\n",
            shift.route,
            shift.before.as_str(),
            shift.stage_before,
            shift.after.as_str(),
            shift.stage_after
        ))?;
    }
    if traffic.unread > 0 {
        out::note(format_args!("{} lines of the log are no requests", traffic.unread));
    }
    Ok(())
}

fn behaviour(behaviour: Option<&Behaviour>) -> String {
    match behaviour {
        None => "none".to_owned(),
        Some(now) => {
            let native = now.native.as_deref().unwrap_or("none");
            format!("{} {} at {}, native: {native}", now.methods, now.path, now.stage)
        }
    }
}

fn traffic_json(traffic: &Traffic) -> Value {
    let changed: Vec<Value> = traffic
        .changed
        .iter()
        .map(|(shift, count)| json!({"shift": shift, "requests": count}))
        .collect();
    json!({"requests": traffic.requests, "unread": traffic.unread, "changed": changed})
}
