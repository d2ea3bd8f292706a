//! `pairs/<case>/`: two answers, a policy, and the verdict they must come to. Each pair is also
//! compared the other way round and with itself.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use rules::Comparison;
use rules::comparison::{JsonPath, Tolerance};
use shadow::{Answer, Verdict, compare_for};

/// The host the clients of all pairs asked for.
const HOST: &str = "shop.test";

pub(crate) struct Case {
    pub(crate) name: String,
    pub(crate) legacy: Answer,
    pub(crate) native: Answer,
    pub(crate) policy: Comparison,
    pub(crate) expected: String,
}

pub(crate) fn cases() -> Vec<Case> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pairs");
    let entries = fs::read_dir(folder).expect("the folder of pairs is there");
    let mut folders: Vec<PathBuf> =
        entries.map(|entry| entry.expect("a readable entry").path()).collect();
    folders.sort();
    folders.iter().map(|folder| case(folder)).collect()
}

fn case(folder: &Path) -> Case {
    let read = |name: &str| fs::read_to_string(folder.join(name)).unwrap_or_default();
    Case {
        name: folder.file_name().expect("a folder has a name").to_string_lossy().into_owned(),
        legacy: answer(&read("legacy.http")),
        native: answer(&read("native.http")),
        policy: policy(&read("policy.txt")),
        expected: read("verdict.txt"),
    }
}

/// A status line, headers, an empty line, the body up to the last line's end.
fn answer(text: &str) -> Answer {
    let (head, body) = text.split_once("\n\n").unwrap_or((text, ""));
    let mut lines = head.lines();
    let status = lines.next().expect("a status line").parse().expect("a status");
    let headers = lines
        .map(|line| line.split_once(": ").expect("a header"))
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect();
    let body = body.strip_suffix('\n').unwrap_or(body).as_bytes().to_vec();
    Answer { status, headers, body, truncated: false }
}

fn policy(text: &str) -> Comparison {
    let mut policy = Comparison::default();
    let path = |text: &str| JsonPath::parse(text).expect("a path");
    for line in text.lines() {
        match *line.split(' ').collect::<Vec<_>>() {
            ["ignore", at] => policy.ignore.push(path(at)),
            ["unordered", at] => policy.unordered.push(path(at)),
            ["ignore_headers", name] => policy.ignore_headers.push(name.to_owned()),
            ["tolerance", at, absolute] => {
                let absolute = absolute.parse().expect("a number");
                policy.tolerances.push(Tolerance { path: path(at), absolute });
            }
            _ => assert!(line.is_empty(), "not a line of a policy: {line}"),
        }
    }
    policy
}

pub(crate) fn told(verdict: &Verdict) -> String {
    let mut text = format!("{}\n", verdict.word());
    match verdict {
        Verdict::Different(list) => {
            for difference in list {
                writeln!(text, "{difference}").expect("a string takes everything");
            }
        }
        Verdict::Tolerated(list) => {
            for one in list {
                writeln!(text, "{} ({})", one.difference, one.rule).expect("likewise");
            }
        }
        Verdict::Same | Verdict::Incomparable(_) => {}
    }
    text
}

#[test]
fn each_pair_comes_to_its_verdict() {
    let mut wrong = String::new();
    let cases = cases();
    assert!(cases.len() >= 30, "only {} pairs", cases.len());
    for case in cases {
        let verdict = compare_for(Some(HOST), &case.legacy, &case.native, &case.policy);
        if told(&verdict) != case.expected {
            writeln!(wrong, "{}:\n{}instead of\n{}", case.name, told(&verdict), case.expected)
                .expect("a string takes everything");
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn the_other_way_round_is_the_same_word() {
    for case in cases() {
        let there = compare_for(Some(HOST), &case.legacy, &case.native, &case.policy);
        let back = compare_for(Some(HOST), &case.native, &case.legacy, &case.policy);
        assert_eq!(there.word(), back.word(), "{}", case.name);
        for side in [&case.legacy, &case.native] {
            let own = compare_for(Some(HOST), side, side, &case.policy);
            assert_eq!(own, Verdict::Same, "{} with itself", case.name);
        }
    }
}
