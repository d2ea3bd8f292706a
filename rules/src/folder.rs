//! Reads a folder of rules. The only file of this crate that touches the disk.

use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use crate::code::Code;
use crate::load::{FILE_BYTES_MAX, Source};
use crate::problem::Problem;

/// Files in one folder of rules. Unit: files; one per team, and no company has this many teams.
pub const FILES_MAX: usize = 1_000;

/// All files of one folder together. Unit: bytes.
pub const FOLDER_BYTES_MAX: usize = 32 << 20;

/// A folder that cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum FolderError {
    /// A file or the folder itself.
    #[error("cannot read {}: {said}", path.display())]
    Io {
        /// Which.
        path: PathBuf,
        /// What the system said, in one line.
        said: String,
    },
    /// A folder was expected.
    #[error("{} is not a folder; rules are a folder of .yaml files", path.display())]
    NotAFolder {
        /// Which.
        path: PathBuf,
    },
    /// No rules in it.
    #[error("{} holds no .yaml or .yml file", path.display())]
    Empty {
        /// Which.
        path: PathBuf,
    },
    /// Too much to be rules.
    #[error("{} holds more than {what}", path.display())]
    TooLarge {
        /// Which.
        path: PathBuf,
        /// The limit it breaks.
        what: String,
    },
}

impl From<FolderError> for Problem {
    fn from(error: FolderError) -> Self {
        let code = match error {
            FolderError::TooLarge { .. } => Code::TOO_LARGE,
            _ => Code::UNREADABLE,
        };
        Self::error(code, error.to_string())
    }
}

/// The rules in a folder: every `*.yaml` and `*.yml` in it, by name, not in folders below.
///
/// Links are followed, so a mounted `ConfigMap` (each file a link into `..data`) reads as it
/// should; names that begin with a dot are left out, so it is read once.
///
/// # Errors
/// The folder or a file cannot be read, is not UTF-8, is empty or too large.
pub fn sources(folder: &Path) -> Result<Vec<Source>, FolderError> {
    if !fs::metadata(folder).map_err(|error| io_error(folder, &error))?.is_dir() {
        return Err(FolderError::NotAFolder { path: folder.to_owned() });
    }
    let mut sources = Vec::new();
    let mut bytes = 0;
    for path in files(folder)? {
        let source = source(&path)?;
        bytes += source.text.len();
        if bytes > FOLDER_BYTES_MAX {
            return Err(too_large(folder, format!("{FOLDER_BYTES_MAX} bytes of rules")));
        }
        sources.push(source);
    }
    if sources.is_empty() {
        Err(FolderError::Empty { path: folder.to_owned() })
    } else {
        Ok(sources)
    }
}

fn files(folder: &Path) -> Result<Vec<PathBuf>, FolderError> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).map_err(|error| io_error(folder, &error))? {
        let path = entry.map_err(|error| io_error(folder, &error))?.path();
        let hidden = path.file_name().is_none_or(|name| name.to_string_lossy().starts_with('.'));
        let yaml =
            path.extension().is_some_and(|extension| extension == "yaml" || extension == "yml");
        if hidden || !yaml || path.is_dir() {
            continue;
        }
        files.push(path);
        if files.len() > FILES_MAX {
            return Err(too_large(folder, format!("{FILES_MAX} files")));
        }
    }
    files.sort();
    Ok(files)
}

/// One byte more than allowed is read, so that the checker can say by how much a file is too large.
fn source(path: &Path) -> Result<Source, FolderError> {
    let file = fs::File::open(path).map_err(|error| io_error(path, &error))?;
    let most = u64::try_from(FILE_BYTES_MAX).unwrap_or(u64::MAX).saturating_add(1);
    let mut bytes = Vec::new();
    file.take(most).read_to_end(&mut bytes).map_err(|error| io_error(path, &error))?;
    if bytes.len() > FILE_BYTES_MAX {
        return Err(too_large(path, format!("{FILE_BYTES_MAX} bytes")));
    }
    let text = String::from_utf8(bytes).map_err(|error| FolderError::Io {
        path: path.to_owned(),
        said: format!("not UTF-8 at byte {}", error.utf8_error().valid_up_to()),
    })?;
    Ok(Source { path: path.to_string_lossy().into_owned(), text })
}

fn too_large(path: &Path, what: String) -> FolderError {
    FolderError::TooLarge { path: path.to_owned(), what }
}

fn io_error(path: &Path, error: &io::Error) -> FolderError {
    FolderError::Io { path: path.to_owned(), said: error.to_string() }
}
