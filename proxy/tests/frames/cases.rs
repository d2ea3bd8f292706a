//! The cases: what is sent, by sections of RFC 9113 and RFC 7541, and what must come of it.

use super::*;

type Fields<'f> = Vec<(&'f [u8], &'f [u8])>;

fn fields(method: &[u8]) -> Fields<'_> {
    vec![
        (b":method", method),
        (b":scheme", b"http"),
        (b":path", b"/"),
        (b":authority", b"shop.example"),
    ]
}

pub(super) fn get() -> Vec<u8> {
    block(&fields(b"GET"))
}

pub(super) fn post() -> Vec<u8> {
    block(&fields(b"POST"))
}

/// A whole request without a body.
pub(super) fn whole(stream: u32, block: &[u8]) -> Vec<u8> {
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

pub(super) fn all(frames: &[Vec<u8>]) -> Vec<u8> {
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
pub(super) fn priority(on: u32, weight: u8) -> Vec<u8> {
    [&on.to_be_bytes()[..], &[weight]].concat()
}

pub(super) fn ping() -> Vec<u8> {
    frame(PING, 0, 0, b"outgrow!")
}

const EXCLUSIVE: u32 = 1 << 31;

/// Requests that are legal.
pub(super) fn legal_requests() -> Vec<Case> {
    let get = get();
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
    ]
}

/// Frames of a stream that are legal, and change nothing.
pub(super) fn legal_streams() -> Vec<Case> {
    let get = get();
    let (first, rest) = get.split_at(get.len() / 3);
    let (second, third) = rest.split_at(rest.len() / 2);
    vec![
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
    ]
}

/// Frames of the connection that are legal, and windows.
pub(super) fn legal_controls() -> Vec<Case> {
    let get = get();
    vec![
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
pub(super) fn states() -> Vec<Case> {
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

/// Frames that are none, up to section 6.4.
pub(super) fn forms() -> Vec<Case> {
    let begun = || frame(HEADERS, END_STREAM, 1, &get());
    let upload = |frame: Vec<u8>| [open(1, &post()), frame].concat();
    let protocol = Connection(&[PROTOCOL_ERROR]);
    let size = Connection(&[FRAME_SIZE_ERROR]);
    let long = block(&[(b"x-long", &[b'a'; 16_100])]).repeat(2);
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
    ]
}

/// Frames that are none, from section 6.5 on.
pub(super) fn controls() -> Vec<Case> {
    let begun = || frame(HEADERS, END_STREAM, 1, &get());
    let upload = |frame: Vec<u8>| [open(1, &post()), frame].concat();
    let protocol = Connection(&[PROTOCOL_ERROR]);
    let size = Connection(&[FRAME_SIZE_ERROR]);
    let too_far = [0x7f, 0xff, 0xff, 0xff];
    vec![
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
        ("8.4 PUSH_PROMISE without its end", frame(PUSH_PROMISE, 0, 1, &[0, 0, 0, 2]), protocol),
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
pub(super) fn requests() -> Vec<Case> {
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
pub(super) fn blocks() -> Vec<Case> {
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
