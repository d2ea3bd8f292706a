//! What a request must be before anybody routes or forwards it.
//!
//! The HTTP library mends what it can and would pass on a Host with a path in it, two equal
//! Content-Lengths, or `GET @elsewhere`. What two parsers may read differently is refused here, so
//! that the side we decide about is the side that answers. There are two halves: [`wire`] reads
//! the bytes of HTTP/1.1 by the grammar, and [`check`] what the fields of any version mean. What an
//! upstream answers has the same two: [`answer_wire`] and [`answer`].

pub(crate) mod answer;
pub(crate) mod answer_wire;
pub(crate) mod path;
pub(crate) mod wire;

mod chunks;
pub(crate) mod head;

#[cfg(test)]
mod generated;

use http::{HeaderMap, HeaderName, HeaderValue, Method, header};

use crate::error::Fault;

/// Fields in one head. Browsers send about 20; 128 is what common servers allow at most.
pub(crate) const FIELDS_MAX: usize = 128;

/// Bytes of one head: names, values and target. Twice what gunicorn takes by default, with room
/// for large session cookies; the library's own limit of 1 MiB per connection is an attack surface.
pub(crate) const HEAD_BYTES_MAX: usize = 64 * 1024;

/// Bytes of a method. The longest registered one has 17; servers disagree on where to cut.
pub(crate) const METHOD_BYTES_MAX: usize = 32;

/// Digits of a Content-Length: those of the largest 63-bit number.
pub(crate) const LENGTH_DIGITS_MAX: usize = 19;

/// The end of the last line of a head, and the empty line behind it.
pub(crate) const EMPTY_LINE: &[u8] = b"\r\n\r\n";

/// Checks a head.
///
/// # Errors
/// The fault to answer with; its word says which check failed.
pub(crate) fn check(method: &Method, target: &[u8], headers: &HeaderMap) -> Result<(), Fault> {
    check_size(target, headers)?;
    check_method(method, headers)?;
    check_target(method, target)?;
    check_host(headers)?;
    check_framing(headers)
}

fn check_size(target: &[u8], headers: &HeaderMap) -> Result<(), Fault> {
    let bytes: usize = headers.iter().map(|(name, value)| name.as_str().len() + value.len()).sum();
    if headers.len() > FIELDS_MAX || bytes + target.len() > HEAD_BYTES_MAX {
        return Err(Fault::HeadTooLarge);
    }
    Ok(())
}

/// TRACE would show a page what its browser hides from it, CONNECT would make a tunnel of us, and
/// `Max-Forwards: 0` asks for an answer of the next hop, which is us, and we have none.
fn check_method(method: &Method, headers: &HeaderMap) -> Result<(), Fault> {
    let ends_here = || headers.contains_key(header::MAX_FORWARDS) && hops_left(headers).is_none();
    if matches!(*method, Method::TRACE | Method::CONNECT)
        || (*method == Method::OPTIONS && ends_here())
    {
        return Err(Fault::BadRequest("not-for-upstreams"));
    }
    if method.as_str().len() > METHOD_BYTES_MAX {
        return Err(Fault::BadRequest("bad-method"));
    }
    Ok(())
}

/// The hops that an OPTIONS request may still take behind us (RFC 9110 section 7.6.2); none if it
/// says nothing of hops, nothing that is a number, or that it ends here.
pub(crate) fn hops_left(headers: &HeaderMap) -> Option<u32> {
    let hops = one(headers, header::MAX_FORWARDS).ok().flatten()?.to_str().ok()?;
    let digits = hops.bytes().all(|byte| byte.is_ascii_digit());
    hops.parse::<u32>().ok().filter(|_| digits)?.checked_sub(1)
}

