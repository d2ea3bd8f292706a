//! Files that are written again and again. Mostly nothing in them has changed, or little, and to
//! read them costs a tenth of what it costs to write them: only what differs is written.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, ErrorKind, Read as _, Seek as _, SeekFrom, Write};
use std::path::Path;

/// Bytes that are compared, and written, at once.
const CHUNK: usize = 1 << 17;

/// Makes `path` hold what `fill` writes.
///
/// # Errors
/// What the system says, or `fill`.
pub(crate) fn write(
    path: &Path,
    fill: impl FnOnce(&mut BufWriter<Written>) -> io::Result<()>,
) -> io::Result<()> {
    let mut out = BufWriter::with_capacity(CHUNK, Written::open(path)?);
    fill(&mut out)?;
    out.into_inner()?.end()
}

/// Makes `path` hold `text`.
///
/// # Errors
/// What the system says.
pub(crate) fn text(path: &Path, text: &str) -> io::Result<()> {
    write(path, |out| text.as_bytes().chunks(CHUNK).try_for_each(|chunk| out.write_all(chunk)))
}

/// A file on its way to new content.
///
/// While it is neither the old nor the new one it starts with a NUL, so that nobody takes it for
/// whole if this process ends here.
pub(crate) struct Written {
    file: File,
    /// Whether it can be compared with what is to be written.
    known: bool,
    old: Vec<u8>,
    /// Bytes so far.
    at: u64,
    /// The first of them.
    first: Option<u8>,
    /// Whether the file starts with a NUL instead.
    marked: bool,
}

impl Written {
    fn open(path: &Path) -> io::Result<Self> {
        let known = fs::symlink_metadata(path).is_ok_and(|meta| meta.is_file());
        let again = || OpenOptions::new().read(true).write(true).open(path);
        let (known, file) = match known.then(again) {
            Some(Ok(file)) => (true, file),
            _ => (false, File::create(path)?),
        };
        Ok(Self { file, known, old: Vec::new(), at: 0, first: None, marked: false })
    }

    /// Whether the file goes on with these bytes.
    fn has(&mut self, bytes: &[u8]) -> io::Result<bool> {
        self.old.resize(bytes.len(), 0);
        match self.file.read_exact(&mut self.old) {
            Ok(()) => Ok(self.old == bytes),
            Err(error) if error.kind() == ErrorKind::UnexpectedEof => Ok(false),
            Err(error) => Err(error),
        }
    }

    fn mark(&mut self) -> io::Result<()> {
        if !std::mem::replace(&mut self.marked, true) {
            self.file.seek(SeekFrom::Start(0))?;
            self.file.write_all(&[0])?;
        }
        Ok(())
    }

    fn end(mut self) -> io::Result<()> {
        if !self.known {
            return Ok(());
        }
        if self.file.metadata()?.len() != self.at {
            self.mark()?;
            self.file.set_len(self.at)?;
        }
        if let Some(first) = self.first.filter(|_| self.marked) {
            self.file.seek(SeekFrom::Start(0))?;
            self.file.write_all(&[first])?;
        }
        Ok(())
    }
}

impl Write for Written {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if !self.known {
            return self.file.write(bytes);
        }
        if !self.has(bytes)? {
            self.mark()?;
            // The mark stays where it is until the end.
            let (at, bytes) = if self.at == 0 { (1, &bytes[1..]) } else { (self.at, bytes) };
            self.file.seek(SeekFrom::Start(at))?;
            self.file.write_all(bytes)?;
        }
        self.first = self.first.or(bytes.first().copied());
        self.at += bytes.len() as u64;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::io::Write as _;
    use std::path::PathBuf;

    use super::{CHUNK, text, write};

    /// A file with what it held, in a folder of its own.
    fn file(before: Option<&str>) -> (tempfile::TempDir, PathBuf) {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("report");
        if let Some(before) = before {
            fs::write(&path, before).expect("a file");
        }
        (folder, path)
    }

    fn long(unit: &str) -> String {
        unit.repeat(CHUNK * 5 / 2 / unit.len())
    }

    #[test]
    fn a_file_holds_what_was_written_whatever_it_held() {
        let changed = |place: usize| {
            let mut text = long("line 1\n");
            text.replace_range(place..=place, "#");
            text
        };
        let last = long("line 1\n").len() - 1;
        let befores = [
            None,
            Some(String::new()),
            Some("line".to_owned()),
            Some(changed(0)),
            Some(changed(CHUNK + 3)),
            Some(changed(last)),
            Some(long("line 1\n") + "more\n"),
            Some(long("line 11\n")),
        ];
        for after in [long("line 1\n"), "line 1\n".to_owned(), "l".to_owned(), String::new()] {
            for before in &befores {
                let (_folder, path) = file(before.as_deref());
                text(&path, &after).expect("written");
                let is = fs::read_to_string(&path).expect("text");
                assert!(
                    is == after,
                    "{:?} bytes before, {} after",
                    before.as_ref().map(String::len),
                    after.len()
                );
            }
        }
    }

    #[test]
    fn what_is_the_same_is_not_written() {
        let (_folder, path) = file(Some(&long("line 1\n")));
        let before = fs::metadata(&path).and_then(|meta| meta.modified()).expect("a time");
        std::thread::sleep(std::time::Duration::from_millis(20));
        text(&path, &long("line 1\n")).expect("written");
        assert_eq!(fs::metadata(&path).and_then(|meta| meta.modified()).expect("a time"), before);
    }

    /// A process that ends on the way leaves nothing that could be taken for a report.
    #[test]
    fn what_was_not_finished_does_not_pass_for_whole() {
        for place in [0, CHUNK + 3] {
            let (_folder, path) = file(Some(&long("line 1\n")));
            let mut text = long("line 1\n");
            text.replace_range(place..=place, "#");
            let half = write(&path, |out| {
                out.write_all(&text.as_bytes()[..CHUNK * 2])?;
                out.flush()?;
                Err(std::io::Error::other("the end"))
            });
            assert!(half.is_err());
            assert_eq!(fs::read(&path).expect("bytes").first(), Some(&0));
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_link_is_followed() {
        let (folder, path) = file(Some("line 1\n"));
        let link = folder.path().join("link");
        std::os::unix::fs::symlink(&path, &link).expect("a link");
        text(&link, "line 2\n").expect("written");
        assert!(fs::symlink_metadata(&link).expect("a link").is_symlink());
        assert_eq!(fs::read_to_string(&path).expect("text"), "line 2\n");
    }
}
