//! How well contexts recover what teams have drawn: app labels are hidden, and the proposal is
//! compared with them. The published baselines for this are of 17 other projects, so the figures
//! are printed, and only a fall far below them is a failure.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use analyzer::contexts::{Options, framework, propose};
use analyzer::map::Map;
use serde_json::{Value, json};

/// Each project with the least agreement that is accepted, in hundredths of the ARI.
const PROJECTS: [(&str, i64); 3] = [("django-oscar", 25), ("pretix", 0), ("wagtail", 10)];

#[test]
fn hidden_apps_are_recovered() {
    let Some(folder) = std::env::var_os("OUTGROW_CORPUS_DIR").map(PathBuf::from) else {
        crate::skip::skip("OUTGROW_CORPUS_DIR names no folder with the corpus");
        return;
    };
    // The corpus of everyday is django-oscar alone; OUTGROW_CORPUS=all demands every project.
    let all = std::env::var_os("OUTGROW_CORPUS").is_some_and(|value| value == "all");
    let evidence = [
        ("structure", Options { apps: false, words: false, ..Options::default() }),
        ("structure + names", Options { apps: false, ..Options::default() }),
        ("same, resolution 2", Options { apps: false, resolution: 200, ..Options::default() }),
        ("as proposed (apps seen)", Options::default()),
    ];
    for (project, least) in PROJECTS {
        if !all && project != PROJECTS[0].0 {
            continue;
        }
        let map = truth(&folder.join(project).join("truth.json"));
        for (name, options) in &evidence {
            let (found, told) = both(&map, options);
            let (ari, mojo) = (ari(&found, &told), mojo(&found, &told));
            println!(
                "{project:>14}  {name:<24} {:>4} tables  {:>3} contexts, {:>3} apps  \
                 ARI {ari:.3}  MoJoFM {mojo:.1}",
                told.len(),
                count(&found),
                count(&told)
            );
            assert!(ari * 100.0 >= f64::from(i32::try_from(least).expect("small")), "{project}");
        }
    }
}

/// Django's own answer as a map; it has no places, and they do not matter here.
fn truth(file: &Path) -> Map {
    let text = std::fs::read_to_string(file).expect("a truth.json");
    let mut value: Value = serde_json::from_str(&text).expect("JSON");
    let top = value.as_object_mut().expect("an object");
    top.insert("project".to_owned(), json!({"name": "", "settings": "", "root_urlconf": ""}));
    top.insert("coverage".to_owned(), json!({"files": 0, "parsed": 0, "problems": []}));
    for missing in ["abstract_models", "opaque", "endpoints"] {
        top.insert(missing.to_owned(), json!([]));
    }
    for list in ["apps", "models", "relations"] {
        for item in top[list].as_array_mut().expect("a list") {
            placed(item);
            for field in item.get_mut("fields").and_then(Value::as_array_mut).into_iter().flatten()
            {
                placed(field);
            }
        }
    }
    serde_json::from_value(value).expect("a map")
}

fn placed(item: &mut Value) {
    let item = item.as_object_mut().expect("an object");
    item.insert("at".to_owned(), json!({"file": "", "line": 1}));
    item.insert("certainty".to_owned(), json!("certain"));
}

/// For each own table of a concrete model: its context, and its app.
fn both(map: &Map, options: &Options) -> (Vec<String>, Vec<String>) {
    let contexts = propose(map, options).contexts;
    let context: BTreeMap<&String, &String> =
        contexts.iter().flat_map(|c| c.tables.iter().map(move |t| (t, &c.name))).collect();
    let own: BTreeMap<&str, bool> = map.models.iter().map(|m| (m.label.as_str(), m.own)).collect();
    let tables = map.tables.iter().filter(|table| {
        table.auto_m2m_of.is_none()
            && own.get(table.owner.as_str()) == Some(&true)
            && !framework::holds(&table.owner)
    });
    tables
        .map(|t| (context[&t.name].clone(), t.owner.split('.').next().unwrap_or("").to_owned()))
        .unzip()
}

fn count(labels: &[String]) -> usize {
    sizes(labels).len()
}

