//! The request as the other side gets it: what we own is written anew, everything else passes.

use http::{HeaderName, HeaderValue, header};
use pingora::{Result, http::RequestHeader};

use crate::{
    forwarded::{Forwarded, is_owned},
    mirror::Copied,
    trace::{TRACEPARENT, Trace},
    upstream::Upstream,
};

/// Names the proxies a request went through, so that one that meets itself can stop.
pub(crate) const HOP_HEADER: &str = "x-outgrow-hop";

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
/// # Errors
/// A header that the library refuses; a mistake of ours.
pub(crate) fn dress(request: &mut RequestHeader, to: &Upstream, facts: &Facts<'_>) -> Result<()> {
    let owned: Vec<HeaderName> =
        request.headers.keys().filter(|name| is_owned(name)).cloned().collect();
    let hops = request.headers.get(HOP_HEADER).cloned();
    for name in &owned {
        request.remove_header(name);
    }
    let forwarded = facts.forwarded;
    request.insert_header("x-forwarded-for", forwarded.chain.clone())?;
    request.insert_header("x-forwarded-proto", forwarded.proto.clone())?;
    request.insert_header("x-forwarded-port", forwarded.port.clone())?;
    if let Some(host) = &forwarded.host {
        request.insert_header("x-forwarded-host", host.clone())?;
    }
    request.insert_header(TRACEPARENT, facts.trace.header())?;
    request.insert_header(HOP_HEADER, facts.instance.clone())?;
    if let Some(hops) = hops {
        request.append_header(HOP_HEADER, hops)?;
    }
    if let Some(host) = &to.spec().host {
        request.insert_header(header::HOST, host.clone())?;
    }
    Ok(())
}

/// Whether a request went through this process before.
pub(crate) fn is_loop(headers: &http::HeaderMap, instance: &HeaderValue) -> bool {
    headers.get_all(HOP_HEADER).iter().any(|hop| hop == instance)
}

/// The request for a second side, as it went to the first.
pub(crate) fn copy(request: &RequestHeader) -> Copied {
    let target = request.uri.path_and_query().map_or("/", http::uri::PathAndQuery::as_str);
    Copied {
        method: request.method.clone(),
        target: target.to_owned(),
        headers: request.headers.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{trace::Ids, upstream::Spec};
    use http::HeaderMap;
    use std::time::Duration;

    fn upstream(host: Option<&'static str>) -> Upstream {
        Upstream::resolve(Spec {
            name: "legacy".to_owned(),
            addresses: vec!["127.0.0.1:1".to_owned()],
            host: host.map(HeaderValue::from_static),
            connect: Duration::from_secs(1),
            idle: Duration::from_secs(1),
        })
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
        let forwarded = Forwarded::read(&request.headers, peer, &[]);
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
