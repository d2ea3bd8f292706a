//! What a side may send, fault by fault: a 502 or a visible cut for the client, and the next
//! request, over a connection that is a new one, is answered as if nothing had been.

use std::{
    io::{Read, Write},
    net::{SocketAddr, TcpStream},
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use crate::world::{at_stage, eventually, nobody, proxy, raw, read_head, reset, talk};

/// What the client must see.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sees {
    /// This status, with a whole body.
    Whole(u16),
    /// An answer that visibly lacks its end.
    Cut,
}

use Sees::{Cut, Whole};

struct Fault {
    name: &'static str,
    says: Vec<u8>,
    /// Whether the side resets the connection instead of closing it.
    resets: bool,
    sees: Sees,
    /// Whether the connection may be used again.
    reusable: bool,
}

fn fault(name: &'static str, says: impl Into<Vec<u8>>, sees: Sees) -> Fault {
    Fault { name, says: says.into(), resets: false, sees, reusable: false }
}

const OK: &str = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
const CHUNKED: &str = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";

fn with_field(field: &str) -> String {
    format!("HTTP/1.1 200 OK\r\n{field}\r\nContent-Length: 2\r\n\r\nok")
}

fn cut_faults() -> Vec<Fault> {
    let head = "HTTP/1.1 200 OK\r\nContent-Le";
    let sized = format!("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{}", "x".repeat(100));
    let chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
    let reset = |fault: Fault| Fault { resets: true, ..fault };
    vec![
        fault("close", "", Whole(502)),
        reset(fault("reset", "", Whole(502))),
        fault("close in the head", head, Whole(502)),
        reset(fault("reset in the head", head, Whole(502))),
        fault("close in the body", sized.clone(), Cut),
        reset(fault("reset in the body", sized, Cut)),
        fault("close in a chunk", format!("{chunked}64\r\n{}", "x".repeat(50)), Cut),
        fault("no last chunk", format!("{chunked}5\r\nhello\r\n"), Cut),
        fault("no last line", format!("{chunked}5\r\nhello\r\n0\r\n"), Cut),
        fault("chunk size", format!("{chunked}zz\r\nhello\r\n0\r\n\r\n"), Whole(502)),
        fault("chunk end", format!("{chunked}5\r\nhelloXX0\r\n\r\n"), Whole(502)),
    ]
}

fn framing_faults() -> Vec<Fault> {
    let both = "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n";
    let two = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 2\r\n\r\nok";
    let chunks = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n";
    let evil = "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nEVIL";
    vec![
        fault("two lengths", two.replacen("h: 2", "h: 5", 1), Whole(502)),
        fault("two equal lengths", two, Whole(502)),
        fault("list of lengths", OK.replace(": 2", ": 2, 2"), Whole(502)),
        fault("length x", OK.replace(": 2", ": x"), Whole(502)),
        fault("length +2", OK.replace(": 2", ": +2"), Whole(502)),
        fault("length and chunks", format!("HTTP/1.1 200 OK\r\n{both}"), Whole(502)),
        fault("chunks in HTTP/1.0", chunks.replacen("1.1", "1.0", 1), Whole(502)),
        fault("chunks without a body", chunks.replacen("200 OK", "204 N", 1), Whole(502)),
        fault("chunks, and chunks", chunks.replacen("chunked", "chunked, chunked", 1), Whole(502)),
        fault("coding cow", "HTTP/1.1 200 OK\r\nTransfer-Encoding: cow\r\n\r\nok", Whole(502)),
        fault("bytes behind the end", format!("{OK}EXTRA{evil}"), Whole(200)),
        fault("until close", "HTTP/1.1 200 OK\r\n\r\nuntil-close", Whole(200)),
    ]
}