fn sizes(labels: &[String]) -> BTreeMap<&String, usize> {
    let mut sizes = BTreeMap::new();
    for label in labels {
        *sizes.entry(label).or_default() += 1;
    }
    sizes
}

fn overlaps<'l>(a: &'l [String], b: &'l [String]) -> BTreeMap<(&'l String, &'l String), usize> {
    let mut found = BTreeMap::new();
    for pair in a.iter().zip(b) {
        *found.entry(pair).or_default() += 1;
    }
    found
}

#[expect(clippy::cast_precision_loss, reason = "counts of tables are far below 2^52")]
fn pairs(count: usize) -> f64 {
    (count * count.saturating_sub(1)) as f64 / 2.0
}

/// The adjusted Rand index: 1 for equal partitions, 0 for what chance gives.
fn ari(a: &[String], b: &[String]) -> f64 {
    let both: f64 = overlaps(a, b).values().map(|n| pairs(*n)).sum();
    let of = |labels: &[String]| sizes(labels).values().map(|n| pairs(*n)).sum::<f64>();
    let (in_a, in_b) = (of(a), of(b));
    let expected = in_a * in_b / pairs(a.len()).max(1.0);
    let most = f64::midpoint(in_a, in_b);
    if most <= expected { 1.0 } else { (both - expected) / (most - expected) }
}

/// `MoJoFM`: 100 less the share of moves and joins that turn `found` into `told`, of the most that
/// any partition would need (Wen and Tzerpos).
#[expect(clippy::cast_precision_loss, reason = "counts of tables are far below 2^52")]
fn mojo(found: &[String], told: &[String]) -> f64 {
    let overlaps = overlaps(found, told);
    let mut moves = 0;
    let mut choices: Vec<Vec<&String>> = Vec::new();
    for (cluster, size) in sizes(found) {
        let here = || overlaps.iter().filter(|((c, _), _)| *c == cluster);
        let best = here().map(|(_, n)| *n).max().unwrap_or(0);
        moves += size - best;
        choices.push(here().filter(|(_, n)| **n == best).map(|((_, t), _)| *t).collect());
    }
    let mut taken: BTreeMap<&String, usize> = BTreeMap::new();
    let groups = (0..choices.len())
        .filter(|cluster| matched(*cluster, &choices, &mut taken, &mut Vec::new()))
        .count();
    let joins = choices.len() - groups;
    let mut told_sizes: Vec<usize> = sizes(told).into_values().collect();
    told_sizes.sort_unstable();
    let least = told_sizes.iter().fold(0, |g, size| if *size > g { g + 1 } else { g });
    let most = (told.len() - least).max(1);
    100.0 - (moves + joins) as f64 * 100.0 / most as f64
}

/// One step of bipartite matching: finds the cluster a group of its own, moving others if needed.
fn matched<'l>(
    cluster: usize,
    choices: &[Vec<&'l String>],
    taken: &mut BTreeMap<&'l String, usize>,
    seen: &mut Vec<&'l String>,
) -> bool {
    for group in &choices[cluster] {
        if seen.contains(group) {
            continue;
        }
        seen.push(group);
        let holder = taken.get(group).copied();
        if holder.is_none_or(|holder| matched(holder, choices, taken, seen)) {
            taken.insert(group, cluster);
            return true;
        }
    }
    false
}

#[test]
fn the_measures_are_those_of_the_papers() {
    let told: Vec<String> = "aaabbbcc".chars().map(String::from).collect();
    assert!((ari(&told, &told) - 1.0).abs() < 1e-9 && (mojo(&told, &told) - 100.0).abs() < 1e-9);
    let one = vec!["x".to_owned(); 8];
    assert!(ari(&one, &told).abs() < 1e-9);
    let near: Vec<String> = "aaabbccc".chars().map(String::from).collect();
    // One move of five: eight elements in groups of 2, 3 and 3 need at most 8 - 3 operations.
    assert!((mojo(&near, &told) - 80.0).abs() < 1e-9, "{}", mojo(&near, &told));
}
