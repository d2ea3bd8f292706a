//! Rules that change while traffic flows.

use std::{
    os::unix::fs::symlink,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use proxy::Options;
use tokio::time::{MissedTickBehavior, interval};

use crate::world::{
    Client, Rules, at_stage, block_on, eventually, get, legacy, native, proxy, proxy_with, rules,
    start,
};

#[test]
fn an_edit_moves_an_endpoint() {
    let (old, new) = (legacy().start(), native().start());
    let proxy = proxy_with(&at_stage("legacy", old.address, new.address), |options| {
        // Only the announcement can be fast enough.
        options.poll = Duration::from_mins(1);
    });
    assert!(get(proxy.address, "/api/quotes/").text().contains("legacy"));
    proxy.rules.write(&at_stage("native", old.address, new.address));
    eventually("an edit in place", || get(proxy.address, "/api/quotes/").text().contains("native"));

    let fresh = proxy.rules.path().join("rules.yaml~");
    std::fs::write(&fresh, at_stage("legacy", old.address, new.address)).unwrap();
    std::fs::rename(&fresh, proxy.rules.path().join("rules.yaml")).unwrap();
    eventually("a rename over it", || get(proxy.address, "/api/quotes/").text().contains("legacy"));
}

#[test]
fn a_mounted_config_map_moves_an_endpoint() {
    let (old, new) = (legacy().start(), native().start());
    let rules = Rules { folder: tempfile::tempdir().unwrap() };
    let folder = rules.path();
    let release = |name: &str, stage: &str| {
        std::fs::create_dir(folder.join(name)).unwrap();
        let yaml = at_stage(stage, old.address, new.address);
        std::fs::write(folder.join(name).join("rules.yaml"), yaml).unwrap();
    };
    release("..1", "legacy");
    symlink("..1", folder.join("..data")).unwrap();
    symlink("..data/rules.yaml", folder.join("rules.yaml")).unwrap();
    let mut options = Options::for_rules(folder.clone());
    options.poll = Duration::from_mins(1);
    let proxy = start(rules, options).unwrap();
    assert!(get(proxy.address, "/api/quotes/").text().contains("legacy"));

    release("..2", "native");
    symlink("..2", folder.join("..data_tmp")).unwrap();
    std::fs::rename(folder.join("..data_tmp"), folder.join("..data")).unwrap();
    eventually("a link swap", || get(proxy.address, "/api/quotes/").text().contains("native"));
}

#[test]
fn a_folder_that_is_a_link_to_a_release_is_followed() {
    let (old, new) = (legacy().start(), native().start());
    let [one, two] =
        ["legacy", "native"].map(|stage| rules(&at_stage(stage, old.address, new.address)));
    let place = Rules { folder: tempfile::tempdir().unwrap() };
    let current = place.path().join("current");
    symlink(one.path(), &current).unwrap();
    let mut options = Options::for_rules(current.clone());
    options.poll = Duration::from_mins(1);
    let proxy = start(place, options).unwrap();
    assert!(get(proxy.address, "/api/quotes/").text().contains("legacy"));
    let next = proxy.rules.path().join("next");
    symlink(two.path(), &next).unwrap();
    std::fs::rename(next, current).unwrap();
    eventually("a new release", || get(proxy.address, "/api/quotes/").text().contains("native"));
}

#[test]
fn without_announcements_the_poll_notices() {
    let (old, new) = (legacy().start(), native().start());
    let far = rules(&at_stage("legacy", old.address, new.address));
    let near = Rules { folder: tempfile::tempdir().unwrap() };
    // A link to a file elsewhere: the folder that is watched never changes.
    symlink(far.path().join("rules.yaml"), near.path().join("rules.yaml")).unwrap();
    let mut options = Options::for_rules(near.path());
    options.poll = Duration::from_millis(100);
    let proxy = start(near, options).unwrap();
    far.write(&at_stage("native", old.address, new.address));
    eventually("a poll", || get(proxy.address, "/api/quotes/").text().contains("native"));
}

#[test]
fn bad_rules_are_refused_and_the_old_ones_serve() {
    let (old, new) = (legacy().start(), native().start());
    let good = at_stage("native", old.address, new.address);
    let proxy = proxy(&good);
    let in_force = get(proxy.admin, "/rules").text();
    let problems = "outgrow_proxy_rules_problems";
    for bad in [good.replace("native", "nativ"), "routes: [".to_owned(), String::new()] {
        proxy.rules.write(&bad);
        eventually("the refusal shows", || proxy.meter(problems) > 0);
        let ready = get(proxy.admin, "/readyz");
        assert_eq!(ready.status, 200, "the old rules serve");
        assert!(ready.text().contains("refused"), "{}", ready.text());
        assert_eq!(get(proxy.admin, "/rules").text(), in_force);
        assert!(get(proxy.address, "/api/quotes/").text().contains("native"));
    }
    proxy.rules.write(&good.replace("native", "nativ"));
    let place = format!("{}/rules.yaml:10:", proxy.rules.path().display());
    eventually("file and line", || get(proxy.admin, "/readyz").text().contains(&place));
    std::fs::remove_file(proxy.rules.path().join("rules.yaml")).unwrap();
    eventually("an empty folder", || get(proxy.admin, "/readyz").text().contains("no .yaml"));
    assert!(get(proxy.address, "/api/quotes/").text().contains("native"));
    proxy.rules.write(&good);
    eventually("all is well again", || proxy.meter(problems) == 0);
    assert!(!get(proxy.admin, "/readyz").text().contains("refused"));
}

/// Requests per second that flow while the rules are swapped, at least.
const RATE: u64 = 1_000;
const SWAPS: usize = 100;
const CLIENTS: u64 = 8;

#[test]
fn a_hundred_swaps_under_load_fail_nobody() {
    let (old, new) = (legacy().start(), native().start());
    let proxy = proxy(&at_stage("legacy", old.address, new.address));
    let stop = Arc::new(AtomicBool::new(false));
    let answered = Arc::new(AtomicU64::new(0));
    let load = {
        let (stop, answered, address) = (Arc::clone(&stop), Arc::clone(&answered), proxy.address);
        std::thread::spawn(move || {
            block_on(async move {
                let clients = (0..CLIENTS)
                    .map(|_| tokio::spawn(ask(address, stop.clone(), answered.clone())));
                let mut failures = Vec::new();
                for client in clients.collect::<Vec<_>>() {
                    failures.extend(client.await.unwrap());
                }
                failures
            })
        })
    };
    eventually("the load runs", || answered.load(Ordering::Relaxed) > RATE / 2);
    let (started, before) = (Instant::now(), answered.load(Ordering::Relaxed));
    for swap in 0..SWAPS {
        let stage = if swap % 2 == 0 { "native" } else { "legacy" };
        proxy.rules.write(&at_stage(stage, old.address, new.address));
        let taken = format!(r#""quotes":"{stage}""#);
        eventually("a swap", || get(proxy.admin, "/rules").text().contains(&taken));
    }
    let took = started.elapsed();
    let during = answered.load(Ordering::Relaxed) - before;
    stop.store(true, Ordering::Relaxed);
    let failures = load.join().unwrap();
    let rate = u128::from(during) * 1_000 / took.as_millis().max(1);
    println!("{SWAPS} swaps in {took:.2?} under {rate} requests/s: {} failed", failures.len());
    assert!(failures.is_empty(), "{failures:?}");
    assert!(rate >= u128::from(RATE), "only {rate} requests/s flowed, the bar is {RATE}");
    assert!(new.count() > 100 && old.count() > 100, "both sides answered");
    assert!(proxy.meter("outgrow_proxy_rules_loads_total") >= SWAPS);
}

/// Asks at a steady rate over one connection until told to stop; gives back what failed.
async fn ask(
    address: std::net::SocketAddr,
    stop: Arc<AtomicBool>,
    answered: Arc<AtomicU64>,
) -> Vec<String> {
    let mut client = Client::connect(address).await.unwrap();
    let mut pace = interval(Duration::from_micros(1_000_000 * CLIENTS / (RATE * 2)));
    pace.set_missed_tick_behavior(MissedTickBehavior::Burst);
    let mut failures = Vec::new();
    while !stop.load(Ordering::Relaxed) {
        pace.tick().await;
        match client.get("/api/quotes/").await {
            Ok(got) if got.status == 200 => {
                answered.fetch_add(1, Ordering::Relaxed);
            }
            Ok(got) => failures.push(got.text()),
            Err(error) => {
                failures.push(error.to_string());
                client = Client::connect(address).await.unwrap();
            }
        }
    }
    failures
}
