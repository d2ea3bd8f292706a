//! The encodings in which Django writes signatures, timestamps and payloads, with the leniency of
//! the Python functions that read them back.

use std::io::Read;

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use flate2::{Compression, Decompress, FlushDecompress, Status, read::ZlibEncoder};

use crate::signing::{PAYLOAD_BYTES_MAX, Unsigned};

/// `BASE62_ALPHABET` of `django.core.signing`.
const BASE62: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/// `b62_encode` of a number that is not negative.
pub(crate) fn base62(mut number: u64) -> String {
    let mut digits = Vec::new();
    loop {
        digits.push(BASE62[usize::try_from(number % 62).expect("a remainder of 62 is below 62")]);
        number /= 62;
        if number == 0 {
            break;
        }
    }
    digits.iter().rev().map(|digit| char::from(*digit)).collect()
}

/// `b62_decode`, as the float that Django compares with the clock. Where Python's number would be
/// too large for one, so is ours: infinite.
pub(crate) fn from_base62(text: &str) -> Option<f64> {
    let (sign, digits) = match text.strip_prefix('-') {
        Some(digits) => (-1.0, digits),
        None if text.is_empty() => return None,
        None => (1.0, text),
    };
    let digit = |byte| BASE62.iter().position(|known| *known == byte);
    let digits = digits.bytes().map(|byte| digit(byte).and_then(|at| u8::try_from(at).ok()));
    digits
        .into_iter()
        .try_fold(0.0_f64, |sum, digit| Some(sum * 62.0 + f64::from(digit?)))
        .map(|number| sign * number)
}

/// `b64_encode` of `django.core.signing`.
pub(crate) fn base64(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

/// `b64_decode` of `django.core.signing`: `urlsafe_b64decode` behind a padding of the right length.
/// Like `binascii.a2b_base64`, it skips what is no digit, takes both alphabets and stops at the
/// padding. Only what carries a good signature gets here.
pub(crate) fn from_base64(text: &[u8]) -> Result<Vec<u8>, Unsigned> {
    let padding = text.len().wrapping_neg() % 4;
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3);
    let (mut quad, mut pads, mut held) = (0_u8, 0_u8, 0_u8);
    for byte in text.iter().copied().chain(std::iter::repeat_n(b'=', padding)) {
        if byte == b'=' {
            if quad >= 2 {
                pads += 1;
                if quad + pads >= 4 {
                    return Ok(bytes);
                }
            }
            continue;
        }
        let Some(digit) = base64_digit(byte) else { continue };
        pads = 0;
        match quad {
            0 => {}
            1 => bytes.push(held << 2 | digit >> 4),
            2 => bytes.push(held << 4 | digit >> 2),
            _ => bytes.push(held << 6 | digit),
        }
        held = digit;
        quad = (quad + 1) % 4;
    }
    if quad == 0 { Ok(bytes) } else { Err(Unsigned::Malformed("base64")) }
}

fn base64_digit(byte: u8) -> Option<u8> {
    match byte {
        b'A'..=b'Z' => Some(byte - b'A'),
        b'a'..=b'z' => Some(byte - b'a' + 26),
        b'0'..=b'9' => Some(byte - b'0' + 52),
        b'-' | b'+' => Some(62),
        b'_' | b'/' => Some(63),
        _ => None,
    }
}

/// `zlib.compress`.
pub(crate) fn deflate(bytes: &[u8]) -> Vec<u8> {
    let mut packed = Vec::new();
    let mut encoder = ZlibEncoder::new(bytes, Compression::default());
    encoder.read_to_end(&mut packed).expect("memory is read and written without errors");
    packed
}

/// `zlib.decompress`, up to [`PAYLOAD_BYTES_MAX`]: a whole stream, whatever stands behind it.
pub(crate) fn inflate(packed: &[u8]) -> Result<Vec<u8>, Unsigned> {
    let mut decoder = Decompress::new(true);
    let mut bytes = Vec::with_capacity(packed.len().saturating_mul(4).min(PAYLOAD_BYTES_MAX));
    loop {
        let read = usize::try_from(decoder.total_in()).unwrap_or(usize::MAX);
        let rest = packed.get(read..).unwrap_or_default();
        let before = bytes.len();
        let status = decoder.decompress_vec(rest, &mut bytes, FlushDecompress::None);
        match status {
            Ok(Status::StreamEnd) => return Ok(bytes),
            Ok(_) if bytes.len() >= PAYLOAD_BYTES_MAX => return Err(Unsigned::TooLarge),
            Ok(_) if bytes.len() == bytes.capacity() => bytes.reserve(bytes.len().max(256)),
            Ok(_) if bytes.len() > before => {}
            _ => return Err(Unsigned::Malformed("compressed data")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base62_is_djangos() {
        for (number, text) in [(0, "0"), (61, "z"), (62, "10"), (1_750_000_000, "1uQowS")] {
            assert_eq!(base62(number), text);
        }
        assert_eq!(from_base62("10"), Some(62.0));
        assert_eq!(from_base62("-10"), Some(-62.0));
        assert_eq!(from_base62("-"), Some(0.0));
        assert!(from_base62("").is_none() && from_base62("--1").is_none());
        assert_eq!(from_base62(&"z".repeat(400)), Some(f64::INFINITY));
    }

    #[test]
    fn base64_is_pythons() {
        assert_eq!(from_base64(b"aGk").unwrap(), b"hi");
        assert_eq!(from_base64(b"a!G k==zzz").unwrap(), b"hi");
        assert_eq!(from_base64(b"+/-_").unwrap(), from_base64(b"-_+/").unwrap());
        assert!(from_base64(b"a").is_err());
    }
}
