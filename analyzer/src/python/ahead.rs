//! Files are read and parsed ahead of the evaluator, on other threads: which ones it will import is
//! not known, but most are, and the rest has to be checked for problems anyhow.
//!
//! The evaluator never waits: a file that nobody has finished it parses itself. Both ways give the
//! same tree and the same problems, so the map does not depend on who was first.

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread::{self, Scope};

use super::parse::{Ast, Broken, parse};
use super::shape::Shape;
use super::source::{Source, decode};
use crate::repo::inputs::{self, Question};
use crate::repo::{Refused, Repo, read_inside};

/// Source text whose trees are kept until the evaluator asks for them, in bytes. A tree takes
/// about ten times its text; files beyond are only checked, and parsed again if they are imported.
const KEPT_BYTES_MAX: usize = 12 * 1024 * 1024;

/// Stack of a thread that parses, in bytes: `source::NESTING_MAX` levels of some 10 KB, and room.
const STACK_SIZE_MAX: usize = 64 << 20;

/// Threads that parse ahead; with more the evaluator would be the slower side all the same.
const THREADS_MAX: usize = 7;

/// Parts of a path whose files a running site rarely imports: checked last, trees not kept.
const RARELY_IMPORTED: [&str; 3] = ["tests", "test", "migrations"];

/// A file, read and parsed.
#[derive(Debug)]
pub(crate) struct Parsed {
    pub(crate) source: Source,
    pub(crate) ast: Ast,
    pub(crate) problems: Problems,
    /// Digest of what was read, where somebody wants to know.
    digest: Option<String>,
}

/// What is wrong with a file.
#[derive(Debug, Default)]
pub(crate) struct Problems {
    pub(crate) refused: Option<Refused>,
    pub(crate) bytes: Option<String>,
    pub(crate) broken: Option<Broken>,
}

impl Problems {
    /// Tells the repository.
    pub(crate) fn note(&self, repo: &Repo, path: &Path) {
        if let Some(refused) = &self.refused {
            repo.problem(path, refused.code, &refused.why);
        }
        if let Some(why) = &self.bytes {
            repo.problem(path, "AN002", why);
        }
        if let Some(broken) = &self.broken {
            let at = crate::map::At { file: repo.display(path).into(), line: broken.line };
            repo.note(at, broken.code, &broken.message);
        }
    }
}

enum Slot {
    Waiting,
    /// Somebody works on it, or the evaluator has it.
    Taken,
    Parsed(Box<Parsed>),
    Checked(Problems, Option<String>),
}

struct File {
    path: PathBuf,
    name: String,
    keep: bool,
    slot: Mutex<Slot>,
}

impl File {
    /// Sets a new state and gives the old one if `change` says so.
    fn swap(&self, change: impl FnOnce(&Slot) -> Option<Slot>) -> Option<Slot> {
        let mut slot = self.slot.lock().unwrap_or_else(PoisonError::into_inner);
        change(&slot).map(|new| std::mem::replace(&mut *slot, new))
    }
}

/// The files of a repository on their way through the parser.
pub(crate) struct Ahead {
    roots: Vec<PathBuf>,
    files: Vec<File>,
    places: HashMap<PathBuf, usize>,
    next: AtomicUsize,
    kept: AtomicUsize,
    stopped: AtomicBool,
    /// Whether the files' digests are wanted.
    digests: bool,
}

impl std::fmt::Debug for Ahead {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Ahead").field("files", &self.files.len()).finish_non_exhaustive()
    }
}

impl Ahead {
    /// The files of the repository, likely imports first.
    pub(crate) fn of(repo: &Repo) -> Self {
        let rare =
            |path: &Path| path.iter().any(|part| RARELY_IMPORTED.iter().any(|rare| part == *rare));
        let mut files: Vec<File> = repo
            .files()
            .map(|relative| {
                let path = repo.root().join(relative);
                let (name, keep) = (repo.display(&path), !rare(relative));
                File { path, name, keep, slot: Mutex::new(Slot::Waiting) }
            })
            .collect();
        files.sort_by_key(|file| !file.keep);
        let places = files.iter().enumerate().map(|(at, file)| (file.path.clone(), at)).collect();
        Self {
            roots: repo.readable(),
            files,
            places,
            next: AtomicUsize::new(0),
            kept: AtomicUsize::new(0),
            stopped: AtomicBool::new(false),
            digests: repo.remembers(),
        }
    }

