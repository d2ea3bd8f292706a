//! Which Django a project is written for: what is installed beside it, what its lock files pin, or
//! else the newest release that its requirements allow. The formats are read line by line, as far
//! as one name and its version go:
//! <https://packaging.python.org/en/latest/specifications/version-specifiers/>.

use std::path::Path;

use super::Repo;

/// Major and minor number of a release.
pub(super) type Release = (u32, u32);

/// Releases that requirements are tried with, the newest first.
const RELEASES: [Release; 13] = [
    (5, 2),
    (5, 1),
    (5, 0),
    (4, 2),
    (4, 1),
    (4, 0),
    (3, 2),
    (3, 1),
    (3, 0),
    (2, 2),
    (2, 1),
    (2, 0),
    (1, 11),
];

/// Lines behind the name among which a lock file gives the version.
const AHEAD: usize = 8;

/// Files of requirements (a count) that are read.
const FILES_MAX: usize = 50;

impl Repo {
    /// The Django that the project is written for, if something says so.
    pub(crate) fn django_release(&self) -> Option<Release> {
        *self.django_release.get_or_init(|| self.installed().or_else(|| self.required()))
    }

    fn installed(&self) -> Option<Release> {
        self.roots().find_map(|root| {
            let names = self.list(root)?;
            names.iter().find_map(|name| {
                let version = name.to_lowercase();
                let version = version.strip_prefix("django-")?.strip_suffix(".dist-info")?;
                release(version)
            })
        })
    }

    fn required(&self) -> Option<Release> {
        let mut files = Vec::new();
        for folder in [self.root().to_path_buf(), self.root().join("requirements")] {
            if self.list(&folder).is_none() {
                continue;
            }
            let below = folder != self.root();
            for name in &self.listing(&folder).files {
                if let Some(rank) = rank(name, below) {
                    files.push((rank, folder.join(name)));
                }
            }
        }
        files.sort();
        files.into_iter().take(FILES_MAX).find_map(|(_, file)| {
            let bytes = self.read(Path::new(&file))?;
            named_in(&String::from_utf8_lossy(&bytes))
        })
    }
}

/// Which files are asked first: those that pin what is installed.
fn rank(name: &str, below: bool) -> Option<u8> {
    match name {
        "poetry.lock" | "uv.lock" | "pdm.lock" | "Pipfile.lock" => Some(0),
        "Pipfile" | "pyproject.toml" | "setup.cfg" | "setup.py" => Some(2),
        _ => {
            let ending = Path::new(name).extension();
            let list = ending.is_some_and(|end| end == "txt" || end == "in");
            (list && (below || name.starts_with("requirements"))).then_some(1)
        }
    }
}

/// What a text says of Django's version.
fn named_in(text: &str) -> Option<Release> {
    let lines: Vec<&str> = text.lines().collect();
    lines.iter().enumerate().find_map(|(number, line)| {
        let rest = behind_name(line)?;
        if rest.contains(|c: char| c.is_ascii_digit()) {
            return allowed(rest);
        }
        // A lock file gives the name and, in a line of its own, the version.
        let open = rest.trim_matches(['"', '\'', ' ', ':', '{', '=', ']']);
        if !open.is_empty() {
            return None;
        }
        let ahead = lines.get(number + 1..)?.iter().take(AHEAD);
        ahead.map(|line| line.trim()).find_map(|line| {
            line.trim_start_matches('"').starts_with("version").then(|| allowed(line))?
        })
    })
}

/// What follows the distribution's name in a line, behind its extras.
fn behind_name(line: &str) -> Option<&str> {
    let lower = line.to_ascii_lowercase();
    if lower.trim_start().starts_with('#') {
        return None;
    }
    let word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | '/' | ':');
    let place = lower.match_indices("django").map(|(place, _)| place).find(|place| {
        let before = lower[..*place].chars().next_back();
        let after = lower[place + "django".len()..].chars().next();
        let ends = after.is_none_or(|c| !word(c) || c == ':');
        // A classifier names a framework, no requirement.
        let classifier = lower[..*place].trim_end().ends_with("::");
        before.is_none_or(|c| !word(c)) && ends && !classifier
    })?;
    let rest = &line[place + "django".len()..];
    let behind_extras = rest.strip_prefix('[').and_then(|rest| rest.split_once(']'));
    let rest = behind_extras.map_or(rest, |(_, rest)| rest);
    Some(rest.split(['#', ';']).next().unwrap_or(rest))
}

