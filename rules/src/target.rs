//! The request target: the path exactly as Django's resolver sees it, or why it has two meanings.

use serde::Serialize;

/// Length of the raw path that is matched. Unit: bytes. Longer ones go to legacy; it also keeps
/// digits below the 4,300 at which Python's `int()` gives up, so `<int:>` means the same here.
pub const PATH_BYTES_MAX: usize = 4_096;

/// Why a path goes to legacy whatever the rules say: two programs could read it differently.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Ambiguity {
    /// Does not start with `/`: an absolute URL, `*`, or nothing.
    NotAPath,
    /// Contains `//`.
    DoubleSlash,
    /// Contains a `.` or `..` segment, encoded or not.
    DotSegment,
    /// Contains `%2F`.
    EncodedSlash,
    /// Contains a backslash, encoded or not: some servers read it as a slash.
    Backslash,
    /// Contains NUL, encoded or not.
    Nul,
    /// A `%` that two hexadecimal digits do not follow.
    BrokenPercent,
    /// Not UTF-8 after decoding.
    InvalidUtf8,
    /// Contains `#`, encoded or not: what follows it is cut off by some programs.
    Fragment,
    /// Longer than [`PATH_BYTES_MAX`].
    TooLong,
}

impl Ambiguity {
    /// Every reason.
    pub const ALL: [Self; 10] = [
        Self::NotAPath,
        Self::DoubleSlash,
        Self::DotSegment,
        Self::EncodedSlash,
        Self::Backslash,
        Self::Nul,
        Self::BrokenPercent,
        Self::InvalidUtf8,
        Self::Fragment,
        Self::TooLong,
    ];

    /// A name for logs and metrics.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::NotAPath => "not_a_path",
            Self::DoubleSlash => "double_slash",
            Self::DotSegment => "dot_segment",
            Self::EncodedSlash => "encoded_slash",
            Self::Backslash => "backslash",
            Self::Nul => "nul",
            Self::BrokenPercent => "broken_percent",
            Self::InvalidUtf8 => "invalid_utf8",
            Self::Fragment => "fragment",
            Self::TooLong => "too_long",
        }
    }
}

/// Path and query of a raw target; the query without its `?`.
pub(crate) fn split(target: &[u8]) -> (&[u8], &[u8]) {
    match target.iter().position(|byte| *byte == b'?') {
        Some(at) => {
            let (path, query) = target.split_at(at);
            (path, query.get(1..).unwrap_or_default())
        }
        None => (target, b""),
    }
}

/// A decoded path on the stack, so that no request allocates for being percent-encoded.
pub(crate) struct Decoded {
    bytes: [u8; PATH_BYTES_MAX],
    len: usize,
}

impl Decoded {
    pub(crate) fn new() -> Self {
        Self { bytes: [0; PATH_BYTES_MAX], len: 0 }
    }

    fn push(&mut self, byte: u8) {
        if let Some(slot) = self.bytes.get_mut(self.len) {
            *slot = byte;
            self.len += 1;
        }
    }

    fn as_slice(&self) -> &[u8] {
        self.bytes.get(..self.len).unwrap_or_default()
    }
}

/// The path that Django matches: decoded, without its leading slash.
///
/// `space` is only written to when the path has a `%`.
pub(crate) fn path<'p>(
    raw: &'p [u8],
    space: &'p mut Option<Decoded>,
) -> Result<&'p str, Ambiguity> {
    if raw.len() > PATH_BYTES_MAX {
        return Err(Ambiguity::TooLong);
    }
    let Some(rest) = raw.strip_prefix(b"/") else { return Err(Ambiguity::NotAPath) };
    let decoded = if rest.contains(&b'%') { decode(rest, space)? } else { rest };
    refuse(decoded)?;
    std::str::from_utf8(decoded).map_err(|_| Ambiguity::InvalidUtf8)
}

/// The same with a slash at the end; `None` if there is one, or the path has two meanings.
pub(crate) fn path_with_slash<'p>(raw: &[u8], space: &'p mut Option<Decoded>) -> Option<&'p str> {
    let mut decoded = None;
    let plain = path(raw, &mut decoded).ok()?;
    if plain.is_empty() || plain.ends_with('/') || plain.len() == PATH_BYTES_MAX {
        return None;
    }
    let copy = space.insert(Decoded::new());
    plain.bytes().chain([b'/']).for_each(|byte| copy.push(byte));
    std::str::from_utf8(copy.as_slice()).ok()
}

