//! What Django's middleware did to every answer, so that clients and the comparison miss nothing:
//! security headers, `ETag` and 304, gzip.

use std::io::Write as _;

use axum::body::{Body, Bytes};
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::Response;
use flate2::Compression;
use flate2::write::GzEncoder;
use http_body_util::{BodyExt as _, Limited};
use md5::{Digest as _, Md5};

use crate::reply;

/// Largest answer held in memory for its digest, in bytes (16 MiB): a page of 500 rows has 100 KiB.
const ANSWER_BYTES_MAX: usize = 16 * 1024 * 1024;

/// Smallest body worth compressing, in bytes: Django's own constant.
const GZIP_BYTES_MIN: usize = 200;

/// `SecurityMiddleware` and `XFrameOptionsMiddleware` with their defaults.
const SECURITY_HEADERS: [(&str, &str); 4] = [
    ("x-frame-options", "DENY"),
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "same-origin"),
    ("cross-origin-opener-policy", "same-origin"),
];

/// `SecurityMiddleware`, `GZipMiddleware` and `ConditionalGetMiddleware`, in the order of Django's
/// settings; the answer's `Vary: Cookie` is what its session middleware leaves.
pub async fn middleware(request: Request, next: Next) -> Response {
    let (method, asked) = (request.method().clone(), request.headers().clone());
    let (mut head, body) = next.run(request).await.into_parts();
    let Ok(body) = Limited::new(body, ANSWER_BYTES_MAX).collect().await else {
        let status = StatusCode::INTERNAL_SERVER_ERROR;
        return reply::detail(status, "The answer is larger than this service may send.");
    };
    let body = body.to_bytes();
    let headers = &mut head.headers;
    headers.entry(header::VARY).or_insert(HeaderValue::from_static("Cookie"));
    // A redirect to the path with its slash is made before the clickjacking header's turn.
    let skipped = usize::from(head.status.is_redirection());
    for (name, value) in SECURITY_HEADERS.into_iter().skip(skipped) {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    if method == Method::GET && !body.is_empty() {
        let tag = etag(&body);
        headers.insert(header::ETAG, ascii(&tag));
        if head.status.is_success() && matches_any(&asked, &tag) {
            return not_modified(headers);
        }
    }
    let worth_it = length(&body, headers) >= GZIP_BYTES_MIN;
    let body = if worth_it { gzip(body, &asked, headers) } else { body };
    Response::from_parts(head, Body::from(body))
}

/// The length of the body; that of an answer to HEAD stands only in its header.
fn length(body: &Bytes, headers: &HeaderMap) -> usize {
    let said = headers.get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok());
    said.and_then(|value| value.parse().ok()).unwrap_or(0).max(body.len())
}

/// The digest Django takes, in quotes.
fn etag(body: &[u8]) -> String {
    format!("\"{:032x}\"", u128::from_be_bytes(Md5::digest(body).into()))
}

/// Whether `If-None-Match` names the tag; weak and strong ones count alike (RFC 9110 13.1.2).
fn matches_any(asked: &HeaderMap, tag: &str) -> bool {
    let values = asked.get_all(header::IF_NONE_MATCH);
    values.iter().filter_map(|value| value.to_str().ok()).flat_map(|value| value.split(',')).any(
        |named| {
            let named = named.trim();
            named == "*" || named.strip_prefix("W/").unwrap_or(named) == tag
        },
    )
}

/// 304 with what Django keeps of the headers.
fn not_modified(had: &HeaderMap) -> Response {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::NOT_MODIFIED;
    let kept = ["cache-control", "etag", "vary"];
    let security = SECURITY_HEADERS.iter().skip(1).map(|(name, _)| *name);
    for name in kept.into_iter().chain(security) {
        if let Some(value) = had.get(name) {
            response.headers_mut().insert(header::HeaderName::from_static(name), value.clone());
        }
    }
    response
}

/// Compresses for clients that accept it, if that makes the body shorter.
fn gzip(body: Bytes, asked: &HeaderMap, headers: &mut HeaderMap) -> Bytes {
    if let Some(vary) = headers.get(header::VARY).and_then(|value| value.to_str().ok()) {
        let vary = ascii(&format!("{vary}, Accept-Encoding"));
        headers.insert(header::VARY, vary);
    }
    let accepted = asked.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok());
    if body.is_empty() || !accepted.is_some_and(accepts_gzip) {
        return body;
    }
    let mut encoder = GzEncoder::new(Vec::new(), Compression::new(6));
    let packed = encoder.write_all(&body).and_then(|()| encoder.finish());
    match packed {
        Ok(packed) if packed.len() < body.len() => {
            headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
            let strong = headers.get(header::ETAG).and_then(|value| value.to_str().ok());
            if let Some(weak) = strong.map(|tag| ascii(&format!("W/{tag}"))) {
                headers.insert(header::ETAG, weak);
            }
            Bytes::from(packed)
        }
        _ => body,
    }
}

/// Django asks for the word `gzip` alone (`\bgzip\b`), whatever quality stands behind it.
fn accepts_gzip(accepted: &str) -> bool {
    accepted.split(|c: char| !(c.is_alphanumeric() || c == '_')).any(|word| word == "gzip")
}

fn ascii(text: &str) -> HeaderValue {
    HeaderValue::from_str(text).expect("built from a header's value and plain ASCII")
}
