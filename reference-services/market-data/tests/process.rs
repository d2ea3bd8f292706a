//! The service as a process: health, a database that goes away, a signal, wrong arguments.

use std::process::Command;
use std::time::Duration;

use crate::world::http::Request;
use crate::world::{Native, wait_for};

/// A database that is not there: nothing listens in an empty folder.
const NOWHERE: &str = "postgresql://nobody@/none?host=/nonexistent";

#[test]
fn without_a_database_it_lives_and_says_that_it_is_not_ready() {
    let native = Native::start(NOWHERE);
    wait_for(native.address, "/healthz");
    let ready = Request::get("/readyz").send(native.address);
    assert_eq!(ready.status, 503);
    assert_eq!(ready.body, b"{\"status\":\"database unavailable\"}");
    let asked = Request::get("/api/market-data/sectors/").send(native.address);
    assert_eq!(asked.status, 503);
    assert_eq!(asked.body, b"{\"detail\":\"Service temporarily unavailable.\"}");
}

#[test]
fn a_signal_ends_it_with_success() {
    let mut native = Native::start(NOWHERE);
    wait_for(native.address, "/healthz");
    let id = native.process.0.id().to_string();
    assert!(Command::new("kill").arg(&id).status().expect("kill runs").success());
    for _ in 0..100 {
        if let Some(status) = native.process.0.try_wait().expect("it can be waited for") {
            assert!(status.success(), "{status}");
            return;
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    panic!("it did not end within 5 s of SIGTERM");
}

#[test]
fn exit_codes_tell_arguments_from_the_machine() {
    let run = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_market-data"));
        command.env_remove("DATABASE_URL").args(arguments);
        command.output().expect("the service starts").status.code()
    };
    assert_eq!(run(&["--listen", "nonsense"]), Some(2));
    assert_eq!(run(&[]), Some(2), "DATABASE_URL is missing");
    let held = std::net::TcpListener::bind("127.0.0.1:0").expect("a port that stays taken");
    let taken = held.local_addr().expect("its address").to_string();
    assert_eq!(run(&["--listen", &taken, "--database-url", NOWHERE]), Some(3));
}
