//! Answers and requests that do not end soon: event streams, other protocols, large uploads.

use std::{
    io::{Read, Write},
    net::TcpStream,
    time::{Duration, Instant},
};

use crate::world::{Program, at_stage, nobody, proxy, raw, read_head, rules};

#[test]
fn a_websocket_passes_both_ways() {
    let echo = raw(|mut stream| {
        let head = read_head(&mut stream).to_ascii_lowercase();
        assert!(head.contains("upgrade: websocket"), "{head}");
        let upgraded = b"HTTP/1.1 101 Switching Protocols\r\n\
            Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: x\r\n\r\n";
        let _ = stream.write_all(upgraded);
        let mut bytes = [0; 64];
        while let Ok(read @ 1..) = stream.read(&mut bytes) {
            let _ = stream.write_all(&bytes[..read]);
        }
    });
    let proxy = proxy(&at_stage("shadow", echo, nobody()));
    let mut client = TcpStream::connect(proxy.address).unwrap();
    client.set_read_timeout(Some(Duration::from_secs(5))).unwrap();
    let ask = b"GET /api/quotes/ HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\n\
        Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n\
        Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
    client.write_all(ask).unwrap();
    let head = read_head(&mut client);
    assert!(head.starts_with("HTTP/1.1 101"), "{head}");
    for word in ["one", "two", "three"] {
        client.write_all(word.as_bytes()).unwrap();
        let mut back = vec![0; word.len()];
        client.read_exact(&mut back).unwrap();
        assert_eq!(back, word.as_bytes());
    }
    drop(client);
    let series = r#"outgrow_proxy_shadow_outcomes_total{route="quotes",reason="upgraded"}"#;
    proxy.counts(series, 1);
}

#[test]
fn events_arrive_when_they_happen() {
    const BETWEEN: Duration = Duration::from_millis(200);
    let events = raw(|mut stream| {
        read_head(&mut stream);
        let head = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\
            Transfer-Encoding: chunked\r\n\r\n";
        let _ = stream.write_all(head);
        for _ in 0..3 {
            let _ = stream.write_all(b"9\r\ndata: x\n\n\r\n");
            std::thread::sleep(BETWEEN);
        }
        let _ = stream.write_all(b"0\r\n\r\n");
    });
    let proxy = proxy(&at_stage("shadow", events, nobody()));
    let mut client = TcpStream::connect(proxy.address).unwrap();
    client.write_all(b"GET /api/quotes/ HTTP/1.1\r\nHost: a\r\n\r\n").unwrap();
    read_head(&mut client);
    let started = Instant::now();
    let mut arrivals = Vec::new();
    let mut bytes = [0; 256];
    while arrivals.len() < 3 {
        let read = client.read(&mut bytes).unwrap();
        assert!(read > 0, "the stream ended early");
        if bytes[..read].windows(4).any(|part| part == b"data") {
            arrivals.push(started.elapsed());
        }
    }
    println!("events arrived after {arrivals:.0?}");
    assert!(arrivals[0] < BETWEEN, "the first event was held back: {arrivals:?}");
    assert!(arrivals[1] < BETWEEN * 2 && arrivals[2] < BETWEEN * 3, "{arrivals:?}");
    drop(client);
    let series = r#"outgrow_proxy_shadow_outcomes_total{route="quotes",reason="streaming"}"#;
    proxy.counts(series, 1);
}

#[test]
fn a_large_upload_is_streamed_not_stored() {
    const MIB: u64 = 1 << 20;
    const UPLOAD: u64 = 256 * MIB;
    let sink = raw(|mut stream| {
        read_head(&mut stream);
        let body = std::io::copy(&mut (&stream).take(UPLOAD), &mut std::io::sink()).unwrap();
        let said = body.to_string();
        let head = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n{said}", said.len());
        let _ = stream.write_all(head.as_bytes());
    });
    let rules = rules(&at_stage("shadow", sink, nobody()));
    let program = Program::start(&rules, &["--threads", "1"]);
    let before = program.memory("VmHWM");
    let mut client = TcpStream::connect(program.address).unwrap();
    let head = format!(
        "POST /api/quotes/ HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\
         Content-Length: {UPLOAD}\r\n\r\n"
    );
    client.write_all(head.as_bytes()).unwrap();
    let piece = vec![b'x'; 1 << 20];
    let started = Instant::now();
    for _ in 0..UPLOAD / MIB {
        client.write_all(&piece).unwrap();
    }
    let mut answer = String::new();
    client.read_to_string(&mut answer).unwrap();
    assert!(answer.ends_with(&UPLOAD.to_string()), "{answer}");
    let grown = program.memory("VmHWM") - before;
    println!("256 MiB uploaded in {:.1?}, memory grew by {grown} KiB", started.elapsed());
    assert!(grown < 16 * 1024, "memory grew by {grown} KiB");
}
