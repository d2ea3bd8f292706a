//! Every byte that an upstream answers to one request, read by the grammar before the library is.
//!
//! The library takes lines that end with a line feed alone, folded fields, a blank before a colon,
//! and drops a Content-Length beside a Transfer-Encoding. Whoever answers so may mean another
//! message than the one that the client would get.

use bytes::{Bytes, BytesMut};
use memchr::memchr_iter;

use super::{
    EMPTY_LINE,
    answer::ANSWER_BYTES_MAX,
    chunks::Chunks,
    head::{self, Answered},
};
use crate::error::Fault;

/// What stands next in what the upstream sends.
#[derive(Debug)]
enum At {
    Head,
    Sized(u64),
    Chunked(Chunks),
    /// A body that ends with the connection, or another protocol.
    Opaque,
    /// Behind the answer.
    Rest,
    /// No answer, or more than one: the connection is of no use any more.
    Refused,
}

/// One answer, read so far.
#[derive(Debug)]
pub(crate) struct AnswerWire {
    at: At,
    /// Whether HEAD was asked for, or nothing yet.
    asked: Option<Asked>,
    partial: Vec<u8>,
    /// Bytes of the head that were looked at and do not hold its end.
    seen: usize,
}

/// A part of an answer.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Part {
    /// A head, from its status line to its empty line.
    Head(Bytes),
    /// Some of the body, without what frames it.
    Body(Bytes),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Asked {
    Head,
    Other,
}

impl AnswerWire {
    /// Before the request is sent.
    pub(crate) fn new() -> Self {
        Self { at: At::Head, asked: None, partial: Vec::new(), seen: 0 }
    }

    /// A part of the request goes out; the first one begins with its method.
    pub(crate) fn asks(&mut self, bytes: &[u8]) {
        self.asked.get_or_insert_with(|| {
            if bytes.starts_with(b"HEAD ") { Asked::Head } else { Asked::Other }
        });
    }

    /// Whether the head of the final answer came.
    pub(crate) fn has_begun(&self) -> bool {
        !matches!(self.at, At::Head)
    }

    /// Whether the answer is whole and nothing came behind it.
    pub(crate) fn is_whole(&self) -> bool {
        matches!(self.at, At::Rest)
    }

    /// Whether the end of the connection is the end of the answer.
    pub(crate) fn ends_with_connection(&self) -> bool {
        matches!(self.at, At::Opaque)
    }

    /// Takes the next part off what came, if there is one. Nothing that came behind a whole answer
    /// is taken.
    ///
    /// # Errors
    /// The bytes are no answer.
    pub(crate) fn part(&mut self, came: &mut BytesMut) -> Result<Option<Part>, Fault> {
        match &mut self.at {
            At::Head => {
                let Some(end) = self.head_end(came, self.seen)? else {
                    self.seen = came.len();
                    return Ok(None);
                };
                self.seen = 0;
                Ok(Some(Part::Head(came.split_to(end).freeze())))
            }
            At::Chunked(chunks) => {
                let mut data = BytesMut::with_capacity(came.len());
                let read = chunks.data(came, |piece| data.extend_from_slice(piece));
                let end = read.map_err(|_| Fault::BadAnswer)?;
                if end.is_some() {
                    self.at = At::Rest;
                }
                let _framing = came.split_to(end.unwrap_or(came.len()));
                Ok((!data.is_empty()).then(|| Part::Body(data.freeze())))
            }
            At::Rest => Ok(None),
            At::Sized(_) | At::Opaque | At::Refused => {
                let read = self.next(came)?;
                Ok((read > 0).then(|| Part::Body(came.split_to(read).freeze())))
            }
        }
    }

    /// Reads on.
    ///
    /// # Errors
    /// The bytes are no answer. What comes behind a whole answer is no error of that answer, but
    /// then it is not [whole](Self::is_whole).
    pub(crate) fn read(&mut self, mut bytes: &[u8]) -> Result<(), Fault> {
        while !bytes.is_empty() {
            let read = self.next(bytes);
            if read.is_err() {
                self.at = At::Refused;
            }
            bytes = bytes.get(read?..).unwrap_or_default();
        }
        Ok(())
    }

