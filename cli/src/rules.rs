//! `outgrow rules ...`: one file a subcommand; here they are told apart.

mod answer;
mod check;
mod diff;
mod edit;
mod explain;
mod export;
mod init;
mod owners;
mod sarif;
mod schema;
mod test;

use std::fs;
use std::path::Path;

use anyhow::Context as _;
use rules::{Problems, Ruleset, Views};

use crate::args::Rules;
use crate::exit::{Exit, UsageError};
use crate::out;

pub(crate) fn run(command: &Rules) -> anyhow::Result<Exit> {
    match command {
        Rules::Init(options) => init::run(options),
        Rules::Check(options) => check::run(options),
        Rules::Test(options) => test::run(options),
        Rules::Explain(options) => explain::run(options),
        Rules::Diff(options) => diff::run(options),
        Rules::Edit(options) => edit::run(options),
        Rules::Promote(options) => edit::promote(options),
        Rules::RollBack(options) => edit::roll_back(options),
        Rules::Owners(options) => owners::run(options),
        Rules::Export(options) => export::run(options),
        Rules::Schema(options) => schema::run(options),
    }
}

/// The rules of a folder, or all their problems.
///
/// # Errors
/// The folder cannot be read; the inner result holds what is wrong inside the files.
fn load(folder: &Path, views: &Views) -> anyhow::Result<Result<Ruleset, Problems>> {
    let sources = rules::folder::sources(folder).with_context(|| {
        format!("no rules in {}; `outgrow rules init` writes a first set", folder.display())
    })?;
    Ok(rules::load_with(&sources, views))
}

/// The views of the map, if one was named.
///
/// # Errors
/// The file cannot be read, or is no map.
fn views(map: Option<&Path>) -> anyhow::Result<Views> {
    let Some(map) = map else { return Ok(Views::default()) };
    let text = fs::read_to_string(map)
        .with_context(|| format!("cannot read {}; `outgrow analyze` writes it", map.display()))?;
    let views = Views::from_map(&text);
    Ok(views.map_err(|error| UsageError(format!("{}: {error}", map.display())))?)
}

/// The rules of a folder, for commands that need them whole.
///
/// # Errors
/// The folder cannot be read, or its rules have problems; those are printed.
pub(crate) fn load_or_refuse(folder: &Path, map: Option<&Path>) -> anyhow::Result<Ruleset> {
    load(folder, &views(map)?)?.map_err(|problems| {
        out::note(problems.render(out::err_colour()).trim_end());
        UsageError(format!("the rules in {} have {} problems", folder.display(), problems.len()))
            .into()
    })
}
