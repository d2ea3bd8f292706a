//! The way out, in this process and of the real program.

use std::{
    net::TcpStream,
    process::Command,
    time::{Duration, Instant},
};

use proxy::Drained;

use crate::world::{
    Client, Program, at_stage, block_on, eventually, get, legacy, nobody, proxy_with, rules,
};

#[test]
fn readiness_first_then_the_door_then_those_inside() {
    let old = legacy().slow(Duration::from_millis(600)).start();
    let yaml = at_stage("legacy", old.address, nobody());
    let mut proxy = proxy_with(&yaml, |options| options.lame_duck = Duration::from_millis(300));
    let (address, admin) = (proxy.address, proxy.admin);
    let inside = std::thread::spawn(move || get(address, "/slow/"));
    eventually("it is inside", || old.count() == 1);

    proxy.ask_to_stop(1);
    eventually("unready at once", || get(admin, "/readyz").status == 503);
    assert!(TcpStream::connect(address).is_ok(), "the door is still open");
    eventually("the door is closed", || TcpStream::connect(address).is_err());
    let got = inside.join().unwrap();
    assert_eq!(got.status, 200);
    assert_eq!(got.header("connection"), "close");
    assert_eq!(proxy.ended(), Drained::Complete);
}

#[test]
fn idle_connections_do_not_hold_it_up() {
    let old = legacy().start();
    let mut proxy = proxy_with(&at_stage("legacy", old.address, nobody()), |_| {});
    block_on(async {
        let mut idle = Client::connect(proxy.address).await.unwrap();
        idle.get("/").await.unwrap();
        let started = Instant::now();
        let stopped = tokio::task::spawn_blocking(move || proxy.stop());
        assert_eq!(stopped.await.unwrap(), Some(Drained::Complete));
        assert!(started.elapsed() < Duration::from_secs(2), "{:?}", started.elapsed());
        assert!(idle.get("/").await.is_err(), "the connection is closed");
    });
}

#[test]
fn the_deadline_and_the_second_ask_end_it() {
    for asks in [1, 2] {
        let old = legacy().slow(Duration::from_mins(1)).start();
        let yaml = at_stage("legacy", old.address, nobody());
        let deadline = if asks == 1 { Duration::from_millis(300) } else { Duration::from_mins(1) };
        let mut proxy = proxy_with(&yaml, |options| options.drain = deadline);
        let address = proxy.address;
        std::thread::spawn(move || {
            TcpStream::connect(address).map(|mut stream| {
                use std::io::{Read, Write};
                let _ = stream.write_all(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n");
                let _ = stream.read(&mut [0]);
            })
        });
        eventually("it hangs inside", || old.count() == 1);
        let started = Instant::now();
        proxy.ask_to_stop(asks);
        assert_eq!(proxy.ended(), Drained::Cut);
        assert!(started.elapsed() < Duration::from_secs(2), "{:?}", started.elapsed());
    }
}

#[test]
fn the_program_ends_with_0_when_it_is_asked_to() {
    let old = legacy().slow(Duration::from_millis(300)).start();
    let rules = rules(&at_stage("legacy", old.address, nobody()));
    for signal in ["-TERM", "-INT"] {
        let mut program = Program::start(&rules, &[]);
        let (address, before) = (program.address, old.count());
        let inside = std::thread::spawn(move || get(address, "/slow/"));
        eventually("it is inside", || old.count() > before);
        program.signal(signal);
        assert_eq!(inside.join().unwrap().status, 200, "{signal}");
        assert_eq!(program.child.wait().unwrap().code(), Some(0), "{signal}");
    }
}

#[test]
fn the_program_says_why_it_does_not_start() {
    let start = |rules: &std::path::Path, more: &[&str]| {
        let program = Command::new(env!("CARGO_BIN_EXE_outgrow-proxy"))
            .args(["--listen", "127.0.0.1:0", "--admin", "127.0.0.1:0", "--rules"])
            .arg(rules)
            .args(more)
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&program.stderr).into_owned();
        (program.status.code(), said)
    };
    let good = rules(&at_stage("legacy", nobody(), nobody()));
    let bad = rules(&at_stage("legasy", nobody(), nobody()));
    let (code, said) = start(&bad.path(), &[]);
    assert_eq!(code, Some(2), "{said}");
    assert!(said.contains("rules.yaml:10") && said.contains("legasy"), "{said}");
    assert_eq!(start(std::path::Path::new("/no/such/folder"), &[]).0, Some(2));
    assert_eq!(start(&good.path(), &["--ledger", "/no/such/folder/ledger"]).0, Some(3));
    assert_eq!(start(&good.path(), &["--drain", "soon"]).0, Some(2));
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let taken = taken.local_addr().unwrap().to_string();
    assert_eq!(start(&good.path(), &["--listen", &taken]).0, Some(2), "given twice");
}
