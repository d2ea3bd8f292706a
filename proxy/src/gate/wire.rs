//! Every byte of a client's connection, read by the grammar before the library acts on it.
//!
//! The wire follows one message after the other: a head, its body, the next head. It changes
//! nothing; it remembers for each head whether it may pass, and the service asks. A head that the
//! library found and the wire did not is one that the grammar does not know.

use std::{collections::VecDeque, time::Duration};

use super::{
    EMPTY_LINE, HEAD_BYTES_MAX,
    chunks::Chunks,
    head::{self, Framing},
};
use crate::error::Fault;

/// Requests of one connection that may wait for their turn. Browsers never have any; a client
/// with more would make us hold what it sends in one packet of 64 KiB.
pub(crate) const PIPELINED_MAX: usize = 64;

/// Empty lines before a request line. Old clients sent one behind a body (RFC 9112 section 2.2).
pub(crate) const EMPTY_LINES_MAX: usize = 4;

/// From the first byte of a head to its last. Ten seconds is a head of 8 KiB at 7 kbit/s; slower
/// than that is an attack or a connection that nobody can use.
pub(crate) const HEAD_TIME_MAX: Duration = Duration::from_secs(10);

/// Time that we may wait for a body beyond what its bytes allow at [`BODY_RATE_MIN`].
pub(crate) const BODY_WAIT_MAX: Duration = Duration::from_secs(10);

/// Bytes of a body per second of waiting for it. The slowest phone network gives five times that;
/// who sends less holds a worker of the monolith for nothing.
pub(crate) const BODY_RATE_MIN: u32 = 1024;

/// Time that a body may take until its next byte, if so many bytes came.
pub(crate) fn body_time(bytes: u64) -> Duration {
    BODY_WAIT_MAX + Duration::from_secs(bytes / u64::from(BODY_RATE_MIN))
}

/// What the client is to send next.
#[derive(Debug)]
enum State {
    Head,
    Sized(u64),
    Chunked(Chunks),
    /// Another protocol, or nothing that is read.
    Opaque,
    /// No request: the connection ends with the answer that says so.
    Refused,
}

/// What we wait for, and how long at most.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Patience {
    /// The next request, or bytes that are not ours to judge.
    Idle,
    /// The rest of the head with this number on its connection.
    Head(u64),
    /// The rest of the body of that head; the time that all waiting for it may take together.
    Body(u64, Duration),
}

impl Patience {
    /// Whether it is the same part of the same message that we still wait for.
    pub(crate) fn same_message(self, other: Self) -> bool {
        match (self, other) {
            (Self::Head(one), Self::Head(two)) | (Self::Body(one, _), Self::Body(two, _)) => {
                one == two
            }
            _ => false,
        }
    }
}

/// One connection, read so far.
#[derive(Debug)]
pub(crate) struct Wire {
    state: State,
    partial: Vec<u8>,
    number: u64,
    body_bytes: u64,
    heads: VecDeque<Result<Framing, Fault>>,
    body_fault: Option<Fault>,
}

impl Wire {
    /// Before the first byte.
    pub(crate) fn new() -> Self {
        Self {
            state: State::Head,
            partial: Vec::new(),
            number: 0,
            body_bytes: 0,
            heads: VecDeque::new(),
            body_fault: None,
        }
    }

    /// What the grammar says of the next head, in the order in which they came.
    ///
    /// # Errors
    /// The fault to answer with.
    pub(crate) fn next_head(&mut self) -> Result<Framing, Fault> {
        self.heads.pop_front().unwrap_or(Err(Fault::BadRequest("bad-line-end")))
    }

    /// The first head that nobody asked for yet, if it is complete: whether it is one of a request
    /// that is [plain](Framing::is_plain).
    pub(crate) fn first_head(&self) -> Option<bool> {
        self.heads.front().map(|head| head.is_ok_and(|framing| framing.is_plain))
    }

    /// Whether all that came belongs to requests that are asked for and here to their ends.
    pub(crate) fn is_at_rest(&self) -> bool {
        self.heads.is_empty() && self.patience() == Patience::Idle
    }

    /// Why the body that is being read is none.
    pub(crate) fn body_fault(&self) -> Option<Fault> {
        self.body_fault
    }

    /// What we wait for.
    pub(crate) fn patience(&self) -> Patience {
        match self.state {
            State::Head if self.partial.is_empty() => Patience::Idle,
            State::Head | State::Refused => Patience::Head(self.number),
            State::Sized(_) | State::Chunked(_) => {
                Patience::Body(self.number, body_time(self.body_bytes))
            }
            State::Opaque => Patience::Idle,
        }
    }

    /// Reads on.
    pub(crate) fn read(&mut self, mut bytes: &[u8]) {
        while !bytes.is_empty() {
            let used = match &mut self.state {
                State::Head => self.head(bytes),
                State::Sized(left) => {
                    let skipped = (*left).min(bytes.len() as u64);
                    *left -= skipped;
                    let done = *left == 0;
                    self.body(usize::try_from(skipped).unwrap_or(usize::MAX), done)
                }
                State::Chunked(chunks) => match chunks.read(bytes) {
                    Ok(end) => self.body(end.unwrap_or(bytes.len()), end.is_some()),
                    Err(fault) => {
                        self.refuse_body(fault);
                        bytes.len()
                    }
                },
                State::Opaque | State::Refused => bytes.len(),
            };
            bytes = bytes.get(used..).unwrap_or_default();
        }
    }

    fn body(&mut self, used: usize, done: bool) -> usize {
        self.body_bytes += used as u64;
        if done {
            self.state = State::Head;
        }
        used
    }

