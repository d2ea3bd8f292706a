//! Whether Django believes the scheme, host and port that clients use, and what depends on it:
//! forms and redirects.

use crate::doctor::client::{Ask, Target};
use crate::doctor::finding::{Check, Finding};
use crate::doctor::form::{FORGED_HOST, Form};
use crate::doctor::site::Site;
use crate::doctor::view::Seen;

/// How to make a check possible that found no witness.
const WITNESS: &str = "no sign-in form was found either; name one with --login-path";

const SSL_HEADER: &str = "SECURE_PROXY_SSL_HEADER = (\"HTTP_X_FORWARDED_PROTO\", \"https\")";

pub(super) fn scheme(site: &Site) -> anyhow::Result<Check> {
    let (id, claim) = ("scheme", "Django sees the scheme that clients use");
    let target = &site.client.target;
    if site.is_loop() {
        let said = "the page redirects to itself for ever: Django does not see https and sends \
                    clients to https";
        return Ok(Check::seen(id, claim, "", vec![unseen_https(said.to_owned())]));
    }
    if let Ok(seen) = &site.seen {
        if seen.scheme == target.scheme {
            let because = format!("request.scheme is {}", seen.scheme);
            return Ok(Check::seen(id, claim, because, Vec::new()));
        }
        return Ok(Check::seen(id, claim, "", vec![wrong_scheme(target, seen)]));
    }
    let why = site.seen.as_ref().err().copied().unwrap_or_default();
    let Some(form) = &site.form else {
        return Ok(Check::open(id, claim, format!("{why}; {WITNESS}")));
    };
    // Over https Django demands a Referer where there is no Origin; over http it does not.
    let silent = form.accepts(&site.client, None, &[])?;
    let foreign = form.accepts(&site.client, Some(&foreign_origin(target)), &[])?;
    if foreign {
        return Ok(Check::open(id, claim, format!("{why}; {} has no CSRF check", form.path)));
    }
    if silent == target.is_https() {
        let said = format!("{} takes a post that Django refuses over https", form.path);
        return Ok(Check::seen(id, claim, "", vec![unseen_https(said)]));
    }
    let because = format!("{} treats posts as Django does over {}", form.path, target.scheme);
    Ok(Check::seen(id, claim, because, Vec::new()))
}

fn unseen_https(said: String) -> Finding {
    let change = format!(
        "{SSL_HEADER}; where it is set already, start outgrow-proxy with --trusted-proxy and the \
         address of what ends TLS"
    );
    Finding::error("DR003", said, change)
}

/// What arrived tells whose mistake it is.
fn wrong_scheme(target: &Target, seen: &Seen) -> Finding {
    let said = format!("request.scheme is {}, clients use {}", seen.scheme, target.scheme);
    let arrived = seen.header("HTTP_X_FORWARDED_PROTO");
    if arrived == target.scheme {
        return Finding::error("DR003", said, SSL_HEADER);
    }
    let peer = seen.chain().last().map_or("ADDRESS", |peer| *peer).to_owned();
    let change = format!(
        "outgrow-proxy --trusted-proxy {peer}, if that is what ends TLS in front of it; it has to \
         send X-Forwarded-Proto: {}",
        target.scheme
    );
    let said = format!("{said}, and outgrow-proxy passed on X-Forwarded-Proto: {arrived:?}");
    Finding::error("DR004", said, change)
}

pub(super) fn host(site: &Site) -> anyhow::Result<Check> {
    let (id, claim) = ("host", "Django sees the host and port that clients use");
    let target = &site.client.target;
    let authority = target.authority();
    if let Ok(seen) = &site.seen {
        let mut findings = Vec::new();
        // Where the scheme is wrong, the port that belongs to it cannot be right.
        if !same_host(&seen.host, target) {
            let said = format!("request.get_host() is {}, clients use {authority}", seen.host);
            findings.push(Finding::error("DR005", said, host_change(seen)));
        }
        if seen.scheme == target.scheme && seen.port != target.port.to_string() {
            let said = format!("request.get_port() is {}, clients use {}", seen.port, target.port);
            findings.push(Finding::warning("DR006", said, "USE_X_FORWARDED_PORT = True"));
        }
        let because = format!("request.get_host() is {}", seen.host);
        return Ok(Check::seen(id, claim, because, findings));
    }
    let why = site.seen.as_ref().err().copied().unwrap_or_default();
    let Some(form) = &site.form else {
        return Ok(Check::open(id, claim, format!("{why}; {WITNESS}")));
    };
    if form.accepts(&site.client, Some(&target.origin()), &[])?
        || form.accepts(&site.client, Some(&target.origin_seen_as_http()), &[])?
    {
        let because = format!("{} takes posts from {authority}", form.path);
        return Ok(Check::seen(id, claim, because, Vec::new()));
    }
    let bare = [format!("https://{}", target.host), format!("http://{}", target.host)];
    for origin in bare.iter().filter(|_| authority != target.host) {
        if form.accepts(&site.client, Some(origin), &[])? {
            let said = format!("Django sees the host without the port of {authority}");
            let change = "pass Host on with its port (nginx: `proxy_set_header Host $http_host`)";
            return Ok(Check::seen(id, claim, "", vec![Finding::error("DR005", said, change)]));
        }
    }
    let why = format!("{} refuses posts from {}; {why}", form.path, target.origin());
    Ok(Check::open(id, claim, why))
}

