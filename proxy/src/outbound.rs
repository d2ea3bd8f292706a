//! The request as the other side gets it: what we own is written anew, everything else passes.

use http::{HeaderMap, HeaderName, HeaderValue, Method, header, request::Parts};
use pingora::{Result, http::RequestHeader};

use crate::{
    forwarded::{Forwarded, is_removed},
    gate,
    identity::IDENTITY_HEADER,
    mirror::Copied,
    trace::{TRACEPARENT, Trace},
};

/// Names the proxies a request went through, so that one that meets itself can stop.
pub(crate) const HOP_HEADER: HeaderName = HeaderName::from_static("x-outgrow-hop");

const FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");
const FORWARDED_PROTO: HeaderName = HeaderName::from_static("x-forwarded-proto");
const FORWARDED_PORT: HeaderName = HeaderName::from_static("x-forwarded-port");
const FORWARDED_HOST: HeaderName = HeaderName::from_static("x-forwarded-host");
const TRACE: HeaderName = HeaderName::from_static(TRACEPARENT);

/// What we know of a request that its upstream should know.
#[derive(Debug)]
pub(crate) struct Facts<'r> {
    /// Who the client is and how it reached us.
    pub forwarded: &'r Forwarded,
    /// The trace, with our span.
    pub trace: &'r Trace,
    /// This process.
    pub instance: &'r HeaderValue,
}

/// Bytes of most heads; longer ones grow.
const HEAD_BYTES: usize = 1024;

/// Headers that [`dress`] adds; room for them is made at once.
const ADDED: usize = 6;

/// Writes a request as every side gets it, before the first one is asked.
///
/// The library copies what it sends for each attempt, and keeps a second map beside the headers for
/// the spelling of their names. So headers are written once, and not into each copy; names have no
/// case, so the spelling is given up. Together that is a tenth of our own work on a request.
///
/// # Errors
/// A target that the library refuses; it took the same one before.
pub(crate) fn dress(request: &mut RequestHeader, facts: &Facts<'_>) -> Result<()> {
    let plain = request.uri.path_and_query().map(|target| target.as_str().as_bytes());
    let target = (plain != Some(request.raw_path())).then(|| request.raw_path().to_vec());
    let ends_stream = request.send_end_stream();
    let mut parts = Parts::from(std::mem::replace(request, RequestHeader::from(blank())));
    if parts.method == Method::OPTIONS
        && let Some(hops) = gate::hops_left(&parts.headers)
    {
        parts.headers.insert(header::MAX_FORWARDS, hops.into());
    }
    write(&mut parts.headers, facts);
    *request = RequestHeader::from(parts);
    if let Some(ends) = ends_stream {
        request.set_send_end_stream(ends);
    }
    target.map_or(Ok(()), |target| request.set_raw_path(&target))
}

fn blank() -> Parts {
    http::Request::new(()).into_parts().0
}

fn write(headers: &mut HeaderMap, facts: &Facts<'_>) {
    let is_claim = |name: &&HeaderName| is_removed(name) && **name != HOP_HEADER;
    let claims: Vec<HeaderName> = headers.keys().filter(is_claim).cloned().collect();
    for name in claims {
        headers.remove(name);
    }
    let forwarded = facts.forwarded;
    headers.reserve(ADDED);
    headers.insert(FORWARDED_FOR, forwarded.chain.clone());
    headers.insert(FORWARDED_PROTO, forwarded.proto.clone());
    headers.insert(FORWARDED_PORT, forwarded.port.clone());
    if let Some(host) = &forwarded.host {
        headers.insert(FORWARDED_HOST, host.clone());
    }
    headers.insert(TRACE, facts.trace.header());
    headers.append(HOP_HEADER, facts.instance.clone());
}

/// Whether the client sends nothing after this request (RFC 9112 section 9.6).
pub(crate) fn is_last(headers: &HeaderMap) -> bool {
    let options = headers.get_all(header::CONNECTION).iter();
    let mut options = options.flat_map(|value| value.as_bytes().split(|byte| *byte == b','));
    options.any(|option| option.trim_ascii().eq_ignore_ascii_case(b"close"))
}

/// What one side is told that the others are not.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Told<'t> {
    /// Who it is, where that is not what the client asked for.
    pub host: Option<&'t HeaderValue>,
    /// Who the user is.
    pub identity: Option<&'t HeaderValue>,
}

/// The bytes of a [plain](crate::gate::head::Framing::is_plain) request.
pub(crate) fn head(request: &RequestHeader, told: Told<'_>) -> Vec<u8> {
    bytes((&request.method, request.raw_path()), &request.headers, told)
}

