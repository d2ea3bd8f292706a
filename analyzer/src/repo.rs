//! The only reader of files. It looks at nothing outside the folders it was given, follows no link
//! out of them, opens nothing but regular files of bounded size, and never runs anything.

use std::cell::{OnceCell, RefCell};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ffi::OsString;
use std::fs;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::rc::Rc;

use ignore::WalkBuilder;

use crate::map::{At, File, FileProblem};

mod entry_points;
pub mod history;
pub mod inputs;
pub mod owners;
mod requirements;

pub use entry_points::EntryPoint;
use inputs::{Inputs, Question};

/// Largest source file that is read, in bytes; generated tables beyond it hold no declarations.
pub const FILE_SIZE_MAX: u64 = 5 * 1024 * 1024;

/// Folders deep below the root; deeper trees are mistakes or traps.
const DEPTH_MAX: usize = 64;

/// Folders that never hold the project's own code.
const SKIPPED: &[&str] = &["node_modules", "__pycache__", "site-packages", "bower_components"];

/// The folders that are analyzed.
#[derive(Debug)]
pub struct Repo {
    root: PathBuf,
    /// Python files below the root, relative, sorted.
    files: BTreeSet<PathBuf>,
    source_roots: Vec<PathBuf>,
    site_packages: Vec<PathBuf>,
    problems: RefCell<BTreeMap<(File, String), FileProblem>>,
    listings: RefCell<HashMap<PathBuf, Rc<Listing>>>,
    /// See [`Repo::nested_module`]; found when something is first missing.
    nested: OnceCell<BTreeMap<String, PathBuf>>,
    path_changes: OnceCell<BTreeSet<OsString>>,
    /// See [`Repo::entry_points`].
    entry_points: OnceCell<Vec<EntryPoint>>,
    /// See [`Repo::django_release`].
    django_release: OnceCell<Option<requirements::Release>>,
    /// What was asked, if somebody wants to know: see [`Repo::remember`].
    inputs: RefCell<Option<Inputs>>,
}

/// Why a file was not read.
#[derive(Debug, Clone)]
pub(crate) struct Refused {
    /// Problem code.
    pub(crate) code: &'static str,
    /// Plain words.
    pub(crate) why: String,
}

/// Names in one folder.
#[derive(Debug, Default)]
struct Listing {
    files: BTreeSet<String>,
    folders: BTreeSet<String>,
}

impl Listing {
    /// The names in a folder; a link counts where it leads into a folder that may be read.
    fn of(readable: &[PathBuf], folder: &Path) -> Self {
        let mut listing = Self::default();
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let Ok(name) = entry.file_name().into_string() else { continue };
            let Ok(mut kind) = entry.file_type() else { continue };
            if kind.is_symlink() {
                if !is_below(readable, &entry.path()) {
                    continue;
                }
                let Ok(target) = fs::metadata(entry.path()) else { continue };
                kind = target.file_type();
            }
            if kind.is_dir() {
                listing.folders.insert(name);
            } else if kind.is_file() {
                listing.files.insert(name);
            }
        }
        listing
    }

    fn digest(&self) -> String {
        let (files, folders) = (self.files.iter(), self.folders.iter());
        let parts = files.map(String::as_bytes).chain([&b""[..]]);
        inputs::digest(parts.chain(folders.map(String::as_bytes)))
    }
}

/// Where a dotted name leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// A module's file.
    File(PathBuf),
    /// A package's `__init__.py`.
    Package(PathBuf),
    /// A folder without `__init__.py`.
    Folder(PathBuf),
}

impl Repo {
    /// Walks `root` once. `site_packages` are further folders in which imports are looked up.
    pub fn open(root: &Path, site_packages: &[PathBuf]) -> Self {
        let root = fs::canonicalize(root).unwrap_or_else(|_| root.to_path_buf());
        let mut repo = Self {
            root,
            files: BTreeSet::new(),
            source_roots: Vec::new(),
            site_packages: site_packages.iter().filter_map(|p| fs::canonicalize(p).ok()).collect(),
            problems: RefCell::default(),
            listings: RefCell::default(),
            nested: OnceCell::new(),
            path_changes: OnceCell::new(),
            entry_points: OnceCell::new(),
            django_release: OnceCell::new(),
            inputs: RefCell::default(),
        };
        repo.walk();
        repo.find_source_roots();
        repo
    }

    /// The analyzed folder.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Python files below the root, relative to it, sorted.
    pub fn files(&self) -> impl Iterator<Item = &Path> {
        self.files.iter().map(PathBuf::as_path)
    }

