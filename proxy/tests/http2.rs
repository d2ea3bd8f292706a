//! HTTP/2 from outside, frame by frame: what may not become a request of HTTP/1.1, and what may
//! not keep us busy.

use std::{
    io::{Read, Write},
    net::{SocketAddr, TcpStream},
    time::{Duration, Instant},
};

use crate::world::{at_stage, eventually, legacy, nobody, proxy};

pub(crate) const DATA: u8 = 0;
pub(crate) const HEADERS: u8 = 1;
pub(crate) const END_STREAM: u8 = 1;
pub(crate) const END_HEADERS: u8 = 4;

pub(crate) fn frame(kind: u8, flags: u8, stream: u32, payload: &[u8]) -> Vec<u8> {
    let length = u32::try_from(payload.len()).unwrap().to_be_bytes();
    let mut bytes = vec![length[1], length[2], length[3], kind, flags];
    bytes.extend(stream.to_be_bytes());
    bytes.extend(payload);
    bytes
}

/// RFC 7541: literal fields, never indexed, without Huffman codes.
pub(crate) fn block(fields: &[(&[u8], &[u8])]) -> Vec<u8> {
    let mut bytes = Vec::new();
    for (name, value) in fields {
        bytes.push(0);
        for text in [name, value] {
            match text.len() {
                short @ 0..127 => bytes.push(u8::try_from(short).unwrap()),
                long => {
                    let rest = long - 127;
                    let (low, high) = (rest % 128, rest / 128);
                    let digits = [127, low + 128, high];
                    bytes.extend(digits.map(|digit| u8::try_from(digit).unwrap()));
                }
            }
            bytes.extend(*text);
        }
    }
    bytes
}

fn connect(address: SocketAddr) -> TcpStream {
    let mut stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(5))).unwrap();
    let mut start = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".to_vec();
    start.extend(frame(4, 0, 0, b""));
    start.extend(frame(4, 1, 0, b""));
    stream.write_all(&start).unwrap();
    stream
}

/// Reads frames until stream 1 is answered, reset, or the connection ends.
fn outcome(stream: &mut TcpStream) -> String {
    loop {
        let mut head = [0; 9];
        if stream.read_exact(&mut head).is_err() {
            return "closed".to_owned();
        }
        let length = usize::from(head[1]) << 8 | usize::from(head[2]);
        let mut payload = vec![0; length];
        if stream.read_exact(&mut payload).is_err() {
            return "closed".to_owned();
        }
        match (head[3], head[8]) {
            // The status is the first field: 0x88 is 200 in the static table.
            (HEADERS, 1) => return format!("answer {:#x}", payload[0]),
            (3, 1) => return "reset".to_owned(),
            (7, _) => return "goaway".to_owned(),
            _ => {}
        }
    }
}

type Fields<'f> = Vec<(&'f [u8], &'f [u8])>;

fn good<'f>() -> Fields<'f> {
    vec![
        (b":method", b"POST"),
        (b":scheme", b"http"),
        (b":path", b"/a/"),
        (b":authority", b"shop.example"),
    ]
}

/// A request whose fields were changed, with a body of that many bytes.
fn case<'f>(change: impl FnOnce(&mut Fields<'f>), body: usize) -> (Vec<u8>, usize) {
    let mut fields = good();
    change(&mut fields);
    (block(&fields), body)
}

fn set<'f>(name: &'f [u8], value: &'f [u8]) -> (Vec<u8>, usize) {
    case(
        |fields| match fields.iter_mut().find(|field| field.0 == name) {
            Some(field) => field.1 = value,
            None => fields.push((name, value)),
        },
        0,
    )
}

fn without(name: &[u8]) -> (Vec<u8>, usize) {
    case(|fields| fields.retain(|field| field.0 != name), 0)
}