/// The bytes of a head in HTTP/1.1, which says nothing about its connection.
pub(crate) fn bytes(
    (method, target): (&Method, &[u8]),
    headers: &HeaderMap,
    told: Told<'_>,
) -> Vec<u8> {
    let mut head = Vec::with_capacity(HEAD_BYTES);
    for part in [method.as_str().as_bytes(), b" ", target, b" HTTP/1.1\r\n"] {
        head.extend_from_slice(part);
    }
    let mut field = |name: &str, value: &HeaderValue| {
        for part in [name.as_bytes(), b": ", value.as_bytes(), b"\r\n"] {
            head.extend_from_slice(part);
        }
    };
    for (name, value) in headers {
        match *name {
            header::CONNECTION => {}
            header::HOST => field("host", told.host.unwrap_or(value)),
            _ => field(name.as_str(), value),
        }
    }
    if let Some(identity) = told.identity {
        field(IDENTITY_HEADER, identity);
    }
    head.extend_from_slice(b"\r\n");
    head
}

/// Whether a request went through this process before.
pub(crate) fn is_loop(headers: &HeaderMap, instance: &HeaderValue) -> bool {
    headers.get_all(HOP_HEADER).iter().any(|hop| hop == instance)
}

/// The request for a second side, as it went to the first.
pub(crate) fn copy(request: &RequestHeader) -> Copied {
    let target = request.uri.path_and_query().map_or("/", http::uri::PathAndQuery::as_str);
    Copied {
        method: request.method.clone(),
        target: target.to_owned(),
        headers: request.headers.clone(),
        body: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trace::Ids;

    fn dressed() -> RequestHeader {
        let mut request = RequestHeader::build("GET", b"/a/?b=c", None).unwrap();
        for (name, value) in [
            ("host", "shop.example:8443"),
            ("cookie", "sessionid=1"),
            ("x-forwarded-for", "6.6.6.6"),
            ("x_forwarded_proto", "https"),
            ("x-outgrow-shadow", "1"),
            ("accept", "a/b"),
            ("accept", "c/d"),
        ] {
            request.append_header(name, value).unwrap();
        }
        let peer = ("192.0.2.1".parse().unwrap(), None);
        let forwarded = Forwarded::read(&request.headers, peer, false, &[]);
        let trace = Trace::of(&HeaderMap::new(), &Ids::new(1));
        let instance = HeaderValue::from_static("abc");
        let facts = Facts { forwarded: &forwarded, trace: &trace, instance: &instance };
        dress(&mut request, &facts).unwrap();
        request
    }

    #[test]
    fn what_we_own_is_ours_and_the_rest_passes() {
        let sent = dressed();
        assert_eq!(sent.headers.get_all("x-forwarded-for").iter().count(), 1);
        assert_eq!(sent.headers["x-forwarded-for"], "192.0.2.1");
        assert_eq!(sent.headers["x-forwarded-proto"], "http");
        assert_eq!(sent.headers["x-forwarded-port"], "8443");
        assert_eq!(sent.headers["host"], "shop.example:8443");
        assert_eq!(sent.headers.get_all("accept").iter().count(), 2);
        assert!(!sent.headers.contains_key("x_forwarded_proto"));
        assert!(!sent.headers.contains_key("x-outgrow-shadow"));
        assert!(is_loop(&sent.headers, &HeaderValue::from_static("abc")));
    }

    #[test]
    fn the_bytes_of_a_request() {
        let mut request = dressed();
        request.append_header("connection", "keep-alive").unwrap();
        let of = |host: Option<&'static str>, identity: Option<&'static str>| {
            let (host, identity) =
                (host.map(HeaderValue::from_static), identity.map(HeaderValue::from_static));
            let told = Told { host: host.as_ref(), identity: identity.as_ref() };
            String::from_utf8(head(&request, told)).unwrap()
        };
        let plain = of(None, None);
        assert!(plain.starts_with("GET /a/?b=c HTTP/1.1\r\n") && plain.ends_with("\r\n\r\n"));
        assert!(plain.contains("\r\nhost: shop.example:8443\r\n"));
        assert!(plain.contains("\r\naccept: a/b\r\naccept: c/d\r\n"));
        assert!(!plain.contains("connection") && !plain.contains("x-outgrow-identity"));
        assert_eq!(plain.matches("\r\n\r\n").count(), 1);
        let told = of(Some("native"), Some("signed"));
        assert!(told.contains("\r\nhost: native\r\n") && !told.contains("shop.example:8443\r\nx"));
        assert!(told.contains("\r\nx-outgrow-identity: signed\r\n"));
    }
}