    /// Folders in which imports are looked up, in order.
    pub fn roots(&self) -> impl Iterator<Item = &Path> {
        self.source_roots.iter().chain(&self.site_packages).map(PathBuf::as_path)
    }

    /// Whether every import can be decided, because the libraries are there to look at.
    pub fn has_libraries(&self) -> bool {
        let beside = |root: &PathBuf| root.file_name().is_some_and(|n| n == "site-packages");
        !self.site_packages.is_empty() || self.source_roots.iter().any(beside)
    }

    fn walk(&mut self) {
        let walk = WalkBuilder::new(&self.root)
            .standard_filters(false)
            .follow_links(false)
            .max_depth(Some(DEPTH_MAX))
            .sort_by_file_name(Ord::cmp)
            .filter_entry(|entry| {
                let name = entry.file_name().to_string_lossy();
                let folder = entry.file_type().is_some_and(|t| t.is_dir());
                let venv = || entry.path().join("pyvenv.cfg").exists();
                entry.depth() == 0
                    || !(folder && (name.starts_with('.') || SKIPPED.contains(&&*name) || venv()))
            })
            .build();
        for entry in walk {
            match entry {
                Ok(entry) => self.take(&entry),
                Err(error) => self.note_walk_error(&error),
            }
        }
    }

    fn take(&mut self, entry: &ignore::DirEntry) {
        let Ok(relative) = entry.path().strip_prefix(&self.root) else { return };
        let python = entry.path().extension().is_some_and(|e| e == "py");
        if entry.path_is_symlink() {
            match fs::canonicalize(entry.path()) {
                Ok(target) if python && target.starts_with(&self.root) && target.is_file() => {
                    self.files.insert(relative.to_path_buf());
                }
                Ok(target) if target.starts_with(&self.root) && !python => {}
                Ok(_) if python => {
                    self.problem(
                        entry.path(),
                        "AN006",
                        "a link that leads out of the folder; not followed",
                    );
                }
                Ok(_) => {}
                Err(_) => {
                    self.problem(
                        entry.path(),
                        "AN006",
                        "a link to itself or to nothing; not followed",
                    );
                }
            }
            return;
        }
        if !python {
            return;
        }
        if entry.file_type().is_some_and(|t| t.is_file()) {
            self.files.insert(relative.to_path_buf());
        } else if !entry.file_type().is_some_and(|t| t.is_dir()) {
            self.problem(
                entry.path(),
                "AN001",
                "not a regular file (pipe, socket or device); skipped",
            );
        }
    }

    fn note_walk_error(&self, error: &ignore::Error) {
        if let ignore::Error::WithPath { path, err } = error {
            self.problem(path, "AN001", &format!("cannot be read: {err}"));
        } else if let ignore::Error::WithDepth { err, .. } = error {
            self.note_walk_error(err);
        }
    }

    fn find_source_roots(&mut self) {
        let mut roots = Vec::new();
        let mut add = |path: PathBuf| {
            if !roots.contains(&path) {
                roots.push(path);
            }
        };
        if self.root.join("__init__.py").is_file() {
            let outside = self.root.ancestors().find(|a| !a.join("__init__.py").is_file());
            if let Some(outside) = outside {
                add(outside.to_path_buf());
            }
        }
        add(self.root.clone());
        let mut folders: Vec<PathBuf> = self
            .files
            .iter()
            .filter(|f| f.file_name().is_some_and(|n| n == "manage.py"))
            .filter_map(|f| f.parent().map(|p| self.root.join(p)))
            .collect();
        folders.push(self.root.join("src"));
        folders.sort_by_key(|f| (f.components().count(), f.clone()));
        for folder in folders {
            let inside = folder.join("src");
            if folder.is_dir() && !folder.join("__init__.py").is_file() {
                add(folder);
            }
            if inside.is_dir() && !inside.join("__init__.py").is_file() {
                add(inside);
            }
        }
        self.source_roots = roots;
    }

    /// The file or folder of the module with the dotted name, and the root it was found in.
    pub fn module(&self, dotted: &str) -> Option<(Found, PathBuf)> {
        let parts: Vec<&str> = dotted.split('.').collect();
        let mut folder_only = None;
        for root in self.source_roots.iter().chain(&self.site_packages) {
            match self.module_below(root, &parts) {
                Some(Found::Folder(path)) => {
                    folder_only.get_or_insert((Found::Folder(path), root.clone()));
                }
                Some(found) => return Some((found, root.clone())),
                None => {}
            }
        }
        folder_only
    }

