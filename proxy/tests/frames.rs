//! What RFC 9113 and RFC 7541 demand of a server, section by section, in raw frames: what is legal
//! is answered, and what is not ends its stream or its connection with the error that they name.

use std::{
    io::{ErrorKind, Read, Write},
    net::{SocketAddr, TcpStream},
    time::{Duration, Instant},
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
                (PING, Pong) if flags & ACK != 0 => return Ok(()),
                (SETTINGS, Agreed) if flags & ACK != 0 => return Ok(()),
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

type Fields<'f> = Vec<(&'f [u8], &'f [u8])>;

fn fields<'f>(method: &'f [u8]) -> Fields<'f> {
    vec![
        (b":method", method),
        (b":scheme", b"http"),
        (b":path", b"/"),
        (b":authority", b"shop.example"),
    ]
}

fn get() -> Vec<u8> {
    block(&fields(b"GET"))
}

fn post() -> Vec<u8> {
    block(&fields(b"POST"))
}

/// A whole request without a body.
fn whole(stream: u32, block: &[u8]) -> Vec<u8> {
    frame(HEADERS, END_HEADERS | END_STREAM, stream, block)
}

/// The head of a request with a body.
fn open(stream: u32, block: &[u8]) -> Vec<u8> {
    frame(HEADERS, END_HEADERS, stream, block)
}

/// A whole GET with one more field, or with one instead of another.
fn with(name: &'static [u8], value: &'static [u8]) -> Vec<u8> {
    let mut fields = fields(b"GET");
    fields.push((name, value));
    whole(1, &block(&fields))
}

fn without(name: &[u8]) -> Vec<u8> {
    let mut fields = fields(b"GET");
    fields.retain(|field| field.0 != name);
    whole(1, &block(&fields))
}

fn all(frames: &[Vec<u8>]) -> Vec<u8> {
    frames.concat()
}

fn settings(values: &[(u16, u32)]) -> Vec<u8> {
    let payload: Vec<u8> = values
        .iter()
        .flat_map(|(name, value)| [&name.to_be_bytes()[..], &value.to_be_bytes()].concat())
        .collect();
    frame(SETTINGS, 0, 0, &payload)
}

/// RFC 9113 section 5.3: depends on a stream, with a weight.
fn priority(on: u32, weight: u8) -> Vec<u8> {
    [&on.to_be_bytes()[..], &[weight]].concat()
}

fn ping() -> Vec<u8> {
    frame(PING, 0, 0, b"outgrow!")
}

const EXCLUSIVE: u32 = 1 << 31;

