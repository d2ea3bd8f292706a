//! What was seen of the site: the first page, the check view with and without forged headers, the
//! sign-in form. Checks only read it, and post the form.

use std::net::IpAddr;

use crate::args::Doctor;
use crate::doctor::client::{Answer, Ask, Client};
use crate::doctor::form::{FORGED_HOST, Form, USUAL_PATHS};
use crate::doctor::view::Seen;
use crate::exit::UsageError;

/// Client address that nobody has (RFC 5737), for what a stranger claims.
pub(crate) const FORGED_ADDRESS: &str = "192.0.2.99";

/// Port that no site uses, for what a stranger claims.
const FORGED_PORT: &str = "1";

/// Everything that was seen.
#[derive(Debug)]
pub(crate) struct Site {
    pub(crate) client: Client,
    /// The page that `--through` names.
    pub(crate) first: Answer,
    /// The request as Django saw it, or why that is not known.
    pub(crate) seen: Result<Seen, &'static str>,
    /// The same with headers that only a proxy may write: with dashes, and with underscores,
    /// which WSGI cannot tell from dashes.
    pub(crate) forged: Vec<Forged>,
    /// The sign-in form, if there is one.
    pub(crate) form: Option<Form>,
    /// Other origins whose pages post to the site.
    pub(crate) origins: Vec<String>,
    /// The address that the proxy should see.
    pub(crate) address: Option<IpAddr>,
}

/// What became of a request with forged headers.
#[derive(Debug)]
pub(crate) enum Forged {
    /// Django answered it like any other.
    Seen(Box<Seen>),
    /// It was refused before Django.
    Refused,
    /// Django acted on it, with that status.
    Acted(u16),
}

impl Site {
    /// # Errors
    /// The site does not answer, or only with the way to another.
    pub(crate) fn visit(
        client: Client,
        options: &Doctor,
        token: Option<&str>,
    ) -> anyhow::Result<Self> {
        let first = client.send(&Ask { path: &client.target.path.clone(), ..Ask::default() })?;
        let https = format!("https://{}/", client.target.host);
        if !client.target.is_https() && first.header("location").starts_with(&https) {
            let said = format!("the site sends clients to {https}: --through that is the question");
            return Err(UsageError(said).into());
        }
        let seen = ask_view(&client, options, token)?;
        let mut forged = Vec::new();
        if let (Ok(seen), Some(token)) = (&seen, token) {
            let dashed = forged_headers(&client, seen);
            let twins = dashed.iter().filter(|(name, _)| name.contains('-'));
            let twins = twins.map(|(name, value)| (name.replace('-', "_"), value.clone()));
            let twins = twins.collect();
            for headers in [dashed, twins] {
                forged.push(forge(&client, &options.check_path, token, headers)?);
            }
        }
        let told = seen.as_ref().ok().and_then(|seen| seen.settings.login_url.as_deref());
        let told = told.filter(|path| path.starts_with('/'));
        let form = match options.login_path.as_deref() {
            Some(path) => Form::find(&client, std::iter::once(path))?,
            None => Form::find(&client, told.into_iter().chain(USUAL_PATHS))?,
        };
        let address = options.from.or_else(|| client.own_address());
        let origins = options.origin.clone();
        Ok(Self { client, first, seen, forged, form, origins, address })
    }

    /// Whether Django redirects to what was asked for: a loop.
    pub(crate) fn is_loop(&self) -> bool {
        let target = &self.client.target;
        self.first.is_redirect()
            && self.first.header("location") == format!("{}{}", target.origin(), target.path)
    }

    /// Whether Django refuses the very name of the site.
    pub(crate) fn is_refused(&self) -> bool {
        self.first.status == 400 && !is_ours(&self.first)
    }
}

/// Whether the proxy itself made the answer: its pages name the request.
fn is_ours(answer: &Answer) -> bool {
    answer.body.contains("\"request_id\"")
}

fn ask_view(
    client: &Client,
    options: &Doctor,
    token: Option<&str>,
) -> anyhow::Result<Result<Seen, &'static str>> {
    let Some(token) = token else {
        return Ok(Err("the check view was not asked: --token-file is missing"));
    };
    let answer = client.send(&authorized(&options.check_path, token, Vec::new()))?;
    Ok(Seen::read(&answer.body)
        .filter(|_| answer.status == 200)
        .ok_or("the check view does not answer: is it routed, and is the token the same?"))
}

fn authorized<'a>(path: &'a str, token: &str, mut headers: Vec<(String, String)>) -> Ask<'a> {
    headers.push(("authorization".to_owned(), format!("Bearer {token}")));
    Ask { path, headers, form: None }
}

fn forge(
    client: &Client,
    path: &str,
    token: &str,
    headers: Vec<(String, String)>,
) -> anyhow::Result<Forged> {
    let answer = client.send(&authorized(path, token, headers))?;
    Ok(match Seen::read(&answer.body) {
        Some(seen) => Forged::Seen(Box::new(seen)),
        None if answer.is_redirect() || answer.status == 400 && !is_ours(&answer) => {
            Forged::Acted(answer.status)
        }
        None => Forged::Refused,
    })
}

/// Headers that decide who somebody is and how they came, as a stranger would write them; also the
/// one that the project believes about the scheme.
fn forged_headers(client: &Client, seen: &Seen) -> Vec<(String, String)> {
    let other = if client.target.is_https() { "http" } else { "https" };
    let forwarded = format!("for={FORGED_ADDRESS};host={FORGED_HOST};proto={other}");
    let forged = [
        ("x-forwarded-for", FORGED_ADDRESS),
        ("x-forwarded-proto", other),
        ("x-forwarded-host", FORGED_HOST),
        ("x-forwarded-port", FORGED_PORT),
        ("x-forwarded-ssl", if other == "https" { "on" } else { "off" }),
        ("x-real-ip", FORGED_ADDRESS),
        ("forwarded", &forwarded),
        ("remote-user", FORGED_HOST),
        ("x-original-url", FORGED_HOST),
        ("x-rewrite-url", FORGED_HOST),
        ("x-outgrow-user", FORGED_HOST),
    ];
    let mut forged: Vec<(String, String)> =
        forged.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    if let Some([name, value]) = seen.settings.secure_proxy_ssl_header.as_deref() {
        let name = name.trim_start_matches("HTTP_").to_ascii_lowercase().replace('_', "-");
        let value = if other == "https" { value.as_str() } else { other };
        if !forged.iter().any(|(known, _)| *known == name) {
            forged.push((name, value.to_owned()));
        }
    }
    forged
}