    /// As [`Repo::module`], for a module in a folder that the project itself puts on `sys.path`.
    /// Which folder is not followed: it is the highest one that holds a folder of that name, if
    /// some file of the same top-level folder speaks of `sys.path`.
    pub fn nested_module(&self, dotted: &str) -> Option<(Found, PathBuf)> {
        let parts: Vec<&str> = dotted.split('.').collect();
        let folders = self.nested.get_or_init(|| self.nested_folders());
        let parent = folders.get(*parts.first()?)?;
        let top = parent.iter().next()?;
        let changed = self.path_changes.get_or_init(|| self.find_path_changes());
        let root = changed.contains(top).then(|| self.root.join(parent))?;
        self.module_below(&root, &parts).map(|found| (found, root))
    }

    /// Folders with Python files by name, each with the highest folder that holds it; those of the
    /// root itself need no change of `sys.path`.
    fn nested_folders(&self) -> BTreeMap<String, PathBuf> {
        let folders: BTreeSet<&Path> = self.files.iter().filter_map(|file| file.parent()).collect();
        let mut folders: Vec<&Path> = folders.into_iter().collect();
        folders.sort_by_key(|folder| (folder.components().count(), *folder));
        let mut found: BTreeMap<String, PathBuf> = BTreeMap::new();
        for folder in folders {
            let Some((name, parent)) = folder.file_name().zip(folder.parent()) else { continue };
            let name = name.to_string_lossy().into_owned();
            found.entry(name).or_insert_with(|| parent.to_path_buf());
        }
        found
    }

    /// Top-level folders with a file that speaks of `sys.path`: one that starts the project does so
    /// near its beginning.
    fn find_path_changes(&self) -> BTreeSet<OsString> {
        let speaks = |file: &Path| {
            let path = self.root.join(file);
            let bytes = read_inside(std::slice::from_ref(&self.root), &path).unwrap_or_default();
            let speaks = speaks_of_path(&bytes);
            self.looked(&path, Question::Speaks, || speaks.to_string());
            speaks
        };
        let files = self.files.iter().filter(|file| speaks(file));
        files.filter_map(|file| file.iter().next().map(ToOwned::to_owned)).collect()
    }

    fn module_below(&self, root: &Path, parts: &[&str]) -> Option<Found> {
        let (last, packages) = parts.split_last()?;
        let mut folder = root.to_path_buf();
        for package in packages {
            if !self.listing(&folder).folders.contains(*package) {
                return None;
            }
            folder.push(package);
        }
        let listing = self.listing(&folder);
        if listing.folders.contains(*last) {
            let path = folder.join(last);
            let inner = self.listing(&path);
            if inner.files.contains("__init__.py") {
                return Some(Found::Package(path.join("__init__.py")));
            }
            if !listing.files.contains(&format!("{last}.py")) {
                return (!inner.files.is_empty() || !inner.folders.is_empty())
                    .then_some(Found::Folder(path));
            }
        }
        let file = format!("{last}.py");
        listing.files.contains(&file).then(|| Found::File(folder.join(file)))
    }

    fn listing(&self, folder: &Path) -> Rc<Listing> {
        if let Some(known) = self.listings.borrow().get(folder) {
            return known.clone();
        }
        let listing = Rc::new(Listing::of(&self.readable(), folder));
        self.looked(folder, Question::Names, || listing.digest());
        self.listings.borrow_mut().insert(folder.to_path_buf(), listing.clone());
        listing
    }

    /// Whether a link leads into one of the folders that may be read.
    fn is_inside(&self, path: &Path) -> bool {
        is_below(&self.readable(), path)
    }

    /// Names of the files and folders of a folder that may be read, sorted; none outside.
    pub fn list(&self, folder: &Path) -> Option<Vec<String>> {
        self.is_inside(folder).then(|| {
            let listing = self.listing(folder);
            listing.folders.iter().chain(&listing.files).cloned().collect()
        })
    }

    /// Whether the path exists, if it is one that may be looked at.
    pub fn exists(&self, path: &Path) -> Option<bool> {
        path.starts_with(&self.root).then(|| {
            let exists = fs::symlink_metadata(path).is_ok();
            self.looked(path, Question::Exists, || exists.to_string());
            exists
        })
    }

    /// The folders that may be read.
    pub(crate) fn readable(&self) -> Vec<PathBuf> {
        std::iter::once(self.root.as_path()).chain(self.roots()).map(Path::to_path_buf).collect()
    }

    /// The bytes of a file; a problem is noted where it cannot be read.
    pub fn read(&self, path: &Path) -> Option<Vec<u8>> {
        let read = read_inside(&self.readable(), path);
        self.looked(path, Question::Content, || inputs::content(&read));
        read.map_err(|refused| self.problem(path, refused.code, &refused.why)).ok()
    }

