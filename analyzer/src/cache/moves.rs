//! Where the lines of files are now, where lines have moved and nothing else has changed.

use std::collections::BTreeMap;

use crate::map::{At, Map};

/// Files whose lines have moved: their lines then as lines now.
#[derive(Debug, Default)]
pub(super) struct Moves {
    files: Vec<(String, BTreeMap<u32, u32>)>,
}

impl Moves {
    /// The lines of a file have moved so.
    pub(super) fn add(&mut self, file: String, lines: BTreeMap<u32, u32>) {
        self.files.push((file, lines));
    }

    /// The number of a file among them.
    pub(super) fn of(&self, file: &str) -> Option<usize> {
        self.files.iter().position(|(name, _)| name == file)
    }

    /// Where a line of the file with this number is now; none where that is not known.
    pub(super) fn now(&self, number: usize, line: u32) -> Option<u32> {
        let (_, lines) = self.files.get(number)?;
        match lines.get(&line) {
            // The first line stands for the file as well, which does not move.
            Some(now) if line != 1 || *now == 1 => Some(*now),
            None if line == 1 => Some(1),
            _ => None,
        }
    }

    /// Moves the places of the map; none where not all of them are known.
    pub(super) fn apply(&self, map: &mut Map) -> Option<()> {
        if self.files.is_empty() {
            return Some(());
        }
        // Notes quote places, too.
        let quoted: Vec<String> = self.files.iter().map(|(file, _)| format!("{file}:")).collect();
        let quotes = |text: &str| quoted.iter().any(|file| text.contains(file.as_str()));
        let opaque = map.opaque.iter().map(|opaque| &opaque.why);
        if opaque.chain(map.drift.iter().map(|drift| &drift.message)).any(|text| quotes(text)) {
            return None;
        }
        let mut known = true;
        map.each_place(&mut |at: &mut At| {
            let Some(number) = self.of(&at.file) else { return };
            match self.now(number, at.line) {
                Some(now) => at.line = now,
                None => known = false,
            }
        });
        known.then_some(())
    }
}
