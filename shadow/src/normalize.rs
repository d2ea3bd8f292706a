//! What no client can rely on, made equal before comparing. One rule, one function.
//!
//! A header is compared unless it is named here. The price of that strictness is a first day with
//! many `SH003`: the native side really lacks what Django's middleware added.

use std::collections::BTreeSet;

/// Headers that differ by nature: the time, the server's name, the connection, trace and request
/// ids, and what describes the bytes on the wire instead of the content.
const VOLATILE: [&str; 26] = [
    "age",
    "alt-svc",
    "connection",
    "content-encoding",
    "content-length",
    "correlation-id",
    "date",
    "expires",
    "keep-alive",
    "proxy-connection",
    "request-id",
    "server",
    "server-timing",
    "te",
    "traceparent",
    "tracestate",
    "trailer",
    "transfer-encoding",
    "upgrade",
    "via",
    "x-correlation-id",
    "x-csrftoken",
    "x-powered-by",
    "x-process-time",
    "x-request-id",
    "x-runtime",
];

/// Headers whose value is a set of words: order, case and repetition mean nothing.
const SETS: [&str; 7] = [
    "access-control-allow-headers",
    "access-control-allow-methods",
    "access-control-expose-headers",
    "allow",
    "cache-control",
    "content-language",
    "vary",
];

/// Whether a header (its name in small letters) is left out of every comparison.
pub fn is_volatile(name: &str) -> bool {
    VOLATILE.binary_search(&name).is_ok() || name.starts_with("x-outgrow-")
}

/// A header's values in the form that is compared; `host` is the one the client asked for.
pub(crate) fn header(name: &str, values: &[&str], host: Option<&str>) -> String {
    match name {
        // Its value is a digest of bytes that differ by nature (spacing, gzip, CSRF tokens).
        "etag" => "(present)".to_owned(),
        "location" | "content-location" => own_host(values.first().copied().unwrap_or(""), host),
        "set-cookie" => cookie_names(values),
        name if SETS.binary_search(&name).is_ok() => word_set(name, values),
        _ => values.iter().map(|value| value.trim()).collect::<Vec<_>>().join(", "),
    }
}

/// The words of a set-valued header, sorted. `Vary: Accept-Encoding` says only who compresses.
fn word_set(name: &str, values: &[&str]) -> String {
    let words: BTreeSet<String> = values
        .iter()
        .flat_map(|value| value.split(','))
        .map(|word| word.trim().to_ascii_lowercase())
        .filter(|word| !word.is_empty() && (name != "vary" || word != "accept-encoding"))
        .collect();
    words.into_iter().collect::<Vec<_>>().join(", ")
}

/// The names of the cookies set, sorted. Their values are session keys, CSRF secrets and signed
/// blobs with a time in them: new on each side by nature.
fn cookie_names(values: &[&str]) -> String {
    let names: BTreeSet<&str> =
        values.iter().filter_map(|value| value.split('=').next()).map(str::trim).collect();
    names.into_iter().collect::<Vec<_>>().join(", ")
}

/// An absolute URL at the client's own host, without scheme and host; any other text unchanged.
fn own_host(url: &str, host: Option<&str>) -> String {
    let rest = url.strip_prefix("http://").or_else(|| url.strip_prefix("https://"));
    match (rest, host) {
        (Some(rest), Some(host)) => match rest.get(..host.len()) {
            Some(named) if named.eq_ignore_ascii_case(host) => match rest.get(host.len()..) {
                Some("") => "/".to_owned(),
                Some(path) if path.starts_with(['/', '?', '#']) => path.to_owned(),
                _ => url.to_owned(),
            },
            _ => url.to_owned(),
        },
        _ => url.to_owned(),
    }
}

/// A Content-Type taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ContentType {
    /// `text/html`, in small letters.
    pub(crate) media: String,
    /// In small letters. None for JSON, which is UTF-8 whatever a parameter says.
    pub(crate) charset: Option<String>,
}

impl ContentType {
    /// Reads a header's value; parameters other than the charset (boundaries) are dropped.
    pub(crate) fn read(value: &str) -> Self {
        let mut parts = value.split(';');
        let media = parts.next().unwrap_or("").trim().to_ascii_lowercase();
        let charset = parts
            .filter_map(|part| part.split_once('='))
            .find(|(name, _)| name.trim().eq_ignore_ascii_case("charset"))
            .map(|(_, value)| value.trim().trim_matches('"').to_ascii_lowercase());
        let charset = if is_json(&media) { None } else { charset };
        Self { media, charset }
    }

    /// Whether the body is JSON.
    pub(crate) fn is_json(&self) -> bool {
        is_json(&self.media)
    }

    /// Whether the body is text for people or programs.
    pub(crate) fn is_text(&self) -> bool {
        self.media.starts_with("text/")
            || self.media.ends_with("+xml")
            || matches!(self.media.as_str(), "application/xml" | "application/javascript")
    }
}

fn is_json(media: &str) -> bool {
    media == "application/json" || media.ends_with("+json")
}

/// A body as text in its charset; `None` where the charset is not read here or the bytes are no
/// text in it, and the body is then compared byte for byte.
pub(crate) fn text<'a>(body: &'a [u8], charset: Option<&str>) -> Option<std::borrow::Cow<'a, str>> {
    match charset {
        None | Some("utf-8" | "utf8" | "us-ascii" | "ascii") => {
            std::str::from_utf8(body).ok().map(Into::into)
        }
        Some("iso-8859-1" | "latin-1" | "latin1") => {
            Some(body.iter().map(|&byte| char::from(byte)).collect::<String>().into())
        }
        Some(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_are_sorted_for_the_search() {
        assert!(VOLATILE.is_sorted() && SETS.is_sorted());
    }

    #[test]
    fn own_host_is_cut_and_foreign_hosts_stay() {
        for (url, host, expected) in [
            ("http://shop.test/a/?b=1", "shop.test", "/a/?b=1"),
            ("https://SHOP.test", "shop.test", "/"),
            ("http://shop.test.evil/a", "shop.test", "http://shop.test.evil/a"),
            ("http://shop.test:8000/a", "shop.test", "http://shop.test:8000/a"),
            ("/a", "shop.test", "/a"),
        ] {
            assert_eq!(own_host(url, Some(host)), expected, "{url}");
        }
    }

    #[test]
    fn sets_and_cookies() {
        assert_eq!(header("vary", &["Cookie, Accept", "accept-encoding"], None), "accept, cookie");
        assert_eq!(header("set-cookie", &["b=1; Path=/", "a=2"], None), "a, b");
    }
}
