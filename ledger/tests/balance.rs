//! The counts add up: per endpoint, over restarts, over batches, and under concurrent readers.

use ledger::Ledger;
use shadow::Verdict;
use shadow::evidence::Counts;

use crate::world::{CUT, LATE, SHED, World, different, seen};

#[test]
fn every_verdict_has_its_column_and_survives_a_restart() {
    let world = World::new();
    let verdicts =
        [Verdict::Same, Verdict::Same, Verdict::Tolerated(vec![]), different(), SHED, LATE, CUT];
    let batch: Vec<_> = verdicts.into_iter().map(|verdict| seen("/a/", verdict)).collect();
    world.open().record_all(&batch).expect("recorded");
    world.open().record(&seen("/b/", Verdict::Same)).expect("recorded");

    let status = world.open().status().expect("read");
    let counts =
        Counts { same: 2, tolerated: 1, different: 1, shed: 1, timed_out: 1, incomparable: 1 };
    assert_eq!(status.iter().map(|one| one.route.as_str()).collect::<Vec<_>>(), ["/a/", "/b/"]);
    assert_eq!(status[0].counts, counts);
    assert_eq!(status[0].counts.expected(), 7);
    let voids: Vec<_> = status[0].voids.iter().map(|(word, n)| (word.as_str(), *n)).collect();
    assert_eq!(voids, [("shed", 1), ("timed_out", 1), ("truncated", 1)]);
    let place = &status[0].differences[0];
    assert_eq!((&*place.code, &*place.place, place.count), ("SH008", "/results/*/price", 1));
    assert_eq!((status[0].legacy.count, status[0].native.count), (7, 7));
    assert!((300..=383).contains(&status[0].native.p99_us), "{:?}", status[0].native);
}

#[test]
fn batches_of_any_size_come_to_the_same() {
    let batch: Vec<_> = (0..200_u16)
        .map(|n| {
            let verdict = match n % 7 {
                0 => different(),
                1 => SHED,
                2 => CUT,
                _ => Verdict::Same,
            };
            seen(if n % 3 == 0 { "/a/" } else { "/b/" }, verdict)
        })
        .collect();
    let whole = World::new();
    whole.open().record_all(&batch).expect("recorded");
    let pieces = World::new();
    let mut ledger = pieces.open();
    for piece in batch.chunks(13) {
        ledger.record_all(piece).expect("recorded");
    }
    assert_eq!(whole.open().status().expect("read"), ledger.status().expect("read"));
}

#[test]
fn readers_see_whole_batches_while_the_writer_writes() {
    const BATCHES: u64 = 100;
    let world = World::new();
    let mut writer = world.open();
    let path = world.path();
    let reader = std::thread::spawn(move || {
        let reader = Ledger::open_to_read(&path).expect("a reader opens");
        let (mut looks, mut last) = (0_u32, 0);
        while last < 3 * BATCHES {
            let status = reader.status().expect("a reader reads");
            let expected = status.first().map_or(0, |one| one.counts.expected());
            assert_eq!(expected % 3, 0, "half a batch is visible");
            assert!(expected >= last, "the count went down");
            let latencies = status.first().map_or(0, |one| one.legacy.count);
            assert_eq!(latencies, expected, "details belong to another moment than the counts");
            last = expected;
            looks += 1;
            std::thread::sleep(std::time::Duration::from_millis(1));
        }
        looks
    });
    let batch = [seen("/a/", Verdict::Same), seen("/a/", different()), seen("/a/", SHED)];
    for _ in 0..BATCHES {
        writer.record_all(&batch).expect("the writer writes");
    }
    assert!(reader.join().expect("the reader ends") > 0);
}
