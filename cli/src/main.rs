//! `outgrow`, the desk tool: parse the command line, call one room, print, return an exit code.

mod analyze;
mod args;
mod burndown;
mod completions;
mod contexts;
mod doctor;
mod exit;
mod explain;
mod live;
mod out;
mod progress;
mod rules;
mod shadow;
mod watch;
mod written;

use std::process::ExitCode;

use clap::Parser as _;

use crate::args::{Args, Command};
use crate::exit::Exit;

/// The analyzer makes many small objects; a fifth of its time went into the system's allocator.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let args = Args::parse();
    args.color.apply();
    let result = match &args.command {
        Command::Analyze(options) => analyze::run(options),
        Command::Contexts(command) => contexts::run(command),
        Command::Rules(command) => rules::run(command),
        Command::Shadow(command) => shadow::run(command),
        Command::Burndown(options) => burndown::run(options),
        Command::Doctor(options) => doctor::run(options),
        Command::Explain(options) => explain::run(options),
        Command::Completions(options) => completions::run(options),
    };
    match result {
        Ok(exit) => exit.into(),
        Err(error) if out::is_broken_pipe(&error) => Exit::Fine.into(),
        Err(error) => {
            out::error(&error);
            exit::of(&error).into()
        }
    }
}
