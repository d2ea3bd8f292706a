//! `split_settings`: settings that are several files, each evaluated among the names of the others.

use std::path::{Path, PathBuf};

use super::paths;
use crate::python::evaluator::{Eval, Evaluator};
use crate::python::object::Args;
use crate::python::value::{Span, Value};

/// Files that one pattern may name; people write some dozens of settings files.
const FILES_MAX: usize = 1_000;

/// Calls a function of `split_settings.tools`.
pub(super) fn call(ev: &mut Evaluator, path: &str, args: &Args, at: Span) -> Option<Eval> {
    match path.strip_prefix("split_settings.tools.")? {
        "optional" => args.get(0, "filename").cloned().map(Ok),
        "include" => {
            include(ev, args, at);
            Some(Ok(Value::None))
        }
        _ => None,
    }
}

/// `include("base.py", "components/*.py")`, relative to the file that says so.
fn include(ev: &mut Evaluator, args: &Args, at: Span) {
    let Some(into) = ev.module_at(at) else { return };
    let beside = PathBuf::from(ev.repo().root()).join(&*ev.source(at.file).file);
    let folder = beside.parent().map(Path::to_path_buf).unwrap_or_default();
    for item in &args.positional {
        let Some(pattern) = paths::text(&item.value) else {
            ev.note(at, "settings", "includes a file whose name is not known");
            continue;
        };
        let outer = ev.cond.clone();
        if outer.is_always() {
            ev.cond = item.cond.clone();
        }
        for file in matching(ev, &folder.join(&*pattern)) {
            ev.include_file(&file, &into);
        }
        ev.cond = outer;
    }
}

/// The files of the repository that a path names, in which `*` stands for any text.
fn matching(ev: &mut Evaluator, pattern: &Path) -> Vec<PathBuf> {
    let normal = paths::normal(&pattern.to_string_lossy());
    let pattern = Path::new(&normal);
    let name = pattern.file_name().map(|name| name.to_string_lossy().into_owned());
    let (Some(folder), Some(name)) = (pattern.parent(), name) else { return Vec::new() };
    let mut names: Vec<String> = ev.repo().list(folder).unwrap_or_default();
    if !ev.charge(names.len()) {
        return Vec::new();
    }
    let is_python = |name: &str| Path::new(name).extension().is_some_and(|end| end == "py");
    names.retain(|other| is_python(other) && is_like(other, &name));
    names.sort();
    names.into_iter().take(FILES_MAX).map(|name| folder.join(name)).collect()
}

/// Whether a text is what the pattern says. Each part is taken where it first stands: what comes
/// behind has the most room then, so nothing is ever tried again.
fn is_like(text: &str, pattern: &str) -> bool {
    let mut parts = pattern.split('*');
    let Some(mut rest) = parts.next().and_then(|first| text.strip_prefix(first)) else {
        return false;
    };
    let Some(last) = parts.next_back() else { return rest.is_empty() };
    for part in parts.filter(|part| !part.is_empty()) {
        let Some((_, behind)) = rest.split_once(part) else { return false };
        rest = behind;
    }
    rest.ends_with(last)
}

#[cfg(test)]
mod tests {
    use super::is_like;

    #[test]
    fn stars_stand_for_any_text() {
        for (text, pattern, expected) in [
            ("base.py", "base.py", true),
            ("base.pyc", "base.py", false),
            ("base.py", "*", true),
            ("base.py", "*.py", true),
            ("a.b.py", "a*b*.py", true),
            ("ab.py", "ab*b.py", false),
            ("aba.py", "ab*ba.py", false),
            ("axbxb.py", "a*b*b.py", true),
            ("", "**", true),
        ] {
            assert_eq!(is_like(text, pattern), expected, "{text} {pattern}");
        }
        // As many ways as there are subsets, for whoever tries them all.
        assert!(!is_like(&"a".repeat(200), &format!("{}b", "*a".repeat(100))));
    }
}
