//! Git as a witness: which apps and files change together, who changes them and who owns them.
//!
//! What changes together says what people think of together. It is told beside the code's own
//! facts and moves no context: on real projects most ways to mix the two are worse than the code
//! alone.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::map::Map;
use crate::repo::Repo;
use crate::repo::history::{self, Commit};
use crate::repo::owners::Owners;

/// Pairs of files (a count) that are told; the rest says less and less.
const FILE_PAIRS_MAX: usize = 50;

/// Commits (a count) that a pair of files must share to be told: fewer may be chance.
const TOGETHER_MIN: u32 = 3;

/// Owners (a count) told of one app.
const OWNERS_MAX: usize = 10;

/// What git and `CODEOWNERS` say of the project.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct History {
    /// Commits that changed Python files of the project, merges left out; only so many of the
    /// newest are looked at.
    pub commits: u32,
    /// Those of them that changed too many files to say which belong together.
    pub large: u32,
    /// The project's own apps, sorted by label.
    pub apps: Vec<AppHistory>,
    /// Pairs of apps that commits changed together, most commits first.
    pub together: Vec<Together>,
    /// Pairs of files of different apps that commits changed together, most commits first.
    pub files: Vec<Together>,
}

/// One app in the history.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct AppHistory {
    /// Label of the app.
    pub app: String,
    /// Commits that changed it.
    pub commits: u32,
    /// People who made them.
    pub authors: u32,
    /// Who owns most of its files by `CODEOWNERS`, the one with most files first.
    pub owners: Vec<String>,
}

/// Two apps or two files that were changed by the same commits.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct Together {
    /// The one, by name the first.
    pub one: String,
    /// The other.
    pub other: String,
    /// Commits that changed both.
    pub commits: u32,
    /// Commits that changed the one of both that is changed less.
    pub of: u32,
}

/// What a repository's own files say, before it is known which apps they belong to.
#[derive(Debug)]
pub struct Witness {
    commits: Option<Vec<Commit>>,
    owners: Option<Owners>,
    /// The analyzed folder, relative to the repository's.
    below: PathBuf,
}

/// Reads the repository at `git`, which holds the analyzed folder `root` or is it; none where it
/// has neither a history nor owners.
pub fn read(git: &Path, root: &Path) -> Option<Witness> {
    let (git, root) = (fs::canonicalize(git).ok()?, fs::canonicalize(root).ok()?);
    let below = root.strip_prefix(&git).ok()?.to_path_buf();
    let (commits, owners) = (history::read(&git, &below), Owners::read(&git));
    (commits.is_some() || owners.is_some()).then_some(Witness { commits, owners, below })
}

/// Digest of what [`read`] would read; cheap, where reading it all is not.
pub(crate) fn stamp(git: &Path, root: &Path) -> String {
    let Some((git, root)) = fs::canonicalize(git).ok().zip(fs::canonicalize(root).ok()) else {
        return String::new();
    };
    let below = root.strip_prefix(&git);
    format!("{below:?} {:?} {}", history::head(&git), Owners::stamp(&git))
}

/// The own apps by their folders.
struct Apps<'m>(BTreeMap<&'m str, &'m str>);

impl<'m> Apps<'m> {
    fn of(map: &'m Map) -> Self {
        let own = map.apps.iter().filter(|app| app.own);
        Self(own.map(|app| (app.path.as_str(), app.label.as_str())).collect())
    }

    /// The innermost app whose folder holds the file.
    fn holding(&self, file: &str) -> Option<&'m str> {
        let mut folders = Path::new(file).ancestors().skip(1).filter_map(Path::to_str);
        folders.find_map(|folder| self.0.get(folder).copied())
    }
}

