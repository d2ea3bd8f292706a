//! Reads and parses every Python file below a folder on one thread, for `./dev bench analyze`:
//! `parse_files ours DIR` by the analyzer's own way, `parse_files bare DIR` by the parser alone.

use std::path::Path;
use std::process::ExitCode;
use std::rc::Rc;
use std::{env, fs, thread};

use analyzer::python::Evaluator;
use analyzer::repo::{FILE_SIZE_MAX, Repo};
use ruff_python_parser::{Mode, ParseOptions, parse_unchecked};

/// Stack of the thread that parses, in bytes, as in the analyzer.
const STACK_SIZE_MAX: usize = 1 << 30;

/// The analyzer's way: its walk, its limits, its checks; every file's problems are noted.
fn ours(root: &Path) {
    Evaluator::new(Rc::new(Repo::open(root, &[]))).check_unread();
}

/// The parser alone: no limit, no check, nothing kept.
fn bare(root: &Path) {
    let files = ignore::WalkBuilder::new(root).standard_filters(false).build();
    for entry in files.flatten().filter(|e| e.file_type().is_some_and(|kind| kind.is_file())) {
        let python = entry.path().extension().is_some_and(|end| end == "py");
        let small = entry.metadata().is_ok_and(|meta| meta.len() <= FILE_SIZE_MAX);
        if let (true, true, Ok(text)) = (python, small, fs::read_to_string(entry.path())) {
            drop(parse_unchecked(&text, ParseOptions::from(Mode::Module)));
        }
    }
}

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [how, root] = arguments.as_slice() else { return ExitCode::from(2) };
    let way = match how.as_str() {
        "ours" => ours,
        "bare" => bare,
        _ => return ExitCode::from(2),
    };
    let root = Path::new(root);
    let run = || {
        let thread = thread::Builder::new().stack_size(STACK_SIZE_MAX);
        thread::scope(|scope| thread.spawn_scoped(scope, || way(root)).ok()?.join().ok())
    };
    if run().is_some() { ExitCode::SUCCESS } else { ExitCode::from(3) }
}