fn head_faults() -> Vec<Fault> {
    let (many, too_many) = ("X-A: 1\r\n".repeat(2_000), "X-A: 1\r\n".repeat(201));
    let continues = "HTTP/1.1 100 Continue\r\n\r\n";
    vec![
        fault("garbage", b"\x00\xff\x17\x03garbage\xfe\r\n\r\n".to_vec(), Whole(502)),
        fault("another protocol", "SSH-2.0-x\r\n\r\n", Whole(502)),
        fault("large head", with_field(&format!("X: {}", "h".repeat(200_000))), Whole(502)),
        fault("2,000 fields", with_field(many.trim_end()), Whole(502)),
        fault("201 fields", with_field(too_many.trim_end()), Whole(502)),
        fault("CR in a value", with_field("X: a\rSet-Cookie: evil=1"), Whole(502)),
        fault("NUL in a value", with_field("X: a\0b"), Whole(502)),
        fault("status 999", "HTTP/1.1 999 X\r\nContent-Length: 0\r\n\r\n", Whole(502)),
        fault("status 2OO", "HTTP/1.1 2OO OK\r\nContent-Length: 0\r\n\r\n", Whole(502)),
        fault("1,000 times 100", continues.repeat(1_000) + OK, Whole(502)),
        fault("9 times 100", continues.repeat(9) + OK, Whole(502)),
        fault(
            "unasked 101",
            "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\nRAW",
            Whole(502),
        ),
    ]
}

/// Heads that the library would mend, and bodies whose lines it would take. A body that breaks in
/// the packet of its head was not begun yet.
fn mended_faults() -> Vec<Fault> {
    let chunked = |body: &str| format!("{CHUNKED}{body}");
    vec![
        fault("lines that end in LF", OK.replace("\r\n", "\n"), Whole(502)),
        fault("one line that ends in LF", OK.replacen("\r\n", "\n", 1), Whole(502)),
        fault("an empty line that is LF", OK.replace("\r\n\r\n", "\r\n\n"), Whole(502)),
        fault("LF in the middle", with_field("X: a\nY: b"), Whole(502)),
        fault("an empty line before", format!("\r\n{OK}"), Whole(502)),
        fault("a folded field", with_field("X: a\r\n b"), Whole(502)),
        fault("a field folded with a tab", with_field("X: a\r\n\tb"), Whole(502)),
        fault("a blank before the first field", with_field(" X: a"), Whole(502)),
        fault("a blank before the colon", with_field("X : a"), Whole(502)),
        fault("a tab before the colon", with_field("Content-Length\t: 2"), Whole(502)),
        fault("no colon", with_field("X"), Whole(502)),
        fault("no name", with_field(": a"), Whole(502)),
        fault("a control in a name", with_field("X\x01: a"), Whole(502)),
        fault("a control in a value", with_field("X: \x01"), Whole(502)),
        fault("HTTP/2.0", OK.replacen("1.1", "2.0", 1), Whole(502)),
        fault("HTTP/1.2", OK.replacen("1.1", "1.2", 1), Whole(502)),
        fault("http/1.1", OK.replacen("HTTP", "http", 1), Whole(502)),
        fault("two blanks before the status", OK.replacen(" 200", "  200", 1), Whole(502)),
        fault("status 0200", OK.replacen("200", "0200", 1), Whole(502)),
        fault("status 099", OK.replacen("200", "099", 1), Whole(502)),
        fault("a control in the reason", OK.replacen("OK", "O\x07K", 1), Whole(502)),
        fault("a chunk line that ends in LF", chunked("2\nok\r\n0\r\n\r\n"), Whole(502)),
        fault("chunk data that ends in LF", chunked("2\r\nok\n0\r\n\r\n"), Whole(502)),
        fault("a chunk size of 0x2", chunked("0x2\r\nok\r\n0\r\n\r\n"), Whole(502)),
        fault("a chunk size of +2", chunked("+2\r\nok\r\n0\r\n\r\n"), Whole(502)),
        fault("LF in a chunk extension", chunked("2;a\nb\r\nok\r\n0\r\n\r\n"), Whole(502)),
        fault("a trailer that is none", chunked("2\r\nok\r\n0\r\nevil\r\n\r\n"), Whole(502)),
    ]
}