    /// Starts parsing on other threads; `threads` counts the evaluator's, 0 means one a core.
    pub(crate) fn start<'scope>(&'scope self, scope: &'scope Scope<'scope, '_>, threads: usize) {
        let cores = || thread::available_parallelism().map_or(1, usize::from);
        let threads = if threads == 0 { cores() } else { threads };
        for _ in 0..threads.saturating_sub(1).min(THREADS_MAX) {
            let builder = thread::Builder::new().stack_size(STACK_SIZE_MAX);
            // Without the thread the evaluator does it all.
            drop(builder.spawn_scoped(scope, || self.work()));
        }
    }

    /// Ends the other threads after the file that they are at.
    pub(crate) fn stop(&self) {
        self.stopped.store(true, Ordering::Relaxed);
    }

    /// Lets go of the trees that nobody has asked for: what comes next imports little more, and
    /// needs the room. Whatever it does import is parsed again.
    pub(crate) fn let_go(&self) {
        self.kept.store(KEPT_BYTES_MAX, Ordering::Relaxed);
        for file in &self.files {
            let mut slot = file.slot.lock().unwrap_or_else(PoisonError::into_inner);
            *slot = match std::mem::replace(&mut *slot, Slot::Taken) {
                Slot::Parsed(parsed) => Slot::Checked(parsed.problems, parsed.digest),
                other => other,
            };
        }
    }

    fn work(&self) {
        while !self.stopped.load(Ordering::Relaxed) {
            let Some(file) = self.files.get(self.next.fetch_add(1, Ordering::Relaxed)) else {
                return;
            };
            let waiting = |slot: &Slot| matches!(slot, Slot::Waiting).then_some(Slot::Taken);
            if file.swap(waiting).is_some() {
                let parsed = self.read(&file.path, &file.name);
                let size = parsed.source.text.len();
                let keep = file.keep
                    && self.kept.fetch_add(size, Ordering::Relaxed) + size <= KEPT_BYTES_MAX;
                let done = if keep {
                    Slot::Parsed(Box::new(parsed))
                } else {
                    Slot::Checked(parsed.problems, parsed.digest)
                };
                file.swap(|_| Some(done));
            }
        }
    }

    /// The file's tree: finished ahead, or parsed here and now.
    pub(crate) fn take(&self, repo: &Repo, path: &Path, asked: Question) -> Parsed {
        let file = self.places.get(path).and_then(|at| self.files.get(*at));
        let old = file.and_then(|file| file.swap(|_| Some(Slot::Taken)));
        let parsed = match old {
            Some(Slot::Parsed(parsed)) => *parsed,
            _ => self.read(path, &repo.display(path)),
        };
        repo.looked(path, asked, || parsed.digest.clone().unwrap_or_default());
        parsed
    }

    /// Notes the problems of every file; `read` says which the evaluator has looked at.
    pub(crate) fn check(&self, repo: &Repo, read_before: impl Fn(&str) -> bool) {
        // From the far end: the other threads come from the near one.
        for file in self.files.iter().rev().filter(|file| !read_before(&file.name)) {
            let (problems, digest) = match file.swap(|_| Some(Slot::Taken)) {
                Some(Slot::Parsed(parsed)) => (parsed.problems, parsed.digest),
                Some(Slot::Checked(problems, digest)) => (problems, digest),
                _ => {
                    let parsed = self.read(&file.path, &file.name);
                    (parsed.problems, parsed.digest)
                }
            };
            problems.note(repo, &file.path);
            repo.looked(&file.path, Question::Unread, || digest.unwrap_or_default());
        }
    }

    fn read(&self, path: &Path, name: &str) -> Parsed {
        read(&self.roots, path, name, self.digests)
    }
}

/// Notes the problems of a file that nothing imports.
pub(crate) fn check_alone(repo: &Repo, path: &Path) {
    read(&repo.readable(), path, &repo.display(path), false).problems.note(repo, path);
}

/// The file as it is now beside what counted of it before: its lines then as lines now, if nothing
/// else of it has changed.
pub(crate) fn moved(repo: &Repo, path: &Path, before: &Shape) -> Option<BTreeMap<u32, u32>> {
    let Parsed { source, ast, problems, .. } =
        read(&repo.readable(), path, &repo.display(path), false);
    let Problems { refused: None, bytes: None, broken: None } = problems else { return None };
    before.moved(&before.again(&source, &ast))
}

fn read(roots: &[PathBuf], path: &Path, name: &str, digest: bool) -> Parsed {
    let read = read_inside(roots, path);
    let digest = digest.then(|| inputs::content(&read));
    let (bytes, refused) = match read {
        Ok(bytes) => (bytes, None),
        Err(refused) => (Vec::new(), Some(refused)),
    };
    let (text, problem) = decode(&bytes);
    let source = Source::new(name.to_owned(), text);
    let (ast, broken) = parse(&source);
    Parsed { source, ast, problems: Problems { refused, bytes: problem, broken }, digest }
}
