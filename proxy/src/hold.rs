//! The kill switch: what is kept at legacy whatever the rules say.
//!
//! Down is the safe direction, so there are many ways to get there (the admin port, a file, a
//! signal, the proxy's own roll-back) and each works while the rules are broken. The file is the
//! memory: one line per hold, for humans to read and delete, and it survives a restart.

use std::{
    collections::BTreeSet,
    fmt, io,
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
};

use arc_swap::ArcSwap;
use prometheus_client::metrics::gauge::Gauge;

/// Holds at one time. Unit: lines; more endpoints than this in trouble is `all` in trouble, and
/// is then written as such.
pub(crate) const HOLDS_MAX: usize = 1_000;

/// Bytes of the file that are read.
const FILE_BYTES_MAX: u64 = 1 << 20;

const HEADER: &str = "\
    # What outgrow-proxy keeps at legacy: `all`, `context NAME` or `endpoint NAME`.\n\
                      # Delete a line to let it go. A line that cannot be read holds all.\n";

/// What is held.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Scope {
    /// Everything.
    All,
    /// One bounded context.
    Context(String),
    /// One endpoint.
    Endpoint(String),
}

impl Scope {
    /// Reads `all`, `context NAME`, `endpoint NAME`.
    pub(crate) fn read(text: &str) -> Option<Self> {
        let mut words = text.split_whitespace();
        let scope = match (words.next()?, words.next()) {
            ("all", None) => Self::All,
            ("context", Some(name)) => Self::Context(name.to_owned()),
            ("endpoint", Some(name)) => Self::Endpoint(name.to_owned()),
            _ => return None,
        };
        words.next().is_none().then_some(scope)
    }
}

impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::All => f.write_str("all"),
            Self::Context(name) => write!(f, "context {name}"),
            Self::Endpoint(name) => write!(f, "endpoint {name}"),
        }
    }
}

/// The holds at one moment, as the lines of the file.
#[derive(Debug, Default, PartialEq, Eq)]
struct Set {
    scopes: BTreeSet<Scope>,
    text: String,
}

impl Set {
    fn read(text: &str) -> Self {
        let lines = text.lines().map(|line| line.split('#').next().unwrap_or_default().trim());
        let lines = lines.filter(|line| !line.is_empty());
        let scopes = lines.map(|line| Scope::read(line).unwrap_or(Scope::All)).collect();
        Self { scopes, text: text.to_owned() }
    }
}

/// The holds, and the file that remembers them.
#[derive(Debug)]
pub(crate) struct Holds {
    set: ArcSwap<Set>,
    file: Option<PathBuf>,
    writing: Mutex<()>,
    gauge: Gauge,
}

impl Holds {
    /// What the file says; nothing, and nothing remembered, without a file.
    ///
    /// # Errors
    /// The file is there and cannot be read.
    pub(crate) fn open(file: Option<PathBuf>, gauge: Gauge) -> io::Result<Self> {
        let text = file.as_deref().map(read).transpose()?.unwrap_or_default();
        let set = ArcSwap::from_pointee(Set::default());
        let holds = Self { set, file, writing: Mutex::new(()), gauge };
        holds.store(Set::read(&text));
        Ok(holds)
    }

    /// The file, for those who watch it.
    pub(crate) fn file(&self) -> Option<&Path> {
        self.file.as_deref()
    }

