//! What an upstream may send: the head of an answer, before anything of it goes to the client.

use bytes::Bytes;
use http::{HeaderMap, HeaderValue, StatusCode, Version, header};
use pingora::http::ResponseHeader;

use super::{
    EMPTY_LINE,
    head::{self, Lines, StatusLine},
};
use crate::error::Fault;

/// Fields in the head of an answer. Django sends about 15, and one per cookie.
pub(crate) const ANSWER_FIELDS_MAX: usize = 200;

/// Bytes of the head of an answer, names and values. Clients refuse heads of a quarter of that.
pub(crate) const ANSWER_BYTES_MAX: usize = 64 * 1024;

/// Informational answers before the final one: one 100, one 103, and room for a few more. Each
/// costs the client a packet, and an upstream could send them for ever.
pub(crate) const INFORMATIONAL_MAX: u8 = 8;

/// Whether a head is one that a client may get: bounded, and with one framing at most.
pub(crate) fn is_one(status: StatusCode, headers: &HeaderMap) -> bool {
    let bytes: usize = headers.iter().map(|(name, value)| name.as_str().len() + value.len()).sum();
    let bounded = headers.len() <= ANSWER_FIELDS_MAX && bytes <= ANSWER_BYTES_MAX;
    bounded && status.as_u16() <= 599 && has_one_framing(headers)
}

/// A head as the library has it, with the spelling of its names.
///
/// # Errors
/// The bytes are no head of an answer; none that the [wire](super::answer_wire) hands over.
pub(crate) fn header(head: &Bytes) -> Result<ResponseHeader, Fault> {
    let bad = |_| Fault::BadAnswer;
    let mut lines = Lines(head.strip_suffix(EMPTY_LINE).unwrap_or(head));
    let first = lines.next().ok_or(Fault::BadAnswer)??;
    let StatusLine { status, old, phrase } = head::status_line(first).ok_or(Fault::BadAnswer)?;
    let fields = memchr::memchr_iter(b'\n', head).count().saturating_sub(2);
    let mut answer = ResponseHeader::build(status, Some(fields)).map_err(bad)?;
    answer.set_version(if old { Version::HTTP_10 } else { Version::HTTP_11 });
    let phrase = std::str::from_utf8(phrase.strip_prefix(b" ").unwrap_or(phrase));
    answer.set_reason_phrase(Some(phrase.unwrap_or_default())).map_err(bad)?;
    for line in lines {
        let (name, value) = head::field(line?)?;
        let value = HeaderValue::from_maybe_shared(head.slice_ref(head::trimmed(value)));
        let value = value.map_err(|_| Fault::BadAnswer)?;
        answer.append_header(head.slice_ref(name), value).map_err(bad)?;
    }
    Ok(answer)
}

fn has_one_framing(headers: &HeaderMap) -> bool {
    let mut lengths = headers.get_all(header::CONTENT_LENGTH).iter();
    let mut codings = headers.get_all(header::TRANSFER_ENCODING).iter();
    let framing = (lengths.next(), codings.next());
    if lengths.next().is_some() || codings.next().is_some() {
        return false;
    }
    match framing {
        (None, None) => true,
        (Some(length), None) => head::content_length(length.as_bytes()).is_ok(),
        (None, Some(coding)) => coding.as_bytes().eq_ignore_ascii_case(b"chunked"),
        (Some(_), Some(_)) => false,
    }
}

/// Whether an answer of that status has no Content-Length, whatever it says (RFC 9110 section 8.6).
pub(crate) fn has_no_length(status: StatusCode) -> bool {
    status.is_informational() || status == StatusCode::NO_CONTENT
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_head_becomes_what_it_says() {
        let head = b"HTTP/1.0 404 Nothing here\r\nX-oDd: a\r\nSet-Cookie:\t b=c \r\n\
            set-cookie: d=\xe9\r\nEmpty:\r\n\r\n";
        let answer = header(&Bytes::from_static(head)).unwrap();
        assert_eq!((answer.status.as_u16(), answer.version), (404, Version::HTTP_10));
        assert_eq!(answer.get_reason_phrase(), Some("Nothing here"));
        let mut written = Vec::new();
        answer.header_to_h1_wire(&mut written);
        let same = b"X-oDd: a\r\nSet-Cookie: b=c\r\nset-cookie: d=\xe9\r\nEmpty: \r\n";
        assert_eq!(written.escape_ascii().to_string(), same.escape_ascii().to_string());
        let bare = header(&Bytes::from_static(b"HTTP/1.1 200\r\n\r\n")).unwrap();
        assert_eq!((bare.version, bare.headers.len()), (Version::HTTP_11, 0));
        assert!(header(&Bytes::from_static(b"HTTP/1.1 200 OK\r\nno field\r\n\r\n")).is_err());
    }

    #[test]
    fn the_largest_head_that_may_pass() {
        let sized = |bytes: usize| {
            let value = HeaderValue::from_bytes(&vec![b'v'; bytes - 1]).unwrap();
            let headers = HeaderMap::from_iter([(header::HeaderName::from_static("x"), value)]);
            is_one(StatusCode::OK, &headers)
        };
        assert_eq!((sized(65_536), sized(65_537)), (true, false));
        let many = |fields: usize| {
            let field = (header::HeaderName::from_static("x"), HeaderValue::from_static("v"));
            is_one(StatusCode::OK, &std::iter::repeat_n(field, fields).collect())
        };
        assert_eq!((many(200), many(201)), (true, false));
        let status = |code| is_one(StatusCode::from_u16(code).unwrap(), &HeaderMap::new());
        assert_eq!((status(599), status(600)), (true, false));
    }

    #[test]
    fn answers_without_a_body_have_no_length() {
        for (code, none) in [(100, true), (199, true), (204, true), (200, false), (304, false)] {
            assert_eq!(has_no_length(StatusCode::from_u16(code).unwrap()), none, "{code}");
        }
    }
}
