//! What an analysis looked at: every file, folder and question of the file system, with a digest of
//! the answer. Another analysis that would get the same answers would give the same map.
//!
//! [`Repo`] is the only reader of files, so nothing can be missing here.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::{Refused, Repo, read_inside, speaks_of_path};

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
    let mut text = String::new();
    for byte in hash.finalize() {
        write!(text, "{byte:02x}").expect("a String takes any text");
    }
    text
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

    /// The answer to a question, now.
    pub fn answer(&self, path: &Path, asked: Question) -> String {
        match asked {
            Question::Content | Question::Module | Question::Unread => {
                content(&read_inside(&self.readable(), path))
            }
            Question::Names => self.listing(path).digest(),
            Question::Exists => std::fs::symlink_metadata(path).is_ok().to_string(),
            Question::Speaks => {
                let bytes = read_inside(std::slice::from_ref(&self.root), path);
                speaks_of_path(&bytes.unwrap_or_default()).to_string()
            }
        }
    }
}

/// Digest of what reading a file gave.
pub(crate) fn content(read: &Result<Vec<u8>, Refused>) -> String {
    match read {
        Ok(bytes) => digest([bytes.as_slice()]),
        Err(refused) => format!("{}: {}", refused.code, refused.why),
    }
}