    /// Reads a part of what came; says how many bytes that was.
    fn next(&mut self, bytes: &[u8]) -> Result<usize, Fault> {
        match &mut self.at {
            At::Head => self.head(bytes),
            At::Sized(left) => {
                let read = (*left).min(bytes.len() as u64);
                *left -= read;
                if *left == 0 {
                    self.at = At::Rest;
                }
                Ok(usize::try_from(read).unwrap_or(usize::MAX))
            }
            At::Chunked(chunks) => {
                let end = chunks.read(bytes).map_err(|_| Fault::BadAnswer)?;
                if end.is_some() {
                    self.at = At::Rest;
                }
                Ok(end.unwrap_or(bytes.len()))
            }
            At::Opaque => Ok(bytes.len()),
            At::Rest => {
                self.at = At::Refused;
                Ok(bytes.len())
            }
            At::Refused => Err(Fault::BadAnswer),
        }
    }

    fn head(&mut self, bytes: &[u8]) -> Result<usize, Fault> {
        if self.partial.is_empty() {
            let end = self.head_end(bytes, 0)?;
            if end.is_none() {
                self.partial.extend_from_slice(bytes);
            }
            return Ok(end.unwrap_or(bytes.len()));
        }
        let before = self.partial.len();
        let mut whole = std::mem::take(&mut self.partial);
        whole.extend_from_slice(bytes);
        if let Some(end) = self.head_end(&whole, before)? {
            return Ok(end - before);
        }
        self.partial = whole;
        Ok(bytes.len())
    }

    /// Where the head ends, all of which is in `bytes` that came of it; the first `before` were
    /// looked at.
    fn head_end(&mut self, bytes: &[u8], before: usize) -> Result<Option<usize>, Fault> {
        let from = before.saturating_sub(EMPTY_LINE.len());
        if let Some(end) = head::end(&bytes[from..]) {
            self.found(&bytes[..from + end])?;
            return Ok(Some(from + end + EMPTY_LINE.len()));
        }
        // The library ends a line here, and may take the head for complete.
        let alone = |at| at == 0 || bytes[at - 1] != b'\r';
        let bare = memchr_iter(b'\n', &bytes[before..]).any(|at| alone(before + at));
        if bare || bytes.len() > ANSWER_BYTES_MAX { Err(Fault::BadAnswer) } else { Ok(None) }
    }

