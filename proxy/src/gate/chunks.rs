//! The grammar of a chunked body (RFC 9112 section 7.1), byte by byte.
//!
//! The library takes a line feed inside a chunk extension and any text for a trailer; the server
//! behind another proxy may end a line there. Nothing that the grammar does not know passes here.

use super::{is_text, is_token};
use crate::error::Fault;

/// Hexadecimal digits of a chunk size: those of 64 bits, leading zeros included.
pub(crate) const CHUNK_DIGITS_MAX: u32 = 16;

/// Bytes of chunk extensions in one body. Nobody uses them; a body that consists of them would
/// cost us reading and its upstream nothing.
pub(crate) const EXTENSION_BYTES_MAX: usize = 16 * 1024;

/// Bytes of the trailer section. It holds a checksum or a signature; none is forwarded.
pub(crate) const TRAILER_BYTES_MAX: usize = 8 * 1024;

/// Where in a chunked body the next byte stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum At {
    Size {
        digits: u32,
        size: u64,
    },
    /// Behind the size, a name or a value; a value may follow a name alone.
    ExtensionGap {
        named: bool,
    },
    ExtensionName {
        begun: bool,
    },
    ExtensionValue {
        begun: bool,
    },
    Quoted {
        escaped: bool,
    },
    QuotedEnd,
    SizeEnd,
    Data(u64),
    DataCr,
    DataLf,
    Trailer,
    TrailerName,
    TrailerValue,
    TrailerLf,
    EndLf,
}

/// Reads one chunked body.
#[derive(Debug)]
pub(super) struct Chunks {
    at: At,
    size: u64,
    extension_bytes: usize,
    trailer_bytes: usize,
}

const START: At = At::Size { digits: 0, size: 0 };

impl Chunks {
    /// At the first byte of a body.
    pub(super) fn new() -> Self {
        Self { at: START, size: 0, extension_bytes: 0, trailer_bytes: 0 }
    }

    /// Reads on. `Some(n)`: the body ended with the first `n` bytes.
    ///
    /// # Errors
    /// The bytes are no chunked body.
    pub(super) fn read(&mut self, bytes: &[u8]) -> Result<Option<usize>, Fault> {
        self.data(bytes, |_| ())
    }

    /// [Reads](Self::read) on, and hands over what is data.
    ///
    /// # Errors
    /// The bytes are no chunked body.
    pub(super) fn data(
        &mut self,
        bytes: &[u8],
        mut data: impl FnMut(&[u8]),
    ) -> Result<Option<usize>, Fault> {
        let mut here = 0;
        while let Some(byte) = bytes.get(here) {
            if let At::Data(left) = self.at {
                let rest = u64::try_from(bytes.len() - here).unwrap_or(u64::MAX);
                let skipped = left.min(rest);
                let end = here + usize::try_from(skipped).unwrap_or(usize::MAX);
                data(&bytes[here..end]);
                here = end;
                self.at = if skipped == left { At::DataCr } else { At::Data(left - skipped) };
                continue;
            }
            here += 1;
            if self.at == At::EndLf && *byte == b'\n' {
                return Ok(Some(here));
            }
            self.at = self.next(*byte).ok_or(Fault::BadRequest("bad-chunk"))?;
        }
        Ok(None)
    }

    fn next(&mut self, byte: u8) -> Option<At> {
        match self.at {
            At::Size { digits, size } => match (char::from(byte).to_digit(16), digits) {
                (Some(digit), ..CHUNK_DIGITS_MAX) => {
                    Some(At::Size { digits: digits + 1, size: size << 4 | u64::from(digit) })
                }
                (None, 1..) => {
                    self.size = size;
                    behind(byte, false)
                }
                _ => None,
            },
            At::ExtensionGap { .. }
            | At::ExtensionName { .. }
            | At::ExtensionValue { .. }
            | At::Quoted { .. }
            | At::QuotedEnd => {
                self.extension_bytes += 1;
                (self.extension_bytes <= EXTENSION_BYTES_MAX).then(|| self.extension(byte))?
            }
            At::SizeEnd if byte == b'\n' => {
                Some(if self.size == 0 { At::Trailer } else { At::Data(self.size) })
            }
            At::DataCr if byte == b'\r' => Some(At::DataLf),
            At::DataLf if byte == b'\n' => Some(START),
            At::Trailer | At::TrailerName | At::TrailerValue | At::TrailerLf => {
                self.trailer_bytes += 1;
                (self.trailer_bytes <= TRAILER_BYTES_MAX).then(|| self.trailer(byte))?
            }
            At::SizeEnd | At::Data(_) | At::DataCr | At::DataLf | At::EndLf => None,
        }
    }

    /// `chunk-ext = *( BWS ";" BWS chunk-ext-name [ BWS "=" BWS chunk-ext-val ] )`
    fn extension(&self, byte: u8) -> Option<At> {
        let blank = matches!(byte, b' ' | b'\t');
        match self.at {
            // A blank may stand before `;` and `=` only, never at the end of the line.
            At::ExtensionGap { .. } if byte == b'\r' => None,
            At::ExtensionGap { named } => behind(byte, named),
            At::ExtensionName { begun: false } | At::ExtensionValue { begun: false } if blank => {
                Some(self.at)
            }
            At::ExtensionName { .. } if is_token(byte) => Some(At::ExtensionName { begun: true }),
            At::ExtensionName { begun: true } => behind(byte, true),
            At::ExtensionValue { .. } if is_token(byte) => Some(At::ExtensionValue { begun: true }),
            At::ExtensionValue { begun: true } | At::QuotedEnd => behind(byte, false),
            At::ExtensionValue { begun: false } if byte == b'"' => {
                Some(At::Quoted { escaped: false })
            }
            At::Quoted { escaped: false } if byte == b'"' => Some(At::QuotedEnd),
            At::Quoted { escaped } if is_text(byte) => {
                Some(At::Quoted { escaped: !escaped && byte == b'\\' })
            }
            _ => None,
        }
    }

