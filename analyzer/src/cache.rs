//! The map of a project is kept between runs, with a digest of everything that was looked at. Where
//! all answers would be the same, so would the map; where only Python files changed that nothing
//! imports, only their problems are read anew; where what changed in an imported file is comments,
//! docstrings or functions that nobody entered, only its lines have moved. Everything else is
//! analyzed from the start.
//!
//! What is kept is never trusted: it lies in a folder of the user, not of the project; it has a
//! digest of its own; whatever does not fit is thrown away without a word, since it is only kept
//! to save time.

mod file;
mod moves;
mod packed;
mod places;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{self, Path, PathBuf};
use std::sync::Mutex;
use std::sync::PoisonError;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;

use serde::{Deserialize, Serialize, Serializer};

use self::moves::Moves;
use self::packed::Packed;
use crate::Options;
use crate::map::Map;
use crate::python::ahead::{self, check_alone};
use crate::python::shape::Shape;
use crate::repo::Repo;
use crate::repo::inputs::{Eyes, Inputs, Question, digest};

/// Form of what is kept; another one is not read.
const FORM: &str = "outgrow.cache/4";

/// Python files (a count) that are read anew instead of everything: reading costs, too.
const READ_ANEW_MAX: usize = 500;

/// Threads that look whether files have changed: reading them is the system's work, not ours.
const EYES_MAX: usize = 4;

/// Questions (a count) that one of them asks at a time.
const GLANCE: usize = 64;

/// Where maps are kept.
#[derive(Debug, Clone)]
pub struct Cache {
    /// A folder that belongs to the user.
    pub folder: PathBuf,
    /// Names the program: another build may see other things in the same files.
    pub program: String,
}

/// Questions with digests of their answers.
type Asked = Vec<(PathBuf, Question, String)>;

/// What is kept.
#[derive(Debug, Deserialize)]
pub(crate) struct Kept {
    walked: String,
    history: String,
    inputs: Asked,
    /// What counts of each imported file: JSON of its own, which few of them need.
    shapes: BTreeMap<String, String>,
    /// The accesses of the map, which is kept without them.
    packed: Packed,
    map: Map,
}

/// What is kept, to be written.
#[derive(Serialize)]
struct Keeping<'k> {
    walked: &'k str,
    history: &'k str,
    #[serde(serialize_with = "asked")]
    inputs: &'k Inputs,
    #[serde(serialize_with = "drawn")]
    shapes: &'k BTreeMap<String, Shape>,
    packed: &'k Packed,
    map: &'k Map,
}

fn asked<S: Serializer>(inputs: &Inputs, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(inputs.iter().map(|((path, asked), answer)| (path, asked, answer)))
}

fn drawn<S: Serializer>(
    shapes: &BTreeMap<String, Shape>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let text = |shape: &Shape| serde_json::to_string(shape).unwrap_or_default();
    serializer.collect_map(shapes.iter().map(|(file, shape)| (file, text(shape))))
}

/// The place of one project in the cache.
pub(crate) struct Place {
    file: PathBuf,
    history: String,
}

impl Cache {
    /// What is kept of what is asked for, right or wrong: see [`Place::find`].
    pub(crate) fn kept(&self, root: &Path, options: &Options) -> Option<Kept> {
        let root = fs::canonicalize(root).ok()?;
        serde_json::from_slice(&file::read(&self.file(&root, options)?)?).ok()
    }

    /// The file for what is asked for.
    fn file(&self, root: &Path, options: &Options) -> Option<PathBuf> {
        let asked = (&options.settings, &options.git, &options.site_packages, options.propose);
        let name = digest([
            FORM.as_bytes(),
            self.program.as_bytes(),
            root.as_os_str().as_encoded_bytes(),
            format!("{asked:?}").as_bytes(),
        ]);
        Some(path::absolute(&self.folder).ok()?.join(format!("{name}.json")))
    }

