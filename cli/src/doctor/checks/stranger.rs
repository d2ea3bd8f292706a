//! What a client says about itself must not count: forwarding headers, identities, addresses.

use std::net::IpAddr;

use crate::doctor::finding::{Check, Finding};
use crate::doctor::form::{FORGED_HOST, Form};
use crate::doctor::site::{FORGED_ADDRESS, Forged, Site};
use crate::doctor::view::Seen;

pub(super) fn headers(site: &Site) -> anyhow::Result<Check> {
    let (id, claim) = ("headers", "headers that only a proxy may write are written by the proxy");
    let mut findings = Vec::new();
    if let Ok(seen) = &site.seen {
        for forged in &site.forged {
            match forged {
                Forged::Seen(after) => believed(seen, after, &mut findings),
                Forged::Refused => {}
                Forged::Acted(status) => {
                    let said =
                        format!("a request with forged headers changes the answer: {status}");
                    findings.push(forged_header(said));
                }
            }
        }
        return Ok(Check::seen(id, claim, "forged ones do not reach Django", findings));
    }
    let why = site.seen.as_ref().err().copied().unwrap_or_default();
    if let Some(form) = &site.form {
        acted_on(site, form, &mut findings)?;
    }
    if findings.is_empty() {
        let why = format!("{why}; a form alone shows only forged scheme and host, which fail");
        return Ok(Check::open(id, claim, why));
    }
    Ok(Check::seen(id, claim, "", findings))
}

/// Compares what Django saw with and without forged headers.
fn believed(seen: &Seen, after: &Seen, findings: &mut Vec<Finding>) {
    for (what, before, after) in [
        ("request.scheme", &seen.scheme, &after.scheme),
        ("request.get_host()", &seen.host, &after.host),
        ("request.get_port()", &seen.port, &after.port),
        ("REMOTE_ADDR", &seen.remote_addr, &after.remote_addr),
    ] {
        if before != after {
            let said = format!("a client can forge {what}: {after} instead of {before}");
            findings.push(forged_header(said));
        }
    }
    for (name, value) in &after.forwarded {
        let before = seen.header(name);
        if name == "HTTP_X_FORWARDED_FOR" {
            // What a client writes may stay on the left, where nobody may believe it.
            let hops = after.chain();
            if hops.last() == Some(&FORGED_ADDRESS) {
                findings.push(forged_header(format!("a client can forge {name}: {value}")));
            }
        } else if name != "HTTP_X_OUTGROW_HOP" && value != before {
            findings.push(forged_header(format!("a client can write {name}: {value:?} arrives")));
        }
    }
}

/// Without the view only what Django acts on can be seen.
fn acted_on(site: &Site, form: &Form, findings: &mut Vec<Finding>) -> anyhow::Result<()> {
    let (client, target) = (&site.client, &site.client.target);
    let own = target.origin();
    let plain = form.accepts(client, Some(&own), &[])?;
    let other = if target.is_https() { "http" } else { "https" };
    for name in ["x-forwarded-proto", "x_forwarded_proto"] {
        let forged = [(name, other.to_owned())];
        let turned = format!("{other}://{}", target.authority());
        let shifted = form.accepts(client, Some(&turned), &forged)?
            && !form.accepts(client, Some(&turned), &[])?;
        if shifted || plain && !form.accepts(client, Some(&own), &forged)? {
            findings.push(forged_header(format!("a client can forge the scheme by {name}")));
        }
    }
    let forged = [("x-forwarded-host", FORGED_HOST.to_owned())];
    if plain && !form.accepts(client, Some(&own), &forged)? {
        findings.push(forged_header("a client can forge the host by x-forwarded-host".to_owned()));
    }
    Ok(())
}

fn forged_header(said: String) -> Finding {
    let change = "outgrow-proxy overwrites these for everybody but --trusted-proxy addresses: name \
                  only what ends TLS there, have that overwrite them too, let nobody reach Django \
                  around the proxy, and have SECURE_PROXY_SSL_HEADER name HTTP_X_FORWARDED_PROTO";
    Finding::error("DR009", said, change)
}

/// Whether the address of this machine arrives in `X-Forwarded-For`.
pub(super) fn address(site: &Site) -> Check {
    let (id, claim) = ("address", "Django is told the client's address");
    let seen = match &site.seen {
        Ok(seen) => seen,
        Err(why) => return Check::open(id, claim, *why),
    };
    let chain = seen.chain();
    let told = chain.join(", ");
    let Some(own) = site.address else {
        return Check::open(id, claim, "this machine's own address is not known; --from ADDRESS");
    };
    let own = own.to_canonical();
    let place = chain
        .iter()
        .rev()
        .position(|hop| hop.parse::<IpAddr>().is_ok_and(|hop| hop.to_canonical() == own));
    if let Some(place) = place {
        let because = format!(
            "X-Forwarded-For is {told}: entry {} from the right; REMOTE_ADDR is {}",
            place + 1,
            seen.remote_addr
        );
        return Check::seen(id, claim, because, Vec::new());
    }
    let public = chain.last().and_then(|hop| hop.parse::<IpAddr>().ok()).is_some_and(is_public);
    if public && !is_public(own) {
        let why = format!(
            "X-Forwarded-For is {told}; if that is this machine's public address, say --from {}",
            chain.last().copied().unwrap_or_default()
        );
        return Check::open(id, claim, why);
    }
    let said = format!("X-Forwarded-For is {told:?}, without this machine's address {own}");
    let change = match chain.last() {
        Some(peer) => format!(
            "outgrow-proxy --trusted-proxy {peer}, if that is what stands in front of it; it has \
             to send X-Forwarded-For"
        ),
        None => "let nobody reach Django around outgrow-proxy, which always sends it".to_owned(),
    };
    Check::seen(id, claim, "", vec![Finding::error("DR010", said, change)])
}

/// Whether the internet routes to an address, roughly: what matters is that NAT lies between it
/// and an address for which this is false.
fn is_public(address: IpAddr) -> bool {
    match address.to_canonical() {
        IpAddr::V4(v4) => !(v4.is_private() || v4.is_loopback() || v4.is_link_local()),
        IpAddr::V6(v6) => !(v6.is_loopback() || v6.is_unique_local() || v6.is_unicast_link_local()),
    }
}
