//! The map of a project is kept between runs, with a digest of everything that was looked at. Where
//! all answers would be the same, so would the map; where only Python files changed that nothing
//! imports, only their problems are read anew; where what changed in an imported file is comments
//! or functions that nobody entered, only its lines have moved. Everything else is analyzed from
//! the start.
//!
//! What is kept is never trusted: it lies in a folder of the user, not of the project; it has a
//! digest of its own; whatever does not fit is thrown away without a word, since it is only kept
//! to save time.

mod packed;
mod places;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Write as _;
use std::path::{self, Path, PathBuf};
use std::time::SystemTime;

use serde::{Deserialize, Serialize};

use self::packed::Packed;
use self::places::each_access;
use crate::Options;
use crate::map::{At, Map};
use crate::python::ahead::{self, check_alone};
use crate::python::shape::Shape;
use crate::repo::Repo;
use crate::repo::inputs::{Inputs, Question, digest};

/// Form of what is kept; another one is not read.
const FORM: &str = "outgrow.cache/3";

/// Largest map that is kept or read back, in bytes.
const KEPT_BYTES_MAX: u64 = 128 << 20;

/// Maps (a count) in the folder; the one unused for longest goes first.
const KEPT_MAX: usize = 16;

/// Python files (a count) that are read anew instead of everything: reading costs, too.
const READ_ANEW_MAX: usize = 500;

/// Where maps are kept.
#[derive(Debug, Clone)]
pub struct Cache {
    /// A folder that belongs to the user.
    pub folder: PathBuf,
    /// Names the program: another build may see other things in the same files.
    pub program: String,
}

/// What is kept; to be written, the map is borrowed.
#[derive(Serialize, Deserialize)]
struct Kept<M> {
    walked: String,
    history: String,
    inputs: Vec<(PathBuf, Question, String)>,
    /// What counts of each imported file.
    shapes: BTreeMap<String, Shape>,
    /// The accesses of the map, which is kept without them.
    packed: Packed,
    map: M,
}

/// The place of one project in the cache.
pub(crate) struct Place {
    file: PathBuf,
    history: String,
}

impl Cache {
    /// The place of what is asked for; none where the folder lies in what is analyzed.
    pub(crate) fn place(&self, repo: &Repo, options: &Options, history: String) -> Option<Place> {
        let folder = path::absolute(&self.folder).ok()?;
        let there = folder.ancestors().find_map(|parent| fs::canonicalize(parent).ok())?;
        if repo.readable().iter().any(|root| there.starts_with(root)) {
            return None;
        }
        fs::create_dir_all(&folder).ok()?;
        let asked = (&options.settings, &options.git, &options.site_packages, options.propose);
        let name = digest([
            FORM.as_bytes(),
            self.program.as_bytes(),
            repo.root().as_os_str().as_encoded_bytes(),
            format!("{asked:?}").as_bytes(),
        ]);
        Some(Place { file: folder.join(format!("{name}.json")), history })
    }
}

impl Place {
    /// The map, if it would be the same.
    pub(crate) fn find(&self, repo: &Repo) -> Option<Map> {
        let meta = fs::symlink_metadata(&self.file).ok()?;
        if !meta.is_file() || meta.len() > KEPT_BYTES_MAX {
            return None;
        }
        let text = fs::read(&self.file).ok()?;
        let end = text.iter().position(|byte| *byte == b'\n')?;
        let (sum, rest) = (&text[..end], &text[end + 1..]);
        if sum != digest([rest]).as_bytes() {
            return None;
        }
        let kept: Kept<Map> = serde_json::from_slice(rest).ok()?;
        if kept.walked != repo.walked() || kept.history != self.history {
            return None;
        }
        let Kept { inputs, shapes, mut packed, mut map, .. } = kept;
        let (mut anew, mut moved) = (Vec::new(), BTreeMap::new());
        for (path, asked, answer) in inputs {
            if repo.answer(&path, asked) == answer {
                continue;
            }
            if anew.len() + moved.len() >= READ_ANEW_MAX {
                return None;
            }
            match asked {
                Question::Unread => anew.push(path),
                Question::Module => {
                    let file = repo.display(&path);
                    let lines = ahead::moved(repo, &path, shapes.get(&file)?)?;
                    moved.insert(file, lines);
                }
                _ => return None,
            }
        }
        if !anew.is_empty() {
            read_anew(repo, &anew, &mut map);
        }
        let known = moved.is_empty() || move_lines(&mut map, &mut packed, &moved);
        (known && packed.put(&mut map)).then_some(map)
    }

