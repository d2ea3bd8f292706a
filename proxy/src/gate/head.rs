//! The grammar of heads (RFC 9112 sections 2 to 6), on the bytes as they came.
//!
//! The library mends what it can: it escapes a space in a target, drops a Content-Length beside a
//! Transfer-Encoding, ends a line at a bare line feed. What is mended here may be read otherwise
//! elsewhere, so nothing is mended: a head is by the grammar, or it is refused.

use std::sync::LazyLock;

use bytes::Bytes;
use http::{HeaderName, HeaderValue};
use memchr::memmem::Finder;
use pingora::http::RequestHeader;

use super::{FIELDS_MAX, HEAD_BYTES_MAX, LENGTH_DIGITS_MAX, METHOD_BYTES_MAX, is_text, is_token};
use crate::error::Fault;

/// How the body of a request ends, and what follows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Framing {
    /// Whether the body is chunked.
    pub chunked: bool,
    /// Bytes of a body that is not.
    pub length: u64,
    /// Whether WebSocket may follow. No other protocol is offered to a side.
    pub upgrade: bool,
    /// Whether it is a request of HTTP/1.1 without a body, and all that it says holds from one end
    /// to the other but how its connection ends (RFC 9110 section 7.6.1, and what HTTP/1.0 had
    /// before it).
    pub is_plain: bool,
}

/// Reads a head, from its request line to the line before the empty one.
///
/// # Errors
/// The fault to answer with.
pub(super) fn read(head: &[u8]) -> Result<Framing, Fault> {
    if head.len() > HEAD_BYTES_MAX {
        return Err(Fault::HeadTooLarge);
    }
    let mut lines = Lines(head);
    let first = lines.next().ok_or(Fault::BadRequest("bad-request-line"))??;
    let mut seen = Seen { start: request_line(first)?, ..Seen::default() };
    for line in lines {
        seen.field(line?)?;
    }
    seen.framing()
}

/// Where the empty line begins that ends a head, with the end of the line before it.
pub(super) fn end(bytes: &[u8]) -> Option<usize> {
    /// Made once: it costs as much as a search.
    static EMPTY_LINE: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new(super::EMPTY_LINE));
    EMPTY_LINE.find(bytes)
}

/// Lines that end with CR LF, and hold neither.
pub(super) struct Lines<'h>(pub(super) &'h [u8]);

impl<'h> Iterator for Lines<'h> {
    type Item = Result<&'h [u8], Fault>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.0.is_empty() {
            return None;
        }
        let end = memchr::memchr2(b'\r', b'\n', self.0).unwrap_or(self.0.len());
        let (line, rest) = self.0.split_at(end);
        let rest = if rest.is_empty() { Some(rest) } else { rest.strip_prefix(b"\r\n") };
        match rest {
            Some(rest) => {
                self.0 = rest;
                Some(Ok(line))
            }
            None => Some(Err(Fault::BadRequest("bad-line-end"))),
        }
    }
}

/// What a request line says of what may follow it.
#[derive(Debug, Clone, Copy, Default)]
struct Start {
    /// A GET of HTTP/1.1.
    may_upgrade: bool,
    /// Of HTTP/1.0, which knows neither chunks nor upgrades.
    old: bool,
}

/// `method SP request-target SP HTTP-version`
fn request_line(line: &[u8]) -> Result<Start, Fault> {
    let bad = Fault::BadRequest("bad-request-line");
    let mut parts = line.split(|byte| *byte == b' ');
    let (Some(method), Some(target), Some(version), None) =
        (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return Err(bad);
    };
    if method.is_empty()
        || method.len() > METHOD_BYTES_MAX
        || !method.iter().all(|byte| is_token(*byte))
    {
        return Err(Fault::BadRequest("bad-method"));
    }
    // The library would drop a fragment, and whatever else stands behind the `#`.
    if target.is_empty() || !target.iter().all(|byte| byte.is_ascii_graphic() && *byte != b'#') {
        return Err(Fault::BadRequest("bad-target"));
    }
    match version {
        b"HTTP/1.1" => Ok(Start { may_upgrade: method == b"GET", old: false }),
        b"HTTP/1.0" => Ok(Start { may_upgrade: false, old: true }),
        _ => Err(Fault::BadRequest("bad-version")),
    }
}

