//! Hostile and huge answers: bounded verdicts, and never a crash.

use rules::Comparison;
use shadow::{Answer, DIFFERENCES_MAX, PATH_BYTES_MAX, VALUE_BYTES_MAX, Verdict, Void, compare};

fn json(body: String) -> Answer {
    let headers = vec![("Content-Type".to_owned(), "application/json".to_owned())];
    Answer { status: 200, headers, body: body.into_bytes(), truncated: false }
}

fn verdict(legacy: &Answer, native: &Answer) -> Verdict {
    compare(legacy, native, &Comparison::default())
}

#[test]
fn deep_nesting_is_incomparable() {
    for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
        let deep = json(open.repeat(20_000) + "1" + &close.repeat(20_000));
        let other = json("[]".to_owned());
        assert_eq!(verdict(&deep, &other), Verdict::Incomparable(Void::TooDeep));
        assert_eq!(verdict(&other, &deep), Verdict::Incomparable(Void::TooDeep));
        assert_eq!(verdict(&deep, &deep.clone()), Verdict::Same);
    }
}

#[test]
fn cut_bodies_are_incomparable_unless_the_head_already_differs() {
    let cut = Answer { truncated: true, ..json("[1".to_owned()) };
    assert_eq!(verdict(&cut, &cut.clone()), Verdict::Incomparable(Void::Truncated));
    let other = Answer { status: 500, ..cut.clone() };
    assert_eq!(verdict(&cut, &other).word(), "different");
}

#[test]
fn verdicts_are_bounded_in_number_and_bytes() {
    let key = "k".repeat(10_000);
    let list = |value: &str| {
        let rows: Vec<String> =
            (0..5_000).map(|n| format!("{{\"{key}\":\"{n}{value}\"}}")).collect();
        json(format!("[{}]", rows[..500].join(",")))
    };
    let (left, right) = (list(&"é".repeat(1_000)), list("other"));
    let Verdict::Different(differences) = verdict(&left, &right) else {
        panic!("they differ in every row");
    };
    assert_eq!(differences.len(), DIFFERENCES_MAX);
    for difference in differences {
        assert!(difference.path.len() <= PATH_BYTES_MAX);
        assert!(difference.legacy.len() <= VALUE_BYTES_MAX);
        assert!(difference.native.len() <= VALUE_BYTES_MAX);
    }
}

#[test]
fn a_difference_after_a_thousand_tolerated_ones_is_found() {
    let list = |id: usize, last: &str| {
        let rows: Vec<String> = (0..1_000).map(|n| format!("{{\"id\":{}}}", n * 7 + id)).collect();
        json(format!("[{},{last}]", rows.join(",")))
    };
    let ignore = rules::comparison::JsonPath::parse("[*].id").expect("a path");
    let policy = Comparison { ignore: vec![ignore], ..Comparison::default() };
    let (left, right) = (list(0, "1"), list(1, "2"));
    assert_eq!(compare(&left, &right, &policy).word(), "different");
    let right = list(1, "1");
    assert_eq!(compare(&left, &right, &policy).word(), "tolerated");
}
