//! At the edge: bodies that are cut, clients that are slow, targets with two meanings.

use std::{
    io::{Read, Write},
    net::{Shutdown, SocketAddr, TcpStream},
    sync::mpsc::{Receiver, sync_channel},
    time::{Duration, Instant},
};

use http::Request;

use crate::world::{
    at_stage, eventually, get, legacy, native, nobody, proxy, raw, read_head, talk,
};

/// What an upstream saw of one connection: its head, its body, and whether it ended in good order.
struct Received {
    head: String,
    body: usize,
    in_order: bool,
}

fn sink() -> (SocketAddr, Receiver<Received>) {
    let (told, heard) = sync_channel(4);
    let address = raw(move |mut stream| {
        let head = read_head(&mut stream);
        let mut body = Vec::new();
        let in_order = stream.read_to_end(&mut body).is_ok();
        let _ = told.send(Received { head, body: body.len(), in_order });
    });
    (address, heard)
}

fn cut(proxy: SocketAddr, head: &str, body: &[u8]) {
    let mut client = TcpStream::connect(proxy).unwrap();
    client.write_all(format!("POST / HTTP/1.1\r\nHost: a\r\n{head}\r\n\r\n").as_bytes()).unwrap();
    client.write_all(body).unwrap();
    std::thread::sleep(Duration::from_millis(100));
    client.shutdown(Shutdown::Both).unwrap();
}

#[test]
fn a_short_body_that_is_cut_reaches_nobody() {
    let (sink, heard) = sink();
    let proxy = proxy(&at_stage("legacy", sink, nobody()));
    cut(proxy.address, "Content-Length: 100", b"0123456789");
    eventually("the line", || proxy.lines().iter().any(|line| line["reason"] == "client-left"));
    assert!(heard.try_recv().is_err(), "nobody was asked before the body was whole");
}

#[test]
fn a_long_body_that_is_cut_never_ends_in_good_order() {
    let (sink, heard) = sink();
    let proxy = proxy(&at_stage("legacy", sink, nobody()));
    cut(proxy.address, "Content-Length: 200000", &b"x".repeat(100_000));
    let received = heard.recv_timeout(Duration::from_secs(5)).unwrap();
    assert!(received.head.to_ascii_lowercase().contains("content-length: 200000"));
    assert!(received.body < 200_000, "{} bytes of 200,000 are not the whole", received.body);
    assert!(!received.in_order, "a reader takes an orderly end for the end of the body");
}

#[test]
fn a_chunked_body_that_is_cut_lacks_its_end() {
    let (sink, heard) = sink();
    let proxy = proxy(&at_stage("legacy", sink, nobody()));
    cut(proxy.address, "Transfer-Encoding: chunked", b"5;name=value\r\nhello\r\n");
    let received = heard.recv_timeout(Duration::from_secs(5)).unwrap();
    let head = received.head.to_ascii_lowercase();
    assert!(head.contains("transfer-encoding: chunked") && !head.contains("content-length"));
    assert!(received.body <= 10, "the extension or an end went out: {} bytes", received.body);
    assert!(!received.in_order);
}

/// A side that never reads a body: what follows a head is its next one, which it answers later.
fn hasty() -> SocketAddr {
    raw(|mut stream| {
        let mut wait = Duration::ZERO;
        loop {
            let head = read_head(&mut stream);
            let Some(target) = head.split(' ').nth(1) else { return };
            std::thread::sleep(wait);
            wait = Duration::from_millis(200);
            let length = target.len();
            let answer = format!("HTTP/1.1 413 \r\nContent-Length: {length}\r\n\r\n{target}");
            let _ = stream.write_all(answer.as_bytes());
        }
    })
}

fn answer_to(client: &mut TcpStream, target: &str) -> String {
    let mut body = vec![0; target.len()];
    let head = read_head(client);
    assert!(head.starts_with("HTTP/1.1 413 "), "{target}: {head:?}");
    client.read_exact(&mut body).unwrap();
    String::from_utf8(body).unwrap()
}

#[test]
fn what_is_left_of_a_body_that_was_answered_early_is_nobodys_next_request() {
    let proxy = proxy(&at_stage("legacy", hasty(), nobody()));
    let stray = "GET /stray/ HTTP/1.1\r\nHost: a\r\n\r\n";
    let body = stray.repeat(2_500);
    for framed in [
        format!("Content-Length: {}\r\n\r\n{body}", body.len()),
        format!("Transfer-Encoding: chunked\r\n\r\n{:x}\r\n{body}\r\n0\r\n\r\n", body.len()),
    ] {
        let mut client = TcpStream::connect(proxy.address).unwrap();
        client.set_read_timeout(Some(Duration::from_secs(5))).unwrap();
        let (head, rest) = framed.split_at(framed.find("GET").unwrap());
        let head = format!("POST /early/ HTTP/1.1\r\nHost: a\r\n{head}");
        client.write_all(head.as_bytes()).unwrap();
        assert_eq!(answer_to(&mut client, "/early/"), "/early/");
        client.write_all(rest.as_bytes()).unwrap();
        let mut more = String::new();
        client.read_to_string(&mut more).unwrap();
        assert_eq!(more, "", "its connection ends with its body");
        let next = get(proxy.address, "/after/");
        assert_eq!((next.status.as_u16(), next.text()), (413, "/after/".to_owned()), "{head}");
    }
}