/// The newest release that a specifier allows.
fn allowed(specifier: &str) -> Option<Release> {
    let specifier = specifier.split_once("version").map_or(specifier, |(_, rest)| rest);
    let first = specifier.find(|c: char| c.is_ascii_digit() || "<>=~^!".contains(c))?;
    let text = specifier[first..].trim_start_matches("= ").trim_start_matches(['"', '\'']);
    let end = text.find(['"', '\'', ')', ']', '}']).unwrap_or(text.len());
    let mut bounds = Vec::new();
    for part in text[..end].split(',') {
        let part = part.trim();
        let digits = part.find(|c: char| c.is_ascii_digit())?;
        bounds.push((part[..digits].trim(), release(&part[digits..])?, part[digits..].trim()));
    }
    let pinned = bounds.iter().find(|(sign, ..)| matches!(*sign, "==" | "===" | "=" | ""));
    if let Some((_, release, _)) = pinned {
        return Some(*release);
    }
    RELEASES.into_iter().find(|candidate| bounds.iter().all(|bound| holds(*candidate, bound)))
}

/// Whether a release, in some version of it, is within a bound.
fn holds(candidate: Release, (sign, bound, text): &(&str, Release, &str)) -> bool {
    let parts = text.split('.').count();
    match *sign {
        ">=" | ">" => candidate >= *bound,
        "<=" => candidate <= *bound,
        // `<4.2` leaves the releases before it, `<4.2.5` leaves some of it.
        "<" if parts > 2 => candidate <= *bound,
        "<" => candidate < *bound,
        "~=" | "~" if parts > 2 => candidate == *bound,
        "~" if parts == 2 => candidate == *bound,
        "~=" | "~" | "^" => candidate.0 == bound.0 && candidate >= *bound,
        _ => true,
    }
}

fn release(version: &str) -> Option<Release> {
    let mut numbers = version.split(|c: char| !c.is_ascii_digit());
    let major = numbers.next()?.parse().ok()?;
    let minor = numbers.next().and_then(|minor| minor.parse().ok()).unwrap_or(0);
    Some((major, minor))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_release_that_a_requirement_allows_is_meant() {
        for (text, wanted) in [
            ("Django==4.2.7\n", Some((4, 2))),
            ("celery\nDjango~=3.2\n", Some((3, 2))),
            ("django~=4.1.3", Some((4, 1))),
            ("django>=3.2,<5", Some((4, 2))),
            ("Django[argon2]>=4.2", Some((5, 2))),
            ("django >= 2.2, < 3.2 ; python_version < '3.9'", Some((3, 1))),
            ("    'Django>=4.2,<4.3',\n", Some((4, 2))),
            ("dependencies = [\"django>=4.0,<5.1\", \"celery\"]", Some((5, 0))),
            ("[tool.poetry.dependencies]\ndjango = \"^4.1\"\n", Some((4, 2))),
            ("django = {version = \"~4.1\", extras = [\"argon2\"]}", Some((4, 1))),
            ("[[package]]\nname = \"django\"\nversion = \"4.2.11\"\n", Some((4, 2))),
            (
                "{\"default\": {\n \"django\": {\n  \"hashes\": [],\n  \"version\": \"==3.2.5\"",
                Some((3, 2)),
            ),
            ("django-filter==23.1\ndjango_ninja==1.0\n# django==1.11\n", None),
            ("django @ git+https://example.org/django.git", None),
            ("import django\nfrom django.conf import settings\n", None),
            ("classifiers = \"Framework :: Django :: 4.2\"", None),
            ("  \"Framework :: Django\",\nversion = \"3.1\"", None),
        ] {
            assert_eq!(named_in(text), wanted, "{text}");
        }
    }
}