/// What is legal, and must change nothing.
fn legal() -> Vec<Case> {
    let three = [get().len() / 3, 2 * get().len() / 3];
    let get = get();
    let (first, rest) = get.split_at(three[0]);
    let (second, third) = rest.split_at(three[1] - three[0]);
    let padded = |pad: u8, inner: &[u8]| [&[pad], inner, &vec![0; usize::from(pad)][..]].concat();
    let prioritized = |on: u32, weight: u8| {
        let block = [&priority(on, weight)[..], &get].concat();
        frame(HEADERS, END_HEADERS | END_STREAM | PRIORITIZED, 1, &block)
    };
    let upload = |data: &[Vec<u8>]| [open(1, &post()), all(data)].concat();
    let trailers = block(&[(b"x-digest", b"abc")]);
    let method = |method: &'static [u8]| whole(1, &block(&fields(method)));
    vec![
        ("8.1 GET", whole(1, &get), Answer),
        ("8.1 HEAD", method(b"HEAD"), Answer),
        ("8.1 OPTIONS", method(b"OPTIONS"), Answer),
        ("8.1 POST", upload(&[frame(DATA, END_STREAM, 1, b"test")]), Answer),
        ("8.1 POST, no body", whole(1, &post()), Answer),
        (
            "8.1 POST with trailers",
            upload(&[
                frame(DATA, 0, 1, b"test"),
                frame(HEADERS, END_HEADERS | END_STREAM, 1, &trailers),
            ]),
            Answer,
        ),
        ("6.1 two DATA", upload(&[frame(DATA, 0, 1, b"a"), frame(DATA, 1, 1, b"b")]), Answer),
        (
            "6.1 padded DATA",
            upload(&[frame(DATA, END_STREAM | PADDED, 1, &padded(6, b"test"))]),
            Answer,
        ),
        ("4.2 DATA of 2^14", upload(&[frame(DATA, END_STREAM, 1, &[b'x'; 16_384])]), Answer),
        ("6.2 padded HEADERS", frame(HEADERS, 0xd, 1, &padded(6, &get)), Answer),
        ("5.3 HEADERS with a priority", prioritized(0, 255), Answer),
        ("5.3 depends on nobody yet", prioritized(99, 0), Answer),
        ("5.3 exclusively", prioritized(EXCLUSIVE, 15), Answer),
        (
            "5.1 PRIORITY on an idle stream",
            all(&[frame(PRIORITY, 0, 1, &priority(0, 255)), whole(1, &get)]),
            Answer,
        ),
        (
            "5.1.1 PRIORITY opens no stream",
            all(&[frame(PRIORITY, 0, 5, &priority(0, 0)), whole(1, &get)]),
            Answer,
        ),
        (
            "5.1 PRIORITY on a half-closed stream",
            all(&[whole(1, &get), frame(PRIORITY, 0, 1, &priority(0, 255))]),
            Answer,
        ),
        (
            "5.1 WINDOW_UPDATE on a half-closed stream",
            all(&[whole(1, &get), frame(WINDOW_UPDATE, 0, 1, &[0, 0, 0, 1])]),
            Answer,
        ),
        (
            "5.1 RST_STREAM on a half-closed stream",
            all(&[whole(1, &get), frame(RST_STREAM, 0, 1, &[0, 0, 0, 8]), ping()]),
            Pong,
        ),
        (
            "5.1 PRIORITY on a reset stream",
            all(&[
                open(1, &post()),
                frame(RST_STREAM, 0, 1, &[0, 0, 0, 8]),
                frame(PRIORITY, 0, 1, &priority(0, 255)),
                ping(),
            ]),
            Pong,
        ),
        (
            "6.9 WINDOW_UPDATE of the connection",
            all(&[frame(WINDOW_UPDATE, 0, 0, &[0, 0, 0, 1]), whole(1, &get)]),
            Answer,
        ),
        (
            "6.10 one CONTINUATION",
            all(&[
                frame(HEADERS, END_STREAM, 1, first),
                frame(CONTINUATION, END_HEADERS, 1, &[second, third].concat()),
            ]),
            Answer,
        ),
        (
            "6.10 two CONTINUATIONs",
            all(&[
                frame(HEADERS, END_STREAM, 1, first),
                frame(CONTINUATION, 0, 1, second),
                frame(CONTINUATION, END_HEADERS, 1, third),
            ]),
            Answer,
        ),
        ("6.7 PING", ping(), Pong),
        ("6.7 PING with ACK", all(&[frame(PING, ACK, 0, b"whatever"), ping()]), Pong),
        ("6.5 SETTINGS", settings(&[(3, 100)]), Agreed),
        ("6.5.2 unknown setting", all(&[settings(&[(0xff, 1)]), ping()]), Pong),
        ("4.1 unknown frame", all(&[frame(0xff, 0, 0, b"abcdefgh"), ping()]), Pong),
        ("5.5 unknown frame of a stream", all(&[frame(0xbe, 7, 1, b"x"), ping()]), Pong),
        ("4.1 undefined flags", frame(PING, 0x16, 0, b"outgrow!"), Pong),
        ("4.1 reserved bit", frame(PING, 0, EXCLUSIVE, b"outgrow!"), Pong),
        (
            "7 unknown code in GOAWAY",
            all(&[frame(GOAWAY, 0, 0, &[0, 0, 0, 0, 0, 0, 0, 0xff]), ping()]),
            // After it the connection may end as well.
            Pong,
        ),
        (
            "7 unknown code in RST_STREAM",
            all(&[open(1, &post()), frame(RST_STREAM, 0, 1, &[0, 0, 0, 0xff]), ping()]),
            Pong,
        ),
        ("6.9.1 a window of 1", all(&[settings(&[(4, 1)]), whole(1, &get)]), Piece(1)),
        (
            "6.9.2 a window that opens",
            all(&[settings(&[(4, 0)]), whole(1, &get), settings(&[(4, 1)])]),
            Piece(1),
        ),
        (
            "6.9.2 a window below zero",
            all(&[
                settings(&[(4, 3)]),
                whole(1, &get),
                settings(&[(4, 2)]),
                frame(WINDOW_UPDATE, 0, 1, &[0, 0, 0, 2]),
            ]),
            Answer,
        ),
        (
            "6.5.3 the last value counts",
            all(&[settings(&[(4, 100), (4, 1)]), whole(1, &get)]),
            Piece(1),
        ),
    ]
}

