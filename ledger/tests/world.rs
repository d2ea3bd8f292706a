//! What the tests share: a ledger in a folder of its own, and observations in one line.

use std::path::PathBuf;

use ledger::{Ledger, Observation, Sample};
use shadow::{Answer, Difference, Kind, Redaction, Verdict, Void};
use tempfile::TempDir;

pub(crate) struct World {
    folder: TempDir,
}

impl World {
    pub(crate) fn new() -> Self {
        Self { folder: TempDir::new().expect("a folder for the test") }
    }

    pub(crate) fn path(&self) -> PathBuf {
        self.folder.path().join("ledger.sqlite3")
    }

    pub(crate) fn open(&self) -> Ledger {
        Ledger::open(&self.path()).expect("a new ledger opens")
    }

    /// Every byte on disk: the file, its log and the readers' index.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        let mut all = Vec::new();
        for entry in std::fs::read_dir(self.folder.path()).expect("the folder is there") {
            all.extend(std::fs::read(entry.expect("an entry").path()).expect("a file"));
        }
        all
    }
}

pub(crate) fn different() -> Verdict {
    Verdict::Different(vec![Difference::new("/results/0/price", Kind::Value, "1.50", "1.5")])
}

pub(crate) const SHED: Verdict = Verdict::Incomparable(Void::Shed);
pub(crate) const LATE: Verdict = Verdict::Incomparable(Void::TimedOut);
pub(crate) const CUT: Verdict = Verdict::Incomparable(Void::Truncated);

pub(crate) fn seen(route: &str, verdict: Verdict) -> Observation {
    Observation {
        at_unix_ms: 1_000,
        context: "market_data".to_owned(),
        route: route.to_owned(),
        method: "GET".to_owned(),
        verdict,
        legacy_us: Some(900),
        native_us: Some(300),
        sample: None,
    }
}

pub(crate) fn answer(body: &str) -> Answer {
    let json = ("Content-Type".to_owned(), "application/json".to_owned());
    Answer { status: 200, headers: vec![json], body: body.into(), truncated: false }
}

pub(crate) fn with_sample(mut observation: Observation, target: &str, body: &str) -> Observation {
    let (legacy, native) = (answer(body), answer("{}"));
    let verdict = &observation.verdict;
    observation.sample =
        Some(Sample::new(&Redaction::default(), target, &legacy, &native, verdict));
    observation
}
