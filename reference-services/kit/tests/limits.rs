//! What is too much gets an answer that says so, and the next client is served.

use axum::Router;
use axum::routing::{get, post};
use kit::limits::{BODY_BYTES_MAX, HEAD_BYTES_MAX, HEADERS_MAX};

use crate::world::Server;

async fn server() -> Server {
    let length = post(async |body: axum::body::Bytes| body.len().to_string());
    Server::start(Router::new().route("/", get(async || "ok")).route("/length", length)).await
}

#[tokio::test]
async fn heads_are_bounded_in_lines_and_bytes() {
    let server = server().await;
    let few = "X-A: 1\r\n".repeat(HEADERS_MAX - 10);
    assert!(server.get("/", &few).await.ends_with("ok"));
    let many = "X-A: 1\r\n".repeat(HEADERS_MAX + 1);
    assert!(server.get("/", &many).await.starts_with("HTTP/1.1 431"));
    let long = format!("X-A: {}\r\n", "a".repeat(4 * HEAD_BYTES_MAX));
    // The server closes while the rest still comes, so its answer may be lost on the way.
    let answer = server.get("/", &long).await;
    assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 431"), "{answer}");
    assert!(server.get("/", "").await.ends_with("ok"));
}

#[tokio::test]
async fn bodies_are_bounded() {
    let server = server().await;
    let post = |size: usize| {
        let head = "POST /length HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: ";
        let mut bytes = format!("{head}{size}\r\n\r\n").into_bytes();
        bytes.resize(bytes.len() + size, b'a');
        bytes
    };
    let answer = server.send(&post(BODY_BYTES_MAX)).await;
    assert!(answer.ends_with(&BODY_BYTES_MAX.to_string()), "{answer}");
    let answer = server.send(&post(BODY_BYTES_MAX + 1)).await;
    assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 413"), "{answer}");
}

#[tokio::test]
async fn rubbish_is_refused() {
    let answer = server().await.send(b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\r\n\r\n").await;
    assert!(answer.starts_with("HTTP/1.1 400"), "{answer}");
}