/// Bodies that are not as long as they say, and framing of the other version.
fn framing() -> Vec<(&'static str, (Vec<u8>, usize))> {
    let length = |value: &'static [u8], body| case(|f| f.push((b"content-length", value)), body);
    let both = |one: &'static [u8], other: &'static [u8]| {
        case(|f| f.extend([(&b"content-length"[..], one), (b"content-length", other)]), 3)
    };
    vec![
        ("CL over", length(b"5", 3)),
        ("CL under", length(b"2", 3)),
        ("CL 0 with a body", length(b"0", 3)),
        ("CL 5 without a body", length(b"5", 0)),
        ("CL sign", length(b"+3", 3)),
        ("CL minus", length(b"-3", 3)),
        ("CL hex", length(b"0x3", 3)),
        ("CL text", length(b"three", 3)),
        ("CL empty", length(b"", 3)),
        ("CL list", length(b"3, 4", 3)),
        ("CL space", length(b" 3", 3)),
        ("CL huge", length(b"99999999999999999999", 3)),
        ("CL twice, other", both(b"3", b"4")),
        ("TE chunked", set(b"transfer-encoding", b"chunked")),
        ("TE chunked, body", case(|f| f.push((b"transfer-encoding", b"chunked")), 5)),
        ("TE identity", set(b"transfer-encoding", b"identity")),
        (
            "TE and CL",
            case(
                |f| {
                    f.extend([
                        (&b"transfer-encoding"[..], &b"chunked"[..]),
                        (b"content-length", b"3"),
                    ]);
                },
                3,
            ),
        ),
        ("te gzip", set(b"te", b"gzip")),
        ("te chunked", set(b"te", b"trailers, chunked")),
        ("connection", set(b"connection", b"close")),
        ("connection names CL", set(b"connection", b"content-length")),
        ("keep-alive", set(b"keep-alive", b"timeout=5")),
        ("proxy-connection", set(b"proxy-connection", b"keep-alive")),
        ("upgrade", set(b"upgrade", b"h2c")),
    ]
}

/// Bytes that would end a line, a field or a head in HTTP/1.1.
fn bytes() -> Vec<(&'static str, (Vec<u8>, usize))> {
    vec![
        ("CR in a value", set(b"x-a", b"b\rc")),
        ("LF in a value", set(b"x-a", b"b\nc")),
        ("CRLF in a value", set(b"x-a", b"b\r\nevil: 1")),
        ("NUL in a value", set(b"x-a", b"b\0c")),
        ("leading space", set(b"x-a", b" b")),
        ("trailing space", set(b"x-a", b"b ")),
        ("leading tab", set(b"x-a", b"\tb")),
        ("DEL in a value", set(b"x-a", b"b\x7f")),
        ("CR in a name", set(b"x\ra", b"b")),
        ("LF in a name", set(b"x\na", b"b")),
        ("CRLF in a name", set(b"x: 1\r\ny", b"b")),
        ("NUL in a name", set(b"x\0a", b"b")),
        ("colon in a name", set(b"x:a", b"b")),
        ("space in a name", set(b"x a", b"b")),
        ("space behind a name", set(b"x-a ", b"b")),
        ("upper case name", set(b"X-A", b"b")),
        ("upper case length", set(b"Content-Length", b"0")),
        ("empty name", set(b"", b"b")),
        ("non-ASCII name", set(b"x-\xe9", b"b")),
        ("CR in method", set(b":method", b"GET\r")),
        ("LF in method", set(b":method", b"GET / HTTP/1.1\nx")),
        ("space in method", set(b":method", b"GET /evil")),
        ("empty method", set(b":method", b"")),
        ("CR in path", set(b":path", b"/a\r")),
        ("CRLF in path", set(b":path", b"/a HTTP/1.1\r\nx: y")),
        ("NUL in path", set(b":path", b"/a\0")),
        ("space in path", set(b":path", b"/a b")),
        ("tab in path", set(b":path", b"/a\tb")),
        ("CRLF in authority", set(b":authority", b"a\r\nx: y")),
        ("NUL in authority", set(b":authority", b"a\0b")),
        ("space in authority", set(b":authority", b"a b")),
        ("CRLF in scheme", set(b":scheme", b"http\r\nx: y")),
    ]
}

/// Pseudo-fields and names of the host.
fn pseudo() -> Vec<(&'static str, (Vec<u8>, usize))> {
    let twice = |name: &'static [u8], value: &'static [u8]| case(|f| f.push((name, value)), 0);
    vec![
        ("no method", without(b":method")),
        ("no path", without(b":path")),
        ("no scheme", without(b":scheme")),
        ("no authority", without(b":authority")),
        ("two methods", twice(b":method", b"GET")),
        ("two paths", twice(b":path", b"/b")),
        ("two authorities", twice(b":authority", b"other.example")),
        ("two schemes", twice(b":scheme", b"https")),
        ("unknown pseudo", twice(b":evil", b"1")),
        ("status in a request", twice(b":status", b"200")),
        ("pseudo behind a field", case(|f| f.insert(0, (b"x-a", b"b")), 0)),
        ("empty path", set(b":path", b"")),
        ("path without slash", set(b":path", b"a")),
        ("path of another host", set(b":path", b"http://evil.example/")),
        ("path @", set(b":path", b"@evil.example/")),
        ("path *, not OPTIONS", set(b":path", b"*")),
        ("other host", twice(b"host", b"other.example")),
        (
            "two hosts",
            case(|f| f.extend([(&b"host"[..], &b"shop.example"[..]), (b"host", b"b.example")]), 0),
        ),
        ("userinfo", set(b":authority", b"user@shop.example")),
        ("authority with a path", set(b":authority", b"shop.example/evil")),
        ("authority list", set(b":authority", b"a.example, b.example")),
        ("bad port", set(b":authority", b"shop.example:99999")),
        ("empty authority", set(b":authority", b"")),
        ("scheme ftp", set(b":scheme", b"ftp")),
        (
            "connect",
            case(
                |f| {
                    f.retain(|x| x.0 == b":authority");
                    f.push((b":method", b"CONNECT"));
                },
                0,
            ),
        ),
        ("trace", set(b":method", b"TRACE")),
    ]
}