/// What looks odd and is none: it passes, and the connection stays.
fn fine() -> Vec<Fault> {
    let hints = "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n";
    let chunked = |body: &str| format!("{CHUNKED}{body}");
    [
        fault("an answer", OK, Whole(200)),
        fault("early hints", format!("{hints}{OK}"), Whole(200)),
        fault("no reason", OK.replacen("200 OK", "200", 1), Whole(200)),
        fault("an empty reason", OK.replacen("200 OK", "200 ", 1), Whole(200)),
        fault("a reason in another alphabet", OK.replacen("OK", "d\u{e9}j\u{e0}", 1), Whole(200)),
        fault("an empty value", with_field("X:"), Whole(200)),
        fault("chunks", chunked("2\r\nok\r\n0\r\n\r\n"), Whole(200)),
        fault("chunks with a name", chunked("2;a=\"b\"\r\nok\r\n0\r\nX: y\r\n\r\n"), Whole(200)),
        fault("500", "HTTP/1.1 500 E\r\nContent-Length: 1\r\n\r\ne", Whole(500)),
        fault("503", "HTTP/1.1 503 E\r\nRetry-After: 1\r\nContent-Length: 1\r\n\r\ne", Whole(503)),
    ]
    .into_iter()
    .map(|fault| Fault { reusable: true, ..fault })
    .collect()
}

fn side(fault: &Fault, connections: &Arc<AtomicUsize>) -> SocketAddr {
    let (says, resets, reusable) = (fault.says.clone(), fault.resets, fault.reusable);
    let connections = Arc::clone(connections);
    raw(move |mut stream: TcpStream| {
        connections.fetch_add(1, Ordering::SeqCst);
        loop {
            let head = read_head(&mut stream);
            if head.is_empty() {
                return;
            }
            if head.starts_with("GET /next/") {
                let _ = stream.write_all(OK.as_bytes());
                continue;
            }
            let _ = stream.write_all(&says);
            let whole = says.ends_with(b"ok") || says.ends_with(b"EVIL") || reusable;
            if resets {
                // Let the bytes arrive: a reset overtakes what was not read yet.
                std::thread::sleep(Duration::from_millis(50));
                return reset(stream);
            }
            if !whole {
                return;
            }
        }
    })
}

/// Status and whether the body is whole, read as a client must.
fn read(answer: &str) -> Option<Sees> {
    let (mut head, mut body) = answer.split_once("\r\n\r\n")?;
    while head.starts_with("HTTP/1.1 1") {
        (head, body) = body.split_once("\r\n\r\n")?;
    }
    let status = head.split(' ').nth(1)?.parse().ok()?;
    let head = head.to_ascii_lowercase();
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
    let whole = match length {
        Some(length) => length.parse() == Ok(body.len()),
        None if head.contains("transfer-encoding: chunked") => body.ends_with("0\r\n\r\n"),
        None => true,
    };
    Some(if whole { Whole(status) } else { Cut })
}