#[test]
fn an_upload_that_stops_with_its_early_answer_takes_its_connection_along() {
    let proxy = proxy(&at_stage("legacy", hasty(), nobody()));
    for framing in ["Content-Length: 200000", "Transfer-Encoding: chunked"] {
        let mut client = TcpStream::connect(proxy.address).unwrap();
        client.set_read_timeout(Some(Duration::from_secs(5))).unwrap();
        let head = format!("POST /early/ HTTP/1.1\r\nHost: a\r\n{framing}\r\n\r\n5\r\nhe");
        client.write_all(head.as_bytes()).unwrap();
        assert_eq!(answer_to(&mut client, "/early/"), "/early/");
        drop(client);
        eventually("it is over", || proxy.meter("outgrow_proxy_in_flight") == 0);
        let next = get(proxy.address, "/after/");
        assert_eq!((next.status.as_u16(), next.text()), (413, "/after/".to_owned()), "{framing}");
    }
}

#[test]
fn bodies_arrive_as_they_were_sent() {
    let old = legacy().start();
    let proxy = proxy(&at_stage("legacy", old.address, nobody()));
    for (number, size) in [0, 1, 4_000, 65_536, 65_537, 1_000_000].into_iter().enumerate() {
        let body = vec![b'a' + u8::try_from(number).unwrap(); size];
        let got = crate::world::send_body(proxy.address, Request::post("/"), body.clone());
        assert_eq!(got.status, 200, "{size} bytes");
        assert_eq!(old.seen()[number].body, body, "{size} bytes");
    }
}

#[test]
fn a_client_that_waits_for_a_word_gets_it() {
    let old = legacy().start();
    let proxy = proxy(&at_stage("legacy", old.address, nobody()));
    let mut client = TcpStream::connect(proxy.address).unwrap();
    client.set_read_timeout(Some(Duration::from_secs(5))).unwrap();
    let head = "POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\
        Connection: close\r\n\r\n";
    client.write_all(head.as_bytes()).unwrap();
    assert!(read_head(&mut client).starts_with("HTTP/1.1 100 "));
    client.write_all(b"hello").unwrap();
    assert!(read_head(&mut client).starts_with("HTTP/1.1 200 "));
    assert_eq!(old.seen()[0].body, "hello");
    assert_eq!(old.seen()[0].header("expect"), "", "the body is there, nobody need ask for it");
    let other = "POST / HTTP/1.1\r\nHost: a\r\nExpect: a-miracle\r\nContent-Length: 5\r\n\r\nhello";
    assert!(talk(proxy.address, other.as_bytes()).starts_with("HTTP/1.1 417 "));
}

#[test]
fn a_body_that_trickles_is_cut() {
    let old = legacy().start();
    let proxy = proxy(&at_stage("legacy", old.address, nobody()));
    let mut slow = TcpStream::connect(proxy.address).unwrap();
    slow.write_all(b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\n").unwrap();
    let started = Instant::now();
    let cut = (0..100).find_map(|_| {
        std::thread::sleep(Duration::from_millis(250));
        slow.write_all(b"x").err().map(|_| started.elapsed())
    });
    let cut = cut.expect("a thousand bytes at four a second take longer than anybody may");
    println!("a trickling body was cut after {cut:.1?}");
    assert!(cut > Duration::from_secs(9) && cut < Duration::from_secs(14), "{cut:?}");
    proxy.counts("outgrow_proxy_slow_bodies_total", 1);
    assert_eq!(old.count(), 0);
}

#[test]
fn requests_in_one_packet_are_answered_in_order() {
    let old = legacy().reply("/a", |seen| crate::world::json(200, &seen.target)).start();
    let proxy = proxy(&at_stage("legacy", old.address, nobody()));
    let one = "GET /a?1 HTTP/1.1\r\nHost: a\r\n\r\n";
    let two = "POST /a?2 HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n\
        2\r\nhi\r\n0\r\n\r\n";
    let last = "GET /a?3 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
    let answers = talk(proxy.address, format!("{one}{two}{last}").as_bytes());
    let order: Vec<usize> = (1..=3)
        .map(|number| answers.find(&format!("/a?{number}")).expect("each has its answer"))
        .collect();
    assert!(order.is_sorted(), "{answers}");
    assert_eq!(old.seen()[1].body, "hi");
}

#[test]
fn native_gets_no_target_that_could_be_another_route() {
    let (old, new) = (legacy().start(), native().start());
    let mut yaml = at_stage("native", old.address, new.address);
    yaml = yaml.replace("match: {django: 'api/quotes/'}", "match: {re_path: '^api/quotes/'}");
    let proxy = proxy(&yaml);
    let answered = |target: &str| {
        let head = format!("GET {target} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
        let answer = talk(proxy.address, head.as_bytes());
        if answer.contains("native") {
            "native"
        } else if answer.contains("legacy") {
            "legacy"
        } else {
            "refused"
        }
    };
    for plain in
        ["/api/quotes/", "/api/quotes/7/", "/api/quotes/%C3%A9/", "/api/quotes/a%20b?x=/../"]
    {
        assert_eq!(answered(plain), "native", "{plain}");
    }
    for other in [
        "/api/quotes/../admin/",
        "/api/quotes/%2e%2e/admin/",
        "/api/quotes/%252e%252e/admin/",
        "/api/quotes/..%2fadmin/",
        "/api/quotes/..;/admin/",
        "/api/quotes/..%5cadmin/",
        "/api/quotes/x/../../admin/",
    ] {
        assert_eq!(answered(other), "legacy", "{other}");
    }
    for bad in ["/api/quotes\\..\\admin/", "/api/quotes/%zz/", "/api/quotes/%"] {
        assert_eq!(answered(bad), "refused", "{bad}");
    }
    assert!(new.seen().iter().all(|seen| !seen.target.contains("admin")));
    assert_eq!(get(proxy.address, "/api/quotes/?q=100%").status, 200, "a query is the view's own");
}
