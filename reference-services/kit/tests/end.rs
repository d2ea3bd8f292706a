//! The end: open requests finish, idle connections close, new ones are refused.

use std::time::Duration;

use axum::Router;
use axum::routing::get;
use kit::server::Ended;
use tokio::io::AsyncWriteExt as _;
use tokio::net::TcpStream;
use tokio::time::sleep;

use crate::world::{Server, read};

#[tokio::test]
async fn an_open_request_is_answered_and_new_ones_are_refused() {
    let slow = get(async || {
        sleep(Duration::from_millis(300)).await;
        "slow but whole"
    });
    let mut server = Server::start(Router::new().route("/slow", slow)).await;
    let idle = TcpStream::connect(server.address).await.expect("it listens");
    let mut open = TcpStream::connect(server.address).await.expect("it listens");
    open.write_all(b"GET /slow HTTP/1.1\r\nHost: a\r\n\r\n").await.expect("sent");
    sleep(Duration::from_millis(100)).await;
    server.signal();
    let answer = read(&mut open).await;
    assert!(answer.ends_with("slow but whole"), "{answer}");
    let address = server.address;
    assert_eq!(server.ended().await, Ended::Drained);
    assert!(TcpStream::connect(address).await.is_err());
    drop(idle);
}
