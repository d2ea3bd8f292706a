//! Tens of thousands of real files and as many broken ones: no panic, no hang, and every file that
//! `CPython` accepts is accepted. `./dev check-corpus` lists the files (`corpus/accepts.py`,
//! `OUTGROW_FILES`).

use std::path::Path;
use std::rc::Rc;
use std::thread;
use std::time::{Duration, Instant};

use analyzer::python::Evaluator;
use analyzer::python::parse::parse;
use analyzer::python::source::{Source, decode};
use analyzer::repo::Repo;

/// Files that make the run worth its name.
const FILES_MIN: usize = 40_000;

/// Longest that one file may take to be read, on a loaded machine.
const PATIENCE: Duration = Duration::from_secs(10);

/// One of this many files is evaluated as a script, too.
const EVALUATED_EVERY: usize = 20;

#[expect(clippy::disallowed_methods, reason = "the bar is a time")]
fn now() -> Instant {
    Instant::now()
}

/// What the analyzer says of the bytes; none where it accepts them.
fn refusal(bytes: &[u8]) -> Option<String> {
    let started = now();
    let (text, problem) = decode(bytes);
    let (_, broken) = parse(&Source::new("file.py".to_owned(), text));
    assert!(started.elapsed() < PATIENCE, "took {:?}", started.elapsed());
    problem.or_else(|| broken.map(|broken| format!("line {}: {}", broken.line, broken.message)))
}

/// The bytes with some removed, doubled or replaced; the same for the same seed.
fn mutated(bytes: &[u8], mut seed: u64) -> Vec<u8> {
    let mut next = |below: usize| {
        // xorshift64 (Marsaglia 2003).
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        usize::try_from(seed % (below.max(1) as u64)).expect("below a size")
    };
    let mut bytes = bytes.to_vec();
    for _ in 0..=next(4) {
        let (from, length) = (next(bytes.len()), next(40));
        let to = (from + length).min(bytes.len());
        match next(4) {
            0 => drop(bytes.drain(from..to)),
            1 => {
                let part = bytes[from..to].to_vec();
                bytes.splice(from..from, part);
            }
            2 => {
                const HOSTILE: [&[u8]; 10] = [
                    b"(", b"]", b"'''", b"\0", b"\xff", b"\\\n", b"f'{", b"\n\t ", b":=",
                    b"lambda ",
                ];
                bytes.splice(from..from, HOSTILE[next(HOSTILE.len())].iter().copied());
            }
            _ => bytes.truncate(to),
        }
    }
    bytes
}

/// On a stack as the analyzer's own.
fn with_stack(run: impl FnOnce() + Send) {
    thread::scope(|scope| {
        let builder = thread::Builder::new().stack_size(1 << 30);
        let ended = builder.spawn_scoped(scope, run).expect("a thread").join();
        assert!(ended.is_ok(), "a file broke the analyzer");
    });
}

#[test]
fn mutated_sources_do_no_harm() {
    let sources = Path::new(env!("CARGO_MANIFEST_DIR")).join("catalogue/django");
    with_stack(|| {
        let repo = Repo::open(&sources, &[]);
        let files: Vec<&Path> = repo.files().collect();
        for (seed, file) in (1..).zip(files.iter().cycle().take(2_000)) {
            let bytes = std::fs::read(repo.root().join(file)).expect("a file of the catalogue");
            refusal(&mutated(&bytes, seed));
        }
    });
}

#[test]
fn what_cpython_accepts_is_accepted() {
    let Some(list) = std::env::var_os("OUTGROW_FILES") else {
        println!("real files: left to ./dev check-corpus (OUTGROW_FILES)");
        return;
    };
    let list = std::fs::read_to_string(list).expect("accepts.py wrote it");
    with_stack(|| {
        let (mut files, mut accepted, mut broken) = (0, 0, 0);
        let mut refused = Vec::new();
        for (seed, line) in (1..).zip(list.lines()) {
            let (verdict, path) = line.split_once('\t').expect("a line of accepts.py");
            let Ok(bytes) = std::fs::read(path) else { continue };
            files += 1;
            let ours = refusal(&bytes);
            accepted += usize::from(ours.is_none());
            if let Some(why) = ours.filter(|_| verdict == "1") {
                refused.push(format!("{path}: {why}"));
            }
            broken += usize::from(refusal(&mutated(&bytes, seed)).is_some());
            if files % EVALUATED_EVERY == 0 {
                evaluate(Path::new(path));
            }
        }
        println!(
            "{files} files: {accepted} accepted, {} refused that CPython accepts; of their \
             mutations {broken} are broken; no panic, no hang",
            refused.len()
        );
        assert!(refused.is_empty(), "{}", refused.join("\n"));
        assert!(files >= FILES_MIN, "{files} files");
    });
}

/// Evaluates a file with what lies in its folder.
fn evaluate(path: &Path) {
    let started = now();
    let folder = path.parent().expect("a file lies in a folder");
    let mut ev = Evaluator::new(Rc::new(Repo::open(folder, &[])));
    ev.run_script(path);
    assert!(started.elapsed() < 6 * PATIENCE, "{}: {:?}", path.display(), started.elapsed());
}