/// Says in the map what was read.
pub fn join(map: &mut Map, repo: &Repo, witness: &Witness) {
    let apps = Apps::of(map);
    let mut told: BTreeMap<&str, AppHistory> = BTreeMap::new();
    for label in apps.0.values() {
        told.insert(label, AppHistory { app: (*label).to_owned(), ..AppHistory::default() });
    }
    let mut history = History::default();
    if let Some(commits) = &witness.commits {
        count(&mut history, &mut told, commits, &apps);
    }
    if let Some(owners) = &witness.owners {
        let files = repo.files().filter_map(Path::to_str);
        own(&mut told, owners, &witness.below, files, &apps);
    }
    history.apps = told.into_values().collect();
    map.history = Some(history);
}

fn count<'m>(
    history: &mut History,
    told: &mut BTreeMap<&'m str, AppHistory>,
    commits: &[Commit],
    apps: &Apps<'m>,
) {
    let mut authors: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    let (mut by_app, mut by_file) = (Pairs::default(), Pairs::default());
    for commit in commits {
        history.commits += 1;
        history.large += u32::from(commit.large);
        let files: Vec<(&str, &str)> = commit
            .files
            .iter()
            .filter_map(|file| Some((file.as_str(), apps.holding(file)?)))
            .collect();
        let changed: BTreeSet<&str> = files.iter().map(|(_, app)| *app).collect();
        for app in &changed {
            authors.entry(app).or_default().insert(&commit.author);
            if let Some(told) = told.get_mut(app) {
                told.commits += 1;
            }
        }
        by_app.add(&changed.into_iter().collect::<Vec<_>>(), |_, _| true);
        let app_of: BTreeMap<&str, &str> = files.iter().copied().collect();
        let names: Vec<&str> = app_of.keys().copied().collect();
        by_file.add(&names, |one, other| app_of[one] != app_of[other]);
    }
    for (app, authors) in authors {
        if let Some(told) = told.get_mut(app) {
            told.authors = u32::try_from(authors.len()).unwrap_or(u32::MAX);
        }
    }
    history.together = by_app.told();
    history.files = by_file.told();
    history.files.truncate(FILE_PAIRS_MAX);
}

/// How often names were changed, alone and in pairs.
#[derive(Default)]
struct Pairs<'c> {
    alone: BTreeMap<&'c str, u32>,
    both: BTreeMap<(&'c str, &'c str), u32>,
}

impl<'c> Pairs<'c> {
    /// Counts one commit's names, which are sorted.
    fn add(&mut self, names: &[&'c str], tell: impl Fn(&str, &str) -> bool) {
        for (at, one) in names.iter().enumerate() {
            *self.alone.entry(one).or_default() += 1;
            for other in names[at + 1..].iter().filter(|other| tell(one, other)) {
                *self.both.entry((one, other)).or_default() += 1;
            }
        }
    }

    fn told(&self) -> Vec<Together> {
        let often = self.both.iter().filter(|(_, commits)| **commits >= TOGETHER_MIN);
        let told = often.map(|((one, other), commits)| Together {
            one: (*one).to_owned(),
            other: (*other).to_owned(),
            commits: *commits,
            of: self.alone[one].min(self.alone[other]),
        });
        let mut told: Vec<Together> = told.collect();
        told.sort_by(|a, b| b.commits.cmp(&a.commits).then_with(|| a.cmp(b)));
        told
    }
}

fn own<'f, 'm>(
    told: &mut BTreeMap<&'m str, AppHistory>,
    owners: &Owners,
    below: &Path,
    files: impl Iterator<Item = &'f str>,
    apps: &Apps<'m>,
) {
    let mut owned: BTreeMap<&str, BTreeMap<String, usize>> = BTreeMap::new();
    for file in files {
        let Some(app) = apps.holding(file) else { continue };
        let path = below.join(file);
        for owner in owners.of(&path.to_string_lossy()) {
            *owned.entry(app).or_default().entry(owner.clone()).or_default() += 1;
        }
    }
    for (app, owners) in owned {
        let mut owners: Vec<(String, usize)> = owners.into_iter().collect();
        owners.sort_by(|(a, of_a), (b, of_b)| of_b.cmp(of_a).then_with(|| a.cmp(b)));
        if let Some(told) = told.get_mut(app) {
            told.owners = owners.into_iter().take(OWNERS_MAX).map(|(owner, _)| owner).collect();
        }
    }
}
