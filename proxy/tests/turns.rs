//! One connection whose requests take turns between the way that is ours and the library's.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{SocketAddr, TcpStream},
    sync::{Mutex, mpsc},
    time::Duration,
};

use crate::world::{at_stage, nobody, proxy, raw, read_head};

/// What goes each way, by number: without a body, with one, in chunks, for the next hop, to a host.
const REQUESTS: [&str; 8] = [
    "GET /0 HTTP/1.1\r\nHost: a\r\n\r\n",
    "POST /1 HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\nGET ",
    "GET /2 HTTP/1.1\r\nHost: a\r\n\r\n",
    "PUT /3 HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n0\r\n\r\n",
    "GET /4 HTTP/1.1\r\nHost: a\r\nTE: trailers\r\nConnection: TE\r\n\r\n",
    "\r\nDELETE /5 HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n",
    "GET http://a/6 HTTP/1.1\r\nHost: a\r\n\r\n",
    "GET /7 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
];

/// A side that answers with what it was asked.
fn mirror() -> SocketAddr {
    raw(|stream| {
        let mut requests = BufReader::new(stream);
        loop {
            let mut head = Vec::new();
            while !head.ends_with(b"\r\n\r\n") {
                if requests.read_until(b'\n', &mut head).unwrap_or(0) == 0 {
                    return;
                }
            }
            let head = String::from_utf8(head).unwrap().to_ascii_lowercase();
            let mut body = Vec::new();
            if head.contains("chunked") {
                while !body.ends_with(b"0\r\n\r\n") {
                    requests.read_until(b'\n', &mut body).unwrap();
                }
            } else if let Some((_, length)) = head.split_once("content-length: ") {
                body.resize(length.lines().next().unwrap().parse().unwrap(), 0);
                requests.read_exact(&mut body).unwrap();
            }
            let says = format!("{}+{};", head.lines().next().unwrap(), body.len());
            let answer = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n{says}", says.len());
            let _ = requests.get_mut().write_all(answer.as_bytes());
        }
    })
}

/// What the mirror was asked, in the order of the answers.
fn answers(read: &str) -> Vec<String> {
    let bodies = read.split("\r\n\r\n").skip(1);
    bodies.map(|body| body.split_once(';').expect("a whole answer").0.to_owned()).collect()
}

#[track_caller]
fn are_all(read: &str) {
    let expected = [
        "get /0 http/1.1+0",
        "post /1 http/1.1+4",
        "get /2 http/1.1+0",
        "put /3 http/1.1+12",
        "get /4 http/1.1+0",
        "delete /5 http/1.1+0",
        "get /6 http/1.1+0",
        "get /7 http/1.1+0",
    ];
    assert_eq!(answers(read), expected, "{read}");
}

#[test]
fn requests_of_both_ways_are_answered_in_their_order() {
    let proxy = proxy(&at_stage("legacy", mirror(), nobody()));
    let connect = || {
        let client = TcpStream::connect(proxy.address).unwrap();
        client.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
        client.set_nodelay(true).unwrap();
        client
    };
    let all = REQUESTS.concat();
    for piece in [all.len(), 200, 77, 3] {
        let (mut client, mut read) = (connect(), String::new());
        for bytes in all.as_bytes().chunks(piece) {
            client.write_all(bytes).unwrap();
        }
        client.read_to_string(&mut read).unwrap();
        are_all(&read);
    }
    let (mut client, mut read) = (BufReader::new(connect()), Vec::new());
    for request in REQUESTS {
        client.get_mut().write_all(request.as_bytes()).unwrap();
        client.read_until(b';', &mut read).unwrap();
    }
    client.read_to_end(&mut read).unwrap();
    are_all(&String::from_utf8(read).unwrap());
}

/// With a body it is the library that carries it.
#[test]
fn whoever_says_that_it_was_the_last_request_is_let_go() {
    let proxy = proxy(&at_stage("legacy", mirror(), nobody()));
    for options in ["close", "keep-alive\r\nConnection: Close", "keep-alive , close"] {
        for body in ["", "Content-Length: 2\r\n"] {
            let mut client = TcpStream::connect(proxy.address).unwrap();
            client.set_read_timeout(Some(Duration::from_secs(5))).unwrap();
            let head = format!("PUT / HTTP/1.1\r\nHost: a\r\nConnection: {options}\r\n{body}\r\n");
            client.write_all(head.as_bytes()).unwrap();
            client.write_all(if body.is_empty() { b"" } else { b"ok" }).unwrap();
            let mut read = String::new();
            client.read_to_string(&mut read).expect("the connection ends");
            assert!(read.contains("\r\nConnection: close\r\n"), "{head}{read}");
        }
    }
}

#[test]
fn a_head_is_not_held_back_until_its_body_comes() {
    let (seen, is_seen) = mpsc::channel();
    let is_seen = Mutex::new(is_seen);
    let patient = raw(move |mut stream| {
        read_head(&mut stream);
        let head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
        let _ = stream.write_all(head);
        is_seen.lock().unwrap().recv_timeout(Duration::from_secs(10)).unwrap();
        let _ = stream.write_all(b"2\r\nok\r\n0\r\n\r\n");
    });
    let proxy = proxy(&at_stage("legacy", patient, nobody()));
    let mut client = TcpStream::connect(proxy.address).unwrap();
    client.set_read_timeout(Some(Duration::from_secs(5))).unwrap();
    client.write_all(b"GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n").unwrap();
    let head = read_head(&mut client);
    assert!(head.contains("chunked") && head.contains("Connection: close"), "{head}");
    assert!(head.contains("date: ") || head.contains("Date: "), "{head}");
    seen.send(()).unwrap();
    let mut body = String::new();
    client.read_to_string(&mut body).unwrap();
    assert_eq!(body, "2\r\nok\r\n0\r\n\r\n");
}
