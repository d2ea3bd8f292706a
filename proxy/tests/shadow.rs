//! Copies and comparisons: they say what is different, they add up, and they hurt nobody.

use std::{
    io::Write,
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use bytes::Bytes;
use http::{Request, Response};
use ledger::Ledger;

use crate::world::{
    Body, Client, Program, Proxy, Upstream, at_stage, block_on, eventually, full, get, legacy,
    native, nobody, proxy, proxy_with, raw, read_head, rules, send, send_body,
};

/// Every reason, so that a test can show the balance.
fn balance(proxy: &Proxy) -> (usize, usize) {
    let expected = proxy.sum("outgrow_proxy_shadow_expected_total");
    (expected, proxy.sum("outgrow_proxy_shadow_outcomes_total"))
}

fn outcome(proxy: &Proxy, reason: &str) -> usize {
    let name = "outgrow_proxy_shadow_outcomes_total";
    proxy.meter(&format!(r#"{name}{{route="quotes",reason="{reason}"}}"#))
}

#[track_caller]
fn settles(proxy: &Proxy, expected: usize, reason: &str) {
    eventually("every sampled request has its outcome", || balance(proxy) == (expected, expected));
    let found = outcome(proxy, reason);
    let text = get(proxy.admin, "/metrics").text();
    assert_eq!(found, expected, "{reason}\n{text}");
}

#[test]
fn equal_answers_are_the_same_and_the_ledger_says_so() {
    let old = legacy().route("/api/quotes/", r#"{"a": 1, "b": 2}"#).start();
    let new = native().route("/api/quotes/", r#"{"b":2,"a":1}"#).start();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("ledger");
    let yaml = at_stage("shadow", old.address, new.address);
    let mut proxy = proxy_with(&yaml, |options| options.ledger = Some(file.clone()));
    for _ in 0..20 {
        assert_eq!(get(proxy.address, "/api/quotes/").status, 200);
    }
    settles(&proxy, 20, "same");
    proxy.stop();
    let status = Ledger::open_to_read(&file).unwrap().status().unwrap();
    assert_eq!(status.len(), 1);
    assert_eq!((status[0].context.as_str(), status[0].route.as_str()), ("market", "quotes"));
    assert_eq!(status[0].counts.same, 20);
}

#[test]
fn different_answers_are_kept_as_a_masked_sample() {
    let old = legacy().route("/api/quotes/", r#"{"price": "1.0", "token": "s3cret-one"}"#).start();
    let new = native().route("/api/quotes/", r#"{"price": "2.0", "token": "s3cret-two"}"#).start();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("ledger");
    let yaml = at_stage("shadow", old.address, new.address);
    let mut proxy = proxy_with(&yaml, |options| options.ledger = Some(file.clone()));
    let got = get(proxy.address, "/api/quotes/?token=s3cret-three");
    assert!(got.text().contains("1.0"), "the client gets legacy's answer");
    settles(&proxy, 1, "different");
    proxy.stop();
    let status = Ledger::open_to_read(&file).unwrap().status().unwrap();
    assert_eq!(status[0].counts.different, 1);
    for entry in std::fs::read_dir(folder.path()).unwrap() {
        let bytes = std::fs::read(entry.unwrap().path()).unwrap();
        let text = String::from_utf8_lossy(&bytes);
        assert!(!text.contains("s3cret"), "a secret reached the disk");
    }
}

#[test]
fn the_copy_is_the_request_and_its_answer_reaches_nobody() {
    let old = legacy().start();
    let new = native().reply("/api/quotes/", |_| {
        let answer = Response::builder().header("set-cookie", "sessionid=shadow");
        answer.body(full("{}")).unwrap()
    });
    let new = new.start();
    let proxy = proxy(&at_stage("shadow", old.address, new.address));
    let request = Request::get("/api/quotes/?a=b")
        .header("host", "shop.example:8443")
        .header("cookie", "sessionid=1")
        .header("authorization", "Token abc");
    let got = send(proxy.address, request);
    assert!(!got.headers.contains_key("set-cookie"));
    eventually("the copy arrives", || new.count() == 1);
    let (copy, original) = (&new.seen()[0], &old.seen()[0]);
    assert_eq!((copy.method.as_str(), copy.target.as_str()), ("GET", "/api/quotes/?a=b"));
    for name in ["host", "cookie", "authorization", "x-forwarded-for", "traceparent"] {
        assert_eq!(copy.header(name), original.header(name), "{name}");
    }
    assert_eq!(copy.header("x-outgrow-shadow"), "1");
    assert!(!original.headers.contains_key("x-outgrow-shadow"));
}

#[test]
fn what_has_effects_is_never_copied_and_a_copy_is_not_copied_again() {
    let (old, new) = (legacy().start(), native().start());
    let proxy = proxy(&at_stage("shadow", old.address, new.address));
    for method in ["POST", "PUT", "PATCH", "DELETE"] {
        let request = Request::builder().method(method).uri("/api/quotes/");
        send_body(proxy.address, request, "a=1");
    }
    send(proxy.address, Request::get("/api/quotes/").header("x-outgrow-shadow", "1"));
    send_body(proxy.address, Request::get("/api/quotes/"), "a body");
    assert_eq!(balance(&proxy), (0, 0));
    get(proxy.address, "/api/quotes/");
    eventually("only this one is copied", || balance(&proxy) == (1, 1));
    assert_eq!(new.count(), 1);
}

#[test]
fn parts_and_gzip() {
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    packed.write_all(br#"{"a": 1}"#).unwrap();
    let packed = Bytes::from(packed.finish().unwrap());
    let gzip = move |_: &_| -> Response<Body> {
        Response::builder()
            .header("content-type", "application/json")
            .header("content-encoding", "gzip")
            .body(full(packed.clone()))
            .unwrap()
    };
    let (old, new) = (
        legacy().reply("/api/quotes/", gzip).start(),
        native().route("/api/quotes/", r#"{"a":1}"#).start(),
    );
    let proxy = proxy(&at_stage("shadow", old.address, new.address));
    send(proxy.address, Request::get("/api/quotes/").header("range", "bytes=0-1"));
    settles(&proxy, 1, "truncated");
    assert_eq!(new.count(), 0, "a part is not even asked for");
    get(proxy.address, "/api/quotes/");
    eventually("a comparison", || balance(&proxy).1 == 2);
    let text = get(proxy.admin, "/metrics").text();
    assert_eq!(outcome(&proxy, "same"), 1, "{text}");
}

/// Many requests over a few connections; gives back how long each took.
fn load(address: SocketAddr, requests: usize) -> Vec<Duration> {
    const CLIENTS: usize = 8;
    block_on(async move {
        let clients = (0..CLIENTS).map(|_| {
            tokio::spawn(async move {
                let mut client = Client::connect(address).await.unwrap();
                let mut times = Vec::new();
                for _ in 0..requests / CLIENTS {
                    let started = Instant::now();
                    let got = client.get("/api/quotes/").await.expect("the proxy gives an answer");
                    assert_eq!(got.status, 200);
                    times.push(started.elapsed());
                }
                times
            })
        });
        let mut times = Vec::new();
        for client in clients.collect::<Vec<_>>() {
            times.extend(client.await.unwrap());
        }
        times.sort();
        times
    })
}

const REQUESTS: usize = 800;

/// The same load with the copies off and on; the clients must not notice.
#[track_caller]
fn harmless(kind: &str, old: &Upstream, sick: SocketAddr, reasons: &[&str]) {
    let off = proxy(&at_stage("legacy", old.address, sick));
    let on = proxy_with(&at_stage("shadow", old.address, sick), |options| {
        options.shadow_deadline = Duration::from_millis(500);
    });
    load(off.address, REQUESTS / 4);
    let (without, with) = (load(off.address, REQUESTS), load(on.address, REQUESTS));
    let at = |times: &[Duration], percent: usize| times[times.len() * percent / 100];
    println!(
        "{kind} shadow: client p50 {:.1?} -> {:.1?}, p99 {:.1?} -> {:.1?}",
        at(&without, 50),
        at(&with, 50),
        at(&without, 99),
        at(&with, 99)
    );
    // Far above noise and far below the 300 ms, 500 ms or forever of the sick side.
    assert!(at(&with, 50) < at(&without, 50) * 3 + Duration::from_millis(20), "{kind}");
    assert!(at(&with, 99) < at(&without, 99) * 3 + Duration::from_millis(100), "{kind}");
    eventually("the balance", || balance(&on) == (REQUESTS, REQUESTS));
    let found: usize = reasons.iter().map(|reason| outcome(&on, reason)).sum();
    let text = get(on.admin, "/metrics").text();
    assert_eq!(found, REQUESTS, "{kind}: {found} of {REQUESTS}\n{text}");
    let held = on.meter("outgrow_proxy_shadow_bytes");
    assert_eq!(held, 0, "{kind}: {held} bytes are still held");
}

#[test]
fn a_sick_shadow_hurts_nobody_and_the_counts_add_up() {
    let old = legacy().start();
    let hung = raw(|stream| {
        std::thread::sleep(Duration::from_secs(20));
        drop(stream);
    });
    harmless("hung", &old, hung, &["shed", "timed_out"]);
    let slow = native().slow(Duration::from_millis(300)).start();
    harmless("slow", &old, slow.address, &["shed", "different", "timed_out"]);
    harmless("refusing", &old, nobody(), &["shed", "native_failed"]);
    let trickling = raw(|mut stream| {
        read_head(&mut stream);
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n");
        while stream.write_all(b"x").is_ok() {
            std::thread::sleep(Duration::from_millis(100));
        }
    });
    harmless("trickling", &old, trickling, &["shed", "timed_out"]);
}

#[test]
fn an_endless_shadow_is_cut_at_the_limit_and_not_asked_each_time() {
    let old = legacy().start();
    let asked = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&asked);
    let endless = raw(move |mut stream| {
        count.fetch_add(1, Ordering::Relaxed);
        read_head(&mut stream);
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 1073741824\r\n\r\n");
        let piece = vec![b'x'; 1 << 16];
        while stream.write_all(&piece).is_ok() {}
    });
    let proxy = proxy(&at_stage("shadow", old.address, endless));
    let began = Instant::now();
    let mut requests = 0;
    while began.elapsed() < Duration::from_millis(200) {
        assert_eq!(get(proxy.address, "/api/quotes/").status, 200);
        requests += 1;
    }
    // One in ten milliseconds, and the first; the last request may have ended late.
    let most = usize::try_from(began.elapsed().as_millis() / 10).expect("a short time") + 1;
    eventually("the balance", || balance(&proxy) == (requests, requests));
    let cut = outcome(&proxy, "truncated") + outcome(&proxy, "timed_out");
    assert_eq!(cut + outcome(&proxy, "shed"), requests);
    let asked = asked.load(Ordering::Relaxed);
    assert!((2..=most).contains(&asked) && asked < requests, "{asked} of {requests}, {most}");
}

#[test]
fn a_large_answer_of_legacy_passes_whole_and_is_not_compared() {
    let large = "x".repeat(2 << 20);
    let old = legacy().reply("/api/quotes/", move |_| Response::new(full(large.clone())));
    let (old, new) = (old.start(), native().start());
    let proxy = proxy(&at_stage("shadow", old.address, new.address));
    assert_eq!(get(proxy.address, "/api/quotes/").body.len(), 2 << 20);
    settles(&proxy, 1, "truncated");
    assert_eq!(new.count(), 0, "there is nothing to compare with, so nobody is asked");
}

/// The length of a body that does not follow keeps nobody from comparing.
#[test]
fn a_long_answer_that_is_not_sent_again_is_compared() {
    let long = raw(|mut stream| {
        read_head(&mut stream);
        let _ = stream.write_all(b"HTTP/1.1 304 OK\r\nContent-Length: 1073741824\r\n\r\n");
    });
    let proxy = proxy(&at_stage("shadow", long, long));
    assert_eq!(get(proxy.address, "/api/quotes/").status, 304);
    settles(&proxy, 1, "same");
}

/// A connection in vain costs more than a copy, so a side that takes none is not dialled each time;
/// and it is dialled again soon.
#[test]
fn a_side_without_connections_rests_and_comes_back() {
    let old = legacy().start();
    let dialled = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&dialled);
    let no_tls = raw(move |_| _ = count.fetch_add(1, Ordering::Relaxed));
    let plain = format!("market: {{address: '{no_tls}'");
    let yaml = at_stage("shadow", old.address, no_tls)
        .replace(&plain, &format!("{plain}, tls: {{hostname: market.internal}}"));
    let proxy = proxy(&yaml);
    let until = Instant::now() + Duration::from_millis(500);
    let mut asked = 0;
    while Instant::now() < until {
        get(proxy.address, "/api/quotes/");
        asked += 1;
    }
    settles(&proxy, asked, "native_failed");
    let dialled = dialled.load(Ordering::Relaxed);
    assert!((2..=7).contains(&dialled) && dialled * 2 < asked, "{dialled} dials, {asked} copies");
}

#[test]
fn a_client_that_leaves_is_no_difference() {
    let slow = raw(|mut stream| {
        read_head(&mut stream);
        let _ =
            stream.write_all(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n");
        std::thread::sleep(Duration::from_secs(3));
    });
    let new = native().start();
    let proxy = proxy(&at_stage("shadow", slow, new.address));
    let mut client = std::net::TcpStream::connect(proxy.address).unwrap();
    client.write_all(b"GET /api/quotes/ HTTP/1.1\r\nHost: a\r\n\r\n").unwrap();
    read_head(&mut client);
    drop(client);
    settles(&proxy, 1, "client_aborted");
}

/// A side may close a connection that was kept just when a copy goes out on it.
#[test]
fn a_copy_that_met_the_end_of_its_connection_goes_out_once_more() {
    let old = legacy().route("/api/quotes/", "{}").start();
    let one_a_connection = raw(|mut stream| {
        read_head(&mut stream);
        let _ = stream.write_all(
            b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}",
        );
        read_head(&mut stream);
    });
    let proxy = proxy(&at_stage("shadow", old.address, one_a_connection));
    for copies in 1..=4 {
        get(proxy.address, "/api/quotes/");
        settles(&proxy, copies, "same");
    }
}

/// A side may answer before it read a body, and what is left is nobody's next request.
#[test]
fn nothing_follows_a_copy_with_a_body_on_its_connection() {
    let (began, seen) = std::sync::mpsc::sync_channel(100);
    let hasty = raw(move |mut stream| {
        loop {
            let head = read_head(&mut stream);
            let Some(line) = head.lines().next() else { return };
            let _ = began.send(line.to_owned());
            let _ = stream.write_all(
                b"HTTP/1.1 200 OK\r\nX-Outgrow-Shadow: isolated\r\nContent-Length: 0\r\n\r\n",
            );
        }
    });
    let old = legacy().start();
    let yaml = at_stage("shadow", old.address, hasty)
        .replace("{sample: 100%}", "{sample: 100%, writes: true}");
    let proxy = proxy(&yaml);
    for copies in 1..=3 {
        send_body(proxy.address, Request::post("/api/quotes/"), "GET /left/ HTTP/1.1\r\nX: ");
        get(proxy.address, "/api/quotes/");
        eventually("the balance", || balance(&proxy) == (2 * copies, 2 * copies));
    }
    let lines: Vec<String> = seen.try_iter().collect();
    let of = |start: &str| lines.iter().filter(|line| line.starts_with(start)).count();
    assert_eq!((of("POST /api/quotes/"), of("GET /api/quotes/")), (3, 3), "{lines:?}");
}

/// On a machine that is busy, whoever answers clients goes first.
#[cfg(target_os = "linux")]
#[test]
fn what_copies_and_compares_gives_way() {
    let rules = rules(&at_stage("shadow", nobody(), nobody()));
    let program = Program::start(&rules, &["--threads", "1"]);
    let niceness = |thread: &str| {
        let tasks = std::fs::read_dir(format!("/proc/{}/task", program.child.id())).unwrap();
        let stats = tasks.map(|task| std::fs::read_to_string(task.unwrap().path().join("stat")));
        let name = format!("({thread}) ");
        // A thread that has ended meanwhile is not the one.
        let stat = stats.filter_map(Result::ok).find(|stat| stat.contains(&name)).unwrap();
        // proc_pid_stat(5): the 19th field, of which the name is the second.
        let (_, fields) = stat.split_once(&name).unwrap();
        fields.split(' ').nth(16).unwrap().parse::<i32>().unwrap()
    };
    let ordinary = niceness("data-0");
    for thread in ["mirror", "compare"] {
        eventually(thread, || niceness(thread) == (ordinary + 10).min(19));
    }
}
