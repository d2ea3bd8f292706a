//! Sides that misbehave, and clients that do.

use std::{
    io::Write,
    net::TcpStream,
    time::{Duration, Instant},
};

use http::Request;

use crate::world::{
    Client, at_stage, block_on, eventually, get, legacy, native, nobody, proxy, raw, read_head,
    send, send_body, talk,
};

#[test]
fn nobody_at_home_is_a_502_without_our_insides() {
    let dead = nobody();
    let proxy = proxy(&at_stage("legacy", dead, dead));
    let got = get(proxy.address, "/");
    assert_eq!(got.status, 502);
    let read: serde_json::Value = serde_json::from_slice(&got.body).unwrap();
    eventually("the line", || !proxy.lines().is_empty());
    let line = &proxy.lines()[0];
    assert_eq!(read["request_id"], line["trace"]);
    assert_eq!((line["side"].as_str(), line["reason"].as_str()), (Some("us"), Some("unreachable")));
    let html = send(proxy.address, Request::get("/").header("accept", "text/html"));
    assert!(html.text().contains("<h1>Bad Gateway</h1>"), "{}", html.text());
    for page in [got.text(), html.text()] {
        assert!(!page.contains(&dead.port().to_string()), "an address leaked: {page}");
    }
}

#[test]
fn legacy_answers_when_native_is_not_there() {
    let old = legacy().start();
    let proxy = proxy(&at_stage("native", old.address, nobody()));
    assert!(get(proxy.address, "/api/quotes/").text().contains("legacy"));
    let posted = send_body(proxy.address, Request::post("/api/quotes/"), "a=1");
    assert_eq!(posted.status, 200, "nothing was sent yet, so a POST may go elsewhere");
    assert_eq!(old.seen()[1].body, "a=1");
    eventually("the lines", || proxy.lines().len() == 2);
    assert_eq!(proxy.lines()[0]["reason"], "native_unreachable");
    let series = r#"outgrow_proxy_fallbacks_total{route="quotes",reason="native_unreachable"}"#;
    proxy.counts(series, 2);
}

#[test]
fn a_side_that_hangs_is_a_504_in_time() {
    let old = legacy().slow(Duration::from_mins(1)).start();
    let yaml = at_stage("legacy", old.address, nobody())
        + "    timeouts: {request: 5s, backend_request: 300ms}\n";
    let proxy = proxy(&yaml);
    let started = Instant::now();
    assert_eq!(get(proxy.address, "/api/quotes/").status, 504);
    let took = started.elapsed();
    assert!(took >= Duration::from_millis(290) && took < Duration::from_secs(2), "{took:?}");
    assert_eq!(old.count(), 1, "what hung once is not asked again");
}

#[track_caller]
fn answered(answer: &'static [u8], status: u16) {
    let bad = raw(move |mut stream| {
        read_head(&mut stream);
        let _ = stream.write_all(answer);
    });
    let proxy = proxy(&at_stage("legacy", bad, nobody()));
    let said = String::from_utf8_lossy(answer).into_owned();
    assert_eq!(get(proxy.address, "/").status, status, "{said:?}");
}

