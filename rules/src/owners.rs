//! CODEOWNERS lines: who must review a change of which rules file.

use std::collections::{BTreeMap, BTreeSet};

use crate::code::Code;
use crate::problem::{Problem, Problems};
use crate::ruleset::{Context, Ruleset};

/// One line per file that holds routes or contexts of somebody: the file and its owners, as GitHub
/// and GitLab read them. `folder` is the folder of the rules below the root of the repository.
pub fn codeowners(ruleset: &Ruleset, folder: &str) -> Vec<String> {
    let mut owners: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for context in ruleset.contexts() {
        let entry = owners.entry(&context.place.path).or_default();
        entry.extend(context.owner.as_deref());
    }
    for route in ruleset.routes() {
        let context = route.context.as_deref().and_then(|name| ruleset.context(name));
        let entry = owners.entry(&route.place.path).or_default();
        entry.extend(context.and_then(|context| context.owner.as_deref()));
    }
    let folder = folder.trim_matches('/');
    let line = |(path, owners): (&str, BTreeSet<&str>)| {
        let name = path.rsplit('/').next().unwrap_or(path).replace(' ', "\\ ");
        let owners = owners.into_iter().collect::<Vec<_>>().join(" ");
        format!("/{folder}/{name} {owners}")
    };
    owners.into_iter().filter(|(_, owners)| !owners.is_empty()).map(line).collect()
}

/// Contexts that nobody owns.
pub fn unowned(ruleset: &Ruleset) -> Problems {
    let problem = |context: &Context| {
        let said = format!("nobody owns the context `{}`", context.name);
        let problem = Problem::warning(Code::NO_OWNER, said).help("add `owner: \"@team\"`");
        problem.at(context.place.clone())
    };
    let unowned = ruleset.contexts().filter(|context| context.owner.is_none());
    Problems::new(unowned.map(problem).collect(), ruleset.sources().to_vec())
}
