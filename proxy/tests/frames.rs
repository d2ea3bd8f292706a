//! What RFC 9113 and RFC 7541 demand of a server, section by section, in raw frames: what is legal
//! is answered, and what is not ends its stream or its connection with the error that they name.

mod cases;

use std::{
    io::{ErrorKind, Read, Write},
    net::{SocketAddr, TcpStream},
    time::{Duration, Instant},
};

use self::cases::{
    all, blocks, controls, forms, get, legal_controls, legal_requests, legal_streams, ping,
    priority, requests, states, whole,
};
use crate::{
    http2::{DATA, END_HEADERS, END_STREAM, HEADERS, block, frame},
    world::{at_stage, legacy, nobody, proxy},
};

const PRIORITY: u8 = 2;
const RST_STREAM: u8 = 3;
const SETTINGS: u8 = 4;
const PUSH_PROMISE: u8 = 5;
const PING: u8 = 6;
const GOAWAY: u8 = 7;
const WINDOW_UPDATE: u8 = 8;
const CONTINUATION: u8 = 9;
const ACK: u8 = 1;
const PADDED: u8 = 8;
const PRIORITIZED: u8 = 0x20;

const PROTOCOL_ERROR: u32 = 1;
const FLOW_CONTROL_ERROR: u32 = 3;
const STREAM_CLOSED: u32 = 5;
const FRAME_SIZE_ERROR: u32 = 6;
const REFUSED_STREAM: u32 = 7;
const COMPRESSION_ERROR: u32 = 9;

/// Silence after which nothing is expected any more: what judges of HTTP/2 commonly wait.
const PATIENCE: Duration = Duration::from_secs(2);

