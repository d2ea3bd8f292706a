//! The answers Django's middleware would have made. That they are byte for byte Django's is shown
//! beside the real monolith, in the tests of market-data.

use axum::routing::get;
use axum::{Router, middleware};

use crate::world::Server;

async fn server() -> Server {
    let router = Router::new()
        .route("/short", get(async || "short"))
        .route("/long", get(async || "long ".repeat(100)))
        .layer(middleware::from_fn(kit::django::middleware));
    Server::start(router).await
}

fn header<'a>(answer: &'a str, name: &str) -> Option<&'a str> {
    let line = answer.lines().find(|line| line.to_ascii_lowercase().starts_with(name))?;
    line.split_once(": ").map(|(_, value)| value)
}

#[tokio::test]
async fn security_headers_and_tags() {
    let answer = server().await.get("/short", "").await;
    assert_eq!(header(&answer, "x-frame-options"), Some("DENY"));
    // md5 of the five letters.
    assert_eq!(header(&answer, "etag"), Some("\"4f09daa9d95bcb166a302407a0e0babe\""));
    assert_eq!(header(&answer, "vary"), Some("Cookie"));
}

#[tokio::test]
async fn a_known_tag_gets_304_without_a_body() {
    let server = server().await;
    let tag = "W/\"4f09daa9d95bcb166a302407a0e0babe\"";
    let answer = server.get("/short", &format!("If-None-Match: \"x\", {tag}\r\n")).await;
    assert!(answer.starts_with("HTTP/1.1 304"), "{answer}");
    assert!(answer.ends_with("\r\n\r\n"), "{answer}");
    assert!(server.get("/short", "If-None-Match: \"x\"\r\n").await.starts_with("HTTP/1.1 200"));
}

#[tokio::test]
async fn long_answers_are_packed_for_who_accepts_it() {
    let server = server().await;
    let packed = server.get("/long", "Accept-Encoding: br, gzip;q=0.5\r\n").await;
    assert_eq!(header(&packed, "content-encoding"), Some("gzip"));
    assert!(header(&packed, "etag").is_some_and(|tag| tag.starts_with("W/")), "{packed}");
    let plain = server.get("/long", "Accept-Encoding: br, xgzip\r\n").await;
    assert_eq!(header(&plain, "content-encoding"), None);
    assert_eq!(header(&plain, "vary"), Some("Cookie, Accept-Encoding"));
    let short = server.get("/short", "Accept-Encoding: gzip\r\n").await;
    assert_eq!(header(&short, "content-encoding"), None);
}
