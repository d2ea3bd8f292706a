//! The checks, in the order in which they are printed. Each says what it saw; none guesses.

mod cookies;
mod origin;
mod stranger;

use crate::doctor::client::Ask;
use crate::doctor::finding::{Check, Finding};
use crate::doctor::form::FORGED_HOST;
use crate::doctor::site::Site;

/// Every check of a site.
///
/// # Errors
/// The site stops answering.
pub(crate) fn all(site: &Site) -> anyhow::Result<Vec<Check>> {
    let mut checks = vec![answers(site)];
    if checks.iter().any(|check| !check.findings.is_empty()) && site.seen.is_err() {
        return Ok(checks);
    }
    checks.push(hosts(site));
    checks.push(origin::scheme(site)?);
    checks.push(origin::host(site)?);
    checks.push(origin::forms(site)?);
    checks.push(origin::redirects(site)?);
    checks.push(stranger::headers(site)?);
    checks.push(stranger::address(site));
    checks.push(cookies::check(site));
    Ok(checks)
}

/// Whether there is a Django, and outgrow-proxy in front of it.
fn answers(site: &Site) -> Check {
    let (id, claim) = ("answers", "Django answers through the proxy");
    let status = site.first.status;
    if matches!(status, 502..=504) {
        let said = format!("{} is answered with {status}", site.client.target.path);
        let change = "in the rules, `upstreams: legacy: {address: ...}` is where Django listens; \
                      start it, or correct the address";
        return Check::seen(id, claim, "", vec![Finding::error("DR001", said, change)]);
    }
    let Ok(seen) = &site.seen else {
        return Check::seen(id, claim, format!("status {status}"), Vec::new());
    };
    if seen.header("HTTP_X_OUTGROW_HOP").is_empty() {
        let said = "the request reached Django without going through outgrow-proxy".to_owned();
        let change = "point DNS or the load balancer to outgrow-proxy, or ask it directly with \
                      --connect HOST:PORT";
        return Check::seen(id, claim, "", vec![Finding::warning("DR014", said, change)]);
    }
    Check::seen(id, claim, "the check view answers, and saw outgrow-proxy", Vec::new())
}

/// Whether `ALLOWED_HOSTS` takes the site's name and no other.
fn hosts(site: &Site) -> Check {
    let (id, claim) = ("hosts", "ALLOWED_HOSTS takes the public host and no other");
    let (target, path) = (&site.client.target, site.client.target.path.as_str());
    if site.is_refused() {
        let said = format!("Django refuses the host {} (400)", target.authority());
        let change = format!(
            "ALLOWED_HOSTS = [\"{}\"]; where it stands there already, Django gets another host: \
             take `host: upstream` off the legacy upstream, or set USE_X_FORWARDED_HOST = True",
            target.host.trim_matches(['[', ']'])
        );
        return Check::seen(id, claim, "", vec![Finding::error("DR002", said, change)]);
    }
    let any =
        site.seen.as_ref().is_ok_and(|seen| seen.settings.allowed_hosts.contains(&"*".into()));
    let headers = vec![("host".to_owned(), FORGED_HOST.to_owned())];
    // A load balancer that knows its hosts may just hang up.
    let foreign = site.client.send(&Ask { path, headers, form: None });
    let taken = foreign.is_ok_and(|answer| answer.status < 400);
    if !any && !taken {
        let because = format!("{} is taken, {FORGED_HOST} is not", target.authority());
        return Check::seen(id, claim, because, Vec::new());
    }
    let said = if taken {
        format!("a request for the host {FORGED_HOST} is answered")
    } else {
        "ALLOWED_HOSTS takes any host; only what stands in front refuses them".to_owned()
    };
    let change = format!("ALLOWED_HOSTS = [\"{}\"]", target.host.trim_matches(['[', ']']));
    Check::seen(id, claim, "", vec![Finding::warning("DR015", said, change)])
}
