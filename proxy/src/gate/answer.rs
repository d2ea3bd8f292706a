//! What an upstream may send: the head of an answer, before anything of it goes to the client.

use http::{HeaderMap, StatusCode, header};

use super::head;

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
    use http::HeaderValue;

    use super::*;

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
