//! Counts the frames of an HTTP/2 connection below the library, which answers every PING and every
//! SETTINGS for as long as they come. It also takes pseudo-fields in trailers, and drops them, and
//! waits for the end of a promise that only a server may make.
//!
//! Frames that carry neither a request nor a body are paid from an account: it holds a burst, fills
//! with time, and fills with what is really transferred, because window updates and the probes of
//! gRPC come with that. When it is empty the connection ends.

use tokio::time::Instant;

/// Frames that may come at once without carrying anything. A browser sends about ten when it
/// connects and one reset for every image that scrolls away; attacks send pairs, so 400 is 800
/// frames of theirs.
pub(crate) const IDLE_FRAMES_MAX: u32 = 400;

/// Such frames that are earned in a second.
const FRAMES_PER_SECOND: u32 = 50;

/// Bytes that earn one such frame, in either direction.
const BYTES_PER_FRAME: usize = 1_024;

/// Bytes of a padded DATA frame that may all be padding.
const PADDING_BYTES_MAX: usize = 256;

const PREFACE_BYTES: usize = 24;
const FRAME_HEAD_BYTES: usize = 9;

const DATA: u8 = 0;
const HEADERS: u8 = 1;
const PUSH_PROMISE: u8 = 5;
const END_STREAM: u8 = 1;
const END_HEADERS: u8 = 4;
const PADDED: u8 = 8;
const PRIORITIZED: u8 = 0x20;

/// Why a connection ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Cut {
    /// The account was overdrawn.
    Flood,
    /// Trailers begin with a pseudo-field (RFC 9113 section 8.1).
    BadTrailers,
    /// A client began to promise a stream (RFC 9113 section 8.4). A whole promise is the library's
    /// to refuse.
    Promise,
}

/// What one connection sent so far.
#[derive(Debug)]
pub(crate) struct FrameMeter {
    skip: usize,
    head: [u8; FRAME_HEAD_BYTES],
    head_bytes: usize,
    left: u32,
    earned: usize,
    filled: Instant,
    /// The last stream that was opened: a later block of fields is its trailers, or an older one's.
    last: u32,
    trailers: Option<Trailers>,
}

/// The first field of trailers, as far as it is needed.
#[derive(Debug)]
struct Trailers {
    /// Bytes before it: the length of the padding, a priority.
    before: usize,
    start: [u8; 3],
    bytes: usize,
}

impl Trailers {
    fn new(flags: u8) -> Self {
        let before = usize::from(flags & PADDED != 0) + 5 * usize::from(flags & PRIORITIZED != 0);
        Self { before, start: [0; 3], bytes: 0 }
    }

    fn read(&mut self, bytes: &[u8]) {
        let skipped = self.before.min(bytes.len());
        self.before -= skipped;
        for byte in bytes.iter().skip(skipped).take(self.start.len() - self.bytes) {
            self.start[self.bytes] = *byte;
            self.bytes += 1;
        }
    }

    /// Whether the field is one of the 14 pseudo-fields that have a number, or is spelled with a
    /// colon (RFC 7541 section 6; 5c is a colon in Huffman's code of seven bits). One that both
    /// sides agreed to call by a number of their own is not seen; the library drops it.
    fn begin_with_pseudo(&self) -> bool {
        match self.start[..self.bytes] {
            [0x81..=0x8e | 0x41..=0x4e | 0x01..=0x0e | 0x11..=0x1e, ..]
            | [0x40 | 0 | 0x10, 1..=0x7e, b':'] => true,
            [0x40 | 0 | 0x10, 0x81..=0xfe, first] => first >> 1 == 0x5c,
            _ => false,
        }
    }
}

impl FrameMeter {
    /// A connection whose preface is still to come.
    pub(crate) fn new(now: Instant) -> Self {
        Self {
            skip: PREFACE_BYTES,
            head: [0; FRAME_HEAD_BYTES],
            head_bytes: 0,
            left: IDLE_FRAMES_MAX,
            earned: 0,
            filled: now,
            last: 0,
            trailers: None,
        }
    }

    /// Bytes went out.
    pub(crate) fn sent(&mut self, bytes: usize) {
        self.earned += bytes;
        let frames = u32::try_from(self.earned / BYTES_PER_FRAME).unwrap_or(u32::MAX);
        self.earned %= BYTES_PER_FRAME;
        self.left = self.left.saturating_add(frames).min(IDLE_FRAMES_MAX);
    }