#[test]
fn nothing_malformed_becomes_a_request_of_http1() {
    let legacy = legacy().start();
    let proxy = proxy(&at_stage("legacy", legacy.address, nobody()));
    let send = |(block, body): &(Vec<u8>, usize)| {
        let mut stream = connect(proxy.address);
        let flags = END_HEADERS | if *body == 0 { END_STREAM } else { 0 };
        let mut bytes = frame(HEADERS, flags, 1, block);
        if *body > 0 {
            bytes.extend(frame(DATA, END_STREAM, 1, &vec![b'x'; *body]));
        }
        stream.write_all(&bytes).unwrap();
        outcome(&mut stream)
    };
    // What is well formed passes, so that a refusal means something.
    for fine in [
        case(|_| (), 0),
        case(|f| f.push((b"content-length", b"3")), 3),
        set(b"te", b"trailers"),
        set(b"host", b"shop.example"),
    ] {
        assert_eq!(send(&fine), "answer 0x88");
    }
    let mut accepted = Vec::new();
    let cases: Vec<_> = [framing(), bytes(), pseudo()].concat();
    for (name, case) in &cases {
        let before = legacy.count();
        let outcome = send(case);
        if outcome == "answer 0x88" || legacy.count() > before {
            accepted.push(format!("{name}: {outcome}, {:?}", legacy.seen().last()));
        }
    }
    println!("{} cases, {} accepted", cases.len(), accepted.len());
    assert!(cases.len() >= 60 && accepted.is_empty(), "accepted:\n{}", accepted.join("\n"));
}

#[test]
fn cookies_in_pieces_are_one_line_and_the_authority_is_the_host() {
    let legacy = legacy().start();
    let proxy = proxy(&at_stage("legacy", legacy.address, nobody()));
    let mut fields = good();
    fields.extend([(&b"cookie"[..], &b"a=1"[..]), (b"cookie", b"b=2")]);
    let mut stream = connect(proxy.address);
    let flags = END_HEADERS | END_STREAM;
    stream.write_all(&frame(HEADERS, flags, 1, &block(&fields))).unwrap();
    assert_eq!(outcome(&mut stream), "answer 0x88");
    let seen = legacy.seen().pop().unwrap();
    assert_eq!(seen.header("cookie"), "a=1; b=2");
    assert_eq!(seen.header("host"), "shop.example");
    assert_eq!(seen.target, "/a/");
}

/// The library drops the fragment of a `:path` before anybody sees it. What is left is what is
/// routed and what is sent, so the two sides read one path.
#[test]
fn a_fragment_is_cut_off_before_the_request_is_routed() {
    let legacy = legacy().start();
    let proxy = proxy(&at_stage("legacy", legacy.address, nobody()));
    let (block, _) = set(b":path", b"/a#b");
    let mut stream = connect(proxy.address);
    stream.write_all(&frame(HEADERS, END_HEADERS | END_STREAM, 1, &block)).unwrap();
    assert_eq!(outcome(&mut stream), "answer 0x88");
    assert_eq!(legacy.seen().pop().unwrap().target, "/a");
}

/// Sends a flood until it is cut; returns the frames sent and the time it took.
fn flood(address: SocketAddr, frames: impl Fn(u32) -> Vec<Vec<u8>>) -> (usize, Duration) {
    let mut stream = connect(address);
    let mut reader = stream.try_clone().unwrap();
    let drain = std::thread::spawn(move || {
        let mut bytes = [0; 8_192];
        while reader.read(&mut bytes).is_ok_and(|read| read > 0) {}
    });
    std::thread::sleep(Duration::from_millis(20));
    let (started, mut sent, mut number) = (Instant::now(), 0, 1);
    while !drain.is_finished() && started.elapsed() < Duration::from_secs(5) {
        let batch: Vec<Vec<u8>> = (0..10)
            .flat_map(|_| {
                number += 2;
                frames(number - 2)
            })
            .collect();
        sent += batch.len();
        if stream.write_all(&batch.concat()).is_err() {
            break;
        }
        // A flood over a network arrives in pieces; so the count is not that of a socket buffer.
        std::thread::sleep(Duration::from_micros(200));
    }
    let took = started.elapsed();
    drop(stream);
    let _ = drain.join();
    (sent, took)
}

