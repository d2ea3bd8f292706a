//! Reads a Django repository without running it: [`analyze`] takes a folder and gives its [`Map`].
//!
//! The way from files to facts: `repo` reads, `python` evaluates module-level code abstractly,
//! `facts` asks the evaluated modules what they declare, `report` and `skeleton` write it down.

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::thread;

pub mod cache;
pub mod catalogue;
pub mod contexts;
pub mod evidence;
pub mod facts;
pub mod graph;
pub mod history;
pub mod live;
pub mod map;
pub mod python;
pub mod repo;
pub mod report;
pub mod skeleton;

use map::{Coverage, FileProblem, Map, Project};
use python::Evaluator;
use repo::Repo;

/// Stack of the thread that parses and evaluates, in bytes. Both recurse; what they may be given is
/// bounded by `python::source::NESTING_MAX` and `python::evaluator::CALL_DEPTH_MAX`. Address space
/// only: pages that are never touched cost nothing.
const STACK_SIZE_MAX: usize = 1 << 30;

/// What to analyze besides the folder itself.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Dotted path of the settings module; found by itself if none is given.
    pub settings: Option<String>,
    /// Folders with installed packages, in which imports are looked up after the repository.
    pub site_packages: Vec<PathBuf>,
    /// Threads that read and parse, the evaluator's own included; 0 means one a core. The map does
    /// not depend on it.
    pub threads: usize,
    /// Folder whose git history and `CODEOWNERS` are asked, if it is not the analyzed one itself.
    pub git: Option<PathBuf>,
    /// Where the map is kept between runs; it does not depend on it.
    pub cache: Option<cache::Cache>,
    /// Whether contexts are proposed. Another witness may change them: who has one joins it first.
    pub propose: bool,
}

/// Why a folder cannot be analyzed at all. Single broken files are no reason.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There is nothing at the path.
    #[error("{} does not exist; give the folder of a Django project", .0.display())]
    NotFound(PathBuf),
    /// The path is a file.
    #[error("{} is a file; give the folder that holds the Django project", .0.display())]
    NotAFolder(PathBuf),
    /// The folder cannot be listed.
    #[error("{} cannot be read", path.display())]
    Unreadable {
        /// The folder.
        path: PathBuf,
        /// What the system says.
        #[source]
        source: io::Error,
    },
    /// There is no Python in the folder.
    #[error("{} holds no Python files; give the folder of a Django project", .0.display())]
    NoPython(PathBuf),
    /// No settings module was found.
    #[error("{}", no_settings(root, tried))]
    NoSettings {
        /// The analyzed folder.
        root: PathBuf,
        /// Names that were found but lead to no source.
        tried: Vec<String>,
    },
    /// The thread that analyzes could not be started or broke down.
    #[error("the analysis broke down; this is a mistake of outgrow, please report it")]
    Broken,
}

fn no_settings(root: &Path, tried: &[String]) -> String {
    let looked = "manage.py, wsgi.py, asgi.py, pytest.ini, pyproject.toml, tox.ini, setup.cfg";
    let root = root.display();
    if tried.is_empty() {
        return format!(
            "no Django settings found in {root}: looked for DJANGO_SETTINGS_MODULE in {looked} and \
             for a module called settings; name it with --settings package.settings"
        );
    }
    let tried = tried.join(", ");
    format!(
        "no source for the Django settings {tried} in {root}; name another module with \
         --settings, or analyze the folder that contains it"
    )
}

/// Analyzes the folder.
///
/// # Errors
/// [`Error`] if there is nothing to analyze: no folder, no Python, no settings.
pub fn analyze(root: &Path, options: &Options) -> Result<Map, Error> {
    check_folder(root)?;
    thread::scope(|scope| {
        thread::Builder::new()
            .stack_size(STACK_SIZE_MAX)
            .spawn_scoped(scope, || read(root, options))
            .map_err(|_| Error::Broken)?
            .join()
            .map_err(|_| Error::Broken)?
    })
}

fn check_folder(root: &Path) -> Result<(), Error> {
    let unreadable = |source: io::Error| match source.kind() {
        io::ErrorKind::NotFound => Error::NotFound(root.to_path_buf()),
        _ => Error::Unreadable { path: root.to_path_buf(), source },
    };
    if !root.metadata().map_err(unreadable)?.is_dir() {
        return Err(Error::NotAFolder(root.to_path_buf()));
    }
    root.read_dir().map(drop).map_err(unreadable)
}

