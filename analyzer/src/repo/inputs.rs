//! What an analysis looked at: every file, folder and question of the file system, with a digest of
//! the answer. Another analysis that would get the same answers would give the same map.
//!
//! [`Repo`] is the only reader of files, so nothing can be missing here.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::{Listing, Refused, Repo, read_file, read_inside, speaks_of_path};

/// What was asked of a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Question {
    /// Its content.
    Content,
    /// The content of a Python file that was imported, and read for nothing else.
    Module,
    /// The content of a Python file that nothing imports: it can only bring problems of its own.
    Unread,
    /// The names in it.
    Names,
    /// Whether it is there.
    Exists,
    /// Whether it speaks of `sys.path`.
    Speaks,
}

/// Questions with digests of their answers.
pub type Inputs = BTreeMap<(PathBuf, Question), String>;

/// SHA-256 of the parts, in hexadecimal; a part cannot pass for two.
pub(crate) fn digest<'p>(parts: impl IntoIterator<Item = &'p [u8]>) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(part.len().to_le_bytes());
        hash.update(part);
    }
    hexadecimal(&hash.finalize())
}

/// Bytes as text.
pub(crate) fn hexadecimal(bytes: &[u8]) -> String {
    const DIGITS: [char; 16] =
        ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'];
    let digit = |four: u8| DIGITS[usize::from(four)];
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

impl Repo {
    /// Notes what was asked and answered, if somebody wants to know.
    pub(crate) fn looked(&self, path: &Path, asked: Question, answer: impl FnOnce() -> String) {
        if let Some(inputs) = self.inputs.borrow_mut().as_mut() {
            inputs.entry((path.to_path_buf(), asked)).or_insert_with(answer);
        }
    }

    /// Starts to note what is asked, and forgets what was answered before.
    pub fn remember(&self) {
        self.listings.borrow_mut().clear();
        self.inputs.replace(Some(Inputs::default()));
    }

    /// Whether what is asked is noted.
    pub(crate) fn remembers(&self) -> bool {
        self.inputs.borrow().is_some()
    }

    /// What was asked since [`Repo::remember`].
    pub fn remembered(&self) -> Inputs {
        self.inputs.take().unwrap_or_default()
    }

    /// Digest of what the walk found: the files, the folders of imports, what was refused.
    pub fn walked(&self) -> String {
        let text = |path: &Path| path.as_os_str().as_encoded_bytes().to_vec();
        let files = self.files.iter().map(|path| text(path));
        let roots = self.readable();
        let problems = self.problems().into_iter().map(|p| format!("{p:?}").into_bytes());
        let parts: Vec<Vec<u8>> =
            files.chain(roots.iter().map(|path| text(path))).chain(problems).collect();
        digest(parts.iter().map(Vec::as_slice))
    }

    /// Asks questions again, on its own.
    pub(crate) fn eyes(&self) -> Eyes {
        Eyes { root: self.root.clone(), readable: self.readable(), folder: None, file: None }
    }
}

/// Asks the file system what was asked before. It does so thousands of times, and in the order of
/// the paths: where a folder lies is asked once for the files in it, and a file is read once.
#[derive(Debug, Clone)]
pub(crate) struct Eyes {
    root: PathBuf,
    readable: Vec<PathBuf>,
    /// The folder that was looked into last, and where it lies.
    folder: Option<(PathBuf, Option<PathBuf>)>,
    /// The file that was read last, if it may be read and is no link.
    file: Option<(PathBuf, Vec<u8>)>,
}

impl Eyes {
    /// Whether the answer to a question is still the same.
    pub(crate) fn see(&mut self, path: &Path, asked: Question, answer: &str) -> bool {
        match asked {
            Question::Content | Question::Module | Question::Unread => {
                let (read, plain) = self.read(path);
                let same = content(&read) == answer;
                self.file = read.ok().filter(|_| plain).map(|bytes| (path.to_path_buf(), bytes));
                same
            }
            Question::Names => Listing::of(&self.readable, path).digest() == answer,
            Question::Exists => fs::symlink_metadata(path).is_ok().to_string() == answer,
            Question::Speaks => self.speaks(path).to_string() == answer,
        }
    }

    /// As [`read_inside`]: a file that is no link lies where its folder does. Whether it is none.
    fn read(&mut self, path: &Path) -> (Result<Vec<u8>, Refused>, bool) {
        match fs::symlink_metadata(path) {
            Ok(meta) if meta.is_file() && self.lies_below(path, false) => {
                (read_file(path, &meta), true)
            }
            _ => (read_inside(&self.readable, path), false),
        }
    }

    fn speaks(&mut self, path: &Path) -> bool {
        if self.lies_below(path, true)
            && let Some((known, bytes)) = &self.file
            && known == path
        {
            return speaks_of_path(bytes);
        }
        let bytes = read_inside(std::slice::from_ref(&self.root), path);
        speaks_of_path(&bytes.unwrap_or_default())
    }

    /// Whether the folder of the path lies below the root, or else below one that may be read.
    fn lies_below(&mut self, path: &Path, root: bool) -> bool {
        let Some(folder) = path.parent() else { return false };
        if self.folder.as_ref().is_none_or(|(known, _)| known != folder) {
            self.folder = Some((folder.to_path_buf(), fs::canonicalize(folder).ok()));
        }
        let Some((_, Some(lies))) = &self.folder else { return false };
        let below = |top: &PathBuf| lies.starts_with(top);
        if root { below(&self.root) } else { self.readable.iter().any(below) }
    }
}

/// Digest of what reading a file gave.
pub(crate) fn content(read: &Result<Vec<u8>, Refused>) -> String {
    match read {
        Ok(bytes) => digest([bytes.as_slice()]),
        Err(refused) => format!("{}: {}", refused.code, refused.why),
    }
}