/// The raw target with a slash at the end of its path, the query behind it as it was: where a
/// request whose path lacks the slash is redirected to.
pub fn with_slash(target: &[u8]) -> Vec<u8> {
    let (path, query) = target.split_at(split(target).0.len());
    [path, b"/", query].concat()
}

fn decode<'p>(raw: &[u8], space: &'p mut Option<Decoded>) -> Result<&'p [u8], Ambiguity> {
    let decoded = space.insert(Decoded::new());
    let mut bytes = raw.iter();
    while let Some(byte) = bytes.next() {
        if *byte != b'%' {
            decoded.push(*byte);
            continue;
        }
        let mut digit = || bytes.next().and_then(|byte| char::from(*byte).to_digit(16));
        let (Some(high), Some(low)) = (digit(), digit()) else {
            return Err(Ambiguity::BrokenPercent);
        };
        let value = u8::try_from(high * 16 + low).unwrap_or_default();
        if value == b'/' {
            return Err(Ambiguity::EncodedSlash);
        }
        decoded.push(value);
    }
    Ok(decoded.as_slice())
}

/// One pass over the bytes; `previous` starts as the slash that was cut off.
fn refuse(path: &[u8]) -> Result<(), Ambiguity> {
    let (mut previous, mut dots) = (b'/', 0_usize);
    for byte in path {
        match byte {
            b'/' if previous == b'/' => return Err(Ambiguity::DoubleSlash),
            b'/' if dots == 1 || dots == 2 => return Err(Ambiguity::DotSegment),
            0 => return Err(Ambiguity::Nul),
            b'\\' => return Err(Ambiguity::Backslash),
            b'#' => return Err(Ambiguity::Fragment),
            _ => {}
        }
        // `dots` counts the dots of a segment made of dots alone; any other byte spoils it.
        dots = match byte {
            b'/' => 0,
            b'.' if previous == b'/' || (dots > 0 && dots < 3) => dots + 1,
            _ => 3,
        };
        previous = *byte;
    }
    if dots == 1 || dots == 2 { Err(Ambiguity::DotSegment) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(raw: &[u8], expected: Result<&str, Ambiguity>) {
        let mut space = None;
        assert_eq!(path(raw, &mut space), expected, "{}", String::from_utf8_lossy(raw));
    }

    #[test]
    fn plain_and_encoded_paths_decode_once() {
        check(b"/", Ok(""));
        check(b"/api/orders/5/", Ok("api/orders/5/"));
        check(b"/caf%C3%A9/", Ok("caf\u{e9}/"));
        check("/caf\u{e9}/".as_bytes(), Ok("caf\u{e9}/"));
        check(b"/a%2525", Ok("a%25"));
        check(b"/a%0A", Ok("a\n"));
        check(b"/a%3Fb%23", Err(Ambiguity::Fragment));
        check(b"/.well-known/x", Ok(".well-known/x"));
        check(b"/a/...", Ok("a/..."));
        check(b"/a.b/..c", Ok("a.b/..c"));
    }

    #[test]
    fn two_meanings_are_named() {
        check(b"", Err(Ambiguity::NotAPath));
        check(b"*", Err(Ambiguity::NotAPath));
        check(b"http://x/", Err(Ambiguity::NotAPath));
        check(b"//a", Err(Ambiguity::DoubleSlash));
        check(b"/a//b", Err(Ambiguity::DoubleSlash));
        check(b"/a/../b", Err(Ambiguity::DotSegment));
        check(b"/a/%2e%2E/b", Err(Ambiguity::DotSegment));
        check(b"/a/.", Err(Ambiguity::DotSegment));
        check(b"/..", Err(Ambiguity::DotSegment));
        check(b"/a%2Fb", Err(Ambiguity::EncodedSlash));
        check(b"/a%5cb", Err(Ambiguity::Backslash));
        check(b"/a%00", Err(Ambiguity::Nul));
        check(b"/a%0", Err(Ambiguity::BrokenPercent));
        check(b"/a%zz", Err(Ambiguity::BrokenPercent));
        check(b"/a%ff", Err(Ambiguity::InvalidUtf8));
        check(b"/a#b", Err(Ambiguity::Fragment));
        check(&[b'/'; PATH_BYTES_MAX + 1], Err(Ambiguity::TooLong));
    }
}
