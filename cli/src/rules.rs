//! `outgrow rules ...`: one file a subcommand; here they are told apart.

mod check;
mod diff;
mod edit;
mod explain;
mod export;
mod owners;
mod sarif;
mod schema;
mod test;

use std::path::Path;

use anyhow::Context as _;
use rules::{Problems, Ruleset};

use crate::args::Rules;
use crate::exit::{Exit, UsageError};
use crate::out;

pub(crate) fn run(command: &Rules) -> anyhow::Result<Exit> {
    match command {
        Rules::Check(options) => check::run(options),
        Rules::Test(options) => test::run(options),
        Rules::Explain(options) => explain::run(options),
        Rules::Diff(options) => diff::run(options),
        Rules::Edit(options) => edit::run(options),
        Rules::Owners(options) => owners::run(options),
        Rules::Export(options) => export::run(options),
        Rules::Schema(_) => schema::run(),
    }
}

/// The rules of a folder, or all their problems.
///
/// # Errors
/// The folder cannot be read; the inner result holds what is wrong inside the files.
fn load(folder: &Path) -> anyhow::Result<Result<Ruleset, Problems>> {
    let sources = rules::folder::sources(folder).with_context(|| {
        format!("no rules in {}; `outgrow analyze` writes a first set", folder.display())
    })?;
    Ok(rules::load(&sources))
}

/// The rules of a folder, for commands that need them whole.
///
/// # Errors
/// The folder cannot be read, or its rules have problems; those are printed.
pub(crate) fn load_or_refuse(folder: &Path) -> anyhow::Result<Ruleset> {
    load(folder)?.map_err(|problems| {
        out::note(problems.render(out::err_colour()).trim_end());
        UsageError(format!("the rules in {} have {} problems", folder.display(), problems.len()))
            .into()
    })
}