#[test]
fn answers_that_are_none_are_a_502() {
    answered(b"", 502);
    answered(b"SSH-2.0-OpenSSH_9.2\r\n", 502);
    answered(b"HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n", 502);
    answered(b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab", 502);
    answered(b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n", 502);
    answered(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok", 200);
}

#[test]
fn a_cut_answer_is_never_completed() {
    for framing in ["Content-Length: 100", "Transfer-Encoding: chunked"] {
        let cut = raw(move |mut stream| {
            read_head(&mut stream);
            let head = format!("HTTP/1.1 200 OK\r\n{framing}\r\n\r\n5\r\nhello\r\n");
            let _ = stream.write_all(head.as_bytes());
            std::thread::sleep(Duration::from_millis(100));
        });
        let proxy = proxy(&at_stage("legacy", cut, nobody()));
        let got = block_on(async { Client::connect(proxy.address).await.unwrap().get("/").await });
        assert!(got.is_err(), "{framing}: a cut body was passed as whole: {got:?}");
    }
}

#[test]
fn connections_that_go_stale_cost_nobody_an_answer() {
    let closing = raw(|mut stream| {
        let head = read_head(&mut stream);
        if !head.is_empty() {
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
        }
    });
    let proxy = proxy(&at_stage("legacy", closing, nobody()));
    block_on(async {
        let mut client = Client::connect(proxy.address).await.unwrap();
        for number in 0..200 {
            assert_eq!(client.get("/").await.unwrap().status, 200, "request {number}");
        }
    });
}

#[test]
fn heads_that_two_parsers_read_differently_are_refused() {
    let old = legacy().start();
    let proxy = proxy(&at_stage("legacy", old.address, nobody()));
    for bad in [
        "GET / HTTP/1.1\r\n\r\n",
        "GET / HTTP/1.0\r\n\r\n",
        "TRACE / HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a/b\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: user@a\r\n\r\n",
        "GET @evil/ HTTP/1.1\r\nHost: a\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5, 5\r\n\r\nhello",
        "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
        "CONNECT a:1 HTTP/1.1\r\nHost: a:1\r\n\r\n",
    ] {
        let said = talk(proxy.address, bad.as_bytes());
        assert!(said.starts_with("HTTP/1.1 40"), "{bad:?} was answered {said:?}");
    }
    let large = format!("GET / HTTP/1.1\r\nHost: a\r\nX: {}\r\n\r\n", "x".repeat(70_000));
    assert!(talk(proxy.address, large.as_bytes()).starts_with("HTTP/1.1 431"));
    assert_eq!(old.count(), 0, "none of them reached a side");

    let both = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\
        Transfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /smuggled/ HTTP/1.1\r\nHost: a\r\n\r\n";
    talk(proxy.address, both.as_bytes());
    assert!(old.seen().iter().all(|seen| seen.target == "/" && seen.body.is_empty()));
    assert!(old.seen().iter().all(|seen| !seen.headers.contains_key("content-length")));
}

#[test]
fn a_proxy_that_meets_itself_stops() {
    // The proxy's own address is known only once it runs, so the rules learn it afterwards.
    let old = legacy().start();
    let proxy = proxy(&at_stage("legacy", old.address, nobody()));
    proxy.rules.write(&at_stage("legacy", proxy.address, nobody()));
    eventually("a loop is cut", || get(proxy.address, "/").status == 508);
}

#[test]
fn a_head_that_trickles_is_cut() {
    let old = legacy().start();
    let proxy = proxy(&at_stage("legacy", old.address, nobody()));
    let mut slow = TcpStream::connect(proxy.address).unwrap();
    let started = Instant::now();
    let head = format!("GET / HTTP/1.1\r\nHost: a\r\nX: {}", "x".repeat(1_000));
    let cut = head.bytes().find_map(|byte| {
        std::thread::sleep(Duration::from_millis(250));
        slow.write_all(&[byte]).err().map(|_| started.elapsed())
    });
    let cut = cut.expect("a thousand bytes at four a second take longer than anybody may");
    println!("a trickling head was cut after {cut:.1?}");
    assert!(cut > Duration::from_secs(9) && cut < Duration::from_secs(13), "{cut:?}");
    proxy.counts("outgrow_proxy_slow_heads_total", 1);
}

#[test]
fn a_native_answer_is_passed_on_whatever_it_says() {
    let old = legacy().start();
    let new = native().reply("/api/quotes/", |_| crate::world::json(500, "{}")).start();
    let proxy = proxy(&at_stage("native", old.address, new.address));
    assert_eq!(send_body(proxy.address, Request::post("/api/quotes/"), "a").status, 500);
    assert_eq!(old.count(), 0, "an unsafe request is not repeated elsewhere");
}