/// The frames of a flood by the number of their stream.
type Flood<'f> = Box<dyn Fn(u32) -> Vec<Vec<u8>> + 'f>;

#[test]
fn floods_are_cut() {
    let legacy = legacy().start();
    let proxy = proxy(&at_stage("legacy", legacy.address, nobody()));
    let request = |stream| frame(HEADERS, END_HEADERS | END_STREAM, stream, &block(&good()));
    let open = |stream| frame(HEADERS, END_HEADERS, stream, &block(&good()));
    let first = |number: u32, frame: Vec<u8>| (number == 1).then_some(frame);
    let field = block(&[(b"x-a", &[b'v'; 64])]).repeat(20);
    let floods: [(&str, Flood<'_>); 8] = [
        ("PING", Box::new(|_| vec![frame(6, 0, 0, b"12345678")])),
        ("SETTINGS", Box::new(|_| vec![frame(4, 0, 0, b"")])),
        ("rapid reset", Box::new(|n| vec![request(n), frame(3, 0, n, &[0, 0, 0, 8])])),
        ("made you reset", Box::new(|n| vec![request(n), frame(8, 0, n, &[0; 4])])),
        (
            "CONTINUATION",
            Box::new(|n| {
                let begin = first(n, frame(HEADERS, END_STREAM, 1, &block(&good())));
                begin.into_iter().chain([frame(9, 0, 1, &field)]).collect()
            }),
        ),
        (
            "empty DATA",
            Box::new(|n| first(n, open(1)).into_iter().chain([frame(DATA, 0, 1, b"")]).collect()),
        ),
        ("PRIORITY", Box::new(|n| vec![frame(2, 0, n, &[0, 0, 0, 0, 1])])),
        ("unknown", Box::new(|_| vec![frame(0xbe, 0, 0, b"x")])),
    ];
    for (name, frames) in floods {
        let (sent, took) = flood(proxy.address, frames);
        println!("{name}: cut after {sent} frames, {took:.0?}");
        assert!(sent <= 1_000 || took < Duration::from_millis(100), "{name}: {sent}, {took:?}");
    }
    eventually("no connection is left", || proxy.meter("outgrow_proxy_connections") == 0);
    let mut stream = connect(proxy.address);
    stream.write_all(&request(1)).unwrap();
    assert_eq!(outcome(&mut stream), "answer 0x88");
}

/// Sends a body of that length byte by byte; how it ended, and when.
fn trickle(address: SocketAddr, length: &str) -> (String, Duration) {
    let mut stream = connect(address);
    let mut fields = good();
    fields.push((b"content-length", length.as_bytes()));
    stream.write_all(&frame(HEADERS, END_HEADERS, 1, &block(&fields))).unwrap();
    let started = Instant::now();
    let mut sending = stream.try_clone().unwrap();
    let sender = std::thread::spawn(move || {
        for _ in 0..100 {
            std::thread::sleep(Duration::from_millis(250));
            if sending.write_all(&frame(DATA, 0, 1, b"x")).is_err() {
                break;
            }
        }
    });
    stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    let ended = (outcome(&mut stream), started.elapsed());
    let _ = stream.shutdown(std::net::Shutdown::Both);
    sender.join().unwrap();
    ended
}

#[test]
fn a_body_that_trickles_is_cut_on_its_own_stream() {
    let old = legacy().start();
    let proxy = proxy(&at_stage("legacy", old.address, nobody()));
    let address = proxy.address;
    let running = ["1000", "200000"]
        .map(|length| (length, std::thread::spawn(move || trickle(address, length))));
    for (length, run) in running {
        let (ended, after) = run.join().unwrap();
        println!("{length} bytes at four a second: {ended} after {after:.1?}");
        assert!(ended.starts_with("answer") || ended == "reset", "{length}: {ended}");
        assert!(after > Duration::from_secs(9) && after < Duration::from_secs(15), "{after:?}");
    }
    proxy.counts("outgrow_proxy_slow_bodies_total", 2);
    assert_eq!(old.count(), 0);
}
