//! A newer program takes the place of a running one while requests flow.

use std::{
    net::SocketAddr,
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use tokio::time::{MissedTickBehavior, interval};

use crate::world::{
    Client, Program, Rules, at_stage, block_on, eventually, get, legacy, nobody, rules,
};

#[derive(Default)]
struct Counts {
    answered: AtomicU64,
    failed: AtomicU64,
    stop: AtomicBool,
}

/// Two hundred requests a second; every tenth over a connection of its own.
async fn play(address: SocketAddr, counts: Arc<Counts>) {
    let mut client = Client::connect(address).await.unwrap();
    let mut pace = interval(Duration::from_millis(5));
    pace.set_missed_tick_behavior(MissedTickBehavior::Burst);
    for number in 0_u64.. {
        pace.tick().await;
        if counts.stop.load(Ordering::Relaxed) {
            return;
        }
        let answer = client.get("/").await;
        let fine = answer.as_ref().is_ok_and(|got| got.status == 200);
        let closes = answer.is_ok_and(|got| got.header("connection") == "close");
        (if fine { &counts.answered } else { &counts.failed }).fetch_add(1, Ordering::Relaxed);
        if !fine || closes || number % 10 == 0 {
            match Client::connect(address).await {
                Ok(next) => client = next,
                Err(_) => drop(counts.failed.fetch_add(1, Ordering::Relaxed)),
            }
        }
    }
}

fn program(rules: &Rules, socket: &Path) -> Program {
    Program::start(rules, &["--upgrade-socket", socket.to_str().unwrap()])
}

#[test]
fn nobody_is_refused_while_programs_change() {
    let old = legacy().start();
    let yaml = rules(&at_stage("legacy", old.address, nobody()));
    let folder = tempfile::tempdir().unwrap();
    let socket = folder.path().join("upgrade.sock");
    let mut running = program(&yaml, &socket);
    let address = running.address;
    let counts = Arc::new(Counts::default());
    let shared = Arc::clone(&counts);
    let load = std::thread::spawn(move || {
        block_on(async move {
            let clients = (0..4).map(|_| tokio::spawn(play(address, Arc::clone(&shared))));
            for client in clients.collect::<Vec<_>>() {
                client.await.unwrap();
            }
        });
    });
    for _ in 0..3 {
        let before = counts.answered.load(Ordering::Relaxed);
        eventually("the load runs", || counts.answered.load(Ordering::Relaxed) > before + 200);
        let next = program(&yaml, &socket);
        assert_eq!(next.address, address, "the same door");
        let started = Instant::now();
        while running.child.try_wait().unwrap().is_none() {
            assert!(started.elapsed() < Duration::from_secs(10), "the old one does not end");
            std::thread::sleep(Duration::from_millis(20));
        }
        assert!(running.child.wait().unwrap().success());
        running = next;
    }
    let before = counts.answered.load(Ordering::Relaxed);
    eventually("the last one serves", || counts.answered.load(Ordering::Relaxed) > before + 200);
    counts.stop.store(true, Ordering::Relaxed);
    load.join().unwrap();
    let answered = counts.answered.load(Ordering::Relaxed);
    let failed = counts.failed.load(Ordering::Relaxed);
    println!("three upgrades: {answered} requests answered, {failed} failed or refused");
    assert_eq!(failed, 0);
}

#[test]
fn a_successor_with_bad_rules_changes_nothing() {
    let old = legacy().start();
    let good = rules(&at_stage("legacy", old.address, nobody()));
    let folder = tempfile::tempdir().unwrap();
    let socket = folder.path().join("upgrade.sock");
    let mut running = program(&good, &socket);
    let bad = rules("routes: [");
    let failed = std::process::Command::new(env!("CARGO_BIN_EXE_outgrow-proxy"))
        .args(["--upgrade-socket", socket.to_str().unwrap(), "--rules"])
        .arg(bad.path())
        .output()
        .unwrap();
    assert_eq!(failed.status.code(), Some(2));
    let said = String::from_utf8_lossy(&failed.stderr);
    assert!(!said.contains("serving"), "it never served: {said}");
    assert_eq!(get(running.address, "/").status, 200);
    assert!(running.child.try_wait().unwrap().is_none(), "the old one serves on");
}
