//! Generated input for the gate: what is legal passes whole and in any pieces, what is broken in
//! one place is refused, and no bytes whatever make it panic or read beyond a message.

use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use proptest::prelude::*;

use super::{answer, chunks::Chunks, head, path, wire::Wire};
use crate::error::Fault;

fn verdicts(bytes: &[u8], piece: usize, count: usize) -> Vec<Result<(), Fault>> {
    let mut wire = Wire::new();
    bytes.chunks(piece.max(1)).for_each(|part| wire.read(part));
    let mut verdicts: Vec<_> = (0..count).map(|_| wire.next_head().map(drop)).collect();
    verdicts.push(wire.body_fault().map_or(Ok(()), Err));
    verdicts
}

/// Chunks with sizes padded and extensions of every form, and a trailer.
fn chunked(pieces: &[Vec<u8>], extension: &str, trailer: &str) -> Vec<u8> {
    let mut body = Vec::new();
    for piece in pieces.iter().filter(|piece| !piece.is_empty()) {
        body.extend_from_slice(format!("{:04X}{extension}\r\n", piece.len()).as_bytes());
        body.extend_from_slice(piece);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(format!("0{extension}\r\n{trailer}\r\n").as_bytes());
    body
}

const EXTENSIONS: [&str; 6] = ["", ";a", " ;\ta=b", ";a=\"q\\\"\t;\"", ";a = b;c", ";a;b=c;d=\"\""];
const TRAILERS: [&str; 3] = ["", "Digest: x\r\n", "a:\r\nb: \tc\r\n"];

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn legal_chunks_end_where_they_end(
        pieces in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..40), 0..6),
        extension in prop::sample::select(&EXTENSIONS[..]),
        trailer in prop::sample::select(&TRAILERS[..]),
        behind in prop::collection::vec(any::<u8>(), 0..20),
        piece in 1_usize..50,
    ) {
        let body = chunked(&pieces, extension, trailer);
        let whole = [&body[..], &behind].concat();
        prop_assert_eq!(Chunks::new().read(&whole), Ok(Some(body.len())));
        let mut chunks = Chunks::new();
        let mut at = 0;
        let end = body.chunks(piece).find_map(|part| {
            let end = chunks.read(part).expect("it is legal in pieces too");
            at += end.unwrap_or(part.len());
            end
        });
        prop_assert!(end.is_some());
        prop_assert_eq!(at, body.len());
    }

    #[test]
    fn a_chunk_line_broken_by_one_byte_is_refused(
        at in 0_usize..13,
        byte in prop::sample::select(&b"\r\n\0\x0b\x0c\x7f\x80 \t"[..]),
    ) {
        let good = b"5;a=\"b\";c=d\r\nhello\r\n0\r\n\r\n";
        let mut bad = good.to_vec();
        bad.insert(at, byte);
        let blank = matches!(byte, b' ' | b'\t');
        let quoted = (5..=6).contains(&at) && (blank || byte == 0x80);
        let between = blank && matches!(at, 1 | 2 | 3 | 4 | 7 | 8 | 9 | 10);
        if !quoted && !between {
            prop_assert!(
                Chunks::new().read(&bad) != Ok(Some(bad.len())),
                "{:?}", bad.escape_ascii().to_string()
            );
        }
    }

    #[test]
    fn pieces_make_no_difference(
        first in any::<bool>(),
        body in prop::collection::vec(any::<u8>(), 0..60),
        noise in prop::collection::vec(any::<u8>(), 0..30),
        at in any::<prop::sample::Index>(),
        piece in 1_usize..80,
    ) {
        let sized = format!("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: {}\r\n\r\n", body.len());
        let coded = "PUT /b HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n";
        let (head, body) = if first {
            (sized.as_str(), body)
        } else {
            (coded, chunked(&[body], ";a", ""))
        };
        let mut bytes = [head.as_bytes(), &body, b"\r\nGET / HTTP/1.0\r\n\r\n"].concat();
        prop_assert_eq!(verdicts(&bytes, bytes.len(), 2), [Ok(()), Ok(()), Ok(())]);
        prop_assert_eq!(verdicts(&bytes, piece, 2), [Ok(()), Ok(()), Ok(())]);
        let place = at.index(bytes.len());
        bytes.splice(place..place, noise);
        // Refused or not, it is the same for every way in which the bytes may arrive.
        let refused = |piece| verdicts(&bytes, piece, 4).iter().position(Result::is_err);
        prop_assert_eq!(refused(bytes.len()), refused(1));
    }

    #[test]
    fn no_bytes_make_it_panic(
        bytes in prop::collection::vec(any::<u8>(), 0..300),
        piece in 1_usize..40,
    ) {
        verdicts(&bytes, piece, 3);
        let _ = head::read(&bytes);
        let _ = Chunks::new().read(&bytes);
        let canonical = path::canonical(&bytes);
        prop_assert!(canonical.len() <= 3 * bytes.len() + 1);
    }

    #[test]
    fn a_plain_target_is_its_own_canonical_form(target in "/([a-z0-9_~-]{1,8}/){0,4}(\\?[!-~]*)?") {
        prop_assert!(path::is_plain(target.as_bytes()));
        prop_assert_eq!(path::canonical(target.as_bytes()), target.as_bytes());
    }

    #[test]
    fn no_answer_with_two_framings_passes(
        lengths in prop::collection::vec("[0-9]{1,3}", 0..3),
        codings in prop::collection::vec("chunked|gzip|x", 0..3),
    ) {
        let mut headers = HeaderMap::new();
        for (name, values) in [("content-length", &lengths), ("transfer-encoding", &codings)] {
            for value in values {
                headers.append(
                    HeaderName::from_static(name), HeaderValue::from_str(value).unwrap(),
                );
            }
        }
        let one = lengths.len() + codings.len() <= 1;
        let known = codings.iter().all(|coding| coding == "chunked");
        prop_assert_eq!(answer::is_one(StatusCode::OK, &headers), one && known);
    }
}

