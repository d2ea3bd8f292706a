//! W3C trace context: continue the caller's trace or begin one; the trace id is our request id.
//!
//! Randomness is a parameter: [`Ids`] is seeded once at start and never asks the system again.

use std::sync::atomic::{AtomicU64, Ordering};

use http::{HeaderMap, HeaderValue};

/// Header of the W3C trace context, level 1.
pub(crate) const TRACEPARENT: &str = "traceparent";

/// Draws ids. They need to be unique and well spread, not secret.
#[derive(Debug)]
pub(crate) struct Ids {
    seed: u64,
    drawn: AtomicU64,
    share: u64,
}

impl Ids {
    /// Two processes with different seeds draw different ids.
    pub(crate) fn new(seed: u64) -> Self {
        Self { seed, drawn: AtomicU64::new(0), share: 0 }
    }

    /// The same, and of the traces that begin here that share is sampled, in millionths.
    pub(crate) fn sampling(self, share: u32) -> Self {
        Self { share: u64::from(share), ..self }
    }

    /// The next id; never zero, which the standard reserves for "invalid".
    pub(crate) fn draw(&self) -> u64 {
        let n = self.drawn.fetch_add(1, Ordering::Relaxed);
        spread(self.seed ^ spread(n)).max(1)
    }
}

/// The finalizer of splitmix64: every input bit reaches every output bit.
pub(crate) fn spread(mut x: u64) -> u64 {
    x = x.wrapping_add(0x9e37_79b9_7f4a_7c15);
    x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^ (x >> 31)
}

/// One hop of a trace.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Trace {
    /// The trace, the same on every hop.
    pub id: u128,
    /// Our span in it.
    pub span: u64,
    /// The span of the caller, if it sent one.
    pub parent: Option<u64>,
    /// Whether somebody records it.
    pub sampled: bool,
}

impl Trace {
    /// Continues the trace of the request, or begins one where there is none or it is malformed.
    pub(crate) fn of(headers: &HeaderMap, ids: &Ids) -> Self {
        let sent = headers.get(TRACEPARENT).and_then(|value| parse(value.as_bytes()));
        let span = ids.draw();
        if let Some((id, parent, sampled)) = sent {
            return Self { id, span, parent: Some(parent), sampled };
        }
        let low = ids.draw();
        let id = u128::from(ids.draw()) << 64 | u128::from(low);
        Self { id, span, parent: None, sampled: low % 1_000_000 < ids.share }
    }

    /// The value for the next hop.
    pub(crate) fn header(&self) -> HeaderValue {
        let mut text = *b"00-00000000000000000000000000000000-0000000000000000-00";
        text[3..35].copy_from_slice(&hex(self.id));
        text[36..52].copy_from_slice(&hex_64(self.span));
        text[54] += u8::from(self.sampled);
        HeaderValue::from_bytes(&text)
            .expect("hexadecimal digits and dashes are a legal header value")
    }
}

/// The 32 hexadecimal digits of a trace id. By hand, because formatting costs several times this.
pub(crate) fn hex(id: u128) -> [u8; 32] {
    let mut text = [0; 32];
    write_hex(&mut text, &id.to_be_bytes());
    text
}

/// The 16 hexadecimal digits of a span id.
pub(crate) fn hex_64(id: u64) -> [u8; 16] {
    let mut text = [0; 16];
    write_hex(&mut text, &id.to_be_bytes());
    text
}

fn write_hex(text: &mut [u8], bytes: &[u8]) {
    let digit = |half: u8| half + if half < 10 { b'0' } else { b'a' - 10 };
    for (pair, byte) in text.chunks_exact_mut(2).zip(bytes) {
        pair.copy_from_slice(&[digit(byte >> 4), digit(byte & 15)]);
    }
}

/// `00-<32 hex>-<16 hex>-<2 hex>`; later versions may append fields, so only the front is read.
fn parse(value: &[u8]) -> Option<(u128, u64, bool)> {
    let text = std::str::from_utf8(value).ok()?;
    let mut parts = text.split('-');
    let (version, id, parent, flags) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
    let lower_hex = |part: &str, length: usize| {
        part.len() == length && part.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
    };
    let shaped = lower_hex(version, 2)
        && version != "ff"
        && lower_hex(id, 32)
        && lower_hex(parent, 16)
        && lower_hex(flags, 2)
        && (version != "00" || parts.next().is_none());
    if !shaped {
        return None;
    }
    let parent = u64::from_str_radix(parent, 16).ok().filter(|parent| *parent != 0)?;
    let id = u128::from_str_radix(id, 16).ok().filter(|id| *id != 0)?;
    let flags = u8::from_str_radix(flags, 16).ok()?;
    Some((id, parent, flags & 1 == 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    #[test]
    fn a_trace_is_continued_with_a_span_of_our_own() {
        let mut headers = HeaderMap::new();
        headers.insert(TRACEPARENT, HeaderValue::from_static(GOOD));
        let trace = Trace::of(&headers, &Ids::new(7));
        let sent = trace.header();
        let sent = sent.to_str().unwrap();
        assert!(sent.starts_with("00-4bf92f3577b34da6a3ce929d0e0e4736-"), "{sent}");
        assert!(sent.ends_with("-01") && !sent.contains("00f067aa0ba902b7"), "{sent}");
    }

    #[test]
    fn malformed_contexts_begin_a_new_trace() {
        for bad in [
            "",
            "00-0000000000000000000000000000000-00f067aa0ba902b7-01",
            "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
            "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
            "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
            "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
            "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-more",
        ] {
            assert_eq!(parse(bad.as_bytes()), None, "{bad:?}");
        }
        assert!(parse(GOOD.as_bytes()).is_some());
    }

    #[test]
    fn ids_are_written_in_full() {
        let trace = Trace { id: 0xab << 64 | 0x1, span: 0xf0, parent: None, sampled: true };
        let expected = "00-00000000000000ab0000000000000001-00000000000000f0-01";
        assert_eq!(trace.header(), expected);
    }

    #[test]
    fn ids_differ() {
        let ids = Ids::new(1);
        let drawn: std::collections::BTreeSet<u64> = (0..10_000).map(|_| ids.draw()).collect();
        assert_eq!(drawn.len(), 10_000);
    }
}