/// Section 5: frames that their stream is not in the state for.
fn states() -> Vec<Case> {
    let reset = |frames: &[Vec<u8>]| {
        [open(1, &post()), frame(RST_STREAM, 0, 1, &[0, 0, 0, 8]), all(frames)].concat()
    };
    let half = |frames: &[Vec<u8>]| [whole(1, &get()), all(frames)].concat();
    let data = || frame(DATA, END_STREAM, 1, b"test");
    let more = || frame(CONTINUATION, END_HEADERS, 1, &get());
    let many: Vec<Vec<u8>> = (0..101).map(|number| whole(2 * number + 1, &get())).collect();
    vec![
        ("5.1 DATA on idle", data(), Connection(&[PROTOCOL_ERROR])),
        ("5.1 RST_STREAM on idle", frame(RST_STREAM, 0, 1, &[0; 4]), Connection(&[PROTOCOL_ERROR])),
        (
            "5.1 WINDOW_UPDATE on idle",
            frame(WINDOW_UPDATE, 0, 1, &[0, 0, 0, 100]),
            Connection(&[PROTOCOL_ERROR]),
        ),
        ("5.1 CONTINUATION on idle", more(), Connection(&[PROTOCOL_ERROR])),
        ("5.1 DATA on half-closed", half(&[data()]), Stream(&[STREAM_CLOSED])),
        ("5.1 HEADERS on half-closed", half(&[whole(1, &get())]), Stream(&[STREAM_CLOSED])),
        (
            "5.1 CONTINUATION on half-closed",
            half(&[more()]),
            Connection(&[STREAM_CLOSED, PROTOCOL_ERROR]),
        ),
        ("5.1 DATA on reset", reset(&[data()]), Stream(&[STREAM_CLOSED])),
        ("5.1 HEADERS on reset", reset(&[whole(1, &get())]), Stream(&[STREAM_CLOSED])),
        (
            "5.1 CONTINUATION on reset",
            reset(&[more()]),
            Connection(&[STREAM_CLOSED, PROTOCOL_ERROR]),
        ),
        ("5.1.1 an even stream", whole(2, &get()), Connection(&[PROTOCOL_ERROR])),
        (
            "5.1.1 a smaller stream",
            all(&[whole(5, &get()), whole(3, &get())]),
            Connection(&[PROTOCOL_ERROR]),
        ),
        ("5.1.2 too many streams", all(&many), Stream(&[PROTOCOL_ERROR, REFUSED_STREAM])),
        (
            "5.3.1 HEADERS that depends on itself",
            frame(
                HEADERS,
                END_HEADERS | END_STREAM | PRIORITIZED,
                1,
                &[&priority(1, 255)[..], &get()].concat(),
            ),
            Stream(&[PROTOCOL_ERROR]),
        ),
        (
            "5.3.1 PRIORITY that depends on itself",
            frame(PRIORITY, 0, 1, &priority(1, 255)),
            Stream(&[PROTOCOL_ERROR]),
        ),
        (
            "8.1 a second HEADERS that ends nothing",
            all(&[open(1, &post()), open(1, &post())]),
            Stream(&[PROTOCOL_ERROR]),
        ),
    ]
}