    fn found(&mut self, head: &[u8]) -> Result<(), Fault> {
        if head.len() > ANSWER_BYTES_MAX {
            return Err(Fault::BadAnswer);
        }
        let answered = head::read_answer(head).map_err(|_| Fault::BadAnswer)?;
        self.at = match answered {
            Answered { status: 101, .. } => At::Opaque,
            Answered { status: 100..200, .. } => At::Head,
            Answered { status: 204 | 304, .. } => At::Rest,
            _ if self.asked == Some(Asked::Head) => At::Rest,
            Answered { chunked: true, .. } => At::Chunked(Chunks::new()),
            Answered { length: Some(0), .. } => At::Rest,
            Answered { length: Some(length), .. } => At::Sized(length),
            Answered { length: None, .. } => At::Opaque,
        };
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Whether the bytes are whole after they came in pieces of that size; an error if they are
    /// no answer.
    fn read(request: &str, bytes: &[u8], piece: usize) -> Result<bool, Fault> {
        let mut wire = AnswerWire::new();
        wire.asks(request.as_bytes());
        wire.asks(b"HEAD of a body");
        bytes.chunks(piece).try_for_each(|piece| wire.read(piece))?;
        Ok(wire.is_whole())
    }

    #[track_caller]
    fn is(request: &str, answer: &str, expected: Result<bool, Fault>) {
        for piece in [1, 2, 3, 7, answer.len()] {
            let read = read(request, answer.as_bytes(), piece);
            assert_eq!(read, expected, "{request:?} {answer:?} by {piece}");
        }
    }

    const SIZED: &str = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n";
    const CHUNKED: &str = "HTTP/1.1 200 OK\r\nTransfer-Encoding:\tChunked\r\n\r\n";

    #[test]
    fn an_answer_ends_where_its_framing_says() {
        is("GET", SIZED, Ok(false));
        is("GET", &format!("{SIZED}o"), Ok(false));
        is("GET", &format!("{SIZED}ok"), Ok(true));
        is("HEAD ", SIZED, Ok(true));
        is("HEADER", SIZED, Ok(false));
        is("GET", &SIZED.replace("200", "304"), Ok(true));
        is("GET", &SIZED.replace("200", "204"), Ok(true));
        is("GET", &SIZED.replace("200", "205"), Ok(false));
        is("GET", &SIZED.replace(": 2", ": 0"), Ok(true));
        is("GET", &format!("{CHUNKED}2\r\nok\r\n0\r\n"), Ok(false));
        is("GET", &format!("{CHUNKED}2\r\nok\r\n0\r\n\r\n"), Ok(true));
        is("HEAD ", CHUNKED, Ok(true));
        is("GET", "HTTP/1.1 200 OK\r\n\r\nuntil it closes", Ok(false));
        is("HEAD ", "HTTP/1.1 200 OK\r\n\r\n", Ok(true));
        is("GET", "HTTP/1.1 100 C\r\n\r\n", Ok(false));
        is("GET", &format!("HTTP/1.1 100 C\r\n\r\nHTTP/1.1 199 X\r\n\r\n{SIZED}ok"), Ok(true));
        is("GET", "HTTP/1.1 101 S\r\n\r\n\n\0 whatever", Ok(false));
    }

    /// The parts of an answer that comes in pieces of that size: heads as they are, bodies as one,
    /// and what is left behind it.
    fn parts(bytes: &[u8], piece: usize) -> Result<(Vec<Bytes>, Vec<u8>, BytesMut), Fault> {
        let (mut wire, mut came) = (AnswerWire::new(), BytesMut::new());
        wire.asks(b"GET");
        let (mut heads, mut body) = (Vec::new(), Vec::new());
        for piece in bytes.chunks(piece) {
            came.extend_from_slice(piece);
            loop {
                match wire.part(&mut came)? {
                    None => break,
                    Some(Part::Head(head)) => heads.push(head),
                    Some(Part::Body(part)) => {
                        assert!(!part.is_empty());
                        body.extend_from_slice(&part);
                    }
                }
            }
        }
        Ok((heads, body, came))
    }

    #[test]
    fn parts_are_heads_and_what_is_framed() {
        let hint = "HTTP/1.1 103 H\r\nLink: a\r\n\r\n";
        let cases = [
            (SIZED, "ok", "ok", ""),
            (SIZED, "okHTTP/1.1 200", "ok", "HTTP/1.1 200"),
            (CHUNKED, "1;a=b\r\no\r\n1\r\nk\r\n0\r\nX: y\r\n\r\n", "ok", ""),
            (CHUNKED, "2\r\nok\r\n0\r\n\r\nmore", "ok", "more"),
            ("HTTP/1.1 200 OK\r\n\r\n", "until it closes", "until it closes", ""),
            ("HTTP/1.1 204 N\r\n\r\n", "more", "", "more"),
        ];
        for (head, framed, body, behind) in cases {
            let whole = format!("{hint}{head}{framed}");
            for piece in [1, 2, 3, 7, whole.len()] {
                let (heads, read, left) = parts(whole.as_bytes(), piece).unwrap();
                assert_eq!(heads, [hint, head], "{whole:?} by {piece}");
                assert_eq!((read.as_slice(), &*left), (body.as_bytes(), behind.as_bytes()));
            }
        }
        for bad in ["HTTP/1.1 200 OK\n", &format!("{CHUNKED}2\r\nok0"), "\r\n\r\n"] {
            for piece in [1, 2, bad.len()] {
                assert_eq!(parts(bad.as_bytes(), piece).map(drop), Err(Fault::BadAnswer));
            }
        }
    }

    #[test]
    fn an_answer_begins_with_its_final_head() {
        let mut wire = AnswerWire::new();
        let mut begins = |bytes: &str| {
            wire.read(bytes.as_bytes()).unwrap();
            wire.has_begun()
        };
        assert!(!begins("HTTP/1.1 100 C\r\n\r\n") && !begins("HTTP/1.1 200 OK\r\n"));
        assert!(begins("Content-Length: 2\r\n\r\n") && begins("ok"));
    }

    #[test]
    fn what_comes_behind_is_no_error_of_what_came_before() {
        let mut wire = AnswerWire::new();
        wire.asks(b"GET");
        assert_eq!(wire.read(format!("{SIZED}okHTTP/1.1 200").as_bytes()), Ok(()));
        assert!(!wire.is_whole());
        assert_eq!(wire.read(b" "), Err(Fault::BadAnswer));
        assert!(!wire.is_whole());
    }

    #[test]
    fn what_is_no_answer_stays_none() {
        let mut wire = AnswerWire::new();
        assert!(wire.read(b"HTTP/1.1 200 OK\n").is_err());
        assert!(wire.read(format!("{SIZED}ok").as_bytes()).is_err());
    }

    #[test]
    fn heads_by_the_grammar() {
        for head in ["HTTP/1.1 200", "HTTP/1.0 200 OK", "HTTP/1.1 200 ", "HTTP/1.1 599 d\u{e9}\t"] {
            is("HEAD ", &format!("{head}\r\n\r\n"), Ok(true));
        }
        for head in [
            "",
            "HTTP",
            "HTTP/1.1",
            "HTTP/1.1 ",
            "HTTP/1.1 20",
            "HTTP/1.1 2000",
            "HTTP/1.1 200\tOK",
            "HTTP/1.1  200",
            "HTTP/1.1 099",
            "HTTP/1.1 600",
            "HTTP/1.1 +20",
            "HTTP/1.1 200 \u{7f}",
            "HTTP/1.2 200 OK",
            "HTTP/2.0 200 OK",
            "http/1.1 200 OK",
            "HTTP/1.1 200 OK\r\nX",
            "HTTP/1.1 200 OK\r\n: a",
            "HTTP/1.1 200 OK\r\nX : a",
            "HTTP/1.1 200 OK\r\nX: a\r\n b",
            "HTTP/1.1 200 OK\r\nX: \0",
            "HTTP/1.1 200 OK\r\nX: a\rb",
            "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 2",
            "HTTP/1.1 200 OK\r\nContent-Length: 2, 2",
            "HTTP/1.1 200 OK\r\nContent-Length:",
            "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip",
            "HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked",
            "HTTP/1.1 204 OK\r\nTransfer-Encoding: chunked",
            "HTTP/1.1 199 OK\r\nTransfer-Encoding: chunked",
        ] {
            is("HEAD ", &format!("{head}\r\n\r\n"), Err(Fault::BadAnswer));
        }
        is("HEAD ", &CHUNKED.replace("200", "304"), Ok(true));
    }

    #[test]
    fn lines_that_the_library_would_end_are_refused_at_once() {
        for head in ["HTTP/1.1 200 OK\n", "HTTP/1.1 200 OK\r\nX: a\n", "\n"] {
            is("GET", head, Err(Fault::BadAnswer));
        }
        is("GET", "HTTP/1.1 200 OK\r\nX: a\r\n", Ok(false));
    }

    #[test]
    fn heads_are_bounded() {
        let start = "HTTP/1.1 200 OK\r\nX: ";
        let long = |length: usize| format!("{start}{}", "x".repeat(length - start.len()));
        for piece in [1_000, usize::MAX] {
            let sized = |bytes: &str| read("HEAD ", bytes.as_bytes(), piece);
            assert_eq!(sized(&format!("{}\r\n\r\n", long(65_532))), Ok(true));
            assert_eq!(sized(&long(65_536)), Ok(false));
            assert_eq!(sized(&long(65_537)), Err(Fault::BadAnswer));
        }
        let all = |length| read("HEAD ", format!("{}\r\n\r\n", long(length)).as_bytes(), 1 << 20);
        assert_eq!((all(65_536), all(65_537)), (Ok(true), Err(Fault::BadAnswer)));
    }

    proptest! {
        #[test]
        fn pieces_make_no_difference_and_nothing_makes_it_panic(
            noise in prop::collection::vec(any::<u8>(), 0..40),
            at in any::<prop::sample::Index>(),
            piece in 1_usize..40,
            framing in prop::sample::select(&[SIZED, CHUNKED][..]),
        ) {
            let mut bytes = format!("{framing}2\r\nok\r\n0\r\n\r\n").into_bytes();
            let place = at.index(bytes.len());
            bytes.splice(place..place, noise);
            let whole = read("GET", &bytes, usize::MAX);
            let pieces = read("GET", &bytes, piece);
            // What comes behind an answer is an error of the next piece alone.
            prop_assert!(whole == pieces || whole == Ok(false), "{whole:?} {pieces:?}");
            prop_assert!(pieces != Ok(true) || whole == pieces);
        }
    }
}