/// Origin form for everybody, absolute form with an authority for old clients, `*` for OPTIONS
/// alone. What a path may hold is stricter than what a query may: only a path is routed on.
fn check_target(method: &Method, target: &[u8]) -> Result<(), Fault> {
    let bad = Err(Fault::BadRequest("bad-target"));
    if target.iter().any(|byte| !byte.is_ascii_graphic() || *byte == b'#') {
        return bad;
    }
    let path = match target {
        [b'/', ..] => target,
        [b'*'] if *method == Method::OPTIONS => return Ok(()),
        _ => match authority_and_path(target) {
            Some((authority, path)) if is_host(authority) => path,
            _ => return bad,
        },
    };
    let path = path.split(|byte| *byte == b'?').next().unwrap_or_default();
    if path.contains(&b'\\') || !escapes_are_whole(path) { bad } else { Ok(()) }
}

/// The parts of an absolute form, if it is one of HTTP.
fn authority_and_path(target: &[u8]) -> Option<(&[u8], &[u8])> {
    let scheme = [b"http://".as_slice(), b"https://"].into_iter().find(|scheme| {
        target.get(..scheme.len()).is_some_and(|front| front.eq_ignore_ascii_case(scheme))
    })?;
    let rest = &target[scheme.len()..];
    let end = rest.iter().position(|byte| matches!(byte, b'/' | b'?')).unwrap_or(rest.len());
    Some(rest.split_at(end))
}

/// The target as a side is asked for it, where the client wrote it in absolute form: its path and
/// query, or `*` for what OPTIONS asks of a whole server (RFC 9112 section 3.2.4).
pub(crate) fn origin_form(method: &Method, target: &[u8]) -> Option<Vec<u8>> {
    if target.starts_with(b"/") {
        return None;
    }
    match authority_and_path(target)?.1 {
        b"" if *method == Method::OPTIONS => Some(b"*".to_vec()),
        path if path.starts_with(b"/") => Some(path.to_vec()),
        query => Some([b"/", query].concat()),
    }
}

/// Whether each `%` stands before two hexadecimal digits.
fn escapes_are_whole(path: &[u8]) -> bool {
    let mut parts = path.split(|byte| *byte == b'%').skip(1);
    parts.all(|part| part.get(..2).is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit)))
}

/// Exactly one. HTTP/1.0 could do without, but upstreams are asked in HTTP/1.1, which cannot.
fn check_host(headers: &HeaderMap) -> Result<(), Fault> {
    let mut hosts = headers.get_all(header::HOST).iter();
    match (hosts.next(), hosts.next()) {
        (Some(host), None) if is_host(host.as_bytes()) => Ok(()),
        _ => Err(Fault::BadRequest("bad-host")),
    }
}

/// `uri-host [":" port]` of RFC 9110, without userinfo, and without what URL parsers disagree on.
pub(crate) fn is_host(text: &[u8]) -> bool {
    let (name, port) = match text {
        [b'[', rest @ ..] => match rest.iter().position(|byte| *byte == b']') {
            Some(end) => {
                let (inside, after) = rest.split_at(end);
                let inside = std::str::from_utf8(inside).unwrap_or_default();
                if inside.parse::<std::net::Ipv6Addr>().is_err() {
                    return false;
                }
                (b"v6".as_slice(), after.get(1..).unwrap_or_default())
            }
            None => return false,
        },
        _ => match text.iter().position(|byte| *byte == b':') {
            Some(colon) => text.split_at(colon),
            None => (text, b"".as_slice()),
        },
    };
    let named = !name.is_empty()
        && name.iter().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_' | b'~'));
    let port_fine = match port {
        [] => true,
        [b':', digits @ ..] => {
            digits.len() <= 5
                && digits.iter().all(u8::is_ascii_digit)
                && std::str::from_utf8(digits)
                    .is_ok_and(|digits| digits.is_empty() || digits.parse::<u16>().is_ok())
        }
        _ => false,
    };
    named && port_fine
}

