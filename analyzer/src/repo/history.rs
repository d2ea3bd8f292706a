//! Which files changed together, read from git's own files: no program is started and no
//! configuration is read, since both would let a repository run code.
//!
//! Only a `.git` folder of plain files that lies in the given folder is read. Where it leads
//! elsewhere (a linked worktree, a submodule, borrowed objects), there is no history.

use std::collections::{BTreeMap, BTreeSet, BinaryHeap, HashSet};
use std::fs;
use std::path::{Path, PathBuf};

use gix_hash::ObjectId;
use gix_object::tree::EntryKind;
use gix_object::{CommitRefIter, Find as _, Kind, TreeRefIter};
use gix_odb::store::init::Options;

use super::read_inside;

/// Commits (a count) looked at, newest first: what changed together years ago is another project.
const COMMITS_MAX: usize = 3_000;

/// Python files (a count) that a commit may change and still say which belong together; a rename of
/// everything says nothing.
pub const CHANGED_FILES_MAX: usize = 30;

/// Commits and trees that are read, in bytes: a few small files can name the same large tree, or
/// the same parent, any number of times. 3,000 commits of a monolith are some 120 MiB.
const READ_BYTES_MAX: usize = 256 << 20;

/// What an object costs at least, in bytes: to find one takes as long as to read some more of it.
const OBJECT_BYTES_MIN: usize = 1 << 10;

/// Folders inside each other in one tree.
const TREE_DEPTH_MAX: usize = 64;

/// Largest commit or tree that is read, in bytes.
const OBJECT_SIZE_MAX: usize = 16 << 20;

/// Files (a count) of git's object store; larger ones were not packed for years.
const STORE_FILES_MAX: usize = 200_000;

/// Links from name to name (`ref: refs/heads/main`) until a commit.
const REFERENCES_MAX: usize = 5;

/// Git's store of objects.
const OBJECTS: &str = ".git/objects";

/// One commit with one parent, or none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Commit {
    /// Address of its author.
    pub author: String,
    /// Python files that it added, changed or removed, relative to the folder that was asked
    /// about, sorted; empty for a commit with more than [`CHANGED_FILES_MAX`].
    pub files: Vec<String>,
    /// Whether it changed more files than that.
    pub large: bool,
}

/// The commits that lead to the present one, newest first, with what they changed in `below`, a
/// folder relative to `git`; none where `git` holds no readable history. Merges are left out.
pub fn read(git: &Path, below: &Path) -> Option<Vec<Commit>> {
    let head = head(git)?;
    let objects = git.join(OBJECTS);
    let options = Options { alloc_limit_bytes: Some(OBJECT_SIZE_MAX), ..Options::default() };
    let store = gix_odb::at_opts(objects, gix_hash::Kind::Sha1, None, options).ok()?;
    let below = below.iter().map(|part| part.to_str().map(str::to_owned)).collect::<Option<_>>()?;
    Some(Reader { store, below, left: READ_BYTES_MAX }.commits(head))
}

/// The present commit; none where `git` holds no store that may be read.
pub(crate) fn head(git: &Path) -> Option<ObjectId> {
    let folder = git.join(".git");
    is_plain_store(&folder, &git.join(OBJECTS)).then(|| resolve(&folder, "HEAD")).flatten()
}

/// Whether the store holds regular files only, all of them its own.
fn is_plain_store(folder: &Path, objects: &Path) -> bool {
    let is_folder = |path: &Path| fs::symlink_metadata(path).is_ok_and(|meta| meta.is_dir());
    if !is_folder(folder) || !is_folder(objects) {
        return false;
    }
    let mut folders = vec![objects.to_path_buf()];
    let mut files = 0;
    while let Some(folder) = folders.pop() {
        let Ok(entries) = fs::read_dir(folder) else { return false };
        for entry in entries {
            let Ok((kind, path)) = entry.and_then(|e| Ok((e.file_type()?, e.path()))) else {
                return false;
            };
            files += 1;
            let borrows = path.file_name().is_some_and(|name| name == "alternates");
            if files > STORE_FILES_MAX || borrows || !(kind.is_dir() || kind.is_file()) {
                return false;
            }
            if kind.is_dir() {
                folders.push(path);
            }
        }
    }
    true
}

/// The commit behind a name, through `packed-refs` where it has no file of its own.
fn resolve(folder: &Path, name: &str) -> Option<ObjectId> {
    let inside = [fs::canonicalize(folder).ok()?];
    let text = |path: PathBuf| String::from_utf8(read_inside(&inside, &path).ok()?).ok();
    let mut name = name.to_owned();
    for _ in 0..REFERENCES_MAX {
        let Some(content) = text(folder.join(&name)) else {
            let packed = text(folder.join("packed-refs"))?;
            let line = packed.lines().find_map(|line| line.strip_suffix(&format!(" {name}")))?;
            return ObjectId::from_hex(line.as_bytes()).ok();
        };
        match content.trim().strip_prefix("ref: ") {
            Some(next) if is_name(next) => next.clone_into(&mut name),
            Some(_) => return None,
            None => return ObjectId::from_hex(content.trim().as_bytes()).ok(),
        }
    }
    None
}

/// Whether the text is a name that stays inside the folder of names.
fn is_name(text: &str) -> bool {
    text.starts_with("refs/") && text.split('/').all(|part| !matches!(part, "" | "." | ".."))
}

struct Reader {
    store: gix_odb::Handle,
    below: Vec<String>,
    /// Bytes that may still be read.
    left: usize,
}

