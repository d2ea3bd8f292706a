//! The public address under examination, and requests to it as a stranger would send them.

use std::io::Read as _;
use std::net::{IpAddr, SocketAddr, ToSocketAddrs as _, UdpSocket};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;
use ureq::config::Config;
use ureq::http::{Method, Request, Uri};
use ureq::tls::{Certificate, PemItem, RootCerts, TlsConfig, parse_pem};
use ureq::unversioned::resolver::{ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{DefaultConnector, NextTimeout};
use ureq::{Agent, Error};

use crate::exit::UsageError;

/// Time for one whole exchange; a page that takes longer is examined by nobody.
const EXCHANGE_TIME: Duration = Duration::from_secs(20);

/// Bytes of a body that are read: a sign-in form stands in the first MiB or nowhere.
const BODY_BYTES_MAX: u64 = 1 << 20;

/// Where clients reach the site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Target {
    /// `https` or `http`.
    pub(crate) scheme: String,
    /// The name or address, without the port, in lower case.
    pub(crate) host: String,
    /// The port, spelled out or not.
    pub(crate) port: u16,
    /// Path of the page that is asked for first.
    pub(crate) path: String,
}

impl Target {
    /// # Errors
    /// The text is no absolute URL of http or https, or holds a password.
    pub(crate) fn read(text: &str) -> Result<Self, UsageError> {
        let no = |why: &str| UsageError(format!("`{text}` {why}, e.g. https://shop.example"));
        let uri: Uri = text.parse().map_err(|_| no("is no URL"))?;
        let scheme = uri.scheme_str().unwrap_or_default().to_owned();
        let default = match scheme.as_str() {
            "https" => 443,
            "http" => 80,
            _ => return Err(no("is no URL of http or https")),
        };
        let authority = uri.authority().ok_or_else(|| no("names no host"))?;
        if authority.as_str().contains('@') {
            return Err(UsageError("a URL with a user in it is not taken".to_owned()));
        }
        Ok(Self {
            scheme,
            host: authority.host().to_ascii_lowercase(),
            port: authority.port_u16().unwrap_or(default),
            path: uri.path().to_owned(),
        })
    }

    pub(crate) fn is_https(&self) -> bool {
        self.scheme == "https"
    }

    /// Host and port as a browser sends them: the port only where it is not the scheme's own.
    pub(crate) fn authority(&self) -> String {
        self.authority_for(&self.scheme)
    }

    fn authority_for(&self, scheme: &str) -> String {
        let default = if scheme == "https" { 443 } else { 80 };
        if self.port == default {
            self.host.clone()
        } else {
            format!("{}:{}", self.host, self.port)
        }
    }

    /// The origin of the site's own pages.
    pub(crate) fn origin(&self) -> String {
        format!("{}://{}", self.scheme, self.authority())
    }

    /// What Django takes for the site's own origin where it does not see the scheme.
    pub(crate) fn origin_seen_as_http(&self) -> String {
        format!("http://{}", self.authority())
    }
}

/// An answer: everything that is looked at.
#[derive(Debug, Clone)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    headers: Vec<(String, String)>,
    pub(crate) body: String,
}

impl Answer {
    /// The first value of a header, empty where there is none.
    pub(crate) fn header(&self, name: &str) -> &str {
        let found = self.headers.iter().find(|(found, _)| found == name);
        found.map_or("", |(_, value)| value.as_str())
    }

    /// Every value of a header.
    pub(crate) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.headers.iter().filter(move |(found, _)| found == name).map(|(_, value)| value.as_str())
    }

    pub(crate) fn is_redirect(&self) -> bool {
        matches!(self.status, 301 | 302 | 303 | 307 | 308)
    }
}

/// Sends requests, follows nothing, keeps no cookie.
#[derive(Debug)]
pub(crate) struct Client {
    pub(crate) target: Target,
    agent: Agent,
    connect: Option<SocketAddr>,
}

/// One request.
#[derive(Debug, Clone, Default)]
pub(crate) struct Ask<'a> {
    pub(crate) path: &'a str,
    pub(crate) headers: Vec<(String, String)>,
    /// A form to post; without one it is a GET.
    pub(crate) form: Option<String>,
}

