//! Who the client is and how it reached us: the fields a proxy owns, computed and never believed.
//!
//! Django takes the scheme from one header and the client address from another. Whoever can write
//! those headers can be anyone, so only a peer that is named by `--trusted-proxy` is believed.
//! Names with an underscore are removed from everybody, as nginx, gunicorn and Django's own server
//! do: WSGI maps `X_Forwarded_For` and `X-Forwarded-For` to the same key.

use std::{net::IpAddr, str::FromStr};

use http::{HeaderMap, HeaderName, HeaderValue, header};

/// Headers that nobody may send: by these proxies say who a client is, how it came or what it asked
/// for, and `Proxy` becomes the variable `HTTP_PROXY` of a CGI program. Trusted peers may not
/// either: a load balancer that writes `X-Forwarded-For` passes these on as the client sent them.
const CLAIMS: [&str; 8] = [
    "cf-connecting-ip",
    "fastly-client-ip",
    "forwarded",
    "front-end-https",
    "proxy",
    "remote-addr",
    "remote-user",
    "true-client-ip",
];

/// Front of further such headers.
const CLAIM_FRONT: &str = "ssl-client-";

/// The same of headers that begin with `X-`.
const X_CLAIMS: [&str; 12] = [
    "auth-user",
    "authenticated-user",
    "client-cert",
    "client-dn",
    "client-ip",
    "client-verify",
    "cluster-client-ip",
    "real-ip",
    "rewrite-url",
    "scheme",
    "url-scheme",
    "webauth-user",
];

/// Fronts of further such headers; those of `X-Outgrow-` are ours on every hop.
const X_CLAIM_FRONTS: [&str; 6] =
    ["auth-request-", "forwarded", "original-", "outgrow-", "remote-", "ssl-"];

/// An address range in CIDR notation, e.g. `10.0.0.0/8`; a bare address is a range of one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Network {
    base: IpAddr,
    bits: u8,
}

/// Why a text is no address range.
#[derive(Debug, thiserror::Error)]
#[error("{text:?} is no address range: expected ADDRESS/BITS, e.g. 10.0.0.0/8 or fd00::/8")]
pub struct BadNetwork {
    text: String,
}

impl Network {
    /// Whether the address lies in the range. An IPv4 address that arrives in its IPv6 form
    /// (`::ffff:10.0.0.1`, as on a dual-stack listener) is the IPv4 address.
    pub fn contains(&self, address: IpAddr) -> bool {
        match (self.base, address.to_canonical()) {
            (IpAddr::V4(base), IpAddr::V4(other)) => same_prefix(
                u128::from(u32::from(base)),
                u128::from(u32::from(other)),
                32,
                self.bits,
            ),
            (IpAddr::V6(base), IpAddr::V6(other)) => {
                same_prefix(u128::from(base), u128::from(other), 128, self.bits)
            }
            _ => false,
        }
    }
}

fn same_prefix(one: u128, other: u128, width: u8, bits: u8) -> bool {
    let ignored = u32::from(width - bits.min(width));
    one.checked_shr(ignored).unwrap_or(0) == other.checked_shr(ignored).unwrap_or(0)
}

impl FromStr for Network {
    type Err = BadNetwork;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let bad = || BadNetwork { text: text.to_owned() };
        let (address, bits) = text.split_once('/').map_or((text, None), |(a, b)| (a, Some(b)));
        let base: IpAddr = address.parse().map_err(|_| bad())?;
        let width = if base.is_ipv4() { 32 } else { 128 };
        let bits = bits.map_or(Ok(width), str::parse).map_err(|_| bad())?;
        if bits > width {
            return Err(bad());
        }
        Ok(Self { base, bits })
    }
}

impl Forwarded {
    /// The client as text.
    pub(crate) fn client(&self) -> &str {
        self.client_text.to_str().unwrap_or_default()
    }
}

