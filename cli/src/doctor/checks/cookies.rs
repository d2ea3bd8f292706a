//! Whether Django's cookies go over https alone and to the public host at all.

use std::collections::BTreeSet;

use crate::doctor::client::Target;
use crate::doctor::finding::{Check, Finding};
use crate::doctor::site::Site;

/// A cookie of Django's, with the settings that decide about it.
struct Cookie<'s> {
    name: &'s str,
    /// Prefix of its settings.
    setting: &'static str,
    /// `..._COOKIE_SECURE`; `None` where it is not known.
    secure: Option<bool>,
    /// `..._COOKIE_DOMAIN`.
    domain: Option<&'s str>,
}

pub(super) fn check(site: &Site) -> Check {
    let (id, claim) = ("cookies", "Django's cookies are kept to https and reach the public host");
    let target = &site.client.target;
    let mut cookies = Vec::new();
    let settings = site.seen.as_ref().ok().map(|seen| &seen.settings);
    let (csrf, session) = match settings {
        Some(settings) => {
            cookies.push(Cookie {
                name: settings.session_cookie_name.as_deref().unwrap_or("sessionid"),
                setting: "SESSION_COOKIE",
                secure: Some(settings.session_cookie_secure),
                domain: settings.session_cookie_domain.as_deref(),
            });
            cookies.push(Cookie {
                name: settings.csrf_cookie_name.as_deref().unwrap_or("csrftoken"),
                setting: "CSRF_COOKIE",
                secure: Some(settings.csrf_cookie_secure),
                domain: settings.csrf_cookie_domain.as_deref(),
            });
            (settings.csrf_cookie_name.as_deref(), settings.session_cookie_name.as_deref())
        }
        None => (None, None),
    };
    let lines = site.form.iter().flat_map(|form| form.page.all("set-cookie"));
    for line in lines {
        let name = line.split('=').next().unwrap_or_default();
        let setting = match name {
            _ if name == csrf.unwrap_or("csrftoken") => "CSRF_COOKIE",
            _ if name == session.unwrap_or("sessionid") => "SESSION_COOKIE",
            _ => continue,
        };
        cookies.push(Cookie {
            name,
            setting,
            secure: Some(attribute(line, "secure").is_some()),
            domain: attribute(line, "domain"),
        });
    }
    if cookies.is_empty() {
        return Check::open(id, claim, "no cookie was set and the check view does not answer");
    }
    let mut findings: Vec<Finding> = Vec::new();
    for cookie in &cookies {
        let found = [insecure(cookie, target), elsewhere(cookie, target)];
        for finding in found.into_iter().flatten() {
            // The setting and the cookie itself say the same: once is enough.
            if !findings.contains(&finding) {
                findings.push(finding);
            }
        }
    }
    let names: BTreeSet<&str> = cookies.iter().map(|cookie| cookie.name).collect();
    let names = names.into_iter().collect::<Vec<_>>().join(" and ");
    Check::seen(id, claim, format!("those are {names}"), findings)
}

fn insecure(cookie: &Cookie<'_>, target: &Target) -> Option<Finding> {
    (target.is_https() && cookie.secure == Some(false)).then(|| {
        let said = format!("the cookie {} also goes over plain http", cookie.name);
        Finding::error("DR011", said, format!("{}_SECURE = True", cookie.setting))
    })
}

fn elsewhere(cookie: &Cookie<'_>, target: &Target) -> Option<Finding> {
    let domain = cookie.domain?.trim_start_matches('.').to_ascii_lowercase();
    let covers = target.host == domain || target.host.ends_with(&format!(".{domain}"));
    (!covers && !domain.is_empty()).then(|| {
        let said = format!(
            "browsers drop the cookie {}: its domain {domain} does not cover {}",
            cookie.name, target.host
        );
        Finding::error("DR012", said, format!("{}_DOMAIN = None", cookie.setting))
    })
}

/// The value of an attribute of a `Set-Cookie` line, empty for one that has none.
fn attribute<'l>(line: &'l str, name: &str) -> Option<&'l str> {
    line.split(';').skip(1).find_map(|part| {
        let (key, value) = part.split_once('=').unwrap_or((part, ""));
        key.trim().eq_ignore_ascii_case(name).then(|| value.trim())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_and_domains() {
        let line = "csrftoken=a=b; Path=/; SECURE; Domain=.shop.example";
        assert_eq!(attribute(line, "secure"), Some(""));
        assert_eq!(attribute(line, "domain"), Some(".shop.example"));
        assert_eq!(attribute(line, "httponly"), None);
        let of = |domain| Cookie { name: "a", setting: "X", secure: None, domain: Some(domain) };
        let target = Target::read("https://www.shop.example").unwrap();
        for covered in [".shop.example", "shop.example", "WWW.shop.example"] {
            assert_eq!(elsewhere(&of(covered), &target), None, "{covered}");
        }
        for other in ["example.org", "op.example", "admin.shop.example"] {
            assert!(elsewhere(&of(other), &target).is_some(), "{other}");
        }
    }
}
