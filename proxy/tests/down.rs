//! Every way down: fallback, breaker, roll-back, kill switch.

use std::{
    io::Write,
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use http::Request;
use tokio::time::{MissedTickBehavior, interval};

use crate::world::{
    Client, Program, at_stage, block_on, eventually, full, get, json, legacy, native, nobody,
    proxy, proxy_with, raw, read_head, rules, send, send_body,
};

#[test]
fn safe_requests_that_native_fails_are_answered_by_legacy() {
    let old = legacy().start();
    for status in [500, 502, 503, 501] {
        let new = native().reply("/api/quotes/", move |_| json(status, "{}")).start();
        let proxy = proxy(&at_stage("native", old.address, new.address));
        let got = get(proxy.address, "/api/quotes/");
        assert!(got.text().contains("legacy"), "{status}: {}", got.text());
        let posted = send_body(proxy.address, Request::post("/api/quotes/"), "a=1");
        assert_eq!(posted.status, status, "an unsafe request was asked for once");
        assert_eq!(new.count(), 2);
    }
}

/// A native side that fails a third of its requests is not sick enough to rest. Without a budget
/// the monolith would answer that third for ever; with it, a tenth, and what ten seconds save up.
#[test]
fn legacy_makes_up_for_a_tenth_of_the_requests_and_no_more() {
    const REQUESTS: usize = 900;
    const SAVED_UP: usize = 100;
    let old = legacy().start();
    let asked = AtomicU64::new(0);
    let new = native().reply("/api/quotes/", move |_| {
        let third = asked.fetch_add(1, Ordering::Relaxed).is_multiple_of(3);
        json(if third { 500 } else { 200 }, "{}")
    });
    let new = new.start();
    let proxy = proxy(&at_stage("native", old.address, new.address));
    let began = Instant::now();
    let failed = block_on(async {
        let mut client = Client::connect(proxy.address).await.unwrap();
        let mut failed = 0;
        for _ in 0..REQUESTS {
            let request = Request::get("/api/quotes/").body(full("")).unwrap();
            failed += usize::from(client.send(request).await.unwrap().status == 500);
        }
        failed
    });
    let per_second = 10 * usize::try_from(began.elapsed().as_secs() + 1).unwrap();
    let most = REQUESTS / 10 + SAVED_UP + per_second;
    assert!(old.count() <= most, "legacy was asked {} times of {most}", old.count());
    assert!(old.count() > SAVED_UP, "the tenth was used: {}", old.count());
    assert_eq!(failed + old.count(), REQUESTS / 3, "the rest is seen");
    assert_eq!(new.count(), REQUESTS);
}

#[test]
fn native_may_decline_what_it_does_not_implement() {
    let old = legacy().start();
    let new = native().reply("/api/quotes/", |_| {
        let mut answer = json(404, "{}");
        answer.headers_mut().insert("x-outgrow-decline", "no csv yet".parse().unwrap());
        answer
    });
    let new = new.start();
    let proxy = proxy(&at_stage("native", old.address, new.address));
    for _ in 0..20 {
        let posted = send_body(proxy.address, Request::post("/api/quotes/"), "a=1");
        assert!(posted.text().contains("legacy"), "{}", posted.text());
    }
    assert_eq!(new.count(), 20, "declining is no failure: native is asked every time");
    assert!(old.seen().iter().all(|seen| seen.body == "a=1"), "the body came along");
}

#[test]
fn a_native_side_that_breaks_off_is_answered_by_legacy() {
    let broken = raw(|mut stream| {
        read_head(&mut stream);
    });
    let old = legacy().start();
    let proxy = proxy(&at_stage("native", old.address, broken));
    assert!(get(proxy.address, "/api/quotes/").text().contains("legacy"));
    let posted = send_body(proxy.address, Request::post("/api/quotes/"), "a=1");
    assert_eq!(posted.status, 502, "it may have been done: nobody is asked twice");
    assert_eq!(old.count(), 1);
}

/// A head with a length waits for the first piece of its body: until then the client has nothing.
#[test]
fn a_native_side_that_says_no_more_than_a_head_is_answered_by_legacy() {
    let native = raw(|mut stream| {
        read_head(&mut stream);
        let head = b"HTTP/1.1 200 OK\r\nSet-Cookie: a=b\r\nContent-Length: 5\r\n\r\n";
        let _ = stream.write_all(head);
    });
    let old = legacy().start();
    let proxy = proxy(&at_stage("native", old.address, native));
    let got = get(proxy.address, "/api/quotes/");
    assert!(got.status == 200 && got.text().contains("legacy"), "{}", got.text());
    assert!(!got.headers.contains_key("set-cookie"), "{:?}", got.headers);
    proxy.counts(r#"outgrow_proxy_fallbacks_total{route="quotes",reason="native_failed"}"#, 1);
}

#[test]
fn a_sick_native_side_rests_and_then_is_rolled_back_for_a_human() {
    let old = legacy().start();
    let new = native().reply("/api/quotes/", |_| json(500, "{}")).start();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("holds");
    let yaml = at_stage("native", old.address, new.address);
    let mut first = proxy_with(&yaml, |options| options.holds = Some(file.clone()));
    for _ in 0..20 {
        assert_eq!(get(first.address, "/api/quotes/").status, 200);
    }
    assert_eq!(new.count(), 5, "after five failures nobody asks");
    let started = Instant::now();
    eventually("the probe fails and it is rolled back", || {
        assert_eq!(get(first.address, "/api/quotes/").status, 200);
        first.meter("outgrow_proxy_holds") == 1
    });
    assert!(started.elapsed() < Duration::from_secs(2), "{:?}", started.elapsed());
    assert_eq!(first.meter(r#"outgrow_proxy_roll_backs_total{route="quotes"}"#), 1);
    let asked = new.count();
    first.rules.write(&yaml.replace("'@markets'", "'@others'"));
    eventually("new rules", || first.meter("outgrow_proxy_rules_loads_total") == 1);
    get(first.address, "/api/quotes/");
    assert_eq!(new.count(), asked, "only a human brings it forward again");
    first.stop();
    let text = std::fs::read_to_string(&file).unwrap();
    assert!(text.contains("endpoint quotes") && text.contains("rolled back"), "{text}");

    let second = proxy_with(&yaml, |options| options.holds = Some(file.clone()));
    assert!(get(second.address, "/api/quotes/").text().contains("legacy"), "it survives");
    std::fs::write(&file, "").unwrap();
    eventually("let go", || {
        get(second.address, "/api/quotes/");
        new.count() > asked
    });
}

#[test]
fn a_native_side_that_recovers_is_asked_again() {
    let old = legacy().start();
    let sick = Arc::new(AtomicBool::new(true));
    let state = Arc::clone(&sick);
    let new = native().reply("/api/quotes/", move |_| {
        json(if state.load(Ordering::Relaxed) { 500 } else { 200 }, r#"{"by":"native"}"#)
    });
    let new = new.start();
    let proxy = proxy(&at_stage("native", old.address, new.address));
    for _ in 0..10 {
        assert!(get(proxy.address, "/api/quotes/").text().contains("legacy"));
    }
    sick.store(false, Ordering::Relaxed);
    eventually("it recovers", || get(proxy.address, "/api/quotes/").text().contains("native"));
    assert_eq!(proxy.meter("outgrow_proxy_holds"), 0);
}

#[test]
fn the_kill_switch_by_admin_port_file_and_signal() {
    const AT_ONCE: Duration = Duration::from_millis(100);
    let (old, new) = (legacy().start(), native().start());
    let folder = tempfile::tempdir().unwrap();
    let (file, token) = (folder.path().join("holds"), folder.path().join("token"));
    std::fs::write(&token, "s3cret\n").unwrap();
    let proxy = proxy_with(&at_stage("native", old.address, new.address), |options| {
        options.holds = Some(file.clone());
        options.admin_token_file = Some(token.clone());
        options.poll = Duration::from_mins(1);
    });
    let side = |by: &str| get(proxy.address, "/api/quotes/").text().contains(by);
    let order = |path: &str, line: &str| {
        let request = Request::post(path).header("authorization", "Bearer s3cret");
        send_body(proxy.admin, request, line.to_owned()).status.as_u16()
    };
    assert!(side("native"), "it runs");
    // Everything below works while the rules on disk are broken.
    proxy.rules.write("routes: [");
    eventually("broken rules", || proxy.meter("outgrow_proxy_rules_problems") > 0);
    for scope in ["endpoint quotes", "context market", "all"] {
        assert!(side("native"), "{scope}");
        assert_eq!(order("/hold", &format!("{scope} # incident 42")), 200);
        assert!(side("legacy"), "{scope}: in force when the answer is out");
        assert!(get(proxy.admin, "/holds").text().contains(scope));
        assert_eq!(order("/release", scope), 200);
    }
    assert_eq!(order("/hold", "everything"), 400);
    assert_eq!(send_body(proxy.admin, Request::post("/hold"), "all").status, 403);
    assert!(side("native"));

    let started = Instant::now();
    std::fs::write(&file, "context market\n").unwrap();
    eventually("by file", || side("legacy"));
    println!("the kill switch by file took {:.1?}", started.elapsed());
    assert!(started.elapsed() < AT_ONCE, "{:?}", started.elapsed());
    std::fs::remove_file(&file).unwrap();
    eventually("let go", || side("native"));

    let started = Instant::now();
    proxy.pull_kill_switch();
    eventually("by signal", || side("legacy"));
    assert!(started.elapsed() < AT_ONCE, "{:?}", started.elapsed());
}

#[test]
fn the_program_takes_the_signal() {
    let (old, new) = (legacy().start(), native().start());
    let rules = rules(&at_stage("native", old.address, new.address));
    let program = Program::start(&rules, &[]);
    assert!(get(program.address, "/api/quotes/").text().contains("native"));
    program.signal("-USR1");
    eventually("by signal", || get(program.address, "/api/quotes/").text().contains("legacy"));
}

#[test]
fn the_kill_switch_stops_copies_too() {
    let (old, new) = (legacy().start(), native().start());
    let proxy = proxy(&at_stage("shadow", old.address, new.address));
    proxy.pull_kill_switch();
    eventually("held", || proxy.meter("outgrow_proxy_holds") == 1);
    get(proxy.address, "/api/quotes/");
    assert_eq!(proxy.sum("outgrow_proxy_shadow_expected_total"), 0);
}

#[derive(Default)]
struct Counts {
    answered: AtomicU64,
    safe_failed: AtomicU64,
    unsafe_failed: AtomicU64,
    stop: AtomicBool,
}

const RATE: u64 = 1_000;
const CLIENTS: u64 = 8;

/// One request in ten is a POST, as on a busy trading site.
async fn play(address: SocketAddr, counts: Arc<Counts>) {
    let mut client = Client::connect(address).await.unwrap();
    let mut pace = interval(Duration::from_micros(1_000_000 * CLIENTS / (RATE * 3 / 2)));
    pace.set_missed_tick_behavior(MissedTickBehavior::Burst);
    for number in 0_u64.. {
        pace.tick().await;
        if counts.stop.load(Ordering::Relaxed) {
            return;
        }
        let is_safe = number % 10 != 0;
        let method = if is_safe { "GET" } else { "POST" };
        let body = if is_safe { "" } else { "a=1" };
        let request = Request::builder().method(method).uri("/api/quotes/");
        let answer = client.send(request.body(full(body)).unwrap()).await;
        let fine = answer.as_ref().is_ok_and(|got| got.status == 200);
        if answer.is_err() || answer.is_ok_and(|got| got.header("connection") == "close") {
            client = Client::connect(address).await.unwrap();
        }
        match (fine, is_safe) {
            (true, _) => &counts.answered,
            (false, true) => &counts.safe_failed,
            (false, false) => &counts.unsafe_failed,
        }
        .fetch_add(1, Ordering::Relaxed);
    }
}

#[test]
fn a_native_side_that_is_killed_under_load_is_hardly_noticed() {
    let (old, new) = (legacy().start(), native().slow(Duration::from_millis(2)).start());
    let proxy = proxy(&at_stage("native", old.address, new.address));
    let counts = Arc::new(Counts::default());
    let (shared, address) = (Arc::clone(&counts), proxy.address);
    let load = std::thread::spawn(move || {
        block_on(async move {
            let clients = (0..CLIENTS).map(|_| tokio::spawn(play(address, Arc::clone(&shared))));
            for client in clients.collect::<Vec<_>>() {
                client.await.unwrap();
            }
        });
    });
    eventually("the load runs", || counts.answered.load(Ordering::Relaxed) > RATE / 2);
    let (killed, before) = (Instant::now(), counts.answered.load(Ordering::Relaxed));
    drop(new);
    eventually("rolled back", || proxy.meter("outgrow_proxy_holds") == 1);
    let took = killed.elapsed();
    std::thread::sleep(Duration::from_secs(1));
    let answered = counts.answered.load(Ordering::Relaxed) - before;
    let rate = u128::from(answered) * 1_000 / killed.elapsed().as_millis();
    counts.stop.store(true, Ordering::Relaxed);
    load.join().unwrap();
    let [safe, other] =
        [&counts.safe_failed, &counts.unsafe_failed].map(|count| count.load(Ordering::Relaxed));
    println!(
        "native killed under {rate} requests/s: {safe} safe and {other} unsafe requests failed, \
         rolled back after {took:.0?}"
    );
    assert_eq!(safe, 0, "safe requests failed");
    assert!(other <= 50, "{other} unsafe requests failed");
    assert!(took < Duration::from_secs(1), "rolled back only after {took:?}");
    assert!(rate >= u128::from(RATE), "only {rate} requests/s flowed");
}

#[test]
fn nobody_on_either_side_is_still_an_answer() {
    let proxy = proxy(&at_stage("native", nobody(), nobody()));
    assert_eq!(send(proxy.address, Request::get("/api/quotes/")).status, 502);
}