    /// Whether an endpoint is held, and at which level.
    pub(crate) fn held(&self, context: &str, endpoint: &str) -> Option<&'static str> {
        let set = self.set.load();
        if set.scopes.is_empty() {
            return None;
        }
        set.scopes.iter().find_map(|scope| match scope {
            Scope::All => Some("held_all"),
            Scope::Context(name) => (name == context).then_some("held_context"),
            Scope::Endpoint(name) => (name == endpoint).then_some("held_endpoint"),
        })
    }

    /// Every hold.
    pub(crate) fn list(&self) -> Vec<String> {
        self.set.load().scopes.iter().map(ToString::to_string).collect()
    }

    /// Looks at the file again. A file that cannot be read changes nothing.
    pub(crate) fn look_again(&self) {
        let _one = self.writing.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(Ok(text)) = self.file.as_deref().map(read) else { return };
        if self.set.load().text != text {
            self.store(Set::read(&text));
            tracing::warn!(held = ?self.list(), "the holds were changed in their file");
        }
    }

    /// Holds. In force when this returns; `false` if the file could not be written, and then it
    /// will not survive a restart.
    pub(crate) fn hold(&self, scope: Scope, why: &str) -> bool {
        tracing::warn!(%scope, why, "held at legacy");
        self.change(|text, scopes| {
            let scope = if scopes.len() < HOLDS_MAX { scope } else { Scope::All };
            if !scopes.contains(&scope) {
                let why: String = why.chars().filter(|c| !c.is_control()).collect();
                let now = jiff::Timestamp::now();
                text.extend([&scope.to_string(), "  # ", &now.to_string(), " ", &why, "\n"]);
            }
        })
    }

    /// Lets go. As [`Holds::hold`].
    pub(crate) fn release(&self, scope: &Scope, why: &str) -> bool {
        tracing::warn!(%scope, why, "let go");
        self.change(|text, _| {
            let is_it = |line: &&str| {
                let words = line.split('#').next().unwrap_or_default();
                Scope::read(words).as_ref() != Some(scope)
            };
            *text = text.lines().filter(is_it).flat_map(|line| [line, "\n"]).collect();
        })
    }

    fn change(&self, edit: impl FnOnce(&mut String, &BTreeSet<Scope>)) -> bool {
        let _one = self.writing.lock().unwrap_or_else(PoisonError::into_inner);
        let before = self.set.load_full();
        let mut text = before.text.clone();
        if text.is_empty() {
            text.push_str(HEADER);
        }
        edit(&mut text, &before.scopes);
        self.store(Set::read(&text));
        match self.file.as_deref().map(|file| write(file, &text)) {
            None | Some(Ok(())) => true,
            Some(Err(error)) => {
                tracing::error!(%error, "the holds are in force, but their file is not written");
                false
            }
        }
    }

    fn store(&self, set: Set) {
        self.gauge.set(i64::try_from(set.scopes.len()).unwrap_or(i64::MAX));
        self.set.store(std::sync::Arc::new(set));
    }
}

fn read(file: &Path) -> io::Result<String> {
    use io::Read;
    let opened = match std::fs::File::open(file) {
        Ok(opened) => opened,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(String::new()),
        Err(error) => return Err(error),
    };
    let mut bytes = Vec::new();
    opened.take(FILE_BYTES_MAX).read_to_end(&mut bytes)?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// Beside it and then over it, so that a reader never sees half a file.
fn write(file: &Path, text: &str) -> io::Result<()> {
    let beside = file.with_extension("new");
    std::fs::write(&beside, text)?;
    std::fs::rename(beside, file)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn holds(file: Option<PathBuf>) -> Holds {
        Holds::open(file, Gauge::default()).unwrap()
    }

    #[test]
    fn each_scope_holds_what_it_says() {
        let holds = holds(None);
        assert_eq!(holds.held("market", "quotes"), None);
        assert!(holds.hold(Scope::Endpoint("quotes".to_owned()), "test"));
        assert_eq!(holds.held("market", "quotes"), Some("held_endpoint"));
        assert_eq!(holds.held("market", "other"), None);
        holds.hold(Scope::Context("market".to_owned()), "test");
        assert_eq!(holds.held("market", "other"), Some("held_context"));
        holds.release(&Scope::Context("market".to_owned()), "test");
        assert_eq!(holds.held("market", "other"), None);
        holds.hold(Scope::All, "test");
        assert_eq!(holds.held("", "anything"), Some("held_all"));
    }

    #[test]
    fn a_line_that_cannot_be_read_holds_all() {
        for text in ["endpoint", "al l", "everything!", "context a b", "endpoint x\n\u{0}"] {
            assert!(Set::read(text).scopes.contains(&Scope::All), "{text:?}");
        }
        for text in ["", "# a note\n\n", "endpoint a  # since noon\n"] {
            assert!(!Set::read(text).scopes.contains(&Scope::All), "{text:?}");
        }
    }

    #[test]
    fn the_file_remembers() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("holds");
        let first = holds(Some(file.clone()));
        first.hold(Scope::Endpoint("quotes".to_owned()), "native failed\nall # the time");
        let second = holds(Some(file.clone()));
        assert_eq!(second.list(), ["endpoint quotes"]);
        std::fs::write(&file, "all\n").unwrap();
        second.look_again();
        assert_eq!(second.held("", "x"), Some("held_all"));
        std::fs::remove_file(&file).unwrap();
        second.look_again();
        assert_eq!(second.held("", "x"), None, "no file, no holds");
    }
}