#[track_caller]
fn head_is(text: &str, expected: Result<(bool, u64), &'static str>) {
    let read = head::read(text.as_bytes()).map(|framing| (framing.chunked, framing.length));
    let expected = expected.map_err(Fault::BadRequest);
    assert_eq!(read, expected, "{text:?}");
}

#[test]
fn heads_by_the_grammar() {
    head_is("GET / HTTP/1.1\r\nHost: a", Ok((false, 0)));
    head_is("GET / HTTP/1.0", Ok((false, 0)));
    head_is("PUT /\u{7e} HTTP/1.1\r\nContent-Length: \t0012 ", Ok((false, 12)));
    head_is("PUT / HTTP/1.1\r\ntransfer-encoding:Chunked", Ok((true, 0)));
    head_is("PUT / HTTP/1.0\r\nTransfer-Encoding: chunked", Err("bad-transfer-encoding"));
    head_is("PUT / HTTP/1.1\r\nTransfer-Encoding: \x0bchunked", Err("bad-field"));
    head_is("PUT / HTTP/1.1\r\nTransfer-Encoding: chunked,", Err("bad-transfer-encoding"));
    head_is("PUT / HTTP/1.1\r\nContent-Length:", Err("bad-content-length"));
    head_is("PUT / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 1", Err("repeated-framing"));
    let both = "PUT / HTTP/1.1\r\nContent-Length: 1\r\nTransfer-Encoding: chunked";
    head_is(both, Err("length-and-encoding"));
    for line in
        ["GET /  HTTP/1.1", "GET / HTTP/1.1 ", " GET / HTTP/1.1", "GET\t/ HTTP/1.1", "GET /"]
    {
        assert!(head::read(line.as_bytes()).is_err(), "{line:?}");
    }
    for version in ["HTTP/0.9", "HTTP/2.0", "http/1.1", "HTTP/1.10", "HTTP/1.2"] {
        head_is(&format!("GET / {version}"), Err("bad-version"));
    }
    for target in ["/#a", "/\u{1}", "/\u{7f}", "/\u{e9}"] {
        head_is(&format!("GET {target} HTTP/1.1"), Err("bad-target"));
    }
    for field in ["X : a", " X: a", "X", ": a", "X\u{e9}: a", "X: a\u{0}", "X: a\u{7f}", "(: a"] {
        head_is(&format!("GET / HTTP/1.1\r\n{field}"), Err("bad-field"));
    }
    head_is("GET / HTTP/1.1\nHost: a", Err("bad-line-end"));
    head_is("GET / HTTP/1.1\r\nX: a\rb", Err("bad-line-end"));
    for nominated in ["host", "a, Content-Length", "Transfer-Encoding ,close", "a b"] {
        head_is(&format!("GET / HTTP/1.1\r\nConnection: {nominated}"), Err("bad-connection"));
    }
    head_is("GET / HTTP/1.1\r\nConnection: close, ,te", Ok((false, 0)));
    let expects = |what: &str| head::read(format!("PUT / HTTP/1.1\r\nExpect: {what}").as_bytes());
    assert_eq!(expects("miracle").err(), Some(Fault::Expectation));
    assert!(expects("100-Continue").is_ok());
}