    /// The path as the map prints it: relative to the root, else `<library>/...`.
    pub fn display(&self, path: &Path) -> String {
        if let Ok(relative) = path.strip_prefix(&self.root)
            && self.is_own(path)
        {
            return printable(relative);
        }
        let roots = self.site_packages.iter().chain(&self.source_roots);
        let below = roots.into_iter().find_map(|root| path.strip_prefix(root).ok());
        format!("<library>/{}", printable(below.unwrap_or(path)))
    }

    /// Whether a path is the project's own: below the root, and in no folder of installed packages,
    /// which may lie in a virtual environment there.
    pub fn is_own(&self, path: &Path) -> bool {
        let mut installed = self.site_packages.iter().filter(|site| !self.root.starts_with(site));
        path.starts_with(&self.root) && !installed.any(|site| path.starts_with(site))
    }

    /// Notes that a file could not be read whole.
    pub fn problem(&self, path: &Path, code: &str, message: &str) {
        self.note(At { file: self.display(path).into(), line: 1 }, code, message);
    }

    /// Notes a problem at a line; the first of each code in a file is kept.
    pub fn note(&self, at: At, code: &str, message: &str) {
        let key = (at.file.clone(), code.to_owned());
        let problem = FileProblem { at, code: code.to_owned(), message: message.to_owned() };
        self.problems.borrow_mut().entry(key).or_insert(problem);
    }

    /// All problems so far, sorted by file.
    pub fn problems(&self) -> Vec<FileProblem> {
        self.problems.borrow().values().cloned().collect()
    }
}

/// Whether the path leads to a place below one of the folders, all links followed.
fn is_below(folders: &[PathBuf], path: &Path) -> bool {
    fs::canonicalize(path)
        .is_ok_and(|target| folders.iter().any(|folder| target.starts_with(folder)))
}

/// The bytes of a regular file of bounded size below one of the folders.
pub(crate) fn read_inside(folders: &[PathBuf], path: &Path) -> Result<Vec<u8>, Refused> {
    let refused = |code, why: String| Err(Refused { code, why });
    if !is_below(folders, path) {
        let why = "a link that leads out of the folder; not followed";
        return refused("AN006", why.to_owned());
    }
    match fs::metadata(path) {
        Ok(meta) if !meta.is_file() => refused("AN001", "not a regular file; skipped".to_owned()),
        Ok(meta) => read_file(path, &meta),
        Err(error) => refused_by_system(&error),
    }
}

/// The bytes of a regular file, if they are not too many.
fn read_file(path: &Path, meta: &fs::Metadata) -> Result<Vec<u8>, Refused> {
    if meta.len() > FILE_SIZE_MAX {
        let why = format!("larger than {FILE_SIZE_MAX} bytes; skipped");
        return Err(Refused { code: "AN005", why });
    }
    let size = usize::try_from(meta.len()).unwrap_or_default();
    read_whole(path, size).or_else(|error| refused_by_system(&error))
}

/// As [`fs::read`], for a file of known size: one that is as long as it says is read at once.
fn read_whole(path: &Path, size: usize) -> io::Result<Vec<u8>> {
    let mut file = fs::File::open(path)?;
    let mut bytes = vec![0; size + 1];
    let mut filled = 0;
    loop {
        match file.read(&mut bytes[filled..]) {
            // What gives less than it was asked for has ended.
            Ok(count) if filled + count == size || count == 0 => {
                bytes.truncate(filled + count);
                return Ok(bytes);
            }
            Ok(count) => filled += count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
        if filled == bytes.len() {
            file.read_to_end(&mut bytes)?;
            return Ok(bytes);
        }
    }
}

fn refused_by_system(error: &io::Error) -> Result<Vec<u8>, Refused> {
    Err(Refused { code: "AN001", why: format!("cannot be read: {error}") })
}

/// Whether a file speaks of `sys.path` near its beginning.
fn speaks_of_path(bytes: &[u8]) -> bool {
    let head = bytes.get(..PATH_CHANGE_MAX).unwrap_or(bytes);
    head.windows(SYS_PATH.len()).any(|window| window == SYS_PATH)
}

const SYS_PATH: &[u8] = b"sys.path";

/// Bytes of a file in which a change of `sys.path` is looked for.
const PATH_CHANGE_MAX: usize = 4096;

/// A path with `/` between its parts, control bytes escaped.
fn printable(path: &Path) -> String {
    let parts = path.components().map(|part| part.as_os_str().to_string_lossy().into_owned());
    let joined = parts.collect::<Vec<_>>().join("/");
    if joined.chars().any(char::is_control) { joined.escape_debug().to_string() } else { joined }
}
