//! `outgrow rules edit`: one scalar of one file changes; the change is shown, then written.

use std::fs;
use std::path::Path;

use anyhow::Context as _;
use rules::StageName;
use rules::edit::set_stage;

use crate::args::Edit;
use crate::exit::{Exit, UsageError};
use crate::out;

pub(crate) fn run(options: &Edit) -> anyhow::Result<Exit> {
    let to = StageName::parse(&options.stage).ok_or_else(|| unknown_stage(&options.stage))?;
    let ruleset = super::load_or_refuse(&options.rules)?;
    let edit =
        set_stage(&ruleset, &options.route, to).map_err(|why| UsageError(why.to_string()))?;
    out::print(format_args!(
        "{}:{}: {}: {} -> {}\n",
        edit.source.path,
        edit.line,
        options.route,
        edit.from.as_str(),
        edit.to.as_str()
    ))?;
    if !options.dry_run {
        replace(Path::new(&edit.source.path), &edit.source.text)?;
    }
    Ok(Exit::Fine)
}

/// Writes beside the file and renames, so that a proxy that watches never reads half a file.
fn replace(path: &Path, text: &str) -> anyhow::Result<()> {
    let draft = path.with_extension("yaml.new");
    fs::write(&draft, text).with_context(|| format!("cannot write {}", draft.display()))?;
    fs::rename(&draft, path).with_context(|| format!("cannot replace {}", path.display()))
}

fn unknown_stage(stage: &str) -> UsageError {
    let known: Vec<&str> = StageName::ALL.iter().map(|stage| stage.as_str()).collect();
    UsageError(format!("`{stage}` is no stage; the stages are {}", known.join(", ")))
}