    fn trailer(&self, byte: u8) -> Option<At> {
        match self.at {
            At::Trailer if byte == b'\r' => Some(At::EndLf),
            At::Trailer | At::TrailerName if is_token(byte) => Some(At::TrailerName),
            At::TrailerName if byte == b':' => Some(At::TrailerValue),
            At::TrailerValue if byte == b'\r' => Some(At::TrailerLf),
            At::TrailerValue if is_text(byte) => Some(At::TrailerValue),
            At::TrailerLf if byte == b'\n' => Some(At::Trailer),
            _ => None,
        }
    }
}

/// What may stand behind a size, a name or a value.
fn behind(byte: u8, named: bool) -> Option<At> {
    match byte {
        b'\r' => Some(At::SizeEnd),
        b';' => Some(At::ExtensionName { begun: false }),
        b'=' if named => Some(At::ExtensionValue { begun: false }),
        b' ' | b'\t' => Some(At::ExtensionGap { named }),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ends(body: &str) -> bool {
        Chunks::new().read(body.as_bytes()) == Ok(Some(body.len()))
    }

    #[test]
    fn the_most_that_may_stand_beside_the_data() {
        let digits = |count: usize| ends(&format!("{}\r\n\r\n", "0".repeat(count)));
        assert_eq!([0, 1, 16, 17].map(digits), [false, true, true, false]);
        // The name, and the CR behind it.
        let extension = |bytes: usize| ends(&format!("0;{}\r\n\r\n", "a".repeat(bytes - 1)));
        assert_eq!([2, 16_384, 16_385].map(extension), [true, true, false]);
        let many = |bytes: usize| {
            let chunk = format!("1;{}\r\nx\r\n", "a".repeat(bytes / 2 - 1));
            ends(&format!("{chunk}{chunk}0\r\n\r\n"))
        };
        assert_eq!([16_384, 16_386].map(many), [true, false], "of all chunks together");
        // The field, its end, and the CR of the empty line.
        let trailer = |bytes: usize| ends(&format!("0\r\na:{}\r\n\r\n", "v".repeat(bytes - 5)));
        assert_eq!([6, 8_192, 8_193].map(trailer), [true, true, false]);
    }

    #[test]
    fn sizes_are_hexadecimal() {
        let data = |size: &str, bytes: usize| {
            ends(&format!("{size}\r\n{}\r\n0\r\n\r\n", "x".repeat(bytes)))
        };
        for (size, bytes) in [("1", 1), ("f", 15), ("F", 15), ("10", 16), ("012", 18), ("fF", 255)]
        {
            assert!(data(size, bytes), "{size}");
            assert!(!data(size, bytes + 1) && !data(size, bytes - 1), "{size}");
        }
        for size in ["", "g", "-1", "+1", "0x1", " 1", "1h"] {
            assert!(!data(size, 1), "{size}");
        }
        let mut large = Chunks::new();
        assert_eq!(large.read(b"FFFFFFFFFFFFFFFF\r\n"), Ok(None));
        assert_eq!(large.at, At::Data(u64::MAX));
    }

    #[test]
    fn extensions_by_the_grammar() {
        for good in
            [";a", ";a=b", ";a=\"\"", ";a=\"b\\\"c;\t\"", " ;a", "\t; a = b ;c", ";a;b=c;d=\"e\";f"]
        {
            assert!(ends(&format!("1{good}\r\nx\r\n0{good}\r\n\r\n")), "{good:?}");
        }
        for bad in [
            ";",
            ";;a",
            ";=b",
            ";a=",
            ";a=;b",
            ";a==b",
            ";a=b=c",
            "=b",
            ";a\"b\"",
            ";a=\"b\"c",
            ";a=\"b\\",
            ";a=\"b",
            " ",
            ";a ",
            ";a=b ",
            ";a=\"b\" ",
            ";a b",
            ";a=b c",
            ";a=\"\u{7f}\"",
            ";(",
            ";a=(",
            ";a;",
            " =b",
            ";a=b =c",
            ";a=@b\"",
            ";a=\"b\"=c",
        ] {
            assert!(!ends(&format!("0{bad}\r\n\r\n")), "{bad:?}");
        }
    }

    #[test]
    fn trailers_by_the_grammar() {
        for good in ["", "a:\r\n", "a:b\r\n", "a: \tb \r\nc:d:e\r\n", "a:\u{e9}\r\n"] {
            assert!(ends(&format!("0\r\n{good}\r\n")), "{good:?}");
        }
        for bad in
            ["a\r\n", ":b\r\n", "a b:c\r\n", " a:b\r\n", "a:\u{1}\r\n", "a:b\rc\r\n", "a:b\n"]
        {
            assert!(!ends(&format!("0\r\n{bad}\r\n")), "{bad:?}");
        }
        for bad in [
            "0\r\r\n",
            "0\rx\r\n",
            "0\r\na:b\rc\r\n",
            "1\r\nx\rx0\r\n\r\n",
            "0\r\n\rx",
            "0\n\n",
            "1\r\nx\n0\r\n\r\n",
            "1\r\nx\r0\r\n\r\n",
        ] {
            assert!(!ends(bad), "{bad:?}");
        }
    }
}