/// Files and folders of a tree: the content by name, and whether it is a folder.
type Entries = BTreeMap<(String, bool), ObjectId>;

struct Told {
    time: i64,
    tree: ObjectId,
    parents: Vec<ObjectId>,
    author: String,
}

impl Reader {
    fn commits(&mut self, head: ObjectId) -> Vec<Commit> {
        let mut found = Vec::new();
        let mut known = HashSet::from([head]);
        // Newest first; commits of the same second by their name, so that the order is one.
        let mut next = BinaryHeap::from([(i64::MAX, head)]);
        for _ in 0..COMMITS_MAX {
            let Some(told) = next.pop().and_then(|(_, id)| self.commit(id)) else {
                if next.is_empty() {
                    break;
                }
                continue;
            };
            // A merge is not compared, so only its way on is wanted.
            let is_merge = told.parents.len() > 1;
            let wanted = told.parents.iter().filter(|id| !is_merge || !known.contains(*id));
            let parents: Vec<(Told, ObjectId)> =
                wanted.filter_map(|id| Some((self.commit(*id)?, *id))).collect();
            if !is_merge && parents.len() == told.parents.len() {
                let before = parents.first().map(|(parent, _)| parent.tree);
                found.extend(self.changes(before, told.tree, told.author));
            }
            let new = parents.into_iter().filter(|(_, id)| known.insert(*id));
            next.extend(new.map(|(parent, id)| (parent.time, id)));
            if self.left == 0 {
                break;
            }
        }
        found
    }

    fn object(&mut self, id: ObjectId, kind: Kind) -> Option<Vec<u8>> {
        if self.left == 0 {
            return None;
        }
        let mut buffer = Vec::new();
        let found = self.store.try_find(&id, &mut buffer).ok().flatten();
        let size = found.as_ref().map_or(0, |found| found.data.len());
        self.left = self.left.saturating_sub(size.max(OBJECT_BYTES_MIN));
        found.filter(|found| found.kind == kind).map(|found| found.data.to_vec())
    }

    fn commit(&mut self, id: ObjectId) -> Option<Told> {
        let data = self.object(id, Kind::Commit)?;
        let commit = || CommitRefIter::from_bytes(&data, gix_hash::Kind::Sha1);
        let author = commit().author().ok()?;
        Some(Told {
            time: commit().committer().ok()?.seconds(),
            tree: commit().tree_id().ok()?,
            parents: commit().parent_ids().collect(),
            author: author.email.to_string().to_lowercase(),
        })
    }

    fn changes(
        &mut self,
        before: Option<ObjectId>,
        after: ObjectId,
        author: String,
    ) -> Option<Commit> {
        let (before, after) = (before.and_then(|tree| self.descend(tree)), self.descend(after));
        let mut files = BTreeSet::new();
        self.compare(before, after, "", 0, &mut files);
        let large = files.len() > CHANGED_FILES_MAX;
        let files = if large { Vec::new() } else { files.into_iter().collect() };
        (large || !files.is_empty()).then_some(Commit { author, files, large })
    }

    /// The tree of the folder that was asked about.
    fn descend(&mut self, tree: ObjectId) -> Option<ObjectId> {
        let mut tree = tree;
        for name in self.below.clone() {
            let data = self.object(tree, Kind::Tree)?;
            let mut entries = TreeRefIter::from_bytes(&data, gix_hash::Kind::Sha1).flatten();
            tree = entries.find(|e| e.filename == name.as_str() && e.mode.is_tree())?.oid.into();
        }
        Some(tree)
    }

    /// Collects the Python files in which two trees differ.
    fn compare(
        &mut self,
        before: Option<ObjectId>,
        after: Option<ObjectId>,
        folder: &str,
        depth: usize,
        files: &mut BTreeSet<String>,
    ) {
        if before == after || depth > TREE_DEPTH_MAX || files.len() > CHANGED_FILES_MAX {
            return;
        }
        let mut entries = |tree: Option<ObjectId>| tree.map(|tree| self.entries(tree));
        let (old, new) = (entries(before).unwrap_or_default(), entries(after).unwrap_or_default());
        let of = |entries: &Entries, key: &(String, bool)| entries.get(key).copied();
        let keys: BTreeSet<&(String, bool)> = old.keys().chain(new.keys()).collect();
        for key in keys.into_iter().filter(|key| of(&old, key) != of(&new, key)) {
            if self.left == 0 {
                return;
            }
            let (name, is_tree) = key;
            let path = format!("{folder}{name}");
            if *is_tree {
                let (old, new) = (of(&old, key), of(&new, key));
                self.compare(old, new, &format!("{path}/"), depth + 1, files);
            } else if Path::new(name).extension().is_some_and(|end| end == "py") {
                files.insert(path);
            }
        }
    }

    /// Files and folders of a tree.
    fn entries(&mut self, tree: ObjectId) -> Entries {
        let data = self.object(tree, Kind::Tree).unwrap_or_default();
        TreeRefIter::from_bytes(&data, gix_hash::Kind::Sha1)
            .map_while(Result::ok)
            .filter(|entry| {
                let kind = entry.mode.kind();
                matches!(kind, EntryKind::Blob | EntryKind::BlobExecutable | EntryKind::Tree)
            })
            .filter_map(|entry| {
                let name = std::str::from_utf8(entry.filename).ok()?;
                let plain = !name.chars().any(char::is_control);
                plain.then(|| ((name.to_owned(), entry.mode.is_tree()), entry.oid.to_owned()))
            })
            .collect()
    }
}