    /// Takes a head, or the part of one that came; says how many bytes it took.
    fn head(&mut self, bytes: &[u8]) -> usize {
        if self.partial.is_empty() {
            return match head_end(bytes, 0) {
                Some((from, to)) => {
                    self.found(head::read(&bytes[from..to]));
                    to + EMPTY_LINE.len()
                }
                None => self.keep(bytes),
            };
        }
        let before = self.partial.len();
        self.keep(bytes);
        let Some((from, to)) = head_end(&self.partial, before) else { return bytes.len() };
        self.found(head::read(&self.partial[from..to]));
        self.partial = Vec::new();
        to + EMPTY_LINE.len() - before
    }

    fn keep(&mut self, bytes: &[u8]) -> usize {
        self.partial.extend_from_slice(bytes);
        let empty = self.partial.chunks_exact(2).take_while(|pair| *pair == b"\r\n").count();
        if empty > EMPTY_LINES_MAX {
            self.found(Err(Fault::BadRequest("empty-lines")));
        } else if self.partial.len() > HEAD_BYTES_MAX + EMPTY_LINE.len() + 2 * EMPTY_LINES_MAX {
            self.found(Err(Fault::HeadTooLarge));
        }
        bytes.len()
    }

    /// A head is there: what follows it is known, or the connection is at its end.
    fn found(&mut self, head: Result<Framing, Fault>) {
        self.number += 1;
        self.body_bytes = 0;
        let head = if self.heads.len() < PIPELINED_MAX {
            head
        } else {
            Err(Fault::BadRequest("too-many-pipelined"))
        };
        self.state = match head {
            Err(_) => State::Refused,
            Ok(Framing { chunked: true, .. }) => State::Chunked(Chunks::new()),
            Ok(Framing { upgrade: true, .. }) => State::Opaque,
            Ok(Framing { length: 0, .. }) => State::Head,
            Ok(Framing { length, .. }) => State::Sized(length),
        };
        self.heads.push_back(head);
    }

    /// The head goes down with its body, if it was not asked for yet.
    fn refuse_body(&mut self, fault: Fault) {
        self.state = State::Refused;
        match self.heads.back_mut() {
            Some(head) => *head = Err(fault),
            None => self.body_fault = Some(fault),
        }
    }
}

/// Where the head in `bytes` begins, behind empty lines, and where the line end before its empty
/// line stands. The first `known` bytes were searched before and hold no end.
pub(crate) fn head_end(bytes: &[u8], known: usize) -> Option<(usize, usize)> {
    let empty = bytes.chunks_exact(2).take_while(|pair| *pair == b"\r\n").count();
    let from = (2 * empty.min(EMPTY_LINES_MAX)).max(known.saturating_sub(EMPTY_LINE.len()));
    let end = from + head::end(bytes.get(from..)?)?;
    Some((2 * empty.min(EMPTY_LINES_MAX), end))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reads(bytes: &[u8]) -> Wire {
        let mut wire = Wire::new();
        wire.read(bytes);
        wire
    }

    #[test]
    fn a_body_has_its_grace_and_a_second_for_each_kilobyte() {
        let seconds = |bytes| body_time(bytes).as_secs();
        assert_eq!([0, 1_023, 1_024, 10_240].map(seconds), [10, 10, 11, 20]);
    }

    #[test]
    fn what_is_waited_for() {
        let head = b"PUT / HTTP/1.1\r\nContent-Length: 3000\r\n\r\n";
        let mut wire = Wire::new();
        assert_eq!(wire.patience(), Patience::Idle);
        wire.read(&head[..9]);
        assert_eq!(wire.patience(), Patience::Head(0));
        wire.read(&head[9..]);
        assert_eq!(wire.patience(), Patience::Body(1, body_time(0)));
        wire.read(&[b'x'; 1_000]);
        wire.read(&[b'x'; 1_999]);
        assert_eq!(wire.patience(), Patience::Body(1, Duration::from_secs(12)));
        wire.read(b"x");
        assert_eq!(wire.patience(), Patience::Idle);
        wire.read(head);
        assert_eq!(wire.patience(), Patience::Body(2, body_time(0)), "each body has its own time");
        assert_eq!(reads(b"GET\r\n\r\n").patience(), Patience::Head(1), "it is refused");
        let upgrade = b"GET / HTTP/1.1\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\r\nx";
        assert_eq!(reads(upgrade).patience(), Patience::Idle);
    }

    #[test]
    fn parts_of_one_message() {
        let body = |number, seconds| Patience::Body(number, Duration::from_secs(seconds));
        assert!(Patience::Head(1).same_message(Patience::Head(1)));
        assert!(body(1, 1).same_message(body(1, 2)));
        assert!(!Patience::Head(1).same_message(Patience::Head(2)));
        assert!(!body(1, 1).same_message(body(2, 1)));
        assert!(!Patience::Head(1).same_message(body(1, 1)));
        assert!(!Patience::Idle.same_message(Patience::Idle));
    }

    #[test]
    fn a_head_that_does_not_end_is_kept_to_its_limit() {
        // What may come before a head and behind it is not counted as its own.
        let most = HEAD_BYTES_MAX + EMPTY_LINE.len() + 2 * EMPTY_LINES_MAX;
        let mut wire = reads(&vec![b'x'; most]);
        assert_eq!(wire.heads.len(), 0);
        wire.read(b"x");
        assert_eq!(wire.next_head(), Err(Fault::HeadTooLarge));
    }
}