    /// Keeps the map; a file that cannot be written is no problem of the analysis.
    pub(crate) fn keep(
        &self,
        walked: String,
        inputs: Inputs,
        shapes: BTreeMap<String, Shape>,
        map: &mut Map,
    ) {
        let inputs = inputs.into_iter().map(|((path, asked), answer)| (path, asked, answer));
        let (history, inputs) = (self.history.clone(), inputs.collect());
        let packed = Packed::take(map);
        let kept = Kept { walked, history, inputs, shapes, packed, map: &*map };
        // A path that JSON cannot hold makes this fail, and then nothing is kept.
        if let Ok(text) = serde_json::to_vec(&kept)
            && u64::try_from(text.len()).is_ok_and(|size| size < KEPT_BYTES_MAX)
        {
            drop(self.replace(&text));
        }
        let Kept { packed, .. } = kept;
        packed.put(map);
    }

    /// Whole or not at all: two runs at once may write the same file.
    fn replace(&self, text: &[u8]) -> std::io::Result<()> {
        let folder = self.file.parent().unwrap_or(Path::new("."));
        let own = self.file.with_extension(format!("{}.new", std::process::id()));
        let mut file = fs::OpenOptions::new().write(true).create_new(true).open(&own)?;
        let written = file
            .write_all(digest([text]).as_bytes())
            .and_then(|()| file.write_all(b"\n"))
            .and_then(|()| file.write_all(text))
            .and_then(|()| fs::rename(&own, &self.file));
        if written.is_err() {
            drop(fs::remove_file(&own));
        }
        drop_oldest(folder);
        written
    }
}

/// The problems of files that nothing imports, as they are now.
fn read_anew(repo: &Repo, files: &[PathBuf], map: &mut Map) {
    let problems = &mut map.coverage.problems;
    let names: BTreeSet<String> = files.iter().map(|path| repo.display(path)).collect();
    problems.retain(|problem| !names.contains(&problem.at.file));
    for path in files {
        check_alone(repo, path);
    }
    let new = repo.problems().into_iter().filter(|problem| names.contains(&problem.at.file));
    problems.extend(new);
    problems.sort();
    map.coverage.parsed = crate::parsed(map.coverage.files, problems);
}

/// Moves the places in files whose lines have moved; whether all of them are known.
fn move_lines(
    map: &mut Map,
    packed: &mut Packed,
    moved: &BTreeMap<String, BTreeMap<u32, u32>>,
) -> bool {
    // Notes quote places, too.
    let quotes = |text: &str| moved.keys().any(|file| text.contains(&format!("{file}:")));
    let opaque = map.opaque.iter().map(|opaque| &opaque.why);
    if opaque.chain(map.drift.iter().map(|drift| &drift.message)).any(|text| quotes(text)) {
        return false;
    }
    let mut known = true;
    let mut see = |at: &mut At| {
        let Some(lines) = moved.get(&at.file) else { return };
        match lines.get(&at.line) {
            // The first line stands for the file as well, which does not move.
            Some(now) if at.line != 1 || *now == 1 => at.line = *now,
            None if at.line == 1 => {}
            _ => known = false,
        }
    };
    map.each_place(&mut see);
    each_access(packed.accesses.iter_mut(), &mut see);
    known
}

fn drop_oldest(folder: &Path) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    let mut files: Vec<(SystemTime, PathBuf)> = entries
        .flatten()
        .filter(|e| e.path().extension().is_some_and(|end| end == "json"))
        .filter_map(|entry| Some((entry.metadata().ok()?.modified().ok()?, entry.path())))
        .collect();
    files.sort();
    let more = files.len().saturating_sub(KEPT_MAX);
    for (_, file) in files.into_iter().take(more) {
        drop(fs::remove_file(file));
    }
}
