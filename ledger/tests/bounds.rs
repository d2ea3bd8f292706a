//! Nothing grows with traffic: samples, places and endpoints have limits, and nothing unmasked
//! reaches the disk.

use ledger::{DIFFERENCE_PLACES_MAX, ENDPOINTS_MAX, OTHER, SAMPLES_MAX};
use shadow::{Difference, Kind, Verdict};

use crate::world::{World, different, seen, with_sample};

#[test]
fn the_newest_samples_are_kept() {
    let world = World::new();
    let mut ledger = world.open();
    let kept = i64::try_from(SAMPLES_MAX).expect("a small number");
    for number in 0..3 * kept {
        let mut one = with_sample(seen("/a/", different()), "/a/?page=2", "{\"price\":1}");
        one.at_unix_ms = number;
        ledger.record(&one).expect("recorded");
    }
    let samples = ledger.samples("market_data", "/a/", "GET").expect("read");
    let times: Vec<_> = samples.iter().map(|sample| sample.at_unix_ms).collect();
    assert_eq!(times, (2 * kept..3 * kept).collect::<Vec<_>>());
    assert_eq!(samples[0].verdict, "different");
}

#[test]
fn further_places_are_counted_together() {
    let world = World::new();
    let mut ledger = world.open();
    let letter = |n: u64| char::from(b'a' + u8::try_from(n % 26).expect("a letter"));
    for number in 0..DIFFERENCE_PLACES_MAX + 5 {
        let path = format!("/{}{}", letter(number / 26), letter(number));
        let verdict = Verdict::Different(vec![Difference::new(&path, Kind::Value, "1", "2")]);
        ledger.record(&seen("/a/", verdict)).expect("recorded");
    }
    let status = ledger.status().expect("read");
    let differences = &status[0].differences;
    let sum: u64 = differences.iter().map(|place| place.count).sum();
    assert_eq!(sum, DIFFERENCE_PLACES_MAX + 5);
    assert_eq!((differences[0].place.as_str(), differences[0].count), (OTHER, 5));
}

#[test]
fn further_endpoints_are_counted_together() {
    let world = World::new();
    let mut ledger = world.open();
    let batch: Vec<_> =
        (0..ENDPOINTS_MAX + 5).map(|n| seen(&format!("/{n:06}/"), Verdict::Same)).collect();
    ledger.record_all(&batch).expect("recorded");
    let status = ledger.status().expect("read");
    let expected: u64 = status.iter().map(|one| one.counts.expected()).sum();
    assert_eq!(expected, ENDPOINTS_MAX + 5);
    let other = status.iter().find(|one| one.route == OTHER).expect("the rest has a row");
    assert_eq!(other.counts.same, 5);
}

#[test]
fn no_secret_reaches_the_disk() {
    const CANARY: &str = "canary7Kq2";
    let world = World::new();
    let mut ledger = world.open();
    let body = format!(
        "{{\"email\":\"{CANARY}@example.org\",\"note\":\"write to {CANARY}@example.org\",
          \"api_token\":\"{CANARY}\",\"nested\":[{{\"password\":{{\"old\":\"{CANARY}\"}}}}]}}"
    );
    let price = "{\"price\":\"12.5000\"}";
    for (target, body) in [(format!("/a/?token={CANARY}"), &*body), ("/a/".to_owned(), price)] {
        let at = format!("/users/{CANARY}@example.org");
        let verdict = Verdict::Different(vec![
            Difference::new("authorization", Kind::Header, CANARY, "(absent)"),
            Difference::new("/user", Kind::Value, body, "null"),
            Difference::new("/user/session", Kind::Value, CANARY, "null"),
            Difference::new(&at, Kind::Missing, "1", "(absent)"),
        ]);
        ledger.record(&with_sample(seen("/a/", verdict), &target, body)).expect("recorded");
    }
    assert!(!world.bytes().windows(CANARY.len()).any(|bytes| bytes == CANARY.as_bytes()));
    let shown = b"12.5000";
    assert!(world.bytes().windows(shown.len()).any(|bytes| bytes == shown), "nothing is kept");
}