/// What the fields said so far.
#[derive(Debug, Default)]
struct Seen<'h> {
    start: Start,
    length: Option<&'h [u8]>,
    encoding: Option<&'h [u8]>,
    /// Whether Connection names Upgrade, and what that holds.
    upgrade: bool,
    protocol: Option<&'h [u8]>,
    /// Whether a field is for the next hop alone.
    for_this_hop: bool,
}

/// Fields for the next hop alone, besides Connection, which may be there to end the connection.
const HOP_BY_HOP: [&[u8]; 10] = [
    b"expect",
    b"http2-settings",
    b"keep-alive",
    b"proxy-authenticate",
    b"proxy-authorization",
    b"proxy-connection",
    b"te",
    b"trailer",
    b"transfer-encoding",
    b"upgrade",
];

/// Fields that say what a message is or where it came from. Whoever names them in Connection has
/// them removed on the way.
const NEVER_NOMINATED: [&[u8]; 7] = [
    b"host",
    b"content-length",
    b"transfer-encoding",
    b"forwarded",
    b"x-forwarded-for",
    b"x-forwarded-host",
    b"x-forwarded-proto",
];

impl<'h> Seen<'h> {
    fn field(&mut self, line: &'h [u8]) -> Result<(), Fault> {
        let (name, value) = field(line)?;
        let is = |other: &[u8]| name.eq_ignore_ascii_case(other);
        self.for_this_hop |= HOP_BY_HOP.into_iter().any(|hop| hop.len() == name.len() && is(hop));
        match name.len() {
            14 if is(b"content-length") => once(&mut self.length, trimmed(value)),
            17 if is(b"transfer-encoding") => once(&mut self.encoding, trimmed(value)),
            7 if is(b"upgrade") => once(&mut self.protocol, trimmed(value)),
            6 if is(b"expect") && !trimmed(value).eq_ignore_ascii_case(b"100-continue") => {
                Err(Fault::Expectation)
            }
            10 if is(b"connection") => {
                self.upgrade |= nominations(value)?;
                let value = trimmed(value);
                let ends = [b"close".as_slice(), b"keep-alive"];
                self.for_this_hop |= !ends.iter().any(|end| value.eq_ignore_ascii_case(end));
                Ok(())
            }
            _ => Ok(()),
        }
    }

    fn framing(self) -> Result<Framing, Fault> {
        let framing = match (self.length, self.encoding) {
            (None, None) => Framing::default(),
            (Some(_), Some(_)) => return Err(Fault::BadRequest("length-and-encoding")),
            (None, Some(encoding))
                if !self.start.old && encoding.eq_ignore_ascii_case(b"chunked") =>
            {
                Framing { chunked: true, ..Framing::default() }
            }
            (None, Some(_)) => return Err(Fault::BadRequest("bad-transfer-encoding")),
            (Some(digits), None) => {
                Framing { length: content_length(digits)?, ..Framing::default() }
            }
        };
        let asked = self.upgrade && self.protocol.is_some_and(is_websocket);
        let has_body = framing != Framing::default();
        let upgrade = asked && self.start.may_upgrade && !has_body;
        let is_plain = !has_body && !self.start.old && !self.for_this_hop;
        Ok(Framing { upgrade, is_plain, ..framing })
    }
}

/// A head that was [read](self::read), as the library has it; its names are written small. None
/// where it has more fields than anybody may, or a target that is no path: the library puts the
/// host of such a one in the place of its Host.
pub(crate) fn request(head: &Bytes) -> Option<RequestHeader> {
    let fields = memchr::memchr_iter(b'\n', head).count();
    if fields > FIELDS_MAX {
        return None;
    }
    let mut lines = Lines(head);
    let mut first = lines.next()?.ok()?.split(|byte| *byte == b' ');
    let (method, target) = (first.next()?, first.next().filter(|target| target.starts_with(b"/"))?);
    let mut request = RequestHeader::build_no_case(method, target, Some(fields)).ok()?;
    for line in lines {
        let (name, value) = field(line.ok()?).ok()?;
        let name = HeaderName::from_bytes(name).ok()?;
        let value = HeaderValue::from_maybe_shared(head.slice_ref(trimmed(value))).ok()?;
        request.append_header(name, value).ok()?;
    }
    Some(request)
}

/// How the body of an answer ends, before the method of its request is considered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Answered {
    /// The status, 100 to 599.
    pub status: u16,
    /// Whether the body is chunked.
    pub chunked: bool,
    /// Bytes of a body that has a length.
    pub length: Option<u64>,
}

