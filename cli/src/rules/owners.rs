//! `outgrow rules owners`: CODEOWNERS lines, and who is missing.

use crate::args::Owners;
use crate::exit::Exit;
use crate::out;

pub(crate) fn run(options: &Owners) -> anyhow::Result<Exit> {
    let ruleset = super::load_or_refuse(&options.folder)?;
    for line in rules::owners::codeowners(&ruleset, &options.folder.to_string_lossy()) {
        out::print(format_args!("{line}\n"))?;
    }
    let unowned = rules::owners::unowned(&ruleset);
    if unowned.is_empty() {
        return Ok(Exit::Fine);
    }
    out::note(format_args!("without an owner: {}; add `owner:`", unowned.join(", ")));
    Ok(Exit::Findings)
}
