//! The file in which a map is kept: JSON, and a digest of it. It is written piece by piece, never
//! whole in memory.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::Path;
use std::time::SystemTime;

use serde::Serialize;
use sha2::{Digest as _, Sha256};

use crate::repo::inputs::hexadecimal;

/// Largest map that is kept or read back, in bytes.
const KEPT_BYTES_MAX: u64 = 128 << 20;

/// Maps (a count) in the folder; the one unused for longest goes first.
const KEPT_MAX: usize = 16;

/// Bytes of the digest, which ends the file.
const DIGEST: usize = 64;

/// Bytes that are written at once.
const BUFFER: usize = 1 << 16;

/// What is kept at `path`, if all of it is there.
pub(super) fn read(path: &Path) -> Option<Vec<u8>> {
    let meta = fs::symlink_metadata(path).ok()?;
    if !meta.is_file() || meta.len() > KEPT_BYTES_MAX {
        return None;
    }
    let mut text = fs::read(path).ok()?;
    let end = text.len().checked_sub(DIGEST)?;
    let whole = hexadecimal(&Sha256::digest(&text[..end])).as_bytes() == &text[end..];
    text.truncate(end);
    whole.then_some(text)
}

/// Keeps `what` at `path`, whole or not at all: two runs at once may write the same file.
pub(super) fn write(path: &Path, what: &impl Serialize) -> io::Result<()> {
    let own = path.with_extension(format!("{}.new", std::process::id()));
    let file = fs::OpenOptions::new().write(true).create_new(true).open(&own)?;
    let written = fill(file, what).and_then(|()| fs::rename(&own, path));
    if written.is_err() {
        drop(fs::remove_file(&own));
    }
    drop_oldest(path.parent().unwrap_or(Path::new(".")));
    written
}

fn fill(out: File, what: &impl Serialize) -> io::Result<()> {
    let summed = Summed { out, sum: Sha256::new(), left: KEPT_BYTES_MAX };
    let mut out = BufWriter::with_capacity(BUFFER, summed);
    // A path that JSON cannot hold makes this fail, and then nothing is kept.
    serde_json::to_writer(&mut out, what)?;
    let Summed { mut out, sum, .. } = out.into_inner()?;
    out.write_all(hexadecimal(&sum.finalize()).as_bytes())
}

/// A file with a digest of what went into it.
struct Summed {
    out: File,
    sum: Sha256,
    /// Bytes that still fit.
    left: u64,
}

impl Write for Summed {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let count = self.out.write(bytes)?;
        self.sum.update(&bytes[..count]);
        let left = self.left.checked_sub(count as u64);
        self.left = left.ok_or_else(|| io::Error::other("too large to be kept"))?;
        Ok(count)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

fn drop_oldest(folder: &Path) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    let mut files: Vec<(SystemTime, _)> = entries
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
