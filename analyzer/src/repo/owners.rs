//! `CODEOWNERS`: who answers for which files, by the rules of GitHub and GitLab: patterns as in
//! `.gitignore`, without negation, and the last one that fits counts.
//! (docs.github.com, "About code owners"; docs.gitlab.com, "Code Owners".)

use std::collections::HashMap;
use std::path::Path;

use ignore::gitignore::{Gitignore, GitignoreBuilder};

use super::inputs::digest;
use super::read_inside;

/// Where the file may stand; the first one counts.
const PLACES: [&str; 4] =
    [".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS", ".gitlab/CODEOWNERS"];

/// Rules (a count) of one file.
const RULES_MAX: usize = 2_000;

/// Owners (a count) of one rule.
const OWNERS_MAX: usize = 50;

/// The rules of a repository. One matcher has them all: with one for each, a repository of 27,000
/// files and 2,000 rules would be matched for a minute.
#[derive(Debug)]
pub struct Owners {
    patterns: Gitignore,
    /// The owners of each rule, in the order of the file.
    named: Vec<Vec<String>>,
    /// The last rule of each pattern, by the pattern as it is written.
    rules: HashMap<String, usize>,
}

impl Owners {
    /// The rules of the repository at `root`, if it has any.
    pub fn read(root: &Path) -> Option<Self> {
        text(root).map(|text| Self::parse(&String::from_utf8_lossy(&text)))
    }

    /// Digest of the rules as written.
    pub(crate) fn stamp(root: &Path) -> String {
        digest(text(root).as_deref())
    }

    /// The rules as written; a line that is none says nothing.
    pub fn parse(text: &str) -> Self {
        let mut builder = GitignoreBuilder::new("");
        let (mut rules, mut found) = (HashMap::new(), Vec::new());
        // The owners of a GitLab section's heading count for its rules without any.
        let mut section: Vec<String> = Vec::new();
        for line in text.lines().take(RULES_MAX) {
            let line = line.trim();
            if line.starts_with('[') || line.starts_with("^[") {
                section = owners(line.rsplit(']').next().unwrap_or_default());
                continue;
            }
            if line.is_empty() || line.starts_with(['#', '!']) {
                continue;
            }
            let end = pattern_end(line);
            let (pattern, rest) = (&line[..end], &line[end..]);
            if builder.add_line(None, pattern).is_err() {
                continue;
            }
            // A rule without owners takes what it fits out of everybody's hands.
            let named = owners(rest);
            rules.insert(pattern.to_owned(), found.len());
            found.push(if named.is_empty() { section.clone() } else { named });
        }
        // Patterns that are too much together are none.
        let patterns = builder.build().unwrap_or_else(|_| Gitignore::empty());
        Self { patterns, named: found, rules }
    }

    /// Who owns the file, a path relative to the repository.
    pub fn of(&self, file: &str) -> &[String] {
        // The last rule counts, whether it fits the file or a folder around it.
        let parts = Path::new(file).ancestors().filter(|part| !part.as_os_str().is_empty());
        let fits = parts.enumerate().filter_map(|(above, part)| {
            let rule = self.patterns.matched(part, above > 0).inner()?.original();
            self.rules.get(rule).copied()
        });
        fits.max().and_then(|last| self.named.get(last)).map_or(&[], Vec::as_slice)
    }
}

fn text(root: &Path) -> Option<Vec<u8>> {
    let root = std::fs::canonicalize(root).ok()?;
    let inside = std::slice::from_ref(&root);
    PLACES.iter().find_map(|place| read_inside(inside, &root.join(place)).ok())
}

/// Where the pattern ends: at the first blank that no backslash stands before.
fn pattern_end(line: &str) -> usize {
    let mut before = ' ';
    for (at, c) in line.char_indices() {
        if c.is_whitespace() && before != '\\' {
            return at;
        }
        before = c;
    }
    line.len()
}

/// The names behind a pattern, up to a comment.
fn owners(text: &str) -> Vec<String> {
    let names = text.split_whitespace().take_while(|word| !word.starts_with('#'));
    names.filter(|name| name.contains('@')).take(OWNERS_MAX).map(str::to_owned).collect()
}