fn same_host(seen: &str, target: &Target) -> bool {
    let (seen, spelled) = (seen.to_ascii_lowercase(), format!("{}:{}", target.host, target.port));
    seen == target.authority() || seen == spelled
}

fn host_change(seen: &Seen) -> &'static str {
    if seen.settings.use_x_forwarded_host {
        "what stands in front of outgrow-proxy has to pass on Host, or X-Forwarded-Host from an \
         address that --trusted-proxy names"
    } else {
        "take `host: upstream` off the legacy upstream of the rules, or set \
         USE_X_FORWARDED_HOST = True"
    }
}

pub(super) fn forms(site: &Site) -> anyhow::Result<Check> {
    let (id, claim) = ("forms", "forms can be posted from the site's own pages only");
    let (target, client) = (&site.client.target, &site.client);
    let Some(form) = &site.form else {
        return Ok(Check::open(id, claim, WITNESS.replace(" either", "")));
    };
    let mut findings = Vec::new();
    let own = target.origin();
    if !form.accepts(client, Some(&own), &[])? {
        findings.push(refused_origin(form, &own));
    }
    for origin in &site.origins {
        if !form.accepts(client, Some(origin), &[])? {
            findings.push(refused_origin(form, origin));
        }
    }
    if form.accepts(client, Some(&foreign_origin(target)), &[])? {
        let said = format!("{} takes a post from {}", form.path, foreign_origin(target));
        let change = "keep CsrfViewMiddleware in MIDDLEWARE and the form free of csrf_exempt, and \
                      CSRF_TRUSTED_ORIGINS free of wildcards that strangers can register below";
        findings.push(Finding::error("DR008", said, change));
    }
    let because = format!("{} takes posts from {own} and not from {FORGED_HOST}", form.path);
    Ok(Check::seen(id, claim, because, findings))
}

fn refused_origin(form: &Form, origin: &str) -> Finding {
    let said = format!("{} refuses posts from {origin} (CSRF)", form.path);
    let change = format!(
        "where scheme and host are seen rightly, CSRF_TRUSTED_ORIGINS = [\"{origin}\"]; else \
         correct those first, and this goes away"
    );
    Finding::error("DR007", said, change)
}

fn foreign_origin(target: &Target) -> String {
    format!("{}://{FORGED_HOST}", target.scheme)
}

/// Where redirects lead: the one that adds a slash, the first page's, and the absolute address
/// that views build.
pub(super) fn redirects(site: &Site) -> anyhow::Result<Check> {
    let (id, claim) = ("redirects", "redirects stay on the public address");
    let target = &site.client.target;
    let mut found: Vec<(String, String)> = Vec::new();
    if let Some(form) = site.form.as_ref().filter(|form| form.path.len() > 1) {
        let path = form.path.trim_end_matches('/');
        let answer = site.client.send(&Ask { path, ..Ask::default() })?;
        if answer.is_redirect() {
            found.push((path.to_owned(), answer.header("location").to_owned()));
        }
    }
    if site.first.is_redirect() && !site.is_loop() {
        found.push((target.path.clone(), site.first.header("location").to_owned()));
    }
    if let Ok(seen) = &site.seen {
        found.push(("request.build_absolute_uri()".to_owned(), seen.absolute_uri.clone()));
    }
    let Some((_, example)) = found.first() else {
        return Ok(Check::open(id, claim, "no redirect was met"));
    };
    let because = format!("e.g. {example}");
    let findings = found.iter().filter(|(_, to)| leads_inside(to, target)).map(|(from, to)| {
        let said = format!("{from} leads to {to}, which is not {}", target.origin());
        let change = "correct the scheme and host that Django sees; where they are right, a view \
                      builds this address by itself, e.g. from the sites framework";
        Finding::error("DR013", said, change)
    });
    Ok(Check::seen(id, claim, because, findings.collect()))
}

/// Whether an address is neither the site's nor that of some other public site: the site's own
/// host with another scheme or port, or a name that only means something inside.
fn leads_inside(to: &str, target: &Target) -> bool {
    let absolute =
        if to.starts_with("//") { format!("{}:{to}", target.scheme) } else { to.to_owned() };
    let Ok(other) = Target::read(&absolute) else {
        // Relative: the browser stays where it is.
        return false;
    };
    let same =
        (&other.scheme, &other.host, other.port) == (&target.scheme, &target.host, target.port);
    let public_name = other.host.contains('.') && other.host.parse::<std::net::IpAddr>().is_err();
    !same && (other.host == target.host || !public_name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_redirects_may_lead() {
        let target = Target::read("https://shop.example/").unwrap();
        let inside = [
            "http://shop.example/a",
            "https://shop.example:8443/",
            "http://10.0.0.7/",
            "http://web:8000/a/",
            "//shop.example:81/",
        ];
        for to in inside {
            assert!(leads_inside(to, &target), "{to}");
        }
        let fine = [
            "/a/",
            "https://shop.example/a/",
            "https://shop.example:443/",
            "a/",
            "//shop.example/",
            "https://login.example.org/",
        ];
        for to in fine {
            assert!(!leads_inside(to, &target), "{to}");
        }
    }
}
