//! Targets that two routers may read as different places.
//!
//! Django routes on a path that was decoded once; a native service, or a proxy in front of it, may
//! resolve dots, merge slashes, decode twice or drop parameters. Where that would be another route,
//! the target is for the monolith, which reads it as it always did.

/// Times that a target is decoded. Twice is what attacks on chains of servers use.
const DECODINGS_MAX: usize = 3;

/// The path of a target, and its query with the `?`.
fn split(target: &[u8]) -> (&[u8], &[u8]) {
    let end = memchr::memchr(b'?', target).unwrap_or(target.len());
    target.split_at(end)
}

/// Whether every reader takes the path of a target for the same place.
pub(crate) fn is_plain(target: &[u8]) -> bool {
    let (path, _) = split(target);
    !path.iter().any(|byte| matches!(byte, b'%' | b'\\' | b';'))
        && !path.windows(2).any(|pair| matches!(pair, b"//" | b"/."))
}

/// The target as a reader that resolves everything would take it.
pub(crate) fn canonical(target: &[u8]) -> Vec<u8> {
    let (path, query) = split(target);
    let mut path = path.to_vec();
    for _ in 0..DECODINGS_MAX {
        path = decoded(&path);
    }
    let mut segments: Vec<&[u8]> = Vec::new();
    let parts: Vec<&[u8]> = path.split(|byte| matches!(byte, b'/' | b'\\')).collect();
    for (place, part) in parts.iter().enumerate() {
        let last = place + 1 == parts.len();
        let part = part.split(|byte| *byte == b';').next().unwrap_or_default();
        match part {
            b".." => drop(segments.pop()),
            b"" | b"." => {}
            _ => segments.push(part),
        }
        if last && matches!(part, b"" | b"." | b"..") {
            segments.push(b"");
        }
    }
    let mut whole = Vec::with_capacity(target.len());
    for segment in segments {
        whole.push(b'/');
        for byte in segment {
            encode(*byte, &mut whole);
        }
    }
    whole.extend_from_slice(query);
    whole
}

/// Decoded once; a `%` that begins no escape stays.
fn decoded(path: &[u8]) -> Vec<u8> {
    let digit = |byte: Option<&u8>| byte.and_then(|byte| char::from(*byte).to_digit(16));
    let mut out = Vec::with_capacity(path.len());
    let mut here = 0;
    while let Some(byte) = path.get(here) {
        let escape = (digit(path.get(here + 1)), digit(path.get(here + 2)));
        if let (b'%', (Some(high), Some(low))) = (byte, escape) {
            out.extend(u8::try_from(high << 4 | low));
            here += 3;
        } else {
            out.push(*byte);
            here += 1;
        }
    }
    out
}

fn encode(byte: u8, out: &mut Vec<u8>) {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    if byte.is_ascii_graphic() && !matches!(byte, b'%' | b'?' | b'#') {
        out.push(byte);
    } else {
        out.extend([b'%', HEX[usize::from(byte >> 4)], HEX[usize::from(byte & 15)]]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn is(target: &str, expected: &str) {
        let canonical = String::from_utf8(canonical(target.as_bytes())).unwrap();
        assert_eq!(canonical, expected, "{target}");
        assert_eq!(is_plain(target.as_bytes()), target == expected, "{target}");
    }

    #[test]
    fn a_target_as_a_reader_that_resolves_everything_takes_it() {
        for plain in ["/", "/a", "/a/", "/a/b?c=%2e%2e//..;", "/a.b/c..d", "/a+b:c@d,e=f!"] {
            is(plain, plain);
        }
        is("/a/../b", "/b");
        is("/a/..", "/");
        is("/a/b/..", "/a/");
        is("/../../a", "/a");
        is("/./a/.", "/a/");
        is("//a///b", "/a/b");
        is("/a;x=1/b;y", "/a/b");
        is("/a\\b", "/a/b");
        is("/%61%2Fb", "/a/b");
        is("/%2e%2e/%7eb", "/~b");
        is("/%252e%25252e/a", "/a");
        is("/a/%2525252e%2525252e/b", "/a/%252e%252e/b");
        is("/%", "/%25");
        is("/%4", "/%254");
        is("/%zz%5", "/%25zz%255");
        is("/%e9%20%3f%23%00", "/%E9%20%3F%23%00");
    }
}