/// What we know of the way a request took to us.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Forwarded {
    /// The client: the peer, or what the nearest trusted proxy said about the one before it.
    pub client: IpAddr,
    /// The same as text, written once for all who need it.
    pub client_text: HeaderValue,
    /// `X-Forwarded-For` as sent on.
    pub chain: HeaderValue,
    /// `X-Forwarded-Proto` as sent on.
    pub proto: HeaderValue,
    /// `X-Forwarded-Host` as sent on; absent where the request has no Host (HTTP/1.0).
    pub host: Option<HeaderValue>,
    /// `X-Forwarded-Port` as sent on.
    pub port: HeaderValue,
}

impl Forwarded {
    /// Reads the head of a request that came from that peer, over TLS of ours or not. The peer is
    /// given as text, too, where somebody has it.
    pub(crate) fn read(
        headers: &HeaderMap,
        (peer, peer_text): (IpAddr, Option<&HeaderValue>),
        secure: bool,
        trusted: &[Network],
    ) -> Self {
        let peer_ip = peer.to_canonical();
        let believed = trusted.iter().any(|network| network.contains(peer_ip));
        let sent = |name| if believed { headers.get(name) } else { None };
        let proto = match sent("x-forwarded-proto").map(HeaderValue::as_bytes) {
            Some(b"https") => HeaderValue::from_static("https"),
            None if secure => HeaderValue::from_static("https"),
            _ => HeaderValue::from_static("http"),
        };
        let host = sent("x-forwarded-host").or_else(|| headers.get(header::HOST)).cloned();
        let port = sent("x-forwarded-port")
            .filter(|value| is_port(value.as_bytes()))
            .cloned()
            .unwrap_or_else(|| port_of(host.as_ref(), &proto));
        let earlier = if believed { chain_of(headers) } else { Vec::new() };
        let client = client_of(&earlier, peer_ip, trusted);
        let known = peer_text.filter(|_| client == peer_ip);
        let client_text = known.cloned().unwrap_or_else(|| text(client));
        let chain =
            if earlier.is_empty() { client_text.clone() } else { joined(&earlier, peer_ip) };
        Self { client, client_text, chain, proto, host, port }
    }
}

/// An address as text.
pub(crate) fn text(address: IpAddr) -> HeaderValue {
    HeaderValue::from_str(&address.to_string())
        .unwrap_or_else(|_| HeaderValue::from_static("unknown"))
}

/// Whether a header is to be removed from what a peer sent.
pub(crate) fn is_removed(name: &HeaderName) -> bool {
    let name = name.as_str();
    name.contains('_')
        || match name.strip_prefix("x-") {
            Some(name) => {
                X_CLAIMS.contains(&name)
                    || X_CLAIM_FRONTS.iter().any(|front| name.starts_with(front))
            }
            None => CLAIMS.contains(&name) || name.starts_with(CLAIM_FRONT),
        }
}

fn is_port(text: &[u8]) -> bool {
    std::str::from_utf8(text).is_ok_and(|text| text.parse::<u16>().is_ok_and(|port| port > 0))
}

fn port_of(host: Option<&HeaderValue>, proto: &HeaderValue) -> HeaderValue {
    let text = host.and_then(|host| host.to_str().ok()).unwrap_or_default();
    let port = text.rsplit_once(':').map(|(_, port)| port).filter(|port| is_port(port.as_bytes()));
    let default = HeaderValue::from_static(if proto == "https" { "443" } else { "80" });
    port.map_or(default.clone(), |port| HeaderValue::from_str(port).unwrap_or(default))
}

fn chain_of(headers: &HeaderMap) -> Vec<String> {
    headers
        .get_all("x-forwarded-for")
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .map(|hop| hop.trim().to_owned())
        .filter(|hop| !hop.is_empty())
        .collect()
}