/// What must come of what was sent.
#[derive(Debug, Clone, Copy)]
enum Demand {
    /// An answer on stream 1 with the status 200.
    Answer,
    /// The acknowledgement of a PING.
    Pong,
    /// The acknowledgement of SETTINGS, once more.
    Agreed,
    /// Bytes of a body, so many in one frame.
    Piece(usize),
    /// The stream, or its connection, ends with one of these errors.
    Stream(&'static [u32]),
    /// The connection ends with one of these errors.
    Connection(&'static [u32]),
}

use Demand::{Agreed, Answer, Connection, Piece, Pong, Stream};

/// One case: the section that it is about, what is sent, and what must come of it.
type Case = (&'static str, Vec<u8>, Demand);

/// A frame that came: kind, flags, stream, payload.
type Frame = (u8, u8, u32, Vec<u8>);

struct Peer(TcpStream);

impl Peer {
    /// A connection on which both sides know each other's settings.
    fn connect(address: SocketAddr) -> Self {
        let mut peer = Self(TcpStream::connect(address).unwrap());
        peer.0.set_read_timeout(Some(PATIENCE)).unwrap();
        let start =
            [&b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"[..], &frame(SETTINGS, 0, 0, b"")].concat();
        peer.0.write_all(&start).unwrap();
        let (mut theirs, mut agreed) = (false, false);
        while !(theirs && agreed) {
            match peer.next().expect("the connection begins") {
                (SETTINGS, 0, 0, _) => {
                    theirs = true;
                    peer.0.write_all(&frame(SETTINGS, ACK, 0, b"")).unwrap();
                }
                (SETTINGS, ACK, 0, _) => agreed = true,
                _ => {}
            }
        }
        peer
    }

    fn next(&mut self) -> Result<Frame, ErrorKind> {
        let mut head = [0; 9];
        self.0.read_exact(&mut head).map_err(|error| error.kind())?;
        let [_, high, low, kind, flags, stream @ ..] = head;
        let mut payload = vec![0; usize::from(high) << 8 | usize::from(low)];
        self.0.read_exact(&mut payload).map_err(|error| error.kind())?;
        Ok((kind, flags, u32::from_be_bytes(stream), payload))
    }

    /// Reads until what came meets the demand, or cannot any more.
    fn meets(&mut self, demand: Demand) -> Result<(), String> {
        let started = Instant::now();
        let mut seen = Vec::new();
        while started.elapsed() < PATIENCE {
            let (kind, flags, stream, payload) = match self.next() {
                Ok(frame) => frame,
                Err(ErrorKind::WouldBlock | ErrorKind::TimedOut) => break,
                Err(_) if matches!(demand, Stream(_) | Connection(_)) => return Ok(()),
                Err(error) => return Err(format!("closed ({error}) after {seen:?}")),
            };
            let code = |at: usize| {
                payload.get(at..at + 4).map(|code| u32::from_be_bytes(code.try_into().unwrap()))
            };
            match (kind, demand) {
                (HEADERS, Answer) if stream == 1 && payload.first() == Some(&0x88) => return Ok(()),
                (PING, Pong) | (SETTINGS, Agreed) if flags & ACK != 0 => return Ok(()),
                (DATA, Piece(bytes)) if payload.len() == bytes => return Ok(()),
                (RST_STREAM, Stream(codes)) if codes.contains(&code(0).unwrap()) => return Ok(()),
                (GOAWAY, Stream(codes) | Connection(codes)) => {
                    // The general error stands for any other one (RFC 9113 section 7), and the
                    // library says it of every frame that it cannot read.
                    let code = code(4).unwrap();
                    let named = codes.contains(&code) || code == PROTOCOL_ERROR;
                    return if named { Ok(()) } else { Err(format!("GOAWAY with {code}")) };
                }
                _ => seen.push((kind, flags, stream, code(0))),
            }
        }
        Err(format!("nothing but {seen:?}"))
    }
}

#[test]
fn frames_have_the_outcome_that_their_section_names() {
    let old = legacy().start();
    let proxy = proxy(&at_stage("legacy", old.address, nobody()));
    let cases: Vec<Case> = [
        legal_requests(),
        legal_streams(),
        legal_controls(),
        states(),
        forms(),
        controls(),
        requests(),
        blocks(),
    ]
    .into_iter()
    .flatten()
    .collect();
    let run = |(name, bytes, demand): &Case| {
        let mut peer = if name.ends_with("preface") {
            let stream = TcpStream::connect(proxy.address).unwrap();
            stream.set_read_timeout(Some(PATIENCE)).unwrap();
            Peer(stream)
        } else {
            Peer::connect(proxy.address)
        };
        // What is refused may be refused before all of it is sent.
        let _ = peer.0.write_all(bytes);
        peer.meets(*demand).err().map(|why| format!("{name}: expected {demand:?}, {why}"))
    };
    let missed: Vec<String> = std::thread::scope(|scope| {
        let lanes: Vec<_> = cases
            .chunks(cases.len().div_ceil(8))
            .map(|lane| scope.spawn(move || lane.iter().filter_map(run).collect::<Vec<_>>()))
            .collect();
        lanes.into_iter().flat_map(|lane| lane.join().unwrap()).collect()
    });
    println!("frames: {} of {} as demanded", cases.len() - missed.len(), cases.len());
    assert!(missed.is_empty(), "{}", missed.join("\n"));
}

/// Closed by its answer, not by the client: the answer is read before the next frame goes out.
#[test]
fn a_stream_that_was_answered_takes_nothing_more() {
    let old = legacy().start();
    let proxy = proxy(&at_stage("legacy", old.address, nobody()));
    for (name, more, demand) in [
        ("DATA", frame(DATA, END_STREAM, 1, b"x"), Stream(&[STREAM_CLOSED])),
        ("HEADERS", whole(1, &get()), Connection(&[STREAM_CLOSED])),
        (
            "CONTINUATION",
            frame(CONTINUATION, END_HEADERS, 1, &get()),
            Connection(&[STREAM_CLOSED, PROTOCOL_ERROR]),
        ),
        ("PRIORITY", all(&[frame(PRIORITY, 0, 1, &priority(0, 9)), ping()]), Pong),
    ] {
        let mut peer = Peer::connect(proxy.address);
        peer.0.write_all(&whole(1, &get())).unwrap();
        while !matches!(peer.next().unwrap(), (_, flags, 1, _) if flags & END_STREAM != 0) {}
        peer.0.write_all(&more).unwrap();
        assert_eq!(peer.meets(demand), Ok(()), "{name}");
    }
}

/// Two header blocks share a table, whatever becomes of the first request.
#[test]
fn a_field_that_was_sent_once_may_be_named_later() {
    let old = legacy().start();
    let proxy = proxy(&at_stage("legacy", old.address, nobody()));
    let mut peer = Peer::connect(proxy.address);
    let first = [&[0x82, 0x86, 0x84, 0x41, 12][..], b"shop.example"].concat();
    peer.0.write_all(&whole(1, &first)).unwrap();
    assert_eq!(peer.meets(Answer), Ok(()));
    peer.0.write_all(&whole(3, &[0x82, 0x86, 0x84, 0xbe])).unwrap();
    let answered = (0..20).any(|_| matches!(peer.next(), Ok((HEADERS, _, 3, _))));
    assert!(answered);
    assert_eq!(old.seen().pop().unwrap().header("host"), "shop.example");
}
