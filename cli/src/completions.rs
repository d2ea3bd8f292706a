//! `outgrow completions SHELL`: the completion script, printed.

use clap::CommandFactory as _;

use crate::args::{Args, Completions};
use crate::exit::Exit;
use crate::out;

pub(crate) fn run(options: &Completions) -> anyhow::Result<Exit> {
    let mut script = Vec::new();
    clap_complete::generate(options.shell, &mut Args::command(), "outgrow", &mut script);
    out::print(String::from_utf8_lossy(&script))?;
    Ok(Exit::Fine)
}