/// Sections 4 and 6: frames that are none.
fn forms() -> Vec<Case> {
    let begun = || frame(HEADERS, END_STREAM, 1, &get());
    let upload = |frame: Vec<u8>| [open(1, &post()), frame].concat();
    let protocol = Connection(&[PROTOCOL_ERROR]);
    let size = Connection(&[FRAME_SIZE_ERROR]);
    let long = block(&[(b"x-long", &[b'a'; 16_100])]).repeat(2);
    let too_far = [0x7f, 0xff, 0xff, 0xff];
    vec![
        ("3.4 another preface", b"INVALID CONNECTION PREFACE\r\n\r\n".to_vec(), protocol),
        (
            "4.2 DATA above 2^14",
            upload(frame(DATA, 1, 1, &[0; 16_385])),
            Stream(&[FRAME_SIZE_ERROR]),
        ),
        ("4.2 HEADERS above 2^14", whole(1, &[get(), long].concat()), size),
        ("4.3 a block that is none", whole(1, b"\x40"), Connection(&[COMPRESSION_ERROR])),
        (
            "4.3 PRIORITY in a block",
            all(&[begun(), frame(PRIORITY, 0, 1, &priority(0, 1))]),
            protocol,
        ),
        ("4.3 another HEADERS in a block", all(&[begun(), whole(3, &get())]), protocol),
        ("5.5 unknown frame in a block", all(&[begun(), frame(0xff, 0, 1, b"x")]), protocol),
        ("6.10 DATA in a block", all(&[begun(), frame(DATA, 1, 1, b"x")]), protocol),
        ("6.1 DATA of no stream", frame(DATA, END_STREAM, 0, b"x"), protocol),
        ("6.1 all padding and more", upload(frame(DATA, 9, 1, &[5, 1, 2, 3])), protocol),
        ("6.2 HEADERS of no stream", whole(0, &get()), protocol),
        (
            "6.2 all padding and more",
            frame(HEADERS, 0xd, 1, &[&[u8::MAX][..], &get()].concat()),
            protocol,
        ),
        ("6.3 PRIORITY of no stream", frame(PRIORITY, 0, 0, &priority(0, 1)), protocol),
        ("6.3 PRIORITY of 4", frame(PRIORITY, 0, 1, &[0; 4]), Stream(&[FRAME_SIZE_ERROR])),
        ("6.4 RST_STREAM of no stream", frame(RST_STREAM, 0, 0, &[0; 4]), protocol),
        ("6.4 RST_STREAM of 3", upload(frame(RST_STREAM, 0, 1, &[0; 3])), size),
        ("6.5 ACK with settings", frame(SETTINGS, ACK, 0, &[0; 6]), size),
        ("6.5 SETTINGS of a stream", frame(SETTINGS, 0, 1, &[0, 3, 0, 0, 0, 9]), protocol),
        ("6.5 SETTINGS of 3", frame(SETTINGS, 0, 0, &[0; 3]), size),
        ("6.5.2 push 2", settings(&[(2, 2)]), protocol),
        ("6.5.2 window 2^31", settings(&[(4, 1 << 31)]), Connection(&[FLOW_CONTROL_ERROR])),
        ("6.5.2 frames below 2^14", settings(&[(5, 16_383)]), protocol),
        ("6.5.2 frames above 2^24", settings(&[(5, 1 << 24)]), protocol),
        (
            "6.6 PUSH_PROMISE",
            upload(frame(PUSH_PROMISE, 4, 1, &[&[0, 0, 0, 2], &get()[..]].concat())),
            protocol,
        ),
        ("6.7 PING of a stream", frame(PING, 0, 1, b"outgrow!"), protocol),
        ("6.7 PING of 6", frame(PING, 0, 0, b"outgro"), size),
        ("6.8 GOAWAY of a stream", frame(GOAWAY, 0, 1, &[0; 8]), protocol),
        ("6.9 WINDOW_UPDATE by 0", frame(WINDOW_UPDATE, 0, 0, &[0; 4]), protocol),
        (
            "6.9 WINDOW_UPDATE of a stream by 0",
            upload(frame(WINDOW_UPDATE, 0, 1, &[0; 4])),
            Stream(&[PROTOCOL_ERROR]),
        ),
        ("6.9 WINDOW_UPDATE of 3", frame(WINDOW_UPDATE, 0, 0, &[0; 3]), size),
        (
            "6.9.1 the window of the connection",
            frame(WINDOW_UPDATE, 0, 0, &too_far).repeat(2),
            Connection(&[FLOW_CONTROL_ERROR]),
        ),
        (
            "6.9.1 the window of a stream",
            upload(frame(WINDOW_UPDATE, 0, 1, &too_far).repeat(2)),
            Stream(&[FLOW_CONTROL_ERROR]),
        ),
        (
            "6.10 CONTINUATION of no stream",
            all(&[begun(), frame(CONTINUATION, 4, 0, b"")]),
            protocol,
        ),
        ("6.10 CONTINUATION behind a whole", upload(frame(CONTINUATION, 4, 1, b"")), protocol),
        (
            "6.10 CONTINUATION behind the last",
            all(&[begun(), frame(CONTINUATION, 4, 1, b""), frame(CONTINUATION, 4, 1, b"")]),
            Connection(&[PROTOCOL_ERROR, STREAM_CLOSED]),
        ),
        (
            "6.10 CONTINUATION behind DATA",
            upload(all(&[frame(DATA, 0, 1, b"x"), frame(CONTINUATION, 4, 1, b"")])),
            protocol,
        ),
    ]
}