#[test]
fn the_wire_is_bounded() {
    let one = b"GET / HTTP/1.1\r\n\r\n";
    let many = super::wire::PIPELINED_MAX;
    let said = verdicts(&one.repeat(many + 1), usize::MAX, many + 1);
    assert!(said[..many].iter().all(Result::is_ok));
    assert_eq!(said[many], Err(Fault::BadRequest("too-many-pipelined")));
    let empty = [&b"\r\n".repeat(super::wire::EMPTY_LINES_MAX)[..], one].concat();
    assert_eq!(verdicts(&empty, 3, 1)[0], Ok(()));
    assert!(verdicts(&[b"\r\n", &empty[..]].concat(), 3, 1)[0].is_err());
    assert!(verdicts(&[b"\r\n", &empty[..]].concat(), usize::MAX, 1)[0].is_err());
    let long = [b"GET /", &b"x".repeat(super::HEAD_BYTES_MAX + 200)[..]].concat();
    assert_eq!(verdicts(&long, 4_000, 1)[0], Err(Fault::HeadTooLarge));
    let body = [
        &b"PUT / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n"[..],
        b"1;",
        &b"a".repeat(super::chunks::EXTENSION_BYTES_MAX + 1),
    ]
    .concat();
    assert_eq!(verdicts(&body, usize::MAX, 1)[0], Err(Fault::BadRequest("bad-chunk")));
    let body = [
        &b"PUT / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n"[..],
        b"0\r\na:",
        &b"a".repeat(super::chunks::TRAILER_BYTES_MAX),
    ]
    .concat();
    assert_eq!(verdicts(&body, usize::MAX, 1)[0], Err(Fault::BadRequest("bad-chunk")));
}

#[test]
fn a_body_that_breaks_takes_its_own_head_down_alone() {
    let good = &b"GET / HTTP/1.1\r\n\r\n"[..];
    let bad = b"PUT / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhelloX";
    let said = verdicts(&[good, bad].concat(), usize::MAX, 2);
    assert_eq!(said, [Ok(()), Err(Fault::BadRequest("bad-chunk")), Ok(())]);
    let mut wire = Wire::new();
    wire.read(&bad[..bad.len() - 1]);
    assert!(wire.next_head().is_ok(), "so far it is fine, and somebody asked");
    wire.read(b"X");
    assert_eq!(wire.body_fault(), Some(Fault::BadRequest("bad-chunk")));
}

#[test]
fn websocket_alone_is_offered_and_only_as_it_is_asked_for() {
    let upgrades = |start: &str, fields: &str| {
        head::read(format!("{start}\r\n{fields}").as_bytes()).map(|framing| framing.upgrade)
    };
    let get = "GET / HTTP/1.1";
    let asked = "Connection: keep-alive, Upgrade\r\nUpgrade: WebSocket ";
    assert_eq!(upgrades(get, asked), Ok(true));
    for start in ["POST / HTTP/1.1", "GET / HTTP/1.0"] {
        assert_eq!(upgrades(start, asked), Ok(false), "{start}");
    }
    for fields in [
        "Upgrade: websocket",
        "Connection: upgrade",
        "Connection: close\r\nUpgrade: websocket",
        "Connection: upgrade\r\nUpgrade: h2c, websocket",
        "Connection: upgrade\r\nUpgrade: websocket\r\nContent-Length: 1",
        "Connection: upgrade\r\nUpgrade: websocket\r\nTransfer-Encoding: chunked",
    ] {
        assert_eq!(upgrades(get, fields), Ok(false), "{fields}");
    }
    let twice = format!("{asked}\r\nUpgrade: h2c");
    assert_eq!(upgrades(get, &twice), Err(Fault::BadRequest("repeated-framing")));
}

#[test]
fn an_upgrade_is_not_read_further() {
    let upgrade =
        b"GET / HTTP/1.1\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\r\n\x81\x05hello";
    assert_eq!(verdicts(upgrade, usize::MAX, 1), [Ok(()), Ok(())]);
}
