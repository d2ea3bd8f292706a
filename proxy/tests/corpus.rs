//! The HTTP/1.1 corpus: raw requests, each with what the RFC demands, judged by the bytes that
//! reach the upstream. The judge is `http1/runner.py`; see there for outcomes and grades.

use std::{
    collections::BTreeMap,
    io::{BufRead, BufReader, Write},
    net::SocketAddr,
    path::Path,
    process::{Command, Stdio},
};

use serde_json::Value;

use crate::world::{at_stage, nobody, proxy};

/// Cases run side by side, each lane with a proxy and an upstream of its own: a case mostly waits.
const LANES: usize = 8;

fn lane(corpus: &str, number: usize) -> Vec<Value> {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out.json");
    let files = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/http1");
    let mut running = Command::new("python3")
        .arg("-B")
        .arg(files.join("runner.py"))
        .arg("--corpus")
        .arg(files.join(corpus))
        .args(["--proxy", "-", "--upstream-port", "0"])
        .args(["--lane", &format!("{number}/{LANES}")])
        .arg("--json")
        .arg(&out)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("Python 3 runs the corpus");
    let mut says = BufReader::new(running.stdout.take().unwrap());
    let mut port = String::new();
    says.read_line(&mut port).unwrap();
    let upstream = SocketAddr::from(([127, 0, 0, 1], port.trim().parse().unwrap()));
    let proxy = proxy(&at_stage("legacy", upstream, nobody()));
    writeln!(running.stdin.take().unwrap(), "{}", proxy.address).unwrap();
    std::io::copy(&mut says, &mut std::io::sink()).unwrap();
    assert!(running.wait().unwrap().success());
    let read: Value = serde_json::from_slice(&std::fs::read(out).unwrap()).unwrap();
    read["results"].as_array().unwrap().clone()
}

#[test]
fn every_case_of_the_corpus_passes() {
    all_pass("corpus.jsonl", 351);
}

/// What the grammar allows or forbids beyond the corpus: mostly one field, line or chunk each.
#[test]
fn every_further_case_passes() {
    all_pass("further.jsonl", 350);
}

fn all_pass(corpus: &'static str, cases_min: usize) {
    let results: Vec<Value> = std::thread::scope(|scope| {
        let lanes: Vec<_> =
            (0..LANES).map(|number| scope.spawn(move || lane(corpus, number))).collect();
        lanes.into_iter().flat_map(|lane| lane.join().unwrap()).collect()
    });
    let mut grades = BTreeMap::new();
    let mut missed = Vec::new();
    for result in &results {
        *grades.entry(result["grade"].as_str().unwrap()).or_insert(0) += 1;
        if result["grade"] != "pass" {
            missed.push(format!("{} {} {}", result["id"], result["outcome"], result["notes"]));
        }
    }
    println!("{corpus}: {} cases, {grades:?}", results.len());
    assert!(results.len() >= cases_min, "cases are missing: {}", results.len());
    assert!(missed.is_empty(), "{}", missed.join("\n"));
}