/// Section 8: requests that are none.
fn requests() -> Vec<Case> {
    let malformed = Stream(&[PROTOCOL_ERROR]);
    let sized = |length: &'static [u8], pieces: &[Vec<u8>]| {
        let mut fields = fields(b"POST");
        fields.push((b"content-length", length));
        [open(1, &block(&fields)), all(pieces)].concat()
    };
    let last = |bytes: &[u8]| frame(DATA, END_STREAM, 1, bytes);
    let trailers = |block: &[u8]| {
        let end = frame(HEADERS, END_HEADERS | END_STREAM, 1, block);
        all(&[open(1, &post()), frame(DATA, 0, 1, b"test"), end])
    };
    let mut late = fields(b"GET");
    late.insert(0, (b"x-a", b"b"));
    let mut pathless = fields(b"GET");
    pathless[2].1 = b"";
    vec![
        ("8.2.1 upper case", with(b"X-Test", b"ok"), malformed),
        ("8.3 unknown pseudo-field", with(b":test", b"ok"), malformed),
        ("8.3 pseudo-field of answers", with(b":status", b"200"), malformed),
        ("8.3 pseudo-field behind a field", whole(1, &block(&late)), malformed),
        ("8.1 pseudo-field in trailers", trailers(&block(&[(b":method", b"GET")])), malformed),
        ("8.1 pseudo-field in trailers, by its number", trailers(b"\x42\x01A"), malformed),
        ("8.1 pseudo-field in trailers, from the table", trailers(b"\x84"), malformed),
        ("8.1 pseudo-field in trailers, Huffman", trailers(b"\x00\x82\xb8\x3b\x01a"), malformed),
        ("8.2.2 connection", with(b"connection", b"keep-alive"), malformed),
        ("8.2.2 TE", with(b"te", b"trailers, deflate"), malformed),
        ("8.3.1 empty :path", whole(1, &block(&pathless)), malformed),
        ("8.3.1 no :method", without(b":method"), malformed),
        ("8.3.1 no :scheme", without(b":scheme"), malformed),
        ("8.3.1 no :path", without(b":path"), malformed),
        ("8.3.1 two :method", with(b":method", b"GET"), malformed),
        ("8.3.1 two :scheme", with(b":scheme", b"http"), malformed),
        ("8.3.1 two :path", with(b":path", b"/"), malformed),
        ("8.1.1 more than its length", sized(b"1", &[last(b"test")]), malformed),
        ("8.1.1 less than its length", sized(b"9", &[last(b"test")]), malformed),
        (
            "8.1.1 more in pieces",
            sized(b"5", &[frame(DATA, 0, 1, b"test"), last(b"test")]),
            malformed,
        ),
    ]
}

