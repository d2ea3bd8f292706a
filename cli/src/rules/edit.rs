//! `outgrow rules edit`, `promote`, `roll-back`: one scalar of one file changes; the change is
//! shown, then written.

use std::fs;
use std::path::Path;

use anyhow::Context as _;
use rules::edit::{Change, Edit, EditError, promote as promoted, set_share, set_stage};
use rules::{Problems, Ruleset, Share, StageName};
use serde_json::json;

use super::answer::Answer;
use crate::args;
use crate::exit::{Exit, UsageError};

pub(crate) fn run(options: &args::Edit) -> anyhow::Result<Exit> {
    if let Some(text) = &options.share {
        let to = Share::parse(text).map_err(|why| UsageError(why.to_string()))?;
        return change(&options.target, |rules, route| set_share(rules, route, to));
    }
    let text = options.stage.as_deref().unwrap_or_default();
    let to = StageName::parse(text).ok_or_else(|| unknown_stage(text))?;
    change(&options.target, |rules, route| set_stage(rules, route, to))
}

pub(crate) fn promote(options: &args::Promote) -> anyhow::Result<Exit> {
    change(&options.target, promoted)
}

pub(crate) fn roll_back(options: &args::RollBack) -> anyhow::Result<Exit> {
    change(&options.target, |rules, route| set_stage(rules, route, StageName::Legacy))
}

fn change(
    target: &args::Target,
    plan: impl FnOnce(&Ruleset, &str) -> Result<Edit, EditError>,
) -> anyhow::Result<Exit> {
    let reading = &target.reading;
    let ruleset = super::load_or_refuse(&target.rules, reading.map.as_deref())?;
    let edit = plan(&ruleset, &target.route).map_err(|why| UsageError(why.to_string()))?;
    let (from, to) = match edit.change {
        Change::Stage { from, to } => (from.to_string(), to.to_string()),
        Change::Share { from, to } => (from.to_string(), to.to_string()),
    };
    let answer = Answer {
        full: format!("{}:{}: {}: {}\n", edit.place.path, edit.place.line, edit.route, edit.change),
        json: json!({
            "route": target.route,
            "place": edit.place,
            "from": from,
            "to": to,
            "written": !target.dry_run,
        }),
        findings: Problems::new(vec![edit.finding()], ruleset.sources().to_vec()),
    };
    answer.print(reading.output_format)?;
    if !target.dry_run {
        replace(Path::new(&edit.source.path), &edit.source.text)?;
    }
    Ok(Exit::Fine)
}

/// Writes beside the file and renames, so that a proxy that watches never reads half a file. A link
/// is followed first: renaming over it would leave its target as it was.
fn replace(path: &Path, text: &str) -> anyhow::Result<()> {
    let path = &fs::canonicalize(path).with_context(|| format!("no {}", path.display()))?;
    let draft = path.with_extension("yaml.new");
    fs::write(&draft, text).with_context(|| format!("cannot write {}", draft.display()))?;
    let mode = fs::metadata(path).map(|metadata| metadata.permissions());
    mode.and_then(|mode| fs::set_permissions(&draft, mode))
        .and_then(|()| fs::rename(&draft, path))
        .with_context(|| format!("cannot replace {}", path.display()))
}

fn unknown_stage(stage: &str) -> UsageError {
    let known: Vec<&str> = StageName::ALL.iter().map(|stage| stage.as_str()).collect();
    UsageError(format!("`{stage}` is no stage; the stages are {}", known.join(", ")))
}
