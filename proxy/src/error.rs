//! What we answer when no side could: whose fault it is, which status that makes, and a page that
//! names a request id and nothing of our insides.

use http::{HeaderMap, StatusCode, header};

use crate::upstream::NoPlace;

/// Whose doing something was: the answer's author, or the one at fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Side {
    /// The Django monolith.
    Legacy,
    /// The new service.
    Native,
    /// This proxy.
    Us,
}

impl Side {
    /// The word in logs, metrics and headers.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Legacy => "legacy",
            Self::Native => "native",
            Self::Us => "us",
        }
    }
}

/// Why a request got no answer from the side it was meant for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
    /// The request is no HTTP that we pass on; the text is the status line's reason for logs.
    BadRequest(&'static str),
    /// The head has too many or too long fields.
    HeadTooLarge,
    /// The request expects what we do not do.
    Expectation,
    /// The request went through this very proxy before.
    Loop,
    /// The endpoint is retired.
    Gone,
    /// The path lacks the slash at its end; the client is told where it is.
    Redirect,
    /// The path lacks the slash at its end, and the rules want that to be an error.
    NotFound,
    /// No connection to the side.
    Unreachable,
    /// The side broke off.
    Broken,
    /// The side answered something that is no HTTP, or that two clients could read differently.
    BadAnswer,
    /// The side took longer than it may.
    TooSlow,
    /// The body came slower than it may.
    SlowBody,
    /// The client left; nobody is there to read an answer.
    ClientLeft,
    /// A rule names an upstream that has no address at the moment.
    NoAddress,
    /// Every connection that the rules allow to the side is in use.
    Full,
    /// A mistake of ours.
    Internal,
}

impl From<NoPlace> for Fault {
    fn from(none: NoPlace) -> Self {
        match none {
            NoPlace::Unresolved => Self::NoAddress,
            NoPlace::Full => Self::Full,
        }
    }
}

impl Fault {
    /// The status to send.
    pub(crate) fn status(self) -> StatusCode {
        match self {
            Self::BadRequest(_) => StatusCode::BAD_REQUEST,
            Self::HeadTooLarge => StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE,
            Self::SlowBody => StatusCode::REQUEST_TIMEOUT,
            Self::Expectation => StatusCode::EXPECTATION_FAILED,
            Self::Loop => StatusCode::LOOP_DETECTED,
            Self::Gone => StatusCode::GONE,
            Self::Redirect => StatusCode::MOVED_PERMANENTLY,
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::Unreachable | Self::Broken | Self::BadAnswer | Self::NoAddress => {
                StatusCode::BAD_GATEWAY
            }
            Self::Full => StatusCode::SERVICE_UNAVAILABLE,
            Self::TooSlow => StatusCode::GATEWAY_TIMEOUT,
            Self::ClientLeft | Self::Internal => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// The word in logs.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::BadRequest(why) => why,
            Self::HeadTooLarge => "head-too-large",
            Self::SlowBody => "slow-body",
            Self::Expectation => "bad-expectation",
            Self::Loop => "loop",
            Self::Gone => "retired",
            Self::Redirect | Self::NotFound => "missing_slash",
            Self::Unreachable => "unreachable",
            Self::Broken => "broken",
            Self::BadAnswer => "bad-answer",
            Self::TooSlow => "too-slow",
            Self::ClientLeft => "client-left",
            Self::NoAddress => "no-address",
            Self::Full => "upstream-full",
            Self::Internal => "internal",
        }
    }

    /// What the reader of the page may know.
    fn sentence(self) -> &'static str {
        match self {
            Self::BadRequest(_) => "The request is malformed.",
            Self::HeadTooLarge => "The request's header fields are too large.",
            Self::SlowBody => "The request came too slowly.",
            Self::Expectation => "The request expects what is not done here.",
            Self::Loop => "The request came back to where it had been before.",
            Self::Gone => "This address is no longer in use.",
            Self::Redirect => "This address ends with a slash.",
            Self::NotFound => "There is nothing at this address.",
            Self::Unreachable | Self::Broken | Self::BadAnswer | Self::NoAddress | Self::Full => {
                "The service behind this address gave no answer. Please try again."
            }
            Self::TooSlow => "The service behind this address took too long. Please try again.",
            Self::ClientLeft | Self::Internal => "Something went wrong on our side.",
        }
    }
}

/// An error page: its media type and its body.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Page {
    /// Value of `Content-Type`.
    pub content_type: &'static str,
    /// The body.
    pub body: String,
}

/// The page for a fault, as HTML for those who ask for HTML and as JSON for everybody else.
pub(crate) fn page(fault: Fault, request: &HeaderMap, request_id: u128) -> Page {
    let status = fault.status();
    let reason = status.canonical_reason().unwrap_or("Error");
    let (code, sentence) = (status.as_u16(), fault.sentence());
    if wants_html(request) {
        let body = format!(
            "<!doctype html>\n<html lang=\"en\"><meta charset=\"utf-8\">\
             <title>{code} {reason}</title>\n<h1>{reason}</h1>\n<p>{sentence}</p>\n\
             <p>Request <code>{request_id:032x}</code></p>\n</html>\n"
        );
        return Page { content_type: "text/html; charset=utf-8", body };
    }
    let body = format!(
        "{{\"status\":{code},\"error\":\"{reason}\",\"detail\":\"{sentence}\",\
         \"request_id\":\"{request_id:032x}\"}}\n"
    );
    Page { content_type: "application/json", body }
}

fn wants_html(request: &HeaderMap) -> bool {
    let accepts = |word: &str| {
        request
            .get_all(header::ACCEPT)
            .iter()
            .any(|value| value.to_str().is_ok_and(|value| value.contains(word)))
    };
    accepts("text/html") && !accepts("application/json")
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::HeaderValue;

    #[test]
    fn the_page_speaks_the_language_of_the_asker() {
        let mut browser = HeaderMap::new();
        browser.insert(header::ACCEPT, HeaderValue::from_static("text/html,*/*;q=0.8"));
        let html = page(Fault::TooSlow, &browser, 0xab);
        assert_eq!(html.content_type, "text/html; charset=utf-8");
        assert!(html.body.contains("Gateway Timeout") && html.body.contains("00000ab</code>"));
        let json = page(Fault::Unreachable, &HeaderMap::new(), 0xab);
        let read: serde_json::Value = serde_json::from_str(&json.body).unwrap();
        assert_eq!(read["status"], 502);
        assert_eq!(read["request_id"], "000000000000000000000000000000ab");
    }

    #[test]
    fn every_json_page_is_json() {
        for fault in [Fault::BadRequest("host"), Fault::HeadTooLarge, Fault::Loop, Fault::Gone] {
            let json = page(fault, &HeaderMap::new(), 1);
            assert!(serde_json::from_str::<serde_json::Value>(&json.body).is_ok(), "{fault:?}");
        }
    }
}
