//! One written upstream to its checked form: addresses, TLS, health check.

use std::time::Duration;

use crate::code::Code;
use crate::load::{Checking, Source};
use crate::node::{Key, Span};
use crate::policy::{ClientCertificate, HealthCheck, Tls};
use crate::problem::Problem;
use crate::raw;
use crate::ruleset::{Address, SESSION_COOKIE, Upstream};
use crate::scalars::{HostPolicy, Protocol};

/// The checked upstream; what is wrong with it was reported.
pub(crate) fn upstream(
    checking: &mut Checking<'_>,
    source: &Source,
    key: &Key,
    written: &raw::Upstream,
) -> Upstream {
    let addresses = addresses(checking, source, key, written);
    let tls = written.tls.as_ref().map(|written| tls(checking, source, key, written));
    let health_check =
        written.health_check.as_ref().and_then(|written| health(checking, source, written));
    if let Some(at) = written.connections.filter(|at| at.value == 0) {
        positive(checking, source, at.at);
    }
    let timeouts = written.timeouts.as_ref();
    Upstream {
        name: key.name.to_string(),
        addresses,
        protocol: written.protocol.map_or(Protocol::Http1, |at| at.value),
        host: written.host.as_ref().map_or(HostPolicy::Preserve, |host| host.value.clone()),
        tls,
        health_check,
        connect_timeout: timeouts.and_then(|t| t.connect).map(|at| at.value.0),
        idle_timeout: timeouts.and_then(|t| t.idle).map(|at| at.value.0),
        connections: written.connections.map(|at| at.value),
        session_cookie: written
            .session_cookie
            .as_ref()
            .map_or(SESSION_COOKIE.to_owned(), |at| at.value.clone()),
    }
}

fn addresses(
    checking: &mut Checking<'_>,
    source: &Source,
    key: &Key,
    written: &raw::Upstream,
) -> Vec<Address> {
    let mut addresses = Vec::new();
    for text in written.address.iter().chain(&written.addresses) {
        let Some(address) = address(&text.value) else {
            let problem =
                Problem::error(Code::BAD_ADDRESS, format!("`{}` is not an address", text.value))
                    .help("write host and port, such as `127.0.0.1:8000` or `[::1]:8000`");
            checking.report(source, text.at, problem);
            continue;
        };
        addresses.push(address);
    }
    if written.address.is_none() && written.addresses.is_empty() {
        let said = format!("the upstream `{}` has no address", key.name);
        let problem = Problem::error(Code::MISSING_KEY, said).help("add `address: host:port`");
        checking.report(source, key.at, problem);
    }
    addresses
}

fn address(text: &str) -> Option<Address> {
    let (host, port) = text.rsplit_once(':')?;
    let port: u16 = port.parse().ok().filter(|port| *port != 0)?;
    let host = match host.strip_prefix('[') {
        Some(inside) => {
            inside.strip_suffix(']').filter(|ip| ip.parse::<std::net::Ipv6Addr>().is_ok())?
        }
        None => host,
    };
    (text.starts_with('[') || is_host(host)).then(|| Address { host: host.to_owned(), port })
}

/// A name or an IPv4 address.
pub(crate) fn is_host(text: &str) -> bool {
    let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '_');
    !text.is_empty() && text.chars().all(fits)
}

fn tls(checking: &mut Checking<'_>, source: &Source, key: &Key, written: &raw::UpstreamTls) -> Tls {
    if let Some(name) = written.hostname.as_ref().filter(|name| !is_host(&name.value)) {
        let problem = Problem::error(Code::BAD_NAME, format!("`{}` is not a host", name.value))
            .help("write a name without port, such as `orders.internal`");
        checking.report(source, name.at, problem);
    }
    let file = |text: &raw::Text| text.value.clone().into();
    let client = match (&written.client_certificate, &written.client_key) {
        (Some(certificate), Some(key)) => {
            Some(ClientCertificate { certificate: file(certificate), key: file(key) })
        }
        (None, None) => None,
        (certificate, client_key) => {
            let at = certificate.as_ref().or(client_key.as_ref()).map_or(key.at, |text| text.at);
            let said = "`client_certificate` and `client_key` prove nothing without each other";
            let problem = Problem::error(Code::MISSING_KEY, said).help("give both, or neither");
            checking.report(source, at, problem);
            None
        }
    };
    Tls {
        hostname: written.hostname.as_ref().map(|name| name.value.clone()),
        ca_certificate: written.ca_certificate.as_ref().map(file),
        client,
    }
}

/// Between two health checks unless the rules say otherwise.
const HEALTH_INTERVAL: Duration = Duration::from_secs(5);

/// For the answer to one health check unless the rules say otherwise.
const HEALTH_TIMEOUT: Duration = Duration::from_secs(1);

fn health(
    checking: &mut Checking<'_>,
    source: &Source,
    written: &raw::HealthCheck,
) -> Option<HealthCheck> {
    let path = written.path.0.as_ref()?;
    let plain = |c: char| c.is_ascii_graphic() && c != '#';
    if !path.value.starts_with('/') || !path.value.chars().all(plain) {
        let said = format!("`{}` is not the path of a request", path.value);
        let problem = Problem::error(Code::BAD_POLICY, said)
            .help("it starts with `/` and is percent-encoded, such as `/healthz`");
        checking.report(source, path.at, problem);
    }
    let interval = written.interval.map_or(HEALTH_INTERVAL, |at| at.value.0);
    let timeout = written.timeout.map_or(HEALTH_TIMEOUT.min(interval), |at| at.value.0);
    for at in [written.interval, written.timeout].into_iter().flatten() {
        if at.value.0.is_zero() {
            let problem = Problem::error(Code::BAD_POLICY, "a health check needs more than 0s");
            checking.report(source, at.at, problem);
        }
    }
    if let Some(at) = written.timeout.filter(|_| timeout > interval) {
        let said = "`timeout` is longer than `interval`, so checks would pile up";
        checking.report(source, at.at, Problem::error(Code::BAD_POLICY, said));
    }
    let host = written.host.as_ref();
    if let Some(text) = host.filter(|text| !is_host(&text.value) && address(&text.value).is_none())
    {
        let problem = Problem::error(Code::BAD_NAME, format!("`{}` is not a host", text.value))
            .help("write a name, with a port if it has one, such as `shop.example`");
        checking.report(source, text.at, problem);
    }
    let mut threshold = |written: Option<crate::written::At<u32>>, default: u32| {
        if let Some(at) = written.filter(|at| at.value == 0) {
            positive(checking, source, at.at);
        }
        written.map_or(default, |at| at.value)
    };
    Some(HealthCheck {
        path: path.value.clone(),
        host: host.map(|text| text.value.clone()),
        interval,
        timeout,
        healthy_threshold: threshold(written.healthy_threshold, 2),
        unhealthy_threshold: threshold(written.unhealthy_threshold, 3),
    })
}

fn positive(checking: &mut Checking<'_>, source: &Source, at: Span) {
    checking.report(source, at, Problem::error(Code::BAD_POLICY, "at least 1 is needed here"));
}