/// Reads the head of an answer, from its status line to the line before the empty one.
///
/// # Errors
/// It is none.
pub(super) fn read_answer(head: &[u8]) -> Result<Answered, Fault> {
    let mut lines = Lines(head);
    let first = lines.next().ok_or(Fault::BadAnswer)??;
    let StatusLine { status, old, .. } = status_line(first).ok_or(Fault::BadAnswer)?;
    let (mut length, mut encoding) = (None, None);
    for line in lines {
        let (name, value) = field(line?)?;
        match name.len() {
            14 if name.eq_ignore_ascii_case(b"content-length") => {
                once(&mut length, trimmed(value))?;
            }
            17 if name.eq_ignore_ascii_case(b"transfer-encoding") => {
                once(&mut encoding, trimmed(value))?;
            }
            _ => {}
        }
    }
    let chunked = match encoding {
        None => false,
        // RFC 9112 section 6.1: neither HTTP/1.0 nor an answer without a body knows codings.
        Some(_) if old || length.is_some() || status < 200 || status == 204 => {
            return Err(Fault::BadAnswer);
        }
        Some(coding) if coding.eq_ignore_ascii_case(b"chunked") => true,
        Some(_) => return Err(Fault::BadAnswer),
    };
    Ok(Answered { status, chunked, length: length.map(content_length).transpose()? })
}

/// The first line of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct StatusLine<'h> {
    /// 100 to 599.
    pub status: u16,
    /// Whether it is of HTTP/1.0.
    pub old: bool,
    /// What the status is called, with the blank before it.
    pub phrase: &'h [u8],
}

/// `HTTP-version SP status-code [ SP reason-phrase ]`. Many servers leave out the last space with
/// the phrase, which nobody reads otherwise.
pub(super) fn status_line(line: &[u8]) -> Option<StatusLine<'_>> {
    let (version, rest) = line.split_at_checked(b"HTTP/1.1 ".len())?;
    let old = match version {
        b"HTTP/1.1 " => false,
        b"HTTP/1.0 " => true,
        _ => return None,
    };
    let (digits, phrase) = rest.split_at_checked(3)?;
    let fine = phrase.first().is_none_or(|byte| *byte == b' ')
        && phrase.iter().all(|byte| is_text(*byte))
        && digits.iter().all(u8::is_ascii_digit);
    let status = std::str::from_utf8(digits).ok().filter(|_| fine)?.parse().ok()?;
    (100..600).contains(&status).then_some(StatusLine { status, old, phrase })
}

/// `field-name ":" OWS field-value OWS`: the name, and the value with what is around it.
pub(super) fn field(line: &[u8]) -> Result<(&[u8], &[u8]), Fault> {
    let end = line.iter().position(|byte| !is_token(*byte)).unwrap_or(line.len());
    // Without an early end, so that many bytes are looked at at once.
    let is_all_text = |value: &[u8]| value.iter().fold(true, |all, byte| all & is_text(*byte));
    match line.split_at(end) {
        ([_, ..], [b':', value @ ..]) if is_all_text(value) => Ok((&line[..end], value)),
        _ => Err(Fault::BadRequest("bad-field")),
    }
}

/// Digits, as many as a length can have; leading zeros are legal.
///
/// # Errors
/// The value is no length.
pub(super) fn content_length(digits: &[u8]) -> Result<u64, Fault> {
    let all = digits.iter().all(u8::is_ascii_digit) && digits.len() <= LENGTH_DIGITS_MAX;
    let number = std::str::from_utf8(digits).ok().filter(|_| all);
    let number = number.and_then(|digits| digits.parse::<u64>().ok());
    number.filter(|n| i64::try_from(*n).is_ok()).ok_or(Fault::BadRequest("bad-content-length"))
}

fn once<'h>(place: &mut Option<&'h [u8]>, value: &'h [u8]) -> Result<(), Fault> {
    match place.replace(value) {
        None => Ok(()),
        Some(_) => Err(Fault::BadRequest("repeated-framing")),
    }
}

/// Checks what Connection names, and says whether Upgrade is among it.
fn nominations(value: &[u8]) -> Result<bool, Fault> {
    let mut upgrade = false;
    for option in value.split(|byte| *byte == b',').map(trimmed) {
        let token = option.iter().all(|byte| is_token(*byte));
        if !token || NEVER_NOMINATED.iter().any(|never| option.eq_ignore_ascii_case(never)) {
            return Err(Fault::BadRequest("bad-connection"));
        }
        upgrade |= option.eq_ignore_ascii_case(b"upgrade");
    }
    Ok(upgrade)
}