/// One Content-Length, digits only, never beside Transfer-Encoding; `chunked` alone or nothing.
fn check_framing(headers: &HeaderMap) -> Result<(), Fault> {
    let length = one(headers, header::CONTENT_LENGTH)?;
    let encoding = one(headers, header::TRANSFER_ENCODING)?;
    if let Some(length) = length {
        head::content_length(length.as_bytes())?;
    }
    match encoding {
        None => Ok(()),
        Some(_) if length.is_some() => Err(Fault::BadRequest("length-and-encoding")),
        Some(encoding) if encoding.as_bytes().eq_ignore_ascii_case(b"chunked") => Ok(()),
        Some(_) => Err(Fault::BadRequest("bad-transfer-encoding")),
    }
}

/// `tchar` of RFC 9110 section 5.6.2. A table: every byte of every name is asked for.
fn is_token(byte: u8) -> bool {
    const TOKENS: [bool; 256] = {
        let mut tokens = [false; 256];
        let legal = b"!#$%&'*+-.^_`|~\
            0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
        let mut place = 0;
        while place < legal.len() {
            tokens[legal[place] as usize] = true;
            place += 1;
        }
        tokens
    };
    TOKENS[usize::from(byte)]
}

/// What a field value may hold: no control but the tab.
fn is_text(byte: u8) -> bool {
    byte == b'\t' || (byte >= b' ' && byte != 0x7f)
}