/// Walks, then evaluates while other threads parse.
fn read(root: &Path, options: &Options) -> Result<Map, Error> {
    let (repo, kept) = thread::scope(|scope| {
        // What was kept is read while the folder is walked.
        let kept = options.cache.as_ref().and_then(|cache| {
            thread::Builder::new().spawn_scoped(scope, || cache.kept(root, options)).ok()
        });
        let repo = Rc::new(Repo::open(root, &options.site_packages));
        (repo, kept.and_then(|kept| kept.join().ok().flatten()))
    });
    if repo.files().next().is_none() {
        return Err(Error::NoPython(root.to_path_buf()));
    }
    let git = options.git.as_deref().unwrap_or(root);
    let place = options
        .cache
        .as_ref()
        .and_then(|cache| cache.place(&repo, options, history::stamp(git, root)));
    if let Some(map) = place.as_ref().zip(kept).and_then(|(place, kept)| place.find(kept, &repo)) {
        return Ok(map);
    }
    let walked = place.is_some().then(|| repo.walked());
    if place.is_some() {
        repo.remember();
    }
    let mut ev = Evaluator::new(repo.clone());
    let ahead = ev.ahead.clone();
    let mut map = thread::scope(|scope| {
        ahead.start(scope, options.threads);
        let witness = thread::Builder::new().spawn_scoped(scope, || history::read(git, root));
        let map = evaluate(&mut ev, options);
        ahead.stop();
        let mut map = map?;
        // What breaks in there costs this witness, not the analysis.
        if let Some(Ok(Some(witness))) = witness.ok().map(thread::ScopedJoinHandle::join) {
            history::join(&mut map, &repo, &witness);
        }
        Ok(map)
    })?;
    let shapes = place.is_some().then(|| ev.shapes());
    // What comes next needs the room.
    drop(ev);
    if options.propose {
        contexts::propose(&map, &contexts::Options::default()).apply(&mut map);
    }
    if let (Some(place), Some(walked), Some(shapes)) = (place, walked, shapes) {
        place.keep(&walked, &repo.remembered(), &shapes, &mut map);
    }
    Ok(map)
}

/// The method: each step reads what the step before it left in the evaluator.
fn evaluate(ev: &mut Evaluator, options: &Options) -> Result<Map, Error> {
    let settings = facts::settings::read(ev, options.settings.as_deref())?;
    let root_urlconf = facts::settings::text(ev, "ROOT_URLCONF");
    let apps = facts::apps::read(ev);
    // The URLconf comes before the models: importing it may declare some.
    let endpoints = facts::urls::read(ev, &root_urlconf, &apps);
    let converters = facts::converters::read(ev);
    let names = facts::tables::Names::of_project(ev);
    let mut models = facts::models::read(ev, &names);
    let replayed = facts::migrations::replay(ev, &mut models, names);
    let tables = facts::tables::read(ev, &models, &names);
    let relations = facts::relations::read(ev, &models);
    ev.ahead.let_go();
    let facts::views::Read { endpoints, transactions, joins, scheduled, sites, lost } =
        facts::views::read(ev, endpoints, &models, &relations);
    let lost: BTreeSet<_> = lost.into_iter().map(|(at, _)| at).collect();
    let of_sites = (sites.union(&lost).count(), lost.len());
    facts::models::note_homeless(ev, &models);
    let told = facts::migrations::tell(ev, replayed, &models, &relations);
    let (registered, abstract_models) = facts::models::describe(ev, &models);
    let name = ev.repo().root().file_name().map(|n| n.to_string_lossy().into_owned());
    let mut map = Map {
        schema: map::SCHEMA.to_owned(),
        project: Project {
            name: name.unwrap_or_default(),
            settings: settings.name.to_string(),
            root_urlconf,
        },
        apps,
        models: registered,
        abstract_models,
        tables,
        relations,
        converters,
        endpoints,
        migrations: told.migrations,
        migrated: told.tables,
        drift: told.drift,
        transactions,
        joins,
        scheduled,
        opaque: ev.notes().cloned().collect(),
        coverage: coverage(ev, of_sites),
        ..Map::default()
    };
    map.sort();
    Ok(map)
}

/// Reads what nothing imported, too, so that the map can say what is broken.
fn coverage(ev: &Evaluator, (sites, lost): (usize, usize)) -> Coverage {
    ev.check_unread();
    let problems = ev.repo().problems();
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let files = count(ev.repo().files().count());
    let parsed = parsed(files, &problems);
    Coverage { files, parsed, sites: count(sites), lost: count(lost), problems }
}

/// How many of the files have no problem; `problems` are sorted by file.
fn parsed(files: u32, problems: &[FileProblem]) -> u32 {
    let own = |file: &str| !file.starts_with('<');
    let mut broken: Vec<&str> =
        problems.iter().map(|p| p.at.file.as_str()).filter(|file| own(file)).collect();
    broken.dedup();
    files.saturating_sub(u32::try_from(broken.len()).unwrap_or(u32::MAX))
}