/// The right-most hop that is no trusted proxy: everything left of it was written by strangers.
fn client_of(earlier: &[String], peer: IpAddr, trusted: &[Network]) -> IpAddr {
    let mut client = peer;
    for hop in earlier.iter().rev() {
        if !trusted.iter().any(|network| network.contains(client)) {
            break;
        }
        match hop.parse::<IpAddr>() {
            Ok(address) => client = address.to_canonical(),
            Err(_) => break,
        }
    }
    client
}

fn joined(earlier: &[String], peer: IpAddr) -> HeaderValue {
    let mut chain = earlier.join(", ");
    if !chain.is_empty() {
        chain.push_str(", ");
    }
    chain.push_str(&peer.to_string());
    HeaderValue::from_str(&chain).unwrap_or_else(|_| HeaderValue::from_static("unknown"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        let mut map = HeaderMap::new();
        for (name, value) in pairs {
            map.append(*name, HeaderValue::from_static(value));
        }
        map
    }

    fn peer(text: &str) -> (IpAddr, Option<&'static HeaderValue>) {
        (text.parse().unwrap(), None)
    }

    #[test]
    fn a_stranger_cannot_say_who_it_is() {
        let sent = headers(&[
            ("host", "shop.example:8443"),
            ("x-forwarded-for", "1.2.3.4"),
            ("x-forwarded-proto", "https"),
            ("x-forwarded-host", "admin.example"),
        ]);
        let read = Forwarded::read(&sent, peer("203.0.113.9"), false, &[]);
        assert_eq!(read.client.to_string(), "203.0.113.9");
        assert_eq!(read.chain, "203.0.113.9");
        assert_eq!(read.proto, "http");
        assert_eq!(read.host.unwrap(), "shop.example:8443");
        assert_eq!(read.port, "8443");
    }

    #[test]
    fn a_trusted_proxy_is_believed_up_to_the_first_stranger() {
        let trusted = ["10.0.0.0/8".parse().unwrap()];
        let sent = headers(&[
            ("host", "shop.example"),
            ("x-forwarded-for", "6.6.6.6, 198.51.100.7"),
            ("x-forwarded-for", "10.1.1.1"),
            ("x-forwarded-proto", "https"),
        ]);
        let read = Forwarded::read(&sent, peer("::ffff:10.2.2.2"), false, &trusted);
        assert_eq!(read.client.to_string(), "198.51.100.7");
        assert_eq!(read.chain, "6.6.6.6, 198.51.100.7, 10.1.1.1, 10.2.2.2");
        assert_eq!((read.proto.to_str().unwrap(), read.port.to_str().unwrap()), ("https", "443"));
    }

    #[test]
    fn ranges() {
        let network: Network = "fd00::/8".parse().unwrap();
        assert!(network.contains("fd12::1".parse().unwrap()));
        assert!(!network.contains("fe80::1".parse().unwrap()));
        assert!("0.0.0.0/0".parse::<Network>().unwrap().contains("8.8.8.8".parse().unwrap()));
        assert!("10.0.0.1".parse::<Network>().unwrap().contains("10.0.0.1".parse().unwrap()));
        for bad in ["10.0.0.0/33", "ten", "", "::/129", "10.0.0.0/x"] {
            assert!(bad.parse::<Network>().is_err(), "{bad:?} was taken for a range");
        }
    }

    #[test]
    fn what_nobody_may_say_is_removed() {
        let removed = |name| is_removed(&HeaderName::from_static(name));
        for name in
            ["x-forwarded-for", "x_forwarded_proto", "x-outgrow-side", "x_outgrow_shadow", "proxy"]
        {
            assert!(removed(name), "{name}");
        }
        for name in CLAIMS.into_iter().chain(["x-forwarded-prefix", "x-original-uri"]) {
            assert!(removed(name), "{name}");
        }
        for name in ["cookie", "x-request-id", "x-auth-token", "x-client-version", "host"] {
            assert!(!removed(name), "{name}");
        }
    }
}
