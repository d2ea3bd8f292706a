//! Content-Encoding undone, so that equal content compares equal. Django's gzip middleware puts a
//! random file name into every header (against BREACH): the same page never has the same bytes.

use std::borrow::Cow;
use std::io::Read as _;

use flate2::read::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};

use crate::{Answer, Void};

/// Most bytes one body may grow to (8 MiB): eight times the capture's limit. Django's pages reach
/// 5:1, rarely 10:1; a body that grows further is a bomb or no case for a comparison.
pub const DECODED_BYTES_MAX: usize = 8 * 1024 * 1024;

/// The body without its encoding.
pub(crate) fn decode(answer: &Answer) -> Result<Cow<'_, [u8]>, Void> {
    let named = answer.header("content-encoding").unwrap_or("").trim().to_ascii_lowercase();
    let body = answer.body.as_slice();
    if body.is_empty() {
        return Ok(Cow::Borrowed(body));
    }
    match named.as_str() {
        "" | "identity" => Ok(Cow::Borrowed(body)),
        "gzip" | "x-gzip" => bounded(MultiGzDecoder::new(body)),
        // The RFC says zlib; some servers always meant the raw stream. Clients read both.
        "deflate" => {
            bounded(ZlibDecoder::new(body)).or_else(|_| bounded(DeflateDecoder::new(body)))
        }
        _ => Err(Void::EncodingUnknown),
    }
}

fn bounded<'a>(decoder: impl std::io::Read) -> Result<Cow<'a, [u8]>, Void> {
    let mut out = Vec::new();
    let limit = u64::try_from(DECODED_BYTES_MAX).unwrap_or(u64::MAX) + 1;
    decoder.take(limit).read_to_end(&mut out).map_err(|_| Void::EncodingBroken)?;
    if out.len() > DECODED_BYTES_MAX { Err(Void::EncodingBroken) } else { Ok(Cow::Owned(out)) }
}
