//! The request as the other side gets it: what we own is written anew, everything else passes.

use http::{HeaderMap, HeaderName, HeaderValue, Method, header, request::Parts};
use pingora::{Result, http::RequestHeader};

use crate::{
    forwarded::{Forwarded, is_removed},
    gate,
    mirror::Copied,
    trace::{TRACEPARENT, Trace},
    upstream::Upstream,
};

/// Names the proxies a request went through, so that one that meets itself can stop.
pub(crate) const HOP_HEADER: HeaderName = HeaderName::from_static("x-outgrow-hop");

const FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");
const FORWARDED_PROTO: HeaderName = HeaderName::from_static("x-forwarded-proto");
const FORWARDED_PORT: HeaderName = HeaderName::from_static("x-forwarded-port");
const FORWARDED_HOST: HeaderName = HeaderName::from_static("x-forwarded-host");
const TRACE: HeaderName = HeaderName::from_static(TRACEPARENT);

/// Headers that [`dress`] adds; room for them is made at once.
const ADDED: usize = 6;

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

/// Writes the headers of a request for `to`.
///
/// The library keeps a second map beside the headers for the spelling of their names, and every
/// change is made in both. Names have no case, so the spelling is given up: that is a tenth of
/// the proxy's own work on a request.
///
/// # Errors
/// A target that the library refuses; it took the same one before.
pub(crate) fn dress(request: &mut RequestHeader, to: &Upstream, facts: &Facts<'_>) -> Result<()> {
    let plain = request.uri.path_and_query().map(|target| target.as_str().as_bytes());
    let target = (plain != Some(request.raw_path())).then(|| request.raw_path().to_vec());
    let ends_stream = request.send_end_stream();
    let mut parts = Parts::from(std::mem::replace(request, RequestHeader::from(blank())));
    if parts.method == Method::OPTIONS
        && let Some(hops) = gate::hops_left(&parts.headers)
    {
        parts.headers.insert(header::MAX_FORWARDS, hops.into());
    }
    write(&mut parts.headers, to, facts);
    *request = RequestHeader::from(parts);
    if let Some(ends) = ends_stream {
        request.set_send_end_stream(ends);
    }
    target.map_or(Ok(()), |target| request.set_raw_path(&target))
}

fn blank() -> Parts {
    http::Request::new(()).into_parts().0
}

fn write(headers: &mut HeaderMap, to: &Upstream, facts: &Facts<'_>) {
    let hops: Vec<HeaderValue> = headers.get_all(HOP_HEADER).iter().cloned().collect();
    let forwarded = facts.forwarded;
    while let Some(name) = headers.keys().find(|name| is_removed(name)).cloned() {
        headers.remove(name);
    }
    headers.reserve(ADDED);
    headers.insert(FORWARDED_FOR, forwarded.chain.clone());
    headers.insert(FORWARDED_PROTO, forwarded.proto.clone());
    headers.insert(FORWARDED_PORT, forwarded.port.clone());
    if let Some(host) = &forwarded.host {
        headers.insert(FORWARDED_HOST, host.clone());
    }
    headers.insert(TRACE, facts.trace.header());
    headers.insert(HOP_HEADER, facts.instance.clone());
    for hop in hops {
        headers.append(HOP_HEADER, hop);
    }
    if let Some(host) = &to.spec().host {
        headers.insert(header::HOST, host.clone());
    }
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
    use crate::{
        trace::Ids,
        upstream::{Spec, tests::spec},
    };

    fn upstream(host: Option<&'static str>) -> Upstream {
        let host = host.map(HeaderValue::from_static);
        Upstream::open(Spec { host, ..spec(&[("127.0.0.1", 1)]) }).unwrap()
    }

    fn dressed(host: Option<&'static str>) -> RequestHeader {
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
        let peer = "192.0.2.1:5".parse().unwrap();
        let forwarded = Forwarded::read(&request.headers, peer, false, &[]);
        let trace = Trace::of(&HeaderMap::new(), &Ids::new(1));
        let instance = HeaderValue::from_static("abc");
        let facts = Facts { forwarded: &forwarded, trace: &trace, instance: &instance };
        dress(&mut request, &upstream(host), &facts).unwrap();
        request
    }

    #[test]
    fn what_we_own_is_ours_and_the_rest_passes() {
        let sent = dressed(None);
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
    fn a_host_of_its_own_only_where_the_rules_say_so() {
        assert_eq!(dressed(Some("native:9000")).headers["host"], "native:9000");
    }
}
