//! How a route is kept safe on its way: fallback, shadow copies, promotion, the trailing slash; and
//! how an upstream is spoken to.

use std::path::PathBuf;
use std::time::Duration;

use serde::Serialize;

use crate::code::Code;
use crate::stage::Share;
use crate::written::{Scalar, Shape};

/// A failure of native that legacy can make up for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Trigger {
    /// No connection, or it broke before an answer began.
    ConnectFailure,
    /// No answer in time.
    Timeout,
    /// A status of 500 to 599 other than 501.
    ServerError,
    /// Native said that it does not serve this request: 501, or the header `X-Outgrow-Decline`.
    Declined,
}

impl Trigger {
    /// Every trigger.
    pub const ALL: [Self; 4] =
        [Self::ConnectFailure, Self::Timeout, Self::ServerError, Self::Declined];

    /// `connect_failure`, `timeout`, `server_error` or `declined`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::ConnectFailure => "connect_failure",
            Self::Timeout => "timeout",
            Self::ServerError => "server_error",
            Self::Declined => "declined",
        }
    }
}

impl Scalar for Trigger {
    const CODE: Code = Code::UNKNOWN_WORD;

    fn parse(text: &str) -> Result<Self, String> {
        Self::ALL
            .into_iter()
            .find(|trigger| trigger.as_str() == text)
            .ok_or_else(|| format!("`{text}` is not a failure to fall back on"))
    }

    fn shape() -> Shape {
        Shape::Words(&[
            ("connect_failure", "No connection, or it broke before an answer began."),
            ("timeout", "No answer in time."),
            ("server_error", "A status of 500 to 599 other than 501."),
            ("declined", "Native does not serve this request: 501, or `X-Outgrow-Decline`."),
        ])
    }
}

/// When legacy answers after native failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Fallback(u8);

impl Fallback {
    /// On every failure: what holds where the rules say nothing.
    pub const ALWAYS: Self = Self(u8::MAX);
    /// On none.
    pub const NEVER: Self = Self(0);

    /// Whether legacy makes up for that failure.
    pub fn covers(self, trigger: Trigger) -> bool {
        self.0 & Self::bit(trigger) != 0
    }

    fn bit(trigger: Trigger) -> u8 {
        1 << (trigger as u8)
    }
}

impl FromIterator<Trigger> for Fallback {
    fn from_iter<I: IntoIterator<Item = Trigger>>(triggers: I) -> Self {
        triggers.into_iter().fold(Self::NEVER, |set, trigger| Self(set.0 | Self::bit(trigger)))
    }
}

impl Serialize for Fallback {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(Trigger::ALL.into_iter().filter(|trigger| self.covers(*trigger)))
    }
}

/// What is copied to the other side, besides the sample of stage shadow.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Copies {
    /// The part of what native answered that legacy also sees; none at stages legacy and shadow.
    pub reverse_sample: Option<Share>,
    /// Whether unsafe methods are copied too.
    pub writes: bool,
}

/// What must be shown before a route is moved one stage further.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Promotion {
    /// The rate of differing answers that must be excluded; above 0.
    pub max_mismatch: Share,
    /// How sure of it; 50 % to 99.99 %.
    pub confidence: Share,
    /// Of the sampled requests, the part that must have been compared.
    pub min_compared: Share,
    /// The least time at a stage.
    pub min_time: Duration,
    /// How many times as slow as legacy native may be, at the 99th percentile; above 0.
    pub max_p99_ratio: Option<f64>,
    /// The shares that a canary goes through, ascending.
    pub steps: Vec<Share>,
}

impl Default for Promotion {
    fn default() -> Self {
        let share = |basis_points| Share::from_basis_points(basis_points).unwrap_or(Share::NONE);
        Self {
            max_mismatch: share(10),
            confidence: share(9_500),
            min_compared: share(9_000),
            min_time: Duration::ZERO,
            max_p99_ratio: None,
            steps: Vec::new(),
        }
    }
}

/// What happens to a path that no route takes and that one would take with a slash at its end. It
/// only matters where native would answer; before that the monolith does what it always did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum SlashPolicy {
    /// The monolith answers, with its own redirect or 404.
    #[default]
    Legacy,
    /// 301 to the path with a slash, as Django's `CommonMiddleware` does.
    Redirect,
    /// 404, as Django does with `APPEND_SLASH = False`.
    Strict404,
}

impl Scalar for SlashPolicy {
    const CODE: Code = Code::UNKNOWN_WORD;

    fn parse(text: &str) -> Result<Self, String> {
        match text {
            "legacy" => Ok(Self::Legacy),
            "redirect" => Ok(Self::Redirect),
            "strict404" => Ok(Self::Strict404),
            _ => Err(format!("`{text}` is not a policy for a missing slash")),
        }
    }

    fn shape() -> Shape {
        Shape::Words(&[
            ("legacy", "The monolith answers, with its own redirect or 404."),
            ("redirect", "301 to the path with a slash, as Django's `CommonMiddleware` does."),
            ("strict404", "404, as Django does with `APPEND_SLASH = False`."),
        ])
    }
}

/// TLS to an upstream, whose certificate is always verified. The files are the proxy's to read.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Tls {
    /// The name it must prove and that is sent as SNI; `None` is the host of its address.
    pub hostname: Option<String>,
    /// PEM file of the authorities it may be signed by; `None` is those of the system.
    pub ca_certificate: Option<PathBuf>,
    /// What proves to it who the proxy is.
    pub client: Option<ClientCertificate>,
}

/// The PEM files of a certificate and its private key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ClientCertificate {
    /// The certificate, with intermediates behind it.
    pub certificate: PathBuf,
    /// Its private key.
    pub key: PathBuf,
}

/// A GET that an upstream in good health answers with 2xx.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct HealthCheck {
    /// The path; starts with `/`.
    pub path: String,
    /// `Host` to send; `None` is the address.
    pub host: Option<String>,
    /// Between two checks; above zero.
    pub interval: Duration,
    /// For one answer; above zero, not longer than `interval`.
    pub timeout: Duration,
    /// Good answers in a row until it counts as well; at least 1.
    pub healthy_threshold: u32,
    /// Bad answers in a row until it counts as ill; at least 1.
    pub unhealthy_threshold: u32,
}

/// How long a pin lasts. Unit: time; a day, for a user who is still on the side of yesterday's
/// write keeps a roll-back from taking hold.
pub const PIN_TTL_MAX: Duration = Duration::from_hours(24);