    /// Bytes came in.
    ///
    /// # Errors
    /// They overdraw the account, or are what no client sends.
    pub(crate) fn came(&mut self, mut bytes: &[u8], now: Instant) -> Result<(), Cut> {
        while !bytes.is_empty() {
            let skipped = self.skip.min(bytes.len());
            self.skip -= skipped;
            if let Some(trailers) = &mut self.trailers {
                trailers.read(&bytes[..skipped]);
                if trailers.begin_with_pseudo() {
                    return Err(Cut::BadTrailers);
                }
            }
            bytes = &bytes[skipped..];
            let taken = (FRAME_HEAD_BYTES - self.head_bytes).min(bytes.len());
            let (more, rest) = bytes.split_at(taken);
            self.head[self.head_bytes..self.head_bytes + taken].copy_from_slice(more);
            self.head_bytes += taken;
            bytes = rest;
            if self.head_bytes == FRAME_HEAD_BYTES {
                self.head_bytes = 0;
                self.frame(now)?;
            }
        }
        Ok(())
    }

    fn frame(&mut self, now: Instant) -> Result<(), Cut> {
        let [high, middle, low, kind, flags, stream @ ..] = self.head;
        let length = usize::from(high) << 16 | usize::from(middle) << 8 | usize::from(low);
        self.skip = length;
        let hollow = length == 0 || flags & PADDED != 0 && length <= PADDING_BYTES_MAX;
        match kind {
            DATA if flags & END_STREAM != 0 || !hollow => self.sent(length),
            HEADERS => {
                let stream = u32::from_be_bytes(stream);
                self.trailers = (stream <= self.last).then(|| Trailers::new(flags));
                self.last = self.last.max(stream);
                return Ok(());
            }
            PUSH_PROMISE if flags & END_HEADERS == 0 => return Err(Cut::Promise),
            _ => {
                if self.left == 0 {
                    self.fill(now);
                }
                self.left = self.left.checked_sub(1).ok_or(Cut::Flood)?;
            }
        }
        self.trailers = None;
        Ok(())
    }

    /// Time is asked for only when the account is empty: an honest connection never needs it.
    fn fill(&mut self, now: Instant) {
        let seconds = now.duration_since(self.filled).as_secs_f64();
        let frames = (seconds * f64::from(FRAMES_PER_SECOND)).min(f64::from(IDLE_FRAMES_MAX));
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 400")]
        let frames = frames as u32;
        if frames > 0 {
            self.left += frames;
            self.filled = now;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    const PING: u8 = 6;

    fn frame(kind: u8, flags: u8, payload: usize) -> Vec<u8> {
        let length = u32::try_from(payload).unwrap().to_be_bytes();
        let mut bytes = vec![length[1], length[2], length[3], kind, flags, 0, 0, 0, 1];
        bytes.resize(bytes.len() + payload, 0);
        bytes
    }

    fn connection(now: Instant) -> FrameMeter {
        let mut meter = FrameMeter::new(now);
        meter.came(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", now).unwrap();
        meter
    }

    fn until_cut(frames: &[Vec<u8>]) -> usize {
        let now = Instant::now();
        let mut meter = connection(now);
        let all = frames.iter().cycle().take(10_000);
        all.take_while(|frame| meter.came(frame, now).is_ok()).count()
    }

    #[test]
    fn floods_are_cut_within_a_thousand_frames() {
        let request = frame(HEADERS, 5, 30);
        let padded = frame(DATA, PADDED, 200);
        for (name, frames) in [
            ("ping", vec![frame(PING, 0, 8)]),
            ("settings", vec![frame(4, 0, 0)]),
            ("rapid reset", vec![request.clone(), frame(3, 0, 4)]),
            ("made you reset", vec![request, frame(8, 0, 4)]),
            ("continuation", vec![frame(9, 0, 1_000)]),
            ("empty data", vec![frame(DATA, 0, 0)]),
            ("padding", vec![padded]),
            ("unknown", vec![frame(0xfa, 0, 0)]),
        ] {
            let cut = until_cut(&frames);
            assert!(cut < 1_000, "{name} was cut after {cut} frames");
        }
    }

    #[test]
    fn what_carries_something_is_not_counted() {
        assert_eq!(until_cut(&[frame(HEADERS, 5, 30)]), 10_000);
        let upload = vec![frame(DATA, 0, 1_024), frame(8, 0, 4)];
        assert_eq!(until_cut(&upload), 10_000, "a window update for every KiB");
    }

    #[test]
    fn pieces_of_any_size_are_the_same_frames() {
        let now = Instant::now();
        let mut meter = connection(now);
        let bytes: Vec<u8> = std::iter::repeat_n(frame(PING, 0, 8), 401).flatten().collect();
        let whole = bytes.chunks(7).take_while(|piece| meter.came(piece, now).is_ok()).count();
        assert_eq!(whole, (400 * 17 + 9_usize).div_ceil(7) - 1);
    }

    #[test]
    fn the_account_fills_with_time() {
        let now = Instant::now();
        let mut meter = connection(now);
        let ping = frame(PING, 0, 8);
        for second in 0..100 {
            for _ in 0..40 {
                let now = now + Duration::from_secs(second);
                assert_eq!(meter.came(&ping, now), Ok(()), "second {second}");
            }
        }
    }
}