    /// The place of what is asked for; none where the folder lies in what is analyzed.
    pub(crate) fn place(&self, repo: &Repo, options: &Options, history: String) -> Option<Place> {
        let folder = path::absolute(&self.folder).ok()?;
        let there = folder.ancestors().find_map(|parent| fs::canonicalize(parent).ok())?;
        if repo.readable().iter().any(|root| there.starts_with(root)) {
            return None;
        }
        fs::create_dir_all(&folder).ok()?;
        Some(Place { file: self.file(repo.root(), options)?, history })
    }
}

impl Place {
    /// The map that is kept, if it would be the same.
    pub(crate) fn find(&self, kept: Kept, repo: &Repo) -> Option<Map> {
        if kept.walked != repo.walked() || kept.history != self.history {
            return None;
        }
        let Kept { inputs, shapes, packed, mut map, .. } = kept;
        let (mut anew, mut moves) = (Vec::new(), Moves::default());
        for (path, asked) in changed(&repo.eyes(), &inputs)? {
            if asked == Question::Unread {
                anew.push(path);
                continue;
            }
            let file = repo.display(path);
            let shape: Shape = serde_json::from_str(shapes.get(&file)?).ok()?;
            moves.add(file, ahead::moved(repo, path, &shape)?);
        }
        if !anew.is_empty() {
            read_anew(repo, &anew, &mut map);
        }
        moves.apply(&mut map)?;
        packed.put(&mut map, &moves)?;
        Some(map)
    }

    /// Keeps the map; a file that cannot be written is no problem of the analysis.
    pub(crate) fn keep(
        &self,
        walked: &str,
        inputs: &Inputs,
        shapes: &BTreeMap<String, Shape>,
        map: &mut Map,
    ) {
        let (packed, taken) = Packed::take(map);
        let history = &self.history;
        let kept = Keeping { walked, history, inputs, shapes, packed: &packed, map };
        drop(file::write(&self.file, &kept));
        Packed::put_back(taken, map);
    }
}

/// The files whose content is not what it was; none where something else has changed, or too much.
fn changed<'a>(eyes: &Eyes, inputs: &'a Asked) -> Option<Vec<(&'a Path, Question)>> {
    let (next, stopped) = (AtomicUsize::new(0), AtomicBool::new(false));
    let changed = Mutex::new(Vec::new());
    let look = || {
        let mut eyes = eyes.clone();
        while !stopped.load(Ordering::Relaxed) {
            let from = next.fetch_add(GLANCE, Ordering::Relaxed);
            let Some(some) = inputs.get(from..inputs.len().min(from + GLANCE)) else { return };
            for (path, asked, _) in
                some.iter().filter(|(path, asked, answer)| !eyes.see(path, *asked, answer))
            {
                let mut changed = changed.lock().unwrap_or_else(PoisonError::into_inner);
                changed.push((path.as_path(), *asked));
                if changed.len() > READ_ANEW_MAX
                    || !matches!(asked, Question::Unread | Question::Module)
                {
                    stopped.store(true, Ordering::Relaxed);
                }
            }
        }
    };
    let cores = thread::available_parallelism().map_or(1, usize::from);
    thread::scope(|scope| {
        for _ in 1..cores.min(EYES_MAX) {
            // Without the thread this one does it all.
            drop(thread::Builder::new().spawn_scoped(scope, look));
        }
        look();
    });
    let mut changed = changed.into_inner().unwrap_or_else(PoisonError::into_inner);
    changed.sort_unstable();
    (!stopped.into_inner()).then_some(changed)
}

/// The problems of files that nothing imports, as they are now.
fn read_anew(repo: &Repo, files: &[&Path], map: &mut Map) {
    let problems = &mut map.coverage.problems;
    let names: BTreeSet<String> = files.iter().map(|path| repo.display(path)).collect();
    problems.retain(|problem| !names.contains(problem.at.file.as_str()));
    for path in files {
        check_alone(repo, path);
    }
    let new =
        repo.problems().into_iter().filter(|problem| names.contains(problem.at.file.as_str()));
    problems.extend(new);
    problems.sort();
    map.coverage.parsed = crate::parsed(map.coverage.files, problems);
}