/// RFC 7541: blocks in every form, and blocks that are none.
fn blocks() -> Vec<Case> {
    // The static table has `:method GET` at 2, `:scheme http` at 6, `:path /` at 4.
    let start = [0x82, 0x86, 0x84];
    let also = |bytes: &[u8]| whole(1, &[&start[..], bytes].concat());
    let host = [&[0x41, 12][..], b"shop.example"].concat();
    let fine = |bytes: &[u8]| whole(1, &[bytes, &start, &host].concat());
    let broken = Connection(&[COMPRESSION_ERROR]);
    vec![
        ("7541 6.1 indexed", fine(b""), Answer),
        ("7541 6.2.1 a new name", also(&[&host[..], b"\x40\x01a\x01b"].concat()), Answer),
        ("7541 6.2.1 then indexed", also(&[&host[..], b"\x40\x01a\x01b\xbe"].concat()), Answer),
        ("7541 6.2.2 an indexed name", also(&[&host[..], b"\x0f\x2b\x01a"].concat()), Answer),
        ("7541 6.2.2 a new name", also(&[&host[..], b"\x00\x01a\x01b"].concat()), Answer),
        ("7541 6.2.3 an indexed name", also(&[&host[..], b"\x1f\x2b\x01a"].concat()), Answer),
        ("7541 6.2.3 a new name", also(&[&host[..], b"\x10\x01a\x01b"].concat()), Answer),
        ("7541 5.2 Huffman", also(&[&host[..], b"\x00\x01a\x81\x1f"].concat()), Answer),
        ("7541 6.3 a size update", fine(b"\x20"), Answer),
        ("7541 6.3 two size updates", fine(b"\x20\x3f\xe1\x1f"), Answer),
        ("7541 2.3.3 an index of nothing", also(b"\xff\x64"), broken),
        ("7541 2.3.3 a name of nothing", also(b"\x7f\x64\x01a"), broken),
        ("7541 4.2 a size update at the end", also(b"\x20"), broken),
        ("7541 5.2 padding of 8 bits", also(b"\x00\x01a\x82\x1f\xff"), broken),
        ("7541 5.2 padding of zeros", also(b"\x00\x01a\x81\x18"), broken),
        ("7541 5.2 the end of the string", also(b"\x00\x01a\x84\xff\xff\xff\xff"), broken),
        ("7541 6.1 the index 0", also(b"\x80"), broken),
        ("7541 6.3 a size above ours", fine(b"\x3f\xe2\x1f"), broken),
    ]
}

#[test]
fn frames_have_the_outcome_that_their_section_names() {
    let old = legacy().start();
    let proxy = proxy(&at_stage("legacy", old.address, nobody()));
    let cases: Vec<Case> =
        [legal(), states(), forms(), requests(), blocks()].into_iter().flatten().collect();
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