impl Client {
    /// # Errors
    /// The certificate file cannot be used, or `connect` is no address.
    pub(crate) fn new(
        target: Target,
        cacert: Option<&Path>,
        connect: Option<&str>,
    ) -> anyhow::Result<Self> {
        let connect = connect.map(resolved).transpose()?;
        let mut tls = TlsConfig::builder();
        if let Some(file) = cacert {
            tls = tls.root_certs(RootCerts::Specific(Arc::new(certificates(file)?)));
        }
        let config = Config::builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .proxy(None)
            .user_agent(concat!("outgrow-doctor/", env!("CARGO_PKG_VERSION")))
            .timeout_global(Some(EXCHANGE_TIME))
            .tls_config(tls.build())
            .build();
        let agent = Agent::with_parts(config, DefaultConnector::default(), Fixed { connect });
        Ok(Self { target, agent, connect })
    }

    /// # Errors
    /// No connection, no trust in the certificate, or no HTTP.
    pub(crate) fn send(&self, ask: &Ask<'_>) -> anyhow::Result<Answer> {
        let Target { scheme, host, port, .. } = &self.target;
        let url = format!("{scheme}://{host}:{port}{}", ask.path);
        let method = if ask.form.is_some() { Method::POST } else { Method::GET };
        let mut request = Request::builder().method(method).uri(&url);
        if !ask.headers.iter().any(|(name, _)| name == "host") {
            request = request.header("host", self.target.authority());
        }
        for (name, value) in &ask.headers {
            request = request.header(name, value);
        }
        let sent = match &ask.form {
            None => self.agent.run(request.body(())?),
            Some(form) => self.agent.run(
                request
                    .header("content-type", "application/x-www-form-urlencoded")
                    .body(form.as_str())?,
            ),
        };
        let answer = sent.map_err(|error| no_answer(&url, error))?;
        let (head, body) = answer.into_parts();
        let headers = head
            .headers
            .iter()
            .map(|(name, value)| {
                (name.as_str().to_owned(), String::from_utf8_lossy(value.as_bytes()).into_owned())
            })
            .collect();
        let mut bytes = Vec::new();
        body.into_reader()
            .take(BODY_BYTES_MAX)
            .read_to_end(&mut bytes)
            .with_context(|| format!("the answer of {url} breaks off"))?;
        let body = String::from_utf8_lossy(&bytes).into_owned();
        Ok(Answer { status: head.status.as_u16(), headers, body })
    }

    /// The address from which this machine reaches the site.
    pub(crate) fn own_address(&self) -> Option<IpAddr> {
        let named = || {
            let host = self.target.host.trim_matches(['[', ']']);
            (host, self.target.port).to_socket_addrs().ok()?.next()
        };
        let to = self.connect.or_else(named)?;
        // Connecting a UDP socket sends nothing; it asks the routing table.
        let any: SocketAddr = if to.is_ipv4() { "0.0.0.0:0" } else { "[::]:0" }.parse().ok()?;
        let socket = UdpSocket::bind(any).ok()?;
        socket.connect(to).ok()?;
        Some(socket.local_addr().ok()?.ip())
    }
}

fn resolved(text: &str) -> anyhow::Result<SocketAddr> {
    text.to_socket_addrs()
        .ok()
        .and_then(|mut found| found.next())
        .ok_or_else(|| UsageError(format!("--connect {text} is no HOST:PORT")).into())
}

fn certificates(file: &Path) -> anyhow::Result<Vec<Certificate<'static>>> {
    let pem = std::fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
    let found: Vec<Certificate<'static>> = parse_pem(&pem)
        .filter_map(|item| match item {
            Ok(PemItem::Certificate(certificate)) => Some(certificate),
            _ => None,
        })
        .collect();
    if found.is_empty() {
        let said = format!("{} holds no certificate in PEM form", file.display());
        return Err(UsageError(said).into());
    }
    Ok(found)
}

/// Says what to do next; the library's words are kept as the cause.
fn no_answer(url: &str, error: Error) -> anyhow::Error {
    let next = match &error {
        Error::HostNotFound => "the name has no address; --connect HOST:PORT goes around DNS",
        Error::Rustls(_) | Error::Tls(_) => {
            "the certificate is not trusted; --cacert FILE names an authority of your own"
        }
        Error::Io(_) | Error::ConnectionFailed => "nobody accepts connections there",
        _ => "no usable answer",
    };
    anyhow::Error::new(error).context(format!("{url}: {next}"))
}

/// The address that `--connect` names for whatever host, else the system's resolver.
#[derive(Debug)]
struct Fixed {
    connect: Option<SocketAddr>,
}

impl Resolver for Fixed {
    fn resolve(
        &self,
        uri: &Uri,
        config: &Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, Error> {
        match self.connect {
            None => ureq::unversioned::resolver::DefaultResolver::default()
                .resolve(uri, config, timeout),
            Some(address) => {
                let mut found = self.empty();
                found.push(address);
                Ok(found)
            }
        }
    }
}
