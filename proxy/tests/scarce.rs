//! What a system may run out of while the proxy runs: files, and room on the disk.

use std::{
    fs::{self, Permissions},
    io::{Read, Write},
    net::TcpStream,
    os::unix::fs::PermissionsExt,
    path::Path,
    process::Command,
    time::{Duration, Instant},
};

use ledger::Ledger;

use crate::world::{
    Client, Program, Rules, Upstream, at_stage, block_on, eventually, legacy, meter, native,
    nobody, raw, read_head, rules,
};

/// A client that had its answer and keeps its connection.
fn idle(address: std::net::SocketAddr) -> TcpStream {
    let mut stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(5))).unwrap();
    stream.write_all(b"HEAD / HTTP/1.1\r\nHost: a\r\n\r\n").unwrap();
    assert!(read_head(&mut stream).starts_with("HTTP/1.1 200 "));
    stream
}

fn is_closed(stream: &mut TcpStream) -> bool {
    stream.set_read_timeout(Some(Duration::from_millis(20))).unwrap();
    matches!(stream.read(&mut [0]), Ok(0))
}

#[test]
fn idle_clients_make_room_for_those_that_want_in_and_busy_ones_do_not() {
    let slow = raw(|mut stream| {
        loop {
            let head = read_head(&mut stream);
            if head.is_empty() {
                return;
            }
            if head.contains("/slow/") {
                std::thread::sleep(Duration::from_secs(2));
            }
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        }
    });
    let rules = rules(&at_stage("legacy", slow, nobody()));
    // 256 files are 96 clients.
    let program = Program::start_after("ulimit -n 256", &rules, &["--threads", "1"]);
    let mut busy = idle(program.address);
    busy.write_all(b"GET /slow/ HTTP/1.1\r\nHost: a\r\n\r\n").unwrap();
    let in_flight = || meter(program.admin, "outgrow_proxy_in_flight");
    eventually("it is under way", || in_flight() == 1);
    let mut resting: Vec<TcpStream> = (0..95).map(|_| idle(program.address)).collect();
    let closed = || meter(program.admin, "outgrow_proxy_idle_closed_total");
    assert_eq!(closed(), 0, "there was room for all of them");

    let started = Instant::now();
    let new = idle(program.address);
    let took = started.elapsed();
    println!("with all 96 taken, the next client had its answer after {took:.1?}");
    assert!(took < Duration::from_secs(1), "{took:?}");
    let gone = closed();
    assert!((1..=7).contains(&gone), "a sixteenth and one at most: {gone}");
    let state: Vec<bool> = resting.iter_mut().map(is_closed).collect();
    assert!(state[..gone].iter().all(|closed| *closed), "who rested longest: {state:?}");
    assert!(state[gone..].iter().all(|closed| !closed), "who did not: {state:?}");
    busy.set_read_timeout(Some(Duration::from_secs(5))).unwrap();
    assert!(read_head(&mut busy).starts_with("HTTP/1.1 200 "), "it had a request under way");
    drop(new);
}

/// Batches that wait for the ledger are of so many observations.
const WAITING: u64 = 4_096;

/// A proxy that compares, with its ledger in that file, started from a shell that was told
/// something.
fn comparing(told: &str, file: &Path) -> (Program, (Rules, [Upstream; 2])) {
    let old = legacy().route("/api/quotes/", "{}").start();
    let new = native().route("/api/quotes/", "{}").start();
    let rules = rules(&at_stage("shadow", old.address, new.address));
    let options = ["--ledger", file.to_str().unwrap(), "--no-access-log"];
    (Program::start_after(told, &rules, &options), (rules, [old, new]))
}

fn compared(program: &Program, times: u64) {
    block_on(async {
        let mut client = Client::connect(program.address).await.unwrap();
        for _ in 0..times {
            assert_eq!(client.get("/api/quotes/").await.unwrap().status, 200);
        }
    });
}

fn kept(file: &Path) -> u64 {
    let status = Ledger::open_to_read(file).and_then(|ledger| ledger.status());
    status.map_or(0, |routes| routes.iter().map(|route| route.counts.expected()).sum())
}

/// The ledger cannot be written, with so many observations in it, until `give_back` is called.
#[track_caller]
fn is_kept_in_the_end(program: &Program, file: &Path, before: u64, give_back: impl FnOnce()) {
    let lost = || meter(program.admin, "outgrow_proxy_ledger_failed_total");
    let refuses = || meter(program.admin, "outgrow_proxy_ledger_refuses");
    compared(program, WAITING + 500);
    eventually("what does not fit is counted", || lost() == 500);
    assert_eq!(refuses(), 1);
    give_back();
    let began = Instant::now();
    eventually("what waited is kept", || kept(file) == before + WAITING);
    let took = began.elapsed();
    println!("it was kept {took:.1?} after it could be");
    assert!(took < Duration::from_secs(1), "{took:?}");
    compared(program, 10);
    eventually("nothing is lost any more", || kept(file) == before + WAITING + 10);
    assert_eq!((lost(), refuses()), (500, 0));
}

#[test]
fn a_full_disk_costs_verdicts_and_no_answers() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("ledger");
    let (program, _world) = comparing("trap '' XFSZ", &file);
    let pid = program.child.id().to_string();
    // No file may grow beyond a page: what a write says is what a full disk says.
    let room = |bytes: &str| {
        let size = format!("--fsize={bytes}:");
        let limited = Command::new("prlimit").args([&size, "--pid", &pid]).status();
        assert!(limited.unwrap().success());
    };
    compared(&program, 500);
    eventually("some verdicts are kept", || kept(&file) == 500);
    room("4096");
    is_kept_in_the_end(&program, &file, 500, || room("unlimited"));
}

/// The rights of files are for root as well from here on.
const UNDER_RIGHTS: &str = "{ [ $(id -u) != 0 ] || exec setpriv --inh-caps=-dac_override \
    --bounding-set=-dac_override \"$0\" \"$@\"; }";

fn allow(path: &Path, rights: u32) {
    fs::set_permissions(path, Permissions::from_mode(rights)).unwrap();
}

#[test]
fn a_ledger_without_rights_at_the_start_costs_verdicts_and_no_answers() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("ledger");
    allow(folder.path(), 0o555);
    let (program, _world) = comparing(UNDER_RIGHTS, &file);
    is_kept_in_the_end(&program, &file, 0, || allow(folder.path(), 0o755));
    drop(program);

    allow(&file, 0o444);
    let (program, _world) = comparing(UNDER_RIGHTS, &file);
    is_kept_in_the_end(&program, &file, WAITING + 10, || allow(&file, 0o644));
}

#[test]
fn a_ledger_whose_rights_are_taken_costs_verdicts_and_no_answers() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("ledger");
    let (program, _world) = comparing(UNDER_RIGHTS, &file);
    compared(&program, 10);
    eventually("it is written to", || kept(&file) == 10);
    let journal = folder.path().join("ledger-journal");
    let all = |rights| [folder.path(), &file, &journal].iter().for_each(|of| allow(of, rights));
    all(0o555);
    is_kept_in_the_end(&program, &file, 10, || all(0o755));
}
