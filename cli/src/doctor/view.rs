//! What the check view of the companion package tells: the request as Django saw it.

use std::collections::BTreeMap;

use serde::Deserialize;

/// Value of the `schema` field of the view's answer.
const SCHEMA: &str = "outgrow.check/1";

/// The answer of the check view.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Seen {
    schema: String,
    /// `request.scheme`.
    pub(crate) scheme: String,
    /// `request.get_host()`.
    pub(crate) host: String,
    /// `request.get_port()`.
    pub(crate) port: String,
    /// `request.build_absolute_uri()`.
    pub(crate) absolute_uri: String,
    /// `REMOTE_ADDR`.
    pub(crate) remote_addr: String,
    /// Headers about the way the request took, by their WSGI names.
    pub(crate) forwarded: BTreeMap<String, String>,
    /// The settings that decide about them.
    pub(crate) settings: Settings,
}

/// Django's settings, as far as they decide what Django sees behind a proxy.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE", default)]
pub(crate) struct Settings {
    pub(crate) allowed_hosts: Vec<String>,
    pub(crate) csrf_cookie_domain: Option<String>,
    pub(crate) csrf_cookie_name: Option<String>,
    pub(crate) csrf_cookie_secure: bool,
    pub(crate) login_url: Option<String>,
    pub(crate) secure_proxy_ssl_header: Option<Vec<String>>,
    pub(crate) session_cookie_domain: Option<String>,
    pub(crate) session_cookie_name: Option<String>,
    pub(crate) session_cookie_secure: bool,
    pub(crate) use_x_forwarded_host: bool,
}

impl Seen {
    /// The view's answer, if the text is one.
    pub(crate) fn read(body: &str) -> Option<Self> {
        serde_json::from_str::<Self>(body).ok().filter(|seen| seen.schema == SCHEMA)
    }

    /// A header by its WSGI name, empty where it did not arrive.
    pub(crate) fn header(&self, name: &str) -> &str {
        self.forwarded.get(name).map_or("", String::as_str)
    }

    /// The addresses of `X-Forwarded-For`, the nearest last.
    pub(crate) fn chain(&self) -> Vec<&str> {
        let hops = self.header("HTTP_X_FORWARDED_FOR").split(',');
        hops.map(str::trim).filter(|hop| !hop.is_empty()).collect()
    }
}
