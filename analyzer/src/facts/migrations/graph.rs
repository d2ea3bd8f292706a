//! The order in which migrations run, as `MigrationLoader.build_graph` and
//! `MigrationGraph.iterative_dfs` of `django/db/migrations` find it.

use std::collections::{BTreeMap, BTreeSet};

/// App label and name of a migration.
pub(super) type Key = (String, String);

/// Name that stands for the first migration of an app.
const FIRST: &str = "__first__";

/// Name that stands for the last migration of an app.
const LATEST: &str = "__latest__";

/// What a migration says of its place.
#[derive(Debug, Clone, Default)]
pub(super) struct Node {
    pub(super) dependencies: Vec<Key>,
    pub(super) run_before: Vec<Key>,
    pub(super) replaces: Vec<Key>,
}

/// What is wrong with the graph, with the migration that shows it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Flaw {
    pub(super) migration: Key,
    pub(super) message: String,
}

/// The migrations in the order in which an empty database gets them, and what is wrong.
#[derive(Debug, Default)]
pub(super) struct Plan {
    pub(super) order: Vec<Key>,
    pub(super) flaws: Vec<Flaw>,
}

/// Orders the migrations; those that a squashed one replaces are left out.
pub(super) fn plan(nodes: &BTreeMap<Key, Node>) -> Plan {
    let replaced = replacements(nodes);
    let mut graph = Graph::default();
    let mut plan = Plan::default();
    for key in nodes.keys().filter(|key| !replaced.contains_key(*key)) {
        graph.parents.entry(key.clone()).or_default();
    }
    for (key, node) in nodes {
        let here = replaced.get(key).unwrap_or(key);
        for dependency in &node.dependencies {
            match resolve(nodes, key, dependency) {
                Ok(Some(parent)) => graph.link(replaced.get(&parent).unwrap_or(&parent), here),
                Ok(None) => {}
                Err(message) => plan.flaws.push(Flaw { migration: key.clone(), message }),
            }
        }
        for later in &node.run_before {
            if let Ok(Some(child)) = resolve(nodes, key, later) {
                graph.link(here, replaced.get(&child).unwrap_or(&child));
            }
        }
    }
    plan.flaws.extend(graph.forks());
    plan.flaws.extend(graph.order(&mut plan.order));
    plan.flaws.sort();
    plan.flaws.dedup();
    plan
}

/// Which migration stands for a replaced one; one that is replaced itself passes it on.
fn replacements(nodes: &BTreeMap<Key, Node>) -> BTreeMap<Key, Key> {
    let mut replaced: BTreeMap<Key, Key> = BTreeMap::new();
    for (key, node) in nodes {
        for other in &node.replaces {
            if other != key {
                replaced.insert(other.clone(), key.clone());
            }
        }
    }
    let last = |start: &Key| {
        let mut at = start.clone();
        // As many steps as there are replacements end every chain that is no cycle.
        for _ in 0..replaced.len() {
            let Some(next) = replaced.get(&at) else { break };
            at = next.clone();
        }
        at
    };
    replaced.keys().map(|key| (key.clone(), last(key))).collect()
}

/// The migration that a dependency names; none for one of an app whose migrations are not here.
fn resolve(nodes: &BTreeMap<Key, Node>, of: &Key, dependency: &Key) -> Result<Option<Key>, String> {
    let (app, name) = dependency;
    let mut siblings = nodes.keys().filter(|(label, _)| label == app);
    let special = name == FIRST || name == LATEST;
    // As in Django, an app's wish to come after its own first or last migration means nothing.
    if special && *app == of.0 {
        return Ok(None);
    }
    let known: BTreeSet<&Key> = siblings.by_ref().collect();
    if known.is_empty() {
        return Ok(None);
    }
    if special {
        let inside = |key: &Key| key.0 == *app;
        let roots = known.iter().filter(|key| match nodes.get(**key) {
            Some(node) if name == FIRST => !node.dependencies.iter().any(inside),
            _ => !nodes.values().any(|node| node.dependencies.contains(key)),
        });
        return Ok(roots.min().map(|key| (*key).clone()));
    }
    let replaced = |node: &Node| node.replaces.contains(dependency);
    if known.contains(dependency) || nodes.values().any(replaced) {
        return Ok(Some(dependency.clone()));
    }
    Err(format!("it depends on {app}.{name}, which does not exist"))
}

#[derive(Debug, Default)]
struct Graph {
    parents: BTreeMap<Key, BTreeSet<Key>>,
    children: BTreeMap<Key, BTreeSet<Key>>,
}

impl Graph {
    fn link(&mut self, parent: &Key, child: &Key) {
        // A squashed migration and what it replaces refer to each other's neighbours.
        if parent != child && self.parents.contains_key(parent) && self.parents.contains_key(child)
        {
            self.parents.entry(child.clone()).or_default().insert(parent.clone());
            self.children.entry(parent.clone()).or_default().insert(child.clone());
        }
    }