fn is_websocket(protocol: &[u8]) -> bool {
    protocol.eq_ignore_ascii_case(b"websocket")
}

/// Without the blanks around it; other white space is no blank.
pub(super) fn trimmed(mut value: &[u8]) -> &[u8] {
    while let [b' ' | b'\t', rest @ ..] | [rest @ .., b' ' | b'\t'] = value {
        value = rest;
    }
    value
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn methods_and_heads_have_their_lengths() {
        let method = |bytes: usize| read(format!("{} / HTTP/1.1", "A".repeat(bytes)).as_bytes());
        assert!(method(METHOD_BYTES_MAX).is_ok());
        assert_eq!(method(METHOD_BYTES_MAX + 1), Err(Fault::BadRequest("bad-method")));
        let start = "GET / HTTP/1.1\r\nhost: a\r\nx: ";
        let whole =
            |bytes: usize| read((start.to_owned() + &"y".repeat(bytes - start.len())).as_bytes());
        assert!(whole(HEAD_BYTES_MAX).is_ok());
        assert_eq!(whole(HEAD_BYTES_MAX + 1), Err(Fault::HeadTooLarge));
        assert_eq!(whole(2 * HEAD_BYTES_MAX), Err(Fault::HeadTooLarge));
    }

    #[test]
    fn a_field_is_known_by_its_name_and_not_by_its_length() {
        let fields = "Accept-Charset: utf-8\r\nIf-Modified-Since: never, ever\r\n\
            Referer: a\r\nCookie: b\r\nUser-Agent: c (d)";
        let twice = format!("{fields}\r\n{fields}");
        let asked = read(format!("GET / HTTP/1.1\r\n{twice}").as_bytes());
        assert_eq!(asked, Ok(Framing { is_plain: true, ..Framing::default() }));
        let answered = read_answer(format!("HTTP/1.1 200 OK\r\n{twice}").as_bytes());
        assert_eq!(answered, Ok(Answered { status: 200, chunked: false, length: None }));
    }

    #[test]
    fn what_holds_for_one_connection_alone_is_not_plain() {
        let of = |start: &str, field: &str| {
            let head = format!("{start}\r\nHost: a\r\n{field}");
            read(head.as_bytes()).unwrap().is_plain
        };
        let get = |field: &str| of("GET / HTTP/1.1", field);
        for plain in ["Accept: te", "Connection: Keep-Alive", "connection:\tclose ", "Ten: a"] {
            assert!(get(plain), "{plain}");
        }
        assert!(of("POST / HTTP/1.1", "Content-Length: 0"));
        assert!(!of("GET / HTTP/1.0", "Accept: a"));
        for named in ["Upgrade", "x-secret", "keep-alive, x-secret", "upgrade, keep-alive", ""] {
            assert!(!get(&format!("Connection: {named}")), "{named}");
        }
        for field in ["TE", "Trailer", "Upgrade", "Keep-Alive", "Proxy-Authorization"] {
            assert!(!get(&format!("{field}: a")), "{field}");
        }
        assert!(!get("Expect: 100-continue") && !get("Transfer-Encoding: chunked"));
        assert!(!get("Content-Length: 1"));
    }

    #[test]
    fn a_request_is_what_its_head_says() {
        let of = |head: &str| request(&Bytes::copy_from_slice(head.as_bytes()));
        let read = of("PATCH /a%20b?c=d HTTP/1.1\r\nHost: a\r\nX-oDd:\t b \r\nx-odd: c").unwrap();
        assert_eq!((read.method.as_str(), read.raw_path()), ("PATCH", &b"/a%20b?c=d"[..]));
        let odd = read.headers.get_all("x-odd").iter().map(|odd| odd.to_str().unwrap());
        assert_eq!(odd.collect::<Vec<_>>(), ["b", "c"]);
        assert_eq!(read.version, http::Version::HTTP_11);
        let fields = |count: usize| of(&format!("GET / HTTP/1.1{}", "\r\na: b".repeat(count)));
        assert_eq!(fields(FIELDS_MAX).unwrap().headers.len(), FIELDS_MAX);
        assert!(fields(FIELDS_MAX + 1).is_none());
        assert!(of("GET http://a/ HTTP/1.1\r\nhost: b").is_none());
    }
}