fn check(fault: &Fault) -> Result<(), String> {
    let connections = Arc::new(AtomicUsize::new(0));
    let proxy = proxy(&at_stage("legacy", side(fault, &connections), nobody()));
    let ask = |path: &str| {
        let head = format!("POST {path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
        talk(proxy.address, head.replacen("POST", "GET", 1).as_bytes())
    };
    let answer = ask("/");
    let seen = read(&answer);
    if seen != Some(fault.sees) {
        return Err(format!("{}: {seen:?} instead of {:?}: {answer:?}", fault.name, fault.sees));
    }
    if answer.contains("EVIL") || answer.contains("evil") || answer.contains("RAW") {
        return Err(format!("{}: bytes came through: {answer:?}", fault.name));
    }
    let mut reused = false;
    // A connection is kept once its answer is out; a client that is quicker gets another one.
    for _ in 0..if fault.reusable { 20 } else { 1 } {
        let before = connections.load(Ordering::SeqCst);
        let next = ask("/next/");
        if read(&next) != Some(Whole(200)) || !next.ends_with("\r\n\r\nok") {
            return Err(format!("{}: the next request got {next:?}", fault.name));
        }
        reused = connections.load(Ordering::SeqCst) == before;
        if reused {
            break;
        }
    }
    if reused != fault.reusable {
        return Err(format!("{}: the connection was reused: {reused}", fault.name));
    }
    Ok(())
}

#[test]
fn no_fault_of_a_side_reaches_the_client_as_an_answer() {
    let faults: Vec<Fault> =
        [cut_faults(), framing_faults(), head_faults(), mended_faults(), fine()]
            .into_iter()
            .flatten()
            .collect();
    let failed: Vec<String> = std::thread::scope(|scope| {
        let running: Vec<_> =
            faults.iter().map(|fault| scope.spawn(move || check(fault).err())).collect();
        running.into_iter().filter_map(|run| run.join().unwrap()).collect()
    });
    println!("faults of a side: {} of {} as stated", faults.len() - failed.len(), faults.len());
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}

#[test]
fn a_body_that_breaks_later_is_cut() {
    let breaking = raw(|mut stream| {
        read_head(&mut stream);
        for piece in [CHUNKED, "2\r\nok\r\n", "2\nok\r\n0\r\n\r\n"] {
            let _ = stream.write_all(piece.as_bytes());
            std::thread::sleep(Duration::from_millis(50));
        }
    });
    let proxy = proxy(&at_stage("legacy", breaking, nobody()));
    let answer = talk(proxy.address, b"GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    assert_eq!(read(&answer), Some(Cut), "{answer:?}");
    eventually("the line", || proxy.lines().iter().any(|line| line["reason"] == "bad-answer"));
}

#[test]
fn an_answer_in_pieces_is_the_same_answer() {
    let says = format!("HTTP/1.1 103 E\r\n\r\n{CHUNKED}2;a=b\r\nok\r\n0\r\nX: y\r\n\r\n");
    let connections = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&connections);
    let trickling = raw(move |mut stream| {
        counted.fetch_add(1, Ordering::SeqCst);
        let _ = stream.set_nodelay(true);
        while !read_head(&mut stream).is_empty() {
            for byte in says.as_bytes() {
                let _ = stream.write_all(&[*byte]);
                std::thread::sleep(Duration::from_micros(200));
            }
        }
    });
    let proxy = proxy(&at_stage("legacy", trickling, nobody()));
    for _ in 0..5 {
        let answer = talk(proxy.address, b"GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
        assert_eq!(read(&answer), Some(Whole(200)), "{answer:?}");
    }
    assert!(connections.load(Ordering::SeqCst) < 5, "none was used again");
}

#[test]
fn an_answer_without_a_body_has_no_length() {
    let odd = raw(|mut stream| {
        read_head(&mut stream);
        let _ = stream.write_all(b"HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\nhello");
    });
    let proxy = proxy(&at_stage("legacy", odd, nobody()));
    let answer = talk(proxy.address, b"GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    assert!(answer.starts_with("HTTP/1.1 204 "), "{answer:?}");
    assert!(!answer.to_ascii_lowercase().contains("content-length"), "{answer:?}");
    assert!(!answer.contains("hello"), "{answer:?}");
}

#[test]
fn a_cut_answer_that_ends_with_its_connection_ends_in_a_reset() {
    let cutting = raw(|mut stream| {
        read_head(&mut stream);
        let head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
        let _ = stream.write_all(format!("{head}5\r\nhello\r\n").as_bytes());
    });
    let proxy = proxy(&at_stage("legacy", cutting, nobody()));
    let mut client = TcpStream::connect(proxy.address).unwrap();
    client.write_all(b"GET / HTTP/1.0\r\nHost: a\r\n\r\n").unwrap();
    let mut answer = Vec::new();
    let read = client.read_to_end(&mut answer);
    let answer = String::from_utf8(answer).unwrap().to_ascii_lowercase();
    assert!(read.is_err(), "an old client takes an orderly end for the whole: {answer:?}");
    assert!(!answer.contains("transfer-encoding"), "{answer:?}");
}

#[test]
fn early_hints_pass() {
    let hinting = raw(|mut stream| {
        read_head(&mut stream);
        let hints = "HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n";
        let _ = stream.write_all(format!("{hints}{OK}").as_bytes());
    });
    let proxy = proxy(&at_stage("legacy", hinting, nobody()));
    let answer = talk(proxy.address, b"GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    assert!(answer.starts_with("HTTP/1.1 103 "), "{answer:?}");
    assert!(answer.contains("</a.css>") && answer.ends_with("ok"), "{answer:?}");
}