    /// Migrations of an app that none of its own comes after.
    fn leaves(&self) -> BTreeMap<&str, Vec<&Key>> {
        let mut leaves: BTreeMap<&str, Vec<&Key>> = BTreeMap::new();
        for key in self.parents.keys() {
            let inside = |child: &Key| child.0 == key.0;
            if !self.children.get(key).is_some_and(|children| children.iter().any(inside)) {
                leaves.entry(&key.0).or_default().push(key);
            }
        }
        leaves
    }

    fn forks(&self) -> Vec<Flaw> {
        let several = self.leaves().into_iter().filter(|(_, leaves)| leaves.len() > 1);
        several
            .map(|(app, leaves)| {
                let names: Vec<&str> = leaves.iter().map(|(_, name)| name.as_str()).collect();
                let message = format!("{app} ends in several migrations: {}", names.join(", "));
                Flaw { migration: (*leaves[0]).clone(), message }
            })
            .collect()
    }

    /// Every migration behind those that it depends on, depth first from the sorted leaves.
    fn order(&self, order: &mut Vec<Key>) -> Vec<Flaw> {
        let mut done: BTreeSet<&Key> = BTreeSet::new();
        let mut open: BTreeSet<&Key> = BTreeSet::new();
        let mut flaws = Vec::new();
        let leaves = self.leaves().into_values().flatten();
        // Behind the leaves whatever only a cycle holds.
        for start in leaves.chain(self.parents.keys()) {
            let mut stack = vec![(start, false)];
            while let Some((key, processed)) = stack.pop() {
                if done.contains(key) {
                    continue;
                }
                if processed {
                    open.remove(key);
                    done.insert(key);
                    order.push(key.clone());
                    continue;
                }
                if !open.insert(key) {
                    continue;
                }
                stack.push((key, true));
                for parent in self.parents.get(key).into_iter().flatten() {
                    if open.contains(parent) {
                        let (app, name) = parent;
                        let message = format!("it and {app}.{name} depend on each other");
                        flaws.push(Flaw { migration: key.clone(), message });
                    } else {
                        stack.push((parent, false));
                    }
                }
            }
        }
        flaws
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(text: &str) -> Key {
        let (app, name) = text.split_once('.').expect("app.name");
        (app.to_owned(), name.to_owned())
    }

    /// `a.2 < a.1` depends, `a.2 > b.1` runs before, `a.3 = a.1` replaces.
    fn planned(lines: &[&str]) -> (String, Vec<String>) {
        let mut nodes: BTreeMap<Key, Node> = BTreeMap::new();
        for line in lines {
            let mut words = line.split(' ');
            let node = nodes.entry(key(words.next().expect("a key"))).or_default();
            while let Some((sign, other)) = words.next().zip(words.next()) {
                match sign {
                    "<" => node.dependencies.push(key(other)),
                    ">" => node.run_before.push(key(other)),
                    _ => node.replaces.push(key(other)),
                }
            }
        }
        let plan = plan(&nodes);
        let order: Vec<String> = plan.order.iter().map(|(a, n)| format!("{a}.{n}")).collect();
        (order.join(" "), plan.flaws.into_iter().map(|flaw| flaw.message).collect())
    }

    #[test]
    fn dependencies_and_run_before_decide() {
        let (order, flaws) = planned(&["a.1 < z.1", "a.2 < a.1", "b.1 > a.1", "z.1"]);
        assert_eq!(order, "z.1 b.1 a.1 a.2");
        assert!(flaws.is_empty(), "{flaws:?}");
    }

    #[test]
    fn first_and_latest_are_looked_up() {
        let lines = ["a.1 < b.__latest__", "b.1", "b.2 < b.1 < c.__first__", "c.1", "c.2 < c.1"];
        assert_eq!(planned(&lines).0, "c.1 b.1 b.2 a.1 c.2");
    }

    #[test]
    fn a_squashed_migration_takes_the_place_of_what_it_replaces() {
        let lines = ["a.1", "a.2 < a.1 < b.1", "a.9 = a.1 = a.2", "a.3 < a.2", "b.1", "c.1 < a.1"];
        assert_eq!(planned(&lines), ("b.1 a.9 a.3 c.1".to_owned(), Vec::new()));
    }

    #[test]
    fn replaced_files_may_be_gone() {
        let (order, flaws) = planned(&["a.9 = a.1 = a.2", "a.3 < a.2"]);
        assert_eq!((order.as_str(), flaws.len()), ("a.9 a.3", 0));
    }

    #[test]
    fn flaws_are_told_and_nothing_is_lost() {
        let (order, flaws) = planned(&["a.1 < a.0", "a.2 < a.1", "a.3 < a.1"]);
        assert_eq!(order, "a.1 a.2 a.3");
        assert_eq!(flaws.len(), 2, "{flaws:?}");
        let (order, flaws) = planned(&["a.1 < b.1", "b.1 < a.1"]);
        assert_eq!(order, "b.1 a.1");
        assert_eq!(flaws, ["it and a.1 depend on each other"]);
    }
}
