//! What a system may run out of while the proxy runs: files, and room on the disk.

use std::{
    io::{Read, Write},
    net::TcpStream,
    process::Command,
    time::{Duration, Instant},
};

use ledger::Ledger;

use crate::world::{
    Client, Program, at_stage, block_on, eventually, get, legacy, meter, native, nobody, raw,
    read_head, rules,
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

#[test]
fn a_full_disk_costs_verdicts_and_no_answers() {
    let old = legacy().route("/api/quotes/", "{}").start();
    let new = native().route("/api/quotes/", "{}").start();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("ledger");
    let rules = rules(&at_stage("shadow", old.address, new.address));
    // Nobody may make a file longer than that: what a write says is what a full disk says.
    let told = "trap '' XFSZ && ulimit -S -f 256";
    let program = Program::start_after(
        told,
        &rules,
        &["--ledger", file.to_str().unwrap(), "--no-access-log"],
    );
    let lost = || meter(program.admin, "outgrow_proxy_ledger_failed_total");
    let (mut asked, started) = (0, Instant::now());
    while lost() == 0 {
        assert!(started.elapsed() < Duration::from_mins(1), "{asked} requests, and nothing lost");
        block_on(async {
            let mut client = Client::connect(program.address).await.unwrap();
            for _ in 0..500 {
                assert_eq!(client.get("/api/quotes/").await.unwrap().status, 200);
            }
        });
        asked += 500;
    }
    let refused = Ledger::open_to_read(&file).unwrap().status().unwrap();
    let before = refused.first().map_or(0, |route| route.counts.same);
    println!("{asked} requests were answered, {} verdicts lost, {before} kept", lost());

    // There is room again: what waits is written without anybody's help.
    let pid = program.child.id().to_string();
    let more = Command::new("prlimit").args(["--fsize=unlimited", "--pid", &pid]).status();
    assert!(more.unwrap().success());
    let kept = || Ledger::open_to_read(&file).unwrap().status().unwrap()[0].counts.same;
    let began = Instant::now();
    eventually("what waited is kept", || {
        get(program.address, "/api/quotes/");
        kept() >= before + 4_000
    });
    println!("it was kept {:.1?} after there was room", began.elapsed());
}