fn one(headers: &HeaderMap, name: HeaderName) -> Result<Option<&HeaderValue>, Fault> {
    let mut values = headers.get_all(name).iter();
    match (values.next(), values.next()) {
        (first, None) => Ok(first),
        _ => Err(Fault::BadRequest("repeated-framing")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_with(target: &str, pairs: &[(&'static str, &'static str)]) -> Result<(), Fault> {
        let mut headers = HeaderMap::new();
        for (name, value) in pairs {
            headers.append(*name, HeaderValue::from_static(value));
        }
        check(&Method::GET, target.as_bytes(), &headers)
    }

    #[test]
    fn hosts() {
        for good in [
            "shop.example",
            "shop.example:8443",
            "127.0.0.1:80",
            "[::1]:8000",
            "[::1]",
            "a_b.example",
            "localhost",
            "h:",
        ] {
            assert!(is_host(good.as_bytes()), "{good:?} was refused");
        }
        for bad in [
            "", "a, b", "a b", "a/b", "a?x", "a:abc", "[::1", "u@h", "h:70000", "h:1:2", "[zz]",
            "[::1]x", ":80", "a#b", "%61",
        ] {
            assert!(!is_host(bad.as_bytes()), "{bad:?} was taken");
        }
        assert!(!is_host(&[0xff]));
    }

    #[test]
    fn heads() {
        let host = ("host", "a.example");
        assert_eq!(check_with("/", &[host]), Ok(()));
        assert_eq!(check_with("http://a.example/", &[host]), Ok(()));
        assert!(check_with("@evil/", &[host]).is_err());
        assert!(check_with("*", &[host]).is_err());
        assert!(check_with("/a b", &[host]).is_err());
        assert!(check_with("/", &[]).is_err());
        assert!(check_with("/", &[host, host]).is_err());
        assert!(check_with("/", &[host, ("content-length", "5")]).is_ok());
        assert!(check_with("/", &[host, ("content-length", "5, 5")]).is_err());
        assert!(check_with("/", &[host, ("content-length", "+5")]).is_err());
        assert!(check_with("/", &[host, ("content-length", "0005")]).is_ok());
        assert!(check_with("/", &[host, ("content-length", "00000000000000000005")]).is_err());
        assert!(check_with("/", &[host, ("content-length", "0")]).is_ok());
        assert!(check_with("/", &[host, ("content-length", "9223372036854775808")]).is_err());
        assert!(check_with("/", &[host, ("transfer-encoding", "Chunked")]).is_ok());
        assert!(check_with("/", &[host, ("transfer-encoding", "gzip, chunked")]).is_err());
        let both = [host, ("content-length", "5"), ("transfer-encoding", "chunked")];
        assert!(check_with("/", &both).is_err());
    }

    #[test]
    fn absolute_forms_become_what_a_side_is_asked_for() {
        let get = |target: &str| origin_form(&Method::GET, target.as_bytes());
        assert_eq!(get("/http://a/"), None);
        assert_eq!(get("*"), None);
        assert_eq!(get("HTTP://a/b?c=d"), Some(b"/b?c=d".to_vec()));
        assert_eq!(get("https://a:1?c"), Some(b"/?c".to_vec()));
        assert_eq!(get("http://a"), Some(b"/".to_vec()));
        assert_eq!(origin_form(&Method::OPTIONS, b"http://a"), Some(b"*".to_vec()));
        assert_eq!(origin_form(&Method::OPTIONS, b"http://a/"), Some(b"/".to_vec()));
    }

    #[test]
    fn methods_that_are_not_for_upstreams() {
        let mut headers = HeaderMap::new();
        headers.insert(header::HOST, HeaderValue::from_static("a"));
        let long = Method::from_bytes(&[b'A'; METHOD_BYTES_MAX + 1]).unwrap();
        for refused in [&Method::TRACE, &Method::CONNECT, &long] {
            assert!(check(refused, b"/", &headers).is_err(), "{refused}");
        }
        assert_eq!(check(&Method::OPTIONS, b"*", &headers), Ok(()));
        for (hops, left) in [("1", Some(0)), ("007", Some(6)), ("4294967295", Some(4_294_967_294))]
        {
            headers.insert(header::MAX_FORWARDS, HeaderValue::from_static(hops));
            assert_eq!(check(&Method::OPTIONS, b"/", &headers), Ok(()), "{hops}");
            assert_eq!(hops_left(&headers), left);
        }
        for hops in ["0", "00", "", "+1", "1, 2", "4294967296"] {
            headers.insert(header::MAX_FORWARDS, HeaderValue::from_static(hops));
            assert!(check(&Method::OPTIONS, b"/", &headers).is_err(), "{hops}");
            assert_eq!(check(&Method::GET, b"/", &headers), Ok(()));
        }
    }

    #[test]
    fn the_largest_that_may_pass() {
        let host = HeaderValue::from_static("a");
        let mut headers = HeaderMap::new();
        headers.insert(header::HOST, host);
        let room = HEAD_BYTES_MAX - "hosta".len();
        assert_eq!(HEAD_BYTES_MAX, 65_536);
        let target = |length: usize| format!("/{}", "x".repeat(length - 1));
        let sized = |length: usize| check(&Method::GET, target(length).as_bytes(), &headers);
        assert_eq!((sized(room), sized(room + 1)), (Ok(()), Err(Fault::HeadTooLarge)));
        let method = Method::from_bytes(&[b'A'; METHOD_BYTES_MAX]).unwrap();
        assert_eq!(check(&method, b"/", &headers), Ok(()));
        for _ in 1..FIELDS_MAX {
            headers.append("x", HeaderValue::from_static("y"));
        }
        assert_eq!(check(&Method::GET, b"/", &headers), Ok(()));
    }

    #[test]
    fn targets_and_hosts() {
        let host = ("host", "a");
        for bad in ["http://u@a/", "http:///", "/\\", "/%", "/%4", "/%zz?", "/a#b", "/\u{7f}"] {
            assert!(check_with(bad, &[host]).is_err(), "{bad}");
        }
        for good in ["/a?b\\c%zz", "/%4a", "http://a?x=%"] {
            assert_eq!(check_with(good, &[host]), Ok(()), "{good}");
        }
        assert!(check_with("/", &[("host", "a/b")]).is_err());
    }

    #[test]
    fn large_heads() {
        let mut headers = HeaderMap::new();
        headers.insert(header::HOST, HeaderValue::from_static("a"));
        for _ in 0..FIELDS_MAX {
            headers.append("x", HeaderValue::from_static("y"));
        }
        let refused = check(&Method::GET, b"/", &headers);
        assert_eq!(refused, Err(Fault::HeadTooLarge));
        let long = format!("/{}", "x".repeat(HEAD_BYTES_MAX));
        assert_eq!(check_with(&long, &[("host", "a")]), Err(Fault::HeadTooLarge));
    }
}
