//! The small words of the language: stages, durations, host policies, answers, sides.

use std::time;

use serde::Serialize;

use crate::code::Code;
use crate::stage::{Share, StageName};
use crate::written::{Scalar, Shape};

impl Scalar for Share {
    const CODE: Code = Code::BAD_SHARE;

    fn parse(text: &str) -> Result<Self, String> {
        Self::parse(text).map_err(|error| error.to_string())
    }

    fn shape() -> Shape {
        Shape::Pattern(r"^(100(\.0{1,2})?|[0-9]{1,2}(\.[0-9]{1,2})?|0[0-9]{2}(\.[0-9]{1,2})?) *%$")
    }
}

/// `stage:` as written.
pub(crate) type StageWord = StageName;

impl Scalar for StageName {
    const CODE: Code = Code::UNKNOWN_STAGE;

    fn parse(text: &str) -> Result<Self, String> {
        Self::parse(text).ok_or_else(|| format!("`{text}` is not a stage"))
    }

    fn shape() -> Shape {
        Shape::Words(&[
            ("legacy", "The monolith answers everything."),
            ("shadow", "The monolith answers; native gets a sample and is compared."),
            ("canary", "Native answers a share of the users; needs `canary: {share: 5%}`."),
            ("native", "Native answers everybody."),
            ("retired", "Nobody should call this any more: 410, and every hit is reported."),
        ])
    }
}

/// A duration as the Kubernetes Gateway API writes it: `1h30m`, `500ms`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Duration(pub(crate) time::Duration);

impl Scalar for Duration {
    const CODE: Code = Code::BAD_DURATION;

    fn parse(text: &str) -> Result<Self, String> {
        let wrong = || {
            format!(
                "`{text}` is not a duration: one to four numbers with units, such as `500ms`, \
                 `10s` or `1m30s`"
            )
        };
        let (mut rest, mut total, mut parts) = (text, 0_u64, 0);
        while !rest.is_empty() {
            let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
            let (number, after) = rest.split_at(digits);
            let unit = after.bytes().take_while(u8::is_ascii_alphabetic).count();
            let (unit, after) = after.split_at(unit);
            let millis = match unit {
                "h" => 3_600_000,
                "m" => 60_000,
                "s" => 1_000,
                "ms" => 1,
                _ => return Err(wrong()),
            };
            if number.is_empty() || number.len() > 5 {
                return Err(wrong());
            }
            total += number.parse::<u64>().map_err(|_| wrong())? * millis;
            parts += 1;
            rest = after;
        }
        if parts == 0 || parts > 4 {
            return Err(wrong());
        }
        Ok(Self(time::Duration::from_millis(total)))
    }

    fn shape() -> Shape {
        Shape::Pattern(r"^([0-9]{1,5}(h|m|s|ms)){1,4}$")
    }
}

/// What an upstream gets to see as `Host`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum HostPolicy {
    /// What the client sent, port included. Django's CSRF check and `ALLOWED_HOSTS` need it.
    Preserve,
    /// The address of the upstream itself.
    Upstream,
}

impl Scalar for HostPolicy {
    const CODE: Code = Code::UNKNOWN_WORD;

    fn parse(text: &str) -> Result<Self, String> {
        match text {
            "preserve" => Ok(Self::Preserve),
            "upstream" => Ok(Self::Upstream),
            _ => Err(format!("`{text}` is not a host policy")),
        }
    }

    fn shape() -> Shape {
        Shape::Words(&[
            ("preserve", "What the client sent, port included: what Django needs."),
            ("upstream", "The address of the upstream itself."),
        ])
    }
}

/// The version of HTTP that is spoken to an upstream.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Protocol {
    /// HTTP/1.1.
    Http1,
    /// HTTP/2, agreed on in TLS or else known in advance.
    Http2,
}

impl Scalar for Protocol {
    const CODE: Code = Code::UNKNOWN_WORD;

    fn parse(text: &str) -> Result<Self, String> {
        match text {
            "http1" => Ok(Self::Http1),
            "http2" => Ok(Self::Http2),
            _ => Err(format!("`{text}` is not a version of HTTP")),
        }
    }

    fn shape() -> Shape {
        Shape::Words(&[
            ("http1", "HTTP/1.1, which every server speaks."),
            ("http2", "HTTP/2, which gRPC needs; without TLS the server must expect it (h2c)."),
        ])
    }
}

/// What a retired route answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Answer {
    /// 410 Gone.
    Gone,
    /// The monolith still answers.
    Legacy,
}

impl Scalar for Answer {
    const CODE: Code = Code::UNKNOWN_WORD;

    fn parse(text: &str) -> Result<Self, String> {
        match text {
            "gone" => Ok(Self::Gone),
            "legacy" => Ok(Self::Legacy),
            _ => Err(format!("`{text}` is not an answer of a retired route")),
        }
    }

    fn shape() -> Shape {
        Shape::Words(&[
            ("gone", "410 Gone."),
            ("legacy", "The monolith still answers; every hit is reported."),
        ])
    }
}

/// Who answers a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// The monolith.
    Legacy,
    /// The new service.
    Native,
    /// The proxy itself, with 410 Gone.
    Gone,
    /// The proxy itself, with 301 to the path with a slash at its end.
    Redirect,
    /// The proxy itself, with 404: only with a slash at its end is the path a route's.
    NotFound,
}

impl Side {
    /// `legacy`, `native`, `gone`, `redirect` or `not_found`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Legacy => "legacy",
            Self::Native => "native",
            Self::Gone => "gone",
            Self::Redirect => "redirect",
            Self::NotFound => "not_found",
        }
    }
}

/// `side:` as written.
pub(crate) type SideWord = Side;

impl Scalar for Side {
    const CODE: Code = Code::UNKNOWN_WORD;

    fn parse(text: &str) -> Result<Self, String> {
        [Self::Legacy, Self::Native, Self::Gone, Self::Redirect, Self::NotFound]
            .into_iter()
            .find(|side| side.as_str() == text)
            .ok_or_else(|| format!("`{text}` is not a side"))
    }

    fn shape() -> Shape {
        Shape::Words(&[
            ("legacy", "The monolith answers."),
            ("native", "The new service answers."),
            ("gone", "The proxy answers 410."),
            ("redirect", "The proxy answers 301 to the path with a slash at its end."),
            ("not_found", "The proxy answers 404: the path lacks the slash at its end."),
        ])
    }
}
